"""Columns from positions (按位置分列): which display columns separate the cells of all rows of one table.

A cut is made where rows have a gap, against the rows whose cells would be cut; a row with more cells counts more, so
that heads over several columns and long names do not hide the columns below them. Refuses to make a table narrower
than its rows: two cells of one row share a column only where all other rows say that the gap is none.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from juesuan.documents.lines import DECIMAL, FIGURE, Columns, Line, Piece, Row, Span, Taken, blank
from juesuan.documents.measures import Way

#: (left, right, what it is): the columns that a cell takes
Box = tuple[int, int, int]
_TEXT, _INTEGER, _AMOUNT, _HEAD = range(4)
Pattern = tuple[Box, ...]

#: rows that are looked at for heads over several columns
_HEAD_ROWS = 8
#: so many whole numbers in a row of the head are the numbers of its columns (栏次)
_ORDINALS = 2
#: how far, in columns, the middle of such a head may be from the middle of its columns
_OFF_CENTRE = 3


def by_position(
    picked: Sequence[tuple[Line, list[Span]]], end: int, way: Way, before: Columns | None, again: int = 0
) -> Taken:
    """The rows with every cell in its column, all of the same width; `end` is the index behind their lines.

    `way` measures texts; `before` are the columns of a table that these rows may go on with: they hold if the rows have
    no head, and stand where those did or have as many columns of names and of amounts. The first rows, as many as `again`,
    are the head of that table.
    """
    patterns = [_boxes(line, spans, way) for line, spans in picked]
    if before and again and _fit(patterns[again:], before):
        same = [list(row) for row in before.heads[:again]]
        places = [*same, *(_places(pattern, before.cuts) for pattern in patterns[again:])]
        return _taken(picked, patterns, places, end, before.cuts)._replace(placing="continued", columns=before)
    counted = Counter(patterns)
    goes_on = before is not None and not _has_head(patterns)
    if before and goes_on and _fit(counted, before):
        places = [_places(pattern, before.cuts) for pattern in patterns]
        taken = _taken(picked, patterns, places, end, before.cuts)
        return taken._replace(placing="continued", columns=before)
    body = Counter(patterns[_head_rows(patterns) :])
    body.update(_as_head(pattern) for pattern in patterns[: _head_rows(patterns)])
    cuts = tuple(sorted(_cuts([(pattern, n * len(pattern)) for pattern, n in body.items()])))
    cuts = _joined(cuts, patterns, _head_rows(patterns))
    heads = [] if goes_on else _spread_heads(patterns[: _head_rows(patterns)], cuts, counted)
    places = [*heads, *(_places(pattern, cuts) for pattern in patterns[len(heads) :])]
    taken = _taken(picked, patterns, places, end, cuts)
    if before and goes_on:
        return _overleaf(taken, before)
    return taken


def _taken(
    picked: Sequence[tuple[Line, list[Span]]],
    patterns: Sequence[Pattern],
    places: Sequence[list[int]],
    end: int,
    cuts: tuple[int, ...],
) -> Taken:
    """The rows with their cells in these places."""
    rows: list[Row] = []
    doubts: set[tuple[int, int]] = set()
    labels: set[int] = set()
    figures: dict[int, Span] = {}
    heads = _head_rows(patterns)
    for r, ((line, spans), pattern, home) in enumerate(zip(picked, patterns, places, strict=True)):
        rows.append((line, _cells(line, spans, home, len(cuts) + 1)))
        for box, column in zip(pattern, home, strict=True):
            first, last = _reach(box, cuts)
            if box[2] == _AMOUNT:
                left, right = figures.get(column, box[:2])
                figures[column] = (min(left, box[0]), max(right, box[1]))
                if first != last or home.count(column) > 1:
                    doubts.add((r, column))
            elif r >= heads:
                labels.add(column)
        below = zip(picked[r + 1 : r + 2], patterns[r + 1 : r + 2], strict=True)
        if pattern[-1][2] != _TEXT and any(_is_cut_off(line, other, cells) for (other, _), cells in below):
            doubts.add((r, home[-1]))
    above = tuple(tuple(home) for home in places[:heads])
    own = Columns(cuts, tuple(sorted(labels - figures.keys())), figures, above)
    return Taken(end, rows, "positions", frozenset(doubts), own)


def _is_cut_off(line: Line, below: Line, pattern: Pattern) -> bool:
    """Whether the next line is the rest of a figure that was cut at the end of its line."""
    alone = len(pattern) == 1 and pattern[0][0] == 0 and pattern[0][2] == _INTEGER
    return alone and below.number == line.number + 1 and len(line.text) == len(line.text.rstrip())


def _overleaf(taken: Taken, before: Columns) -> Taken:
    """The rows in the columns of the table before, if there are as many columns of names and of amounts as there."""
    own = taken.columns
    assert own is not None
    if (len(own.labels), len(own.figures)) != (len(before.labels), len(before.figures)):
        return taken
    home = dict(zip((*own.labels, *sorted(own.figures)), (*before.labels, *sorted(before.figures)), strict=True))
    if any(cell and c not in home for _, cells in taken.rows for c, cell in enumerate(cells)):
        return taken
    rows: list[Row] = []
    for line, cells in taken.rows:
        row = blank(len(before.cuts) + 1)
        for c, cell in enumerate(cells):
            if cell:
                row[home[c]] = cell
        rows.append((line, row))
    doubts = frozenset((r, home[c]) for r, c in taken.doubts)
    return Taken(taken.end, rows, "continued", doubts, before)


def _has_head(patterns: Sequence[Pattern]) -> bool:
    """Whether a row above the first amounts has names in several columns: more than the rest of a broken name."""
    return any(sum(kind == _TEXT for _, _, kind in pattern) > 1 for pattern in patterns[: _head_rows(patterns)])


def _fit(patterns: Iterable[Pattern], columns: Columns) -> bool:
    """Whether all rows stand in these columns; a new one is believed where none of the amounts before is missed."""
    used = {_home(box, columns.cuts) for pattern in patterns for box in pattern if box[2] == _AMOUNT}
    known = set(columns.figures)
    return (used <= known or known <= used) and all(_fits(pattern, columns) for pattern in patterns)


def _fits(pattern: Pattern, columns: Columns) -> bool:
    """Whether every cell of a row has a column of its own, and its amounts stand under those of the table before."""
    cuts = columns.cuts
    homes = [_home(box, cuts) for box in pattern]
    if not all(a < b for a, b in pairwise(homes)):
        return False
    for box, home in zip(pattern, homes, strict=True):
        if box[2] != _TEXT and len(set(_reach(box, cuts))) != 1:
            return False
        known = columns.figures.get(home)
        if box[2] == _AMOUNT and known and min(abs(box[1] - known[1]), abs(box[0] - known[0])) > 1:
            return False
    return True


def _boxes(line: Line, spans: Sequence[Span], way: Way) -> Pattern:
    boxes: list[Box] = []
    text, edges = line.text, line.edges
    at = column = 0
    for a, b in spans:
        cell = text[a:b]
        kind = _TEXT if not FIGURE.fullmatch(cell) else _AMOUNT if DECIMAL.search(cell) else _INTEGER
        left = edges[a] if edges else column + way(text[at:a])
        at, column = b, edges[b] if edges else left + way(cell)
        boxes.append((left, max(column, left + 1), kind))
    return tuple(boxes)


def _joined(cuts: tuple[int, ...], patterns: Sequence[Pattern], heads: int) -> tuple[int, ...]:
    """The cuts without those around a head that has nothing below it and no column of its own.

    Beside it are figures without a head, or it stands over the gap between two columns with heads of their own.
    """
    lowest: dict[int, int] = {}
    filled: set[int] = set()
    for r, pattern in enumerate(patterns):
        for box in pattern:
            first, last = _reach(box, cuts)
            if r >= heads:
                filled.add(_home(box, cuts))
            elif first == last:
                lowest[first] = r
    gone: set[int] = set()
    for c in sorted(lowest.keys() - filled):
        sides = [n for n in (c + 1, c - 1) if n in filled]
        over = len(sides) == 2 and all(lowest.get(n, -1) > lowest[c] for n in sides)
        for n in sides:
            cut = min(c, n)
            if (over or n not in lowest) and not gone & {cut - 1, cut, cut + 1}:
                gone.add(cut)
                break
    return tuple(cut for k, cut in enumerate(cuts) if k not in gone)


def _as_head(pattern: Pattern) -> Pattern:
    return tuple((left, right, _HEAD if kind == _TEXT else kind) for left, right, kind in pattern)


def _cuts(rows: list[tuple[Pattern, int]]) -> list[int]:
    """Where to cut, from rows with their weights."""
    if all(len(pattern) < 2 for pattern, _ in rows):
        return _between([box for pattern, _ in rows for box in pattern])
    at = _best_cut(rows)
    if at is None:
        return []
    left = [(tuple(box for box in pattern if box[1] <= at), weight) for pattern, weight in rows]
    right = [(tuple(box for box in pattern if box[0] >= at), weight) for pattern, weight in rows]
    return [*_cuts([r for r in left if r[0]]), at, *_cuts([r for r in right if r[0]])]


def _best_cut(rows: list[tuple[Pattern, int]]) -> int | None:
    """The middle of the widest place with the most rows for a cut there and the fewest against it."""
    size = max(right for pattern, _ in rows for _, right, _ in pattern) + 2
    gaps, crossed = [0] * size, [0] * size
    for pattern, weight in rows:
        for (_, right, _), (left, _, _) in pairwise(pattern):
            gaps[right] += weight
            gaps[left + 1] -= weight
        for left, right, _ in pattern:
            if right - left > 1:
                crossed[left + 1] += weight
                crossed[right] -= weight
    best, at, length, gap, cross = 0, None, 0, 0, 0
    start, previous = 0, 0
    for x in range(size):
        gap += gaps[x]
        cross += crossed[x]
        score = 2 * gap - cross if gap else 0
        start = x if score != previous else start
        previous = score
        if score > best or (at is not None and score == best and x - start + 1 > length):
            best, length, at = score, x - start + 1, (start + x + 1) // 2
    return at


def _between(boxes: Sequence[Box]) -> list[int]:
    """Cuts between amounts, or heads, that never stand in one row but are printed apart: columns with many blanks."""
    marks = sorted((box for box in boxes if box[2] in (_AMOUNT, _HEAD)), key=lambda box: box[:2])
    cuts: list[int] = []
    reach, last = (marks[0][1], marks[0][2]) if marks else (0, _HEAD)
    for left, right, kind in marks:
        at = (left + reach + 1) // 2
        free = _HEAD not in (kind, last) or not any(box[0] < at < box[1] for box in boxes)
        beyond = kind == _HEAD and last == _AMOUNT and left >= reach  # no figure ends left of its head
        if (left - reach >= 2 or beyond) and free:
            cuts.append(at)
        if right > reach:
            reach, last = right, kind
    return cuts


def _reach(box: Box, cuts: Sequence[int]) -> tuple[int, int]:
    """The first and the last column that a box touches."""
    first = bisect_right(cuts, box[0])
    return first, max(first, bisect_left(cuts, box[1]))


def _home(box: Box, cuts: Sequence[int]) -> int:
    """The column of one cell: the one that most of it stands in; a text that is too long keeps its first column."""
    first, last = _reach(box, cuts)
    if first == last:
        return first
    edges = [box[0], *cuts[first:last], box[1]]
    parts = [b - a for a, b in pairwise(edges)]
    most = max(parts)
    return first + parts.index(most) if box[2] != _TEXT or most * 4 >= (box[1] - box[0]) * 3 else first


def _places(pattern: Pattern, cuts: Sequence[int]) -> list[int]:
    """The column of every cell of a row; two cells get the same column only where there is no other for the second."""
    columns: list[int] = []
    for box in pattern:
        column = _home(box, cuts)
        if columns and column <= columns[-1]:
            column = min(columns[-1] + 1, max(columns[-1], _reach(box, cuts)[1]))
        columns.append(column)
    return columns


def _cells(line: Line, spans: Sequence[Span], columns: Sequence[int], width: int) -> list[Piece]:
    cells: list[Piece] = [None] * width
    starts: dict[int, int] = {}
    for (a, b), column in zip(spans, columns, strict=True):
        start = starts.setdefault(column, a)
        cells[column] = (start, line.text[start:b])
    return cells


@dataclass(slots=True)
class _Head:
    """A head cell: its box, the columns it touches, and, once known, the columns it stands over."""

    box: Box
    first: int
    last: int
    known: bool = False


_Row = Sequence[_Head]
_Way = tuple[int, int, int]
"""how far a head is off the middle of columns, the first and the last of them"""


def _head_rows(patterns: Sequence[Pattern]) -> int:
    """How many rows stand above the first row with decimals."""
    for i, pattern in enumerate(patterns[:_HEAD_ROWS]):
        if any(kind == _AMOUNT for _, _, kind in pattern):
            return i
    return min(len(patterns), _HEAD_ROWS)


def _spread_heads(patterns: Sequence[Pattern], cuts: Sequence[int], counted: Iterable[Pattern]) -> list[list[int]]:
    """The columns of the cells of the head rows, a head over several columns in the first of them."""
    if not patterns:
        return []
    counted = list(counted)
    bounds = _bounds(counted, cuts)
    values = {_home(box, cuts) for pattern in counted for box in pattern if box[2] == _AMOUNT}
    rows = [[_Head(box, *_reach(box, cuts)) for box in pattern] for pattern in patterns]
    for r in range(len(rows) - 2, -1, -1):
        row = rows[r]
        ways = []
        for i, head in enumerate(row):
            zone = (row[i - 1].last + 1 if i else 0, row[i + 1].first - 1 if i + 1 < len(row) else len(cuts))
            some = _stand_over(head, zone, (rows[:r], rows[r + 1 :]), bounds, cuts)
            ways.append([*some, *_over_figures(head, rows[r + 1 :], values)])
        for head, some, (first, last) in zip(row, ways, _beside(ways, values), strict=True):
            head.first, head.last, head.known = first, last, some[0][0] > 0
    return [_in_order(row, cuts) for row in rows]


def _numbered(row: _Row) -> bool:
    """Whether a row of the head has the numbers of the columns (栏次)."""
    return sum(head.box[2] == _INTEGER for head in row) >= _ORDINALS


def _bounds(patterns: Iterable[Pattern], cuts: Sequence[int]) -> list[Span]:
    """The leftmost and rightmost print in every column, cells over several columns left aside."""
    bounds: list[Span | None] = [None] * (len(cuts) + 1)
    for pattern in patterns:
        for box in pattern:
            first, last = _reach(box, cuts)
            known = bounds[first]
            if first == last:
                bounds[first] = (min(box[0], known[0]), max(box[1], known[1])) if known else (box[0], box[1])
    return [bound or (0, 0) for bound in bounds]


def _stand_over(
    head: _Head, zone: Span, others: tuple[Sequence[_Row], Sequence[_Row]], bounds: Sequence[Span], cuts: Sequence[int]
) -> list[_Way]:
    """The columns whose common middle is its own: those of heads below it, or without any head; and how far it is off."""
    above, below = ([row for row in rows if not _numbered(row)] for rows in others)
    inside = [some for some in _inside(below, zone) if some]
    ways = [sorted({(h.first, h.last, h.box) for h in some}) for some in inside]
    if not inside:
        taken = {c for row in (*above, *below) for h in row for c in range(h.first, h.last + 1)}
        free = [c for c in range(zone[0], zone[1] + 1) if c not in taken or head.first <= c <= head.last]
        ways = [[(c, c, (*bounds[c], _TEXT)) for c in free]]
    over = [h for row in above for h in row if not _overlap(h.box, head.box)]
    edges = (min(head.box[0], bounds[0][0]), *cuts, max(head.box[1], *(right for _, right in bounds)))
    for ends in ways:
        found: list[_Way] = []
        for a, (first, _, begin) in enumerate(ends):
            for _, last, end in ends[a + 1 :]:
                middles = (
                    begin[0] + end[1],
                    bounds[first][0] + bounds[last][1],
                    edges[first] + edges[last + 1],
                )
                off = min(abs(middle - head.box[0] - head.box[1]) for middle in middles) // 2
                apart = all(last < h.first or h.last < first for h in over) and _level(first, last, below)
                if first <= head.first and last >= head.last and off <= _OFF_CENTRE and apart:
                    found.append((max(off, 1), first, last))
        if found:
            return found
    return [(0, head.first, head.last)]


def _over_figures(head: _Head, below: Sequence[_Row], values: set[int]) -> list[_Way]:
    """Its own column, where figures and no further head stand below it."""
    free = not any(h.first <= head.first <= h.last for row in below for h in row)
    return [(0, head.first, head.last)] if free and head.first == head.last and head.first in values else []


def _level(first: int, last: int, below: Sequence[_Row]) -> bool:
    """Whether the heads of one column below it stand on one line, as those of one level do, all lower ones left aside."""
    seen: set[int] = set()
    lines = set[int]()
    for n, row in enumerate(below):
        for head in row:
            own = {c for c in range(head.first, head.last + 1) if first <= c <= last}
            if len(own) == 1 and not own & seen:
                lines.add(n)
            seen |= own
    return len(lines) < 2


def _beside(ways: Sequence[Sequence[_Way]], values: set[int]) -> list[Span]:
    """For every head of a row the columns that it stands over: together most columns of figures, none of them twice."""
    best: dict[int, tuple[tuple[int, int, int], list[Span]]] = {-1: ((0, 0, 0), [])}
    for some in ways:
        found: dict[int, tuple[tuple[int, int, int], list[Span]]] = {}
        for last, ((missed, off, wide), spans) in best.items():
            for way_off, first, end in some:
                free = max(first, last + 1)
                covered = sum(c in values for c in range(free, end + 1))
                clash = max(0, last + 1 - first) if len(some) > 1 or first != end else 0
                score = (missed - covered + 2 * clash, off + way_off, wide - (end - first))
                if end not in found or score < found[end][0]:
                    found[end] = (score, [*spans, (first, end)])
        best = found
    return min(best.values(), key=lambda pair: pair[0])[1]


def _inside(below: Sequence[_Row], zone: Span) -> Iterator[list[_Head]]:
    """The heads below in the zone; first without those that may stand beside: on a line of heads of one column, which
    have others below that line and between them, cells over all lines of the head are centred.
    """
    rows = [[h for h in row if zone[0] <= h.first and h.last <= zone[1]] for row in below]
    rows = [row for row in rows if row]
    if len(rows) > 1 and all(h.first == h.last for h in rows[0]):
        taken = {h.first for h in rows[0]}
        lower = [h for row in rows[1:] for h in row]
        if len(lower) > 1 and not any(taken & set(range(h.first, h.last + 1)) for h in lower):
            yield lower
    yield [h for row in rows for h in row]


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _in_order(row: Sequence[_Head], cuts: Sequence[int]) -> list[int]:
    columns: list[int] = []
    for head in row:
        touched = _reach(head.box, cuts)
        column = head.first if head.known else _home(head.box, cuts)
        if columns and column <= columns[-1]:
            column = min(columns[-1] + 1, max(columns[-1], touched[1]))
        columns.append(column)
    return columns
