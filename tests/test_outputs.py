"""The reviewer's files: page, workbook, opinion sheet. What a document says never becomes markup or a formula."""

from __future__ import annotations

import io
import os
import re
import zipfile
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from juesuan.app import check_file, rules
from juesuan.cli import main
from juesuan.documents.page_pictures import grey_png, page_pictures
from juesuan.documents.xlsx import read_xlsx
from juesuan.model.claims import Section
from juesuan.model.documents import Document, Paragraph, Table
from juesuan.model.findings import Finding, Severity
from juesuan.model.keys import ALL
from juesuan.model.places import Place
from juesuan.model.reports import ReadTable
from juesuan.presenting.checked import Checked
from juesuan.presenting.delivering import Occupied, target
from juesuan.presenting.entries import Parts, Rule, entries, opinions
from juesuan.presenting.html_index import html_index, row_of
from juesuan.presenting.html_page import html_page
from juesuan.presenting.opinion_sheet import opinion_sheet
from juesuan.presenting.originals import Original
from juesuan.presenting.text import finding_text
from juesuan.presenting.widths import Style
from juesuan.presenting.xlsx_list import COLUMNS, xlsx_list
from tests.samples import HERE, checked, housing

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "]]></style><b>",
    '=HYPERLINK("http://x",1)',
    "+1+cmd|' /C calc'!A0",
    "\x00\x08\u202e\ud800尾",
    "javascript:alert(1)//&amp;'",
)
RULES = {"AGREE-AMOUNT": Rule("同一数字前后一致", "各表之间")}
EXAMPLE = Path(__file__).parents[1] / "examples" / "xigang-office-2024.txt"


def text_account(*lines: str) -> Document:
    places = (Place("a.txt", line=n, start=0) for n in range(104, 104 + len(lines)))
    return Document("a.txt", "0" * 64, "text", tuple(Paragraph(t, p) for t, p in zip(lines, places, strict=True)))


def told(*findings: Finding, lines: tuple[str, ...] = ("上一行", "支出 90.63 万元，占 13.4%。", "下一行")) -> Checked:
    one = checked(findings=list(findings))
    assert one.report is not None
    one.report.document = text_account(*lines)
    return one


def hostile() -> Checked:
    made = [
        housing(message=f"{bad}\n{bad}", advice=bad, printed=bad, expected=bad, difference=bad, unit=bad, cause="")
        for bad in HOSTILE
    ]
    one = told(*made, lines=HOSTILE)
    assert one.report is not None
    one.report.department = HOSTILE[0]
    return replace(one, file=HOSTILE[1])


