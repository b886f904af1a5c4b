"""Placing (列的判别): tables whose columns the reader had to tell from positions are read with care.

Rows overleaf that stand in other columns are read in the one way in which the table adds up; a table that does not add
up as it was read, or whose cells have no positions at all, is set aside as unread. Refuses to choose where several
ways are right, and to touch a table whose file separates the cells.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations, pairwise
from math import comb

from juesuan.knowledge.forms import form
from juesuan.model.documents import Cell
from juesuan.model.keys import ALL
from juesuan.model.reports import ReadRow, Unread
from juesuan.understanding.figures import parse_figure
from juesuan.understanding.grids import is_code_cell
from juesuan.understanding.heads import Row, is_ordinal_row, text_of
from juesuan.understanding.meanings import Meaning
from juesuan.understanding.regions import Region
from juesuan.understanding.sums import Sums, sums
from juesuan.understanding.tables import TableResult, read_table

UNPLACED = "表格的列未能可靠识别"
OVERLEAF = "续页的列未能可靠识别"
#: amounts in columns of names that a table may have
_STRAYS = 2
#: rows of figures without a name that a table may have
_NAMELESS = 2
#: ways to place the rows overleaf that are tried
_TRIED = 60


def read_placed(region: Region, meaning: Meaning, unit: str) -> TableResult:
    """As `read_table`; what could not be placed is unread, with the reason."""
    if not region.placing:
        return read_table(region, meaning, unit)
    loose, region.loose = region.loose, []
    for rows in loose:
        placed = _placed(region, rows, meaning, unit)
        if placed is None:
            region.loose.append(rows)
        else:
            region.grid = [*region.grid, *placed]
    result = read_table(region, meaning, unit)
    strays = _strays(result, region)
    whole = not strays and _whole(result, region)
    if region.placing == "order" or len(strays) > _STRAYS or _doubtful(_checked(result, region), result, whole):
        set_aside(result, region)
    elif not whole and (strays or region.placing != "ragged"):
        result.drafts[:] = [draft for draft in result.drafts if not draft.blank]
    unread(result, strays, UNPLACED)
    for rows in region.loose:
        unread(result, [cell for row in rows for cell in row], OVERLEAF)
    if not whole and (result.table.unread or region.placing != "ragged"):
        result.table.complete = frozenset()  # what is not read is no zero
    result.table.empty = result.table.empty and not result.unread
    return result


def _checked(result: TableResult, region: Region) -> Sums:
    return sums(result.drafts, form(region.form).complete, "fiscal" if region.form == "fiscal" else ALL)


def _strays(result: TableResult, region: Region) -> list[Cell]:
    """Amounts that stand in columns of names."""
    cells = (cell for row in region.grid for cell in row if cell is not None and result.roles.get(id(cell)) is None)
    return [cell for cell in cells if (figure := parse_figure(cell.text)) and figure.decimals]


def _doubtful(found: Sums, result: TableResult, whole: bool) -> bool:
    """Whether the table was misread: most of its sums fail, its totals or the names of its rows are not there."""
    nameless = sum(one.place.row is None and one.place.table is not None for one in result.unread)
    failed = len(found.failed)
    if found.orphans > 1 or nameless > _NAMELESS or (failed > 1 and failed >= len(found.held)):
        return True
    return _counts(result) or (failed > 0 and not (whole and _certain(result)))


def _counts(result: TableResult) -> bool:
    """Whether the figures are 1, 2, 3 …: the numbers of the columns."""
    values = [draft.value for draft in result.drafts if not draft.blank]
    return len(values) > _STRAYS and all(b - a == 1 and a == int(a) for a, b in pairwise(values))


def _certain(result: TableResult) -> bool:
    """Whether more than one row tells the columns, or one that leaves none of them blank."""
    rows = {draft.row for draft in result.drafts if not draft.blank}
    return len(rows) > 1 or not any(draft.blank for draft in result.drafts)


def _whole(result: TableResult, region: Region) -> bool:
    """Whether every figure was read, and every line of codes and names has its figures beside it."""
    if result.unread or region.loose or any(not cell.sure for row in region.grid for cell in row if cell is not None):
        return False
    coded = any(row.function and row.code for row in result.table.rows)
    live = {draft.row for draft in result.drafts if not draft.blank}
    figures = {draft.place.line for draft in result.drafts if not draft.blank}
    return bool(live) and not any(
        coded and not row.total and (not row.code or row.place.line not in figures) for row in result.table.rows
    )


def set_aside(result: TableResult, region: Region) -> None:
    """Everything that was read is unread, and what its rows are called is not known."""
    figures = {id(cell): cell for row in region.grid for cell in row if cell is not None}
    read = [cell for key, cell in figures.items() if result.roles.get(key) == "数字"]
    result.drafts.clear()
    result.table.rows = [ReadRow(row.cells, row.place) for row in result.table.rows]
    unread(result, read, UNPLACED)


def unread(result: TableResult, cells: Sequence[Cell | None], reason: str) -> None:
    """Lists the figures in these cells as unread."""
    for cell in cells:
        if cell is None or _is_label(cell.text):
            continue
        result.roles[id(cell)] = "未读"
        quote = cell.text.strip()
        place = cell.place.within(table=result.table.form, quote=quote)
        result.unread.append(Unread(place, quote, reason))
        result.table.unread += 1


def _is_label(text: str) -> bool:
    return parse_figure(text) is None or is_code_cell(text)


# rows overleaf


def _placed(region: Region, rows: Sequence[Row], meaning: Meaning, unit: str) -> Sequence[Row] | None:
    """The rows in the columns of the table, where there is one way only in which it adds up with them."""
    own = _kinds(rows)
    table = _kinds([row for row in region.grid if not is_ordinal_row(row)])
    if len(own[0]) > len(table[0]) or not own[1]:
        return None
    right: list[list[Row]] = []
    for columns in _choices(len(own[1]), table[1]):
        homes = dict(zip((*own[0], *own[1]), (*table[0][: len(own[0])], *columns), strict=True))
        moved: list[Row] = [_moved(row, homes, region.width) for row in rows]
        trial = replace(region, grid=[*region.grid, *moved], loose=[])
        if _adds_up(read_table(trial, meaning, unit), trial, moved, columns):
            right.append(moved)
    return right[0] if len(right) == 1 else None


def _kinds(rows: Sequence[Row]) -> tuple[list[int], list[int]]:
    """The columns of codes and names, and those of figures."""
    labels: set[int] = set()
    figures: set[int] = set()
    for row in rows:
        begun = any(parse_figure(text_of(c)) and not is_code_cell(text_of(c)) for c in row)
        for i, cell in enumerate(row):
            text = text_of(cell)
            if text.strip() and begun:
                (labels if _is_label(text) else figures).add(i)
    return sorted(labels - figures), sorted(figures)


def _choices(count: int, columns: Sequence[int]) -> Iterator[tuple[int, ...]]:
    if count <= len(columns) and comb(len(columns), count) <= _TRIED:
        yield from combinations(columns, count)


def _moved(row: Row, homes: dict[int, int], width: int) -> list[Cell | None]:
    moved: list[Cell | None] = [None] * width
    for i, cell in enumerate(row):
        if cell is not None and cell.text.strip() and i in homes:
            moved[homes[i]] = cell
    first = next(cell for cell in row if cell is not None)
    return [cell or Cell("", first.place.within(quote="")) for cell in moved]


def _adds_up(result: TableResult, region: Region, moved: Sequence[Row], columns: Sequence[int]) -> bool:
    """Whether no sum fails, and every column that the rows were put in is held by one with a figure of theirs."""
    found = _checked(result, region)
    if found.failed:
        return False
    ours = {id(cell) for row in moved for cell in row if cell is not None}
    places = {
        (cell.place.line, cell.place.start) for row in moved for cell in row if cell is not None and id(cell) in ours
    }
    mine = {n for n, d in enumerate(result.drafts) if not d.blank and (d.place.line, d.place.start) in places}
    held = {n for numbers in found.held for n in numbers} & mine
    return {result.drafts[n].column for n in held} >= set(columns)
