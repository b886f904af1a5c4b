"""Made-up accounts once around: built, written as DOCX, text and data, read back; the generator's own keys and figures.

JUESUAN_ACCOUNTS says how many (make test: 6; bench/roundtrip.py: 200).
"""

from __future__ import annotations

import os
from dataclasses import replace
from decimal import Decimal

import pytest

from juesuan.generating import generate, report_of
from juesuan.model.amounts import Amount
from juesuan.model.reports import Report
from tests.generating import around

#: spread over styles and years: 11 is prime to their 24 combinations
SEEDS = [n * 11 for n in range(int(os.environ.get("JUESUAN_ACCOUNTS", "6")))]


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_built_is_read_back(seed: int) -> None:
    found = around.trial(seed)
    assert found.wrong == []
    assert found.figures["docx"] == found.figures["text"] > 300


def test_a_wrong_figure_does_not_come_through(monkeypatch: pytest.MonkeyPatch) -> None:
    """The trial can fail: a class of spending that is not the generator's own is noticed in every form of writing."""

    def slipped(account: object) -> Report:
        report = report_of(generate(0))
        at = next(n for n, f in enumerate(report.facts) if f.keys[0].function == "201" and f.keys[0].fund == "all")
        amount = Amount(report.facts[at].amount.value + Decimal("0.50"), 2, "万元")
        report.facts[at] = replace(report.facts[at], amount=amount)
        return report

    monkeypatch.setattr(around, "report_of", slipped)
    wrong = around.trial(0).wrong
    assert {words.partition(":")[0] for words in wrong} >= {"build", "text", "docx", "data"}
