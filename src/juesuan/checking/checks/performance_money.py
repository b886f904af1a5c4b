"""Money of self-evaluation forms (绩效自评表的资金): within the budget, the sum of its sources; forms printed twice.

That the projects together stay within 项目支出 is an equation (EQ-PROJECTS), not repeated here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from juesuan.checking.checks.performance_rates import rate_sound
from juesuan.checking.outcomes import Failed, Outcome, Passed, Unchecked
from juesuan.checking.registry import check
from juesuan.checking.selfevaluation import WHOLE, Forms, SelfEvaluation
from juesuan.knowledge.performance import funding_of
from juesuan.model.keys import ALL
from juesuan.model.reports import Fact

_BASES = {"initial": "年初预算数", "full_year": "全年预算数", "budget": "预算数", "final": "执行数"}


@check("PERF-MONEY", severity="query", basis="绩效自评表；财预〔2020〕10号", needs="forms")
def money(forms: Forms) -> Iterator[Outcome]:
    """项目的执行数一般不大于全年预算数（总额和各项资金来源）。"""
    for form in forms:
        for name in dict.fromkeys(f.keys[0].indicator for f in form.facts if f.keys[0].measure == "amount"):
            spent, planned = form.money("final", name), form.money("full_year", name)
            if spent is not None and planned is not None:
                yield _within(form, name, spent, planned)


def _within(form: SelfEvaluation, name: str, spent: Fact, planned: Fact) -> Outcome:
    over = spent.amount.base - planned.amount.base
    if over <= spent.amount.half + planned.amount.half:
        return Passed(spent.place)
    if name in (ALL, WHOLE) and form.rate is not None and not rate_sound(form):
        return Unchecked(f"{form.title}的执行率与金额不符，先行核对", spent.place)
    what = "" if name in (ALL, WHOLE) else f"“{name}”"
    return Failed(
        message=f"{form.title}{what}：执行数 {spent.amount.show()} 大于全年预算数 {planned.amount.show()}",
        places=(spent.place, planned.place),
        advice="请核对执行数和全年预算数；确有超出的，请说明",
        printed=spent.amount.show(),
        difference=spent.amount.show(over),
        unit=spent.amount.unit,
    )


@check("PERF-FUNDING", severity="error", basis="绩效自评表；财预〔2020〕10号表样", needs="forms")
def funding(forms: Forms) -> Iterator[Outcome]:
    """项目资金：年度资金总额 = 当年财政拨款 + 上年结转资金 + 其他资金。"""
    for form in forms:
        for basis, word in _BASES.items():
            whole = form.money(basis, WHOLE if form.table.project == "" else ALL)
            parts = [f for f in form.facts if f.keys[0].measure == "amount" and f.keys[0].basis == basis]
            parts = [f for f in parts if funding_of(f.keys[0].indicator) not in ("", "total")]
            if whole is not None and parts:
                yield _funding(form, word, whole, parts)


def _funding(form: SelfEvaluation, word: str, whole: Fact, parts: list[Fact]) -> Outcome:
    if form.unread:
        return Unchecked(f"{form.title}的资金行未能全部识别", whole.place)
    found = sum((part.amount.base for part in parts), Decimal(0))
    slack = sum((fact.amount.half for fact in (whole, *parts)), Decimal(0))
    off = whole.amount.base - found
    if abs(off) <= slack:
        return Passed(whole.place)
    return Failed(
        message=f"{form.title}的{word}：总额 {whole.amount.show()}，各项来源合计 {whole.amount.show(found)}",
        places=(whole.place, *(part.place for part in parts)),
        advice="请核对总额和各项资金来源",
        printed=whole.amount.show(),
        expected=whole.amount.show(found),
        difference=whole.amount.show(off),
        unit=whole.amount.unit,
    )


@check("PERF-TWICE", severity="query", basis="绩效自评表", needs="forms")
def twice(forms: Forms) -> Iterator[Outcome]:
    """同一项目（同一实施单位）只有一张自评表。"""
    seen: dict[tuple[str, str], SelfEvaluation] = {}
    for form in forms:
        if form.table.form != "performance_project" or form.table.project in ("", "?"):
            continue
        name = (form.table.project, _unit(form))
        if name in seen:
            yield Failed(
                message=f"{form.title}有两张自评表",
                places=(form.place, seen[name].place),
                advice="请核对项目名称，或删去重复的一张",
                printed=form.table.project,
            )
        else:
            seen[name] = form
            yield Passed(form.place)


def _unit(form: SelfEvaluation) -> str:
    """The unit that carries the project out, "" where it is not printed."""
    for row in (form.table.columns, *(row.cells for row in form.table.rows)):
        cells = [cell for cell in row if cell]
        for label, following in pairwise(cells):
            if re.fullmatch(r"(?:项目)?(?:实施|承担|执行|使用)单位[:：]?", label):
                return following
    return ""
