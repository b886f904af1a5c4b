"""Profiles (比较用的数): a report → what it states on the common measures, tables before sentences.

Refuses a figure that is not this year's final amount of the whole department, and one that is only deduced.
"""

from __future__ import annotations

from juesuan.knowledge.classifications import function_name
from juesuan.knowledge.measures import ways
from juesuan.knowledge.places import located
from juesuan.model.amounts import Amount
from juesuan.model.keys import ALL, Key
from juesuan.model.profiles import FUNCTION, Profile
from juesuan.model.reports import Report

_CLASS = 3


def profile_of(report: Report) -> Profile:
    """What an account states, by measure."""
    stated = _stated(report)
    profile = Profile(report.department, report.year, report.kind, located(report.department) or ("", "", ""))
    for name, keys in ways(report.year).items():
        amount = next((stated[key] for key in keys if key in stated), None)
        if amount is not None:
            profile.amounts[name] = amount
    names = {row.function: row.name for table in report.tables for row in table.rows if row.function and row.name}
    whole = Key(year=report.year, flow="expenditure")
    for key, amount in stated.items():
        if key._replace(function=ALL) == whole and key.function.isdigit() and amount.value:
            profile.functions[key.function] = _name(key.function, names, report.year)
            if len(key.function) == _CLASS:
                profile.amounts[FUNCTION + key.function] = amount
    return profile


def _stated(report: Report) -> dict[Key, Amount]:
    """The first statement of every money figure: what is printed before blanks, tables before sentences."""
    found: dict[Key, Amount] = {}
    for fact in sorted(report.facts, key=lambda fact: (fact.blank, fact.table < 0)):
        if fact.amount.is_money:
            for key in fact.keys:
                if key.known and key.entity == ALL and key.year == report.year and key.basis == "final":
                    found.setdefault(key, fact.amount)
    return found


def _name(code: str, printed: dict[str, str], year: str) -> str:
    """The name of a code in that year's classification, else as printed."""
    known = function_name(code, year)
    return known.name if known else printed.get(code, "")
