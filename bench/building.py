"""How fast a document is built: stage by stage, and `juesuan build` as a command. Writes its part of docs/bench-build.md.

The example of every place. Commands run as where the product is installed: compiled once, before they are measured.
Ratios within one run are what can be compared between machines; no machine is named. Refuses to judge: the limit
stands beside the figures.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median

from page import machine, put

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "src"))

from juesuan.app import load_account, prepare_workbook  # noqa: E402 - the path is set above
from juesuan.composing.document import compose  # noqa: E402
from juesuan.documents.writing_docx import write_docx  # noqa: E402
from juesuan.knowledge.styles import styles  # noqa: E402
from juesuan.services.building import build, judged  # noqa: E402
from juesuan.services.loading import FORMATS, Build  # noqa: E402
from juesuan.services.preparing import Wanted  # noqa: E402

LIMIT = 1.5
EDITABLE = ("docx", "text", "data")
HEAD = """\
## 一份文件 · One document

命令：`python bench/building.py --runs {runs}`；{machine}。
各地的例子（`juesuan init --example`）；单位秒，{runs} 次的中位数，后一个数是处理器秒（各核之和，机器忙时只看它）。要求：一份 {limit} 秒以内。

*The example of every place; seconds, medians of {runs} runs, and processor seconds over all cores, which count where
the machine is busy. Wanted: one document within {limit} s. “命令” is `juesuan build` with start-up, for DOCX, text and
data, and for all formats; the last column is the ratio of all formats to `python -c pass` (processor time).*

| 写法 | 取数 | 成文 | 成文并核对 | 写 DOCX | 全部 | 命令：docx,text,data | 命令：全部格式 | 倍数 |
| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
"""


def worked() -> float:
    """Processor seconds of this process and of all that it has waited for."""
    return sum(os.times()[:4])


def timed(step: Callable[[], object], runs: int) -> tuple[float, float]:
    """Seconds and processor seconds: the medians of so many runs."""
    seconds, processor = [], []
    for _ in range(runs):
        begun, before = time.perf_counter(), worked()
        step()
        seconds.append(time.perf_counter() - begun)
        processor.append(worked() - before)
    return median(seconds), median(processor)


def command(cache: str, *words: str) -> None:
    """Runs Python as where the product is installed: what was compiled is kept, in a folder of its own."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment |= {"PYTHONPYCACHEPREFIX": cache, "PYTHONPATH": str(ROOT / "src"), "PYTHONUTF8": "1"}
    subprocess.run([sys.executable, *words], check=True, capture_output=True, env=environment)


def row(place: str, runs: int, empty: float, folder: str) -> str:
    """One line of the table."""
    workbook = str(prepare_workbook(f"{folder}/{place}", Wanted(example=True, place=place))[0])
    loaded = load_account(workbook)
    blocks = compose(loaded.report, loaded.account, loaded.style).blocks
    whole = partial(command, f"{folder}/cache", "-m", "juesuan", "build", workbook, "-o", f"{folder}/{place}/out")
    whole()
    steps: tuple[Callable[[], object], ...] = (
        lambda: load_account(workbook),
        lambda: compose(loaded.report, loaded.account, loaded.style),
        lambda: judged(loaded),
        lambda: write_docx(blocks),
        lambda: build(load_account(workbook), Build()),
        partial(whole, "--format", ",".join(EDITABLE)),
        partial(whole, "--format", ",".join(FORMATS)),
    )
    figures = [timed(step, runs) for step in steps]
    cells = " | ".join(f"{seconds:.2f}（{processor:.2f}）" for seconds, processor in figures)
    return f"| {place} | {cells} | {figures[-1][1] / empty:.0f} |\n"


def main() -> None:
    """Measures and puts the part into the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=9)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as folder:
        _, empty = timed(lambda: command(f"{folder}/cache", "-c", "pass"), runs)
        text = HEAD.format(runs=runs, machine=machine(), limit=LIMIT)
        text += "".join(row(place, runs, max(empty, 0.01), folder) for place in styles())
    put(text)
    print(text)


if __name__ == "__main__":
    main()
