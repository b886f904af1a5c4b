"""Government procurement (政府采购) in the explanation: parts and total, awards to small and micro enterprises.

Refuses to assert where awards exceed the year's spending: contracts may run over years.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from juesuan.checking.outcomes import Failed, Outcome, Passed, Unchecked
from juesuan.checking.registry import check
from juesuan.checking.stated_sums import once, outcomes
from juesuan.checking.values import Interval, Values, claims_of, percent_span
from juesuan.knowledge.hierarchy import word
from juesuan.model.claims import Claim
from juesuan.model.findings import Severity
from juesuan.model.keys import Key
from juesuan.model.places import Place

_AWARDS = "procurement/awards/sme"
_PARTS = ("procurement/goods/awards/sme", "procurement/works/awards/sme", "procurement/services/awards/sme")
_HUNDRED = 100


@check("TEXT-PROCUREMENT", severity="error", basis="情况说明：政府采购支出情况", needs="values")
def procurement(values: Values) -> Iterator[Outcome]:
    """政府采购总额 = 货物 + 工程 + 服务；授予小微企业 ≤ 授予中小企业；成交金额与总额、预留金额相称。"""
    yield from once(chain(outcomes(values, "TEXT-PROCUREMENT"), _shares_above(values), _by_shares(values)))


def _shares_above(values: Values) -> Iterator[Outcome]:
    for claim in claims_of(values.report, "share"):
        if claim.key.item.startswith("procurement/") and claim.amount is not None and claim.amount.value > _HUNDRED:
            yield _above(values, claim)


def _above(values: Values, claim: Claim) -> Failed:
    return Failed(
        f"{values.say(claim.key)}占比大于 100%",
        (claim.place,),
        advice="授予合同可以大于本年支出（跨年支付）的，请说明；否则请核对",
        printed=str(claim.amount.value if claim.amount else ""),
        unit="%",
        severity=Severity.WARNING,
    )


def _by_shares(values: Values) -> Iterator[Outcome]:
    """授予中小企业合同金额 = Σ 占比 × 货物、工程、服务支出, where only the shares of the three are printed."""
    shares = {c.key.item: c for c in claims_of(values.report, "share") if c.key.item in _PARTS}
    if len(shares) < len(_PARTS) or any(c.base is None or c.base.item != c.key.item[:-11] for c in shares.values()):
        return
    key = next(iter(shares.values())).key._replace(item=_AWARDS)
    whole = values.of(key)
    parts = [_reach(values, shares[item]) for item in _PARTS]
    if whole is None or any(part is None for part in parts):
        yield Unchecked(f"没有写出{word('item', _AWARDS)}，或货物、工程、服务支出", shares[_PARTS[0]].place)
        return
    spans = [part for part in parts if part is not None]
    low, high = sum(s[0] for s in spans), sum(s[1] for s in spans)
    place = values.report.facts[whole.facts[0]].place
    if low <= whole.high and whole.low <= high:
        yield Passed(place)
        return
    shown = values.show((low + high) // 2, whole.facts[0])
    yield Failed(
        f"按各自占比推算，货物、工程、服务采购授予中小企业合计 {shown}，不等于{word('item', _AWARDS)}",
        (place, *(shares[item].place for item in _PARTS), *_bases(values, shares.values())),
        advice="请核对三个占比和授予中小企业的金额",
        printed=values.report.facts[whole.facts[0]].amount.show(),
        expected=shown,
        severity=Severity.WARNING,
    )


def _bases(values: Values, claims: Iterable[Claim]) -> Iterator[Place]:
    """Where the amounts stand that the shares are of."""
    for claim in claims:
        operand = values.of(claim.base) if claim.base is not None else None
        if operand is not None:
            yield from (values.report.facts[fact].place for fact in operand.facts)


def _reach(values: Values, claim: Claim) -> Interval | None:
    """What a printed share of a printed amount can be."""
    base: Key | None = claim.base
    operand = values.of(base) if base is not None else None
    if operand is None or claim.amount is None:
        return None
    low, high, scale = percent_span(claim.amount)
    if not claim.amount.value or operand.zero:
        low = high = 0
    return operand.low * low // scale, -(-operand.high * high // scale)
