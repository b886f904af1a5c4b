"""Writing the workbook (写工作簿): contents and blank or filled tables → XLSX bytes for a finance officer.

Locked heads without a password, input cells in light yellow, drop-downs, notes, print set-up, no macro; the same input
gives the same bytes. Refuses to put anything into a cell that is not in the contents or the tables.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from juesuan.compiling.book import Book
from juesuan.compiling.contents import Contents
from juesuan.compiling.sheetrows import Value, above_of, rows_of
from juesuan.compiling.sheets import Column, Sheet, choices, guide, sheets, table_sheet
from juesuan.compiling.writing_tables import write_table
from juesuan.knowledge.styles import styles
from juesuan.model.amounts import Amount
from juesuan.model.documents import Block

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_LIMIT = 1_000_000_000_000


def write_workbook(contents: Contents, tables: Mapping[str, Sequence[Block]], style: str) -> bytes:
    """The workbook. `tables`: form → its blocks (title, lines, grid, notes) in the order of the place's tables."""
    book = Book()
    _guide(book)
    after = [sheet for sheet in sheets().values() if sheet.role not in ("department", "units", "offices", "duties")]
    for sheet in [sheet for sheet in sheets().values() if sheet not in after]:
        _write(book, sheet, contents, style)
    for number, (form, blocks) in enumerate(tables.items(), 1):
        write_table(book, table_sheet(number, form), form, blocks)
    for sheet in after:
        _write(book, sheet, contents, style)
    return book.bytes()


def _guide(book: Book) -> None:
    name, lines = guide()
    sheet = book.sheet(name)
    sheet.set_column(0, 0, 110)
    sheet.write(0, 0, "部门决算编制工作簿", book.format(bold=True, font_size=16))
    for n, line in enumerate(lines, 2):
        sheet.write(n, 0, line, book.format(text_wrap=True))
        sheet.set_row(n, 34)


def _write(book: Book, spec: Sheet, contents: Contents, style: str) -> None:
    wide = sum(column.width for column in spec.columns) > 100
    sheet = book.sheet(spec.name, landscape=wide)
    for n, column in enumerate(spec.columns):
        sheet.set_column(n, n, column.width)
    last = len(spec.columns) - 1
    title = book.format(bold=True, font_size=14)
    sheet.write(0, 0, spec.name, title)
    sheet.write(1, 0, spec.intro.format(unit=contents.unit), book.format(font_color="#7F7F7F"))
    at = 2
    for label, text in above_of(spec, contents):
        sheet.write(at, 0, label, book.head())
        sheet.merge_range(at, 1, at, last, text, book.input(text_wrap=True))
        sheet.set_row(at, 60)
        at += 1
    for n, column in enumerate(spec.columns):
        sheet.write(at, n, column.title, book.head())
        if note := _NOTES.get((spec.role, column.role)):
            sheet.write_comment(at, n, note, {"author": "决算", "x_scale": 2})
    rows = rows_of(spec, contents, style)
    for r, row in enumerate(rows, at + 1):
        if spec.role == "department" and spec.rows[r - at - 1].what.startswith("text/"):
            sheet.set_row(r, 64)
        for n, (column, value) in enumerate(zip(spec.columns, row, strict=True)):
            _cell(book, sheet, (r, n), column, value)
    end = at + len(rows) + spec.blank
    for r in range(at + 1 + len(rows), end + 1):
        for n, column in enumerate(spec.columns):
            _cell(book, sheet, (r, n), column, None)
    for n, column in enumerate(spec.columns):
        _validate(sheet, spec, column, n, (at + 1, max(end, at + 1)))
    if spec.role == "department":
        _choices_of_department(sheet, spec, at + 1)
    sheet.freeze_panes(at + 1, 0)
    sheet.repeat_rows(at)


def _cell(book: Book, sheet: Worksheet, spot: tuple[int, int], column: Column, value: Value) -> None:
    if column.kind == "locked":
        sheet.write(*spot, value if value is not None else "", book.format(font_color="#7F7F7F", text_wrap=True))
    elif isinstance(value, Amount):
        decimals = "." + "0" * value.decimals if value.decimals else ""
        sheet.write_number(*spot, value.value, book.input(num_format=f"0{decimals}"))
    elif column.kind in ("amount", "number"):
        sheet.write_blank(*spot, None, book.input(num_format="0.00" if column.kind == "amount" else "General"))
    elif value:
        sheet.write_string(*spot, str(value), book.input(text_wrap=True, num_format="@"))
    else:
        sheet.write_blank(*spot, None, book.input(text_wrap=True, num_format="@"))


def _validate(sheet: Worksheet, spec: Sheet, column: Column, n: int, rows: tuple[int, int]) -> None:
    where = (rows[0], n, rows[1], n)
    if column.kind == "choice" and (offered := choices(column.role)):
        wrong = {"error_title": "没有这一种", "error_message": "请从下拉列表中选"}
        sheet.data_validation(*where, {"validate": "list", "source": list(offered), **wrong})
    elif column.kind in ("amount", "number"):
        limits = {"validate": "decimal", "criteria": "between", "minimum": -_LIMIT, "maximum": _LIMIT}
        wrong = {"error_title": "不是数字", "error_message": "这一格只填数字，不带单位和文字"}
        sheet.data_validation(*where, {**limits, **wrong})


def _choices_of_department(sheet: Worksheet, spec: Sheet, first: int) -> None:
    """The two answers of 部门信息 that are chosen."""
    for r, line in enumerate(spec.rows, first):
        offered = [one.title for one in styles().values()] if line.what == "style" else choices(line.what)
        if offered:
            sheet.data_validation(r, 1, r, 1, {"validate": "list", "source": list(offered)})


_NOTES = {
    ("units", "code"): "预算单位代码，每个单位一个，不能相同。",
    ("units", "kind"): "机关运行经费只算行政单位和参公事业单位。",
    ("budget", "code"): "支出功能分类科目编码，写到项，如 2010301。“三公”各行不写。",
    ("budget", "full_year"): "按规定程序调整后的预算数。当地表样只用年初预算数的，可以不填。",
    ("budget", "reason"): "决算数和预算数相等的不用写。",
    ("last", "value"): "取自上年度已公开的决算；机构改革、口径调整的，填同口径数。",
    ("indicators", "target"): "只填数，符号写在“指标性质”里；定性的写文字。",
    ("indicators", "score"): "空着时：完成的得满分，未完成的按比例。",
    ("answers", "about"): "juesuan check 所列问题第一行末尾的短名，如 a1b2c3。",
}
"""(sheet, column) → what its note says"""
