"""Approved tables (批复表) in the workbook: a sheet each in the official layout, which the reader knows by form.

Figures are numbers with the decimals that are printed; rows for further codes stand below. Refuses to guess a figure:
what is not given says 待填.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from juesuan.compiling.book import NUMBERS, Book
from juesuan.model.documents import Block, Cell, Heading, Paragraph, Table

NOT_FILLED = "待填"
_FIGURE = re.compile(r"-?\d+(?:\.(\d+))?")
_SPARE = 10
_LANDSCAPE = 8
_FIGURES, _WORDS = 11, 5
"""how wide columns of figures and of words are at least"""
_BY_CODE = ("income", "expenditure", "general_public", "funds", "state_capital")


def write_table(book: Book, name: str, form: str, blocks: Sequence[Block]) -> None:
    """One sheet: title, lines, grid, spare rows for further codes, notes."""
    table = next(block for block in blocks if isinstance(block, Table))
    sheet = book.sheet(name, table.width > _LANDSCAPE, "approved")
    _widths(sheet, table)
    at, below = 0, False
    for block in blocks:
        if isinstance(block, Heading):
            sheet.merge_range(at, 0, at, max(table.width - 1, 1), block.text, _title(book))
            at += 1
        elif isinstance(block, Paragraph):
            form_ = book.format(font_color="#7F7F7F", text_wrap=True) if below else book.words()
            sheet.merge_range(at, 0, at, max(table.width - 1, 1), block.text, form_)
            at += 1
        elif isinstance(block, Table):
            heads = _heads(block)
            _grid(book, sheet, block, at, heads)
            _validate(sheet, block, at, _SPARE if form in _BY_CODE else 0)
            sheet.freeze_panes(at + heads, 0)
            sheet.repeat_rows(at, at + heads - 1)
            at += len(block.rows)
            if form in _BY_CODE:
                _spare(book, sheet, table, at)
                at += _SPARE
            at += 1
            below = True


def _title(book: Book) -> Any:
    return book.format(bold=True, font_size=16, align="center")


def _heads(table: Table) -> int:
    """How many rows stand above the first row with a figure's cell."""
    for n, row in enumerate(table.rows):
        if any(cell is not None and cell.place.column for cell in row):
            return n
    return len(table.rows)


def _widths(sheet: Any, table: Table) -> None:
    for c in range(table.width):
        cells = [row[c] for row in table.rows]
        own = [cell for cell in cells if cell is not None and cell.colspan == 1]
        longest = max((sum(2 if ord(char) > 255 else 1 for char in cell.text) for cell in own), default=0)
        least = _FIGURES if any(cell.place.column for cell in own) else _WORDS
        sheet.set_column(c, c, min(max(longest + 2, least), 40))


def _grid(book: Book, sheet: Any, table: Table, top: int, heads: int) -> None:
    for r, row in enumerate(table.rows):
        for c, cell in enumerate(row):
            if cell is None:
                continue
            value, form = _content(book, cell, r < heads)
            if cell.colspan > 1 or cell.rowspan > 1:
                last = (top + r + cell.rowspan - 1, c + cell.colspan - 1)
                sheet.merge_range(top + r, c, *last, "", form)
            if isinstance(value, Decimal):
                sheet.write_number(top + r, c, value, form)
            elif value:
                sheet.write_string(top + r, c, value, form)
            else:
                sheet.write_blank(top + r, c, None, form)


def _content(book: Book, cell: Cell, head: bool) -> tuple[Decimal | str, Any]:
    """What to write, and in which format: heads locked, figures and names open."""
    if head:
        return cell.text, book.head()
    figure = _FIGURE.fullmatch(cell.text)
    if cell.place.column and figure:
        decimals = "." + "0" * len(figure[1]) if figure[1] else ""
        return Decimal(cell.text), book.input(num_format=f"0{decimals}", align="right")
    if cell.place.column:
        return cell.text, book.input(num_format="0.00", align="right", font_color="#C00000")
    return cell.text, book.words()


def _validate(sheet: Any, table: Table, top: int, spare: int) -> None:
    """Figures only, in the cells of figures and below them in the spare rows."""
    spots = [(r, c) for r, row in enumerate(table.rows) for c, cell in enumerate(row) if cell and cell.place.column]
    for c in sorted({c for _, c in spots}):
        rows = [r for r, own in spots if own == c]
        last = max(rows) + (spare if max(rows) == len(table.rows) - 1 else 0)
        sheet.data_validation(top + min(rows), c, top + last, c, NUMBERS)


def _spare(book: Book, sheet: Any, table: Table, top: int) -> None:
    """Blank rows with the columns of the row above: a code over the columns of its head, a name, figures."""
    last = table.rows[-1]
    codes = next((cell for cell in table.rows[0] if cell and re.search("代码|编码", cell.text)), None)
    start = next((c for c, cell in enumerate(table.rows[0]) if cell is codes), 0)
    across = codes.colspan if codes else 1
    for r in range(top, top + _SPARE):
        for c, cell in enumerate(last):
            figure = cell is not None and cell.place.column is not None
            form = book.input(num_format="0.00", align="right") if figure else book.words()
            if across > 1 and c == start:
                sheet.merge_range(r, c, r, c + across - 1, "", form)
            elif not start < c < start + across:
                sheet.write_blank(r, c, None, form)
