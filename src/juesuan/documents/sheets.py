"""Sheets (页): what was read of the pages of a PDF before it becomes a document: ruled tables, printed lines.

Tables that go on overleaf get the same columns. Refuses to say that they are one table: whoever reads them decides.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from juesuan.documents.frames import Ruling
from juesuan.documents.glyphs import Glyph
from juesuan.documents.printing import Printed
from juesuan.documents.ruling import NEAR, levels
from juesuan.model.documents import Cell, Table
from juesuan.model.places import Place

_PAGE = 1_000_000
"""more characters than a page has: every place of a document has a number of its own"""


@dataclass(slots=True)
class Ruled:
    """A table and where it stands; `xs` are the edges of its columns (none where they were told by alignment)."""

    top: float
    bottom: float
    left: float
    xs: list[float]
    table: Table


@dataclass(slots=True)
class Sheet:
    """One page. `running` are the lines of its header and footer, `rules` lines from left to right, `cut` are characters outside
    the page, `unmapped` is how many cannot be read.
    """

    file: str
    number: int
    width: float
    height: float
    tables: list[Ruled] = field(default_factory=list)
    lines: list[Printed] = field(default_factory=list)
    running: list[Printed] = field(default_factory=list)
    rules: list[Ruling] = field(default_factory=list)
    cut: list[Glyph] = field(default_factory=list)
    unmapped: int = 0
    pictured: float = 0
    outlines: int = 0
    used: int = 0

    def place(self, text: str = "", box: tuple[float, float, float, float] | None = None) -> Place:
        """A place of its own on this page for a text."""
        at = self.number * _PAGE + self.used
        self.used += len(text) + 1
        return Place(self.file, self.number, start=at, box=box, quote=text)

    def cuts(self, box: tuple[float, float, float, float]) -> bool:
        """Whether what stands in the box goes on beyond the edge of the page."""
        high = box[3] - box[1]
        return any(abs(glyph.left - box[2]) < high / 2 and box[1] < glyph.middle_y < box[3] for glyph in self.cut)

    def first(self) -> Ruled | None:
        """The table above which nothing stands."""
        top = min(self.tables, key=lambda t: t.top, default=None)
        return top if top and all(line.top >= top.top for line in self.lines) else None

    def last(self) -> Ruled | None:
        """The table below which nothing stands."""
        low = max(self.tables, key=lambda t: t.bottom, default=None)
        return low if low and all(line.bottom <= low.bottom for line in self.lines) else None


def align(sheets: Sequence[Sheet]) -> None:
    """Gives tables that go on from page to page, between the same edges, the columns of all of them."""
    chain: list[Ruled] = []
    for before, after in pairwise(sheets):
        upper, lower = before.last(), after.first()
        if upper is None or lower is None or not _same_edges(upper, lower):
            _unite(chain)
            chain = []
            continue
        if not chain or chain[-1] is not upper:
            _unite(chain)
            chain = [upper]
        chain.append(lower)
    _unite(chain)


def _same_edges(upper: Ruled, lower: Ruled) -> bool:
    if not upper.xs or not lower.xs:
        return False
    return abs(upper.xs[0] - lower.xs[0]) <= NEAR and abs(upper.xs[-1] - lower.xs[-1]) <= NEAR


def _unite(chain: Sequence[Ruled]) -> None:
    xs = levels([x for ruled in chain for x in ruled.xs])
    homes = [[_nearest(xs, x) for x in ruled.xs] for ruled in chain]
    if any(len(set(home)) < len(home) for home in homes):
        return  # edges that are two in one table and one in another
    for ruled, home in zip(chain, homes, strict=True):
        ruled.table = _spread(ruled.table, home, len(xs) - 1)
        ruled.xs = xs


def _nearest(xs: Sequence[float], x: float) -> int:
    at = bisect_left(xs, x)
    return min(range(max(0, at - 1), min(len(xs), at + 1)), key=lambda i: abs(xs[i] - x))


def _spread(table: Table, home: Sequence[int], width: int) -> Table:
    """The table with its columns at home among others."""
    if len(home) - 1 == width:
        return table
    rows = []
    for row in table.rows:
        spread: list[Cell | None] = [None] * width
        for column, cell in enumerate(row):
            if cell is not None:
                first, last = home[column], home[column + cell.colspan]
                spread[first] = replace(cell, colspan=last - first)
        rows.append(tuple(spread))
    return replace(table, rows=tuple(rows))
