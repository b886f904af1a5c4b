"""What titles of tables name, and what is known of the tables that places publish."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from juesuan.knowledge import places
from juesuan.knowledge.places import nationally_expected, place_of, title_form

SOURCE = Path(__file__).parents[1] / "src"
NINE = (
    "totals",
    "income",
    "expenditure",
    "fiscal",
    "general_public",
    "basic",
    "funds",
    "state_capital",
    "three_public",
)

# Every title of a final account that data/places.toml quotes, classified by hand.
TITLES = {
    "收入支出决算总表": ("totals", ""),
    "收入支出决算表": ("totals", ""),
    "收入支出决算公开表": ("totals", ""),
    "收入决算表": ("income", ""),
    "收入决算总表": ("income", ""),
    "收入决算公开表": ("income", ""),
    "收入决算表（按功能分类列示）": ("income", ""),
    "收入决算表（分科目）": ("income", ""),
    "收入决算表（按单位列示）": ("income_by_unit", ""),
    "收入决算表（分单位）": ("income_by_unit", ""),
    "支出决算表": ("expenditure", ""),
    "支出决算总表": ("expenditure", ""),
    "支出决算公开表": ("expenditure", ""),
    "支出决算表（分科目）": ("expenditure", ""),
    "支出决算表（分单位）": ("expenditure_by_unit", ""),
    "财政拨款收入支出决算总表": ("fiscal", ""),
    "财政拨款收入支出决算表": ("fiscal", ""),
    "财政拨款收入支出决算公开表": ("fiscal", ""),
    "一般公共预算财政拨款支出决算表": ("general_public", ""),
    "一般公共预算财政拨款收入支出决算表": ("general_public", ""),
    "一般公共预算财政拨款收入支出决算公开表": ("general_public", ""),
    "一般公共预算财政拨款基本支出决算表": ("basic", ""),
    "一般公共预算财政拨款基本支出决算明细表": ("basic", ""),
    "一般公共预算财政拨款基本支出决算公开表": ("basic", ""),
    "政府性基金预算财政拨款收入支出决算表": ("funds", ""),
    "政府性基金预算财政拨款收入支出决算公开表": ("funds", ""),
    "国有资本经营预算财政拨款支出决算表": ("state_capital", ""),
    "国有资本经营预算财政拨款收入支出决算表": ("state_capital", ""),
    "国有资本经营预算财政拨款收入支出决算公开表": ("state_capital", ""),
    "财政拨款“三公”经费支出决算表": ("three_public", "fiscal"),
    "一般公共预算财政拨款“三公”经费支出决算表": ("three_public", "general_public"),
    "一般公共预算财政拨款“三公”经费支出决算公开表": ("three_public", "general_public"),
    "一般公共预算财政拨款“三公”经费及会议费、培训费支出决算表": ("three_public", "general_public"),
    "“三公”经费、行政参公单位机关运行经费情况表": ("three_public", ""),
    "部门整体支出绩效自评情况": ("performance_department", ""),
    "部门整体支出绩效自评表": ("performance_department", ""),
    "项目支出绩效自评表": ("performance_project", ""),
    "政府性基金预算财政拨款基本支出决算表": ("other", ""),
    "一般公共预算财政拨款项目支出决算表": ("other", ""),
    "一般公共预算财政拨款项目支出决算明细表": ("other", ""),
    "财政拨款支出决算明细表": ("other", ""),
    "项目支出决算表": ("other", ""),
    "项目收入支出决算表": ("other", ""),
    "政府采购情况表": ("other", ""),
    "政府购买服务决算公开情况表": ("other", ""),
    "国有资产占用情况表": ("other", ""),
    "国有资产使用情况表": ("other", ""),
    "机构运行经费支出、国有资产占用情况及政府采购支出信息表": ("other", ""),
    "关于空表的说明": ("other", ""),
}


def named(title: str) -> tuple[str, str] | None:
    found = title_form(title)
    return None if found is None else (found.name, found.scope)


# Titles --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("title", TITLES)
def test_titles_of_the_places(title: str) -> None:
    assert named(title) == TITLES[title]


def test_every_quoted_title_is_among_them() -> None:
    quoted = {title for rules in places.known_places() for title in rules.titles}
    assert quoted | set(places.national_titles()) == set(TITLES)


@pytest.mark.parametrize("title", places.budget_titles())
def test_budget_titles_are_no_final_account(title: str) -> None:
    assert named(title) == ("budget", "")


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("一、收入支出决算总表", ("totals", "")),
        ("附件1 2024年度收入支出决算总表", ("totals", "")),
        ("公开01表 收入支出决算总表", ("totals", "")),
        ("财决01表 收入支出决算总表", ("totals", "")),
        ("收入支出决算总表 公开01表 金额单位：万元", ("totals", "")),
        ("（一）收入支出决算总表（续）", ("totals", "")),
        ("收入支出总表", ("totals", "")),
        ("收 入 决 算 表", ("income", "")),
        ("收入决算表……………3", ("income", "")),
        ("附表1-2：收入决算表", ("income", "")),
        ("某某局 2024 年度收入决算表", ("income", "")),
        ("政府采购中心收入决算表", ("income", "")),
        ("收入表", ("income", "")),
        ("支出表", ("expenditure", "")),
        ("Z01_1 财政拨款收入支出决算总表(财决01-1表)", ("fiscal", "")),
        ("财政拨款收入、支出决算总表", ("fiscal", "")),
        ("表八：国有资本经营预算财政拨款支出决算表", ("state_capital", "")),
        ("国有资本经营预算支出决算表", ("state_capital", "")),
        ("一般公共预算财政拨款支出决算明细表", ("general_public", "")),
        ("一般公共预算财政拨款收支决算表", ("general_public", "")),
        ("财政拨款基本支出决算表", ("basic", "fiscal")),
        ("“三公”经费公共预算财政拨款支出决算表", ("three_public", "general_public")),
        ("「三公」经费财政拨款支出决算表", ("three_public", "fiscal")),
        ("公开07表=“三公”经费支出决算表", ("three_public", "")),
        ("'三公'经费支出决算表", ("three_public", "")),
        ("政府性基金预算财政拨款“三公”经费支出决算表", ("three_public", "government_funds")),
        ("区政府办整体绩效自评表", ("performance_department", "")),
        ("部门绩效自评表", ("performance_department", "")),
        ("项目支出预算绩效自评表", ("performance_project", "")),
        ("2023年度部门预算项目支出绩效自评表", ("performance_project", "")),
        ("项目支出绩效自评情况汇总表", ("other", "")),
        ("转移支付区域绩效目标自评表", ("other", "")),
        ("二、部门决算单位构成", ("units", "")),
        ("预算单位构成情况表", ("units", "")),
        ("会议费、培训费支出决算表", ("other", "")),
        ("机关运行经费支出决算表", ("other", "")),
        ("支出决算明细表", ("other", "")),
    ],
)
def test_variants(title: str, expected: tuple[str, str]) -> None:
    assert named(title) == expected


@pytest.mark.parametrize(
    "line",
    [
        "",
        "表",
        "一、收入支出决算总体情况说明",
        "五、一般公共预算财政拨款支出决算情况说明",
        "第四部分 大连市西岗区人民政府办公室 2024 年度部门决算表",
        "2024年度部门决算报表",
        "详见收入决算表",
        "《项目支出预算绩效自评表》见附件。",
        "从预算单位构成看，某局部门决算包括：本级决算",
        "注：本表反映部门本年度取得的各项收入情况。",
        "本年支出合计",
        "某项目支出绩效评价报告",
        "收入决算表" * 20,
    ],
)
def test_lines_that_are_no_titles(line: str) -> None:
    assert title_form(line) is None


@pytest.mark.real
def test_titles_in_real_accounts(real: Path) -> None:
    """Contents and body: every table is named twice; nothing else in the text is taken for a title."""
    nine = ["totals", "income", "expenditure", "fiscal", "general_public", "basic"]
    shanghai = [*nine, "three_public", "funds", "state_capital"]
    dalian = [*nine, "funds", "state_capital", "three_public"]
    performance = ["performance_department", "performance_project", "performance_project"]
    for file, expected in (
        ("putuo-social-work-2024.txt", ["units", *shanghai] * 2),
        ("putuo-culture-2025.txt", ["units", *shanghai] * 2),
        ("xigang-office-2024.txt", ["units", *dalian] * 2 + performance),
    ):
        lines = (real / file).read_text("utf-8").splitlines()
        assert [named(line)[0] for line in lines if "\t" not in line and named(line)] == expected  # type: ignore[index] # tested


# Where a department is -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("department", "where"),
    [
        ("大连市西岗区人民政府办公室", ("辽宁", "大连", "西岗区")),
        ("大连西岗区政府", ("辽宁", "大连", "西岗区")),
        ("辽宁省大连市西岗区财政局", ("辽宁", "大连", "西岗区")),
        ("辽宁大连财政局", ("辽宁", "大连", "")),
        ("西岗区政府办公室", ("辽宁", "大连", "西岗区")),
        ("中国共产党大连市委员会办公室", ("辽宁", "大连", "")),
        ("大连市市场监督管理局", ("辽宁", "大连", "")),
        ("大连金普新区管理委员会", ("辽宁", "大连", "金普新区")),
        ("中共上海市普陀区委社会工作部", ("上海", "上海", "普陀区")),
        ("上海市普陀区人民政府长寿路街道办事处", ("上海", "上海", "普陀区")),
        ("天津市滨海新区教育体育局", ("天津", "天津", "滨海新区")),
        ("重庆綦江区公路事务中心", ("重庆", "重庆", "綦江区")),
        ("内蒙古自治区公共资源交易中心", ("内蒙古", "", "")),
        ("河南省科学技术发展战略研究所", ("河南", "", "")),
        ("吉林市财政局", ("吉林", "吉林", "")),
        ("吉林省吉林市昌邑区财政局", ("吉林", "吉林", "昌邑区")),
        ("吉林省财政厅", ("吉林", "", "")),
        ("海南省财政厅", ("海南", "", "")),
        ("海南藏族自治州民政局", ("青海", "海南", "")),
        ("湘西土家族苗族自治州统计局", ("湖南", "湘西", "")),
        ("大理州财政局", ("云南", "大理", "")),
        ("六安市工商业联合会", ("安徽", "六安", "")),
        ("深圳人社局", ("广东", "深圳", "")),
        ("柞水县审计局", ("陕西", "商洛", "柞水县")),
        ("四川省遂宁市大英县妇幼保健院", ("四川", "遂宁", "大英县")),
        ("财政部", ("中央部门", "", "")),
        ("国家税务总局大连市税务局", ("中央部门", "", "")),
        ("中央网络安全和信息化委员会办公室", ("中央部门", "", "")),
        # a namesake, a street, a hospital, no place
        ("普陀区文化和旅游局", None),
        ("朝阳区人民法院", None),
        ("中山区财政局", None),
        ("中山街道办事处", None),
        ("上海路小学", None),
        ("安康医院", None),
        ("黄河南岸管理局", None),
        ("财政部门", None),
        ("某某服务中心", None),
        ("", None),
    ],
)
def test_located(department: str, where: tuple[str, str, str] | None) -> None:
    assert places.located(department) == where


def test_a_title_helps_where_the_name_does_not() -> None:
    titles = ["2025年度部门决算", "上海市普陀区文化和旅游局 2025 年度部门决算表"]
    assert places.located("普陀区文化和旅游局", titles) == ("上海", "上海", "普陀区")
    assert places.located("文化和旅游局", titles) == ("上海", "上海", "普陀区")


def test_place_words_are_of_one_province() -> None:
    data = places._data()
    assert len(data["provinces"]) == 31
    cities = [city for words in data["cities"].values() for city in words.split()]
    assert len(cities) == len(set(cities)) > 290
    assert set(data["cities"]) | set(data["areas"]) <= set(data["provinces"])
    for above in data["districts"].values():
        province, city = above.split("/")
        assert (province, city, "") in (places.located(f"{city}市财政局"), places.located(f"{city}州财政局"))


# What places publish -------------------------------------------------------------------------------------------------


def test_xigang() -> None:
    rules = place_of("大连市西岗区人民政府办公室")
    assert rules is not None
    assert (rules.region, rules.evidence, rules.listed) == ("辽宁/大连/西岗区", "place", True)
    assert rules.tables == NINE
    assert (rules.three_public_scope, rules.basis, rules.order) == ("general_public", "initial", "after")
    assert rules.numbering.format(3) == "财决公开 03 表"
    assert rules.title_of("basic") == "一般公共预算财政拨款基本支出决算公开表"
    assert rules.title_of("units") is None


def test_putuo() -> None:
    rules = place_of("上海市普陀区文化和旅游局", year="2025")
    assert rules is not None
    assert rules.tables == (*NINE[:6], "three_public", "funds", "state_capital")
    assert (rules.first, rules.last, rules.three_public_scope) == (2024, 2025, "fiscal")


def test_evidence_says_how_near_it_comes() -> None:
    for department, evidence, source, listed in (
        ("大连市中山区财政局", "city", "辽宁/大连/西岗区", True),
        ("辽宁省铁岭市财政局", "province", "辽宁/大连/西岗区", False),
        ("江苏省南京市财政局", "national", "全国", False),
        ("四川省泸州市中医医院", "place", "四川/泸州", False),
        ("财政部", "place", "中央部门", True),
    ):
        rules = place_of(department)
        assert rules is not None
        assert (rules.evidence, rules.source, rules.listed) == (evidence, source, listed), department
        if not listed:
            assert rules.tables == NINE, "the national set"


def test_the_nearest_year_counts() -> None:
    old, new = place_of("天津市审计局", year=2017), place_of("天津市审计局", year="2023")
    latest = place_of("天津市审计局", year="?")
    assert old is not None
    assert new is not None
    assert (old.first, old.count, old.listed) == (2017, 8, False)
    assert (new.first, new.count, new.listed) == (2022, 11, True)
    assert new == latest
    assert "income_by_unit" in new.tables


def test_what_is_expected() -> None:
    henan, nanjing = place_of("河南省财政厅"), place_of("江苏省南京市财政局")
    assert henan is not None
    assert nanjing is not None
    assert henan.expects("state_capital", 2021) is False, "its own list of that year has none"
    assert henan.expects("three_public", "2021") is True
    assert henan.expects("state_capital", 2024) is True, "the national set, since its list is of another year"
    assert nanjing.expects("state_capital", 2019) is None, "not yet everywhere"
    assert nanjing.expects("performance_project", 2024) is None, "no list of the place"
    assert nanjing.expects("totals", "?") is None
    assert henan.expected(2021) == tuple(name for name in henan.tables if name != "state_capital")
    assert "state_capital" not in nanjing.expected(2019)


@pytest.mark.parametrize(
    ("form", "year", "expected"),
    [
        ("totals", 2017, True),
        ("state_capital", 2017, False),
        ("state_capital", 2018, None),
        ("state_capital", 2021, None),
        ("state_capital", 2022, True),
        ("units", 2024, None),
        ("totals", 0, None),
    ],
)
def test_the_national_set_by_year(form: str, year: int, expected: bool | None) -> None:
    assert nationally_expected(form, year) is expected


def test_lists_are_whole() -> None:
    for rules in places.known_places():
        assert 2015 <= rules.first <= rules.last <= 2030
        if rules.titles and rules.count and not rules.partial:
            assert len([t for t in rules.titles if t != "关于空表的说明"]) == rules.count, rules.region
        assert rules.three_public_scope in ("", "general_public", "fiscal")
        assert not rules.titles or len(set(rules.titles)) == len(rules.titles)


def test_importing_loads_nothing() -> None:
    program = "import juesuan.knowledge.places as p; assert not p._data.cache_info().currsize"
    subprocess.run([sys.executable, "-c", program], check=True, env={"PYTHONPATH": str(SOURCE)})
