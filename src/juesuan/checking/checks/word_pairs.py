"""Pairs of words (增加与增长、减少与下降): a change and its rate must go the same way, and one branch of the form stays.

Refuses to judge the figures: those are CLAIM-CHANGE and CLAIM-RATE.
"""

from __future__ import annotations

from collections.abc import Iterator

from juesuan.checking.changes import Change, are_opposed, changes
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
                yield _pair(change, change.claim, claim)
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


def _pair(change: Change, claim: Claim, rate: Claim) -> Outcome:
    """Which of the two words is wrong: the one that the figures contradict, where they do."""
    if not are_opposed(claim, rate):
        return Passed(rate.place)
    said = f"前说“{claim.word}”，后说“{rate.word}”"
    if change.turned is None:
        return Failed(said, (rate.place, claim.place), advice="请核对是增是减，前后改为一致", printed=rate.word)
    way = "减少" if change.falls else "增加"
    wrong, other = (claim, rate) if change.turned else (rate, claim)
    right = way if change.turned else "下降" if change.falls else "增长"
    return Failed(
        f"{said}；只有{way}才与数字相符",
        (wrong.place, other.place),
        advice=f"请改为“{right}”",
        printed=wrong.word,
        expected=right,
    )
