"""Consolidation (汇总): the accounts of several units → the department's: the plain sum, less transfers between them.

What one unit pays another is spending of the one and income of the other, and neither of the department. Refuses to
mix units of money, and a transfer without the codes of its two lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from juesuan.compiling.contents import Elimination, Figure
from juesuan.compiling.differences import figures_of
from juesuan.compiling.errors import MissingValue, MixedUnits
from juesuan.compiling.totals import wholes
from juesuan.model.amounts import Amount
from juesuan.model.keys import ALL, Key
from juesuan.model.reports import Report

ZERO = Decimal(0)


def leaves_of(transfers: Iterable[Elimination], year: str) -> Iterator[tuple[Key, Decimal]]:
    """What has to be taken off: the payer's spending and the payee's income, in the base unit. Raises MissingValue."""
    for one in transfers:
        for code, name in ((one.paid, "支出科目"), (one.received, "收入科目")):
            if not code:
                raise MissingValue(one.place, name)
        spent = Key(year=year, flow="expenditure", nature=one.nature, function=one.paid)
        yield spent, -one.amount.base
        yield Key(year=year, flow="income", fund=one.income, function=one.received), -one.amount.base


def consolidated(parts: Mapping[str, Report], transfers: Iterable[Elimination], year: str) -> list[Figure]:
    """The department's figures and, under their names, those of its units. `parts`: unit → its account.

    Printed figures are added as printed. Amounts and counts only: marks and weights are no sums.
    """
    whole: dict[Key, Amount] = {}
    own: list[Figure] = []
    for name, report in parts.items():
        for key, figure in figures_of(report).items():
            if key.entity == ALL and key.project == ALL and key.indicator == ALL and key.measure in ("amount", "count"):
                own.append(Figure(key._replace(entity=name), figure.amount, figure.place))
                whole[key] = _added(whole.get(key), figure.amount)
    for leaf, amount in leaves_of(transfers, year):
        for key in dict.fromkeys(wholes(leaf)):
            if key in whole:
                before = whole[key]
                off = Amount(amount / before.scale, before.decimals, before.unit, before.decimals)
                whole[key] = _added(before, off)
    return [*(Figure(key, amount) for key, amount in whole.items()), *own]


def _added(first: Amount | None, second: Amount) -> Amount:
    if first is None:
        return second
    if first.unit != second.unit and first.value and second.value:
        raise MixedUnits(first.unit, second.unit)
    unit = first.unit if first.value else second.unit
    decimals = max(first.decimals, second.decimals)
    return Amount(first.value + second.value, decimals, unit, decimals)


def of_unit(report: Report, name: str) -> Report:
    """One unit's own account out of the department's: its facts under no name, and the budgets that no unit has.

    Budgets are not negative: where the department's is zero, so is the unit's.
    """
    own = Report(report.document, "单位决算", name, report.year, report.region, settings=report.settings)
    for fact in report.facts:
        keys = tuple(key._replace(entity=ALL) for key in fact.keys if key.entity == name)
        if keys:
            own.facts.append(replace(fact, number=len(own.facts), keys=keys, table=-1))
    for fact in report.facts if own.facts else ():
        keys = tuple(key for key in fact.keys if key.entity == ALL and key.basis not in ("final", ALL))
        if keys and not fact.amount.value:
            own.facts.append(replace(fact, number=len(own.facts), keys=keys, table=-1))
    return own