class Page(HTMLParser):
    """The elements of a page, all attributes, and whether every element is closed."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.names: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.texts: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]
        if tag not in ("meta", "input", "br"):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def parts(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name).decode("utf-8") for name in archive.namelist()}


def rows(data: bytes, sheet: str) -> list[list[str]]:
    tables = [b for b in read_xlsx(data, "x").blocks if isinstance(b, Table) and b.place.sheet == sheet]
    return [[cell.text if cell else "" for cell in row] for row in tables[0].rows]


# ------------------------------------------------------------------------------------------------------------ hostile


def test_no_text_becomes_an_element_or_an_attribute() -> None:
    plain, bad = Page(html_page(told(housing()), RULES)), Page(html_page(hostile(), RULES))
    assert bad.open == []
    assert set(bad.names) <= set(plain.names) | {"ul", "li", "tr", "td"}
    assert not [name for name, _ in bad.attributes if name.startswith("on") or name == "style"]
    links = [value for name, value in bad.attributes if name in ("href", "src")]
    assert links
    assert all(value.startswith("#") for value in links)
    assert "<script>alert(1)</script>" in "".join(bad.texts)


def test_the_page_asks_nothing_of_the_network() -> None:
    page = html_page(told(housing()), RULES)
    assert "default-src 'none'" in page
    assert not re.search(r"(?:src|href)=\"(?!#|data:)|url\(|@import", page)


def test_no_text_becomes_a_formula() -> None:
    for name, xml in parts(xlsx_list([hostile()], RULES)).items():
        assert "<f>" not in xml, name
        assert "<hyperlink " not in xml, name
    found = {cell for row in rows(xlsx_list([hostile()], RULES), "问题") for cell in row}
    assert HOSTILE[3] in found


def test_the_sheet_holds_what_xml_cannot() -> None:
    from xml.etree import ElementTree

    for name, xml in parts(opinion_sheet(hostile(), RULES)).items():
        ElementTree.fromstring(xml)
        assert "\u202e" not in xml, name


# ---------------------------------------------------------------------------------------------------------------- page


def test_the_wrong_words_are_marked_in_their_line() -> None:
    page = html_page(told(housing()), RULES)
    assert "支出 <mark>90.63</mark> 万元，占 " in page
    assert "随之有误（1 处）" in page
    assert "依据：各表之间。同一数字前后一致" in page
    assert "多 0.20" in page


def test_words_over_two_lines_are_both_marked() -> None:
    finding = housing(printed="西岗区政府", places=(Place("a.txt", line=104, start=0, quote="西岗区"),), symptoms=())
    one = told(finding, lines=("西岗区", "政府", "别的"))
    assert one.report is not None
    original = Original(one.report.document)
    assert [(m.run, m.start, m.end, m.main) for m in original.marks(finding)] == [(0, 0, 3, True), (1, 0, 2, True)]


def printed(*lines: str) -> Original:
    """A page whose lines all begin at 90 points; a letter is ten wide, the longest fills its line."""
    runs = []
    for n, text in enumerate(lines):
        edges = tuple(90.0 + 10 * at for at in range(len(text) + 1))
        box = (edges[0], 100.0 + 20 * n, edges[-1], 110.0 + 20 * n)
        runs.append(Paragraph(text, Place("a.pdf", page=1, box=box, start=100 * n), edges))
    return Original(Document("a.pdf", "0" * 64, "pdf", tuple(runs)))


def test_words_over_the_end_of_a_page_are_marked_on_both() -> None:
    lines = (
        ("（二）支出决算结构", 1, 0),
        ("主要原因：如持平作持", 1, 100),
        ("平表述，不涉及的不列", 2, 0),
        ("年末", 2, 100),
    )
    blocks = []
    for text, page, start in lines:
        edges = tuple(90.0 + 10 * at for at in range(len(text) + 1))
        place = Place("a.pdf", page=page, box=(90.0, 700.0, edges[-1], 710.0), start=page * 1000 + start)
        blocks.append(Paragraph(text, place, edges))
    original = Original(Document("a.pdf", "0" * 64, "pdf", tuple(blocks)))
    place = Place("a.pdf", page=1, box=(140.0, 700.0, 190.0, 710.0), start=1105, quote="如持平作持平表述")
    found = housing(printed="", places=(place,), symptoms=())
    assert [(page, box[0], box[2]) for page, box, _ in original.boxes(found)] == [(1, 140, 190), (2, 90, 120)]
    lost = housing(printed="", places=(place._replace(quote="如增长"),), symptoms=())
    assert [(page, box[0], box[2]) for page, box, _ in original.boxes(lost)] == [(1, 140, 190)]


def test_the_words_around_go_over_the_end_of_a_line() -> None:
    found = housing(
        printed="21.07", places=(Place("a.pdf", page=1, box=(90, 120, 140, 130), start=100, quote="21.07"),)
    )
    lines = ("其中，由中小企业成交的金额1234567.89，采购金额", "21.07万元。", "（三）国有资产")
    assert printed(*lines).around(found) == ("……1234567.89，采购金额", "21.07", "万元。")
    assert printed("采购情况如下。", lines[1]).around(found) == ("", "21.07", "万元。")
    assert printed("标题", lines[1], "国有资产占有使用情况").around(found) == ("", "21.07", "万元。")


def test_the_figure_that_a_wrong_one_is_held_against_is_related() -> None:
    """Of two figures that do not agree both are shown; of a long sum only the wrong one."""
    here, other = HERE, HERE._replace(line=106, quote="90.43")
    pair = Finding("EQ-AGREE", Severity.ERROR, "不一致", (here, other))
    long = replace(pair, places=(here, *(other._replace(line=n) for n in range(107, 119))))
    lines = tuple(f"住房保障 {'90.63' if n == 1 else '90.43'}" for n in range(16))
    for symptoms, shown in (((pair,), {105, 106}), ((long,), {105})):
        found = housing(places=(here,), symptoms=symptoms)
        original = Original(text_account(*lines))
        assert {original.runs[mark.run].place.line for mark in original.marks(found)} == shown


def test_a_title_stands_in_its_own_table_and_a_nameless_list_in_its_section() -> None:
    one = told(housing(), lines=("一、主要职能", "上海市 XX 局", "收入支出决算总表", "单位：万元", "1.00"))
    assert one.report is not None
    one.report.tables = [
        ReadTable("", "", Place("a.txt", line=105, start=0), "2024", "万元", ALL),
        ReadTable("totals", "收入支出决算总表", Place("a.txt", line=108, start=0), "2024", "万元", ALL),
    ]
    one.report.sections = [Section("一、主要职能", "", Place("a.txt", line=104, start=0), path=("一、主要职能",))]
    parts = Parts(one.report)
    assert parts.of(Place("a.txt", line=105, start=0, quote="XX局")) == "一、主要职能"
    assert parts.of(Place("a.txt", line=106, start=0, quote="收入支出决算总表")) == "收入支出决算总表"


def test_words_that_are_not_found_leave_the_place_marked() -> None:
    finding = housing(printed="没有这些字", symptoms=())
    one = told(finding)
    assert one.report is not None
    mark = Original(one.report.document).marks(finding)[0]
    assert mark == (1, 3, 8, True, 0)


def test_accepted_findings_come_last_with_their_reason() -> None:
    one = told(housing(accepted="批复如此"), housing(severity=Severity.INFO, message="尾差"))
    assert [entry.finding.accepted for entry in entries(one, RULES)] == ["", "批复如此"]
    assert "批复如此" in html_page(one, RULES)


def test_unread_and_unchecked_are_listed() -> None:
    page = html_page(told(), RULES)
    assert "未发现问题。这只对已核实的数成立" in page
    assert "不是数字" in page
    assert "表中没有年初数" in page


def test_two_hundred_findings_stay_small() -> None:
    many = [housing(message=f"第 {n} 个\n甲 ≠ 乙", printed=f"{n}.63", cause="") for n in range(200)]
    page = html_page(told(*many), RULES)
    assert page.count("<article") == 200
    assert len(page.encode()) < 1_000_000


def test_the_index_leads_to_every_page_and_begins_with_the_worst() -> None:
    clean_one, wrong, lost = told(), told(housing()), Checked("坏.txt", error="读不了<b>")
    made = [row_of(one, page) for one, page in ((clean_one, "甲.html"), (wrong, "乙.html"), (lost, "丙.html"))]
    page = html_index(made)
    links = [value for name, value in Page(page).attributes if name == "href"]
    assert len(links) == 3
    assert page.index("读不了&lt;b&gt;") > page.index("<tbody>")
    from urllib.parse import unquote

    assert [unquote(link) for link in links].index("乙.html") < [unquote(link) for link in links].index("甲.html")


# ------------------------------------------------------------------------------------------------------------ pictures


def one_page_pdf(turn: int = 0) -> bytes:
    objects = (
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]/Rotate {turn}/Contents 4 0 R>>",
        "<</Length 16>>stream\n0 0 50 100 re f\n\nendstream",
    )
    body, spots = "%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        spots.append(len(body))
        body += f"{number} 0 obj{one}endobj\n"
    table = "".join(f"{spot:010} 00000 n \n" for spot in spots)
    end = f"xref\n0 5\n0000000000 65535 f \n{table}trailer<</Size 5/Root 1 0 R>>\nstartxref\n{len(body)}\n%%EOF"
    return (body + end).encode()


@pytest.mark.parametrize(("turn", "size"), [(0, (200, 100)), (90, (100, 200))])
def test_a_picture_has_the_size_of_the_page_as_shown(turn: int, size: tuple[int, int]) -> None:
    (picture,) = page_pictures(one_page_pdf(turn), [1, 7], dpi=72)
    assert [picture.width, picture.height] == list(size)
    assert picture.png[16:24] == size[0].to_bytes(4, "big") + size[1].to_bytes(4, "big")


def test_a_damaged_file_has_no_pictures() -> None:
    assert list(page_pictures(b"%PDF-1.4 nothing", [1])) == []


def test_sixteen_greys_two_to_a_byte() -> None:
    import zlib

    png = grey_png(bytes((0, 255, 128, 99)), 3, 1, 4)
    data = png[png.index(b"IDAT") + 4 : png.index(b"IEND") - 8]
    assert zlib.decompress(data) == bytes((0, 0x0F, 0x8F))


# ------------------------------------------------------------------------------------------- workbook, opinion sheet


def test_the_list_has_a_row_for_the_cause_and_for_what_follows() -> None:
    found = rows(xlsx_list([told(housing())], RULES), "问题")
    assert found[0] == [title for title, _ in COLUMNS]
    titles = {title: n for n, title in enumerate(found[0])}
    cause, symptom = found[1], found[2]
    assert (cause[titles["序号"]], symptom[titles["序号"]]) == ("1", "1-1")
    assert cause[titles["原因编号"]] == symptom[titles["原因编号"]] == "1"
    assert (cause[titles["应为"]], cause[titles["差额"]], cause[titles["状态"]]) == ("90.43 万元", "多 0.20", "待核实")


def test_an_accepted_finding_is_not_pursued() -> None:
    found = rows(xlsx_list([told(housing(accepted="批复如此", symptoms=()))], RULES), "问题")
    titles = {title: n for n, title in enumerate(found[0])}
    assert found[1][titles["状态"]] == "不采纳"
    assert found[1][titles["备注"]] == "已接受：批复如此"


def test_all_files_of_a_folder_stand_in_one_list_and_failures_are_named() -> None:
    data = xlsx_list([told(housing()), Checked("坏.pdf", error="读不了")], RULES)
    assert "读不了" in rows(data, "覆盖情况")[2]


def sheet_text(one: Checked) -> str:
    return re.sub(r"<[^>]+>", "", parts(opinion_sheet(one, RULES))["word/document.xml"])


def test_errors_are_to_be_mended_queries_to_be_explained_infos_only_listed() -> None:
    later = housing().places[0]._replace(line=106)
    query = housing(
        severity=Severity.QUERY, message="原因太笼统", advice="请说明具体事由", places=(later,), symptoms=()
    )
    info = housing(severity=Severity.INFO, message="尾差", symptoms=())
    one = told(query, housing(), info, housing(accepted="批复如此", message="已看过"))
    said = sheet_text(one)
    assert "有2条意见，其中请更正1处，请说明1处" in said
    assert "请更正：改为 90.43 万元、13.3%。" in said
    assert "请说明：具体事由。" in said
    assert "另有1处属于尾差" in said
    assert "认可的1处" in said
    assert "已看过" not in said
    assert [entry.place.line for entry in opinions(entries(one, RULES))] == [105, 106]


def test_the_sheet_says_what_its_page_numbers_count() -> None:
    on_page = housing(places=(Place("a.pdf", page=11),), symptoms=())
    assert "不是页面上印的页码" in sheet_text(told(on_page))
    assert "不是页面上印的页码" not in sheet_text(told(housing()))


def test_numbers_are_the_same_in_every_output() -> None:
    query = housing(severity=Severity.QUERY, message="原因太笼统", symptoms=())
    one = told(query, housing(symptoms=()), housing(severity=Severity.INFO, message="尾差", symptoms=()))
    found = entries(one, RULES)
    assert [entry.number for entry in opinions(found)] == [1, 2]
    assert [row[0] for row in rows(xlsx_list([one], RULES), "问题")[1:]] == ["1", "2", "3"]
    page = html_page(one, RULES)
    for entry in found:
        assert f'id="title-{entry.number}"><span class="aside">问题 {entry.number}：</span>{entry.subject}' in page
    said = sheet_text(one)
    assert said.index("请更正1") < said.index("请说明2") < said.index("3. ")


def test_a_sheet_without_opinions_says_so() -> None:
    assert "没有需要更正或者说明的意见" in sheet_text(told())


def test_the_same_findings_give_the_same_bytes() -> None:
    first, second = told(housing()), told(housing())
    assert xlsx_list([first], RULES) == xlsx_list([second], RULES)
    assert opinion_sheet(first, RULES) == opinion_sheet(second, RULES)
    assert html_page(first, RULES) == html_page(second, RULES)


# -------------------------------------------------------------------------------------------------------- command line


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("甲.txt", "乙.txt"):
        (tmp_path / name).write_bytes(EXAMPLE.read_bytes())
    return tmp_path


@pytest.mark.parametrize(
    ("form", "name"),
    [("html", "甲-检查结果.html"), ("xlsx", "甲-问题清单.xlsx"), ("docx", "甲-审核意见单.docx")],
)
def test_results_have_names_of_their_own(folder: Path, form: str, name: str) -> None:
    assert main(["check", "甲.txt", "--format", form]) == 1
    assert (folder / name).stat().st_size > 5000


def test_several_pages_are_a_folder_with_an_index(folder: Path) -> None:
    assert main(["check", "甲.txt", "乙.txt", "--format", "html", "-o", "结果"]) == 1
    assert sorted(os.listdir(folder / "结果")) == sorted(["index.html", "甲.html", "乙.html"])
    assert main(["check", "甲.txt", "乙.txt", "--format", "xlsx"]) == 1
    assert (folder / "问题清单.xlsx").exists()


def test_the_index_counts_what_could_not_be_checked(folder: Path) -> None:
    (folder / "空.pdf").write_bytes(b"")
    assert main(["check", "甲.txt", "空.pdf", "--format", "html", "-o", "结果"]) == 2
    assert "；未能检查 1 份" in (folder / "结果" / "index.html").read_text(encoding="utf-8")


def test_an_account_is_never_overwritten(folder: Path) -> None:
    assert main(["check", "甲.txt", "--format", "html", "-o", "甲.txt"]) == 2
    assert (folder / "甲.txt").read_bytes() == EXAMPLE.read_bytes()
    with pytest.raises(Occupied):
        target("html", ["甲.txt"], "./甲.txt")


def test_every_check_has_a_rule() -> None:
    one = check_file(str(EXAMPLE))
    assert all(entry.rule.basis for entry in entries(one, rules()))


def test_a_message_that_quotes_the_words_stands_in_the_first_line_once() -> None:
    quoted = housing(message="列出了“邮电费”，表中为零。", printed="邮电费", expected="", difference="", unit="")
    first, *rest = finding_text(quoted, Style())
    assert first.count("邮电费") == 1
    assert not any("邮电费" in line for line in rest)
