"""Printed lines from glyphs (由字成行): characters that stand on one line, in order, with gaps kept as spaces.

Digits whose baseline is off that of the Chinese text beside them belong to the same line. Refuses to join columns: a
wide gap becomes two spaces or more.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from math import inf
from operator import itemgetter, sub

from juesuan.documents.glyphs import Glyph

OVERLAP, IN_CELL = 0.45, 0.25
"""the share of the smaller height by which two glyphs of one line overlap; in a cell, where no other column stands"""
_SAME = 0.75
"""this share tells letters of one run: some fonts have boxes of several heights"""
_GAP = 0.3
_WIDE_GAP = 1.2
"""gaps, in heights of the line, from which a space and a column gap begin"""
_LEAST = 0.1
"""points: whatever a file says, letters are not lower"""
_FLAT = _SAME * _LEAST
"""lower letters share no line with each other"""
_MOST = 2000
"""a gap is no more spaces"""

Span = tuple[float, float]
"""top and bottom"""


@dataclass(slots=True)
class Printed:
    """One printed line. `edges` has the left edge of every character of the text, and the right edge of the last.

    `middles` has the height at which every character stands, `high` is how high most of them are.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    edges: tuple[float, ...]
    middles: tuple[float, ...] = ()
    high: float = 0


def printed_lines(glyphs: Iterable[Glyph], overlap: float = OVERLAP) -> list[Printed]:
    """The lines from the top; characters printed twice over each other (bold) are taken once."""
    levels = _levels(glyphs)
    if len(levels) == 1:
        ((top, bottom), row) = next(iter(levels.items()))
        if bottom - top >= _FLAT:
            return [_line(row, top, bottom, bottom - top)]
    runs: list[list[Glyph]] = []
    spans: list[Span] = []
    for span in sorted(levels, key=sum):
        home = _home(spans, span, _SAME) if spans else -1
        if home >= 0:
            runs[home] += levels[span]
        elif span[1] - span[0] >= _FLAT:
            runs.append(levels[span])
            spans.append(span)
        else:
            runs += ([glyph] for glyph in sorted(levels[span], key=itemgetter(1)))
            spans += [span] * len(levels[span])
    return [_uneven(row) for row in (_joined(runs, overlap) if len(runs) > 1 else runs)]


def _levels(glyphs: Iterable[Glyph]) -> dict[Span, list[Glyph]]:
    """The glyphs by top and bottom; most stand as high as the one before."""
    found: dict[Span, list[Glyph]] = {}
    for span, level in groupby(glyphs, key=itemgetter(2, 4)):
        found.setdefault(span, []).extend(level)
    return found


def _joined(runs: Iterable[list[Glyph]], overlap: float) -> list[list[Glyph]]:
    """Runs of glyphs that stand at the same height as one; each run is as high as its first glyph."""
    rows: list[list[Glyph]] = []
    spans: list[Span] = []
    for run in runs:
        span = (run[0][2], run[0][4])
        home = _home(spans, span, overlap)
        if home < 0:
            rows.append(run)
            spans.append(span)
        else:
            rows[home] += run
    return rows


def _home(spans: list[Span], span: Span, overlap: float) -> int:
    """Which of the last lines a glyph belongs to, -1 for none: the one that it shares most of its height with."""
    top, bottom = span
    best, home = 0.0, -1
    for k in range(len(spans) - 1, max(len(spans) - 4, -1), -1):
        above, below = spans[k]
        low, high = (below if below < bottom else bottom), (above if above > top else top)
        least = below - above if below - above < bottom - top else bottom - top
        share = (low - high) / (least if least > _LEAST else _LEAST)
        if share >= overlap and share > best:
            best, home = share, k
            if share >= 1:
                break
    return home


def _uneven(row: list[Glyph]) -> Printed:
    """A line of letters of several heights: most of them say how high it is."""
    tops, bottoms = [glyph[2] for glyph in row], [glyph[4] for glyph in row]
    return _line(row, min(tops), max(bottoms), sorted(map(sub, bottoms, tops))[len(row) // 2])


def _line(row: list[Glyph], upper: float, lower: float, high: float) -> Printed:
    """The letters of one line, which is as high as most of them are."""
    row.sort(key=itemgetter(1))
    high = max(high, _LEAST)
    text: list[str] = []
    edges: list[float] = []
    middles: list[float] = []
    near = _GAP * high
    last, last_left, last_right = "", 0.0, inf
    for char, left, top, right, bottom in row:
        if char == last and left - last_left < _GAP * (last_right - last_left):
            continue
        gap = left - last_right
        if gap > near:
            spaces = 1 if gap <= _WIDE_GAP * high else min(max(2, round(gap / (high / 2))), _MOST)
            text.append(" " * spaces)
            edges += [last_right + gap * k / spaces for k in range(spaces)]
            middles += [(top + bottom) / 2] * spaces
        text.append(char)
        edges.append(left)
        middles.append((top + bottom) / 2)
        last, last_left, last_right = char, left, right
    right = max([glyph[3] for glyph in row])
    edges.append(right)
    return Printed("".join(text), row[0][1], upper, right, lower, tuple(edges), tuple(middles), high)
