"""Shapes (图形): what is drawn on a PDF page besides characters: lines, surfaces, pictures; and which text is not seen.

Lines are strokes, thin filled rectangles, edges of frames, and the gaps between white tiles on a dark surface. Refuses
curves: text turned into outlines is counted, not read.
"""

from __future__ import annotations

import ctypes
from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pypdfium2 as pdfium
from pypdfium2 import raw

from juesuan.documents.batches import bounds_of, colours, drawings, matrices, objects
from juesuan.documents.frames import Box, Frame, Matrix, Ruling, area, bounds, spot, within

_THIN = 3.0
"""a filled rectangle that is thinner than this is a line"""
_DEPTH = 4
_PATH, _IMAGE, _TEXT = raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_TEXT
_FORM = raw.FPDF_PAGEOBJ_FORM
_HIDDEN = frozenset((raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP))
_FILLED = (raw.FPDF_TEXTRENDERMODE_FILL, raw.FPDF_TEXTRENDERMODE_FILL_CLIP)
_MANY_SEGMENTS = 6
_WHITE = 250
"""a colour of which no part is darker than this is white"""
_ASLANT = 0.15
_FOOT = 0.85
"""of the height of the page: lines further down may be those of a row that stands on the next page, clipped away"""


@dataclass(slots=True)
class Shapes:
    """What is drawn on a page.

    `pictured` is the share of the page under pictures, `outlines` the number of shapes that are no lines or surfaces.
    """

    lines: list[Ruling] = field(default_factory=list)
    more: bool = False
    """whether anything but straight lines is drawn"""
    pictured: float = 0
    outlines: int = 0
    unseen: set[int] = field(default_factory=set)
    """text objects that are hidden or stand aslant (a watermark)"""
    white: set[int] = field(default_factory=set)
    """text objects in white"""
    dark: list[Box] = field(default_factory=list)
    """surfaces on which white text is seen"""
    tiles: list[Box] = field(default_factory=list)
    """white surfaces"""


class _Item(NamedTuple):
    """One object of the page, and the matrix of the form that it stands in."""

    address: int
    kind: int
    bounds: Box
    drawing: tuple[int, int]
    """how it is filled, and whether it is stroked; 0 where it is not"""
    matrix: Matrix | None

    @property
    def raw(self) -> Any:
        return ctypes.cast(self.address, raw.FPDF_PAGEOBJECT)

    def box(self, frame: Frame) -> Box:
        return frame.box(*bounds(self.matrix, *self.bounds))

    def own_matrix(self) -> Matrix:
        found = raw.FS_MATRIX()
        raw.FPDFPageObj_GetMatrix(self.raw, ctypes.byref(found))
        return found.a, found.b, found.c, found.d, found.e, found.f

    def colour(self) -> tuple[int, int, int, int]:
        parts = [ctypes.c_uint(0), ctypes.c_uint(0), ctypes.c_uint(0), ctypes.c_uint(255)]
        raw.FPDFPageObj_GetFillColor(self.raw, *map(ctypes.byref, parts))
        red, green, blue, alpha = (part.value for part in parts)
        return red, green, blue, alpha


def shapes(page: pdfium.PdfPage, frame: Frame) -> Shapes:
    """All that is drawn on the page."""
    result = Shapes()
    whole = max(1.0, frame.width * frame.height)
    for texts, modes, items in _held(page.raw, None, 0):
        _sort_texts(texts, modes, result)
        for item in items:
            if item.kind == _PATH:
                _sort_path(item, frame, result)
                continue
            result.more = True
            if item.kind == _IMAGE:
                box = item.box(frame)
                result.dark.append(box)
                result.pictured += area(box) / whole
    result.lines += _around_tiles(result)
    return result


def boxes(page: pdfium.PdfPage, marks: Container[int]) -> list[Box]:
    """The boxes of all that carries one of these numbers of marked content."""
    frame = Frame(page)
    held = [item for _, _, items in _held(page.raw, None, 0, texts=True) for item in items]
    return [item.box(frame) for item in held if raw.FPDFPageObj_GetMarkedContentID(item.raw) in marks]


def _held(
    holder: object, matrix: Matrix | None, depth: int, texts: bool = False
) -> Iterator[tuple[list[int], list[int], list[_Item]]]:
    """What a page and each form on it hold: text objects, their modes, and other objects (`texts`: these, too)."""
    found = objects(holder, depth > 0)
    others = [*found.others, *((text, _TEXT) for text in found.texts)] if texts else found.others
    places = [place for place, _ in others]
    known = zip(others, bounds_of(places), drawings(places), strict=True)
    items = [_Item(place, kind, box, drawing, matrix) for (place, kind), box, drawing in known]
    yield found.texts, found.modes, [item for item in items if item.kind != _FORM]
    if depth < _DEPTH:
        for item in items:
            if item.kind == _FORM:
                yield from _held(item.raw, within(matrix, item.own_matrix()), depth + 1, texts)


