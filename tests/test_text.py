"""Text files: lines, pages, headings, tables with tabs and pipes; nothing lost, bounded time."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from juesuan.documents.errors import TooLarge
from juesuan.documents.reading import read
from juesuan.documents.text import read_text
from juesuan.model.documents import Cell, Document, Heading, PageBreak, Paragraph, Table

NAMES = ["xigang-office-2024.txt", "putuo-social-work-2024.txt", "putuo-culture-2025.txt"]
ACCOUNTS = sorted((Path(__file__).parent / "accounts").glob("*.txt"))


def document(text: str) -> Document:
    """The document in a text; → stands for a tab and ␌ for a form feed."""
    return read_text(text.replace("→", "\t").replace("␌", "\f").encode(), "a.txt")


def grids(found: Document) -> list[list[str]]:
    """The tables, each as its rows with cells joined by |."""
    tables = [block for block in found.blocks if isinstance(block, Table)]
    return [["|".join(cell.text for cell in row if cell is not None) for row in table.rows] for table in tables]


def plain(found: Document) -> list[str]:
    return [block.text for block in found.blocks if isinstance(block, Heading | Paragraph)]


def printed(found: Document) -> list[Cell | Heading | Paragraph]:
    """Everything that prints text."""
    pieces: list[Cell | Heading | Paragraph] = [*found.running]
    for block in found.blocks:
        if isinstance(block, Table):
            pieces += [cell for cell in block.cells() if cell.text]
        elif not isinstance(block, PageBreak):
            pieces.append(block)
    return pieces


def nothing_is_lost(text: str, found: Document, without: str = "") -> None:
    """Every character that is no space is in a block, and every block's text stands where its place says."""
    kept = Counter(c for piece in printed(found) for c in piece.text if not c.isspace() and c not in without)
    assert kept == Counter(c for c in text if not c.isspace() and c not in without)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for piece in printed(found):
        place = piece.place
        assert place.line is not None
        assert place.start is not None
        assert lines[place.line - 1][place.start :].startswith(piece.text)
        assert place.quote == piece.text


# lines and pages


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_line_endings(ending: str) -> None:
    found = document(ending.join(["一行", "", "三行", ""]))
    assert [(b.text, b.place.line) for b in printed(found)] == [("一行", 1), ("三行", 3)]


@pytest.mark.parametrize("mark", ["\v", "\x85", "\u2028", "\u2029"])
def test_other_marks_end_no_line(mark: str) -> None:
    found = document(f"甲{mark}乙\n丙")
    assert [b.place.line for b in printed(found)] == [1, 2]


def test_headers_run_through_no_sentence() -> None:
    """A mark at the head of every page is set apart; a title or a unit that stands there is none."""
    page = "草稿\n收入支出决算总表\n单位：万元\n本年收入比上年增加，主要原因是\n— {} —\n"
    found = document("␌".join(page.format(n) for n in range(1, 5)))
    assert {line.text for line in found.running} == {"草稿", *(f"— {n} —" for n in range(1, 5))}
    assert plain(found).count("收入支出决算总表") == plain(found).count("单位：万元") == 4


def test_pages() -> None:
    found = document("封面\n␌目录\n␌\n␌␌正文甲␌正文乙\n末行\n␌")
    pages = [(b.place.page, b.place.line, getattr(b, "text", "—")) for b in found.blocks]
    assert pages == [
        *[(1, 1, "封面"), (1, 2, "—"), (2, 2, "目录"), (2, 3, "—"), (3, 4, "—"), (4, 4, "—")],
        *[(5, 4, "正文甲"), (5, 4, "—"), (6, 4, "正文乙"), (6, 5, "末行"), (6, 6, "—")],
    ]
    assert [b.place.start for b in printed(found)] == [0, 1, 2, 6, 0]
    assert {b.place.page for b in document("甲\n乙").blocks} == {None}


def test_headings() -> None:
    text = """第一部分 部门概况
一、主要职能
(一)机关运行经费支出情况
（十一）政府采购
二、收入支出决算总体情况说明
- 三、支出情况
一、财政拨款收入：指单位本年度从本级财政部门取得的财政
(七)负责全区政务信息的采集、核实、编撰和上报工
（三）组织开展健康教育、健康科普、
四、占 97.7%；
1、一般公共服务支出（类）行政运行（项）
"""
    levels = [b.level if isinstance(b, Heading) else 0 for b in document(text).blocks]
    assert levels == [1, 2, 3, 3, 2, 2, 0, 0, 0, 0, 0]


def test_contents_are_neither_headings_nor_tables() -> None:
    text = """目  录
第一部分 部门概况 1
一、主要职能……………2
二、收入支出决算总表 3
三、收入决算表          4
四、支出决算表→5
␌五、财政拨款收入支出决算
总表 6
第一部分 部门概况
一、主要职能
"""
    found = document(text)
    kinds = [type(b) for b in found.blocks if not isinstance(b, PageBreak)]
    assert kinds == [Heading, *[Paragraph] * 7, Heading, Heading]


