"""Weights and scores of self-evaluation forms (绩效自评表的权重和得分): their sums, and the rule that divides weights.

These are exact: no rounding is allowed for. One slip is one finding: what follows from a sum that is already wrong is
unchecked. Refuses to sum a column in which a figure could not be read.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from juesuan.checking.outcomes import Failed, Outcome, Passed, Unchecked
from juesuan.checking.registry import check
from juesuan.checking.selfevaluation import HUNDRED, Forms, Line, SelfEvaluation, say
from juesuan.knowledge.performance import Bands, kind_word
from juesuan.model.findings import Severity
from juesuan.model.places import Place
from juesuan.model.reports import Fact

_FORM = "绩效自评表；财预〔2020〕10号"


# Weights --------------------------------------------------------------------------------------------------------------


@check("PERF-WEIGHTS", severity="error", basis=_FORM, needs="forms")
def weights(forms: Forms) -> Iterator[Outcome]:
    """各指标的权重（分值）合计为 100；一级、二级指标注明分值的，等于其下各指标之和。"""
    for form in forms:
        printed = form.column("weight")
        if not printed:
            yield Unchecked(f"{form.title}没有权重", form.place)
        elif form.unread:
            yield Unchecked(f"{form.title}有未能识别的数字", form.place)
        else:
            yield _hundred(form, printed)
            yield from (_level(form, fact, below) for fact, below in form.level_marks())


def _hundred(form: SelfEvaluation, printed: list[Fact]) -> Outcome:
    found, due = form.sum("weight"), form.full_marks
    if found == due:
        return Passed(form.place)
    missing = due - found
    likely = _slipped(form, missing)
    blank = [line for line in form.lines if line.weight is None]
    hint = ""
    if len(likely) == 1:
        line = likely[0]
        assert line.weight is not None
        right = say(line.weight.amount.value + missing)
        hint = f"；“{line.name}”的权重 {say(line.weight.amount.value)} 似应为 {right}"
    elif blank and missing > 0:
        hint = "；" + "、".join(f"“{line.name}”" for line in blank[:3]) + "没有权重"
    first = [line.weight.place for line in likely if line.weight is not None]
    places = [*first, *(f.place for f in printed), *(f.place for f in form.totals("weight"))]
    return Failed(
        message=f"{form.title}：权重合计 {say(found)}，应为 {say(due)}{hint}",
        places=tuple(dict.fromkeys(places)),
        advice="请核对各指标的权重",
        printed=say(found),
        expected=say(due),
        difference=say(found - due),
        unit="分",
    )


def _slipped(form: SelfEvaluation, missing: Decimal) -> list[Line]:
    """The lines whose weight alone may be the slip: with it set right, the score fits."""
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
    if not printed or form.weights_wrong:
        return Unchecked(f"{form.title}的权重合计不对，先核对权重", mark.place)
    return Failed(
        message=f"{form.title}：“{mark.place.quote}”，其下权重合计 {say(found)}",
        places=(mark.place, *(fact.place for fact in printed)),
        advice="请核对该级指标的分值和其下各指标的权重",
        printed=say(mark.amount.value),
        expected=say(found),
        difference=say(mark.amount.value - found),
        unit="分",
    )


# Scores ---------------------------------------------------------------------------------------------------------------


@check("PERF-SCORE", severity="error", basis=_FORM, needs="forms")
def scores(forms: Forms) -> Iterator[Outcome]:
    """每个指标的得分在 0 和权重之间。"""
    for form in forms:
        for line in form.lines:
            if line.score is not None:
                yield _score(form, line, line.score)


def _score(form: SelfEvaluation, line: Line, score: Fact) -> Outcome:
    if line.weight is None:
        return Unchecked(f"“{line.name}”没有权重", score.place)
    value, weight = score.amount.value, line.weight.amount.value
    if 0 <= value <= weight:
        return Passed(score.place)
    if value > weight and form.weights_wrong:
        return Unchecked(f"{form.title}的权重合计不对，先核对权重", score.place)
    due = _implied(form, line)
    what = f"大于权重 {say(weight)}" if value > 0 else "小于 0"
    return Failed(
        message=f"{form.title}“{line.name}”：得分 {say(value)}，{what}",
        places=(score.place, line.weight.place),
        advice=f"按总得分推算，应为 {say(due)}" if due is not None else "请核对得分和权重",
        printed=say(value),
        expected=say(due) if due is not None else "",
        unit="分",
    )


def _implied(form: SelfEvaluation, line: Line) -> Decimal | None:
    """The score that the printed total leaves for a line; None where it would not fit the weight either."""
    totals = form.totals("score")
    if not totals or line.score is None or line.weight is None:
        return None
    due = totals[0].amount.value - form.sum("score") + line.score.amount.value
    return due if 0 <= due <= line.weight.amount.value else None


@check("PERF-TOTAL", severity="error", basis=_FORM, needs="forms")
def totals(forms: Forms) -> Iterator[Outcome]:
    """总分：总权重等于各权重之和，总得分等于各得分之和。"""
    for form in forms:
        for role, word in (("weight", "权重"), ("score", "得分")):
            for total in form.totals(role):
                yield _total(form, role, word, total)


def _total(form: SelfEvaluation, role: str, word: str, total: Fact) -> Outcome:
    parts = form.column(role)
    if not parts or form.unread:
        return Unchecked(f"{form.title}的{word}未能全部读出", total.place)
    found, printed = form.sum(role), total.amount.value
    if printed == found or (role == "weight" and printed == HUNDRED and not form.weights_wrong):
        return Passed(total.place)
    if role == "weight" and printed == HUNDRED:
        return Unchecked(f"{form.title}：见 PERF-WEIGHTS（权重合计不对）", total.place)
    if role == "score" and not form.rated and form.full_marks < HUNDRED:
        return Unchecked(f"{form.title}没有印出执行率的得分", total.place)
    wrong = [line for line in form.lines if _over(line)]
    if role == "score" and len(wrong) == 1 and _implied(form, wrong[0]) is not None and not form.weights_wrong:
        return Unchecked(f"{form.title}：见 PERF-SCORE（有得分大于权重）", total.place)
    return Failed(
        message=f"{form.title}：总{word} {say(printed)}，各项合计 {say(found)}",
        places=(total.place, *(fact.place for fact in parts)),
        advice=f"请核对总{word}和各项{word}",
        printed=say(printed),
        expected=say(found),
        difference=say(printed - found),
        unit="分",
    )


# The rule on weights --------------------------------------------------------------------------------------------------


@check("PERF-RULE", severity="warning", basis="自评表附注；财预〔2021〕101号", needs="forms")
def rule(forms: Forms) -> Iterator[Outcome]:
    """各一级指标的权重符合附注（没有附注的，符合当地或全国的规定）。"""
    unstated: dict[str, list[Failed]] = {}
    for form in forms:
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
    if form.unread or form.weights_wrong:
        return Unchecked(f"{form.title}的权重合计不对或未能全部读出，先核对权重", form.place)
    bands = form.bands()
    if "" in bands:
        return Unchecked(f"{form.title}有规则之外的一级指标", form.place)
    allowed = list(_allowed(form, bands))
    if not allowed:
        return Unchecked(f"没有关于{form.title}权重分配的规定", form.place)
    if not form.rated and form.full_marks < HUNDRED:
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
        f"{kind_word(kind)} {say(bands.get(kind, Decimal(0)))}（应为 {say(due.get(kind, Decimal(0)))}）"
        for kind in kinds
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
