"""Facts read from the real and the written accounts equal the facts keyed by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.understanding.hand_keyed import (
    ACCOUNTS,
    EXPECTATIONS,
    WRITTEN,
    keyed_facts,
    lines_of,
    mismatches,
    report_of,
)

REAL = ("xigang-office-2024.txt", "putuo-social-work-2024.txt", "putuo-culture-2025.txt")


@pytest.mark.parametrize("name", WRITTEN)
def test_written_account(name: str) -> None:
    path = ACCOUNTS / f"{name}.txt"
    expected = keyed_facts(ACCOUNTS / f"{name}.facts.csv")
    assert len(expected) >= 90
    assert list(mismatches(report_of(path), lines_of(path), expected)) == []


@pytest.mark.real
@pytest.mark.parametrize("name", REAL)
def test_real_account(name: str, real: Path) -> None:
    path = real / name
    expected = keyed_facts(EXPECTATIONS / "facts.csv", name)
    assert len(expected) >= 60
    assert list(mismatches(report_of(path), lines_of(path), expected)) == []


@pytest.mark.real
@pytest.mark.parametrize("name", REAL)
def test_every_table_figure_is_read(name: str, real: Path) -> None:
    """No money in a table is unread, and no fact has an unknown key."""
    report = report_of(real / name)
    assert [u for u in report.unread if u.place.table] == []
    assert all(key.known for fact in report.facts for key in fact.keys)
