"""Torn rows (跨页的行): a row of a self-evaluation form that a page break tore, its last words overleaf.

Refuses rows with a figure overleaf, and those with a word where the row above has none: they may be rows of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from juesuan.model.documents import Cell
from juesuan.understanding.figures import parse_figure
from juesuan.understanding.heads import Row, text_of

_LONGEST = 8
"""characters of a rest; more is a cell of its own"""


def mended(above: Sequence[Row], overleaf: Sequence[Row]) -> Row | None:
    """The last row above with the words of the first one overleaf, None where this is no rest of that."""
    if not above or not overleaf or len(above[-1]) != len(overleaf[0]):
        return None
    row, rest = above[-1], overleaf[0]
    words = [text_of(cell).strip() for cell in rest]
    if not any(words) or any(len(word) > _LONGEST or _is_figure(word) for word in words):
        return None
    if any(word and not _is_name(text_of(cell).strip()) for word, cell in zip(words, row, strict=True)):
        return None
    if not any(_is_figure(text_of(cell).strip()) for cell in row):
        return None
    return [_with(cell, word) for cell, word in zip(row, words, strict=True)]


def _is_figure(text: str) -> bool:
    return parse_figure(text) is not None


def _is_name(text: str) -> bool:
    return bool(text) and not _is_figure(text)


def _with(cell: Cell | None, word: str) -> Cell | None:
    return replace(cell, text=f"{cell.text}\n{word}") if cell is not None and word else cell
