"""Labels (标签): the words of a performance form that stand beside or below a label: who, what for, what came of it.

Refuses to take a label for the words of another, and words further down than the row below a label.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from juesuan.knowledge.performance import role_of, text_label
from juesuan.understanding.heads import Row, text_of

_BELOW = frozenset({"goal", "completion"})


def texts_of(grid: Sequence[Row]) -> dict[str, str]:
    """supervisor, executor, goal, completion → the words there; a label without words is left out."""
    found: dict[str, str] = {}
    for row, below in zip(grid, [*grid[1:], []], strict=True):
        filled = [i for i, cell in enumerate(row) if text_of(cell).strip()]
        for i, following in zip(filled, [*filled[1:], -1], strict=True):
            name = text_label(text_of(row[i]))
            if not name or name in found:
                continue
            at, line = (i, below) if name in _BELOW else (following, row)
            word = re.sub(r"\s+", "", text_of(line[at])) if 0 <= at < len(line) else ""
            if word and not text_label(word) and not role_of(word):
                found[name] = word
    return found
