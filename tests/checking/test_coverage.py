"""Coverage: what is called verified is what a changed figure really shows, by evaluating again."""

from __future__ import annotations

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from juesuan.checking.coverage import verified
from juesuan.checking.evaluation import evaluate
from juesuan.checking.expand import expand
from juesuan.model.reports import Fact, Report
from tests.checking.drafts import changed, draft
from tests.checking.random_accounts import account


def moves(fact: Fact) -> list[str]:
    """The figure changed by the larger of ten units of its last place and 1 %, up and down."""
    step = max(10 * fact.amount.ulp, abs(fact.amount.base) / 100) / fact.amount.scale
    return [str(fact.amount.value + step), str(fact.amount.value - step)]


def shows(report: Report, fact: Fact) -> bool:
    """Whether the change alters the verdict of any identity that the unchanged report has, too."""

    def verdicts(some: Report) -> dict[object, object]:
        expansion = expand(some)
        outcomes = evaluate(expansion)
        return {
            (i.equation.id, tuple(expansion.terms(i.number))): outcomes.verdict[i.number] > 2
            for i in expansion.identities
        }

    before = verdicts(report)
    return any(verdicts(changed(report, fact.number, value)) != before for value in moves(fact))


@given(st.integers(0, 10**6))
def test_verified_means_that_a_change_shows(seed: int) -> None:
    report, random = account(seed), Random(seed)
    expansion = expand(report)
    proved = verified(expansion, evaluate(expansion))
    for fact in random.sample([f for f in report.facts if f.amount.value], 3):
        assert fact.number not in proved or shows(report, fact)


def test_what_nothing_holds_is_not_verified() -> None:
    report = draft(
        """
        totals | flow=income | 12.00
        income | flow=income | 12.00
        expenditure | flow=expenditure function=2010301 | 7.00
        """
    )
    expansion = expand(report)
    assert verified(expansion, evaluate(expansion)) == {0, 1}


def test_a_far_bound_does_not_verify_a_figure() -> None:
    head = "basic | flow=expenditure fund=general_public nature=basic economic=30217"
    for figure, known in (("3.73", True), ("1.00", False)):
        report = draft(
            f"{head} | {figure}\nthree_public | flow=expenditure fund=fiscal item=three_public/reception | 3.74"
        )
        expansion = expand(report)
        assert (0 in verified(expansion, evaluate(expansion))) is known


def test_what_could_not_be_checked_verifies_nothing() -> None:
    report = draft(
        """
        income | flow=income function=20103 | 3.00
        income | flow=income function=2010301 | 3.00
        income | flow=income function=2010302 | ?
        """
    )
    expansion = expand(report)
    assert verified(expansion, evaluate(expansion)) == frozenset()
