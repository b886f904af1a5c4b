"""Doubting (存疑): the words of a published account that its own check proves wrong, so that nobody carries them over.

Only reasons and purposes that carry an error. Refuses to touch figures: they are taken as printed, for the checks to say.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from juesuan.checking.runner import run
from juesuan.knowledge.names import plain
from juesuan.model.claims import Claim
from juesuan.model.findings import Finding, Severity
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
                line = f"第 {finding.places[0].line} 行：" if finding.places[0].line is not None else ""
                found.setdefault(number, (claim, f"{line}{finding.message}（{finding.advice}）"))
    return Doubts(tuple(claim for claim, _ in found.values()), tuple(said for _, said in found.values()))


def _meant(report: Report, finding: Finding) -> Iterator[tuple[int, Claim]]:
    """The reasons and purposes that a finding quotes: they begin on its line, or on the line before."""
    line = finding.places[0].line or 0
    quoted = plain(finding.printed)
    for number, claim in enumerate(report.claims):
        near = line - 1 <= (claim.place.line or 0) <= line
        if claim.kind in _WORDS and near and quoted in plain(claim.word):
            yield number, claim
