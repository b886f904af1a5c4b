"""Plans of tables (表格排版): how wide columns are, how large letters, how high rows, whether the page is turned.

Figures are never broken over lines; words are, where the page is not wide enough. Refuses to leave anything out to make
a table fit: it takes the smallest size and lets words wrap.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from juesuan.documents.docx_styles import MM
from juesuan.model.documents import Cell, Table

PORTRAIT = round(156 * MM)
LANDSCAPE = round(241 * MM)
"""how wide a table may be, in twentieths of a point"""
PAGE = {False: 10_400, True: 6_700}
"""how high a table may be below its title, upright and turned"""
_SIZES = (20, 19, 18, 17, 16, 15, 14)
"""of letters, in half points"""
_ONE_PAGE = {False: 15, True: 16}
"""the smallest size taken to keep a table on one page"""
_USUAL, _SMALL = 18, 16
"""over several pages: the largest size, the smallest on an upright page"""
_FEW, _HALF = Fraction(15, 100), Fraction(1, 2)
"""the part of rows that may be wrapped without smaller letters being tried; of a form's"""
LEADING = 12
ROOM = 44
"""of a line, in twentieths of a point by half point; above and below the lines of a row"""
_PAD = 150
_AIRY, _OVER_PAGES = 420, 330
"""how high a row of one line is where there is room: on one page, and over several"""
_ROOMY = 320
"""rows of one line get that much before rows of several get more"""
_PADS = (160, 120, 80, 40, 0)
_SIGNED = 620
"""of a table to be signed"""
_STEP, _ROUNDS, _TALL = 240, 10, 3
"""how much width a form's column is given at once, how often, and for how many lines in a row"""
_WIDE_CHAR = re.compile(r"[\u1100-\uffff]")
FIGURE = re.compile(r"-?[\d,]*\.?\d+%?|—")
_CODE = re.compile(r"[A-Za-z0-9-]{2,20}")
SHORTEST, _HEAD = 4, 3
"""so many characters of words, and of heads, stand in one line at least"""
Row = Sequence[Cell | None]
Step = tuple[Fraction, int]
"""lines saved by width, how much wider"""


@dataclass(frozen=True, slots=True)
class Plan:
    """How a table is set: its widths by column, the size of its letters, whether the page is turned, its head rows."""

    widths: tuple[int, ...]
    size: int
    landscape: bool
    heads: int
    row: int = 0
    """how high a row is at least"""
    pad: int = 0
    """how much more a row of several lines has above and below, in all"""


def head_rows(table: Table) -> int:
    """How many rows are repeated on every page: those above the first with a figure; none in a form.

    Where there is no figure: the first row, and those that its cells reach into.
    """
    if is_form(table):
        return 0
    for number, row in enumerate(table.rows):
        if any(cell is not None and cell.place.column for cell in row):
            return number
    heads = 1
    for number, row in enumerate(table.rows):
        if number == heads:
            break
        heads = max(heads, *(number + cell.rowspan for cell in row if cell is not None), 1)
    return min(heads, len(table.rows))


def is_form(table: Table) -> bool:
    """Whether it is a form to be filled in, and not rows below heads."""
    return (table.place.table or "").startswith("performance")


def is_signed(table: Table) -> bool:
    """Whether it is to be filled in by hand."""
    return table.place.row == "signed"


Rooms = Mapping[bool, tuple[int, int]]
"""upright and turned: how wide and how high a table may be"""
ROOMS: Rooms = {False: (PORTRAIT, PAGE[False]), True: (LANDSCAPE, PAGE[True])}


def plan(table: Table, rooms: Rooms = ROOMS) -> Plan:
    """The largest letters at which the table fits on one page, upright or else turned; else on several pages.

    Letters a little smaller where its rows are not crowded then.
    """
    heads = head_rows(table)
    first: Plan | None = None
    for made in _on_one_page(table, heads, rooms):
        if first is not None and (made.size < _USUAL or made.size >= first.size or made.landscape != first.landscape):
            return first
        if made.row >= _ROOMY:
            return made
        first = first or made
    return first or _over_pages(table, heads, rooms)


