"""Weights, scores and the execution rate of self-evaluation forms (绩效自评表的权重、得分、执行率).

All of these are exact but the rate, which is wrong only if no amounts that the printed ones stand for give it. One slip
is one finding: what follows from a sum that is already wrong is unchecked here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from juesuan.checking.outcomes import Failed, Outcome, Passed, Unchecked
from juesuan.checking.registry import check
from juesuan.checking.selfevaluation import HUNDRED, Line, SelfEvaluation, self_evaluations
from juesuan.knowledge.performance import Bands, has_reason, kind_word
from juesuan.model.findings import Severity
from juesuan.model.places import Place
from juesuan.model.reports import Fact, Report

_FORM = "绩效自评表；财预〔2020〕10号"


def _say(value: Decimal) -> str:
    """A weight or score without trailing zeros: 10.00 → 10."""
    return f"{value.normalize():f}"


# Weights --------------------------------------------------------------------------------------------------------------


@check("PERF-WEIGHTS", severity="error", basis=_FORM)
def weights(report: Report) -> Iterator[Outcome]:
    """各指标的权重（分值）合计为 100；一级、二级指标注明分值的，等于其下各指标之和。"""
    for form in self_evaluations(report):
        printed = form.column("weight")
        if not printed:
            yield Unchecked(f"{form.title}没有权重", form.place)
        elif form.unread:
            yield Unchecked(f"{form.title}有未能识别的数字", form.place)
        else:
            yield _hundred(form, printed)
            yield from (_level(form, fact, below) for fact, below in form.level_marks())


def _hundred(form: SelfEvaluation, printed: list[Fact]) -> Outcome:
    found, due = form.sum("weight"), form.full_marks()
    if found == due:
        return Passed(form.place)
    missing = due - found
    likely = _slipped(form, missing)
    blank = [line for line in form.lines if line.weight is None]
    hint = ""
    if len(likely) == 1:
        line = likely[0]
        assert line.weight is not None
        right = _say(line.weight.amount.value + missing)
        hint = f"；“{line.name}”的权重 {_say(line.weight.amount.value)} 似应为 {right}"
    elif blank and missing > 0:
        hint = "；" + "、".join(f"“{line.name}”" for line in blank[:3]) + "没有权重"
    first = [line.weight.place for line in likely if line.weight is not None]
    places = [*first, *(f.place for f in printed), *(f.place for f in form.totals("weight"))]
    return Failed(
        message=f"{form.title}：权重合计 {_say(found)}，应为 {_say(due)}{hint}",
        places=tuple(dict.fromkeys(places)),
        advice="请核对各指标的权重",
        printed=_say(found),
        expected=_say(due),
        difference=_say(found - due),
        unit="分",
    )


def _slipped(form: SelfEvaluation, missing: Decimal) -> list[Line]:
    """The lines whose weight alone may be the slip: with it set right, the score fits and the others stay as they are."""
    lines = [line for line in form.lines if line.weight is not None and line.score is not None]
    over = [line for line in lines if _over(line)]
    right = [line for line in over or lines if _with(line, missing) == _value(line.score)]
    return right if len(right) == 1 or not over else over


def _value(fact: Fact | None) -> Decimal:
    return Decimal(0) if fact is None else fact.amount.value


def _with(line: Line, missing: Decimal) -> Decimal:
    return _value(line.weight) + missing


def _over(line: Line) -> bool:
    return line.score is not None and line.weight is not None and _value(line.score) > _value(line.weight)


def _level(form: SelfEvaluation, mark: Fact, below: list[Line]) -> Outcome:
    printed = [line.weight for line in below if line.weight is not None]
    found = sum((fact.amount.value for fact in printed), Decimal(0))
    if found == mark.amount.value:
        return Passed(mark.place)
    if not printed or form.weights_wrong():
        return Unchecked(f"{form.title}的权重合计不对，先核对权重", mark.place)
    return Failed(
        message=f"{form.title}：“{mark.place.quote}”，其下权重合计 {_say(found)}",
        places=(mark.place, *(fact.place for fact in printed)),
        advice="请核对该级指标的分值和其下各指标的权重",
        printed=_say(mark.amount.value),
        expected=_say(found),
        difference=_say(mark.amount.value - found),
        unit="分",
    )


# Scores ---------------------------------------------------------------------------------------------------------------


@check("PERF-SCORE", severity="error", basis=_FORM)
def scores(report: Report) -> Iterator[Outcome]:
    """每个指标的得分在 0 和权重之间。"""
    for form in self_evaluations(report):
        for line in form.lines:
            if line.score is not None:
                yield _score(form, line, line.score)


def _score(form: SelfEvaluation, line: Line, score: Fact) -> Outcome:
    if line.weight is None:
        return Unchecked(f"“{line.name}”没有权重", score.place)
    value, weight = score.amount.value, line.weight.amount.value
    if 0 <= value <= weight:
        return Passed(score.place)
    if value > weight and form.weights_wrong():
        return Unchecked(f"{form.title}的权重合计不对，先核对权重", score.place)
    due = _implied(form, line)
    return Failed(
        message=f"{form.title}“{line.name}”：得分 {_say(value)}" + (f"大于权重 {_say(weight)}" if value > 0 else "小于 0"),
        places=(score.place, line.weight.place),
        advice=f"按总得分推算，应为 {_say(due)}" if due is not None else "请核对得分和权重",
        printed=_say(value),
        expected=_say(due) if due is not None else "",
        unit="分",
    )


def _implied(form: SelfEvaluation, line: Line) -> Decimal | None:
    """The score that the printed total leaves for a line; None where it would not fit the weight either."""
    totals = form.totals("score")
    if not totals or line.score is None or line.weight is None:
        return None
    due = totals[0].amount.value - form.sum("score") + line.score.amount.value
    return due if 0 <= due <= line.weight.amount.value else None


@check("PERF-TOTAL", severity="error", basis=_FORM)
def totals(report: Report) -> Iterator[Outcome]:
    """总分：总权重等于各权重之和，总得分等于各得分之和。"""
    for form in self_evaluations(report):
        for role, word in (("weight", "权重"), ("score", "得分")):
            for total in form.totals(role):
                yield _total(form, role, word, total)


def _total(form: SelfEvaluation, role: str, word: str, total: Fact) -> Outcome:
    parts = form.column(role)
    if not parts or form.unread:
        return Unchecked(f"{form.title}的{word}未能全部读出", total.place)
    found, printed = form.sum(role), total.amount.value
    if printed == found or (role == "weight" and printed == HUNDRED and not form.weights_wrong()):
        return Passed(total.place)
    if role == "weight" and printed == HUNDRED:
        return Unchecked(f"{form.title}：见 PERF-WEIGHTS（权重合计不对）", total.place)
    if role == "score" and not form.rated and form.full_marks() < HUNDRED:
        return Unchecked(f"{form.title}没有印出执行率的得分", total.place)
    wrong = [line for line in form.lines if _over(line)]
    if role == "score" and len(wrong) == 1 and _implied(form, wrong[0]) is not None and not form.weights_wrong():
        return Unchecked(f"{form.title}：见 PERF-SCORE（有得分大于权重）", total.place)
    return Failed(
        message=f"{form.title}：总{word} {_say(printed)}，各项合计 {_say(found)}",
        places=(total.place, *(fact.place for fact in parts)),
        advice=f"请核对总{word}和各项{word}",
        printed=_say(printed),
        expected=_say(found),
        difference=_say(printed - found),
        unit="分",
    )


# Execution rate -------------------------------------------------------------------------------------------------------


@check("PERF-RATE", severity="error", basis=_FORM)
def rates(report: Report) -> Iterator[Outcome]:
    """预算执行率 = 执行数 ÷ 全年预算数。"""
    for form in self_evaluations(report):
        rate = form.rate()
        if rate is not None:
            yield _rate(form, rate)


def rate_sound(form: SelfEvaluation) -> bool:
    """Whether the printed execution rate follows from the printed amounts."""
    rate = form.rate()
    return rate is not None and isinstance(_rate(form, rate), Passed)


def _money(form: SelfEvaluation) -> tuple[Fact | None, Fact | None, bool]:
    """(executed, budget, whether that is surely the full-year budget)."""
    for indicator in ("all", "部门整体支出"):
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
    due = executed.amount.base * HUNDRED / budget.amount.base
    shown = f"{due.quantize(Decimal(1).scaleb(-rate.amount.decimals)):f}%"
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


@check("PERF-RATE-SCORE", severity="query", basis=_FORM)
def rate_scores(report: Report) -> Iterator[Outcome]:
    """预算执行率的得分一般为权重 × 执行率；未执行完而得满分、执行完而未得满分的，请说明。"""
    for form in self_evaluations(report):
        for line in form.lines:
            if line.is_execution and line.score is not None and line.weight is not None:
                yield _rate_score(form, line, line.score, line.weight)


def _rate_score(form: SelfEvaluation, line: Line, score: Fact, weight: Fact) -> Outcome:
    rate = form.rate()
    if any("执行率" in text and re.search("满分|不扣分|计分|得分为", text) for text, _ in form.table.notes):
        return Unchecked(f"{form.title}的附注另有执行率的计分规则", score.place)
    if rate is None or not (rate_sound(form) and form.sound()):
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
        message=f"{form.title}：执行率 {rate.place.quote}，权重 {_say(full)}，得分 {_say(value)}",
        places=(score.place, rate.place, weight.place),
        advice=f"按执行率折算为 {_say(due)} 分；另有计分规则的，请说明",
        printed=_say(value),
        expected=_say(due),
        unit="分",
    )


# The rule on weights --------------------------------------------------------------------------------------------------


@check("PERF-RULE", severity="warning", basis="自评表附注；财预〔2021〕101号")
def rule(report: Report) -> Iterator[Outcome]:
    """各一级指标的权重符合附注（没有附注的，符合当地或全国的规定）。"""
    unstated: dict[str, list[Failed]] = {}
    for form in self_evaluations(report):
        outcome = _rule(form)
        if isinstance(outcome, Failed) and outcome.severity is Severity.QUERY and not form.rules.weights_stated:
            unstated.setdefault(outcome.advice, []).append(outcome)
        elif outcome is not None:
            yield outcome
    for advice, found in unstated.items():
        yield Failed(
            message=found[0].message + (f"（共 {len(found)} 张表如此）" if len(found) > 1 else ""),
            places=tuple(place for failed in found for place in failed.places),
            advice=advice,
            severity=Severity.QUERY,
        )


def _rule(form: SelfEvaluation) -> Outcome | None:
    if not form.column("weight"):
        return None
    rules = form.rules
    if form.table.form != "performance_project" and not rules.weights_stated:
        return Unchecked(f"{form.title}没有写明权重的分配", form.place)
    if form.unread or form.weights_wrong():
        return Unchecked(f"{form.title}的权重合计不对或未能全部读出，先核对权重", form.place)
    bands = form.bands()
    if "" in bands:
        return Unchecked(f"{form.title}有规则之外的一级指标", form.place)
    allowed = list(_allowed(form, bands))
    if not allowed:
        return Unchecked(f"没有关于{form.title}权重分配的规定", form.place)
    if not form.rated and form.full_marks() < HUNDRED:
        allowed = [{kind: weight for kind, weight in choice.items() if kind != "execution"} for choice in allowed]
    if any(bands == choice for choice in allowed):
        return Passed(form.place)
    return _against(form, bands, allowed[0])


def _allowed(form: SelfEvaluation, bands: Bands) -> Iterator[Bands]:
    """The divisions that the rule allows for this form, the likeliest first."""
    with_cost, without = form.rules.with_cost, form.rules.without_cost
    for choice in (with_cost if "cost" in bands else without,):
        if choice is not None:
            yield _satisfied(choice, bands)
    below_output = any(line.kind == "output" and "成本" in line.indicator.level2 for line in form.lines)
    if "cost" not in bands and below_output and with_cost is not None:
        joined = {kind: weight for kind, weight in with_cost.items() if kind != "cost"}
        joined["output"] = joined.get("output", Decimal(0)) + with_cost.get("cost", Decimal(0))
        yield _satisfied(joined, bands)


def _satisfied(choice: Bands, bands: Bands) -> dict[str, Decimal]:
    """Where no satisfaction indicator is set, benefit takes its weight."""
    found = dict(choice)
    if "satisfaction" not in bands and "satisfaction" in found:
        found["benefit"] = found.get("benefit", Decimal(0)) + found.pop("satisfaction")
    return found


def _against(form: SelfEvaluation, bands: Bands, due: Bands) -> Failed:
    kinds = [kind for kind in dict.fromkeys((*due, *bands)) if bands.get(kind, 0) != due.get(kind, 0)]
    said = "，".join(
        f"{kind_word(kind)} {_say(bands.get(kind, Decimal(0)))}（应为 {_say(due.get(kind, Decimal(0)))}）" for kind in kinds
    )
    places = [line.weight.place for line in form.lines if line.kind in kinds and line.weight is not None]
    stated = form.rules.weights_stated
    may = "satisfaction" not in bands  # 相应可调增: an allowance, not an order
    where = tuple(_note_places(form)) if stated else ()
    return Failed(
        message=f"{form.title}：权重分配与{form.rules.basis}不同：{said}",
        places=(*places, *where),
        advice="请核对权重" if stated else f"{form.rules.basis}：原则上如此；当地另有规定的，请说明",
        severity=Severity.WARNING if stated and not may else Severity.QUERY,
    )


def _note_places(form: SelfEvaluation) -> Iterator[Place]:
    """The footnote that states the rule."""
    yield from [place for text, place in form.table.notes if "权重" in text or "产出" in text][:1]
