"""Sums of one table (表内合计): whether what was read of it adds up, before it is believed.

Only for tables whose columns were told from positions: where the sums fail, the reading is doubted, not the account.
Refuses to report anything: what is wrong in an account is for checking.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Protocol

from juesuan.knowledge.hierarchy import PARTITIONED, ancestors, divides
from juesuan.model.keys import Key

_FLOW = Key._fields.index("flow")
#: a flow that others make up
_TOTALS = {"total_in": ("income", "surplus_used", "opening"), "total_out": ("expenditure", "distributed", "closing")}


class Stated(Protocol):
    """A figure with its keys."""

    keys: tuple[Key, ...]
    value: Decimal
    decimals: int


@dataclass(slots=True)
class Sums:
    """The figures (by number) of the sums that hold and of those that fail; sums of nothing but zeros are left out."""

    held: list[frozenset[int]] = field(default_factory=list)
    failed: list[frozenset[int]] = field(default_factory=list)


def sums(figures: Sequence[Stated], complete: Iterable[str]) -> Sums:
    """Every total of the table against its nearest printed parts, along the dimensions that are complete in it."""
    at: dict[Key, int] = {}
    for number, figure in enumerate(figures):
        for key in figure.keys:
            at.setdefault(key, number)
    found = Sums()
    for dimension in PARTITIONED:
        if dimension in set(complete):
            _partitions(figures, at, dimension, found)
    for key, number in at.items():
        parts = [at[part] for flow in _TOTALS.get(key.flow, ()) if (part := key._replace(flow=flow)) in at]
        if parts:
            _weigh(figures, number, parts, found)
    return found


def _partitions(figures: Sequence[Stated], at: dict[Key, int], dimension: str, found: Sums) -> None:
    position = Key._fields.index(dimension)
    lines: dict[tuple[str, ...], dict[str, int]] = {}
    for key, number in at.items():
        lines.setdefault(key[:position] + key[position + 1 :], {})[key[position]] = number
    flow = _FLOW - (position < _FLOW)
    for line, values in lines.items():
        parts: dict[str, list[int]] = {}
        for value, number in values.items():
            parent = next((above for above in ancestors(dimension, value) if above in values), None)
            if parent is not None and divides(dimension, parent, line[flow]):
                parts.setdefault(parent, []).append(number)
        for parent, numbers in parts.items():
            _weigh(figures, values[parent], numbers, found)


def _weigh(figures: Sequence[Stated], total: int, parts: Sequence[int], found: Sums) -> None:
    terms = [figures[n] for n in (total, *parts)]
    if not any(term.value for term in terms):
        return
    rest = terms[0].value - sum((term.value for term in terms[1:]), Decimal(0))
    slack = sum((Decimal(5).scaleb(-term.decimals - 1) for term in terms if term.value), Decimal(0))
    (found.held if abs(rest) <= slack else found.failed).append(frozenset((total, *parts)))
