"""`make run`: a new workbook with the example, the document built from it, and that document checked again.

Every command is shown before it runs. Refuses to keep anything: the folder is made anew each time.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

FOLDER = Path("build") / "示例"


def run(*words: str) -> None:
    """One command as a user types it; what it says goes to the screen. Raises CalledProcessError."""
    print(f"$ juesuan {' '.join(words)}", flush=True)
    subprocess.run([sys.executable, "-m", "juesuan", *words], check=True)
    print(flush=True)


def main() -> None:
    """init, build, check."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    run("init", str(FOLDER), "--example")
    workbook = next(FOLDER.glob("*.xlsx"))
    run("build", str(workbook))
    text = next(path for path in workbook.with_suffix("").glob("*.txt") if "自查表" not in path.name)
    run("check", str(text))
    print(f"工作簿：{workbook}\n整套决算：{workbook.with_suffix('')}")
    print("编自己的：juesuan init 文件夹；填好工作簿；juesuan build 工作簿。核对已有的决算：juesuan check 文件")


if __name__ == "__main__":
    main()
