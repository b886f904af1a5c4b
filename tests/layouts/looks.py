"""Looks (排版): how a hand prints what a manner has arranged. Refuses nothing; a producer uses what it can."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from juesuan.model.documents import Cell, Table

LINES, RECTANGLES, RULES, NONE = "lines", "rectangles", "rules", "none"


@dataclass(frozen=True, slots=True)
class Look:
    """`ruling`: lines around cells, thin filled rectangles, rules below the heads and rows only, or nothing.

    `narrow` wraps names and heads over lines, `repeat` prints heads on every page, `split` lets rows break over pages,
    `drop` sets digits so many points lower than the Chinese text beside them.
    """

    ruling: str = LINES
    narrow: bool = False
    repeat: bool = False
    split: bool = False
    landscape: bool = False
    drop: float = 0
    latin: str = ""
    """another font for digits"""
    serif: bool = True
    size: float = 9
    footer: bool = True
    tall: float = 0
    """blank points above and below each row"""
    habit: str = ""
    """of the raw writer: glyphs, runs, words, shuffled"""


def heads(table: Table) -> int:
    """How many rows stand above the first with a figure; none in a form to be filled in."""
    if (table.place.table or "").startswith("performance"):
        return 0
    for r, row in enumerate(table.rows):
        if any(cell is not None and cell.place.column for cell in row):
            return r
    return 1


_FIGURE = re.compile(r"[-\d,.]+%?")


def is_figure(text: str) -> bool:
    return bool(_FIGURE.fullmatch(text))


def em(text: str) -> float:
    """The width of a text in ems."""
    return sum(1 if ord(char) > 0x2E7F or char in "“”" else 0.56 for char in text)


def widths(table: Table, room: float, size: float, narrow: bool) -> list[float]:
    """The widths of the columns in points: figures on one line, names on one line if there is room (or not narrow)."""
    least, wish = [1.5] * table.width, [1.5] * table.width
    for row in table.rows:
        for c, cell in enumerate(row):
            if cell is None or cell.colspan > 1:
                continue
            whole = em(cell.text)
            short = whole if is_figure(cell.text) else min(whole, 5 if narrow else 7)
            least[c], wish[c] = max(least[c], short), max(wish[c], min(whole, 9 if narrow else 40))
    pad = 6
    low, high = [x * size + pad for x in least], [x * size + pad for x in wish]
    if sum(high) <= room:
        spare = (room - sum(high)) / len(high)
        return [x + spare for x in high]
    if sum(low) >= room:
        return [x * room / sum(low) for x in low]
    part = (room - sum(low)) / (sum(high) - sum(low))
    return [a + (b - a) * part for a, b in zip(low, high, strict=True)]


def fit(table: Table, room: float, look: Look) -> tuple[list[float], float]:
    """Widths, and the size of the letters at which the longest figures fit."""
    size = look.size
    while size > 4.5:
        found = widths(table, room, size, look.narrow)
        longest = [
            max((em(t.text) for t in _column(table, c) if is_figure(t.text)), default=0) for c in range(table.width)
        ]
        if all(a * size + 5 <= w for a, w in zip(longest, found, strict=True)):
            return found, size
        size -= 0.5
    return widths(table, room, size, look.narrow), size


def _column(table: Table, c: int) -> Sequence[Cell]:
    return [cell for row in table.rows if (cell := row[c]) is not None and cell.colspan == 1]
