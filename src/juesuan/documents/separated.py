"""Tables with commas between their cells (逗号分列的表), as spreadsheets save them; quoted cells may hold commas.

Refuses prose with half-width commas: in a table at least half the rows hold a figure alone in its cell, and none says
an amount with its unit after words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from juesuan.documents.lines import FIGURE, Line, Piece, Row, Taken

_FEWEST_COMMAS, _FEWEST_ROWS = 2, 3
_CELL = re.compile(r'\s*(?:"((?:[^"]|"")*)"|([^,"]*))\s*(,|$)')
_QUOTED = re.compile(r'"[^"]*"')
#: may be one figure or two cells
_THOUSANDS = re.compile(r"(?<![\d.])\d{1,3}(?:,\d{3})+(?!\d)")
#: an amount in a sentence
_SAID = re.compile(r"[\u4e00-\u9fff]\d[\d.]*(?:万元|亿元|元|%)")


def is_separated(text: str) -> bool:
    """Whether a line may be a row: commas enough, more than figures have, none of them in a sentence."""
    bare = _THOUSANDS.sub("", _QUOTED.sub("", text))
    return bare.count(",") >= _FEWEST_COMMAS and "。" not in text and "\t" not in text and not _SAID.search(bare)


def take(lines: Sequence[Line], i: int) -> Taken:
    """The table that begins at line i, and the line after it; no rows where these lines are none.

    Its cells have no columns but only an order where rows differ in their number, or a comma may be part of a figure.
    """
    rows: list[Row] = []
    sure = True
    for line in lines[i:]:
        cells = _cells(line.text)
        if not (is_separated(line.text) or (rows and len(cells) == len(rows[0][1]))):
            break
        sure = sure and bool(cells) and not _THOUSANDS.search(_QUOTED.sub("", line.text))
        sure = sure and len(cells) == len((rows or [(line, cells)])[0][1])
        at = len(line.text) - len(line.text.lstrip())
        rows.append((line, cells or [(at, line.text.strip())]))
    figures = sum(any(cell and FIGURE.fullmatch(cell[1]) for cell in cells) for _, cells in rows)
    if len(rows) < _FEWEST_ROWS or 2 * figures < len(rows):
        return Taken(i + 1, [])
    return Taken(i + len(rows), rows, "" if sure else "order")


def _cells(text: str) -> list[Piece]:
    """The cells; none where quotes are out of order."""
    cells: list[Piece] = []
    at = 0
    while match := _CELL.match(text, at):
        group = 1 if match.group(1) is not None else 2
        word = match.group(group).strip()
        cells.append((text.index(word, match.start(group)), word) if word else None)
        at = match.end()
        if not match.group(3):
            return cells if at == len(text) else []
    return []
