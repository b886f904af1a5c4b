"""Values (数值): what a key is worth, for claims: the mended value of its figures, with the interval they stand for.

Refuses to divide: shares and rates are tested by cross-multiplication over intervals. A key that no figure states, and
that no zero makes equal to one, has no value (None).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from copy import copy
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from juesuan.checking.expansion import Expansion
from juesuan.checking.wording import Words
from juesuan.model.amounts import Amount
from juesuan.model.claims import Claim
from juesuan.model.keys import Key
from juesuan.model.reports import Fact, Report

Interval = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Operand:
    """What is known of a key: its interval in whole units of Figures, and the facts that say so, the best first."""

    low: int
    high: int
    facts: tuple[int, ...]
    printed: tuple[int, int] | None = None
    """the interval of a wrong figure that was printed for it, where there is one"""
    wrong: int | None = None
    """the number of that wrong fact"""

    @property
    def zero(self) -> bool:
        return self.low == self.high == 0


class Values:
    """The values of all keys of a report. `right` gives the mended value by fact number."""

    def __init__(self, expansion: Expansion, right: list[int], aside: Collection[int] = ()) -> None:
        self.expansion = expansion
        self.figures = expansion.figures
        self.report: Report = expansion.figures.report
        self.right = right
        self.deduction = expansion.deduction
        self._words = Words(expansion)
        self.views: dict[str, object] = {}
        """what checks derive from the values once and share"""
        self._known: dict[Key, Operand | None] = {}
        self._by_key: dict[Key, list[int]] = {}
        self._groups: dict[tuple[str, ...], list[int]] = {}
        for key, facts in self.figures.by_key.items():
            sound = [fact for fact in facts if fact not in aside]
            self._by_key[key] = sound
            self._groups.setdefault(self.deduction.canonical(key)[0], []).extend(sound)
        self._counts: dict[Key, list[Fact]] = {}
        for fact in self.report.facts:
            for key in fact.keys:
                if key.measure != "amount":
                    self._counts.setdefault(key, []).append(fact)

    def of(self, key: Key) -> Operand | None:
        """What the key is worth: its own figures, else those that must be equal to it."""
        if key not in self._known:
            facts = self._by_key.get(key) or self._groups.get(self.deduction.canonical(key)[0])
            self._known[key] = self._operand(facts) if facts else None
        return self._known[key]

    def mended(self, fact: int, right: int) -> Values:
        """The same values with one figure mended."""
        other = copy(self)
        other.right, other._known, other.views = list(self.right), {}, {}
        other.right[fact] = right
        return other

    def stating(self, report: Report) -> Values:
        """The same values under a report with other claims."""
        other = copy(self)
        other.report, other.views = report, {}
        return other

    def _operand(self, facts: Iterable[int]) -> Operand:
        value, half = self.figures.value, self.figures.half
        ordered = sorted(set(facts), key=lambda n: (self.report.facts[n].table < 0, n))
        sound = self._usual([n for n in ordered if self.right[n] == value[n]] or ordered)
        spans = [self._span(self.right[n], half[n]) for n in sound]
        wrong = next((n for n in ordered if self.right[n] != value[n]), None)
        printed = None if wrong is None else self._span(value[wrong], half[wrong])
        return Operand(min(s[0] for s in spans), max(s[1] for s in spans), tuple(sound), printed, wrong)

    def _usual(self, facts: list[int]) -> list[int]:
        """The figures that say the same within a unit of the last place: of several opinions the most frequent."""
        opinions: list[list[int]] = []
        for fact in facts:
            near = 2 * self.figures.half[fact]
            home = next((o for o in opinions if abs(self.right[o[0]] - self.right[fact]) <= near), None)
            if home is None:
                opinions.append([fact])
            else:
                home.append(fact)
        return max(opinions, key=len)

    @staticmethod
    def _span(value: int, half: int) -> Interval:
        return (value - half, value + half) if value else (0, 0)

    def kin(self, key: Key) -> tuple[str, ...]:
        """What is the same for keys that must be equal this year."""
        return self.deduction.canonical(key)[0]

    def counts(self, key: Key) -> list[Fact]:
        """The facts that count or score this key."""
        return self._counts.get(key, [])

    def span(self, amount: Amount) -> Interval:
        """The interval of a printed amount that is no fact (a change)."""
        scale = Decimal(10) ** self.figures.power
        middle, half = amount.base * scale, amount.ulp / 2 * scale
        return (int(middle - half), int(middle + half)) if amount.value else (0, 0)

    def stands(self, fact: Fact) -> Interval:
        """The interval of a fact's right value."""
        return self._span(self.right[fact.number], self.figures.half[fact.number])

    def say(self, key: Key) -> str:
        """The key in Chinese."""
        return self._words.subject(key) or "本指标"

    def show(self, value: int, fact: int) -> str:
        """A value written like the fact is."""
        return self.figures.show(value, fact)


def percent_span(amount: Amount) -> tuple[int, int, int]:
    """(low, high, scale) of a printed percentage: p% is between low/scale and high/scale."""
    digits = amount.decimals + 1
    scale = 100 * 10**digits
    middle = int(amount.value.scaleb(digits))
    return middle - 5, middle + 5, scale


def ratio_reachable(part: Interval, whole: Interval, amount: Amount) -> bool | None:
    """Whether part ÷ whole, both anywhere in their intervals, can round to the printed percentage.

    None where the whole may be zero or negative: then there is no share to speak of.
    """
    low, high, scale = percent_span(amount)
    if whole[0] <= 0:
        return None
    least = part[0] * scale
    most = part[1] * scale
    top = max(high * whole[0], high * whole[1])
    bottom = min(low * whole[0], low * whole[1])
    return least <= top and most >= bottom


def percentage(part: Interval, whole: Interval, decimals: int) -> str:
    """The share as it should be printed, from the middles of the intervals; rounded half up."""
    value = Decimal(part[0] + part[1]) * 100 / Decimal(whole[0] + whole[1])
    return f"{value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)}"


def claims_of(report: Report, *kinds: str) -> Iterable[Claim]:
    """The claims of these kinds, in document order."""
    return (claim for claim in report.claims if claim.kind in kinds)
