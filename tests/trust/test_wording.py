"""Of the slips in sentences that are determined, at least 98 % are found (a fixed sample; all in bench/trust.py)."""

from __future__ import annotations

import random

import pytest

from tests.trust.documents import NAMES, REAL, available
from tests.trust.sentences import detected, slips_of, stated
from tests.trust.wording import RULES, SEED

SAMPLE = 24
FOUND = 0.98
READ = 0.97


@pytest.mark.parametrize("name", NAMES)
def test_slips_in_sentences_are_found(name: str, request: pytest.FixtureRequest) -> None:
    if name in REAL:
        request.getfixturevalue("real")
    found = slips_of(name)
    chosen = random.Random(f"{SEED} {name}").sample(found, min(SAMPLE, len(found)))
    missed = [f"{slip.kind} {slip.line}: {slip.was} → {slip.now}" for slip in chosen if not detected(name, slip)[0]]
    assert len(chosen) >= 20
    assert len(missed) <= len(chosen) * (1 - FOUND) + 0.5, missed


def test_every_kind_of_slip_is_planted() -> None:
    planted = {slip.kind for name in available() for slip in slips_of(name)}
    assert planted == set(RULES) or available() != NAMES


@pytest.mark.parametrize("name", NAMES)
def test_nearly_all_figures_of_sentences_are_read(name: str, request: pytest.FixtureRequest) -> None:
    if name in REAL:
        request.getfixturevalue("real")
    found = stated(name)
    whole = found.verified + found.read + len(found.unread)
    assert whole >= 80
    assert len(found.unread) <= (1 - READ) * whole, found.unread
