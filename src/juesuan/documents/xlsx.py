"""Workbooks (电子表格): XLSX and XLS → document, a table for every region of a sheet; places are sheet and cell.

A figure is what the sheet shows: with the decimals of its number format, and in full where the cell holds more than is
shown, so that nothing is lost. Refuses formulas without a stored result (their cells are blank) and hidden sheets.
"""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from juesuan.documents.errors import DamagedFile, EmptyFile, LockedFile, TooLarge
from juesuan.documents.lines import SENTENCE, is_caption
from juesuan.documents.numberformats import Shown, number_formats
from juesuan.model.documents import Block, Cell, Document, PageBreak, Paragraph, Table
from juesuan.model.places import Place

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

CONTENTS, KEYS = "目录", ("表", "单元格", "指标", "指标键")
"""the sheet that lists the others; the heads of the one that says of every figure what it is"""
#: cells of one workbook that is read as a document; a ledger is read elsewhere
MOST = 1_000_000
_GAP = 2
_NOISE = 9
_LABEL = 20
"""characters that a label may have"""
Row = tuple[Cell | None, ...]


def read_xlsx(data: bytes, file: str, most: int = MOST) -> Document:
    """The document in the bytes of a workbook; `file` is its name in every place.

    Raises `EmptyFile`, `LockedFile`, `DamagedFile` or `TooLarge` (`most` cells).
    """
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum  # noqa: PLC0415 - heavy

    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            seen = [m.name for m in book.sheets_metadata if m.visible == SheetVisibleEnum.Visible]
            sheets = [_Sheet(book.get_sheet_by_name(name), file, n) for n, name in enumerate(seen, 1)]
    except PasswordError as why:
        raise LockedFile(file) from why
    except (CalamineError, ValueError, OSError) as why:
        raise DamagedFile(file) from why
    size = sum(len(row) for sheet in sheets for row in sheet.values)
    if size > most:
        raise TooLarge(file, size, most, "单元格")
    formats = number_formats(data)
    blocks: list[Block] = []
    for sheet in sheets:
        blocks += sheet.blocks(formats.get(sheet.name, {}))
        blocks.append(PageBreak(Place(file, sheet.number, sheet=sheet.name)))
    if all(isinstance(block, PageBreak) for block in blocks):
        raise EmptyFile(file, len(data))
    return Document(file, sha256(data).hexdigest(), "xlsx", tuple(blocks))


def consecutive(document: Document) -> Document:
    """The document with its lines counted through all sheets, so that no two have the same number."""
    ends: dict[int, int] = {}
    for place in _places(document.blocks):
        ends[place.page or 0] = max(ends.get(place.page or 0, 0), place.line or 0)
    before, at = {}, 0
    for sheet in sorted(ends):
        before[sheet] = at
        at += ends[sheet]

    def moved(place: Place) -> Place:
        return place._replace(line=before[place.page or 0] + place.line) if place.line else place

    blocks: list[Block] = []
    for block in document.blocks:
        if isinstance(block, Table):
            rows = [tuple(c and replace(c, place=moved(c.place)) for c in row) for row in block.rows]
            blocks.append(Table(tuple(rows), moved(block.place), block.placing))
        else:
            blocks.append(replace(block, place=moved(block.place)))
    return replace(document, blocks=tuple(blocks))


def _places(blocks: Sequence[Block]) -> Iterator[Place]:
    for block in blocks:
        yield block.place
        if isinstance(block, Table):
            yield from (cell.place for cell in block.cells())


