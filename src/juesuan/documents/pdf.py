"""PDF → Document (读 PDF): pages in order, tables from ruling lines, the rest as printed lines.

Every cell and every line keeps its page and box. Headers, footers and page numbers are set apart; pages that are
pictures and characters that their font does not name are counted, never passed over.
Refuses what is no PDF, is locked, or has more pages than the limit.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

import pypdfium2 as pdfium

from juesuan.documents import borderless
from juesuan.documents.errors import DamagedFile, LockedFile, TooManyPages
from juesuan.documents.frames import Box
from juesuan.documents.glyphs import Glyph, drawn
from juesuan.documents.lines import FIGURE
from juesuan.documents.printing import IN_CELL, Printed, printed_lines
from juesuan.documents.ruling import Grid, Spot, grids
from juesuan.documents.running import set_apart
from juesuan.documents.sheets import Ruled, Sheet, align
from juesuan.documents.tagged import without_figures
from juesuan.model.documents import Block, Cell, Document, PageBreak, Paragraph, Table
from juesuan.model.limits import LIMITS

_PICTURE_GLYPHS = 8
"""a page with fewer glyphs and a picture on it is a picture"""
_DIGITS = re.compile(r"[-−－]?[\d.,]+%?")
_RULE = 100.0
"""points; a shorter line from left to right rules off no row"""
_OUTLINES = 100
"""a page with so many shapes and next to no glyphs is a picture: its text was turned into curves"""


def read_pdf(data: bytes, file: str, most: int = LIMITS.pages) -> Document:
    """Reads a PDF from its bytes. Raises LockedFile, DamagedFile, TooManyPages."""
    try:
        pdf = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise (LockedFile(file) if "password" in str(error).lower() else DamagedFile(file)) from error
    try:
        if len(pdf) > most:
            raise TooManyPages(file, len(pdf), most)
        sheets = [_sheet(pdf, file, number) for number in range(len(pdf))]
    finally:
        pdf.close()
    if sheets and not any(sheet.width for sheet in sheets):
        raise DamagedFile(file)
    set_apart(sheets)
    borderless.find(sheets)
    align(sheets)
    digest = hashlib.sha256(data).hexdigest()
    blocks = [block for sheet in sheets for block in _blocks(sheet)]
    return Document(
        *(file, digest, "pdf", tuple(blocks)),
        lost=tuple(sheet.place() for sheet in sheets if sheet.unmapped),
        pictures=tuple(sheet.place() for sheet in sheets if _is_picture(sheet)),
        running=tuple(
            paragraph for sheet in sheets for paragraph in (_paragraph(sheet, line) for line in sheet.running)
        ),
    )


def _sheet(pdf: pdfium.PdfDocument, file: str, number: int) -> Sheet:
    try:
        page = pdf[number]
    except pdfium.PdfiumError:
        return Sheet(file, number + 1, 0, 0, pictured=1)
    try:
        content = drawn(page)
        found, lines = without_figures(page, content)
    finally:
        page.close()
    sheet = Sheet(file, number + 1, content.width, content.height)
    sheet.unmapped, sheet.cut = len(content.unmapped), content.beyond
    sheet.pictured, sheet.outlines = content.shapes.pictured, content.shapes.outlines
    sheet.tables = list(_tables(sheet, found, grids(lines)))
    sheet.lines = printed_lines(found)
    sheet.rules = [line for line in lines if line.horizontal and line.right - line.left > _RULE]
    return sheet


def _is_picture(sheet: Sheet) -> bool:
    """Whether next to nothing was read on a page with a picture, header and footer left aside."""
    glyphs = sum(len(line.text) for line in sheet.lines)
    seen = sheet.pictured > 0 or sheet.outlines >= _OUTLINES
    return seen and not sheet.tables and glyphs < _PICTURE_GLYPHS


def _tables(sheet: Sheet, found: list[Glyph], tables: list[Grid]) -> Iterator[Ruled]:
    """The ruled tables of a page; their glyphs are taken out of `found`."""
    for grid in tables:
        inside, rest = _cells(grid, found)
        if not inside:
            continue
        found[:] = rest
        place = sheet.place(box=grid.box)
        rows = tuple(
            tuple(_cell(sheet, grid, (r, c), inside.get((r, c), [])) for c in range(grid.columns))
            for r in range(grid.rows)
        )
        yield Ruled(grid.top, grid.ys[-1], grid.left, grid.xs, Table(rows, place))


def _cells(grid: Grid, found: list[Glyph]) -> tuple[dict[Spot, list[Glyph]], list[Glyph]]:
    """The glyphs by their cells, and those outside the table."""
    inside: dict[Spot, list[Glyph]] = {}
    rest: list[Glyph] = []
    home, (x0, y0, x1, y1) = rest, (0.0, 0.0, 0.0, 0.0)
    for glyph in found:
        _, left, top, right, bottom = glyph
        x, y = (left + right) / 2, (top + bottom) / 2
        if x0 <= x < x1 and y0 <= y < y1:
            home.append(glyph)  # most stand in the cell of the one before
        elif (spot := grid.at(x, y)) is None:
            rest.append(glyph)
        else:
            home = inside.setdefault(spot, [])
            home.append(glyph)
            x0, y0, x1, y1 = grid.cell_box(spot)
    return inside, rest


def _cell(sheet: Sheet, grid: Grid, spot: tuple[int, int], inside: list[Glyph]) -> Cell | None:
    span = grid.spans.get(spot)
    if span is None:
        return None
    box = grid.cell_box(spot)
    if not inside:
        return Cell("", sheet.place("", box), span[1], span[0])
    lines = printed_lines(inside, IN_CELL)
    if len(lines) == 1 and not sheet.cut:
        (line,) = lines
        place = sheet.place(line.text, (line.left, line.top, line.right, line.bottom))
        return Cell(line.text, place, span[1], span[0])
    text = ("" if _is_broken(lines, box) else "\n").join(line.text for line in lines)
    printed = _box(lines)
    sure = not (sheet.cut and printed and sheet.cuts(printed))
    return Cell(text, sheet.place(text, printed or box), span[1], span[0], sure)


def _is_broken(lines: list[Printed], cell: Box) -> bool:
    """Whether the lines of a cell are one figure that was wrapped: no line had room for what begins the next."""
    texts = [line.text for line in lines]
    if len(lines) < 2 or not all(_DIGITS.fullmatch(text) for text in texts) or not FIGURE.fullmatch("".join(texts)):
        return False
    pad = min(min(line.left - cell[0], cell[2] - line.right) for line in lines)
    room = max(cell[2] - cell[0] - 2 * pad, *(line.right - line.left for line in lines))
    first = [line.edges[1] - line.edges[0] for line in lines]
    return all(a.right - a.left + digit > room for a, digit in zip(lines, first[1:], strict=False))


def _box(lines: list[Printed]) -> Box | None:
    if not lines:
        return None
    return (
        min(line.left for line in lines),
        min(line.top for line in lines),
        max(line.right for line in lines),
        max(line.bottom for line in lines),
    )


def _blocks(sheet: Sheet) -> Iterator[Block]:
    """The blocks of a page from its top, after the break between it and the page before."""
    if sheet.number > 1:
        yield PageBreak(sheet.place())
    found: list[tuple[tuple[float, float], Block]] = [((one.top, one.left), one.table) for one in sheet.tables]
    found += [((line.top, line.left), _paragraph(sheet, line)) for line in sheet.lines]
    yield from (block for _, block in sorted(found, key=lambda pair: pair[0]))


def _paragraph(sheet: Sheet, line: Printed) -> Paragraph:
    place = sheet.place(line.text, (line.left, line.top, line.right, line.bottom))
    return Paragraph(line.text, place, line.edges)
