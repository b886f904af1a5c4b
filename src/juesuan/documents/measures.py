"""Measures (字宽): how many columns a Chinese character takes in a text, told by what stands under what.

Two on a terminal and in a monospaced font, one in what PDF extractors print. Refuses to measure in points: a text has
none.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Sequence

from juesuan.documents.lines import AMBIGUOUS, FIGURE, Span, columns_of, wide_columns_of

Way = Callable[[str], int]
#: a printed line and where its cells are
Cells = tuple[str, Sequence[Span]]

WAYS: tuple[Way, ...] = (columns_of, len, wide_columns_of)
#: lines above in which a cell may have its like
_ABOVE = 3
#: a table knows its own measure so much better than the rest of the file
_OWN = 4
#: one column a character is believed where so many more cells line up; a few do by chance
_MORE, _CHANCE = 1.25, 4


class Votes:
    """How often cells line up, by each measure: figures by their right edge, other cells by their left."""

    def __init__(self) -> None:
        self.counts = [0] * len(WAYS)

    def add(self, rows: Iterable[Cells]) -> None:
        """Counts the rows of one table."""
        above: deque[list[set[int]]] = deque(maxlen=_ABOVE)
        for text, spans in rows:
            edges = [_edges(text, spans, way) for way in WAYS]
            for k, own in enumerate(edges):
                self.counts[k] += sum(1 for edge in own if any(edge in sets[k] for sets in above))
            above.append(edges)

    def way(self, rows: Sequence[Cells]) -> Way:
        """The measure of these rows, by themselves and by all that was counted before."""
        own = Votes()
        own.add(rows)
        counts = [_OWN * mine + others for mine, others in zip(own.counts, self.counts, strict=True)]
        if counts[1] > max(counts[0], counts[2]) * _MORE + _CHANCE:
            return len
        marked = any(AMBIGUOUS.search(text) for text, _ in rows)
        return wide_columns_of if marked and counts[2] > counts[0] else columns_of


def _edges(text: str, spans: Sequence[Span], way: Way) -> set[int]:
    """Right edges of figures as they are, left edges of other cells below zero; what begins the line tells nothing."""
    edges = set()
    column = at = 0
    for a, b in spans:
        left = column + way(text[at:a])
        at, column = b, left + way(text[a:b])
        if a:
            edges.add(column if FIGURE.fullmatch(text, a, b) else -left)
    return edges
