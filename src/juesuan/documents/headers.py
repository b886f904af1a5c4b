"""Headers of text files (文本中的页眉页脚): lines that stand at the top or foot of many pages, as they came from a PDF.

Refuses titles, units and notes of tables, heads of tables, sentences, and files without form feeds.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from juesuan.documents.lines import SENTENCE, Line, is_caption, is_page_number

_DEEP = 3
_FEWEST, _SHARE = 3, 5
"""a line is one that runs if it stands on so many pages, and on every so-many-th page"""
_LONGEST = 60

Spot = tuple[int, int]
"""number and offset of a line"""


def running(pages: Sequence[Sequence[Line]]) -> frozenset[Spot]:
    """Which lines are headers or footers."""
    fewest = max(_FEWEST, len(pages) // _SHARE)
    if len(pages) < _FEWEST:
        return frozenset()
    outer = [[*_outer(page, 1), *_outer(page, -1)] for page in pages]
    counted = Counter(said for lines in outer for said in {(top, _said(line.text)) for top, line in lines})
    found = set[Spot]()
    for lines in outer:
        going = {1: True, -1: True}
        for top, line in lines:
            runs = counted[top, _said(line.text)] >= fewest
            going[top] = going[top] and (runs or _numbers(line.text.strip()))
            if going[top] and runs:
                found.add((line.number, line.offset))
    return frozenset(found)


def _outer(page: Sequence[Line], way: int) -> Iterator[tuple[int, Line]]:
    """The outermost lines of a page that may run, from its top (1) or foot (-1)."""
    lines = [line for line in page[::way] if line.text.strip()][: _DEEP + 1]
    for line in lines[:_DEEP]:
        text = line.text.strip()
        if not (_numbers(text) or _may_run(text)):
            return
        yield way, line


def _said(text: str) -> str:
    return re.sub(r"\s+", "", re.sub(r"\d+", "0", text))


def _numbers(text: str) -> bool:
    """Whether it is the number of a page."""
    return text.isdecimal() or is_page_number(text)


def _may_run(text: str) -> bool:
    pieces = [piece for piece in re.split(r"\s{2,}", text) if not _numbers(piece)]
    single = len(pieces) == 1 and "\t" not in text and not re.fullmatch(r"[\d\s.,%-]+", pieces[0])
    return single and len(text) <= _LONGEST and not (SENTENCE.search(text) or is_caption(pieces) or "续表" in text)
