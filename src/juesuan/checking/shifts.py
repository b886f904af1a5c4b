"""Shifts (错行): a table whose values were moved against its names, so that one mistake fails dozens of identities.

A row is suspected if its values differ from what the other tables say of its name, and recognised if they are what
they say of another name, in order, in a run. Where no other table tells, `slides` tries the table's own sums. Refuses
fewer than three moved rows, and rows that fit no other name.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from juesuan.checking.causes import Search
from juesuan.checking.evaluation import Outcomes, Verdict
from juesuan.checking.expansion import Expansion
from juesuan.checking.records import Record, expectations, records
from juesuan.checking.registry import check
from juesuan.checking.slides import slides

FEWEST = 3
"""moved rows, and failing identities of a table, below which nothing is suspected"""
ASIDE = "该表数字与名称错行（见 SHIFT-ROWS）"


@dataclass(frozen=True, slots=True)
class Shift:
    """Rows of one table that carry the values of other rows: (row as printed, the row that its values belong to).

    `order` are all rows of the table, `facts` the figures that are moved.
    """

    table: int
    moves: tuple[tuple[Record, Record | None], ...]
    facts: frozenset[int]
    order: tuple[Record, ...]


@check("SHIFT-ROWS", severity="error", basis="表内各行与其他各表、各级合计", of_expansion=True)
def find_shifts(expansion: Expansion, outcomes: Outcomes) -> list[Shift]:
    """表中数字与科目名称整体错行。

    What is found is set aside: the other identities no longer rest on it.
    """
    found: list[Shift] = []
    for table in _suspects(expansion, outcomes):
        if len(_failing(expansion, outcomes, table)) >= FEWEST:
            rows = records(expansion, table)
            shift = _compared(expansion, table, rows) or _slid(expansion, outcomes, table, rows)
            if shift:
                found.append(shift)
                set_aside(expansion, outcomes, shift)
    return found


def _suspects(expansion: Expansion, outcomes: Outcomes) -> list[int]:
    """The tables whose own sums fail, those first in which most do: the others may only be at odds with them."""
    own = Counter(expansion.identities[number].table for number in outcomes.failing())
    return [table for table, _ in own.most_common() if table >= 0]


def _failing(expansion: Expansion, outcomes: Outcomes, table: int) -> list[int]:
    facts = expansion.figures.report.facts
    return [n for n in outcomes.failing() if any(facts[fact].table == table for fact in expansion.facts(n))]


def _compared(expansion: Expansion, table: int, rows: list[Record]) -> Shift | None:
    """Against the other tables: all columns of a row together, else column by column."""
    expected = expectations(expansion, table)
    if not expected:
        return None
    columns = sorted({column for row in rows for column in row.facts})
    for chosen in (columns, *([column] for column in columns if len(columns) > 1)):
        moves = _moves(expansion, rows, expected, chosen)
        if moves:
            facts = frozenset(fact for row, _ in moves for column, fact in row.facts.items() if column in chosen)
            return Shift(table, tuple(moves), facts, tuple(rows))
    return None


def _moves(
    expansion: Expansion, rows: list[Record], expected: dict[int, tuple[int, int]], columns: list[int]
) -> list[tuple[Record, Record | None]]:
    value = expansion.figures.value

    def fits(values: Record, names: Record) -> bool | None:
        """Whether the values of one row are what is expected under the name of another; None if nothing is."""
        known = False
        for column in columns:
            if column in values.facts and names.facts.get(column) in expected:
                known = True
                right, slack = expected[names.facts[column]]
                if abs(value[values.facts[column]] - right) > slack:
                    return False
        return True if known else None

    wrong = [n for n, row in enumerate(rows) if fits(row, row) is False]
    if len(wrong) < FEWEST:
        return []
    moves: list[tuple[int, int | None]] = []
    previous = -1
    for n in wrong:
        live = any(value[rows[n].facts[column]] for column in columns if column in rows[n].facts)
        targets = [m for m in range(len(rows)) if m != n and fits(rows[n], rows[m])] if live else []
        target = next((m for m in targets if m > previous), targets[0] if targets else None)
        previous = previous if target is None else target
        moves.append((n, target))
    return [(rows[n], None if m is None else rows[m]) for n, m in moves] if _run(moves) else []


def _run(moves: list[tuple[int, int | None]]) -> bool:
    """Most rows are recognised, and enough of them are moved by the same offset as the one before."""
    known = [(n, m) for n, m in moves if m is not None]
    steady = sum(m - n == after - later for (n, m), (later, after) in pairwise(known))
    return len(known) >= FEWEST and 10 * len(known) >= 6 * len(moves) and steady >= FEWEST - 1


def _slid(expansion: Expansion, outcomes: Outcomes, table: int, rows: list[Record]) -> Shift | None:
    """By the table's own sums, and only if anything else takes as many mistakes as a shift has rows at least."""
    found = slides(expansion, outcomes, table, rows)
    if not found:
        return None
    home = expansion.figures.report.facts
    mistakes = Search(expansion, outcomes).mistakes()
    mine = [m for m in mistakes if any(home[f].table == table for n in m.failing for f in expansion.facts(n))]
    if len(mine) < FEWEST:
        return None
    return Shift(table, tuple(found.moves), frozenset(found.facts), tuple(rows))


def set_aside(expansion: Expansion, outcomes: Outcomes, shift: Shift) -> None:
    """Takes the moved figures out of all identities: these are unchecked, with the shift as reason."""
    for identity in expansion.identities:
        if shift.facts.isdisjoint(expansion.facts(identity.number)) and shift.table not in identity.absent:
            continue
        identity.reason = ASIDE
        outcomes.verdict[identity.number] = Verdict.UNCHECKED
