"""Passages (段落): where in the running text of an entry a claim or a figure stands, and the words around it.

Refuses to read: it only finds printed words again.
"""

from __future__ import annotations

import re

from juesuan.knowledge.phrases import compact
from juesuan.model.claims import Claim, Flow
from juesuan.model.places import Place
from juesuan.model.reports import Fact, Report

_FULL = str.maketrans(",;:()", "，；：（）")
_FURTHER = re.compile(r";(?!(?:[一二三四五六七八九]是|其[一二三四五六]|\(?\d\)?[.、)]?|另|同时|此外)(?!\d))")
_STATES = re.compile(r"\d(?:万元|元|%|亿元)|原因")


def flow_of(report: Report, stated: Claim | Fact) -> Flow | None:
    """The entry in which a claim or a figure of the explanation stands; None for what stands elsewhere."""
    if stated.section < 0 or stated.entry < 0:
        return None
    return report.sections[stated.section].entries[stated.entry]


def offset(flow: Flow, place: Place) -> int | None:
    """The index in the flow's text of what stands at a place; None where it is not there."""
    for number, line in enumerate(flow.places):
        if (line.page, line.line) != (place.page, place.line):
            continue
        end = flow.starts[number + 1] if number + 1 < len(flow.starts) else len(flow.text)
        start = (place.start or 0) - (line.start or 0)
        for at in range(flow.starts[number], end):
            if flow.offsets[at] == start:
                return at
    return None


def printed(flow: Flow, start: int, end: int) -> str:
    """What was printed between two indices, in its own characters, its lines joined."""
    pieces = []
    at = start
    while at < end:
        line, last = flow.line(at), at
        while last + 1 < end and flow.line(last + 1) is line:
            last += 1
        raw = line.quote[flow.offset(at) : flow.offset(last) + 1]
        pieces.append(raw if compact(raw) else flow.text[at : last + 1])
        at = last + 1
    return "".join(pieces)


def sentence(flow: Flow, at: int) -> str:
    """The text from an index to the end of its sentence."""
    return re.split(r"[。!?]", flow.text[at:], maxsplit=1)[0]


def reason_text(report: Report, claim: Claim) -> str:
    """All that a reason says: beyond a semicolon where the next part goes on with it (一是…；二是…)."""
    flow = flow_of(report, claim)
    at = None if flow is None else offset(flow, claim.place)
    if flow is None or at is None:
        return claim.word
    rest = sentence(flow, at)
    start = rest.find(claim.word)
    rest = rest[start:] if claim.word and start >= 0 else claim.word
    parts = _FURTHER.split(rest)
    kept = parts[:1]
    for part in parts[1:]:
        if _STATES.search(part):
            break
        kept.append(part)
    return ";".join(kept)


def spot(flow: Flow, claim: Claim, words: str) -> Place:
    """The place of words that a claim names, the claim's own where they are not found behind it."""
    at = offset(flow, claim.place)
    found = -1 if at is None else flow.text.find(words, at)
    return claim.place if found < 0 else flow.place(found, words)


def text_place(report: Report, claim: Claim, text: str) -> Place:
    """The place of a text that follows a claim's words (a reason, a purpose)."""
    flow = flow_of(report, claim)
    return claim.place if flow is None or not text else spot(flow, claim, text)


def shown(text: str) -> str:
    """A text in compact form with Chinese punctuation again."""
    return text.translate(_FULL)


def before(one: Place, other: Place) -> bool:
    """Whether one place stands before another in the document."""
    return _order(one) < _order(other)


def _order(place: Place) -> tuple[int, int, float, int]:
    top = place.box[1] if place.box else 0.0
    return place.page or 0, place.line or 0, top, place.start or 0
