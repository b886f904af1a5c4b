"""One account printed by many hands, read back as PDF, and made-up accounts as published. Writes docs/layouts.md.

Refuses to judge: what is wrong, unread or found too much stands beside what there was. Printers that are not installed
are named as left out.
"""

from __future__ import annotations

import argparse
import platform
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pypdfium2

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from tests.layouts import manners  # noqa: E402 - the path is set above
from tests.layouts.compare import Compared, compared  # noqa: E402
from tests.layouts.hands import HANDS, WORD, Hand  # noqa: E402
from tests.layouts.looks import Look  # noqa: E402
from tests.layouts.producers import office_word  # noqa: E402
from tests.layouts.test_layouts import LACKING  # noqa: E402

from juesuan.documents.writing_pdf import write_pdf  # noqa: E402
from juesuan.model.documents import Block, Table  # noqa: E402

PAGE = ROOT / "docs" / "layouts.md"
TENTH = 10
KINDS = ("numerals", "figures", "wrong", "missed", "unread", "claims", "findings")
HEAD = """\
# 版式 · Layouts

命令：`python bench/layouts.py --seed {seed} --accounts {accounts}`；{python}，pypdfium2 {pdfium}。
同一套编造的决算由各家印成 PDF，读回来与它的文本逐项相比。“错”：读出了文本里没有的指标或数；“未读”：列为未读，不算零；
“表内”“文内”：表里和句子里的数读出的份额；“不计自评表”：表内、文内合计，不计自评表。
“多报”“漏报”：另种两处错误，与文本的核对结果相比。没有框线的表，行列不能确证的整表不读（宁可不读，不可读错）。

*One made-up account printed by many hands and read back, against its text. Wrong: a key or value the text does not have;
unread: listed, never taken for zero; the shares are those of figures in tables, in sentences, and of all but those of
self-evaluation forms. Two mistakes are planted for the findings. A table without ruling whose rows and columns cannot be
proved is set aside.*
"""


def hand_row(hand: Hand, blocks: Sequence[Block]) -> str:
    """One hand: its facts, claims and findings against those of the text."""
    found = compared(blocks, hand.print(blocks))
    pages = max((fact.place.page or 0 for fact in found.pdf.facts), default=0)
    wrong = found.wrong.total() + found.wrong_blanks.total() + found.claims[0]
    unread = f"{len(found.pdf.unread)} / {found.pdf.figures}"
    more, less = (part.total() for part in found.findings)
    parts = (found.in_tables, found.in_sentences, found.read_without_forms)
    shares = " | ".join(f"{100 * part:.1f} %" for part in parts) + f" | {unread}"
    return f"| {hand.producer} | {hand.name} | {pages} | {found.figures} | {wrong} | {shares} | {more} | {less} |"


def hands(seed: int) -> Iterator[str]:
    """All hands of one account, one row each."""
    account = manners.planted(manners.account(seed))
    rows = max(len(b.rows) for b in account if isinstance(b, Table) and b.place.table == "totals")
    yield f"\n## 种子 {seed}（总表 {rows} 行）\n"
    yield "| 制作 | 排法 | 页 | 指标 | 错 | 表内 | 文内 | 不计自评表 | 未读 / 数字 | 多报 | 漏报 |"
    yield "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
    for hand in HANDS:
        if LACKING[hand.producer]:
            yield f"| {hand.producer} | {hand.name} | 未做：{LACKING[hand.producer]} | | | | | | | | |"
            continue
        yield hand_row(hand, hand.arrange(account))
        print(hand.producer, hand.name, file=sys.stderr, flush=True)


def accounts(count: int) -> Iterator[str]:
    """Made-up accounts as our own PDF, and every tenth as our DOCX printed by the office suite."""
    yield f"\n## {count} 套编造的决算（种子 0–{count - 1}）\n"
    yield "| 制作 | 套 | 数字 | 指标 | 错 | 没有读出 | 未读的数 | 表述错或漏 | 多报或漏报 |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
    yield _accounts("按公开样式印成 PDF", range(count), lambda blocks: write_pdf(blocks, "部门决算"))
    if LACKING[WORD] is None:
        yield _accounts("DOCX，由 LibreOffice 印成 PDF", range(0, count, TENTH), lambda b: office_word(b, Look()))


def _accounts(name: str, seeds: range, printer: Callable[[Sequence[Block]], bytes]) -> str:
    totals: Counter[str] = Counter()
    for seed in seeds:
        blocks = manners.account(seed)
        found = _counted(compared(blocks, printer(blocks)))
        if sum(found[kind] for kind in KINDS[2:]):
            print(name, seed, dict(found), file=sys.stderr, flush=True)
        totals.update(found)
    return f"| {name} | {len(seeds)} | " + " | ".join(f"{totals[kind]:,}" for kind in KINDS) + " |"


def _counted(found: Compared) -> Counter[str]:
    return Counter(
        numerals=found.pdf.figures,
        figures=found.figures,
        wrong=found.wrong.total() + found.wrong_blanks.total(),
        missed=found.missed.total() + found.missed_blanks.total(),
        unread=len(found.pdf.unread),
        claims=sum(found.claims),
        findings=sum(part.total() for part in found.findings),
    )


def main() -> None:
    """Prints all hands and accounts and writes the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, nargs="+", default=[3])
    parser.add_argument("--accounts", type=int, default=100)
    wanted = parser.parse_args()
    head = HEAD.format(
        seed=" ".join(map(str, wanted.seed)),
        accounts=wanted.accounts,
        python=f"Python {platform.python_version()}",
        pdfium=pypdfium2.version.PYPDFIUM_INFO,
    )
    lines = [head, *(line for seed in wanted.seed for line in hands(seed)), *accounts(wanted.accounts)]
    PAGE.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
