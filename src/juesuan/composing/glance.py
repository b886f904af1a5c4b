"""At a glance (一览): the few figures that say most about an account, each with what the account says of last year.

Only what the account states: a figure that it does not print is left out, and no comparison is computed from finer
figures than the printed ones. Refuses to choose by size: the same figures in the same order for every account.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from juesuan.model.amounts import Amount
from juesuan.model.keys import ALL, Key, parse_key
from juesuan.model.reports import Fact, Report

_SHOWN = (
    ("收入、支出总计", ("flow=total_in",)),
    ("本年收入", ("flow=income",)),
    ("本年支出", ("flow=expenditure",)),
    ("财政拨款支出", ("flow=expenditure fund=fiscal", "flow=expenditure fund=general_public")),
    ("年末结转和结余", ("flow=closing",)),
    (
        "“三公”经费",
        (
            "flow=expenditure fund=general_public item=three_public",
            "flow=expenditure fund=fiscal item=three_public",
        ),
    ),
    (
        "机关运行经费",
        (
            "flow=expenditure fund=general_public item=agency_running_costs",
            "flow=expenditure item=agency_running_costs",
        ),
    ),
    ("政府采购支出", ("flow=expenditure item=procurement",)),
)
_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: its name, the fact that states it, and a line of comparison ("" where none is stated)."""

    label: str
    fact: Fact
    note: str


class Known:
    """What a report states, by key; and last year's figures as far as it states them or the change from them."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.facts: dict[Key, Fact] = {}
        for fact in sorted(report.facts, key=_order):
            for key in fact.keys:
                if key.entity == ALL and key.known:
                    self.facts.setdefault(key, fact)

    def fact(self, key: Key) -> Fact | None:
        return self.facts.get(key)

    def before(self, key: Key) -> Decimal | None:
        """Last year's figure in the base unit: printed, or this year's less the change that is printed."""
        if not key.year.isdecimal():
            return None
        own, last = self.facts.get(key), key._replace(year=str(int(key.year) - 1))
        if last in self.facts:
            return self.facts[last].amount.base
        for claim in self.report.claims:
            if claim.base != last or key not in (claim.key, *claim.also) or own is None:
                continue
            if claim.kind == "level":
                return own.amount.base
            if claim.kind == "change" and claim.amount is not None and claim.amount.is_money:
                less = claim.word[:1] in ("减", "下", "降", "少")
                return own.amount.base + (claim.amount.base if less else -claim.amount.base)
        return None


def _order(fact: Fact) -> bool:
    """Tables first; blank cells are figures too."""
    return fact.table < 0


def glance(report: Report) -> Iterator[Figure]:
    """The figures, those that are there."""
    known = Known(report)
    for label, ways in _SHOWN:
        for way in ways:
            key = parse_key(f"year={report.year} {way}")
            fact = known.fact(key)
            if fact is not None and fact.amount.is_money:
                yield Figure(label, fact, _note(fact.amount, known.before(key)))
                break


def _note(amount: Amount, before: Decimal | None) -> str:
    if before is None:
        return ""
    change = amount.base - before
    if not change:
        return "与上年持平"
    word = "增加" if change > 0 else "减少"
    text = f"比上年{word} {Decimal(amount.show(abs(change))):,} {amount.unit}"
    if before > 0:
        rate = (abs(change) * _HUNDRED / before).quantize(Decimal("0.1"), ROUND_HALF_UP)
        text += f"（{rate}%）"
    return text
