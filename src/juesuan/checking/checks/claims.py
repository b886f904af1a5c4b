"""Shares, changes, rates, completion, directions: do they follow from the figures they speak of?

Every operand may be anywhere in the interval of what is printed; a claim is wrong only where no such values give it.
Refuses to judge where an operand is not known: that is unchecked, not passed. A claim that follows from a wrong figure
is that figure's consequence, not a mistake of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from juesuan.checking.changes import Change, changes
from juesuan.checking.mends import of_last_year, of_order, of_rate, of_ratio
from juesuan.checking.outcomes import Failed, Outcome, Passed, Unchecked
from juesuan.checking.registry import check
from juesuan.checking.values import Interval, Operand, Values, claims_of, percentage, ratio_reachable
from juesuan.knowledge.phrases import meaning
from juesuan.model.claims import Claim
from juesuan.model.findings import Severity
from juesuan.model.keys import Key
from juesuan.model.places import Place

_BASES = ("initial", "full_year", "budget")
_BASIS_WORDS = {"initial": "年初预算", "full_year": "全年预算", "budget": "预算", "final": "决算"}
_HUNDRED = 100
_WITH = {"income": "total_in", "total_in": "income", "expenditure": "total_out", "total_out": "expenditure"}


def _unknown(values: Values, claim: Claim, key: Key | None) -> Unchecked:
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


def _ratio(values: Values, claim: Claim, word: str) -> Outcome:
    """A printed percentage of two keys."""
    part = values.of(claim.key)
    whole = values.of(claim.base) if claim.base else None
    if part is None or whole is None or claim.amount is None:
        return _unknown(values, claim, claim.key if part is None else claim.base)
    convention = _convention(claim, part, whole)
    if convention is not None:
        return convention
    spans = list(_spans(part, whole))
    for above, below, wrong in spans:
        if ratio_reachable(above, below, claim.amount) and wrong is None:
            return Passed(claim.place)
    if whole.low <= 0:
        return Unchecked("基数为零或负数", claim.place)
    expected = percentage(spans[0][0], spans[0][1], claim.amount.decimals)
    shown = " ÷ ".join(values.show((o.low + o.high) // 2, o.facts[0]) for o in (part, whole))
    follows = tuple(w for a, b, w in spans if w is not None and ratio_reachable(a, b, claim.amount))
    coarse = claim.amount.decimals == 0 and not follows and abs(int(expected) - claim.amount.value) <= 1
    return Failed(
        f"{values.say(claim.key)}{word}{values.say(claim.base) if claim.base else ''}：{shown} = {expected}%",
        (claim.place, *_places(values, part, whole)),
        advice=f"请改为 {expected}%",
        printed=f"{claim.amount.value}",
        expected=expected,
        difference=str(claim.amount.value - type(claim.amount.value)(expected)),
        unit="%",
        severity=Severity.WARNING if coarse else None,
        follows=follows,
        mends=of_ratio(part, whole, claim.amount),
    )


def _places(values: Values, *operands: Operand) -> tuple[Place, ...]:
    facts = values.report.facts
    return tuple(facts[o.facts[0]].place for o in operands)


@check("CLAIM-SHARE", severity="error", basis="情况说明：各部分占比", needs="values")
def shares(values: Values) -> Iterator[Outcome]:
    """占比应与所说的两个数相符。"""
    whole = _totals(values)
    for claim in claims_of(values.report, "share"):
        outcome = _ratio(values, claim, "占")
        if isinstance(outcome, Failed) and not outcome.follows and (other := _other_whole(values, claim)):
            outcome = _of_another(values, claim, other, outcome)
        elif isinstance(outcome, Failed) and claim.amount and whole[_list_of(claim)] == _HUNDRED:
            unit = Decimal(1).scaleb(-claim.amount.decimals)
            if abs(Decimal(outcome.difference)) <= unit:
                outcome = replace(outcome, severity=Severity.INFO, advice="末位可能是为合计 100% 而调整的")
        yield outcome


def _other_whole(values: Values, claim: Claim) -> Key | None:
    """The one other total that the share is right for: of another fund, flow or year."""
    part = values.of(claim.key)
    if part is None or claim.base is None or claim.amount is None or not claim.amount.decimals or not part.low:
        return None
    base = claim.base
    before = str(int(base.year) - 1) if base.year.isdigit() else ""
    others = {base._replace(fund=fund) for fund in ("all", "fiscal", "general_public")}
    others |= {base._replace(flow=_WITH[base.flow])} if base.flow in _WITH else set()
    others |= {base._replace(year=before)} if before else set()
    fitting = [
        other
        for other in sorted(others - {base, claim.key})
        if (whole := values.of(other)) is not None
        and whole.low > 0
        and ratio_reachable((part.low, part.high), (whole.low, whole.high), claim.amount)
    ]
    return fitting[0] if fitting else None


def _of_another(values: Values, claim: Claim, other: Key, outcome: Failed) -> Failed:
    """A right share under the wrong word."""
    meant, said = values.say(other), values.say(claim.base) if claim.base else ""
    return replace(
        outcome,
        message=f"{values.say(claim.key)}：{outcome.printed}% 是占{meant}的比例，不是占{said}\n{outcome.message}",
        advice=f"请改为 {outcome.expected}%，或把“占”后面的话改为{meant}",
    )


def _list_of(claim: Claim) -> tuple[object, ...]:
    """What tells a list of shares from another: where it stands and what the shares are of."""
    return claim.section, claim.entry, claim.sentence, claim.base


def _totals(values: Values) -> Counter[tuple[object, ...]]:
    """The sum of the printed shares of every list."""
    totals: Counter[tuple[object, ...]] = Counter()
    for claim in claims_of(values.report, "share"):
        if claim.amount is not None:
            totals[_list_of(claim)] += claim.amount.value  # type: ignore[assignment]
    return totals


@check("CLAIM-SHARES", severity="error", basis="情况说明：同一列举的占比合计", needs="values")
def shares_total(values: Values) -> Iterator[Outcome]:
    """同一列举的各项占比，合计不能超过 100%（尾差除外）。"""
    lists: dict[tuple[object, ...], list[Claim]] = {}
    for claim in claims_of(values.report, "share"):
        lists.setdefault(_list_of(claim), []).append(claim)
    for claims in lists.values():
        if len(claims) > 1:
            yield _shares_total(values, claims)


def _shares_total(values: Values, claims: list[Claim]) -> Outcome:
    amounts = [claim.amount for claim in claims if claim.amount is not None]
    total = sum((a.value for a in amounts), Decimal(0))
    slack = sum((Decimal(1).scaleb(-a.decimals) / 2 for a in amounts if a.value), Decimal(0))
    operands = [values.of(claim.key) for claim in claims]
    slack += _operand_slack(values, claims, operands)
    follows = tuple(o.wrong for o in operands if o is not None and o.wrong is not None)
    nested = any(c.key.item.startswith("procurement") for c in claims) or len(
        {(c.key.fund, c.key.function, c.key.nature, c.key.item, c.key.economic) for c in claims}
    ) < len(claims)
    if total <= _HUNDRED + slack or nested:
        return Passed(claims[0].place)
    return Failed(
        f"各项占比合计 {total}%，超过 100%",
        tuple(c.place for c in claims),
        advice="请核对各项占比",
        printed=str(total),
        expected="100",
        difference=str(total - _HUNDRED),
        unit="%",
        follows=follows,
    )


def _operand_slack(values: Values, claims: list[Claim], operands: list[Operand | None]) -> Decimal:
    """What the rounding of the amounts themselves may add to a total of percentages (5.35 + 18.10 of 23.44)."""
    bases = {claim.base for claim in claims}
    whole = values.of(base) if len(bases) == 1 and (base := bases.pop()) is not None else None
    if whole is None or whole.low <= 0:
        return Decimal(0)
    widths = sum(o.high - o.low for o in (*operands, whole) if o is not None)
    return Decimal(widths) * _HUNDRED / Decimal(whole.low + whole.high)


@check("CLAIM-COMPLETION", severity="error", basis="情况说明：完成预算的比例", needs="values")
def completion(values: Values) -> Iterator[Outcome]:
    """完成预算的百分比应与决算数、所说的那种预算数相符。"""
    for claim in claims_of(values.report, "completion"):
        claim = _resolved(values, claim)
        outcome = _ratio(values, claim, "完成")
        right = "" if isinstance(outcome, Passed) else _other_base(values, claim)
        if right and claim.base is not None and claim.base.basis != "budget":
            outcome = _wrong_base(values, claim, right, outcome)
        elif right and isinstance(outcome, Unchecked):
            outcome = Passed(claim.place)
        yield outcome


def _wrong_base(values: Values, claim: Claim, right: str, outcome: Outcome) -> Failed:
    """A right percentage under the wrong word."""
    assert claim.base is not None
    assert claim.amount is not None
    said, meant = _BASIS_WORDS[claim.base.basis], _BASIS_WORDS[right]
    also = f"，或把百分比改为 {outcome.expected}%" if isinstance(outcome, Failed) else ""
    operands = [o for o in (values.of(claim.base._replace(basis=right)), values.of(claim.base)) if o is not None]
    return Failed(
        f"{values.say(claim.key)}：{claim.amount.value}% 是按{meant}计算的，不是{said}",
        (claim.place, *_places(values, *operands)),
        advice=f"请把“{said}”改为“{meant}”{also}",
        printed=said,
        expected=meant,
    )


def _resolved(values: Values, claim: Claim) -> Claim:
    """A claim on an unspecified 预算数 read with the only budget that is stated for its key."""
    if claim.base is None or claim.base.basis != "budget" or values.of(claim.base) is not None:
        return claim
    stated = [b for b in _BASES if values.of(claim.base._replace(basis=b)) is not None]
    return replace(claim, base=claim.base._replace(basis=stated[-1])) if stated else claim


def _other_base(values: Values, claim: Claim) -> str:
    """The budget with which the printed percentage would be right, "" where none is."""
    part = values.of(claim.key)
    if claim.base is None or part is None or claim.amount is None:
        return ""
    for basis in _BASES:
        other = values.of(claim.base._replace(basis=basis)) if basis != claim.base.basis else None
        if other and ratio_reachable((part.low, part.high), (other.low, other.high), claim.amount):
            return basis
    return ""


@check("CLAIM-DIRECTION", severity="error", basis="情况说明：决算数大于、小于、等于预算数", needs="values")
def directions(values: Values) -> Iterator[Outcome]:
    """大于、小于、持平的表述应与决算数、预算数相符。"""
    for claim in claims_of(values.report, "direction", "level"):
        if claim.kind == "level" and claim.base is not None and claim.base.year != claim.key.year:
            continue
        claim = _resolved(values, claim)
        final = values.of(claim.key)
        budget = values.of(claim.base) if claim.base else None
        if final is None or budget is None:
            unknown = _unknown(values, claim, claim.key if final is None else claim.base)
            yield _against_completion(values, claim) or unknown
            continue
        yield _direction(values, claim, final, budget)


def _against_completion(values: Values, claim: Claim) -> Failed | None:
    """完成预算的 98.9%，决算数大于预算数: the words contradict the percentage before them, whatever the figures."""
    said = _MEANS.get(meaning(claim.word), claim.word)
    for other in claims_of(values.report, "completion"):
        beside = (other.section, other.entry, other.sentence, other.key, other.base)
        if beside != (claim.section, claim.entry, claim.sentence, claim.key, claim.base) or other.amount is None:
            continue
        true = "大于" if other.amount.value > _HUNDRED else "小于" if other.amount.value < _HUNDRED else ""
        if {said, true} == {"大于", "小于"}:
            return Failed(
                f"{values.say(claim.key)}：完成预算的 {other.amount.show()}%，却说{claim.word}预算",
                (claim.place, other.place),
                advice=f"请改为“{true}”，或核对百分比",
                printed=claim.word,
                expected=true,
            )
    return None


def _direction(values: Values, claim: Claim, final: Operand, budget: Operand) -> Outcome:
    middle = (final.low + final.high) - (budget.low + budget.high)
    true = "大于" if middle > 0 else "小于" if middle < 0 else "等于"
    said = _MEANS.get(meaning(claim.word), claim.word)
    if said == true or (said == "不大于" and true != "大于"):
        return Passed(claim.place)
    near = final.low <= budget.high and budget.low <= final.high
    if (said == "等于" and claim.word.startswith("基本")) or (near and said == "等于"):
        return Passed(claim.place)
    shown = [values.show((o.low + o.high) // 2, o.facts[0]) for o in (final, budget)]
    sign = {"大于": ">", "小于": "<", "等于": "="}[true]
    wrong = tuple(o.wrong for o in (final, budget) if o.wrong is not None)
    right = "持平" if true == "等于" else true
    return Failed(
        f"{values.say(claim.key)}：{claim.word} → {right}（{shown[0]} {sign} {shown[1]}）",
        (claim.place, *_places(values, final, budget)),
        advice=f"请改为“{right}”",
        printed=claim.word,
        expected=right,
        severity=Severity.WARNING if claim.base and claim.base.basis == "budget" else None,
        follows=wrong,
        mends=of_order(final, budget) if said == "小于" else of_order(budget, final) if said == "大于" else (),
    )


_MEANS = {"larger": "大于", "smaller": "小于", "equal": "等于", "not_larger": "不大于"}


@check("CLAIM-NONE", severity="error", basis="情况说明：没有的收入、支出", needs="values")
def nothing(values: Values) -> Iterator[Outcome]:
    """说“无”“没有”的，表中应为零。"""
    for claim in claims_of(values.report, "none"):
        found = values.of(claim.key) if claim.key.measure == "amount" else None
        if found is None:
            yield Unchecked(f"没有找到可比的数：{values.say(claim.key)}", claim.place)
        elif found.zero:
            yield Passed(claim.place)
        else:
            shown = values.show((found.low + found.high) // 2, found.facts[0])
            yield Failed(
                f"文中说没有{values.say(claim.key)}，表中为 {shown}",
                (claim.place, *_places(values, found)),
                advice="请核对表述和表中的数",
                printed=claim.quote[-20:],
                expected=shown,
            )


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
    reachable = ratio_reachable(delta, change.before, claim.amount)
    if reachable or (reachable is None and claim.amount.value == 0 and delta[0] == 0):
        return Passed(claim.place)
    if reachable is None:
        near_zero = change.before[0] <= 0 <= change.before[1]
        if near_zero and claim.amount.value == _HUNDRED:
            return Passed(claim.place)
        return Unchecked("上年数为零或负数", claim.place)
    expected = percentage(delta, change.before, claim.amount.decimals)
    fact = change.fact
    shown = f"{values.show(sum(delta) // 2, fact)} ÷ 上年 {values.show(sum(change.before) // 2, fact)}"
    return Failed(
        f"{values.say(claim.key)}{claim.word}：{shown} = {expected}%",
        (claim.place, *(p for p in (change.place,) if p is not None)),
        advice=f"请改为 {expected}%",
        printed=str(claim.amount.value),
        expected=expected,
        difference=str(claim.amount.value - type(claim.amount.value)(expected)),
        unit="%",
        follows=change.follows,
        mends=of_rate(values, change, claim.amount),
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
        (claim.place, *_places(values, now, before)),
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
