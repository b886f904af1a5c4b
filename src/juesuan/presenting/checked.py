"""What there is to present of one file (检查结果): its report and result, or the reason why there is none.

Refuses to be half of one: either report and result are there, or only `error` says why not; where reading itself
crashed, only the result with that crash.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from juesuan.model.findings import Finding, Result, Severity
from juesuan.model.fingerprints import fingerprints, handles
from juesuan.model.places import Place
from juesuan.model.reports import Report, Unread


@dataclass(frozen=True, slots=True)
class Checked:
    """One file after `check`. `error` is the Chinese reason why it could not be checked, "" where it was."""

    file: str
    sha256: str | None = None
    report: Report | None = None
    result: Result | None = None
    error: str = ""
    stale: tuple[str, ...] = ()
    """acceptances that no finding answers to any more, each in words with its handle"""

    @property
    def handles(self) -> dict[Finding, str]:
        """The short name of every finding, by which `juesuan accept` knows it."""
        if self.report is None or self.result is None:
            return {}
        found = self.result.findings
        return dict(zip(found, handles(fingerprints(self.report, found)), strict=True))

    @property
    def accepted(self) -> int:
        """How many findings are accepted."""
        return sum(bool(finding.accepted) for finding in self.findings)

    @property
    def findings(self) -> list[Finding]:
        return [] if self.result is None else in_order(self.result.findings)

    @property
    def crashed(self) -> bool:
        return self.result is not None and bool(self.result.crashes or self.result.crashed)

    def count(self, severity: Severity) -> int:
        """Findings of one severity that nobody has accepted."""
        return sum(f.severity == severity and not f.accepted for f in self.findings)


class Coverage(NamedTuple):
    """Every figure accounted for: `figures` = verified + read + unread. `apart` are numerals that are no figures."""

    figures: int
    verified: int
    read: int
    unread: list[Unread]
    apart: dict[str, int]


def coverage(report: Report, result: Result) -> Coverage:
    """Counts printed figures, not keys; a blank cell is no figure."""
    listed = {_spot(u.place) for u in report.unread}
    unread = list(report.unread)
    verified = len(result.verified_claims)
    for fact in report.facts:
        if fact.blank:
            continue
        if not all(key.known for key in fact.keys):
            if _spot(fact.place) not in listed:
                unread.append(Unread(fact.place, fact.place.quote, "未能确定这是什么指标"))
        elif fact.number in result.verified:
            verified += 1
    read = report.figures - verified - len(unread)
    unread.sort(key=lambda u: place_order(u.place))
    return Coverage(report.figures, verified, read, unread, dict(sorted(report.apart.items())))


def by_count(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """The most first."""
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def _spot(place: Place) -> tuple[object, ...]:
    return (place.page, place.line, place.start, place.table, place.row, place.column)


def place_order(place: Place | None) -> tuple[int, int, int]:
    """Where a place stands in its file, for sorting."""
    if place is None:
        return (0, 0, 0)
    return (place.page or 0, place.line or 0, place.start or 0)


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """The gravest first, then as they stand in the document."""
    return sorted(
        findings,
        key=lambda f: (-f.severity, place_order(f.places[0] if f.places else None), f.check, f.message),
    )
