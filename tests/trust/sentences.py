"""Sentences under proof: which slips in them are found, which of their figures are verified, read and unread.

A slip is found if a finding that was not there before speaks of its line, or of one that the sentence may run on to.
Refuses to count a figure of a table.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from juesuan.model.findings import Finding
from juesuan.model.places import Place
from tests.trust.documents import Checked, check, sound, text_of
from tests.trust.plain import matrix
from tests.trust.wording import Slip, Wording
from tests.understanding.hand_keyed import lines_of, report_of
from tests.understanding.test_sentences import drawn, wrong

_NEAR = 3
"""lines that a sentence may run on"""


@cache
def slips_of(name: str) -> tuple[Slip, ...]:
    return tuple(Wording(text_of(name), bool(matrix(name).get("aligned"))).slips())


def detected(name: str, slip: Slip) -> tuple[str, str]:
    """The check that finds the slip and its severity, both "" if none does."""
    base = sound(name)
    lines = base.text.split("\n")
    for line, text in slip.printed:
        lines[line - 1] = text
    known = Counter(_signature(f) for f in base.result.findings)
    found = [f for f in check(name, "\n".join(lines)).result.findings if _new(f, known) and _near(f, slip)]
    best = max(found, key=lambda f: f.severity, default=None)
    return (best.check, best.severity.name) if best else ("", "")


def _new(finding: Finding, known: Counter[tuple[object, ...]]) -> bool:
    mine = _signature(finding)
    if not known[mine]:
        return True
    known[mine] -= 1
    return False


def _signature(finding: Finding) -> tuple[object, ...]:
    """What tells a finding from another, wherever it stands."""
    own = (finding.check, finding.places[0].quote, finding.printed, finding.expected)
    return (*own, tuple(_signature(s) for s in finding.symptoms))


def _near(finding: Finding, slip: Slip) -> bool:
    every = (finding, *finding.symptoms)
    lines = [p.line or 0 for f in every for p in f.places]
    return any(abs(line - changed) <= _NEAR for line in lines for changed, _ in slip.printed)


@dataclass(frozen=True)
class Stated:
    """The figures of a document's sentences: how many are verified and read, and those that are not understood."""

    verified: int
    read: int
    unread: list[tuple[int, str, str]] = field(default_factory=list)
    """line, numeral, reason"""


def stated(name: str) -> Stated:
    base = sound(name)
    held = {_spot(f.place): f.number in base.result.verified for f in base.report.facts if f.table < 0}
    claims = [c.place for c in base.report.claims if c.amount is not None and c.kind != "list_count"]
    held |= {_spot(place): _claim_spot(place) in base.result.verified_claims for place in claims}
    unread = [u for u in base.report.unread if not _in_table(base, u.place)]
    verified = sum(held.values())
    return Stated(verified, len(held) - verified, [(u.place.line or 0, u.quote, u.reason) for u in unread])


def _spot(place: Place) -> tuple[int, int]:
    return place.line or 0, place.start or 0


def _claim_spot(place: Place) -> tuple[int | None, int | None, int | None]:
    return place.page, place.line, place.start


def _in_table(base: Checked, place: Place) -> bool:
    return place.table is not None or "\t" in base.lines[(place.line or 1) - 1]


def wrongly_keyed(folder: Path, file: str) -> tuple[int, list[str]]:
    """How many figures of a real document were keyed by hand, and those that are read as something else."""
    rows = drawn(file)
    return len(rows), list(wrong(report_of(folder / file), lines_of(folder / file), rows))
