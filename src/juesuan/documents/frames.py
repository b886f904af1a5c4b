"""Frames (页面坐标): from the coordinates of a PDF to the page as it is shown; boxes and lines on it.

In points from the top left corner, rotation applied. Refuses to know what stands in a box.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import pypdfium2 as pdfium

Box = tuple[float, float, float, float]
"""left, top, right, bottom"""
Matrix = tuple[float, float, float, float, float, float]


class Ruling(NamedTuple):
    """A horizontal (left < right, top = bottom) or vertical line."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def horizontal(self) -> bool:
        return self.right - self.left >= self.bottom - self.top


class Frame:
    """From PDF coordinates to the page as it is shown."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        # not get_cropbox: that one does not see what a page inherits, nor that it may lie outside the sheet
        left, bottom, right, top = page.get_bbox()
        self.x, self.y = left, top
        self.width, self.height = right - left, top - bottom
        self.turn = page.get_rotation() % 360

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        x0, x1 = left - self.x, right - self.x
        y0, y1 = self.y - top, self.y - bottom
        if self.turn == 90:
            return self.height - y1, x0, self.height - y0, x1
        if self.turn == 180:
            return self.width - x1, self.height - y1, self.width - x0, self.height - y0
        if self.turn == 270:
            return y0, self.width - x1, y1, self.width - x0
        return x0, y0, x1, y1

    def boxes(self, found: Iterable[Box]) -> list[Box]:
        """As `box`, for boxes in the order left, top, right, bottom."""
        if self.turn:
            return [self.box(left, bottom, right, top) for left, top, right, bottom in found]
        x, y = self.x, self.y
        return [(left - x, y - top, right - x, y - bottom) for left, top, right, bottom in found]

    @property
    def shown(self) -> tuple[float, float]:
        """Width and height of the page as it is shown."""
        return (self.width, self.height) if self.turn % 180 == 0 else (self.height, self.width)

    def shows(self, box: Box) -> bool:
        """Whether the middle of the box lies on the page."""
        wide, high = self.shown
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        return bool(-1 <= x <= wide + 1 and -1 <= y <= high + 1)


def area(box: Box) -> float:
    """In square points."""
    return max(0.0, box[2] - box[0]) * max(0.0, box[3] - box[1])


def spot(matrix: Matrix | None, x: float, y: float) -> tuple[float, float]:
    """The point in the coordinates outside."""
    if matrix is None:
        return x, y
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def bounds(matrix: Matrix | None, left: float, bottom: float, right: float, top: float) -> Box:
    """(left, bottom, right, top) in the coordinates outside."""
    if matrix is None:
        return left, bottom, right, top
    corners = [spot(matrix, x, y) for x in (left, right) for y in (bottom, top)]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def within(outer: Matrix | None, inner: Matrix) -> Matrix:
    """The matrix of what stands in something that has a matrix itself."""
    if outer is None:
        return inner
    a, b, c, d, e, f = inner
    oa, ob, oc, od, oe, of = outer
    return (
        *(a * oa + b * oc, a * ob + b * od),
        *(c * oa + d * oc, c * ob + d * od),
        *(e * oa + f * oc + oe, e * ob + f * od + of),
    )
