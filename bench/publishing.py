"""What is published, looked at by other people's tools: made-up accounts and extreme ones, and how fast it is made.

Writes docs/publishing.md, part by part. Geometry by pdfplumber (LibreOffice prints Word documents first), links by
PDFium, pages by Chromium, axe and the Nu HTML checker; programs that are not installed are named as left out. No machine
is named. Refuses to judge: what is wrong stands beside what was looked at.
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
from collections import Counter
from collections.abc import Callable, Iterator
from multiprocessing import Pool
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from tests.publishing import outside  # noqa: E402 - the path is set above
from tests.publishing.extremes import CASES, SEEDS, composed, extreme  # noqa: E402
from tests.publishing.geometry import laid_out  # noqa: E402
from tests.publishing.leading import wrong_links  # noqa: E402
from tests.publishing.published import Seen, seen  # noqa: E402

from juesuan.app import build as build_command  # noqa: E402
from juesuan.app import prepare_workbook  # noqa: E402
from juesuan.documents.papers import planned  # noqa: E402
from juesuan.documents.writing_docx import write_docx  # noqa: E402
from juesuan.documents.writing_pdf import write_pdf  # noqa: E402
from juesuan.model.charts import illustrated  # noqa: E402
from juesuan.services.loading import FORMATS, Build  # noqa: E402
from juesuan.services.preparing import Wanted  # noqa: E402

PAGE = ROOT / "docs" / "publishing.md"
BATCH = 10
PARTS = ("speed", "accounts", "extremes")
HEAD = """\
# 公开文本 · Publishing

命令：`python bench/publishing.py`（`make bench`）；{python}，{system}，{cores} 核。每一部分可单独重做：`--part {parts}`。
由别的工具看：版面 pdfplumber（Word 先由 LibreOffice 印出），链接 PDFium，网页 Chromium、axe、Nu HTML checker。

