"""Typeset documents read back: the same figures as the text, nothing unread, by our reader and by another."""

from __future__ import annotations

import io
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import pypdfium2 as pdfium
import pytest

from juesuan.composing.document import Composed, compose
from juesuan.documents.glyphs import drawn
from juesuan.documents.pdf import read_pdf
from juesuan.documents.pdf_fonts import VARIABLE, faces, missing_words
from juesuan.documents.tagged import without_figures
from juesuan.documents.text import read_text
from juesuan.documents.writing_pdf import write_pdf
from juesuan.documents.writing_text import write_text
from juesuan.generating import account_of, generate, report_of
from juesuan.knowledge.styles import style
from juesuan.model.charts import illustrated
from juesuan.model.documents import Heading
from juesuan.model.reports import Report
from juesuan.presenting.built import Told, built_text
from juesuan.presenting.checked import Checked
from juesuan.presenting.help_texts import BUILD_EXAMPLES
from juesuan.understanding import interpret

SEEDS = (3, 1, 2)
"""辽宁, 上海, 全国"""


@pytest.fixture(scope="module", params=SEEDS, ids=lambda seed: f"seed {seed}")
def made(request: pytest.FixtureRequest) -> tuple[Composed, bytes]:
    account = generate(request.param)
    composed = compose(report_of(account), account_of(account), style(account.shape.style))
    return composed, write_pdf(illustrated(composed.blocks, composed.charts), "决算", "某局")


def stated(report: Report) -> Counter[tuple[object, ...]]:
    return Counter((f.keys, f.amount.value, f.amount.unit) for f in report.facts if not f.blank)


def test_the_same_facts_and_nothing_unread(made: tuple[Composed, bytes]) -> None:
    composed, data = made
    assert composed.charts
    text = interpret(read_text(write_text(composed.blocks).encode("utf-8"), "a.txt"))
    read = interpret(read_pdf(data, "a.pdf"))
    assert stated(read) == stated(text)
    assert read.unread == text.unread == []


def test_only_what_stands_in_charts_is_left_out(made: tuple[Composed, bytes]) -> None:
    composed, data = made
    pdf = pdfium.PdfDocument(data)
    pages = [(page, drawn(page)) for page in pdf]
    drawings = [content.shapes.more for _, content in pages]
    shorter = [without_figures(page, content)[0] != content.glyphs for page, content in pages]
    pdf.close()
    assert shorter == drawings
    assert 0 < sum(shorter) <= len(composed.charts) < len(pages)


def test_the_same_bytes(made: tuple[Composed, bytes]) -> None:
    composed, data = made
    assert write_pdf(illustrated(composed.blocks, composed.charts), "决算", "某局") == data


def test_tagged_archived_and_with_bookmarks(made: tuple[Composed, bytes]) -> None:
    composed, data = made
    assert b"pdfaid:part>2<" in data
    assert b"pdfuaid:part>1<" in data
    document = pdfium.PdfDocument(io.BytesIO(data))
    marks = [re.sub(r"\s", "", mark.get_title()) for mark in document.get_toc()]
    headings = [re.sub(r"\s", "", b.text) for b in composed.blocks if isinstance(b, Heading)]
    assert marks == headings
    document.close()


# fonts ----------------------------------------------------------------------------------------------------------------


@pytest.fixture
def only_carried(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As on a fresh machine: no fonts but those of our own dependencies."""
    import typst

    own = typst.Fonts
    faces.cache_clear()
    monkeypatch.setattr(typst, "Fonts", lambda **kind: own(include_system_fonts=False, **kind))
    monkeypatch.setattr(shutil, "which", lambda _: None)
    monkeypatch.delenv(VARIABLE, raising=False)
    yield
    faces.cache_clear()


@pytest.mark.usefixtures("only_carried")
def test_a_font_that_is_not_there_is_told_and_another_stands_in() -> None:
    found = faces()
    assert "仿宋" in found.missing
    assert found.by_role["仿宋"].names == ("Noto Serif SC",)
    words = missing_words(found)
    assert "仿宋" in words
    assert "Word" in words  # what an accountant can do; the variable is told by the help
    assert VARIABLE in BUILD_EXAMPLES


def test_the_screen_says_which_font_is_not_there() -> None:
    told = Told([], [], [], [], [], "PDF 里的仿宋用思源宋体代替")
    assert list(built_text(Checked("a"), told, False, []))[-1] == "字体：PDF 里的仿宋用思源宋体代替。"
    assert not any("字体" in line for line in built_text(Checked("a"), replace(told, fonts=""), False, []))
