"""Coverage (覆盖): which figures are verified, proved from residuals and slacks rather than claimed.

A figure is verified if changing it alone, by the larger of ten units of its last place and 1 %, in at least one
direction, changes an outcome. Refuses to count an identity that was not checked, or one that fails already.
"""

from __future__ import annotations

from juesuan.checking.evaluation import Outcomes, Verdict
from juesuan.checking.expansion import Expansion


def verified(expansion: Expansion, outcomes: Outcomes) -> frozenset[int]:
    """The numbers of the verified facts (blank cells included)."""
    value, half = expansion.figures.value, expansion.figures.half
    facts, coefficients, starts = expansion.fact, expansion.coefficient, expansion.starts
    found: set[int] = set()
    for identity in expansion.identities:
        number = identity.number
        if not Verdict.UNCHECKED < outcomes.verdict[number] < Verdict.QUERY:
            continue
        residual, slack = outcomes.residual[number], outcomes.slack[number]
        for row in range(starts[number], starts[number + 1]):
            fact = facts[row]
            if fact in found:
                continue
            amount, size = value[fact], abs(coefficients[row])
            change = max(20 * half[fact], -(-abs(amount) // 100)) * size
            limit = slack if amount else slack + size * half[fact] * identity.stretch
            far = change - residual if identity.relation == ">=" else change + abs(residual)
            if far > limit:
                found.add(fact)
    return frozenset(found)
