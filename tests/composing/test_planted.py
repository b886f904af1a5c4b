"""Planted mistakes are found, and the table that carries them is named."""

from __future__ import annotations

from dataclasses import replace

import pytest

from juesuan.checking.runner import run
from juesuan.generating import Shape, generate, plant, report_of
from juesuan.generating.mistakes import KINDS
from juesuan.model.findings import Finding, Severity
from tests.composing.drafts import reread

SHAPE = Shape(style="liaoning", year=2024, units=1, government_funds=True, carryover=True, projects=3)


def places(findings: list[Finding]) -> set[tuple[str | None, str]]:
    found = {(place.table, place.quote.replace(",", "") or "0.00") for f in findings for place in f.places}
    return found | {spot for f in findings for spot in (places(list(f.symptoms)) if f.symptoms else ())}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("style", ["liaoning", "shanghai", "national"])
def test_a_mistake_is_found(kind: str, style: str) -> None:
    account = generate(KINDS.index(kind), replace(SHAPE, style=style))
    report, planted = plant(report_of(account), 3, [kind])
    (mistake,) = planted
    findings = [f for f in run(reread(report, style)).findings if f.severity >= Severity.WARNING]
    assert (mistake.form, mistake.wrong.show()) in places(findings), mistake


def test_without_a_mistake_nothing_is_changed() -> None:
    report = report_of(generate(1, SHAPE))
    made, planted = plant(report, 1, count=0)
    assert (made.facts, planted) == (report.facts, [])


def test_mistakes_are_the_same_in_every_run() -> None:
    report = report_of(generate(1, SHAPE))
    assert plant(report, 5, count=3)[1] == plant(report, 5, count=3)[1]
    assert len({mistake.form for mistake in plant(report, 5, count=3)[1]}) == 3


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="没有“typo”这种错误"):
        plant(report_of(generate(1, SHAPE)), 1, ["typo"])
