"""Tables → facts (表 → 指标): reads one region by its form into a table and the drafts of its facts.

A figure whose row or column is not known is listed as unread with the reason; a blank cell in a known row and column
is an exact zero. Performance forms are read in `performance`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal

from juesuan.knowledge.forms import Dims, Form, form
from juesuan.knowledge.names import plain
from juesuan.model.documents import Cell
from juesuan.model.keys import Key
from juesuan.model.places import Place
from juesuan.model.reports import ReadRow, ReadTable, Unread
from juesuan.understanding.figures import is_blank, parse_figure
from juesuan.understanding.grids import Block, Grid, cut, is_code_cell, is_total
from juesuan.understanding.heads import is_ordinal_row, text_of
from juesuan.understanding.meanings import Meaning, RowReader, columns_dims, combined, known_stub, side_of
from juesuan.understanding.regions import Region
from juesuan.understanding.wrapped import BlockRow

_BUDGET_NOTE = re.compile(r"预算数[^,。;]{0,12}?(年初|全年|调整)")


@dataclass(slots=True)
class Draft:
    """A fact before the precision of its kind is known."""

    keys: tuple[Key, ...]
    value: Decimal
    decimals: int
    unit: str
    place: Place
    blank: bool
    row: int
    column: int


@dataclass(slots=True)
class TableResult:
    """What was read of one region. `roles` tells for each cell (by id) what its numeral is."""

    table: ReadTable
    drafts: list[Draft] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    roles: dict[int, str] = field(default_factory=dict)


def new_table(region: Region, meaning: Meaning, columns: tuple[str, ...] = ()) -> ReadTable:
    """The table with what stands above and below it."""
    return ReadTable(
        form=region.form,
        title=region.title,
        place=region.place,
        year=region.year or meaning.year,
        unit=region.unit,
        entity=meaning.entity_of(region.department),
        columns=columns,
        notes=region.notes,
        department=region.department,
        number=region.number,
        stated_unit=region.unit_place,
        stated_year=region.year_place,
        stated_department=region.department_place,
    )


def read_table(region: Region, meaning: Meaning, unit: str) -> TableResult:
    """Reads a region of a known form. `unit` is the account's usual unit, for a table that states none."""
    spec = form(region.form)
    known: Callable[[str], bool] = _remembering(spec, meaning)
    grid = cut(region.grid, region.merges_known, spec, known, region.width)
    table = new_table(region, meaning, tuple(c.title for c in grid.columns))
    table.basis = _budget_basis(region) or meaning.three_public_basis
    result = TableResult(table)
    reader = _Reader(region, spec, meaning, grid, result, region.reading_unit or region.unit or unit)
    for index, block in enumerate(grid.blocks):
        reader.block(block, side_of(block, grid, spec, index, table.year))
    table.complete = reader.complete()
    table.rows = _csv_rows(grid, reader.functions)
    table.empty = not any(not d.blank for d in result.drafts) and not result.unread
    table.unread = len(result.unread)
    _label_roles(grid, result.roles)
    for row in region.repeated:
        role = "栏次" if is_ordinal_row(row) else "表头"
        result.roles.update({id(cell): role for cell in row if cell is not None})
    return result


def _remembering(spec: Form, meaning: Meaning) -> Callable[[str], bool]:
    answers: dict[str, bool] = {}

    def known(name: str) -> bool:
        if name not in answers:
            answers[name] = known_stub(spec, meaning, name)
        return answers[name]

    return known


def _budget_basis(region: Region) -> str:
    """How 预算数 is resolved by the table's own note: initial, full_year, else ""."""
    for text, _ in region.notes:
        if match := _BUDGET_NOTE.search(plain(text)):
            return "initial" if match.group(1) == "年初" else "full_year"
    return ""


