"""How fast PDF is read: against the engine's bare text, against pdfplumber, in two processes. Writes docs/bench-pdf.md.

Times are of the processor, the least of many rounds in which all steps take turns: ratios within one run are what can
be compared. What is remembered of texts is forgotten before every round. Refuses to judge: the bars stand beside.
"""

from __future__ import annotations

import argparse
import functools
import gc
import io
import os
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from unittest.mock import patch

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

import pypdfium2 as pdfium  # noqa: E402 - the path is set above
from tests.damage.sources import PUBLISHED, generated, written  # noqa: E402

from juesuan.app import check_files  # noqa: E402
from juesuan.checking import runner  # noqa: E402
from juesuan.documents.pdf import read_pdf  # noqa: E402
from juesuan.understanding import interpret  # noqa: E402

PAGE = ROOT / "docs" / "bench-pdf.md"
MANY = 500
SEARCH, BLAME = "_explain", "culprits"
"""what the runner calls to find the wrong figures: of tables, of sentences"""

HEAD = """\
# 读 PDF 的速度 · Bench: PDF

命令：`JUESUAN_REAL=… python bench/pdf.py --runs {runs} --files {files}`；{python}，{system}，{cores} 核。
处理器时间，毫秒，{runs} 轮中最少的一次，各步轮流；每轮之前忘掉记住的文字。启动不计；“找错”是定位哪个数错了。

*Processor time in ms, the least of {runs} rounds in which all steps take turns, start-up left out. “找错” is the search
for the wrong figure. Wanted: reading at most 3 times the engine's bare text, understanding and checking without the
search at most 80 ms, pdfplumber's `extract_tables` at least 10 times as long, 150 MB, two processes 1.7 times as fast.*
"""

#: In a fresh process: reads and checks one file; prints the most memory that it held, in MB.
MEMORY = """
import re, sys
from pathlib import Path
from juesuan.app import check_here
assert check_here(sys.argv[1]).result
print(int(re.search(r"VmHWM:\\s*(\\d+)", Path("/proc/self/status").read_text())[1]) >> 10)
"""


def bare(data: bytes) -> None:
    """The text of all pages, and nothing else."""
    pdf = pdfium.PdfDocument(data)
    for page in pdf:
        text = page.get_textpage()
        text.get_text_range()
        text.close()
        page.close()
    pdf.close()


def forget() -> None:
    """Forgets what was remembered of texts; tables of knowledge stay."""
    for found in gc.get_objects():
        if isinstance(found, functools._lru_cache_wrapper) and found.cache_parameters()["maxsize"]:
            found.cache_clear()


class Watch:
    """Sums the processor time of a function."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def on(self, function: Callable[..., object]) -> Callable[..., object]:
        def timed(*arguments: object) -> object:
            begun = time.process_time()
            try:
                return function(*arguments)
            finally:
                self.seconds += time.process_time() - begun

        return timed


def timed(step: Callable[[], object]) -> float:
    """Processor time in ms."""
    begun = time.process_time()
    step()
    return 1000 * (time.process_time() - begun)


def rounds(data: bytes, runs: int) -> dict[str, float]:
    """The least time of every step."""
    document = read_pdf(data, "a.pdf")
    least: dict[str, float] = {}

    def note(name: str, spent: float) -> None:
        least[name] = min(spent, least.get(name, spent))

    def check() -> None:
        report, watch = interpret(document), Watch()
        forget()
        search, blame = watch.on(getattr(runner, SEARCH)), watch.on(getattr(runner, BLAME))
        with patch.object(runner, SEARCH, search), patch.object(runner, BLAME, blame):
            note("check", timed(lambda: runner.run(report)) - 1000 * watch.seconds)
        note("search", 1000 * watch.seconds)

    for _ in range(runs):
        note("bare", timed(lambda: bare(data)))
        note("read", timed(lambda: read_pdf(data, "a.pdf")))
        forget()
        gc.collect()
        note("understand", timed(lambda: interpret(document)))
        check()
    return least


def plumbed(data: bytes) -> float | None:
    """The time of pdfplumber's extract_tables, where it is installed."""
    try:
        import pdfplumber  # noqa: PLC0415 - only to compare with
    except ImportError:
        return None

    def extract() -> None:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            for page in pdf.pages:
                page.extract_tables()

    return min(timed(extract) for _ in range(2))


