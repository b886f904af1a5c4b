"""Printed (版面): the document's lines and cells in order, and what of it is cover, contents, head or foot of a table.

Refuses to understand: tables are those that `understanding` found; this tells only what stands around them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import takewhile

from juesuan.knowledge.hierarchy import word
from juesuan.knowledge.names import plain, strip_ordinal
from juesuan.knowledge.places import title_form
from juesuan.model.documents import Heading, Paragraph, Table
from juesuan.model.places import Place
from juesuan.model.reports import ReadTable, Report

#: the forms that hold money by classification; 单位一览 and 绩效 are others
MONEY_FORMS = frozenset(
    ("totals", "income", "expenditure", "fiscal", "general_public", "basic", "funds", "state_capital", "three_public")
)
PART = re.compile(r"第[一二三四五六七八九十]+部分")
_CONTENTS_WITHIN = 400
_CONTENTS_LONGEST = 200
_COVER_LINES = 15
_LEAD = 14
_LONGEST_ENTRY = 60
_LONGEST_HEAD = 40
_LEADERS = re.compile(r"[.…·\-]{2,}\d*$|\d{1,3}$")
_BULLET = re.compile(r"^[-*#•·]+")
_BARE = re.compile(r"-?[\d.,]*\d%?")
_YEAR = re.compile(r"\(?20\d\d年?度?\)?")


@dataclass(frozen=True, slots=True)
class Piece:
    """A line (`row` is None) or a cell with text (`row`: which block, which row of it)."""

    text: str
    place: Place
    row: tuple[int, int] | None = None
    word: str = field(init=False, compare=False)
    """the text in one form of writing, see `names.plain`"""

    def __post_init__(self) -> None:
        object.__setattr__(self, "word", plain(self.text))


def _entry(piece: Piece) -> str:
    """A line of the contents without bullet, leaders and page number."""
    return _LEADERS.sub("", _BULLET.sub("", piece.word))


def title_core(text: str) -> str:
    """A title to compare: without ordinal, year, quotes, dotted leaders and page number."""
    found = _LEADERS.sub("", strip_ordinal(text).strip("《》"))
    return _YEAR.sub("", found).replace('"', "").replace("'", "")


def name_of(table: ReadTable) -> str:
    """The table as a message names it."""
    return f"《{table.title}》" if table.title else word("form", table.form) or "（无题名的表）"


def printed_of(report: Report) -> Printed:
    """The pieces of a report's document, made once for all checks."""
    view = report.views.get("printed")
    if not isinstance(view, Printed):
        view = report.views["printed"] = Printed(report)
    return view


