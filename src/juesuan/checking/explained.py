"""Explained changes (变动与原因): every statement that a figure is larger or smaller, with the reason given for it.

A reason belongs to the last statement before it in its sentence, or in the one before where it opens its own; else to
the statement about the same subject. Refuses to say whether a reason is good.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import cast

from juesuan.checking.changes import Change, changes
from juesuan.checking.passages import before, flow_of, offset, reason_text, text_place
from juesuan.checking.values import Operand, Values
from juesuan.model.claims import Claim
from juesuan.model.places import Place
from juesuan.model.reports import Report

_BASES = ("full_year", "initial", "budget")
_STATES = ("direction", "level", "change", "rate")
_NEAR = 8
_NOWHERE = Place()
_WORDS = re.compile(r"原因|由于|因为|主要是|主要系|主要为|系因|是因|用于|受")


@dataclass(slots=True)
class Statement:
    """One statement of a change: its claim (direction, level, change or rate), the rate beside it, the reason."""

    claim: Claim
    rate: Claim | None = None
    reason: Claim | None = None
    text: str = ""
    """the whole reason"""
    place: Place = _NOWHERE
    """where its text stands"""
    hinted: bool = False
    """words of a reason follow, though no reason was read"""


def statements(report: Report) -> list[Statement]:
    """All statements of changes in document order, each with its reason; found once for all checks."""
    claims, found = cast("tuple[object, list[Statement]]", report.views.get("statements", (None, [])))
    if claims is not report.claims:
        found = _statements(report)
        report.views["statements"] = (report.claims, found)
    return found


def _statements(report: Report) -> list[Statement]:
    found: list[Statement] = []
    for _, claims in groupby(report.claims, key=lambda c: (c.section, c.entry)):
        found += _entry(report, list(claims))
    return found


def _entry(report: Report, claims: list[Claim]) -> list[Statement]:
    found: list[Statement] = []
    current: Statement | None = None
    for claim in claims:
        if claim.kind in _STATES:
            if current is not None and claim.kind == "rate" and _beside(current.claim, claim):
                current.rate = claim
            else:
                current = Statement(claim, hinted=_hinted(report, claim))
                found.append(current)
        elif claim.kind == "reason":
            owner = _owner(report, found, current, claim)
            if owner is not None:
                owner.reason, owner.text = claim, reason_text(report, claim)
                owner.place = text_place(report, claim, owner.text)
            current = None
    return found


def _beside(change: Claim, rate: Claim) -> bool:
    return change.kind == "change" and (change.sentence, change.key, change.base) == (
        rate.sentence,
        rate.key,
        rate.base,
    )


def _owner(report: Report, found: list[Statement], current: Statement | None, reason: Claim) -> Statement | None:
    """The statement that a reason explains: the last one, unless that says 持平 and the reason names another."""
    subject = reason.key._replace(basis="final")
    same = [s for s in found if s.reason is None and s.claim.key._replace(basis="final") == subject]
    if current is not None and not (same and current.claim.kind == "level" and current not in same):
        apart = reason.sentence - current.claim.sentence
        if apart == 0 or (apart == 1 and _opens(report, reason)):
            return current
    return same[-1] if same and not _counted(report, reason) else None


def _opens(report: Report, reason: Claim) -> bool:
    """Whether no figure stands before the reason in its sentence."""
    here = (reason.section, reason.entry, reason.sentence)
    stated = (f for f in report.facts if (f.section, f.entry, f.sentence) == here)
    return not any(before(fact.place, reason.place) for fact in stated)


def _counted(report: Report, reason: Claim) -> bool:
    """Whether the reason goes on after a count (团组 1 个，主要是…): then it tells what was counted."""
    here = (reason.section, reason.entry, reason.sentence)
    stated = [f for f in report.facts if (f.section, f.entry, f.sentence) == here and before(f.place, reason.place)]
    return bool(stated) and stated[-1].keys[0].measure != "amount"


def _hinted(report: Report, claim: Claim) -> bool:
    """Whether words of a reason follow in the sentence, or open the next one."""
    flow = flow_of(report, claim)
    at = None if flow is None else offset(flow, claim.place)
    if flow is None or at is None:
        return True
    rest, _, following = flow.text[at:].partition("。")
    return bool(_WORDS.search(rest) or _WORDS.match(following[:_NEAR]) or re.match(r"[^,。]{0,12}原因", following))


class Sizes:
    """How large the stated changes are, in parts of what they are compared with."""

    def __init__(self, values: Values) -> None:
        self.values = values
        self._changes: dict[int, Change] = {}
        for change in changes(values):
            for claim in (change.claim, change.rate):
                if claim is not None:
                    self._changes[id(claim)] = change

    def of(self, statement: Statement) -> tuple[int, int] | None:
        """(change, base) as whole numbers, both positive or zero; None where one of them is not known."""
        claim = statement.claim
        if claim.kind in ("direction", "level"):
            final, budget = self.values.of(claim.key._replace(basis="final")), self.budget(claim)
            if final is None or budget is None:
                return None
            return abs(final.low + final.high - budget.low - budget.high), abs(budget.low + budget.high)
        rate = statement.rate or (claim if claim.kind == "rate" else None)
        if rate is not None and rate.amount is not None:
            return int(rate.amount.value.scaleb(rate.amount.decimals)), 100 * 10**rate.amount.decimals
        change = self._changes.get(id(claim))
        if change is None or change.delta is None or change.before is None:
            return None
        return abs(sum(change.delta)), abs(sum(change.before))

    def budget(self, claim: Claim) -> Operand | None:
        """The budget that a direction compares with; of an unspecified one the only one that is stated."""
        if claim.base is None:
            return None
        found = self.values.of(claim.base)
        if found is not None or claim.base.basis != "budget":
            return found
        stated = (self.values.of(claim.base._replace(basis=basis)) for basis in _BASES)
        return next((operand for operand in stated if operand is not None), None)


def explained(report: Report) -> Iterator[Statement]:
    """The statements that have a reason."""
    return (statement for statement in statements(report) if statement.reason is not None)
