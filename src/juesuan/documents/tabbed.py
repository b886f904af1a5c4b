"""Tables with marks between their cells (制表符或竖线分列的表): tabs, or pipes as in Markdown and box drawings.

A blank line ends a table unless the rows behind it have the same shape; lines without tabs between two rows are wrapped
pieces of cells only where nothing else is possible, and stand in the column of the cell that they belong to. A row
that line breaks inside cells have torn to pieces stays one row a line, each cell in its column.
Refuses to take indented or numbered paragraphs for rows.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from juesuan.documents.lines import (
    CODE,
    FIGURE,
    SENTENCE,
    Line,
    Piece,
    Row,
    Taken,
    blank,
    has_leaders,
    is_caption,
    is_wrapped,
)

_BLANKS = 3
_PIECES = 3
_TORN = 8
_PIPES = "|│┃｜"
_PIPE = re.compile(r"(?<!\\)[|│┃｜]")
_RULES_ONLY = re.compile(r"[-=:+|\s\u2500-\u257f｜]+")
_NUMBERED = re.compile(r"(?:[一二三四五六七八九十]+|\d+)[、．.]|[（(][一二三四五六七八九十\d]+[)）]")


def is_row(text: str) -> bool:
    """Whether a line with tabs is a row: no caption, no paragraph that begins with a tab or a number and a tab."""
    cells = [cell.strip() for cell in text.split("\t")]
    filled = [cell for cell in cells if cell]
    if not filled:
        return True
    if is_caption(filled) or has_leaders(text):
        return False
    if len(filled) == 1:
        paragraph = SENTENCE.search(text) or (_NUMBERED.match(filled[0]) and not FIGURE.fullmatch(filled[0]))
        return not (cells[-1] and paragraph)
    return not (len(cells) == 2 and _NUMBERED.fullmatch(filled[0]) and not FIGURE.fullmatch(filled[1]))


def take(lines: Sequence[Line], i: int) -> Taken:
    """The table that begins at line i, and the line after it; no rows where these lines are none."""
    end, picked = _collect(lines, i)
    if picked and _is_lead(picked):
        return Taken(i + 1, [])
    if not any(len(line.text.split()) > 1 and "\t" in line.text.strip() for line in picked) and len(picked) < 2:
        return Taken(end, [])
    rows = _grid(picked)
    return Taken(end, rows, "ragged" if _is_ragged(rows) else "")


def _is_ragged(rows: Sequence[Row]) -> bool:
    """Whether a row has fewer cells than is usual, or prints more."""
    usual = Counter(len(cells) for _, cells in rows).most_common(1)[0][0]
    return any(len(cells) < usual or any(cells[usual:]) for _, cells in rows)


def _is_lead(picked: Sequence[Line]) -> bool:
    """Whether the first line only stands above the table: one cell, set in by tabs, narrower than the rows."""
    first = picked[0].text
    if not first.strip() or "\t" in first.strip() or first.rstrip(" ").endswith("\t"):
        return False
    return len(picked) == 1 or first.count("\t") != picked[1].text.count("\t")


def _collect(lines: Sequence[Line], start: int) -> tuple[int, list[Line]]:
    picked: list[Line] = []
    pending: list[Line] = []
    blanks, end = 0, start
    for j in range(start, len(lines)):
        text = lines[j].text
        if "\t" in text:
            row = is_row(text) or _stands_under(text, picked)
            if not row or (picked and not _fits(picked, bool(pending), blanks, text)):
                break
            picked += [*pending, lines[j]]
            pending, blanks, end = [], 0, j + 1
        elif not text.strip():
            blanks += 1
            if pending or blanks > _BLANKS:
                break
        elif blanks or len(pending) == _PIECES or not is_wrapped(text.strip()):
            break
        else:
            pending.append(lines[j])
    return max(end, start + 1), picked


def _stands_under(text: str, picked: Sequence[Line]) -> bool:
    """Whether the one cell of a line without tabs behind it stands where the rows above have names."""
    cell = text.strip()
    at = text.index(cell[0]) if cell else 0
    above = [line.text.split("\t") for line in picked[-_PIECES:]]
    named = any(
        len(cells) > at and len(cells[at].strip()) > 1 and not FIGURE.fullmatch(cells[at].strip()) for cells in above
    )
    return (
        at > 1 and named and text[:at].strip(" ") == "\t" * at and not SENTENCE.search(cell) and not is_caption([cell])
    )


def _fits(picked: Sequence[Line], pending: bool, blanks: int, text: str) -> bool:
    """Whether a row behind blank lines or lines without tabs goes on with the table."""
    if not (pending or blanks):
        return True
    if text.strip() == picked[0].text.strip():
        return False
    tabs = text.count("\t")
    return tabs in {picked[-1].text.count("\t"), picked[0].text.count("\t")} if blanks else True


def _grid(picked: Sequence[Line]) -> list[Row]:
    rows = [(line, _split(line.text)) for line in picked]
    usual = Counter(len(cells) for _, cells in rows if len(cells) > 1).most_common(1)[0][0]
    grid: list[Row] = []
    i = 0
    while i < len(rows):
        torn = _torn(rows, i, usual) if len(rows[i][1]) < usual else 0
        if torn:
            column = 0
            for line, cells in rows[i : i + torn]:
                grid.append((line, [*blank(column), *cells]))
                column += len(cells) - 1
            i += torn
            continue
        line, cells = rows[i]
        column = _wrapped_column(grid) if "\t" not in line.text else 0
        grid.append((line, [*blank(column), *cells]))
        i += 1
    return grid


def _torn(rows: Sequence[Row], i: int, usual: int) -> int:
    """How many lines from line i on are pieces of one row of the usual width, torn inside cells; 0 if none.

    The pieces of the torn cell are the last cell of one line and the first of the next: both texts, and a figure or a
    code stands somewhere in the row (heads have lines of any length).
    """
    total, figures = 0, False
    for n, (_, cells) in enumerate(rows[i:], 1):
        if len(cells) >= usual or n > _TORN:
            return 0
        if n > 1 and not (_is_text(rows[i + n - 2][1][-1]) and _is_text(cells[0])):
            return 0
        total += len(cells) - (n > 1)
        figures = figures or any(cell and (FIGURE.fullmatch(cell[1]) or CODE.fullmatch(cell[1])) for cell in cells)
        if total >= usual:
            return n if total == usual and figures else 0
    return 0


def _is_text(cell: Piece) -> bool:
    return cell is not None and not FIGURE.fullmatch(cell[1])


def _wrapped_column(grid: Sequence[Row]) -> int:
    """The column of the last text in the row above, where the rest of a broken cell belongs."""
    if not grid:
        return 0
    cells = grid[-1][1]
    return max((k for k, cell in enumerate(cells) if _is_text(cell)), default=0)


def _split(text: str) -> list[Piece]:
    cells: list[Piece] = []
    at = 0
    for part in text.split("\t"):
        stripped = part.strip()
        cells.append((at + part.find(stripped[0]), stripped) if stripped else None)
        at += len(part) + 1
    return cells


def is_piped(text: str) -> bool:
    """Whether a line begins with a pipe and has another, or is a rule of a drawn table."""
    stripped = text.strip()
    if not stripped:
        return False
    return (stripped[0] in _PIPES and len(_PIPE.findall(stripped)) > 1) or is_rule(stripped)


def is_rule(text: str) -> bool:
    """Whether a line only separates rows: |---|---|, +----+, ├──┼──┤."""
    stripped = text.strip()
    if len(stripped) < 3 or not _RULES_ONLY.fullmatch(stripped):
        return False
    drawn = any("\u2500" <= c <= "\u257f" and c not in _PIPES for c in stripped)
    return drawn or (stripped[0] in "|+｜" and ("--" in stripped or "==" in stripped))


def take_piped(lines: Sequence[Line], i: int) -> Taken:
    """The table of piped lines that begins at line i, and the line after it; rules between rows are left out."""
    rows: list[Row] = []
    j = i
    while j < len(lines) and is_piped(lines[j].text):
        if not is_rule(lines[j].text):
            rows.append((lines[j], _split_pipes(lines[j].text)))
        j += 1
    return Taken(j, rows)


def _split_pipes(text: str) -> list[Piece]:
    cells: list[Piece] = []
    at = len(text) - len(text.lstrip()) + 1
    end = len(text.rstrip())
    if text[end - 1] in _PIPES and text[end - 2 : end - 1] != "\\":
        end -= 1
    for part in _PIPE.split(text[at:end]):
        stripped = part.strip()
        cells.append((at + part.index(stripped[0]), stripped) if stripped else None)
        at += len(part) + 1
    return cells
