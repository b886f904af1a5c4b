"""Slides (整列上下移动): a column moved by a row or two, recognised by its own sums alone.

From some row on, every value is taken to belong one or two rows higher or lower. Accepted only if all sums that are
then fully known hold, among them at least two that failed. Refuses to guess the value that fell off the end.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

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
    for chosen in (columns, *([column] for column in columns if len(columns) > 1)):
        sums = _Sums(expansion, outcomes, rows, chosen)
        if len(sums.failing) < MENDED:
            continue
        for start, offset in sums.trials():
            if sums.mends(start, offset):
                return sums.slide(start, offset)
    return None


class _Sums:
    """The identities that hold the chosen columns of a table, tried under moved values."""

    def __init__(self, expansion: Expansion, outcomes: Outcomes, rows: list[Record], columns: list[int]) -> None:
        self.expansion = expansion
        self.value = expansion.figures.value
        self.half = expansion.figures.half
        self.rows = [row for row in rows if any(column in row.facts for column in columns)]
        self.columns = columns
        mine = {row.facts[column] for row in self.rows for column in columns if column in row.facts}
        self.sums = [
            identity.number
            for identity in expansion.identities
            if not identity.reason
            and identity.relation == "="
            and not mine.isdisjoint(expansion.facts(identity.number))
        ]
        wrong = set(outcomes.failing())
        self.failing = [number for number in self.sums if number in wrong]

    def trials(self) -> Iterator[tuple[int, int]]:
        """Starts and offsets, the shortest runs first."""
        for start in reversed(range(len(self.rows))):
            for offset in OFFSETS:
                if 0 <= start + offset < len(self.rows):
                    yield start, offset

    def moved(self, start: int, offset: int) -> dict[int, int | None]:
        """Fact → its value if the values from `start` on belong `offset` rows further; None where it is lost."""
        found: dict[int, int | None] = {}
        for n in range(min(start, start + offset), len(self.rows)):
            source = n - offset
            for column in self.columns:
                fact = self.rows[n].facts.get(column)
                if fact is not None:
                    known = start <= source < len(self.rows) and column in self.rows[source].facts
                    found[fact] = self.value[self.rows[source].facts[column]] if known else None
        return found

    def mends(self, start: int, offset: int) -> bool:
        values = self.moved(start, offset)
        if (
            sum(bool(self.value[fact]) and new is not None and new != self.value[fact] for fact, new in values.items())
            < MOVED
        ):
            return False
        mended = 0
        for number in self.sums:
            held = self._holds(number, values)
            if held is False:
                return False
            mended += held is True and number in self.failing
        return mended >= MENDED

    def _holds(self, number: int, values: dict[int, int | None]) -> bool | None:
        residual = slack = 0
        for fact, coefficient in self.expansion.terms(number):
            value = values.get(fact, self.value[fact])
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
        return Slide(moves, sorted(self.moved(start, offset)))
