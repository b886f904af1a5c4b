"""Consolidation (合并抵销): units that add up to more than the department, by what passed between them.

Transfers inside a department (上级补助, 附属单位上缴; 对附属单位补助, 上缴上级) may be left out of its total. Where the
sum of the units exceeds the department by exactly that, in the total and in those columns, it is info. Refuses any
other gap, and one in a single column.
"""

from __future__ import annotations

from juesuan.checking.evaluation import Outcomes, Verdict
from juesuan.checking.expansion import Expansion
from juesuan.model.keys import ALL, Key

INTERNAL = {
    "income": ("fund", frozenset({"superior", "subordinate"})),
    "expenditure": ("nature", frozenset({"remitted_up", "subsidy_down"})),
}
"""flow → the dimension and its values that are transfers"""


def soften(expansion: Expansion, outcomes: Outcomes) -> None:
    """Turns the failures that internal transfers explain into info."""
    lines: dict[tuple[int, Key], dict[str, int]] = {}
    for number in outcomes.failing():
        identity = expansion.identities[number]
        key = expansion.key[expansion.starts[number]]
        if identity.equation.along == "entity" and outcomes.residual[number] < 0 and key.flow in INTERNAL:
            dimension, _ = INTERNAL[key.flow]
            lines.setdefault((identity.table, _without(key, dimension)), {})[getattr(key, dimension)] = number
    for (_, head), columns in lines.items():
        _, transfers = INTERNAL[head.flow]
        inside = [number for value, number in columns.items() if value in transfers]
        total = columns.get(ALL)
        if total is None or not inside:
            continue
        gap = outcomes.residual[total] - sum(outcomes.residual[number] for number in inside)
        if abs(gap) <= outcomes.slack[total] + sum(outcomes.slack[number] for number in inside):
            for number in (total, *inside):
                outcomes.verdict[number] = Verdict.INFO


def _without(key: Key, dimension: str) -> Key:
    return key._replace(fund=ALL) if dimension == "fund" else key._replace(nature=ALL)
