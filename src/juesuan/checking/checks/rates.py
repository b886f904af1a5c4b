"""增减额、增减率 (changes and their rates): do they follow from the figures of both years, and agree on last year's?

Refuses to judge a rate on nothing or on less than nothing: that is unchecked.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from juesuan.checking.changes import Change, changes
from juesuan.checking.mends import of_last_year, of_rate
from juesuan.checking.outcomes import Failed, Outcome, Passed, Unchecked
from juesuan.checking.ratios import places
from juesuan.checking.registry import check
from juesuan.checking.values import Operand, Values, percentage, ratio_reachable
from juesuan.knowledge.phrases import falls
from juesuan.model.claims import Claim
from juesuan.model.keys import Key

_HUNDRED = 100


@check("CLAIM-RATE", severity="error", basis="情况说明：比上年增减的比例", needs="values")
def rates(values: Values) -> Iterator[Outcome]:
    """增减的百分比应与增减额、上年数相符。"""
    for change in changes(values):
        if change.rate is not None and change.rate.amount is not None:
            yield _rate(values, change, change.rate)


def _rate(values: Values, change: Change, claim: Claim) -> Outcome:
    if change.before is None or change.delta is None or claim.amount is None:
        return Unchecked(f"没有上年数或增减额：{values.say(claim.key)}", claim.place)
    delta = (min(abs(change.delta[0]), abs(change.delta[1])), max(abs(change.delta[0]), abs(change.delta[1])))
    if change.delta[0] <= 0 <= change.delta[1]:
        delta = (0, delta[1])
    if change.before == (0, 0):
        return (
            Passed(claim.place)
            if claim.amount.value in (0, _HUNDRED)
            else Unchecked("上年为零，没有百分比", claim.place)
        )
    amount, sign = claim.amount, ""
    if amount.value < 0 and not falls(claim.word) and change.delta[1] <= 0:  # 增长 -3.2%
        amount, sign = replace(amount, value=-amount.value), "-"
    reachable = ratio_reachable(delta, change.before, amount)
    if reachable or (reachable is None and amount.value == 0 and delta[0] == 0):
        return Passed(claim.place)
    if reachable is None:
        near_zero = change.before[0] <= 0 <= change.before[1]
        if near_zero and amount.value == _HUNDRED:
            return Passed(claim.place)
        return Unchecked("上年数为零或负数", claim.place)
    expected = sign + percentage(delta, change.before, amount.decimals)
    fact = change.fact
    base = values.say(claim.base) if claim.base and claim.base.year == claim.key.year else "上年"
    shown = f"{sign}{values.show(sum(delta) // 2, fact)} ÷ {base} {values.show(sum(change.before) // 2, fact)}"
    return Failed(
        f"{values.say(claim.key)}{claim.word}：{shown} = {expected}%",
        (claim.place, *(p for p in (change.place,) if p is not None)),
        advice=f"请改为 {expected}%",
        printed=str(claim.amount.value),
        expected=expected,
        difference=str(claim.amount.value - type(claim.amount.value)(expected)),
        unit="%",
        follows=change.follows,
        mends=of_rate(values, change, amount),
    )


@check("CLAIM-CHANGE", severity="error", basis="情况说明：增减额", needs="values")
def change_amounts(values: Values) -> Iterator[Outcome]:
    """增减额应等于两个数之差（两个数都列出时）。"""
    for change in changes(values):
        claim = change.claim
        if claim is None or claim.base is None or claim.amount is None:
            continue
        now, before = values.of(claim.key), values.of(claim.base)
        if now is None or before is None or change.delta is None:
            yield Unchecked(f"没有列出被比较的数：{values.say(claim.base)}", claim.place)
            continue
        low, high = now.low - before.high, now.high - before.low
        said = change.delta if change.falls is not None else (-change.delta[1], change.delta[1])
        if low <= said[1] and said[0] <= high:
            yield Passed(claim.place)
            continue
        yield _wrong_change(values, change, now, before)


def _wrong_change(values: Values, change: Change, now: Operand, before: Operand) -> Failed:
    claim = change.claim
    assert claim is not None
    assert claim.amount is not None
    assert claim.base is not None
    fact = now.facts[0]
    middles = [(o.low + o.high) // 2 for o in (now, before)]
    shown = [values.show(m, fact) for m in middles]
    expected = values.show(abs(middles[0] - middles[1]), fact)
    opposite = (
        change.delta is not None
        and -change.delta[1] <= now.high - before.low
        and now.low - before.high <= -change.delta[0]
    )
    word = "增加" if middles[0] > middles[1] else "减少"
    return Failed(
        f"{values.say(claim.key)}：{shown[0]} 与{values.say(claim.base)} {shown[1]} 相比，应为{word} {expected}",
        (claim.place, *places(values, now, before)),
        advice=f"请改为“{word}”" if opposite else f"请改为{word} {expected} {claim.amount.unit}",
        printed=claim.word if opposite else str(claim.amount.value),
        expected=word if opposite else expected,
        unit="" if opposite else claim.amount.unit,
        follows=tuple(o.wrong for o in (now, before) if o.wrong is not None),
        mends=tuple(of_last_year(values, change, (before.low, before.high))),
    )


@check(
    "CLAIM-LAST-YEAR",
    severity="error",
    basis="情况说明：各处推算的上年数应一致；上年收入总计等于支出总计",
    needs="values",
)
def last_year(values: Values) -> Iterator[Outcome]:
    """由增减额推算的上年数，各处应一致。"""
    seen: dict[Key, Change] = {}
    for change in changes(values):
        if change.before is None or change.claim is None or change.claim.base is None:
            continue
        base = change.claim.base
        key = base._replace(flow="total_out") if base.flow == "total_in" else base
        first = seen.setdefault(key, change)
        if first is change:
            continue
        if first.before is not None and change.before[0] <= first.before[1] and first.before[0] <= change.before[1]:
            yield Passed(change.claim.place)
        else:
            yield _apart(values, first, change)


@check("CLAIM-LAST-YEAR-KIN", severity="query", basis="情况说明：今年相等的口径，上年数不同的，应说明", needs="values")
def last_year_of_kin(values: Values) -> Iterator[Outcome]:
    """今年各口径相等（只有一种资金），而由增减额推算的上年数不同的，请说明上年的其他资金。"""
    seen: dict[tuple[str, ...], Change] = {}
    for change in changes(values):
        claim = change.claim
        if claim is None or claim.base is None or change.before is None or claim.base.year == claim.key.year:
            continue
        first = seen.setdefault(values.kin(claim.key), change)
        if first is change or first.claim is None or first.before is None or first.claim.key == claim.key:
            continue
        alike = change.before[0] <= first.before[1] and first.before[0] <= change.before[1]
        if alike or _carried(values, first, change) or _carried(values, change, first):
            yield Passed(claim.place)
        else:
            gap = values.show(abs(sum(change.before) - sum(first.before)) // 2, change.fact)
            yield replace(
                _apart(values, first, change),
                advice=f"请说明相差的 {gap} 是上年哪一种资金，或核对增减额",
            )


def _carried(values: Values, whole: Change, spent: Change) -> bool:
    """Whether last year's total is more than its spending by what was carried over: this year's opening balance."""
    if whole.claim is None or spent.claim is None or whole.before is None or spent.before is None:
        return False
    key = whole.claim.key
    if key.flow not in ("total_in", "total_out") or spent.claim.key.flow != "expenditure":
        return False
    opening = values.of(key._replace(flow="opening"))
    if opening is None:
        return False
    low, high = whole.before[0] - spent.before[1], whole.before[1] - spent.before[0]
    return low <= opening.high and opening.low <= high


def _apart(values: Values, first: Change, change: Change) -> Failed:
    assert change.claim is not None
    assert first.claim is not None
    middles = [values.show(sum(c.before or (0, 0)) // 2, c.fact) for c in (first, change)]
    return Failed(
        f"{values.say(change.claim.key)}：由此推算上年为 {middles[1]}，另一处推算为 {middles[0]}",
        (change.claim.place, first.claim.place),
        advice="请核对两处的增减额",
        printed=str(change.claim.amount.value) if change.claim.amount else "",
        follows=(*first.follows, *change.follows),
        mends=(
            *of_last_year(values, change, first.before or (0, 0)),
            *of_last_year(values, first, change.before or (0, 0)),
        ),
    )
