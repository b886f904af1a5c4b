"""Tables of a published workbook (各表): a sheet as the form has it, totals as live formulas with their values stored.

A figure that a spreadsheet cannot hold exactly is written as text, and the sums that it belongs to as constants; notes
say so. Refuses to compute anything: what a formula gives is what the description says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from juesuan.documents.docx_plans import head_rows
from juesuan.documents.xlsx import column_name
from juesuan.documents.xlsx_looks import Book, fit_page, height_of, number_format, width_of, widths
from juesuan.model.documents import Block, Cell, Heading, Paragraph, Table
from juesuan.model.workbooks import Figure, Sheet, Spot

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

HOLDS = 14
"""significant digits that every spreadsheet shows as they are: of 15 LibreOffice rounds some"""
_TOO_LONG = f"这个数超过 {HOLDS} 位有效数字，有的电子表格显示不准，按文字写入，不参加公式。"
_NOT_SUMMED = "其中有的数超过电子表格的精度，不用公式。"
_TOTALS = re.compile(r"[^、，]{0,8}(?:合\s*计|总\s*计)")
_CENTERED = re.compile(r"\d*|栏次|合\s*计")
_MOST_TERMS = 200
_SIDES = ("left", "center", "right")


def fits(figure: Figure) -> bool:
    """Whether every spreadsheet shows the figure exactly."""
    return len(figure.value.as_tuple().digits) <= HOLDS


def formula(terms: Sequence[Spot], top: int, decimals: int) -> str:
    """The sum of cells, rounded to the decimals that are shown; `top` is the row of the table's first."""
    if len(terms) == 1:
        return "=" + _cell(terms[0], top)
    runs = list(_runs(sorted(terms, key=lambda spot: (spot[1], spot[0]))))
    if all(first == last for first, last in runs):
        across = list(_runs(sorted(terms), across=True))
        runs = across if len(across) < len(runs) else runs
    names = [_cell(a, top) if a == b else f"{_cell(a, top)}:{_cell(b, top)}" for a, b in runs]
    if len(names) == len(terms) <= 6:
        return f"=ROUND({'+'.join(names)},{decimals})"
    parts = [",".join(names[n : n + _MOST_TERMS]) for n in range(0, len(names), _MOST_TERMS)]
    return f"=ROUND({'+'.join(f'SUM({part})' for part in parts)},{decimals})"


def _cell(spot: Spot, top: int) -> str:
    return f"{column_name(spot[1])}{spot[0] + top + 1}"


def _runs(spots: Sequence[Spot], across: bool = False) -> Iterator[tuple[Spot, Spot]]:
    """(first, last) of cells that stand in one piece, below or beside each other."""
    first = last = spots[0]
    for spot in spots[1:]:
        if spot == ((last[0], last[1] + 1) if across else (last[0] + 1, last[1])):
            last = spot
            continue
        yield first, last
        first = last = spot
    yield first, last


