"""The registry and the runner: wrong declarations are refused, crashes are ours, absence is no pass."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from juesuan.checking import registry, runner
from juesuan.checking.outcomes import Failed, Outcome, Passed, Unchecked
from juesuan.checking.registry import CHECKS, BadCheck, check, discover
from juesuan.checking.runner import run
from juesuan.knowledge.equations import equations
from juesuan.model.findings import Severity
from juesuan.model.places import Place
from juesuan.model.reports import Report
from tests.checking.drafts import draft


@pytest.fixture
def checks(monkeypatch: pytest.MonkeyPatch) -> dict[str, registry.Check]:
    """An empty registry that the runner uses for one test."""
    empty: dict[str, registry.Check] = {}
    monkeypatch.setattr(registry, "CHECKS", empty)
    monkeypatch.setattr(runner, "discover", lambda: empty)
    return empty


def test_what_is_there_says_what_it_does() -> None:
    assert {"SIGN-NEGATIVE", "SHIFT-ROWS"} <= set(discover())
    assert all(c.summary and c.basis and c.subject for c in CHECKS.values())


def test_a_duplicate_id_is_refused(checks: dict[str, registry.Check]) -> None:
    @check("X", severity="error", basis="")
    def one(report: Report) -> Iterator[Outcome]:
        """一。"""
        yield Passed()

    with pytest.raises(BadCheck, match="编号"):
        check("X", severity="error", basis="")(one)
    assert checks["X"].severity is Severity.ERROR


def test_wrong_declarations_are_refused(checks: dict[str, registry.Check]) -> None:
    def silent(report: Report) -> Iterator[Outcome]:
        yield Passed()

    def said(report: Report) -> Iterator[Outcome]:
        """二。"""
        yield Passed()

    with pytest.raises(BadCheck, match="没有说明"):
        check("Y", severity="error", basis="")(silent)
    with pytest.raises(BadCheck, match="级别"):
        check("Y", severity="grave", basis="")(said)
    assert not checks


def test_outcomes_are_counted_and_findings_written(checks: dict[str, registry.Check]) -> None:
    @check("X", severity="query", basis="")
    def some(report: Report) -> Iterator[Outcome]:
        """一。"""
        yield Passed()
        yield Unchecked("没有数")
        yield Failed("不对", (Place("a.txt", line=3),), severity=Severity.INFO)
        yield Failed("也不对", (Place("a.txt", line=4),))

    before, after = run_without_checks(), run(draft("totals | flow=income | 1.00"))
    assert (after.passed, after.failed, after.unchecked) == (before.passed + 1, 2, before.unchecked + 1)
    assert [f.severity for f in after.findings] == [Severity.INFO, Severity.QUERY]
    assert ("X", "没有数", None) in after.reasons
    assert len(checks) == 1


def run_without_checks() -> runner.Result:
    saved = dict(registry.CHECKS)
    registry.CHECKS.clear()
    try:
        return run(draft("totals | flow=income | 1.00"))
    finally:
        registry.CHECKS.update(saved)


def test_a_crash_is_recorded_and_the_rest_goes_on(checks: dict[str, registry.Check]) -> None:
    @check("X", severity="error", basis="")
    def broken(report: Report) -> Iterator[Outcome]:
        """一。"""
        yield Passed() if report.facts[99:] else Failed(str(1 // len(report.facts[99:])), ())

    @check("Z", severity="error", basis="")
    def sound(report: Report) -> Iterator[Outcome]:
        """二。"""
        yield Failed("不对", ())

    result = run(draft("totals | flow=income | 1.00"))
    assert [(crash.check, crash.error) for crash in result.crashes] == [
        ("X", "ZeroDivisionError: integer division or modulo by zero")
    ]
    assert [finding.check for finding in result.findings] == ["Z"]
    assert (result.crashed, len(checks)) == (1, 2)


def test_an_equation_that_crashes_does_not_stop_the_checks(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(report: Report) -> runner.Examination:
        raise KeyError("flow")

    monkeypatch.setattr(runner, "examine", broken)
    result = run(draft("totals | flow=income | -1.00"))
    assert "EQ" in {crash.check for crash in result.crashes}
    assert "SIGN-NEGATIVE" in {finding.check for finding in result.findings}


def test_an_empty_report_passes_no_equation(checks: dict[str, registry.Check]) -> None:
    result = run(draft(""))
    assert (result.passed, result.failed, result.crashed, len(checks)) == (0, 0, 0, 0)
    assert {check for check, _, _ in result.reasons} == {e.id for e in equations()} | {"SHIFT-ROWS"}
