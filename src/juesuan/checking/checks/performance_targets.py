"""Targets and actual values of self-evaluation forms (绩效自评表的指标值与完成值): met or not, deviations, kinds.

Refuses to judge words, and figures whose units differ: those are unchecked. What can have a good reason is only asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from juesuan.checking.checks.performance_rates import rate_sound
from juesuan.checking.outcomes import Failed, Outcome, Passed, Unchecked
from juesuan.checking.registry import check
from juesuan.checking.selfevaluation import HUNDRED, Forms, Line, Range, SelfEvaluation, ratio, say
from juesuan.knowledge.performance import has_reason, has_remedy, is_qualitative, says_unmet, wrong_kinds
from juesuan.model.findings import Severity
from juesuan.model.places import Place
from juesuan.model.reports import Fact

_FORM = "绩效自评表；财预〔2020〕10号"


def _values(line: Line) -> str:
    """The target and the actual value as printed."""
    target, sign = line.indicator.target_text, line.indicator.relation
    shown = target if not sign or target.startswith(sign) else f"{sign}{target}"
    unit = line.target.amount.unit if line.target is not None and shown[-1:].isdigit() else ""
    return f"指标值 {shown}{unit}，完成值 {line.indicator.actual_text or '空白'}"


# Met or not -----------------------------------------------------------------------------------------------------------


@check("PERF-MET", severity="query", basis=_FORM, needs="forms")
def met(forms: Forms) -> Iterator[Outcome]:
    """达到指标值的得满分，没有达到的不得满分；不如此的，应有原因。"""
    for form in forms:
        for line in form.lines:
            if line.score is not None and line.weight is not None and not line.is_execution:
                yield _met(form, line, line.score, line.weight)


def _met(form: SelfEvaluation, line: Line, score: Fact, weight: Fact) -> Outcome:
    if not form.sound:
        return Unchecked(f"{form.title}的权重、得分有误，先行核对", score.place)
    reached = line.met
    if reached is None and (is_qualitative(line.indicator.relation) or line.target is None):
        reached = _met_in_words(line)
    if reached is None:
        return Unchecked(f"“{line.name}”不能确定是否达标（{_values(line)}）", line.places[0])
    value, full = score.amount.value, weight.amount.value
    explained = has_reason(line.indicator.reason)
    if reached and value < full and not explained:
        return _unfitting(form, line, f"已达标，得分 {say(value)} 小于权重 {say(full)}", None)
    if not reached and value == full and unexplained(form, line):
        return Unchecked(f"“{line.name}”未达标而得满分，见 PERF-DEVIATION", score.place)
    if not reached and value == full:
        severity = Severity.QUERY if explained else Severity.WARNING
        return _unfitting(form, line, f"未达标，得分 {say(value)} 等于权重", severity)
    return Passed(score.place)


def _met_in_words(line: Line) -> bool | None:
    """By the words alone: the same as the target, or words that say it was not reached."""
    target, actual = line.indicator.target_text, line.indicator.actual_text
    if not actual:
        return None
    return False if says_unmet(actual) else True if actual == target else None


def _unfitting(form: SelfEvaluation, line: Line, what: str, severity: Severity | None) -> Failed:
    assert line.score is not None
    assert line.weight is not None
    return Failed(
        message=f"{form.title}“{line.name}”：{what}（{_values(line)}）",
        places=(line.score.place, *line.places, line.weight.place),
        advice="请核对完成值和得分，或在偏差原因一栏说明",
        printed=say(line.score.amount.value),
        severity=severity,
    )


# Deviations -----------------------------------------------------------------------------------------------------------


@check("PERF-DEVIATION", severity="warning", basis="自评表附注；财预〔2020〕10号", needs="forms")
def deviations(forms: Forms) -> Iterator[Outcome]:
    """偏差超过附注规定幅度（未达标或超标）的指标，应有原因和改进措施。"""
    for form in forms:
        if form.rules.deviation is None:
            yield Unchecked(f"{form.title}没有规定偏差的幅度", form.place)
        elif not form.has_reasons:
            yield Unchecked(f"{form.title}没有偏差原因一栏", form.place)
        else:
            for line in form.lines:
                yield _deviation(form, line, form.rules.deviation)


def unexplained(form: SelfEvaluation, line: Line) -> bool:
    """Whether the line deviates beyond the limit and the form does not give both reason and remedy."""
    limit, pair = form.rules.deviation, line.compared
    if limit is None or pair is None or not form.has_reasons or not _beyond(pair, limit):
        return False
    return not (has_reason(line.indicator.reason) and has_remedy(line.indicator.reason))


def _deviation(form: SelfEvaluation, line: Line, limit: Decimal) -> Outcome:
    if line.compared is None:
        return Unchecked(f"“{line.name}”的指标值和完成值不能相比（{_values(line)}）", line.places[0])
    if line.is_execution and not rate_sound(form):
        return Unchecked(f"{form.title}的执行率未能核实", line.places[0])
    if not unexplained(form, line):
        return Passed(line.places[0])
    explained = has_reason(line.indicator.reason)
    lacks = "没有改进措施" if explained else "没有原因和改进措施"
    full = line.met is False and _full(line)
    doubtful = explained or line.bound or not (form.rules.deviation_stated or full)
    return Failed(
        message=f"{form.title}“{line.name}”：偏差{_share(line)}超过 {say(limit)}%，{lacks}"
        f"{'，未达标而得满分' if full else ''}（{_values(line)}）",
        places=(*line.places, *((line.score.place,) if full and line.score is not None else ())),
        advice="请核对指标值和完成值；无误的，请逐条分析原因、提出改进措施",
        printed=line.indicator.actual_text,
        severity=Severity.QUERY if doubtful else None,
    )


def _full(line: Line) -> bool:
    return line.score is not None and line.weight is not None and line.score.amount.value == line.weight.amount.value


def _beyond(pair: tuple[Range, Range], limit: Decimal) -> bool:
    """Whether |actual - target| is more than the limit's share of the target, whatever the figures stand for."""
    (low, high), (least, most) = pair
    over = low * HUNDRED > most * (HUNDRED + limit)
    under = high * HUNDRED < least * (HUNDRED - limit)
    return over or under if least > 0 else low > 0 and most == 0


