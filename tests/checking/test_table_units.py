"""A table under a wrong unit is one finding, and a table without a unit is read in the one that its sentences tell."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from functools import cache

import pytest

from juesuan.checking.runner import run
from juesuan.documents.text import read_text
from juesuan.model.reports import Report
from juesuan.understanding import interpret
from tests.checking.edited import WRITTEN, text_of

NAMES = ("linhe-health-2024.txt", "central-geology-2021.txt")
UNIT = re.compile(r"单位[：:]\s*(万元|元)")
OTHER = {"万元": "元", "元": "万元"}


def report_of(text: str) -> Report:
    return interpret(read_text(text.encode(), "edited.txt"))


def checks(text: str) -> Counter[str]:
    return Counter(finding.check for finding in run(report_of(text)).findings)


@cache
def sound(name: str) -> str:
    return text_of(WRITTEN / name)


@pytest.mark.parametrize("name", NAMES)
def test_a_wrong_unit_is_one_finding(name: str) -> None:
    text = sound(name)
    before = checks(text)
    stated = list(UNIT.finditer(text))
    assert len(stated) > 7
    for match in stated[::4]:
        wrong = text[: match.start(1)] + OTHER[match[1]] + text[match.end(1) :]
        assert checks(wrong) - before == Counter({"STRUCT-UNIT": 1}), match


@pytest.mark.parametrize("name", NAMES)
def test_a_table_without_a_unit_is_read_in_that_of_the_sentences(name: str) -> None:
    text = sound(name)
    before = {(fact.place.line, fact.place.start): fact.amount.base for fact in report_of(text).facts}
    bare = UNIT.sub("", text)
    for fact in report_of(bare).facts:
        if fact.table >= 0 and fact.amount.is_money:
            assert before[fact.place.line, fact.place.start] == fact.amount.base


def test_tables_in_yuan_without_a_unit_agree_with_sentences_in_wan_yuan() -> None:
    """Every table of an account in 万元, rewritten in 元 without saying so: only the missing unit is told."""
    lines = []
    for line in UNIT.sub("", sound("linhe-health-2024.txt")).split("\n"):
        cells = re.split(r"(\t)", line)
        lines.append("".join(_in_yuan(cell) if len(cells) > 1 else cell for cell in cells))
    report = report_of("\n".join(lines))
    money = [f for f in report.facts if f.table >= 0 and f.amount.is_money and f.amount.value]
    units = {f.amount.unit for f in money if not report.tables[f.table].form.startswith("performance")}
    assert units == {"元"}


def _in_yuan(cell: str) -> str:
    if not re.fullmatch(r"[\d,]+\.\d\d", cell.strip()):
        return cell
    return f"{Decimal(cell.strip().replace(',', '')) * 10000:,.2f}"
