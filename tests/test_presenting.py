"""What a person or a program is shown, from reports and results made by hand."""

from __future__ import annotations

import csv
import io
import json
import os
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from juesuan.model.findings import Cause, Crash, Explanation, Finding, Severity
from juesuan.model.keys import parse_key
from juesuan.presenting.checked import Checked, coverage
from juesuan.presenting.coverage_text import coverage_text
from juesuan.presenting.csv_tables import csv_files, table_names, write_csv
from juesuan.presenting.files import write_whole
from juesuan.presenting.json_check import check_json
from juesuan.presenting.json_read import read_json
from juesuan.presenting.text import Tally, document_text, finding_text
from juesuan.presenting.widths import Style, beside, pad, pad_left, style_for, width
from tests.samples import HERE, account, checked, housing, result

DOCS = Path(__file__).parents[1] / "docs"
PLAIN = Style()


def schema(name: str) -> Draft202012Validator:
    content = json.loads((DOCS / f"{name}.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(content)
    return Draft202012Validator(content)


# --------------------------------------------------------------------------------------------------------- columns


@pytest.mark.parametrize(("text", "columns"), [("abc", 3), ("决算", 4), ("（a）", 5), ("e\u0301", 1), ("90.43 → 1", 9)])
def test_width(text: str, columns: int) -> None:
    assert width(text) == columns


@given(st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "Zs"])), st.integers(0, 40))
def test_padding_fills_columns_and_keeps_the_text(text: str, columns: int) -> None:
    assert width(pad(text, columns)) == width(pad_left(text, columns)) == max(columns, width(text))
    assert pad(text, columns).startswith(text)


def test_what_does_not_fit_at_the_right_follows_after_two_spaces() -> None:
    assert beside("左", "R", 6) == "左   R"
    assert beside("左左左", "R", 6) == "左左左  R"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True

    def fileno(self) -> int:
        return 1


