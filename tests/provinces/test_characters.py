"""The same account in the characters of other makers of PDF: radicals for characters, full width, characters without width."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from juesuan.checking.runner import run
from juesuan.model.findings import Severity
from juesuan.presenting.checked import coverage
from tests.provinces.test_provinces import reported, text_of

NAME = "henan-court-2019"
RADICALS = str.maketrans(
    "一二人行支用金目日月年生工大小公口土心文方水火立老自见车里长食高龙卫",
    "⼀⼆⼈⾏⽀⽤⾦⽬⽇⽉年⽣⼯⼤⼩公⼝⼟⼼⽂⽅⽔⽕⽴⽼⾃⻅⻋⾥⻓⾷⾼⻰卫",
)
WIDE = str.maketrans("0123456789.", "０１２３４５６７８９．")
MANNERS: dict[str, Callable[[str], str]] = {
    "radicals": lambda text: text.translate(RADICALS),
    "full width": lambda text: text.translate(WIDE),
    "full-width separators": lambda text: re.sub(r"(?<=\d),(?=\d{3})", "，", text),
    "no-break spaces": lambda text: re.sub(r"(?<=[一-龥])(?=\d)|(?<=\d)(?=[一-龥])", "\xa0", text),
    "word joiners": lambda text: re.sub(r"(?<=\d)(?=万元|%)", "\u2060", text),
    "figures broken over lines": lambda text: text.replace("增加326.64万元", "增加326\n.64万元"),
    "zero width": lambda text: re.sub(r"(?<=[一-龥])(?=[一-龥]{7})", "\u200b", text),
}


@pytest.mark.parametrize("manner", MANNERS)
def test_reads_as_it_does_in_common_characters(manner: str) -> None:
    text = text_of(NAME)
    changed = MANNERS[manner](text)
    assert changed != text
    reports = [reported(one) for one in (text, changed)]
    results = [run(report) for report in reports]
    assert [f.message for f in results[1].findings if f.severity > Severity.INFO] == []
    before, after = (coverage(report, result)[:3] for report, result in zip(reports, results, strict=True))
    assert after == before
