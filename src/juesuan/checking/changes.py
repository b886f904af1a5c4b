"""Changes against last year (比上年增减): amount, rate and the last-year figure that they imply, sentence by sentence.

Refuses to invent last year's figure: it is this year's less the printed change, or printed itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from juesuan.checking.values import Interval, Operand, Values, ratio_reachable
from juesuan.knowledge.phrases import falls, rises
from juesuan.model.claims import Claim
from juesuan.model.places import Place


@dataclass(frozen=True, slots=True)
class Change:
    """One statement of change. Intervals are in whole units of Figures; `fact` is the current figure's number."""

    claim: Claim | None
    rate: Claim | None
    delta: Interval | None
    before: Interval | None
    fact: int
    place: Place | None
    follows: tuple[int, ...] = ()
    turned: bool | None = False
    """whether its word is wrong: that of its rate says the opposite, and the figures hold only so; None: not known"""

    @property
    def falls(self) -> bool | None:
        """Whether the change is a decrease; None where it is zero or not known."""
        if self.claim is not None:
            up, down = rises(self.claim.word), falls(self.claim.word)
            return down is not (self.turned is True) if up != down else None
        return None


def changes(values: Values) -> tuple[Change, ...]:
    """All statements of change, in document order: a change with the rate that follows it, or a rate alone."""
    view = values.views.get("changes")
    if not isinstance(view, tuple):
        view = values.views["changes"] = tuple(_changes(values))
    return view


def _changes(values: Values) -> Iterator[Change]:
    pending: Claim | None = None
    for claim in values.report.claims:
        if claim.kind == "change":
            if pending is not None:
                yield _change(values, pending, None)
            pending = claim
        elif claim.kind == "rate":
            if pending is not None and _together(pending, claim):
                yield _change(values, pending, claim)
                pending = None
            else:
                if pending is not None:
                    yield _change(values, pending, None)
                    pending = None
                yield _change(values, None, claim)
    if pending is not None:
        yield _change(values, pending, None)


def _together(change: Claim, rate: Claim) -> bool:
    same = (change.section, change.entry, change.sentence) == (rate.section, rate.entry, rate.sentence)
    return same and change.key == rate.key and change.base == rate.base


def _change(values: Values, change: Claim | None, rate: Claim | None) -> Change:
    claim = change or rate
    assert claim is not None
    now = values.of(claim.key)
    printed = values.of(claim.base) if claim.base else None
    fact = now.facts[0] if now else -1
    place = values.report.facts[fact].place if now else None
    follows = () if now is None or now.wrong is None else (now.wrong,)
    delta = _signed(values, change) if change is not None and change.amount is not None else None
    before: Interval | None = None
    if printed is not None:
        before = (printed.low, printed.high)
    elif now is not None and delta is not None:
        before = (now.low - delta[1], now.high - delta[0])
    turned: bool | None = None if are_opposed(change, rate) else False
    if turned is None and now is not None and delta is not None and before is not None:
        other = -delta[1], -delta[0]
        last = before if printed is not None else (now.low - other[1], now.high - other[0])
        as_said, opposite = _holds(now, delta, before, rate), _holds(now, other, last, rate)
        if as_said is not opposite:
            turned = opposite
        if turned:
            delta, before = other, last
    if delta is None and before is not None and now is not None:
        delta = (now.low - before[1], now.high - before[0])
    return Change(change, rate, delta, before, fact, place, follows, turned)


def are_opposed(change: Claim | None, rate: Claim | None) -> bool:
    """Whether one says that it went up and the other that it went down."""
    if change is None or rate is None or _below_zero(change) != _below_zero(rate):
        return False  # 减少 15.04 万元，增长 -0.7%
    up, down = ([goes(claim.word) for claim in (change, rate)] for goes in (rises, falls))
    return up[0] is not down[0] and up[1] is not down[1] and up[0] is down[1]


def _below_zero(claim: Claim) -> bool:
    return claim.amount is not None and claim.amount.value < 0


def _holds(now: Operand, delta: Interval, before: Interval, rate: Claim | None) -> bool:
    """Whether this change leads from last year's figure to this year's, and is the share of it that is printed."""
    if not (now.low - before[1] <= delta[1] and delta[0] <= now.high - before[0]):
        return False
    if rate is None or rate.amount is None:
        return False
    ends = sorted(abs(end) for end in delta)
    return ratio_reachable((ends[0], ends[1]), before, rate.amount) is True


def _signed(values: Values, claim: Claim) -> Interval:
    """The printed change with the sign of its word (both words: the first decides nothing, the sum does)."""
    assert claim.amount is not None
    low, high = values.span(claim.amount)
    return (-high, -low) if falls(claim.word) and not rises(claim.word) else (low, high)
