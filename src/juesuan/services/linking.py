"""Linking (文表互链): which figure of a sentence is which cell of a table, and back, by their keys.

The composed blocks say where a text will stand, the report that was read from that text says what each figure is.
Refuses a link where what stands there is not the figure that was read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from juesuan.documents.html_page import Mark
from juesuan.documents.writing_text import printed_at
from juesuan.model.documents import Block, Cell, Heading, Paragraph
from juesuan.model.keys import Key
from juesuan.model.places import Place
from juesuan.model.reports import Fact, Report

_SIGNS = ("-", "−", "－")
Spot = tuple[Heading | Paragraph | Cell, int]
"""what a figure stands in, and from which character of it on"""


@dataclass(slots=True)
class Links:
    """The marks of every paragraph and cell by its id, and the names of cells by key."""

    marks: dict[int, list[Mark]] = field(default_factory=dict)
    anchors: dict[str, str] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)
    """of every fact that is marked, by its number"""


def links(blocks: Iterable[Block], report: Report) -> Links:
    """The links of composed blocks. `report` is read from their text."""
    return links_of(_placed(blocks, report), report)


def links_of(places: Mapping[int, Spot], report: Report) -> Links:
    """The links between figures of which is known where they stand, by the number of the fact."""
    order = sorted(places, key=lambda number: place_order(report.facts[number].place))
    cells: dict[Key, Fact] = {}
    said: dict[Key, Fact] = {}
    for number in order:
        fact = report.facts[number]
        for key in filter(_known, fact.keys):
            (cells if isinstance(places[number][0], Cell) else said).setdefault(key, fact)
    found = Links()
    for number in order:
        fact, spot = report.facts[number], places[number]
        inside = isinstance(spot[0], Cell)
        to = next((there[key] for there in [said if inside else cells] for key in fact.keys if key in there), None)
        own = [key for key in fact.keys if inside and cells.get(key) is fact]
        if to is None and not own:
            continue
        found.names[number] = f"f{number}"
        found.anchors |= {str(key): f"f{number}" for key in own}
        mark = Mark(f"f{number}", f"f{to.number}" if to else "", _says(report, to) if to else "", *_span(fact, spot))
        found.marks.setdefault(id(spot[0]), []).append(mark)
    return found


def _known(key: Key) -> bool:
    return key.known


def place_order(place: Place) -> tuple[int, int, int]:
    """Where it stands in its file, for sorting."""
    return place.page or 0, place.line or 0, place.start or 0


def _placed(blocks: Iterable[Block], report: Report) -> dict[int, Spot]:
    """Where every fact stands, by its number; only what is what was read."""
    lines: dict[int, list[tuple[int, Heading | Paragraph | Cell]]] = {}
    for line, start, what in printed_at(blocks):
        lines.setdefault(line, []).append((start, what))
    found: dict[int, Spot] = {}
    for fact in report.facts:
        at = fact.place.start or 0
        for start, what in reversed(lines.get(fact.place.line or 0, [])):
            if start <= at and not isinstance(what, Heading):
                quote = fact.place.quote
                if quote and what.text.startswith(quote, at - start):
                    found[fact.number] = (what, at - start)
                break
    return found


def _span(fact: Fact, spot: Spot) -> tuple[int, int]:
    """From where to where a figure of a sentence stands, its sign with it."""
    what, start = spot
    if isinstance(what, Cell):
        return 0, 0
    signed = fact.amount.value < 0 and what.text[start - 1 : start] in _SIGNS
    return start - signed, start + len(fact.place.quote)


def _says(report: Report, fact: Fact) -> str:
    """Where a link leads, in words."""
    place = fact.place
    if fact.table >= 0:
        return f"见{report.tables[fact.table].title or '报表'}，{place.row or ''} {place.column or ''}".strip()
    section = report.sections[fact.section].title if 0 <= fact.section < len(report.sections) else ""
    return f"见正文{f'“{section}”' if section else ''}"
