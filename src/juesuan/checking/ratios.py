"""A printed percentage of two figures: does any pair of values inside their intervals give it?

Refuses to judge where an operand is not known: that is unchecked, not passed. A percentage that follows from a wrong
figure is that figure's consequence, not a mistake of its own.
"""

from __future__ import annotations

from collections.abc import Iterator

from juesuan.checking.mends import of_ratio
from juesuan.checking.outcomes import Failed, Outcome, Passed, Unchecked
from juesuan.checking.values import Interval, Operand, Values, percentage, ratio_reachable
from juesuan.model.claims import Claim
from juesuan.model.findings import Severity
from juesuan.model.keys import Key
from juesuan.model.places import Place

_HUNDRED = 100


def unknown(values: Values, claim: Claim, key: Key | None) -> Unchecked:
    """未查: the figure of this key, or the one that is compared with, is printed nowhere."""
    what = "被比较的数" if key is None else values.say(key)
    return Unchecked(f"没有找到可比的数：{what}", claim.place)


def _spans(one: Operand, other: Operand) -> Iterator[tuple[Interval, Interval, int | None]]:
    """The pairs of values to try: the right ones, then those that were wrongly printed (with the wrong fact)."""
    yield (one.low, one.high), (other.low, other.high), None
    if one.printed is not None:
        yield one.printed, (other.low, other.high), one.wrong
    if other.printed is not None:
        yield (one.low, one.high), other.printed, other.wrong
    if one.printed is not None and other.printed is not None:
        yield one.printed, other.printed, one.wrong


def _convention(claim: Claim, part: Operand, whole: Operand) -> Outcome | None:
    """0 of 0 printed as 0 % or 100 %: a convention; something of nothing has no percentage."""
    if not whole.zero:
        return None
    value = claim.amount.value if claim.amount else 0
    if value in (0, _HUNDRED):
        return Passed(claim.place)
    return None if part.zero else Unchecked("基数为零，没有百分比", claim.place)


def ratio(values: Values, claim: Claim, word: str) -> Outcome:
    """A printed percentage (claim.amount, in %) of two keys; word is what stands between them in a message (占, 完成)."""
    part = values.of(claim.key)
    whole = values.of(claim.base) if claim.base else None
    if part is None or whole is None or claim.amount is None:
        return unknown(values, claim, claim.key if part is None else claim.base)
    convention = _convention(claim, part, whole)
    if convention is not None:
        return convention
    pairs = list(_spans(part, whole))
    for above, below, wrong in pairs:
        if ratio_reachable(above, below, claim.amount) and wrong is None:
            return Passed(claim.place)
    if whole.low <= 0:
        return Unchecked("基数为零或负数", claim.place)
    expected = percentage(pairs[0][0], pairs[0][1], claim.amount.decimals)
    shown = " ÷ ".join(values.show((o.low + o.high) // 2, o.facts[0]) for o in (part, whole))
    follows = tuple(w for a, b, w in pairs if w is not None and ratio_reachable(a, b, claim.amount))
    coarse = claim.amount.decimals == 0 and not follows and abs(int(expected) - claim.amount.value) <= 1
    return Failed(
        f"{values.say(claim.key)}{word}{values.say(claim.base) if claim.base else ''}：{shown} = {expected}%",
        (claim.place, *places(values, part, whole)),
        advice=f"请改为 {expected}%",
        printed=f"{claim.amount.value}",
        expected=expected,
        difference=str(claim.amount.value - type(claim.amount.value)(expected)),
        unit="%",
        severity=Severity.WARNING if coarse else None,
        follows=follows,
        mends=of_ratio(part, whole, claim.amount),
    )


def places(values: Values, *operands: Operand) -> tuple[Place, ...]:
    """Where the figures stand that the operands were taken from."""
    facts = values.report.facts
    return tuple(facts[o.facts[0]].place for o in operands)
