"""Geometry of printed pages (版面): what stands where, by pdfplumber; nothing of the product is used.

Every character has the box of its letter: as wide as it moves on, from 0.88 above the baseline to 0.12 below it. Lengths
are points. Says what is wrong in words; refuses to look at pictures made of dots.
"""

from __future__ import annotations

import io
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pdfplumber
from pdfminer.pdfdevice import PDFTextDevice
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage

_CLOSE = 0.6
"""so far may a box stand over the middle of a rule: letters have room around them"""
_EDGE = 14
"""what stands nearer to the edge of the paper is cut off by printers"""
_SHRUNK = 0.2
"""the part of a box that is taken off on every side before it is said to overlap another"""
_THICK = 3
"""no rule is that thick: it is the bar of a chart"""
_BAND = 20
_LEFT, _RIGHT = "，。、；：？！）》】”’", "（《【“‘"
"""marks that stand in the left and in the right half of their square"""
_DECIMAL = re.compile(r"\d\.\d")
_BROKEN = re.compile(r"-?[\d,.]*\n[\d,.\n]*%?")
_NUMBER = re.compile(r"—\s*\d+\s*—")
Box = tuple[float, float, float, float]


@dataclass(slots=True)
class Piece:
    """What stands of a table on one page: its box, its cells row by row (None: covered), the words above it."""

    page: int
    box: Box
    rows: list[list[str | None]]
    above: str

    @property
    def heads(self) -> int:
        """How many rows stand above the first that has a figure with decimals; one where none has."""
        for number, row in enumerate(self.rows):
            if any(cell and _DECIMAL.search(cell) for cell in row):
                return number
        return 1


@dataclass(slots=True)
class Laid:
    """A file as it is laid out: its pages' texts, the pieces of its tables, and all that is wrong."""

    texts: list[str] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    bottoms: list[list[tuple[float, str]]] = field(default_factory=list)
    """of every page: (top, character) of all that is printed but its number"""


def laid_out(data: bytes) -> Laid:
    """Looks at every page."""
    laid = Laid()
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            _page(page, laid)
            page.close()
    laid.wrong += [f"page {page}: {often} characters without a glyph" for page, often in _lacking(data)]
    laid.wrong += _heads(laid.pieces)
    return laid


def joined(pieces: Sequence[Piece]) -> list[list[list[str | None]]]:
    """Tables, those that go on over several pages put together without their repeated heads."""
    found: list[list[list[str | None]]] = []
    before: Piece | None = None
    for piece in pieces:
        if before is not None and _continues(before, piece):
            heads = _shared(found[-1], piece.rows)
            found[-1] += piece.rows[heads:]
        else:
            found.append(list(piece.rows))
        before = piece
    return found


# a page ---------------------------------------------------------------------------------------------------------------


def _page(page: Any, laid: Laid) -> None:
    number, height = page.page_number, float(page.height)
    chars = [(char["text"], _box(char, height)) for char in page.chars if char["text"].strip()]
    laid.texts.append(page.extract_text() or "")
    wrong = [*_outside(chars, float(page.width), height), *_overlapping(chars), *_crossed(chars, page)]
    for table in _tables(page):
        wrong += _beyond_cells(chars, table)
        cells = table.extract()
        wrong += [f"the figure {cell!r} is broken" for row in cells for cell in row if cell and _BROKEN.fullmatch(cell)]
        rows = [[None if cell is None else cell.replace("\n", "") for cell in row] for row in cells]
        above = "".join(text for text, box in chars if _header(page) < box[1] and box[3] < table.bbox[1])
        laid.pieces.append(Piece(number, table.bbox, rows, above))
    laid.wrong += [f"page {number}: {words}" for words in wrong]
    laid.bottoms.append(sorted((box[1], text) for text, box in chars if box[3] < height - _footer(page)))


def _tables(page: Any) -> Iterator[Any]:
    """What is ruled, but for charts."""
    bars = [box for box in map(_drawn, page.rects) if min(box[2] - box[0], box[3] - box[1]) > _THICK]
    for table in page.find_tables():
        left, top, right, bottom = table.bbox
        if not any(b[0] < right and left < b[2] and b[1] < bottom and top < b[3] for b in bars):
            yield table


def _header(page: Any) -> float:
    """How far down the line above the page's text reaches."""
    return 70.0 if page.width < page.height else 60.0


def _footer(page: Any) -> float:
    return 95.0 if page.width < page.height else 58.0


def _box(char: dict[str, Any], height: float) -> Box:
    """Its box from the top of the page, from where it stands on the baseline."""
    size = float(char["size"])
    base = height - float(char["matrix"][5])
    left, right = float(char["x0"]), float(char["x1"])
    if char["text"] in _LEFT:  # the other half of the letter is empty, and may be drawn over
        right = min(right, left + size / 2)
    elif char["text"] in _RIGHT:
        left = max(left, right - size / 2)
    return (left, base - 0.88 * size, right, base + 0.12 * size)


def _outside(chars: Sequence[tuple[str, Box]], width: float, height: float) -> Iterator[str]:
    for text, box in chars:
        if box[0] < _EDGE or box[1] < _EDGE or box[2] > width - _EDGE or box[3] > height - _EDGE:
            yield f"“{text}” stands outside the page at {_at(box)}"


