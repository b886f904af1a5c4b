"""Glyphs of a PDF page (字形): its visible characters with their boxes.

Coordinates are those of the page as it is shown. Refuses white and hidden text, what stands outside the page, and to
guess the characters of a font that does not name them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import compress
from typing import NamedTuple

import pypdfium2 as pdfium
from pypdfium2 import raw

from juesuan.documents.batches import lacking, loose_boxes, owners, text_of
from juesuan.documents.frames import Box, Frame
from juesuan.documents.shapes import Shapes, shapes

_BLANK = re.compile(r"[\x7f\x85\xa0\u1680\u2000-\u200b\u2028\u2029\u202f\u205f\u2060\u3000\ufffe\ufeff]")
"""blanks of every width: gaps are told by positions"""
_SAMPLE = 8
"""of usual characters every eighth is asked whether its font names it"""
_UNUSUAL = re.compile(r"[^\0-~\u3000-\u301f\u4e00-\u9fff\uff00-\uff5f]")
_FLAT, _TALL = 0.5, 0.9
"""the width of Chinese characters by the height of their boxes, where these are too high (narrower: set narrow)"""


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


@dataclass(slots=True)
class Drawn:
    """What stands on a page: its size as shown, glyphs in the order of the file, and what is drawn.

    `unmapped` are glyphs whose font does not tell which characters they are, `beyond` those that stand outside the page.
    """

    width: float
    height: float
    shapes: Shapes
    glyphs: list[Glyph] = field(default_factory=list)
    unmapped: list[Glyph] = field(default_factory=list)
    beyond: list[Glyph] = field(default_factory=list)


def drawn(page: pdfium.PdfPage) -> Drawn:
    """All visible characters of the page and its shapes; spaces, hidden and white text are left out."""
    frame = Frame(page)
    result = Drawn(*frame.shown, shapes(page, frame))
    text_page = page.get_textpage()
    try:
        _characters(text_page, frame, result)
    finally:
        text_page.close()
    result.glyphs = _level(result.glyphs)
    return result


def _characters(text_page: pdfium.PdfTextPage, frame: Frame, result: Drawn) -> None:
    handle = text_page.raw
    text = _BLANK.sub(" ", text_of(handle))
    visible = [at for at, char in enumerate(text) if char > " "]
    boxes = frame.boxes(loose_boxes(handle, visible))
    if result.shapes.unseen or result.shapes.white:
        seen = [_seen(item, box, result.shapes) for item, box in zip(owners(handle, visible), boxes, strict=True)]
        visible, boxes = list(compress(visible, seen)), list(compress(boxes, seen))
    wide, high = 2 * (frame.shown[0] + 1), 2 * (frame.shown[1] + 1)
    add, new = result.glyphs.append, tuple.__new__
    for at, (left, top, right, bottom) in zip(visible, boxes, strict=True):
        if right <= left:
            continue
        glyph = new(Glyph, (text[at], left, top, right, bottom))
        if -2 <= left + right <= wide and -2 <= top + bottom <= high:
            add(glyph)
        else:
            result.beyond.append(glyph)
    unusual = (found.start() for found in _UNUSUAL.finditer(text))
    if lacking(handle, range(0, len(text), _SAMPLE)) or lacking(handle, unusual):
        _set_apart(handle, frame, result)


def _set_apart(handle: raw.FPDF_TEXTPAGE, frame: Frame, result: Drawn) -> None:
    """Where some glyphs have no character, all of these are set apart."""
    rect = raw.FS_RECTF()
    lost: set[Box] = set()
    for index in range(raw.FPDFText_CountChars(handle)):
        if raw.FPDFText_HasUnicodeMapError(handle, index) > 0 and raw.FPDFText_GetLooseCharBox(handle, index, rect):
            lost.add(frame.box(rect.left, rect.bottom, rect.right, rect.top))
    result.unmapped += [glyph for glyph in result.glyphs if glyph[1:] in lost]
    result.glyphs = [glyph for glyph in result.glyphs if glyph[1:] not in lost]


def _seen(item: int, box: Box, drawn_there: Shapes) -> bool:
    """Whether a character of this text object is seen: not hidden, and not white on white."""
    if item in drawn_there.unseen:
        return False
    if item not in drawn_there.white:
        return True
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return any(a <= x <= c and b <= y <= d for a, b, c, d in drawn_there.dark)


def _level(found: list[Glyph]) -> list[Glyph]:
    """The glyphs with boxes as high as the letters: some fonts have much more room above and below.

    Chinese characters are as high as wide; letters and digits of the same font have the same room.
    """
    shares: dict[float, float] = {}
    known: set[float] = set()
    for text, left, top, right, bottom in found:
        if (exact := bottom - top) not in known and "\u4e00" <= text <= "\u9fff":
            known.add(exact)
            high = round(exact, 1)
            if high not in shares and high > 0:
                shares[high] = (right - left) / high
    tall = {high: share for high, share in shares.items() if _FLAT < share < _TALL}
    if not tall:
        return found
    levelled = []
    for glyph in found:
        share = tall.get(round(glyph.bottom - glyph.top, 1))
        cut = (glyph.bottom - glyph.top) * (1 - share) / 2 if share else 0
        levelled.append(glyph._replace(top=glyph.top + cut, bottom=glyph.bottom - cut) if cut else glyph)
    return levelled
