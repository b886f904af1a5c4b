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
"""characters of the rest of a name; more is a cell of its own"""
_END = ("。", "；", ";")


def mended(above: Sequence[Row], overleaf: Sequence[Row]) -> Row | None:
    """The last row above with the words of the first one overleaf, None where this is no rest of that."""
    if not above or not overleaf or len(above[-1]) != len(overleaf[0]):
        return None
    row, rest = above[-1], overleaf[0]
    words = [text_of(cell).strip() for cell in rest]
    begun = [text_of(cell).strip() for cell in row]
    scored = next((n for n, text in enumerate(begun) if _is_figure(text)), None)
    if scored is None or not any(word and len(word) <= _LONGEST for word in words):
        return None
    if any(
        word and not _goes_on(text, word, n > scored) for n, (text, word) in enumerate(zip(begun, words, strict=True))
    ):
        return None
    return [_with(cell, word) for cell, word in zip(row, words, strict=True)]


def _is_figure(text: str) -> bool:
    return parse_figure(text) is not None


def _goes_on(text: str, word: str, remark: bool) -> bool:
    """Whether the word may be the rest of the text: of a remark, behind the figures, a long one as well."""
    if not text or _is_figure(text) or _is_figure(word):
        return False
    return len(word) <= _LONGEST or (remark and not text.endswith(_END))


def _with(cell: Cell | None, word: str) -> Cell | None:
    return replace(cell, text=f"{cell.text}\n{word}") if cell is not None and word else cell