@pytest.mark.parametrize(
    ("environ", "colour"),
    [({"TERM": "xterm"}, True), ({"TERM": "xterm", "NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)],
)
def test_colour_is_for_terminals_that_want_it(
    monkeypatch: pytest.MonkeyPatch, environ: dict[str, str], colour: bool
) -> None:
    monkeypatch.setattr(os, "get_terminal_size", lambda _: os.terminal_size((80, 24)))
    assert style_for(Terminal(), environ).colour is colour
    assert style_for(io.StringIO(), environ).colour is False


def test_colour_changes_no_column() -> None:
    painted = "\n".join(finding_text(housing(), Style(colour=True)))
    assert "\033[1;31m错误\033[0m" in painted
    assert re.sub(r"\033\[[\d;]*m", "", painted) == "\n".join(finding_text(housing(), PLAIN))


# -------------------------------------------------------------------------------------------------------- findings


def test_a_finding_as_a_person_reads_it() -> None:
    head = "a.txt:105  错误  住房保障支出（类）  90.63 → 90.43 万元（多 0.20）"
    assert list(finding_text(housing(), PLAIN)) == [
        head + " " * (100 - width(head) - len("AGREE-AMOUNT")) + "AGREE-AMOUNT",
        "    支出：收入支出总表、支出表均为 90.43",
        "    四类合计 678.13 ≠ 677.92",
        "    另见第 40、51 行",
        "    随之有误：第 106 行 占比 13.4 应为 13.3",
        "    请改为 90.43 万元、13.3%。",
    ]


@pytest.mark.parametrize(
    ("changes", "head"),
    [
        ({"difference": "-0.20"}, "90.63 → 90.43 万元（少 0.20）"),
        ({"difference": "0.00"}, "90.63 → 90.43 万元 "),
        (
            {"printed": "小于", "expected": "大于", "difference": "9.14 > 5.78", "unit": ""},
            "小于 → 大于（9.14 > 5.78）",
        ),
        ({"printed": "", "difference": ""}, "（空） → 90.43 万元 "),
        ({"expected": "", "difference": ""}, "住房保障支出（类）  90.63 万元 "),
        ({"unit": "%"}, "90.63 → 90.43%（多 0.20）"),
    ],
)
def test_printed_expected_and_difference(changes: dict[str, str], head: str) -> None:
    assert head in next(iter(finding_text(housing(**changes), PLAIN)))


def test_a_sentence_stands_below_the_figures() -> None:
    lines = list(finding_text(housing(message="本年支出小于其中的项目支出。", places=(HERE,), symptoms=()), PLAIN))
    assert "错误  90.63 →" in lines[0]
    assert lines[1] == "    本年支出小于其中的项目支出。"


def test_other_explanations_and_many_symptoms() -> None:
    symptoms = tuple(Finding("S", Severity.ERROR, f"第{n}条", (HERE._replace(line=n),)) for n in range(1, 8))
    cause = Cause(
        "c1",
        (
            Explanation((HERE,), ("", ""), "90.43", "一位数字有误"),
            Explanation((HERE._replace(line=7, quote="1.00"),), ("", ""), "1.20", ""),
            Explanation((HERE._replace(line=8, quote="2.00"),), ("", ""), "2.20", "漏填"),
            Explanation((HERE._replace(line=9, quote="3.00"),), ("", ""), "3.20", ""),
        ),
    )
    text = "\n".join(finding_text(housing(symptoms=symptoms), PLAIN, cause))
    assert "第 5 行 第5条；等共 7 处" in text
    assert "像是" in text
    assert "也可能：第 7 行的 1.00 应为 1.20 万元\n" in text
    assert "也可能：第 8 行的 2.00 应为 2.20 万元（漏填）" in text
    assert "另有 1 种可能" in text


def test_a_document_ends_with_coverage_and_counts() -> None:
    lines = list(document_text(checked(), PLAIN))
    assert lines[-3:] == [
        "a.txt  青原县档案馆 2024 年度部门决算：错误 1，警告 0，请说明 0，提示 0",
        "    数字 4 个：已核实 1，已读 1，未读 2；另计 科目编码 3、行次 2",
        "    检查 11 项：通过 7，不符 1，未查 3，故障 0",
    ]


def test_nothing_found_is_said() -> None:
    assert "未发现问题" in "\n".join(document_text(checked(findings=[]), PLAIN))


def test_a_crash_is_our_defect() -> None:
    text = "\n".join(document_text(checked(crashes=[Crash("EQ-X", "KeyError: 1")], crashed=1), PLAIN))
    assert "程序故障 1 项" in text
    assert "EQ-X：KeyError: 1" in text
    assert "故障 1" in text


def test_a_file_that_was_not_checked_is_named_with_its_reason() -> None:
    assert list(document_text(Checked("b.pdf", error="这是 PDF"), PLAIN)) == ["b.pdf  未能检查  这是 PDF"]


def test_the_gravest_first_then_by_line() -> None:
    early = housing(severity=Severity.INFO, places=(HERE._replace(line=1),))
    late = housing(places=(HERE._replace(line=900),))
    one = checked(findings=[early, late, housing()])
    assert [f.places[0].line for f in one.findings] == [105, 900, 1]


def test_the_tally_of_a_run() -> None:
    tally = Tally()
    for one in (checked(), Checked("b", error="空"), checked(findings=[housing(severity=Severity.QUERY)])):
        tally.add(one)
    assert tally.text() == "共 3 份：有错误 1，无错误 1，未能检查 1；错误 1，警告 0，请说明 1，提示 0"
    assert tally.worst == Severity.ERROR


def test_what_was_accepted_is_shown_and_not_counted() -> None:
    one = checked(findings=[housing(accepted="已在附注中说明")])
    tally = Tally()
    tally.add(one)
    assert tally.worst is None
    assert "已接受：已在附注中说明" in "\n".join(document_text(one, PLAIN))


# -------------------------------------------------------------------------------------------------------- coverage


def test_every_figure_is_accounted_for() -> None:
    cover = coverage(account(), result())
    assert cover.figures == cover.verified + cover.read + len(cover.unread)
    assert (cover.verified, cover.read) == (1, 1)
    assert [u.reason for u in cover.unread] == ["不是数字", "未能确定这是什么指标"]


def test_coverage_lists_unread_apart_and_reasons() -> None:
    assert list(coverage_text(checked(), PLAIN)) == [
        "    未读的数字（2 个）",
        "        第 11 行  不是数字              x1",
        "        第 12 行  未能确定这是什么指标  3.5",
        "    另计的数字（不是账目数字，不参加检查）",
        "        3  科目编码",
        "        2  行次",
        "    未查的原因（3 项）",
        "        2 项  EQ-A  表中没有年初数（如第 30 行）",
        "        1 项  EQ-B  没有这张表",
    ]


# ------------------------------------------------------------------------------------------------------------ JSON


def as_json(*documents: Checked) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(
        "".join(check_json(documents)), parse_float=lambda text: pytest.fail(f"float {text}")
    )
    return data


def test_the_json_of_check_fits_its_schema() -> None:
    crashed = checked(crashes=[Crash("EQ-X", "KeyError: 1")], crashed=1)
    data = as_json(checked(), crashed, Checked("b.pdf", error="这是 PDF"), Checked("c", "f" * 64, error="空"))
    assert [error.message for error in schema("check").iter_errors(data)] == []
    assert as_json() == {"version": "1", "documents": []}


def test_the_json_of_check_as_the_issue_fixes_it() -> None:
    first, second = as_json(checked(), Checked("b.pdf", error="这是 PDF"))["documents"]
    assert list(first) == [
        *("file", "sha256", "kind", "department", "year", "error"),
        *("coverage", "checks", "crashes", "causes", "findings"),
    ]
    assert first["coverage"] | {"unread": len(first["coverage"]["unread"])} == {
        "figures": 4,
        "verified": 1,
        "read": 1,
        "unread": 2,
        "apart": {"科目编码": 3, "行次": 2},
    }
    assert first["checks"] == {"passed": 7, "failed": 1, "unchecked": 3, "crashed": 0}
    finding = first["findings"][0]
    assert (finding["severity"], finding["confidence"], finding["difference"]) == ("error", "0.9", "0.20")
    assert finding["cause"] == first["causes"][0]["id"] == "c1"
    assert finding["places"][0]["row"] == "221"
    assert finding["symptoms"][0]["check"] == "SHARE"
    assert (second["error"], second["sha256"]) == ("这是 PDF", None)


def test_a_schema_refuses_what_is_wrong() -> None:
    data = as_json(checked())
    data["documents"][0]["findings"][0]["printed"] = 90.63
    assert list(schema("check").iter_errors(data))


def test_the_json_of_read_fits_its_schema() -> None:
    data = json.loads(read_json(account()))
    assert [error.message for error in schema("read").iter_errors(data)] == []
    assert data["department"] == "青原县档案馆"
    assert data["tables"][0]["rows"][0] == {"line": 10, "cells": ["合计", "", "677.92", ""]}
    assert [f.get("blank") for f in data["facts"]] == [None, True, None, None]
    third = data["facts"][2]
    assert (third["amount"], third["unit"], third["decimals"]) == ("54.86", "万元", 2)
    assert third["keys"][0]["short"] == "year=2024 flow=income function=2080505"
    assert third["keys"][0]["function"] == "2080505"
    assert data["unread"][0]["reason"] == "不是数字"


# ------------------------------------------------------------------------------------------------------------- CSV


def test_csv_names() -> None:
    report = account()
    forms = ("totals", "income", "income", "performance_project", "", "")
    report.tables = [replace(report.tables[0], form=form) for form in forms]
    names = ["totals", "income_1", "income_2", "performance_project_1", "table_1", "table_2"]
    assert table_names(report) == names
    assert [name for name, _ in csv_files(report)] == [*(f"{name}.csv" for name in names), "facts.csv"]


def test_csv_is_written_with_bom_and_comes_back(tmp_path: Path) -> None:
    written = write_csv(account(), tmp_path / "new" / "folder")
    assert [path.name for path in written] == ["income.csv", "facts.csv"]
    assert written[0].read_bytes().startswith(b"\xef\xbb\xbf")
    with written[0].open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))
    assert rows == [
        ["项目/代码", "项目/名称", "本年收入合计", "其他收入"],
        ["合计", "", "677.92", ""],
        ["2080505", "养老保险", "54.86", "x1"],
    ]
    with written[1].open(encoding="utf-8-sig", newline="") as stream:
        facts = list(csv.DictReader(stream))
    assert [row["amount"] for row in facts] == ["677.92", "0.00", "54.86", "3.50"]
    assert facts[2]["key"] == "year=2024 flow=income function=2080505"
    assert (facts[2]["line"], facts[1]["blank"], facts[0]["blank"]) == ("11", "1", "")


def test_a_figure_with_two_keys_has_two_rows() -> None:
    report = account()
    both = (parse_key("year=2024 flow=total_in"), parse_key("year=2024 flow=total_out"))
    report.facts = [replace(report.facts[0], keys=both)]
    facts = list(csv.DictReader(io.StringIO(dict(csv_files(report))["facts.csv"])))
    assert [(row["figure"], row["flow"]) for row in facts] == [("0", "total_in"), ("0", "total_out")]


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "结果.txt"
    path.write_text("old", encoding="utf-8")

    def pieces() -> Any:
        yield "new"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_whole(path, pieces())
    assert path.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]
    write_whole(path, iter(["a\n", "\udcff"]))
    assert path.read_bytes() == b"a\n\\udcff"
