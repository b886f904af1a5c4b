"""Approved tables (批复表) as they were filled in: what stands where a figure is expected, and codes of no place.

Refuses text between figures of a column, and codes that neither the classification nor the table gives a place: a code
that is only not known to us, below a 款 that is, is taken as the table has it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from juesuan.compiling.errors import BadInput, Contradiction, TextInAmount, UnknownCode
from juesuan.compiling.wide import half_width
from juesuan.knowledge.classifications import economic_name, function_name, is_code
from juesuan.model.documents import Document, Table
from juesuan.model.keys import Key
from juesuan.model.reports import Fact, Report

_BLANK = frozenset({"", "—", "-", "——", "－", "/"})
_NUMBER = re.compile(r"-?[\d,]+(?:\.\d+)?%?")
_PARENT = {7: 5, 5: 3}
Column = tuple[str, int]
"""sheet, number of the column"""


def misfilled(document: Document, report: Report) -> Iterator[BadInput]:
    """What cannot be taken as it stands, with sheet and cell. `report` is what was read of the document."""
    yield from _texts(document, report)
    yield from _codes(report)


def contradictions(report: Report) -> Iterator[BadInput]:
    """One figure that two sheets give differently, each once. Blank cells are no figures."""
    first: dict[Key, Fact] = {}
    for fact in report.facts:
        stated = fact.keys if fact.table >= 0 and fact.place.cell and not fact.blank else ()
        for key in (key for key in stated if key.known):
            before = first.setdefault(key, fact)
            if before.amount.base != fact.amount.base and before.place.sheet != fact.place.sheet:
                yield Contradiction(fact.place, fact.amount.show(), before.place, before.amount.show())
                break


def _texts(document: Document, report: Report) -> Iterator[BadInput]:
    """Text in a column of figures, in one of the rows that have figures."""
    columns: dict[Column, str] = {}
    rows: dict[str, set[int]] = {}
    figures = set()
    for fact in report.facts:
        place = fact.place
        if fact.table >= 0 and place.cell and place.line is not None:
            sheet = place.sheet or ""
            figures.add((sheet, place.cell))
            rows.setdefault(sheet, set()).add(place.line)
            columns.setdefault((sheet, place.start or 0), place.column or "金额")
    for block in document.blocks:
        for cell in block.cells() if isinstance(block, Table) else ():
            place = cell.place
            sheet = place.sheet or ""
            wanted = (sheet, place.start or 0) in columns and place.line in rows[sheet]
            text = half_width(cell.text).strip()
            if wanted and not (text in _BLANK or _NUMBER.fullmatch(text) or (sheet, place.cell) in figures):
                yield TextInAmount(place, cell.text, columns[sheet, place.start or 0])


def _codes(report: Report) -> Iterator[BadInput]:
    """Codes that nobody knows, below codes that nobody knows."""
    year = report.year
    listed = {row.code for table in report.tables for row in table.rows}
    for table in report.tables:
        for row in table.rows:
            code = row.code
            known = function_name if code.startswith("2") else economic_name
            if not is_code(code) or known(code, year) is not None:
                continue
            above = code[: _PARENT.get(len(code), 0)]
            if not (above and (above in listed or known(above, year) is not None)):
                kind = "支出功能分类科目" if code.startswith("2") else "支出经济分类科目"
                yield UnknownCode(row.place, code, kind, year, "请核对编码；它的上一级也没有")
