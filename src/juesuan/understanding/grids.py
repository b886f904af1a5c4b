"""Grids (表格骨架): head, blocks and rows of one table, before any row or column is given a meaning.

Puts wrapped rows together, moves sub-heads that stand in a 合计 row to the head, sets heads that are out of line right.
Refuses to drop a cell: what is no head, label or value is kept as it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from juesuan.knowledge.forms import Form, common
from juesuan.knowledge.names import plain, strip_ordinal
from juesuan.understanding import heads
from juesuan.understanding.figures import is_blank, parse_figure
from juesuan.understanding.heads import CODE, Column, Row, text_of
from juesuan.understanding.wrapped import BlockRow, Known, whole_rows

_GLUED = re.compile(r"([1-5]\d{2}(?:\d{2}){0,2})([^\d.,].*)")
#: lines that the broken heads of a text may take
_HEAD_LINES = 12


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
    labelled = 0 if merges_known or form.name.startswith("performance") else _labelled(grid)
    for i, row in enumerate(grid):
        if heads.is_ordinal_row(row):
            ordinals.append(row)
            continue
        kind = "head" if i < labelled else _row_kind(row, head, form, known, width, merges_known)
        if kind == "head":
            head.append(row)
            continue
        begun = [] if merges_known or kind == "mixed" else _begun(head, form, width)
        body = begun
        for below in grid[i:]:
            (ordinals if heads.is_ordinal_row(below) else body).append(below)
        return head, ordinals, body, kind == "mixed"
    return head, ordinals, [], False


def _labelled(grid: Sequence[Row]) -> int:
    """How many rows stand above the first figures and not below the last line of the heads of codes and names."""
    last = 0
    for i, row in enumerate(grid[:_HEAD_LINES]):
        words = [text_of(c) for c in row if text_of(c).strip()]
        if any(parse_figure(w) or is_code_cell(w) for w in words) and not heads.is_ordinal_row(row):
            break
        if any(heads.label_kind(w) in ("code", "name", "unit") for w in words):
            last = i + 1
    return last


def _begun(head: list[Row], form: Form, width: int) -> list[Row]:
    """Takes the last lines off the head that are the beginning of the first name: alone below the head of names."""
    begun: list[Row] = []
    while len(head) > 1:
        cells = [(i, text_of(c)) for i, c in enumerate(head[-1]) if text_of(c).strip()]
        if len(cells) != 1 or heads.label_kind(cells[0][1]) is not None:
            break
        columns = heads.columns(head[:-1], width, False, form)
        if cells[0][0] >= len(columns) or columns[cells[0][0]].kind not in ("name", "unit"):
            break
        if heads.columns(head, width, False, form)[cells[0][0]].kind == columns[cells[0][0]].kind:
            break  # the rest of a broken head
        begun.insert(0, head.pop())
    return begun


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

    def merged(part: BlockRow, whole: BlockRow) -> None:
        grid.merged.append((part.index, whole.index, block.labels + block.values))

    return whole_rows(block.rows, known, is_total, merged)


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
