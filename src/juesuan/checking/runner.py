"""Runner (运行): all equations and checks over one report, counted and put together.

The only place that catches Exception: what crashes is our defect, recorded as a Crash, and the rest goes on. Refuses
to count absence as a pass: an equation or check without any instance is unchecked, with its reason.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TypeVar

from juesuan.checking.causes import Search
from juesuan.checking.consolidation import soften
from juesuan.checking.coverage import verified
from juesuan.checking.culprits import Culprit, culprits
from juesuan.checking.evaluation import Outcomes, Verdict, evaluate
from juesuan.checking.expand import expand
from juesuan.checking.expansion import Expansion
from juesuan.checking.item_sums import held_by_sums
from juesuan.checking.outcomes import Failed, Outcome, Passed, Unchecked
from juesuan.checking.proof import verified_claims
from juesuan.checking.registry import CHECKS, Check, discover
from juesuan.checking.reporting import Reporting
from juesuan.checking.selfevaluation import self_evaluations
from juesuan.checking.shifted import shift_finding
from juesuan.checking.shifts import Shift, find_shifts
from juesuan.checking.tried import tried, turning
from juesuan.checking.values import Values
from juesuan.checking.wrong_words import pointed
from juesuan.knowledge.equations import equations
from juesuan.knowledge.places import also_titled
from juesuan.model.findings import Cause, Crash, Finding, Result, Tally
from juesuan.model.fingerprints import spot
from juesuan.model.keys import ALL
from juesuan.model.reports import Report
from juesuan.model.settings import Settings

Read = TypeVar("Read")
SHIFT = "SHIFT-ROWS"
SIGN = "SIGN-NEGATIVE"
WORDS = frozenset(("lists", "text_names", "reasons", "purposes"))
"""checks of values that no figure of a sentence changes: they are not run again when one is mended on trial"""


@dataclass(slots=True)
class Examination:
    """The equations of one report: its rows, how they end, and the tables found shifted."""

    expansion: Expansion
    outcomes: Outcomes
    shifts: list[Shift] = field(default_factory=list)
    search: Search | None = None
    blamed: dict[int, int] = field(default_factory=dict)
    """number of a wrong fact → index of the finding that names it"""

    _values: Values | None = None

    @property
    def values(self) -> Values:
        """What every key is worth once the mistakes found are mended; made once, after the search."""
        if self._values is None:
            self._values = self._made()
        return self._values

    def _made(self) -> Values:
        figures = self.expansion.figures
        right = self.search.tableau.value if self.search else figures.value
        return Values(self.expansion, right, frozenset().union(*(shift.facts for shift in self.shifts)))


def examine(report: Report) -> Examination:
    """Expands and evaluates all equations, shifted tables set aside."""
    expansion = expand(report)
    _set(expansion, report.settings)
    found = Examination(expansion, evaluate(expansion))
    soften(expansion, found.outcomes)
    if not report.settings.off(SHIFT):
        found.shifts = find_shifts(expansion, found.outcomes)
    return found


def _set(expansion: Expansion, settings: Settings) -> None:
    """Severities as the bureau has set them; what is not to be checked is unchecked, with that reason."""
    if not settings.severity:
        return
    for identity in expansion.identities:
        if settings.off(identity.equation.id):
            identity.reason = settings.why_off
        identity.severity = settings.grade(identity.equation.id, identity.equation.severity, identity.severity)


def attempt(step: Callable[[], Read], *expected: type[Exception]) -> Read | Crash:
    """What reading gives, or its crash: one account that we cannot read must not end a run over hundreds."""
    try:
        return step()
    except expected:
        raise
    except Exception as error:
        return Crash("READ", f"{type(error).__name__}: {error}")


def run(report: Report) -> Result:
    """All equations and all checks. Never raises for what is in the report."""
    with also_titled(report.settings.titles):
        return _run(report)


def _run(report: Report) -> Result:
    result = Result()
    try:
        examination = examine(report)
    except Exception as error:
        _crash(result, "EQ", error)
    else:
        _count(result, examination)
        _guard(result, SHIFT, lambda: _count_shifts(result, examination))
        _guard(result, "EQ-CAUSES", lambda: _explain(result, examination))
        _guard(result, "EQ-COVERAGE", lambda: _cover(result, examination))
        _guard(result, "CLAIM-COVERAGE", lambda: _cover_claims(result, examination))
        _guard(result, "CLAIM-VALUES", lambda: _check_values(result, examination))
    _check_all(result, report, "report", lambda: report)
    _check_all(result, report, "forms", lambda: list(self_evaluations(report)))
    _guard(result, "PERF-COVERAGE", lambda: _cover_forms(result, report))
    _guard(result, "PLACES", lambda: _point(result, report))
    return result


def _point(result: Result, report: Report) -> None:
    result.findings[:] = pointed(report, result.findings)


def _check_all(result: Result, report: Report, needs: str, subject: Callable[[], object]) -> None:
    """All checks that take this subject; it is made once."""
    made: list[object] = []

    def step(check: Check) -> None:
        if not made:
            made.append(subject())
        _record(result, check, report, _outcomes(check, report, made[0]), {})

    for check in _taking(needs):
        _guard(result, check.id, lambda check=check: step(check))  # type: ignore[misc]


def _taking(needs: str) -> list[Check]:
    return [check for check in discover().values() if check.run is not None and check.needs == needs]


def _check_values(result: Result, examination: Examination) -> None:
    """All checks of claims; failures that one wrong figure of a sentence explains become one finding."""
    values = examination.values
    found: dict[str, list[Outcome]] = {}
    for check in _taking("values"):

        def step(check: Check = check) -> None:
            found[check.id] = _outcomes(check, values.report, values)

        _guard(result, check.id, step)
    again = [check for check in _taking("values") if check.id in found and check.subject not in WORDS]

    def run_again(mended: Values) -> dict[str, list[Outcome]]:
        return {check.id: _outcomes(check, values.report, mended) for check in again}

    named: list[Culprit] = []
    known = {check.id: found[check.id] for check in again}
    _guard(result, "CLAIM-CAUSES", lambda: named.extend(culprits(values, known, run_again)))
    start = len(result.findings)
    for check in _taking("values"):
        _record(result, check, values.report, found.get(check.id, []), examination.blamed)
    for culprit in named:
        _blame(result, culprit, start)


def _blame(result: Result, culprit: Culprit, start: int) -> None:
    """Puts one finding in the place of all that follow from a wrong figure."""
    new = result.findings[start:]
    gone = [f for f in new if not f.cause and (f.check, spot(f.places[0])) in culprit.failures]
    if len(gone) > 1:
        name = f"C{len(result.causes) + 1}"
        result.causes.append(Cause(name, (culprit.explanation,)))
        kept = [f for f in new if f not in gone]
        result.findings[start:] = [*kept, culprit.finding(gone, name)]


def _guard(result: Result, name: str, step: Callable[[], None]) -> None:
    try:
        step()
    except Exception as error:
        _crash(result, name, error)


def _crash(result: Result, name: str, error: Exception) -> None:
    result.crashes.append(Crash(name, f"{type(error).__name__}: {error}"))
    result.crashed += 1


def _count(result: Result, examination: Examination) -> None:
    """Counts the identities; an equation without instance is one unchecked outcome."""
    facts = examination.expansion.figures.report.facts
    seen: dict[str, Tally] = {}
    for identity, verdict in zip(examination.expansion.identities, examination.outcomes.verdict, strict=True):
        tally = seen.setdefault(identity.equation.id, Tally())
        if verdict is Verdict.UNCHECKED:
            tally.unchecked += 1
            numbers = examination.expansion.facts(identity.number)
            place = facts[numbers[0]].place if numbers else None
            result.reasons.append((identity.equation.id, identity.reason, place))
        elif verdict.failed:
            tally.failed += 1
        else:
            tally.passed += 1
    for name, tally in seen.items():
        result.count(name, tally.passed, tally.failed, tally.unchecked)
    settings = examination.expansion.figures.report.settings
    for equation in equations():
        if equation.id not in seen:
            result.count(equation.id, unchecked=1)
            reason = settings.why_off if settings.off(equation.id) else equation.absent
            result.reasons.append((equation.id, reason, None))


def _count_shifts(result: Result, examination: Examination) -> None:
    """A table with coded rows passes unless it was found shifted."""
    settings = examination.expansion.figures.report.settings
    if settings.off(SHIFT):
        result.count(SHIFT, unchecked=1)
        result.reasons.append((SHIFT, settings.why_off, None))
        return
    keys = examination.expansion.figures.tables
    coded = sum(any(key.function != ALL or key.economic != ALL for key in table) for table in keys)
    result.count(SHIFT, coded - len(examination.shifts), len(examination.shifts))
    if not coded:
        result.count(SHIFT, unchecked=1)
        result.reasons.append((SHIFT, "没有按科目列示的表", None))


def _explain(result: Result, examination: Examination) -> None:
    """Shifts, then mistakes, then what is only info."""
    reporting = Reporting(examination.expansion, examination.outcomes)
    for shift in examination.shifts:
        name = f"C{len(result.causes) + 1}"
        found = shift_finding(reporting.words, shift, name)
        severity = reporting.words.report.settings.grade(SHIFT, found.severity, found.severity)
        result.findings.append(replace(found, severity=severity))
        result.causes.append(Cause(name, ()))
    examination.search = Search(examination.expansion, examination.outcomes)
    for mistake in examination.search.mistakes():
        finding, cause = reporting.mistake(mistake, f"C{len(result.causes) + 1}")
        examination.blamed |= {f: len(result.findings) for guess in mistake.guesses[:1] for f in guess.figures}
        result.findings.append(finding)
        result.causes.append(cause)
    result.findings += reporting.hints()


def _cover(result: Result, examination: Examination) -> None:
    result.verified = verified(examination.expansion, examination.outcomes)


def _cover_forms(result: Result, report: Report) -> None:
    """What no equation holds may be held by a check."""
    on = [check for check in discover().values() if not report.settings.off(check.id)]
    if any(check.id == SIGN for check in on):
        result.verified |= turning(report)
    forms = list(self_evaluations(report))
    result.verified |= tried(forms, [check for check in on if check.needs == "forms"], result.verified)


def _cover_claims(result: Result, examination: Examination) -> None:
    values = examination.values
    result.verified_claims = verified_claims(values)
    result.verified |= held_by_sums(values)


def _outcomes(check: Check, report: Report, subject: object) -> list[Outcome]:
    """How a check ends; never nothing."""
    if report.settings.off(check.id) or check.run is None:
        return [Unchecked(report.settings.why_off)]
    return list(check.run(subject)) or [Unchecked("本文件没有这项核对所需的内容")]


def _record(result: Result, check: Check, report: Report, found: list[Outcome], blamed: dict[int, int]) -> None:
    """Counts the outcomes of a check; a failure that follows from a wrong figure stands under its finding."""
    for outcome in found:
        match outcome:
            case Passed():
                result.count(check.id, passed=1)
            case Unchecked(reason, place):
                result.count(check.id, unchecked=1)
                result.reasons.append((check.id, reason, place))
            case Failed():
                result.count(check.id, failed=1)
                finding = _finding(check, outcome, report.settings)
                cause = next((blamed[fact] for fact in outcome.follows if fact in blamed), None)
                if cause is None:
                    result.findings.append(finding)
                else:
                    above = result.findings[cause]
                    own = replace(finding, cause=above.cause)
                    result.findings[cause] = replace(above, symptoms=(*above.symptoms, own))


def _finding(check: Check, failed: Failed, settings: Settings) -> Finding:
    own = check.severity if failed.severity is None else failed.severity
    return Finding(
        check=check.id,
        severity=settings.grade(check.id, check.severity, own),
        message=failed.message,
        places=failed.places,
        advice=failed.advice,
        printed=failed.printed,
        expected=failed.expected,
        difference=failed.difference,
        unit=failed.unit,
        confidence=failed.confidence,
    )


__all__ = ["CHECKS", "Examination", "examine", "run"]
