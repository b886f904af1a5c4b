"""Templates: marks anywhere in a bureau's own Word file, its look kept, mistakes named; the same facts come back."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from collections import Counter
from functools import cache
from itertools import pairwise
from pathlib import Path

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Pt
from lxml import etree

import template as page
from juesuan.app import Refused, build, prepare_workbook
from juesuan.composing.document import Composed, compose
from juesuan.composing.filling import filling
from juesuan.documents.docx_package import BadTemplate
from juesuan.documents.template_docx import Filled, fill_template
from juesuan.documents.template_starter import NAME, save_starter, starter
from juesuan.documents.text import read_text
from juesuan.documents.writing_text import write_text
from juesuan.generating import account_of, generate, report_of
from juesuan.knowledge.marks import marks, same
from juesuan.knowledge.styles import style
from juesuan.model.documents import Block, Heading, Table
from juesuan.model.reports import Report
from juesuan.model.templates import Filling
from juesuan.services.loading import Build
from juesuan.services.preparing import Wanted
from juesuan.understanding import interpret
from tests.documents.docx_reading import read_docx
from tests.documents.templates import (
    blank,
    bureau,
    converted,
    extreme_content,
    of_lines,
    of_office,
    saved,
    split,
    with_box,
)
from tests.publishing.extremes import extreme
from tests.publishing.geometry import laid_out

SEEDS = (3, 1, 2)
"""辽宁, 上海, 全国"""
OFFICE = shutil.which("soffice") or shutil.which("libreoffice")


@cache
def composed(seed: int) -> Composed:
    account = generate(seed)
    return compose(report_of(account), account_of(account), style(account.shape.style))


@cache
def content(seed: int) -> Filling:
    return filling(composed(seed), report_of(generate(seed)), account_of(generate(seed)))


def filled(template: bytes, seed: int = 3, draft: str = "") -> Filled:
    return fill_template(template, "模板.docx", content(seed), draft)


def opened(data: bytes) -> docx.document.Document:
    return docx.Document(io.BytesIO(data))


def text_of(data: bytes) -> str:
    """All words of all parts, by paragraph."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        roots = [etree.fromstring(archive.read(n)) for n in archive.namelist() if re.match(r"word/\w+\.xml$", n)]
    return "\n".join("".join(t.text or "" for t in p.iter(qn("w:t"))) for root in roots for p in root.iter(qn("w:p")))


def facts(report: Report) -> Counter[object]:
    return Counter((f.keys, f.amount.show(), f.amount.unit, f.blank) for f in report.facts)


def reasons(template: bytes, seed: int = 3) -> list[str]:
    with pytest.raises(BadTemplate) as caught:
        filled(template, seed)
    assert str(caught.value).startswith("模板.docx：模板不能用，没有写出任何文件：")
    return caught.value.reasons


NAMED = content(3).words["单位名称"]


# words ----------------------------------------------------------------------------------------------------------------


def test_a_mark_split_over_runs_keeps_its_first_look() -> None:
    made = blank()
    split(made.add_paragraph(), ["甲【", "单位", "名称", "】乙"])
    runs = opened(filled(saved(made)).data).paragraphs[0].runs
    assert [(run.text, bool(run.bold)) for run in runs if run.text] == [(f"甲{NAMED}", False), ("乙", True)]


def test_marks_stand_anywhere() -> None:
    made = blank()
    made.sections[0].header.paragraphs[0].text = "页眉【单位名称】"
    made.sections[0].footer.paragraphs[0].text = "页脚【年度】"
    with_box(made.add_paragraph("框外【年度】"), "框里【单位名称】")
    made.add_table(1, 1).cell(0, 0).text = "格里【本年收入】【金额单位】"
    words = text_of(filled(saved(made)).data)
    income = content(3).words["本年收入"]
    for wanted in (f"页眉{NAMED}", "页脚2020", "框外2020", f"格里{income}万元"):
        assert wanted in words
    assert words.split("\n").count(f"框里{NAMED}") == 2, "for new programs and for old ones"


@pytest.mark.parametrize(
    "written", ["【 单位名称 】", "【单位 名称】", "【三公经费支出】", "【“三公”经费支出】", '【"三公"经费支出】']
)
def test_names_are_alike_however_they_are_typed(written: str) -> None:
    words = filled(of_lines(written)).data
    assert opened(words).paragraphs[0].text in (NAMED, content(3).words["三公经费支出"])


