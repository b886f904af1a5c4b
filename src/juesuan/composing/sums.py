"""Sums (合计公式): which cells of a table make up which other one, from the equations, the hierarchy and the form.

A formula stands only where the printed figures give exactly the printed total; else the total stays as approved and the
reason is told. Refuses tables whose form does not say that the partition is complete.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from juesuan.knowledge.equations import Equation, Term, equations, excluded
from juesuan.knowledge.forms import form
from juesuan.knowledge.hierarchy import PARTITIONED, divides
from juesuan.knowledge.nesting import lines, plan
from juesuan.model.findings import Severity
from juesuan.model.keys import ALL, DIMENSIONS, Key
from juesuan.model.workbooks import Spot

_FLOW = "flow"


@dataclass(frozen=True, slots=True)
class Sum:
    """What a total is: the cells that it is the sum of, or why it is none (`note`)."""

    terms: tuple[Spot, ...] = ()
    note: str = ""


Values = Mapping[Spot, tuple[Decimal, int]]
"""cell → its value and its decimals"""


def sums(name: str, keys: Mapping[Key, Spot], values: Values) -> dict[Spot, Sum]:
    """The totals of one table of that form; `keys` says where every figure stands."""
    candidates: dict[Spot, list[tuple[Spot, ...]]] = {}
    for total, terms in (*_declared(keys), *_partitions(name, keys)):
        if total not in terms and len(set(terms)) == len(terms):
            candidates.setdefault(total, []).append(terms)
    return {total: _chosen(total, found, values) for total, found in candidates.items()}


def _chosen(total: Spot, candidates: list[tuple[Spot, ...]], values: Values) -> Sum:
    """The first sum that gives the total; where none does, what the first would give."""
    value, decimals = values[total]
    for terms in candidates:
        if sum((values[term][0] for term in terms), Decimal(0)) == value:
            return Sum(terms)
    terms = candidates[0]
    found = sum((values[term][0] for term in terms), Decimal(0))
    slack = sum((Decimal(1).scaleb(-d) / 2 for v, d in (values[total], *(values[t] for t in terms)) if v), Decimal(0))
    why = "金额单位换算的尾差" if abs(found - value) <= slack else "不是尾差，请核对"
    return Sum(
        note=f"以批复数 {value:,.{decimals}f} 为准，不用公式："
        f"{len(terms)} 项之和为 {found:,.{decimals}f}，差 {value - found:,.{decimals}f}（{why}）。"
    )


# totals of partitions -------------------------------------------------------------------------------------------------


def _partitions(name: str, keys: Mapping[Key, Spot]) -> Iterator[tuple[Spot, tuple[Spot, ...]]]:
    """(total, parts) along every dimension that the form lists in full, sums across before sums down."""
    complete = form(name).complete
    for dimension in (one for one in PARTITIONED if one in complete):
        for line in lines(keys, dimension, "balance" in complete).values():
            for parent, parts in plan(dimension, tuple(line)).parts.items():
                key, total = line[parent][0]
                if divides(dimension, parent, key.flow):
                    yield total, tuple(spot for part in parts for _, spot in line[part])


# totals of flows ------------------------------------------------------------------------------------------------------


@cache
def _totals() -> tuple[tuple[Equation, Term, tuple[Term, ...]], ...]:
    """The declared equations that say of one figure of a table which others it is the sum of."""
    found = []
    for equation in equations():
        if equation.kind == "declared" and equation.scope == "table" and equation.severity == Severity.ERROR:
            sides = [tuple(term for term in equation.terms if term.coefficient == sign) for sign in (1, -1)]
            sides.sort(key=len)
            if equation.relation == "=" and len(sides[0]) == 1 < len(sides[1]):
                found.append((equation, sides[0][0], sides[1]))
    return tuple(found)


def _declared(keys: Mapping[Key, Spot]) -> Iterator[tuple[Spot, tuple[Spot, ...]]]:
    for equation, total, parts in _totals():
        for key, spot in keys.items():
            if not _fits(equation, total, key):
                continue
            found = [(part, keys.get(key._replace(**_single(part)))) for part in parts]
            if all(at is not None or part.optional for part, at in found):
                yield spot, tuple(at for _, at in found if at is not None)


def _fits(equation: Equation, total: Term, key: Key) -> bool:
    """Whether a key is the total of an instance."""
    where = equation.where or {}
    for name, value, usual in zip(DIMENSIONS, key, Key(), strict=True):
        wanted = total.dims.get(name) or where.get(name) or (() if name in equation.for_each else (usual,))
        if wanted and value not in wanted:
            return False
    return not excluded(equation.unless, key)


def _single(term: Term) -> dict[str, str]:
    return {name: values[0] for name, values in term.dims.items() if len(values) == 1 and values[0] != ALL}
