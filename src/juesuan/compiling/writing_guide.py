"""The first sheet (使用说明): how to go about it, and every sheet with what is filled in there, as links.

Refuses to repeat what the sheets themselves say.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from juesuan.compiling.book import LINE, Book, lines_of
from juesuan.compiling.sheets import guide, sheets

FIRST = ("department", "units", "offices", "duties")
"""the sheets before the approved tables"""
_WIDTHS = (24, 62, 36)


def write_guide(book: Book, approved: Sequence[str], told: Sequence[str] = ()) -> None:
    """The sheet; `approved` are the names of the approved tables' sheets, `told` what was carried over."""
    about = guide()
    sheet = book.sheet(about.name, landscape=True)
    for n, width in enumerate(_WIDTHS):
        sheet.set_column(n, n, width)
    sheet.write(0, 0, "部门决算编制工作簿", book.format(bold=True, font_size=16))
    sheet.set_row(0, 28)
    at = 1
    for line in about.lines:
        sheet.merge_range(at, 0, at, 2, line, book.format(text_wrap=True))
        sheet.set_row(at, LINE * lines_of(line, sum(_WIDTHS)) + 6)
        at += 1
    sheet.write(at + 1, 0, about.table, book.format(bold=True, font_size=13))
    for n, head in enumerate(about.heads):
        sheet.write(at + 2, n, head, book.head())
    rows = [(spec.name, *spec.guide) for spec in sheets().values()]
    first = [row for row, spec in zip(rows, sheets().values(), strict=True) if spec.role in FIRST]
    listed = [*first, *((name, *about.approved) for name in approved), *(row for row in rows if row not in first)]
    for r, (name, what, need) in enumerate(listed, at + 3):
        sheet.write_url(r, 0, f"internal:'{name}'!A1", book.fixed(font_color="#0563C1", underline=1), name)
        sheet.write(r, 1, what, book.fixed())
        sheet.write(r, 2, need, book.fixed())
        sheet.set_row(r, LINE * max(lines_of(what, _WIDTHS[1]), lines_of(need, _WIDTHS[2])) + 4)
    _told(book, sheet, told, at + 4 + len(listed))


def _told(book: Book, sheet: Any, told: Sequence[str], at: int) -> None:
    """What was carried over, below the list of sheets: lines that are not set in are heads."""
    if not told:
        return
    sheet.write(at, 0, guide().carried, book.format(bold=True, font_size=13))
    for r, line in enumerate(told, at + 1):
        inner = line.startswith(" ")
        form = book.format(text_wrap=True, indent=2) if inner else book.format(text_wrap=True, bold=True)
        sheet.merge_range(r, 0, r, len(_WIDTHS) - 1, line.strip(), form)
        sheet.set_row(r, LINE * lines_of(line, sum(_WIDTHS)) + 4)