class TableSheet:
    """One sheet being written. `top` is the row of the table's first, `formulas` what every figure is computed by."""

    def __init__(self, book: Book, spec: Sheet, zero: str, mark: str) -> None:
        self.book, self.spec, self.zero = book, spec, zero
        self.table = spec.table
        self.heads = head_rows(self.table)
        shown = [(spot[1], f"{figure.value:,.{figure.decimals}f}") for spot, figure in spec.figures.items()]
        self.widths = widths(self.table, shown)
        self.sheet: Worksheet = book.sheet(spec.name, mark)
        self.top = 0
        self.high = 0
        """points of all rows"""
        self.formulas: dict[Spot, str] = {}
        self.notes: dict[Spot, str] = {}

    def write(self) -> None:
        """All of it, with its print set-up."""
        for column, width in enumerate(self.widths):
            self.sheet.set_column(column, column, width)
        at = 0
        blocks = self.spec.blocks
        leads = [block for block in blocks if isinstance(block, Paragraph) and block.place.column]
        for block in blocks:
            if isinstance(block, Heading):
                self._across(at, (0, self.table.width - 1), block.text, self.book.title())
                self._height(at, 30)
                at = self._leads(leads, at + 1)
            elif isinstance(block, Table):
                self._table(at)
                at += len(block.rows)
            elif isinstance(block, Paragraph) and not block.place.column:
                self._across(at, (0, self.table.width - 1), block.text, self.book.line())
                self._height(at, height_of([(block.text, sum(self.widths))]))
                at += 1
        self.sheet.print_area(0, 0, at - 1, self.table.width - 1)
        fit_page(self.sheet, sum(self.widths), self.high)

    def _height(self, row: int, points: int) -> None:
        self.sheet.set_row(row, points)
        self.high += points

    def _across(self, row: int, columns: tuple[int, int], text: str, form: Any) -> None:
        """A text over several columns."""
        if columns[0] < columns[1]:
            self.sheet.merge_range(row, columns[0], row, columns[1], "", form)
        self.sheet.write_string(row, columns[0], text, form)

    # lines above ------------------------------------------------------------------------------------------------------

    def _leads(self, leads: Sequence[Block], at: int) -> int:
        """Lines that stand left, in the middle and right go into one, until a place is taken; the row after them."""
        rows: list[dict[str, str]] = [{}]
        for block in leads:
            if isinstance(block, Paragraph):
                side = block.place.column or "left"
                if side in rows[-1]:
                    rows.append({})
                rows[-1][side] = block.text
        for row in (one for one in rows if one):
            for part in self._apart(row):
                for side, (columns, text) in part.items():
                    self._across(at, columns, text, self.book.line(side))
                self._height(at, height_of([(text, self._room(c)) for c, text in part.values()]))
                at += 1
        return at

    def _room(self, columns: tuple[int, int]) -> int:
        return sum(self.widths[columns[0] : columns[1] + 1])

    def _apart(self, row: Mapping[str, str]) -> Iterator[dict[str, tuple[tuple[int, int], str]]]:
        """The texts of a line with the columns that each has; in lines of their own where there is no room."""
        last = self.table.width - 1
        if len(row) == 1:
            yield {side: ((0, last), text) for side, text in row.items()}
            return
        left = self._reach(row.get("left", ""), range(last + 1)) if "left" in row else -1
        right = last - self._reach(row.get("right", ""), range(last, -1, -1)) if "right" in row else last + 1
        between = (left + 1, right - 1)
        middle = row.get("center", "")
        if left >= right or (middle and (left + 1 >= right or self._room(between) < width_of(middle) + 2)):
            for side, text in row.items():
                yield {side: ((0, last), text)}
            return
        if not middle and "left" in row:
            left = right - 1 if "right" in row else last
        found = {"left": ((0, left), row.get("left", "")), "right": ((right, last), row.get("right", ""))}
        found["center"] = (between, middle)
        yield {side: found[side] for side in _SIDES if side in row}

    def _reach(self, text: str, columns: Sequence[int]) -> int:
        """How many more columns than one a text needs, counted along `columns`."""
        room = 0
        for number, column in enumerate(columns):
            room += self.widths[column]
            if room >= width_of(text) + 2:
                return number
        return len(columns)

    # the table --------------------------------------------------------------------------------------------------------

    def _table(self, top: int) -> None:
        self.top = top
        for r, row in enumerate(self.table.rows):
            total = r >= self.heads and any(cell and _TOTALS.fullmatch(cell.text) for cell in row)
            texts = []
            for c, cell in enumerate(row):
                if cell is None:
                    continue
                self._cell((r, c), cell, total)
                if cell.rowspan == 1:
                    texts.append((cell.text, self._room((c, c + cell.colspan - 1))))
            self._height(top + r, height_of(texts))
        first = top + self.heads
        self.sheet.freeze_panes(first, self._labels())
        if self.heads:
            self.sheet.repeat_rows(top, first - 1)

    def _labels(self) -> int:
        """How many columns stay in sight: those before the first figure, where no words come after it."""
        columns = {spot[1] for spot in self.spec.figures}
        first = min(columns, default=0)
        return first if columns == set(range(first, self.table.width)) and first < self.table.width else 0

    def _cell(self, spot: Spot, cell: Cell, bold: bool) -> None:
        form = self._format(spot, cell, bold)
        row, column = self.top + spot[0], spot[1]
        if cell.colspan > 1 or cell.rowspan > 1:
            self.sheet.merge_range(row, column, row + cell.rowspan - 1, column + cell.colspan - 1, "", form)
        figure = self.spec.figures.get(spot)
        if figure is not None and (cell.text or figure.terms):
            self._figure(spot, figure, cell.text, form)
        elif cell.text:
            self.sheet.write_string(row, column, cell.text, form)
        else:
            self.sheet.write_blank(row, column, None, form)
        note = figure.note if figure is not None else ""
        if note := self.notes.get(spot, note):
            self.notes[spot] = note
            self.sheet.write_comment(row, column, note, {"author": "决算", "x_scale": 2, "font_size": 9})

    def _format(self, spot: Spot, cell: Cell, bold: bool) -> Any:
        figure = self.spec.figures.get(spot)
        if spot[0] < self.heads:
            return self.book.head()
        if figure is not None:
            return self.book.figure(bold, number_format(figure.decimals, self.zero) if fits(figure) else "@")
        return self.book.words(bold, "center" if _CENTERED.fullmatch(cell.text) else "left")

    def _figure(self, spot: Spot, figure: Figure, text: str, form: Any) -> None:
        row, column = self.top + spot[0], spot[1]
        if not fits(figure):
            self.notes[spot] = _TOO_LONG
            self.sheet.write_string(row, column, text, form)
            return
        if figure.terms and all(fits(self.spec.figures[term]) for term in figure.terms):
            self.formulas[spot] = formula(figure.terms, self.top, figure.decimals)
            self.sheet.write_formula(row, column, self.formulas[spot], form, figure.value)
            return
        if figure.terms:
            self.notes[spot] = _NOT_SUMMED
        if text:
            self.sheet.write_number(row, column, figure.value, form)
        else:
            self.sheet.write_blank(row, column, None, form)
