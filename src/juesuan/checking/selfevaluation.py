"""Self-evaluations (绩效自评): a performance form as its checks see it: lines, sums, money, the rules that it follows.

Refuses to compare what is not of one unit, and to sum a column in which a figure could not be read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext
from functools import cached_property

from juesuan.knowledge.performance import (
    Rules,
    as_set,
    full_mark,
    kind_of,
    level_mark,
    relation_of,
    relations,
    role_of,
    rules_for,
    unit_word,
)
from juesuan.model.amounts import Amount
from juesuan.model.keys import ALL
from juesuan.model.places import Place
from juesuan.model.reports import Fact, Indicator, ReadTable, Report

FORMS = ("performance_project", "performance_department")
EXECUTION = "预算执行率"
WHOLE = "部门整体支出"
"""the indicator under which the whole-department form's own money is keyed"""
HUNDRED = Decimal(100)
Range = tuple[Decimal, Decimal]
"""the smallest and the largest value that a printed figure may stand for"""


def say(value: Decimal) -> str:
    """A weight or score without trailing zeros: 10.00 → 10."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def ratio(part: Decimal, whole: Decimal, decimals: int) -> str:
    """`part` in percent of `whole`, rounded half up, for a message: never to compare with."""
    with localcontext(prec=100, rounding=ROUND_HALF_UP):
        return f"{part * HUNDRED / whole:.{decimals}f}%"


@dataclass(frozen=True)
class Line:
    """One indicator with its figures."""

    indicator: Indicator
    kind: str
    """which first-level indicator it belongs to: execution, cost, output, benefit, satisfaction, or "" """
    target: Fact | None
    actual: Fact | None
    weight: Fact | None
    score: Fact | None

    @property
    def name(self) -> str:
        """The name as it is quoted: long ones cut."""
        name = self.indicator.name.rstrip("。；")
        return name if len(name) <= 24 else f"{name[:22]}……"

    @cached_property
    def relation(self) -> str:
        """≥, ≤, >, <, = of the target, "" where none is printed or it is qualitative."""
        return relations().get(self.indicator.relation) or relation_of(self.indicator.target_text)

    @property
    def is_execution(self) -> bool:
        return self.kind == "execution"

    @property
    def places(self) -> tuple[Place, ...]:
        """Where actual and target stand, else the indicator."""
        return tuple(f.place for f in (self.actual, self.target) if f is not None) or (self.indicator.place,)

    @cached_property
    def bound(self) -> bool:
        """Whether an inequality stands in the place of the actual value: ≥1000次/年, or the target's own 95%以上."""
        text = self.indicator.actual_text
        if self.actual is None or relation_of(text) in ("", "="):
            return False
        repeated = self.target is not None and self.target.amount.value == self.actual.amount.value
        return repeated or not text[0].isdigit()

    @cached_property
    def compared(self) -> tuple[Range, Range] | None:
        """(actual, target) as ranges in one unit; None where one is missing or the units differ."""
        if self.actual is None or self.target is None:
            return None
        actual, target = self.actual.amount, self.target.amount
        if actual.is_money and target.is_money:
            return _range(actual, actual.scale), _range(target, target.scale)
        if _same_unit(actual, target):
            return _range(actual, Decimal(1)), _range(target, Decimal(1))
        return None

    @cached_property
    def met(self) -> bool | None:
        """Whether the actual value reaches the target; None where that cannot be said for certain."""
        pair = self.compared
        if pair is None or self.bound:
            return None
        (low, high), (least, most) = pair
        if self.relation in ("≤", "<"):  # the same, seen from the other side
            low, high, least, most = -high, -low, -most, -least
        match self.relation:
            case "≥" | "≤":
                return high >= least
            case ">" | "<":
                return True if low > most else False if high <= least else None
            case "=":
                return True if low <= most and high >= least else None
            case _:
                return True if (low, high) == (least, most) else None


def _range(amount: Amount, scale: Decimal) -> Range:
    """Counts are exact; what has decimals or is a share stands for ± half a unit of its last place."""
    exact = amount.decimals == 0 and unit_word(amount.unit) != "%"
    half = Decimal(0) if exact or not amount.value else Decimal(1).scaleb(-amount.decimals) / 2
    return (amount.value - half) * scale, (amount.value + half) * scale


def _same_unit(a: Amount, b: Amount) -> bool:
    """Whether two figures count the same: 次 and 次/年 do; a bare figure and a share where both look like shares."""
    first, second = unit_word(a.unit), unit_word(b.unit)
    if "?" in (first, second):
        return False
    if first == second or first == second.split("/")[0] or first.split("/")[0] == second:
        return True
    if "" not in (first, second):
        return False
    return "%" not in (first, second) or min(a.value, b.value) > 1


