"""Tables of a Word document (表格): widths of columns, size of letters, heads repeated on every page, merged cells.

Figures are never broken over lines; words are, where the page is not wide enough. Rows do not split over pages.
Refuses to leave anything out to make a table fit: it takes the smallest size and lets words wrap.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from juesuan.documents.docx_styles import MM, SONG, fonts
from juesuan.documents.ooxml import tag, text
from juesuan.model.documents import Cell, Table

PORTRAIT = round(156 * MM)
LANDSCAPE = round(241 * MM)
"""how wide a table may be, in twentieths of a point"""
SIZES = (20, 19, 18, 17, 16, 15, 14)
"""of letters, in half points, the largest that fits is taken"""
_SMALL = 16
_PAD = 150
_ROWS = 44
"""more rows than this go over a page anyway"""
_WIDE_CHAR = re.compile(r"[\u1100-\uffff]")
_FIGURE = re.compile(r"-?[\d,]*\.?\d+%?|—")
_SHORTEST = 4
_LONGEST = 34
Row = Sequence[Cell | None]


@dataclass(frozen=True, slots=True)
class Plan:
    """How a table is set: its widths by column, the size of its letters, whether the page is turned, its head rows."""

    widths: tuple[int, ...]
    size: int
    landscape: bool
    heads: int


def head_rows(table: Table) -> int:
    """How many rows are repeated on every page: those above the first with a figure; none in a form."""
    if (table.place.table or "").startswith("performance"):
        return 0
    for number, row in enumerate(table.rows):
        if any(cell is not None and cell.place.column for cell in row):
            return number
    return 1


def plan(table: Table) -> Plan:
    """The first size at which the table fits, upright if it can be, else turned."""
    heads = head_rows(table)
    for size in (s for s in SIZES if s >= _SMALL):
        least, best = _needs(table, heads, size)
        if sum(least) <= PORTRAIT and _lines(table, _spread(least, best, PORTRAIT), size) <= _ROWS * 4 // 3:
            return Plan(tuple(_spread(least, best, PORTRAIT)), size, False, heads)
    for size in SIZES:
        least, best = _needs(table, heads, size)
        if sum(least) <= LANDSCAPE:
            return Plan(tuple(_spread(least, best, LANDSCAPE)), size, True, heads)
    least, _ = _needs(table, heads, SIZES[-1])
    return Plan(tuple(width * LANDSCAPE // sum(least) for width in least), SIZES[-1], True, heads)


def width_of(words: str, size: int) -> int:
    """How wide words are in twentieths of a point."""
    return sum(10 * size if _WIDE_CHAR.match(char) else 11 * size // 2 for char in words)


def _needs(table: Table, heads: int, size: int) -> tuple[list[int], list[int]]:
    """(least, best) width of every column: figures in full; words a few characters at least, in one line at best."""
    least, best = [2 * _PAD] * table.width, [2 * _PAD] * table.width
    for number, row in enumerate(table.rows):
        for column, cell in enumerate(row):
            if cell is None or cell.colspan > 1 or not cell.text:
                continue
            whole = width_of(cell.text, size) + _PAD
            figure = bool(cell.place.column) or bool(_FIGURE.fullmatch(cell.text))
            few = whole if figure else min(whole, _SHORTEST * 10 * size + _PAD)
            if number < heads and not figure:
                few = min(whole, 3 * 10 * size + _PAD)
                whole = few
            least[column] = max(least[column], few)
            best[column] = max(best[column], min(whole, _LONGEST * 10 * size))
    return least, best


def _spread(least: list[int], best: list[int], width: int) -> list[int]:
    """The widths between least and best that use the whole width."""
    room = width - sum(least)
    wanted = sum(b - l for l, b in zip(least, best, strict=True))
    if not wanted:
        return [l * width // sum(least) for l in least]
    if wanted <= room:
        return [b * width // sum(best) for b in best]
    return [l + (b - l) * room // wanted for l, b in zip(least, best, strict=True)]


def _lines(table: Table, widths: Sequence[int], size: int) -> int:
    """How many lines the table has, words wrapped."""
    total = 0
    for row in table.rows:
        tall = 1
        for column, cell in enumerate(row):
            if cell is not None and cell.text:
                room = sum(widths[column : column + cell.colspan]) - _PAD
                tall = max(tall, -(-width_of(cell.text, size) // max(room, 1)) if cell.rowspan == 1 else 1)
        total += tall
    return total


def table_xml(table: Table, made: Plan) -> str:
    """The table as it stands in the document."""
    form = (table.place.table or "").startswith("performance")
    border = "".join(
        tag(side, val="single", sz=6 if side in ("top", "left", "bottom", "right") else 4, space=0, color="000000")
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    properties = tag("tblW", w=sum(made.widths), type="dxa") + tag("jc", val="center") + tag("tblBorders", border)
    properties += tag("tblLayout", type="fixed")
    grid = "".join(tag("gridCol", w=width) for width in made.widths)
    tight = not form and len(table.rows) <= _ROWS
    rows = "".join(_row(table, number, made, form, tight) for number in range(len(table.rows)))
    return tag("tbl", tag("tblPr", properties) + tag("tblGrid", grid) + rows)


def _row(table: Table, number: int, made: Plan, form: bool, tight: bool) -> str:
    row, head = table.rows[number], number < made.heads
    properties = tag("cantSplit")
    properties += tag("trHeight", val=made.size * (13 if tight else 15), hRule="atLeast")
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
        elif form and len(words) <= _SHORTEST * 2 or _FIGURE.fullmatch(words) or words in ("合计", "总计"):
            align = tag("jc", val="center")
    run = tag("r", tag("rPr", fonts(SONG) + tag("sz", val=size) + tag("szCs", val=size)) + _t(words)) if words else ""
    paragraph = tag("pPr", tag("pStyle", val=style) + align) + run
    return tag("tc", tag("tcPr", properties) + tag("p", paragraph))


def _t(words: str) -> str:
    """Words of a run; a line break within them is one in the document."""
    lines = words.split("\n")
    return tag("br").join(f'<w:t xml:space="preserve">{text(line)}</w:t>' for line in lines)
