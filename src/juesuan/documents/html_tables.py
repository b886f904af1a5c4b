"""Tables of a web page (网页的表格): heads, row heads, merged cells, figures aligned; tables that can be sorted say so.

A screen reader hears with every figure its row and its columns. Refuses to split, shorten or add up anything.
Source: HTML Living Standard 4.9 (tables); WCAG 2.2 1.3.1.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from juesuan.documents.docx_plans import head_rows, is_form
from juesuan.documents.html_page import Mark, text
from juesuan.model.documents import Cell, Table

_NUMBERS = ("行次", "序号")
_TOTALS = re.compile(r"[^、，]{0,8}(?:合\s*计|总\s*计)")
_ZERO = re.compile(r"[-—0.]*")
_FIGURE = re.compile(r"[-+]?[\d,]*\.?\d+%?|—|-")
_SORTABLE, _WIDE = 4, 7
"""so many rows make sorting worth while; from so many columns on a table is printed on a turned page"""
Marks = Mapping[int, Sequence[Mark]]


def table_html(table: Table, name: str, caption: str, marks: Marks) -> str:
    """The table in a frame that scrolls where the page is narrow. `name` is its id, `caption` ready markup."""
    heads = head_rows(table)
    writer = _Table(table, name, heads, marks)
    classes = ["form"] if is_form(table) else ["sortable"] if writer.sortable else []
    head = f"<thead>{writer.head()}</thead>\n" if heads else ""
    own = f' class="{classes[0]}"' if classes else ""
    return (
        f'<div class="scroll" role="region" tabindex="0" aria-labelledby="{name}-c">'
        f'<table id="{name}"{own}>\n<caption id="{name}-c">{caption}</caption>\n'
        f"{head}<tbody>\n{writer.body()}</tbody>\n</table></div>\n"
    )


def is_wide(table: Table | None) -> bool:
    """Whether it is printed on a turned page."""
    return table is not None and table.width >= _WIDE and not is_form(table)


class _Table:
    """Writes the rows of one table."""

    def __init__(self, table: Table, name: str, heads: int, marks: Marks) -> None:
        self.table, self.name, self.heads, self.marks = table, name, heads, marks
        self.kinds = [self._kind(column) for column in range(table.width)]
        self.groups = self._groups()
        body = table.rows[heads:]
        spans = any(cell is None or cell.rowspan > 1 for row in body for cell in row[len(self._labels()) :])
        spans = spans or any(cell is not None and cell.rowspan > 1 for row in body for cell in row)
        plain = heads > 0 and not is_form(table) and not spans
        self.sortable = plain and len(body) >= _SORTABLE and len(set(self.groups)) == 1

    # what columns are -------------------------------------------------------------------------------------------------

    def _kind(self, column: int) -> str:
        """figure, no (行次), or label."""
        over = [row[column] for row in self.table.rows[: self.heads]]
        titles = [cell.text for cell in over if cell is not None]
        if any(word in titles for word in _NUMBERS):
            return "no"
        cells = [row[column] for row in self.table.rows[self.heads :]]
        return "figure" if any(cell is not None and cell.place.column for cell in cells) else "label"

    def _labels(self) -> list[int]:
        first = next((n for n, kind in enumerate(self.kinds) if kind == "figure"), len(self.kinds))
        return list(range(first))

    def _groups(self) -> list[int]:
        """Of every column, which block of columns it is in: a label after a figure begins another."""
        found, group, before = [], 0, ""
        for kind in self.kinds:
            if kind != "figure" and before == "figure":
                group += 1
            found.append(group)
            before = kind
        return found

    # rows -------------------------------------------------------------------------------------------------------------

    def head(self) -> str:
        return "".join(self._row(number, self._head_cell) for number in range(self.heads))

    def body(self) -> str:
        cell = self._form_cell if is_form(self.table) else self._cell
        return "".join(self._row(number, cell) for number in range(self.heads, len(self.table.rows)))

    def _row(self, number: int, write: object) -> str:
        assert callable(write)
        row = self.table.rows[number]
        cells = "".join(write(number, column, cell) for column, cell in enumerate(row) if cell is not None)
        total = number >= self.heads and any(
            c is not None and _TOTALS.fullmatch(c.text) and self.kinds[n] == "label" for n, c in enumerate(row)
        )
        return f"<tr{' class=total' if total else ''}>{cells}</tr>\n"

    def _head_cell(self, number: int, column: int, cell: Cell) -> str:
        own = _spans(cell)
        if not cell.text.strip():
            return f"<td{own}></td>"
        scope = "colgroup" if cell.colspan > 1 else "col"
        named = f' id="{self.name}-h{number}-{column}"' if len(set(self.groups)) > 1 else ""
        return f'<th scope="{scope}"{named}{own}>{_lines(cell.text)}</th>'

    def _cell(self, number: int, column: int, cell: Cell) -> str:
        own = _spans(cell)
        kind = self.kinds[column]
        if kind == "no":
            return f'<td class="no"{own}>{text(cell.text)}</td>'
        if kind == "figure" or cell.place.column:
            return f'<td class="{_figure(cell)}"{own}{self._headers(number, column)}>{self._linked(cell)}</td>'
        if not cell.text.strip():
            return f"<td{own}></td>"
        code = ' class="code"' if cell.text.isdigit() else ""
        if len(set(self.groups)) > 1:
            return f'<th{code} id="{self.name}-r{number}-{column}"{own}>{_lines(cell.text)}</th>'
        return f'<th scope="row"{code}{own}>{_lines(cell.text)}</th>'

    def _form_cell(self, _number: int, _column: int, cell: Cell) -> str:
        own = _spans(cell)
        if cell.place.column or _FIGURE.fullmatch(cell.text):
            return f'<td class="n"{own}>{self._linked(cell)}</td>'
        return f"<td{own}>{_lines(cell.text)}</td>"

    def _linked(self, cell: Cell) -> str:
        marks = self.marks.get(id(cell), ())
        return linked(cell.text, marks[0]) if marks and cell.text else text(cell.text)

    def _headers(self, number: int, column: int) -> str:
        """Where columns stand in blocks side by side, the heads of a figure by name: those of its own block only."""
        if len(set(self.groups)) < 2:
            return ""
        group = [n for n in range(column) if self.groups[n] == self.groups[column] and self.kinds[n] == "label"]
        row = self.table.rows[number]
        ids = [f"{self.name}-r{number}-{n}" for n in group if (c := row[n]) is not None and c.text.strip()]
        for above in range(self.heads):
            at = self._covering(above, column)
            if at is not None:
                ids.append(f"{self.name}-h{above}-{at}")
        return f' headers="{" ".join(ids)}"' if ids else ""

    def _covering(self, number: int, column: int) -> int | None:
        """The column where the head above a column begins, in a row of heads."""
        for at in range(column, -1, -1):
            cell = self.table.rows[number][at]
            if cell is not None:
                return at if at + cell.colspan > column and cell.text.strip() else None
        return None


def linked(words: str, mark: Mark) -> str:
    """Words that are named and lead elsewhere."""
    own = f' id="{mark.name}"'
    if not mark.to:
        return f"<span{own}>{text(words)}</span>"
    return f'<a class="f"{own} href="#{mark.to}" title="{text(mark.says)}">{text(words)}</a>'


def _figure(cell: Cell) -> str:
    """A zero stands back, so that what is there can be seen."""
    return "n z" if _ZERO.fullmatch(cell.text) else "n"


def _spans(cell: Cell) -> str:
    columns = f' colspan="{cell.colspan}"' if cell.colspan > 1 else ""
    return columns + (f' rowspan="{cell.rowspan}"' if cell.rowspan > 1 else "")


def _lines(words: str) -> str:
    return "<br>".join(text(line) for line in words.split("\n"))
