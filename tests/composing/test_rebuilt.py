"""Published accounts, read and their tables written again: every figure of every table is the same."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from juesuan.composing.errors import MissingFigure
from juesuan.documents.text import read_text
from juesuan.model.amounts import Amount
from juesuan.model.keys import parse_key
from juesuan.model.places import Place
from juesuan.model.reports import Fact, Indicator, Report
from juesuan.understanding import interpret
from tests.composing.drafts import reread
from tests.mending import mended
from tests.understanding.hand_keyed import ACCOUNTS, report_of


def figures(report: Report) -> dict[str, set[tuple[str, str]]]:
    """Form → (key, figure) of what is not zero; 预算数 of no said kind is the initial budget, as its text says."""
    found: dict[str, set[tuple[str, str]]] = {}
    for fact in report.facts:
        if fact.table >= 0 and fact.amount.value:
            table = report.tables[fact.table]
            found.setdefault(f"{table.form} {table.project}", set()).update(
                (str(key).replace("basis=budget", "basis=initial"), fact.amount.show()) for key in fact.keys
            )
    return found


def words(item: Indicator) -> tuple[str, ...]:
    return item.name, item.level1, item.level2, item.relation, item.target_text, item.reason


@pytest.mark.parametrize(
    ("name", "style"), [("xigang-office-2024.txt", "liaoning"), ("putuo-social-work-2024.txt", "shanghai")]
)
def test_a_real_account(real: Path, name: str, style: str) -> None:
    report = report_of(real / name)
    again = reread(report, style)
    assert figures(again) == figures(report)
    forms = [
        [(t.title, t.texts, [words(i) for i in t.indicators]) for t in r.tables if t.indicators]
        for r in (again, report)
    ]
    assert forms[0] == forms[1]


def test_the_culture_account_with_its_shifted_table_mended(real: Path) -> None:
    report = interpret(read_text(mended(real / "putuo-culture-2025.txt").encode("utf-8"), "mended.txt"))
    wanted = figures(report)
    # its funds table prints sub-heads in the place of the total of project spending: the preparer has to give it
    project = parse_key("year=2025 flow=expenditure fund=government_funds nature=project")
    with pytest.raises(MissingFigure, match=str(project)):
        reread(report, "shanghai")
    report.facts.append(Fact(len(report.facts), (project,), Amount(Decimal("2002.80"), 2, "万元"), Place(), -1))
    found = figures(reread(report, "shanghai"))
    total = {(str(project), "2002.80"), ("year=2025 flow=expenditure fund=government_funds", "2002.80")}
    assert found["funds "] == wanted.pop("funds ") | total
    assert {form: found.get(form) for form in wanted} == wanted


def test_an_account_of_all_kinds_of_money() -> None:
    """Its tables by unit are not among those that we write."""
    report = report_of(ACCOUNTS / "linhe-health-2024.txt")
    wanted = {form: {pair for pair in pairs if "entity=" not in pair[0]} for form, pairs in figures(report).items()}
    found = figures(reread(report, "liaoning"))
    assert {form: found.get(form) for form in wanted} == wanted
