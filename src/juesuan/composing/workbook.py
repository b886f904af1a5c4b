"""The published workbook (公开报表工作簿): the tables of a composed account, with keys and formulas for every figure.

Each table becomes a sheet as it stands; what a figure is stands in its place, what it is the sum of is found from the
equations. Refuses to change a figure: see `sums`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal

from juesuan.composing.sums import Values, sums
from juesuan.knowledge.hierarchy import word
from juesuan.knowledge.styles import Style
from juesuan.model.documents import Block, Heading, PageBreak, Paragraph, Table
from juesuan.model.keys import Key, parse_key
from juesuan.model.workbooks import Figure, Sheet, Spot, Workbook

_FIGURE = re.compile(r"-?[\d,]+(?:\.(\d+))?")
_NAME = 31
"""characters that the name of a sheet may have"""
_UNNAMED = re.compile(r"[\[\]:*?/\\']")
_UNIT = re.compile(r"单位[:：]\s*(\S+元)")
Say = Callable[[Key], str]


def compose_workbook(blocks: Iterable[Block], style: Style, whose: tuple[str, str], say: Say) -> Workbook:
    """The workbook of composed blocks; `whose` is (department, year), `say` puts a key in words."""
    department, year = whose
    sheets = []
    for number, (form, own) in enumerate(_tables(blocks, style), 1):
        table = next(block for block in own if isinstance(block, Table))
        title = next((block.text for block in own if isinstance(block, Heading)), word("form", form))
        name = _UNNAMED.sub("", f"{number:02} {word('form', form)}")[:_NAME]
        figures = _figures(form, table, style, say)
        sheets.append(Sheet(name, title, style.numbering.format(number), tuple(own), figures))
    lines = (block.text for sheet in sheets for block in sheet.blocks if isinstance(block, Paragraph))
    unit = next((match[1] for line in lines if (match := _UNIT.search(line))), "")
    return Workbook(f"{department}{year}年度部门决算公开表", department, year, unit, style.zero, tuple(sheets))


def _tables(blocks: Iterable[Block], style: Style) -> Iterator[tuple[str, list[Block]]]:
    """(form, its blocks) of every table of the style, in the order of the document."""
    found: dict[str, list[Block]] = {}
    for block in blocks:
        form = block.place.table or ""
        if form in style.tables and not isinstance(block, PageBreak):
            found.setdefault(form, []).append(block)
    for form, own in found.items():
        if any(isinstance(block, Table) for block in own):
            yield form, own


def _figures(form: str, table: Table, style: Style, say: Say) -> dict[Spot, Figure]:
    """Every figure of a table, with what it is the sum of."""
    keys: dict[Spot, Key] = {}
    for r, row in enumerate(table.rows):
        for c, cell in enumerate(row):
            if cell is not None and cell.place.column:
                keys[r, c] = parse_key(cell.place.column)
    values = _values(table, keys, style)
    where: dict[Key, Spot] = {}
    for spot, key in keys.items():
        if spot in values:
            where.setdefault(key, spot)
    found = sums(form, where, values)
    return {
        spot: Figure(
            *(*values[spot], str(key), say(key)),
            found[spot].terms if spot in found else (),
            found[spot].note if spot in found else "",
        )
        for spot, key in keys.items()
        if spot in values
    }


def _values(table: Table, spots: Iterable[Spot], style: Style) -> Values:
    """What stands in the cells, as numbers; a zero has the decimals of the others."""
    texts = {(r, c): cell.text for r, c in spots if (cell := table.rows[r][c]) is not None}
    matches = {spot: match for spot, text in texts.items() if (match := _FIGURE.fullmatch(text))}
    usual = max((len(match[1] or "") for match in matches.values()), default=2)
    zeros: dict[Spot, tuple[Decimal, int]] = {
        spot: (Decimal(0), usual) for spot, text in texts.items() if text == style.zero
    }
    return zeros | {spot: (Decimal(match[0].replace(",", "")), len(match[1] or "")) for spot, match in matches.items()}
