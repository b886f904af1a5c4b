"""Grids (表格骨架): head, blocks and rows of one table, before any row or column is given a meaning.

Puts wrapped rows together, moves sub-heads that stand in a 合计 row to the head, sets heads that are out of line right.
Refuses to drop a cell: what is no head, label or value is kept as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from juesuan.knowledge.forms import Form, common
from juesuan.knowledge.names import plain, strip_ordinal
from juesuan.model.documents import Cell
from juesuan.understanding import heads
from juesuan.understanding.figures import is_blank, parse_figure
from juesuan.understanding.heads import CODE, Column, Row, text_of

_GLUED = re.compile(r"([1-5]\d{2}(?:\d{2}){0,2})([^\d.,].*)")
Known = Callable[[str], bool]


@dataclass(slots=True)
class BlockRow:
    """One row of one block: its labels as printed and its value cells by column."""

    index: int
    code: str
    name: str
    row_no: str
    values: dict[int, Cell]
    labels: list[Cell]
    codes: list[str] = field(default_factory=list)

    @property
    def printed(self) -> bool:
        """Whether a value cell prints anything."""
        return any(c.text.strip() for c in self.values.values())

    @property
    def empty(self) -> bool:
        return not (self.code or self.name or self.printed)

    @property
    def first(self) -> Cell | None:
        return next((c for c in (*self.labels, *self.values.values()) if c.text.strip()), None)


@dataclass(slots=True)
class Block:
    """Columns that belong together: labels to the left, values to the right of them."""

    labels: list[int]
    values: list[int]
    rows: list[BlockRow] = field(default_factory=list)


@dataclass(slots=True)
class Grid:
    """A table cut into head, blocks and rows. `ordinals` are the 栏次 rows; `texts` the cells of the body as CSV."""

    columns: list[Column]
    blocks: list[Block]
    head: list[Row]
    ordinals: list[Row]
    body: list[Row]
    moved: dict[int, set[int]]
    """body row → columns whose cell was a sub-head"""
    merged: list[tuple[int, int, list[int]]] = field(default_factory=list)
    """(body row, the row that it was a wrapped part of, the columns of that block)"""


def is_code_cell(text: str) -> bool:
    """Whether the cell is a classification code, with or without its name glued to it."""
    word = plain(text)
    return bool(CODE.fullmatch(word) or _GLUED.fullmatch(word))


def is_total(text: str) -> bool:
    """Whether the stub is that of a 合计 row."""
    return strip_ordinal(plain(text)) in common().totals


def cut(grid: Sequence[Row], merges_known: bool, form: Form, known: Known, width: int) -> Grid:
    """The grid's parts. `known` tells whether a word is a stub that this form's rows may have."""
    head, ordinals, body, mixed = _split(grid, form, known, width, merges_known)
    columns = heads.columns(head, width, merges_known, form)
    columns = _in_line(columns, ordinals, body)
    moved: dict[int, set[int]] = {}
    if mixed:
        columns, moved[0] = _take_subheads(columns, body[0], form)
    result = Grid(columns, _blocks(columns), head, ordinals, body, moved)
    for block in result.blocks:
        block.rows = [_block_row(block, result, i, row) for i, row in enumerate(body)]
    for left, right in zip(result.blocks, result.blocks[1:], strict=False):
        _carry_labels(left, right)
    for block in result.blocks:
        block.rows = _rows(block, result, known)
    return result


def _carry_labels(left: Block, right: Block) -> None:
    """A 合计 whose label spans into the block to the right: the figure stands there, the name here."""
    for ours, theirs in zip(left.rows, right.rows, strict=True):
        nameless = theirs.printed and not (theirs.code or theirs.name)
        if nameless and ours.name.endswith("合计") and not ours.printed:
            theirs.name, ours.name = ours.name, ""
            ours.values = {}


def _split(
    grid: Sequence[Row], form: Form, known: Known, width: int, merges_known: bool
) -> tuple[list[Row], list[Row], list[Row], bool]:
    """(head rows, 栏次 rows, body rows, whether the first body row carries sub-heads)."""
    head: list[Row] = []
    ordinals: list[Row] = []
    for i, row in enumerate(grid):
        if heads.is_ordinal_row(row):
            ordinals.append(row)
            continue
        kind = _row_kind(row, head, form, known, width, merges_known)
        if kind == "head":
            head.append(row)
            continue
        body = [r for r in grid[i:] if not heads.is_ordinal_row(r)]
        ordinals.extend(r for r in grid[i:] if heads.is_ordinal_row(r))
        return head, ordinals, body, kind == "mixed"
    return head, ordinals, [], False


def _row_kind(row: Row, head: list[Row], form: Form, known: Known, width: int, merges_known: bool) -> str:
    """head, body, or mixed (a 合计 row in which sub-heads are printed)."""
    cells = [(i, text_of(c)) for i, c in enumerate(row) if text_of(c).strip()]
    if not cells:
        return "head" if not head else "body"
    first = cells[0][1]
    figures = any(parse_figure(t) and not is_code_cell(t) for _, t in cells)
    if not head:
        return "body" if figures or is_code_cell(first) else "head"
    if is_code_cell(first) and not form.name.startswith("performance"):
        return "body"
    columns = heads.columns(head, width, merges_known, form)
    label = cells[0][0] < len(columns) and columns[cells[0][0]].kind != "value"
    subheads = [t for i, t in cells[1:] if columns[i].kind == "value" and form.head(heads.head_word(t)) is not None]
    stub = label and (known(first) or is_total(first)) and heads.label_kind(first) is None
    if stub and subheads and is_total(first):
        return "mixed"
    if figures:
        return "body"
    return "body" if stub and not subheads else "head"


def _take_subheads(columns: list[Column], row: Row, form: Form) -> tuple[list[Column], set[int]]:
    """The columns with the sub-heads of a 合计 row added to their paths, and where those stood."""
    result, taken = list(columns), set()
    for i, column in enumerate(columns):
        word = text_of(row[i]) if i < len(row) else ""
        words = column.kind == "value" and word.strip() and not parse_figure(word)
        if words and form.head(heads.head_word(word)) is not None:
            result[i] = Column((*column.path, heads.printed_head(word)), "value")
            taken.add(i)
    return result, taken


def _in_line(columns: list[Column], ordinals: list[Row], body: list[Row]) -> list[Column]:
    """The columns, moved to the right where the figures begin further right than their heads."""
    kinds = [c.kind for c in columns]
    start = heads.first_value(columns)
    if start == 0 or any(k != "value" for k in kinds[start:]) or start == len(kinds):
        return columns
    begins = _figures_begin(ordinals, body, len(columns))
    by = begins - start
    spare = sum(1 for c in reversed(columns) if not c.path or c.path == columns[-1].path) - 1
    if 0 < by <= 2 and by <= max(spare, 0) + sum(1 for c in columns[start:] if not c.path):
        return heads.moved(columns, by, start)
    return columns


def _figures_begin(ordinals: list[Row], body: list[Row], width: int) -> int:
    """The first column of figures: where 栏次 1 stands, else right of the last column with names."""
    for row in ordinals:
        for i, cell in enumerate(row):
            if plain(text_of(cell)) == "1":
                return i
    last = -1
    for i in range(width):
        names = sum(1 for r in body if i < len(r) and _is_label(text_of(r[i])))
        if names * 2 > len(body):
            last = i
    return last + 1


def _is_label(text: str) -> bool:
    return bool(text.strip()) and (is_code_cell(text) or (not is_blank(text) and parse_figure(text) is None))


def _blocks(columns: list[Column]) -> list[Block]:
    blocks: list[Block] = []
    for i, column in enumerate(columns):
        if column.kind == "remark":
            continue
        if column.kind != "value":
            if not blocks or blocks[-1].values:
                blocks.append(Block([], []))
            blocks[-1].labels.append(i)
        else:
            if not blocks:
                blocks.append(Block([], []))
            blocks[-1].values.append(i)
    return blocks


def _rows(block: Block, grid: Grid, known: Known) -> list[BlockRow]:
    """The block's rows, wrapped ones put together, blank ones left out."""
    found = [row for row in block.rows if not row.empty]
    rows: list[BlockRow] = []
    for i, row in enumerate(found):
        following = found[i + 1] if i + 1 < len(found) else None
        if rows and rows[-1].index in (row.index - 1, row.index - 2) and _joins(rows[-1], row, following, known):
            grid.merged.append((row.index, rows[-1].index, block.labels + block.values))
            _join(rows[-1], row)
        else:
            rows.append(row)
    return rows


