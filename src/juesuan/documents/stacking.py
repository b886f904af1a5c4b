"""Stacking (叠行): cells that were wrapped over lines, put together by the distances between lines.

Lines of one cell stand closer together than rows do; what was ruled off is one row. A cell of several lines stands on
the line of its row. Refuses to join where the distances tell nothing, figures, codes, and what begins a new item.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from juesuan.documents.frames import Ruling
from juesuan.documents.levels import Levels, by_level
from juesuan.documents.lines import FIGURE
from juesuan.documents.pieces import BEGINS, Piece, over

_ALIKE, _APART = 1.01, 1.03
"""distances of which one is no more times the other are the same; from so many times on they are not"""
_NEAREST, _WIDEST = 0.95, 2.0
"""heights of a line; lines of one cell are neither nearer nor further apart"""
_SHARED = 0.5
"""the part of the narrower line of a cell that stands under the other"""
_WHOLE, _MANY = 0.8, 3
"""a rule over this part of the table rules off rows, if there are more of them than so many"""

_OWN = re.compile(r"结转|结余|基本支出|项目支出")
"""heads that may be the end of another one, too"""
_BETWEEN, _LOOSE = 2, 1.6
_LINES = 3
"""lines of a name above the first figure"""
_ASKEW = 0.12
"""heights of a line by which the middles, or the beginnings, of two lines of one cell may differ"""
_OPENING, _CLOSING = frozenset("（“《「【"), frozenset("）”》」】、，：")
_CENTRE = 0.2
"""heights of a line by which the middle of a cell may be off that of its line"""
_LETTER = 0.9
"""the part of a letter that has no room at the end of a full line"""


Cell = list[Piece]
Lines = Sequence[Sequence[Piece]]


class Stacked(NamedTuple):
    """The rows of a table, the distance of lines of one cell, in heights of a line (0: not known), how many of the rows are
    its head, and whether the others are proved.
    """

    rows: list[list[Cell]]
    leading: float
    heads: int
    proved: bool


def stacked(lines: Lines, rules: Sequence[Ruling], goes_on: bool = False, usual: float = 0) -> Stacked:
    """The rows, and their cells from the left.

    `goes_on`: the table may be the rest of one on the page before. `usual`: that distance in other tables of the file
    (0: not known).
    """
    body = next((n for n, line in enumerate(lines) if any(piece.anchors for piece in line)), len(lines))
    if 0 < body < len(lines) and _numbers(lines[body]) and _overlap(lines[body - 1], lines[body]):
        body += 1
    if goes_on and all(len(line) == 1 for line in lines[:body]):
        body = 0
    pairs = list(_pairs(lines))
    bands = _bands(lines, rules)
    body, proved = _proved(lines, body, goes_on, usual)
    high = median([piece.box[3] - piece.box[1] for line in lines for piece in line])
    usual = proved.leading / high if proved and proved.leading else usual
    most = _distance(pairs) or _leading(list(_groups(lines, body, [], bands)), lines, pairs)
    near = [(a, b) for a, b in pairs if b.middle - a.middle <= most and _goes_on(a, b)]
    close = usual * high * _APART or most
    heads = [(a, b) for a, b in pairs if (b.middle - a.middle <= close if close else _around(a, b)) and _goes_on(a, b)]
    heads = [(a, b) for a, b in heads if _in_line(a, b)]
    rows = _heads(lines[:body], [pair for pair in heads if pair[1].line < body])
    if proved:
        return Stacked(_from_left([*rows, *proved.rows]), usual, len(_from_left(rows)), proved.certain)
    heads_end = len(_from_left(rows))
    for group in _groups(lines, body, near, bands):
        pieces = [piece for n in group for piece in lines[n]]
        rows.append(_cells(pieces) if len(group) > 1 else [[piece] for piece in pieces])
    return Stacked(_from_left(rows), usual, heads_end, False)


def _proved(lines: Lines, body: int, goes_on: bool, usual: float) -> tuple[int, Levels | None]:
    """The rows that are proved, and the line that they begin at: first lines of a name may stand above the first figure."""
    for begin in range(0 if goes_on else max(body - _LINES, 1), body):
        found = by_level([piece for line in lines[begin:] for piece in line], usual)
        if found and not found.bare:
            return begin, found
    found = by_level([piece for line in lines[body:] for piece in line], usual)
    for begin in range(body) if not (found and found.certain) else ():  # names alone stand above as rows of their own
        whole = by_level([piece for line in lines[begin:] for piece in line], usual)
        if whole and whole.certain:
            return begin, whole
    return body, found


def _from_left(rows: Sequence[Sequence[Cell]]) -> list[list[Cell]]:
    return [sorted(row, key=lambda cell: over(cell)[0]) for row in rows if row]


def _leading(groups: Sequence[Sequence[int]], lines: Lines, pairs: Sequence[tuple[Piece, Piece]]) -> float:
    """The greatest distance of lines of one cell, as rows show it that are known without it.

    0 where there is none, or where rows stand as close.
    """
    found = [
        below.middle - above.middle
        for group in groups
        if len(group) > 1
        for cell in _cells([piece for n in group for piece in lines[n]])
        for above, below in pairwise(cell)
    ]
    if not found:
        return 0
    most = median(found) * _APART
    rows = {n: k for k, group in enumerate(groups) for n in group if any(p.anchors for m in group for p in lines[m])}
    close = [
        (above, below)
        for above, below in pairs
        if below.middle - above.middle <= most
        and above.line in rows
        and below.line in rows
        and rows[above.line] != rows[below.line]
    ]
    return 0 if close else most


def _around(above: Piece, below: Piece) -> bool:
    """Whether another line stands between two that are not far apart: that of the cells beside them in the middle."""
    return below.line - above.line == _BETWEEN and below.middle - above.middle < _LOOSE * (above.box[3] - above.box[1])


def _in_line(above: Piece, below: Piece) -> bool:
    """Whether two lines have the same middle, or begin at the same place, as those of one cell do."""
    high = above.box[3] - above.box[1]
    pairs = [(a, b) for a in _edges(above) for b in _edges(below)]
    apart = (min(abs(a[0] - b[0]), abs(a[0] + a[1] - b[0] - b[1]) / 2) for a, b in pairs)
    return min(apart) <= _ASKEW * high


def _edges(piece: Piece) -> list[tuple[float, float]]:
    """Where a line begins and ends; a bracket there may have lost its blank half."""
    left, _, right, _ = piece.box
    half = (piece.box[3] - piece.box[1]) / 2
    lefts = [left, left + half] if piece.text[0] in _OPENING else [left]
    rights = [right, right - half] if piece.text[-1] in _CLOSING else [right]
    return [(a, b) for a in lefts for b in rights]


def _filled(cell: Cell) -> list[Cell]:
    """The lines as the fewest cells in which each line but the last leaves no room for what follows it."""
    best: list[list[Cell]] = [[]]
    for end in range(1, len(cell) + 1):
        ways = (
            [*best[start], cell[start:end]]
            for start in range(end)
            if start == end - 1 or not _leaves_room(cell[start:end])
        )
        best.append(min(ways, key=len))
    return best[-1]


def _leaves_room(cell: Cell) -> bool:
    widths = [piece.box[2] - piece.box[0] for piece in cell]
    letter = max(width / len(piece.text) for width, piece in zip(widths, cell, strict=True))
    return any(width + letter * _LETTER <= max(widths) for width in widths[:-1])


def _goes_on(above: Piece, below: Piece) -> bool:
    return not (above.anchors or below.anchors or BEGINS.match(below.text))


def _heads(lines: Lines, near: Sequence[tuple[Piece, Piece]]) -> list[list[Cell]]:
    """Heads stand on several levels: only lines of one cell are put together, on the line nearest to its middle."""
    cells = {id(piece): [piece] for line in lines for piece in line}
    for above, below in near:
        if _is_one_of_several(above, below, lines[above.line], lines[below.line]):
            continue
        whole, part = cells[id(above)], cells[id(below)]
        if whole is not part:
            whole += part
            cells.update({id(piece): whole for piece in part})
    for whole in {id(cell): cell for cell in cells.values()}.values():
        for part in _filled(whole):
            cells.update({id(piece): part for piece in part})
    rows: list[list[Cell]] = [[] for _ in lines]
    for cell in {id(cell): cell for cell in cells.values()}.values():
        rows[_home(cell, lines, cells)].append(cell)
    for n in range(len(lines) - 1, 0, -1):  # the numbers of columns, lower than the word beside them
        if (
            _numbers([piece for cell in rows[n] for piece in cell])
            and _overlap(lines[n - 1], lines[n])
            and not _clash([lines[n - 1]], lines[n])
        ):
            rows[n - 1] += rows[n]
            rows[n] = []
    return rows


def _is_one_of_several(above: Piece, below: Piece, upper: Sequence[Piece], lower: Sequence[Piece]) -> bool:
    """Whether a head of its own stands below a head over several columns: it reaches over those beside, alone."""
    at = next(n for n, piece in enumerate(lower) if piece is below)
    beside = [*lower[max(at - 1, 0) : at], *lower[at + 1 : at + 2]]
    alone = not any(_touch(piece, other) for piece in beside for other in upper if other is not above)
    reaches = any(_touch(piece, above) for piece in beside)
    return bool(_OWN.fullmatch(below.text)) and alone and reaches


def _numbers(line: Sequence[Piece]) -> bool:
    """Whether a line has numbers of columns and nothing else."""
    return len(line) > 1 and all(piece.text.isdigit() for piece in line)


def _groups(
    lines: Lines, body: int, near: Sequence[tuple[Piece, Piece]], bands: Sequence[int]
) -> Iterator[Sequence[int]]:
    """The lines of the body that are one row: those that overlap, between two rules, or with lines of one cell."""
    reach = list(range(len(lines)))
    for above, below in near:
        if above.line >= body:
            reach[above.line] = max(reach[above.line], below.line)
    group: list[int] = []
    last = -1
    for n in range(body, len(lines)):
        joins = bool(group) and (n <= last or _overlap(lines[n - 1], lines[n]) or (bands[n] == bands[n - 1] > 0))
        if joins and bands[n] == bands[n - 1] and not _clash([lines[k] for k in group], lines[n]):
            group.append(n)
        else:
            if group:
                yield group
            group = [n]
        last = max(last, reach[n])
    if group:
        yield group


def _overlap(upper: Sequence[Piece], lower: Sequence[Piece]) -> bool:
    high = upper[0].box[3] - upper[0].box[1]
    return lower[0].middle - upper[0].middle < _NEAREST * high


def _clash(upper: Lines, lower: Sequence[Piece]) -> bool:
    """Whether a figure, a code or the beginning of an item would stand below another one, or below its name."""
    for piece in lower:
        under = [a for line in upper for a in line if _touch(a, piece)]
        if under and (piece.anchors or any(a.anchors for a in under) or BEGINS.match(piece.text)):
            return True
    return False


def _touch(one: Piece, other: Piece) -> bool:
    return one.box[0] < other.box[2] and other.box[0] < one.box[2]


def _cells(pieces: Sequence[Piece]) -> list[Cell]:
    """The cells of a row: pieces that stand one below the other."""
    cells: list[Cell] = []
    for piece in pieces:
        own = next((cell for cell in cells if any(_touch(piece, other) for other in cell)), None)
        if own is None:
            cells.append([piece])
        else:
            own.append(piece)
    return cells


def _pairs(lines: Lines) -> Iterator[tuple[Piece, Piece]]:
    """Pieces and those that stand next below them."""
    for n, line in enumerate(lines):
        for above in line:
            for lower in lines[n + 1 : n + 4]:
                under = [piece for piece in lower if _shared(above, piece)]
                if under:
                    if len(under) == 1:
                        yield above, under[0]
                    break


def _shared(above: Piece, below: Piece) -> bool:
    a, b = above.box, below.box
    both = min(a[2], b[2]) - max(a[0], b[0])
    return both > _SHARED * min(a[2] - a[0], b[2] - b[0])


def _distance(pairs: Sequence[tuple[Piece, Piece]]) -> float:
    """The greatest distance between lines of one cell in points; 0 where distances do not tell."""
    found = sorted(
        distance
        for above, below in pairs
        if not above.anchors
        and not below.anchors
        and _NEAREST * (high := above.box[3] - above.box[1])
        < (distance := below.middle - above.middle)
        <= _WIDEST * high
    )
    for near, far in pairwise(found):
        if far >= near * _APART:
            return (near + far) / 2
        if far > near * _ALIKE:
            return 0
    return 0


def _home(cell: Cell, lines: Lines, cells: dict[int, Cell]) -> int:
    """The line of a cell: of those beside it the one at its middle, else with most cells of one line, or nearest to it."""
    if len(cell) == 1:
        return cell[0].line
    _, top, _, bottom = over(cell)
    middle = (top + bottom) / 2
    beside = [n for n, line in enumerate(lines) if any(top <= piece.middle <= bottom for piece in line)]
    near = _CENTRE * (cell[0].box[3] - cell[0].box[1])
    for n in beside:
        if any(len(cells[id(piece)]) == 1 and abs(piece.middle - middle) <= near for piece in lines[n]):
            return n

    def single(n: int) -> int:
        return sum(len(cells[id(piece)]) == 1 and not FIGURE.fullmatch(piece.text) for piece in lines[n]) + 2 * sum(
            piece.anchors for piece in lines[n]
        )

    return max(beside, key=lambda n: (single(n), -abs(lines[n][0].middle - middle)))


def _bands(lines: Lines, rules: Sequence[Ruling]) -> list[int]:
    """For every line the number of rules above it."""
    pieces = [piece for line in lines for piece in line]
    left, top, right, bottom = over(pieces)
    ys = sorted(
        rule.top
        for rule in rules
        if rule.right - rule.left > (right - left) * _WHOLE and top - 5 < rule.top < bottom + 5
    )
    if len(ys) <= _MANY or len(ys) * 3 < len(lines):
        return [0] * len(lines)
    return [bisect_right(ys, line[0].middle) + 1 for line in lines]
