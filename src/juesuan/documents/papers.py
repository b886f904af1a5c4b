"""Papers (纸张): upright or turned A4 as a table's plan says; A3 where the smallest letters are too wide for these.

A figure is never broken over lines. Refuses to leave anything out: letters are made smaller only where A3 does not do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from juesuan.documents.docx_plans import FIGURE, LANDSCAPE, LEADING, ROOMS, Plan, Rooms, plan, width_of
from juesuan.documents.docx_styles import MM
from juesuan.model.documents import Cell, Table

_PAD = 120
"""left and right of what stands in a cell"""
_SMALLEST = 10
"""half points: the smallest letters, on A3 only"""
_PART = 3
"""a row higher than this part of a page may be split over two"""
_FEW = 4
"""so many characters of words stand in one line at least"""


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper and its margins in millimetres: top, right, bottom, left."""

    width: int
    height: int
    margins: tuple[int, int, int, int]

    @property
    def turned(self) -> bool:
        return self.width > self.height

    @property
    def room(self) -> int:
        """How wide what stands on it may be, in twentieths of a point."""
        return round((self.width - self.margins[1] - self.margins[3]) * MM)

    @property
    def depth(self) -> int:
        """How high, in twentieths of a point."""
        return round((self.height - self.margins[0] - self.margins[2]) * MM)


UPRIGHT = Paper(210, 297, (37, 26, 35, 28))
TURNED = Paper(297, 210, (28, 28, 22, 28))
LARGE = Paper(420, 297, (28, 28, 22, 28))


def paper_of(made: Plan) -> Paper:
    """The paper on which a table stands."""
    return LARGE if sum(made.widths) > LANDSCAPE else TURNED if made.landscape else UPRIGHT


@lru_cache(maxsize=256)
def planned(table: Table) -> Plan:
    """The table's plan on our own pages, A3 where a figure is wider than its column on A4: made once for all formats."""
    return planned_in(table, ROOMS, LARGE.room)


def planned_in(table: Table, rooms: Rooms, room: int) -> Plan:
    """The table's plan on pages of that room, A3 where they are too small; `room` is the width that A3 has."""
    made = plan(table, rooms)
    if not made.landscape or _holds(table, made):
        return made
    total = sum(made.widths)
    for size in range(made.size, _SMALLEST - 1, -1):
        least = _least(table, size)
        if sum(least) <= room or size == _SMALLEST:
            spare = max(room - sum(least), 0)
            widths = [w + spare * own // total for w, own in zip(least, made.widths, strict=True)]
            widths = [w * room // sum(widths) for w in widths]
            return Plan(tuple(widths), size, True, made.heads, made.row, made.pad)
    return made


def split_rows(table: Table, made: Plan, heights: Sequence[int]) -> set[int]:
    """The rows that may go on on the next page: those that are high, or that a high cell reaches over."""
    most = paper_of(made).depth // _PART
    found = {y for y, height in enumerate(heights) if height > most}
    for y, row in enumerate(table.rows):
        for x, cell in enumerate(row):
            if cell is not None and cell.rowspan > 1:
                width = sum(made.widths[x : x + cell.colspan]) - _PAD
                lines = -(-width_of(cell.text, made.size) // max(width, 1))
                if LEADING * made.size * lines > most:
                    found |= set(range(y, y + cell.rowspan))
    return found


def _least(table: Table, size: int) -> list[int]:
    """How wide every column is at least: all of a figure, a few characters of words."""
    found = [2 * _PAD] * table.width
    for row in table.rows:
        for x, cell in enumerate(row):
            if cell is not None and cell.colspan == 1:
                whole = width_of(cell.text, size)
                few = whole if is_figure(cell) else min(whole, _FEW * 10 * size)
                found[x] = max(found[x], few + _PAD)
    return found


def _holds(table: Table, made: Plan) -> bool:
    """Whether every figure stands in one line."""
    return all(
        width_of(cell.text, made.size) + _PAD <= sum(made.widths[x : x + cell.colspan])
        for row in table.rows
        for x, cell in enumerate(row)
        if cell is not None and is_figure(cell)
    )


def is_figure(cell: Cell) -> bool:
    """Whether a cell is one figure."""
    return bool(FIGURE.fullmatch(cell.text)) and bool(cell.text)
