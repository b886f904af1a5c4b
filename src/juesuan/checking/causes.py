"""Causes (原因): failing identities grouped into mistakes, each with the smallest sets of figures that explain it.

One wrong figure is one cause; two independent mistakes are two, also where they meet in one total. The search is
bounded: single figures (or tied figures) first, then pairs, then one after the other by what mends most. Refuses an
explanation that breaks an identity which holds, unless nothing else is left.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from juesuan.checking.evaluation import Outcomes
from juesuan.checking.expansion import Expansion
from juesuan.checking.slips import COPIED, NONE, SIGN, guesses, name, rank
from juesuan.checking.tableau import Reach, Tableau, Unit
from juesuan.checking.ties import ties
from juesuan.knowledge.hierarchy import word
from juesuan.model.keys import Key

WIDTH = 10
"""how many first steps of a pair are tried"""
_MANY = 40
"""more values in reach than this are not tried one by one, but guessed from common slips"""
CROWD = 60
"""more failing identities than this are not one or two mistakes"""
STEPS = 60
"""how many mistakes are looked for in one group of failing identities"""
_WHOLE = {"all": "全部资金", "final": "决算"}


@dataclass(frozen=True, slots=True)
class Guess:
    """One explanation: these figures are wrong by the same amount; `right` is what the first should be."""

    figures: Unit
    reach: Reach
    right: int
    slip: str

    @property
    def cost(self) -> tuple[bool, int, int]:
        """Amounts that stay positive first, then fewer figures, then recognised slips."""
        return self.right < 0 and self.slip != SIGN, len(self.figures), rank(self.slip)


@dataclass(slots=True)
class Mistake:
    """One cause: the identities that fail because of it, and its explanations, the likeliest first."""

    failing: list[int]
    guesses: list[Guess] = field(default_factory=list)

    @property
    def likeliest(self) -> list[Guess]:
        """The explanations that are as good as the first."""
        return [guess for guess in self.guesses if guess.cost == self.guesses[0].cost]


class Search:
    """The search for the mistakes of one report."""

    def __init__(self, expansion: Expansion, outcomes: Outcomes) -> None:
        self.expansion = expansion
        self.tableau = Tableau(expansion, outcomes)
        self.tied = ties(expansion, outcomes)
        self.group = {fact: group for group in expansion.groups for fact in group}
        self.failing = set(outcomes.failing())
        facts = expansion.figures.report.facts
        self.cells = {(fact.table, fact.row, fact.column): fact.number for fact in facts if fact.row >= 0}

    def mistakes(self) -> list[Mistake]:
        """All mistakes, in document order of their likeliest figure."""
        found: list[Mistake] = []
        for component in self.components(self.failing):
            steps = self.solve(component)
            found += self.explained(steps, component)
        left = {n for n in self.failing if not self.tableau.holds(n)}
        explained = {number for mistake in found for number in mistake.failing}
        found += [Mistake(sorted(part)) for part in self.components(left - explained)]
        return sorted(found, key=self.first)

    def first(self, mistake: Mistake) -> int:
        return mistake.guesses[0].figures[0] if mistake.guesses else self.expansion.facts(mistake.failing[0])[0]

    def components(self, failing: Iterable[int]) -> list[set[int]]:
        """Failing identities that share a figure, or figures tied to each other."""
        home: dict[int, set[int]] = {}
        for identity in failing:
            merged = {identity}
            keys = {self.tied.get(fact, (fact,))[0] for fact in self.expansion.facts(identity)}
            for key in keys:
                merged |= home.get(key, set())
            for member in merged:
                for fact in self.expansion.facts(member):
                    home[self.tied.get(fact, (fact,))[0]] = merged
        unique = {id(part): part for part in home.values()}
        return sorted(unique.values(), key=min)

    def units(self, failing: Iterable[int]) -> dict[Unit, int]:
        """The figures of failing identities, alone and with all that is tied to them: how many each meets."""
        alone: dict[Unit, int] = {}
        met: dict[Unit, set[int]] = {}
        for identity in failing:
            for fact in self.expansion.facts(identity):
                alone[(fact,)] = alone.get((fact,), 0) + 1
                if fact in self.tied:
                    met.setdefault(self.tied[fact], set()).add(identity)
        return alone | {unit: len(identities) for unit, identities in met.items()}

    def singles(self, failing: set[int]) -> list[Guess]:
        """The units that mend all of `failing` at once and break nothing, the likeliest first."""
        found = []
        for unit, met in self.units(failing).items():
            if met == len(failing) and (reach := self.tableau.within(unit, failing)):
                found.append(self.guess(unit, reach))
        return sorted(found, key=lambda guess: (guess.cost, guess.figures))

    def solve(self, component: set[int]) -> list[tuple[Unit, int]]:
        """Steps (unit, change) that mend a component; they stay applied to the tableau."""
        steps: list[tuple[Unit, int]] = []
        queue = [component]
        while queue and len(steps) < STEPS:
            failing = queue.pop()
            found = self.one(failing) or self.two(failing) or self.boldest(failing)
            for unit, change in found:
                self.tableau.apply(unit, change)
            steps += found
            if found:
                queue += self.components(n for n in failing if not self.tableau.holds(n))
        return steps

    def one(self, failing: set[int]) -> list[tuple[Unit, int]]:
        return [self.step(guess) for guess in self.singles(failing)[:1]]

    def step(self, guess: Guess) -> tuple[Unit, int]:
        return guess.figures, guess.right - self.tableau.value[guess.figures[0]]

    def two(self, failing: set[int]) -> list[tuple[Unit, int]]:
        """The cheapest pair whose first step is among those that mend most."""
        best: list[tuple[Unit, int]] = []
        cost = None
        if len(failing) > CROWD:
            return []
        for first in self.ranked(failing, self.tableau.best)[:WIDTH]:
            unit, change = self.step(first)
            self.tableau.apply(unit, change)
            rest = {n for n in failing if not self.tableau.holds(n)}
            second = self.singles(rest)[:1] if rest else []
            if second and (cost is None or (first.cost, second[0].cost) < cost):
                cost = (first.cost, second[0].cost)
                best = [(unit, change), self.step(second[0])]
            self.tableau.apply(unit, -change)
        return best

    def boldest(self, failing: set[int]) -> list[tuple[Unit, int]]:
        """The step that mends most, if need be at the price of what holds; in a crowd all that do not meet it."""
        ranked = self.ranked(failing, self.tableau.best) or self.ranked(failing, self.tableau.bold)
        if len(failing) <= CROWD:
            return [self.step(guess) for guess in ranked[:1]]
        steps, touched = [], set[int]()
        for guess in ranked:
            meets = self.tableau.effect(guess.figures).keys()
            if touched.isdisjoint(meets):
                touched |= meets
                steps.append(self.step(guess))
        return steps

    def ranked(self, failing: set[int], measure: Callable[[Unit, set[int]], tuple[int, Reach]]) -> list[Guess]:
        """First steps, those that mend most first."""
        scored = []
        for unit in self.units(failing):
            count, reach = measure(unit, failing)
            if count > 0:
                scored.append((count, self.guess(unit, reach)))
        return [guess for _, guess in sorted(scored, key=lambda pair: (-pair[0], pair[1].cost, pair[1].figures))]

    def explained(self, steps: list[tuple[Unit, int]], component: set[int]) -> list[Mistake]:
        """One mistake a step: what fails if only this step is taken back, and all that would explain it."""
        found: list[Mistake] = []
        for unit, change in steps:
            self.tableau.apply(unit, -change)
            failing = {n for n in self.tableau.effect(unit) if not self.tableau.holds(n)}
            guesses = self.singles(failing)
            if not any(guess.figures == unit for guess in guesses):
                guesses.insert(0, self.guess(unit, Reach(change, change)))
            self.tableau.apply(unit, change)
            if failing & component:  # else the step only made up for others
                found.append(Mistake(sorted(failing & component), guesses))
        return found

    def guess(self, unit: Unit, reach: Reach) -> Guess:
        """The likeliest right value of a unit's first figure within reach, and the slip that would explain it."""
        fact = unit[0]
        value, place = self.tableau.value[fact], 2 * self.tableau.half[fact]
        low, high = -(-(value + reach.low) // place), (value + reach.high) // place
        printed = value // place
        choices: Iterable[int] = range(low, high + 1)
        if high - low > _MANY:
            choices = [right for right in guesses(printed) if low <= right <= high]
        middle = (low + high) // 2 if reach.has_low and reach.has_high else min(max(printed, low), high)
        others = {self.tableau.value[other] // place for other in self.group.get(fact, ()) if other not in unit}
        best = min(
            (right for right in choices if right != printed),
            key=lambda right: (right not in others, rank(name(printed, right)), abs(right - middle)),
            default=middle,
        )
        return Guess(unit, reach, best * place, name(printed, best) or self.copied(unit) or self.taken(unit))

    def copied(self, unit: Unit) -> str:
        """COPIED if the figure is what stands beside, above or below it, and is not zero."""
        facts = self.expansion.figures.report.facts
        cell, value = facts[unit[0]], self.tableau.value[unit[0]]
        beside = ((0, 1), (0, -1), (1, 0), (-1, 0))
        spots = {(cell.table, cell.row + down, cell.column + right) for down, right in beside}
        near = (self.cells[spot] for spot in spots if spot in self.cells)
        alike = any(n not in unit and self.tableau.value[n] == value for n in near)
        return COPIED if value and cell.table >= 0 and alike else NONE

    def taken(self, unit: Unit) -> str:
        """Whose figure a sentence printed instead: that of another fund, budget or year; "" where there is none."""
        report = self.expansion.figures.report
        wrong = report.facts[unit[0]]
        if wrong.table >= 0 or not wrong.amount.value:
            return NONE
        for other in report.facts:
            if other.amount.base == wrong.amount.base and other.number not in unit:
                for key in other.keys:
                    if meant := _only_other(wrong.keys[0], key):
                        return f"误用{meant}的数"
        return NONE


def _only_other(key: Key, other: Key) -> str:
    """The fund, budget or year of the other key, where that alone tells it from this one."""
    for dimension in ("fund", "basis", "year"):
        value = getattr(other, dimension)
        if value != getattr(key, dimension) and key._replace(**{dimension: value}) == other:
            return f"{value} 年" if dimension == "year" else _WHOLE.get(value) or word(dimension, value)
    return ""
