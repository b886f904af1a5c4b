"""Mistakes (植入错误): a report with figures of single tables made wrong, as hands make them wrong.

A wrong figure belongs to one table; the same fact in other tables stays right. Refuses to touch zeros, and to make a
figure that is the right one again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from juesuan.generating.draws import Draws
from juesuan.knowledge.layouts import dims
from juesuan.model.amounts import Amount
from juesuan.model.keys import ALL, Key
from juesuan.model.places import Place
from juesuan.model.reports import Fact, ReadTable, Report

KINDS = ("digit", "swapped", "dropped", "doubled", "point", "sign", "missing", "copied")
"""one digit wrong, two neighbours swapped, one left out, one twice, the point one place off, the sign turned, the
figure left out, another figure of the table in its place"""

_PLANTABLE: tuple[tuple[str, str], ...] = (
    ("totals", "flow=expenditure function=*"),
    ("totals", "flow=income fund=general_public"),
    ("income", "flow=income fund=fiscal function=*"),
    ("expenditure", "flow=expenditure nature=* function=*"),
    ("fiscal", "flow=expenditure fund=general_public function=*"),
    ("general_public", "flow=expenditure fund=general_public nature=* function=*"),
    ("basic", "flow=expenditure fund=general_public nature=basic economic=*"),
)
"""figures that every style prints: form, and the dimensions of the key (* for any value but the total)"""


@dataclass(frozen=True, slots=True)
class Planted:
    """One mistake: the table, the key there, what is right and what is printed."""

    kind: str
    form: str
    key: Key
    right: Amount
    wrong: Amount


def plant(report: Report, seed: int, kinds: Sequence[str] = KINDS, count: int = 1) -> tuple[Report, list[Planted]]:
    """A report like the given one with `count` mistakes of these kinds, each in another table as far as there are."""
    draws = Draws(f"mistakes {seed}")
    made = replace(report, facts=list(report.facts), tables=list(report.tables))
    places = _places(report)
    planted: list[Planted] = []
    used: set[str] = set()
    while places and len(planted) < count:
        fresh = [place for place in places if place[0] not in used] or places
        form, fact = draws.one(fresh)
        places.remove((form, fact))
        kind = draws.one(kinds)
        others = [other.amount.value for table, other in places if table == form] or [fact.amount.value]
        wrong = draws.one(others) if kind == "copied" else _wrong(fact.amount, kind, draws)
        if wrong != fact.amount.value:
            used.add(form)
            amount = replace(fact.amount, value=wrong)
            planted.append(Planted(kind, form, fact.keys[0], fact.amount, amount))
            _add(made, form, fact, amount)
    return made, planted


def _places(report: Report) -> list[tuple[str, Fact]]:
    """The figures of single tables that may be made wrong: large enough for a digit to matter."""
    found = []
    for form, text in _PLANTABLE:
        pattern = Key(**{"year": report.year, **dims(text)})
        for fact in report.facts:
            listed = form not in ("totals", "fiscal") or len(fact.keys[0].function) == 3
            if listed and abs(fact.amount.value) >= 1 and _matches(fact.keys[0], pattern):
                found.append((form, fact))
    return found


def _matches(key: Key, pattern: Key) -> bool:
    return all(a == b or (b == "*" and a != ALL) for a, b in zip(key, pattern, strict=True))


def _add(report: Report, form: str, fact: Fact, amount: Amount) -> None:
    """The wrong figure as a fact of the form's own table, made where there is none."""
    at = next((n for n, table in report.tables_of(form)), -1)
    if at < 0:
        at = len(report.tables)
        report.tables.append(ReadTable(form, "", Place(), report.year, amount.unit, ""))
    report.facts.append(replace(fact, number=len(report.facts), amount=amount, table=at))


def _wrong(amount: Amount, kind: str, draws: Draws) -> Decimal:
    """The value with one slip of that kind; the value itself where the kind does not fit it."""
    whole = str(int(abs(amount.value).scaleb(amount.decimals)))
    at = draws.count(0, len(whole) - 1)
    match kind:
        case "sign":
            return -amount.value
        case "point":
            return amount.value * 10
        case "missing":
            return Decimal(0)
        case "digit":
            slip = whole[:at] + str((int(whole[at]) + draws.count(1, 9)) % 10) + whole[at + 1 :]
        case "swapped":
            slip = whole[:at] + whole[at : at + 2][::-1] + whole[at + 2 :]
        case "dropped":
            slip = whole[:at] + whole[at + 1 :]
        case "doubled":
            slip = whole[:at] + whole[at] + whole[at:]
        case _:
            raise ValueError(f"没有“{kind}”这种错误：{'、'.join(KINDS)}")
    value = Decimal(slip or "0").scaleb(-amount.decimals)
    return value.copy_sign(amount.value)
