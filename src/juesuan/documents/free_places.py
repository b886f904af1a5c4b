"""Free places of a page (页面空白处): where a number or a note can stand without covering anything that is printed.

A page is looked at as a picture of coarse dots, so that pictures and lines count like text. Refuses a place on print:
a note for which there is none is shortened, then left out; it is still told by the highlight that it belongs to.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import pypdfium2 as pdfium

from juesuan.documents.appearances import (
    BADGE,
    Box,
    Highlight,
    Note,
    Placed,
    badge_width,
    indent,
    note_height,
    wrapped,
)

_DOT = 2.0
"""points of a page in one dot"""
_MARGIN = 8.0
"""this near to the edge of the page nothing is written: printers cannot"""
_SIZES = (8.0, 7.0, 6.5, 6.0, 5.5)
_WIDTHS = (54.0, 62.0, 70.0, 80.0, 90.0, 120.0, 160.0, 220.0, 320.0)
_FAR = 90.0
"""points from its mark at which a note in smaller letters nearer by is better"""
_AMID = 70.0
"""so many points worse is a place between the print than one in the margins"""
_TALL = 0.1
"""so many points worse for each by which a note is higher than wide"""
_BLANK = 0xF4
_CLEAR = 3.0
"""so many points around a note are free as well"""
_GAP = 0.5
_RIM = 2.0
_BESIDE = 40.0


@dataclass(slots=True)
class FreePlaces:
    """One page: `rows` has a bit for every dot that is taken, the lowest for the leftmost; sizes in points."""

    width: float
    height: float
    rows: list[int] = field(default_factory=list)
    print: Box = (0.0, 0.0, 0.0, 0.0)

    def take(self, box: Box) -> None:
        """Nothing else will be placed on this box."""
        left, top, right, bottom = self._dots(box)
        bits = ((1 << (right - left)) - 1) << left
        for y in range(top, bottom):
            self.rows[y] |= bits

    def is_free(self, box: Box) -> bool:
        """Whether a box lies on the page and nothing is on it."""
        return self.holds(box) and not self.taken(box)

    def holds(self, box: Box) -> bool:
        """Whether a box lies on the page."""
        return box[0] >= 0 and box[1] >= 0 and box[2] <= self.width and box[3] <= self.height

    def taken(self, box: Box) -> int:
        """How many dots of a box are taken."""
        left, top, right, bottom = self._dots(box)
        bits = ((1 << (right - left)) - 1) << left
        return sum((row & bits).bit_count() for row in self.rows[top:bottom])

    def _dots(self, box: Box) -> tuple[int, int, int, int]:
        """(left, top, right, bottom) in dots, those that are touched as well."""
        most = max(int(self.width / _DOT), 1)
        left, top = max(int(box[0] / _DOT), 0), max(int(box[1] / _DOT), 0)
        right, bottom = min(-int(-box[2] // _DOT), most), min(-int(-box[3] // _DOT), len(self.rows))
        return left, top, max(right, left), max(bottom, top)

    def nearest(self, wide: float, high: float, near: Box) -> tuple[float, Box] | None:
        """(how far away, the box) of the free place of this size that is nearest to a box; None where there is none."""
        columns, lines = -int(-wide // _DOT) + 1, -int(-high // _DOT) + 1
        first, last = int(_MARGIN / _DOT), int((self.width - _MARGIN) / _DOT) - columns
        if last < first:
            return None
        allowed = ((1 << (last - first + 1)) - 1) << first
        best: tuple[float, Box] | None = None
        for y in range(int(_MARGIN / _DOT), int((self.height - _MARGIN) / _DOT) - lines + 1):
            top = y * _DOT
            away = max(near[1] - top - high, top - near[3], 0.0) * 0.6 + abs(top - near[1]) * 0.4
            if best is not None and away >= best[0]:
                continue
            taken = 0
            for row in self.rows[y : y + lines]:
                taken |= row
            for at in _starts(_free_runs(~taken & ((1 << (last + columns)) - 1), columns) & allowed, near[0] / _DOT):
                left = at * _DOT
                box = (left + _DOT / 2, top + _DOT / 2, left + _DOT / 2 + wide, top + _DOT / 2 + high)
                worse = away + self._worse(box, near)
                if best is None or worse < best[0]:
                    best = worse, box
        return best

    def _worse(self, box: Box, near: Box) -> float:
        """What is against a place beside its height: that it stands amid the print, or far to the side."""
        amid = box[0] < self.print[2] and self.print[0] < box[2] and box[1] < self.print[3] and self.print[1] < box[3]
        aside = max(near[0] - box[2], box[0] - near[2], 0.0)
        return (_AMID if amid else 0.0) + aside * 0.05


def _free_runs(free: int, length: int) -> int:
    """A bit wherever a run of so many set bits begins."""
    done = 1
    while done < length:
        step = min(done, length - done)
        free &= free >> step
        done += step
    return free


def _starts(bits: int, near: float) -> Iterator[int]:
    """The first and the last place of a row, and the one nearest to a column."""
    if not bits:
        return
    yield (bits & -bits).bit_length() - 1
    yield bits.bit_length() - 1
    low = bits & ((1 << max(int(near), 0)) - 1)
    if low:
        yield low.bit_length() - 1
    high = bits >> max(int(near), 0)
    if high:
        yield (high & -high).bit_length() - 1 + max(int(near), 0)


def free_places(page: pdfium.PdfPage) -> FreePlaces:
    """What is free on a page as it is shown."""
    width, height = page.get_size()
    bitmap = page.render(scale=1 / _DOT, grayscale=True, draw_annots=True)
    try:
        data, stride, across, down = bytes(bitmap.buffer), bitmap.stride, bitmap.width, bitmap.height
    finally:
        bitmap.close()
    table = bytes(0 if value >= _BLANK else 1 for value in range(256))
    rows = []
    for y in range(down):
        dots = data[y * stride : y * stride + across].translate(table)
        rows.append(int(dots[::-1].translate(_TO_DIGITS).decode("ascii") or "0", 2))
    found = FreePlaces(width, height, rows)
    taken = [y for y, row in enumerate(rows) if row]
    if taken:
        whole = 0
        for row in rows:
            whole |= row
        left, right = (whole & -whole).bit_length() - 1, whole.bit_length()
        found.print = (left * _DOT, taken[0] * _DOT, right * _DOT, (taken[-1] + 1) * _DOT)
    return found


_TO_DIGITS = bytes(ord("1") if value else ord("0") for value in range(256))


def place_badge(mark: Highlight, free: FreePlaces) -> Highlight:
    """The highlight with a place for its number: at a corner of its first box, on print only where all else fails."""
    if not mark.number or not mark.boxes:
        return mark
    left, top, right, bottom = mark.boxes[0]
    wide = badge_width(mark.number)
    middle = (top + bottom - BADGE) / 2
    spots = [
        (left - wide - _GAP, middle),
        (left - wide - _GAP, top - BADGE * 0.6),
        (left, top - BADGE - _GAP),
        (left - wide / 2, top - BADGE - _GAP),
        (right - wide, top - BADGE - _GAP),
        (right + _GAP, middle),
        (left, bottom + _GAP),
        (right - wide, bottom + _GAP),
    ]
    boxes = [(x, y, x + wide, y + BADGE) for x, y in spots]
    badge = next((box for box in boxes if free.is_free(_shrunk(box))), None) or _barest(boxes, free)
    free.take(badge)
    return replace(mark, badge=badge)


def _barest(boxes: Sequence[Box], free: FreePlaces) -> Box:
    """Where least is printed, at best a line of the table: rows that are close have no free place between."""
    held = [box for box in boxes if free.holds(box)]
    return min(held, key=lambda box: free.taken(_core(box))) if held else _within(boxes[2], free)


def _core(box: Box) -> Box:
    """Without its rim, in which no digit stands."""
    return box[0] + _GAP, box[1] + _RIM, box[2] - _GAP, box[3] - _RIM


def _shrunk(box: Box) -> Box:
    """Without the dots that it only touches."""
    return box[0] + _GAP, box[1] + _GAP, box[2] - _GAP, box[3] - _GAP


def _within(box: Box, free: FreePlaces) -> Box:
    x = min(max(box[0], 0.0), max(free.width - (box[2] - box[0]), 0.0))
    y = min(max(box[1], 0.0), max(free.height - BADGE, 0.0))
    return x, y, x + box[2] - box[0], y + BADGE


def place_note(note: Note, free: FreePlaces) -> Placed | None:
    """The note where it fits: as large as may be near its mark, else smaller or farther away, else in few words."""
    near = note.near or (0.0, 0.0, free.width, _BESIDE)
    for text in dict.fromkeys((note.text, note.short)):
        found: list[tuple[float, Placed]] = []
        for size in _SIZES:
            found += _placings(note, text, size, near, free)
            if found and min(away for away, _ in found) < _FAR:
                break
        if found:
            placed = min(found, key=lambda pair: pair[0])[1]
            free.take(placed.box)
            return placed
    return None


def place_sign(note: Note, free: FreePlaces) -> Placed:
    """The number of a note for which there is no room and that belongs to no words: down the page's left edge."""
    wide, top = badge_width(note.number), _MARGIN
    while top + 2 * BADGE < free.height - _MARGIN and not free.is_free((_GAP, top, _GAP + wide, top + BADGE)):
        top += BADGE + _GAP
    placed = Placed(note, (_GAP, top, _GAP + wide, top + BADGE), (), _SIZES[-1])
    free.take(placed.box)
    return placed


def _placings(note: Note, text: str, size: float, near: Box, free: FreePlaces) -> Iterator[tuple[float, Placed]]:
    done: set[Sequence[str]] = set()
    for width in _WIDTHS:
        lines = wrapped(indent(note.number, size) + text, width - 5, size)
        if lines in done:
            continue
        done.add(lines)
        spot = free.nearest(width + 2 * _CLEAR, note_height(lines, size) + 2 * _CLEAR, near)
        if spot is not None:
            left, top, right, bottom = spot[1]
            box = left + _CLEAR, top + _CLEAR, right - _CLEAR, bottom - _CLEAR
            tall = max(bottom - top - (right - left), 0.0) * _TALL
            yield spot[0] + tall + (_SIZES[0] - size) * 20, Placed(note, box, lines, size)
