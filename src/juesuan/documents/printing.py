"""Printed lines from glyphs (由字成行): characters that stand on one line, in order, with gaps kept as spaces.

Digits whose baseline is off that of the Chinese text beside them belong to the same line. Refuses to join columns: a
wide gap becomes two spaces or more.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import inf
from operator import itemgetter

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
_MOST = 2000
"""a gap is no more spaces"""


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
    runs: list[list[Glyph]] = []
    spans: list[tuple[float, float]] = []
    last: list[Glyph] = []
    upper = lower = inf
    for glyph in sorted(glyphs, key=_from_top):
        _, _, top, _, bottom = glyph
        if top == upper and bottom == lower:
            last.append(glyph)
            continue
        span = (top, bottom)
        home = _home(spans, span, _SAME)
        if home < 0:
            last, upper, lower = [glyph], top, bottom if bottom - top > _LEAST else inf
            runs.append(last)
            spans.append(span)
        else:
            runs[home].append(glyph)
    return [_line(row) for row in (_joined(runs, overlap) if len(runs) > 1 else runs)]


def _from_top(glyph: Glyph) -> tuple[float, float]:
    return (glyph[2] + glyph[4]) / 2, glyph[1]


def _joined(runs: Iterable[list[Glyph]], overlap: float) -> list[list[Glyph]]:
    """Runs of glyphs that stand at the same height as one; each run is as high as its first glyph."""
    rows: list[list[Glyph]] = []
    spans: list[tuple[float, float]] = []
    for run in runs:
        span = (run[0][2], run[0][4])
        home = _home(spans, span, overlap)
        if home < 0:
            rows.append(run)
            spans.append(span)
        else:
            rows[home] += run
    return rows


def _home(spans: list[tuple[float, float]], span: tuple[float, float], overlap: float) -> int:
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


def _line(row: list[Glyph]) -> Printed:
    row.sort(key=itemgetter(1))
    high = max(sorted([glyph[4] - glyph[2] for glyph in row])[len(row) // 2], _LEAST)
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
    top, bottom = min([glyph[2] for glyph in row]), max([glyph[4] for glyph in row])
    return Printed("".join(text), row[0][1], top, right, bottom, tuple(edges), tuple(middles), high)
