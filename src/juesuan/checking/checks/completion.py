"""完成预算的比例、大于小于 (completion and direction): does the sentence follow from the two figures?

A claim on an unspecified 预算数 is read with the only budget that is stated for its key, else it is unchecked.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from juesuan.checking.mends import of_order
from juesuan.checking.outcomes import Failed, Outcome, Passed, Unchecked
from juesuan.checking.ratios import places, ratio, unknown
from juesuan.checking.registry import check
from juesuan.checking.values import Operand, Values, claims_of, ratio_reachable
from juesuan.knowledge.phrases import meaning
from juesuan.model.claims import Claim
from juesuan.model.findings import Severity

_BASES = ("initial", "full_year", "budget")
_BASIS_WORDS = {"initial": "年初预算", "full_year": "全年预算", "budget": "预算", "final": "决算"}
_HUNDRED = 100


@check("CLAIM-COMPLETION", severity="error", basis="情况说明：完成预算的比例", needs="values")
def completion(values: Values) -> Iterator[Outcome]:
    """完成预算的百分比应与决算数、所说的那种预算数相符。"""
    for claim in claims_of(values.report, "completion"):
        claim = _resolved(values, claim)
        outcome = ratio(values, claim, "完成")
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
        (claim.place, *places(values, *operands)),
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
            missing = claim.key if final is None else claim.base
            yield _against_completion(values, claim) or unknown(values, claim, missing)
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
        (claim.place, *places(values, final, budget)),
        advice=f"请改为“{right}”",
        printed=claim.word,
        expected=right,
        severity=Severity.WARNING if claim.base and claim.base.basis == "budget" else None,
        follows=wrong,
        mends=of_order(final, budget) if said == "小于" else of_order(budget, final) if said == "大于" else (),
    )


_MEANS = {"larger": "大于", "smaller": "小于", "equal": "等于", "not_larger": "不大于"}
