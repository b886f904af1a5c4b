"""Damaged PDF files: what becomes of 3,000 of them. Writes docs/damaged.md (`make bench`).

Refuses to judge by the product's own count: another tokenizer counts the numerals that were read. With JUESUAN_REAL
every other file is made of a published account; without it all are made of PDF that the product writes itself.
"""

from __future__ import annotations

import argparse
import platform
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from tests.damage.endings import BOUNDS, Ending, endings, made, said  # noqa: E402 - the path is set above
from tests.damage.sources import sources  # noqa: E402

PAGE = ROOT / "docs" / "damaged.md"
COUNT = 3000
SPOKEN = 50
"""of every so many files, what `juesuan check` says is looked at, too"""

HEAD = """\
# 损坏的 PDF · Damaged PDF

命令：`JUESUAN_REAL=… python bench/damaged.py --count {count}`；{python}，{system}。种子固定：同一序号总是同样的损坏。

{count:,} 份损坏的 PDF，由 {files} 份完好的做成（公开的一份，其余由本程序写出）。要求：

1. 不出故障：要么说明原因拒绝，要么检查到底；PDF 引擎自身的崩溃只结束它的工作进程，并说明原因；
2. 每份不超过 {seconds} 秒（处理器时间）、{memory:,} MB；
3. 每个数字有着落：另一套程序在读出的文字里数出的数字 = 账目数字 + 另计；账目数字 = 已核实 + 已读 + 未读；
4. 退出码和话都说得通（每 {spoken} 份抽一份）：拒绝的是 2，有错误的是 1，其余是 0；拒绝的都有一句中文说明怎么办。

*{count:,} damaged files made of {files} sound ones. Wanted: no crash, at most {seconds} s of work and {memory:,} MB for each, every numeral accounted for by an independent tokenizer, sensible exit codes and words (one of every {spoken}).*
"""


def table(title: str, found: Iterable[Ending], by: Callable[[Ending], str]) -> Iterator[str]:
    groups: dict[str, list[Ending]] = defaultdict(list)
    for one in found:
        groups[by(one)].append(one)
    heads = (title, "份数", "查完", "拒绝", "引擎崩溃", "读到的数字", "其中未读", "最长（秒）", "不合要求")
    yield "\n| " + " | ".join(heads) + " |"
    yield "| --- |" + " ---: |" * (len(heads) - 1)
    for name, group in [*groups.items(), ("**合计**", [one for some in groups.values() for one in some])]:
        refused = sum(bool(one.refused) for one in group)
        died = sum(bool(one.died) for one in group)
        counts = (len(group), len(group) - refused, refused - died, died)
        figures = (sum(one.figures for one in group), sum(one.unread for one in group))
        longest = f"{max(one.seconds for one in group):.1f}"
        cells = (*(f"{n:,}" for n in (*counts, *figures)), longest, f"{sum(bool(one.faults) for one in group)}")
        yield f"| {name} | " + " | ".join(cells) + " |"


def page(found: Sequence[Ending], spoken: Sequence[str]) -> str:
    """The results as Markdown."""
    head = HEAD.format(
        count=len(found),
        files=len({one.file for one in found}),
        seconds=BOUNDS.seconds,
        memory=BOUNDS.memory,
        spoken=SPOKEN,
        python=f"{platform.python_implementation()} {platform.python_version()}",
        system=f"{platform.system()} {platform.machine()}",
    )
    reasons = Counter(
        one.refused.partition("。")[0].partition("：")[2] or one.refused.partition("。")[0] for one in found
    )
    lines = [
        head,
        *table("损坏的种类", found, lambda one: one.kind),
        *table("做成它的文件", found, lambda one: one.file),
        "\n拒绝的原因：\n",
        *(f"- {count:,} 份：{reason}" for reason, count in reasons.most_common() if reason),
        f"\n工作进程最多占用内存：{max(one.memory for one in found):,} MB。",
        "\n不合要求的（应当没有）：\n",
        *(f"- {one.file} 第 {one.number} 份，{one.kind}：{fault}" for one in found for fault in one.faults),
        *(f"- {fault}" for fault in spoken),
    ]
    if not spoken and not any(one.faults for one in found):
        lines.append("没有。")
    return "\n".join(lines) + "\n"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=COUNT)
    parser.add_argument("--jobs", type=int, default=2)
    chosen = parser.parse_args()
    count = chosen.count
    files = sources()
    found: list[Ending] = []
    with tempfile.TemporaryDirectory() as folder:
        for one in endings(files, range(count), Path(folder), chosen.jobs):
            found.append(one)
            if one.faults or len(found) % 100 == 0:
                print(len(found), *one.faults, file=sys.stderr, flush=True)
            if len(found) % 500 == 0:
                PAGE.write_text(page(found, ()), encoding="utf-8", newline="\n")
        spoken = []
        for number in range(0, count, SPOKEN):
            path = Path(folder) / f"{number}.pdf"
            path.write_bytes(made(files, number)[2])
            spoken += [f"第 {number} 份：{fault}" for fault in said(path)]
    text = page(found, spoken)
    PAGE.write_text(text, encoding="utf-8", newline="\n")
    print(text)
    return 1 if spoken or any(one.faults for one in found) else 0


if __name__ == "__main__":
    sys.exit(main())
