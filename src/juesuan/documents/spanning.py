"""Cells over several rows (跨行的单元格): names left of all others that stand in the middle of the rows they belong to.

Proved by their heights: one below the other they take all rows, each the middle of its own. Refuses a column where this
is possible in several ways, or in none.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import inf
from typing import NamedTuple

from juesuan.documents.pieces import TOUCH, Piece

_FEWEST = 2
"""rows of a band"""
_LIKELY = 0.25
"""points that one way must fit better than all others"""
_OFF = 0.25
"""heights of a line by which a cell may be off the middle of its rows"""


Row = tuple[float, list[list[Piece]]]
"""the middle of a row, and its cells"""


class Band(NamedTuple):
    """Rows one below the other that all have a cell in one column, and where that begins."""

    rows: list[Row]
    left: float

    def left_of(self, column: Sequence[Piece]) -> list[Piece]:
        """The lines of a column beside these rows, if all stand left of the band."""
        steps = [b - a for (a, _), (b, _) in pairwise(self.rows)]
        top, foot = self.rows[0][0] - steps[0] / 2, self.rows[-1][0] + steps[-1] / 2
        part = [piece for piece in column if top < piece.middle < foot]
        return part if all(piece.box[2] <= self.left for piece in part) else []

    def edges(self, part: Sequence[Piece], leading: float) -> list[float]:
        """Where the rows begin and end, by the lines of the cells beside that part."""
        own = {id(piece) for piece in part}
        lines = [max((len(cell) for cell in cells if id(cell[0]) not in own), default=1) for _, cells in self.rows]
        return edges_of([middle for middle, _ in self.rows], lines, leading)


def bands_of(rows: Sequence[Row]) -> list[Band]:
    """The longest bands, no row in two of them."""
    homes: list[tuple[float, float, set[int]]] = []
    for n, (_, cells) in enumerate(rows):
        for cell in cells:
            left, right = min(piece.box[0] for piece in cell), max(piece.box[2] for piece in cell)
            near = [home for home in homes if home[0] < right - TOUCH and left + TOUCH < home[1]]
            homes = [home for home in homes if home not in near]
            lows, highs, sets = [left], [right], {n}
            for home in near:
                lows.append(home[0])
                highs.append(home[1])
                sets |= home[2]
            homes.append((min(lows), max(highs), sets))
    runs = [(run, left) for left, _, own in homes for run in _runs(sorted(own))]
    found: list[Band] = []
    used: set[int] = set()
    for run, left in sorted(runs, key=lambda pair: (-len(pair[0]), pair[1])):
        if len(run) >= _FEWEST and not used & set(run):
            used |= set(run)
            found.append(Band([rows[n] for n in run], left))
    return found


def _runs(numbers: Sequence[int]) -> list[list[int]]:
    runs: list[list[int]] = []
    for n in numbers:
        if runs and n == runs[-1][-1] + 1:
            runs[-1].append(n)
        else:
            runs.append([n])
    return runs


class Spanning(NamedTuple):
    """A cell and the first of its rows."""

    row: int
    cell: list[Piece]


class _Way(NamedTuple):
    cost: float
    next: float
    """how much more the next best way costs"""
    cells: tuple[Spanning, ...]


def edges_of(middles: Sequence[float], lines: Sequence[int], leading: float) -> list[float]:
    """Where rows begin and end, from their middles, how many lines their cells have, and the distance of these."""
    steps = [b - a for a, b in pairwise(middles)]
    if not steps:
        return []
    pads = sorted(step - (a + b) / 2 * leading for step, (a, b) in zip(steps, pairwise(lines), strict=True))
    pad = max(pads[len(pads) // 2], 0.0)
    high = [max(count * leading + pad, 1.0) for count in lines]
    inner = [a + step * h / (h + below) for a, step, (h, below) in zip(middles, steps, pairwise(high), strict=False)]
    return [2 * middles[0] - inner[0], *inner, 2 * middles[-1] - inner[-1]]


def spanned(
    column: Sequence[Piece], starts: Sequence[Sequence[int]], edges: Sequence[float], leading: float
) -> list[Spanning] | None:
    """The cells of a column; `starts` tells for each line where a cell that ends with it may begin.

    None where its cells do not take the rows one after the other, or in several ways that are about as likely.
    """
    if not edges:
        return None
    rows = len(edges) - 1
    high = column[0].box[3] - column[0].box[1]
    states: list[dict[int, _Way]] = [{row: _Way(0.0, inf, ()) for row in range(rows)}]
    for end in range(1, len(column) + 1):
        found: dict[int, _Way] = {}
        for start in starts[end - 1]:
            middle = (column[start].middle + column[end - 1].middle) / 2
            uneven = sum(abs(b.middle - a.middle - leading) for a, b in pairwise(column[start:end]) if leading)
            for row, way in states[start].items():
                for behind in range(row + 1, rows + 1):
                    off = abs((edges[row] + edges[behind]) / 2 - middle)
                    if off <= _OFF * high:
                        cells = (*way.cells, Spanning(row, list(column[start:end])))
                        _keep(found, behind, _Way(way.cost + off + uneven, way.next, cells))
        states.append(found)
    ends = states[-1]
    alone = {row: way for row, way in ends.items() if len(way.cells) == 1}
    if len(alone) == len(ends) > 0:  # one cell alone stands over all that it can
        return list(min(alone.items(), key=lambda pair: pair[1].cells[0].row - pair[0])[1].cells)
    likely = sorted(ends.values(), key=lambda way: way.cost)
    if not likely or likely[0].next < _LIKELY or (len(likely) > 1 and likely[1].cost - likely[0].cost < _LIKELY):
        return None
    return list(likely[0].cells)


def _keep(found: dict[int, _Way], at: int, way: _Way) -> None:
    before = found.get(at)
    if before is None:
        found[at] = way
    else:
        best, other = sorted((before, way), key=lambda one: one.cost)
        found[at] = best._replace(next=min(best.next, other.cost - best.cost))
