"""Of the slips in sentences that are determined, at least 98 % are found (a fixed sample; all in bench/trust.py)."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import pytest

from juesuan.model.findings import Finding
from tests.trust.documents import NAMES, REAL, Checked, check, text_of
from tests.trust.plain import matrix
from tests.trust.wording import SEED, Slip, Wording

SAMPLE = 24
FOUND = 0.98


def slips_of(name: str, real: Path | None) -> list[Slip]:
    return list(Wording(text_of(name, real), bool(matrix(name).get("aligned"))).slips())


def signature(finding: Finding) -> tuple[object, ...]:
    """What tells a finding from another, wherever it stands."""
    own = (finding.check, finding.places[0].quote, finding.printed, finding.expected)
    return (*own, tuple(signature(s) for s in finding.symptoms))


def near(finding: Finding, line: int) -> bool:
    """Whether it speaks of the line, or of one that the same sentence may run on to."""
    every = (finding, *finding.symptoms)
    return any(abs((p.line or 0) - line) <= 3 for f in every for p in f.places)


def detected(name: str, base: Checked, slip: Slip) -> str:
    """The check that finds the slip, "" if none does."""
    lines = base.text.split("\n")
    lines[slip.line - 1] = slip.text
    known = Counter(signature(f) for f in base.result.findings)
    for finding in check(name, "\n".join(lines)).result.findings:
        mine = signature(finding)
        if known[mine]:
            known[mine] -= 1
        elif near(finding, slip.line):
            return finding.check
    return ""


def trials(name: str, real: Path | None, sample: int | None) -> list[tuple[Slip, str]]:
    found = slips_of(name, real)
    if sample is not None and len(found) > sample:
        found = random.Random(f"{SEED} {name}").sample(found, sample)
    base = check(name, text_of(name, real))
    return [(slip, detected(name, base, slip)) for slip in found]


@pytest.mark.parametrize("name", NAMES)
def test_slips_in_sentences_are_found(name: str, request: pytest.FixtureRequest) -> None:
    real = request.getfixturevalue("real") if name in REAL else None
    done = trials(name, real, SAMPLE)
    missed = [f"{slip.kind} {slip.line}: {slip.was} → {slip.now}" for slip, found in done if not found]
    assert len(done) >= 20
    assert len(missed) <= len(done) * (1 - FOUND) + 0.5, missed
