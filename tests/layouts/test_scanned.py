"""Pages that are pictures are one finding that names them all, never tables that are missing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from juesuan.checking.runner import run
from juesuan.documents.pdf import read_pdf
from juesuan.documents.writing_pdf import write_pdf
from juesuan.model.documents import Block, Heading, PageBreak, Paragraph, Table
from juesuan.model.places import Place
from juesuan.understanding import interpret
from juesuan.understanding.errors import NotAnAccount, OnlyPictures
from tests.layouts import manners
from tests.layouts.scanned import scanned

SEED = 3


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return write_pdf(manners.account(SEED), "部门决算")


@pytest.fixture(scope="module")
def pages(pdf: bytes) -> list[int]:
    """The pages with tables."""
    blocks = read_pdf(pdf, "a.pdf").blocks
    return sorted({block.place.page for block in blocks if isinstance(block, Table) and block.place.page})


@pytest.mark.parametrize("chosen", [slice(3, 4), slice(1, 9, 3), slice(None)])
def test_they_are_one_finding_and_nothing_else_is_found(pdf: bytes, pages: list[int], chosen: slice) -> None:
    document = read_pdf(scanned(pdf, pages[chosen]), "a.pdf")
    assert [place.page for place in document.pictures] == pages[chosen]
    found = run(interpret(document)).findings
    assert [finding.check for finding in found] == ["STRUCT-LEGIBLE"]
    assert f"共 {len(pages[chosen])} 页" in found[0].message


def test_what_stands_on_other_pages_is_read_as_before(pdf: bytes, pages: list[int]) -> None:
    whole = interpret(read_pdf(pdf, "a.pdf"))
    found = interpret(read_pdf(scanned(pdf, pages[:2]), "a.pdf"))
    left = [fact for fact in whole.facts if fact.place.page not in pages[:2]]
    assert {str(fact.keys) for fact in found.facts} >= {str(fact.keys) for fact in left if fact.table >= 0}


def test_nothing_but_pictures_is_said_in_one_message(pdf: bytes) -> None:
    with pytest.raises(OnlyPictures, match=r"28 页是图片（扫描件）.*文字版"):
        interpret(read_pdf(scanned(pdf, range(1, 100)), "a.pdf"))


def _as_budget(block: Block) -> Block:
    """The block with 预算 wherever it says 决算."""
    if isinstance(block, Table):
        rows = (tuple(cell and replace(cell, text=_budget(cell.text)) for cell in row) for row in block.rows)
        return replace(block, rows=tuple(rows))
    return block if isinstance(block, PageBreak) else replace(block, text=_budget(block.text))


def _budget(text: str) -> str:
    return text.replace("决算", "预算")


def test_a_budget_is_told_apart() -> None:
    budget = write_pdf([_as_budget(block) for block in manners.account(SEED)], "部门预算")
    with pytest.raises(NotAnAccount, match="预算公开文件"):
        interpret(read_pdf(budget, "a.pdf"))


def test_something_else_is_told_apart() -> None:
    place = Place("a.txt")
    letter = write_pdf(
        [Heading("关于举办培训班的通知", 1, place), Paragraph("培训时间为两天，请按时参加。", place)], "通知"
    )
    with pytest.raises(NotAnAccount, match="没有“决算”字样"):
        interpret(read_pdf(letter, "a.pdf"))
