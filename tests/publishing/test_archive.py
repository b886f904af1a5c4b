"""What PDF/A-2a and PDF/UA ask for and can be looked up in the file, by pypdf: fonts, tags, language, colours, metadata.

No validator for PDF/A is at hand as a package; these are the clauses that can be checked one by one.
Source: ISO 19005-2, 6.1.3, 6.1.12, 6.2.3, 6.2.11.4, 6.5, 6.6, 6.7; ISO 14289-1, 7.1, 7.2, 7.3, 7.5.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from pypdf import PdfReader

from juesuan.documents.writing_pdf import write_pdf
from juesuan.model.charts import Chart, illustrated
from juesuan.model.documents import Heading, Table
from tests.publishing.extremes import composed


@pytest.fixture(scope="module")
def file() -> PdfReader:
    made = composed("liaoning")
    return PdfReader(io.BytesIO(write_pdf(illustrated(made.blocks, made.charts), "某局2024年度部门决算", "某局")))


def root_of(file: PdfReader) -> Any:
    return file.trailer["/Root"].get_object()


def tags(node: Any) -> Iterator[Any]:
    """All elements of the structure."""
    node = node.get_object()
    if isinstance(node, list):
        for one in node:
            yield from tags(one)
    elif isinstance(node, dict):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from tags(node["/K"])


def test_it_is_tagged_in_chinese_and_has_a_title(file: PdfReader) -> None:
    root = root_of(file)
    assert root["/MarkInfo"]["/Marked"]
    assert str(root["/Lang"]).startswith("zh")
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert file.metadata is not None
    assert file.metadata.title == "某局2024年度部门决算"
    words = root["/Metadata"].get_data().decode("utf-8")
    assert "pdfaid:part>2<" in words
    assert "pdfaid:conformance>A<" in words
    assert "某局2024年度部门决算" in words
    assert "/ID" in file.trailer


def test_tables_heads_and_pictures_are_tagged(file: PdfReader) -> None:
    found = list(tags(root_of(file)["/StructTreeRoot"]))
    count = Counter(str(one["/S"]) for one in found)
    made = composed("liaoning")
    blocks = list(illustrated(made.blocks, made.charts))
    assert count["/Table"] >= sum(isinstance(block, Table) for block in blocks)
    assert count["/TH"] > 50
    assert sum(count[f"/H{n}"] for n in range(1, 7)) == sum(isinstance(block, Heading) for block in blocks)
    pictures = [one for one in found if one["/S"] == "/Figure"]
    assert [str(one["/Alt"]) for one in pictures] == [block.says for block in blocks if isinstance(block, Chart)]


def test_every_font_is_embedded_and_says_its_letters(file: PdfReader) -> None:
    fonts: dict[str, Any] = {}
    page: Any
    for page in file.pages:
        for font in page["/Resources"].get("/Font", {}).values():
            one = font.get_object()
            fonts[str(one["/BaseFont"])] = one
    assert len(fonts) >= 4
    for one in fonts.values():
        (inner,) = one["/DescendantFonts"]
        described = inner.get_object()["/FontDescriptor"]
        assert "/FontFile2" in described or "/FontFile3" in described
        assert "/ToUnicode" in one


def test_colours_are_defined_and_nothing_runs_or_hides(file: PdfReader) -> None:
    root = root_of(file)
    (intent,) = root["/OutputIntents"]
    assert intent["/S"] == "/GTS_PDFA1"
    assert intent["/DestOutputProfile"].get_data()
    assert not file.is_encrypted
    assert {"/OpenAction", "/AA", "/AcroForm"} & set(root) == set()
    names = root.get("/Names", {})
    assert {"/JavaScript", "/EmbeddedFiles"} & set(names) == set()
