"""Units (单位): one unit's money of the year as leaf entries: basic and project spending, balances, non-fiscal money.

Spending is drawn first, income follows from it: opening + income + surplus used = spending + distributed + closing, for
every line. Refuses functional codes that are not in the year's classification.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from juesuan.generating.draws import LEAST, Draws, data
from juesuan.generating.shapes import Shape
from juesuan.generating.sums import Entry
from juesuan.knowledge.classifications import function_name
from juesuan.model.keys import Key

ZERO = Decimal(0)
_REVERSED = "2089999"
"""the function of a reversal: no other line has it, so that its negative amount stands alone"""


@dataclass(slots=True)
class Unit:
    """One unit: what it is, how many people it has, and its entries. `spent` are the lines of project spending."""

    name: str
    kind: str
    """administrative 行政, civil 参公 or public 事业"""
    staff: int
    running: str
    """the functional code that its running costs belong to"""
    entries: list[Entry] = field(default_factory=list)
    spent: list[tuple[Key, Decimal]] = field(default_factory=list)
    economic: dict[str, Decimal] = field(default_factory=dict)


def valid(code: str, year: int) -> bool:
    """Whether the year's classification has the code (as far as is known)."""
    name = function_name(code, year)
    return name is not None and (name.covers(year) or ((name.used_from or 0) <= year <= (name.used_to or 9999)))


