"""The parts of docs/trust.md on sentences: figures read, slips found, wordings that the product never saw.

Refuses to judge: the bars stand beside the figures. What is determined is defined kind by kind in tests/trust/wording.py.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from tests.trust.documents import REAL, available
from tests.trust.plain import matrix
from tests.trust.sentences import Stated, detected, slips_of, stated, wrongly_keyed
from tests.trust.wording import RULES, Slip
from tests.wordings.explanations.measuring import Measure, measured, unseen
from trust_tables import file, heads, of, percent, row, spread


def _tried(task: tuple[str, Slip]) -> tuple[str, str]:
    return detected(*task)


def sentence_slips() -> Iterator[str]:
    """The slips planted into sentences, kind by kind, and what was found."""
    tasks = [(name, slip) for name in available() for slip in slips_of(name)]
    done = list(zip(tasks, spread(_tried, tasks, "sentences"), strict=True))
    yield "## 句中的错 · Slips in sentences"
    yield heads("种类", "何时算确定", "确定", "查出")
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    levels: dict[tuple[str, str], int] = defaultdict(int)
    for (_, slip), (check, severity) in done:
        counts[slip.kind][0] += 1
        counts[slip.kind][1] += bool(check)
        levels[slip.kind, severity] += bool(check)
    for kind, rule in RULES.items():
        yield row(kind, rule, counts[kind][0], of(counts[kind][1], counts[kind][0]))
    whole, found = (sum(c[n] for c in counts.values()) for n in (0, 1))
    yield row("**合计**", "要求 98 % 以上", whole, of(found, whole))
    yield heads("种类", "查出的级别", "次数")
    for (kind, severity), count in levels.items():
        if count:
            yield row(kind, severity.lower(), count)
    missed = [(name, slip) for (name, slip), (check, _) in done if not check]
    yield "\n没有查出的：" + ("" if missed else "无。")
    for name, slip in missed:
        yield f"- {file(name)} 第 {slip.line} 行，{slip.kind}：{slip.was} → {slip.now or '（漏）'}"


def figures() -> Iterator[str]:
    """The figures that stand in sentences: verified, read, unread; the hand-keyed sample."""
    yield "## 句中的数 · Figures in sentences"
    yield (
        "\n句中的数是表外所有不是序号、日期、文号、页码、门槛（如单价 100 万元以上）的数。"
        "要求已核实和已读合计 97 % 以上，未读的逐个列出。手工录入的 150 个按固定种子抽取，读错指标的算未读。"
    )
    yield heads("文件", "句中的数", "已核实", "已读", "未读", "已核实和已读")
    every = {name: stated(name) for name in available()}
    for name, found in every.items():
        whole = found.verified + found.read + len(found.unread)
        yield row(
            file(name),
            whole,
            of(found.verified, whole),
            found.read,
            len(found.unread),
            percent(found.verified + found.read, whole),
        )
    yield heads("文件", "行", "未读的数", "原因")
    yield from _unread(every)
    folder = Path(os.environ["JUESUAN_REAL"])
    rows, wrong = 0, list[str]()
    for name in REAL:
        keyed, mistaken = wrongly_keyed(folder, str(matrix(name)["file"]))
        rows, wrong = rows + keyed, wrong + mistaken
    yield f"\n手工录入的 {rows} 个：读对 {of(rows - len(wrong), rows)}。" + "".join(f"\n- {text}" for text in wrong)


def _unread(every: dict[str, Stated]) -> Iterator[str]:
    for name, found in every.items():
        for line, quote, why in found.unread:
            yield row(file(name), line, quote, why)


def _measured(seed: int) -> Measure:
    return measured(seed)


def wordings() -> Iterator[str]:
    """A hundred correct explanations."""
    seeds = list(range(100))
    every = dict(zip(seeds, spread(_measured, seeds, "wordings"), strict=True))
    yield "## 没有见过的说法 · Unseen wordings"
    yield (
        "\n一百份正确的情况说明，说法取自本程序不读的文件；三分之一的每一句在用语库里都没有条目。"
        "读错了指标算未读。要求：没有错误和警告，95 % 以上读懂。"
    )
    yield heads("说法", "份数", "数字", "读对", "错误和警告")
    for words, chosen in (
        ("用语库里没有的", [s for s in seeds if unseen(s)]),
        ("各种", [s for s in seeds if not unseen(s)]),
    ):
        whole = Measure()
        for seed in chosen:
            whole.add(every[seed])
        yield row(words, len(chosen), f"{whole.figures:,}", of(whole.right, whole.figures), len(whole.alarms))


__all__ = ["figures", "sentence_slips", "wordings"]
