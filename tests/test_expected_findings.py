"""The findings on the three real documents are those that an officer found by hand, and no others.

Expectations: tests/expectations (tables, structure, performance) and tests/expectations/text (explanation). A finding
answers an entry if it names one of the entry's lines with an allowed severity.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from juesuan.checking.runner import run
from juesuan.documents.reading import read
from juesuan.model.findings import Finding, Result, Severity
from juesuan.understanding import interpret

pytestmark = pytest.mark.real
HERE = Path(__file__).parent / "expectations"
REAL = ("xigang-office-2024.txt", "putuo-social-work-2024.txt", "putuo-culture-2025.txt")


@dataclass(frozen=True)
class Entry:
    """One hand-made entry: the lines that it may be found at, and the severities that would do."""

    name: str
    lines: frozenset[int]
    severities: frozenset[Severity]
    must: bool


def _lines(raw: dict[str, Any]) -> Iterator[int]:
    yield from ([raw["line"]] if "line" in raw else [])
    yield from raw.get("lines", [])
    yield from (cell[0] for cell in raw.get("cells", []))
    if "first_line" in raw:
        yield from range(raw["first_line"], raw["last_line"] + 1)


def _entry(raw: dict[str, Any], name: str, must: bool) -> Entry:
    words = [raw.get("severity", "error"), *raw.get("accept", [])]
    return Entry(name, frozenset(_lines(raw)), frozenset(Severity[w.upper()] for w in words), must)


@cache
def entries(document: str) -> tuple[Entry, ...]:
    found = []
    tables = tomllib.loads((HERE / "contradictions.toml").read_text("utf-8"))
    for kind in ("contradiction", "performance", "structure"):
        for n, raw in enumerate(tables.get(kind, [])):
            if raw["document"] == document:
                found.append(_entry(raw, f"{kind} {n}", raw.get("expect", "must") == "must"))
    text = tomllib.loads((HERE / "text" / "findings.toml").read_text("utf-8"))
    for raw in text["finding"]:
        if raw["document"] == document:
            follows = "follows" in raw
            found.append(_entry(raw, raw["id"], raw["expect"] == "must" and not follows))
    return tuple(found)


@cache
def result(path: Path) -> Result:
    return run(interpret(read(path, path.name)))


def lines_of(finding: Finding) -> set[int]:
    every: Iterable[Finding] = (finding, *finding.symptoms)
    return {p.line for f in every for p in f.places if p.line is not None}


def first_line(finding: Finding) -> int:
    return finding.places[0].line or 0


@pytest.mark.parametrize("name", REAL)
def test_what_must_be_found_is_found(name: str, real: Path) -> None:
    findings = result(real / name).findings
    missed = [
        (e.name, sorted(e.lines)[:4])
        for e in entries(name)
        if e.must and not any(lines_of(f) & e.lines and f.severity in e.severities for f in findings)
    ]
    assert missed == []


@pytest.mark.parametrize("name", REAL)
def test_nothing_else_is_asserted(name: str, real: Path) -> None:
    """Every error, warning and query answers an entry; hints may stand beside them."""
    unexpected = [
        (f.check, f.severity.name, first_line(f), f.message[:60])
        for f in result(real / name).findings
        if f.severity > Severity.INFO
        and not any(first_line(f) in e.lines and f.severity <= max(e.severities) for e in entries(name))
    ]
    assert unexpected == []


@pytest.mark.parametrize("name", REAL)
def test_no_check_crashed(name: str, real: Path) -> None:
    assert result(real / name).crashes == []