def test_a_figure_by_its_key() -> None:
    lines = opened(
        filled(of_lines("【数：flow=income】", "【数:flow=expenditure fund=government_funds】")).data
    ).paragraphs
    assert [line.text for line in lines] == [
        content(3).words[name] for name in ("本年收入", "政府性基金预算财政拨款支出")
    ]


# blocks ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("template", [bureau(), starter()], ids=["bureau", "starter"])
def test_the_same_facts_come_back(seed: int, template: bytes) -> None:
    text = interpret(read_text(write_text(composed(seed).blocks).encode("utf-8"), "a.txt"))
    document = read_docx(filled(template, seed).data)
    kept = tuple(block for block in document.blocks if not _is_its_own(block))
    read = interpret(type(document)(document.file, "", "docx", kept))
    assert (read.department, read.year) == (text.department, text.year)
    assert facts(read) == facts(text)
    assert read.unread == []


def _is_its_own(block: Block) -> bool:
    """Whether it is the table that the bureau's template has on its cover."""
    return isinstance(block, Table) and block.width == 2 and "".join(c.text for c in block.cells()).startswith("合计")


def test_nothing_stands_twice() -> None:
    lines = ["【部门概况】", "【表：收入决算表】", "【图：支出结构】", "【说明：收入】", "【正文】"]
    data = filled(of_lines(*lines)).data
    found = [p.text for p in opened(data).paragraphs]
    wanted = [b.text for b in composed(3).blocks if isinstance(b, Heading) and b.level < 3]
    assert sorted(text for text in found if text in wanted) == sorted(t for t in wanted if t != "第一部分 部门概况")
    assert len(opened(data).inline_shapes) == len(composed(3).charts)


def test_a_title_is_left_out_where_that_is_wanted() -> None:
    titled, bare = (opened(filled(of_lines(f"【表：收入决算表{end}】")).data) for end in ("", "，不带标题"))
    assert [p.text for p in titled.paragraphs][1:] == [p.text for p in bare.paragraphs]
    assert len(titled.tables) == len(bare.tables) == 1


def test_paragraphs_look_like_their_mark() -> None:
    made = blank()
    mark = made.add_paragraph()
    mark.paragraph_format.first_line_indent, mark.paragraph_format.line_spacing = Pt(30), Pt(28)
    mark.add_run("【名词解释】").font.size = Pt(13)
    for paragraph in opened(filled(saved(made)).data).paragraphs:
        assert (paragraph.paragraph_format.first_line_indent, paragraph.paragraph_format.line_spacing) == (
            Pt(30),
            Pt(28),
        )
        assert [run.font.size for run in paragraph.runs] == [Pt(13)]


def test_headings_are_the_templates() -> None:
    made = opened(filled(bureau()).data)
    headings = {p.text: p.style.name for p in made.paragraphs if p.style and p.style.name.startswith("Heading")}  # type: ignore[union-attr]
    assert headings["第一部分 部门概况"] == "Heading 1"
    assert headings["二、收入决算情况说明"] == "Heading 2"


def test_the_template_is_kept() -> None:
    template, data = bureau(), filled(bureau()).data
    before, after = opened(template), opened(data)
    old = {s.style_id: etree.tostring(s.element, method="c14n", exclusive=True) for s in before.styles}
    new = {s.style_id: etree.tostring(s.element, method="c14n", exclusive=True) for s in after.styles}
    assert old.items() <= new.items()
    assert all("rFonts" not in new[own].decode() for own in new.keys() - old.keys()), "fonts are the template's"
    first, last = before.sections[0], after.sections[0]
    assert (first.page_width, first.left_margin, first.top_margin) == (
        last.page_width,
        last.left_margin,
        last.top_margin,
    )
    with zipfile.ZipFile(io.BytesIO(template)) as a, zipfile.ZipFile(io.BytesIO(data)) as b:
        for name in ("word/theme/theme1.xml", "word/fontTable.xml", "docProps/core.xml"):
            assert a.read(name) == b.read(name)


