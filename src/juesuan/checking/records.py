"""Records (行): the coded rows of a table in printed order, with what each figure should be by other tables.

Refuses to expect anything of a figure that only its own table holds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from juesuan.checking.expansion import Expansion
from juesuan.model.keys import ALL, Key


@dataclass(frozen=True, slots=True)
class Record:
    """A row (of a table by economic class: of one block of it): its code and its figures by column."""

    row: int
    code: str
    facts: dict[int, int]


def code_of(key: Key) -> str:
    """The functional or economic code that a key names, `all` for a total."""
    return key.function if key.function != ALL else key.economic


def records(expansion: Expansion, table: int) -> list[Record]:
    """The rows of a table, top to bottom; of a table by economic class, block after block."""
    facts = expansion.figures.report.facts
    numbers = sorted(set(expansion.figures.tables[table].values()))
    blocks = {facts[n].column for n in numbers if facts[n].keys[0].economic != ALL}
    found: dict[tuple[int, int], Record] = {}
    for number in numbers:
        fact = facts[number]
        block = fact.column if blocks else 0
        record = found.setdefault((block, fact.row), Record(fact.row, code_of(fact.keys[0]), {}))
        record.facts[0 if blocks else fact.column] = number
    return [found[place] for place in sorted(found)]


def expectations(expansion: Expansion, table: int) -> dict[int, tuple[int, int]]:
    """Fact of the table → (what it should be by figures of other tables, by how much rounding may move that)."""
    figures = expansion.figures
    home = [fact.table for fact in figures.report.facts]
    found: dict[int, tuple[int, int]] = {}
    for group in expansion.groups:
        own = [fact for fact in group if home[fact] == table]
        if 0 < len(own) < len(group):
            others = Counter(figures.value[fact] for fact in group if home[fact] != table)
            right = others.most_common(1)[0][0]
            found |= {fact: (right, 4 * figures.half[fact]) for fact in own}
    for number in _crossing(expansion):
        mine = [(fact, c) for fact, c in expansion.terms(number) if home[fact] == table]
        if len(mine) == 1 and mine[0][0] not in found:
            fact, coefficient = mine[0]
            rest = sum(c * figures.value[f] for f, c in expansion.terms(number) if f != fact)
            slack = sum(figures.half[f] for f in expansion.facts(number))
            found[fact] = (-rest // coefficient, slack)
    return found


def _crossing(expansion: Expansion) -> Iterator[int]:
    """The identities across tables that are no comparisons of two figures."""
    kinds = {"funds", "listed"}
    return (identity.number for identity in expansion.identities if identity.equation.kind in kinds)
