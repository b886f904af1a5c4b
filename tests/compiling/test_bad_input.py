"""What cannot be used: one class a cause, sheet and cell named, in Chinese, and nothing written."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from juesuan.app import Refused, load_account
from juesuan.cli import main
from juesuan.compiling import errors
from juesuan.generating import Generated, Shape, generate
from juesuan.services.loading import Sources, load
from tests.compiling.books import cells, edited, generated_book
from tests.compiling.ledgers import write_ledger

SELF_CHECK = {"自查表.docx", "自查表.txt", "检查结果.json", "答复与批准.json"}
HEAD = "日期,单位,科目编码,摘要,功能分类,经济分类,资金性质,支出性质,借方,贷方\n"
ROW = "2024-03-01,某局,7101,付款,2010301,30201,一般公共预算,基本支出,100.00,\n"


@pytest.fixture(scope="module")
def account() -> Generated:
    return generate(7, Shape(style="national", year=2024, units=2))


@pytest.fixture(scope="module")
def book(account: Generated, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return generated_book(account, tmp_path_factory.mktemp("book") / "编制.xlsx")


@pytest.mark.parametrize(
    ("edits", "cause", "said"),
    [
        ({("预算数", "D4"): "约三百万"}, errors.TextInAmount, "预算数!D4：“年初预算数”应是数字，写的是“约三百万”"),
        ({("单位", "B5"): "001"}, errors.DoubledCode, "单位!B5：.*单位代码都是 001"),
        ({("部门信息", "B5"): "二四年"}, errors.BadYear, "部门信息!B5：决算年度写的是“二四年”"),
        ({("部门信息", "B4"): ""}, errors.MissingValue, "部门信息!B4：“部门名称”没有填"),
        ({("单位", "C4"): "公司"}, errors.UnknownChoice, "单位!C4：.*可以填：行政单位"),
        ({("01 收入支出总表", "C9"): "待填"}, errors.NotFilled, "01 收入支出总表!C9：.*待填"),
        ({("01 收入支出总表", "A9"): "杂项"}, errors.UnreadFigure, "01 收入支出总表!C9：数字 .* 读不出"),
        ({("03 支出表", "D9"): "约三百"}, errors.TextInAmount, "03 支出表!D9：“基本支出”应是数字，写的是“约三百”"),
        (
            {("02 收入表", "A11"): "2018801"},
            errors.UnknownCode,
            "02 收入表!A11：2024 年度的.*没有 2018801。请核对编码；它的上一级",
        ),
        ({("预算数", "A3"): "钱"}, errors.MissingColumn, "预算数!.*找不到“资金”这一栏"),
    ],
)
def test_a_workbook(
    book: Path, edits: dict[tuple[str, str], str], cause: type[errors.BadInput], said: str, tmp_path: Path
) -> None:
    with pytest.raises(errors.BadInput, match=said) as caught:
        load(str(edited(book, edits)))
    causes = getattr(caught.value, "causes", (caught.value,))
    assert any(isinstance(one, cause) for one in causes)
    assert caught.value.place.sheet


def test_units_without_money_of_their_own_are_no_accounts(book: Path) -> None:
    assert load(str(book)).units == {}


def test_a_sum_that_contradicts_its_parts(book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In an approved table that is a finding: the cell is named, and no document is written."""
    assert main(["build", str(edited(book, {("03 支出表", "D8"): "9999.99"})), "-o", str(tmp_path / "out")]) == 1
    assert re.search(r"错误 .*03 支出表!D8.*9999\.99 → ", capsys.readouterr().out)
    assert {path.name.partition("-")[2] for path in (tmp_path / "out").iterdir()} == SELF_CHECK


def test_a_missing_sheet(book: Path) -> None:
    with pytest.raises(errors.MissingSheet, match="05 一般公共预算表：没有这张工作表"):
        load(str(edited(book, {}, without="05 一般公共预算表")))
    with pytest.raises(errors.BadInput, match="预算数：没有这张工作表"):
        load(str(edited(book, {}, without="预算数")))


def test_an_unknown_code(book: Path) -> None:
    last = max(int(cell[1:]) for cell in cells(book)["预算数"] if cell.startswith("C")) + 1
    edits = {("预算数", f"A{last}"): "一般公共预算", ("预算数", f"B{last}"): "2018801", ("预算数", f"D{last}"): "5"}
    with pytest.raises(errors.UnknownCode, match=f"预算数!B{last}：2024 年度的支出功能分类科目里没有 2018801"):
        load(str(edited(book, edits)))


def test_an_indicator_of_no_project(book: Path) -> None:
    with pytest.raises(errors.UnknownProject, match="绩效指标!A4"):
        load(str(edited(book, {("绩效指标", "A4"): "没有的项目"})))


