"""Keys in Chinese, and a line of a document explained."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from juesuan.model.keys import ALL, Key, parse_key
from juesuan.model.places import Place
from juesuan.model.reports import ReadRow, Unread
from juesuan.presenting.explained import Explained, Figure, Held, Term, explained_text
from juesuan.presenting.widths import Style
from juesuan.presenting.words import BALANCE, FLOW, FUND, NATURE, names_in, say_key, say_keys, say_unknown
from tests.samples import HERE, account, housing

PLAIN = Style()


@pytest.mark.parametrize(
    ("key", "said"),
    [
        (
            "flow=expenditure fund=general_public nature=basic function=2080505",
            "一般公共预算财政拨款 · 支出 · 基本支出 · 2080505 养老保险",
        ),
        ("flow=income", "收入 · 合计"),
        ("flow=total_in", "收入总计 · 合计"),
        ("flow=income fund=superior", "上级补助 · 收入 · 合计"),
        (
            "flow=closing fund=general_public nature=project balance=surplus",
            "一般公共预算财政拨款 · 年末结转和结余 · 项目支出结余",
        ),
        ("flow=income fund=general_public nature=basic", "一般公共预算财政拨款 · 收入 · 用于基本支出"),
        (
            "basis=initial flow=expenditure fund=fiscal item=three_public/vehicles/running",
            "财政拨款 · 支出 · 公务用车运行维护费 · 年初预算数",
        ),
        (
            "flow=expenditure fund=general_public nature=basic economic=30108",
            "一般公共预算财政拨款 · 支出 · 基本支出 · 30108",
        ),
        ("project=值班 measure=score", "项目“值班” · 得分"),
        ("entity=县医院 flow=income", "县医院 · 收入 · 合计"),
        ("flow=income function=?", "收入 · ？"),
    ],
)
def test_a_key_in_words(key: str, said: str) -> None:
    assert say_key(parse_key(f"year=2024 {key}"), {"2080505": "养老保险"}, "2024") == said


def test_another_year_is_said() -> None:
    assert say_key(Key(year="2023", flow="income"), year="2024") == "2023 年度 · 收入 · 合计"


def test_two_keys_that_say_the_same_are_said_once() -> None:
    both = (Key(year="2024", flow="total_in"), Key(year="2024", flow="total_out"))
    assert say_keys(both, year="2024") == "收入总计 · 合计；支出总计 · 合计"
    assert say_keys(both[:1] * 2, year="2024") == "收入总计 · 合计"


values = st.fixed_dictionaries(
    {
        "entity": st.sampled_from([ALL, "县医院"]),
        "year": st.sampled_from(["2023", "2024"]),
        "basis": st.sampled_from(["final", "initial", "full_year", "budget"]),
        "flow": st.sampled_from([ALL, *FLOW]),
        "fund": st.sampled_from([ALL, *FUND]),
        "nature": st.sampled_from([ALL, *NATURE]),
        "balance": st.sampled_from([ALL, "carryover", "surplus"]),
        "function": st.sampled_from([ALL, "201", "2010301"]),
        "economic": st.sampled_from([ALL, "personnel", "running", "301"]),
        "item": st.sampled_from([ALL, "three_public", "three_public/vehicles/running"]),
        "measure": st.sampled_from(["amount", "count", "weight", "score"]),
    }
)


@given(values, values)
def test_different_keys_are_said_differently(one: dict[str, str], other: dict[str, str]) -> None:
    first, second = (Key(**value) for value in (one, other))
    assert (say_key(first, year="2024") == say_key(second, year="2024")) is (first == second)


def test_every_balance_has_its_words() -> None:
    natures = (ALL, "basic", "project")
    assert set(BALANCE) == {(n, b) for n in natures for b in (ALL, "carryover", "surplus")} - {(ALL, ALL)}


def test_names_come_from_the_rows() -> None:
    report = account()
    assert names_in(report) == {"2080505": "养老保险"}
    block = ("30101", "基本工资", "1", "5.00", "30201", "办公费", "31", "4.00")
    report.tables[0].rows.append(ReadRow(block, Place("a.txt", line=20)))
    assert names_in(report) == {"2080505": "养老保险", "30101": "基本工资", "30201": "办公费"}
    stub = ReadRow(
        ("八、社会保障和就业支出", "39"), Place("a.txt", line=9), "", "八、社会保障和就业支出", function="208"
    )
    report.tables[0].rows.insert(0, stub)
    assert names_in(report)["208"] == "社会保障和就业支出"


def test_unknown_dimensions_are_named() -> None:
    assert say_unknown((parse_key("year=? flow=income function=?"),)) == "年度、功能分类科目"


def explained(**changes: Any) -> Explained:
    report = account()
    total, blank, part, unknown = report.facts
    summed = Held("EQ-F", "类 = 款之和", "=", (Term(1, total),), (Term(1, part), Term(1, blank)), "failed", "相差 1.00")
    same = Held("AGREE", "同一数据", "=", (Term(1, total),), (Term(1, blank),), "passed", "因结余为零", same=True)
    figure = Figure(total, "收入决算表", "合计", "本年收入合计", True, (summed, same))
    lone = Figure(unknown, "收入决算表", "", "", False)
    given = Explained(Place("a.txt", line=10), "合计\t\t677.92", "2024", names_in(report), (figure, lone))
    return replace(given, **changes)


def test_a_line_explained() -> None:
    assert list(explained_text(explained(), PLAIN)) == [
        "a.txt:10",
        "    合计 | 677.92",
        "",
        "677.92  收入决算表 · 合计 · 本年收入合计",
        "    含义  收入 · 合计",
        "    金额  677.92 万元",
        "    指标  year=2024 flow=income",
        "    勾稽  2 条，已核实",
        "        不符  EQ-F  类 = 款之和（相差 1.00）",
        "            677.92 = 54.86",
        "            677.92  本数  收入 · 合计",
        "             54.86  第 11 行  收入 · 2080505 养老保险",
        "            另有 1 项为零",
        "        通过  AGREE  同一数据（因结余为零）",
        "            677.92  本数  收入 · 合计",
        "              0.00  第 10 行  其他 · 收入 · 合计",
        "",
        "3.5  收入决算表",
        "    含义  未能确定功能分类科目，所以不参加检查",
        "    金额  3.50 万元（印出 1 位小数，按省略末尾的 0 读）",
        "    指标  year=2024 flow=income function=?",
        "    勾稽  没有勾稽关系用到它：只读出，未核实",
    ]


def test_a_line_without_figures_says_so() -> None:
    text = "\n".join(explained_text(explained(figures=(), nearest=(8, 12)), PLAIN))
    assert "这一行没有账目数字。离它最近的数字在第 8、12 行。" in text
    assert "整个文件没有读到账目数字" in "\n".join(explained_text(explained(figures=()), PLAIN))


def test_unread_figures_reasons_and_findings_of_the_line() -> None:
    unread = (Unread(HERE, "x1", "不是数字"),)
    text = "\n".join(
        explained_text(explained(figures=(), unread=unread, findings=(housing(),), reasons=(("EQ-A", "缺表"),)), PLAIN)
    )
    assert "x1  未读：不是数字" in text
    assert "    EQ-A  缺表" in text
    assert "    a.txt:105  错误  住房保障支出（类）" in text
