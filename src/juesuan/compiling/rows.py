"""Rows of a filled workbook (填好的行): every sheet's rows as cells by column name, found by the heads.

Refuses sheets and columns that are missing; columns that were moved and rows that were inserted do no harm.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from juesuan.compiling.errors import BadInput, MissingColumn, MissingSheet, TextInAmount, UnknownChoice
from juesuan.compiling.sheets import Sheet
from juesuan.compiling.wide import half_width
from juesuan.documents.xlsx import column_name
from juesuan.knowledge.names import plain
from juesuan.model.amounts import MONEY_UNITS, Amount
from juesuan.model.documents import Block, Cell, Document, PageBreak, Paragraph, Table
from juesuan.model.places import Place

_HEAD = 8
_UNIT = re.compile(rf"金额单位:({'|'.join(sorted(MONEY_UNITS, key=len, reverse=True))})")
_BLANK = frozenset({"", "—", "-", "——", "/"})


@dataclass(frozen=True, slots=True)
class FilledRow:
    """One row: the cells of the columns that are known, and where it stands."""

    cells: dict[str, Cell]
    place: Place
    columns: Mapping[str, int] = field(default_factory=dict)
    """column name → its number from 1"""

    def text(self, role: str) -> str:
        """What stands there, "" where nothing does."""
        cell = self.cells.get(role)
        return cell.text.strip() if cell else ""

    def spot(self, role: str) -> Place:
        """Where it stands, or would stand."""
        cell = self.cells.get(role)
        if cell or role not in self.columns:
            return cell.place if cell else self.place
        at = self.columns[role]
        return self.place._replace(start=at, cell=f"{column_name(at - 1)}{self.place.line}", quote="")


class Filled:
    """A filled workbook by sheets. `bad` collects what cannot be used."""

    def __init__(self, document: Document) -> None:
        self.file = document.file
        self.bad: list[BadInput] = []
        self.sheets: dict[str, list[Block]] = {}
        for block in document.blocks:
            if not isinstance(block, PageBreak):
                self.sheets.setdefault(block.place.sheet or "", []).append(block)
        self.names = {plain(block.place.sheet or "") for block in document.blocks}

    def lines(self, spec: Sheet) -> list[list[Cell]]:
        """All rows of a sheet with something in them. Notes a sheet that is not there."""
        name = next((name for name in self.sheets if plain(name) == plain(spec.name)), None)
        if name is None:
            if plain(spec.name) not in self.names:
                self.names.add(plain(spec.name))
                self.bad.append(MissingSheet(self.file, spec.name))
            return []
        return list(_lines(self.sheets[name]))

    def rows(self, spec: Sheet) -> tuple[list[FilledRow], dict[str, str]]:
        """The rows below the head; and the labelled texts above it."""
        lines = self.lines(spec)
        titles = {plain(column.title): column.role for column in spec.columns}
        # the last that looks like a head: a list of one column has its head as its title, too
        likely = [n for n, cells in enumerate(lines[:_HEAD]) if _names(cells, titles) >= min(2, len(titles))]
        head = likely[-1] if likely else None
        if head is None:
            if lines:
                self.bad.append(MissingColumn(lines[0][0].place, spec.columns[0].title))
            return [], {}
        at = {cell.place.start: titles[plain(cell.text)] for cell in lines[head] if plain(cell.text) in titles}
        for column in spec.columns:
            if column.role not in at.values():
                self.bad.append(MissingColumn(lines[head][0].place, column.title))
        columns = {role: start for start, role in at.items() if start is not None}
        labels = {plain(label): name for label, name in spec.above}
        above = {labels[plain(cells[0].text)]: cells[1].text for cells in lines[:head] if _labelled(cells, labels)}
        found = []
        for cells in lines[head + 1 :]:
            own = {at[cell.place.start]: cell for cell in cells if cell.place.start in at}
            if own:
                found.append(FilledRow(own, cells[0].place, columns))
        return found, above

    def unit(self, spec: Sheet, usual: str) -> str:
        """The unit of money that stands over the head of a sheet; the usual one where none does."""
        said = (_UNIT.search(plain(cell.text)) for cells in self.lines(spec)[:_HEAD] for cell in cells)
        return next((match[1] for match in said if match), usual)

    def amount(self, row: FilledRow, role: str, name: str, unit: str) -> Amount | None:
        """The figure in a cell, None where it is blank. Notes text."""
        text = half_width(row.text(role))
        if text in _BLANK:
            return None
        try:
            value = Decimal(text.replace(",", ""))
        except InvalidOperation:
            value = Decimal("NaN")
        if not value.is_finite():
            self.bad.append(TextInAmount(row.spot(role), row.text(role), name))
            return None
        decimals = len(text.partition(".")[2])
        return Amount(value, decimals, unit, decimals)

    def choice(self, row: FilledRow, role: str, name: str, known: dict[str, str]) -> str:
        """The chosen value, "" where none is. Notes what is no choice."""
        text = row.text(role)
        found = {plain(word): value for word, value in known.items()}.get(plain(text), "")
        if text and not found:
            self.bad.append(UnknownChoice(row.spot(role), text, name, list(known)))
        return found


def _lines(blocks: Sequence[Block]) -> Iterator[list[Cell]]:
    for block in blocks:
        if isinstance(block, Table):
            for row in block.rows:
                cells = [cell for cell in row if cell is not None and cell.text]
                if cells:
                    yield cells
        elif isinstance(block, Paragraph):
            yield [Cell(block.text, block.place)]


def _names(cells: Sequence[Cell], titles: dict[str, str]) -> int:
    return len({plain(cell.text) for cell in cells} & set(titles))


def _labelled(cells: Sequence[Cell], labels: dict[str, str]) -> bool:
    return len(cells) > 1 and plain(cells[0].text) in labels
