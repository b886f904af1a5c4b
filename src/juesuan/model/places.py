"""Places (位置): where in a file something stands. Every figure has one."""

from __future__ import annotations

from typing import Any, NamedTuple

_OWN: Any = object()
"""what is not named stays as it is"""


class Place(NamedTuple):
    """A place in a file. A tuple: every cell and figure has one, and a frozen dataclass takes three times as long to make.

    `line` counts from 1 in text files, `page` from 1 where the file has pages (form feeds in text),
    `box` is (left, top, right, bottom) in points. `table` is the form's name, `row` the code or stub, `row_no` the
    printed 行次, `column` the head. `quote` is what stands there; `start` the character position in the line
    (tells equal figures of one line apart). In a workbook `sheet` and `cell` (B5) say it; `page`, `line` and `start`
    are then the numbers of sheet, row and column, all from 1. `more` are the boxes of a quotation that goes on over
    further lines, on the same page.
    """

    file: str = ""
    page: int | None = None
    line: int | None = None
    start: int | None = None
    table: str | None = None
    row: str | None = None
    row_no: str | None = None
    column: str | None = None
    box: tuple[float, float, float, float] | None = None
    quote: str = ""
    sheet: str | None = None
    cell: str | None = None
    more: tuple[tuple[float, float, float, float], ...] = ()

    def __hash__(self) -> int:
        # places are looked up by the thousand: what tells them apart is enough
        return hash((self.page, self.line, self.start, self.box, self.cell, self.quote))

    def within(
        self,
        *,
        table: str | None = _OWN,
        row: str | None = _OWN,
        row_no: str | None = _OWN,
        column: str | None = _OWN,
        quote: str = _OWN,
    ) -> Place:
        """The same place with table, row, row_no, column or quote named."""
        # every figure is named thus: _replace takes longer
        return Place(
            self.file,
            self.page,
            self.line,
            self.start,
            self.table if table is _OWN else table,
            self.row if row is _OWN else row,
            self.row_no if row_no is _OWN else row_no,
            self.column if column is _OWN else column,
            self.box,
            self.quote if quote is _OWN else quote,
            self.sheet,
            self.cell,
        )

    @property
    def spot(self) -> str:
        """Where it is in its file, in words: cell, line or page; "" where none is known."""
        if self.sheet:
            return f"{self.sheet}!{self.cell}" if self.cell else self.sheet
        if self.line is not None:
            return f"第 {self.line} 行"
        return f"第 {self.page} 页" if self.page else ""

    @property
    def row_number(self) -> int | None:
        """The line as its reader counts it: in a workbook the row of the sheet."""
        digits = "".join(filter(str.isdigit, self.cell or ""))
        return int(digits) if digits else self.line

    @property
    def where(self) -> str:
        """file:line, file:page for files without lines, file:sheet!cell in a workbook."""
        if self.sheet is not None:
            return f"{self.file}:{self.sheet}" + (f"!{self.cell}" if self.cell else "")
        spot = self.line if self.line is not None else f"第{self.page}页" if self.page else ""
        return f"{self.file}:{spot}" if spot else self.file
