"""The execution rate of self-evaluation forms (绩效自评表的预算执行率) and its score.

A rate is wrong only if no amounts that the printed ones stand for give it; nothing is divided but for the message.
Refuses to call a score wrong: places count it in their own ways, so it is only asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from juesuan.checking.outcomes import Failed, Outcome, Passed, Unchecked
from juesuan.checking.registry import check
from juesuan.checking.selfevaluation import HUNDRED, WHOLE, Forms, Line, SelfEvaluation, ratio, say
from juesuan.knowledge.performance import has_reason
from juesuan.model.findings import Severity
from juesuan.model.keys import ALL
from juesuan.model.reports import Fact

_FORM = "绩效自评表；财预〔2020〕10号"


@check("PERF-RATE", severity="error", basis=_FORM, needs="forms")
def rates(forms: Forms) -> Iterator[Outcome]:
    """预算执行率 = 执行数 ÷ 全年预算数。"""
    for form in forms:
        rate = form.rate
        if rate is not None:
            yield _rate(form, rate)


def rate_sound(form: SelfEvaluation) -> bool:
    """Whether the printed execution rate follows from the printed amounts."""
    rate = form.rate
    return rate is not None and isinstance(_rate(form, rate), Passed)


def _money(form: SelfEvaluation) -> tuple[Fact | None, Fact | None, bool]:
    """(executed, budget, whether that is surely the full-year budget)."""
    for indicator in (ALL, WHOLE):
        executed = form.money("final", indicator)
        if executed is not None:
            full_year = form.money("full_year", indicator)
            return executed, full_year or form.money("budget", indicator), full_year is not None
    return None, None, False


def _rate(form: SelfEvaluation, rate: Fact) -> Outcome:
    executed, budget, certain = _money(form)
    if executed is None or budget is None:
        return Unchecked(f"{form.title}没有执行数或全年预算数", rate.place)
    if not budget.amount.value:
        return Unchecked(f"{form.title}的全年预算数为零", rate.place)
    if _reached(rate, executed, budget):
        return Passed(rate.place)
    shown = ratio(executed.amount.base, budget.amount.base, rate.amount.decimals)
    return Failed(
        message=f"{form.title}：执行率 {rate.place.quote}，按执行数 {executed.amount.show()} ÷ "
        f"全年预算数 {budget.amount.show()} 应为 {shown}",
        places=(rate.place, executed.place, budget.place),
        advice="请核对执行数、全年预算数和执行率",
        printed=rate.place.quote,
        expected=shown,
        severity=None if certain else Severity.WARNING,
    )


def _reached(rate: Fact, executed: Fact, budget: Fact) -> bool:
    """Whether amounts that the printed ones stand for give a rate that is printed so. Nothing is divided."""
    spent, planned = executed.amount.coarser, budget.amount.coarser
    low, high = spent.base - spent.half, spent.base + spent.half
    least, most = planned.base - planned.half, planned.base + planned.half
    half = Decimal(1).scaleb(-rate.amount.decimals) / 2
    wanted = [rate.amount.value]
    if "%" not in rate.place.quote and rate.amount.value <= 2:  # 0.97: a ratio instead of a percentage
        wanted.append(rate.amount.value * HUNDRED)
    margins = (half, half * HUNDRED)
    return any(
        low * HUNDRED <= (value + margin) * most and high * HUNDRED >= (value - margin) * least
        for value, margin in zip(wanted, margins, strict=False)
    )


@check("PERF-RATE-SCORE", severity="query", basis=_FORM, needs="forms")
def rate_scores(forms: Forms) -> Iterator[Outcome]:
    """预算执行率的得分一般为权重 × 执行率；未执行完而得满分、执行完而未得满分的，请说明。"""
    for form in forms:
        for line in form.lines:
            if line.is_execution and line.score is not None and line.weight is not None:
                yield _rate_score(form, line, line.score, line.weight)


def _rate_score(form: SelfEvaluation, line: Line, score: Fact, weight: Fact) -> Outcome:
    rate = form.rate
    if any("执行率" in text and re.search("满分|不扣分|计分|得分为", text) for text, _ in form.table.notes):
        return Unchecked(f"{form.title}的附注另有执行率的计分规则", score.place)
    if rate is None or not (rate_sound(form) and form.sound):
        return Unchecked(f"{form.title}的执行率、权重或得分有误或没有印出，先行核对", score.place)
    percent = rate.amount.value
    if "%" not in rate.place.quote and percent <= 2:
        return Unchecked(f"{form.title}的执行率没有百分号", rate.place)
    value, full = score.amount.value, weight.amount.value
    highest = min(percent + Decimal(1).scaleb(-rate.amount.decimals) / 2, HUNDRED) * full / HUNDRED
    generous = value - Decimal(1).scaleb(-score.amount.decimals) / 2 > highest
    mean = percent >= HUNDRED and value < full
    if not (generous or mean) or has_reason(line.indicator.reason):
        return Passed(score.place)
    due = min(percent, HUNDRED) * full / HUNDRED
    return Failed(
        message=f"{form.title}：执行率 {rate.place.quote}，权重 {say(full)}，得分 {say(value)}",
        places=(score.place, rate.place, weight.place),
        advice=f"按执行率折算为 {say(due)} 分；另有计分规则的，请说明",
        printed=say(value),
        expected=say(due),
        unit="分",
    )