def _sort_texts(texts: list[int], modes: list[int], result: Shapes) -> None:
    """Which of these text objects are not seen, or are white."""
    for text, (a, b, c, d, _, _) in zip(texts, matrices(texts), strict=False):
        if (b or c) and min(abs(a), abs(b), abs(c), abs(d)) > _ASLANT * max(abs(a), abs(b), abs(c), abs(d)):
            result.unseen.add(text)  # an italic letter leans with one of them alone
    if not _HIDDEN.isdisjoint(modes):
        result.unseen.update(text for text, mode in zip(texts, modes, strict=True) if mode in _HIDDEN)
    for text, mode, (red, green, blue, alpha) in zip(texts, modes, colours(texts, _WHITE), strict=False):
        if alpha == 0 and mode in _FILLED:
            result.unseen.add(text)
        elif red >= _WHITE and green >= _WHITE and blue >= _WHITE and mode in _FILLED:
            result.white.add(text)


def _sort_path(item: _Item, frame: Frame, result: Shapes) -> None:
    """A drawn shape: lines, a surface, or an outline."""
    filled, stroked = item.drawing
    if not filled and not stroked:
        return
    box = item.box(frame)
    wide, high = box[2] - box[0], box[3] - box[1]
    if min(wide, high) <= _THIN:
        if max(wide, high) > _THIN and not (box[1] > _FOOT * frame.shown[1] and _is_clipped(item, box, frame)):
            result.lines.append(_straight(*box))
        return
    result.more = True
    count = raw.FPDFPath_CountSegments(item.raw)
    if count > _MANY_SEGMENTS:
        lines = _segments(item, count, frame)
        result.lines += lines
        result.outlines += not lines
        return
    if stroked:
        result.lines += _edges(box) if count >= _MANY_SEGMENTS - 2 else _segments(item, count, frame)
    if filled:
        red, green, blue, alpha = item.colour()
        if alpha:
            (result.tiles if min(red, green, blue) >= _WHITE else result.dark).append(box)


def _is_clipped(item: _Item, box: Box, frame: Frame) -> bool:
    """Whether it begins below the surface on which it may be seen: a browser leaves it behind where a page ends."""
    clip = raw.FPDFPageObj_GetClipPath(item.raw) if item.matrix is None else None
    if not clip or raw.FPDFClipPath_CountPaths(clip) < 1:
        return False
    x, y = ctypes.c_float(), ctypes.c_float()
    seen = []
    for number in range(raw.FPDFClipPath_CountPathSegments(clip, 0)):
        raw.FPDFPathSegment_GetPoint(raw.FPDFClipPath_GetPathSegment(clip, 0, number), x, y)
        seen.append(frame.box(*(x.value, y.value) * 2)[1])
    return bool(seen) and box[1] > max(seen) - 0.1


def _around_tiles(result: Shapes) -> list[Ruling]:
    """The edges of white tiles on a dark surface: its gaps are what is seen as lines."""
    return [edge for tile in result.tiles if any(_inside(tile, dark) for dark in result.dark) for edge in _edges(tile)]


def _inside(tile: Box, dark: Box) -> bool:
    """Whether the tile lies on the surface; a white page behind a grey cell in its middle does not."""
    x, y = (tile[0] + tile[2]) / 2, (tile[1] + tile[3]) / 2
    return dark[0] <= x <= dark[2] and dark[1] <= y <= dark[3] and area(dark) >= area(tile)


def _straight(left: float, top: float, right: float, bottom: float) -> Ruling:
    """A thin box as the line along its middle."""
    if right - left >= bottom - top:
        y = (top + bottom) / 2
        return Ruling(left, y, right, y)
    x = (left + right) / 2
    return Ruling(x, top, x, bottom)


def _edges(box: Box) -> list[Ruling]:
    left, top, right, bottom = box
    return [
        Ruling(left, top, right, top),
        Ruling(left, bottom, right, bottom),
        Ruling(left, top, left, bottom),
        Ruling(right, top, right, bottom),
    ]


def _segments(item: _Item, count: int, frame: Frame) -> list[Ruling]:
    """The straight pieces of a path with many: a whole grid drawn at once."""
    matrix = within(item.matrix, item.own_matrix())
    x, y = ctypes.c_float(), ctypes.c_float()
    lines: list[Ruling] = []
    start = last = (0.0, 0.0)
    for index in range(count):
        segment = raw.FPDFPath_GetPathSegment(item.raw, index)
        if not raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y)):
            continue
        point = spot(matrix, x.value, y.value)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == raw.FPDF_SEGMENT_LINETO:
            lines.extend(_piece(last, point, frame))
        last = point
        if raw.FPDFPathSegment_GetClose(segment):
            lines.extend(_piece(last, start, frame))
    return lines


def _piece(a: tuple[float, float], b: tuple[float, float], frame: Frame) -> list[Ruling]:
    box = frame.box(min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1]))
    wide, high = box[2] - box[0], box[3] - box[1]
    return [_straight(*box)] if min(wide, high) <= 1 < max(wide, high) else []
