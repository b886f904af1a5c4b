"""Two hundred made-up accounts built, written as DOCX, text and data, and read back. Writes docs/roundtrip.md.

Each is compared with the generator's own keys and figures; see tests/generating/around.py. Refuses to leave anything
out: what differs is listed with its seed, and ends the run with an exit code of 1.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from page import machine  # noqa: E402 - the path is set above
from tests.generating.around import FORMATS, Trial, trial  # noqa: E402

from juesuan.generating import Shape  # noqa: E402

PAGE = ROOT / "docs" / "roundtrip.md"
ACCOUNTS = 200
HEAD = """\
# 编造的账目往返 · Round trip

命令：`python bench/roundtrip.py --accounts {accounts}`；种子 0—{last}；{machine}。

每套账目照 `juesuan build` 编成整份决算，写成 DOCX、文本、数据包，再读回来：表里的每个数、句子里的每个数与编造时的“键”和数（元，四舍五入一次）相比；
各表应有的键和说明应写的键按公开的表样另行手写（`tests/composing/expected.py`、`stated.py`），不取自程序；三种写法读出的数相同；
没有读不懂的数；核对没有错误、警告和请说明（账目自己已答复的“请说明”另计：负数、经营亏损等）。DOCX 用 python-docx 取出文字后再读。

*Every account is built as a whole document, written as DOCX, text and data and read back: each figure of tables and
sentences against the generator's own keys and figures; what each table and explanation has to print against lists
written by hand from published forms. No figure unread, and nothing found by the checks; queries which the account
itself answers are counted apart. Words are taken out of the DOCX by python-docx.*

| | |
| --- | ---: |
"""
KINDS = {
    "几个单位": lambda shape: shape.units > 0,
    "政府性基金": lambda shape: shape.government_funds,
    "国有资本经营": lambda shape: shape.state_capital,
    "两种基金的表都是空表": lambda shape: not (shape.government_funds or shape.state_capital),
    "财政拨款结转": lambda shape: shape.carryover,
    "上级补助": lambda shape: shape.superior,
    "事业收入": lambda shape: shape.public_service,
    "经营收入": lambda shape: shape.commercial,
    "附属单位上缴": lambda shape: shape.subordinate,
    "上缴上级、对附属单位补助": lambda shape: shape.upward,
    "经营亏损": lambda shape: shape.loss,
    "冲销（负数）": lambda shape: shape.negative,
    "没有“三公”经费": lambda shape: not shape.three_public,
    "没有政府采购": lambda shape: not shape.procurement,
    "没有上年": lambda shape: not shape.prior,
    "没有项目": lambda shape: not shape.projects,
}
"""what is counted of the shapes"""


def trials(accounts: int, jobs: int) -> Iterator[Trial]:
    """One after the other, or in so many processes."""
    if jobs == 1:
        yield from map(trial, range(accounts))
        return
    with ProcessPoolExecutor(jobs) as pool:
        yield from pool.map(trial, range(accounts))


def counted(shapes: Iterable[Shape]) -> Iterator[tuple[str, int]]:
    """How many accounts are of each style, year and kind."""
    shapes = list(shapes)
    yield from sorted(Counter(f"写法 {shape.style}" for shape in shapes).items())
    years = sorted({shape.year for shape in shapes})
    yield f"年度 {years[0]}—{years[-1]}，每年至少", min(Counter(shape.year for shape in shapes).values())
    for name, has in KINDS.items():
        yield name, sum(map(has, shapes))


def main() -> None:
    """Runs all and writes the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--accounts", type=int, default=ACCOUNTS)
    parser.add_argument("--jobs", type=int, default=1)
    chosen = parser.parse_args()
    done = []
    for one in trials(chosen.accounts, chosen.jobs):
        done.append(one)
        if one.wrong or one.seed % 20 == 19:
            print(one.seed, *one.wrong[:5], sep="\n  ", flush=True)
    lines = [("账目", len(done)), *counted(one.account.shape for one in done)]
    lines += [(f"读回的数：{name}", sum(one.figures[name] for one in done)) for name in FORMATS]
    lines += [("账目自己答复的“请说明”", sum(one.answered for one in done))]
    lines += [("与编造的不符、读不懂、核对出问题的", sum(len(one.wrong) for one in done))]
    text = HEAD.format(accounts=chosen.accounts, last=chosen.accounts - 1, machine=machine())
    text += "".join(f"| {name} | {number:,} |\n" for name, number in lines)
    if wrong := [(one.seed, words) for one in done for words in one.wrong]:
        text += "\n" + "".join(f"- 种子 {seed}：{words}\n" for seed, words in wrong)
    PAGE.write_text(text, "utf-8")
    print(text)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
