"""As read (按读到的样子): a document that was read → blocks as a web page shows them, and where each figure stands there.

Headings are those that were recognised, printed lines become paragraphs again, heads of tables that a file does not
merge are merged; cover, contents and page numbers are the page's own business. Refuses to change a word or a figure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from juesuan.model.documents import Block, Cell, Heading, PageBreak, Paragraph, Table
from juesuan.model.reports import Fact, Report
from juesuan.services.linking import Spot, place_order

_PAGE_NUMBER = re.compile(r"[-—–\s]*第?\s*\d{1,3}\s*页?[-—–\s]*")
_CONTENTS = re.compile(r"目\s*[录次]")
_ENDS = re.compile(r"[。；：:;！？!?）)》”…]$")
_BEGINS = re.compile(
    r"\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]|第[一二三四五六七八九十]+部分|注|备注|单位[：:])"
)
_SHORT = 22
"""a line of fewer characters ends its paragraph"""
_LEADING = re.compile(r"单位\s*[）)]?\s*[:：]|部门\s*[:：（(]|公开\s*\d+\s*表|^\s*\d{4}\s*年度?\s*$")
_LEADS, _LEAD = 4, 60
"""so many lines above a table belong to it at most, of so many characters"""
_NEAR = 3
"""so many lines apart two printed lines of one paragraph may stand: a page ends between them"""
_DEEPEST = 4
Where = tuple[int, int, int]


@dataclass(slots=True)
class AsRead:
    """Blocks to be shown, and the spot of every fact that was found in them, by its number."""

    blocks: list[Block] = field(default_factory=list)
    spots: dict[int, Spot] = field(default_factory=dict)


def as_read(report: Report) -> AsRead:
    """What the document of a report says, ready for a page."""
    return _Shown(report).shown()


class _Shown:
    """Goes through one document."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.found = AsRead()
        self.flows = report.document.source != "xlsx"
        """whether lines go on with one another: the cells of a workbook do not"""
        own = [one for one in report.sections if one.title and not one.listed and self.flows]
        self.levels = {place_order(one.place): min(max(one.level, 1), _DEEPEST) for one in own}
        self.shift = 0 if 1 in self.levels.values() else 1
        """a document without parts begins with its sections"""
        self.first = min(self.levels, default=(0, 0, 0))
        self.titles = {table.title: table.form for table in report.tables if table.title}
        self.cells: dict[Where, list[Fact]] = {}
        self.said: list[Fact] = []
        for fact in report.facts:
            if fact.table >= 0:
                self.cells.setdefault(place_order(fact.place), []).append(fact)
            else:
                self.said.append(fact)
        self.level = 0
        self.taken: set[tuple[int, int]] = set()

    def shown(self) -> AsRead:
        """Lines are gathered into paragraphs, tables that go on overleaf into one."""
        lines: list[Paragraph] = []
        tables: list[Table] = []
        for block in self._body(self.report.document.blocks):
            if isinstance(block, PageBreak):
                continue
            if isinstance(block, Table):
                self._paragraph(lines)
                if tables and tables[-1].width != block.width:
                    self._tables(tables)
                lines = []
                tables.append(block)
                continue
            self._tables(tables)
            if isinstance(block, Paragraph) and not self._title(block):
                if lines and not (self.flows and _continues(lines[-1], block)):
                    self._paragraph(lines)
                    lines = []
                lines.append(block)
                continue
            self._paragraph(lines)
            lines = []
            self._head(block)
        self._tables(tables)
        self._paragraph(lines)
        return self.found

    def _body(self, blocks: Sequence[Block]) -> Iterator[Block]:
        """Without cover, contents and page numbers."""
        contents = any(isinstance(b, Heading | Paragraph) and _CONTENTS.fullmatch(b.text.strip()) for b in blocks)
        for block in blocks:
            if isinstance(block, Heading | Paragraph):
                before = place_order(block.place) < self.first
                if (contents and before) or _CONTENTS.fullmatch(block.text.strip()):
                    continue
                if _PAGE_NUMBER.fullmatch(block.text.strip()) or not block.text.strip():
                    continue
            yield block

    def _title(self, block: Heading | Paragraph) -> bool:
        return (
            place_order(block.place) in self.levels or block.text.strip() in self.titles or isinstance(block, Heading)
        )

    def _head(self, block: Heading | Paragraph) -> None:
        words = block.text.strip()
        form = self.titles.get(words, "")
        level = self.levels.get(place_order(block.place)) or (2 if words in self.titles else 3)
        self.level = min(max(level - self.shift, 1), self.level + 1)
        self.found.blocks.append(Heading(words, self.level, block.place._replace(table=form or None)))

    # paragraphs -------------------------------------------------------------------------------------------------------

    def _paragraph(self, lines: Sequence[Paragraph]) -> None:
        """One paragraph of its printed lines, with the figures that stand in them."""
        if not lines:
            return
        whole, starts = "", []
        for line in lines:
            text = line.text.strip()
            blank = " " if whole and whole[-1].isascii() and text[:1].isascii() and whole[-1].isalpha() else ""
            starts.append(len(whole) + len(blank) - (len(line.text) - len(line.text.lstrip())))
            whole += blank + text
        place = lines[0].place._replace(table=None, column=None)
        paragraph = Paragraph(whole, place)
        self.found.blocks.append(paragraph)
        for line, start in zip(lines, starts, strict=True):
            self._mark(paragraph, line, start)

    def _mark(self, paragraph: Paragraph, line: Paragraph, start: int) -> None:
        """The figures of one printed line, where the paragraph has them."""
        begins = place_order(line.place)
        for fact in self._facts_in(begins, len(line.text)):
            at = start + (fact.place.start or 0) - (line.place.start or 0)
            quote = fact.place.quote
            if quote and at >= 0 and paragraph.text.startswith(quote, at):
                self._put(fact, (paragraph, at))

    def _put(self, fact: Fact, spot: Spot) -> None:
        """A figure stands once, and where it stands is no other."""
        where = id(spot[0]), spot[1]
        if where not in self.taken:
            self.taken.add(where)
            self.found.spots.setdefault(fact.number, spot)

    def _facts_in(self, begins: Where, length: int) -> Iterable[Fact]:
        page, line, start = begins
        for fact in self.said:
            own = place_order(fact.place)
            if own[:2] == (page, line) and start <= own[2] < start + length:
                yield fact

    # tables -----------------------------------------------------------------------------------------------------------

    def _tables(self, parts: list[Table]) -> None:
        """One table of the parts that follow one another; heads that are repeated overleaf stand once."""
        if not parts:
            return
        self._leads()
        rows = list(parts[0].rows)
        for part in parts[1:]:
            same = 0
            while same < len(part.rows) and same < len(rows) and _words(part.rows[same]) == _words(rows[same]):
                same += 1
            rows += part.rows[same:]
        whole = replace(parts[0], rows=tuple(rows))
        parts.clear()
        self.found.blocks.append(self._table(whole))

    def _leads(self) -> None:
        """Short lines between a title and its table (单位：万元) become part of the table."""
        blocks, marked = self.found.blocks, {where for where, _ in self.taken}
        for at in range(len(blocks) - 1, max(len(blocks) - _LEADS - 1, -1), -1):
            block = blocks[at]
            if not isinstance(block, Paragraph) or len(block.text) > _LEAD or id(block) in marked:
                return
            if not _LEADING.search(block.text) or block.text.endswith(("。", "：", "；")):
                return
            blocks[at] = replace(block, place=block.place._replace(column="left"))

    def _table(self, table: Table) -> Table:
        rows = [[self._cell(cell) for cell in row] for row in table.rows]
        form = next((p.table for row in rows for c in row if c is not None and (p := c.place).column), None)
        place = table.place._replace(table=None if (form or "").startswith("performance") else form, row=None)
        width = max(map(len, rows), default=0)
        rows = [[*row, *(Cell("", table.place) for _ in range(width - len(row)))] for row in rows]
        if not table.merges_known:
            rows = _merged(rows)
        made = Table(tuple(map(tuple, rows)), place)
        for cell in made.cells():
            for fact in self.cells.get(place_order(cell.place), ()) if cell.place.column else ():
                self._put(fact, (cell, 0))
        return made

    def _cell(self, cell: Cell | None) -> Cell | None:
        """A cell with a figure says so in its place."""
        if cell is None:
            return None
        facts = self.cells.get(place_order(cell.place), ()) if cell.text.strip() else ()
        fact = next((one for one in facts if one.place.quote in ("", cell.text) or not one.blank), None)
        place = cell.place._replace(
            table=fact.place.table if fact else None, column=str(fact.keys[0]) if fact else None
        )
        return replace(cell, text=cell.text.strip(), place=place)


