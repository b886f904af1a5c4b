"""Accounts written in the habits of many places: silent where they are right, and each planted slip is found in its line.

The offices are fictional and the figures made up. `slips.toml` has, for each account, words of one line, what is put
in their place, and the least severity of the finding that has its first place there.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from juesuan.checking.runner import run
from juesuan.documents.text import read_text
from juesuan.model.findings import Finding, Severity
from juesuan.model.reports import Report
from juesuan.presenting.checked import coverage
from juesuan.understanding import interpret

FOLDER = Path(__file__).parent
ACCOUNTS = sorted(path.stem for path in FOLDER.glob("*.txt"))
NINE = (
    "totals",
    "income",
    "expenditure",
    "fiscal",
    "general_public",
    "basic",
    "three_public",
    "funds",
    "state_capital",
)
KNOWN: dict[str, dict[str, Any]] = tomllib.loads((FOLDER / "slips.toml").read_text("utf-8"))
SLIPS = [(name, slip) for name, own in KNOWN.items() for slip in own["slip"]]


def text_of(name: str) -> str:
    return (FOLDER / f"{name}.txt").read_text("utf-8")


def reported(text: str) -> Report:
    return interpret(read_text(text.encode(), "account.txt"))


def told(text: str) -> list[Finding]:
    return list(run(reported(text)).findings)


@pytest.mark.parametrize("name", ACCOUNTS)
def test_a_correct_account_is_silent_and_read(name: str) -> None:
    report = reported(text_of(name))
    result = run(report)
    assert [f.message for f in result.findings if f.severity > Severity.INFO] == []
    assert sorted({t.form for t in report.tables} & set(NINE)) == sorted(
        set(NINE) - set(KNOWN[name].get("without", ()))
    )
    unread = [u.quote for u in coverage(report, result).unread]
    assert [u.quote for u in report.unread if u.place.table] == []
    assert len(unread) <= KNOWN[name]["unread"], unread


@pytest.mark.parametrize(("name", "slip"), SLIPS, ids=[f"{n}: {s['put']}" for n, s in SLIPS])
def test_a_slip_is_found_in_its_line(name: str, slip: dict[str, str]) -> None:
    lines = text_of(name).split("\n")
    numbers = [n for n, line in enumerate(lines) if slip["in"] in line]
    assert len(numbers) == 1, f"{slip['in']} stands in {len(numbers)} lines"
    at = numbers[0]
    lines[at] = lines[at].replace(slip["in"], slip["put"], 1)
    least = Severity[slip.get("least", "error").upper()]
    found = told("\n".join(lines))
    first = [f for f in found if f.severity >= least and f.places and f.places[0].line == at + 1]
    assert first, [(f.check, f.severity.word, f.message, f.places[0].line) for f in found if f.severity > Severity.INFO]
    assert {f.places[0].line for f in found if f.severity == Severity.ERROR} <= {at + 1}
