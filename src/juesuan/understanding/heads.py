"""Heads of tables (表头): which rows are the head, and what each column's path of heads is.

Works for files that know merged cells and for text that does not (there a blank continues the cell above where a new
cell begins above it, else the cell to its left). Refuses to name a column that no head covers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from juesuan.knowledge.forms import Form, common
from juesuan.knowledge.names import plain
from juesuan.model.documents import Cell
from juesuan.understanding.figures import parse_figure

Row = Sequence[Cell | None]
CODE = re.compile(r"[1-5]\d{2}(\d{2}){0,2}")
_LEGEND = re.compile(r"(20\d\d年度?)?(.*?)(栏次)?(\d{1,2})?")


def text_of(cell: Cell | None) -> str:
    """The cell's text, "" for none."""
    return "" if cell is None else cell.text


@lru_cache(maxsize=1 << 12)
def head_word(text: str) -> str:
    """A head cell as a word to look up: no 栏次, no column number, no unit, no leading year."""
    word = plain(text)
    if word.isdigit():
        return ""
    match = _LEGEND.fullmatch(word)
    word = match.group(2) if match and match.group(2) else word
    return re.sub(r"\((万元|元|金额单位:万元)\)$", "", word).removeprefix("其中:")


@lru_cache(maxsize=1 << 12)
def label_kind(text: str) -> str | None:
    """code, name, unit, row_no or remark where the head word is one of a label column."""
    word = head_word(text)
    return common().labels.get(word) or common().labels.get(word.partition("(")[0] if word.startswith("项目(") else "")


def is_ordinal_row(row: Row) -> bool:
    """栏次: a row of 1, 2, 3 … (beside 栏次, 类, 款, 项)."""
    numbers = []
    for cell in row:
        if cell is not None and cell.text.strip():
            word = plain(cell.text)
            if not word.isdigit() and label_kind(word) is None:
                return False
            numbers.append(word)
    digits = [n for n in numbers if n.isdigit()]
    if not digits:
        return "栏次" in numbers
    ascending = all(int(b) in (int(a) + 1, 1) for a, b in pairwise(digits))
    return ascending and int(digits[0]) == 1 and (len(digits) > 1 or "栏次" in numbers)


def has_figures(row: Row) -> bool:
    """Whether a figure that is no code stands in the row."""
    return any(parse_figure(text_of(c)) and not CODE.fullmatch(plain(text_of(c))) for c in row)


@dataclass(frozen=True, slots=True)
class Column:
    """A leaf column: the words of its heads from the top, and its kind (a label kind, or "value")."""

    path: tuple[str, ...]
    kind: str

    @property
    def title(self) -> str:
        return "/".join(self.path)


def owners(rows: Sequence[Row], width: int, merges_known: bool) -> list[list[tuple[int, int] | None]]:
    """For every place of the head the (row, column) of the cell that covers it."""
    owner: list[list[tuple[int, int] | None]] = [[None] * width for _ in rows]
    for r, row in enumerate(rows):
        for c in range(width):
            cell = row[c] if c < len(row) else None
            if merges_known:
                if cell is not None:
                    for dr in range(min(cell.rowspan, len(rows) - r)):
                        for dc in range(min(cell.colspan, width - c)):
                            owner[r + dr][c + dc] = (r, c)
            elif cell is not None and cell.text.strip():
                owner[r][c] = (r, c)
            elif r and (c == 0 or owner[r - 1][c] != owner[r - 1][c - 1]):
                owner[r][c] = owner[r - 1][c]
            elif c:
                owner[r][c] = owner[r][c - 1]
    return owner


def paths(rows: Sequence[Row], width: int, merges_known: bool) -> list[tuple[str, ...]]:
    """The path of head texts over every column."""
    owner = owners(rows, width, merges_known)
    result = []
    for c in range(width):
        seen: list[tuple[int, int]] = []
        for r in range(len(rows)):
            place = owner[r][c]
            if place is not None and place not in seen:
                seen.append(place)
        words = (printed_head(text_of(rows[r][k])) for r, k in seen)
        result.append(tuple(w for w in words if w))
    return result


@lru_cache(maxsize=1 << 12)
def printed_head(text: str) -> str:
    """The head as printed, without line breaks, letter-spacing, 栏次 and column numbers."""
    word = re.sub(r"\s+", "", text)
    if word.isdigit():
        return ""
    word = re.sub(r"(?<=[\u4e00-\u9fff)）])\d{1,2}$", "", word)
    return word.removesuffix("栏次") or word


def joined(path: tuple[str, ...], known: Callable[[str], bool]) -> tuple[str, ...]:
    """The path with heads that were wrapped over two rows put together again."""
    result: list[str] = []
    i = 0
    while i < len(path):
        for j in range(len(path), i, -1):
            word = "".join(path[i:j])
            if j == i + 1 or (known(word) and not all(known(p) for p in path[i:j])):
                result.append(word)
                i = j
                break
    return tuple(result)


def columns(head: Sequence[Row], width: int, merges_known: bool, form: Form) -> list[Column]:
    """The leaf columns under these head rows."""

    def known(word: str) -> bool:
        return form.head(head_word(word)) is not None or label_kind(word) is not None

    result = []
    for path in paths(head, width, merges_known):
        words = joined(path, known)
        kind = label_kind(words[-1]) if words else None
        result.append(Column(words, kind or "value"))
    return _unlabelled(result)


def _unlabelled(found: list[Column]) -> list[Column]:
    """A value column cannot stand under a head that names labels alone (类款项 columns without heads of their own)."""
    result: list[Column] = []
    for column in found:
        first = label_kind(column.path[0]) if column.path else None
        only_labels = column.path and all(label_kind(w) for w in column.path)
        if column.kind == "value" and first and only_labels:
            column = replace(column, kind=first)
        result.append(column)
    return result


def moved(found: list[Column], by: int, start: int) -> list[Column]:
    """The same columns with the value heads `by` places further right: for heads set out of line with the figures."""
    width = len(found)
    label = next((c for c in reversed(found[:start]) if c.kind != "value"), Column(("科目名称",), "name"))
    blank = [replace(label, kind="name")] * by
    return (found[:start] + blank + found[start : width - by])[:width]


def first_value(found: list[Column]) -> int:
    """The index of the first value column (the width where there is none)."""
    return next((i for i, c in enumerate(found) if c.kind == "value"), len(found))
