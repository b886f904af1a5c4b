"""Printed lines (印出来的行): what stands on one line of a text file, and which lines never belong to a table.

Knows titles, units, notes and figures by their look only; refuses to say what they mean.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple


class Line(NamedTuple):
    """One printed line, or the part of it before or behind a form feed. `offset`: where the part begins in the line.

    `edges`: the columns in which its characters begin and the last one ends, where the file tells them.
    """

    number: int
    page: int | None
    offset: int
    text: str
    edges: tuple[int, ...] = ()


#: where a cell begins and ends in the text of its line
Span = tuple[int, int]
#: a cell of a row: where it begins in the text of its line, and what it says; None is a blank cell
Piece = tuple[int, str] | None
Row = tuple[Line, list[Piece]]


class Columns(NamedTuple):
    """The columns of a table set with blanks, for its rows overleaf.

    `cuts` are the display columns between them, `labels` those with names or codes, `figures` those with amounts and
    the leftmost and rightmost print of these; `heads` the columns of the cells of each row of the head.
    """

    cuts: tuple[int, ...]
    labels: tuple[int, ...]
    figures: dict[int, Span]
    heads: tuple[tuple[int, ...], ...] = ()


class Taken(NamedTuple):
    """What a table reader took: the index behind its lines, its rows (none where the lines are no table after all).

    `placing` is that of `model.documents.Table`, `doubts` are the (row, column) of cells that may stand in another one.
    """

    end: int
    rows: list[Row]
    placing: str = ""
    doubts: frozenset[tuple[int, int]] = frozenset()
    columns: Columns | None = None


FIGURE = re.compile(r"[-+−－＋]?\d[\d,，]*(?:[.．]\d+)?[%％]?|[-—–－]{1,2}|[(（]\d[\d,，]*[.．]\d+[)）]")
DECIMAL = re.compile(r"[.．]\d")
CODE = re.compile(r"[1-5]\d{2}(?:\d{2}){0,2}")
SENTENCE = re.compile(r"[。；！？]|，(?!\d{3})")

_PART = re.compile(r"第[一二三四五六七八九十]+(?:部分|章)")
_TITLE = re.compile(r"表(?:[（(][^（()）]{1,12}[)）])?$")
_NUMBER = re.compile(
    r"[（(]?(?:财决)?(?:公开)?\s*\d*\s*[)）]?\s*表|[（(]?(?:附表|附件|续表|公开表|表)\s*[\d一二三四五六七八九十]*[)）]?"
)
_NOTE = re.compile(r"(?:注|说明|备注)\s*\d?\s*[:：]")
_AMOUNT_UNIT = re.compile(r"[（(]?(?:金额|计量)?单位\s*[:：]\s*(?:人民币)?\s*[万亿千百]?元")
_DEPARTMENT = re.compile(r"(?:编制|填报|公开|预算)?(?:部门|单位)(?:[（(](?:部门|单位)[)）])?(?:名称)?\s*[:：]")
_FORM = re.compile(r"自评表(?:[（(][^（()）]{1,12}[)）])?$")
_CAPTION = 60
_YEAR = re.compile(r"[（(]?\s*\d{4}\s*年度?\s*[)）]?")
_LEADERS = re.compile(r"[.．·]{4,}|…{2,}|(?:[.．·] ){4,}")
_PAGE_NUMBER = re.compile(r"[-—–－]\s*\d{1,4}\s*[-—–－]|第\s*\d{1,4}\s*页(?:\s*共\s*\d{1,4}\s*页)?")
_WIDE = re.compile(
    r"[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6"
    r"\U0001f300-\U0001faff\U00020000-\U0003fffd]"
)
_ZERO = re.compile(r"[\u0300-\u036f\u200b-\u200f\u2060\ufe00-\ufe0f\ufeff]")
#: marks that some fonts print as wide as a Chinese character
AMBIGUOUS = re.compile(r"[“”‘’…—·×÷±≤≥①-⑳Ⅰ-Ⅹ○●□■△▲☆★]")


def is_caption(cells: Sequence[str]) -> bool:
    """Whether a line with these cells is a title, unit line, note, or heading of a part: never a row of a table."""
    first = cells[0]
    if _PART.match(first):
        return True
    if len(cells) == 1:
        return bool(
            _NOTE.match(first)
            or _AMOUNT_UNIT.match(first)
            or _DEPARTMENT.match(first)
            or _YEAR.fullmatch(first)
            or _NUMBER.fullmatch(first)
            or (_TITLE.search(first) and not SENTENCE.search(first) and not DECIMAL.search(first))
        )
    note = _NOTE.match(first)
    if note and first[note.end() :].strip():
        return True
    if len(cells) > 4:  # department, year, number and unit
        return False
    titled = _TITLE.search(cells[-1]) and not any(FIGURE.fullmatch(cell) for cell in cells)
    if titled or any(_AMOUNT_UNIT.match(cell) for cell in cells):
        return True
    department = _DEPARTMENT.match(first)
    if department and first[department.end() :].strip() and len(cells) < 4:
        return all(_YEAR.fullmatch(cell) or _NUMBER.fullmatch(cell) for cell in cells[1:])
    return all("：" in cell or ":" in cell for cell in cells)


def opens_table(text: str) -> bool:
    """Whether a line is one that stands right above tables only: the unit of amounts, or the title of a form."""
    unit = _AMOUNT_UNIT.search(text) and len(text) < _CAPTION
    return bool(unit or (_FORM.search(text) and not SENTENCE.search(text)))


def ends_table(text: str) -> bool:
    """Whether a line cannot stand in a table: a title, a unit, a note, the heading of a part."""
    title = _TITLE.search(text) and not SENTENCE.search(text) and not DECIMAL.search(text)
    return bool(title or _PART.match(text) or _NOTE.match(text) or (_AMOUNT_UNIT.search(text) and len(text) < _CAPTION))


def is_wrapped(text: str) -> bool:
    """Whether a line without cells can only be the rest of a cell that was broken: short, no sentence, no heading."""
    if len(text) > 30 or SENTENCE.search(text) or text[-1] in "：:" or is_caption([text]):
        return False
    return not re.match(r"[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[)）]|\d+[.、．]|第", text)


def has_leaders(text: str) -> bool:
    """Dots that lead to a page number (目录)."""
    return bool(_LEADERS.search(text))


def is_page_number(text: str) -> bool:
    """Whether a line is a page number in dashes or words (a bare number may be a cell)."""
    return bool(_PAGE_NUMBER.fullmatch(text))


def blank(cells: int) -> list[Piece]:
    """So many blank cells."""
    return [None] * cells


def columns_of(text: str) -> int:
    """The columns that a text takes: two for wide and full-width characters, none for combining ones."""
    if text.isascii():
        return len(text)
    return len(text) + len(_WIDE.findall(text)) - len(_ZERO.findall(text))


def wide_columns_of(text: str) -> int:
    """As `columns_of`, with two columns for marks like “ ”, too."""
    return columns_of(text) + len(AMBIGUOUS.findall(text))


def spans_overlap(
    text: str, spans: Sequence[Span], above: Iterable[tuple[str, Sequence[Span]]], way: Callable[[str], int]
) -> bool:
    """Whether half of a line's cells at least stand under cells of the lines above."""
    over = [(way(t[:a]), way(t[:b])) for t, cells in above for a, b in cells]
    here = [(way(text[:a]), way(text[:b])) for a, b in spans]
    under = sum(1 for a, b in here if any(c < b and a < d for c, d in over))
    return under * 2 >= len(here)
