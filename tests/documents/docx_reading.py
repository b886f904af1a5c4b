"""A reader of Word files for tests: paragraphs and tables of the body in order, merged cells as the file has them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import docx
from docx.oxml.ns import qn

from juesuan.model.documents import Block, Cell, Document, Paragraph, Table
from juesuan.model.places import Place


def read_docx(data: bytes) -> Document:
    """The body of a file, each block with a line of its own."""
    blocks: list[Block] = []
    line = 0
    for element in docx.Document(io.BytesIO(data)).element.body:
        if element.tag == qn("w:p"):
            line += 1
            if text := words(element):
                blocks.append(Paragraph(text, Place("a.docx", line=line, quote=text)))
        elif element.tag == qn("w:tbl"):
            table = Table(tuple(rows(element, line)), Place("a.docx", line=line + 1))
            line += len(table.rows)
            blocks.append(table)
    return Document("a.docx", "", "docx", tuple(blocks))


def words(element: Any) -> str:
    """What a paragraph says, without text boxes."""
    return "".join(
        "\t" if one.tag == qn("w:tab") else one.text or ""
        for one in element.iter(qn("w:t"), qn("w:tab"))
        if next(one.iterancestors(qn("w:p"))) is element and one.getparent().tag == qn("w:r")
    ).strip()


def rows(table: Any, line: int) -> Iterator[tuple[Cell | None, ...]]:
    grid: list[list[tuple[Any, int, bool]]] = []
    for row in table.iter(qn("w:tr")):
        cells: list[tuple[Any, int, bool]] = []
        for cell in row.iter(qn("w:tc")):
            span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
            merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
            wide = 1 if span is None else int(span.get(qn("w:val")))
            goes_on = merge is not None and merge.get(qn("w:val")) != "restart"
            cells += [(cell, wide, goes_on)] + [(None, 0, True)] * (wide - 1)
        grid.append(cells)
    for r, cells in enumerate(grid):
        found: list[Cell | None] = []
        for c, (cell, wide, goes_on) in enumerate(cells):
            if cell is None or goes_on:
                found.append(None)
                continue
            down = 1
            while r + down < len(grid) and grid[r + down][c][0] is not None and grid[r + down][c][2]:
                down += 1
            text = "\n".join(words(p) for p in cell.iter(qn("w:p")))
            found.append(Cell(text, Place("a.docx", line=line + r + 1, start=c, quote=text), wide, down))
        yield tuple(found)
