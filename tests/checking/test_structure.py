"""Structure of tables: what the hand-made list expects is found, planted slips too, and nothing else."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from juesuan.checking.checks.departments import cleaned, relation
from juesuan.checking.checks.doubled import doubled
from juesuan.model.findings import Severity
from tests.checking.edited import WRITTEN, Edit, drop, findings, insert, newly_told, put, text_of
from tests.checking.test_names import path_of
from tests.mending import mended
from tests.trust.garble import INERT, KINDS, garbling

EXPECTED = Path(__file__).parents[1] / "expectations" / "contradictions.toml"
#: kind in the hand-made list → the checks that speak of it
KINDS_OF = {
    "department_name": {"STRUCT-DOUBLED", "STRUCT-DEPARTMENT"},
    "title": {"STRUCT-TITLE"},
    "leftover": {"STRUCT-LEFTOVER"},
    "thousands_separator": {"STRUCT-THOUSANDS"},
}
DOCUMENTS = ("xigang-office-2024.txt", "putuo-social-work-2024.txt", "putuo-culture-2025.txt")
GARBLED = {
    "linhe-health-2024.txt": ("卫生健康局", "临河县", "疾病预防控制中心", "人民医院"),
    "central-geology-2021.txt": ("地质样品中心", "国家地质"),
}

SLIPS: dict[str, tuple[str, tuple[Edit, ...], str, str]] = {
    "another department in a head": ("xigang", (put(424, "人民政府办公室", "财政局"),), "STRUCT-DEPARTMENT", "ERROR"),
    "one character in a head": ("xigang", (put(424, "办公室", "办公厅"),), "STRUCT-DEPARTMENT", "ERROR"),
    "another department on the cover": ("linhe", (put(3, "卫生健康局", "教育局"),), "STRUCT-DEPARTMENT", "ERROR"),
    "another department in a heading": ("culture", (put(70, "文化和旅游局", "体育局"),), "STRUCT-DEPARTMENT", "ERROR"),
    "word doubled in a head": ("linhe", (put(288, "临河县", "临河县临河县"),), "STRUCT-DOUBLED", "ERROR"),
    "word doubled in a heading": ("culture", (put(350, "普陀区", "普陀区普陀区"),), "STRUCT-DOUBLED", "ERROR"),
    "place doubled in a sentence": ("linhe", (put(78, "临河县", "临河县临河县"),), "STRUCT-DOUBLED", "ERROR"),
    "last year in a head": ("xigang", (put(426, "2024", "2023"),), "STRUCT-YEAR", "ERROR"),
    "last year in an aligned head": ("geology", (put(127, "2021", "2020"),), "STRUCT-YEAR", "ERROR"),
    "last year on the cover": ("culture", (put(3, "2025", "2024"),), "STRUCT-YEAR", "ERROR"),
    "last year in a heading": ("culture", (put(70, "2025", "2024"),), "STRUCT-YEAR", "ERROR"),
    "table dropped": ("culture", (drop(343, 349),), "STRUCT-MISSING", "WARNING"),
    "table and entry dropped": ("culture", (drop(343, 349), drop(17, 17)), "STRUCT-MISSING", "WARNING"),
    "number of a table": ("linhe", (put(467, "05", "06"),), "STRUCT-MISSING", "QUERY"),
    "note dropped, said in the text": ("culture", (drop(349, 349),), "STRUCT-EMPTY", "QUERY"),
    "note below zeros dropped": ("xigang", (drop(514, 514),), "STRUCT-EMPTY", "INFO"),
    "note below figures": ("linhe", (insert(670, "说明：故本表无数据。"),), "STRUCT-NOTE", "ERROR"),
    "unit dropped": ("xigang", (drop(422, 422),), "STRUCT-UNIT", "WARNING"),
    "unit changed": ("xigang", (put(422, "万元", "元"),), "STRUCT-UNIT", "ERROR"),
    "unit of an empty table changed": ("xigang", (put(505, "万元", "元"),), "STRUCT-UNIT", "QUERY"),
    "title of one table": ("social", (put(111, "支出决算表", "支出决算明细表"),), "STRUCT-TITLE", "INFO"),
    "order of the contents": (
        "linhe",
        (put(34, "支出决算表", "财政拨款收入支出决算总表"), put(36, "财政拨款收入支出决算总表", "支出决算表")),
        "STRUCT-ORDER",
        "INFO",
    ),
    "placeholder in a head": ("xigang", (put(424, "西岗区人民政府办公室", "XX局"),), "STRUCT-PLACEHOLDER", "ERROR"),
    "placeholder in a note": (
        "culture",
        (put(349, "上海市普陀区文化和旅游局", "上海市 XX 局"),),
        "STRUCT-PLACEHOLDER",
        "ERROR",
    ),
    "row of dots": ("linhe", (insert(461, "……\t\t\t……\t\t\t\t\t\t"),), "STRUCT-LEFTOVER", "WARNING"),
    "one sum without separators": ("geology", (put(99, "62,000,352.04", "62000352.04  "),), "STRUCT-THOUSANDS", "INFO"),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_found_once(slip: str, request: pytest.FixtureRequest) -> None:
    name, edits, check, severity = SLIPS[slip]
    found = newly_told(path_of(name, request), edits)
    assert [(one, grade.name) for one, grade, _ in found] == [(check, severity)], found


def listed(document: str) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = tomllib.loads(EXPECTED.read_text(encoding="utf-8"))["structure"]
    return [entry for entry in entries if entry["document"] == document]


def said(document: str) -> Iterator[int]:
    """The lines of sentences at which a name, a year or a leftover is expected to be found."""
    subjects = {"department", "doubled_word", "leftover", "year"}
    for entry in tomllib.loads((EXPECTED.parent / "text" / "findings.toml").read_text(encoding="utf-8"))["finding"]:
        if entry["document"] == document and entry["subject"] in subjects:
            yield from (entry["line"], *entry.get("lines", ()))


@pytest.mark.parametrize("document", DOCUMENTS)
def test_what_the_list_demands_is_found_and_nothing_more(document: str, real: Path) -> None:
    found = findings(text_of(real / document))
    for entry in listed(document):
        if entry["expect"] == "must":
            accepted = {entry["severity"], *entry.get("accept", [])}
            fitting = [f for f in found if f.check in KINDS_OF[entry["kind"]] and f.severity.name.lower() in accepted]
            assert [f for f in fitting if {p.line for p in f.places} <= set(entry["lines"])], entry["what"]
    known = {line for entry in listed(document) for line in entry["lines"]} | set(said(document))
    assert [f for f in found if not {place.line for place in f.places} <= known] == []


@pytest.mark.parametrize("document", DOCUMENTS)
def test_the_mended_documents_keep_only_what_was_not_mended(document: str, real: Path) -> None:
    left = {f.check for f in findings(mended(real / document)) if f.severity > Severity.INFO}
    assert left <= {"STRUCT-DOUBLED", "STRUCT-LEFTOVER", "STRUCT-DEPARTMENT"}


@pytest.mark.parametrize("document", GARBLED)
def test_nothing_in_the_written_accounts(document: str) -> None:
    assert findings(text_of(WRITTEN / document)) == []


@pytest.mark.parametrize("document", GARBLED)
def test_inert_damage_is_not_blamed(document: str) -> None:
    text, names = text_of(WRITTEN / document), GARBLED[document]
    inert = len(KINDS)
    assert [*KINDS, INERT][inert] == INERT
    for number in range(inert, 20 * (inert + 1), inert + 1):
        damaged = garbling(document, text, names, number)
        if not damaged.touched:
            assert [f for f in findings(damaged.text) if f.severity > Severity.QUERY] == []


OWN = "大连市西岗区人民政府办公室"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (OWN, "same"),
        (f"{OWN}（本级）", "same"),
        (f"101001-{OWN}", "same"),
        (f"{OWN}本级（汇总）", "same"),
        ("西岗区政府办", "related"),
        ("大连市西岗区人民政府", "related"),
        (f"辽宁省{OWN}", "related"),
        (f"{OWN}机关服务中心", "related"),
        ("大连市西岗区财政局", "other"),
        ("大连市西岗区人民政府办公厅", "other"),
        ("大连市西岗区政府办公室综合科", "doubtful"),
    ],
)
def test_relation_of_names(name: str, expected: str) -> None:
    assert relation(name, OWN) == expected


CHARACTERS = st.sampled_from("大连市西岗区人民政府办公室文化旅游")


@given(st.sets(st.integers(0, len(OWN) - 1), min_size=1))
def test_a_short_name_is_never_another_department(kept: set[int]) -> None:
    short = "".join(OWN[i] for i in sorted(kept))
    assert relation(short, OWN) in ("same", "related") or cleaned(short) == ""


@given(st.text(CHARACTERS, min_size=3, max_size=8), st.text(CHARACTERS, max_size=6), st.text(CHARACTERS, max_size=6))
def test_a_doubled_word_is_found(word: str, before: str, after: str) -> None:
    found = doubled(before + word + word + after)
    assert found is not None or len(set(word)) == 1


@given(st.lists(st.sampled_from("大连市西岗区人民政府办公室文化和旅游局图书馆"), unique=True, max_size=20))
def test_nothing_is_doubled_where_no_character_is(characters: list[str]) -> None:
    assert doubled("".join(characters)) is None
