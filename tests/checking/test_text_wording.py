"""Wording of the explanation: planted slips are found once, correct accounts and real sentences stay silent."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from juesuan.checking.outcomes import Failed
from juesuan.checking.registry import discover
from juesuan.checking.runner import examine, run
from juesuan.documents.reading import read
from juesuan.documents.text import read_text
from juesuan.model.findings import Finding, Severity
from juesuan.model.reports import Report
from juesuan.understanding import interpret
from tests.checking.edited import WRITTEN, Edit, drop, insert, put, text_of
from tests.checking.test_names import path_of
from tests.wordings.explanations.layout import explained
from tests.wordings.explanations.measuring import FILES

OWN = ("WORD-", "PUNCT-", "SECT-", "GLOSS-", "PERSONAL-", "NOTE-")
SENTENCES = ("STRUCT-DEPARTMENT", "STRUCT-YEAR", "STRUCT-DOUBLED", "STRUCT-LEFTOVER", "STRUCT-PLACEHOLDER")
REAL = ("xigang-office-2024.txt", "putuo-social-work-2024.txt", "putuo-culture-2025.txt")
TEXT = Path(__file__).parents[1] / "expectations" / "text"
#: subject of the hand-made expectations → the checks that speak of it
SUBJECTS = {
    "doubled_word": ("STRUCT-DOUBLED",),
    "contents": ("SECT-", "STRUCT-TITLE"),
    "leftover": ("STRUCT-LEFTOVER", "STRUCT-PLACEHOLDER", "WORD-", "CLAIM-WORDS"),
    "department": ("STRUCT-DEPARTMENT",),
    "year": ("STRUCT-YEAR",),
    "punctuation": ("PUNCT-",),
    "unit": ("WORD-UNIT", "WORD-FORM"),
    "section": ("SECT-",),
    "glossary": ("GLOSS-",),
    "note": ("NOTE-",),
    "personal": ("PERSONAL-",),
}

SLIPS: dict[str, tuple[str, tuple[Edit, ...], str, str]] = {
    "unit of an amount": ("social", (put(271, "105.58 万元", "105.58"),), "WORD-UNIT", "ERROR"),
    "unit over a line break": (
        "culture",
        (put(361, "元，占", "，占"), put(360, "9800.36 万", "9800.36")),
        "WORD-UNIT",
        "ERROR",
    ),
    "unit of a figure like a year": ("culture", (put(446, "20.00 万元", "2012.10"),), "WORD-UNIT", "ERROR"),
    "percent of a share": ("xigang", (put(89, "97.7%", "97.7"),), "WORD-UNIT", "ERROR"),
    "percent of nothing": ("xigang", (put(143, "支出的 0%", "支出的 0"),), "WORD-UNIT", "ERROR"),
    "noun of a count": ("xigang", (put(145, "累计 0 批次、0 人。", "累计 0 批次、0。"),), "WORD-UNIT", "ERROR"),
    "unit of vehicles": ("linhe", (put(212, "车辆 14 辆", "车辆 14"),), "WORD-UNIT", "ERROR"),
    "unit in 元": ("geology", (put(314, "65,546,607.97 元，支出", "65,546,607.97，支出"),), "WORD-UNIT", "ERROR"),
    "figure of a rate": ("linhe", (put(78, "增长 1.47%", "增长%"),), "WORD-UNIT", "ERROR"),
    "bracket": ("linhe", (put(78, "（含专用结余）", "（含专用结余"),), "PUNCT-PAIR", "INFO"),
    "quotation mark": ("social", (put(339, "“三公”", "“三公"),), "PUNCT-PAIR", "INFO"),
    "stop twice": ("social", (put(269, "。", "。。"),), "PUNCT-DOUBLED", "INFO"),
    "colon of a reason": ("social", (put(266, "主要原因：", "主要原因"),), "PUNCT-COLON", "INFO"),
    "department in a sentence": ("linhe", (put(98, "卫生健康局", "教育局"),), "STRUCT-DEPARTMENT", "ERROR"),
    "office above": ("culture", (put(363, "上海市普陀区文化", "上海市文化"),), "STRUCT-DEPARTMENT", "ERROR"),
    "year of a sentence": ("xigang", (put(81, "2024 年度收入", "2023 年度收入"),), "STRUCT-YEAR", "ERROR"),
    "year compared with": ("culture", (put(364, "2024", "2023"),), "STRUCT-YEAR", "ERROR"),
    "year compared with itself": ("social", (put(265, "2023", "2024"),), "STRUCT-YEAR", "ERROR"),
    "year of the end": ("xigang", (put(175, "2024", "2023"),), "STRUCT-YEAR", "ERROR"),
    "year of the projects": ("culture", (put(564, "2025", "2024"),), "STRUCT-YEAR", "ERROR"),
    "phrase twice": ("xigang", (put(165, "主要原因是", "主要原因是主要原因是"),), "STRUCT-DOUBLED", "ERROR"),
    "placeholder": ("social", (put(336, "万元", "XX 万元"),), "STRUCT-PLACEHOLDER", "ERROR"),
    "instruction": ("social", (put(269, "。", "……（不涉及的不列）。"),), "STRUCT-LEFTOVER", "WARNING"),
    "both branches": ("linhe", (put(190, "小于年初", "大于（小于）年初"),), "WORD-BRANCHES", "ERROR"),
    "English": ("linhe", (put(53, "和医疗服务", " and 医疗服务"),), "WORD-ENGLISH", "WARNING"),
    "comment": ("linhe", (put(86, "占 31.30%", "占 31.30%批注 [A1]"),), "WORD-REVISION", "WARNING"),
    "section left out": ("social", (drop(360, 362),), "SECT-DISCLOSURE", "WARNING"),
    "listed section left out": ("social", (drop(347, 358),), "SECT-MISSING", "WARNING"),
    "text left out": ("social", (drop(339, 340),), "SECT-EMPTY", "WARNING"),
    "title differs": ("linhe", (put(84, "收入决算", "本年收入决算"),), "SECT-HEADING", "INFO"),
    "number left out": (
        "linhe",
        (put(190, "2. 其他", "3. 其他"), put(192, "3. 其他", "4. 其他")),
        "SECT-NUMBER",
        "INFO",
    ),
    "item of another department": ("linhe", (put(276, "公立医院（款）", "财政事务（款）"),), "GLOSS-ITEM", "WARNING"),
    "term twice": ("linhe", (put(264, "项目支出：", "基本支出："),), "GLOSS-TWICE", "INFO"),
    "identity number": ("linhe", (insert(238, "联系人身份证号 11010119900307002X。"),), "PERSONAL-DATA", "ERROR"),
    "mobile number": ("linhe", (put(238, "未对", "（经办人 13812345678）未对"),), "PERSONAL-DATA", "ERROR"),
    "note of another table": (
        "social",
        (put(258, "国有资本经营预算", "政府性基金预算"),),
        "NOTE-SUBJECT",
        "QUERY",
    ),
    "budget of the note": ("xigang", (put(550, "年初预算数", "全年预算数"),), "NOTE-THREE-PUBLIC", "QUERY"),
}


def report_of(text: str) -> Report:
    return interpret(read_text(text.encode(), "edited.txt"))


def own(report: Report, checks: tuple[str, ...] = (*OWN, *SENTENCES)) -> Iterator[Finding]:
    """The findings of these checks, equations and all other checks left out."""
    for name, check in discover().items():
        if not name.startswith(checks) or check.run is None:
            continue
        subject: object = examine(report).values if check.needs == "values" else report
        for one in check.run(subject):
            if isinstance(one, Failed):
                severity = check.severity if one.severity is None else one.severity
                yield Finding(name, severity, one.message, one.places, printed=one.printed, expected=one.expected)


def told(report: Report) -> set[tuple[str, str, str]]:
    return {(f.check, f.severity.name, f.message) for f in own(report)}


@cache
def told_unedited(path: Path) -> frozenset[tuple[str, str, str]]:
    return frozenset(told(report_of(text_of(path))))


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_found_once(slip: str, request: pytest.FixtureRequest) -> None:
    name, edits, check, severity = SLIPS[slip]
    path = path_of(name, request)
    lines = text_of(path).split("\n")
    for edit in edits:
        edit(lines)
    found = told(report_of("\n".join(lines))) - told_unedited(path)
    ignored = {"GLOSS-UNEXPLAINED"} if check.startswith("GLOSS") else set()
    assert [(one, grade) for one, grade, _ in found if one not in ignored] == [(check, severity)], found


@pytest.mark.parametrize("name", ["linhe-health-2024.txt", "central-geology-2021.txt"])
def test_written_accounts_have_nothing_to_find(name: str) -> None:
    assert told(interpret(read(WRITTEN / name, name))) == set()


@pytest.mark.parametrize("seed", range(0, 100, 7))
@pytest.mark.parametrize("unseen", [False, True])
def test_correct_explanations_have_hints_at_most(seed: int, unseen: bool) -> None:
    files = FILES if unseen else (*FILES, "known")
    found = list(own(report_of(explained(seed, files).text)))
    assert [(f.check, f.message) for f in found if f.severity > Severity.INFO] == []
    assert {f.check for f in found} <= {"GLOSS-UNEXPLAINED", "WORD-UNIT"}


#: what is wrong in the sentences that real offices wrote, by the words that are wrong
WRONG = {
    "2.08": ("WORD-UNIT", "ERROR"),
    "下降%": ("WORD-UNIT", "ERROR"),
    "3%万元": ("WORD-UNIT", "WARNING"),
    "主要原因是主要原因是": ("STRUCT-DOUBLED", "ERROR"),
    "主要原因文化": ("PUNCT-COLON", "INFO"),
    "万": ("WORD-FORM", "INFO"),
}
#: told by CLAIM-WORDS where the change was read, by WORD-BRANCHES elsewhere
BRANCHES = {"增加(减少)": ("WORD-BRANCHES", "WARNING"), "增长(下降)": ("WORD-BRANCHES", "WARNING")}


@pytest.mark.real
def test_real_sentences_have_their_own_slips_and_no_others(real: Path) -> None:
    path = real.parent / "reference" / "wordings.tsv"
    if not path.is_file():
        pytest.skip("reference/wordings.tsv is not beside the folder of real accounts")
    found: dict[str, tuple[str, str]] = {}
    with path.open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE):
            title = f"第二部分 {row['year']} 年度部门决算情况说明\n一、收入支出决算总体情况说明\n"
            report = report_of(f"某局\n{row['year']} 年度部门决算\n\n{title}{row['sentence']}\n")
            found |= {f.printed: (f.check, f.severity.name) for f in own(report)}
    assert {printed: one for printed, one in found.items() if printed not in BRANCHES} == WRONG
    assert found.items() <= (WRONG | BRANCHES).items()


def expectations(name: str, kind: str, document: str) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = tomllib.loads((TEXT / f"{name}.toml").read_text(encoding="utf-8"))[kind]
    return [entry for entry in entries if entry["document"] == document and entry["subject"] in SUBJECTS]


def answers(finding: Finding, entry: dict[str, Any]) -> bool:
    lines = {entry["line"], *entry.get("lines", ())}
    return finding.check.startswith(SUBJECTS[entry["subject"]]) and bool({p.line for p in finding.places} & lines)


@pytest.mark.real
@pytest.mark.parametrize("name", REAL)
def test_what_must_be_found_is_found(name: str, real: Path) -> None:
    found = run(interpret(read(real / name, name))).findings
    for entry in expectations("findings", "finding", name):
        if entry["expect"] == "must":
            grades = {entry["severity"], *entry.get("accept", ())}
            assert [f for f in found if answers(f, entry) and f.severity.name.lower() in grades], entry["id"]


@pytest.mark.real
@pytest.mark.parametrize("name", REAL)
def test_what_must_stay_silent_is_silent(name: str, real: Path) -> None:
    found = list(own(interpret(read(real / name, name))))
    wanted = expectations("findings", "finding", name)
    for entry in expectations("silent", "silent", name):
        highest = -1 if entry["highest"] == "none" else Severity[entry["highest"].upper()]
        loud = [f for f in found if answers(f, entry) and f.severity > highest]
        loud = [f for f in loud if not any(answers(f, other) for other in wanted)]
        assert loud == [], entry["quote"]


@pytest.mark.real
@pytest.mark.parametrize("name", REAL)
def test_nothing_else_is_said(name: str, real: Path) -> None:
    wanted = [*expectations("findings", "finding", name), *expectations("silent", "silent", name)]
    found = own(interpret(read(real / name, name)))
    assert [(f.check, f.message) for f in found if not any(answers(f, entry) for entry in wanted)] == []


@pytest.mark.real
def test_the_blank_form_is_full_of_leftovers(real: Path) -> None:
    found = list(own(interpret(read(real / "shanghai-form-2024.pdf", "form.pdf"))))
    places = {f.check: len(f.places) for f in found if f.check.startswith("STRUCT-") and f.severity > Severity.QUERY}
    assert places["STRUCT-PLACEHOLDER"] > 100
    assert places["STRUCT-LEFTOVER"] > 30
    assert "WORD-BRANCHES" in {f.check for f in found}
    assert not {"WORD-UNIT", "GLOSS-ITEM", "PERSONAL-DATA", "SECT-MISSING"} & {f.check for f in found}


def test_a_number_is_never_shown_whole() -> None:
    number = "11010119900307002X"
    report = report_of(f"某局\n2024 年度部门决算\n\n身份证号{number}，账号：6222021234567890123。\n")
    found = list(own(report, ("PERSONAL-",)))
    assert {f.check for f in found} == {"PERSONAL-DATA"}
    shown = "".join((f.message + f.printed + f.expected + "".join(p.quote for p in f.places)) for f in found)
    assert number not in shown
    assert "6222021234567890123" not in shown
