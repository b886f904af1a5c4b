"""The part of docs/trust.md on tables: slips that an oracle determines, figures left out, verified figures proved.

Refuses to judge: the bars stand beside the figures. `share` takes a part of the slips and proofs with a fixed seed.
"""

from __future__ import annotations

import gc
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from multiprocessing import Pool
from typing import TypeVar

from tests.trust.documents import available, oracle
from tests.trust.held import claimed, proved
from tests.trust.mutate import KINDS, SEED, ZERO, Mutation
from tests.trust.plain import Figure, matrix
from tests.trust.trials import Trial, all_of, trial

ZEROS = 60
WORKERS = 2
#: an undetermined change of more units of the last place than these is no matter of rounding
ROUNDING = 30
Item = TypeVar("Item")
Found = TypeVar("Found")
FORMS = {
    "totals": "总表",
    "income": "收入表",
    "expenditure": "支出表",
    "fiscal": "财政拨款总表",
    "general_public": "一般公共预算表",
    "basic": "基本支出表",
    "funds": "政府性基金表",
    "units": "单位",
    "state_capital": "国有资本经营表",
    "three_public": "“三公”表",
    "performance_department": "整体绩效自评表",
    "performance_project": "项目绩效自评表",
}
ROLES = {"target": "指标值", "actual": "完成值", "weight": "权重", "score": "得分", "initial": "年初预算数"}
#: why no rule and no identity tells that a figure is wrong
ROUNDED = "改动在尾差之内：各数都在末位半个单位内，仍可同时成立"
BOUNDED = "只有上下限：没有与它相等的数或完整的合计"
FREE = "自评表的指标值、完成值：改动后偏差不到 30 %，或已说明原因，没有规则说它错"
ALONE = "自评表的年初预算数：没有别的数可比"
MONEY = "自评表的金额：执行率四舍五入后不变"


# Running -------------------------------------------------------------------------------------------------------------


def part(items: Sequence[Item], share: float, name: str) -> list[Item]:
    """A part of the items with a fixed seed, in their order; all of them for 1."""
    chosen = random.Random(f"{SEED} {name} share").sample(range(len(items)), round(len(items) * share))
    return [items[n] for n in sorted(chosen)]


def spread(task: Callable[[Item], Found], items: Sequence[Item], what: str) -> list[Found]:
    """The task done to every item in several processes; progress to stderr."""
    gc.freeze()
    found: list[Found] = []
    with Pool(WORKERS) as pool:
        for one in pool.imap(task, items, chunksize=5):
            found.append(one)
            if len(found) % 100 == 0:
                print(f"{what} {len(found)}/{len(items)}", file=sys.stderr, flush=True)
    return found


def tried(task: tuple[str, Mutation]) -> Trial:
    return trial(*task)


def shown(task: tuple[str, Figure]) -> tuple[str, Figure, bool, bool]:
    """(document, figure, called verified, proved)."""
    return *task, claimed(*task), proved(*task)


def row(*cells: object) -> str:
    return "| " + " | ".join(str(cell) for cell in cells) + " |"


def heads(*cells: str) -> str:
    return "\n" + row(*cells) + "\n" + row(*["---"] * len(cells))


def percent(some: int, whole: int) -> str:
    return f"{100 * some / whole:.1f} %" if whole else "—"


def of(some: int, whole: int) -> str:
    return f"{some:,}（{percent(some, whole)}）"


def file(name: str) -> str:
    return str(matrix(name)["file"]).removesuffix(".txt")


# Slips ---------------------------------------------------------------------------------------------------------------


def slips(share: float) -> Iterator[str]:
    """The slips planted into tables, what the oracle says of them and what was found."""
    names = available()
    tasks = [(name, m) for name in names for m in part(all_of(name, ZEROS), share, name)]
    done = spread(tried, tasks, "slips")
    yield "## 表中的错 · Slips in tables"
    yield heads("文件", "改动", "未定", "确定", "查出", "居首")
    for name in names:
        yield _counted(file(name), [t for t in done if t.document == name])
    yield _counted("**合计**", done)
    yield heads("改法", "改动", "未定", "确定", "查出", "居首")
    for kind in KINDS:
        yield _counted(kind, [t for t in done if t.mutation.kind == kind])
    yield heads("查出的问题", "级别", "次数")
    sure = [t for t in done if t.determined]
    for (check, severity), count in Counter((t.check, t.severity) for t in sure if t.check).most_common():
        yield row(check, severity.lower(), f"{count:,}")
    missed = [t for t in sure if not t.check]
    yield f"\n确定而没有查出的：{len(missed)} 处（要求：查出 99 % 以上）。" + "".join(
        f"\n- {file(t.document)} 第 {t.mutation.figure.line} 行，{t.mutation.figure.text or '空白'} → {t.mutation.text}"
        f"（{t.determined}）"
        for t in missed
    )
    yield from _left_out([t for t in done if t.mutation.kind != ZERO])


