"""Typeset documents read back: the same figures as the text, nothing unread, by our reader and by another."""

from __future__ import annotations

import io
import re
from collections import Counter

import pypdfium2 as pdfium
import pytest

from juesuan.composing.document import Composed, compose
from juesuan.documents.pdf import read_pdf
from juesuan.documents.text import read_text
from juesuan.documents.writing_pdf import write_pdf
from juesuan.documents.writing_text import write_text
from juesuan.generating import account_of, generate, report_of
from juesuan.knowledge.styles import style
from juesuan.model.charts import illustrated
from juesuan.model.documents import Heading
from juesuan.model.reports import Report
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
