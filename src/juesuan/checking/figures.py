"""Figures (数字): the money facts of a report as exact integers, found by key and by table.

Amounts become whole numbers of 10⁻ⁿ 元, with n chosen so that half a unit of any last place is whole: sums are exact
and fast. Refuses what is no money amount (counts, weights, scores) and what has a `?` in its key.
"""

from __future__ import annotations

from decimal import Decimal, localcontext

from juesuan.knowledge.hierarchy import compared
from juesuan.model.amounts import MONEY_UNITS, Amount
from juesuan.model.keys import UNKNOWN, Key
from juesuan.model.reports import Fact, Report

_DIGITS = {unit: scale.adjusted() for unit, scale in MONEY_UNITS.items()}
MEASURE = Key._fields.index("measure")
BALANCE = Key._fields.index("balance")


class Figures:
    """The amounts of a report: value and half unit by fact number, facts by key, and the keys of each table."""

    def __init__(self, report: Report) -> None:
        self.report = report
        money = [fact for fact in report.facts if _is_money(fact)]
        self.power = 1 + max((_places(fact.amount) for fact in money), default=0)
        self.value = [0] * len(report.facts)
        self.half = [0] * len(report.facts)
        """half a unit of the last place, for zeros as well"""
        self.tables: list[dict[Key, int]] = [{} for _ in report.tables]
        """the first fact of every key in each table"""
        self.by_key: dict[Key, list[int]] = {}
        """the facts of every key in the report whose unit is known, and that must agree"""
        with localcontext(prec=1000):
            for fact in money:
                self._add(fact)

    def _add(self, fact: Fact) -> None:
        amount, number = fact.amount, fact.number
        digits = _digits(amount) + self.power
        self.value[number] = int(amount.value.scaleb(digits))
        self.half[number] = 10 ** (digits - amount.decimals) // 2
        for key in fact.keys:
            if key[MEASURE] != "amount" or UNKNOWN in key:
                continue
            if fact.table >= 0:
                self.tables[fact.table].setdefault(key, number)
            if amount.unit and (fact.table >= 0 or compared(key.item)):
                self.by_key.setdefault(key, []).append(number)

    def terms(self, table: int, key: Key) -> list[int]:
        """The facts of a table that make up `key`: itself, else 结转 and 结余 where only these are printed."""
        keys = self.tables[table]
        if key in keys:
            return [keys[key]]
        if key[BALANCE] != "all" or "balance" not in self.report.tables[table].complete:
            return []
        split = (key._replace(balance="carryover"), key._replace(balance="surplus"))
        return [keys[part] for part in split if part in keys]

    def base(self, value: int) -> Decimal:
        """An integer of ours as 元."""
        with localcontext(prec=1000):
            return Decimal(value).scaleb(-self.power)

    def show(self, value: int, like: int) -> str:
        """An integer of ours, written in the unit and with the decimals of the fact numbered `like`."""
        with localcontext(prec=1000):
            return self.report.facts[like].amount.show(self.base(value))

    def coarser_half(self, number: int) -> int:
        """Half a unit of the last place that was really printed (685.6 among two-decimal figures)."""
        amount = self.report.facts[number].amount.coarser
        return int(10 ** (_digits(amount) + self.power - amount.decimals)) // 2


def _digits(amount: Amount) -> int:
    return _DIGITS.get(amount.unit, 0)


def _places(amount: Amount) -> int:
    """How many decimals of one 元 the amount needs."""
    return max(amount.decimals, -int(amount.value.as_tuple().exponent)) - _digits(amount)


def _is_money(fact: Fact) -> bool:
    return fact.amount.unit in _DIGITS or not fact.amount.unit
