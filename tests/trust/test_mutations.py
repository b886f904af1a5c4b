"""Slips in tables: of those that an independent oracle calls determined, at least 99 % are found at their figure.

A fixed sample; `python bench/trust.py` runs all of them and writes docs/trust.md.
"""

from __future__ import annotations

import random

import pytest

from juesuan.model.findings import Severity
from tests.trust.documents import NAMES, REAL, oracle, sound
from tests.trust.held import claimed, facts, proved
from tests.trust.mutate import SEED, ZERO
from tests.trust.trials import Trial, all_of, trial

SAMPLE = 30
HELD = 6
UNDETERMINED = 0.05
FOUND = 0.99
VERIFIED = 0.95


@pytest.fixture(autouse=True)
def _real_accounts(request: pytest.FixtureRequest) -> None:
    """A real account is looked at only where there is one."""
    if request.node.callspec.params["name"] in REAL:
        request.getfixturevalue("real")


def trials(name: str, sample: int) -> list[Trial]:
    every = [m for m in all_of(name, 40) if m.kind != ZERO or m.figure.text]
    chosen = random.Random(f"{SEED} {name} sample").sample(every, min(sample, len(every)))
    return [trial(name, mutation) for mutation in chosen]


@pytest.mark.parametrize("name", NAMES)
def test_determined_slips_are_found(name: str) -> None:
    done = trials(name, SAMPLE)
    determined = [t for t in done if t.determined]
    missed = [
        f"{t.mutation.figure.line}: {t.mutation.figure.text} → {t.mutation.text}" for t in determined if not t.check
    ]
    assert len(determined) >= SAMPLE * 2 / 3
    assert len(missed) <= len(determined) * (1 - FOUND) + 0.7, missed


@pytest.mark.parametrize("name", NAMES)
def test_verified_is_proved(name: str) -> None:
    """What is called verified changes an outcome when it is changed in the text and all is checked again."""
    known = facts(sound(name))
    money = [f for f in oracle(name).figures if f.value and f.text and not f.form.startswith("perf")]
    money = [f for f in money if (f.line, f.cell) in known]
    chosen = random.Random(f"{SEED} {name} held").sample(money, min(HELD, len(money)))
    assert [f.text for f in chosen if claimed(name, f) and not proved(name, f)] == []
    assert sum(claimed(name, f) for f in money) >= VERIFIED * len(money)


@pytest.mark.parametrize("name", NAMES)
def test_sound_tables_are_silent(name: str) -> None:
    """No identity fails in the mended and written accounts."""
    findings = sound(name).result.findings
    loud = [f.check for f in findings if f.severity > Severity.INFO]
    assert [check for check in loud if check.startswith(("EQ-", "SHIFT"))] == [
        check for check in loud if check == "EQ-AGREE" and name == "xigang"
    ]