class UnitMoney:
    """Draws the money of one unit."""

    def __init__(self, unit: Unit, shape: Shape, draws: Draws, profile: Mapping[str, Any]) -> None:
        self.unit, self.shape, self.draws, self.profile = unit, shape, draws, profile
        self.default = Key(year=str(shape.year))

    def draw(self, projects: int) -> None:
        """All of it; `projects` lines of general public project spending."""
        self._basic()
        for code in self._codes("projects", projects):
            self._line("general_public", "project", code, self.draws.amount(60_000, 9_000_000))
        if self.unit.kind == "administrative":
            self._special()
        if self.unit.kind == "public" and self.shape.public_service:
            self._earned()
        if self.shape.other and self.draws.chance(70):
            self._plain("other", self.unit.running, self.draws.amount(300, 400_000))
        if self.shape.superior and self.draws.chance(60):
            self._plain("superior", self.profile["general"], self.draws.amount(20_000, 900_000))

    def _codes(self, name: str, most: int) -> Sequence[str]:
        general = [self.profile["general"]] if name == "projects" else []
        known = [code for code in (*general, *self.profile[name]) if valid(code, self.shape.year)]
        return self.draws.some(known, most)

    # spending by economic class, and the functions that it belongs to

    def _basic(self) -> None:
        """Basic spending of the general public budget, by 款; the functional lines are sums of these."""
        unit = self.unit
        lines: dict[str, Decimal] = {}
        public = data("spending")["three_public"]
        for code, (low, high, likely, role, kinds) in data("spending")["items"].items():
            fits = not kinds or unit.kind in kinds.split()
            if not fits or (code in public and not self.shape.three_public) or not self.draws.chance(likely):
                continue
            spent = self.draws.amount(low * unit.staff, high * unit.staff)
            unit.economic[code] = spent
            function = self._function(role)
            lines[function] = lines.get(function, ZERO) + spent
            self._enter(spent, flow="expenditure", fund="general_public", nature="basic", economic=code)
        for function, spent in lines.items():
            self._line("general_public", "basic", function, spent)

    def _function(self, role: str) -> str:
        choices = data("spending")["functions"].get(role, {})
        own = choices.get(self.unit.kind if self.unit.kind == "public" else "", choices.get(""))
        return str(own or self.unit.running)

    def _special(self) -> None:
        """Government funds, state capital, and a reversal: the department's own business."""
        if self.shape.government_funds:
            for code in self._codes("funds", 2) or ["2296002"]:
                self._line("government_funds", "project", code, self.draws.amount(30_000, 20_000_000))
        if self.shape.state_capital:
            for code in self.draws.some(data("spending")["state_capital"]["functions"], 2):
                self._line("state_capital", "project", code, self.draws.amount(20_000, 900_000))
        if self.shape.negative:
            back = self.draws.amount(1_200, 90_000)
            line = {"fund": "general_public", "nature": "project", "function": _REVERSED}
            self._enter(-back, flow="expenditure", **line)
            self._enter(back, flow="closing", balance="carryover", **line)

    # lines of money: spending, balances, and the income that follows

    def _line(self, fund: str, nature: str, function: str, spent: Decimal) -> None:
        """A line of fiscal money. Basic money is only carried over; project money may also be left over."""
        line = {"fund": fund, "nature": nature, "function": function}
        opening = self._balance("opening", line, spent, 25 if self.shape.prior else 0)
        closing = self._balance("closing", line, spent, 20)
        self._enter(spent, flow="expenditure", **line)
        self._enter(spent + closing - opening, flow="income", **line)
        if nature == "project":
            self.unit.spent.append((self.default._replace(flow="expenditure", **line), spent))

    def _balance(self, flow: str, line: Mapping[str, str], spent: Decimal, most: int) -> Decimal:
        if not (self.shape.carryover and most and self.draws.chance(45)):
            return ZERO
        kinds = ("carryover",) if line["nature"] == "basic" else self.draws.one((("carryover",), ("surplus",), ()))
        parts = {kind: self.draws.part(spent, 1, most) for kind in kinds or ("carryover", "surplus")}
        for kind, part in parts.items():
            if part:
                self._enter(part, flow=flow, balance=kind, **line)
        return sum(parts.values(), ZERO)

    def _plain(self, fund: str, function: str, spent: Decimal) -> None:
        """Non-fiscal money that is spent as it comes in."""
        nature = "basic" if fund == "other" and self.draws.chance(60) else "project"
        self._enter(spent, flow="expenditure", nature=nature, fund=fund, function=function)
        self._enter(spent, flow="income", fund=fund, function=function)

    def _earned(self) -> None:
        """A public institution's own money: 事业收入, 附属单位上缴, and 经营."""
        draws, function = self.draws, self.unit.running
        spent = {"basic": draws.amount(90_000, 6_000_000), "project": draws.amount(20_000, 1_500_000)}
        if self.shape.upward:
            spent |= {"remitted_up": draws.amount(9_000, 300_000), "subsidy_down": draws.amount(9_000, 300_000)}
        for nature, amount in spent.items():
            self._enter(amount, flow="expenditure", fund="public_service", nature=nature, function=function)
        whole = sum(spent.values(), ZERO)
        closing = draws.part(whole, 4, 20)
        distributed = draws.part(whole, 2, 9) if draws.chance(50) else ZERO
        used = draws.part(whole, 1, 8) if not distributed and draws.chance(60) else ZERO
        opening = draws.part(whole, 2, 15) if self.shape.prior else ZERO
        subordinate = draws.part(whole, 2, 10) if self.shape.subordinate else ZERO
        flows = {"closing": closing, "distributed": distributed, "surplus_used": used, "opening": opening}
        for flow, amount in flows.items():
            self._enter(amount, flow=flow, fund="public_service", function=function)
        income = whole + closing + distributed - used - opening - subordinate
        self._enter(subordinate, flow="income", fund="subordinate", function=function)
        self._enter(income, flow="income", fund="public_service", function=function)
        if self.profile.get("fees"):
            fees = draws.part(income, 30, 95)
            self._enter(fees, flow="income", fund="public_service", function=function, item="education_fees")
        if self.shape.commercial:
            self._commercial(closing)

    def _commercial(self, covered: Decimal) -> None:
        """经营: a profit is kept, a loss stays as a negative balance, smaller than the unit's other money."""
        spent = self.draws.amount(30_000, 900_000)
        left = self.draws.part(spent, 3, 20)
        if self.shape.loss:
            left = -self.draws.part(min(spent, covered), 5, 60)
        line = {"fund": "commercial", "function": self.unit.running}
        self._enter(spent, flow="expenditure", nature="commercial", **line)
        self._enter(spent + left, flow="income", **line)
        self._enter(left, flow="closing", **line)

    def _enter(self, amount: Decimal, **dims: str) -> None:
        if amount:
            assert abs(amount) >= LEAST, f"{dims}: {amount}"
            self.unit.entries.append((self.default._replace(**dims), amount))
