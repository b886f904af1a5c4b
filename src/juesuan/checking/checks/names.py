"""Names (科目名称): is each code called what that year's classification calls it, and the same in every table?

Refuses to judge a name without published evidence of that very year, and to take a name that was cut or broken over
rows for another one.
Source: 政府收支分类科目 (支出功能分类、部门预算支出经济分类), as far as published accounts of the year show it.
"""

from __future__ import annotations

from collections.abc import Iterator

from juesuan.checking.labels import Label
from juesuan.checking.naming import (
    Wrong,
    all_labels,
    contradictions,
    evidence_of,
    expected_name,
    folded,
    known_name,
    loose,
    owner,
)
from juesuan.checking.outcomes import Failed, Outcome, Passed, Unchecked
from juesuan.checking.printed import name_of
from juesuan.checking.registry import check
from juesuan.knowledge import classifications as known
from juesuan.model.findings import Severity
from juesuan.model.reports import Report

_SHORTEST_CUT = 4
_EXAMPLES = 3
_RUN = 3
"""so many rows in a row with each other's names are one slip of the whole column"""


def _moved(labels: list[Label], year: str) -> Iterator[list[Label]]:
    """Runs of rows that all bear names of their neighbours: names and codes are out of line, one mistake."""
    run: list[Label] = []
    for label in labels:
        off = bool(expected_name(label, year)) and bool(owner(label.code, label.name, year))
        if not off or (run and run[-1].table != label.table):
            if len(run) >= _RUN:
                yield run
            run = []
        if off:
            run.append(label)
    if len(run) >= _RUN:
        yield run


def _moved_names(run: list[Label], report: Report) -> Failed:
    shown = "；".join(f"{one.code} {one.name}（{owner(one.code, one.name, report.year)} 的名称）" for one in run)
    return Failed(
        message=f"{name_of(report.tables[run[0].table])}：{len(run)} 行的编码与名称错行\n{shown}",
        places=tuple(label.place for label in run),
        advice="请核对这些行的编码和名称",
        severity=Severity.ERROR,
    )


@check("NAME-CODE", severity="warning", basis="政府收支分类科目（该年度有公开依据的科目）")
def name_of_the_year(report: Report) -> Iterator[Outcome]:
    """科目名称应与该年度科目表一致；是另一编码的名称的，为错误。"""
    labels, year = all_labels(report), report.year
    if not labels:
        yield Unchecked("没有带编码的科目")
        return
    moved = list(_moved(labels, year))
    yield from (_moved_names(run, report) for run in moved)
    labels = [label for label in labels if not any(label in run for run in moved)]
    wrong = contradictions(labels, year)
    unknown: dict[str, Label] = {}
    for label in labels:
        if (label.code, folded(label.code, label.name)) in wrong:
            continue
        if evidence_of(label.code, year):
            yield Passed(label.place)
        elif not known_name(label.code) and (other := owner(label.code, label.name, year)):
            yield _wrong_code(label, other, year)
        else:
            unknown.setdefault(label.code, label)
    for one in wrong.values():
        yield _wrong_name(one, year)
    if unknown:
        examples = "、".join(list(unknown)[:_EXAMPLES])
        first = next(iter(unknown.values()))
        yield Unchecked(f"{year} 年度没有 {examples} 等 {len(unknown)} 个科目名称的公开依据", first.place)


def _wrong_code(label: Label, other: str, year: str) -> Failed:
    return Failed(
        message=f"“{label.name}”的编码\n{year} 年度“{label.name}”的编码是 {other}；未见编码 {label.code}",
        places=(label.place,),
        advice="请核对科目编码和名称",
        printed=label.code,
        expected=other,
        severity=Severity.ERROR,
    )


def _wrong_name(one: Wrong, year: str) -> Failed:
    code, printed = one.code, one.printed
    other = owner(code, printed, year)
    names = known.function_names(code) if code.startswith("2") else known.economic_names(code)
    short = folded(code, printed)
    cut = len(short) >= _SHORTEST_CUT and folded(code, one.expected).startswith(short)
    message, severity = f"{code} 的名称", Severity.WARNING
    if other:
        message, severity = f"{message}\n“{printed}”是 {other} 的名称", Severity.ERROR
    elif cut or loose(code, printed) == loose(code, one.expected):
        severity = Severity.INFO
    elif any(folded(code, name) == short for name in names):
        message = f"{message}\n“{printed}”是该科目其他年度的名称"
    return Failed(
        message=message,
        places=tuple(label.place for label in one.labels),
        advice="请核对编码和名称" if other else f"请按 {year} 年度政府收支分类科目填写名称",
        printed=printed,
        expected=one.expected,
        severity=severity,
    )
