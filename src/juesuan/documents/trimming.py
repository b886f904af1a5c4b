"""Boxes of marks fitted to the print (标注的边界): no wider than the glyphs that are meant, a box for each line of them.

A cell is known by one box; the words in it that are meant are looked for among its glyphs. Refuses to move a mark: it
only becomes smaller, and stays as it is where its words are not found.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from juesuan.documents.appearances import Box, Highlight
from juesuan.documents.glyphs import Glyph
from juesuan.documents.printing import printed_lines


def trimmed(mark: Highlight, printed: Sequence[Glyph]) -> Highlight:
    """The mark, its boxes fitted to what is printed in them."""
    boxes: list[Box] = []
    for box in mark.boxes:
        left, top, right, bottom = box
        inside = [g for g in printed if left <= g.middle_x <= right and top <= g.middle_y <= bottom]
        found = _words(mark.words, inside) if mark.words and len(mark.boxes) == 1 else []
        boxes += found or [_narrowed(box, inside)]
    return replace(mark, boxes=tuple(boxes))


def _narrowed(box: Box, inside: Sequence[Glyph]) -> Box:
    """No wider than its glyphs: what stands beside the last one is not meant."""
    if not inside:
        return box
    return max(box[0], min(g.left for g in inside)), box[1], min(box[2], max(g.right for g in inside)), box[3]


def _words(words: str, inside: Sequence[Glyph]) -> list[Box]:
    """A box for each printed line that the words take; [] where they are not there."""
    lines = printed_lines(inside)
    chars = [(kept, n, at) for n, line in enumerate(lines) for at, c in enumerate(line.text) for kept in _compact(c)]
    start = "".join(char for char, _, _ in chars).find(_compact(words))
    if start < 0:
        return []
    boxes = []
    meant = chars[start : start + len(_compact(words))]
    for number in dict.fromkeys(n for _, n, _ in meant):
        line, own = lines[number], [at for _, n, at in meant if n == number]
        boxes.append((line.edges[own[0]], line.top, line.edges[own[-1] + 1], line.bottom))
    return boxes


def _compact(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())