def test_the_same_bytes() -> None:
    assert filled(bureau()).data == filled(bureau()).data


def test_a_style_that_numbers_by_itself_does_not_number_twice() -> None:
    made = blank()
    look = made.styles["Heading 2"].element.get_or_add_pPr()
    look.append(look.makeelement(qn("w:numPr"), {}))
    made.add_paragraph("【情况说明】")
    heading = next(p for p in opened(filled(saved(made)).data).paragraphs if p.text.startswith("二、"))
    number = heading._p.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:numId')}")
    assert number is not None
    assert number.get(qn("w:val")) == "0"


def test_a_draft_says_so() -> None:
    assert opened(filled(bureau(), draft="草稿，未定稿").data).paragraphs[0].text == "草稿，未定稿"


# pages ----------------------------------------------------------------------------------------------------------------


def test_wide_tables_stand_on_turned_pages() -> None:
    made = blank()
    made.sections[0].header.paragraphs[0].text = "【单位名称】"
    start = made.sections[0]._sectPr
    start.append(start.makeelement(qn("w:pgNumType"), {qn("w:start"): "3"}))
    for line in ("前面的话", "【决算表】", "后面的话"):
        made.add_paragraph(line)
    sections = opened(filled(saved(made)).data).sections
    turned = [section.orientation == WD_ORIENT.LANDSCAPE for section in sections]
    assert turned[0] is False
    assert True in turned
    assert turned[-1] is False
    assert all(a != b for a, b in pairwise(turned))
    for section in sections:
        assert section.header.paragraphs[0].text == NAMED
    numbers = [s._sectPr.find(qn("w:pgNumType")) for s in sections]
    assert [n is not None and n.get(qn("w:start")) for n in numbers] == ["3", *[None] * (len(numbers) - 1)]


def test_a_table_that_fits_on_a_page_is_kept_together() -> None:
    table = opened(filled(of_lines("前面的话", "【表：收入决算表】")).data).tables[0]
    kept = [row._tr.find(f".//{qn('w:keepNext')}") is not None for row in table.rows]
    assert kept == [*[True] * (len(kept) - 1), False]


def test_no_page_is_empty_where_a_template_ends_with_a_wide_table() -> None:
    sections = opened(filled(of_lines("【表：一般公共预算表】")).data).sections
    assert [section.orientation for section in sections] == [WD_ORIENT.LANDSCAPE]


def test_pages_that_a_template_has_turned_stay() -> None:
    made = blank(landscape=True)
    made.add_paragraph("【决算表】")
    assert [s.orientation for s in opened(filled(saved(made)).data).sections] == [WD_ORIENT.LANDSCAPE]


def test_tables_are_as_wide_as_the_text_at_most() -> None:
    made = opened(filled(bureau(), 1).data)
    room = made.sections[0]
    sides = [side or 0 for side in (room.page_width, room.page_height, room.top_margin, room.left_margin)]
    longest = max(sides[1] - 2 * sides[2], sides[0] - 2 * sides[3]) / 635
    widths = [int(width.get(qn("w:w"))) for width in made.element.body.iter(qn("w:tblW"))]
    assert len(widths) > 9
    assert max(widths) <= longest


def test_the_contents_list_all_headings() -> None:
    made = opened(filled(bureau()).data)
    body = etree.tostring(made.element.body, encoding="unicode")
    assert ' TOC \\o "1-2" ' in body
    anchors = re.findall(r'w:anchor="(\w+)"', body)
    assert set(anchors) == set(re.findall(r'w:name="(_Toc\w+)"', body))
    listed = ["".join(t.text or "" for t in link.iter(qn("w:t"))) for link in made.element.body.iter(qn("w:hyperlink"))]
    assert listed[0] == "第一部分 部门概况"
    assert listed[-1] == "本单位补充的话"
    assert '<w:updateFields w:val="true"/>' in etree.tostring(made.settings.element, encoding="unicode")


def test_contents_of_the_templates_own_are_brought_up_to_date() -> None:
    made = blank()
    run = made.add_paragraph().add_run()
    code = run._r.makeelement(qn("w:instrText"), {})
    code.text = ' TOC \\o "1-3" '
    run._r.append(code)
    made.add_paragraph("【正文】")
    for template, wanted in ((saved(made), True), (of_lines("【正文】"), False)):
        settings = etree.tostring(opened(filled(template).data).settings.element, encoding="unicode")
        assert ("updateFields" in settings) is wanted


