"""Differences (来源差异): the same figure in two sources, and not the same amount.

The source that binds comes first. Refuses to say which is right, and to list what only one of them has.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from juesuan.compiling.contents import NOWHERE, Figure
from juesuan.model.amounts import Amount
from juesuan.model.keys import Key
from juesuan.model.places import Place
from juesuan.model.reports import Report


@dataclass(frozen=True, slots=True)
class Difference:
    """One figure in two sources: `amount` binds, `other` stands beside it. `rounding`: one unit of the last place."""

    key: Key
    amount: Amount
    source: str
    other: Amount
    other_source: str
    place: Place = NOWHERE
    other_place: Place = NOWHERE

    @property
    def gap(self) -> Decimal:
        """How far the other is above the one that binds, in 元 for money."""
        return self.other.base - self.amount.base

    @property
    def rounding(self) -> bool:
        """Whether rounding alone can explain it: one unit of the last place of the coarser."""
        return abs(self.gap) <= max(self.amount.ulp, self.other.ulp)


def figures_of(report: Report) -> dict[Key, Figure]:
    """The first figure of every key; blank cells are zeros."""
    found: dict[Key, Figure] = {}
    for fact in report.facts:
        for key in fact.keys:
            found.setdefault(key, Figure(key, fact.amount, fact.place))
    return found


def differences(
    first: Mapping[Key, Figure], source: str, second: Iterable[Figure], other_source: str
) -> list[Difference]:
    """All keys that both have with different amounts, the largest gap first."""
    found = []
    for other in second:
        own = first.get(other.key)
        if own is not None and own.amount.base != other.amount.base:
            places = (own.place, other.place)
            found.append(Difference(other.key, own.amount, source, other.amount, other_source, *places))
    return sorted(found, key=lambda one: (one.rounding, -abs(one.gap), str(one.key)))
