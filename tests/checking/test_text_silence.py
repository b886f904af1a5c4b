"""Nothing false: the made-up accounts, real sentences of many places, and what an officer lets stand."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from juesuan.checking.runner import run
from juesuan.documents.reading import read
from juesuan.documents.text import read_text
from juesuan.model.findings import Finding, Severity
from juesuan.understanding import interpret

TESTS = Path(__file__).parents[1]
SUBJECTS = {"list", "list_count", "name", "purpose", "reason", "twice", "performance", "amount", "consistency"}
REAL = ("xigang-office-2024.txt", "putuo-social-work-2024.txt", "putuo-culture-2025.txt")
TITLES = {
    "three_public": "一般公共预算财政拨款“三公”经费支出决算情况说明",
    "vehicles": "一般公共预算财政拨款“三公”经费支出决算情况说明",
    "procurement": "政府采购支出情况说明",
    "performance": "预算绩效管理情况说明",
    "agency": "机关运行经费支出情况说明",
    "item": "一般公共预算财政拨款支出决算情况说明",
    "gov": "政府性基金预算财政拨款收入支出决算情况说明",
    "shares": "收入决算情况说明",
    "income": "收入决算情况说明",
}


def own(findings: list[Finding]) -> Iterator[Finding]:
    """The findings of the checks on lists, names, purposes, reasons, counts and sums of sentences."""
    for finding in findings:
        yield from (f for f in (finding, *finding.symptoms) if f.check.startswith("TEXT-"))


def said(findings: list[Finding]) -> list[str]:
    return [f"{f.check} {f.severity.name} {[p.line for p in f.places]} {f.message}" for f in own(findings)]


@pytest.mark.parametrize("name", ["linhe-health-2024.txt", "central-geology-2021.txt"])
def test_made_up_accounts_have_nothing_to_find(name: str) -> None:
    assert said(run(interpret(read(TESTS / "accounts" / name, name))).findings) == []


def sentences(real: Path) -> Iterator[tuple[str, str, str]]:
    path = real.parent / "reference" / "wordings.tsv"
    if not path.is_file():
        pytest.skip("reference/wordings.tsv is not beside the folder of real accounts")
    with path.open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE):
            title = next((t for kind, t in TITLES.items() if row["kind"].startswith(kind)), "收入支出决算总体情况说明")
            yield row["year"], title, row["sentence"]


@pytest.mark.real
def test_real_sentences_have_nothing_to_find(real: Path) -> None:
    found = []
    for year, title, sentence in sentences(real):
        text = f"某局\n{year} 年度部门决算\n\n第二部分 {year} 年度部门决算情况说明\n\n一、{title}\n\n{sentence}\n"
        found += said(run(interpret(read_text(text.encode(), "sentence.txt"))).findings)
    assert found == []


@pytest.mark.real
@pytest.mark.parametrize("name", REAL)
def test_what_an_officer_lets_stand_is_silent(name: str, real: Path) -> None:
    entries = tomllib.loads((TESTS / "expectations" / "text" / "silent.toml").read_text("utf-8"))["silent"]
    wanted = tomllib.loads((TESTS / "expectations" / "text" / "findings.toml").read_text("utf-8"))["finding"]
    asked = {n for e in wanted if e["document"] == name for n in (e["line"], *e.get("lines", []))}
    silent = {
        number
        for entry in entries
        if entry["document"] == name and entry["subject"] in SUBJECTS and entry["highest"] == "none"
        for number in (entry["line"], *entry.get("lines", []))
    }
    findings = own(run(interpret(read(real / name, name))).findings)
    first = [(f.places[0].line, f.check, f.severity) for f in findings]
    assert [f for f in first if f[0] in silent - asked] == []
    assert [f for f in first if f[0] not in asked and f[2] > Severity.INFO] == []
