"""The example (示例): a made-up account as a filled workbook would hold it, with reasons, purposes and texts.

No office, person or figure in it is real. Refuses to be a test of anything: it only shows what a workbook looks like.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from juesuan.compiling.contents import Contents
from juesuan.compiling.filling import contents_of
from juesuan.compiling.sheets import line_key, listed_last_year, sheets, three_public_fund
from juesuan.generating import Generated, account_of, generate, report_of, shape_of
from juesuan.knowledge.styles import styles
from juesuan.model.accounts import LAST, Account, Department, Reason
from juesuan.model.keys import ALL, Key
from juesuan.model.reports import Report

SEED = 24


def example(place: str = "", year: str = "") -> tuple[Report, Contents]:
    """The report and the contents of the example, in a style and for a year (2024)."""
    chosen = place if place in styles() else "liaoning"
    shape = replace(shape_of(SEED), style=chosen, year=int(year or 2024), units=0, public_service=False, prior=True)
    generated = generate(SEED, replace(shape, commercial=False, subordinate=False, upward=False, negative=False))
    report = report_of(generated)
    contents = contents_of(report)
    contents.figures = [figure for figure in contents.figures if _asked(figure.key, generated.shape.style, report.year)]
    contents.account = _account(generated, contents, report)
    return report, contents


def _asked(key: Key, style_name: str, year: str) -> bool:
    """Whether a document of that style speaks of the figure: an officer would fill in no others."""
    if key.year != year:
        return key in listed_last_year(style_name, year)
    if key.item.startswith("three_public") and key.fund not in (ALL, three_public_fund(style_name, year)):
        return False
    if key.item.startswith("performance") and key not in _others(style_name, year):
        return False
    return key.function == ALL or (len(key.function) == 7 and key.fund != "fiscal")


def _others(style_name: str, year: str) -> set[Key]:
    """The figures of self-evaluation that a style asks for."""
    fund = three_public_fund(style_name, year)
    rows = (line for line in sheets()["others"].rows if not line.styles or style_name in line.styles)
    return {line_key(line, year, fund) for line in rows}


def _account(generated: Generated, contents: Contents, report: Report) -> Account:
    """The words of the made-up account, as far as a workbook has a place for them."""
    words = account_of(generated)
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
    last = {key._replace(year=report.year) for key in listed_last_year(generated.shape.style, report.year)}
    planned = {f.key._replace(basis="final") for f in contents.figures if f.key.basis in ("initial", "full_year")}
    spent = {key.function for key in contents.spending}
    given = {key: fact.amount.value for fact in report.facts for key in fact.keys}
    reasons = [one for one in words.reasons if _explains(one, last, planned) and _differs(one, given)]
    purposes = {about: text for about, text in words.purposes.items() if about in spent or "/" in about}
    return replace(words, department=department, units=(), reasons=reasons, purposes=purposes)


def _explains(reason: Reason, last: set[Key], planned: set[Key]) -> bool:
    """Whether the figure that it explains has a row in the workbook."""
    return reason.key in (last if reason.against == LAST else planned)


def _differs(reason: Reason, given: Mapping[Key, object]) -> bool:
    """Whether there is something to explain: both figures are given, and are not the same."""
    before = str(int(reason.key.year) - 1)
    other = reason.key._replace(year=before) if reason.against == LAST else reason.key._replace(basis=reason.against)
    return other in given and given[reason.key] != given[other]
