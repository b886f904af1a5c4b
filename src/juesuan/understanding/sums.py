"""Sums of one table (表内合计): whether what was read of it adds up, before it is believed.

Only for tables whose columns were told from positions: where the sums fail, the reading is doubted, not the account.
Refuses to report anything: what is wrong in an account is for checking.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import combinations
from typing import NamedTuple, Protocol

from juesuan.knowledge.hierarchy import PARTITIONED, ancestors, divides
from juesuan.model.keys import ALL, Key

_FLOW = Key._fields.index("flow")
_REST = Key._fields.index("item")
_FLOWS = ("income", "expenditure")
_BALANCES = ("opening", "closing")
#: a flow that others make up
_TOTALS = {"total_in": ("income", "surplus_used", "opening"), "total_out": ("expenditure", "distributed", "closing")}


class Stated(Protocol):
    """A figure with its keys."""

    keys: tuple[Key, ...]
    value: Decimal
    decimals: int
    row: int
    blank: bool


class Sum(NamedTuple):
    """A total and its parts by their numbers, and by how much the total is larger."""

    total: int
    parts: tuple[int, ...]
    rest: Decimal

    @property
    def figures(self) -> tuple[int, ...]:
        return (self.total, *self.parts)


@dataclass(slots=True)
class Sums:
    """The sums that hold and those that fail; sums of nothing but zeros are left out.

    `orphans` are lines of parts in a row without the total that every table prints beside them, `clashes` figures of
    one row with one key.
    """

    held: list[Sum] = field(default_factory=list)
    failed: list[Sum] = field(default_factory=list)
    orphans: int = 0
    clashes: int = 0

    @property
    def crossed(self) -> bool:
        """Whether what one sum lacks is too much in another: figures stand in the wrong column, or row.

        Two sums with a figure in common fail by the same amount if only that figure is wrong.
        """
        pairs = combinations(self.failed, 2)
        return any(one.rest == -other.rest and not {*one.figures} & {*other.figures} for one, other in pairs)

    @property
    def one_slip(self) -> bool:
        """Whether one wrong figure explains all that fails."""
        shared = [set(found.figures) for found in self.failed]
        return bool(shared) and bool(set.intersection(*shared))


def sums(figures: Sequence[Stated], complete: Iterable[str], fund: str = ALL) -> Sums:
    """Every total of the table against its nearest printed parts, along the dimensions that are complete in it.

    `fund` is the widest one of the table.
    """
    tops = {"fund": fund, "nature": ALL}
    at: dict[Key, int] = {}
    found = Sums()
    for number, figure in enumerate(figures):
        for key in figure.keys:
            first = figures[at.setdefault(key, number)]
            found.clashes += first is not figure and first.row == figure.row and not (first.blank or figure.blank)
    for dimension in PARTITIONED:
        if dimension in set(complete):
            _partitions(figures, at, dimension, tops.get(dimension), found)
    for key, number in at.items():
        parts = [at[part] for flow in _TOTALS.get(key.flow, ()) if (part := key._replace(flow=flow)) in at]
        if parts:
            _weigh(figures, number, parts, found)
    return found


def _partitions(figures: Sequence[Stated], at: dict[Key, int], dimension: str, top: str | None, found: Sums) -> None:
    position = Key._fields.index(dimension)
    lines: dict[tuple[str, ...], dict[str, int]] = {}
    for key, number in at.items():
        lines.setdefault(key[:position] + key[position + 1 :], {})[key[position]] = number
    flow = _FLOW - (position < _FLOW)
    for line, values in lines.items():
        if dimension == "nature" and line[flow] in _BALANCES and "project" not in values:
            continue  # 结转 and 结余 are printed in its place
        parts: dict[str, list[int]] = {}
        for value, number in values.items():
            parent = next((above for above in ancestors(dimension, value) if above in values), None)
            if parent is not None and divides(dimension, parent, line[flow]):
                parts.setdefault(parent, []).append(number)
        for parent, numbers in parts.items():
            _weigh(figures, values[parent], numbers, found)
        plain = line[flow] in _FLOWS and set(line[_REST - 1 :]) <= {ALL, "amount"}
        if top and plain and top not in values and any(figures[number].value for number in values.values()):
            found.orphans += 1


def _weigh(figures: Sequence[Stated], total: int, parts: Sequence[int], found: Sums) -> None:
    terms = [figures[n] for n in (total, *parts)]
    if not any(term.value for term in terms):
        return
    rest = terms[0].value - sum((term.value for term in terms[1:]), Decimal(0))
    slack = sum((Decimal(5).scaleb(-term.decimals - 1) for term in terms if term.value), Decimal(0))
    (found.held if abs(rest) <= slack else found.failed).append(Sum(total, tuple(parts), rest))
