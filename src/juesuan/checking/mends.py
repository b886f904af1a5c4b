"""Mends (怎样改才对): between what a figure would be right if it alone were wrong, for percentages, changes and sums.

Works on intervals in whole units of Figures. Refuses to say which figure is wrong: that is culprits.py's to find.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from juesuan.checking.changes import Change
from juesuan.checking.outcomes import Mend
from juesuan.checking.values import Interval, Operand, Values, percent_span
from juesuan.model.amounts import Amount


def of_ratio(part: Operand, whole: Operand, amount: Amount) -> tuple[Mend, ...]:
    """part ÷ whole = p%: what the part, or the whole, would have to be."""
    low, high, scale = percent_span(amount)
    low = max(low, 0)
    mends = [Mend(fact, -(-low * whole.low // scale), high * whole.high // scale) for fact in part.facts[:1]]
    if low > 0:
        mends += [Mend(fact, part.low * scale // high, -(-part.high * scale // low)) for fact in whole.facts[:1]]
    return tuple(mends)


def of_rate(values: Values, change: Change, amount: Amount) -> tuple[Mend, ...]:
    """A change of p%: what the change, or this year's figure, would have to be."""
    claim = change.claim
    low, high, scale = percent_span(amount)
    now = values.of(claim.key) if claim is not None else None
    if claim is None or claim.amount is None or now is None or change.falls is None or change.delta is None or low <= 0:
        return ()
    before = values.of(claim.base) if claim.base is not None else None
    if before is not None:
        return (Mend(claim, before.low * low // scale, -(-before.high * high // scale)),)
    sign = -1 if change.falls else 1
    if scale + sign * high <= 0:
        return ()
    mends = [Mend(claim, now.low * low // (scale + sign * low), -(-now.high * high // (scale + sign * high)))]
    ends = sorted(abs(end) for end in change.delta)
    spans = sorted((ends[0] * (scale + sign * high) // high, -(-ends[1] * (scale + sign * low) // low)))
    mends += [Mend(fact, spans[0], spans[1]) for fact in now.facts[:1]]
    return tuple(mends)


def of_last_year(values: Values, change: Change, before: Interval) -> Iterator[Mend]:
    """What a change would have to be to give this figure of last year."""
    claim = change.claim
    now = values.of(claim.key) if claim is not None else None
    if claim is None or now is None or change.falls is None:
        return
    low, high = now.low - before[1], now.high - before[0]
    yield Mend(claim, -high, -low) if change.falls else Mend(claim, low, high)


def of_order(less: Operand, more: Operand) -> tuple[Mend, ...]:
    """less < more: what either would have to be."""
    under = [Mend(fact, None, more.high) for fact in less.facts[:1]]
    return (*under, *(Mend(fact, less.low, None) for fact in more.facts[:1]))


def of_sum(terms: Iterable[tuple[int, int]], value: dict[int, int], slack: int, equal: bool) -> tuple[Mend, ...]:
    """Σ coefficient · figure = 0 (or <= 0): what each figure would have to be; coefficients are 1 or -1."""
    every = list(terms)
    total = sum(coefficient * value[fact] for fact, coefficient in every)
    mends = []
    for fact, coefficient in every:
        right = value[fact] - coefficient * total
        if equal:
            mends.append(Mend(fact, right - slack, right + slack))
        elif coefficient > 0:
            mends.append(Mend(fact, None, right + slack))
        else:
            mends.append(Mend(fact, right - slack, None))
    return tuple(mends)