def _continues(before: Paragraph, after: Paragraph) -> bool:
    """Whether a printed line goes on with the paragraph of the line before."""
    if _ENDS.search(before.text.strip()) or _BEGINS.match(after.text):
        return False
    if before.edges and after.edges:
        size = (before.edges[-1] - before.edges[0]) / max(len(before.text), 1)
        return after.edges[0] <= before.edges[0] + size and len(before.text.strip()) > _SHORT
    near = (after.place.line or 0) - (before.place.line or 0) <= _NEAR
    return near and len(before.text.strip()) > _SHORT


def _merged(rows: list[list[Cell | None]]) -> list[list[Cell | None]]:
    """Head rows with the cells merged that a text leaves blank: first to the right, then down."""
    heads = next((n for n, row in enumerate(rows) if any(c is not None and c.place.column for c in row)), 0)
    found = [list(row) for row in rows]
    for r in range(heads):
        for c in range(len(found[r])):
            cell = found[r][c]
            if cell is None or not cell.text:
                continue
            right = c + 1
            while r + 1 < heads and right < len(found[r]) and _blank(found[r][right]) and _text(rows[r + 1][right]):
                right += 1
            down = r + 1
            while right == c + 1 and down < heads and _blank(found[down][c]):
                down += 1
            found[r][c] = replace(cell, colspan=right - c, rowspan=down - r)
            for y in range(r, down):
                for x in range(c, right):
                    if (y, x) != (r, c):
                        found[y][x] = None
    return found


def _words(row: Sequence[Cell | None]) -> list[str]:
    return ["" if cell is None else re.sub(r"\s", "", cell.text) for cell in row]


def _blank(cell: Cell | None) -> bool:
    return cell is not None and not cell.text


def _text(cell: Cell | None) -> bool:
    return cell is not None and bool(cell.text)
