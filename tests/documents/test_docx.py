"""Word documents: the look of official ones, in every reader, the same bytes; `office` tests look at the pages."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from juesuan.composing.document import compose
from juesuan.documents.docx_plans import plan
from juesuan.documents.docx_styles import LOOKS
from juesuan.documents.pdf import read_pdf
from juesuan.documents.text import read_text
from juesuan.documents.writing_docx import write_docx
from juesuan.documents.writing_text import write_text
from juesuan.generating import account_of, generate, report_of
from juesuan.knowledge.styles import style
from juesuan.model.documents import Block, Cell, Heading, PageBreak, Paragraph, Table
from juesuan.model.places import Place
from juesuan.understanding import interpret

SEEDS = (3, 1, 2)
"""辽宁, 上海, 全国; the first with several funds"""
OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
MM = 36_000


def blocks(seed: int) -> list[Block]:
    account = generate(seed)
    return list(compose(report_of(account), account_of(account), style(account.shape.style)).blocks)


@pytest.fixture(scope="module", params=SEEDS, ids=lambda seed: f"seed {seed}")
def made(request: pytest.FixtureRequest) -> tuple[list[Block], bytes]:
    found = blocks(request.param)
    return found, write_docx(found)


def opened(data: bytes) -> docx.document.Document:
    return docx.Document(io.BytesIO(data))


def parts(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name).decode("utf-8") for name in archive.namelist()}


def test_the_same_bytes(made: tuple[list[Block], bytes]) -> None:
    found, data = made
    assert write_docx(found) == data


def test_the_page_of_official_documents(made: tuple[list[Block], bytes]) -> None:
    for section in opened(made[1]).sections:
        upright = section.orientation == WD_ORIENT.PORTRAIT
        size = [round((side or 0) / MM) for side in (section.page_width, section.page_height)]
        assert size == ([210, 297] if upright else [297, 210])
        if upright:
            edges = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
            assert [round((edge or 0) / MM) for edge in edges] == [37, 35, 28, 26]


def test_every_style_names_its_chinese_font(made: tuple[list[Block], bytes]) -> None:
    document = opened(made[1])
    for own in document.styles:
        if own.type is not None and own.name != "Normal Table":
            fonts = own.element.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
            assert fonts is not None, own.name
            assert fonts.get(qn("w:eastAsia")), own.name
    assert {look.name for look in LOOKS} <= {own.style_id for own in document.styles}


def test_headings_are_headings(made: tuple[list[Block], bytes]) -> None:
    found, data = made
    wanted = [block.text for block in found if isinstance(block, Heading)]
    names = {"heading 1", "heading 2", "heading 3", "表题"}
    paragraphs = opened(data).paragraphs
    assert [p.text for p in paragraphs if p.style is not None and (p.style.name or "").lower() in names] == wanted


def test_the_contents_are_a_field_that_is_filled(made: tuple[list[Block], bytes]) -> None:
    found, data = made
    text = parts(data)["word/document.xml"]
    assert ' TOC \\o "1-2" \\f \\h \\z ' in text
    assert '<w:updateFields w:val="true"/>' in parts(data)["word/settings.xml"]
    listed = [b.text for b in found if isinstance(b, Paragraph) and b.place.table == "contents"][1:]
    entries = re.findall(r'w:anchor="(_Toc\d+)"', text)
    assert len(entries) == len(listed)
    assert set(entries) <= set(re.findall(r'<w:bookmarkStart [^>]*w:name="(_Toc\d+)"', text))
    assert text.count('w:fldCharType="begin"') == text.count('w:fldCharType="end"')
    # tables, whose titles have no number, say in a field of their own what the contents call them
    named = [re.sub(r"\\(.)", r"\1", words) for words in re.findall(r' TC "((?:[^"\\]|\\.)*)" \\l 2 ', text)]
    titles = [b for b in found if isinstance(b, Heading) and b.place.table]
    assert len(named) == len(titles)
    assert set(named) <= set(listed)


def tables(data: bytes) -> Iterator[list[list[str]]]:
    """Rows of cells as they stand in the file, merged cells once a row."""
    for table in opened(data).element.body.iter(qn("w:tbl")):
        yield [
            ["".join(t.text or "" for t in cell.iter(qn("w:t"))) for cell in row.iter(qn("w:tc"))]
            for row in table.iter(qn("w:tr"))
        ]


def test_every_cell_is_there(made: tuple[list[Block], bytes]) -> None:
    found, data = made
    wanted = [
        [[cell.text for cell in row if cell is not None] for row in block.rows]
        for block in found
        if isinstance(block, Table)
    ]
    written = [[[text for text in row if text] for row in table] for table in tables(data)]
    assert written == [[[text for text in row if text] for row in table] for table in wanted]


def test_merged_cells_are_merged(made: tuple[list[Block], bytes]) -> None:
    """A grid as wide in every row, and a continued cell wherever one runs down."""
    found, data = made
    for table, block in zip(
        opened(data).element.body.iter(qn("w:tbl")), [b for b in found if isinstance(b, Table)], strict=True
    ):
        columns = len(list(table.iter(qn("w:gridCol"))))
        assert columns == block.width
        down = 0
        for row in table.iter(qn("w:tr")):
            spans = [cell.find(f".//{qn('w:gridSpan')}") for cell in row.iter(qn("w:tc"))]
            assert sum(1 if span is None else int(span.get(qn("w:val")) or 1) for span in spans) == columns
            down += sum(merge.get(qn("w:val")) is None for merge in row.iter(qn("w:vMerge")))
        assert down == sum(cell.rowspan - 1 for cell in block.cells())


def test_heads_are_repeated_and_rows_do_not_split(made: tuple[list[Block], bytes]) -> None:
    found, data = made
    for table, block in zip(
        opened(data).element.body.iter(qn("w:tbl")), [b for b in found if isinstance(b, Table)], strict=True
    ):
        rows = list(table.iter(qn("w:tr")))
        assert all(row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in rows)
        heads = [row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in rows]
        form = (block.place.table or "").startswith("performance")
        figures = [any(cell is not None and cell.place.column for cell in row) for row in block.rows]
        first = figures.index(True) if any(figures) else 1
        assert heads == [not form and number < first for number in range(len(rows))]


def test_figures_stand_right(made: tuple[list[Block], bytes]) -> None:
    found, data = made
    totals = (block for block in found if isinstance(block, Table) and block.place.table == "totals")
    figures = {cell.text for block in totals for cell in block.cells() if cell.place.column}
    styles = {
        "".join(t.text or "" for t in p.iter(qn("w:t"))): p.find(f"{qn('w:pPr')}/{qn('w:pStyle')}").get(qn("w:val"))
        for p in opened(data).element.body.iter(qn("w:p"))
        if p.getparent().tag == qn("w:tc")
    }
    assert {styles[text] for text in figures if text} == {"TableFigure"}


def test_wide_tables_lie_on_turned_pages() -> None:
    data = write_docx(blocks(3))
    turned = [section.orientation for section in opened(data).sections]
    assert WD_ORIENT.LANDSCAPE in turned
    assert WD_ORIENT.PORTRAIT in turned


def test_the_cover_has_no_number_and_pages_count_from_one(made: tuple[list[Block], bytes]) -> None:
    text = parts(made[1])["word/document.xml"]
    sections = re.findall(r"<w:sectPr>.*?</w:sectPr>", text)
    assert 'r:id="rId6"' in sections[0]
    assert 'w:start="1"' in sections[1]
    assert all("w:pgNumType" not in section for section in sections[2:])


def test_a_draft_says_so_on_every_page() -> None:
    data = write_docx(blocks(1), "草稿")
    assert "草稿" in parts(data)["word/header1.xml"]
    sections = re.findall(r"<w:sectPr>.*?</w:sectPr>", parts(data)["word/document.xml"])
    assert all(section.count("w:headerReference") == 2 for section in sections)


def test_what_xml_cannot_hold_is_left_out() -> None:
    words = "一般<公共>&\x0b预算\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16")
    cell = Cell(words, Place())
    data = write_docx([Paragraph(words, Place()), Table(((cell,),), Place())])
    assert opened(data).paragraphs[0].text == "一般<公共>&预算😀"


def test_a_document_of_nothing_can_be_opened() -> None:
    assert opened(write_docx([])).paragraphs == []
    assert opened(write_docx([PageBreak(Place())])).paragraphs == []


def runs(data: bytes, words: str) -> list[str]:
    """The properties of every run with these words."""
    return re.findall(rf"<w:r>(?:<w:rPr>(.*?)</w:rPr>)?<w:t [^>]*>{words}</w:t>", parts(data)["word/document.xml"])


def test_gaps_are_coloured() -> None:
    data = write_docx([Paragraph("主要原因：【待填：原因】。", Place())])
    assert runs(data, "【待填：原因】") == ['<w:highlight w:val="yellow"/>']
    assert runs(data, "主要原因：") == [""]


def test_a_heading_leaves_no_single_character_for_its_last_line() -> None:
    long = "七、一般公共预算财政拨款“三公”经费支出决算情况说明"
    assert runs(write_docx([Heading(long, 2, Place())]), long)[0].startswith('<w:spacing w:val="-')
    assert runs(write_docx([Heading(long[:20], 2, Place())]), long[:20]) == [""]


def test_a_long_title_breaks_between_words() -> None:
    title = Heading("第三部分 中共上海市普陀区委社会工作部 2024 年度部门决算情况说明", 1, Place())
    paragraph = opened(write_docx([title])).paragraphs[0]
    indent = paragraph._p.find(f"{qn('w:pPr')}/{qn('w:ind')}")
    assert indent is not None
    wide = 156 * 56.7 - int(indent.get(qn("w:left"))) * 2
    assert 18 * 20 * 20 < wide < 21 * 20 * 20


def test_long_contents_are_brought_onto_one_page() -> None:
    def contents(count: int) -> str:
        place = Place(table="contents")
        entries = [Paragraph(f"{n}、收入决算表", place) for n in range(count)]
        return parts(write_docx([Paragraph("目 录", place._replace(row="title")), *entries]))["word/document.xml"]

    assert 'w:lineRule="exact"' not in contents(30)
    assert 'w:lineRule="exact"' in contents(38)
    assert 'w:lineRule="exact"' not in contents(80)


def test_rows_are_high_where_there_is_room() -> None:
    def row(count: int) -> int:
        rows = tuple((Cell(f"收入{n}", Place()), Cell("1.00", Place(column="x"))) for n in range(count))
        return plan(Table(rows, Place())).row

    assert row(5) == row(20) > row(35) > 0
    assert row(400) < row(5)


# what LibreOffice makes of it ----------------------------------------------------------------------------------------


def as_word_breaks_lines(data: bytes) -> bytes:
    """The document for LibreOffice to break its lines as Word does: it reads “stops may hang” the other way round."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(made, "w") as turned:
        for name in source.namelist():
            part = source.read(name)
            turned.writestr(name, part.replace(b'<w:overflowPunct w:val="1"/>', b'<w:overflowPunct w:val="0"/>'))
    return made.getvalue()


