"""Contents (工作簿的内容): what a preparer's workbook holds besides the nine tables, and how it becomes a report.

Refuses to add anything up except weights and scores, whose total a form prints.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal

from juesuan.compiling.marks import Value, value_of
from juesuan.compiling.rows import FilledRow
from juesuan.model.accounts import Account
from juesuan.model.amounts import Amount
from juesuan.model.keys import ALL, Key
from juesuan.model.places import Place
from juesuan.model.reports import Fact, Indicator, ReadTable, Report

NOWHERE = Place()


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure that is given, and where."""

    key: Key
    amount: Amount
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Mark:
    """One indicator of a self-evaluation: its words as printed, its marks."""

    level1: str
    level2: str
    name: str
    relation: str
    target: str
    unit: str
    actual: str
    weight: Amount | None
    score: Amount | None
    reason: str
    place: Place = NOWHERE


@dataclass(slots=True)
class Evaluation:
    """The self-evaluation of a project, or of the department (`name` is all). `money` by basis."""

    name: str
    texts: dict[str, str] = field(default_factory=dict)
    money: dict[str, Amount] = field(default_factory=dict)
    marks: list[Mark] = field(default_factory=list)
    score: Amount | None = None
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Elimination:
    """A transfer between two units: the payer's spending is the payee's income. Functional codes may be ""."""

    payer: str
    payee: str
    nature: str
    income: str
    paid: str
    received: str
    amount: Amount
    place: Place = NOWHERE


@dataclass(slots=True)
class Contents:
    """Words, figures outside the nine tables, self-evaluations, transfers between units."""

    account: Account
    figures: list[Figure] = field(default_factory=list)
    evaluations: list[Evaluation] = field(default_factory=list)
    eliminations: list[Elimination] = field(default_factory=list)
    unit: str = "万元"
    spending: list[Key] = field(default_factory=list)
    """lines of spending by 项 for which a budget, a reason and a purpose are wanted"""
    rows: dict[Key, FilledRow] = field(default_factory=dict)
    """rows of a filled workbook's sheets of figures, by what they are about (budgets: the final figure)"""
    passages: dict[str, Place] = field(default_factory=dict)
    """where the passages of 部门信息 stand, by name"""
    rest: list[Figure] = field(default_factory=list)
    """figures of an account's tables that the nine tables have no place for"""


def add_figures(report: Report, figures: Iterable[Figure]) -> None:
    """Adds facts that stand in no table."""
    for figure in figures:
        report.facts.append(Fact(len(report.facts), (figure.key,), figure.amount, figure.place, -1))


def add_evaluations(report: Report, evaluations: Iterable[Evaluation]) -> None:
    """Adds the forms of self-evaluations with their facts."""
    for one in evaluations:
        form = "performance_department" if one.name == ALL else "performance_project"
        project = "" if one.name == ALL else one.name
        table = ReadTable(form, one.texts.get("title", ""), one.place, report.year, "", "", project=project)
        table.department = report.department
        table.texts = {name: words for name, words in one.texts.items() if name != "title"}
        report.tables.append(table)
        _Adding(report, table, Key(year=report.year, project=one.name)).run(one)


class _Adding:
    """Adds the facts of one form."""

    def __init__(self, report: Report, table: ReadTable, key: Key) -> None:
        self.report, self.table, self.key = report, table, key
        self.number = len(report.tables) - 1

    def run(self, one: Evaluation) -> None:
        for basis, amount in one.money.items():
            self._fact(self.key._replace(flow="expenditure", basis=basis), amount, one.place)
        self.table.indicators = [self._indicator(mark) for mark in one.marks]
        weights = [mark.weight for mark in one.marks if mark.weight is not None]
        if weights:
            self._fact(self.key._replace(measure="weight"), total(weights), one.place)
        scores = [mark.score for mark in one.marks if mark.score is not None]
        if one.score or scores:
            self._fact(self.key._replace(measure="score"), one.score or total(scores), one.place)

    def _fact(self, key: Key, amount: Amount, place: Place) -> int:
        number = len(self.report.facts)
        self.report.facts.append(Fact(number, (key,), amount, place, self.number))
        return number

    def _indicator(self, mark: Mark) -> Indicator:
        own = self.key._replace(indicator=mark.name)
        places: dict[str, int | None] = {}
        for measure, text in (("target", mark.target), ("actual", mark.actual)):
            value = value_of(text)
            places[measure] = (
                None if value is None else self._fact(own._replace(measure=measure), _amount(value, mark), mark.place)
            )
        for measure, amount in (("weight", mark.weight), ("score", mark.score)):
            fact = None if amount is None else self._fact(own._replace(measure=measure), amount, mark.place)
            places[measure] = fact
        words = (mark.name, mark.level1, mark.level2, mark.relation, mark.target, mark.actual, mark.reason)
        item = Indicator(*words, mark.place)
        return replace(
            item, target=places["target"], actual=places["actual"], weight=places["weight"], score=places["score"]
        )


def _amount(value: Value, mark: Mark) -> Amount:
    return Amount(value.number, value.decimals, value.unit or mark.unit, value.decimals)


def total(amounts: Iterable[Amount]) -> Amount:
    """Their sum, with the decimals of the finest."""
    found = list(amounts)
    decimals = max(amount.decimals for amount in found)
    return Amount(sum((amount.value for amount in found), Decimal(0)), decimals, found[0].unit, decimals)
