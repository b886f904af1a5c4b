"""Rows by level (同高成行): which lines of names belong to which row of a table without ruling, proved by their heights.

Figures and codes take one line, so they tell where the rows stand. The lines of a cell stand evenly, and their middle
(or the first of them, where cells are set at the top) is at the height of the row. Refuses the table where a line has
no row at that height, or two cells would stand in one place: nothing is proved then.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf
from statistics import median
from typing import NamedTuple

from juesuan.documents.pieces import BEGINS, TOUCH, Piece, touch
from juesuan.documents.spanning import Row, bands_of, spanned

_SAME = 0.3
"""heights of a line; figures that are no further apart stand in one row"""
_NEAR = 0.16
"""heights of a line by which the middle of a cell may be off that of its row"""
_EVEN, _GRID = 0.06, 1.2
"""heights of a line, and points, by which the distances between lines of one cell may differ: some set on a grid"""
_NEAREST, _WIDEST = 0.9, 2.0
"""heights of a line; lines of one cell are neither nearer nor further apart"""
_LINES = 12
_ALONE = 100.0
"""what a cell without a row costs: more than any that has one"""
_STEP = 0.25
_SHIFTS, _SEEN = 4, 3
"""so many heights are tried by which names stand off their figures, each seen so many times"""


class Levels(NamedTuple):
    """The rows from the top, each with its cells, and the distance of lines of one cell (0: none has several).

    `bare` is how many rows with neither figure nor code stand above the first that has one; `certain`: all names left of
    others are known to belong to one row, or to which rows.
    """

    rows: list[list[list[Piece]]]
    leading: float
    bare: int
    certain: bool


_SPARE = 0.1
"""letters by which the widest line of a column may be narrower than its cells, all else equal"""
_BRACKET = 0.5
"""of a letter that a mark may be narrower"""
_BRACKETS = re.compile(r"[（）“”《》、，。：；]")
_WORD = re.compile(r"[!-~]+|.")
_NO_END = frozenset("（《“‘「『【")
_NO_START = frozenset("，。、；：！？）》”’」』】％")
_SUM = re.compile(r"..[合总]计$")
_TOTAL = re.compile(r"(?:合|总|小)\s*计$")

Sizes = tuple[float, float]
"""the height of a line, and the usual distance of lines of one cell in such heights (0: not known)"""
Middle = Callable[[Sequence[float]], float]
_WAYS: tuple[Middle, ...] = (lambda ys: (ys[0] + ys[-1]) / 2, lambda ys: ys[0], lambda ys: ys[-1])
"""where cells are set: in the middle, at the top, at the foot of their row"""


class _Step(NamedTuple):
    """The cells so far: what they cost, where the last one begins, its row, the last row used."""

    cost: float
    start: int
    row: int
    last: int


@dataclass(frozen=True, slots=True)
class _Fit:
    cost: float
    cells: tuple[tuple[int, float, list[Piece]], ...]
    """row (-1: none), the height that tells it, and cell"""

    @property
    def pieces(self) -> list[list[Piece]]:
        return [cell for _, _, cell in self.cells]

    @property
    def column(self) -> list[Piece]:
        return [piece for cell in self.pieces for piece in cell]


class _Fitted(NamedTuple):
    """The heights of names in the rows, columns with their cells, columns of which lines have no row, and what the cells cost."""

    rows: Sequence[float]
    fits: list[_Fit]
    open: list[list[Piece]]
    cost: float


def by_level(pieces: Sequence[Piece], usual: float = 0) -> Levels | None:
    """The rows of the body of a table, None where they are not proved. `usual`: the distance of lines of one cell in
    other tables, in heights of a line (0: not known).
    """
    anchors = [piece for piece in pieces if piece.anchors]
    names = [piece for piece in pieces if not piece.anchors]
    high = median([piece.box[3] - piece.box[1] for piece in pieces]) if pieces else 0.0
    rows = _rows(anchors, high)
    if rows is None:
        return None
    if not names:
        return Levels([[[piece] for piece in row] for row in rows], 0.0, 0, True)
    columns = [column for some in _spans_apart(pieces, names) for column in _columns(some)]
    if not rows and any(len(starts) > 1 for column in columns for starts in _starts(column, high)):
        return None  # nothing tells which lines are one cell
    middles = [median([piece.middle for piece in row]) for row in rows]
    best: _Fitted | None = None
    for shift in _shifts(names, middles, high):
        found = _fitted(columns, [middle + shift for middle in middles], (high, usual))
        if best is None or (len(found.open), found.cost) < (len(best.open), best.cost):
            best = found
    assert best is not None
    return _levels(rows, best, high)


def _rows(anchors: Sequence[Piece], high: float) -> list[list[Piece]] | None:
    """Figures and codes by rows; None where two of a row stand one below the other."""
    rows: list[list[Piece]] = []
    for piece in sorted(anchors, key=lambda piece: piece.middle):
        if rows and piece.middle - median([other.middle for other in rows[-1]]) <= _SAME * high:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    clash = any(touch(a, b) for row in rows for n, a in enumerate(row) for b in row[n + 1 :])
    return None if clash else rows


def _spans_apart(pieces: Sequence[Piece], names: Sequence[Piece]) -> tuple[list[Piece], list[Piece]]:
    """Names within one column, and those that stand over several: below two cells of one line."""
    lines: dict[int, list[Piece]] = {}
    for piece in pieces:
        lines.setdefault(piece.line, []).append(piece)
    over: list[Piece] = []
    within: list[Piece] = []
    for piece in names:
        beside = (line for n, line in lines.items() if n != piece.line)
        spans = any(sum(touch(piece, other) for other in line) > 1 for line in beside)
        (over if spans else within).append(piece)
    return within, over


def _columns(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    """Pieces that stand one below the other, from the top; one that alone holds two columns together is left out first."""
    for column in _below(pieces):
        bridge = _bridge(column)
        if bridge is None:
            yield sorted(column, key=lambda piece: piece.middle)
        else:
            yield from _columns([piece for piece in column if piece is not bridge])
            yield [bridge]


def _below(pieces: Sequence[Piece]) -> list[list[Piece]]:
    columns: list[list[Piece]] = []
    right = 0.0
    for piece in sorted(pieces, key=lambda piece: piece.box[0]):
        if columns and piece.box[0] < right - TOUCH:
            columns[-1].append(piece)
            right = max(right, piece.box[2])
        else:
            columns.append([piece])
            right = piece.box[2]
    return columns


def _bridge(column: Sequence[Piece]) -> Piece | None:
    """A piece without which two that stand on one line are in two columns."""
    if len({piece.line for piece in column}) == len(column):
        return None
    for piece in column:
        if len(_below([other for other in column if other is not piece])) > 1:
            return piece
    return None


def _shifts(names: Sequence[Piece], rows: Sequence[float], high: float) -> list[float]:
    """By how much names may stand higher or lower than the figures beside them: what most of them do first."""
    found: Counter[float] = Counter()
    for piece in names:
        nearest = min(rows, key=lambda row: abs(row - piece.middle), default=inf)
        if abs(piece.middle - nearest) < high:
            found[round((piece.middle - nearest) / _STEP) * _STEP] += 1
    kept: list[float] = []
    for shift, count in found.most_common(_SHIFTS):
        if abs(shift) <= _STEP or count >= _SEEN:
            kept.append(shift)
    return kept if 0.0 in kept else [*kept, 0.0]


def _fitted(columns: Sequence[Sequence[Piece]], rows: Sequence[float], sizes: Sizes) -> _Fitted:
    """Every column with its cells in these rows, set in the one way that most fit; the others as they do."""
    ways = [[_fit(column, rows, sizes, way) for column in columns] for way in _WAYS]
    most = min(ways, key=lambda fits: (fits.count(None), sum(fit.cost for fit in fits if fit is not None)))
    fits, still = [], []
    for n, column in enumerate(columns):
        fit = most[n] or min((w for some in ways if (w := some[n]) is not None), key=lambda w: w.cost, default=None)
        if fit is None:
            still.append(list(column))
        else:
            fits.append(fit)
    return _Fitted(rows, fits, still, sum(fit.cost for fit in fits))


def _fit(column: Sequence[Piece], rows: Sequence[float], sizes: Sizes, way: Middle) -> _Fit | None:
    """The lines of a column as cells, each as near to a row of its own as it can be; None where two stand on one line."""
    high, _ = sizes
    ys = [piece.middle for piece in column]
    ends = _ends(column)
    if any(b - a < _NEAREST * high / 2 for a, b in pairwise(ys)):
        return None
    best: list[_Step | None] = [_Step(0.0, 0, -1, -1)]
    for end in range(1, len(ys) + 1):
        found = [
            _Step(cost + before.cost, start, row, max(row, before.last))
            for start in range(max(0, end - _LINES, ends[end - 1]), end)
            if (before := best[start]) is not None and _even(ys[start:end], high)
            for row, cost in _homes(ys[start:end], rows, before.last, sizes, way)
        ]
        best.append(min(found, default=None))
    cells = []
    step, end = best[-1], len(ys)
    if step is None:
        return None
    cost = step.cost
    while end and step is not None:
        cells.append((step.row, way(ys[step.start : end]), list(column[step.start : end])))
        end = step.start
        step = best[end]
    return _Fit(cost, tuple(reversed(cells)))


def _ends(column: Sequence[Piece]) -> list[int]:
    """For every line the first one that may stand in one cell with it.

    A line goes on in the next one only where it left no room for what stands there, and not before a new item.
    """
    widths = [piece.box[2] - piece.box[0] for piece in column]
    letter = max(width / len(piece.text) for width, piece in zip(widths, column, strict=True))
    found = [0]
    for n, (above, below) in enumerate(pairwise(column), 1):
        beside = [
            width - letter * _BRACKET * len(_BRACKETS.findall(piece.text))
            for width, piece in zip(widths, column, strict=True)
            if _in_line(above, piece)
        ]
        most = max(beside) + _SPARE * letter
        parted = (
            widths[n - 1] + _first(below.text) * letter <= most
            or BEGINS.match(below.text)
            or _SUM.search(below.text)
            or _TOTAL.search(above.text)
        )
        found.append(n if parted else found[-1])
    return found


def _in_line(one: Piece, other: Piece) -> bool:
    """Whether two lines begin at the same place, or have the same middle: a cell over several columns has neither."""
    left, right = (abs(one.box[n] - other.box[n]) for n in (0, 2))
    middle = abs(one.box[0] + one.box[2] - other.box[0] - other.box[2]) / 2
    return min(left, right, middle) <= _GRID


def _first(text: str) -> float:
    """How many letters a line holds together at its beginning: a word, with the marks that begin no line or end none."""
    word = _WORD.match(text)
    end = word.end() if word else 1
    long = (end + 1) / 2 if text[0].isascii() else 1.0
    while end < len(text) and (text[end] in _NO_START or text[end - 1] in _NO_END):
        end, long = end + 1, long + 1
    return long


def _even(ys: Sequence[float], high: float) -> bool:
    steps = [b - a for a, b in pairwise(ys)]
    return not steps or (
        _NEAREST * high <= min(steps)
        and max(steps) <= _WIDEST * high
        and max(steps) - min(steps) <= max(_EVEN * high, _GRID)
    )


def _usual(ys: Sequence[float], sizes: Sizes) -> bool:
    """Whether lines stand as far apart as those of one cell do in other tables."""
    high, usual = sizes
    if len(ys) == 1 or not usual:
        return True
    return abs((ys[-1] - ys[0]) / (len(ys) - 1) - usual * high) <= max(_EVEN * high, _GRID)


def _homes(
    ys: Sequence[float], rows: Sequence[float], last: int, sizes: Sizes, way: Middle
) -> Iterator[tuple[int, float]]:
    """The row of a cell behind the last one used, and what it costs; -1 if it may stand in none."""
    high, _ = sizes
    off, top, foot = _NEAR * high, ys[0] - high / 2, ys[-1] + high / 2
    inside = [n for n, row in enumerate(rows) if top < row < foot]
    at = way(ys)
    if len(inside) == 1 and inside[0] > last and abs(rows[inside[0]] - at) <= off:
        yield inside[0], abs(rows[inside[0]] - at) / high
    elif not any(ys[0] - high * _NEAREST < row < ys[-1] + high * _NEAREST for row in rows) and _usual(ys, sizes):
        yield -1, _ALONE


def _levels(rows: Sequence[Sequence[Piece]], fitted: _Fitted, high: float) -> Levels | None:
    """The rows with their cells; None where a line has no row, or a row would reach into the next one."""
    steps = [b.middle - a.middle for fit in fitted.fits for cell in fit.pieces for a, b in pairwise(cell)]
    if steps and max(steps) - min(steps) > max(_EVEN * high, _GRID):
        return None
    leading = max(steps, default=0.0)
    whole = _placed(rows, fitted.rows, fitted.fits, high)
    bands = bands_of([row for row in whole if len(row[1]) > 1 or row[1][0][0].anchors])
    over: list[tuple[float, list[Piece]]] = []
    kept: list[_Fit] = []
    certain = True
    for fit, column in [*((fit, fit.column) for fit in fitted.fits), *((None, column) for column in fitted.open)]:
        taken: set[int] = set()
        for band in bands:
            part = band.left_of(column)
            cells = _cells_of(fit, part)
            if not part or cells == 1 or cells >= len(band.rows) - 1:
                continue  # each has its row, but for that of the total, or one alone tells nothing
            found = spanned(part, _starts(part, high), band.edges(part, leading), leading)
            certain = certain and found is not None
            for first, cell in found or ():
                over.append((band.rows[first][0], cell))
                taken |= {id(piece) for piece in cell}
        rest = _rest(fit, column, taken, fitted.rows, high)
        if rest is None:
            return None
        kept += rest
    placed = _placed(rows, fitted.rows, kept, high)
    if any(_reach(upper)[1] > _reach(lower)[0] + _NEAR * high for (_, upper), (_, lower) in pairwise(placed)):
        return None
    for at, cell in over:
        min(placed, key=lambda row: abs(row[0] - at))[1].append(cell)
    bare = next((n for n, (_, row) in enumerate(placed) if any(cell[0].anchors for cell in row)), 0)
    return Levels([row for _, row in placed], leading, bare, certain)


def _cells_of(fit: _Fit | None, part: Sequence[Piece]) -> int:
    """How many cells of a column these lines are; 0 where they stand in no row with others."""
    own = {id(piece) for piece in part}
    rows = [row for row, _, cell in fit.cells if id(cell[0]) in own] if fit else []
    return 0 if -1 in rows else len(rows)


def _rest(
    fit: _Fit | None, column: Sequence[Piece], taken: set[int], rows: Sequence[float], high: float
) -> list[_Fit] | None:
    """The cells of a column that do not stand over several rows; None where lines have no row."""
    left = [piece for piece in column if id(piece) not in taken]
    if not left:
        return []
    if fit is not None and len(left) == len(column):
        return [fit]
    if fit is not None:
        cells = tuple(one for one in fit.cells if not taken & {id(piece) for piece in one[2]})
        if sum(len(cell) for _, _, cell in cells) == len(left):
            return [_Fit(fit.cost, cells)]
    again = [found for way in _WAYS if (found := _fit(left, rows, (high, 0), way)) is not None]
    return [min(again, key=lambda found: found.cost)] if again else None


def _placed(rows: Sequence[Sequence[Piece]], middles: Sequence[float], fits: Sequence[_Fit], high: float) -> list[Row]:
    """The rows from the top with their figures and the cells of these columns."""
    return _with(
        [(middle, [[piece] for piece in row]) for middle, row in zip(middles, rows, strict=True)], fits, middles, high
    )


def _with(placed: Sequence[Row], fits: Sequence[_Fit], middles: Sequence[float], high: float) -> list[Row]:
    """The rows with the cells of these columns; those without a figure stand in rows of their own."""
    result = list(placed)
    own = dict(zip(middles, (next(row for at, row in placed if at == middle) for middle in middles), strict=True))
    for fit in fits:
        for row, _, cell in fit.cells:
            if row >= 0:
                own[middles[row]].append(cell)
    for at, cell in sorted(
        ((at, cell) for fit in fits for row, at, cell in fit.cells if row < 0), key=lambda pair: pair[0]
    ):
        same = next((row for middle, row in result if abs(at - middle) <= _SAME * high), None)
        if same is None:
            result.append((at, [cell]))
        else:
            same.append(cell)
    return sorted(result, key=lambda pair: pair[0])


def _starts(column: Sequence[Piece], high: float) -> list[list[int]]:
    """For every line where a cell that ends with it may begin."""
    ends, ys = _ends(column), [piece.middle for piece in column]
    return [
        [start for start in range(max(0, end - _LINES, ends[end - 1]), end) if _even(ys[start:end], high)]
        for end in range(1, len(column) + 1)
    ]


def _reach(row: Sequence[Sequence[Piece]]) -> tuple[float, float]:
    """The middles of the highest and the lowest line of names of a row, else of its figures."""
    names = [piece.middle for cell in row for piece in cell if not piece.anchors]
    found = names or [piece.middle for cell in row for piece in cell]
    return min(found), max(found)
