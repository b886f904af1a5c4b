"""Wide text (全角文字): the compact text of a reading back in the punctuation that documents are printed in.

A stray English “and” between two Chinese characters, which conversions leave behind, is 和 again. Refuses to touch
figures: a comma or a colon between digits stays.
"""

from __future__ import annotations

import re

_MARKS = {",": "，", ":": "：", ";": "；", "(": "（", ")": "）", "!": "！", "?": "？"}
_MARK = re.compile(r"(?<!\d)[,:;!?()]|[,:;!?()](?!\d)|(?<=\d)[()](?=\d)")
_STRAY = re.compile(r"(?<=[一-龥])\s*and\s*(?=[一-龥])")
_ENDS = re.compile(r"^[：:，,、\s]+|[，,。;；\s]+$")


def wide(text: str) -> str:
    """`按规定,压减经费(约5%)` → 按规定，压减经费（约5%）; quotes in turn “ and ”."""
    found = _MARK.sub(lambda match: _MARKS[match[0]], without_stray(text)).replace("|", " ")
    parts = found.split('"')
    quoted = "".join(part + ("“" if n % 2 == 0 else "”") for n, part in enumerate(parts[:-1]))
    return quoted + parts[-1]


def trimmed(text: str) -> str:
    """The same without marks at its ends."""
    return _ENDS.sub("", wide(text))


def without_stray(text: str) -> str:
    """The text without the “and” that a conversion put in the place of 和."""
    return _STRAY.sub("和", text)


_HALF = str.maketrans("０１２３４５６７８９．，－−–％（）＋　", "0123456789.,---%()+ ")


def half_width(text: str) -> str:
    """Digits, signs and separators in ASCII, without blanks: for a figure that someone typed."""
    return text.translate(_HALF).replace(" ", "")
