"""Tables without columns (无列的表): lines below a caption in which cells stand one after the other, or one a line.

What PDF extractors print that follow the text and not the page. The lines are kept together as one table whose cells
have an order and no columns, so that nobody takes them for sentences. Refuses lines that are set in columns.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from juesuan.documents.lines import (
    DECIMAL,
    FIGURE,
    SENTENCE,
    Line,
    Piece,
    Row,
    Taken,
    ends_table,
    is_caption,
    is_page_number,
)

_WORD = re.compile(r"\S+")
#: a longer line with a full stop is prose
_PROSE = 30
_FEWEST = 2
#: a table without figures has so many heads at least
_ONLY_HEADS = 3
#: the longest name of a unit, and how many numbers may stand between 序号 and 单位名称
_NAME, _ORDINALS = 40, 30


def take(lines: Sequence[Line], i: int, form: bool) -> Taken:
    """The lines from line i on that are such a table; no rows where they are none.

    `form`: below the title of a self-evaluation form, whose cells may be sentences.
    """
    start = i
    while start < len(lines) and (not lines[start].text.strip() or is_caption([lines[start].text.strip()])):
        if ends_table(lines[start].text.strip()) and start > i:
            return Taken(i, [])
        start += 1
    rows: list[Row] = []
    end = start
    loose = apart = bare = 0
    for j in range(start, len(lines)):
        text = lines[j].text.strip()
        if "\t" in text or (text and (ends_table(text) or (not form and _is_prose(text)))):
            break
        if text and not is_page_number(text):
            row = _row(lines[j])
            gap = any(b[0] - a[0] - len(a[1]) > 1 for a, b in pairwise(cell for cell in row[1] if cell))
            apart += gap
            figures = [cell[1] for cell in row[1] if cell and FIGURE.fullmatch(cell[1])]
            loose += not gap and any(form or DECIMAL.search(figure) for figure in figures)
            bare += all(FIGURE.fullmatch(cell[1]) for cell in row[1] if cell)
            rows.append(row)
            end = j + 1
    few = loose if form else min(loose, bare)
    noted = end < len(lines) and not loose + apart and len(rows) > _ONLY_HEADS and _is_note(lines, end)
    return Taken(end, rows, "order") if noted or (few >= _FEWEST and apart * 2 <= loose) else Taken(i, [])


def _is_note(lines: Sequence[Line], end: int) -> bool:
    """Whether the next printed line is the note of a table."""
    return next((line.text.strip() for line in lines[end:] if line.text.strip()), "").startswith(("注", "说明"))


def take_list(lines: Sequence[Line], i: int) -> Taken:
    """A list of units that is printed one cell a line, below a line that says 序号; no rows where there is none."""
    rows: list[Row] = []
    end, named = i, False
    for j in range(i, len(lines)):
        text = lines[j].text.strip()
        if text and (len(text) > _NAME or SENTENCE.search(text) or "\t" in text or (ends_table(text) and j > i)):
            break
        if text:
            if not named and len(rows) > _ORDINALS:
                return Taken(i, [])
            named = named or text == "单位名称"
            rows.append(_row(lines[j]))
            end = j + 1
    return Taken(end, rows, "order") if named and len(rows) > _FEWEST else Taken(i, [])


def _is_prose(text: str) -> bool:
    return "。" in text and len(text) > _PROSE


def _row(line: Line) -> Row:
    cells: list[Piece] = [(match.start(), match.group()) for match in _WORD.finditer(line.text)]
    return line, cells
