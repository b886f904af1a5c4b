"""What was not read and not checked (未读与未查): the lines that `juesuan check --coverage` adds.

Refuses to leave anything out: every unread figure has its line, every reason its count.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from juesuan.model.findings import Result
from juesuan.model.places import Place
from juesuan.model.reports import Unread
from juesuan.presenting.checked import Checked, by_count, coverage, place_order
from juesuan.presenting.widths import Style, pad, pad_left, width

INDENT = "    "


def coverage_text(one: Checked, style: Style) -> Iterator[str]:
    """The lines of one file, after its summary."""
    if one.report is None or one.result is None:
        return
    cover = coverage(one.report, one.result)
    if cover.unread:
        yield f"{INDENT}{style.paint(f'未读的数字（{len(cover.unread):,} 个）', 'strong')}"
        yield from _unread(cover.unread)
    if cover.apart:
        yield f"{INDENT}{style.paint('另计的数字（不是账目数字，不参加检查）', 'strong')}"
        yield from _columns([(f"{count:,}", kind, "") for kind, count in by_count(cover.apart)])
    if one.result.unchecked:
        yield f"{INDENT}{style.paint(f'未查的原因（{one.result.unchecked:,} 项）', 'strong')}"
        yield from _columns(list(_reasons(one.result)))


def _unread(unread: list[Unread]) -> Iterator[str]:
    """One line for the figures of one printed line that share their reason."""
    groups: dict[tuple[str, str], list[str]] = defaultdict(list)
    for item in unread:
        groups[_where(item.place), item.reason].append(item.quote or item.place.quote)
    yield from _columns([(where, reason, "、".join(quotes)) for (where, reason), quotes in groups.items()])


def _where(place: Place) -> str:
    return f"第 {place.line} 行" if place.line is not None else f"第 {place.page} 页" if place.page else place.file


def _reasons(result: Result) -> Iterator[tuple[str, str, str]]:
    """(how many, check and reason, where first), the commonest first."""
    groups: dict[tuple[str, str], list[Place | None]] = defaultdict(list)
    for check, reason, place in result.reasons:
        groups[check, reason].append(place)
    for (check, reason), places in sorted(groups.items(), key=lambda g: (-len(g[1]), g[0])):
        lines = sorted((p for p in places if p is not None and p.line is not None), key=place_order)
        spot = "" if not lines else f"（{'' if len(places) == 1 else '如'}第 {lines[0].line} 行）"
        yield f"{len(places):,} 项", check, f"{reason}{spot}"
    if untold := result.unchecked - len(result.reasons):
        yield f"{untold:,} 项", "", "没有记下原因"


def _columns(rows: list[tuple[str, str, str]]) -> Iterator[str]:
    first = max((width(row[0]) for row in rows), default=0)
    second = max((width(row[1]) for row in rows), default=0)
    for left, middle, right in rows:
        yield f"{INDENT * 2}{pad_left(left, first)}  {pad(middle, second)}  {right}".rstrip()
