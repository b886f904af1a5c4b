"""Legibility (可读的页): which pages or lines of the file could not be read, and how they are named.

Refuses to guess what stands there: whoever looks for something that is not found leaves it unchecked.
"""

from __future__ import annotations

from collections.abc import Iterable

from juesuan.model.places import Place
from juesuan.model.reports import Report


def named(places: Iterable[Place]) -> str:
    """The pages, or lines where there are no pages, as one name: 第 3—5、8 页. "" where there are none."""
    found = list(places)
    pages = sorted({place.page for place in found if place.page})
    lines = sorted({place.line for place in found if place.line})
    numbers, unit = (pages, "页") if pages else (lines, "行")
    if not numbers:
        return ""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return f"第 {'、'.join(f'{run[0]}—{run[-1]}' if len(run) > 1 else str(run[0]) for run in runs)} {unit}"


def maybe_there(report: Report) -> str:
    """Why something that was not found may be in the file all the same; "" where everything could be read."""
    unread = (*report.document.pictures, *report.document.lost)
    return f"{named(unread)}没有读出，可能在那里" if unread else ""


def between(report: Report, first: Place, last: Place | None) -> bool:
    """Whether a page that could not be read lies from the one place to the other."""
    if first.page is None:
        return False
    until = last.page if last and last.page else 10**9
    unread = (*report.document.pictures, *report.document.lost)
    return any(place.page and first.page <= place.page <= until for place in unread)