def _block_row(block: Block, grid: Grid, index: int, row: Row) -> BlockRow:
    labels = [row[i] for i in block.labels if i < len(row) and row[i] is not None]
    out = BlockRow(index, "", "", "", {}, [c for c in labels if c is not None])
    for i in block.labels:
        cell = row[i] if i < len(row) else None
        if cell is not None and cell.text.strip():
            _take_label(out, cell.text, grid.columns[i].kind)
    taken = grid.moved.get(index, set())
    for i in block.values:
        cell = row[i] if i < len(row) else None
        if cell is not None and i not in taken:
            out.values[i] = cell
    _stray_label(out)
    return out


def _take_label(row: BlockRow, text: str, kind: str) -> None:
    """Sorts one label cell into code, name and 行次 by what it prints, not only by where it stands."""
    word = plain(text)
    if kind == "row_no" and word.isdigit():
        row.row_no = word
    elif kind in ("code", "name") and re.fullmatch(r"\d{2,7}", word):
        row.codes.append(word)
        row.code = _whole_code(row.codes)
    elif match := _GLUED.fullmatch(word):
        row.code, row.name = match.group(1), row.name + match.group(2)
    elif word not in ("类", "款", "项", "栏次"):
        row.name += re.sub(r"\s+", "", text)


def _whole_code(parts: list[str]) -> str:
    """One code from 类, 款, 项 columns: 201 | 03 | 01, or the whole code in one of them."""
    longest = max(parts, key=len)
    return longest if len(longest) > 3 or len(parts) == 1 else "".join(parts)


