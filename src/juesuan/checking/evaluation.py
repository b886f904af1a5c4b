"""Evaluation (核算): the residual of every identity against its slack, by the rounding law.

A printed figure stands for ± half a unit of its last place, a zero for exactly zero. Slack is Σ |coefficient| · ½ulp
over the non-zero terms (a deduction: times its links). Refuses any other tolerance.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from juesuan.checking.expansion import Expansion, Identity
from juesuan.model.findings import Severity


class Verdict(IntEnum):
    """How an identity ends. ROUNDED: it holds, and only because figures are rounded."""

    UNCHECKED = 0
    PASSED = 1
    ROUNDED = 2
    INFO = 3
    QUERY = 4
    WARNING = 5
    ERROR = 6

    @property
    def failed(self) -> bool:
        return self > Verdict.ROUNDED

    @property
    def severity(self) -> Severity:
        """The severity of a failure."""
        return Severity(self - Verdict.INFO)


@dataclass(slots=True)
class Outcomes:
    """By identity number: verdict, residual, slack over the non-zero terms, slack over all terms."""

    verdict: list[Verdict]
    residual: list[int]
    slack: list[int]
    loose: list[int]

    def failing(self) -> list[int]:
        """The identities that fail as a query or worse."""
        return [n for n, verdict in enumerate(self.verdict) if verdict >= Verdict.QUERY]


def evaluate(expansion: Expansion) -> Outcomes:
    """The outcome of every identity."""
    value, half = expansion.figures.value, expansion.figures.half
    facts, coefficients, starts = expansion.fact, expansion.coefficient, expansion.starts
    outcomes = Outcomes([], [], [], [])
    for identity in expansion.identities:
        residual = slack = zeros = 0
        for row in range(starts[identity.number], starts[identity.number + 1]):
            fact, coefficient = facts[row], coefficients[row]
            amount = value[fact]
            if amount:
                residual += coefficient * amount
                slack += abs(coefficient) * half[fact]
            else:
                zeros += abs(coefficient) * half[fact]
        slack *= identity.stretch
        outcomes.residual.append(residual)
        outcomes.slack.append(slack)
        outcomes.loose.append(slack + zeros)
        if identity.reason:
            verdict = Verdict.UNCHECKED
        elif residual == 0 or (residual > 0 and identity.relation == ">="):
            verdict = Verdict.PASSED
        else:
            verdict = judge(expansion, identity, residual, (slack, slack + zeros))
        outcomes.verdict.append(verdict)
    return outcomes


def judge(expansion: Expansion, identity: Identity, residual: int, slacks: tuple[int, int]) -> Verdict:
    """The verdict on a residual that is on the wrong side of zero; `slacks` over non-zero and over all terms."""
    size = abs(residual)
    if identity.equation.kind == "agreement":
        return _same_fact(expansion, identity, size)
    if size <= slacks[0]:
        return Verdict.ROUNDED
    if size <= _coarser(expansion, identity):
        return Verdict.INFO
    worst = Verdict(Verdict.INFO + identity.severity)
    return min(worst, Verdict.WARNING) if size <= slacks[1] else worst


def _same_fact(expansion: Expansion, identity: Identity, size: int) -> Verdict:
    """The same fact twice: one unit of the last place apart is info; in different precision, rounding explains it."""
    halves = [expansion.figures.half[fact] for fact in expansion.facts(identity.number)]
    if size <= sum(halves):
        return Verdict.INFO if halves[0] == halves[1] else Verdict.ROUNDED
    if size <= _coarser(expansion, identity):
        return Verdict.INFO
    return Verdict(Verdict.INFO + identity.severity)


def _coarser(expansion: Expansion, identity: Identity) -> int:
    """The slack if figures with stripped zeros are read at the decimals that were printed."""
    figures = expansion.figures
    return identity.stretch * sum(
        abs(coefficient) * figures.coarser_half(fact)
        for fact, coefficient in expansion.terms(identity.number)
        if figures.value[fact]
    )
