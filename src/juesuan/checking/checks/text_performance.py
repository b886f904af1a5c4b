"""Performance (绩效) in the explanation: numbers of projects, money, scores and grades, against each other, the forms
and the tables.

Refuses to assert where not every evaluated project has its form here, or where funds are budgets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from juesuan.checking.outcomes import Failed, Outcome, Passed, Unchecked
from juesuan.checking.passages import flow_of, offset
from juesuan.checking.registry import check
from juesuan.checking.stated_sums import Stated, name_of, outcomes, stated_of
from juesuan.checking.values import Values
from juesuan.model.findings import Severity
from juesuan.model.keys import ALL, UNKNOWN, Key
from juesuan.model.places import Place
from juesuan.model.reports import Fact

_FULL_SCORE = 100
_LISTED = re.compile(r"(?:反映|公开|选取|包括|对)?([^,。;:]{4,200}?)(?:的|等)?$")
_WHOLE = re.compile(r"全覆盖|(?:全部|所有)(?:预算|部门)?(?:支出)?项目|项目(?:支出)?全部(?:开展|实行|纳入)")


@check("TEXT-PERFORMANCE", severity="error", basis="情况说明：预算绩效管理情况；绩效自评表", needs="values")
def performance(values: Values) -> Iterator[Outcome]:
    """绩效自评的项目数、金额、得分、等级，前后应相符，与自评表、项目支出应相称。"""
    stated = stated_of(values.report)
    yield from outcomes(values, "TEXT-PERFORMANCE")
    yield from _scores(values)
    yield from _forms(values, stated)
    yield from _reflected(values, stated)
    for fact in stated.all("performance/funds", "amount"):
        yield from _within(values, fact)


def _score_facts(values: Values) -> Iterator[Fact]:
    for fact in values.report.facts:
        key = fact.keys[0]
        whole = key.item == "performance/average" or (key.project not in (ALL, UNKNOWN) and key.indicator == ALL)
        if fact.table < 0 and key.measure == "score" and whole:
            yield fact


def _scores(values: Values) -> Iterator[Outcome]:
    """Scores stated in sentences: no more than 100, and those of the forms."""
    for fact in _score_facts(values):
        if fact.amount.value > _FULL_SCORE:
            yield Failed(
                f"得分 {fact.amount.show()} 大于 100 分",
                (fact.place,),
                advice="请核对得分",
                printed=fact.amount.show(),
                unit="分",
            )
            continue
        forms = [f for f in values.counts(fact.keys[0]) if f.table >= 0]
        if not forms or any(f.amount.value == fact.amount.value for f in forms):
            yield Passed(fact.place)
            continue
        shown = forms[0].amount.show()
        yield Failed(
            f"“{fact.keys[0].project}”自评得分：文中 {fact.amount.show()} 分，自评表 {shown} 分",
            (fact.place, *(f.place for f in forms)),
            advice=f"请核对，文中或改为 {shown} 分",
            printed=fact.amount.show(),
            expected=shown,
            unit="分",
        )


def _projects(values: Values) -> list[str]:
    """The projects that have a form, by name."""
    tables = values.report.tables_of("performance_project")
    return [table.project for _, table in tables if table.project not in ("", UNKNOWN, ALL)]


def _forms(values: Values, stated: Stated) -> Iterator[Outcome]:
    """The number of evaluated projects, their money and average score, against the forms of all of them."""
    names = _projects(values)
    counted = [f for f in stated.all("performance/projects", "count") if f.keys[0].fund == ALL]
    if not names or not counted:
        return
    most = max(counted, key=lambda f: f.amount.value)
    unique = len(set(names))
    if unique > most.amount.value:
        yield Failed(
            f"文中绩效自评项目 {most.amount.value} 个，附有 {unique} 个项目的自评表",
            (most.place,),
            advice="请核对项目数",
            printed=str(most.amount.value),
            expected=str(unique),
            unit="个",
            severity=Severity.WARNING,
        )
    elif unique == most.amount.value == len(names):
        yield Passed(most.place)
        yield from _money(values, stated, names)
        yield from _average(values, stated, names)
    else:
        yield Unchecked("不是每个自评项目都附有自评表", most.place)


def _money(values: Values, stated: Stated, names: list[str]) -> Iterator[Outcome]:
    """The money of all evaluated projects: the sum of the forms, in one of their columns."""
    funds = [f for f in stated.all("performance/funds", "amount") if f.keys[0].fund == ALL]
    for fact in funds[:1]:
        sums = []
        for basis in ("final", "full_year", "initial"):
            parts = [values.of(_project(values, name, basis)) for name in names]
            if all(part is not None for part in parts):
                sums.append((sum(p.low for p in parts if p), sum(p.high for p in parts if p)))
        if not sums:
            yield Unchecked("自评表的金额没有认全", fact.place)
            continue
        low, high = values.span(fact.amount)
        if any(s[0] <= high and low <= s[1] for s in sums):
            yield Passed(fact.place)
            continue
        shown = values.show(sum(sums[0]) // 2, fact.number)
        yield Failed(
            f"文中绩效自评涉及资金 {fact.amount.show()}，各自评表合计 {shown}",
            (fact.place,),
            advice="请核对涉及资金，或说明差额",
            printed=fact.amount.show(),
            expected=shown,
            unit=fact.amount.unit,
            severity=Severity.QUERY,
        )


def _project(values: Values, name: str, basis: str) -> Key:
    return Key(year=values.report.year, basis=basis, flow="expenditure", project=name)


def _average(values: Values, stated: Stated, names: list[str]) -> Iterator[Outcome]:
    for fact in stated.all("performance/average", "score")[:1]:
        scores = []
        for name in names:
            key = Key(year=values.report.year, project=name, measure="score")
            scores += [f.amount.value for f in values.counts(key) if f.table >= 0][:1]
        if len(scores) < len(names):
            continue
        unit = Decimal(1).scaleb(-fact.amount.decimals)
        mean = (sum(scores, Decimal(0)) / len(scores)).quantize(unit, ROUND_HALF_UP)
        if abs(mean - fact.amount.value) <= unit:
            yield Passed(fact.place)
            continue
        yield Failed(
            f"平均得分 {fact.amount.show()}，各自评表平均为 {mean}",
            (fact.place,),
            advice=f"请核对，或改为 {mean}",
            printed=fact.amount.show(),
            expected=str(mean),
            unit="分",
            severity=Severity.WARNING,
        )


def _reflected(values: Values, stated: Stated) -> Iterator[Outcome]:
    """反映甲、乙的 2 个项目自评结果: as many as are named before the number."""
    names = set(_projects(values))
    for fact in stated.all("performance/projects", "count"):
        flow = flow_of(values.report, fact)
        at = None if flow is None else offset(flow, fact.place)
        if flow is None or at is None or len(names) < 2:
            continue
        clause = re.split(r"[,。;:]", flow.text[:at])[-1]
        listed = [name for name in names if name in clause]
        if not re.search(r"[、和及与]", clause) or len(listed) < 2:
            continue
        if len(listed) == fact.amount.value or len(re.split("、", clause)) > len(listed):
            yield Passed(fact.place)
        else:
            yield Failed(
                f"列了 {len(listed)} 个项目，文中为 {fact.amount.value} 个",
                (fact.place,),
                advice=f"请改为 {len(listed)} 个",
                printed=str(fact.amount.value),
                expected=str(len(listed)),
                unit="个",
            )


def _within(values: Values, fact: Fact) -> Iterator[Outcome]:
    """Evaluated money against the project expenditure of its fund."""
    key = fact.keys[0]
    whole = values.of(Key(year=key.year, flow="expenditure", fund=key.fund, nature="project"))
    low, high = values.span(fact.amount)
    if whole is None:
        yield Unchecked("没有可比的项目支出", fact.place)
        return
    place = values.report.facts[whole.facts[0]].place
    shown = values.show((whole.low + whole.high) // 2, fact.number)
    budget = key.basis != "final" or _budgeted(values, fact)
    if low > whole.high and not budget:
        yield Failed(
            f"{name_of(values, fact)} {fact.amount.show()}，大于项目支出 {shown}",
            (fact.place, place),
            advice="请核对涉及资金",
            printed=fact.amount.show(),
            unit=fact.amount.unit,
            severity=Severity.WARNING,
        )
    elif high < whole.low and key.fund == ALL and (words := _covers(values, fact)) is not None:
        yield Failed(
            f"文中称“{words.quote}”，涉及资金 {fact.amount.show()} 小于项目支出 {shown}",
            (words, place),
            advice="请说明没有自评的项目支出，或核对金额",
            printed=words.quote,
            severity=Severity.QUERY,
        )
    else:
        yield Passed(fact.place)


def _around(values: Values, fact: Fact) -> tuple[str, int]:
    flow = flow_of(values.report, fact)
    at = None if flow is None else offset(flow, fact.place)
    return ("", 0) if flow is None or at is None else (flow.text, at)


def _budgeted(values: Values, fact: Fact) -> bool:
    """Whether the words before the figure call it a budget (预算资金)."""
    text, at = _around(values, fact)
    return "预算" in re.split(r"[,。;:]", text[:at])[-1]


def _covers(values: Values, fact: Fact) -> Place | None:
    """Where the sentence says that all projects were evaluated; None where it does not."""
    flow = flow_of(values.report, fact)
    text, at = _around(values, fact)
    start = text.rfind("。", 0, at) + 1
    match = _WHOLE.search(text, start, at)
    return None if flow is None or match is None else flow.place(match.start(), match.group())