def _counted(name: str, mine: Sequence[Trial]) -> str:
    sure = [t for t in mine if t.determined]
    found = [t for t in sure if t.check]
    first = sum(t.first for t in found)
    left = len(mine) - len(sure)
    return row(name, f"{len(mine):,}", left, f"{len(sure):,}", of(len(found), len(sure)), of(first, len(sure)))


def _left_out(done: Sequence[Trial]) -> Iterator[str]:
    """What the oracle does not determine, figure by figure."""
    by_figure: dict[tuple[str, Figure], list[Trial]] = {}
    for one in done:
        by_figure.setdefault((one.document, one.mutation.figure), []).append(one)
    some = {key: [t for t in mine if not t.determined] for key, mine in by_figure.items()}
    some = {key: mine for key, mine in some.items() if mine}
    never = [key for key, mine in some.items() if len(mine) == len(by_figure[key])]
    slips_left = sum(len(mine) for mine in some.values())
    yield "\n### 排除在外的 · Left out"
    yield (
        f"\n不为零的数 {len(by_figure):,} 个。没有一种改动能确定的：{of(len(never), len(by_figure))}；有的改动能确定、"
        f"有的不能的：{of(len(some) - len(never), len(by_figure))}。按改动计：{of(slips_left, len(done))}。"
        "要求不超过 5 %。逐个列出，* 为没有一种改动能确定的："
    )
    yield heads("文件", "行", "表", "数", "不能确定的改动", "原因")
    for (name, figure), mine in some.items():
        mark = " *" if (name, figure) in never else ""
        said = "、".join(dict.fromkeys(t.mutation.text for t in mine))
        place = FORMS[figure.form] + (f"（{ROLES[figure.role]}）" if figure.role in ROLES else "")
        why = "；".join(dict.fromkeys(_why(t.mutation) for t in mine))
        yield row(file(name), figure.line, place, figure.text + mark, said, why)


def _why(mutation: Mutation) -> str:
    figure = mutation.figure
    if figure.role in ("target", "actual"):
        return FREE
    if figure.role == "initial":
        return ALONE
    if figure.role in ("full", "final"):
        return MONEY
    change = abs(mutation.value - figure.value).scaleb(figure.decimals)
    return ROUNDED if change <= ROUNDING else BOUNDED


# Verified ------------------------------------------------------------------------------------------------------------


def verified(share: float) -> Iterator[str]:
    """The figures called verified, each proved by changing it in the text."""
    names = available()
    every = {name: [f for f in oracle(name).figures if f.value] for name in names}
    tasks = [(name, figure) for name in names for figure in part(every[name], share, f"{name} held")]
    done = spread(shown, tasks, "proofs")
    yield "## 已核实的数 · Verified figures"
    yield (
        "\n“已核实”：在原文里单改这个数（末位 10 个单位和 1 % 中较大的，向上或向下），重新核对，至少一项结果不同。"
        "“证明”逐个改原文、重新读、重新核对，再与程序自己说的比较；不符的应当没有。"
    )
    yield heads("文件", "绩效自评表以外的数", "已核实（要求 95 % 以上）", "自评表的数", "已核实", "证明", "不符")
    for name in names:
        groups = [[f for f in every[name] if is_form(f) is form] for form in (False, True)]
        shares = [of(sum(claimed(name, f) for f in group), len(group)) for group in groups]
        proofs = [(said, known) for document, _, said, known in done if document == name]
        wrong = sum(said != known for said, known in proofs)
        yield row(file(name), len(groups[0]), shares[0], len(groups[1]), shares[1], len(proofs), wrong)
    yield from (
        f"- 不符：{file(name)} 第 {f.line} 行 {f.text}，程序说{'已' if said else '未'}核实"
        for name, f, said, known in done
        if said != known
    )
    yield heads("文件", "未核实的", "个数", "行", "原因")
    for name in names:
        kinds: dict[tuple[str, str], list[int]] = {}
        for figure in every[name]:
            if not claimed(name, figure):
                kinds.setdefault((FORMS[figure.form], figure.role), []).append(figure.line)
        for (form, role), lines in kinds.items():
            said = f"{form}（{ROLES[role]}）" if role in ROLES else form
            yield row(file(name), said, len(lines), "、".join(map(str, dict.fromkeys(lines))), UNHELD.get(role, SUMMED))


def is_form(figure: Figure) -> bool:
    return figure.form.startswith("performance")


SUMMED = "只在一个有二十多个非零项的合计里：尾差之和大于末位 10 个单位"
UNHELD = {
    "target": "改动不到 30 % 而仍达标（或仍未达标），没有规则说它错",
    "actual": "改动不到 30 % 而仍达标（或仍未达标），没有规则说它错",
    "initial": "年初预算数没有别的数可比",
}


__all__ = ["file", "heads", "of", "percent", "row", "slips", "spread", "verified"]
