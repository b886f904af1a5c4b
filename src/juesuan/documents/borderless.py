"""Tables without ruling (无框线的表): rows told by how the printed lines of a page are aligned.

The lines are set as a text with true positions and read as such a text is; then cells that were wrapped over lines are
put together by the distances between lines. Refuses to be sure: such tables are marked as placed by position, so that
whoever reads them doubts their columns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from juesuan.documents import aligned
from juesuan.documents.columns import by_position
from juesuan.documents.contents import contents
from juesuan.documents.lines import SENTENCE, Line, Span, Taken, columns_of, is_caption
from juesuan.documents.measures import Votes
from juesuan.documents.pieces import Piece, over
from juesuan.documents.printing import Printed
from juesuan.documents.repeating import Held, held
from juesuan.documents.sheets import Ruled, Sheet
from juesuan.documents.stacking import Cell as Pieces
from juesuan.documents.stacking import Stacked, stacked
from juesuan.model.documents import Cell, Table

_GAP = 0.7
"""from so many heights of the line on, a gap in a sentence parts two cells; elsewhere every gap does"""
_FAR, _MANY = 1.5, 3
"""so many gaps of so many heights of the line are between cells, whatever marks of sentences stand in them"""
_LETTERS = 7
"""half heights; letters of one word are not further apart"""
_STOPS = frozenset("。；！？：:")
_ONE = 0.95
"""lines that are nearer than so many heights are no two lines of one cell, so they stand in one row"""
_HEADS = 6
"""so many names in a line below figures are heads of other columns"""
_TOUCHING = re.compile(
    r"(?<![\d.])-?[\d,]+\.\d\d(?=[\u4e00-\u9fff]{3}|[一二三四五六七八九十]{1,3}、|[1-5]\d\d(?:\d\d){0,2}(?![\d.]))(?![万千百亿]?元)"
)
"""an amount, then a name or a code"""
_USUAL = 9.0
_NARROW = "\u2e7f"
"""the last letter of one column; those behind it take two"""
_MOST = 4000
"""columns of the widest page"""


def find(sheets: Sequence[Sheet]) -> None:
    """Moves the lines of tables without ruling to the tables of their sheets."""
    unit = _unit(sheets) / 2
    pages = [_lines(sheet, unit) for sheet in sheets]
    votes = aligned.votes_of(line.text for lines in pages for line in lines)
    before = [(sheet.lines, list(sheet.tables)) for sheet in sheets]
    usual, doubtful = _find(sheets, pages, unit, votes, 0.0)
    if usual and doubtful:  # the first tables had to be told without it
        for sheet, (lines, tables) in zip(sheets, before, strict=True):
            sheet.lines, sheet.tables = lines, tables
        _find(sheets, pages, unit, votes, usual)


def _find(
    sheets: Sequence[Sheet], pages: Sequence[Sequence[Line]], unit: float, votes: Votes, usual: float
) -> tuple[float, bool]:
    """Finds them; gives how far lines of one cell are apart, in heights of a line, and whether a table was met before
    that was known. `usual`: what is known of it (0: nothing).
    """
    before: Held | None = None
    doubtful = False
    listed = contents([line.text for sheet in sheets for line in sheet.lines])
    first = 1
    for sheet, lines in zip(sheets, pages, strict=True):
        printed, sheet.lines = sheet.lines, []
        inside = range(listed.start - first, listed.stop - first)
        first += len(lines)
        before = before if not _ruled_first(sheet, printed) else None
        for taken, start, again in _tables(lines, votes, before, inside):
            if taken.rows:
                doubtful = doubtful or not usual
                last, usual = _add(sheet, (lines, printed), (start, taken, again), unit, (before, usual))
                before = last if taken.end == len(lines) else None
            else:
                sheet.lines += printed[start : taken.end]
                before = None
        if not lines and sheet.tables:
            before = None
    return usual, doubtful


def _add(
    sheet: Sheet,
    page: tuple[Sequence[Line], Sequence[Printed]],
    found: tuple[int, Taken, int],
    unit: float,
    known: tuple[Held | None, float],
) -> tuple[Held | None, float]:
    """Adds the table to its sheet; gives what it hands on, and how far lines of one cell are apart, in heights of a line.

    `known` are the same of the tables before.
    """
    (lines, printed), (start, taken, again), (before, usual) = page, found, known
    used = {*range(again), *(line.number for line, _ in taken.rows)}
    if sheet.lines and start and _same_row(printed[start - 1], printed[min(used)]):
        used.add(start - 1)
        sheet.lines.pop()
    own = [lines[n] for n in sorted(used)]
    last: Held | None = None
    pieces = _pieces(own, printed)
    for begin, end in pairwise([0, *_parts(pieces, again), len(own)]):
        part = [[replace(piece, line=piece.line - begin) for piece in line] for line in pieces[begin:end]]
        last, usual = _part(sheet, own[begin:end], part, unit, (before, usual, again))
        before, again = None, 0
    sheet.lines += [printed[n] for n in range(start, taken.end) if n not in used]
    return last, usual


def _part(
    sheet: Sheet,
    own: Sequence[Line],
    pieces: Sequence[Sequence[Piece]],
    unit: float,
    known: tuple[Held | None, float, int],
) -> tuple[Held | None, float]:
    """Adds the table of these lines to its sheet. `known` ends with the number of lines of a head overleaf."""
    before, usual, again = known
    same = before.cut(pieces[:again]) if before and again else []
    if same:
        below = [[replace(piece, line=piece.line - again) for piece in line] for line in pieces[again:]]
        body = stacked(below, sheet.rules, True, usual)
        made = body._replace(rows=[*same, *body.rows], heads=0)
    else:
        made = stacked(pieces, sheet.rules, before is not None, usual)
    picked = _picked(made.rows, unit / 2)
    placed = by_position(picked, 0, columns_of, before.columns if before else None, len(same))
    sheet.tables.append(_table(sheet, placed, made))
    if placed.columns is None or (before and placed.columns is before.columns):
        return before, made.leading
    return held(placed.columns, own, pieces, made.rows[: made.heads]), made.leading


def _parts(pieces: Sequence[Sequence[Piece]], again: int) -> Iterator[int]:
    """The lines at which other columns begin: heads below figures."""
    figures = False
    last = again
    for n, line in enumerate(pieces):
        figures = figures or any(piece.anchors and "." in piece.text for piece in line)
        if figures and len(line) >= _HEADS and not any(piece.anchors for piece in line):
            begin = n
            high = line[0].box[3] - line[0].box[1]
            while begin - 1 > last and _belongs_above(pieces[begin - 1], line, high):
                begin -= 1
            if begin > last:
                yield begin
            last, figures = n, False


def _belongs_above(upper: Sequence[Piece], heads: Sequence[Piece], high: float) -> bool:
    """Whether a line is the beginning of heads that take more lines than those beside them."""
    return heads[0].middle - upper[0].middle < high and not any(piece.anchors for piece in upper)


def _same_row(above: Printed, first: Printed) -> bool:
    """Whether the line above a table begins a cell of its first row, which was wrapped: it stands as low as that."""
    near = first.middles[0] - above.middles[0] < _ONE * above.high
    return near and not SENTENCE.search(above.text) and not is_caption([re.sub(r"\s+", "", above.text)])


def _ruled_first(sheet: Sheet, printed: Sequence[Printed]) -> bool:
    return any(t.top < min((line.top for line in printed), default=0) for t in sheet.tables)


def _tables(
    lines: Sequence[Line], votes: Votes, before: Held | None, listed: range
) -> Iterator[tuple[Taken, int, int]]:
    """What is taken of a page from its top, where that begins, and how many lines of a head overleaf stand there again;
    lines that are no table without rows.

    `listed` are the lines of the contents, which are none.
    """
    i = 0
    columns = before.columns if before else None
    if before and (again := before.again(lines)) and again < len(lines):
        taken = aligned.take(lines, again, votes, columns)
        if taken.rows and taken.placing != "order":
            yield taken, 0, again
            columns, i = None, taken.end
    while i < len(lines):
        taken = Taken(i + 1, []) if i in listed else aligned.take(lines, i, votes, columns)
        if not any(cell for _, cells in taken.rows for cell in cells):
            taken = Taken(max(taken.end, i + 1), [])
        if taken.placing == "order":  # its single blanks are none
            taken = Taken(i + 1, [])
        yield taken, i, 0
        columns = None
        i = taken.end


def _unit(sheets: Sequence[Sheet]) -> float:
    """The usual size of letters in lines of several cells."""
    sizes = [
        line.bottom - line.top for sheet in sheets for line in sheet.lines if len(re.findall(r"\s{2,}", line.text)) > 1
    ]
    return max(median(sizes), 3.0) if sizes else _USUAL


def _lines(sheet: Sheet, unit: float) -> list[Line]:
    """The lines of a page; what goes on with a sentence is one, too."""
    found = []
    sentence, above = False, ""
    for n, printed in enumerate(sheet.lines):
        below = sentence and above[-1:] not in _STOPS and abs(printed.left - sheet.lines[n - 1].left) < 3 * printed.high
        sentence, above = below or bool(SENTENCE.search(printed.text)), printed.text.rstrip()
        prose = (sentence and not _has_cells(printed)) or is_caption([re.sub(r"\s+", "", printed.text)])
        found.append(_line(printed, n, sheet.number, unit, prose))
    return found


def _has_cells(printed: Printed) -> bool:
    """Whether gaps that no sentence has stand between what is printed on a line."""
    gaps = (match.span() for match in re.finditer(r"\s+", printed.text))
    wide = [printed.edges[b] - printed.edges[a] for a, b in gaps if a > 0 and b < len(printed.text)]
    return sum(gap > _FAR * printed.high for gap in wide) >= _MANY


def _line(printed: Printed, number: int, page: int, unit: float, prose: bool) -> Line:
    """The printed line as text with blanks, and the column of every character."""
    high = max(printed.bottom - printed.top, 1.0)
    at = _columns(printed.edges, unit)
    text = ""
    columns: list[int] = []
    width, last, before = 0, 0.0, 0
    for start, end in _words(printed.text, prose):
        word = printed.text[start:end]
        apart = not prose or printed.edges[start] - last >= _GAP * high
        blanks = max(2 if text else 0, at[start] - width) if apart or not text else 1
        columns += [before] * blanks
        text += " " * blanks + word
        width += blanks + len(word) + sum(map(_NARROW.__lt__, word))
        columns += at[start:end]
        last, before = printed.edges[end], at[end]
    return Line(number, page, 0, text, (*columns, before))


def _columns(edges: Sequence[float], unit: float) -> list[int]:
    """The columns at these edges; a damaged file may have letters far beyond any page."""
    found = [round(edge / unit) for edge in edges]
    if min(found) < 0 or max(found) > _MOST:
        found = [max(0, min(column, _MOST)) for column in found]
    return found


def _words(text: str, prose: bool) -> Iterator[Span]:
    """The words of a line; a figure at the right edge of its cell may touch the name or code of the next one."""
    for match in re.finditer(r"\S+", text):
        start, end = match.span()
        for glued in _TOUCHING.finditer(text, start, end) if not prose else ():
            yield start, glued.end()
            start = glued.end()
        yield start, end


def _pieces(lines: Sequence[Line], printed: Sequence[Printed]) -> list[list[Piece]]:
    """The lines of a table as pieces of cells."""
    found = []
    for n, line in enumerate(lines):
        source = printed[line.number]
        found.append([_piece(source, line.text, span, n) for span in _segments(line)])
    return found


def _segments(line: Line) -> Iterator[Span]:
    """The cells of a line; letters far apart are no word but pieces of several cells."""
    for a, b in aligned.segments(line.text):
        at = a
        for blanks in re.finditer(r"\s+", line.text[a:b]):
            if line.edges[a + blanks.end()] - line.edges[a + blanks.start()] > _LETTERS:
                yield at, a + blanks.start()
                at = a + blanks.end()
        yield at, b


def _piece(source: Printed, line: str, span: Span, number: int) -> Piece:
    """A cell of one line: the characters of the source are those of the text, blanks aside."""
    before = len(re.sub(r"\s", "", line[: span[0]]))
    letters = [i for i, char in enumerate(source.text) if not char.isspace()]
    first, last = letters[before], letters[before + len(re.sub(r"\s", "", line[span[0] : span[1]])) - 1]
    middles = source.middles[first : last + 1]
    middle, half = sum(middles) / len(middles), source.high / 2
    box = (source.edges[first], middle - half, source.edges[last + 1], middle + half)
    return Piece(source.text[first : last + 1], box, number)


def _picked(rows: Sequence[Sequence[Pieces]], unit: float) -> list[tuple[Line, list[Span]]]:
    """The rows as lines of text with the columns of their cells."""
    picked = []
    for n, row in enumerate(rows):
        text, columns, spans = "", [], []
        for cell in row:
            left, _, right, _ = over(cell)
            words = "".join(piece.text for piece in cell)
            start = len(text)
            spans.append((start, start + len(words)))
            text += words + "  "
            wide = (right - left) / max(len(words), 1)
            columns += [round((left + wide * k) / unit) for k in range(len(words))] + [round(right / unit)] * 2
        picked.append((Line(n, None, 0, text, (*columns, columns[-1] if columns else 0)), spans))
    return picked


def _table(sheet: Sheet, taken: Taken, made: Stacked) -> Ruled:
    """The table with every cell in its box."""
    rows = made.rows
    doubted = {row for row, _ in taken.doubts}
    width = max(len(cells) for _, cells in taken.rows)
    grid = []
    for r, (line, cells) in enumerate(taken.rows):
        own = {start: pieces for (start, _), pieces in zip(_starts(line, rows[r]), rows[r], strict=True)}
        grid.append(
            tuple(_cell(sheet, line, own, cell, r not in doubted) for cell in (*cells, *[None] * (width - len(cells))))
        )
    box = over([piece for row in rows for cell in row for piece in cell])
    return Ruled(box[1], box[3], box[0], [], Table(tuple(grid), sheet.place(box=box), taken.placing, made.proved))


def _starts(line: Line, row: Sequence[Pieces]) -> Iterator[tuple[int, int]]:
    at = 0
    for cell in row:
        length = sum(len(piece.text) for piece in cell)
        yield at, length
        at += length + 2


def _cell(sheet: Sheet, line: Line, own: dict[int, Pieces], cell: tuple[int, str] | None, sure: bool) -> Cell:
    if cell is None:
        return Cell("", sheet.place(), sure=sure)
    start, text = cell
    pieces = [piece for at, parts in own.items() if start <= at < start + len(text) for piece in parts]
    text = "\n".join(piece.text for piece in pieces)
    return Cell(text, sheet.place(text, over(pieces)), sure=sure)
