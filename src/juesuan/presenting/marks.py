"""Findings as marks on the original (标注): what is wrong in its severity's colour, what is related lighter, a note each.

Numbers are those of the list, the page and every other output. Refuses to mark what somebody has accepted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from juesuan.documents.appearances import Colour, Highlight, Note
from juesuan.model.findings import Finding, Severity
from juesuan.presenting.entries import Entry, clean
from juesuan.presenting.originals import Box, Mark, Original
from juesuan.presenting.telling import below, figures, following, symptom_words

COLOURS: dict[Severity, Colour] = {
    Severity.ERROR: (0.78, 0.1, 0.08),
    Severity.WARNING: (0.75, 0.42, 0.0),
    Severity.QUERY: (0.1, 0.36, 0.65),
    Severity.INFO: (0.36, 0.4, 0.45),
}
_WRONG, _FOLLOWS, _RELATED = 0.38, 0.26, 0.13
"""how deep the colour is"""
_FEW = 6
"""so many related figures have the number beside them"""
_LONG, _SHORT = 96, 24
"""characters of a note"""


class Spot(NamedTuple):
    """Where something is marked: the page, the box, and the words that are meant in a box that holds more."""

    page: int
    box: Box
    words: str


def marks(found: Iterable[Entry], original: Original) -> list[Highlight | Note]:
    """All marks of one file."""
    made: list[Highlight | Note] = []
    for entry in found:
        if not entry.finding.accepted:
            made += _entry(entry, original)
    return made


def _entry(entry: Entry, original: Original) -> Iterator[Highlight | Note]:
    finding = entry.finding
    colour, number = COLOURS[finding.severity], str(entry.number)
    places: dict[int, list[Spot]] = defaultdict(list)
    related = []
    for mark, spot in _spots(finding, original):
        if mark.main:
            places[mark.place].append(spot)
        else:
            related.append(spot)
    for spots in places.values():
        yield from _together(spots, colour, _WRONG, _contents(entry), number)
    wrong = [spot for spots in places.values() for spot in spots]
    done = set(wrong)
    for symptom in following(finding):
        spots = [spot for mark, spot in _spots(symptom, original) if mark.main and spot not in done]
        done.update(spots)
        yield from _together(spots, colour, _FOLLOWS, f"随问题 {number} 而误：{clean(symptom_words(symptom))}", number)
    yield from _related([spot for spot in dict.fromkeys(related) if spot not in done], entry, colour)
    yield _note(entry, colour, wrong)


def _related(spots: Sequence[Spot], entry: Entry, colour: Colour) -> Iterator[Highlight]:
    """Figures that are right and belong to it, with the number where they are few."""
    contents = f"与问题 {entry.number} 有关：{clean(entry.subject)}"
    number = str(entry.number) if len(spots) <= _FEW else ""
    for spot in spots:
        yield Highlight(
            spot.page, (spot.box,), colour, _RELATED, contents, number=number, words=spot.words, related=True
        )


def _spots(finding: Finding, original: Original) -> Iterator[tuple[Mark, Spot]]:
    for page, box, mark in original.stretches(finding):
        run = original.runs[mark.run]
        part = run.cell and (mark.start, mark.end) != (0, len(run.text))
        yield mark, Spot(page, box, run.text[mark.start : mark.end] if part else "")


def _together(
    spots: Sequence[Spot], colour: Colour, strength: float, contents: str, number: str
) -> Iterator[Highlight]:
    """One highlight on each page, over all lines that the words take."""
    pages: dict[int, list[Spot]] = defaultdict(list)
    for spot in spots:
        pages[spot.page].append(spot)
    for page, own in pages.items():
        boxes = tuple(spot.box for spot in own)
        yield Highlight(page, boxes, colour, strength, contents, number, words=own[0].words if len(own) == 1 else "")


def _contents(entry: Entry) -> str:
    """All that is said of a finding, for the viewer's list of comments."""
    finding = entry.finding
    head = " ".join(filter(None, (f"问题 {entry.number}", finding.severity.word, entry.kind)))
    told = [entry.subject, _figures(finding, entry.problem), *below(finding, entry.evidence, entry.cause)]
    return clean("\n".join(filter(None, (head, *told, f"{finding.check} {entry.handle}".strip()))))


def _note(entry: Entry, colour: Colour, wrong: Sequence[Spot]) -> Note:
    """The note beside the wrong words; at the top of a page where a finding has no words there."""
    finding = entry.finding
    page, box = wrong[0][:2] if wrong else (entry.place.page or 1, None)
    words = _figures(finding, entry.problem)
    told = "  ".join(filter(None, (words, entry.subject or " ".join(entry.evidence))))
    advice = "" if words and finding.expected in finding.advice else finding.advice  # → tells what to write
    told = "；".join(filter(None, (told.rstrip("。"), advice.rstrip("。"))))
    told = told if wrong or entry.spot else f"全文　{told}"
    text = _cut(f"{finding.severity.word}　{told}", _LONG)
    short = _cut(f"{finding.severity.word}　{words or entry.subject}", _SHORT)
    return Note(page, box, colour, str(entry.number), text, short, f"{entry.number} {text}")


def _figures(finding: Finding, told: str) -> str:
    """Printed → expected, where it is not told already."""
    words = figures(finding)
    return "" if "".join(words.split()) in "".join(told.split()) else words


def _cut(text: str, most: int) -> str:
    line = clean(" ".join(text.split(" ")).replace("\n", " "))
    return line if len(line) <= most else line[: most - 1] + "…"