class Printed:
    """The pieces of a report's document."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.pieces: list[Piece] = []
        self._at: dict[Place, int] = {}
        for number, block in enumerate(report.document.blocks):
            if isinstance(block, Table):
                self._take(number, block)
            elif isinstance(block, Heading | Paragraph):
                self._at.setdefault(block.place, len(self.pieces))
                self.pieces.append(Piece(block.text, block.place))
        self._starts = [self._at.get(table.place, len(self.pieces)) for table in report.tables]
        self.head, self.listed = self._contents()

    def _take(self, number: int, table: Table) -> None:
        for index, row in enumerate(table.rows):
            here = len(self.pieces)
            for cell in row:
                if cell is not None:
                    self._at.setdefault(cell.place, here)
                    if cell.text.strip():
                        self.pieces.append(Piece(cell.text, cell.place, (number, index)))

    def _contents(self) -> tuple[int, range]:
        """Where 目录 stands (-1: nowhere) and which pieces belong to it."""
        for i, piece in enumerate(self.pieces[:_CONTENTS_WITHIN]):
            if piece.row is None and piece.word == "目录":
                return i, range(i + 1, self._contents_end(i + 1))
        return -1, range(0)

    def _contents_end(self, start: int) -> int:
        """It ends where its first entry, a part or a table's title is printed again, at a table or at a sentence."""
        last = min(len(self.pieces), start + _CONTENTS_LONGEST)
        seen: set[str] = set()
        for i in range(start, last):
            piece = self.pieces[i]
            entry, title = _entry(piece), title_core(piece.text)
            again = entry in seen or (title in seen and title.endswith("表"))
            if piece.row is not None or again or "。" in piece.text or len(piece.word) > 2 * _LONGEST_ENTRY:
                return i
            if not seen or PART.match(entry):
                seen.add(entry)
            if title.endswith("表"):
                seen.add(title)
        return last

    @property
    def contents(self) -> list[Piece]:
        """The entries of the contents (目录); [] where there are none."""
        return [self.pieces[i] for i in self.listed]

    @property
    def cover(self) -> list[Piece]:
        """The lines of the cover (封面): those before the contents, else the first ones up to a line with 决算."""
        lines: list[Piece] = []
        for piece in self.pieces[: self.head if self.head >= 0 else 8]:
            if piece.row is not None or len(lines) == _COVER_LINES or len(piece.word) > _LONGEST_ENTRY:
                break
            lines.append(piece)
            if self.head < 0 and "决算" in piece.word:
                return lines
        return lines if self.head >= 0 else []

    def body(self) -> Iterator[Piece]:
        """The lines outside contents and tables."""
        return (p for i, p in enumerate(self.pieces) if p.row is None and i not in self.listed)

    def before(self, table: int) -> list[Piece]:
        """What stands above the table, the nearest first: at most 14 pieces, back to the table before it."""
        start = self._starts[table]
        above = self._starts[table - 1] if table else -1
        found: list[Piece] = []
        for piece in reversed(self.pieces[max(above + 1, start - _LEAD) : start]):
            if piece.row is not None and table and self._in_grid(piece, table - 1):
                break
            found.append(piece)
        return found

    def _in_grid(self, piece: Piece, table: int) -> bool:
        """Whether the cell stands in one of the table's rows."""
        last = self.report.tables[table].rows[-1].place if self.report.tables[table].rows else None
        return last is None or self._at.get(piece.place, 0) <= self._at.get(last, 0)

    def title_piece(self, table: int) -> Piece | None:
        """The line of the table's title, the last one if it is printed on two; None where it is not found."""
        title = plain(self.report.tables[table].title)
        if not title:
            return None
        return next((p for p in self.before(table) if len(p.word) > 1 and title.endswith(p.word)), None)

    def within(self, table: int) -> list[Piece]:
        """The table's own cells and what stands below it, up to the next title, part or table."""
        start = self._starts[table]
        end = min((s for s in self._starts if s > start), default=len(self.pieces))
        rows = self.report.tables[table].rows
        last = self._at.get(rows[-1].place, start) if rows else start
        found: list[Piece] = []
        for i in range(start, end):
            piece = self.pieces[i]
            below = i > last and (piece.row is None or piece.word.endswith("表"))
            if below and (PART.match(piece.word) or title_form(piece.text)):
                break
            found.append(piece)
        return found

    @cached_property
    def around(self) -> list[Piece]:
        """All that stands in tables, in their heads and below them, each once."""
        tables = range(len(self.report.tables))
        return list(dict.fromkeys(p for n in tables for p in (*self._heads(n), *self.within(n))))

    @cached_property
    def worded(self) -> list[Piece]:
        """What of it is no bare figure."""
        return [piece for piece in self.around if not _BARE.fullmatch(piece.word)]

    def _heads(self, table: int) -> list[Piece]:
        """The lines above the table that belong to it: from its title on, up to the first sentence where it has none."""
        above, title = self.before(table), self.title_piece(table)
        if title is not None:
            return above[above.index(title) :: -1]
        return list(takewhile(lambda piece: "。" not in piece.text and len(piece.word) < _LONGEST_HEAD, above))[::-1]

    def row(self, place: Place) -> Sequence[Piece]:
        """The cells of the row that the cell at `place` is in."""
        start = self._at.get(place)
        if start is None or start >= len(self.pieces):
            return ()
        row = self.pieces[start].row
        end = start
        while end < len(self.pieces) and self.pieces[end].row == row and row is not None:
            end += 1
        return self.pieces[start:end]
