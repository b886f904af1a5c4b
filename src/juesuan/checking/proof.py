"""Proof for claims (表述的核实): which printed percentages and changes would be found wrong if they were changed.

The same law as for figures: changed alone by the larger of ten units of its last place and 1 %, in at least one
direction, it changes an outcome. Refuses to count a claim whose operands are not known, or one that is wrong already.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from juesuan.checking.changes import Change, changes
from juesuan.checking.values import Operand, Values, claims_of, ratio_reachable
from juesuan.model.amounts import Amount
from juesuan.model.claims import Claim
from juesuan.model.keys import Key


def verified_claims(values: Values) -> frozenset[tuple[int | None, int | None, int | None]]:
    """The spots (page, line, start) of the numbers of verified claims."""
    spots = {(c.place.page, c.place.line, c.place.start) for c in _verified(values)}
    return frozenset(spots)


def _verified(values: Values) -> Iterator[Claim]:
    for claim in claims_of(values.report, "share", "completion"):
        if claim.amount is not None and claim.base is not None and _ratio_held(values, claim):
            yield claim
    seen: dict[Key, list[Change]] = {}
    for change in changes(values):
        if change.rate is not None and change.rate.amount is not None and _rate_held(change, change.rate.amount):
            yield change.rate
        if change.claim is not None and change.claim.base is not None:
            seen.setdefault(_last_year(change.claim.base), []).append(change)
    for group in seen.values():
        for change in group:
            if change.claim is not None and _change_held(values, change, group):
                yield change.claim


def _last_year(base: Key) -> Key:
    return base._replace(flow="total_out") if base.flow == "total_in" else base


def moved(amount: Amount) -> tuple[Amount, Amount]:
    """The amount changed by the larger of ten units of its last place and 1 %, up and down."""
    step = max(Decimal(10).scaleb(-amount.decimals), abs(amount.value) / 100)
    step = step.quantize(Decimal(1).scaleb(-amount.decimals))
    return replace(amount, value=amount.value + step), replace(amount, value=amount.value - step)


def _ratio_held(values: Values, claim: Claim) -> bool:
    part, whole = values.of(claim.key), values.of(claim.base) if claim.base else None
    if part is None or whole is None or claim.amount is None or whole.low <= 0:
        return False
    spans = (part.low, part.high), (whole.low, whole.high)
    right = ratio_reachable(*spans, claim.amount)
    return bool(right) and any(ratio_reachable(*spans, other) is False for other in moved(claim.amount))


def _rate_held(change: Change, amount: Amount) -> bool:
    if change.delta is None or change.before is None or change.before[0] <= 0:
        return False
    ends = sorted(abs(end) for end in change.delta)
    spans = (ends[0], ends[1]), change.before
    return bool(ratio_reachable(*spans, amount)) and any(
        ratio_reachable(*spans, other) is False for other in moved(amount)
    )


def _change_held(values: Values, change: Change, group: list[Change]) -> bool:
    """Held by its own rate, by both printed figures, or by another statement about the same last-year figure."""
    claim = change.claim
    if claim is None or claim.amount is None or claim.base is None:
        return False
    now = values.of(claim.key)
    if now is None:
        return False
    for other in moved(claim.amount):
        span = values.span(other)
        span = (-span[1], -span[0]) if change.falls else span
        before = (now.low - span[1], now.high - span[0])
        if _breaks(values, change, span, before, group, values.of(claim.base)):
            return True
    return False


def _breaks(
    values: Values,
    change: Change,
    span: tuple[int, int],
    before: tuple[int, int],
    group: list[Change],
    printed: Operand | None,
) -> bool:
    if printed is not None:
        return before[1] < printed.low or printed.high < before[0]
    rate = change.rate.amount if change.rate is not None else None
    if rate is not None and before[0] > 0:
        ends = sorted(abs(end) for end in span)
        if ratio_reachable((ends[0], ends[1]), before, rate) is False:
            return True
    others = [c.before for c in group if c is not change and c.before is not None]
    return any(before[1] < other[0] or other[1] < before[0] for other in others)
