"""One wrong figure that only a sentence states is one finding, with all that it makes fail below it."""

from __future__ import annotations

from pathlib import Path

import pytest

from juesuan.checking.runner import run
from juesuan.documents.text import read_text
from juesuan.model.findings import Finding, Result
from juesuan.understanding import interpret

ACCOUNT = Path(__file__).parents[1] / "accounts" / "linhe-health-2024.txt"


def checked(was: str, now: str) -> Result:
    text = ACCOUNT.read_text("utf-8")
    assert text.count(was) >= 1
    return run(interpret(read_text(text.replace(was, now, 1).encode(), "a.txt")))


def added(result: Result) -> list[Finding]:
    known = {(f.check, f.message) for f in checked("", "").findings}
    return [f for f in result.findings if (f.check, f.message) not in known]


@pytest.mark.parametrize(
    ("was", "now", "checks"),
    [
        ("政府采购支出总额 369.36", "政府采购支出总额 396.36", ["TEXT-PROCUREMENT", "CLAIM-SHARE"]),
        (
            "授予中小企业合同金额 328.20",
            "授予中小企业合同金额 382.20",
            ["TEXT-PROCUREMENT", "CLAIM-SHARE", "CLAIM-SHARE"],
        ),
        ("年初预算为 2856.60", "年初预算为 2586.60", ["TEXT-ITEMS", "CLAIM-COMPLETION"]),
        ("涉及资金 825.36", "涉及资金 852.36", ["TEXT-PERFORMANCE", "CLAIM-SHARE"]),
        (
            "收入总计增加 153.83",
            "收入总计增加 135.83",
            ["CLAIM-RATE", "CLAIM-LAST-YEAR", "CLAIM-LAST-YEAR-KIN"],
        ),
    ],
)
def test_one_wrong_figure_is_one_cause(was: str, now: str, checks: list[str]) -> None:
    result = checked(was, now)
    (finding,) = added(result)
    assert [f.check for f in (finding, *finding.symptoms)] == checks
    assert now.endswith(finding.printed)
    assert was.endswith(finding.expected)
    (cause,) = [c for c in result.causes if c.id == finding.cause]
    assert cause.explanations[0].value == finding.expected


def test_a_wrong_percentage_stays_its_own_mistake() -> None:
    """Nothing is gained by blaming the amounts beside it, which agree with each other."""
    (finding,) = added(checked("占政府采购支出总额的 88.86%", "占政府采购支出总额的 86.88%"))
    assert (finding.check, finding.printed, finding.expected) == ("CLAIM-SHARE", "86.88", "88.86")


def test_two_wrong_figures_are_two_causes() -> None:
    text = ACCOUNT.read_text("utf-8")
    for was, now in (
        ("政府采购支出总额 369.36", "政府采购支出总额 396.36"),
        ("年初预算为 2856.60", "年初预算为 2586.60"),
    ):
        assert was in text
        text = text.replace(was, now, 1)
    found = added(run(interpret(read_text(text.encode(), "a.txt"))))
    assert sorted(f.printed for f in found) == ["2586.60", "396.36"]
