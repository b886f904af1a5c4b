"""Stacking (叠行): cells that were wrapped over lines, put together by the distances between lines.

Lines of one cell stand closer together than rows do; a row that was ruled off is one row. Refuses to join where the
distances tell nothing, or where joining would put two figures or two codes of one column into one cell.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from juesuan.documents.frames import Box, Ruling
from juesuan.documents.lines import CODE, FIGURE
from juesuan.documents.printing import Printed

_ALIKE, _APART = 1.08, 1.12
"""distances that differ by no more are the same; by so much they are not"""
_WIDEST = 2.0
"""heights of a line; lines of one cell are not further apart"""
_BEGINS = re.compile(r"[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[)）]|\d+[.、．]|[1-5]\d{2}(?:\d{2}){0,2}(?!\d)|其中")


@dataclass(frozen=True, slots=True)
class Piece:
    """One line of a cell."""

    text: str
    box: Box
    sure: bool = True

    @property
    def middle(self) -> float:
        return (self.box[1] + self.box[3]) / 2

    @property
    def anchors(self) -> bool:
        """Whether a row has one such cell in a column at most: a figure or a code."""
        return bool(FIGURE.fullmatch(self.text) or CODE.match(self.text))


Stack = list[tuple[Printed, list[Piece | None]]]
"""printed lines and their cells by column"""
Row = list[list[Piece]]
"""the lines of every cell of a row"""


def stacked(stack: Stack, rules: Sequence[Ruling]) -> list[Row]:
    """The rows: lines that belong together as one."""
    width = max(len(row) for _, row in stack)
    for groups in (_ruled(stack, rules), _close(stack, width)):
        rows = [_row(stack, group, width) for group in groups]
        if len(groups) < len(stack) and not any(_doubled(row) for row in rows):
            return rows
    return [_row(stack, [n], width) for n in range(len(stack))]


def _row(stack: Stack, group: Sequence[int], width: int) -> Row:
    row: Row = [[] for _ in range(width)]
    for n in group:
        for column, piece in enumerate(stack[n][1]):
            if piece:
                row[column].append(piece)
    return row


def _doubled(row: Row) -> bool:
    """Whether a cell would hold two figures or codes."""
    return any(sum(piece.anchors for piece in cell) > 1 for cell in row)


def _ruled(stack: Stack, rules: Sequence[Ruling]) -> list[list[int]]:
    """Lines between two rules, where rules stand between most rows."""
    top, bottom = stack[0][0].top, stack[-1][0].bottom
    left, right = min(line.left for line, _ in stack), max(line.right for line, _ in stack)
    whole = [r.top for r in rules if r.right - r.left > (right - left) * 0.8 and top - 5 < r.top < bottom + 5]
    groups: list[list[int]] = []
    for n, (line, _) in enumerate(stack):
        middle = (line.top + line.bottom) / 2
        if n and not any(_middle(stack[n - 1][0]) < y < middle for y in whole):
            groups[-1].append(n)
        else:
            groups.append([n])
    return groups if len(groups) * 4 > len(stack) and len(groups) > 3 else [[n] for n in range(len(stack))]


def _middle(line: Printed) -> float:
    return (line.top + line.bottom) / 2


def _close(stack: Stack, width: int) -> list[list[int]]:
    """Lines that belong together because the pieces of a cell stand close, with those between them."""
    most = _distance(stack, width)
    last = list(range(len(stack)))
    for column in range(width):
        for upper, lower in _pairs(stack, column):
            above, below = stack[upper][1][column], stack[lower][1][column]
            assert above
            assert below
            if most and below.middle - above.middle <= most and not _BEGINS.match(below.text) and not below.anchors:
                last[upper] = max(last[upper], lower)
    groups: list[list[int]] = []
    reach = -1
    for n in range(len(stack)):
        if n <= reach:
            groups[-1].append(n)
        else:
            groups.append([n])
        reach = max(reach, last[n])
    return groups


def _pairs(stack: Stack, column: int) -> list[tuple[int, int]]:
    filled = [n for n, (_, row) in enumerate(stack) if column < len(row) and row[column]]
    return list(pairwise(filled))


def _distance(stack: Stack, width: int) -> float:
    """The greatest distance between lines of one cell in points; 0 where distances do not tell."""
    found = []
    for column in range(width):
        for upper, lower in _pairs(stack, column):
            above, below = stack[upper][1][column], stack[lower][1][column]
            assert above
            assert below
            distance = below.middle - above.middle
            high = above.box[3] - above.box[1]
            if not above.anchors and not below.anchors and 0 < distance <= _WIDEST * high:
                found.append(distance)
    found.sort()
    for near, far in pairwise(found):
        if near > found[0] * _ALIKE:
            return 0
        if far >= near * _APART:
            return (near + far) / 2
    return 0
