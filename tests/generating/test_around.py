"""Made-up accounts once around: built, written as DOCX, text and data, read back; the generator's own keys and figures.

JUESUAN_ACCOUNTS says how many (make test: 6; bench/roundtrip.py: 200).
"""

from __future__ import annotations

import os
from dataclasses import replace

import pytest

from juesuan.generating import generate, report_of
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

    honest = generate(0)
    key = next(k for k in honest.facts if k.flow == "expenditure" and len(k.function) == 3 and k.function.isdecimal())
    true = honest.facts[key]
    slipped = replace(honest, facts=honest.facts | {key: replace(true, value=true.value + 5000)})
    monkeypatch.setattr(around, "generate", lambda seed: slipped)
    monkeypatch.setattr(around, "report_of", lambda account: report_of(honest))
    wrong = around.trial(0).wrong
    assert {words.partition(":")[0] for words in wrong} == {"text", "docx", "data"}
