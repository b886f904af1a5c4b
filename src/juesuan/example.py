"""The example (示例): a made-up account as a filled workbook would hold it, with reasons, purposes and texts.

No office, person or figure in it is real. Refuses to be a test of anything: it only shows what a workbook looks like.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from juesuan.compiling.contents import Contents
from juesuan.compiling.filling import contents_of
from juesuan.compiling.sheets import listed_last_year
from juesuan.generating import Generated, generate, report_of, shape_of
from juesuan.knowledge.classifications import function_name
from juesuan.knowledge.styles import styles
from juesuan.model.accounts import LAST, Account, Department, Project, Reason
from juesuan.model.keys import Key
from juesuan.model.reports import Report

SEED = 24
_LESS = "严格落实过紧日子要求，压减相关支出"
_MORE = "根据工作需要追加预算"
_BEFORE = ("人员和工作任务减少", "人员和工作任务增加")
_RUNNING = "车辆燃料费、维修费、保险费等"


def example(place: str = "", year: str = "") -> tuple[Report, Contents]:
    """The report and the contents of the example, in a style and for a year (2024)."""
    chosen = place if place in styles() else "liaoning"
    shape = replace(shape_of(SEED), style=chosen, year=int(year or 2024), units=0, public_service=False, prior=True)
    generated = generate(SEED, replace(shape, commercial=False, subordinate=False, upward=False, negative=False))
    report = report_of(generated)
    contents = contents_of(report)
    contents.account = _account(generated, contents)
    _explain(contents, report, chosen)
    return report, contents


def _account(generated: Generated, contents: Contents) -> Account:
    department = Department(
        generated.department,
        generated.year,
        supervisor=f"{generated.place}人民政府",
        place=generated.place,
        style=generated.shape.style,
        kind="administrative",
        preparer="张三",
        reviewer="李四",
    )
    projects = (
        Project(one.name, one.fund, "各项指标按计划完成", "预算编制不够细", "细化预算，加快执行")
        for one in generated.projects
    )
    account = replace(contents.account, department=department, duties=generated.duties, offices=generated.offices)
    return replace(
        account,
        units=(),
        projects=tuple(projects),
        texts={
            "department_evaluation": f"{generated.department}未开展部门评价。",
            "fiscal_evaluation": f"{generated.place}财政局未对本部门的项目开展财政评价。",
        },
    )


def _explain(contents: Contents, report: Report, style: str) -> None:
    """A reason for every figure that differs from its budget or from last year, a purpose for every line."""
    account = contents.account
    for key in contents.spending:
        known = function_name(key.function, report.year)
        if known:
            account.purposes[key.function] = f"{known.name.removesuffix('支出')}方面的支出"
    account.purposes["three_public/vehicles/running"] = _RUNNING
    account.reasons = [*_against_budgets(contents, report), *_against_last(report, style)]


def _against_budgets(contents: Contents, report: Report) -> Iterator[Reason]:
    final = {key: fact.amount.value for fact in report.facts for key in fact.keys}
    for figure in contents.figures:
        now = figure.key._replace(basis="final")
        if figure.key.basis in ("initial", "full_year") and now in final and final[now] != figure.amount.value:
            yield Reason(now, figure.key.basis, _LESS if final[now] < figure.amount.value else _MORE)


def _against_last(report: Report, style: str) -> Iterator[Reason]:
    given = {key: fact.amount.value for fact in report.facts for key in fact.keys}
    for before in listed_last_year(style, report.year):
        now: Key = before._replace(year=report.year)
        if before in given and now in given and given[before] != given[now]:
            yield Reason(now, LAST, _BEFORE[given[now] > given[before]])

