"""Wrapped rows (折行): rows of a table that take several printed lines, put together again.

A name that was broken stands below its row, or, where cells are set half-way down, above and below it. What belongs
where is told by the names of codes, by the names that a form may have, and by evenness. Refuses to drop a line.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from juesuan.knowledge.classifications import economic_names, function_names
from juesuan.knowledge.names import bare
from juesuan.model.documents import Cell

Known = Callable[[str], bool]


@dataclass(slots=True)
class BlockRow:
    """One row of one block: its labels as printed and its value cells by column."""

    index: int
    code: str
    name: str
    row_no: str
    values: dict[int, Cell]
    labels: list[Cell]
    codes: list[str] = field(default_factory=list)

    @property
    def printed(self) -> bool:
        """Whether a value cell prints anything."""
        return any(c.text.strip() for c in self.values.values())

    @property
    def empty(self) -> bool:
        return not (self.code or self.name or self.printed)

    @property
    def first(self) -> Cell | None:
        return next((c for c in (*self.labels, *self.values.values()) if c.text.strip()), None)


Merge = Callable[[BlockRow, BlockRow], None]
"""called with a part and the row that it belongs to"""


def whole_rows(rows: Sequence[BlockRow], known: Known, total: Known, merged: Merge) -> list[BlockRow]:
    """The rows with their broken lines, blank ones left out. `total` tells the names of 合计 rows."""
    found = [row for row in rows if not row.empty]
    if any(row.code for row in found):
        found = _around_codes(found, total, merged)
    whole: list[BlockRow] = []
    for i, row in enumerate(found):
        following = found[i + 1] if i + 1 < len(found) else None
        near = whole and whole[-1].index in (row.index - 1, row.index - 2)
        if near and _joins(whole[-1], row, following, known, total):
            merged(row, whole[-1])
            _join(whole[-1], row)
        else:
            whole.append(row)
    return whole


# names above and below their codes


def _around_codes(rows: Sequence[BlockRow], total: Known, merged: Merge) -> list[BlockRow]:
    """Lines of names alone between two rows with codes, given to the one above or below; only where one stands above
    a code that has no name, or begins one.
    """
    whole: list[BlockRow] = []
    pieces: list[BlockRow] = []
    above: BlockRow | None = None
    over = 0  # pieces above the code of `above`
    for row in rows:
        if row.name and not row.code and not row.printed and not row.row_no and not total(row.name):
            pieces.append(row)
            continue
        coded = row if row.code else None
        below = _split(above, over, pieces, coded)
        for piece in pieces[: len(pieces) - below]:
            if above is not None and below:
                merged(piece, above)
                _join(above, piece)
            else:
                whole.append(piece)  # as before: below its row
        over = below
        for piece in reversed(pieces[len(pieces) - below :]):
            merged(piece, row)
            row.name = piece.name + row.name
            row.labels.extend(piece.labels)
        whole.append(row)
        above, pieces = coded, []
    if above is not None and over:
        for piece in pieces[:over]:
            merged(piece, above)
            _join(above, piece)
        pieces = pieces[over:]
    return [*whole, *pieces]


def _split(above: BlockRow | None, over: int, pieces: Sequence[BlockRow], row: BlockRow | None) -> int:
    """How many of the pieces between two rows, from the last, belong to the lower one."""
    if row is None or not pieces:
        return 0
    costs = []
    for below in range(len(pieces) + 1):
        upper, lower = pieces[: len(pieces) - below], pieces[len(pieces) - below :]
        cost = _unlike(row, "".join(p.name for p in lower), "", whole=False)
        if above is not None:
            cost += _unlike(above, "", "".join(p.name for p in upper), whole=True)
            cost += 0 if len(upper) == over else 1
        elif upper:
            cost += 4
        costs.append((cost, below))
    return min(costs)[1]


def _unlike(row: BlockRow, before: str, behind: str, whole: bool) -> int:
    """0 if the name with these pieces is one of the code's names, or begins it; 1 if the code is not known."""
    names = [bare(n) for n in (economic_names if row.code[0] in "35" else function_names)(row.code)]
    word = bare(before + row.name + behind)
    if not names:
        return 1 if word else 3
    if any(name == word if whole else name.startswith(word) for name in names) and word:
        return 0
    return 2 if word else 4


# names below their rows


def _joins(above: BlockRow, row: BlockRow, following: BlockRow | None, known: Known, total: Known) -> bool:
    """Whether `row` is a part of `above` that was wrapped onto its own line."""
    labelled = bool(row.code or row.name)
    if not labelled:
        return bool(above.name or above.code) and not above.printed
    if row.row_no or (row.printed and (above.printed or row.code)) or not (above.name or above.code):
        return False
    if row.code:
        return bool(above.name) and not above.code and not above.printed and not row.name
    if following is not None and following.code and not following.name and following.printed:
        return False
    if total(row.name) or total(above.name):
        return False
    if above.code:
        return not (known(row.name) and known(above.name))
    both = known(above.name + row.name)
    return both and not (known(above.name) and known(row.name))


def _join(above: BlockRow, row: BlockRow) -> None:
    above.name += row.name
    above.code = above.code or row.code
    above.row_no = above.row_no or row.row_no
    above.labels.extend(row.labels)
    for i, cell in row.values.items():
        if cell.text.strip() or i not in above.values:
            above.values[i] = cell
