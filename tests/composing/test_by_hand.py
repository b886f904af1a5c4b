"""A small account and lines of its tables, both by hand: a round trip alone would survive two slips that agree."""

from __future__ import annotations

from decimal import Decimal

import pytest

from juesuan.composing import compose_tables
from juesuan.composing.errors import MissingFigure, NamelessCode, OtherUnit
from juesuan.documents.writing_text import write_text
from juesuan.knowledge.styles import style
from juesuan.model.amounts import Amount
from juesuan.model.documents import Document
from juesuan.model.keys import parse_key
from juesuan.model.places import Place
from juesuan.model.reports import Fact, Report

#: a town's archive: public money, a fund, its own income; every figure is another one
FIGURES = {
    "flow=income": "1300.07",
    "flow=income fund=fiscal": "1234.56",
    "flow=income fund=general_public": "1200.50",
    "flow=income fund=government_funds": "34.06",
    "flow=income fund=other": "65.51",
    "flow=surplus_used": "7.01",
    "flow=opening": "20.02",
    "flow=opening fund=fiscal": "15.03",
    "flow=opening fund=general_public": "15.04",
    "flow=opening fund=general_public nature=project": "15.05",
    "flow=total_in": "1327.10",
    "flow=total_in fund=fiscal": "1249.59",
    "flow=expenditure": "1310.08",
    "flow=expenditure nature=basic": "800.09",
    "flow=expenditure nature=project": "509.99",
    "flow=expenditure fund=fiscal": "1240.11",
    "flow=expenditure fund=general_public": "1206.12",
    "flow=expenditure fund=general_public nature=basic": "760.13",
    "flow=expenditure fund=general_public nature=project": "445.99",
    "flow=expenditure fund=government_funds": "33.99",
    "flow=expenditure fund=government_funds nature=project": "33.98",
    "flow=distributed": "3.14",
    "flow=closing": "13.88",
    "flow=closing fund=fiscal": "9.48",
    "flow=closing fund=general_public": "9.41",
    "flow=closing fund=general_public nature=project": "9.43",
    "flow=closing fund=general_public nature=project balance=carryover": "9.42",
    "flow=closing fund=government_funds": "0.07",
    "flow=closing fund=general_public nature=project balance=carryover function=2012604": "9.44",
    "flow=total_out": "1327.09",
    "flow=total_out fund=fiscal": "1249.60",
    "flow=income function=2012604": "1299.01",
    "flow=income fund=other function=2012604": "64.02",
    "flow=expenditure function=201": "1276.15",
    "flow=expenditure fund=fiscal function=201": "1206.16",
    "flow=expenditure fund=general_public function=201": "1206.17",
    "flow=expenditure function=2012604": "1276.18",
    "flow=expenditure nature=project function=2012604": "509.19",
    "flow=expenditure fund=general_public function=2012604": "1206.20",
    "flow=expenditure fund=general_public nature=basic function=2012604": "760.21",
    "flow=expenditure fund=government_funds function=2296002": "33.22",
    "flow=expenditure fund=general_public nature=basic economic=personnel": "700.23",
    "flow=expenditure fund=general_public nature=basic economic=301": "690.24",
    "flow=expenditure fund=general_public nature=basic economic=30101": "300.25",
    "flow=expenditure fund=general_public nature=basic economic=30302": "9.26",
    "flow=expenditure fund=general_public nature=basic economic=running": "59.27",
    "flow=expenditure fund=general_public nature=basic economic=30201": "19.28",
    "flow=expenditure fund=general_public nature=basic economic=31204": "1.29",
    "flow=expenditure fund=fiscal item=three_public": "5.30",
    "flow=expenditure fund=fiscal item=three_public/vehicles": "4.31",
    "flow=expenditure fund=fiscal item=three_public/vehicles/running": "4.32",
    "flow=expenditure fund=fiscal item=three_public/reception": "0.99",
    "basis=initial flow=expenditure fund=fiscal item=three_public": "8.33",
    "basis=initial flow=expenditure fund=fiscal item=three_public/reception": "1.34",
    "basis=full_year flow=expenditure fund=fiscal item=three_public": "7.35",
    "flow=expenditure fund=general_public item=three_public": "5.36",
    "basis=initial flow=expenditure fund=general_public item=three_public": "8.37",
}
SHANGHAI = """
一、一般公共预算财政拨款收入\t1,200.50\t一、一般公共服务支出\t1,276.15
二、政府性基金预算财政拨款收入\t34.06\t二、外交支出\t
八、其他收入\t65.51\t八、社会保障和就业支出\t
本年收入合计\t1,300.07\t本年支出合计\t1,310.08
使用非财政拨款结余\t7.01\t结余分配\t3.14
年初结转和结余\t20.02\t年末结转和结余\t13.88
总计\t1,327.10\t总计\t1,327.09
项目\t\t本年收入合计\t财政拨款收入\t上级补助收入\t事业收入\t经营收入\t附属单位上缴收入\t其他收入
合计\t\t1,300.07\t1,234.56\t\t\t\t\t65.51
2012604\t档案馆\t1,299.01\t\t\t\t\t\t64.02
合计\t\t1,310.08\t800.09\t509.99\t\t\t
2012604\t档案馆\t1,276.18\t\t509.19\t\t\t
年初财政拨款结转和结余\t15.03\t年末财政拨款结转和结余\t9.48\t9.41\t0.07\t
一、一般公共预算财政拨款\t15.04\t\t\t\t\t
总计\t1,249.59\t总计\t1,249.60\t\t\t
2012604\t档案馆\t1,206.20\t760.21\t
合计\t\t1,206.12\t760.13\t445.99
30101\t基本工资\t300.25\t30201\t办公费\t19.28
\t\t\t312\t对企业补助\t
\t\t\t31204\t费用补贴\t1.29
人员经费合计\t\t700.23\t公用经费合计\t\t59.27
8.33\t5.30\t\t\t\t4.31\t\t\t\t4.32\t1.34\t0.99
2296002\t用于社会福利的彩票公益金支出\t\t\t33.22\t\t\t
说明：松河县档案馆本年度没有国有资本经营预算财政拨款收入和支出，故本表无数据。
"""
LIAONING = """
财决公开 05 表
部门（单位）：松河县档案馆
本年收入合计\t27\t1300.07\t本年支出合计\t57\t1310.08
合计\t\t\t\t15.04\t0.00\t15.05\t1200.50\t0.00\t0.00\t1206.12\t760.13\t445.99\t9.41\t0.00\t9.42\t0.00
2012604\t\t\t档案馆\t0.00\t0.00\t0.00\t0.00\t0.00\t0.00\t1206.20\t760.21\t0.00\t0.00\t0.00\t9.44\t0.00
8.37\t0.00\t0.00\t0.00\t0.00\t0.00\t5.36\t0.00\t0.00\t0.00\t0.00\t0.00
本年度未产生与该表相关的预决算数据。
"""
NATIONAL = """
公开09表
部门：松河县档案馆
栏次\t\t1\t2\t3\t4\t5\t6
合计\t\t1,206.12\t760.13\t445.99
7.35\t0.00\t0.00\t0.00\t0.00\t0.00\t5.30\t0.00\t4.31\t0.00\t4.32\t0.99
"""


