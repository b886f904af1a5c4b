"""Slides (整列上下移动): a column moved by a row or two, recognised by its own sums alone.

From some row on, every value is taken to belong one or two rows higher or lower. Accepted only if all sums that are
then fully known hold, among them at least two that failed. Refuses to guess the value that fell off the end.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from juesuan.checking.evaluation import Outcomes
from juesuan.checking.expansion import Expansion
from juesuan.checking.records import Record

OFFSETS = (1, -1, 2, -2)
MENDED = 2
"""failing sums that must hold after the move"""
MOVED = 3
"""non-zero values that must have moved"""


@dataclass(frozen=True, slots=True)
class Slide:
    """The moved rows with the rows that their values belong to, and the facts concerned."""

    moves: list[tuple[Record, Record | None]]
    facts: list[int]


def slides(expansion: Expansion, outcomes: Outcomes, table: int, rows: list[Record]) -> Slide | None:
    """The shortest slide of one column (or of all columns alike) that mends the table's sums."""
    columns = sorted({column for row in rows for column in row.facts})
    failing = outcomes.failing()
    for chosen in (columns, *([column] for column in columns if len(columns) > 1)):
        sums = _Sums(expansion, failing, rows, chosen)
        if len(sums.failing) < MENDED:
            continue
        for start, offset in sums.trials():
            if sums.mends(start, offset):
                return sums.slide(start, offset)
    return None


class _Sums:
    """The identities that hold the chosen columns of a table, tried under moved values."""

    def __init__(self, expansion: Expansion, failing: list[int], rows: list[Record], columns: list[int]) -> None:
        self.expansion = expansion
        self.value = expansion.figures.value
        self.half = expansion.figures.half
        self.rows = [row for row in rows if any(column in row.facts for column in columns)]
        self.columns = columns
        self.home = {row.facts[c]: (n, c) for n, row in enumerate(self.rows) for c in columns if c in row.facts}
        """fact → its row and column"""
        self.failing = [number for number in failing if self._mine(number)]

    def _mine(self, number: int) -> bool:
        identity = self.expansion.identities[number]
        held = not identity.reason and identity.relation == "="
        return held and not self.home.keys().isdisjoint(self.expansion.facts(number))

    @cached_property
    def sums(self) -> list[int]:
        """The sums that hold as they are printed."""
        wrong = set(self.failing)
        return [n for n in range(len(self.expansion.identities)) if n not in wrong and self._mine(n)]

    def trials(self) -> Iterator[tuple[int, int]]:
        """Starts and offsets, the shortest runs first."""
        for start in reversed(range(len(self.rows))):
            for offset in OFFSETS:
                if 0 <= start + offset < len(self.rows):
                    yield start, offset

    def moved(self, fact: int, start: int, offset: int) -> int | None:
        """A fact's value if the values from `start` on belong `offset` rows further; None where it is lost."""
        n, column = self.home.get(fact, (-1, 0))
        if n < min(start, start + offset):
            return self.value[fact]
        source = n - offset
        known = start <= source < len(self.rows) and column in self.rows[source].facts
        return self.value[self.rows[source].facts[column]] if known else None

    def mends(self, start: int, offset: int) -> bool:
        """Whether the move mends enough of what fails and breaks nothing; the failing sums first, most fail again."""
        mended = 0
        for number in self.failing:
            held = self._holds(number, start, offset)
            if held is False:
                return False
            mended += held is True
        if mended < MENDED or any(self._holds(number, start, offset) is False for number in self.sums):
            return False
        news = ((self.value[fact], self.moved(fact, start, offset)) for fact in self.home)
        return sum(bool(old) and new is not None and new != old for old, new in news) >= MOVED

    def _holds(self, number: int, start: int, offset: int) -> bool | None:
        residual = slack = 0
        for fact, coefficient in self.expansion.terms(number):
            value = self.moved(fact, start, offset)
            if value is None:
                return None
            residual += coefficient * value
            slack += abs(coefficient) * self.half[fact] if value else 0
        return abs(residual) <= slack * self.expansion.identities[number].stretch

    def slide(self, start: int, offset: int) -> Slide:
        moves: list[tuple[Record, Record | None]] = []
        for n in range(start, len(self.rows)):
            goal = n + offset
            if any(self.value[fact] for column, fact in self.rows[n].facts.items() if column in self.columns):
                moves.append((self.rows[n], self.rows[goal] if goal < len(self.rows) else None))
        first = min(start, start + offset)
        return Slide(moves, sorted(fact for fact, (n, _) in self.home.items() if n >= first))