def _stray_label(row: BlockRow) -> None:
    """A name that slipped into the value columns (合计 printed over the first figure column)."""
    for i, cell in list(row.values.items()):
        word = cell.text.strip()
        if not row.name and word and parse_figure(word) is None and not is_blank(word) and is_total(word):
            row.name = re.sub(r"\s+", "", word)
            row.labels.append(cell)
            del row.values[i]


def _joins(above: BlockRow, row: BlockRow, following: BlockRow | None, known: Known) -> bool:
    """Whether `row` is a part of `above` that was wrapped onto its own line."""
    labelled = bool(row.code or row.name)
    if not labelled:
        return bool(above.name or above.code) and not above.printed
    if row.row_no or (row.printed and (above.printed or row.code)):
        return False
    if row.code:
        return bool(above.name) and not above.code and not above.printed and not row.name
    if following is not None and following.code and not following.name and following.printed:
        return False
    if is_total(row.name) or is_total(above.name):
        return False
    if above.code:
        return not (known(row.name) and known(above.name))
    both = known(above.name + row.name)
    return both and not (known(above.name) and known(row.name))


def _join(above: BlockRow, row: BlockRow) -> None:
    above.name += row.name
    above.code = above.code or row.code
    above.row_no = above.row_no or row.row_no
    above.labels.extend(row.labels)
    for i, cell in row.values.items():
        if cell.text.strip() or i not in above.values:
            above.values[i] = cell
