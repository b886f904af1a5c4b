"""One account printed by many hands says the same in each: the same facts, claims and findings, every figure read.

JUESUAN_LAYOUTS=all prints every hand; the usual run takes those that need neither a browser nor an office suite, and
one of each of these. Two mistakes are planted: they must be found, and nothing else.
"""

from __future__ import annotations

import importlib.util
import os

import pytest

from juesuan.documents.pdf import read_pdf
from juesuan.model.documents import Paragraph
from tests.layouts import manners
from tests.layouts.compare import Compared, compared, findings
from tests.layouts.hands import BROWSER, HANDS, PAGE, RAW, TYPST, WORD, Hand
from tests.layouts.producers import BROWSER as CHROMIUM
from tests.layouts.producers import OFFICE
from tests.layouts.raw_pdf import LATIN, MUTE, Page, write_pdf

SEED = 3
ALL = os.environ.get("JUESUAN_LAYOUTS") == "all"
USUAL = {TYPST, RAW}
ONE_OF_EACH = {(BROWSER, "折行、跨页拆行"), (WORD, "公文格式，类款项三列")}
LACKING = {
    TYPST: None if importlib.util.find_spec("typst") else "没有 typst",
    BROWSER: None if CHROMIUM else "没有 Chromium",
    PAGE: None if OFFICE else "没有 LibreOffice",
    WORD: None if OFFICE else "没有 LibreOffice",
    RAW: None if importlib.util.find_spec("pypdf") else "没有 pypdf",
}
MARKS = {BROWSER: pytest.mark.web, PAGE: pytest.mark.office, WORD: pytest.mark.office}


def cases() -> list[object]:
    """The hands of this run."""
    chosen = [h for h in HANDS if ALL or h.producer in USUAL or (h.producer, h.name) in ONE_OF_EACH]
    return [
        pytest.param(
            hand, id=f"{hand.producer} {hand.name}", marks=[MARKS[hand.producer]] if hand.producer in MARKS else []
        )
        for hand in chosen
    ]


@pytest.fixture(scope="module", params=cases())
def printed(request: pytest.FixtureRequest) -> tuple[Hand, Compared]:
    hand: Hand = request.param
    if LACKING[hand.producer]:
        pytest.skip(str(LACKING[hand.producer]))
    blocks = hand.arrange(manners.planted(manners.account(SEED)))
    return hand, compared(blocks, hand.print(blocks))


def test_no_key_is_wrong(printed: tuple[Hand, Compared]) -> None:
    _, found = printed
    assert not found.wrong
    assert not found.wrong_blanks
    assert found.claims[0] == 0


def test_every_fact_and_claim_is_read(printed: tuple[Hand, Compared]) -> None:
    """Without ruling a table that cannot be told for sure is left unread, and said to be."""
    hand, found = printed
    assert found.claims[1] == 0
    if hand.whole:
        assert not found.missed
        assert not found.missed_blanks
    else:
        assert found.in_tables >= hand.least


def test_the_findings_are_those_of_the_text(printed: tuple[Hand, Compared]) -> None:
    hand, found = printed
    assert findings(found.text).total() > 1
    assert not found.findings[0]
    assert not found.findings[1] or not hand.whole


def test_every_figure_has_its_page_and_box(printed: tuple[Hand, Compared]) -> None:
    _, found = printed
    assert all(fact.place.page and fact.place.box for fact in found.pdf.facts)


def test_the_planted_account_without_its_mistakes_has_no_finding() -> None:
    blocks = manners.account(SEED)
    assert not findings(compared(blocks, HANDS[0].print(blocks)).pdf)


def test_characters_without_a_name_are_said_and_not_guessed() -> None:
    page = Page()
    page.text(100, 100, "决算", 12)
    page.text(100, 150, "\u0101\u0202\u1234\u4e00\u4e01", 12, MUTE)
    page.text(200, 150, "12.34", 12, LATIN)
    document = read_pdf(write_pdf([page]), "a.pdf")
    assert [place.page for place in document.lost] == [1]
    assert "".join(b.text for b in document.blocks if isinstance(b, Paragraph)).replace(" ", "") == "决算12.34"