def fresh(code: str, *arguments: str) -> str:
    """What Python code prints in a process of its own."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.run(command, env=environment, stdout=subprocess.PIPE, encoding="utf-8", check=True).stdout.strip()


def row(name: str, data: bytes, runs: int, compared: bool) -> str:
    least, other = rounds(data, runs), plumbed(data) if compared else None
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / Path(name).name
        path.write_bytes(data)
        most = fresh(MEMORY, str(path))
    cells = [f"{least[step]:.0f}" for step in ("bare", "read")]
    cells += [f"{least['read'] / least['bare']:.2f}"]
    cells += [f"{least[step]:.0f}" for step in ("understand", "check")]
    cells += [f"{least['understand'] + least['check']:.0f}", f"{least['search']:.0f}"]
    cells += [f"{other:,.0f}", f"{other / least['read']:.0f}"] if other else ["", ""]
    pdf = pdfium.PdfDocument(data)
    pages = len(pdf)
    pdf.close()
    return f"| {name} | {pages} | " + " | ".join([*cells, most]) + " |"


def single(files: Sequence[tuple[str, bytes]], runs: int) -> Iterator[str]:
    """One file in one process."""
    heads = ("页", "引擎取字", "读", "倍数", "理解", "核对", "两项合计", "另：找错", "pdfplumber", "倍数", "内存 MB")
    yield "\n## 一份 · One file\n"
    yield "| 文件 | " + " | ".join(heads) + " |"
    yield "| --- |" + " ---: |" * len(heads)
    yield from (row(name, data, runs, at == 0) for at, (name, data) in enumerate(files))


def work() -> tuple[float, float]:
    """Processor time of this process and of its ended children, in seconds."""
    own, theirs = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime, theirs.ru_utime + theirs.ru_stime


def over(folder: str, jobs: int, count: int) -> tuple[float, float, float]:
    """Checks so many files in so many processes: seconds by the clock, of work in this process, and in the others."""
    own, theirs = work()
    begun = time.perf_counter()
    assert sum(1 for one in check_files([folder], jobs=jobs) if one.result) == count
    spent = time.perf_counter() - begun
    after = work()
    return spent, after[0] - own, after[1] - theirs


def double(data: bytes, runs: int, count: int = 48) -> Iterator[str]:
    """The same files in one process and in two."""
    with tempfile.TemporaryDirectory() as folder:
        for number in range(count):
            (Path(folder) / f"{number:03}.pdf").write_bytes(data)
        pairs = [(over(folder, 1, count), over(folder, 2, count)) for _ in range(runs)]
    one, two = (min(pair[at][0] for pair in pairs) for at in (0, 1))
    alone = min(pair[0][2] for pair in pairs)
    shared = min(max(pair[1][1], pair[1][2] / 2) for pair in pairs)
    yield f"\n## 两个进程 · Two processes\n\n{count} 份，各含启动进程；{runs} 次中最少的一次。\n"
    yield "| | 一个进程 | 两个进程 | 倍数 |\n| --- | ---: | ---: | ---: |"
    yield f"| 时钟（秒），受同机其他程序影响 | {one:.2f} | {two:.2f} | {one / two:.2f} |"
    yield f"| 最忙的进程的处理器时间（秒），处理器空闲时即时钟 | {alone:.2f} | {shared:.2f} | {alone / shared:.2f} |"


#: In a fresh process: checks a folder of so many files; prints the MB that it and its largest worker held, and when.
MEMORIES = """
import os, sys
from pathlib import Path
from juesuan.app import check_files
from juesuan.documents.pool import resident
pid, folder, count = os.getpid(), sys.argv[1], int(sys.argv[2])
for number, one in enumerate(check_files([folder], jobs=2), 1):
    assert one.result
    if number in (min(50, count // 2), count):
        workers = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        print("|", number, "|", resident(pid), "|", max(resident(int(worker)) for worker in workers), "|")
"""


def many(files: Sequence[bytes], count: int) -> Iterator[str]:
    """A folder of many files in two processes: memory early and late, files in a minute."""
    with tempfile.TemporaryDirectory() as folder:
        for number in range(count):
            path = Path(folder) / f"{number:03}.pdf"
            if number < len(files):
                path.write_bytes(files[number])
            else:
                shutil.copy(Path(folder) / f"{number % len(files):03}.pdf", path)
        begun = time.perf_counter()
        lines = fresh(MEMORIES, folder, str(count))
        minutes = (time.perf_counter() - begun) / 60
    yield f"\n## {count} 份 · {count} files\n\n由 {len(files)} 份编造的决算做成，两个进程，每分钟 {count / minutes:.0f} 份（时钟）。\n"
    yield "| 查完 | 主进程 MB | 最大的工作进程 MB |\n| ---: | ---: | ---: |"
    yield lines


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=25)
    parser.add_argument("--files", type=int, default=MANY)
    chosen = parser.parse_args()
    files = [("examples/xigang-office-2024.pdf", written()), ("generated-18.pdf", generated())]
    if named := os.environ.get("JUESUAN_REAL"):
        files.insert(0, (PUBLISHED, (Path(named) / PUBLISHED).read_bytes()))
    head = HEAD.format(
        runs=chosen.runs,
        files=chosen.files,
        python=f"{platform.python_implementation()} {platform.python_version()}",
        system=f"{platform.system()} {platform.machine()}",
        cores=os.cpu_count(),
    )
    parts = [head, *single(files, chosen.runs), *double(files[0][1], max(2, chosen.runs // 8))]
    parts += many([generated(seed) for seed in range(1, 11)], chosen.files)
    text = "\n".join(parts) + "\n"
    PAGE.write_text(text, encoding="utf-8", newline="\n")
    print(text)


if __name__ == "__main__":
    main()
