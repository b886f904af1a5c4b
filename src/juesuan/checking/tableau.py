"""Tableau (试改): what changing figures would do to the identities.

Residuals, values and slacks as they would be after the changes applied so far. A unit is a set of figures that are
changed together by the same amount. Refuses changes by less than the rounding law can see.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from juesuan.checking.evaluation import Outcomes, Verdict
from juesuan.checking.expansion import Expansion

Unit = tuple[int, ...]
FAR = 10**60
"""stands for no bound"""


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a unit may move so that an identity holds: every change in `low`…`high` (whole units of Figures)."""

    low: int
    high: int

    def meet(self, other: Reach) -> Reach | None:
        low, high = max(self.low, other.low), min(self.high, other.high)
        return Reach(low, high) if low <= high else None

    @property
    def has_low(self) -> bool:
        return self.low > -FAR

    @property
    def has_high(self) -> bool:
        return self.high < FAR


EVERYWHERE = Reach(-FAR, FAR)


class Tableau:
    """The identities of a report while figures are changed on trial."""

    def __init__(self, expansion: Expansion, outcomes: Outcomes) -> None:
        self.expansion = expansion
        self.half = expansion.figures.half
        self.value = list(expansion.figures.value)
        self.residual = list(outcomes.residual)
        self.slack = list(outcomes.slack)
        self.grace = [
            abs(residual) if Verdict.PASSED < verdict < Verdict.QUERY else 0
            for residual, verdict in zip(outcomes.residual, outcomes.verdict, strict=True)
        ]
        """residuals that were explained already stay explained"""
        self.holding: dict[int, list[tuple[int, int]]] = {}
        """fact → the identities that hold it, with its coefficient"""
        for identity in expansion.identities:
            if outcomes.verdict[identity.number] is not Verdict.UNCHECKED:
                for fact, coefficient in expansion.terms(identity.number):
                    self.holding.setdefault(fact, []).append((identity.number, coefficient))

    def holds(self, identity: int) -> bool:
        """Whether an identity holds as things stand."""
        residual = self.residual[identity]
        if self.expansion.identities[identity].relation == ">=" and residual >= 0:
            return True
        return abs(residual) <= self._tolerance(identity)

    def _tolerance(self, identity: int) -> int:
        return max(self.slack[identity], self.grace[identity])

    def effect(self, unit: Unit) -> dict[int, tuple[int, int]]:
        """Identity → (how much its residual moves per unit of change, the slack that its zeros would bring)."""
        found: dict[int, tuple[int, int]] = {}
        for fact in unit:
            gain = 0 if self.value[fact] else self.half[fact]
            for identity, coefficient in self.holding.get(fact, ()):
                moved, slack = found.get(identity, (0, 0))
                found[identity] = (moved + coefficient, slack + gain * abs(coefficient))
        return {identity: moved for identity, moved in found.items() if moved[0]}

    def reach(self, identity: int, moved: int, gain: int) -> Reach:
        """The changes of a unit under which the identity holds."""
        stretch = self.expansion.identities[identity].stretch
        tolerance = max(self.slack[identity] + gain * stretch, self.grace[identity])
        residual = self.residual[identity]
        low, high = -tolerance - residual, tolerance - residual
        one_sided = self.expansion.identities[identity].relation == ">="
        if moved > 0:
            return Reach(-(-low // moved), FAR if one_sided else high // moved)
        return Reach(-FAR if one_sided else -(high // -moved), -low // -moved)

    def within(self, unit: Unit, must: Iterable[int] = ()) -> Reach | None:
        """The changes of a unit that satisfy all of `must` and break nothing that holds; None if there are none.

        An identity that fails and is not in `must` may go on failing.
        """
        wanted = set(must)
        effect = self.effect(unit)
        if not wanted <= effect.keys():
            return None
        found = EVERYWHERE
        for identity, (moved, gain) in effect.items():
            if identity in wanted or self.holds(identity):
                met = found.meet(self.reach(identity, moved, gain))
                if met is None:
                    return None
                found = met
        return found

    def best(self, unit: Unit, failing: set[int]) -> tuple[int, Reach]:
        """The change that breaks nothing and mends most of the failing identities: how many, and where it may lie."""
        free = EVERYWHERE
        mended: list[Reach] = []
        for identity, (moved, gain) in self.effect(unit).items():
            if identity in failing:
                mended.append(self.reach(identity, moved, gain))
            elif self.holds(identity):
                met = free.meet(self.reach(identity, moved, gain))
                if met is None:
                    return 0, EVERYWHERE
                free = met
        inside = [part for reach in mended if (part := reach.meet(free))]
        return _thickest(inside)

    def bold(self, unit: Unit, failing: set[int]) -> tuple[int, Reach]:
        """The change that mends more than it breaks: by how many, and where it lies."""
        mended: list[Reach] = []
        kept: list[Reach] = []
        for identity, (moved, gain) in self.effect(unit).items():
            if identity in failing:
                mended.append(self.reach(identity, moved, gain))
            elif self.holds(identity):
                kept.append(self.reach(identity, moved, gain))
        count, where = _thickest(mended)
        return count - sum(keep.meet(where) is None for keep in kept), where

    def apply(self, unit: Unit, change: int) -> None:
        """Change every figure of a unit by `change`; the opposite change takes it back."""
        for fact in unit:
            before = self.value[fact]
            after = self.value[fact] = before + change
            gain = self.half[fact] * (bool(after) - bool(before))
            for identity, coefficient in self.holding.get(fact, ()):
                self.residual[identity] += coefficient * change
                if gain:
                    self.slack[identity] += gain * abs(coefficient) * self.expansion.identities[identity].stretch


def _thickest(reaches: list[Reach]) -> tuple[int, Reach]:
    """Where most of the reaches meet, and how many they are."""
    count, where = 0, EVERYWHERE
    for start in reaches:
        meeting = [other for other in reaches if other.low <= start.low <= other.high]
        if len(meeting) > count:
            count, where = len(meeting), Reach(start.low, min(other.high for other in meeting))
    return count, where
