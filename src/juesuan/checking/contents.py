"""Contents (目录): the tables that the contents list, and how to tell that two titles mean one table.

Refuses to take a heading for a table: an entry is a table only where its title names one and ends with 表.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import zip_longest

from juesuan.checking.printed import PART, Piece, Printed, title_core
from juesuan.knowledge.names import bare, strip_ordinal
from juesuan.knowledge.places import title_name
from juesuan.model.reports import Report

_TABLE = re.compile(r"表(?:\([^()]*\))?$")


@dataclass(frozen=True, slots=True)
class Entry:
    """A table that the contents list. `form` as lists name it (income_by_unit), `other` for a form that is not read."""

    form: str
    title: str
    pieces: tuple[Piece, ...]


def entries(printed: Printed) -> list[Entry]:
    """The tables in the contents, in order; a title that is broken over two lines is put together."""
    lines, found = printed.contents, list[Entry]()
    for piece, after in zip_longest(lines, lines[1:]):
        for pieces in ((piece,), (piece, after) if after and _goes_on(piece, after) else ()):
            title = title_core("".join(p.text for p in pieces))
            form = title_name(title) if _TABLE.search(title) else ""
            if form and form != "budget" and not form.startswith(("performance", "units")):
                found.append(Entry(form, title, pieces))
                break
    return found


def _goes_on(piece: Piece, after: Piece) -> bool:
    """Whether the entry may go on in the next line: that is no entry of its own."""
    return not PART.match(piece.word) and not PART.match(after.word) and strip_ordinal(after.text) == after.word


def names_of_tables(report: Report) -> list[str]:
    """What each table is, as lists name it: by its title, else by its form."""
    return [title_name(table.title) or table.form for table in report.tables]


def loose(title: str) -> str:
    """A title without the words in which titles of one table differ: 公开, 明细, 情况, 总."""
    return bare(re.sub("公开|明细|情况|汇总|总", "", title_core(title)))
