"""Places: whatever a finding quotes stands in the document where it says, with and without mistakes planted."""

from __future__ import annotations

import random
import re
import shutil
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from juesuan.app import check_file, find_files
from juesuan.checking.runner import run
from juesuan.documents.text import read_text
from juesuan.model.claims import Flow
from juesuan.model.findings import Finding
from juesuan.model.places import Place
from juesuan.understanding import interpret
from juesuan.understanding.flows import add_line
from tests.marked import window

ACCOUNTS = ("xigang-office-2024.txt", "putuo-social-work-2024.txt", "putuo-culture-2025.txt")
_FIGURE = re.compile(r"\d+\.\d\d")
_WORDS = re.compile("增加|减少|增长|下降|大于|小于|年初预算|全年预算|持平|万元|科目|支出|[，。：；]")
_TURNED = {"增加": "减少", "减少": "增加", "增长": "下降", "下降": "增长", "大于": "小于", "小于": "大于"}
_TURNED |= {"年初预算": "全年预算", "全年预算": "年初预算", "持平": "增长", "万元": "元", "，": "，，", "。": "。。"}


def compact(words: str) -> str:
    return "".join(unicodedata.normalize("NFKC", words).split())


def places(findings: Iterable[Finding]) -> Iterator[tuple[str, Place]]:
    for finding in findings:
        for one in (finding, *finding.symptoms):
            yield from ((f"{one.check} {one.printed}", place) for place in one.places if place.quote)


def hold(text: str, findings: Iterable[Finding]) -> int:
    """Every quotation begins at its line and position, and goes on over the next lines if it is longer."""
    lines = text.split("\n")
    count = 0
    for check, place in places(findings):
        assert place.line is not None
        here = lines[place.line - 1][place.start or 0 :] + "".join(lines[place.line : place.line + 12])
        assert compact(here).startswith(compact(place.quote)), (check, place)
        count += 1
    return count


def mutated(text: str, seed: int) -> str:
    """The text with some figures and words changed, as hands change them."""
    draws = random.Random(seed)
    spots = [*_FIGURE.finditer(text), *_WORDS.finditer(text)]
    for match in sorted(draws.sample(spots, 14), key=lambda m: -m.start()):
        old = match.group()
        at = draws.randrange(len(old))
        digit = f"{old[:at]}{(int(old[at]) + 1) % 10 if old[at].isdigit() else old[at]}{old[at + 1 :]}"
        new = draws.choice((digit, f"-{old}")) if _FIGURE.match(old) else _TURNED.get(old, "")
        text = text[: match.start()] + new + text[match.end() :]
    return text


@pytest.mark.parametrize("seed", range(9))
@pytest.mark.parametrize("name", ACCOUNTS)
def test_quotations_stand_where_they_are_said_to(real: Path, name: str, seed: int) -> None:
    text = (real / name).read_text(encoding="utf-8")
    text = mutated(text, seed) if seed else text
    assert hold(text, run(interpret(read_text(text.encode("utf-8"), name))).findings) > 8


def test_words_that_are_wrong_are_the_first_place(real: Path) -> None:
    for file in find_files([str(real / name) for name in (*ACCOUNTS, "putuo-social-work-2024.pdf")])[0]:
        for finding in check_file(file).findings:
            if finding.printed and finding.places and finding.places[0].quote:
                assert compact(finding.printed) in compact(finding.places[0].quote), finding


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler is not installed")
def test_boxes_hold_the_quotations(real: Path) -> None:
    path = real / "putuo-social-work-2024.pdf"
    count = 0
    for check, place in places(check_file(str(path)).findings):
        assert place.box is not None
        assert place.page is not None
        boxes = [(left + 1, top, right - 1, bottom) for left, top, right, bottom in (place.box, *place.more)]
        found = "".join(window(path, place.page, box) for box in boxes)
        # a stop is set half over its neighbour
        assert compact(found).strip("。,;:、") == compact(place.quote).strip("。,;:、"), (check, place)
        count += 1
    assert count >= 16


def test_a_quotation_over_two_lines_has_two_boxes() -> None:
    flow = Flow()
    for line, (text, top) in enumerate((("支出合计", 100.0), ("12.5万元", 120.0))):
        place = Place("a.pdf", 3, start=10 * line, box=(50.0, top, 200.0, top + 12), quote=text)
        add_line(flow, text, place, tuple(50.0 + 10 * k for k in range(len(text) + 1)))
    found = flow.place(2, "合计12.5")
    assert (found.box, found.more) == ((70.0, 100.0, 90.0, 112.0), ((50.0, 120.0, 90.0, 132.0),))
    assert flow.place(4, "12.5").more == ()


def test_a_negative_figure_keeps_its_sign() -> None:
    lines = ("一、收入支出决算总体情况说明", "2024年度收入总计 -5.00 万元，支出总计 5.00 万元。")
    report = interpret(read_text("\n".join(lines).encode("utf-8"), "a.txt"))
    assert [fact.place.quote for fact in report.facts if fact.amount.value < 0] == ["-5.00"]
