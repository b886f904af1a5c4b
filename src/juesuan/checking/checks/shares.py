"""占比 (shares): do they follow from the two figures they speak of, and do those of one list add up?

Refuses to add up lists whose items contain each other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from juesuan.checking.outcomes import Failed, Outcome, Passed
from juesuan.checking.ratios import ratio
from juesuan.checking.registry import check
from juesuan.checking.values import Operand, Values, claims_of, ratio_reachable
from juesuan.model.claims import Claim
from juesuan.model.findings import Severity
from juesuan.model.keys import ALL, Key

_HUNDRED = 100
_WITH = {"income": "total_in", "total_in": "income", "expenditure": "total_out", "total_out": "expenditure"}


@check("CLAIM-SHARE", severity="error", basis="情况说明：各部分占比", needs="values")
def shares(values: Values) -> Iterator[Outcome]:
    """占比应与所说的两个数相符；没有说占什么的，占列举的总数或全部收入、支出都可以。"""
    whole = _totals(values)
    for claim in claims_of(values.report, "share"):
        outcome = ratio(values, claim, "占")
        if isinstance(outcome, Failed) and _of_all(values, claim):
            outcome = Passed(claim.place)
        if isinstance(outcome, Failed) and not outcome.follows and (other := _other_whole(values, claim)):
            wider = not claim.word and claim.base is not None and other in _wider(claim.base)
            outcome = Passed(claim.place) if wider else _of_another(values, claim, other, outcome)
        elif isinstance(outcome, Failed) and claim.amount and whole[_list_of(claim)] == _HUNDRED:
            unit = Decimal(1).scaleb(-claim.amount.decimals)
            if abs(Decimal(outcome.difference)) <= unit:
                outcome = replace(outcome, severity=Severity.INFO, advice="末位可能是为合计 100% 而调整的")
        yield outcome


def _wider(base: Key) -> tuple[Key, ...]:
    """What a share that names no base may be of as well: of all funds, of the total with what was carried over."""
    return base._replace(fund="all"), base._replace(flow=_WITH.get(base.flow, base.flow))


def _of_all(values: Values, claim: Claim) -> bool:
    """Whether the share of an item is right for all that the department spends: 总支出 may mean that as well."""
    if claim.base is None or claim.base.item == ALL or not claim.amount or not claim.amount.value:
        return False
    part, whole = values.of(claim.key), values.of(claim.base._replace(item=ALL, fund=ALL))
    if part is None or whole is None or whole.low <= 0:
        return False
    return ratio_reachable((part.low, part.high), (whole.low, whole.high), claim.amount) is True


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
