"""The cases of equations and checks (tests/cases/<ID>.yml): each needs passed, failed and unchecked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from juesuan.checking.registry import discover
from juesuan.checking.runner import run
from juesuan.knowledge.equations import equations
from juesuan.model.findings import Finding, Result, Severity
from tests.checking.drafts import draft
from tests.checking.text_cases import text_report

CASES = Path(__file__).parents[1] / "cases"
NAMES = [*(equation.id for equation in equations()), *sorted(discover())]


def cases_of(name: str) -> dict[str, Any]:
    path = CASES / f"{name}.yml"
    if not path.is_file():
        return {}
    loaded: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return loaded


def built() -> Iterator[Any]:
    """The cases over hand-built reports (`from: facts`) and over the text of a document (`from: text`)."""
    for name in NAMES:
        for title, case in cases_of(name).items():
            if isinstance(case.get("given"), str) and case.get("from", "facts") in ("facts", "text"):
                yield pytest.param(name, case, id=f"{name}-{title}")


@pytest.mark.parametrize("name", NAMES)
def test_every_equation_and_check_has_its_three_cases(name: str) -> None:
    assert {"passed", "failed", "unchecked"} <= {case["expect"] for case in cases_of(name).values()}


def test_no_cases_for_what_does_not_exist() -> None:
    assert {path.stem for path in CASES.glob("*.yml")} <= set(NAMES)


def every(findings: list[Finding], name: str) -> list[Finding]:
    """The findings of one check, symptoms included."""
    return [f for finding in findings for f in (finding, *finding.symptoms) if f.check == name]


def outcome(result: Result, name: str, considered: int) -> str:
    if every(result.findings, name):
        return "failed"
    if any(check == name for check, _, _ in result.reasons):
        return "unchecked"
    return "passed" if considered else "nothing"


@pytest.mark.parametrize(("name", "case"), list(built()))
def test_case(name: str, case: dict[str, Any]) -> None:
    if case.get("from") == "text":
        report = text_report(case)
    else:
        report = draft(case["given"], case.get("department", "某局"), case.get("complete"))
    result = run(report)
    assert [crash for crash in result.crashes if crash.check == name or crash.check.startswith("EQ")] == []
    assert outcome(result, name, result.passed) == case["expect"]
    found = every(result.findings, name)
    if "severity" in case:
        assert max(f.severity for f in found) == Severity[case["severity"].upper()]
    if "says" in case:
        said = [f.message for f in found] + [reason for check, reason, _ in result.reasons if check == name]
        assert any(re.search(case["says"], text) for text in said), said
