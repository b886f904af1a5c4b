"""Ties (连带): figures that hold each other, so that one wrong datum copied into all of them breaks none of their sums.

Two figures are tied by an identity that holds with exactly these two non-zero terms of opposite sign. Refuses to tie
figures whose identity fails: they are evidence against each other.
"""

from __future__ import annotations

from juesuan.checking.evaluation import Outcomes, Verdict
from juesuan.checking.expansion import Expansion


def ties(expansion: Expansion, outcomes: Outcomes) -> dict[int, tuple[int, ...]]:
    """Fact → all facts tied to it, itself included, in document order; facts that are tied to nothing are left out."""
    parent: dict[int, int] = {}

    def root(fact: int) -> int:
        while (above := parent.setdefault(fact, fact)) != fact:
            parent[fact] = parent[above]
            fact = above
        return fact

    for identity in expansion.identities:
        if identity.relation == "=" and outcomes.verdict[identity.number] in {Verdict.PASSED, Verdict.ROUNDED}:
            pair = _pair(expansion, identity.number)
            if pair:
                parent[root(pair[0])] = root(pair[1])
    classes: dict[int, list[int]] = {}
    for fact in sorted(parent):
        classes.setdefault(root(fact), []).append(fact)
    return {fact: tuple(members) for members in classes.values() for fact in members}


def _pair(expansion: Expansion, number: int) -> tuple[int, int] | None:
    value = expansion.figures.value
    terms = expansion.terms(number)
    live = [term for term in terms if value[term[0]]] or (terms if len(terms) == 2 else [])
    if len(live) == 2 and live[0][1] == -live[1][1]:
        return live[0][0], live[1][0]
    return None
