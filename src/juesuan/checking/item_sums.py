"""Sums over items (各项之和): the budgets of all items against their total; which figures the sums of sentences hold.

Refuses to add items of different funds, years or budgets.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import chain, groupby

from juesuan.checking.stated_sums import Linear, Operand, linears, numbers_of, residual
from juesuan.checking.values import Values
from juesuan.knowledge.text_sums import text_sums
from juesuan.model.findings import Severity
from juesuan.model.keys import ALL, Key

_ITEM = 7
_MANY = 2


def budget_sums(values: Values) -> Iterator[Linear]:
    """The budgets of all items of a fund in one section, and their total."""
    facts = [f for f in values.report.facts if f.table < 0 and f.section >= 0 and f.keys[0].basis != "final"]
    for _, group in groupby(facts, key=lambda f: (f.section, f.keys[0].fund, f.keys[0].year)):
        section = list(group)
        for basis in ("initial", "full_year", "budget"):
            own = [f for f in section if f.keys[0].basis == basis and f.keys[0].item == ALL]
            items = {f.keys[0].function: f for f in own if len(f.keys[0].function) == _ITEM}
            total = next((f for f in own if _is_total(f.keys[0])), None)
            if total is not None and len(items) >= _MANY:
                terms = [*(Operand(f.number, 1) for f in items.values()), Operand(total.number, -1)]
                yield Linear(tuple(terms), "=", Severity.ERROR)


def _is_total(key: Key) -> bool:
    return {key.nature, key.function, key.economic, key.project, key.entity} == {ALL} and key.flow == "expenditure"


def held_by_sums(values: Values) -> frozenset[int]:
    """The figures of sentences that a sum holds: changed alone by the larger of ten last places and 1 %, it would fail.

    Counts, whose unit is exact, are changed by one.
    """
    stated = chain.from_iterable(linears(values, check) for check in dict.fromkeys(s.check for s in text_sums()))
    known = (linear for linear in stated if isinstance(linear, Linear))
    return frozenset(fact for linear in chain(known, budget_sums(values)) for fact in _held(values, linear))


def _held(values: Values, linear: Linear) -> Iterator[int]:
    total, slack, whole = residual(values, linear)
    off = total if linear.relation == "<=" else abs(total)
    if off > slack:
        return
    for fact, _ in linear.terms:
        value, half = numbers_of(values, fact)
        step = max(20 * half, abs(value) / 100, Decimal(1) if not half else Decimal(0))
        limit = slack if value else min(slack + half, whole)
        if step + (total if linear.relation == "<=" else abs(total)) > limit:
            yield fact
