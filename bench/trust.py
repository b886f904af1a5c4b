"""Proof in full: slips in tables and sentences, verified figures, unseen wordings. Writes docs/trust.md.

Refuses to judge: the bars stand beside the figures. Needs JUESUAN_REAL. Each part is put into the page as soon as it is
done; `--part` runs some of them anew. `--share` takes a fixed-seed part of the tables' slips and only prints.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from tests.trust.mutate import SEED  # noqa: E402
from tests.trust.wording import SEED as SENTENCES  # noqa: E402
from trust_sentences import figures, sentence_slips, wordings  # noqa: E402 - the path is set above
from trust_tables import slips, verified  # noqa: E402

PAGE = ROOT / "docs" / "trust.md"

HEAD = """\
# 凭什么相信 · Trust

命令：`JUESUAN_REAL=… python bench/trust.py`；{python}，{system}，种子 {seed}（表）、{sentences}（句）。损坏的文件见[另一页](trust-garblings.md)。

文件：三份真实决算的订正稿，两份编写的决算。表里每个不为零的数各改一位、颠倒相邻两位、乘以十，另取若干零改成 1—99 的数；“确定”由另一套程序判定：按官方表样手写的矩阵和线性规划（所有印出的数各在末位半个单位之内），不用本程序的任何代码。“查出”指问题的位置里有这个数；“居首”指排在第一位。

Three real accounts (mended) and two written ones. Every non-zero figure of a table gets one digit wrong, two neighbours swapped, the point moved; some zeros become figures. An oracle decides what is determined: a linear program over matrices written by hand from the forms, importing nothing of the product. *Found*: the figure is among a finding's places; *first*: it is the first of them.
"""

Part = Callable[[float], Iterator[str]]
PARTS: dict[str, Part] = {
    "tables": slips,
    "verified": verified,
    "figures": lambda _share: figures(),
    "sentences": lambda _share: sentence_slips(),
    "wordings": lambda _share: wordings(),
}


def parts_of(page: str) -> list[str]:
    """The parts of a page, each from its heading; the head of the page left out."""
    return re.split(r"^(?=## )", page, flags=re.MULTILINE)[1:]


def put(page: str, text: str) -> str:
    """The page with a part in the place of the one with the same heading, or behind all others."""
    head = HEAD.format(
        seed=SEED, sentences=SENTENCES, python=f"Python {platform.python_version()}", system=platform.system()
    )
    kept = parts_of(page)
    titles = [part.partition("\n")[0] for part in kept]
    own = text.partition("\n")[0]
    if own in titles:
        kept[titles.index(own)] = text
    else:
        kept.append(text)
    return "\n".join(part.strip("\n") + "\n" for part in (head, *kept))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--share", type=float, default=1.0)
    parser.add_argument("--part", action="append", choices=PARTS)
    chosen = parser.parse_args()
    if "JUESUAN_REAL" not in os.environ:
        sys.exit("请用 JUESUAN_REAL 指明三份真实决算所在的文件夹")
    for name in chosen.part or PARTS:
        text = "\n".join(PARTS[name](chosen.share))
        print(text, flush=True)
        if chosen.share == 1:
            before = PAGE.read_text("utf-8") if PAGE.is_file() else ""
            PAGE.write_text(put(before, text), "utf-8", newline="\n")


if __name__ == "__main__":
    main()
