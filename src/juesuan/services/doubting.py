"""Doubting (存疑): the words of a published account that its own check proves wrong, so that nobody carries them over.

Only reasons and purposes that carry an error. Refuses to touch figures: they are taken as printed, for the checks to say.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from juesuan.checking.runner import run
from juesuan.knowledge.names import plain
from juesuan.model.claims import Claim, Flow
from juesuan.model.findings import Finding, Severity
from juesuan.model.places import Place
from juesuan.model.reports import Report

_WORDS = ("purpose", "reason")


@dataclass(frozen=True, slots=True)
class Doubts:
    """Claims that are not to be carried over, and a line for each that says why."""

    claims: tuple[Claim, ...] = ()
    told: tuple[str, ...] = ()

    def cleared(self, report: Report) -> Report:
        """The account without them."""
        return replace(report, claims=[claim for claim in report.claims if claim not in self.claims])


def doubts_of(report: Report) -> Doubts:
    """What is wrong in the account's own words. All checks are run."""
    found: dict[int, tuple[Claim, str]] = {}
    for finding in run(report).findings:
        if finding.severity == Severity.ERROR and finding.places and finding.printed:
            for number, claim in _meant(report, finding):
                where = finding.places[0].spot
                found.setdefault(
                    number, (claim, f"{where}{'：' if where else ''}{finding.message}（{finding.advice}）")
                )
    return Doubts(tuple(claim for claim, _ in found.values()), tuple(said for _, said in found.values()))


def _meant(report: Report, finding: Finding) -> Iterator[tuple[int, Claim]]:
    """The reasons and purposes that a finding quotes, in the passage that it points to."""
    place, quoted = finding.places[0], plain(finding.printed)
    for number, claim in enumerate(report.claims):
        if claim.kind in _WORDS and quoted in plain(claim.word) and _holds(_passage(report, claim), place):
            yield number, claim


def _passage(report: Report, claim: Claim) -> Flow:
    return report.sections[claim.section].entries[claim.entry]


def _holds(passage: Flow, place: Place) -> bool:
    """Whether a place is on a printed line of the passage."""
    return any(_line(one) == _line(place) for one in passage.places)


def _line(place: Place) -> tuple[object, ...]:
    """What tells a printed line from another: its number in a text, its height on a page."""
    return place.page, place.line, place.box[1] if place.box else None