# mistakes -------------------------------------------------------------------------------------------------------------


def test_every_mistake_is_named_with_its_place() -> None:
    made = blank()
    made.sections[0].header.paragraphs[0].text = "【单位明称】"
    made.add_paragraph("本套决算由【单伟名称】编制")
    made.add_table(2, 2).cell(1, 0).text = "【表：收入决算】"
    with_box(made.add_paragraph(), "【年底】")
    made.add_paragraph("见【决算表】")
    made.add_paragraph("【说明：三公】")
    assert reasons(saved(made)) == [
        "正文第 1 段（“本套决算由【单伟名称】编制”）：没有【单伟名称】这个标记，是不是【单位名称】？",
        "正文第 1 个表第 2 行第 1 格：没有【表：收入决算】这个标记，是不是【表：收入决算表】？",
        "正文文本框里：没有【年底】这个标记，是不是【年度】？",
        "正文第 3 段（“见【决算表】”）：【决算表】要单独占一段，前后不能有别的字",
        "正文第 4 段：没有【说明：三公】这个标记，是不是【说明：“三公”经费】？",
        "页眉第 1 段：没有【单位明称】这个标记，是不是【单位名称】？",
    ]


def test_tables_do_not_stand_in_cells() -> None:
    made = blank()
    made.add_table(1, 1).cell(0, 0).text = "【决算表】"
    assert reasons(saved(made)) == [
        "正文第 1 个表第 1 行第 1 格：【决算表】里有标题、表或图，只能放在正文里，不能放在表格、文本框、页眉、页脚里"
    ]


def test_words_alone_do() -> None:
    made = blank()
    made.add_table(1, 1).cell(0, 0).text = "【名词解释】"
    assert "一、" in opened(filled(saved(made)).data).tables[0].cell(0, 0).text


def test_a_template_without_marks_is_none() -> None:
    assert reasons(of_lines("没有标记")) == ["没有一个标记。写法如【正文】，见 docs/template.md"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧的 .doc 文件"),
        (b"PK\x03\x04 broken", "已损坏"),
        (b"just words", "不是 Word 的 .docx"),
    ],
)
def test_what_is_no_template(data: bytes, said: str) -> None:
    assert said in reasons(data)[0]


