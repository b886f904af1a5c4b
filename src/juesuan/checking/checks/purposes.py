"""Purposes (主要用于) of functional items: is one copied from its neighbour?

Refuses to compare general words (局本部项目支出): a purpose is wrong only if it speaks of another item, and not of its
own. Items without a subject of their own (行政运行) are judged only where the whole text is another's.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from juesuan.checking.outcomes import Failed, Outcome, Passed
from juesuan.checking.passages import shown, text_place
from juesuan.checking.registry import check
from juesuan.checking.themes import Theme, themes
from juesuan.knowledge.reasons import is_purpose
from juesuan.model.claims import Claim
from juesuan.model.findings import Severity
from juesuan.model.reports import Report

_ITEM = 7
_GROUP = 5


@dataclass(frozen=True, slots=True)
class _Purpose:
    claim: Claim
    text: str
    subject: Theme


@check("TEXT-PURPOSE", severity="error", basis="情况说明：各项支出的用途")
def purposes(report: Report) -> Iterator[Outcome]:
    """各项支出的用途应是本项的，不是照抄另一项的。"""
    named = themes(report)
    found: dict[int, list[_Purpose]] = {}
    for claim in report.claims:
        text = claim.word.lstrip(":")
        if claim.kind == "purpose" and len(claim.key.function) == _ITEM and is_purpose(text):
            purpose = _Purpose(claim, text, named[claim.key.function])
            found.setdefault(claim.section, []).append(purpose)
    for section in found.values():
        for purpose in section:
            yield _judged(report, purpose, [p for p in section if p.subject.code != purpose.subject.code])


def _judged(report: Report, purpose: _Purpose, others: list[_Purpose]) -> Outcome:
    own = purpose.subject
    if own.spoken_of(purpose.text):
        return Passed(purpose.claim.place)
    wrong = [o for o in others if o.subject.meant_by(purpose.text) and (o.text == purpose.text or own.topic)]
    if not wrong:
        return Passed(purpose.claim.place)
    other = max(wrong, key=lambda o: (o.text == purpose.text, o.subject.named_in(purpose.text)))
    return _copied(report, purpose, other, other.text == purpose.text)


def _copied(report: Report, purpose: _Purpose, other: _Purpose, same: bool) -> Failed:
    apart = purpose.subject.code[:_GROUP] != other.subject.code[:_GROUP]
    text, own, foreign = shown(purpose.text), shown(purpose.subject.name), shown(other.subject.name)
    said = f"与{foreign}的用途相同" if same else f"说的是{foreign}"
    return Failed(
        f"{own}的用途“{text}”{said}，没有说到{own}",
        (text_place(report, purpose.claim, purpose.text), other.claim.place),
        advice=f"请改为{own}的用途",
        printed=text,
        severity=None if same and apart else Severity.WARNING,
    )
