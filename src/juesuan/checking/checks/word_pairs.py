"""Pairs of words (增加与增长、减少与下降): a change and its rate must go the same way, and one branch of the form stays.

Refuses to judge the figures: those are CLAIM-CHANGE and CLAIM-RATE.
"""

from __future__ import annotations

from collections.abc import Iterator

from juesuan.checking.changes import Change, changes
from juesuan.checking.outcomes import Failed, Outcome, Passed
from juesuan.checking.registry import check
from juesuan.checking.values import Values
from juesuan.knowledge.phrases import falls, rises
from juesuan.model.claims import Claim
from juesuan.model.findings import Severity


@check("CLAIM-WORDS", severity="error", basis="情况说明：增减的用词", needs="values")
def words(values: Values) -> Iterator[Outcome]:
    """增加与增长、减少与下降应当一致，不能两个选项都留着。"""
    for change in changes(values):
        for claim in (change.claim, change.rate):
            if claim is None:
                continue
            up, down = rises(claim.word), falls(claim.word)
            if up and down:
                yield _both(claim, change)
            elif change.claim and change.rate and claim is change.rate:
                yield _pair(change.claim, claim)
            else:
                yield Passed(claim.place)


def _both(claim: Claim, change: Change) -> Outcome:
    """增长下降: both branches of the form were left standing."""
    if claim.amount is not None and claim.amount.value == 0:
        return Failed(
            f"“{claim.word}”：表样的两个选项都留着",
            (claim.place,),
            advice="请只留一个",
            printed=claim.word,
            severity=Severity.WARNING,
        )
    falls = change.falls
    right = "" if falls is None else "下降" if falls else "增长"
    return Failed(
        f"“{claim.word}”：增、减两个选项都留着",
        (claim.place,),
        advice=f"请改为“{right}”" if right else "请只留一个",
        printed=claim.word,
        expected=right,
    )


def _pair(change: Claim, rate: Claim) -> Outcome:
    up = [rises(c.word) for c in (change, rate)]
    down = [falls(c.word) for c in (change, rate)]
    if (up[0] and down[1]) or (down[0] and up[1]):
        right = "增长" if up[0] else "下降"
        return Failed(
            f"前说“{change.word}”，后说“{rate.word}”",
            (rate.place, change.place),
            advice=f"请改为“{right}”",
            printed=rate.word,
            expected=right,
        )
    return Passed(rate.place)
