"""How fast: start-up against an empty Python, and one document after start-up. Writes docs/bench.md (`make bench`).

Ratios within one run are what can be compared between machines; no machine is named. Refuses to judge: the limits
stand beside the figures.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "bench.md"
LIMIT = 0.3
HEAD = """\
# 速度 · Bench

命令：`make bench`（`python bench/run.py --runs {runs}`）；{python}，{system}，{cores} 核。
单位秒，{runs} 次的中位数（核对：各进程的首次与其后各次）；倍数以空的 Python 为 1。
要求：启动、启动后核对一份各在 {limit} 秒以内。

Seconds, medians of {runs} runs (checks: the first and the later ones of each process); ratios against `python -c pass`.
Wanted: start-up, and one document after start-up, under {limit} s each."""

#: In a fresh process: start up, then check the same document several times; prints the seconds of each.
CHECK = """
import contextlib, io, json, sys, time
from juesuan.cli import main
seconds = []
for _ in range(int(sys.argv[2])):
    begun = time.perf_counter()
    with contextlib.redirect_stdout(io.StringIO()):
        code = main(["check", sys.argv[1], "--fail-on", "never"])
    seconds.append(time.perf_counter() - begun)
    if code:
        sys.exit(f"check ended with {code}")
print(json.dumps(seconds))
"""


def python(*arguments: str) -> str:
    """Run Python with our sources; the printed text. Raises CalledProcessError."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONUTF8": "1"}
    command = [sys.executable, *arguments]
    return subprocess.run(command, env=environment, stdout=subprocess.PIPE, encoding="utf-8", check=True).stdout


def timed(*arguments: str) -> float:
    begun = time.perf_counter()
    python(*arguments)
    return time.perf_counter() - begun


def startup(runs: int) -> tuple[float, float]:
    """Median seconds of an empty Python and of `juesuan --help`, taken in turns after one run that does not count."""
    pairs = [(timed("-c", "pass"), timed("-m", "juesuan", "--help")) for _ in range(runs + 1)][1:]
    bare, helped = zip(*pairs, strict=True)
    return statistics.median(bare), statistics.median(helped)


def document(path: Path, runs: int) -> tuple[float, float]:
    """Median seconds of the first check in a process (forms and classifications are loaded) and of later ones."""
    rounds = [json.loads(python("-c", CHECK, str(path), "4")) for _ in range(runs)]
    return statistics.median(r[0] for r in rounds), statistics.median(s for r in rounds for s in r[1:])


def documents() -> Iterator[tuple[str, Path]]:
    """The accounts in the repository and, where JUESUAN_REAL is set, the real ones, with a name to show."""
    folders = {name: ROOT / name for name in ("examples", "tests/accounts")}
    if named := os.environ.get("JUESUAN_REAL"):
        folders["JUESUAN_REAL"] = Path(named)
    for name, folder in folders.items():
        yield from ((f"{name}/{path.name}", path) for path in sorted(folder.glob("*.txt")))


def rows(runs: int) -> Iterator[str]:
    """Both tables, measured."""
    bare, helped = startup(runs)
    yield "\n| 启动 start-up | 秒 | 倍数 |\n| --- | ---: | ---: |"
    yield f"| `python -c pass` | {bare:.3f} | 1.0 |"
    yield f"| `juesuan --help` | {helped:.3f} | {helped / bare:.1f} |"
    yield "\n| 启动后核对一份 one document after start-up | 行 lines | 首次 first | 倍数 | 再次 again | 倍数 |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: |"
    for name, path in documents():
        first, again = document(path, max(3, runs // 3))
        lines = path.read_bytes().count(b"\n")
        yield f"| {name} | {lines} | {first:.3f} | {first / bare:.1f} | {again:.3f} | {again / bare:.1f} |"


def page(runs: int) -> str:
    """Measure everything, and the page that says so."""
    head = HEAD.format(
        runs=runs,
        limit=LIMIT,
        python=f"{platform.python_implementation()} {platform.python_version()}",
        system=f"{platform.system()} {platform.machine()}",
        cores=os.cpu_count(),
    )
    return "\n".join([head, *rows(runs)]) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=15)
    text = page(parser.parse_args().runs)
    PAGE.write_text(text, encoding="utf-8", newline="\n")
    print(text)


if __name__ == "__main__":
    main()
