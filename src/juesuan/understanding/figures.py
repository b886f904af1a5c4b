"""Numerals in cells (数字): what a cell prints, exactly, with its decimals, sign and unit.

Refuses to guess: a cell that is not wholly one numeral (with sign, thousands separators, unit) is no figure.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

WIDTHS = str.maketrans("０１２３４５６７８９．，－−–‐‑‒\xad％（）＋", "0123456789.,-------%()+")
#: marks that stand for an exact zero (blank, 0 and 0.00 do too)
BLANK_MARKS = frozenset({"", "-", "--", "—", "——", "－", "–", "/", "\\", "―", "-0", "*"})

_FIGURE = re.compile(r"([-+]?)(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(%|万元|亿元|元|万|分)?")
_NUMERAL = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?")
_SPACE = re.compile(r"\s+")
_STACKED = re.compile(r"\d\s*\n\s*[-\d]")
"""two figures under each other in one cell are not one"""


class Figure(NamedTuple):
    """A printed figure: its signed value, its decimals and the unit printed behind it ("" if none)."""

    value: Decimal
    decimals: int
    unit: str


@lru_cache(maxsize=1 << 12)
def narrow(text: str) -> str:
    """Full-width digits, signs and separators as ASCII; the length stays the same."""
    return text if text.isascii() else text.translate(WIDTHS)


def is_blank(text: str) -> bool:
    """Whether a cell prints nothing, or a mark that stands for nothing."""
    return text.strip() in BLANK_MARKS


@lru_cache(maxsize=1 << 12)
def parse_figure(text: str) -> Figure | None:
    """The figure that the cell prints, or None where it is not wholly one figure.

    >>> parse_figure("－1,234.50")
    Figure(value=Decimal('-1234.50'), decimals=2, unit='')
    """
    if _STACKED.search(text):
        return None
    match = _FIGURE.fullmatch(_SPACE.sub("", narrow(text)))
    if match is None:
        return None
    sign, whole, fraction, unit = match.groups()
    value = Decimal(sign + whole.replace(",", "") + (fraction or ""))
    return Figure(value, len(fraction) - 1 if fraction else 0, unit or "")


def numerals(text: str) -> list[tuple[int, str]]:
    """(offset, numeral) of every numeral in the text: a run of digits with its separators and decimals."""
    return [(m.start(), m.group()) for m in _NUMERAL.finditer(narrow(text))]
