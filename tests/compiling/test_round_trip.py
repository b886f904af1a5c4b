"""init --from → workbook → facts: what the published account's tables state, cell by cell, and its words."""

from __future__ import annotations

from pathlib import Path

import pytest

from juesuan.app import load_account
from juesuan.documents.reading import read
from juesuan.documents.text import read_text
from juesuan.generating import generate, report_of
from juesuan.model.accounts import LAST
from juesuan.model.keys import Key, parse_key
from juesuan.model.reports import Report
from juesuan.services.loading import Loaded
from juesuan.understanding import interpret
from tests.compiling.books import cells, edited, filled, generated_book
from tests.mending import mended

ACCOUNTS = Path(__file__).parent.parent / "accounts"
PAPERS = ("xigang-office-2024.txt", "putuo-social-work-2024.txt", "putuo-social-work-2024.pdf")


def in_tables(report: Report) -> set[tuple[str, str, str]]:
    """(key, figure, unit) of what is not zero in a table; 预算数 of no said kind is resolved by the workbook."""
    return {
        (str(key).replace("basis=budget", "basis=initial"), fact.amount.show(), fact.amount.unit)
        for fact in report.facts
        for key in fact.keys
        if fact.table >= 0 and fact.amount.value
    }


def everywhere(report: Report) -> set[tuple[str, str, str]]:
    return {
        (str(key), fact.amount.show(), fact.amount.unit)
        for fact in report.facts
        for key in fact.keys
        if fact.amount.value
    }


def again(report: Report, tmp_path: Path) -> Loaded:
    return load_account(str(filled(report, tmp_path / "book.xlsx")))


@pytest.mark.parametrize("name", ["linhe-health-2024.txt", "central-geology-2021.txt"])
def test_a_written_account(name: str, tmp_path: Path) -> None:
    report = interpret(read(ACCOUNTS / name, name))
    loaded = again(report, tmp_path)
    assert in_tables(report) - everywhere(loaded.report) == set()
    assert in_tables(loaded.report) - in_tables(report) == set()
    assert loaded.differences == []
    assert (loaded.report.department, loaded.report.year) == (report.department, report.year)


@pytest.mark.parametrize("name", PAPERS)
def test_a_real_account(name: str, real: Path, tmp_path: Path) -> None:
    report = interpret(read(real / name, name))
    loaded = again(report, tmp_path)
    assert in_tables(loaded.report) == in_tables(report)
    assert loaded.differences == []
    assert [table.title for table in loaded.report.tables if table.form == "totals"]


def test_a_total_that_is_not_printed_is_the_sum_of_its_classes(real: Path, tmp_path: Path) -> None:
    text = mended(real / "putuo-culture-2025.txt")
    report = interpret(read_text(text.encode("utf-8"), "mended.txt"))
    path = filled(report, tmp_path / "book.xlsx")
    assert cells(path)["08 政府性基金表"]["G5"] == "2002.80"
    assert in_tables(report) - everywhere(load_account(str(path)).report) == set()


def test_the_words_of_a_real_account(real: Path, tmp_path: Path) -> None:
    account = again(interpret(read(real / "xigang-office-2024.txt", "x.txt")), tmp_path).account
    line = Key(year="2024", flow="expenditure", fund="general_public")
    assert account.offices[0] == "文字综合科"
    assert len(account.offices) == 6
    assert len(account.duties) == 11
    assert account.duties[0].startswith("协助区政府领导同志了解掌握全区工作情况，")
    assert account.reason(line._replace(function="2080501"), "initial") == "退休人员增加"
    assert account.reason(line, LAST) == "严格落实过紧日子要求，压减经费支出"
    assert account.purposes["2010302"] == "行政单位项目支出"
    assert account.project("政府工作性经费").problems == "“三服务”工作还需要进一步提升"
    assert account.department.supervisor == "大连市西岗区人民政府"


def test_figures_of_last_year_follow_from_the_changes(real: Path, tmp_path: Path) -> None:
    found = everywhere(again(interpret(read(real / "xigang-office-2024.txt", "x.txt")), tmp_path).report)
    last = Key(year="2023", flow="expenditure", fund="general_public")
    assert (str(parse_key("year=2023 flow=total_in")), "854.69", "万元") in found
    assert (str(last._replace(item="agency_running_costs")), "55.41", "万元") in found
    assert (str(last._replace(item="three_public/vehicles")), "6.26", "万元") in found


@pytest.mark.parametrize("seed", range(0, 24, 3))
def test_a_generated_account(seed: int, tmp_path: Path) -> None:
    generated = generate(seed)
    loaded = load_account(str(generated_book(generated, tmp_path / "book.xlsx")))
    true = {key: (amount.show(), amount.unit) for key, amount in _rounded(report_of(generated)).items()}
    wrong = [
        (str(key), fact.amount.show())
        for fact in loaded.report.facts
        for key in fact.keys
        if fact.amount.value and key in true and true[key][0] != fact.amount.show()
    ]
    assert wrong == []
    assert loaded.differences == []
    assert loaded.account.offices == generated.offices


def _rounded(report: Report):  # type: ignore[no-untyped-def]
    return {key: fact.amount for fact in report.facts for key in fact.keys}


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    report = interpret(read(ACCOUNTS / "linhe-health-2024.txt", "a.txt"))
    assert filled(report, tmp_path / "a.xlsx").read_bytes() == filled(report, tmp_path / "b.xlsx").read_bytes()


def test_columns_may_be_moved_and_rows_inserted(tmp_path: Path) -> None:
    report = interpret(read(ACCOUNTS / "linhe-health-2024.txt", "a.txt"))
    path = filled(report, tmp_path / "book.xlsx")
    before = load_account(str(path))
    after = load_account(str(edited(path, {("预算数", "Z4"): "自己的备注"})))
    assert in_tables(after.report) == in_tables(before.report)