*Looked at with other people's tools; each part can be renewed by itself. Geometry: no character outside its page or cell,
none on another or across a rule, none without a glyph, no figure broken, heads repeated on every page, none left alone.*
"""


def speed(runs: int) -> Iterator[str]:
    """Typesetting one document, and the whole build in all formats."""
    yield "\n## 速度 · Speed\n"
    yield f"秒，{runs} 次的中位数；倍数以空的 Python（`python -c pass`）为 1。要求：30 页的 PDF 0.4 秒，全部格式 4 秒。\n"
    yield "“处理器”是处理器用去的秒数，机器忙时比钟上的秒数可比。\n"
    yield "| 写法 | PDF 页 | 排版 | 处理器 | 倍数 | 全部格式 | 处理器 | 倍数 |\n| --- |" + " ---: |" * 7
    empty, _ = _median(lambda: subprocess.run([sys.executable, "-c", "pass"], check=True), runs)
    for place in SEEDS:
        made = composed(place)
        blocks = list(illustrated(made.blocks, made.charts))
        pages = len(laid_out(write_pdf(blocks, "决算")).texts)
        one, own = _median(lambda blocks=blocks: write_pdf(blocks, "决算"), runs)  # type: ignore[misc]
        with tempfile.TemporaryDirectory() as folder:
            workbook = str(prepare_workbook(folder, Wanted(example=True, place=place))[0])
            wanted = Build(output=f"{folder}/out", formats=FORMATS)
            whole, all_own = _median(lambda w=workbook, b=wanted: build_command(w, b), runs)  # type: ignore[misc]
        figures = f"{one:.2f} | {own:.2f} | {one / empty:.0f} | {whole:.2f} | {all_own:.2f} | {whole / empty:.0f}"
        yield f"| {place} | {pages} | {figures} |"


def _median(step: Callable[[], object], runs: int) -> tuple[float, float]:
    """Seconds on the clock and of the processor; nothing is kept from run to run."""
    seconds = []
    for _ in range(runs):
        planned.cache_clear()
        begun, own = time.perf_counter(), time.process_time()
        step()
        seconds.append((time.perf_counter() - begun, time.process_time() - own))
    return statistics.median(one for one, _ in seconds), statistics.median(own for _, own in seconds)


class Total:
    """What was looked at of all accounts so far."""

    def __init__(self) -> None:
        self.looked, self.wrong, self.examples = Counter[str](), Counter[str](), dict[str, str]()

    def add(self, one: Seen) -> None:
        self.looked.update({"accounts": 1, "pages": one.pages, "tables": one.tables})
        self.looked.update({f"{kind} figures": count for kind, count in one.figures.items()})
        self.looked.update({f"{kind} links": count for kind, count in one.links.items()})
        for kind, words in one.wrong.items():
            self.fail(kind, one.seed, words)

    def fail(self, kind: str, seed: int | str, words: list[str]) -> None:
        self.wrong[kind] += len(words)
        if words:
            self.examples.setdefault(kind, f"{seed}：{words[0]}")

    def rows(self) -> Iterator[str]:
        looked, wrong = self.looked, self.wrong
        yield "| 看什么 | 看了 | 不对 |\n| --- | ---: | ---: |"
        for title, count, kind in (
            ("PDF 版面、字形、表头（页）", looked["pages"], "pdf layout"),
            ("PDF 书签、目录页码（条）", looked["pdf links"], "pdf links"),
            ("PDF 表中的数，逐格（个）", looked["pdf figures"], "pdf figures"),
            ("PDF 正文各段（份）", looked["accounts"], "pdf text"),
            ("网页表中的数，逐格（个）", looked["html figures"], "html figures"),
            ("网页内的链接（条）", looked["html links"], "html links"),
            ("网页在桌面和手机上（份）", looked["screens"], "screens"),
            ("网页合乎 HTML 标准（份）", looked["valid"], "valid"),
            ("网页无障碍，axe，桌面和手机（份）", looked["axe"], "axe"),
            ("Word 由 LibreOffice 印出的版面（页）", looked["word pages"], "word layout"),
        ):
            yield f"| {title} | {count:,} | {wrong[kind]:,} |"
        for kind, words in self.examples.items():
            yield f"\n{kind}，第一处（种子 {words}）"


def accounts(count: int, few: int) -> Iterator[list[str]]:
    """Made-up accounts in all formats; renewed after every batch. `few` of them by the slow programs."""
    total, there = Total(), outside.available()
    lacking = [name for name, is_there in there.items() if not is_there]
    with Pool(os.cpu_count()) as pool:
        for begin in range(0, count, BATCH):
            batch = pool.map(seen, range(begin, min(begin + BATCH, count)), chunksize=1)
            for one in batch:
                total.add(one)
            with tempfile.TemporaryDirectory() as folder:
                _programs(total, batch, Path(folder), there, few)
            done = begin + len(batch)
            own = f"`--part accounts --accounts {done} --few {min(few, done)}`"
            lines = [
                "\n## 编造的决算 · Made-up accounts\n",
                f"{done} 套（种子 0—{done - 1}），全部格式；{own}。\n",
            ]
            yield [*lines, *total.rows(), *([f"\n没有装上，未看：{'、'.join(lacking)}。"] if lacking else [])]


def _programs(total: Total, batch: list[Seen], folder: Path, there: dict[str, bool], few: int) -> None:
    """One batch by Chromium, Nu, axe and LibreOffice."""
    pages = {str(one.seed): one.files[".html"] for one in batch}
    some = {name: page for name, page in pages.items() if int(name) < few}
    if there["Chromium"]:
        for half in (dict(list(pages.items())[n : n + 5]) for n in range(0, len(pages), 5)):
            for name, words in outside.look(half, folder).items():
                total.fail("screens", name, words)
        total.looked["screens"] += len(pages)
    if there["vnu"]:
        total.fail("valid", "", outside.invalid(pages, folder))
        total.looked["valid"] += len(pages)
    if there["axe"]:
        for name, words in outside.inaccessible(some, folder).items():
            total.fail("axe", name, words)
        total.looked["axe"] += len(some)
    documents = {str(one.seed): one.files[".docx"] for one in batch if one.seed < few}
    if there["LibreOffice"] and documents:
        for name, data in outside.printed(documents, folder).items():
            laid = laid_out(data)
            total.looked["word pages"] += len(laid.texts)
            total.fail("word layout", name, laid.wrong)


def extremes() -> Iterator[str]:
    """Every extreme case in every style."""
    yield "\n## 极端情形 · Extremes\n"
    yield "60 字的名称，15 位的金额（正、负、带千分位），400 行、一行、没有行的表，格里的长篇文字，生僻字，不断行的网址。"
    yield "PDF 和 Word（LibreOffice 印出）：页数，不对的地方。\n"
    yield "| 情形 | " + " | ".join(f"{place} PDF" for place in SEEDS) + " | liaoning Word |\n| --- |" + " ---: |" * 4
    for case in CASES:
        cells = []
        for place in SEEDS:
            data = write_pdf(extreme(place, case), "决算")
            laid = laid_out(data)
            cells.append(f"{len(laid.texts)} 页，{len(laid.wrong) + len(list(wrong_links(data, laid)))}")
        if outside.OFFICE is not None:
            with tempfile.TemporaryDirectory() as folder:
                made = outside.printed({case: write_docx(extreme("liaoning", case))}, Path(folder))
            laid = laid_out(made[case])
            cells.append(f"{len(laid.texts)} 页，{len(laid.wrong)}")
        else:
            cells.append("未看")
        yield f"| {case} | {' | '.join(cells)} |"


def write(lines: list[str]) -> None:
    """Puts a part into the page, in the place of what it was."""
    head = HEAD.format(
        python=f"{platform.python_implementation()} {platform.python_version()}",
        system=f"{platform.system()} {platform.machine()}",
        cores=os.cpu_count(),
        parts="、".join(PARTS),
    )
    old = PAGE.read_text("utf-8").split("\n## ")[1:] if PAGE.exists() else []
    new = "\n".join(lines).split("\n## ")[1]
    parts = {part.split(" ", 1)[0]: part.rstrip("\n") for part in old} | {new.split(" ", 1)[0]: new}
    order = [name for name in ("速度", "编造的决算", "极端情形") if name in parts]
    PAGE.write_text(head + "".join(f"\n## {parts[name]}\n" for name in order), "utf-8")
    print(lines[-1], flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--part", choices=PARTS, action="append")
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--accounts", type=int, default=200)
    parser.add_argument("--few", type=int, default=20, help="so many of the accounts by axe and LibreOffice")
    chosen = parser.parse_args()
    wanted = chosen.part or PARTS
    if "speed" in wanted:
        write(list(speed(chosen.runs)))
    if "accounts" in wanted:
        for lines in accounts(chosen.accounts, chosen.few):
            write(lines)
    if "extremes" in wanted:
        lines = []
        for line in extremes():
            lines.append(line)
            write(lines)


if __name__ == "__main__":
    main()
