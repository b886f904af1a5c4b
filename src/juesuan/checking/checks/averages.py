"""Averages (人均、车均) in the explanation: money by the number of persons or vehicles that the explanation states.

Multiplies, never divides: an average is right where it can be the money's under the law of rounding, cut off or
rounded. Refuses to judge where the money or the number is not stated, and where that number is zero.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from juesuan.checking.outcomes import Failed, Outcome, Passed, Unchecked
from juesuan.checking.registry import check
from juesuan.checking.stated_sums import stated_of
from juesuan.checking.values import Operand, Values
from juesuan.knowledge.hierarchy import word
from juesuan.model.findings import Severity
from juesuan.model.keys import ALL, Key
from juesuan.model.reports import Fact


@dataclass(frozen=True, slots=True)
class _Average:
    """An average: the money that it may be of, and what that is divided by."""

    item: str
    money: tuple[str, ...]
    number: str
    severity: Severity = Severity.WARNING


_AVERAGES = (
    _Average(
        "averages/reception",
        ("three_public/reception", "three_public/reception/domestic"),
        "three_public/reception/persons",
    ),
    _Average("averages/overseas", ("three_public/overseas",), "three_public/overseas/persons"),
    _Average("averages/purchase", ("three_public/vehicles/purchase",), "three_public/vehicles/purchase/bought"),
    _Average(
        "averages/running", ("three_public/vehicles/running",), "three_public/vehicles/running/held", Severity.QUERY
    ),
)


@check("TEXT-AVERAGE", severity="warning", basis="情况说明：“三公”经费的人均、车均费用", needs="values")
def averages(values: Values) -> Iterator[Outcome]:
    """人均接待费、车均购置费、车均运行维护费等应与经费、人次、车辆数相称。"""
    stated = stated_of(values.report)
    for kind in _AVERAGES:
        numbers = stated.all(kind.number, "count")
        money = [found for item in kind.money for found in _money(values, item)]
        for fact in stated.all(kind.item, "amount"):
            yield _outcome(values, kind, fact, money, numbers)


def _money(values: Values, item: str) -> Iterator[Operand]:
    """The final amounts of an item, of every fund that is stated."""
    for fund in ("general_public", "fiscal", ALL):
        found = values.of(Key(year=values.report.year, flow="expenditure", fund=fund, item=item))
        if found is not None:
            yield found


def _outcome(values: Values, kind: _Average, fact: Fact, money: list[Operand], numbers: list[Fact]) -> Outcome:
    if not money or not numbers:
        return Unchecked(f"没有写出{word('item', kind.number)}，或没有相应的金额", fact.place)
    if not all(number.amount.value for number in numbers):
        nothing = all(one.zero for one in money) and not fact.amount.value
        return Passed(fact.place) if nothing else Unchecked(f"{word('item', kind.number)}为零", fact.place)
    if any(_fits(values, fact, one, number) for one in money for number in numbers):
        return Passed(fact.place)
    return _failed(values, kind, fact, money[0], numbers[0])


def _fits(values: Values, fact: Fact, money: Operand, number: Fact) -> bool:
    """Whether the average, anywhere within a unit of its last place, can be the money's."""
    middle, count = values.right[fact.number], int(number.amount.value)
    near = 2 * max(values.figures.half[fact.number], values.figures.coarser_half(fact.number))
    return (middle - near) * count <= money.high and (middle + near) * count >= money.low


def _failed(values: Values, kind: _Average, fact: Fact, money: Operand, number: Fact) -> Failed:
    spent = values.report.facts[money.facts[0]]
    should = values.show(values.right[spent.number] // int(number.amount.value), fact.number)
    name = word("item", kind.item)
    return Failed(
        f"{name} {fact.amount.show()} {fact.amount.unit}；"
        f"{spent.amount.show()} {spent.amount.unit} ÷ {number.amount.show()} = {should}",
        (fact.place, number.place, spent.place),
        advice="请核对平均数、金额和数量",
        printed=fact.amount.show(),
        expected=should,
        unit=fact.amount.unit,
        severity=kind.severity,
        follows=() if money.wrong is None else (money.wrong,),
    )