@pytest.fixture(scope="module", params=SEEDS, ids=lambda seed: f"seed {seed}")
def pdf(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    if OFFICE is None:
        pytest.skip("没有安装 LibreOffice，跳过看版面的测试（Debian：libreoffice-writer、fonts-noto-cjk）")
    folder = tmp_path_factory.mktemp("office")
    source = folder / "made.docx"
    source.write_bytes(as_word_breaks_lines(write_docx(blocks(request.param))))
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    command = [OFFICE, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return folder / "made.pdf"


def pages_of(pdf: Path) -> list[str]:
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        return ["".join(page.get_textpage().get_text_range().split()) for page in document]
    finally:
        document.close()


@pytest.mark.office
def test_every_page_holds_something(pdf: Path) -> None:
    assert [number for number, text in enumerate(pages_of(pdf), 1) if len(text) < 4] == []


@pytest.mark.office
def test_no_glyph_is_lacking(pdf: Path) -> None:
    assert not re.search("[\ufffd\u25a1]", "".join(pages_of(pdf)))


@pytest.mark.office
def test_the_contents_name_the_right_pages(pdf: Path) -> None:
    pages = pages_of(pdf)
    last = max(n for n, text in enumerate(pages) if "....." in text)
    contents = re.sub(r"—\d+—|^目录", "", "".join(pages[1 : last + 1]))
    listed = re.findall(r"(?:^|(?<=\d))([^\d.].{1,60}?)\.{3,}(\d+)", contents)
    assert len(listed) > 20
    body = {n: text for n, text in enumerate(pages) if n > last}
    wrong = []
    for title, number in listed:
        bare = re.sub("^[一二三四五六七八九十]+、", "", title)
        form = re.fullmatch("(.*自评表)（(.*)）", bare)  # its project stands in the form, not in its title
        words = (form[1], form[2]) if form else (bare,)
        if not all(word in body.get(int(number), "") for word in words):
            wrong.append((title, number, [n for n, text in body.items() if all(word in text for word in words)]))
    assert wrong == []


@pytest.mark.office
def test_no_heading_is_left_alone_at_the_foot(pdf: Path) -> None:
    for text in pages_of(pdf):
        assert not re.search(r"(?:情况说明|总体情况|结构情况|具体情况|支出情况)(?:—\d+—)$", text)


@pytest.mark.office
def test_a_table_that_fits_on_a_page_stands_on_one(pdf: Path) -> None:
    pages = pages_of(pdf)
    heads = [n for n, text in enumerate(pages) if re.search("收入支出决算(总|公开)表", text) and "国防支出" in text]
    assert heads
    assert "总计" in pages[heads[0]]


@pytest.mark.office
def test_the_reader_finds_the_same_facts(pdf: Path, request: pytest.FixtureRequest) -> None:
    """What LibreOffice prints says what was written: no full stop lost at a margin, no figure of a table or sentence."""
    seed = next(n for n in SEEDS if f"seed {n}" in request.node.name)
    wanted = interpret(read_text(write_text(blocks(seed)).encode("utf-8"), "made.txt"))
    found = interpret(read_pdf(pdf.read_bytes(), "made.pdf"))
    counted = [Counter((fact.keys, fact.amount.show()) for fact in report.facts) for report in (wanted, found)]
    assert counted[0] - counted[1] == Counter()
    assert counted[1] - counted[0] == Counter()


def test_no_full_stop_hangs_over_the_margin_in_any_style(made: tuple[list[Block], bytes]) -> None:
    """LibreOffice loses it where the style does not say so, and takes the value the other way round."""
    for own in opened(made[1]).styles:
        if own.type is not None and own.element.find(qn("w:pPr")) is not None:
            hangs = own.element.find(f"{qn('w:pPr')}/{qn('w:overflowPunct')}")
            assert hangs is not None, own.name
            assert hangs.get(qn("w:val")) == "1", own.name
