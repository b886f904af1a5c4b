"""Pages of a typeset document as data (排版数据): what the template sets: papers, styles, blocks, cells.

Same pages, styles and columns as the Word document. Wide tables stand on turned pages; where the smallest letters are
too wide for these, on A3. All lengths are whole: twentieths of a point, sizes in half points. Refuses to cut anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from juesuan.documents.docx_pages import CONTENTS, Page, pages, setting, style_of
from juesuan.documents.docx_plans import LANDSCAPE, Plan, height_of, is_form, plan, width_of
from juesuan.documents.docx_styles import LOOKS, MM
from juesuan.documents.drawing_svg import draw_svg
from juesuan.documents.pdf_fonts import Faces
from juesuan.model.charts import Chart
from juesuan.model.documents import Block, Cell, Heading, Paragraph, Table

_LISTED = 2
_UPRIGHT, _TURNED, _LARGE = (210, 297), (297, 210), (420, 297)
"""papers in millimetres"""
_WIDE = round((420 - 56) * MM)
_PAD = 120
"""left and right of what stands in a cell"""
_SMALLEST = 10
"""half points: the smallest letters, on A3 only"""
_ROOM = 44
_PART = 3
"""a row higher than this part of a page may be split over two"""
_HIGH = {False: 225, True: 160}
_FIGURE = re.compile(r"[-−]?[\d,]*\.?\d+%?|—")
_RUN = re.compile(r"[\u0021-\u02ff]+")
_SHORT = 8
_TOTALS = ("合计", "总计")
Data = dict[str, Any]


def content(blocks: Sequence[Block | Chart], faces: Faces, mark: str = "") -> Data:
    """All that the template needs but title and author."""
    return _Maker(list(blocks)).content(faces, mark)


def styles(faces: Faces) -> Data:
    """Every style of the document by name."""
    found = {}
    for look in LOOKS:
        face = faces.by_role[look.font]
        found[look.name] = {
            "font": look.font,
            "weight": face.weight,
            "heavy": face.heavy,
            "size": look.size,
            "align": look.align,
            "line": look.line,
            "indent": look.indent,
            "before": look.before,
            "after": look.after,
            "left": look.left,
            "keep": look.keep,
        }
    return found


class _Maker:
    """Makes the data of one document."""

    def __init__(self, blocks: list[Block | Chart]) -> None:
        plain = [block for block in blocks if not isinstance(block, Chart)]
        self.plans = {id(block): _wider(block, plan(block)) for block in plain if isinstance(block, Table)}
        self.pages = list(pages(blocks, self.plans))
        self.labels = {id(b): f"h-{n}" for n, b in enumerate(b for b in plain if isinstance(b, Heading))}
        listed = [b for b in plain if isinstance(b, Heading) and b.level <= _LISTED]
        entries = [b for b in plain if isinstance(b, Paragraph) and b.place.table == CONTENTS][1:]
        pairs = zip(listed, entries, strict=True) if len(listed) == len(entries) else ()
        self.entries = {
            self.labels[id(heading)]: {"text": entry.text, "style": style_of(entry)} for heading, entry in pairs
        }
        self.level = 0

    def content(self, faces: Faces, mark: str) -> Data:
        latin = [{"name": name, "covers": "latin-in-cjk"} for name in faces.latin]
        return {
            "mark": mark,
            "fonts": {role: [*latin, *face.names] for role, face in faces.by_role.items()},
            "styles": styles(faces),
            "sections": list(self._sections()),
        }

    def _sections(self) -> Iterator[Data]:
        """Pages of one paper together; numbers begin after the cover."""
        covered = False
        for (cover, paper), group in groupby(self.pages, key=lambda page: (page.cover, self._paper(page))):
            found = [list(self._page(page)) for page in group]
            yield {"cover": cover, "paper": paper, "restart": covered, "pages": found}
            covered = cover

    def _paper(self, page: Page) -> tuple[int, int]:
        widths = [sum(self.plans[id(block)].widths) for block in page.blocks if isinstance(block, Table)]
        large = any(width > LANDSCAPE for width in widths)
        return _LARGE if large else _TURNED if page.landscape else _UPRIGHT

    # blocks -----------------------------------------------------------------------------------------------------------

    def _page(self, page: Page) -> Iterator[Data]:
        blocks = page.blocks
        at = 0
        while at < len(blocks):
            block = blocks[at]
            low = at == 0 and page.low
            run = [block]
            if isinstance(block, Chart):
                yield {"kind": "chart", "svg": draw_svg(block), "alt": block.says}
            elif isinstance(block, Table):
                yield self._table(block)
            elif isinstance(block, Heading):
                yield self._heading(block, low)
            elif isinstance(block, Paragraph) and block.place.table == CONTENTS:
                run = _while(blocks[at:], lambda b: isinstance(b, Paragraph) and b.place.table == CONTENTS)
                yield {"kind": "contents", "title": block.text, "entries": self.entries}
            elif isinstance(block, Paragraph) and block.place.column:
                run = _while(blocks[at:], lambda b: isinstance(b, Paragraph) and bool(b.place.column))
                yield from _leads([b for b in run if isinstance(b, Paragraph)])
            elif isinstance(block, Paragraph):
                yield {
                    "kind": "text",
                    "style": style_of(block),
                    "text": block.text,
                    "size": setting(block).size,
                    "low": low,
                }
            at += len(run)

    def _heading(self, block: Heading, low: bool) -> Data:
        """Its level is never more than one below that of the heading before it."""
        self.level = min(block.level, self.level + 1)
        return {
            "kind": "heading",
            "level": self.level,
            "text": block.text,
            "style": style_of(block),
            "size": setting(block).size,
            "label": self.labels[id(block)],
            "listed": block.level <= _LISTED,
            "low": low,
        }

    # tables -----------------------------------------------------------------------------------------------------------

    def _table(self, table: Table) -> Data:
        made = self.plans[id(table)]
        heights = height_of(table, made)
        most = round(_HIGH[made.landscape] * MM) // _PART
        rows = [
            [
                _cell(table, made, (y, x), cell, heights[y]) | {"breakable": heights[y] > most}
                for x, cell in enumerate(row)
                if cell
            ]
            for y, row in enumerate(table.rows)
        ]
        heads, body = rows[: made.heads], rows[made.heads :]
        return {
            "kind": "table",
            "size": made.size,
            "widths": list(made.widths),
            "heads": [cell for row in heads for cell in row],
            "cells": [cell for row in body for cell in row],
        }


def _cell(table: Table, made: Plan, spot: tuple[int, int], cell: Cell, height: int) -> Data:
    y, x = spot
    width = sum(made.widths[x : x + cell.colspan]) - _PAD
    line = 12 * made.size
    room = max(height - 10 * made.size, _ROOM) // 2 if height < 2 * line else _ROOM // 2
    widest = max((width_of(run, made.size) for run in _RUN.findall(cell.text)), default=0)
    return {
        "x": x,
        "y": y,
        "colspan": cell.colspan,
        "rowspan": cell.rowspan,
        "text": cell.text,
        "align": _align(table, cell, y < made.heads),
        "room": room,
        "broken": widest > width,
    }


def _align(table: Table, cell: Cell, head: bool) -> str:
    """Heads, codes, totals and the short words of a form in the middle; figures right; words left."""
    if head:
        return "center"
    form = is_form(table)
    if cell.place.column and not form:
        return "right"
    if (form and len(cell.text) <= _SHORT) or _FIGURE.fullmatch(cell.text) or cell.text in _TOTALS:
        return "center"
    return "left"


def _wider(table: Table, made: Plan) -> Plan:
    """The plan, on A3 where a figure is wider than its column; letters smaller only where that does not do."""
    if not made.landscape or _holds(table, made):
        return made
    total = sum(made.widths)
    for size in range(made.size, _SMALLEST - 1, -1):
        least = _least(table, size)
        if sum(least) <= _WIDE or size == _SMALLEST:
            spare = max(_WIDE - sum(least), 0)
            widths = [w + spare * own // total for w, own in zip(least, made.widths, strict=True)]
            widths = [w * _WIDE // sum(widths) for w in widths]
            made = Plan(tuple(widths), size, True, made.heads, made.row)
            break
    return made


def _least(table: Table, size: int) -> list[int]:
    """How wide every column is at least: all of a figure, a few characters of words."""
    found = [2 * _PAD] * table.width
    for row in table.rows:
        for x, cell in enumerate(row):
            if cell is not None and cell.colspan == 1:
                whole = width_of(cell.text, size)
                few = whole if _is_figure(cell) else min(whole, 4 * 10 * size)
                found[x] = max(found[x], few + _PAD)
    return found


def _holds(table: Table, made: Plan) -> bool:
    """Whether every figure stands in one line."""
    return all(
        width_of(cell.text, made.size) + _PAD <= sum(made.widths[x : x + cell.colspan])
        for row in table.rows
        for x, cell in enumerate(row)
        if cell is not None and _is_figure(cell)
    )


def _is_figure(cell: Cell) -> bool:
    return bool(_FIGURE.fullmatch(cell.text))


def _leads(run: Sequence[Paragraph]) -> Iterator[Data]:
    """Lines that stand left, in the middle and right go into one, until a place is taken."""
    line: Data = {}
    for block in run:
        at = block.place.column or "left"
        if at in line:
            yield {"kind": "lead", "left": "", "center": "", "right": "", **line}
            line = {}
        line[at] = block.text
    if line:
        yield {"kind": "lead", "left": "", "center": "", "right": "", **line}


def _while(blocks: Sequence[Block | Chart], holds: Any) -> list[Block | Chart]:
    found = []
    for block in blocks:
        if not holds(block):
            break
        found.append(block)
    return found
