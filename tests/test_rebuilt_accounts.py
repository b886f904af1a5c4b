"""Published accounts, read into a workbook and built again: the same figures, their contradictions gone."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from juesuan.app import load_account, prepare_workbook, read_file
from juesuan.model.findings import Severity
from juesuan.model.reports import Report
from juesuan.services.building import Built
from juesuan.services.building import build as built_of
from juesuan.services.loading import Build
from juesuan.services.preparing import Wanted
from tests.mending import mended

DRAFT = Build(draft=True, formats=("text",))
CULTURE = "putuo-culture-2025.txt"
"""its shifted table is mended first"""
#: what stays to be answered: check → how often
LEFT = {
    "xigang-office-2024.txt": {"CLAIM-LAST-YEAR-KIN": 1, "TEXT-REASON-STOCK": 3, "PERF-REPEAT": 1, "PERF-KIND": 3},
    # what it says of procurement and running costs: figures, not ours to change
    "putuo-social-work-2024.txt": {"TEXT-PROCUREMENT": 1, "TEXT-RUNNING": 1},
    CULTURE: {"TEXT-REASON-STOCK": 3, "TEXT-PERFORMANCE": 1},
}
SUMMED = (
    "year=2025 flow=expenditure fund=government_funds nature=project",
    "year=2025 flow=expenditure fund=government_funds",
)
GAPS = {
    "xigang-office-2024.txt": ["一般公共预算公务用车购置及运行维护费与年初预算不同的原因"],
    # a purpose that the office copied from another line was not carried over
    "putuo-social-work-2024.txt": ["住房保障支出（类）住房改革支出（款）住房公积金（项）的用途"],
    CULTURE: [],
}


def figures(report: Report) -> dict[str, set[tuple[str, Decimal]]]:
    """Form → (key, figure) of what is not zero; 预算数 of no said kind is the initial budget."""
    found: dict[str, set[tuple[str, Decimal]]] = {}
    for fact in report.facts:
        if fact.table >= 0 and fact.amount.value:
            table = report.tables[fact.table]
            found.setdefault(f"{table.form} {table.project}", set()).update(
                (str(key).replace("basis=budget", "basis=initial"), fact.amount.value) for key in fact.keys
            )
    return found


def report_of(built: Built) -> Report:
    assert built.checked.report is not None
    return built.checked.report


@pytest.fixture(scope="module", params=sorted(LEFT))
def pair(
    request: pytest.FixtureRequest, real: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, Report, Built]:
    folder = tmp_path_factory.mktemp("from")
    account = folder / request.param
    account.write_text(mended(real / request.param), "utf-8")
    workbook = prepare_workbook(str(folder), Wanted(source=str(account)))[0]
    return request.param, read_file(str(account)), built_of(load_account(str(workbook)), DRAFT)


def test_every_table_figure_is_the_same(pair: tuple[str, Report, Built]) -> None:
    name, source, built = pair
    found, wanted = figures(report_of(built)), figures(source)
    if name == CULTURE:
        wanted["funds "] |= {(key, Decimal("2002.80")) for key in SUMMED}
    assert found == wanted


def test_no_contradiction_is_left_but_what_the_office_has_to_answer(pair: tuple[str, Report, Built]) -> None:
    name, _, built = pair
    asked = [finding for finding in built.checked.findings if finding.severity > Severity.INFO]
    counts = {check: sum(f.check == check for f in asked) for check in {f.check for f in asked}}
    assert counts == LEFT[name]


def test_what_is_not_known_is_a_gap(pair: tuple[str, Report, Built]) -> None:
    name, _, built = pair
    assert [gap.what for gap in built.composed.open] == GAPS[name]
    assert not built.final


def test_nothing_of_it_is_unread_but_a_figure_in_a_reason(pair: tuple[str, Report, Built]) -> None:
    name, _, built = pair
    assert [unread.quote for unread in report_of(built).unread] == (["2000.00"] if name == CULTURE else [])


def test_what_was_carried_over_is_told(real: Path, tmp_path: Path) -> None:
    """Its funds table prints sub-heads where the total of project spending should stand: the classes' sum, and said."""
    account = tmp_path / CULTURE
    account.write_text(mended(real / CULTURE), "utf-8")
    _, told = prepare_workbook(str(tmp_path), Wanted(source=str(account)))
    assert "    08 政府性基金表：21 个数" in told
    assert "    政府性基金预算 本年支出 项目支出 合计 2002.80 万元：原文没有印，由各类相加得出" in told
    assert any(line.startswith("    第 547 行“2000.00”") for line in told)


@pytest.mark.parametrize(
    ("name", "spot"), [("putuo-social-work-2024.txt", "第 325 行"), ("putuo-social-work-2024.pdf", "第 20 页")]
)
def test_words_that_are_proved_wrong_are_not_carried_over(name: str, spot: str, real: Path, tmp_path: Path) -> None:
    _, told = prepare_workbook(str(tmp_path), Wanted(source=str(real / name)))
    assert [line.strip()[: len(spot)] for line in told if "住房公积金的用途“" in line] == [spot]
