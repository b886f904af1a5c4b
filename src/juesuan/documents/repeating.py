"""Repeated heads (续页重复的表头): a head that is printed again overleaf is cut into cells as it was the first time.

Refuses a head of which one line differs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from juesuan.documents.lines import Columns, Line
from juesuan.documents.pieces import Piece

Cell = list[Piece]


class Held(NamedTuple):
    """What a table hands on to its rows overleaf: its columns, and its head.

    `texts` are the printed lines of the head, `shape` tells for each cell of its rows the (line, piece) that it is made of.
    """

    columns: Columns
    texts: tuple[str, ...] = ()
    shape: tuple[tuple[tuple[tuple[int, int], ...], ...], ...] = ()

    def again(self, lines: Sequence[Line]) -> int:
        """How many lines at the top of a page are this head."""
        above = tuple(_bare(line.text) for line in lines[: len(self.texts)])
        return len(self.texts) if above == self.texts else 0

    def cut(self, pieces: Sequence[Sequence[Piece]]) -> list[list[Cell]]:
        """The rows of the head from the pieces of its lines; none where these were cut in another way."""
        parts = [(line, n) for row in self.shape for cell in row for line, n in cell]
        if sorted(parts) != [(line, n) for line, some in enumerate(pieces) for n in range(len(some))]:
            return []
        return [[[pieces[line][n] for line, n in cell] for cell in row] for row in self.shape]


def held(
    columns: Columns, lines: Sequence[Line], pieces: Sequence[Sequence[Piece]], rows: Sequence[list[Cell]]
) -> Held:
    """What a table hands on, from its lines, their pieces, and the rows of its head."""
    home = {id(piece): (line, n) for line, some in enumerate(pieces) for n, piece in enumerate(some)}
    shape = tuple(tuple(tuple(home[id(piece)] for piece in cell) for cell in row) for row in rows)
    deep = 1 + max((line for row in shape for cell in row for line, _ in cell), default=-1)
    whole = sorted(spot for row in shape for cell in row for spot in cell)
    if whole != [(line, n) for line in range(deep) for n in range(len(pieces[line]))]:
        return Held(columns)
    return Held(columns, tuple(_bare(line.text) for line in lines[:deep]), shape)


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", text)
