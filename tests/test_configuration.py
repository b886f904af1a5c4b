"""juesuan.toml: what a bureau sets holds, per year, and nothing that it writes is silently without effect."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from juesuan import app, cli
from juesuan.knowledge.equations import equations
from juesuan.knowledge.local import other_names, place_rules
from juesuan.knowledge.performance import as_set, rules_for
from juesuan.model.findings import Severity
from juesuan.model.reports import Report
from juesuan.model.settings import NO_SETTINGS, Settings
from juesuan.presenting.checked import Checked
from juesuan.services.configuration import load, settings_for
from juesuan.services.handmade import BadFile

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "examples" / "xigang-office-2024.txt"
PAGE = ROOT / "docs" / "configuration.md"
TITLES = {"行政经费情况表": "财政拨款“三公”经费支出决算表"}


@pytest.fixture(autouse=True)
def _folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)


def configured(text: str) -> Settings:
    Path("juesuan.toml").write_text(text, encoding="utf-8")
    return load(Path("juesuan.toml"), "juesuan.toml")


def checked(text: str) -> Checked:
    configured(text)
    return app.check_file(str(EXAMPLE))


def of(one: Checked, check: str) -> list[Severity]:
    return [finding.severity for finding in one.findings if finding.check == check]


def reasons(one: Checked, check: str) -> set[str]:
    assert one.result
    return {reason for name, reason, _ in one.result.reasons if name == check}


# ------------------------------------------------------------------------------------------------------- which file


def test_beside_the_account_before_the_current_folder() -> None:
    Path("accounts").mkdir()
    assert settings_for("accounts/a.txt") is NO_SETTINGS
    Path("juesuan.toml").write_text("rules.deviation = 1", encoding="utf-8")
    assert settings_for("accounts/a.txt").source == "juesuan.toml"
    Path("accounts/juesuan.toml").write_text("rules.deviation = 2", encoding="utf-8")
    assert settings_for("accounts/a.txt").source == str(Path("accounts/juesuan.toml"))
    Path("other.toml").write_text("rules.deviation = 3", encoding="utf-8")
    assert settings_for("accounts/a.txt", "other.toml").rules == {"deviation": Decimal(3)}


def test_the_result_says_which_file_was_used(capsys: pytest.CaptureFixture[str]) -> None:
    configured('[severity]\nEQ-TOTAL = "off"\n')
    cli.main(["check", str(EXAMPLE)])
    assert "按 juesuan.toml 的规定，不查 EQ-TOTAL" in capsys.readouterr().out
    cli.main(["check", str(EXAMPLE), "--format", "json"])
    assert "按 juesuan.toml 的规定，不查 EQ-TOTAL" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["check", "read", "explain", "accept"])
def test_a_bad_file_stops_every_command(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("bad.toml").write_text("[severity]\nEQ-TOTL = 'off'\n", encoding="utf-8")
    spot = {"explain": [f"{EXAMPLE}:3"], "accept": [str(EXAMPLE), "abcdef", "--why", "x"]}.get(command, [str(EXAMPLE)])
    assert cli.main([command, *spot, "--config", "bad.toml"]) == 2
    assert "bad.toml:2：不认识核对项目“EQ-TOTL”，是否指“EQ-TOTAL”？" in "".join(capsys.readouterr())
    assert cli.main([command, *spot, "--config", "none.toml"]) == 2
    assert "none.toml：打不开" in "".join(capsys.readouterr())


# ------------------------------------------------------------------------------------------------------- severities


def test_a_severity_replaces_the_declared_one() -> None:
    assert set(of(checked(""), "EQ-DEDUCED")) == {Severity.ERROR}
    names = [equation.id for equation in equations()]
    for word, severity in (("query", Severity.QUERY), ("警告", Severity.WARNING)):
        one = checked("[severity]\n" + "".join(f'{name} = "{word}"\n' for name in names))
        assert {f.severity for f in one.findings if f.check.startswith("EQ-")} == {severity}
    one = checked('[severity]\nEQ-DEDUCED = "query"\n')
    assert Severity.ERROR not in of(one, "EQ-DEDUCED")
    assert [f.check for f in one.findings if f.printed == "9.74"] != ["EQ-DEDUCED"]


def test_off_is_unchecked_with_its_reason_and_verifies_nothing() -> None:
    before, after = (
        checked(""),
        checked('[severity]\nEQ-PART-ECONOMIC = "off"\nSHIFT-ROWS = "不查"\nEQ-AGREE = "off"\n'),
    )
    assert of(before, "EQ-PART-ECONOMIC")
    assert not of(after, "EQ-PART-ECONOMIC")
    assert before.result
    assert after.result
    for check in ("EQ-PART-ECONOMIC", "SHIFT-ROWS", "EQ-AGREE"):
        assert reasons(after, check) == {"按 juesuan.toml 不查"}
    assert after.result.unchecked > before.result.unchecked
    assert after.result.verified < before.result.verified
    assert len(after.result.reasons) == after.result.unchecked


def test_a_check_that_is_off_is_not_run() -> None:
    one = checked('[severity]\nSIGN-NEGATIVE = "off"\n')
    assert reasons(one, "SIGN-NEGATIVE") == {"按 juesuan.toml 不查"}


def test_what_a_check_takes_for_milder_is_never_raised() -> None:
    settings = Settings(severity={"A": Severity.ERROR, "B": Severity.QUERY})
    assert settings.grade("A", Severity.WARNING, Severity.WARNING) is Severity.ERROR
    assert settings.grade("A", Severity.WARNING, Severity.INFO) is Severity.INFO
    assert settings.grade("B", Severity.ERROR, Severity.WARNING) is Severity.QUERY
    assert settings.grade("C", Severity.ERROR, Severity.WARNING) is Severity.WARNING


def test_years_replace_name_by_name() -> None:
    settings = configured(
        '[severity]\nEQ-TOTAL = "query"\nEQ-FLOW = "off"\n[rules]\ndeviation = 20\n'
        '[year.2024.severity]\nEQ-TOTAL = "off"\n[year.2025.rules]\ndeviation = 30\n'
    )
    assert settings.of("2024").severity == {"EQ-TOTAL": None, "EQ-FLOW": None}
    assert settings.of("2024").rules == {"deviation": 20}
    assert settings.of("2025").severity["EQ-TOTAL"] is Severity.QUERY
    assert settings.of("2025").rules == {"deviation": 30}
    assert settings.of("?").severity["EQ-TOTAL"] is Severity.QUERY
    assert reasons(app.check_file(str(EXAMPLE)), "EQ-TOTAL") == {"按 juesuan.toml 不查"}


# ------------------------------------------------------------------------------------------------------------ place


def account(settings: Settings) -> Report:
    report = app.read_file(str(EXAMPLE))
    report.settings = settings
    return report


def test_tables_that_are_set_are_the_ones_expected() -> None:
    one = checked(
        '[place]\ntables = ["收入支出决算总表", "项目支出绩效自评表", "行政经费情况表"]\n[place.titles]\n' + titles()
    )
    rules = place_rules(account(Settings("juesuan.toml", tables=("收入支出决算总表",))))
    assert rules
    assert rules.expected("2024") == ("totals",)
    assert not [f for f in one.findings if f.check == "STRUCT-MISSING"]
    one = checked('[place]\ntables = ["收入支出决算总表", "单位构成表"]\n')
    assert [f.message.split("\n")[0] for f in one.findings if f.check == "STRUCT-MISSING"] == ["没有《单位构成表》"]


def titles() -> str:
    return "".join(f'"{printed}" = "{known}"\n' for printed, known in TITLES.items())


def test_a_local_title_is_read_as_the_known_one() -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    local = re.sub(r"一般公共预算财政拨款“三公”经费支出决算(?:公开)?表", "行政经费情况表", text)
    assert local != text
    Path("a.txt").write_text(local, encoding="utf-8")
    configured("[place.titles]\n" + titles())
    table = next(t for t in app.read_file("a.txt").tables if t.form == "three_public")
    assert table.title == "行政经费情况表"


def test_the_region_that_is_set_comes_first() -> None:
    rules = place_rules(account(Settings(region="上海市普陀区")))
    assert rules
    assert rules.region == "上海/上海/普陀区"
    configured('[place]\nregion = "上海市普陀区"\n')
    assert app.read_file(str(EXAMPLE)).region == "上海"


def test_further_names_of_the_department() -> None:
    names = {"大连市西岗区人民政府办公室": ("区府办",), "某局": ("某",)}
    assert other_names(account(Settings(names=names))) == ("区府办",)


def test_options_come_before_footnotes() -> None:
    rules = rules_for(["对于目标偏差超过30%的指标，需要逐条分析原因"], "辽宁", "2024")
    assert rules.deviation == 30
    settings = configured("[rules]\ndeviation = 12.5\n[rules.with_cost]\n'产出' = 60\n'预算执行率' = 40\n")
    changed = as_set(rules, settings)
    assert changed.deviation == Decimal("12.5")
    assert changed.with_cost == {"output": 60, "execution": 40}
    assert (changed.without_cost, changed.basis) == (None, "juesuan.toml")
    assert as_set(rules, NO_SETTINGS) is rules


# ----------------------------------------------------------------------------------------------------------- errors


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[severty]\n", ":1：不认识这一节“severty”，是否指“severity”？"),
        ("[severity]\nSIGN-NEGATVE = 'off'\n", ":2：不认识核对项目“SIGN-NEGATVE”，是否指“SIGN-NEGATIVE”？"),
        ("[severity]\nsign-negative = 'off'\n", "是否指“SIGN-NEGATIVE”？"),
        ("[severity]\nEQ-TOTAL = 'eror'\n", ":2：“EQ-TOTAL”的程度写的是“eror”，可以写：info、"),
        ("[severity]\nEQ-TOTAL = 3\n", "可以写：info、"),
        ("severity = 3\n", "写成 [severity]"),
        ("[rules]\ndeviaton = 3\n", ":2：不认识选项“deviaton”，是否指“deviation”？"),
        ("[rules]\ndeviation = '30%'\n", ":2：“deviation”应是不小于 0 的数字，不加引号和百分号，写的是“30%”"),
        ("[rules]\ndeviation = true\n", "应是不小于 0 的数字"),
        ("[rules]\ndeviation = -1\n", "应是不小于 0 的数字"),
        ("[rules.with_cost]\n'产出指标' = 3\n", "不认识指标类别“产出指标”，是否指“产出”？"),
        ("[place]\nregoin = '上海市'\n", ":2：不认识这一项“regoin”，是否指“region”？"),
        ("[place]\nregion = '火星'\n", ":2：认不出地名“火星”"),
        ("[place]\nregion = 3\n", "应是引号中的文字"),
        ("[place]\ntables = ['收入支出决算总表', '随便什么']\n", "“随便什么”不像表名"),
        ("[place]\ntables = 3\n", "应是方括号中的文字"),
        ("[place.titles]\n'甲表' = '三公经费表格'\n", "不认识表名“三公经费表格”"),
        ("[place.names]\n'某局' = [3]\n", "应是方括号中的文字"),
        ("[year.25.severity]\nEQ-TOTAL = 'off'\n", "年度应是四位数字"),
        ("[year.2025.severty]\nEQ-TOTAL = 'off'\n", "不认识这一节“severty”"),
        ("[year.2025.place.titles]\n'甲' = '收入决算表'\n", "表名不分年度"),
        ("[year.2025.severity]\nEQ-TOTL = 'off'\n", "不认识核对项目“EQ-TOTL”"),
        ("[rules]\ndeviation 30\n", ":2：第 11 个字符处不合 TOML 的写法（缺少等号"),
        ("[place]\n地区 = '上海市'\n", "含中文的名称要加引号"),
        ("[rules]\ndeviation = 1\ndeviation = 2\n", "同一名称写了两次"),
        ("[place]\nregion = '上海市\n", "引号或括号没有成对"),
    ],
)
def test_what_is_not_understood_is_told(text: str, said: str) -> None:
    with pytest.raises(BadFile) as told:
        configured(text)
    assert str(told.value).startswith("juesuan.toml")
    assert said in str(told.value)


def blocks() -> Iterator[str]:
    page = PAGE.read_text(encoding="utf-8")
    yield from re.findall(r"```toml\n(.*?)```", page, re.S)


def test_the_example_in_the_documentation_works() -> None:
    settings = configured(next(blocks()))
    assert settings.rules["with_cost.output"] == 40
    assert settings.of("2025").severity["STRUCT-EMPTY"] is Severity.ERROR
    assert settings.severity["NAME-ORDER"] is None
    assert settings.titles == TITLES


# ------------------------------------------------------------------------------------------------------------ limits


def test_limits_are_read_and_hold(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text("[limits]\nsize = 1\npages = 7\n", encoding="utf-8")
    limits = load(own, "own.toml").limits
    assert (limits.size, limits.pages, limits.seconds) == (1, 7, 60)
    big = tmp_path / "big.txt"
    big.write_bytes("决算".encode() * 200_000)
    error = app.check_file(str(big), str(own)).error
    assert "文件太大（1.1 MB，上限 1.0 MB）" in error


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("page = 7", "是否指“pages”"),
        ("pages = 0", "不小于 1 的整数"),
        ("pages = 1.5", "不小于 1 的整数"),
        ("pages = true", "不小于 1 的整数"),
        ('pages = "7"', "不小于 1 的整数"),
    ],
)
def test_limits_that_cannot_be(tmp_path: Path, line: str, why: str) -> None:
    own = tmp_path / "own.toml"
    own.write_text(f"[limits]\n{line}\n", encoding="utf-8")
    with pytest.raises(BadFile, match=why):
        load(own, "own.toml")


def test_limits_have_no_year(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text("[year.2024.limits]\npages = 7\n", encoding="utf-8")
    with pytest.raises(BadFile, match="limits"):
        load(own, "own.toml")
