"""Budgets of items (各项预算), agency running costs and changes of parts: what only sentences state, against its total.

Refuses to ask where items sum to less than their total within rounding; less is a hint (the total may hold what is not
listed), more is an error.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from juesuan.checking.changes import Change, changes
from juesuan.checking.item_sums import budget_sums
from juesuan.checking.outcomes import Failed, Mend, Outcome, Passed, Unchecked
from juesuan.checking.registry import check
from juesuan.checking.stated_sums import Linear, mends, residual
from juesuan.checking.values import Interval, Values, ratio_reachable
from juesuan.knowledge.hierarchy import word
from juesuan.model.claims import Claim
from juesuan.model.findings import Severity
from juesuan.model.keys import Key
from juesuan.model.places import Place
from juesuan.model.reports import Fact

_MANY = 2


# budgets --------------------------------------------------------------------------------------------------------------


@check("TEXT-ITEMS", severity="error", basis="情况说明：一般公共预算支出的具体情况", needs="values")
def budgets(values: Values) -> Iterator[Outcome]:
    """各项的年初预算之和不能大于总的年初预算；小于的，作提示。"""
    for linear in budget_sums(values):
        if _unsure(values, linear):
            yield Unchecked("有的项目没有认出，或写了两次", values.report.facts[linear.facts[-1]].place)
            continue
        total, slack, _ = residual(values, linear)
        facts = [values.report.facts[n] for n in linear.facts]
        if abs(total) <= slack:
            yield Passed(facts[-1].place)
        else:
            yield replace(_budget(values, facts, int(total)), mends=mends(values, linear))


def _unsure(values: Values, linear: Linear) -> bool:
    """Whether an item of the section has a name that is not known, or stands there twice."""
    report = values.report
    section = report.facts[linear.facts[-1]].section
    named = [c for c in report.claims if c.kind == "name" and c.section == section and c.word == "项"]
    entries = {(c.key.function, c.entry) for c in named}
    codes = [code for code, _ in entries]
    return "?" in codes or len(set(codes)) < len(codes)


def _budget(values: Values, facts: list[Fact], off: int) -> Failed:
    whole, parts = facts[-1], facts[:-1]
    name = word("basis", whole.keys[0].basis)
    found = sum(values.right[f.number] for f in parts)
    shown = values.show(found, whole.number)
    more = off > 0
    return Failed(
        f"{len(parts)} 项{name}合计 {shown}，{'大于' if more else '小于'}{name} {whole.amount.show()}",
        (whole.place, *(f.place for f in parts)),
        advice="请核对各项预算和合计" if more else "合计中有没有列出的项目的，可以不改；否则请核对",
        printed=whole.amount.show(),
        expected=shown if more else "",
        difference=values.show(abs(off), whole.number),
        unit=whole.amount.unit,
        severity=None if more else Severity.INFO,
        follows=tuple(f.number for f in facts if values.right[f.number] != values.figures.value[f.number]),
    )


# agency running costs -------------------------------------------------------------------------------------------------


@check("TEXT-RUNNING", severity="warning", basis="情况说明：机关运行经费；基本支出表的公用经费", needs="values")
def running_costs(values: Values) -> Iterator[Outcome]:
    """机关运行经费不大于公用经费；有事业单位而两者相等的，请说明。"""
    for fact in values.report.facts:
        key = fact.keys[0]
        if fact.table >= 0 or key.item != "agency_running_costs" or key.basis != "final":
            continue
        own = Key(key.entity, key.year, flow="expenditure", fund="general_public", nature="basic", economic="running")
        running = values.of(own)
        if running is None:
            yield Unchecked("没有基本支出的公用经费", fact.place)
            continue
        low, high = values.stands(fact)
        shown = values.show((running.low + running.high) // 2, fact.number)
        beside = values.report.facts[running.facts[0]].place
        if low > running.high:
            above = _running(fact, beside, f"大于公用经费 {shown}", Severity.WARNING)
            yield replace(above, mends=(Mend(fact.number, None, running.high),))
        elif high >= running.low and running.low > 0 and (unit := _institution(values)):
            yield _running(fact, beside, f"等于全部公用经费，而部门有事业单位（{unit}）", Severity.QUERY)
        else:
            yield Passed(fact.place)


def _running(fact: Fact, beside: Place, said: str, severity: Severity) -> Failed:
    return Failed(
        f"机关运行经费 {fact.amount.show()} {said}",
        (fact.place, beside),
        advice="机关运行经费只计行政单位和参照公务员法管理的事业单位，请核对或说明",
        printed=fact.amount.show(),
        unit=fact.amount.unit,
        severity=severity,
    )


def _institution(values: Values) -> str:
    """A functional item that shows that public institutions are paid from basic expenditure; "" where there is none."""
    if len(values.report.entities) < _MANY:
        return ""
    names = {r.function: r.name for t in values.report.tables for r in t.rows if r.name == "事业运行"}
    for code, name in names.items():
        key = Key(year=values.report.year, flow="expenditure", fund="general_public", nature="basic", function=code)
        spent = values.of(key)
        if spent is not None and not spent.zero:
            return f"{code} {name}"
    return ""


# changes of parts -----------------------------------------------------------------------------------------------------

_PARTS = {
    "three_public": ("three_public/overseas", "three_public/vehicles", "three_public/reception"),
    "three_public/vehicles": ("three_public/vehicles/purchase", "three_public/vehicles/running"),
}


@check("TEXT-CHANGES", severity="error", basis="情况说明：“三公”经费比上年增减", needs="values")
def changes_of_parts(values: Values) -> Iterator[Outcome]:
    """“三公”经费各项的增减额之和应等于总的增减额。"""
    stated: dict[str, _Delta] = {}
    for delta in _deltas(values):
        if values.report.sections[delta.claim.section].kind == "three_public":
            stated.setdefault(delta.claim.key.item, delta)
    for whole, parts in _PARTS.items():
        found = [stated[part] for part in parts if part in stated]
        if whole in stated and len(found) == len(parts):
            yield _changes(values, stated[whole], found)
        elif whole in stated and found:
            yield Unchecked("没有写全各项的增减额", stated[whole].claim.place)


class _Delta(NamedTuple):
    """A stated change with its sign; `sound`: its printed rate agrees with it."""

    claim: Claim
    span: Interval
    sound: bool


def _deltas(values: Values) -> Iterator[_Delta]:
    """Every stated change against last year; 持平 is zero."""
    year = values.report.year
    for claim in values.report.claims:
        if claim.kind == "level" and claim.base is not None and claim.base.year != year:
            yield _Delta(claim, (0, 0), sound=True)
    for change in changes(values):
        stated = change.claim
        if stated is None or stated.base is None or change.delta is None or stated.base.year == year:
            continue
        if change.falls is not None or change.delta == (0, 0):
            yield _Delta(stated, change.delta, _sound(change))


def _sound(change: Change) -> bool:
    """Whether the printed rate does not contradict the change."""
    if change.rate is None or change.rate.amount is None or change.before is None or change.delta is None:
        return True
    ends = sorted(abs(end) for end in change.delta)
    return ratio_reachable((ends[0], ends[1]), change.before, change.rate.amount) is not False


def _changes(values: Values, total: _Delta, parts: list[_Delta]) -> Outcome:
    low, high = sum(d.span[0] for d in parts), sum(d.span[1] for d in parts)
    claim, delta = total.claim, total.span
    if low <= delta[1] and delta[0] <= high:
        return Passed(claim.place)
    if not all(d.sound for d in (total, *parts)):
        return Unchecked("有的增减额与百分比不符，先行核对", claim.place)
    like = values.of(claim.key) or values.of(parts[0].claim.key)
    shown = [values.show(sum(d) // 2, like.facts[0]) if like else "" for d in (delta, (low, high))]
    return Failed(
        f"{values.say(claim.key)}比上年增减 {shown[0]}，各项增减合计 {shown[1]}",
        (claim.place, *(d.claim.place for d in parts)),
        advice="请核对总的和各项的增减额",
        printed=str(claim.amount.value) if claim.amount else claim.word,
        expected=shown[1].lstrip("-"),
        unit=claim.amount.unit if claim.amount else "",
        mends=tuple(_mends(total, parts)),
    )


def _mends(total: _Delta, parts: list[_Delta]) -> Iterator[Mend]:
    """What the change of the whole, or of one part, would have to be."""
    low, high = (sum(d.span[n] for d in parts) for n in (0, 1))
    yield _mend(total, low, high)
    for part in parts:
        yield _mend(part, total.span[0] - high + part.span[1], total.span[1] - low + part.span[0])


def _mend(delta: _Delta, low: int, high: int) -> Mend:
    return Mend(delta.claim, -high, -low) if delta.span[1] <= 0 else Mend(delta.claim, low, high)
