"""Labels (科目编码与名称): what the rows of a table are called, with codes, in the order in which they are read.

Refuses to put a name right: a name that may go on in the next row is kept with what it may go on with.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import cast

from juesuan.checking.printed import MONEY_FORMS, Printed
from juesuan.knowledge.classifications import class_code, is_code
from juesuan.knowledge.names import bare, plain, strip_ordinal
from juesuan.model.places import Place
from juesuan.model.reports import ReadRow, ReadTable

#: totals that stand in a label column and are no names of a classification
_TOTALS = re.compile(r"(?:.{0,8}(?:合计|总计|小计)|栏次)$")
_GLUED = re.compile(r"([235]\d{2}(?:\d{2}){0,2})([^\d.,].*)")
_NUMERAL = re.compile(r"[-+]?[\d.,]+%?")
_NO_CODES = re.compile(r"(?:数|金额|计|次)$")


@dataclass(frozen=True, slots=True)
class Label:
    """The code and name of one row. `code` is "" where the row has none (or none that is one)."""

    code: str
    name: str
    table: int
    row: int
    """index in `ReadTable.rows`"""
    place: Place
    wholes: tuple[str, ...] = ()
    """the name joined with uncoded names beside it: what it may have been before it was broken"""

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, *self.wholes)


def sequences(printed: Printed, table: int) -> list[list[Label]]:
    """The coded rows of a table as they are read: one sequence, in the basic table one for each block of columns."""
    views = printed.report.views
    known = views.get(f"labels {table}")
    if known is None:
        known = views[f"labels {table}"] = _sequences(printed, table)
    return cast("list[list[Label]]", known)


def _sequences(printed: Printed, table: int) -> list[list[Label]]:
    read = printed.report.tables[table]
    if read.form not in MONEY_FORMS - {"totals", "fiscal", "three_public"}:
        return []
    pairs = _blocks(read) if read.form == "basic" else [[_function_pair(row) for row in read.rows]]
    return [list(_labels(printed, table, block)) for block in pairs]


def _function_pair(row: ReadRow) -> tuple[str, str]:
    own = row.code if is_code(row.code) and row.code.startswith("2") else ""
    return (row.function or own if row.code else "", row.name)


def _blocks(table: ReadTable) -> list[list[tuple[str, str]]]:
    """(code, name) of every row, for each column of codes. A name stands right of its code or in the same cell."""
    width = max((len(row.cells) for row in table.rows), default=0)
    return [_block(table.rows, i) for i in range(width) if _holds_codes(table, i)]


def _block(rows: Sequence[ReadRow], column: int) -> list[tuple[str, str]]:
    found = []
    for row in rows:
        cells = [plain(c) for c in row.cells[column : column + 2]] + ["", ""]
        glued = _GLUED.fullmatch(cells[0])
        code, name = glued.groups() if glued else (cells[0], cells[1])
        if not is_code(code):
            code, name = "", code or name
        found.append((code, "" if _NUMERAL.fullmatch(name) else name))
    return found


def _holds_codes(table: ReadTable, column: int) -> bool:
    title = table.columns[column] if column < len(table.columns) else ""
    if _NO_CODES.search(title):
        return False
    words = [w for row in table.rows if column < len(row.cells) and (w := plain(row.cells[column]))]
    coded = sum(1 for w in words if is_code(w) or _GLUED.fullmatch(w))
    return coded * 2 > len(words)


def _labels(printed: Printed, table: int, pairs: Sequence[tuple[str, str]]) -> Iterator[Label]:
    rows = printed.report.tables[table].rows
    for i, (code, name) in enumerate(pairs):
        if code or (name and not is_total(name)):
            wholes = tuple(_wholes(pairs, i)) if code else ()
            yield Label(code, name, table, i, place_of(printed, rows[i].place, code, name), wholes)


def _wholes(pairs: Sequence[tuple[str, str]], i: int) -> Iterator[str]:
    """The name with the uncoded name above, below, or both."""
    above = pairs[i - 1][1] if i and not pairs[i - 1][0] else ""
    below = pairs[i + 1][1] if i + 1 < len(pairs) and not pairs[i + 1][0] else ""
    above, below = ("" if is_total(part) else part for part in (above, below))
    name = pairs[i][1]
    yield from dict.fromkeys(w for w in (name + below, above + name, above + name + below) if w != name)


def is_total(name: str) -> bool:
    """Whether the name is that of a total (合计, 人员经费合计 …)."""
    return bool(_TOTALS.fullmatch(strip_ordinal(name)))


def place_of(printed: Printed, row: Place, code: str, name: str) -> Place:
    """Where the name stands in the row that has a cell at `row`, else the code, else the row."""
    pieces = printed.row(row)
    for wanted in (plain(name), code):
        for piece in pieces:
            word = piece.word
            if wanted and word and (word == wanted or (len(word) > 2 and wanted.startswith(word)) or wanted in word):
                return piece.place.within(row=code or None)
    return row.within(row=code or None)


def class_stubs(printed: Printed, table: int) -> Iterator[Label]:
    """The classes that the overall tables (总表) name without codes: by name, never by ordinal."""
    read = printed.report.tables[table]
    if read.form not in ("totals", "fiscal"):
        return
    for i, row in enumerate(read.rows):
        for cell in row.cells:
            if "出" not in plain(cell):
                continue
            word = strip_ordinal(cell)
            if word == plain(cell) or not bare(word).endswith("支出") or is_total(word):
                continue
            code = class_code(word, read.year) or ""
            if code:
                yield Label(code, word, table, i, place_of(printed, row.place, code, cell))
