"""The wrong words (错处): the first place of a finding is where those words stand that it prints, not a figure beside them.

What was its place before is then the next one. Refuses to look beyond the sentence, and to move away from a place that
shows the words already.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from juesuan.checking.passages import offset, printed
from juesuan.knowledge.phrases import compact
from juesuan.model.claims import Flow
from juesuan.model.findings import Finding
from juesuan.model.places import Place
from juesuan.model.reports import Report

_STOP = re.compile(r"[。!?]")
Flows = Mapping[tuple[int | None, int | None], Sequence[Flow]]


def pointed(report: Report, findings: Iterable[Finding]) -> list[Finding]:
    """The findings, each with the place of its words first."""
    flows: dict[tuple[int | None, int | None], list[Flow]] = defaultdict(list)
    for section in report.sections:
        for flow in section.entries:
            for spot in dict.fromkeys((place.page, place.line) for place in flow.places):
                flows[spot].append(flow)
    return [_pointed(flows, finding) for finding in findings]


def _pointed(flows: Flows, finding: Finding) -> Finding:
    symptoms = tuple(_pointed(flows, symptom) for symptom in finding.symptoms)
    places = finding.places
    if places and finding.printed and (own := _own(flows, places[0], compact(finding.printed))):
        places = (own, *(place for place in places if place != own))
    return replace(finding, places=places, symptoms=symptoms)


def _own(flows: Flows, place: Place, words: str) -> Place | None:
    """Where the words stand in the sentence of a place; None where they stand at the place, or nowhere near."""
    quote = compact(place.quote)
    if not words or words in quote or place.table is not None:
        return None
    for flow in flows.get((place.page, place.line), ()):
        at = offset(flow, place)
        if at is None:
            continue
        start = max((stop.end() for stop in _STOP.finditer(flow.text, 0, at)), default=0)
        end = stop.start() if (stop := _STOP.search(flow.text, at)) else len(flow.text)
        found = [match.start() for match in re.finditer(re.escape(words), flow.text[start:end])]
        if found:
            best = start + min(found, key=lambda one: abs(start + one - at))
            return flow.place(best, printed(flow, best, best + len(words)))
    return None
