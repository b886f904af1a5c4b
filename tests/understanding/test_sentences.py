"""Figures of sentences equal those keyed by hand: a wrong key counts as unread."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from juesuan.model.reports import Report
from tests.understanding.hand_keyed import EXPECTATIONS, lines_of, report_of

FIGURES = EXPECTATIONS / "text" / "figures.csv"
REAL = ("xigang-office-2024.txt", "putuo-social-work-2024.txt", "putuo-culture-2025.txt")
NUMERAL = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?")
KINDLESS = ("threshold", "rule")


def drawn(file: str) -> list[dict[str, str]]:
    with FIGURES.open(encoding="utf-8-sig", newline="") as handle:
        return [row for row in csv.DictReader(handle) if row["file"] == file]


def read(report: Report) -> dict[tuple[int, int], tuple[str, frozenset[str], str]]:
    """(line, offset) → (kind, keys, base) of every figure read in a sentence."""
    found: dict[tuple[int, int], tuple[str, frozenset[str], str]] = {}
    for fact in report.facts:
        if fact.table < 0 and fact.place.line:
            kind = fact.keys[0].measure
            found[(fact.place.line, fact.place.start or 0)] = (kind, frozenset(map(str, fact.keys)), "")
    for claim in report.claims:
        if claim.amount is not None and claim.place.line and claim.kind != "list_count":
            keys = frozenset(map(str, (claim.key, *claim.also)))
            found[(claim.place.line, claim.place.start or 0)] = (claim.kind, keys, str(claim.base or ""))
    return found


def wrong(report: Report, lines: list[str], rows: list[dict[str, str]]) -> Iterator[str]:
    facts = read(report)
    unread = {(u.place.line, u.place.start) for u in report.unread}
    for row in rows:
        line = int(row["line"])
        match = list(NUMERAL.finditer(lines[line - 1]))[int(row["nth"]) - 1]
        assert match.group() == row["printed"]
        at = (line, match.start())
        if row["kind"] in KINDLESS:
            if at in unread:
                yield f"{line}: {row['printed']} unread"
            continue
        got = facts.get(at)
        want = frozenset(k.strip() for k in row["keys"].split("|"))
        if got is None:
            yield f"{line}: {row['printed']} not read, expected {row['kind']} {row['keys']}"
        elif got[1] != want or (row["base"].strip() and got[2] not in [b.strip() for b in row["base"].split("|")]):
            yield f"{line}: {row['printed']} {got[0]} {sorted(got[1])} // {got[2]} instead of {row['keys']} // {row['base']}"


@pytest.mark.real
def test_hand_keyed_sentences(real: Path) -> None:
    """≥ 97 % of the drawn figures have the key written by hand."""
    rows = 0
    found: list[str] = []
    for name in REAL:
        expected = drawn(name)
        rows += len(expected)
        found += [f"{name}:{text}" for text in wrong(report_of(real / name), lines_of(real / name), expected)]
    assert rows == 150
    assert len(found) <= rows * 3 // 100, "\n".join(found)
