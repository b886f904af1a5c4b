"""Where the links of a PDF lead (链接): bookmarks, and the lines of the contents with the numbers printed on them.

Read with PDFium, straight from the file. Says what is wrong in words.
"""

from __future__ import annotations

import ctypes
import io
import re
from collections.abc import Iterator
from typing import Any

import pypdfium2 as pdfium
from pypdfium2 import raw

from tests.publishing.geometry import Laid, plain

_NUMBER = re.compile(r"—\s*(\d+)\s*—")
_ENTRY = re.compile(r"(.*?)[.…·\s]*(\d+)$", re.S)


def wrong_links(data: bytes, laid: Laid) -> Iterator[str]:
    """Bookmarks that lead to a page without their title, headings left alone at a foot, contents that are not right."""
    document = pdfium.PdfDocument(io.BytesIO(data))
    try:
        yield from _bookmarks(document, laid)
        yield from _contents(document, laid)
    finally:
        document.close()


def count_links(data: bytes) -> tuple[int, int]:
    """(bookmarks, links on pages)"""
    document = pdfium.PdfDocument(io.BytesIO(data))
    try:
        return len(list(document.get_toc())), sum(len(list(_links(page))) for page in document)
    finally:
        document.close()


def _bookmarks(document: Any, laid: Laid) -> Iterator[str]:
    for mark in document.get_toc():
        title, to = plain(mark.get_title()), mark.get_dest()
        if to is None or to.get_index() is None:
            yield f"the bookmark {title!r} leads nowhere"
            continue
        number = to.get_index()
        if title not in plain(laid.texts[number]):
            yield f"page {number + 1}: the bookmark {title!r} leads to a page without it"
        elif _alone(title, to, laid, number, document[number].get_height()):
            yield f"page {number + 1}: the heading {title!r} stands alone at the foot"


def _alone(title: str, to: Any, laid: Laid, number: int, height: float) -> bool:
    """Whether nothing stands below a heading on its page, though something stands above it."""
    _, view = to.get_view()
    if len(view) < 2 or view[1] is None:
        return False
    top = height - view[1]
    if any(piece.page == number + 1 and piece.box[1] > top for piece in laid.pieces):
        return False
    below = plain("".join(char for y, char in sorted(laid.bottoms[number]) if y > top - 2))
    above = plain("".join(char for y, char in laid.bottoms[number] if y <= top - 2))
    return bool(above) and len(below) <= len(title)


def _contents(document: Any, laid: Laid) -> Iterator[str]:
    """Every link on a page that ends in a number leads to the page on which that number is printed, and its words."""
    for index, page in enumerate(document):
        words = page.get_textpage()
        for box, to in _links(page):
            entry = _ENTRY.match(words.get_text_bounded(*box).strip())
            if entry is None:
                continue
            title, number = plain(entry[1]), entry[2]
            if not 0 <= to < len(document):
                yield f"page {index + 1}: {title!r} leads nowhere"
                continue
            printed = _NUMBER.findall(document[to].get_textpage().get_text_bounded())
            if number not in printed:
                yield f"page {index + 1}: {title!r} says {number}, but leads to the page numbered {printed}"


def _links(page: Any) -> Iterator[tuple[tuple[float, float, float, float], int]]:
    """(left, bottom, right, top), number of the page it leads to, from 0."""
    at, link = ctypes.c_int(0), raw.FPDF_LINK()
    while raw.FPDFLink_Enumerate(page, ctypes.byref(at), ctypes.byref(link)):
        box = raw.FS_RECTF()
        raw.FPDFLink_GetAnnotRect(link, ctypes.byref(box))
        to = raw.FPDFLink_GetDest(page.pdf, link)
        if not to:
            to = raw.FPDFAction_GetDest(page.pdf, raw.FPDFLink_GetAction(link))
        yield (box.left, box.bottom, box.right, box.top), raw.FPDFDest_GetDestPageIndex(page.pdf, to) if to else -1