class _Reader:
    """Reads the blocks of one table into drafts."""

    def __init__(
        self, region: Region, spec: Form, meaning: Meaning, grid: Grid, result: TableResult, unit: str
    ) -> None:
        self.region, self.spec, self.meaning, self.grid, self.result = region, spec, meaning, grid, result
        self.unit = unit
        self.by_unit = region.split_by == "unit"
        self.functions: dict[int, tuple[str, str, bool, str]] = {}
        self.entities = False
        year = result.table.year
        self.columns = columns_dims(grid.columns, spec, year)
        self.fixed: Dims = {**spec.fixed, "year": year}
        if result.table.entity:
            self.fixed["entity"] = result.table.entity
        if spec.name == "three_public":
            self.fixed["fund"] = self._scope()

    def _scope(self) -> str:
        """“三公”口径: from the title, else from the note and heads, else all fiscal appropriation."""
        if self.region.scope:
            return self.region.scope
        words = plain(" ".join([*(t for t, _ in self.region.notes), *self.result.table.columns]))
        return "general_public" if "一般公共预算财政拨款" in words else "fiscal"

    def block(self, block: Block, side: str) -> None:
        rows = RowReader(self.spec, self.meaning, side, self.by_unit)
        read = [(row, rows.dims(row)) for row in block.rows]
        summed = {(dims or {}).get("economic") for _, dims in read} & {"personnel", "running"}
        for row, dims in read:
            if summed and dims == {} and is_total(row.name):
                dims = {"economic": "all"}  # below 人员经费合计 a plain 合计 is the grand total
            self._note_row(row, dims)
            for i, cell in row.values.items():
                self._cell(row, dims, i, cell)

    def _note_row(self, row: BlockRow, dims: Dims | None) -> None:
        function = (dims or {}).get("function", "")
        self.meaning.note(function, row.name)
        self.entities = self.entities or "entity" in (dims or {})
        self.functions.setdefault(row.index, (row.code, row.name, is_total(row.name), function))
        for cell in row.labels:
            if is_code_cell(cell.text):
                self.result.roles[id(cell)] = "科目编码"

    def _cell(self, row: BlockRow, dims: Dims | None, column: int, cell: Cell) -> None:
        figure = parse_figure(cell.text)
        if figure is None and not is_blank(cell.text):
            return
        title = self.grid.columns[column].title
        place = cell.place.within(
            table=self.spec.name,
            row=row.code or row.name or None,
            row_no=row.row_no or None,
            column=title or None,
            quote=cell.text.strip(),
        )
        keys = self._keys(dims, self.columns[column]) if cell.sure else None
        if keys is None:
            if figure is not None:
                self._unread(place, row, dims, column, cell.sure)
                self.result.roles[id(cell)] = "未读"
            return
        value, decimals, unit = figure if figure else (Decimal(0), 0, "")
        if figure is not None:
            self.result.roles[id(cell)] = "数字"
        unit = unit or ("" if keys[0].measure == "count" else self.unit)
        self.result.drafts.append(Draft(keys, value, decimals, unit, place, figure is None, row.index, column))

    def _keys(self, dims: Dims | None, options: tuple[Dims, ...] | None) -> tuple[Key, ...] | None:
        if dims is None or not options:
            return None
        keys = []
        for option in options:
            whole = combined(self.fixed, option, dims)
            if whole is None:
                return None
            if "flow" not in whole and whole.get("measure", "amount") == "amount":
                return None  # money comes or goes
            if whole.get("basis") == "budget":
                whole["basis"] = self.result.table.basis
            keys.append(Key(**whole))
        return tuple(keys)

    def _unread(self, place: Place, row: BlockRow, dims: Dims | None, column: int, sure: bool) -> None:
        if not sure:
            reason = "这一行的数字属于哪一栏未能可靠识别"
        elif dims is None:
            reason = f"行“{row.name or row.code or '（无名称）'}”未能识别"
        elif not self.columns[column]:
            reason = f"栏“{place.column or '（无表头）'}”未能识别"
        else:
            reason = f"行“{row.name or row.code}”与栏“{place.column}”的含义互相矛盾"
        self.result.unread.append(Unread(place, place.quote, reason))

    def complete(self) -> frozenset[str]:
        """The form's complete partitions; in a table split by unit the units instead of the codes."""
        if self.by_unit or self.entities:
            return self.spec.complete - {"function"} | {"entity"}
        return self.spec.complete


def _csv_rows(grid: Grid, labels: dict[int, tuple[str, str, bool, str]]) -> list[ReadRow]:
    """The body as printed: wrapped cells joined without a space, letter-spacing removed, blank rows left out."""
    texts = [
        [
            "" if i in grid.moved.get(r, ()) else "".join(text_of(row[i] if i < len(row) else None).split())
            for i in range(len(grid.columns))
        ]
        for r, row in enumerate(grid.body)
    ]
    home = {(part, i): whole for part, whole, columns in grid.merged for i in columns}
    lines: dict[tuple[int, int], list[int]] = {}
    for part, i in home:
        whole = part
        while (whole, i) in home:
            whole = home[whole, i]
        lines.setdefault((whole, i), []).append(part)
    for (whole, i), parts in lines.items():
        texts[whole][i] = "".join(texts[r][i] for r in sorted((whole, *parts)))
        for r in parts:
            texts[r][i] = ""
    rows = []
    for r, cells in enumerate(texts):
        if any(cells) or (r == 0 and grid.moved):
            place = next(c.place for c in grid.body[r] if c is not None)
            rows.append(ReadRow(tuple(cells), place, *labels.get(r, ("", "", False, ""))))
    return rows


def _label_roles(grid: Grid, roles: dict[int, str]) -> None:
    """What the numerals of label columns and of 栏次 rows are."""
    for row in grid.ordinals:
        for cell in row:
            if cell is not None:
                roles.setdefault(id(cell), "栏次")
    for row in grid.head:
        for cell in row:
            if cell is not None:
                roles.setdefault(id(cell), "表头")
    for row in grid.body:
        for column, cell in zip(grid.columns, row, strict=False):
            if cell is not None and column.kind == "row_no":
                roles.setdefault(id(cell), "序号" if "序号" in column.title else "行次")
            elif cell is not None and column.kind == "code" and cell.text.strip().isdigit():
                roles.setdefault(id(cell), "科目编码")
