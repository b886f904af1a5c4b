"""Running lines (页眉页脚): headers, footers and page numbers, which stand at the same height on many pages.

Refuses titles, units and notes of tables, sentences, and whatever stands between other lines of a page.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from juesuan.documents.lines import SENTENCE, is_caption, is_page_number
from juesuan.documents.printing import Printed
from juesuan.documents.sheets import Sheet

_DEEP = 3
"""so many lines of a header or a footer"""
_NEAR = 3.0
"""points by which their height may differ from page to page"""
_FEWEST, _SHARE = 3, 5
"""a line is one that runs if it stands on so many pages, and on every so-many-th page"""
_MARGIN = 8
"""header and footer stand in the upper and lower part of this many of a page"""
_LONGEST, _PIECES = 120, 3

Spot = tuple[bool, str]
"""whether it stands at the top, what it says with all numbers taken for the same"""


def set_apart(sheets: Sequence[Sheet]) -> None:
    """Moves the lines that run to `running` of their sheets."""
    heights: dict[Spot, list[float]] = defaultdict(list)
    for sheet in sheets:
        for top in (True, False):
            for line in _outer(sheet, top):
                heights[top, _said(line)].append(_height(sheet, line, top))
    fewest = max(_FEWEST, len(sheets) // _SHARE)
    inner = _inner(sheets, {said for _, said in heights})
    for sheet in sheets:
        for top in (True, False):
            for line in _outer(sheet, top):
                near = [h for h in heights[top, _said(line)] if abs(h - _height(sheet, line, top)) <= _NEAR]
                number = is_page_number(line.text.strip()) or (line.text.strip().isdigit() and len(near) > 1)
                if not number and (len(near) < fewest or not _may_run(line) or _is_inner(line, inner)):
                    break
                sheet.lines.remove(line)
                sheet.running.append(line)


def _outer(sheet: Sheet, top: bool) -> Iterator[Printed]:
    """The outermost lines of a page, from its edge, up to the first table."""
    lines = sorted(sheet.lines, key=lambda line: line.top if top else -line.bottom)
    for line in lines[:_DEEP]:
        beyond = (t.top < line.top if top else t.bottom > line.bottom for t in sheet.tables)
        if _height(sheet, line, top) > sheet.height / _MARGIN or any(beyond):
            return
        yield line


def _inner(sheets: Sequence[Sheet], wanted: set[str]) -> dict[str, list[float]]:
    """Where lines begin that say the same between the lines of a page: as the head of a table does before it is repeated."""
    found: dict[str, list[float]] = defaultdict(list)
    for sheet in sheets:
        for line in sheet.lines:
            outside = min(_height(sheet, line, True), _height(sheet, line, False)) <= sheet.height / _MARGIN
            if not outside and (said := _said(line)) in wanted:
                found[said].append(line.left)
    return found


def _is_inner(line: Printed, inner: dict[str, list[float]]) -> bool:
    return any(abs(line.left - left) <= _NEAR for left in inner.get(_said(line), ()))


def _height(sheet: Sheet, line: Printed, top: bool) -> float:
    """How far the line is from its edge of the page."""
    return line.top if top else sheet.height - line.bottom


def _said(line: Printed) -> str:
    return re.sub(r"\s+", "", re.sub(r"\d+", "0", line.text))


def _may_run(line: Printed) -> bool:
    text = line.text.strip()
    pieces = re.split(r"\s{2,}", text)
    return not (
        len(_said(line)) > _LONGEST
        or len(pieces) > _PIECES
        or SENTENCE.search(text)
        or is_caption(pieces)
        or "续表" in text
    )