def test_contents_end_where_prose_begins() -> None:
    found = document("目录\n一、主要职能\n二、收入决算表\n说明\n本部门负责文化。\n一、职能\n")
    assert [isinstance(b, Heading) for b in found.blocks] == [True, False, False, False, False, True]
    assert len(document("目录\n").blocks) == 1


# tables with tabs


def test_blank_cells_and_places() -> None:
    found = document("␌收入→→ 支出 →\n→→1.00\n")
    table = found.blocks[1]
    assert isinstance(table, Table)
    assert grids(found) == [["收入||支出|", "||1.00|"]]
    spots = [(c.text, c.place.page, c.place.line, c.place.start) for c in table.cells()]
    assert spots[:4] == [("收入", 2, 1, 1), ("", 2, 1, None), ("支出", 2, 1, 6), ("", 2, 1, None)]
    assert spots[4:] == [("", 2, 2, None), ("", 2, 2, None), ("1.00", 2, 2, 2), ("", 2, 2, None)]


def test_titles_units_and_notes_stand_between_tables() -> None:
    text = """收入决算表→→→
→→→公开02表
部门：某局→→→金额单位：万元
2024年度→→→
项目→合计→基本→项目
201→1.00→2.00→3.00
注：1.本表反映收入。
支出决算表
单位：万元
项目→合计→基本→项目
201→1.00→2.00→3.00
说明：没有支出。
合计→1.00→2.00→3.00
"""
    found = document(text)
    assert [len(g) for g in grids(found)] == [2, 2, 1]
    assert plain(found)[:4] == ["收入决算表", "公开02表", "部门：某局\t\t\t金额单位：万元", "2024年度"]
    assert plain(found)[4:] == ["注：1.本表反映收入。", "支出决算表", "单位：万元", "说明：没有支出。"]


def test_blank_lines_between_rows() -> None:
    head, row, other = "项目→合计→基本", "201→1.00→2.00", "项目→行次→金额→项目→行次→金额"
    assert [len(g) for g in grids(document(f"{head}\n\n{row}\n\n\n{row}1\n"))] == [3]
    assert [len(g) for g in grids(document(f"{head}\n{row}\n\n{head}\n{row}\n"))] == [2, 2]
    assert [len(g) for g in grids(document(f"{head}\n{row}\n\n{other}\n"))] == [2, 1]


def test_form_feeds_end_a_table() -> None:
    found = document("项目→合计\n201→1.00\n␌202→2.00\n203→3.00\n")
    assert [type(b) for b in found.blocks] == [Table, PageBreak, Table]


def test_wrapped_pieces() -> None:
    text = """项目→→合计→基本
30108→机关事业单位基本养老保险→1.00→2.00
缴费
30109→职业年金
缴费→3.00→4.00
30110→职工基本医疗
保险
缴费→5.00→6.00
"""
    assert grids(document(text)) == [
        [
            "项目||合计|基本",
            "30108|机关事业单位基本养老保险|1.00|2.00",
            "|缴费||",
            "30109|职业年金||",
            "|缴费|3.00|4.00",
            "30110|职工基本医疗||",
            "|保险||",
            "|缴费|5.00|6.00",
        ]
    ]


@pytest.mark.parametrize(
    "line", ["收入决算表", "注：无", "单位：万元", "共增加 1.00 万元。", "二、支出情况", "第三部分 说明"]
)
def test_other_lines_end_a_table(line: str) -> None:
    found = document(f"项目→合计→基本\n201→1.00→2.00\n{line}\n202→1.00→2.00\n")
    assert len(grids(found)) == 2
    assert plain(found) == [line]


@pytest.mark.parametrize(
    "text",
    [
        "→本部门去年的情况如下，有所增加。",
        "1.→一般公共服务支出增加",
        "一、→主要职能",
        "→→收入支出决算总表",
        "审核人：张→填表人：王",
        "→",
    ],
)
def test_tabs_without_a_table(text: str) -> None:
    found = document(f"甲\n{text}\n乙\n")
    assert grids(found) == []
    nothing_is_lost(f"甲\n{text}\n乙\n".replace("→", "\t"), found)


# tables with pipes


def test_markdown_and_drawn_tables() -> None:
    text = """| 项目 | 行次 | 金额 |
|:---|:--:|---:|
| 一、教育 \\| 支出 | 1 | 12.00 |
| 合计 |  | 12.00
文字 | 文字
┌────┬────┐
│项目│金额│
├────┼────┤
│合计│1.00│
└────┴────┘
+----+----+
"""
    found = document(text)
    assert grids(found) == [
        ["项目|行次|金额", "一、教育 \\| 支出|1|12.00", "合计||12.00"],
        ["项目|金额", "合计|1.00"],
    ]
    assert plain(found) == ["文字 | 文字"]