@dataclass(frozen=True)
class SelfEvaluation:
    """One form. `heads` are its rows of heads."""

    report: Report
    number: int
    table: ReadTable
    lines: tuple[Line, ...]
    facts: tuple[Fact, ...]
    rules: Rules
    heads: tuple[tuple[str, ...], ...]

    @property
    def title(self) -> str:
        """How a message names the form."""
        if self.table.project and self.table.project != "?":
            return f"项目“{self.table.project}”"
        return self.table.title or "绩效自评表"

    @property
    def place(self) -> Place:
        return self.table.place

    @property
    def unread(self) -> bool:
        """Whether a figure of it could not be read: its sums are unchecked then."""
        return self.table.unread > 0

    def column(self, role: str) -> list[Fact]:
        """The printed weights or scores of all lines, from the top."""
        return self._columns[role]

    @cached_property
    def _columns(self) -> dict[str, list[Fact]]:
        pairs = {"weight": [line.weight for line in self.lines], "score": [line.score for line in self.lines]}
        return {role: [fact for fact in found if fact is not None] for role, found in pairs.items()}

    def sum(self, role: str) -> Decimal:
        return self._sums[role]

    @cached_property
    def _sums(self) -> dict[str, Decimal]:
        return {role: sum((fact.amount.value for fact in own), Decimal(0)) for role, own in self._columns.items()}

    def totals(self, role: str) -> list[Fact]:
        """What is printed as the total of that column."""
        return [f for f in self._totals if f.keys[0].measure == role]

    @cached_property
    def _totals(self) -> list[Fact]:
        return [fact for fact in self.facts if fact.keys[0].indicator == ALL]

    def money(self, basis: str, indicator: str = ALL) -> Fact | None:
        """A budget or the execution of the project, or of one source of its money."""
        fits = (f for f in self.facts if f.keys[0].measure == "amount" and f.keys[0].basis == basis)
        return next((f for f in fits if f.keys[0].indicator == indicator), None)

    @cached_property
    def rate(self) -> Fact | None:
        """The printed execution rate."""
        fits = (f for f in self.facts if f.keys[0].measure == "actual")
        lines = [line.actual for line in self.lines if line.is_execution and line.actual is not None]
        return next((f for f in fits if f.keys[0].indicator == EXECUTION), lines[0] if len(lines) == 1 else None)

    def level_marks(self) -> Iterator[tuple[Fact, list[Line]]]:
        """The marks printed behind a level (产出指标（50分）), with the lines below it."""
        own = {line.weight.number for line in self.lines if line.weight is not None}
        for fact in self.facts:
            key = fact.keys[0]
            if key.measure == "weight" and key.indicator != ALL and fact.number not in own:
                level = level_mark(fact.place.quote)[0]
                below = [line for line in self.lines if level in (line.indicator.level1, line.indicator.level2)]
                if below:
                    yield fact, below

    @cached_property
    def rated(self) -> bool:
        """Whether the execution rate has a printed weight."""
        return any(line.is_execution and line.weight is not None for line in self.lines)

    @cached_property
    def full_marks(self) -> Decimal:
        """What the weights must sum to: 100, less those of the execution rate where they are not printed.

        These are what a head leaves over (分值（90分）), or what the rule gives to the rate.
        """
        if self.rated:
            return HUNDRED
        stated = self._head_marks()
        if stated is not None:
            return stated
        bands = self.rules.with_cost or self.rules.without_cost or {}
        without = HUNDRED - bands.get("execution", Decimal(0))
        return without if self.sum("weight") == without else HUNDRED

    def _head_marks(self) -> Decimal | None:
        cells = (c for row in self.heads for c in row if role_of(c) == "weight")
        return next((mark for c in cells if (mark := full_mark(c)) is not None), None)

    @cached_property
    def has_reasons(self) -> bool:
        """Whether the form has a column for reasons."""
        return any(role_of(cell) == "reason" for row in self.heads for cell in row)

    def bands(self) -> dict[str, Decimal]:
        """The weights by first-level indicator."""
        found: dict[str, Decimal] = {}
        for line in self.lines:
            if line.weight is not None:
                found[line.kind] = found.get(line.kind, Decimal(0)) + line.weight.amount.value
        return found

    @cached_property
    def weights_wrong(self) -> bool:
        """Whether all weights could be read and do not sum to what they must."""
        return not self.unread and self.sum("weight") != self.full_marks

    @cached_property
    def sound(self) -> bool:
        """Whether weights and scores sum to what they must: only then one of them alone can be judged."""
        scores = all(fact.amount.value == self.sum("score") for fact in self.totals("score"))
        return not self.unread and not self.weights_wrong and (scores or not self.rated)


Forms = Sequence[SelfEvaluation]
"""what the checks of self-evaluations take: all forms of an account"""


def self_evaluations(report: Report) -> Iterator[SelfEvaluation]:
    """All performance forms of the account."""
    for number, table in enumerate(report.tables):
        if table.form in FORMS:
            facts = tuple(fact for fact in report.facts if fact.table == number and not fact.blank)
            year = table.year if table.year.isdigit() else report.year
            rules = as_set(rules_for((text for text, _ in table.notes), report.region, year), report.settings)
            lines, heads = tuple(_lines(report, table.indicators)), tuple(_heads(table))
            yield SelfEvaluation(report, number, table, lines, facts, rules, heads)


def _heads(table: ReadTable) -> Iterator[tuple[str, ...]]:
    for cells in (table.columns, *(row.cells for row in table.rows)):
        if any(role_of(cell) == "indicator" for cell in cells):
            yield cells


def _lines(report: Report, indicators: Iterable[Indicator]) -> Iterator[Line]:
    for indicator in indicators:
        numbers = (indicator.target, indicator.actual, indicator.weight, indicator.score)
        facts = [report.facts[n] if n is not None else None for n in numbers]
        yield Line(indicator, _kind(indicator), *facts)


def _kind(indicator: Indicator) -> str:
    """Execution by the indicator's own name; satisfaction may stand below 效益指标."""
    level1, level2 = kind_of(indicator.level1), kind_of(indicator.level2)
    if not level1 and kind_of(indicator.name) == "execution":
        return "execution"
    if level1 in ("", "benefit") and level2 == "satisfaction":
        return level2
    return level1
