"""Writing the workbook (写工作簿): contents and blank or filled tables → XLSX bytes for a finance officer.

Locked heads without a password, input cells in light yellow, drop-downs, notes, print set-up, no macro; the same input
gives the same bytes. Refuses to put anything into a cell that is not in the contents or the tables.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from juesuan.compiling.book import LINE, NUMBERS, Book, lines_of
from juesuan.compiling.contents import Contents
from juesuan.compiling.sheetrows import Row, Value, above_of, is_fixed, rows_of
from juesuan.compiling.sheets import HIDDEN, Column, Sheet, choices, note, sheets, table_sheet
from juesuan.compiling.writing_guide import FIRST, write_guide
from juesuan.compiling.writing_tables import write_table
from juesuan.knowledge.styles import styles
from juesuan.model.accounts import LAST_NAME
from juesuan.model.amounts import Amount
from juesuan.model.documents import Block

_WIDE = 100
_TITLE, _PASSAGE = 24, 52
_SHORT = ("text/established", f"text/{LAST_NAME}")
"""texts of one line"""


def write_workbook(
    contents: Contents, tables: Mapping[str, Sequence[Block]], style: str, told: Sequence[str] = ()
) -> bytes:
    """The workbook. `tables`: form → its blocks (title, lines, grid, notes) in the order of the place's tables.

    `told`: what was carried over from elsewhere, for the first sheet.
    """
    book = Book()
    approved = [(table_sheet(number, form), form, blocks) for number, (form, blocks) in enumerate(tables.items(), 1)]
    write_guide(book, [name for name, _, _ in approved], told)
    for spec in (one for one in sheets().values() if one.role in FIRST):
        _Writing(book, spec, contents, style).write()
    for name, form, blocks in approved:
        write_table(book, name, form, blocks)
    for spec in (one for one in sheets().values() if one.role not in FIRST):
        _Writing(book, spec, contents, style).write()
    return book.bytes()


class _Writing:
    """One sheet being written."""

    def __init__(self, book: Book, spec: Sheet, contents: Contents, style: str) -> None:
        self.book, self.spec, self.contents, self.style = book, spec, contents, style
        width = sum(column.width for column in spec.shown)
        self.sheet = book.sheet(spec.name, width > _WIDE, spec.tab, width > 2 * _WIDE)

    def write(self) -> None:
        """All of it: title, labelled texts, head, rows, blank rows."""
        head = self._above()
        rows = rows_of(self.spec, self.contents, self.style)
        for r, row in enumerate(rows, head + 1):
            self._row(r, row)
        end = head + len(rows) + self.spec.blank
        for r in range(head + 1 + len(rows), end + 1):
            for n, column in enumerate(self.spec.columns):
                self._cell((r, n), column, None)
        for n, column in enumerate(self.spec.columns):
            self._validate(column, n, (head + 1, max(end, head + 1)))
        if self.spec.role == "department":
            self._choices_of_department(head + 1)
        self.sheet.freeze_panes(head + 1, 0)
        self.sheet.repeat_rows(head)

    def _above(self) -> int:
        """What stands over the rows; the number of the head's row."""
        spec, book, sheet = self.spec, self.book, self.sheet
        for n, column in enumerate(spec.columns):
            sheet.set_column(n, n, column.width, None, {"hidden": column.kind == HIDDEN})
        last = len(spec.shown) - 1
        room = sum(column.width for column in spec.shown)
        sheet.write(0, 0, spec.name, book.format(bold=True, font_size=14))
        sheet.set_row(0, _TITLE)
        intro = spec.intro.format(unit=self.contents.unit)
        self._across(1, 0, last, intro, book.format(font_color="#595959", text_wrap=True))
        sheet.set_row(1, LINE * lines_of(intro, room) + 4)
        at = 2
        for label, text in above_of(spec, self.contents):
            sheet.write(at, 0, label, book.head())
            self._across(at, 1, last, text, book.words())
            sheet.set_row(at, max(_PASSAGE, LINE * lines_of(text, room - spec.columns[0].width)))
            at += 1
        sheet.set_row(at, LINE * max(lines_of(column.title, column.width) for column in spec.shown) + 6)
        for n, column in enumerate(spec.columns):
            sheet.write(at, n, column.title, book.head())
            if text := note(spec.role, column.role):
                sheet.write_comment(at, n, text, {"author": "决算", "x_scale": 2})
        return at

    def _across(self, r: int, first: int, last: int, text: str, form: Any) -> None:
        if last > first:
            self.sheet.merge_range(r, first, r, last, text, form)
        else:
            self.sheet.write(r, first, text, form)

    def _row(self, r: int, row: Row) -> None:
        columns = self.spec.columns
        fixed = bool(self.spec.rows) and self.spec.role != "department" and is_fixed(self.spec, row)
        seen = zip(columns, row, strict=True)
        longest = max(lines_of(v, c.width) if isinstance(v, str) and c.kind != HIDDEN else 1 for c, v in seen)
        what = self._department_line(row) if self.spec.role == "department" else ""
        passage = what.startswith("text/") and what not in _SHORT
        if longest > 1 or passage:
            self.sheet.set_row(r, max(LINE * longest + 4, _PASSAGE if passage else 0))
        for n, (column, value) in enumerate(zip(columns, row, strict=True)):
            locked = fixed and column.role in ("label", "fund", "code")
            self._cell((r, n), column, value, locked)

    def _department_line(self, row: Row) -> str:
        return next((line.what for line in self.spec.rows if line.label == row[0]), "")

    def _cell(self, spot: tuple[int, int], column: Column, value: Value, locked: bool = False) -> None:
        book, sheet = self.book, self.sheet
        if column.kind in ("locked", HIDDEN) or locked:
            colour = {"font_color": "#7F7F7F"} if column.role == "help" else {}
            sheet.write(*spot, value if value is not None else "", book.fixed(**colour))
        elif isinstance(value, Amount):
            decimals = "." + "0" * value.decimals if value.decimals else ""
            sheet.write_number(*spot, value.value, book.input(num_format=f"0{decimals}"))
        elif column.kind in ("amount", "number"):
            sheet.write_blank(*spot, None, book.input(num_format="0.00" if column.kind == "amount" else "General"))
        elif value:
            sheet.write_string(*spot, str(value), book.words())
        else:
            sheet.write_blank(*spot, None, book.words())

    def _validate(self, column: Column, n: int, rows: tuple[int, int]) -> None:
        where = (rows[0], n, rows[1], n)
        if column.kind == "choice" and (offered := choices(column.role)):
            wrong = {"error_title": "没有这一种", "error_message": "请从下拉列表中选"}
            self.sheet.data_validation(*where, {"validate": "list", "source": list(offered), **wrong})
        elif column.kind in ("amount", "number"):
            self.sheet.data_validation(*where, NUMBERS)

    def _choices_of_department(self, first: int) -> None:
        """The two answers of 部门信息 that are chosen."""
        for r, line in enumerate(self.spec.rows, first):
            offered = [one.title for one in styles().values()] if line.what == "style" else choices(line.what)
            if offered:
                self.sheet.data_validation(r, 1, r, 1, {"validate": "list", "source": list(offered)})