def _on_one_page(table: Table, heads: int, rooms: Rooms) -> Iterator[Plan]:
    """The plans by which the table fits on one page, best first."""
    pages = list(rooms.items())[:1] if is_form(table) else list(rooms.items())
    for wrapped in (_HALF, 1) if is_form(table) else (_FEW, 1):
        for landscape, (width, height) in pages:
            for size in (s for s in _SIZES if s >= _ONE_PAGE[landscape] and (s <= _USUAL or not is_form(table))):
                if len(table.rows) * _plain(size) > height:
                    continue
                fit = _Fit(table, heads, size)
                if fit.possible(width) and fit.on_one_page(width, height, wrapped):
                    widths = fit.evened(fit.widths(width)) if is_form(table) else fit.widths(width)
                    airy, pad = fit.airy(widths, height)
                    yield Plan(widths, size, landscape, heads, _SIGNED if is_signed(table) else airy, pad)


def _over_pages(table: Table, heads: int, rooms: Rooms) -> Plan:
    """The plan of a table that goes on over several pages."""
    for landscape, (width, _) in rooms.items():
        for size in (s for s in _SIZES if s <= _USUAL and (landscape or s >= _SMALL)):
            fit = _Fit(table, heads, size)
            if fit.possible(width):
                return Plan(fit.widths(width), size, landscape, heads, _OVER_PAGES, _PADS[-2])
    fit = _Fit(table, heads, _SIZES[-1])
    total = sum(fit.least)
    turned = True in rooms
    return Plan(tuple(w * rooms[turned][0] // total for w in fit.least), _SIZES[-1], turned, heads, _OVER_PAGES)


def _plain(size: int) -> int:
    """How high a row of one line is."""
    return LEADING * size + ROOM


def width_of(words: str, size: int) -> int:
    """How wide words are in twentieths of a point."""
    wide = _wide(words)
    return wide * 10 * size + (len(words) - wide) * (11 * size // 2)


@lru_cache(maxsize=1 << 14)
def _wide(words: str) -> int:
    """How many of the characters are wide."""
    return len(_WIDE_CHAR.findall(words))


def height_of(table: Table, made: Plan) -> list[int]:
    """The height of every row as it is set."""
    return _padded(filled(table, made), made.size, made.pad, made.row)


def filled(table: Table, made: Plan) -> list[int]:
    """The height of every row without any more room than it needs."""
    return _Fit(table, made.heads, made.size).lines(made.widths)


def _padded(heights: Sequence[int], size: int, pad: int, least: int) -> list[int]:
    plain = LEADING * size + ROOM
    return [max(height + pad * (height > plain), least) for height in heights]


class _Fit:
    """One table at one size: how wide its columns must be, and how many lines its rows then have."""

    def __init__(self, table: Table, heads: int, size: int) -> None:
        self.size, self.heads = size, heads
        self.least = [2 * _PAD] * table.width
        self.cells: list[list[tuple[int, int, int]]] = []
        """of every row: (column, columns, width of the words)"""
        self.given: dict[int, tuple[int, ...]] = {}
        """the widths found for a width"""
        self.columns: list[Counter[int]] = [Counter() for _ in range(table.width)]
        """of every column: width of words → what their lines count"""
        for number, row in enumerate(table.rows):
            found = []
            for column, cell in enumerate(row):
                if cell is None or not cell.text:
                    continue
                whole = width_of(cell.text, size)
                if cell.rowspan == 1:
                    found.append((column, cell.colspan, whole))
                if cell.colspan == 1:
                    few = self._few(cell, whole, number < heads)
                    self.least[column] = max(self.least[column], few + _PAD)
                    self.columns[column][whole] += 1 if number < heads else 2
            self.cells.append(found)

    def _few(self, cell: Cell, whole: int, head: bool) -> int:
        """What must stand in one line: all of a figure, a few characters of words."""
        if cell.place.column or FIGURE.fullmatch(cell.text) or _CODE.fullmatch(cell.text):
            return whole
        return min(whole, (_HEAD if head else SHORTEST) * 10 * self.size)

    def possible(self, width: int) -> bool:
        return sum(self.least) <= width

    def on_one_page(self, width: int, height: int, wrapped: Fraction | int) -> bool:
        """Whether it fits on one page, with no more than a part of its rows wrapped."""
        plain = _plain(self.size)
        heights = self.lines(self.widths(width))
        tall = sum(height > plain for height in heights[self.heads :])
        return sum(heights) <= height and tall <= len(heights) * wrapped

    def lines(self, widths: Sequence[int]) -> list[int]:
        """The height of every row, words wrapped."""
        return [LEADING * self.size * max(self._row(cells, widths), default=1) + ROOM for cells in self.cells]

    def airy(self, widths: Sequence[int], page: int) -> tuple[int, int]:
        """(how high a row may be at least, how much more a row of several lines may have), for the table to fill its
        page without crowding it; 0: nothing beyond what it needs.
        """
        heights = self.lines(widths)
        for pad in _PADS:
            for high in range(_AIRY, min(heights, default=_AIRY), -10):
                if sum(_padded(heights, self.size, pad, high)) <= page:
                    if high >= _ROOMY or pad == _PADS[-1]:
                        return high, pad
                    break
        return 0, 0

    def evened(self, widths: Sequence[int]) -> tuple[int, ...]:
        """A form's columns with width taken from those with room to those that make its rows tall."""
        found = list(widths)
        total = sum(self.lines(found))
        for _ in range(_ROUNDS):
            moved = [(sum(self.lines(one)), one) for one in self._moves(found)]
            best = min(moved, default=(total, found))
            if best[0] >= total:
                break
            total, found = best
        return tuple(found)

    def _moves(self, widths: Sequence[int]) -> Iterator[list[int]]:
        """The widths with a step moved to a column that makes a row tall, from every other that can spare it."""
        tall = {
            c
            for cells in self.cells
            for c, n, words in cells
            if n == 1
            and _lines(words, widths[c]) >= _TALL
            and _lines(words, widths[c]) == max(self._row(cells, widths))
        }
        for to in tall:
            for giver, width in enumerate(widths):
                if giver != to and width - _STEP >= self.least[giver]:
                    yield [w + _STEP * (c == to) - _STEP * (c == giver) for c, w in enumerate(widths)]

    @staticmethod
    def _row(cells: Sequence[tuple[int, int, int]], widths: Sequence[int]) -> list[int]:
        return [_lines(words, sum(widths[c : c + n])) for c, n, words in cells] or [1]

    def widths(self, width: int) -> tuple[int, ...]:
        """Every column as wide as it must be; the rest to those whose words take most lines for it, then to all."""
        if width in self.given:
            return self.given[width]
        found = list(self.least)
        room = width - sum(found)
        steps: dict[int, Step] = {}
        stale = set(range(len(found)))
        while room > 0:
            for column in stale:
                steps[column] = self._step(column, found[column], room)
            column, (saved, more) = max(steps.items(), key=lambda item: (item[1], item[0]))
            if not saved:
                break
            found[column] += more
            room -= more
            stale = {column} | {other for other, step in steps.items() if step[1] > room}
        total = sum(found)
        self.given[width] = tuple(w + room * w // total for w in found)
        return self.given[width]

    def _step(self, column: int, width: int, room: int) -> Step:
        """The best way to make a column's words take fewer lines; (0, 0) where there is none within the room."""
        cells = list(self.columns[column].items())
        now = _weighed(cells, width)
        saved, best = 0, 1
        for wider in {-(-words // n) + _PAD for words, _ in cells for n in range(1, _lines(words, width))}:
            more = wider - width
            if 0 < more <= room:
                less = now - _weighed(cells, wider)
                # fractions compared without being made: less / more against saved / best
                gain = less * best - saved * more
                if gain > 0 or (gain == 0 and less and more > best):
                    saved, best = less, more
        return (Fraction(saved, best), best) if saved else (Fraction(0), 0)


def _weighed(cells: Sequence[tuple[int, int]], width: int) -> int:
    """How many lines the words of a column take, each as often as it counts."""
    inner = max(width - _PAD, 1)
    return sum([-(-words // inner) * weight for words, weight in cells])


def _lines(words: int, width: int) -> int:
    """How many lines words of this width take in a column."""
    return -(-words // max(width - _PAD, 1))
