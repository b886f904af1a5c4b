"""Printed lines from glyphs (由字成行): characters that stand on one line, in order, with gaps kept as spaces.

Digits whose baseline is off that of the Chinese text beside them belong to the same line. Refuses to join columns: a
wide gap becomes two spaces or more.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from juesuan.documents.glyphs import Glyph

OVERLAP, IN_CELL = 0.45, 0.25
"""the share of the smaller height by which two glyphs of one line overlap; in a cell, where no other column stands"""
_SAME = 0.75
"""this share tells letters of one run: some fonts have boxes of several heights"""
_GAP = 0.3
_WIDE_GAP = 1.2
"""gaps, in heights of the line, from which a space and a column gap begin"""


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
    runs = _joined([[glyph] for glyph in sorted(glyphs, key=lambda g: (g.middle_y, g.left))], _SAME)
    return [_line(row) for row in (_joined(runs, overlap) if len(runs) > 1 else runs)]


def _joined(runs: Iterable[list[Glyph]], overlap: float) -> list[list[Glyph]]:
    """Runs of glyphs that stand at the same height as one; each run is as high as its first glyph."""
    rows: list[list[Glyph]] = []
    spans: list[tuple[float, float]] = []
    for run in runs:
        _, _, upper, _, lower = run[0]
        high = lower - upper
        best, home = 0.0, -1
        for k in range(len(rows) - 1, max(len(rows) - 4, -1), -1):
            top, bottom = spans[k]
            share = (min(bottom, lower) - max(top, upper)) / max(min(high, bottom - top), 0.1)
            if share >= overlap and share > best:
                best, home = share, k
        if home < 0:
            rows.append(run)
            spans.append((upper, lower))
        else:
            rows[home] += run
    return rows


def _line(row: list[Glyph]) -> Printed:
    row.sort(key=lambda g: g.left)
    high = sorted(g.bottom - g.top for g in row)[len(row) // 2]
    text: list[str] = []
    edges: list[float] = []
    middles: list[float] = []
    last: Glyph | None = None
    for glyph in row:
        if last is not None:
            if glyph.text == last.text and glyph.left - last.left < _GAP * (last.right - last.left):
                continue
            gap = glyph.left - last.right
            if gap > _GAP * high:
                spaces = " " if gap <= _WIDE_GAP * high else " " * max(2, round(gap / (high / 2)))
                text.append(spaces)
                edges.extend(last.right + gap * k / len(spaces) for k in range(len(spaces)))
                middles.extend([glyph.middle_y] * len(spaces))
        text.append(glyph.text)
        edges.append(glyph.left)
        middles.append(glyph.middle_y)
        last = glyph
    right = max(g.right for g in row)
    edges.append(right)
    top, bottom = min(g.top for g in row), max(g.bottom for g in row)
    return Printed("".join(text), row[0].left, top, right, bottom, tuple(edges), tuple(middles), high)