def changed(data: bytes, part: str, old: bytes, new: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(stream, "w") as after:
        for name in before.namelist():
            text = before.read(name)
            assert name != part or old in text
            after.writestr(name, text.replace(old, new) if name == part else text)
    return stream.getvalue()


def test_macros_are_refused_and_templates_become_documents() -> None:
    kind = b"wordprocessingml.document.main+xml"
    types, template = "[Content_Types].xml", of_lines("【年度】")
    macros = changed(
        template, types, b"vnd.openxmlformats-officedocument." + kind, b"vnd.ms-word.document.macroEnabled.main+xml"
    )
    assert reasons(macros) == ["带有宏；请另存为不带宏的 .docx"]
    made = filled(changed(template, types, kind, b"wordprocessingml.template.main+xml")).data
    assert opened(made).paragraphs[0].text == "2020"


def test_entities_are_refused() -> None:
    head = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
    part = "word/document.xml"
    with zipfile.ZipFile(io.BytesIO(of_lines("【年度】"))) as archive:
        own = archive.read(part)
    spoilt = own.split(b"?>", 1)[1].replace("【年度】".encode(), "【年度】&e;".encode())
    assert "已损坏" in reasons(changed(of_lines("【年度】"), part, own, head + spoilt))[0]


def test_what_the_template_has_no_mark_for_is_said() -> None:
    made = filled(of_lines("【部门概况】", "【表：收入决算表】", "【说明：收入】"))
    assert made.left_out[:2] == ("说明：收入支出决算总体情况说明", "说明：支出决算情况说明")
    assert "名词解释" in made.left_out
    assert "绩效自评表" in made.left_out
    assert "部门概况" not in made.left_out
    assert not any("收入决算公开表" in one for one in made.left_out)
    assert filled(bureau()).left_out == ()


def test_a_piece_that_this_account_has_not_is_said() -> None:
    made = filled(of_lines("前", "【说明：预算绩效】", "后"))
    assert [p.text for p in opened(made.data).paragraphs] == ["前", "后"]
    assert made.empty == ("【说明：预算绩效】：本地的说明没有这一节，空着",)


@pytest.mark.parametrize("seed", range(6))
def test_every_mark_is_known_everywhere(seed: int) -> None:
    known = content(seed)
    all_of_it = {*known.words, *known.pieces, *known.lacking, *known.missing}
    for mark in (*marks().words, *marks().figures, *marks().pieces):
        assert same(mark.name) in all_of_it
    for family, found in (("说明", marks().sections), ("图", marks().charts)):
        for mark in found:
            assert same(f"{family}：{mark.name}") in all_of_it


# the command ----------------------------------------------------------------------------------------------------------


def test_the_command_writes_nothing_with_a_wrong_mark(tmp_path: Path) -> None:
    workbook = prepare_workbook(str(tmp_path), Wanted(example=True))[0]
    wrong = tmp_path / "本局模板.docx"
    wrong.write_bytes(of_lines("【正纹】"))
    with pytest.raises(Refused, match="是不是【正文】？") as caught:
        build(str(workbook), Build(template=str(wrong), output=str(tmp_path / "out")))
    assert caught.value.file == str(wrong)
    assert not (tmp_path / "out").exists()


def test_the_command_fills_the_template(tmp_path: Path) -> None:
    workbook = prepare_workbook(str(tmp_path), Wanted(example=True))[0]
    own = save_starter(str(tmp_path))
    assert own.name == NAME
    built, written = build(str(workbook), Build(formats=("text",), template=str(own), output=str(tmp_path / "out")))
    made = next(path for path in written if path.name == f"{built.name}.docx")
    assert "【" not in text_of(made.read_bytes())
    own.write_bytes(of_lines("【决算表】"))
    built, _ = build(str(workbook), Build(formats=(), template=str(own), output=str(tmp_path / "out")))
    assert built.told is not None
    assert "模板里没有放这些内容：部门概况、情况说明、名词解释、绩效自评表" in built.told.notes[-1]


def test_the_page_is_not_stale() -> None:
    assert page.PAGE.read_text(encoding="utf-8") == page.page()


# LibreOffice ----------------------------------------------------------------------------------------------------------


@pytest.mark.office
@pytest.mark.skipif(OFFICE is None, reason="LibreOffice 没有安装")
def test_a_template_of_another_maker(tmp_path: Path) -> None:
    template = of_office(str(OFFICE), tmp_path)
    with zipfile.ZipFile(io.BytesIO(template)) as archive:
        assert "【单位名称】" not in archive.read("word/document.xml").decode("utf-8"), "the mark is split"
    data = filled(template).data
    words = text_of(data)
    assert "【" not in words
    assert words.count(NAMED) > 2
    assert "框里2020" in words
    made = tmp_path / "filled.docx"
    made.write_bytes(data)
    assert converted(str(OFFICE), tmp_path, made, "pdf").stat().st_size > 10_000
    text = interpret(read_text(write_text(composed(3).blocks).encode("utf-8"), "a.txt"))
    read = interpret(read_docx(data))
    assert facts(text) <= facts(read)


@pytest.mark.office
@pytest.mark.skipif(OFFICE is None, reason="LibreOffice 没有安装")
@pytest.mark.parametrize(("case", "place"), [("names", "liaoning"), ("marked", "national"), ("amounts", "shanghai")])
def test_nothing_runs_over(case: str, place: str, tmp_path: Path) -> None:
    made = tmp_path / "extreme.docx"
    made.write_bytes(fill_template(bureau(), "模板.docx", extreme_content(place, case)).data)
    laid = laid_out(converted(str(OFFICE), tmp_path, made, "pdf").read_bytes())
    assert laid.wrong == []
    printed = re.sub(r"\s", "", "".join(laid.texts))
    wanted = [cell.text for block in extreme(place, case) if isinstance(block, Table) for cell in block.cells()]
    assert {
        text for text in wanted if re.sub(r"\s", "", text) not in printed and re.fullmatch(r"[-\d,.]+", text)
    } == set()
