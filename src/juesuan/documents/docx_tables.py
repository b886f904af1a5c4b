"""Tables of a Word document (表格): widths of columns, size of letters, heads repeated on every page, merged cells.

Figures are never broken over lines; words are, where the page is not wide enough. Rows do not split over pages.
Refuses to leave anything out to make a table fit: it takes the smallest size and lets words wrap.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from juesuan.documents.docx_styles import MM, SONG, cell_margins, fonts
from juesuan.documents.ooxml import tag, text
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
_LEADING = 12
_ROOM = 44
"""of a line, in twentieths of a point by half point; above and below the lines of a row"""
_PAD = 150
_WIDE_CHAR = re.compile(r"[\u1100-\uffff]")
_FIGURE = re.compile(r"-?[\d,]*\.?\d+%?|—")
_SHORTEST, _HEAD = 4, 3
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


def head_rows(table: Table) -> int:
    """How many rows are repeated on every page: those above the first with a figure; none in a form."""
    if is_form(table):
        return 0
    for number, row in enumerate(table.rows):
        if any(cell is not None and cell.place.column for cell in row):
            return number
    return 1


def is_form(table: Table) -> bool:
    """Whether it is a form to be filled in, and not rows below heads."""
    return (table.place.table or "").startswith("performance")


def plan(table: Table) -> Plan:
    """The largest letters at which the table fits on one page, upright or else turned; else on several pages."""
    heads = head_rows(table)
    pages = ((False, PORTRAIT),) if is_form(table) else ((False, PORTRAIT), (True, LANDSCAPE))
    for wrapped in (_HALF, 1) if is_form(table) else (_FEW, 1):
        for landscape, width in pages:
            for size in (s for s in _SIZES if s >= _ONE_PAGE[landscape] and (s <= _USUAL or not is_form(table))):
                fit = _Fit(table, heads, size)
                if fit.possible(width) and fit.on_one_page(landscape, wrapped):
                    return Plan(fit.widths(width), size, landscape, heads)
    for landscape, width in ((False, PORTRAIT), (True, LANDSCAPE)):
        for size in (s for s in _SIZES if s <= _USUAL and (landscape or s >= _SMALL)):
            fit = _Fit(table, heads, size)
            if fit.possible(width):
                return Plan(fit.widths(width), size, landscape, heads)
    fit = _Fit(table, heads, _SIZES[-1])
    total = sum(fit.least)
    return Plan(tuple(w * LANDSCAPE // total for w in fit.least), _SIZES[-1], True, heads)


def width_of(words: str, size: int) -> int:
    """How wide words are in twentieths of a point."""
    return sum(10 * size if _WIDE_CHAR.match(char) else 11 * size // 2 for char in words)


def height_of(table: Table, made: Plan) -> list[int]:
    """The height of every row as it is set."""
    return _Fit(table, made.heads, made.size).lines(made.widths)


class _Fit:
    """One table at one size: how wide its columns must be, and how many lines its rows then have."""

    def __init__(self, table: Table, heads: int, size: int) -> None:
        self.size, self.heads = size, heads
        self.least = [2 * _PAD] * table.width
        self.cells: list[list[tuple[int, int, int]]] = []
        """of every row: (column, columns, width of the words)"""
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
        if cell.place.column or _FIGURE.fullmatch(cell.text):
            return whole
        return min(whole, (_HEAD if head else _SHORTEST) * 10 * self.size)

    def possible(self, width: int) -> bool:
        return sum(self.least) <= width

    def on_one_page(self, landscape: bool, wrapped: Fraction | int) -> bool:
        """Whether it fits on one page, with no more than a part of its rows wrapped."""
        plain = _LEADING * self.size + _ROOM
        if plain * len(self.cells) > PAGE[landscape]:
            return False
        heights = self.lines(self.widths(LANDSCAPE if landscape else PORTRAIT))
        tall = sum(height > plain for height in heights[self.heads :])
        return sum(heights) <= PAGE[landscape] and tall <= len(heights) * wrapped

    def lines(self, widths: Sequence[int]) -> list[int]:
        """The height of every row, words wrapped."""
        return [_LEADING * self.size * max(self._row(cells, widths), default=1) + _ROOM for cells in self.cells]

    @staticmethod
    def _row(cells: Sequence[tuple[int, int, int]], widths: Sequence[int]) -> list[int]:
        return [_lines(words, sum(widths[c : c + n])) for c, n, words in cells] or [1]

    def widths(self, width: int) -> tuple[int, ...]:
        """Every column as wide as it must be; the rest to those whose words take most lines for it, then to all."""
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
        return tuple(w + room * w // total for w in found)

    def _step(self, column: int, width: int, room: int) -> Step:
        """The best way to make a column's words take fewer lines; (0, 0) where there is none within the room."""
        cells = self.columns[column]
        now = sum(_lines(words, width) * weight for words, weight in cells.items())
        best: Step = (Fraction(0), 0)
        for wider in {-(-words // n) + _PAD for words in cells for n in range(1, _lines(words, width))}:
            more = wider - width
            if 0 < more <= room:
                saved = now - sum(_lines(words, wider) * weight for words, weight in cells.items())
                best = max(best, (Fraction(saved, more), more))
        return best


def _lines(words: int, width: int) -> int:
    """How many lines words of this width take in a column."""
    return -(-words // max(width - _PAD, 1))


def table_xml(table: Table, made: Plan) -> str:
    """The table as it stands in the document."""
    form = is_form(table)
    border = "".join(
        tag(side, val="single", sz=6 if side in ("top", "left", "bottom", "right") else 4, space=0, color="000000")
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    properties = tag("tblW", w=sum(made.widths), type="dxa") + tag("jc", val="center") + tag("tblBorders", border)
    # Word takes these from the default style of tables, LibreOffice only from the table itself
    properties += tag("tblLayout", type="fixed") + cell_margins()
    grid = "".join(tag("gridCol", w=width) for width in made.widths)
    rows = "".join(_row(table, number, made, form) for number in range(len(table.rows)))
    return tag("tbl", tag("tblPr", properties) + tag("tblGrid", grid) + rows)


def _row(table: Table, number: int, made: Plan, form: bool) -> str:
    row, head = table.rows[number], number < made.heads
    properties = tag("cantSplit")
    properties += tag("trHeight", val=_LEADING * made.size + _ROOM, hRule="atLeast")
    properties += tag("tblHeader") if head else ""
    cells: list[str] = []
    column = 0
    while column < len(row):
        cell = row[column]
        above = _covering(table, number, column) if cell is None else None
        span = cell.colspan if cell is not None else above.colspan if above else 1
        width = sum(made.widths[column : column + span])
        cells.append(_cell(cell, above is not None, width, span, (head, form, made.size)))
        column += span
    return tag("tr", tag("trPr", properties) + "".join(cells))


def _covering(table: Table, number: int, column: int) -> Cell | None:
    """The cell of a row above that runs down to here and begins in this column."""
    for up in range(1, number + 1):
        cell = table.rows[number - up][column]
        if cell is not None:
            return cell if cell.rowspan > up else None
    return None


def _cell(cell: Cell | None, continued: bool, width: int, span: int, look: tuple[bool, bool, int]) -> str:
    head, form, size = look
    properties = tag("tcW", w=width, type="dxa")
    properties += tag("gridSpan", val=span) if span > 1 else ""
    if continued:
        properties += tag("vMerge")
    elif cell is not None and cell.rowspan > 1:
        properties += tag("vMerge", val="restart")
    properties += tag("vAlign", val="center")
    words = cell.text if cell is not None else ""
    style = "TableHead" if head else "TableText"
    align = ""
    if cell is not None and not head:
        if cell.place.column and not form:
            style = "TableFigure"
        elif (form and len(words) <= _SHORTEST * 2) or _FIGURE.fullmatch(words) or words in ("合计", "总计"):
            align = tag("jc", val="center")
    run = tag("r", tag("rPr", fonts(SONG) + tag("sz", val=size) + tag("szCs", val=size)) + _t(words)) if words else ""
    paragraph = tag("pPr", tag("pStyle", val=style) + _line(size) + align) + run
    return tag("tc", tag("tcPr", properties) + tag("p", paragraph))


def _line(size: int) -> str:
    return tag("spacing", line=_LEADING * size, lineRule="exact")


def _t(words: str) -> str:
    """Words of a run; a line break within them is one in the document."""
    lines = words.split("\n")
    return tag("br").join(f'<w:t xml:space="preserve">{text(line)}</w:t>' for line in lines)
