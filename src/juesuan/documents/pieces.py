"""Pieces (单元格的行): one printed line of one cell of a table without ruling, with its box.

Refuses to join anything: that is for `levels` and `stacking`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from juesuan.documents.frames import Box
from juesuan.documents.lines import CODE, FIGURE

TOUCH = 0.5
"""points by which boxes must overlap to stand one below the other"""
BEGINS = re.compile(r"[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[)）]|\d+[.、．]|其中|(?:合|总|小)\s*计$")
"""how a name begins that goes on with none above it"""


@dataclass(frozen=True, slots=True)
class Piece:
    """One line of a cell: its text, box, and the number of the line that it stands on."""

    text: str
    box: Box
    line: int

    @property
    def middle(self) -> float:
        return (self.box[1] + self.box[3]) / 2

    @property
    def anchors(self) -> bool:
        """Whether it is a cell of one line and a row has one such cell in a column at most: a figure or a code."""
        return bool(FIGURE.fullmatch(self.text) or CODE.match(self.text))


def over(cell: Sequence[Piece]) -> Box:
    """The box of a cell of several lines."""
    boxes = [piece.box for piece in cell]
    return min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)


def touch(one: Piece, other: Piece) -> bool:
    """Whether one stands above or below the other."""
    return one.box[0] + TOUCH < other.box[2] and other.box[0] + TOUCH < one.box[2]
