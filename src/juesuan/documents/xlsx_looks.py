"""Looks of a published workbook (工作簿版式): formats of cells, widths of columns, heights of rows, number formats.

Refuses to know what a table is about: it sees heads, words and figures.
"""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from juesuan.model.documents import Cell, Table

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

DATE = datetime.datetime(2000, 1, 1)  # noqa: DTZ001 - the file format has no time zones
"""workbooks carry a date; a fixed one keeps the same input at the same bytes"""
_FONT = {"font_name": "宋体", "font_size": 10, "valign": "vcenter"}
_RULED = {"border": 1, "border_color": "#7F7F7F"}
LINE = 15
"""the height of a line, in points"""
_LEAST, _NARROW, _MOST = 11, 6, 36
"""characters: of a column of figures at least, of any other at least, of words in one line at most"""
_ROW = 19
_PAGES = {False: (94, 730), True: (138, 480)}
"""characters across and points down that a page holds, upright and turned"""
_LEGIBLE = 55
"""per cent: smaller letters are not taken to keep a table on one page"""


def width_of(text: str) -> int:
    """How wide a text is in characters; a Chinese one is as wide as two."""
    return max((sum(2 if ord(char) > 255 else 1 for char in line) for line in text.split("\n")), default=0)


def lines_of(text: str, width: int) -> int:
    """How many lines a text takes in so many characters."""
    room = max(width - 1, 1)
    return sum(max(1, -(-width_of(line) // room)) for line in text.split("\n"))


def height_of(cells: Sequence[tuple[str, int]]) -> int:
    """How high a row is, by the texts in it and the room that they have."""
    return max(_ROW, LINE * max((lines_of(text, room) for text, room in cells), default=1) + 4)


def fit_page(sheet: Worksheet, width: int, high: int) -> None:
    """Upright or turned: whichever gives the larger letters on one page; several turned pages where neither does."""
    scales = {}
    for turned, (across, down) in _PAGES.items():
        by_width = min(100, 100 * across // max(width, 1))
        scales[turned] = min(by_width, 100 * down // max(high, 1))
        if by_width > scales[turned]:  # rows go on overleaf unless they are made to fit
            scales[turned] = scales[turned] if scales[turned] >= _LEGIBLE else 0
    turned = scales[True] >= scales[False]
    if turned:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 1 if scales[turned] else 0)


def number_format(decimals: int, zero: str) -> str:
    """#,##0.00 with what stands for zero."""
    shown = "#,##0" + ("." + "0" * decimals if decimals else "")
    if re.fullmatch(r"0(\.0+)?", zero):
        return shown
    return f'{shown};-{shown};"{zero}"' if zero else f"{shown};-{shown};"


def widths(table: Table, figures: Sequence[tuple[int, str]]) -> list[int]:
    """The width of every column in characters; `figures` are (column, as shown)."""
    found = [_NARROW] * table.width
    for column, text in figures:
        found[column] = max(found[column], _LEAST, len(text) + 4)
    numbers = {column for column, _ in figures}
    body: list[tuple[int, Cell]] = []
    for row in table.rows:
        body += [(c, cell) for c, cell in enumerate(row) if cell is not None and cell.text]
    for column, cell in body:
        if cell.colspan == 1 and column not in numbers:
            found[column] = max(found[column], min(width_of(cell.text) + 4, _MOST))
    for column, cell in body:
        spanned = range(column, min(column + cell.colspan, table.width))
        words = [c for c in spanned if c not in numbers]
        lacking = min(width_of(cell.text) + 4, _MOST) - sum(found[c] for c in spanned)
        if cell.colspan > 1 and words and lacking > 0:
            found[words[-1]] += lacking
    return found


class Book:
    """An XLSX file being written, with the formats that its sheets share."""

    def __init__(self, title: str, subject: str) -> None:
        from xlsxwriter import Workbook  # noqa: PLC0415 - heavy

        self.stream = io.BytesIO()
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self.book = Workbook(self.stream, options)
        self.book.set_properties({"title": title, "subject": subject, "created": DATE})
        self.book.set_calc_mode("auto")
        self._formats: dict[tuple[tuple[str, Any], ...], Any] = {}

    def format(self, **settings: Any) -> Any:
        """A cell format; the same settings give the same one."""
        key = tuple(sorted(settings.items()))
        if key not in self._formats:
            self._formats[key] = self.book.add_format({**_FONT, **settings})
        return self._formats[key]

    def title(self) -> Any:
        return self.format(bold=True, font_size=16, align="center", font_color="#000000")

    def line(self, align: str = "left") -> Any:
        """Of a line above or below a table."""
        return self.format(align=align, text_wrap=True)

    def head(self) -> Any:
        return self.format(**_RULED, bold=True, bg_color="#E9EEF4", align="center", text_wrap=True)

    def words(self, bold: bool, align: str) -> Any:
        indent = {"indent": 1} if align == "left" else {}
        return self.format(**_RULED, bold=bold, text_wrap=True, align=align, **indent)

    def figure(self, bold: bool, shown: str) -> Any:
        return self.format(**_RULED, bold=bold, align="right", indent=1, num_format=shown)

    def link(self) -> Any:
        return self.format(**_RULED, font_color="#0B5394", underline=1, text_wrap=True)

    def sheet(self, name: str, mark: str) -> Worksheet:
        """A new sheet for A4, one page wide."""
        sheet = self.book.add_worksheet(name)
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.5, right=0.5, top=0.7, bottom=0.7)
        sheet.center_horizontally()
        sheet.set_footer("&C第 &P 页，共 &N 页")
        if mark:
            sheet.set_header(f"&R{mark}")
        sheet.hide_gridlines(2)
        return sheet

    def bytes(self) -> bytes:
        """The finished file."""
        self.book.close()
        return self.stream.getvalue()
