"""Held (有据): whether anything holds a figure, proved by changing it in the text and checking the whole again.

The change is the larger of ten units of the last place and 1 %, up or down. An outcome has changed if the counts of
outcomes differ, or the findings: their checks, severities and places. Refuses to look at wordings.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable
from decimal import ROUND_CEILING, Decimal
from functools import cache

from juesuan.model.findings import Finding
from juesuan.model.reports import Fact
from tests.trust.documents import Checked, check, oracle, sound
from tests.trust.mutate import Mutation, planted
from tests.trust.plain import Figure

UP, DOWN = 1, -1


def facts(checked: Checked) -> dict[tuple[int, int], Fact]:
    """The figures of tables that juesuan read, by line and cell."""
    found = (fact for fact in checked.report.facts if fact.table >= 0 and not fact.blank)
    return {checked.cell(fact.place): fact for fact in found}


@cache
def verified(document: str) -> frozenset[tuple[int, int]]:
    """Line and cell of the figures of tables that juesuan calls verified."""
    base = sound(document)
    return frozenset(where for where, fact in facts(base).items() if fact.number in base.result.verified)


def claimed(document: str, figure: Figure) -> bool:
    """Whether juesuan says that the figure is verified."""
    return (figure.line, figure.cell) in verified(document)


def proved(document: str, figure: Figure) -> bool:
    """Whether an outcome changes with the figure."""
    base = sound(document)
    before = outcome(base)
    for direction in (UP, DOWN):
        mutation = Mutation(figure, "", moved(figure, direction))
        text, _, _ = planted(oracle(document).reader.lines, mutation, base.aligned)
        if outcome(check(document, text)) != before:
            return True
    return False


def moved(figure: Figure, direction: int) -> str:
    """The figure changed, printed as it was."""
    ulp = Decimal(1).scaleb(-figure.decimals)
    percent = (abs(figure.value) / 100).quantize(ulp, ROUND_CEILING)
    value = figure.value + direction * max(10 * ulp, percent)
    return f"{value:{',' if ',' in figure.text else ''}.{figure.decimals}f}"


def outcome(checked: Checked) -> Hashable:
    """What a run says, without its words."""
    result = checked.result
    findings = Counter(_finding(checked, finding) for finding in result.findings)
    return result.passed, result.failed, result.unchecked, result.crashed, frozenset(findings.items())


def _finding(checked: Checked, finding: Finding) -> Hashable:
    places = tuple((place.line, checked.cell(place)[1]) for place in finding.places)
    return finding.check, finding.severity, places, tuple(_finding(checked, symptom) for symptom in finding.symptoms)