def test_a_line_of_dashes_alone_is_kept() -> None:
    assert plain(document("甲\n────────\n乙\n")) == ["甲", "────────", "乙"]


# nothing is lost


@pytest.mark.real
@pytest.mark.parametrize("name", NAMES)
def test_real_documents_lose_nothing(name: str, real: Path) -> None:
    path = real / name
    nothing_is_lost(path.read_bytes().decode(), read(path, name))


@pytest.mark.parametrize("path", ACCOUNTS, ids=lambda path: path.name)
def test_our_accounts_lose_nothing(path: Path) -> None:
    nothing_is_lost(path.read_bytes().decode(), read(path))


@pytest.mark.real
@pytest.mark.parametrize("name", NAMES)
def test_real_rows_are_as_the_tabs_say(name: str, real: Path) -> None:
    found = read(real / name, name)
    lines = (real / name).read_text(encoding="utf-8").split("\n")
    seen = set()
    for block in found.blocks:
        for row in block.rows if isinstance(block, Table) else ():
            assert row[0] is not None
            number = row[0].place.line or 0
            text = lines[number - 1]
            if "\t" in text:
                cells = [cell.strip() for cell in text.split("\t")]
                assert [c.text for c in row if c] == [*cells, *[""] * (len(row) - len(cells))]
                seen.add(number)
    assert seen == {number for number, text in enumerate(lines, 1) if "\t" in text}


@pytest.mark.real
@pytest.mark.parametrize(
    ("name", "sizes"),
    [
        (NAMES[0], "33x6 19x11 19x10 35x9 22x16 32x12 4x17 4x12 5x12 13x11 17x10 17x10"),
        (NAMES[1], "3x3 32x4 20x9 20x8 34x7 20x5 40x6 4x12 3x8 3x8"),
        (NAMES[2], "6x3 30x4 14x9 17x9 13x9 15x8 17x8 12x8 17x7 15x7 24x5 20x5 40x6 5x12 9x8 3x8"),
    ],
)
def test_real_tables(name: str, sizes: str, real: Path) -> None:
    tables = [block for block in read(real / name).blocks if isinstance(block, Table)]
    assert " ".join(f"{len(table.rows)}x{table.width}" for table in tables) == sizes


WORDS = [
    "合计",
    "项  目",
    "一、教育支出",
    "201",
    "2010301",
    "307.82",
    "1,234.50",
    "-3",
    "—",
    "万元",
    "，",
    "。",
    "：",
    "表",
]
WORDS += [
    "单位：万元",
    "注：",
    "序号",
    "1",
    "2",
    "第一部分",
    "目录",
    "……",
    "（一）",
    "“三公”",
    "a\u0301",
    "\ufeff",
    "\u200b",
    "😀",
]
BLANKS = [" ", "  ", "     ", "\u3000", "\xa0", "\t", "\t\t", "\n", "\n\n", "\r\n", "\r", "\f", "\v", "\x85", "\u2028"]
PIECES = st.sampled_from(WORDS + BLANKS)


@given(st.lists(PIECES, max_size=80).map("".join))
def test_made_up_text_loses_nothing(text: str) -> None:
    if not text.strip().strip("\ufeff").strip():
        return
    nothing_is_lost(text.removeprefix("\ufeff"), read_text(text.encode(), "a.txt"))


@given(
    st.lists(st.one_of(PIECES, st.sampled_from(["|", "│", "---", "|--|", "+--+", "──", "┼"])), max_size=60).map("".join)
)
def test_made_up_drawings_lose_only_lines(text: str) -> None:
    if not text.strip().strip("\ufeff").strip():
        return
    found = read_text(text.encode(), "a.txt")
    nothing_is_lost(text.removeprefix("\ufeff"), found, without="|│┃｜-+─┼")


# bounds


@pytest.mark.parametrize(
    "line",
    [
        "支出合计 1.00 万元，占 97.7%；项目支出 15.67\n",
        "201 一般公共服务支出 264.87 264.87\n",
        "科目  名称    1.00   2.00\n",
        "合  计\n\n名  称\n",
        "人员 经费\n",
        "a\tb\tc\td\n",
        "a\tb\n\na\n",
        "|a|b|\n",
        "甲\f",
        "项目  金额  1.00 ",
        "一、 二、 三、  ",
        ". . ",
    ],
)
def test_repetition_without_end_is_read(line: str) -> None:
    """A third of a megabyte of one line, over and over: what is quadratic would not come back (bench times it)."""
    data = line.encode() * (320_000 // len(line.encode()))
    try:
        found = read_text(data, "a.txt")
    except TooLarge:
        return
    assert found.blocks