def report(figures: dict[str, str], unit: str = "万元") -> Report:
    made = Report(Document("by hand", "", "", ()), "部门决算", "松河县档案馆", "2024")
    for text, value in figures.items():
        key = parse_key(f"year=2024 {text}")
        made.facts.append(Fact(len(made.facts), (key,), Amount(Decimal(value), 2, unit), Place(), -1))
    return made


def without(*texts: str) -> Report:
    return report({key: value for key, value in FIGURES.items() if key not in texts})


@pytest.mark.parametrize(("name", "lines"), [("shanghai", SHANGHAI), ("liaoning", LIAONING), ("national", NATIONAL)])
def test_lines(name: str, lines: str) -> None:
    printed = write_text(compose_tables(report(FIGURES | given_totals()), style(name))).split("\n")
    assert [line for line in lines.strip("\n").split("\n") if line not in [p.lstrip("\f") for p in printed]] == []


def given_totals() -> dict[str, str]:
    """Zeros for the totals of what is keyed above, so that nothing is a total that is not given."""
    from juesuan.composing.figures import lifted

    found: dict[str, str] = {}
    left = [parse_key(f"year=2024 {text}") for text in FIGURES]
    while left:
        for key in lifted(left.pop()):
            text = str(key).replace("year=2024 ", "").replace("year=2024", "")
            if text not in FIGURES and text not in found:
                found[text] = "0"
                left.append(key)
    return found


def test_a_total_that_is_not_given_is_missed() -> None:
    with pytest.raises(MissingFigure, match="flow=total_in"):
        compose_tables(without("flow=total_in"), style("shanghai"))


def test_a_total_of_what_is_given_is_not_taken_for_zero() -> None:
    with pytest.raises(MissingFigure, match="flow=expenditure function=229"):
        compose_tables(report(FIGURES), style("shanghai"))


def test_two_units_are_refused() -> None:
    mixed = report(FIGURES | given_totals())
    mixed.facts[0] = Fact(0, mixed.facts[0].keys, Amount(Decimal(13000700), 2, "元"), Place(), -1)
    with pytest.raises(OtherUnit, match="的单位是元，本套报表用万元"):
        compose_tables(mixed, style("national"))


def test_a_code_without_a_name_is_refused() -> None:
    with pytest.raises(NamelessCode, match="没有 2019998"):
        compose_tables(report(FIGURES | given_totals() | {"flow=income function=2019998": "1.00"}), style("national"))
