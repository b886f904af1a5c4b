"""Drafts: small reports built by hand, for tests of the checking core."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from juesuan.checking.runner import run
from juesuan.model.amounts import Amount
from juesuan.model.documents import Document
from juesuan.model.findings import Finding
from juesuan.model.keys import DIMENSIONS, Key, parse_key
from juesuan.model.places import Place
from juesuan.model.reports import Fact, ReadTable, Report, Unread

YEAR = "2024"
COMPLETE: dict[str, str] = {
    "totals": "flow fund function nature",
    "income": "function fund",
    "expenditure": "function nature",
    "fiscal": "flow fund function nature",
    "general_public": "function nature balance",
    "basic": "economic",
    "funds": "function nature balance",
    "state_capital": "function nature balance",
    "three_public": "item",
    "units": "entity",
    "performance_project": "",
}
"""the partitions that each form lists completely"""
_ROW = [DIMENSIONS.index(name) for name in ("entity", "function", "economic", "item", "project")]
_COLUMN = [n for n in range(len(DIMENSIONS)) if n not in _ROW]


class Draft:
    """A report under construction."""

    def __init__(self, department: str = "某局", complete: dict[str, str] | None = None) -> None:
        self.report = Report(Document("draft.txt", "", "text", ()), department=department, year=YEAR)
        self._complete = COMPLETE | (complete or {})
        self._tables: dict[str, int] = {}
        self._rows: dict[tuple[object, ...], int] = {}

    def table(self, name: str) -> int:
        """The number of a table; `totals#2` is a second one of that form, `text` no table."""
        if name == "text":
            return -1
        if name not in self._tables:
            form = name.partition("#")[0]
            complete = frozenset(self._complete[form].split())
            self._tables[name] = len(self.report.tables)
            place = Place("draft.txt", table=form)
            self.report.tables.append(ReadTable(form, form, place, YEAR, "万元", "all", complete=complete))
        return self._tables[name]

    def put(self, table: str, keys: Iterable[Key], figure: str, unit: str = "万元", decimals: int = 2) -> Fact:
        """One figure; an empty `figure` is a blank cell that stands for zero."""
        keys = tuple(keys)
        number = self.table(table)
        row, column = self._cell(number, keys[0])
        printed = len(figure.partition(".")[2])
        amount = Amount(Decimal(figure or 0), max(decimals, printed), unit, printed if figure else decimals)
        place = Place(
            "draft.txt", line=100 * (number + 1) + row, table=table.partition("#")[0], column=str(column), quote=figure
        )
        fact = Fact(len(self.report.facts), keys, amount, place, number, not figure, row, column)
        self.report.facts.append(fact)
        return fact

    def _cell(self, table: int, key: Key) -> tuple[int, int]:
        row = self._rows.setdefault((table, "row", *(key[n] for n in _ROW)), len(self._rows))
        return row, self._rows.setdefault((table, "column", *(key[n] for n in _COLUMN)), len(self._rows))

    def unread(self, table: str, key: Key) -> None:
        """A figure that could not be read, in the row and column of `key`."""
        number = self.table(table)
        row, column = self._cell(number, key)
        place = Place("draft.txt", line=100 * (number + 1) + row, table=table, column=str(column))
        self.report.unread.append(Unread(place, "?", "看不清"))
        self.report.tables[number].unread += 1


def key(text: str = "") -> Key:
    """A key from its short form, of the year 2024 unless it names another."""
    return parse_key(text if "year=" in text else f"year={YEAR} {text}")


def draft(given: str, department: str = "某局", complete: dict[str, str] | None = None) -> Report:
    """A report from lines `form | key | figure` (several keys: `form | key | key | figure`)."""
    made = Draft(department, complete)
    for line in filter(str.strip, given.splitlines()):
        form, *keys, figure = (part.strip() for part in line.split("|"))
        value, _, unit = figure.strip('"').partition(" ")
        if value == "?":
            made.unread(form, key(keys[0]))
        else:
            made.put(form, [key(text) for text in keys], value, unit or "万元")
    return made.report


def of_tables(report: Report) -> list[Finding]:
    """The findings of equations and shifts; the other checks have their own tests."""
    return [found for found in run(report).findings if found.check.startswith("EQ-") or found.check == "SHIFT-ROWS"]


def changed(report: Report, number: int, value: str) -> Report:
    """The same report with one figure changed."""
    facts = list(report.facts)
    fact = facts[number]
    facts[number] = replace(fact, amount=replace(fact.amount, value=Decimal(value)), blank=False)
    return replace(report, facts=facts)


def find(report: Report, table: str, text: str) -> Fact:
    """The fact of a table's form with that key."""
    return next(
        fact
        for fact in report.facts
        if key(text) in fact.keys and fact.table >= 0 and report.tables[fact.table].form == table
    )
