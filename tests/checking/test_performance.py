"""Self-evaluation forms: the real and the written accounts give what is listed by hand, one slip gives one finding."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from juesuan.checking.outcomes import Failed
from juesuan.checking.registry import discover
from juesuan.checking.selfevaluation import self_evaluations
from juesuan.documents.text import read_text
from juesuan.model.findings import Severity
from juesuan.model.places import Place
from juesuan.model.reports import Report
from juesuan.understanding import interpret
from tests.checking.test_cases import cases_of

HERE = Path(__file__).parent
ACCOUNTS = HERE.parent / "accounts"
LISTED = HERE.parent / "expectations" / "contradictions.toml"
IDS = sorted(name for name in discover() if name.startswith("PERF-"))
Said = tuple[str, Severity, Failed]


def said(report: Report) -> list[Said]:
    """(check, severity, what failed) of all checks on performance forms."""
    found: list[Said] = []
    for name in IDS:
        declared = discover()[name]
        assert declared.run is not None
        for outcome in declared.run(list(self_evaluations(report))):
            if isinstance(outcome, Failed):
                found.append((name, declared.severity if outcome.severity is None else outcome.severity, outcome))
    return found


def report_of(text: str) -> Report:
    return interpret(read_text(text.encode(), "forms.txt"))


@pytest.mark.parametrize("name", IDS)
def test_every_check_has_its_three_cases(name: str) -> None:
    assert {"passed", "failed", "unchecked"} <= {case["expect"] for case in cases_of(name).values()}


# The accounts ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["linhe-health-2024", "central-geology-2021"])
def test_nothing_in_the_written_accounts(name: str) -> None:
    assert said(report_of((ACCOUNTS / f"{name}.txt").read_text("utf-8"))) == []


def listed(document: str) -> list[dict[str, Any]]:
    entries = tomllib.loads(LISTED.read_text("utf-8"))["performance"]
    return [entry for entry in entries if entry["document"] == document]


def cell(lines: list[str], place: Place) -> tuple[int, int]:
    assert place.line is not None
    return place.line, lines[place.line - 1][: place.start].count("\t") + 1


@pytest.mark.real
@pytest.mark.parametrize("name", ["xigang-office-2024.txt", "putuo-social-work-2024.txt", "putuo-culture-2025.txt"])
def test_the_real_documents(name: str, real: Path) -> None:
    """All that must be found is found, nothing that is not listed, and nothing more severely than it is listed."""
    text = (real / name).read_text("utf-8")
    lines = text.split("\n")
    found = [
        (severity, {cell(lines, place) for place in failed.places}) for _, severity, failed in said(report_of(text))
    ]
    expected = listed(name)
    for entry in expected:
        cells = {tuple(c) for c in entry["cells"]}
        levels = {entry["severity"], *entry.get("accept", [])}
        if entry["expect"] == "must":
            assert any(cells <= places and severity.name.lower() in levels for severity, places in found), entry
    every = {tuple(c) for entry in expected for c in entry["cells"]}
    for severity, places in found:
        assert places <= every
        assert severity <= Severity.QUERY


# One slip -------------------------------------------------------------------------------------------------------------

ATTACHED = (ACCOUNTS / "linhe-health-2024.txt").read_text("utf-8").rpartition("第五部分 附件")[2]
COVER = "临河县卫生健康局\n2024 年度部门决算\n2024 年度部门决算情况说明\n"
TEXT = COVER + ATTACHED.replace("项目支出预算绩效", "项目支出绩效")
DETERMINED = {"weight", "score", "full_year", "final", "rate"}
"""what other figures of the form determine"""


def slips(figure: str) -> Iterator[str]:
    """The figure times ten, with another first digit, and with its first two digits swapped."""
    whole, _, decimals = figure.partition(".")
    yield f"{whole}{decimals[:1] or 0}" + (f".{decimals[1:]}" if decimals[1:] else "")
    yield f"{(int(figure[0]) + 4) % 10 or 9}{figure[1:]}"
    if whole[1:] and whole[0] != whole[1]:
        yield f"{whole[1]}{whole[0]}{figure[2:]}"


def kind(report: Report, number: int) -> str:
    key = report.facts[number].keys[0]
    if key.indicator == "预算执行率" and key.measure == "actual":
        return "rate"
    return key.basis if key.measure == "amount" else key.measure


def test_one_slip_is_one_finding() -> None:
    """A slip in a weight, a score, a rate or the money behind it gives one finding, that figure among its places."""
    report = report_of(TEXT)
    lines = TEXT.split("\n")
    assert said(report) == []
    tried = 0
    for fact in report.facts:
        place = fact.place
        if fact.table < 0 or kind(report, fact.number) not in DETERMINED or place.line is None or place.start is None:
            continue
        line = lines[place.line - 1]
        printed = re.compile(r"\d+(?:\.\d+)?").match(line, place.start)
        assert printed is not None
        for slip in slips(printed.group()):
            changed = f"{line[: printed.start()]}{slip}{line[printed.end() :]}"
            found = said(report_of("\n".join([*lines[: place.line - 1], changed, *lines[place.line :]])))
            assert len(found) == 1, (printed.group(), slip, [(name, failed.message) for name, _, failed in found])
            assert found[0][1] >= Severity.WARNING
            assert any((p.line, p.start) == (place.line, place.start) for p in found[0][2].places), (place, slip)
            tried += 1
    assert tried > 100
