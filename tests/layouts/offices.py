"""Offices (别的软件的习惯): blocks laid out by hand and written as word processors and spreadsheets write PDF.

`word`: thin filled rectangles, digits in a Latin font; `glyphs`: every character placed alone, lines cell by cell;
`runs`: one TJ per line with gaps for blanks; `sheet`: one path for the whole grid, text clipped at its cell;
`shuffled`: nothing in reading order. Refuses headings of several lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from juesuan.model.documents import Block, Cell, Heading, PageBreak, Paragraph, Table
from tests.layouts.looks import LINES, NONE, RECTANGLES, RULES, Look, fit, heads, is_figure
from tests.layouts.raw_pdf import A4, LATIN, SONG, Page, write_pdf

MARGIN = 50.0
_LATIN = re.compile(r"[!-~]+")


class _Press:
    """The pages that are being printed."""

    def __init__(self, look: Look) -> None:
        self.look = look
        self.pages: list[Page] = []
        self.y = 0.0
        self.turn()

    @property
    def page(self) -> Page:
        return self.pages[-1]

    @property
    def room(self) -> float:
        return self.page.width - 2 * MARGIN

    @property
    def bottom(self) -> float:
        return self.page.height - MARGIN - 10

    def turn(self) -> None:
        if self.pages and self.look.footer:
            number = str(len(self.pages))
            self.page.text(self.page.width / 2, self.page.height - 30, f"- {number} -", 9)
        wide, high = (A4[1], A4[0]) if self.look.landscape else A4
        self.pages.append(Page(wide, high))
        self.y = MARGIN

    def say(self, x: float, y: float, text: str, size: float) -> None:
        """One line of text in the habit of the look."""
        habit = self.look.habit
        if habit == "glyphs":
            for char in text:
                if char != " ":
                    self.page.text(x, y + (self.look.drop if char in "0123456789.,-%" else 0), char, size)
                x += _width(char) * size
        elif habit == "runs":
            pieces = [(part, 0.5 * len(gap)) for part, gap in re.findall(r"(\S+)(\s*)", text)]
            self.page.kerned(x, y, pieces, size)
        else:
            for font, part in _fonts(text, bool(self.look.latin)):
                self.page.text(x, y + (self.look.drop if font == LATIN else 0), part, size, font)
                x += sum(map(_width, part)) * size

    # blocks -----------------------------------------------------------------------------------------------------------

    def line(self, text: str, size: float, at: str = "left", indent: float = 0) -> None:
        """A paragraph, broken over lines."""
        most = (self.room - indent) / size
        for n, piece in enumerate(_broken(text, most, (indent / size) if at == "left" else 0)):
            if self.y + 1.6 * size > self.bottom:
                self.turn()
            width = sum(map(_width, piece)) * size
            x = {"right": self.room - width, "center": (self.room - width) / 2}.get(at, indent if n == 0 else 0)
            self.y += 1.6 * size
            self.say(MARGIN + x, self.y - 0.4 * size, piece, size)

    def table(self, table: Table) -> None:
        wide, size = fit(table, self.room, self.look)
        xs = [MARGIN]
        for width in wide:
            xs.append(xs[-1] + width)
        above = heads(table)
        lines = [[_lines(row, c, xs, size) for c in range(table.width)] for row in table.rows]
        highs = [_high(row, lines[r], size, self.look) for r, row in enumerate(table.rows)]
        self._headed(table, lines, highs, xs, size, 0, above)
        r = above
        while r < len(table.rows):
            last = _group(table, r)
            if self.y + sum(highs[r:last]) > self.bottom:
                if self.look.split and last == r + 1 and self._split(table, lines, highs, xs, size, r):
                    r = last
                    continue
                self.turn()
                if self.look.repeat:
                    self._headed(table, lines, highs, xs, size, 0, above)
            self._rows(table, lines, highs, xs, size, r, last)
            r = last
        self.y += size

    def _headed(
        self, table: Table, lines: Lines, highs: list[float], xs: list[float], size: float, a: int, b: int
    ) -> None:
        if b > a:
            if self.y + sum(highs[a:b]) > self.bottom:
                self.turn()
            self._rows(table, lines, highs, xs, size, a, b)

    def _split(self, table: Table, lines: Lines, highs: list[float], xs: list[float], size: float, r: int) -> bool:
        """A row over the end of a page: its first line here, the others overleaf."""
        if max(map(len, lines[r])) < 2 or self.y + 1.8 * size > self.bottom:
            return False
        upper = [cell[:1] for cell in lines[r]]
        lower = [cell[1:] for cell in lines[r]]
        for n, part in enumerate((upper, lower)):
            if n:
                self.turn()
                if self.look.repeat:
                    above = heads(table)
                    self._headed(table, lines, highs, xs, size, 0, above)
            whole = Table((table.rows[r],), table.place)
            high = 1.25 * size * max(map(len, part)) + 4
            self._rows(whole, [part], [high], xs, size, 0, 1, top=True)
        return True

    def _rows(
        self,
        table: Table,
        lines: Lines,
        highs: list[float],
        xs: list[float],
        size: float,
        a: int,
        b: int,
        top: bool = False,
    ) -> None:
        """Some whole rows, at the present height."""
        ys = [self.y]
        for high in highs[a:b]:
            ys.append(ys[-1] + high)
        for r in range(a, b):
            for c, cell in enumerate(table.rows[r]):
                if cell is None:
                    continue
                box = (xs[c], ys[r - a], xs[c + cell.colspan], ys[min(r - a + cell.rowspan, len(ys) - 1)])
                self._frame(box, r, a)
                self._words(box, cell, lines[r][c], size, top)
        self.y = ys[-1]

    def _words(
        self, box: tuple[float, float, float, float], cell: Cell, lines: list[str], size: float, top: bool
    ) -> None:
        room = box[3] - box[1]
        y = box[1] + (2 if top else max(2, (room - 1.25 * size * len(lines)) / 2))
        start = len(self.page.ops)
        for text in lines:
            width = sum(map(_width, text)) * size
            if is_figure(cell.text) and cell.place.column:
                x = box[2] - 2 - width
            elif cell.colspan == 1 and len(cell.text) > 2:
                x = box[0] + 2
            else:
                x = (box[0] + box[2] - width) / 2
            y += 1.25 * size
            self.say(x, y - 0.3 * size, text, size)
        if self.look.habit == "sheet":
            ops = self.page.ops[start:]
            del self.page.ops[start:]
            self.page.clipped(box, ops)

    def _frame(self, box: tuple[float, float, float, float], r: int, first: int) -> None:
        x0, y0, x1, y1 = box
        ruling = self.look.ruling
        if ruling == RECTANGLES:
            for bar in ((x0, y0, x1, y0 + 0.5), (x0, y1, x1, y1 + 0.5), (x0, y0, x0 + 0.5, y1), (x1, y0, x1 + 0.5, y1)):
                self.page.bar(*bar)
        elif ruling == LINES:
            for a, b, c, d in ((x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1)):
                self.page.line(a, b, c, d)
        elif ruling == RULES:
            self.page.line(x0, y1, x1, y1)
            if r == first == 0:
                self.page.line(x0, y0, x1, y0, 1.5)
        else:
            assert ruling == NONE


Lines = list[list[list[str]]]


def _group(table: Table, r: int) -> int:
    """The row behind r and those merged with it."""
    last = r + 1
    k = r
    while k < last:
        last = max([last, *(k + cell.rowspan for cell in table.rows[k] if cell is not None)])
        k += 1
    return min(last, len(table.rows))


def _high(row: Sequence[Cell | None], lines: Sequence[list[str]], size: float, look: Look) -> float:
    own = [len(lines[c]) for c, cell in enumerate(row) if cell is not None and cell.rowspan == 1]
    return max(own, default=1) * 1.25 * size + 4 + 2 * look.tall


def _lines(row: Sequence[Cell | None], c: int, xs: list[float], size: float) -> list[str]:
    cell = row[c]
    if cell is None:
        return []
    most = (xs[c + cell.colspan] - xs[c] - 4) / size
    return [cell.text] if is_figure(cell.text) else list(_broken(cell.text, most))


def _width(char: str) -> float:
    return 1 if ord(char) > 0x2E7F or char in "“”‘’—…" else 0.5


def _broken(text: str, most: float, indent: float = 0) -> Iterator[str]:
    """The text in lines of so many ems."""
    piece, used = "", indent
    for char in text:
        if used + _width(char) > most and piece:
            yield piece
            piece, used = "", 0
        piece += char
        used += _width(char)
    if piece:
        yield piece


def _fonts(text: str, latin: bool) -> Iterator[tuple[str, str]]:
    at = 0
    for match in _LATIN.finditer(text) if latin else ():
        if match.start() > at:
            yield SONG, text[at : match.start()]
        yield LATIN, match.group()
        at = match.end()
    if at < len(text):
        yield SONG, text[at:]


def office(blocks: Sequence[Block], look: Look) -> bytes:
    """The PDF."""
    press = _Press(look)
    for block in blocks:
        if isinstance(block, PageBreak):
            press.turn()
        elif isinstance(block, Heading):
            press.line(block.text, 18 - 2 * block.level)
        elif isinstance(block, Table):
            press.table(block)
        elif isinstance(block, Paragraph):
            press.line(block.text, 12, block.place.column or "left", 24 if not block.place.table else 0)
    press.turn()
    pages = press.pages[:-1]
    if look.habit == "shuffled":
        for number, page in enumerate(pages):
            page.shuffle(str(number))
    return write_pdf(pages)
