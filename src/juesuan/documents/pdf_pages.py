"""Pages of a typeset document as data (排版数据): what the template sets: papers, styles, blocks, cells.

Same pages, styles and columns as the Word document. Wide tables stand on turned pages; where the smallest letters are
too wide for these, on A3. All lengths are whole: twentieths of a point, sizes in half points. Refuses to cut anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from juesuan.documents.docx_pages import CONTENTS, Page, close_contents, pages, setting, style_of
from juesuan.documents.docx_plans import LEADING, ROOM, Plan, filled, height_of, is_form, width_of
from juesuan.documents.docx_styles import LOOKS
from juesuan.documents.drawing_svg import draw_svg
from juesuan.documents.leads import lead_lines
from juesuan.documents.papers import is_figure, planned, split_rows
from juesuan.documents.pdf_fonts import Faces
from juesuan.model.charts import Chart
from juesuan.model.documents import Block, Cell, Heading, Paragraph, Table

_LISTED = 2
_PAD = 120
"""left and right of what stands in a cell"""
_RUN = re.compile(r"[\u0021-\u02ff]+")
_SHORT = 12
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
        self.plans = {id(block): planned(block) for block in plain if isinstance(block, Table)}
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
        for (cover, paper), group in groupby(self.pages, key=lambda page: (page.cover, page.paper)):
            found = [list(self._page(page)) for page in group]
            size = {"width": paper.width, "height": paper.height, "margins": paper.margins}
            yield {"cover": cover, **size, "restart": covered, "pages": found}
            covered = cover

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
                close = close_contents([b for b in run if isinstance(b, Paragraph)])
                yield {"kind": "contents", "title": block.text, "entries": self.entries, "line": close}
            elif isinstance(block, Paragraph) and block.place.column:
                run = _while(blocks[at:], lambda b: isinstance(b, Paragraph) and bool(b.place.column))
                yield from _leads([b for b in run if isinstance(b, Paragraph)], page.paper.room)
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
            "close": setting(block).close,
            "label": self.labels[id(block)],
            "listed": block.level <= _LISTED,
            "low": low,
        }

    # tables -----------------------------------------------------------------------------------------------------------

    def _table(self, table: Table) -> Data:
        made = self.plans[id(table)]
        heights, needed = height_of(table, made), filled(table, made)
        split = split_rows(table, made, heights)
        rows = [
            [
                _cell(table, made, (y, x), cell, _room(made.size, heights[y], needed[y]))
                | {"breakable": not split.isdisjoint(range(y, y + cell.rowspan))}
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


def _room(size: int, height: int, needed: int) -> int:
    """Above and below the words of a row: the last of its lines has no lead below it."""
    words = needed - ROOM - (LEADING - 10) * size
    return max(height - words, ROOM) // 2


def _cell(table: Table, made: Plan, spot: tuple[int, int], cell: Cell, room: int) -> Data:
    y, x = spot
    width = sum(made.widths[x : x + cell.colspan]) - _PAD
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
    if (form and len(cell.text) <= _SHORT) or is_figure(cell) or cell.text in _TOTALS:
        return "center"
    return "left"


def _leads(run: Sequence[Paragraph], width: int) -> Iterator[Data]:
    for line in lead_lines(run, width):
        yield {"kind": "lead", "left": "", "center": "", "right": "", **line}


def _while(blocks: Sequence[Block | Chart], holds: Any) -> list[Block | Chart]:
    found = []
    for block in blocks:
        if not holds(block):
            break
        found.append(block)
    return found
