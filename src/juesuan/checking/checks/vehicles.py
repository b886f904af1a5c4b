"""Vehicles, journeys, receptions (车辆、出国、接待) in the explanation: counts against counts, counts against money.

Refuses to assert that money without a count is wrong: that is a question.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from juesuan.checking.outcomes import Failed, Outcome, Passed, Unchecked
from juesuan.checking.registry import check
from juesuan.checking.stated_sums import once, outcomes, stated_of
from juesuan.checking.values import Operand, Values
from juesuan.knowledge.hierarchy import word
from juesuan.model.findings import Severity
from juesuan.model.keys import ALL, Key
from juesuan.model.reports import Fact


@dataclass(frozen=True, slots=True)
class _Pair:
    """Money and a count that go together: neither without the other."""

    item: str
    count: str
    both: bool = True
    """also asked where there is a count and no money"""


_VEHICLES = (
    _Pair("three_public/vehicles/running", "three_public/vehicles/running/held"),
    _Pair("three_public/vehicles/purchase", "three_public/vehicles/purchase/bought"),
)
_VISITS = (
    _Pair("three_public/overseas", "three_public/overseas/groups"),
    _Pair("three_public/overseas", "three_public/overseas/persons"),
    _Pair("three_public/reception", "three_public/reception/batches"),
    _Pair("three_public/reception", "three_public/reception/persons"),
    _Pair("three_public/reception/foreign", "three_public/reception/foreign/batches"),
    _Pair("three_public/reception/foreign_guests", "three_public/reception/foreign_guests/batches"),
)
_COUNTS = (
    ("three_public/reception/batches", "three_public/reception/persons"),
    ("three_public/overseas/groups", "three_public/overseas/persons"),
    ("three_public/reception/foreign/batches", "three_public/reception/foreign/persons"),
    ("three_public/reception/foreign_guests/batches", "three_public/reception/foreign_guests/persons"),
)


@check("TEXT-VEHICLES", severity="error", basis="情况说明：国有资产占用；“三公”经费", needs="values")
def vehicles(values: Values) -> Iterator[Outcome]:
    """各类车辆之和应等于车辆总数；保有量不大于车辆数；有车无费、有费无车的，请说明。"""
    yield from once(chain(outcomes(values, "TEXT-VEHICLES"), _pairs(values, _VEHICLES)))


@check("TEXT-VISITS", severity="error", basis="情况说明：“三公”经费的团组、批次、人次", needs="values")
def visits(values: Values) -> Iterator[Outcome]:
    """团组、批次、人次之间，及与经费之间应相称；有费无数量、有数量无费的，请说明。"""
    yield from once(chain(outcomes(values, "TEXT-VISITS"), _pairs(values, _VISITS), _odd_counts(values)))


def _odd_counts(values: Values) -> Iterator[Outcome]:
    """Persons without a batch, a batch without persons."""
    stated = stated_of(values.report)
    for one, other in _COUNTS:
        for fact in stated.all(one, "count")[:1]:
            persons = stated.all(other, "count")
            if persons and bool(fact.amount.value) != bool(persons[0].amount.value):
                yield _odd(fact, persons[0], one, other)


def _odd(fact: Fact, other: Fact, item: str, beside: str) -> Failed:
    return Failed(
        f"{word('item', item)} {fact.amount.value}，{word('item', beside)} {other.amount.value}",
        (other.place, fact.place),
        advice="请核对两个数",
        printed=str(other.amount.value),
        severity=Severity.QUERY,
    )


def _pairs(values: Values, pairs: tuple[_Pair, ...]) -> Iterator[Outcome]:
    stated = stated_of(values.report)
    for pair in pairs:
        counts = stated.all(pair.count, "count")
        money = _money(values, pair.item)
        if not counts:
            continue
        if money is None:
            yield Unchecked(f"没有写出{word('item', pair.item)}的金额", counts[0].place)
        else:
            yield _pair(values, pair, counts[0], money)


def _money(values: Values, item: str) -> Operand | None:
    """The final amount of a “三公” item, of whichever fund is stated."""
    for fund in ("general_public", "fiscal", ALL):
        key = Key(year=values.report.year, flow="expenditure", fund=fund, item=item)
        found = values.of(key)
        if found is not None:
            return found
    return None


def _pair(values: Values, pair: _Pair, count: Fact, money: Operand) -> Outcome:
    fact = values.report.facts[money.facts[0]]
    spent, number = not money.zero, bool(count.amount.value)
    if spent == number or (number and not pair.both):
        return Passed(count.place)
    said = f"{word('item', pair.item)} {fact.amount.show()} {fact.amount.unit}"
    return Failed(
        f"{said}，{word('item', pair.count)} {count.amount.value} {count.amount.unit}",
        (count.place, fact.place),
        advice="有费用而数量为零，请核对或说明" if spent else "有数量而没有费用，请核对或说明",
        printed=str(count.amount.value),
        unit=count.amount.unit,
        severity=Severity.QUERY,
        follows=() if money.wrong is None else (money.wrong,),
    )
