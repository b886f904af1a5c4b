r"""Text files (文本): printed lines to headings, paragraphs, tables and page breaks, every piece with its line.

A line ends at \n, \r\n or \r and nowhere else; a form feed ends a page and a table. Nothing is lost: every character
that is no blank and no drawn rule is in a block or a header, undecodable bytes are listed. Refuses to join lines into sentences or
tables over pages: that takes understanding.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from hashlib import sha256

from juesuan.documents import aligned, separated, tabbed, unplaced
from juesuan.documents.contents import contents
from juesuan.documents.decoding import LOST, decode
from juesuan.documents.errors import EmptyFile, TooLarge
from juesuan.documents.headers import running
from juesuan.documents.lines import SENTENCE, Columns, Line, Taken, is_caption, is_page_number, opens_table
from juesuan.documents.measures import Votes
from juesuan.model.documents import Block, Cell, Document, Heading, PageBreak, Paragraph, Table
from juesuan.model.places import Place

#: cells and lines of one document, in memory about a third of a gigabyte; a real document has some thousands
MOST = 1_000_000

_LEVELS = (
    (1, re.compile(r"第[一二三四五六七八九十]+部分|目\s*录$")),
    (2, re.compile(r"[一二三四五六七八九十]+、")),
    (3, re.compile(r"[（(][一二三四五六七八九十]+[)）]")),
)
_LONGEST_HEADING = 60
_BULLET = re.compile(r"(?:[-*#]+\s+)+")
_AROUND = 12
_FEW_LINES = 20


def read_text(data: bytes, file: str, most: int = MOST) -> Document:
    """The document in the bytes of a text file; `file` is its name in every place, `most` the limit of cells and lines.

    Raises `EmptyFile`, `BinaryFile`, `UndecodableFile` or `TooLarge`.
    """
    text = decode(data, file)
    if not text.strip().strip("\ufeff").strip():
        raise EmptyFile(file, len(data))
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if not lines[-1]:
        lines.pop()
    paged = "\f" in text
    lost = tuple(_lost(lines, file, paged)) if LOST in text else ()
    del text
    printed = sum(1 for line in lines if line and not line.isspace())
    if printed > most:
        raise TooLarge(file, printed, most, "行")
    maker = _Maker(file, most, aligned.votes_of(lines))
    listed = contents(lines)
    spacing = _spacing(lines)
    blocks: list[Block] = []
    pages: list[list[Line]] = [[]]
    for line, feeds in _pieces(lines, paged):
        if line.number not in spacing:
            pages[-1].append(line)
        if feeds:
            pages.append([])
    runs = running(pages)
    apart: list[Paragraph] = []
    for page in pages:
        blocks += _blocks([line for line in page if (line.number, line.offset) not in runs], listed, maker)
        if page is not pages[-1]:
            blocks.append(PageBreak(Place(file=file, page=page[-1].page, line=page[-1].number)))
        apart += [maker.paragraph(line) for line in page if (line.number, line.offset) in runs]
    return Document(file, sha256(data).hexdigest(), "text", tuple(blocks), lost, running=tuple(apart))


def _spacing(lines: Sequence[str]) -> range:
    """The numbers of blank lines that only double the spacing: every second line of the whole file."""
    for first in (0, 1):
        if len(lines) > _FEW_LINES and not any(line.strip(" \t") for line in lines[first::2]):
            return range(first + 1, len(lines) + 1, 2)
    return range(0)


def _pieces(lines: Sequence[str], paged: bool) -> Iterator[tuple[Line, bool]]:
    """The lines, cut at form feeds, and for each piece whether a form feed follows it."""
    page = 1 if paged else None
    for number, text in enumerate(lines, 1):
        if "\f" not in text:
            yield Line(number, page, 0, text), False
            continue
        offset = 0
        parts = text.split("\f")
        for part in parts[:-1]:
            yield Line(number, page, offset, part), True
            offset += len(part) + 1
            page = (page or 1) + 1
        yield Line(number, page, offset, parts[-1]), False


def _lost(lines: Sequence[str], file: str, paged: bool) -> Iterator[Place]:
    """The places of what could not be decoded, neighbouring ones together."""
    page = 1
    for number, text in enumerate(lines, 1):
        if LOST in text:
            for match in re.finditer(f"{LOST}+", text):
                start, end = match.span()
                around = text[max(0, start - _AROUND) : end + _AROUND].strip()
                on = page + text.count("\f", 0, start) if paged else None
                yield Place(file=file, page=on, line=number, start=start, quote=around)
        page += text.count("\f")


class _Maker:
    """Makes blocks and cells with their places, and counts them against the limit."""

    def __init__(self, file: str, most: int, votes: Votes) -> None:
        self.file = file
        self.most = most
        self.votes = votes
        self.made = 0
        self.opened = False
        """whether only captions stand between here and one that stands above tables only"""
        self.form = False
        """whether that is the title of a self-evaluation form"""
        self.unplaced = False
        """whether the page before ended in a table without columns"""
        self.columns: Columns | None = None
        """of the table at the end of the page before, while nothing else has followed it"""

    def count(self, more: int) -> None:
        self.made += more
        if self.made > self.most:
            raise TooLarge(self.file, self.made, self.most, "行和单元格")

    def line(self, line: Line, heading: bool) -> Heading | Paragraph:
        """A line that is no row: a heading where it looks like one and may be one."""
        level = _level(line.text.strip()) if heading else 0
        found = self.paragraph(line)
        return Heading(found.text, level, found.place) if level else found

    def paragraph(self, line: Line) -> Paragraph:
        """A line that is no row."""
        self.count(1)
        text = line.text.strip()
        start = line.offset + line.text.index(text[0])
        return Paragraph(text, Place(file=self.file, page=line.page, line=line.number, start=start, quote=text))

    def table(self, taken: Taken) -> Table:
        """The grid; blank cells of a row are one and the same. No cell is sure in a row with a doubt."""
        rows = taken.rows
        doubted = {row for row, _ in taken.doubts}
        self.count(sum(len(cells) for _, cells in rows))
        width = max(len(cells) for _, cells in rows)
        file = self.file
        grid = []
        for r, (line, cells) in enumerate(rows):
            sure = r not in doubted
            blank = Cell("", Place(file=file, page=line.page, line=line.number), sure=sure)
            row = [
                Cell(c[1], Place(file, line.page, line.number, line.offset + c[0], quote=c[1]), sure=sure)
                if c
                else blank
                for c in cells
            ]
            row += [blank] * (width - len(row))
            grid.append(tuple(row))
        first = rows[0][0]
        return Table(tuple(grid), Place(file=file, page=first.page, line=first.number), taken.placing)


def _level(text: str) -> int:
    """1 for 第一部分, 2 for 一、, 3 for （一）; 0 for a line that is no heading."""
    if len(text) > _LONGEST_HEADING or text[0] not in "第目（(一二三四五六七八九十-*#":
        return 0
    bullet = _BULLET.match(text)
    word = text[bullet.end() :] if bullet else text
    if SENTENCE.search(word) or re.search(r"[，：:]|、$", word):
        return 0
    for level, pattern in _LEVELS:
        if match := pattern.match(word):
            listing = word.count("、", match.end()) > 1 and not re.search(r"(?:情况|说明|概况|工作|表)$", word)
            return 0 if listing else level
    return 0


def _blocks(page: Sequence[Line], listed: range, maker: _Maker) -> Iterator[Block]:
    """The blocks of one page."""
    i = 0
    while i < len(page):
        taken = Taken(i + 1, []) if page[i].number in listed else _unplaced(page, i, maker)
        if not taken.rows and taken.end == i:
            taken = _table(page, i, maker)
        if any(cell for _, cells in taken.rows for cell in cells):
            yield maker.table(taken)
            maker.columns = taken.columns
        else:
            for line in page[i : taken.end]:
                text = line.text.strip()
                if text:
                    yield maker.line(line, heading=line.number not in listed)
                    maker.columns = maker.columns if is_page_number(text) else None
                    maker.opened = opens_table(text) or (maker.opened and is_caption([text]))
                    maker.form = "自评表" in text or (maker.form and maker.opened)
        i = taken.end


def _unplaced(page: Sequence[Line], i: int, maker: _Maker) -> Taken:
    """The table without columns that begins at line i, below a caption or going on from the page before."""
    if separated.is_separated(page[i].text) or tabbed.is_piped(page[i].text):
        return Taken(i, [])
    if page[i].text.strip() == "序号":
        return unplaced.take_list(page, i)
    if not page[i].text.strip() or not (maker.unplaced or maker.opened) or is_caption([page[i].text.strip()]):
        return Taken(i, [])
    taken = unplaced.take(page, i, form=maker.opened and maker.form)
    maker.unplaced = bool(taken.rows) and not any(line.text.strip() for line in page[taken.end :])
    maker.opened = maker.form = False
    return taken


def _table(page: Sequence[Line], i: int, maker: _Maker) -> Taken:
    """The table that begins at line i of a page, if one does."""
    text = page[i].text
    if "\t" in text:
        return tabbed.take(page, i) if tabbed.is_row(text) else Taken(i + 1, [])
    if tabbed.is_piped(text):
        return tabbed.take_piped(page, i)
    if separated.is_separated(text) and (taken := separated.take(page, i)).rows:
        return taken
    if " " in text or "\u3000" in text:
        return aligned.take(page, i, maker.votes, maker.columns)
    return Taken(i + 1, [])
