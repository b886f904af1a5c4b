"""Contents (目录): which lines list the headings and page numbers of what follows.

They look like headings and like rows of names and figures, and are neither. Refuses to read them: it says only where
they are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from juesuan.documents.lines import DECIMAL, SENTENCE, has_leaders

_PART = re.compile(r"第[一二三四五六七八九十]+部分")
_HEAD = re.compile(r"目\s*录")
_ENTRY = re.compile(
    r"(?:[-*#]+\s+)?(?:第[一二三四五六七八九十]+部分|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[)）]|附[件表])"
)
_PAGE = re.compile(r"[\s.．·…]*\d{0,3}$")
#: 目录 stands near the beginning and is short
_WITHIN = 400
_LONGEST = 200
_WRAPPED = 20


def contents(lines: Sequence[str]) -> range:
    """The numbers of the lines below 目录 that belong to it (empty if there is none).

    It ends where its first entry is printed again; if it never is, at the first line that cannot be an entry.
    """
    above = ""
    for i, text in enumerate(lines[:_WITHIN]):
        word = text.strip()
        if _HEAD.fullmatch(word) or (word == "录" and above == "目"):
            return range(i + 2, _end(lines, i + 1) + 1)
        above = word or above
    return range(0)


def _end(lines: Sequence[str], start: int) -> int:
    """The index of the first line behind the contents."""
    last = min(len(lines), start + _LONGEST)
    filled = [i for i in range(start, last) if lines[i].strip()]
    if not filled:
        return start
    first = _entry(lines[filled[0]])
    for i, below in pairwise([*filled[1:], -1]):
        broken = below > 0 and _PART.fullmatch(lines[i].strip()) and _entry(lines[i] + lines[below]) == first
        if (_entry(lines[i]) == first or broken) and not has_leaders(lines[i]):
            return i
    end = start
    for i in filled:
        stripped = lines[i].strip()
        if SENTENCE.search(stripped) or DECIMAL.search(_PAGE.sub("", stripped)) or stripped.count("\t") > 1:
            return end
        if _ENTRY.match(stripped) or has_leaders(stripped):
            end = i + 1
        elif len(stripped) > _WRAPPED:
            return end
    return end


def _entry(text: str) -> str:
    """A line as an entry: without bullet, blanks, leaders and page number."""
    return re.sub(r"\s+", "", _PAGE.sub("", re.sub(r"^\s*[-*#]+\s+", "", text)))
