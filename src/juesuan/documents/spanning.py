"""Cells over several rows (跨行的单元格): names left of all others that stand in the middle of the rows they belong to.

Proved by their heights: one below the other they take all rows, each the middle of its own. Refuses a column where this
is possible in several ways, or in none.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from juesuan.documents.pieces import Piece

_OFF = 0.25
"""heights of a line by which a cell may be off the middle of its rows"""


class Spanning(NamedTuple):
    """A cell and the first of its rows."""

    row: int
    cell: list[Piece]


class _Way(NamedTuple):
    cost: float
    many: int
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


def spanned(column: Sequence[Piece], starts: Sequence[Sequence[int]], edges: Sequence[float]) -> list[Spanning] | None:
    """The cells of a column; `starts` tells for each line where a cell that ends with it may begin.

    None where its cells do not take the rows one after the other, in one way only.
    """
    if not edges:
        return None
    rows = len(edges) - 1
    high = column[0].box[3] - column[0].box[1]
    states: list[dict[int, _Way]] = [{row: _Way(0.0, 1, ()) for row in range(rows)}]
    for end in range(1, len(column) + 1):
        found: dict[int, _Way] = {}
        for start in starts[end - 1]:
            middle = (column[start].middle + column[end - 1].middle) / 2
            for row, way in states[start].items():
                for behind in range(row + 1, rows + 1):
                    off = abs((edges[row] + edges[behind]) / 2 - middle)
                    if off <= _OFF * high:
                        cells = (*way.cells, Spanning(row, list(column[start:end])))
                        _keep(found, behind, _Way(way.cost + off, way.many, cells))
        states.append(found)
    ends = states[-1]
    if sum(way.many for way in ends.values()) != 1:
        return None
    return list(next(iter(ends.values())).cells)


def _keep(found: dict[int, _Way], at: int, way: _Way) -> None:
    before = found.get(at)
    if before is None:
        found[at] = way
    else:
        best = min(before, way, key=lambda one: one.cost)
        found[at] = best._replace(many=before.many + way.many)
