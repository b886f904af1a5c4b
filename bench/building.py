"""How fast a document is built: stage by stage, and `juesuan build` as a command. Writes docs/bench-build.md.

The example of every place, all formats. Ratios within one run are what can be compared between machines; no machine is
named. Refuses to judge: the limit stands beside the figures.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from juesuan.app import init_workbook, load_account
from juesuan.building import build, judged
from juesuan.composing.document import compose
from juesuan.documents.writing_docx import write_docx
from juesuan.knowledge.styles import styles
from juesuan.loading import Build
from juesuan.preparing import Wanted

PAGE = Path(__file__).parents[1] / "docs" / "bench-build.md"
LIMIT = 1.5
HEAD = """\
# 成文速度 · Bench: building

命令：`python bench/building.py --runs {runs}`；{python}，{system}，{cores} 核。
各地的例子（`juesuan init --example`），写全部格式；单位秒，{runs} 次的中位数。要求：一份 {limit} 秒以内。

*The example of every place in all formats; seconds, medians of {runs} runs. Wanted: one document within {limit} s.
“命令” is `juesuan build` with start-up; the last column is its ratio to `python -c pass`.*

| 写法 | 取数 | 成文 | 成文并核对 | 写 DOCX | 全部 | 命令 | 倍数 |
| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
"""


def median(step: Callable[[], object], runs: int) -> float:
    """The median of so many runs, in seconds."""
    seconds = []
    for _ in range(runs):
        begun = time.perf_counter()
        step()
        seconds.append(time.perf_counter() - begun)
    return statistics.median(seconds)


def command(*words: str) -> None:
    subprocess.run([sys.executable, *words], check=True, capture_output=True)


def row(place: str, runs: int, empty: float) -> str:
    """One line of the table."""
    with tempfile.TemporaryDirectory() as folder:
        workbook = str(init_workbook(folder, Wanted(example=True, place=place)))
        loaded = load_account(workbook)
        blocks = compose(loaded.report, loaded.account, loaded.style).blocks
        steps: tuple[Callable[[], object], ...] = (
            lambda: load_account(workbook),
            lambda: compose(loaded.report, loaded.account, loaded.style),
            lambda: judged(loaded),
            lambda: write_docx(blocks),
            lambda: build(load_account(workbook), Build()),
            lambda: command("-m", "juesuan", "build", workbook, "-o", f"{folder}/out"),
        )
        seconds = [median(step, runs) for step in steps]
    figures = " | ".join(f"{one:.2f}" for one in seconds)
    return f"| {place} | {figures} | {seconds[-1] / empty:.0f} |\n"


def main() -> None:
    """Measures and writes the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=9)
    runs = parser.parse_args().runs
    python = f"{platform.python_implementation()} {platform.python_version()}"
    system = f"{platform.system()} {platform.machine()}"
    empty = median(lambda: command("-c", "pass"), runs)
    head = HEAD.format(runs=runs, python=python, system=system, cores=os.cpu_count(), limit=LIMIT)
    text = head + "".join(row(place, runs, empty) for place in styles())
    PAGE.write_text(text, "utf-8")
    print(text)


if __name__ == "__main__":
    main()
