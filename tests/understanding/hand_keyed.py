"""The hand-keyed facts: (line, cell) → printed figure and keys, for the real and the written accounts."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from juesuan.documents.reading import read
from juesuan.model.reports import Fact, Report
from juesuan.understanding import interpret

HERE = Path(__file__).parent
ACCOUNTS = HERE.parent / "accounts"
EXPECTATIONS = HERE.parent / "expectations"
WRITTEN = ("linhe-health-2024", "central-geology-2021")


@dataclass(frozen=True)
class Keyed:
    """One hand-keyed figure. `cell` counts tab-separated cells from 1, or blank-separated tokens in spaced tables."""

    line: int
    cell: int
    printed: str
    unit: str
    keys: tuple[str, ...]


def keyed_facts(path: Path, file: str | None = None) -> list[Keyed]:
    with path.open(encoding="utf-8-sig", newline="") as handle:
        return [
            Keyed(
                int(row["line"]),
                int(row["cell"]),
                row["printed"].strip(),
                row["unit"],
                tuple(sorted(k.strip() for k in row["keys"].split("|"))),
            )
            for row in csv.DictReader(handle)
            if file is None or row["file"] == file
        ]


def lines_of(path: Path) -> list[str]:
    return path.read_text("utf-8").split("\n")


def position(line: str, start: int) -> int:
    """The number of the cell that begins at this character of the line."""
    before = line[:start]
    return before.count("\t") + 1 if "\t" in line else len(before.split()) + 1


def report_of(path: Path) -> Report:
    return interpret(read(path, path.name))


def placed(report: Report, lines: list[str]) -> dict[tuple[int, int], Fact]:
    """Printed facts by (line, cell)."""
    found: dict[tuple[int, int], Fact] = {}
    for fact in report.facts:
        if not fact.blank and fact.place.line is not None:
            line = lines[fact.place.line - 1]
            found[(fact.place.line, position(line, fact.place.start or 0))] = fact
    return found


def mismatches(report: Report, lines: list[str], expected: list[Keyed]) -> Iterator[str]:
    """What differs between the report and the hand-keyed facts, in words."""
    facts = placed(report, lines)
    for want in expected:
        fact = facts.get((want.line, want.cell))
        if fact is None:
            yield f"{want.line}:{want.cell} {want.printed}: not read, expected {' | '.join(want.keys)}"
            continue
        got = tuple(sorted(str(k) for k in fact.keys))
        if got != want.keys:
            yield f"{want.line}:{want.cell} {want.printed}: {' | '.join(got)} instead of {' | '.join(want.keys)}"
        if re.sub(r"[,\s]", "", fact.place.quote) != re.sub(r"[,\s]", "", want.printed):
            yield f"{want.line}:{want.cell}: printed {fact.place.quote!r} instead of {want.printed!r}"
