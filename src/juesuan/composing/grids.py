"""Grids (表格): rows of texts with marks for merged cells become rows of cells with spans.

"<" is merged with the cell to its left, "^" with the one above. Refuses to merge what is no rectangle.
"""

from __future__ import annotations

from collections.abc import Sequence

from juesuan.model.documents import Cell, Table
from juesuan.model.places import Place

LEFT, UP = "<", "^"
Piece = str | Cell
Spot = tuple[int, int]


def table(rows: Sequence[Sequence[Piece]], form: str) -> Table:
    """The rows as a table of that form; shorter rows are filled up with blank cells."""
    width = max(len(row) for row in rows)
    grid = [[*row, *[""] * (width - len(row))] for row in rows]
    owner = _owners(grid)
    reach: dict[Spot, Spot] = {}
    for r, line in enumerate(owner):
        for c, spot in enumerate(line):
            reach[spot] = (max(r, reach.get(spot, spot)[0]), max(c, reach.get(spot, spot)[1]))
    place = Place(table=form)
    made = [[_cell(piece, (r, c), owner, reach, place) for c, piece in enumerate(row)] for r, row in enumerate(grid)]
    return Table(tuple(map(tuple, made)), place)


def _owners(grid: Sequence[Sequence[Piece]]) -> list[list[Spot]]:
    owner: list[list[Spot]] = []
    for r, row in enumerate(grid):
        line: list[Spot] = []
        for c, piece in enumerate(row):
            line.append(line[c - 1] if piece == LEFT and c else owner[r - 1][c] if piece == UP and r else (r, c))
        owner.append(line)
    return owner


def _cell(
    piece: Piece, spot: Spot, owner: Sequence[Sequence[Spot]], reach: dict[Spot, Spot], place: Place
) -> Cell | None:
    if owner[spot[0]][spot[1]] != spot:
        return None
    last = reach[spot]
    rowspan, colspan = last[0] - spot[0] + 1, last[1] - spot[1] + 1
    inside = (owner[r][c] for r in range(spot[0], last[0] + 1) for c in range(spot[1], last[1] + 1))
    if any(other != spot for other in inside):
        raise ValueError(f"合并的单元格不成矩形：{piece}")
    if isinstance(piece, Cell):
        return Cell(piece.text, piece.place, colspan, rowspan)
    return Cell(piece, place, colspan, rowspan)
