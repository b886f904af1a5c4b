"""Charts of a tagged PDF (图): what stands in a figure that is also told in words is a drawing, not the text of the page.

Where nothing is drawn but straight lines there is no chart, and the tags are not asked: that takes as long as the text.

Refuses to leave out a figure whose words do not tell every number in it: text boxes are figures too, and what stands
in them would be lost.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Callable, Iterator
from typing import Any

import pypdfium2 as pdfium
from pypdfium2 import raw

from juesuan.documents.frames import Box, Ruling
from juesuan.documents.glyphs import Drawn, Glyph
from juesuan.documents.printing import printed_lines
from juesuan.documents.shapes import boxes

_FIGURE = "Figure"
_NUMERAL = re.compile(r"\d[\d,]*(?:\.\d+)?")
_DEPTH = 40


def without_figures(page: pdfium.PdfPage, content: Drawn) -> tuple[list[Glyph], list[Ruling]]:
    """Glyphs and lines of the page less those of figures that are told in words."""
    found, lines = content.glyphs, content.shapes.lines
    for marks, told in _figures(page) if content.shapes.more else ():
        parts = boxes(page, marks)
        if not parts or not told:
            continue
        left, top = min(box[0] for box in parts), min(box[1] for box in parts)
        right, bottom = max(box[2] for box in parts), max(box[3] for box in parts)
        whole = (left - 1, top - 1, right + 1, bottom + 1)
        inside = [glyph for glyph in found if _within(whole, glyph.middle_x, glyph.middle_y)]
        if _numerals(inside) <= set(_NUMERAL.findall(told)):
            found = [glyph for glyph in found if not _within(whole, glyph.middle_x, glyph.middle_y)]
            lines = [line for line in lines if not _within(whole, line.left, line.top)]
    return found, lines


def _within(box: Box, x: float, y: float) -> bool:
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _numerals(inside: list[Glyph]) -> set[str]:
    return {numeral for line in printed_lines(inside) for numeral in _NUMERAL.findall(line.text)}


def _figures(page: pdfium.PdfPage) -> Iterator[tuple[frozenset[int], str]]:
    """The marks of every figure of the page, and what is told of it."""
    tree = raw.FPDF_StructTree_GetForPage(page.raw)
    if not tree:
        return
    try:
        for index in range(raw.FPDF_StructTree_CountChildren(tree)):
            yield from _walk(raw.FPDF_StructTree_GetChildAtIndex(tree, index), _DEPTH)
    finally:
        raw.FPDF_StructTree_Close(tree)


def _walk(element: Any, depth: int) -> Iterator[tuple[frozenset[int], str]]:
    if not element or not depth:
        return
    if _is_figure(element):
        count = raw.FPDF_StructElement_GetMarkedContentIdCount(element)
        marks = (raw.FPDF_StructElement_GetMarkedContentIdAtIndex(element, n) for n in range(count))
        yield frozenset(mark for mark in marks if mark >= 0), _text(raw.FPDF_StructElement_GetAltText, element)
        return
    for index in range(raw.FPDF_StructElement_CountChildren(element)):
        yield from _walk(raw.FPDF_StructElement_GetChildAtIndex(element, index), depth - 1)


def _is_figure(element: Any) -> bool:
    """By the length of its type first: most elements are something else."""
    kind = raw.FPDF_StructElement_GetType
    return kind(element, None, 0) == 2 * len(_FIGURE) + 2 and _text(kind, element) == _FIGURE


def _text(get: Callable[..., int], element: Any) -> str:
    """A text of an element, as pdfium gives it: the length first, then UTF-16."""
    length = get(element, None, 0)
    buffer = ctypes.create_string_buffer(max(length, 2))
    get(element, buffer, length)
    return buffer.raw.decode("utf-16-le", "replace").split("\0")[0]
