"""Placing (列的判别): tables whose columns the reader had to tell from positions are read with care.

Rows overleaf that stand in other columns are read in the one way in which the table adds up; a table that does not add
up as it was read, or whose cells have no positions at all, is set aside as unread. Refuses to choose where several
ways are right, and to touch a table whose file separates the cells.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from juesuan.model.documents import Cell
from juesuan.model.keys import ALL
from juesuan.model.reports import ReadRow, Unread
from juesuan.understanding.figures import parse_figure
from juesuan.understanding.meanings import Meaning
from juesuan.understanding.overleaf import CODED, checked, is_label, with_overleaf
from juesuan.understanding.regions import Region
from juesuan.understanding.sums import Sum, Sums
from juesuan.understanding.tables import TableResult, read_table

UNPLACED = "表格的列未能可靠识别"
OVERLEAF = "续页的列未能可靠识别"
_TOP = (ALL, "personnel", "running")
#: amounts in columns of names that a table may have
_STRAYS = 2
#: rows of figures without a name that a table may have
_NAMELESS = 2


def read_placed(region: Region, meaning: Meaning, unit: str) -> TableResult:
    """As `read_table`; what could not be placed is unread, with the reason."""
    if not region.placing:
        return read_table(region, meaning, unit)
    result = with_overleaf(region, meaning, unit)
    _drop_doubled(result)
    strays = _strays(result, region)
    whole = not strays and _whole(result, region)
    found = checked(result, region.form)
    doubtful = _doubtful(found, result, whole) or not _units_known(result, meaning)
    if region.placing == "order" or len(strays) > _STRAYS or doubtful:
        set_aside(result, region)
    elif not whole and (strays or region.placing != "ragged"):
        set_aside(result, region, _proven(found, result))
        result.drafts[:] = [draft for draft in result.drafts if not draft.blank]
    unread(result, strays, UNPLACED)
    for rows in region.loose:
        unread(result, [cell for row in rows for cell in row], OVERLEAF)
    if not whole and (result.table.unread or region.placing != "ragged"):
        result.table.complete = frozenset()  # what is not read is no zero
    result.table.empty = result.table.empty and not result.unread
    return result


def _drop_doubled(result: TableResult) -> None:
    """A blank beside the figure of the same row and key is a gap within its column, and no zero."""
    live = {(draft.row, key) for draft in result.drafts if not draft.blank for key in draft.keys}
    result.drafts[:] = [d for d in result.drafts if not d.blank or all((d.row, key) not in live for key in d.keys)]


def _strays(result: TableResult, region: Region) -> list[Cell]:
    """Amounts that stand in columns of names."""
    cells = (cell for row in region.grid for cell in row if cell is not None and result.roles.get(id(cell)) is None)
    return [cell for cell in cells if (figure := parse_figure(cell.text)) and figure.decimals]


def _doubtful(found: Sums, result: TableResult, whole: bool) -> bool:
    """Whether the table was misread: most of its sums fail, its totals or the names of its rows are not there."""
    nameless = sum(one.place.row is None and one.place.table is not None for one in result.unread)
    failed = len(found.failed)
    slip = whole and bool(found.held) and found.one_slip
    if (
        found.clashes
        or found.crossed
        or found.orphans > 1
        or nameless > _NAMELESS
        or (failed > 1 and failed >= len(found.held) and not slip)
    ):
        return True
    across = [sum(_in_a_row(result, one) for one in some) for some in (found.failed, found.held)]
    if across[0] > 1 and across[0] >= across[1] and not slip:
        return True
    return _counts(result) or (failed > 0 and not (whole and _certain(result)))


def _in_a_row(result: TableResult, found: Sum) -> bool:
    return len({result.drafts[n].row for n in found.figures}) == 1


def _units_known(result: TableResult, meaning: Meaning) -> bool:
    """Whether every unit that a row names is one of the department's, where these are listed."""
    known = {*meaning.entities.values(), ALL, ""}
    return len(known) < 3 or all(key.entity in known for draft in result.drafts for key in draft.keys)


def _counts(result: TableResult) -> bool:
    """Whether figures are 1, 2, 3 …: the numbers of the columns."""
    values = [draft.value for draft in result.drafts if not draft.blank and not draft.decimals]
    run = 0
    for before, value in pairwise(values):
        run = run + 1 if value - before == 1 else 0
        if run > _STRAYS:
            return True
    return False


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
    rows = result.table.rows if result.table.rows and _named(result.table.rows[0]) else result.table.rows[1:]
    broken = any(not row.total and (not row.code or row.place.line not in figures) for row in rows)
    return bool(live) and not (coded and broken)


def _named(row: ReadRow) -> bool:
    """Whether a row has a code or a name; the total above the others may have none."""
    return bool(row.code or row.name)


def _proven(found: Sums, result: TableResult) -> frozenset[int]:
    """The columns whose figures come to the total that is printed in them, or stand beside the codes that name them."""
    drafts = result.drafts
    proven = set()
    if result.table.form in CODED:
        proven = {draft.column for draft in drafts}
    for held in found.held:
        columns = {drafts[n].column for n in held.figures}
        top = any(key.function == ALL and key.economic in _TOP for key in drafts[held.total].keys)
        if len(columns) == 1 and top:
            proven |= columns
    return frozenset(proven)


def set_aside(result: TableResult, region: Region, but: frozenset[int] = frozenset()) -> None:
    """What was read, but in these columns, is unread; if that is all, its rows are not known either."""
    doubted = {(d.place.line, d.place.start) for d in result.drafts if d.column not in but}
    figures = {id(cell): cell for row in region.grid for cell in row if cell is not None}
    read = [cell for key, cell in figures.items() if result.roles.get(key) == "数字"]
    result.drafts[:] = [draft for draft in result.drafts if draft.column in but]
    if not but:
        result.table.rows = []
    unread(result, [cell for cell in read if (cell.place.line, cell.place.start) in doubted], UNPLACED)


def unread(result: TableResult, cells: Sequence[Cell | None], reason: str) -> None:
    """Lists the figures in these cells as unread."""
    for cell in cells:
        if cell is None or is_label(cell.text):
            continue
        result.roles[id(cell)] = "未读"
        quote = cell.text.strip()
        place = cell.place.within(table=result.table.form, quote=quote)
        result.unread.append(Unread(place, quote, reason))
        result.table.unread += 1