def test_several_at_once(book: Path) -> None:
    with pytest.raises(errors.BadInputs) as caught:
        load(str(edited(book, {("预算数", "D4"): "甲", ("上年数", "B4"): "乙"})))
    assert [str(one.place.cell) for one in caught.value.causes] == ["D4", "B4"]
    assert str(caught.value).count("\n") == 1


@pytest.mark.parametrize(
    ("rows", "cause", "said"),
    [
        (ROW + ROW.replace("100.00", "一百"), errors.TextInLedger, "第 3 行：金额写的是“一百”"),
        (ROW + ROW.replace("2010301", "2018801"), errors.UnknownLedgerCode, "第 3 行：支出功能分类科目里没有“2018801”"),
        (ROW + ROW.replace("一般公共预算", ""), errors.UnclearLedgerRow, "第 3 行：没有写明资金性质"),
        (ROW + ROW.replace("基本支出", ""), errors.UnclearLedgerRow, "第 3 行：没有写明支出性质"),
        (
            ROW + "2024-12-31,某局,8101,年末余额,2010301,,一般公共预算,基本支出,,5\n",
            errors.ContradictorySum,
            "年末结转和结余写的是 5.00 元，明细合计是 -100.00 元",
        ),
    ],
)
def test_a_ledger(rows: str, cause: type[errors.BadInput], said: str, tmp_path: Path) -> None:
    account = generate(0, Shape(year=2024))
    blank = generated_book(account, tmp_path / "book.xlsx", blank=True)
    (tmp_path / "账.csv").write_text(HEAD + rows, "utf-8")
    with pytest.raises(cause, match=said):
        load(str(blank), sources=Sources(ledgers=(str(tmp_path / "账.csv"),)))


def test_a_ledger_without_amounts(tmp_path: Path) -> None:
    blank = generated_book(generate(0, Shape(year=2024)), tmp_path / "book.xlsx", blank=True)
    (tmp_path / "账.csv").write_text("日期,功能分类,摘要\n2024-01-01,2010301,x\n", "utf-8")
    with pytest.raises(errors.NoLedgerColumn, match=r"没有认出“金额.*现有：日期、功能分类、摘要"):
        load(str(blank), sources=Sources(ledgers=(str(tmp_path / "账.csv"),)))


def test_no_money_at_all(tmp_path: Path) -> None:
    blank = generated_book(generate(0), tmp_path / "book.xlsx", blank=True)
    with pytest.raises(errors.NoMoney, match="九张批复表都是空的"):
        load(str(blank))
    with pytest.raises(Refused):
        load_account(str(blank))


def test_nothing_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text("今天天气很好。\n", "utf-8")
    assert main(["init", str(tmp_path / "new"), "--from", str(tmp_path / "a.txt")]) == 2
    assert not (tmp_path / "new").exists()
    assert main(["init", str(tmp_path / "new"), "--example"]) == 0
    said = capsys.readouterr().out
    assert "juesuan build" in said
    assert [path.suffix for path in (tmp_path / "new").iterdir()] == [".xlsx"]
    assert main(["init", str(tmp_path / "new"), "--example"]) == 2
    assert "不覆盖" in capsys.readouterr().err


def test_a_budget_that_no_ledger_knows(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """“三公” of one unit: the cell of the department's workbook to fill in; nothing is written."""
    account = generate(3, Shape(year=2024, units=0))
    write_ledger(account, tmp_path / "账.csv")
    book = generated_book(account, tmp_path / "book.xlsx", blank=True)
    sheet = cells(book)["预算数"]
    total = next(cell for cell, text in sheet.items() if text.endswith("item=three_public") and "fund=fiscal" in text)
    gone = {("预算数", f"{column}{total[1:]}"): "" for column in "DEF"}
    words = ["--ledger", str(tmp_path / "账.csv"), "-o", str(tmp_path / "out"), "--draft", "--format", "text"]
    assert main(["build", str(edited(book, gone)), *words]) == 2
    said = capsys.readouterr().err
    assert (
        f"“三公”经费表：缺少要列示的数“财政拨款 · 支出 · “三公”经费 · 全年预算数”。请在预算数!E{total[1:]}填写，没有的填 0。"
        in said
    )
    assert not (tmp_path / "out").exists()


def test_a_unit_that_cannot_be_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The file that is named is the ledger, not the workbook."""
    account = generate(7, Shape(year=2024, units=2))
    book = generated_book(account, tmp_path / "book.xlsx", blank=True)
    (tmp_path / "账.csv").write_text(HEAD + ROW.replace("某局", ""), "utf-8")
    assert main(["build", str(book), "--ledger", str(tmp_path / "账.csv"), "-o", str(tmp_path / "out")]) == 2
    assert "账.csv：第 2 行：没有写明单位，而部门有几个单位。" in capsys.readouterr().err
    assert main(["build", str(book), "--ledger", str(tmp_path / "无.csv"), "-o", str(tmp_path / "out")]) == 2
    assert f"juesuan：{tmp_path / '无.csv'}：找不到这个文件" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
