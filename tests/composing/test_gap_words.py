"""The words of what is lacking, and sentences around it: a reader sees at once what is to be filled in."""

from __future__ import annotations

import pytest

from juesuan.composing.document import Composed, compose
from juesuan.composing.lists import ended
from juesuan.documents.writing_text import write_text
from juesuan.generating import account_of, generate, report_of, shape_of
from juesuan.knowledge.styles import style
from juesuan.model.accounts import Account
from juesuan.model.amounts import Amount
from juesuan.model.keys import Key
from juesuan.services.building import build as built_of
from juesuan.services.loading import Build, Loaded
from tests.composing.test_statements_composed import SHAPE, line, made

RUNNING = "agency_running_costs"


def without(*items: str, year: str = "") -> Composed:
    def change(key: Key, amount: Amount) -> Amount | None:
        gone = key.item in items and key.project == "all" and (not year or key.year == year)
        return None if gone else amount

    return made(change=change)


@pytest.mark.parametrize(
    ("item", "what"),
    [
        ("three_public/vehicles/running/held", "开支财政拨款的公务用车保有量"),
        ("three_public/overseas/persons", "因公出国（境）人次"),
        ("three_public/overseas/groups", "因公出国（境）团组数"),
        ("three_public/reception/batches", "公务接待批次"),
        ("assets/vehicles", "车辆总数"),
        ("assets/vehicles/special", "特种专业技术用车数量"),
        ("assets/equipment_over_100", "单价100万元以上设备数量"),
        ("performance/projects", "绩效自评项目数"),
        ("procurement", "政府采购支出总额"),
    ],
)
def test_a_count_has_the_name_of_a_number(item: str, what: str) -> None:
    found = [gap.what for gap in without(item).open]
    # what is zero because its money is zero is no gap
    assert what in found or (item.startswith("three_public/overseas") and found == [])


def test_a_line_of_spending_is_named_once() -> None:
    def change(key: Key, amount: Amount) -> Amount | None:
        return None if key.basis in ("initial", "full_year") and len(key.function) == 7 else amount

    names = [gap.what for gap in made(change=change).open]
    assert names
    assert [name for name in names if "本年支出" in name and "（项）" in name] == []
    assert all(name.endswith("年初预算数") for name in names)


def test_last_years_running_costs_are_lacking_not_this_years() -> None:
    said = line(without(RUNNING, year="2023"), "年度机关运行经费支出")
    assert "万元。与2023年度相比，机关运行经费增减情况【待填：上年度一般公共预算机关运行经费】。" in said


def test_no_running_costs_at_all_are_one_gap() -> None:
    text = write_text(without(RUNNING).blocks)
    assert text.count("【待填：一般公共预算机关运行经费】") == 1


def test_shanghai_says_what_is_lacking_of_performance() -> None:
    def change(key: Key, amount: Amount) -> Amount | None:
        return None if key.item.startswith("performance") and key.project == "all" else amount

    said = line(made("shanghai", change=change), "预算绩效管理工作开展情况如下")
    assert said.endswith("；全过程绩效管理实施情况：【待填：绩效自评项目数】。")


def test_one_project_is_not_several() -> None:
    assert "反映1个项目自评结果，为：" in line(made(), "个项目自评结果")


def test_several_projects_are() -> None:
    seed = next(n for n in range(40) if shape_of(n).projects > 1 and shape_of(n).style != "shanghai")

    account = generate(seed)
    composed = compose(report_of(account), account_of(account), style(account.shape.style))
    assert "个项目自评结果，分别为：" in line(composed, "个项目自评结果")


def test_a_passage_ends_with_a_mark() -> None:
    assert [ended(text) for text in ("监督管理", "监督管理。", "监督管理；", "包括：")] == [
        "监督管理。",
        "监督管理。",
        "监督管理；",
        "包括：",
    ]


@pytest.mark.parametrize("kind", ["special", "other", "law_enforcement"])
def test_a_kind_of_vehicle_to_be_filled_in_is_no_wrong_sum(kind: str) -> None:
    generated = generate(5, SHAPE)
    report = report_of(generated)
    item = f"assets/vehicles/{kind}"
    for fact in report.facts:
        if fact.keys[0].item == "assets/vehicles":
            report.facts[fact.number] = type(fact)(
                fact.number, fact.keys, Amount(fact.amount.value + 7, 0, "辆", 0), fact.place, fact.table
            )
        if fact.keys[0].item == item:
            report.facts[fact.number] = type(fact)(fact.number, (Key(),), fact.amount, fact.place, fact.table)
    account: Account = account_of(generated)
    built = built_of(Loaded(report, account, style("liaoning"), "批复表"), Build(draft=True, formats=("text",)))
    assert [gap.about for gap in built.composed.open if item in gap.about]
    assert [f.message for f in built.checked.findings if f.check == "TEXT-VEHICLES"] == []
    result = built.checked.result
    assert result is not None
    assert result.tallies["TEXT-VEHICLES"].unchecked
