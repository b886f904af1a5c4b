"""PDF → Document (读 PDF): pages in order, tables from ruling lines, the rest as printed lines.

Every cell and every line keeps its page and box. Pages that are pictures are counted, never taken for empty ones.
Refuses what is no PDF, is locked, or has more pages than the limit.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field

import pypdfium2 as pdfium

from juesuan.documents.errors import DamagedFile, LockedFile, TooManyPages
from juesuan.documents.glyphs import Glyph, drawn
from juesuan.documents.printing import Printed, printed_lines
from juesuan.documents.ruling import Grid, grids
from juesuan.documents.tagged import without_figures
from juesuan.model.documents import Block, Cell, Document, PageBreak, Paragraph, Table
from juesuan.model.limits import LIMITS
from juesuan.model.places import Place

_PICTURE_GLYPHS = 8
"""a page with fewer glyphs and a picture on it is a picture"""


@dataclass(slots=True)
class _Pages:
    file: str
    blocks: list[Block] = field(default_factory=list)
    pictures: list[Place] = field(default_factory=list)
    at: int = 0
    """running number of characters, so that every place is its own"""


def read_pdf(data: bytes, file: str, most: int = LIMITS.pages) -> Document:
    """Reads a PDF from its bytes. Raises LockedFile, DamagedFile, TooManyPages."""
    try:
        pdf = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise (LockedFile(file) if "password" in str(error).lower() else DamagedFile(file)) from error
    try:
        if len(pdf) > most:
            raise TooManyPages(file, len(pdf), most)
        pages = _Pages(file)
        for number in range(len(pdf)):
            _page(pages, pdf, number)
    finally:
        pdf.close()
    digest = hashlib.sha256(data).hexdigest()
    return Document(file, digest, "pdf", tuple(pages.blocks), pictures=tuple(pages.pictures))


def _page(pages: _Pages, pdf: pdfium.PdfDocument, number: int) -> None:
    place = Place(pages.file, number + 1, start=pages.at)
    if number:
        pages.blocks.append(PageBreak(place))
    try:
        page = pdf[number]
    except pdfium.PdfiumError:
        pages.pictures.append(place)
        return
    try:
        content = drawn(page)
        found, lines = without_figures(page, content.glyphs, content.shapes.lines)
    finally:
        page.close()
    if len(found) < _PICTURE_GLYPHS and content.shapes.pictured:
        pages.pictures.append(place)
    blocks: list[tuple[tuple[float, float], Block]] = list(_tables(pages, place, found, grids(lines)))
    blocks.extend(_paragraphs(pages, place, found))
    pages.blocks.extend(block for _, block in sorted(blocks, key=lambda pair: pair[0]))


def _tables(
    pages: _Pages, page: Place, found: list[Glyph], tables: list[Grid]
) -> Iterator[tuple[tuple[float, float], Table]]:
    """The ruled tables of a page; their glyphs are taken out of `found`."""
    for grid in tables:
        inside: dict[tuple[int, int], list[Glyph]] = {}
        rest: list[Glyph] = []
        for glyph in found:
            spot = grid.at(glyph.middle_x, glyph.middle_y)
            if spot is None:
                rest.append(glyph)
            else:
                inside.setdefault(spot, []).append(glyph)
        if not inside:
            continue
        found[:] = rest
        rows = tuple(
            tuple(_cell(pages, page, grid, (r, c), inside.get((r, c), [])) for c in range(grid.columns))
            for r in range(grid.rows)
        )
        yield (grid.top, grid.left), Table(rows, Place(page.file, page.page, start=pages.at, box=grid.box))


def _cell(pages: _Pages, page: Place, grid: Grid, spot: tuple[int, int], inside: list[Glyph]) -> Cell | None:
    span = grid.spans.get(spot)
    if span is None:
        return None
    lines = printed_lines(inside)
    text = "\n".join(line.text for line in lines)
    box = _box(lines) or grid.cell_box(spot)
    place = Place(page.file, page.page, start=pages.at, box=box, quote=text)
    pages.at += len(text) + 1
    return Cell(text, place, span[1], span[0])


def _box(lines: list[Printed]) -> tuple[float, float, float, float] | None:
    if not lines:
        return None
    return (
        min(line.left for line in lines),
        min(line.top for line in lines),
        max(line.right for line in lines),
        max(line.bottom for line in lines),
    )


def _paragraphs(pages: _Pages, page: Place, found: list[Glyph]) -> Iterator[tuple[tuple[float, float], Paragraph]]:
    for line in printed_lines(found):
        box = (line.left, line.top, line.right, line.bottom)
        place = Place(page.file, page.page, start=pages.at, box=box, quote=line.text)
        pages.at += len(line.text) + 1
        yield (line.top, line.left), Paragraph(line.text, place, line.edges)
