"""A book (工作簿文件) being written: formats, protected sheets, print set-up; shared by all that write workbooks here.

The same input gives the same bytes: the date in the file is fixed. Refuses passwords and macros.
"""

from __future__ import annotations

import datetime
import io
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

#: workbooks carry a date; a fixed one keeps the same input at the same bytes
DATE = datetime.datetime(2000, 1, 1)  # noqa: DTZ001 - the file format has no time zones
_FONT = {"font_name": "宋体", "font_size": 11, "valign": "vcenter"}
_INPUT = {"bg_color": "#FFFBE6", "border": 1, "border_color": "#BFBFBF", "locked": False}
TABS = {"whose": "#5B9BD5", "approved": "#C00000", "figures": "#70AD47", "marks": "#FFC000", "answers": "#7030A0"}
"""groups of sheets → the colour of their tabs"""
_LIMIT = 1_000_000_000_000
NUMBERS = {
    "validate": "decimal",
    "criteria": "between",
    "minimum": -_LIMIT,
    "maximum": _LIMIT,
    "error_title": "不是数字",
    "error_message": "这一格只填数字，不带单位和文字；没有的填 0，不知道的留空",
}
"""the rule for cells of figures"""
LINE = 16.0
"""the height of one line, in points"""
ROW = 18.0
"""the height of a row of one line"""
_A3, _A4 = 8, 9
_PROTECTED = {"format_columns": True, "format_rows": True, "insert_rows": True, "delete_rows": True, "sort": True}


def lines_of(text: str, width: float) -> int:
    """How many lines a text takes in a column so wide; a Chinese character is as wide as two letters."""
    room = max(int(width) - 2, 1)
    return sum(max(1, -(-sum(2 if ord(c) > 255 else 1 for c in line) // room)) for line in text.split("\n"))


class Book:
    """An XLSX file being written, with the few formats that all sheets share."""

    def __init__(self) -> None:
        from xlsxwriter import Workbook  # noqa: PLC0415 - heavy

        self.stream = io.BytesIO()
        self.book = Workbook(self.stream, {"in_memory": True, "default_date_format": "yyyy-mm-dd"})
        self.book.set_properties({"title": "部门决算编制工作簿", "created": DATE})
        self._formats: dict[tuple[tuple[str, Any], ...], Any] = {}

    def format(self, **settings: Any) -> Any:
        """A cell format; the same settings give the same one."""
        key = tuple(sorted(settings.items()))
        if key not in self._formats:
            self._formats[key] = self.book.add_format({**_FONT, **settings})
        return self._formats[key]

    def head(self) -> Any:
        """Of the heads of columns."""
        return self.format(
            bold=True, bg_color="#DDEBF7", border=1, border_color="#BFBFBF", align="center", text_wrap=True
        )

    def input(self, **settings: Any) -> Any:
        """Of cells that are to be filled in."""
        return self.format(**_INPUT, **settings)

    def words(self, **settings: Any) -> Any:
        """Of words that are to be filled in, wrapped and set off from the border."""
        return self.input(**{"num_format": "@", "text_wrap": True, "indent": 1, **settings})

    def fixed(self, **settings: Any) -> Any:
        """Of cells in a table that are locked."""
        return self.format(**{"border": 1, "border_color": "#BFBFBF", "text_wrap": True, "indent": 1, **settings})

    def sheet(self, name: str, landscape: bool = False, tab: str = "", large: bool = False) -> Worksheet:
        """A new sheet, protected without a password, one page wide on A4, or A3. `tab`: a group of sheets, by colour."""
        sheet = self.book.add_worksheet(name)
        if tab:
            sheet.set_tab_color(TABS[tab])
        sheet.protect("", _PROTECTED)
        sheet.set_paper(_A3 if large else _A4)
        if landscape:
            sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.5, right=0.5)
        sheet.set_footer("&C第 &P 页，共 &N 页")
        sheet.hide_gridlines(2)
        sheet.set_default_row(ROW)
        return sheet

    def bytes(self) -> bytes:
        """The finished file."""
        self.book.close()
        return self.stream.getvalue()
