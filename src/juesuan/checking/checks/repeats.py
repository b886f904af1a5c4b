"""Repeats (一数两写): the same number stated twice in one entry with two values.

Amounts are compared everywhere by EQ-AGREE, changes of known figures by CLAIM-LAST-YEAR; here is what those cannot
hold: counts, and percentages and changes whose figures are not known. Refuses to compare over entries, and numbers of
projects: 15 个项目 and 其中 8 个项目 are both right.
"""

from __future__ import annotations

from collections.abc import Iterator

from juesuan.checking.outcomes import Failed, Outcome, Passed
from juesuan.checking.registry import check
from juesuan.checking.values import Values, claims_of
from juesuan.knowledge.hierarchy import compared
from juesuan.model.claims import Claim
from juesuan.model.keys import Key
from juesuan.model.places import Place
from juesuan.model.reports import Fact

_Where = tuple[int, int]
_COUNTED = ("three_public/", "assets/", "organisation/offices")


@check("TEXT-TWICE", severity="error", basis="情况说明：同一段内同一数字", needs="values")
def twice(values: Values) -> Iterator[Outcome]:
    """同一段里同一个数说了两次，应当一样。"""
    facts: dict[tuple[_Where, Key], Fact] = {}
    for fact in values.report.facts:
        key = fact.keys[0]
        if fact.table >= 0 or fact.section < 0 or key.measure == "amount" or not key.item.startswith(_COUNTED):
            continue
        first = facts.setdefault(((fact.section, fact.entry), key), fact)
        if first is not fact:
            yield _same(values.say(key), first.place, first.amount.show(), fact.place, fact.amount.show())
    claims: dict[tuple[_Where, str, Key, Key | None], Claim] = {}
    for claim in claims_of(values.report, "change", "rate", "share", "completion"):
        if claim.amount is None or claim.key.item.startswith("performance") or _held(values, claim):
            continue
        if not compared(claim.key.item):
            continue
        first_ = claims.setdefault(((claim.section, claim.entry), claim.kind, claim.key, claim.base), claim)
        if first_ is not claim and first_.amount is not None:
            said, again = first_.amount.show(), claim.amount.show()
            yield _same(values.say(claim.key), first_.place, said, claim.place, again)


def _held(values: Values, claim: Claim) -> bool:
    """Whether another check compares the claim with the figures it speaks of."""
    known = values.of(claim.key) is not None
    return known and (
        claim.kind in ("change", "rate") or (claim.base is not None and values.of(claim.base) is not None)
    )


def _same(what: str, first: Place, said: str, again: Place, repeated: str) -> Outcome:
    if said == repeated:
        return Passed(again)
    return Failed(
        f"{what}：前后两处为 {said}、{repeated}",
        (again, first),
        advice="请核对两处，改为同一个数",
        printed=repeated,
    )
