"""Damaged accounts: all garblings of the mended real accounts and the written ones. Writes docs/trust-garblings.md.

Refuses to judge by the product's own reading: what stands in a file and what a damage touched is counted by
tests/trust/garble.py. Needs JUESUAN_REAL for the real accounts; without it only the written ones are garbled.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from tests.trust.garbled import Ending, accounts, ending  # noqa: E402 - the path is set above

PAGE = ROOT / "docs" / "trust-garblings.md"
COUNT = 2000

HEAD = """\
# 损坏的文件 · Garblings

命令：`JUESUAN_REAL=… python bench/garblings.py --count {count}`；{python}，{system}。种子固定：同一序号总是同样的损坏。

{accounts} 份决算（真实的为订正稿），共 {count:,} 种损坏：截断、缺行、重行、错字、串格、列不分、断行、乱码，另有一种只损坏空行、概况文字和备注栏。要求：

1. 不出故障：要么说明原因拒绝（不是文字、空、不是决算），要么检查到底，没有程序故障；
2. 每个数字有着落：另一套程序数出的数字 = 账目数字 + 另计；账目数字 = 已核实 + 已读 + 未读；
3. 损坏没有碰到数字、名称、表名、表头、单位、年度、注的，不因此多报一个错误。碰没碰到，由另一套程序逐行比较判定，有疑问的算碰到。

{accounts} accounts (the real ones mended), {count:,} garblings with fixed seed. Wanted: no crash; every numeral accounted for, by an independent tokenizer; no further error for damage that touches no figure, name, title, head, unit, year or note, as an independent classifier judges (in doubt: touched).
"""


def endings(count: int) -> Iterator[Ending]:
    """All garblings, account after account, `count` in all."""
    with tempfile.TemporaryDirectory() as folder:
        found = list(accounts(Path(folder)))
        for place, account in enumerate(found):
            for number in range(count // len(found) + (place < count % len(found))):
                yield ending(account, number, Path(folder))


def table(title: str, groups: dict[str, list[Ending]]) -> Iterator[str]:
    heads = (
        title,
        "损坏",
        "拒绝",
        "读到的数字",
        "其中未读",
        "多报错误的",
        "没有碰到要紧处",
        "其中多报错误的",
        "不合要求",
    )
    yield "\n| " + " | ".join(heads) + " |"
    yield "| --- |" + " ---: |" * (len(heads) - 1)
    for name, group in [*groups.items(), ("**合计**", [one for some in groups.values() for one in some])]:
        free = [e for e in group if not e.garbling.touched]
        cells = (
            *(len(group), sum(bool(e.refused) for e in group)),
            *(sum(e.figures for e in group), sum(e.unread for e in group), sum(bool(e.errors) for e in group)),
            *(len(free), sum(bool(e.errors) for e in free), sum(bool(e.faults) for e in group)),
        )
        yield f"| {name} | " + " | ".join(f"{cell:,}" for cell in cells) + " |"


def grouped(found: Iterable[Ending], by: str) -> dict[str, list[Ending]]:
    groups: dict[str, list[Ending]] = defaultdict(list)
    for one in found:
        groups[getattr(one.garbling, by)].append(one)
    return groups


def page(found: Sequence[Ending]) -> str:
    """The results as Markdown; others may put it into their own page."""
    seconds = sorted(one.seconds for one in found)
    lines = [
        HEAD.format(
            count=len(found),
            accounts=len({one.garbling.account for one in found}),
            python=f"{platform.python_implementation()} {platform.python_version()}",
            system=f"{platform.system()} {platform.machine()}",
        ),
        "## 结果 · Results",
        *table("损坏的种类", grouped(found, "kind")),
        *table("决算", grouped(found, "account")),
        f"\n每份用时（处理器秒）：中位数 {statistics.median(seconds):.2f}，最长 {seconds[-1]:.2f}。",
        "\n不合要求的（应当没有）：\n",
        *(f"- {e.garbling.account} 第 {e.garbling.number} 种，{e.garbling.kind}：{f}" for e in found for f in e.faults),
    ]
    if not any(one.faults for one in found):
        lines.append("没有。")
    return "\n".join(lines) + "\n"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=COUNT)
    count = parser.parse_args().count
    if not os.environ.get("JUESUAN_REAL"):
        print("JUESUAN_REAL 未设置：只损坏两份自编的决算", file=sys.stderr)
    found = list(endings(count))
    text = page(found)
    PAGE.write_text(text, encoding="utf-8", newline="\n")
    print(text)
    return 1 if any(one.faults for one in found) else 0


if __name__ == "__main__":
    sys.exit(main())