def _share(line: Line) -> str:
    """The deviation in percent, for the message only."""
    assert line.actual is not None
    assert line.target is not None
    target = line.target.amount.base
    if not target:
        return ""
    return f" {ratio(abs(line.actual.amount.base - target), target, 1)}，"


# Actual values that are none ------------------------------------------------------------------------------------------


@check("PERF-REPEAT", severity="query", basis=_FORM, needs="forms")
def repeats(forms: Forms) -> Iterator[Outcome]:
    """完成值应为实际数，不应只重复指标值的不等式。"""
    found: list[Place] = []
    considered: Place | None = None
    for form in forms:
        actual = [line.actual.place for line in form.lines if line.bound and line.actual is not None]
        found += actual
        if any(line.actual is not None for line in form.lines):
            considered = form.place
    if found:
        quotes = "、".join("".join(place.quote.split()) for place in found[:5]) + ("等" if len(found) > 5 else "")
        yield Failed(
            message=f"完成值是不等式，没有实际数（{len(found)} 处：{quotes}）",
            places=tuple(found),
            advice="请填实际完成的数值",
            printed=found[0].quote,
        )
    elif considered is not None:
        yield Passed(considered)


# Kinds ----------------------------------------------------------------------------------------------------------------


@check("PERF-KIND", severity="query", basis="财预〔2020〕10号；财预〔2021〕101号", needs="forms")
def kinds(forms: Forms) -> Iterator[Outcome]:
    """指标的类别应与内容相符：时限不是经济效益，次数不是质量。"""
    lines = [(form, line) for form in forms for line in form.lines if line.target is not None]
    for wrong in wrong_kinds():
        found = [
            line
            for _, line in lines
            if line.target and wrong.fits(line.indicator.level2, line.relation, line.target.amount.unit)
        ]
        if found:
            names = "；".join(f"“{line.name}”{_short(line)}" for line in found[:3]) + ("等" if len(found) > 3 else "")
            yield Failed(
                message=f"{wrong.says}（{len(found)} 处）：{names}",
                places=tuple(line.indicator.place for line in found),
                advice=f"属于{wrong.belongs}的，请调整类别；否则请说明",
            )
        elif lines:
            yield Passed(lines[0][0].place)


def _short(line: Line) -> str:
    assert line.target is not None
    return f"{line.relation}{line.target.amount.show()}{line.target.amount.unit}"
