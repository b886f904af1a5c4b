"""Names and nesting of codes: slips planted in the accounts are found under one id each, and nothing else is."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from juesuan.checking.checks.nesting import number_of
from juesuan.checking.labels import is_total
from juesuan.checking.naming import evidence_of, folded, owner
from juesuan.knowledge import classifications as known
from juesuan.knowledge.names import plain
from tests.checking.edited import OURS, REAL, WRITTEN, Edit, drop, insert, newly_told, put

SLIPS: dict[str, tuple[str, tuple[Edit, ...], str, str]] = {
    "one character": ("xigang", (put(322, "行政运行", "行政运动"),), "NAME-CODE", "WARNING"),
    "sibling's name": ("xigang", (put(322, "行政运行", "一般行政管理事务"),), "NAME-CODE", "ERROR"),
    "old name of a class": ("xigang", (put(277, "文化旅游", "文化"),), "NAME-CODE", "WARNING"),
    "digits of a code swapped": ("xigang", (put(327, "2080505", "2080550"),), "NAME-CODE", "ERROR"),
    "sibling's code": ("xigang", (put(327, "2080505", "2080502"),), "NAME-CODE", "ERROR"),
    "economic name": ("xigang", (put(471, "邮电费", "电费"),), "NAME-CODE", "ERROR"),
    "economic code": ("xigang", (put(471, "30207", "30227"),), "NAME-CODE", "ERROR"),
    "without its last word": ("social", (put(100, "缴费支出", "缴费"),), "NAME-CODE", "INFO"),
    "class of another": ("xigang", (put(327, "2080505", "2070505"),), "NAME-NEST", "ERROR"),
    "group of another class": ("xigang", (put(325, "20805", "20705"),), "NAME-NEST", "ERROR"),
    "class row left out": ("xigang", (drop(324, 324),), "NAME-NEST", "ERROR"),
    "group row left out": ("linhe", (drop(437, 437),), "NAME-NEST", "ERROR"),
    "row twice": ("xigang", (insert(327, "="),), "NAME-NEST", "ERROR"),
    "row twice in an aligned table": ("geology", (insert(224, "="),), "NAME-NEST", "ERROR"),
    "economic row twice": ("culture", (insert(301, "="),), "NAME-NEST", "ERROR"),
    "rows in another order": (
        "xigang",
        (insert(327, "2080501\t\t\t行政单位离退休\t9.14"), drop(326, 326)),
        "NAME-ORDER",
        "INFO",
    ),
    "ordinal": ("xigang", (put(277, "七、", "八、"),), "NAME-ORDER", "INFO"),
}
WITHOUT_EVIDENCE = {
    "two names swapped in one table": (
        "culture",
        (put(111, "行政运行", "图书馆"), put(112, "图书馆", "行政运行")),
        {"2070101 有两个名称", "2070104 有两个名称"},
    ),
    "one name wrong in one table": ("culture", (put(116, "交流", "互流"),), {"2070110 有两个名称"}),
}


def path_of(name: str, request: pytest.FixtureRequest) -> Path:
    if name in OURS:
        return WRITTEN / f"{OURS[name]}.txt"
    folder: Path = request.getfixturevalue("real")
    return folder / f"{REAL[name]}.txt"


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_found_once(slip: str, request: pytest.FixtureRequest) -> None:
    name, edits, check, severity = SLIPS[slip]
    found = newly_told(path_of(name, request), edits)
    assert [(one, grade.name) for one, grade, _ in found] == [(check, severity)]


@pytest.mark.parametrize("slip", WITHOUT_EVIDENCE)
def test_without_evidence_the_tables_judge_each_other(slip: str, request: pytest.FixtureRequest) -> None:
    name, edits, messages = WITHOUT_EVIDENCE[slip]
    assert {message for _, _, message in newly_told(path_of(name, request), edits)} == messages


@pytest.mark.parametrize("code", ["201", "20103", "2010301", "2080505", "301", "30231", "31013"])
def test_no_name_with_evidence_is_a_siblings(code: str) -> None:
    found = evidence_of(code, "2024")
    assert found is not None
    assert owner(code, found.name, "2024") == ""


NAMES = [e.name for code in known.children("201") for e in [known.function_name(code)] if e is not None]


@given(st.sampled_from(NAMES), st.sampled_from(["（{}）", "({})", " {} ", "{}。", "\t{}"]), st.integers(0, 20))
def test_brackets_spaces_and_punctuation_do_not_count(name: str, around: str, at: int) -> None:
    at = min(at, len(name))
    printed = name[:at] + around.format(name[at:])
    assert folded("20101", printed) == folded("20101", plain(name))


@given(st.integers(1, 99))
def test_chinese_ordinals(number: int) -> None:
    tens, ones = divmod(number, 10)
    digits = "一二三四五六七八九"
    written = (digits[tens - 1] if tens > 1 else "") + ("十" if tens else "") + (digits[ones - 1] if ones else "")
    assert number_of(written) == number


@pytest.mark.parametrize("name", ["合计", "总计", "人员经费合计", "公用经费合计", "栏次", "小计"])
def test_totals_are_no_names(name: str) -> None:
    assert is_total(name)


def test_a_name_is_no_total() -> None:
    assert not any(is_total(name) for name in NAMES)
