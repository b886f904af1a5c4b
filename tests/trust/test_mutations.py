"""Slips in tables: of those that an independent oracle calls determined, at least 99 % are found at their figure.

A fixed sample; `python bench/trust.py` runs all of them and writes docs/trust.md.
"""

from __future__ import annotations

import random

import pytest

from tests.trust.documents import NAMES, REAL, available, oracle, sound
from tests.trust.held import facts
from tests.trust.mutate import SEED, ZERO
from tests.trust.trials import all_of, trial

SAMPLE = 30
ZEROS = 60
FOUND = 0.99
EXCLUDED = 0.05

documents = pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.real if name in REAL else ()) for name in NAMES]
)


@documents
def test_the_oracle_reads_the_same_figures(name: str) -> None:
    """Its own reader, with positions keyed by hand, finds the figures that juesuan finds, and no others."""
    read = {where: fact.amount.value for where, fact in facts(sound(name)).items()}
    assert {(f.line, f.cell): f.value for f in oracle(name).figures if f.text} == read


def test_few_slips_are_left_out() -> None:
    """The oracle, which refuses a document that contradicts itself, determines nearly all slips."""
    slips = [(oracle(name), m) for name in available() for m in all_of(name, ZEROS) if m.kind != ZERO]
    left_out = [m for judge, m in slips if not judge.determined(m.figure, m.text)]
    assert len(left_out) <= EXCLUDED * len(slips)


@documents
def test_determined_slips_are_found(name: str) -> None:
    slips = [m for m in all_of(name, ZEROS) if oracle(name).determined(m.figure, m.text)]
    done = [trial(name, slip) for slip in random.Random(f"{SEED} {name}").sample(slips, SAMPLE)]
    missed = [f"{t.mutation.figure.line}: {t.mutation.figure.text} → {t.mutation.text}" for t in done if not t.check]
    assert len(missed) <= (1 - FOUND) * len(done), missed


def test_a_wrong_total_does_not_make_its_aligned_table_unread() -> None:
    """Where columns are told from positions, sums that fail by one figure doubt the figure, not the reading."""
    totals = [m for m in all_of("geology", 0) if m.figure.line in (86, 306)]
    assert [m.text for m in totals if not trial("geology", m).check] == []