def column_name(column: int) -> str:
    """The letters of a column counted from 0: 27 → AB."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


class _Sheet:
    """One sheet: its values by row and column from the first cell of the sheet, and what is merged."""

    def __init__(self, sheet: CalamineSheet, file: str, number: int) -> None:
        self.file, self.number, self.name = file, number, sheet.name
        self.values: list[list[Any]] = sheet.to_python(skip_empty_area=False)
        self.spans: dict[tuple[int, int], tuple[int, int]] = {}
        self.covered: set[tuple[int, int]] = set()
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or []:
            self.spans[top, left] = bottom - top + 1, right - left + 1
            inside = ((r, c) for r in range(top, bottom + 1) for c in range(left, right + 1))
            self.covered.update(spot for spot in inside if spot != (top, left))

    def blocks(self, formats: dict[tuple[int, int], Shown]) -> Iterator[Block]:
        """The sheet's regions, single cells above and below a table as paragraphs."""
        texts = [
            [shown(value, formats.get((r, c))) for c, value in enumerate(row)] for r, row in enumerate(self.values)
        ]
        if any(tuple(row[: len(KEYS)]) == KEYS for row in texts):
            return  # it repeats what the other sheets say
        if self.name == CONTENTS:
            for r, row in enumerate(texts):
                if line := " ".join(filter(None, row)):
                    yield Paragraph(line, self._place(r, 0, line))
            return
        for first, last in _regions(texts):
            yield from self._region(texts, first, last)

    def _region(self, texts: Sequence[Sequence[str]], first: int, last: int) -> Iterator[Block]:
        lines = [self._filled(texts[r]) for r in range(first, last)]
        top = next((n for n, filled in enumerate(lines) if filled > 1), len(lines))
        bottom = next((n for n in range(len(lines), top, -1) if lines[n - 1] > 1), top)
        if bottom > top:
            width = self._width(texts[first + bottom - 1], first + bottom - 1)
            while bottom < len(lines) and self._is_row(texts[first + bottom], first + bottom, width):
                bottom += 1
        for r in range(first, first + top):
            yield from self._paragraphs(texts[r], r)
        if bottom > top:
            rows = range(first + top, first + bottom)
            width = max(self._width(texts[r], r) for r in rows)
            yield Table(tuple(self._row(texts[r], r, width) for r in rows), self._place(rows[0], 0, ""))
        for r in range(first + bottom, last):
            yield from self._paragraphs(texts[r], r)

    @staticmethod
    def _filled(texts: Sequence[str]) -> int:
        """How many cells of a row say something; what stands above or below a table counts as one."""
        cells = [text for text in texts if text]
        return 1 if cells and is_caption(cells) else len(cells)

    def _is_row(self, texts: Sequence[str], r: int, width: int) -> bool:
        """Whether a row with one text right below a table is its last: a label without figures, not a note."""
        filled = [c for c, text in enumerate(texts) if text]
        if len(filled) != 1 or len(texts[filled[0]]) > _LABEL or SENTENCE.search(texts[filled[0]]):
            return False
        return not is_caption([texts[filled[0]]]) and self.spans.get((r, filled[0]), (1, 1))[1] < width

    def _paragraphs(self, texts: Sequence[str], r: int) -> Iterator[Paragraph]:
        for c, text in enumerate(texts):
            if text:
                yield Paragraph(text, self._place(r, c, text))

    def _width(self, texts: Sequence[str], r: int) -> int:
        """Columns up to the last one that is filled, or that a filled cell reaches over."""
        filled = [c + self.spans.get((r, c), (1, 1))[1] for c, text in enumerate(texts) if text]
        return max(filled, default=0)

    def _row(self, texts: Sequence[str], r: int, width: int) -> Row:
        return tuple(self._cell(texts[c] if c < len(texts) else "", r, c, width) for c in range(width))

    def _cell(self, text: str, r: int, c: int, width: int) -> Cell | None:
        if (r, c) in self.covered:
            return None
        down, across = self.spans.get((r, c), (1, 1))
        return Cell(text, self._place(r, c, text), colspan=min(across, width - c), rowspan=down)

    def _place(self, r: int, c: int, text: str) -> Place:
        cell = f"{column_name(c)}{r + 1}"
        return Place(self.file, self.number, r + 1, c + 1, quote=text, sheet=self.name, cell=cell)


def _regions(texts: Sequence[Sequence[str]]) -> Iterator[tuple[int, int]]:
    """(first row, row after the last) of what stands apart from the rest by two blank rows or more."""
    filled = [r for r, row in enumerate(texts) if any(row)]
    start = 0
    for n, r in enumerate(filled):
        if n and r - filled[n - 1] > _GAP:
            yield filled[start], filled[n - 1] + 1
            start = n
    if filled:
        yield filled[start], filled[-1] + 1


def shown(value: object, form: Shown | None = None) -> str:
    """What a cell shows. A figure that holds more decimals than its format shows is given in full."""
    match value:
        case bool():
            return "是" if value else "否"
        case int() | float():
            return _number(Decimal(repr(value)), form)
        case datetime.datetime() if value.time() == datetime.time():
            return value.date().isoformat()
        case datetime.date() | datetime.time():
            return value.isoformat()
    return str(value).strip()


def _number(value: Decimal, form: Shown | None) -> str:
    if form and form.zero is not None and not value:
        return form.zero
    if form and form.percent:
        return _number(value * 100, Shown(form.decimals)) + "%"
    # what binary fractions leave behind the ninth decimal is no part of the figure
    exact = round(value, _NOISE).normalize()
    exponent = exact.as_tuple().exponent
    decimals = max(0, -exponent) if isinstance(exponent, int) else 0
    return f"{exact:.{max(decimals, form.decimals if form else 0)}f}"
