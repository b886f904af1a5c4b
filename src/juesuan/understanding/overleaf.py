"""Rows overleaf (续页): rows of a table that stand in other columns than those on the page before.

They are read in the one way in which the whole table adds up. Refuses to choose where several ways are right: such rows
stay loose.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice, product

from juesuan.knowledge.forms import form
from juesuan.model.documents import Cell
from juesuan.model.keys import ALL
from juesuan.understanding.figures import parse_figure
from juesuan.understanding.grids import is_code_cell
from juesuan.understanding.heads import Row, is_ordinal_row, text_of
from juesuan.understanding.meanings import Meaning
from juesuan.understanding.regions import Region
from juesuan.understanding.sums import Sums, sums
from juesuan.understanding.tables import TableResult, read_table

#: ways to place the rows of one page, and of all pages together, that are tried
_TRIED = 60
#: forms in which the code beside a figure tells what it is, whatever its column
CODED = ("basic",)
Homes = dict[int, int]
"""the column of the rows overleaf → the column of the table"""


def checked(result: TableResult, name: str) -> Sums:
    """The sums of what was read of a table of that form."""
    return sums(result.drafts, form(name).complete, "fiscal" if name == "fiscal" else ALL)


def with_overleaf(region: Region, meaning: Meaning, unit: str) -> TableResult:
    """The region read with its loose rows where these can be placed; they are moved to its grid then."""
    result = read_table(region, meaning, unit)
    if not region.loose:
        return result
    table = _kinds([row for row in region.grid if not is_ordinal_row(row)])
    ways = [list(islice(_ways(_kinds(rows), table), _TRIED)) for rows in region.loose]
    right: dict[frozenset[object], tuple[Region, TableResult]] = {}
    for homes in islice(product(*ways), _TRIED):
        pairs = zip(region.loose, homes, strict=True)
        moved = [_moved(row, home, region.width) for rows, home in pairs for row in rows]
        trial = replace(region, grid=[*region.grid, *moved], loose=[])
        read = read_table(trial, meaning, unit)
        if _is_right(read, region.form, moved):
            facts = frozenset((draft.keys, draft.place.line, draft.place.start) for draft in read.drafts)
            right.setdefault(facts, (trial, read))
    if len(right) != 1:
        return result
    (trial, result) = next(iter(right.values()))
    region.grid, region.loose = trial.grid, []
    return result


def is_label(text: str) -> bool:
    """Whether a cell prints a name or a code, or nothing."""
    return parse_figure(text) is None or is_code_cell(text)


def _kinds(rows: Sequence[Row]) -> dict[int, bool]:
    """Column → whether figures stand in it, else names or codes; what is printed above the first figures is left out."""
    found: dict[int, bool] = {}
    begun = False
    for row in rows:
        begun = begun or any(not is_label(text_of(cell)) for cell in row)
        for i, cell in enumerate(row):
            if begun and text_of(cell).strip():
                found[i] = found.get(i, False) or not is_label(text_of(cell))
    return dict(sorted(found.items()))


def _ways(own: dict[int, bool], table: dict[int, bool], begin: int = 0) -> Iterator[Homes]:
    """All ways to give the columns, in their order, columns of the table of the same kind."""
    if not own:
        yield {}
        return
    column, figures = next(iter(own.items()))
    rest = {i: kind for i, kind in own.items() if i != column}
    for home, kind in table.items():
        if home >= begin and kind is figures:
            for homes in _ways(rest, table, home + 1):
                yield {column: home, **homes}


def _moved(row: Row, homes: Homes, width: int) -> Row:
    moved: list[Cell | None] = [None] * width
    for i, cell in enumerate(row):
        if cell is not None and cell.text.strip() and i in homes:
            moved[homes[i]] = cell
    first = next(cell for cell in row if cell is not None)
    return [cell or Cell("", first.place.within(quote="")) for cell in moved]


def _is_right(result: TableResult, name: str, moved: Sequence[Row]) -> bool:
    """Whether every figure of the rows was read, no sum fails, and one holds for every column that they have one in."""
    cells = [cell for row in moved for cell in row if cell is not None and not is_label(cell.text)]
    found = checked(result, name)
    if found.failed or found.clashes or any(result.roles.get(id(cell)) != "数字" for cell in cells):
        return False
    if name in CODED:
        return True
    places = {(cell.place.line, cell.place.start) for cell in cells}
    mine = {n for n, d in enumerate(result.drafts) if (d.place.line, d.place.start) in places}
    held = {n for one in found.held for n in one.figures} & mine
    return {result.drafts[n].column for n in held} >= {result.drafts[n].column for n in mine}
