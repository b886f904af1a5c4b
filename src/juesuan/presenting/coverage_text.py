"""What was not read and not checked (未读与未查): the lines that `juesuan check --coverage` adds.

Refuses to leave anything out: every unread figure has its line, every reason its count.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from juesuan.model.findings import Result
from juesuan.model.places import Place
from juesuan.model.reports import Unread
from juesuan.presenting.checked import Checked, by_count, coverage, place_order
from juesuan.presenting.telling import spot_words
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
    yield from _columns([(where, reason, "、".join(quotes)) for where, reason, quotes in unread_groups(unread)])


def unread_groups(unread: Iterable[Unread]) -> Iterator[tuple[str, str, list[str]]]:
    """(where, why, figures): the figures of one printed line or page that share their reason."""
    groups: dict[tuple[str, str], list[str]] = defaultdict(list)
    for item in unread:
        where = spot_words(item.place) or item.place.file
        groups[where, item.reason].append(item.quote or item.place.quote)
    yield from ((where, reason, quotes) for (where, reason), quotes in groups.items())


def _reasons(result: Result) -> Iterator[tuple[str, str, str]]:
    """(how many, check and reason, where first), the commonest first."""
    for count, check, reason, spot in reason_groups(result):
        told = f"（{'' if count == 1 else '如'}{spot}）" if spot else ""
        yield f"{count:,} 项", check, f"{reason}{told}"


def reason_groups(result: Result) -> Iterator[tuple[int, str, str, str]]:
    """(how many, check, why it is unchecked, where first), the commonest first; none of them is left out."""
    groups: dict[tuple[str, str], list[Place | None]] = defaultdict(list)
    for check, reason, place in result.reasons:
        groups[check, reason].append(place)
    for (check, reason), places in sorted(groups.items(), key=lambda g: (-len(g[1]), g[0])):
        spots = sorted((p for p in places if p is not None and spot_words(p)), key=place_order)
        yield len(places), check, reason, spot_words(spots[0]) if spots else ""
    if untold := result.unchecked - len(result.reasons):
        yield untold, "", "没有记下原因", ""


def _columns(rows: list[tuple[str, str, str]]) -> Iterator[str]:
    first = max((width(row[0]) for row in rows), default=0)
    second = max((width(row[1]) for row in rows), default=0)
    for left, middle, right in rows:
        yield f"{INDENT * 2}{pad_left(left, first)}  {pad(middle, second)}  {right}".rstrip()
