"""Tables without ruling (无框线的表): rows told by how the printed lines of a page are aligned.

The lines are set as a text with true positions and read as such a text is; then cells that were wrapped over lines are
put together by the distances between lines. Refuses to be sure: such tables are marked as placed by position, so that
whoever reads them doubts their columns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from statistics import median

from juesuan.documents import aligned
from juesuan.documents.lines import Columns, Line, Taken
from juesuan.documents.measures import Votes
from juesuan.documents.printing import Printed
from juesuan.documents.sheets import Ruled, Sheet
from juesuan.documents.stacking import Piece, Stack, stacked
from juesuan.model.documents import Cell, Table

_GAP = 0.7
"""from so many heights of the line on, a gap parts two cells"""
_USUAL = 9.0
_PIECES = re.compile(r"\S+(?:\s\S+)*")


def find(sheets: Sequence[Sheet]) -> None:
    """Moves the lines of tables without ruling to the tables of their sheets."""
    unit = _unit(sheets) / 2
    pages = [[_line(printed, n, sheet.number, unit) for n, printed in enumerate(sheet.lines)] for sheet in sheets]
    votes = aligned.votes_of(line.text for lines in pages for line in lines)
    before: Columns | None = None
    for sheet, lines in zip(sheets, pages, strict=True):
        printed = sheet.lines
        sheet.lines = []
        for taken, start in _tables(lines, votes, before if not _ruled_first(sheet, printed) else None):
            before = None
            if taken.rows:
                sheet.tables.append(_table(sheet, taken, printed))
                used = {line.number for line, _ in taken.rows}
                sheet.lines += [printed[n] for n in range(start, taken.end) if n not in used]
                before = taken.columns if taken.end == len(lines) else None
            else:
                sheet.lines += printed[start : taken.end]
        if not lines and sheet.tables:
            before = None


def _ruled_first(sheet: Sheet, printed: Sequence[Printed]) -> bool:
    return any(t.top < min((line.top for line in printed), default=0) for t in sheet.tables)


def _tables(lines: Sequence[Line], votes: Votes, before: Columns | None) -> Iterator[tuple[Taken, int]]:
    """What is taken of a page from its top, and where that begins; lines that are no table without rows."""
    i = 0
    while i < len(lines):
        taken = aligned.take(lines, i, votes, before)
        if not any(cell for _, cells in taken.rows for cell in cells):
            taken = Taken(max(taken.end, i + 1), [])
        if taken.placing == "order":  # its single blanks are none
            taken = Taken(i + 1, [])
        yield taken, i
        before = None
        i = taken.end


def _unit(sheets: Sequence[Sheet]) -> float:
    """The usual size of letters in lines of several cells."""
    sizes = [
        line.bottom - line.top for sheet in sheets for line in sheet.lines if len(re.findall(r"\s{2,}", line.text)) > 1
    ]
    return max(median(sizes), 3.0) if sizes else _USUAL


def _line(printed: Printed, number: int, page: int, unit: float) -> Line:
    """The printed line as text with blanks, and the column of every character."""
    high = max(printed.bottom - printed.top, 1.0)
    text = ""
    columns: list[int] = []
    last = 0.0
    for start, end in _runs(printed, high):
        left = round(printed.edges[start] / unit)
        least = 0 if not text else 2 if printed.edges[start] - last >= _GAP * high else 1
        width = sum(2 if ord(char) > 0x2E7F else 1 for char in text) + text.count("\u201c") + text.count("\u201d")
        blanks = max(least, left - width)
        columns += [round(last / unit)] * blanks if text else [0] * blanks
        text += " " * blanks + printed.text[start:end]
        columns += [round(edge / unit) for edge in printed.edges[start:end]]
        last = printed.edges[end]
    return Line(number, page, 0, text, (*columns, round(last / unit)))


def _runs(printed: Printed, high: float) -> Iterator[tuple[int, int]]:
    """Where the text of a printed line is without blanks."""
    for match in re.finditer(r"\S+", printed.text):
        yield match.span()


def _table(sheet: Sheet, taken: Taken, printed: Sequence[Printed]) -> Ruled:
    """The table with its wrapped cells put together and every cell in its box."""
    stack: Stack = []
    doubted = {row for row, _ in taken.doubts}
    for r, (line, cells) in enumerate(taken.rows):
        source = printed[line.number]
        row: list[Piece | None] = []
        for cell in cells:
            row.append(_piece(source, line.text, *cell, r not in doubted) if cell else None)
        stack.append((source, row))
    width = max(len(row) for _, row in stack)
    rows = [_cells(sheet, row, width) for row in stacked(stack, sheet.rules)]
    boxes = [piece.box for _, row in stack for piece in row if piece]
    box = (
        min(b[0] for b in boxes),
        min(b[1] for b in boxes),
        max(b[2] for b in boxes),
        max(b[3] for b in boxes),
    )
    return Ruled(box[1], box[3], box[0], [], Table(tuple(rows), sheet.place(box=box), taken.placing))


def _piece(source: Printed, line: str, start: int, text: str, sure: bool) -> Piece:
    """A cell of one line: the characters of the source are those of the text, blanks aside."""
    before = len(re.sub(r"\s", "", line[:start]))
    letters = [i for i, char in enumerate(source.text) if not char.isspace()]
    first, last = letters[before], letters[before + len(re.sub(r"\s", "", text)) - 1]
    box = (source.edges[first], source.top, source.edges[last + 1], source.bottom)
    return Piece(source.text[first : last + 1], box, sure)


def _cells(sheet: Sheet, row: Sequence[list[Piece]], width: int) -> tuple[Cell, ...]:
    cells = []
    for pieces in row:
        text = "\n".join(piece.text for piece in pieces)
        boxes = [piece.box for piece in pieces]
        box = None
        if boxes:
            box = (
                min(b[0] for b in boxes),
                min(b[1] for b in boxes),
                max(b[2] for b in boxes),
                max(b[3] for b in boxes),
            )
        cells.append(Cell(text, sheet.place(text, box), sure=all(piece.sure for piece in pieces)))
    return tuple(cells)
