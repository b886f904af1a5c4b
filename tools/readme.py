"""Runs the console examples of README.md and writes their real output into it. tests/test_readme.py compares.

An example stands in a ```console block: a line `$ juesuan …`, then what it prints. A line `…` stands for any number of
lines left out. Refuses to run anything but juesuan; no shell, so the examples hold on Windows too.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
BLOCK = re.compile(r"(?<=^```console\n)(.*?)(?=^```$)", re.MULTILINE | re.DOTALL)
EXAMPLE = re.compile(r"^\$ (juesuan .*)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)
OMITTED = "…"
SCRATCH = "build/"
"""where examples may make new workbooks"""


class ExampleFailed(Exception):
    """An example of the README does not run."""

    def __init__(self, command: str, code: int, error: str) -> None:
        super().__init__(f"README 的例子 {command} 以 {code} 结束：{error}")


def examples(text: str) -> Iterator[tuple[str, str]]:
    """(command, printed text) of every example."""
    for block in BLOCK.finditer(text):
        for example in EXAMPLE.finditer(block[1]):
            yield example[1], example[2]


def run(command: str) -> str:
    """What the command prints, run in the root of the repository.

    Raises ExampleFailed where it ends otherwise than with 0 or 1 (findings).
    """
    words = shlex.split(command)
    if words[1:2] == ["init"] and words[2].startswith(SCRATCH):
        shutil.rmtree(ROOT / words[2], ignore_errors=True)  # init overwrites nothing
    done = subprocess.run(
        [sys.executable, "-m", *words],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONUTF8": "1", "COLUMNS": "120"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode > 1:
        raise ExampleFailed(command, done.returncode, done.stderr)
    return "".join(line.rstrip() + "\n" for line in done.stdout.splitlines())


def fits(printed: str, real: str) -> bool:
    """Whether the printed example is the real output but for lines left out."""
    parts = re.split(rf"^{OMITTED}\n", printed, flags=re.MULTILINE)
    return re.fullmatch(r"(?:.*\n)*".join(map(re.escape, parts)), real) is not None


def refresh(printed: str, real: str) -> str:
    """The real output, shortened as the printed one is: as many lines before and after its first `…`."""
    if f"{OMITTED}\n" not in printed.splitlines(keepends=True):
        return real
    lines, shown = real.splitlines(keepends=True), printed.splitlines()
    before = shown.index(OMITTED)
    after = len(shown) - before - 1
    return "".join([*lines[:before], f"{OMITTED}\n", *lines[max(before, len(lines) - after) :]])


def main() -> None:
    """Rewrite README.md."""

    def example(match: re.Match[str]) -> str:
        return f"$ {match[1]}\n{refresh(match[2], run(match[1]))}"

    text = README.read_text(encoding="utf-8")
    README.write_text(BLOCK.sub(lambda block: EXAMPLE.sub(example, block[1]), text), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
