"""Figures (待列示的数): what a report gives for every cell, found by form and key.

A figure of the form's own table comes first, so that approved tables stay as they are. Refuses to compute: a figure
that is not given is zero only if a total that it is part of is given, and nothing that it would be the total of.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator

from juesuan.composing.errors import MissingFigure, NamelessCode, OtherUnit
from juesuan.knowledge.classifications import economic_name, function_name
from juesuan.knowledge.hierarchy import PARTITIONED, ancestors
from juesuan.knowledge.styles import Style
from juesuan.model.amounts import ZERO, Amount
from juesuan.model.keys import ALL, DIMENSIONS, Key
from juesuan.model.reports import Report

_POSITIONS = tuple((DIMENSIONS.index(name), name) for name in PARTITIONED)
_BUDGETS = frozenset({"initial", "full_year"})


def lifted(key: Key) -> Iterator[Key]:
    """The keys that this one is a part of, along one dimension each."""
    for at, name in _POSITIONS:
        for above in ancestors(name, key[at]):
            yield Key._make((*key[:at], above, *key[at + 1 :]))


class Figures:
    """The amounts of one entity of a report by form and key, its names of codes, its usual unit and decimals."""

    def __init__(self, report: Report, entity: str = ALL) -> None:
        self.report = report
        self.holder = report.department if entity == ALL else entity
        """whose account it is"""
        self._own: dict[str, dict[Key, Amount]] = {}
        self._all: dict[Key, Amount] = {}
        self._above: set[Key] = set()
        self._empty = {table.form for table in report.tables if table.empty}
        self._names = {row.code: row.name for table in report.tables for row in table.rows if row.code and row.name}
        units: Counter[tuple[str, int]] = Counter()
        for fact in report.facts:
            form = report.tables[fact.table].form if fact.table >= 0 else ""
            for key in fact.keys:
                if key.entity == entity:
                    self._note(form, key._replace(entity=ALL), fact.amount)
            if fact.amount.is_money and fact.amount.value:
                units[fact.amount.unit, fact.amount.decimals] += 1
        self.unit, self.decimals = units.most_common(1)[0][0] if units else ("万元", 2)

    def _note(self, form: str, key: Key, amount: Amount) -> None:
        self._own.setdefault(form, {}).setdefault(key, amount)
        self._all.setdefault(key, amount)
        if amount.value:
            self._note_above(key)

    def _note_above(self, key: Key) -> None:
        """Every total that a figure which is not zero belongs to."""
        left = [key]
        while left:
            for above in lifted(left.pop()):
                if above not in self._above:
                    self._above.add(above)
                    left.append(above)

    def _is_zero(self, key: Key) -> bool:
        """Whether a figure that is not given is zero: part of a total that is given, and no total of anything."""
        return key not in self._above and any(above in self._all or self._is_zero(above) for above in lifted(key))

    def given(self, form: str, key: Key) -> Amount | None:
        """The amount as given for this form, else for any; a budget of no said kind stands for both."""
        own = self._own.get(form, {})
        found = own.get(key) or self._all.get(key)
        if found is None and key.basis in _BUDGETS:
            found = own.get(key._replace(basis="budget"))
        return found

    def amount(self, form: str, key: Key) -> Amount:
        """The amount to print. Raises MissingFigure, and OtherUnit for money in another unit than the account's."""
        found = self.given(form, key)
        if found is None:
            if form not in self._empty and not self._is_zero(key):
                raise MissingFigure(form, key)
            return Amount(ZERO, self.decimals, self.unit, self.decimals)
        if key.measure == "amount" and found.unit != self.unit and found.value:
            raise OtherUnit(form, key, found.unit, self.unit)
        return found

    def text(self, form: str, key: Key, style: Style) -> str:
        """The amount as the style prints it."""
        return printed(self.amount(form, key), style)

    def functions(self, form: str, columns: Collection[Key]) -> list[str]:
        """The functional codes that a table with these columns lists: those with a figure, and those listed so far."""
        listed = {row.function for _, table in self.report.tables_of(form) for row in table.rows if row.function}
        for key, amount in self._all.items():
            if amount.value and key.function != ALL and key._replace(function=ALL) in columns:
                listed.add(key.function)
        return sorted(listed)

    def live(self, form: str, pattern: Key, dimension: str) -> list[str]:
        """The values of one dimension that have a figure, all else being as in `pattern`."""
        at = DIMENSIONS.index(dimension)
        keys = {key for facts in (self._own.get(form, {}), self._all) for key, a in facts.items() if a.value}
        rest = (*pattern[:at], *pattern[at + 1 :])
        return sorted({key[at] for key in keys if (*key[:at], *key[at + 1 :]) == rest and key[at] != pattern[at]})

    def name(self, code: str) -> str:
        """The name of a code as the account prints it, else as the classification of its year has it."""
        if code in self._names:
            return self._names[code]
        known = function_name if code.startswith("2") else economic_name
        found = known(code, self.report.year)
        if found is None:
            raise NamelessCode(code, self.report.year)
        return found.name


def printed(amount: Amount, style: Style) -> str:
    """The figure in a cell: 1,234.50, or what the style has for zero."""
    if not amount.value:
        return style.zero
    text = amount.show()
    return f"{amount.value:,.{amount.decimals}f}" if style.thousands else text
