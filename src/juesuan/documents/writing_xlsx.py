"""Writing a published workbook (写成 XLSX): contents with links, every table in its layout, and what each figure is.

The same description gives the same bytes; values are stored beside formulas, for readers that do not compute. Refuses
macros and protection: whoever gets it may go on working with it.
Source: ECMA-376 (Office Open XML).
"""

from __future__ import annotations

from juesuan.documents.xlsx import CONTENTS, column_name
from juesuan.documents.xlsx import KEYS as HEADS
from juesuan.documents.xlsx_looks import Book, height_of, number_format
from juesuan.documents.xlsx_tables import TableSheet, fits
from juesuan.model.documents import Table
from juesuan.model.workbooks import Workbook

KEYS = "指标说明"
"""the last sheet"""
_ABOUT = (
    "各表按公开的表样。合计、小计、类、款是公式，存有批复数。",
    "公式与批复数不符的（多为金额单位换算的尾差）以批复数为准，不用公式，单元格的批注写明原因。",
    f"“{KEYS}”逐格说明每个数是什么：指标的意思、指标键、金额、单位、所在的表和单元格，可以筛选。",
)
_CONTENTS = (("序号", 8), ("报表", 54), ("表号", 20), ("说明", 14))
_KEYS = (
    *zip(HEADS, (20, 9, 52, 58), strict=True),
    *(("金额", 16), ("单位", 7), ("怎样得出", 44)),
)
_KEYS_ABOUT = (
    "每个数一行。指标键的写法：维度=取值，不写的维度取合计；year 年度，flow 收支类别，fund 资金来源，nature 支出性质，"
    "function 功能分类，economic 经济分类，item 事项，basis 口径（不写为决算数）。金额引用各表，单击单元格一栏可以跳转。"
)


def write_xlsx(made: Workbook) -> bytes:
    """The workbook as the bytes of an XLSX file."""
    book = Book(made.title, f"{made.department}{made.year}年度")
    _write_contents(book, made)
    written = []
    for spec in made.sheets:
        sheet = TableSheet(book, spec, made.zero, made.mark)
        sheet.write()
        written.append(sheet)
    _write_keys(book, made, written)
    return book.bytes()


def _write_contents(book: Book, made: Workbook) -> None:
    room = sum(width for _, width in _CONTENTS)
    sheet = book.sheet(CONTENTS, made.mark)
    last = len(_CONTENTS) - 1
    for column, (_, width) in enumerate(_CONTENTS):
        sheet.set_column(column, column, width)
    sheet.merge_range(0, 0, 0, last, made.title, book.title())
    sheet.set_row(0, 42)
    at = 1
    for line in filter(None, (f"金额单位：{made.unit}" if made.unit else "", made.mark)):
        sheet.merge_range(at, 0, at, last, line, book.line("right"))
        at += 1
    for column, (title, _) in enumerate(_CONTENTS):
        sheet.write_string(at, column, title, book.head())
    listed = [(spec.name, spec.number, spec.title, _said(spec.table)) for spec in made.sheets]
    listed.append((KEYS, "", KEYS, ""))
    for number, (name, form, title, said) in enumerate(listed, 1):
        row = at + number
        sheet.write_string(row, 0, str(number), book.words(False, "center"))
        sheet.write_url(row, 1, f"internal:'{name}'!A1", book.link(), title)
        sheet.write_string(row, 2, form, book.words(False, "left"))
        sheet.write_string(row, 3, said, book.words(False, "left"))
        sheet.set_row(row, height_of([(title, _CONTENTS[1][1])]) + 4)
    at += len(listed) + 2
    for line in _ABOUT:
        sheet.merge_range(at, 0, at, last, line, book.line())
        sheet.set_row(at, height_of([(line, room)]))
        at += 1
    sheet.print_area(0, 0, at - 1, last)
    sheet.activate()


def _said(table: Table) -> str:
    """Whether a table has figures."""
    live = any(cell.place.column and cell.text.strip("0.-—,") for cell in table.cells())
    return "" if live else "本表无数据"


def _write_keys(book: Book, made: Workbook, written: list[TableSheet]) -> None:
    sheet = book.sheet(KEYS, made.mark)
    sheet.set_landscape()
    last = len(_KEYS) - 1
    shown = (f"{figure.value:,.{figure.decimals}f}" for one in written for figure in one.spec.figures.values())
    amounts = max((len(text) + 4 for text in shown), default=0)
    widths = [max(width, amounts) if title == "金额" else width for title, width in _KEYS]
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    sheet.merge_range(0, 0, 0, last, KEYS, book.title())
    sheet.set_row(0, 30)
    sheet.merge_range(1, 0, 1, last, _KEYS_ABOUT, book.line())
    sheet.set_row(1, height_of([(_KEYS_ABOUT, sum(widths))]))
    for column, (title, _) in enumerate(_KEYS):
        sheet.write_string(2, column, title, book.head())
    at = 3
    words = book.words(False, "left")
    for one in written:
        name = one.spec.name
        for spot, figure in one.spec.figures.items():
            cell = f"{column_name(spot[1])}{one.top + spot[0] + 1}"
            how = one.formulas.get(spot, "").lstrip("=") or one.notes.get(spot, "")
            texts = (name, cell, figure.means, figure.key, "", made.unit, how)
            for column, text in enumerate(texts):
                sheet.write_string(at, column, text, words)
            sheet.write_url(at, 1, f"internal:'{name}'!{cell}", book.link(), cell)
            shown = book.figure(False, number_format(figure.decimals, f"{0:.{figure.decimals}f}"))
            if fits(figure):
                sheet.write_formula(at, 4, f"='{name}'!{cell}", shown, figure.value)
            else:
                sheet.write_string(at, 4, f"{figure.value:,.{figure.decimals}f}", book.figure(False, "@"))
            sheet.set_row(at, height_of(list(zip(texts, widths, strict=True))))
            at += 1
    sheet.autofilter(2, 0, max(at - 1, 3), last)
    sheet.freeze_panes(3, 2)
    sheet.repeat_rows(2)
    sheet.print_area(0, 0, max(at - 1, 3), last)
