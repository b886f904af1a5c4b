"""Correct explanations in wordings that the product never loads: understood, and nothing is found in them.

A fixed sample; `python bench/trust.py` measures all hundred. A wrong key counts as unread.
"""

from __future__ import annotations

from tests.wordings.explanations.measuring import measure, unseen

LEAST = 0.95


def test_wordings_without_an_entry_in_the_phrase_book() -> None:
    found = measure(seed for seed in range(60) if unseen(seed) and seed % 2 == 0)
    assert found.figures > 500
    assert found.alarms == []
    assert found.right >= LEAST * found.figures, found.unread


def test_wordings_of_all_kinds() -> None:
    found = measure(seed for seed in range(30) if not unseen(seed) and seed % 2)
    assert found.alarms == []
    assert found.right >= LEAST * found.figures, found.unread
