"""Names as printed, and the functional and economic classifications by year."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from juesuan.knowledge import classifications as c
from juesuan.knowledge.names import bare, digits, plain, strip_ordinal

SOURCE = Path(__file__).parents[1] / "src"

CLASSES = {
    "201": "一般公共服务支出",
    "202": "外交支出",
    "203": "国防支出",
    "204": "公共安全支出",
    "205": "教育支出",
    "206": "科学技术支出",
    "207": "文化旅游体育与传媒支出",
    "208": "社会保障和就业支出",
    "210": "卫生健康支出",
    "211": "节能环保支出",
    "212": "城乡社区支出",
    "213": "农林水支出",
    "214": "交通运输支出",
    "215": "资源勘探工业信息等支出",
    "216": "商业服务业等支出",
    "217": "金融支出",
    "219": "援助其他地区支出",
    "220": "自然资源海洋气象等支出",
    "221": "住房保障支出",
    "222": "粮油物资储备支出",
    "223": "国有资本经营预算支出",
    "224": "灾害防治及应急管理支出",
    "227": "预备费",
    "229": "其他支出",
    "230": "转移性支出",
    "231": "债务还本支出",
    "232": "债务付息支出",
    "233": "债务发行费用支出",
    "234": "抗疫特别国债安排的支出",
}


# Names ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("收入支出决算总表", "收入支出决算总表"),
        ("收　入　决　算　表", "收入决算表"),
        (" 因公出国（境）费： ", "因公出国(境)费"),
        ("１２３．４５％", "123.45%"),
        ("“三公”经费", '"三公"经费'),
        ("「三公」经费", '"三公"经费'),
        ("＂三公＂经费", '"三公"经费'),
        ("‘三公’经费", "'三公'经费"),
        ("办公费、印刷费，水费；", "办公费、印刷费,水费;"),
        ("2023—2024", "2023-2024"),
        ("——", "--"),
        ("－5．00", "-5.00"),
        ("a\ufeffb\u200bc\xa0d\u3000e\tf\ng", "abcdefg"),
        ("⼈员经费合计", "人员经费合计"),
        ("⻋辆购置", "车辆购置"),
        ("合计：：", "合计"),
        ("", ""),
        ("：", ""),
    ],
)
def test_plain(text: str, expected: str) -> None:
    assert plain(text) == expected
    assert plain(plain(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一、一般公共服务支出", "一般公共服务支出"),
        ("二十六、抗疫特别国债安排的支出", "抗疫特别国债安排的支出"),
        ("（一）人员经费", "人员经费"),
        ("(十二) 其他", "其他"),
        ("（1）办公费", "办公费"),
        ("1.工资福利支出", "工资福利支出"),
        ("１．工资福利支出", "工资福利支出"),
        ("3、奖金", "奖金"),
        ("2)奖金", "奖金"),
        ("① 因公出国（境）费", "因公出国(境)费"),
        ("⒈基本支出", "基本支出"),
        ("㈠基本支出", "基本支出"),
        ("Ⅱ、基本支出", "基本支出"),
        ("第一部分 概况", "概况"),
        ("第三章：说明", "说明"),
        ("其中：教育收费", "教育收费"),
        ("一、（一）其中：教育收费", "教育收费"),
        ("- 一、收入支出决算总表", "收入支出决算总表"),
        ("• 办公费", "办公费"),
        ("一 般 公 共 服 务 支 出", "一般公共服务支出"),
        # no ordinals
        ("三公经费", "三公经费"),
        ("“三公”经费", '"三公"经费'),
        ("一般公共服务支出", "一般公共服务支出"),
        ("第一书记工作经费", "第一书记工作经费"),
        ("1.50", "1.50"),
        ("12.5万元", "12.5万元"),
        ("-5.00", "-5.00"),
        ("2024年度", "2024年度"),
        ("（类）", "(类)"),
        ("（2024年度）", "(2024年度)"),
        ("301工资福利支出", "301工资福利支出"),
    ],
)
def test_strip_ordinal(text: str, expected: str) -> None:
    assert strip_ordinal(text) == expected
    assert strip_ordinal(plain(text)) == expected


def test_bare_and_digits() -> None:
    assert bare("维修（护）费") == bare("维修(护) 费：") == "维修护费"
    assert digits("２０２４年－１") == "2024年－1"


def test_plain_is_fast_and_importing_loads_nothing() -> None:
    program = (
        "import juesuan.knowledge.classifications as c, juesuan.knowledge.names as n;"
        "assert not c._names.cache_info().currsize and not n._table.cache_info().currsize"
    )
    subprocess.run([sys.executable, "-c", program], check=True, env={"PYTHONPATH": str(SOURCE)})


# Codes ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "level", "parent"),
    [
        ("201", "class", ""),
        ("20103", "group", "201"),
        ("2010301", "item", "20103"),
        ("301", "class", ""),
        ("30101", "group", "301"),
        ("50101", "group", "501"),
        ("3010101", "", ""),
        ("2024", "", ""),
        ("101", "", ""),
        ("", "", ""),
        ("合计", "", ""),
        ("２０１", "", ""),
    ],
)
def test_level_and_parent(code: str, level: str, parent: str) -> None:
    assert (c.level(code), c.parent(code)) == (level, parent)
    assert c.is_code(code) is bool(level)


def test_every_code_of_the_data_has_its_parents_and_evidence_in_order() -> None:
    for table in ("functional", "economic"):
        known = c._names(table)
        assert list(known) == sorted(known, key=lambda code: (known[code][0].kind, code))
        for code, names in known.items():
            assert c.is_code(code)
            assert not c.parent(code) or c.parent(code) in known, code
            assert len({e.name for e in names}) == len(names), code
            for e in names:
                assert plain(e.name).replace("(", "（").replace(")", "）") == e.name
                assert e.evidence in {"published", "list", "partial", "doubtful", "unverified"}
                assert (e.first is None) == (e.last is None)
                assert e.evidence != "published" or e.first is not None
                assert e.first is None or e.last is None or 2015 <= e.first <= e.last <= 2030


def test_children() -> None:
    assert {"2010301", "2010302"} <= set(c.children("20103"))
    assert "20103" in c.children("201")
    assert c.children("2010301") == ()
    assert c.children("301")[:2] == ("30101", "30102")


# Names of codes ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("code", "name"), CLASSES.items())
def test_every_class_has_its_name_and_is_found_by_it(code: str, name: str) -> None:
    found = c.function_name(code, "2024")
    assert found is not None
    assert found.name == name
    assert c.class_code(name, "2024") == code
    assert c.class_code(f"十一、{name}（类）", "?") == code


@pytest.mark.parametrize(
    ("code", "year", "name"),
    [
        ("207", "2018", "文化体育与传媒支出"),
        ("207", 2019, "文化旅游体育与传媒支出"),
        ("210", 2018, "医疗卫生与计划生育支出"),
        ("210", 2021, "卫生健康支出"),
        ("215", 2019, "资源勘探信息等支出"),
        ("215", 2020, "资源勘探工业信息等支出"),
        ("220", 2017, "国土海洋气象等支出"),
        ("20805", 2019, "行政事业单位离退休"),
        ("20805", 2021, "行政事业单位养老支出"),
        ("20805", None, "行政事业单位养老支出"),
        ("20805", "?", "行政事业单位养老支出"),
        ("2010301", 2024, "行政运行"),
    ],
)
def test_function_name(code: str, year: str | int | None, name: str) -> None:
    found = c.function_name(code, year)
    assert found is not None
    assert found.name == name


def test_evidence_says_how_far_it_reaches() -> None:
    found = c.function_name("20103", 2020)
    assert found is not None
    assert (found.evidence, found.first, found.last) == ("published", 2024, 2025)
    assert not found.covers(2020)
    assert found.covers("2024")
    assert not found.covers("?")
    assert c.function_name("29901") is None
    assert c.function_names("20805") == ("行政事业单位离退休", "行政事业单位养老支出")


@pytest.mark.parametrize(
    ("code", "year", "name"),
    [
        ("30311", 2017, "住房公积金"),
        ("30311", 2024, "代缴社会保险费"),
        ("310", 2017, "其他资本性支出"),
        ("310", 2018, "资本性支出"),
        ("30108", 2024, "机关事业单位基本养老保险缴费"),
        ("501", 2024, "机关工资福利支出"),
    ],
)
def test_economic_name(code: str, year: int, name: str) -> None:
    found = c.economic_name(code, year)
    assert found is not None
    assert found.name == name
    assert found.kind == ("government" if code.startswith("5") else "department")


# A printed name against the evidence of its year ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "printed", "year", "expected"),
    [
        # the year has published evidence, and it says otherwise
        ("20805", "行政事业单位离退休", 2024, "行政事业单位养老支出"),
        ("20805", "行政事业单位养老支出", 2019, "行政事业单位离退休"),
        ("207", "七、文化体育与传媒支出", 2024, "文化旅游体育与传媒支出"),
        ("30111", "公务员医疗保险缴费", 2024, "公务员医疗补助缴费"),
        ("2010301", "行政运行支出", 2024, "行政运行"),
        # it says the same, but for writing
        ("20805", "行政事业单位养老支出", 2024, None),
        ("20103", "政府办公厅(室)及相关机构事务", 2024, None),
        ("20103", "政府办公厅室及相关机构事务（款）", "2024", None),
        ("201", "一般公共服务", 2024, None),
        ("201", "一、一般公共服务支出（类）", 2024, None),
        ("2110105", "环境保护法规,规划及标准", 2025, None),
        ("30212", "因公出国（境）费", 2024, None),
        # no published evidence of that very year
        ("20805", "行政事业单位离退休", 2021, None),
        ("20103", "别的名称", 2019, None),
        ("202", "别的名称", 2024, None),
        ("30703", "别的名称", 2019, None),
        ("30210", "交通费", 2024, None),
        ("29901", "别的名称", 2024, None),
        # two names were seen in that year
        ("30108", "机关事业单位基本养老保险费", 2024, None),
        # nothing to compare
        ("201", "", 2024, None),
        ("201", "一般公共服务支出", "?", None),
        ("合计", "合计", 2024, None),
    ],
)
def test_named_differently(code: str, printed: str, year: str | int, expected: str | None) -> None:
    assert c.named_differently(code, printed, year) == expected


def test_no_name_of_the_data_contradicts_its_own_years() -> None:
    for table in ("functional", "economic"):
        for code, names in c._names(table).items():
            for e in names:
                if e.first is not None:
                    assert c.named_differently(code, e.name, e.first) is None, e


# Codes of names ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stub", "code"),
    [
        ("七、文化旅游体育与传媒支出", "207"),
        ("七、文化体育与传媒支出", "207"),
        ("文 化 旅 游 体 育 与 传 媒", "207"),
        ("九、医疗卫生与计划生育支出", "210"),
        ("十四、资源勘探信息等支出", "215"),
        ("十四、资源勘探工业信息等", "215"),
        ("资源勘探工业信息支出", "215"),
        ("商业服务业支出", "216"),
        ("十八、国土海洋气象等支出", "220"),
        ("社会保障与就业（类）", "208"),
        ("灾害防治和应急管理支出", "224"),
        ("农林水事务", "213"),
        ("一般公共服务", "201"),
        ("其他支出", "229"),
        ("预备费", "227"),
        # an ordinal says nothing, and what is no class has no code
        ("七、", None),
        ("其他", None),
        ("其他收入", None),
        ("支出", None),
        ("", None),
        ("人大事务", None),
        ("本年支出合计", None),
        ("一般公共预算财政拨款收入", None),
        ("工资福利支出", None),
    ],
)
def test_class_code(stub: str, code: str | None) -> None:
    assert c.class_code(stub, "2024") == code


@pytest.mark.parametrize(
    ("name", "parent", "code"),
    [
        ("行政运行（项）", "20103", "2010301"),
        ("行政运行", None, None),
        ("行政运行", "201", None),
        ("政府办公厅（室）及相关机构事务（款）", "201", "20103"),
        ("政府办公厅(室)及相关机构事务", None, "20103"),
        ("其他教育支出（款）", None, "20599"),
        ("其他教育支出（项）", None, "2059999"),
        ("其他教育支出", None, None),
        ("其他教育支出", "20599", "2059999"),
        ("教育（类）", None, "205"),
        ("社会保障和就业支出", "", "208"),
        ("行政事业单位离退休", "208", "20805"),
        ("不存在的科目", None, None),
    ],
)
def test_code_of(name: str, parent: str | None, code: str | None) -> None:
    assert c.code_of(name, 2024, parent) == code


def test_codes_of_lists_all() -> None:
    found = c.codes_of("行政运行")
    assert {"2010101", "2010301", "2013901"} <= set(found)
    assert c.codes_of("行政运行", "20103") == ("2010301",)


@pytest.mark.parametrize(
    ("name", "parent", "year", "code"),
    [
        ("工资福利支出", "", None, "301"),
        ("工资福利", None, None, "301"),
        ("对个人和家庭补助支出", None, None, "303"),
        ("资本性支出", None, None, "310"),
        ("资本性支出（基本建设）", None, None, "309"),
        ("其他资本性支出", "310", 2024, "31099"),
        ("其他资本性支出", None, 2024, "31099"),
        ("其他资本性支出", "", 2017, "310"),
        ("住房公积金", None, None, "30113"),
        ("住房公积金", None, 2017, "30311"),
        ("其他社会保障缴费", None, 2017, "30104"),
        ("其他社会保障缴费", None, 2024, "30112"),
        ("因公出国(境)费", None, None, "30212"),
        ("维修(护)费", None, None, "30213"),
        ("办公设备购置", None, None, "31002"),
        ("办公设备购置", "309", None, "30902"),
        ("其他支出", "", None, "399"),
        ("其他支出", "399", None, "39999"),
        ("其他支出", None, None, None),
        ("机关工资福利支出", None, None, None),
        ("人员经费合计", None, None, None),
        ("", None, None, None),
    ],
)
def test_economic_code(name: str, parent: str | None, year: int | None, code: str | None) -> None:
    assert c.economic_code(name, parent, year) == code


def test_every_economic_name_is_found_below_its_class() -> None:
    for code, names in c._names("economic").items():
        for e in names:
            if e.kind == "department" and e.last is not None:
                assert c.economic_code(e.name, c.parent(code), e.last) == code


# What belongs where --------------------------------------------------------------------------------------------------


def test_personnel_and_running() -> None:
    parts = {code: c.running_or_personnel(code) for code in c.economic_classes()}
    assert [code for code, part in parts.items() if part == "personnel"] == ["301", "303"]
    assert {"302", "307", "310", "312", "399"} <= {code for code, part in parts.items() if part == "running"}
    assert [code for code, part in parts.items() if part == "project"] == ["309", "311"]
    assert "" not in parts.values()
    assert c.running_or_personnel("30231") == "running"
    assert c.running_or_personnel("501") == ""


def test_rows_of_the_totals_table() -> None:
    rows = c.totals_classes("2024")
    assert len(rows) == 26
    assert (rows[0], rows[13], rows[-1]) == ("201", "215", "234")
    assert not {"224", "234"} & set(c.totals_classes(2018))
    assert set(rows) <= set(CLASSES)


@pytest.mark.real
def test_real_codes_carry_their_names(real: Path) -> None:
    """Where a coded row of the social-work account has a name of evidence in 2024, the two agree."""
    pairs = [
        line.split("\t")[:2]
        for line in (real / "putuo-social-work-2024.txt").read_text("utf-8").splitlines()
        if c.is_code(line.split("\t")[0]) and "\t" in line
    ]
    assert len(pairs) > 50
    assert [pair for pair in pairs if c.named_differently(pair[0], pair[1], 2024)] == []
    assert [pair for pair in pairs if not (c.function_name(pair[0]) or c.economic_name(pair[0]))] == []


@pytest.mark.real
def test_real_totals_are_read_by_name(real: Path) -> None:
    stubs = {
        cell
        for file in ("xigang-office-2024.txt", "putuo-culture-2025.txt")
        for line in (real / file).read_text("utf-8").splitlines()
        for cell in line.split("\t")
        if "、" in cell[:4] and (cell.endswith("支出") or "特别国债" in cell) and "\t" in line
    }
    codes = {stub: c.class_code(stub, 2024) for stub in stubs}
    assert None not in codes.values(), codes
    assert set(codes.values()) == set(c.totals_classes(2024))
