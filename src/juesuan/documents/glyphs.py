"""Glyphs and rulings of a PDF page (字形与线): characters with their boxes, lines and thin rectangles.

Coordinates are in points from the page's top left corner as it is shown (rotation applied). Refuses white and hidden
text, and what stands outside the page.
"""

from __future__ import annotations

import ctypes
from collections.abc import Container
from typing import NamedTuple

import pypdfium2 as pdfium
from pypdfium2 import raw

_THIN = 3.0
"""a filled rectangle that is thinner than this is a line"""
_DEPTH = 4
_PATH, _IMAGE, _FORM = raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM
_MANY_SEGMENTS = 5


class Glyph(NamedTuple):
    """One character and its box: left, top, right, bottom."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle_x(self) -> float:
        return (self.left + self.right) / 2

    @property
    def middle_y(self) -> float:
        return (self.top + self.bottom) / 2


class Ruling(NamedTuple):
    """A horizontal (left < right, top = bottom) or vertical line."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def horizontal(self) -> bool:
        return self.right - self.left >= self.bottom - self.top


class _Frame:
    """From PDF coordinates to the page as it is shown."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        # not get_cropbox: that one does not see what a page inherits, nor that it may lie outside the sheet
        left, bottom, right, top = page.get_bbox()
        self.x, self.y = left, top
        self.width, self.height = right - left, top - bottom
        self.turn = page.get_rotation() % 360

    def box(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        x0, x1 = left - self.x, right - self.x
        y0, y1 = self.y - top, self.y - bottom
        if self.turn == 90:
            return self.height - y1, x0, self.height - y0, x1
        if self.turn == 180:
            return self.width - x1, self.height - y1, self.width - x0, self.height - y0
        if self.turn == 270:
            return y0, self.width - x1, y1, self.width - x0
        return x0, y0, x1, y1

    def shows(self, box: tuple[float, float, float, float]) -> bool:
        wide, high = (self.width, self.height) if self.turn % 180 == 0 else (self.height, self.width)
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        return bool(-1 <= x <= wide + 1 and -1 <= y <= high + 1)


def glyphs(page: pdfium.PdfPage) -> list[Glyph]:
    """All visible characters of the page, in the order of the file; spaces are left out."""
    frame = _Frame(page)
    text_page = page.get_textpage()
    try:
        return _characters(text_page, frame)
    finally:
        text_page.close()


def _characters(text_page: pdfium.PdfTextPage, frame: _Frame) -> list[Glyph]:
    handle = text_page.raw
    count = raw.FPDFText_CountChars(handle)
    rect = raw.FS_RECTF()
    pointer = ctypes.byref(rect)
    unicode, loose = raw.FPDFText_GetUnicode, raw.FPDFText_GetLooseCharBox
    found: list[Glyph] = []
    for index in range(count):
        code = unicode(handle, index)
        if code <= 32 or code in (0xA0, 0x3000, 0xFFFE, 0xFEFF) or not loose(handle, index, pointer):
            continue
        box = frame.box(rect.left, rect.bottom, rect.right, rect.top)
        if box[2] > box[0] and frame.shows(box):
            found.append(Glyph(chr(code), *box))
    return found


def rulings(page: pdfium.PdfPage) -> tuple[list[Ruling], bool]:
    """The lines of the page, and whether a picture stands on it."""
    frame = _Frame(page)
    lines: list[Ruling] = []
    pictured = False
    for item in page.get_objects(max_depth=_DEPTH):
        if item.type == _PATH:
            lines.extend(_lines(item, frame))
        elif item.type == _IMAGE:
            pictured = True
    return lines, pictured


def boxes(page: pdfium.PdfPage, marks: Container[int]) -> list[tuple[float, float, float, float]]:
    """The boxes of all that carries one of these numbers of marked content."""
    frame = _Frame(page)
    items = page.get_objects(max_depth=_DEPTH)
    return [frame.box(*item.get_bounds()) for item in items if raw.FPDFPageObj_GetMarkedContentID(item.raw) in marks]


def _lines(item: pdfium.PdfObject, frame: _Frame) -> list[Ruling]:
    count = raw.FPDFPath_CountSegments(item.raw)
    try:
        bounds = item.get_bounds()
    except pdfium.PdfiumError:
        return []
    box = frame.box(*bounds)
    wide, high = box[2] - box[0], box[3] - box[1]
    if min(wide, high) <= _THIN:
        return [_straight(*box)] if max(wide, high) > _THIN else []
    if count <= _MANY_SEGMENTS:
        return _edges(box) if _stroked(item) else []
    return _segments(item, count, frame)


def _straight(left: float, top: float, right: float, bottom: float) -> Ruling:
    """A thin box as the line along its middle."""
    if right - left >= bottom - top:
        y = (top + bottom) / 2
        return Ruling(left, y, right, y)
    x = (left + right) / 2
    return Ruling(x, top, x, bottom)


def _edges(box: tuple[float, float, float, float]) -> list[Ruling]:
    left, top, right, bottom = box
    return [
        Ruling(left, top, right, top),
        Ruling(left, bottom, right, bottom),
        Ruling(left, top, left, bottom),
        Ruling(right, top, right, bottom),
    ]


def _stroked(item: pdfium.PdfObject) -> bool:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    found = raw.FPDFPath_GetDrawMode(item.raw, ctypes.byref(fill), ctypes.byref(stroke))
    return bool(found) and stroke.value != 0


def _segments(item: pdfium.PdfObject, count: int, frame: _Frame) -> list[Ruling]:
    """The straight pieces of a path with many: a whole grid drawn at once."""
    matrix = item.get_matrix()
    x, y = ctypes.c_float(), ctypes.c_float()
    lines: list[Ruling] = []
    start = last = (0.0, 0.0)
    for index in range(count):
        segment = raw.FPDFPath_GetPathSegment(item.raw, index)
        if not raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y)):
            continue
        point = matrix.on_point(x.value, y.value)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == raw.FPDF_SEGMENT_LINETO:
            lines.extend(_piece(last, point, frame))
        last = point
        if raw.FPDFPathSegment_GetClose(segment):
            lines.extend(_piece(last, start, frame))
    return lines


def _piece(a: tuple[float, float], b: tuple[float, float], frame: _Frame) -> list[Ruling]:
    box = frame.box(min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1]))
    wide, high = box[2] - box[0], box[3] - box[1]
    return [_straight(*box)] if min(wide, high) <= 1 < max(wide, high) else []