def _overlapping(chars: Sequence[tuple[str, Box]]) -> Iterator[str]:
    """Pairs whose boxes, taken in a little, have room in common."""
    places: dict[tuple[int, int], list[tuple[str, Box]]] = defaultdict(list)
    for text, box in chars:
        x, y = (box[2] - box[0]) * _SHRUNK, (box[3] - box[1]) * _SHRUNK
        small = (box[0] + x, box[1] + y, box[2] - x, box[3] - y)
        spots = {(int(a // 20), int(b // 20)) for a in (small[0], small[2]) for b in (small[1], small[3])}
        for spot in spots:
            for other, its in places[spot]:
                if small[0] < its[2] and its[0] < small[2] and small[1] < its[3] and its[1] < small[3]:
                    yield f"“{text}” stands on “{other}” at {_at(box)}"
            places[spot].append((text, small))


def _crossed(chars: Sequence[tuple[str, Box]], page: Any) -> Iterator[str]:
    """Characters through which a rule or the side of a bar goes."""
    rules = [_drawn(one) for one in (*page.lines, *page.rects)]
    rules = [one for one in rules if min(one[2] - one[0], one[3] - one[1]) < page.width / 2]
    across = [one for one in rules if one[2] - one[0] >= one[3] - one[1]]
    down = [one for one in rules if one[2] - one[0] < one[3] - one[1]]
    for text, box in chars:
        x, y = (box[2] - box[0]) * _SHRUNK, (box[3] - box[1]) * _SHRUNK
        small = (box[0] + x, box[1] + y, box[2] - x, box[3] - y)
        for one in (*across, *down):
            if small[0] < one[2] and one[0] < small[2] and small[1] < one[3] and one[1] < small[3]:
                yield f"a rule goes through “{text}” at {_at(box)}"
                break


def _drawn(one: dict[str, Any]) -> Box:
    return (float(one["x0"]), float(one["top"]), float(one["x1"]), float(one["bottom"]))


def _beyond_cells(chars: Sequence[tuple[str, Box]], table: Any) -> Iterator[str]:
    """Characters of a table that are not wholly in one of its cells."""
    left, top, right, bottom = table.bbox
    cells: dict[int, list[Box]] = defaultdict(list)
    for cell in table.cells:
        for spot in range(int(cell[1] // _BAND), int(cell[3] // _BAND) + 1):
            cells[spot].append(cell)
    for text, box in chars:
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        if not (left < x < right and top < y < bottom):
            continue
        inside = [c for c in cells[int(y // _BAND)] if c[0] <= x <= c[2] and c[1] <= y <= c[3]]
        if not inside:
            yield f"“{text}” stands in no cell at {_at(box)}"
            continue
        cell = min(inside, key=lambda c: (c[2] - c[0]) * (c[3] - c[1]))
        over = max(cell[0] - box[0], box[2] - cell[2], cell[1] - box[1], box[3] - cell[3])
        if over > _CLOSE:
            yield f"“{text}” stands {over:.1f} beyond its cell at {_at(box)}"


def _at(box: Box) -> str:
    return f"({box[0]:.0f}, {box[1]:.0f})"


# tables over several pages --------------------------------------------------------------------------------------------


def _continues(before: Piece, piece: Piece) -> bool:
    """Whether a table goes on from the page before: nothing stands above it, and its sides are the same."""
    same = abs(before.box[0] - piece.box[0]) < 1 and abs(before.box[2] - piece.box[2]) < 1
    return piece.page == before.page + 1 and not piece.above and same


def _shared(first: Sequence[Sequence[str | None]], other: Sequence[Sequence[str | None]]) -> int:
    """How many rows both begin with."""
    count = 0
    for one, two in zip(first, other, strict=False):
        if one != two:
            break
        count += 1
    return count


def _heads(pieces: Sequence[Piece]) -> Iterator[str]:
    """Tables that go on without their heads, and heads with nothing below them while the table goes on."""
    first: Piece | None = None
    for number, piece in enumerate(pieces):
        before = pieces[number - 1] if number else None
        goes_on = before is not None and _continues(before, piece)
        if not goes_on:
            first = piece
        elif first is not None and not _is_form(first):
            heads = first.heads
            if piece.rows[:heads] != first.rows[:heads]:
                yield f"page {piece.page}: a table goes on without its heads"
            if before is not None and len(before.rows) <= heads:
                yield f"page {before.page}: heads stand alone at the foot"


def _is_form(piece: Piece) -> bool:
    """A form has no heads: labels stand beside what they name."""
    return "自评表" in piece.above


# glyphs ---------------------------------------------------------------------------------------------------------------


class _Glyphs(PDFTextDevice):
    """Counts characters that are shown by the glyph for what a font has not."""

    def __init__(self, manager: PDFResourceManager) -> None:
        super().__init__(manager)
        self.lacking = 0

    def render_char(self, *spot: Any) -> float:
        """One character: (matrix, font, size, scaling, rise, number of the glyph, …)."""
        font, size, scaling, glyph = spot[1], spot[2], spot[3], spot[5]
        self.lacking += glyph == 0 and font.is_multibyte()
        return float(font.char_width(glyph) * size * scaling)


def _lacking(data: bytes) -> Iterator[tuple[int, int]]:
    """(page, how many characters have no glyph)"""
    manager = PDFResourceManager()
    for number, page in enumerate(PDFPage.get_pages(io.BytesIO(data)), 1):
        device = _Glyphs(manager)
        PDFPageInterpreter(manager, device).process_page(page)
        if device.lacking:
            yield number, device.lacking


def plain(words: str) -> str:
    """Words without blanks and page numbers."""
    return re.sub(r"\s", "", _NUMBER.sub("", words))
