"""Tables without tabs: columns from positions, heads over several columns, single spaces, numbered lists; no prose."""

from __future__ import annotations

import unicodedata
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from juesuan.documents.lines import columns_of, is_caption, is_wrapped, wide_columns_of
from juesuan.documents.reading import read
from juesuan.documents.text import read_text
from juesuan.model.documents import Document, Heading, Paragraph, Table

ACCOUNT = Path(__file__).parent / "accounts" / "central-geology-2021.txt"
Grid = list[list[str]]


def document(text: str) -> Document:
    return read_text(text.replace("␌", "\f").encode(), "a.txt")


def tables(text: str) -> list[Grid]:
    blocks = [block for block in document(text).blocks if isinstance(block, Table)]
    return [[[cell.text for cell in row if cell is not None] for row in table.rows] for table in blocks]


def rows(text: str) -> list[str]:
    """The rows of the only table in a text, cells joined by |."""
    (grid,) = tables(text)
    return ["|".join(row) for row in grid]


def paragraphs(text: str) -> list[str]:
    return [block.text for block in document(text).blocks if isinstance(block, Heading | Paragraph)]


def ruler(text: str) -> int:
    """An independent measure of columns."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


# positions


def test_a_whole_table() -> None:
    text = """
                收      入                                   支      出
         项    目               决算数                项    目               决算数
一、一般公共预算财政拨款收    52,933,530.95  一、一般公共服务支出
入
二、政府性基金预算财政拨款                   二、外交支出
收入
三、上级补助收入                 680,000.00  三、国防支出
七、其他收入                     318,462.09  七、文化旅游体育与传媒支出
                                             八、社会保障和就业支出         7,324,797.28
                                             九、卫生健康支出
                                             十八、自然资源海洋气象等支    46,515,416.83
                                             出
  本 年 收 入 合 计           62,000,352.04    本 年 支 出 合 计           62,533,174.52
  总        计                65,546,607.97    总        计                65,546,607.97
"""
    assert rows(text) == [
        "收      入||支      出|",
        "项    目|决算数|项    目|决算数",
        "一、一般公共预算财政拨款收|52,933,530.95|一、一般公共服务支出|",
        "入|||",
        "二、政府性基金预算财政拨款||二、外交支出|",
        "收入|||",
        "三、上级补助收入|680,000.00|三、国防支出|",
        "七、其他收入|318,462.09|七、文化旅游体育与传媒支出|",
        "||八、社会保障和就业支出|7,324,797.28",
        "||九、卫生健康支出|",
        "||十八、自然资源海洋气象等支|46,515,416.83",
        "||出|",
        "本 年 收 入 合 计|62,000,352.04|本 年 支 出 合 计|62,533,174.52",
        "总        计|65,546,607.97|总        计|65,546,607.97",
    ]


def test_heads_of_three_levels_without_figures() -> None:
    def centred(*cells: tuple[int, int, str]) -> str:
        return put([(2 + 12 * first, 8 + 12 * last, text, "centre") for first, last, text in cells])

    text = "\n".join(
        [
            centred(
                (0, 1, "合    计"),
                (2, 3, "因公出国（境）费"),
                (4, 9, "公务用车购置及运行维护费"),
                (10, 11, "公务接待费"),
            ),
            centred((4, 5, "小    计"), (6, 7, "公务用车购置费"), (8, 9, "公务用车运行维护费")),
            centred(*((i, i, "决算数" if i % 2 else "预算数") for i in range(12))),
        ]
    )
    assert rows(text) == [
        "合    计||因公出国（境）费||公务用车购置及运行维护费||||||公务接待费|",
        "||||小    计||公务用车购置费||公务用车运行维护费|||",
        "|".join(["预算数", "决算数"] * 6),
    ]


def test_a_wrapped_head_is_not_spread_over_its_neighbours() -> None:
    text = """
科目名称        财政拨款    上级补助                            附属单位    其他收入
                                        事业收入    经营收入
                收入        收入                                上缴收入
                1           2           3           4           5           6
合计            307.82      1.00        2.00        3.00        4.00        5.00
"""
    assert rows(text)[:3] == [
        "科目名称|财政拨款|上级补助|||附属单位|其他收入",
        "|||事业收入|经营收入||",
        "|收入|收入|||上缴收入|",
    ]


def test_the_account_in_the_repository() -> None:
    blocks = [block for block in read(ACCOUNT).blocks if isinstance(block, Table)]
    sizes = [(len(table.rows), table.width) for table in blocks]
    assert sizes == [(35, 4), (26, 10), (19, 8), (9, 8), (32, 6), (24, 5), (53, 6), (4, 8), (5, 12)]
    grid = [[cell.text if cell else "" for cell in row] for table in blocks for row in table.rows]
    assert ["项      目", "", "年初结转", "本年收入", "本年支出", "", "", "年末结转"] in grid
    assert ["", "合    计", "", "", "", "", "", ""] in grid
    assert ["2060702", "科普活动", "－１２，３４５．６０", "", "－１２，３４５．６０"] in grid


def test_a_table_goes_on_overleaf_in_its_columns() -> None:
    text = """科目编码  科目名称          合计      基本支出    项目支出    经营支出
201       一般公共服务      307.82      100.00      107.82      100.00
202       外交支出          307.82      100.00      107.82      100.00
                                - 1 -
␌203       国防支出          200.00      100.00                  100.00
204       公共安全支出      100.00                              100.00
"""
    first, second = tables(text)
    assert second == [
        ["203", "国防支出", "200.00", "100.00", "", "100.00"],
        ["204", "公共安全支出", "100.00", "", "", "100.00"],
    ]
    assert len(first[0]) == 6
    (_, alone) = tables(text.replace("␌", "支出决算表（续）\n"))
    assert alone[0] == ["203", "国防支出", "200.00", "100.00", "100.00"]


def test_wide_spaces_and_marks() -> None:
    text = "项　目　　　　决算数\n“三公”经费　　３０．００\n会议费　　　　　１．００\n合　计　　　　３１．００\n"
    assert rows(text) == ["项　目|决算数", "“三公”经费|３０．００", "会议费|１．００", "合　计|３１．００"]


def test_columns_that_share_no_row() -> None:
    text = "国防        1.00\n外交                    2.00\n教育        3.00\n"
    assert rows(text) == ["国防|1.00|", "外交||2.00", "教育|3.00|"]


def test_long_names_do_not_hide_a_column() -> None:
    text = """科目名称          基本支出  项目支出
国防支出            1.00      2.00
国有土地使用权出让收入安排的支出
外交支出            1.00      2.00
其他国有土地使用权出让收入    3.00
"""
    assert rows(text)[2:] == [
        "国有土地使用权出让收入安排的支出||",
        "外交支出|1.00|2.00",
        "其他国有土地使用权出让收入||3.00",
    ]


def test_an_odd_gap_in_a_name_makes_no_column() -> None:
    text = "国家安全和国防支出      1.00    2.00\n" * 4 + "社会保障  和就业支出    1.00    2.00\n"
    assert rows(text)[4] == "社会保障  和就业支出|1.00|2.00"


def test_codes_and_figures_with_one_space() -> None:
    text = (
        "201 一般公共服务支出  264.87 264.87  1.00\n"
        "20139 社会工作事务    264.87 264.87  1.00\n"
        "      合  计          529.74 529.74  2.00\n"
    )
    assert rows(text) == [
        "201|一般公共服务支出|264.87|264.87|1.00",
        "20139|社会工作事务|264.87|264.87|1.00",
        "|合  计|529.74|529.74|2.00",
    ]


def test_letter_spacing() -> None:
    text = (
        "类   款  项  科 目 名 称    合    计\n             栏      次         1\n201  03  01  行政运行      434.21\n"
    )
    assert rows(text) == ["类|款|项|科 目 名 称|合    计", "|||栏      次|1", "201|03|01|行政运行|434.21"]
    assert rows("收      入          支      出\n项目    1.00        项目    2.00\n")[0] == "收      入||支      出|"


def test_one_code_under_three_heads() -> None:
    codes = "".join(f"20103{n:02}     行政运行    4.00\n" for n in range(1, 9))
    assert rows(f"类 款 项    名称        合计\n{codes}")[:2] == ["类 款 项|名称|合计", "2010301|行政运行|4.00"]


def test_captions_are_no_rows() -> None:
    text = """                收入决算表
                                    公开02表
部门：某局      2024年度      金额单位：万元
项目          合计          基本
201           1.00          1.00
注：本表反映收入。
"""
    assert rows(text) == ["项目|合计|基本", "201|1.00|1.00"]
    assert paragraphs(text)[2] == "部门：某局      2024年度      金额单位：万元"
    places = [b.place for b in document(text).blocks if isinstance(b, Paragraph)]
    assert [(p.line, p.start) for p in places] == [(1, 16), (2, 36), (3, 0), (6, 0)]


def test_blank_lines_between_rows() -> None:
    text = "项目      合计      基本\n\n国防      1.00      1.00\n\n外交      2.00      2.00\n"
    assert len(rows(text)) == 3
    assert len(tables(text + "\n" + text)) == 2


# single spaces


def test_totals_with_single_spaces() -> None:
    text = """收入支出决算总表
单位：万元
收入 支出
项 目 决算数 项 目 决算数
一、一般公共预算财政拨款收入 307.82 一、一般公共服务支出 264.87
二、政府性基金预算财政拨款收入 二、外交支出
九、卫生健康支出 2.71
十、节能环保支出
本年收入合计 307.82 本年支出合计 307.82
年初结转和结余 1.00 年末结转和结余 1.00
总 计 307.82 总 计 307.82
"""
    assert rows(text) == [
        "收入|支出||",
        "项 目|决算数|项 目|决算数",
        "一、一般公共预算财政拨款收入|307.82|一、一般公共服务支出|264.87",
        "二、政府性基金预算财政拨款收入||二、外交支出|",
        "九、卫生健康支出|2.71||",
        "十、节能环保支出|||",
        "本年收入合计|307.82|本年支出合计|307.82",
        "年初结转和结余|1.00|年末结转和结余|1.00",
        "总 计|307.82|总 计|307.82",
    ]


def test_codes_with_single_spaces() -> None:
    text = """合计 307.82 105.58 202.24
201 一般公共服务支出 264.87 62.63 202.24
2013901 行政运行 51.32 51.32
2080505 机关事业单位基本养老保险缴
费支出 6.18 6.18
210 卫生健康支出
3 行 1 2 3
"""
    assert rows(text) == [
        "合计||307.82|105.58|202.24",
        "201|一般公共服务支出|264.87|62.63|202.24",
        "2013901|行政运行|51.32|51.32|",
        "2080505|机关事业单位基本养老保险缴|||",
        "|费支出|6.18|6.18|",
        "210|卫生健康支出|||",
    ]


def test_rows_of_figures_alone() -> None:
    assert rows("1 2 3 4\n13.40 0.00 13.40 -3.74\n") == ["1|2|3|4", "13.40|0.00|13.40|-3.74"]
    assert rows("2210203 购房补贴 11.72 11.72\n注：无\n") == ["2210203|购房补贴|11.72|11.72"]


def test_a_numbered_list() -> None:
    text = """纳入编制范围的单位包括：
序号 单位名称 备注
1 中共上海市普陀区委社会工作部（本级）
2 上海市普陀区图书馆（上海市普陀区少年儿童图书
馆）
3 上海市普陀区文化馆 公益 一类
第二部分 决算表
"""
    assert rows(text) == [
        "序号|单位名称|备注",
        "1|中共上海市普陀区委社会工作部（本级）|",
        "2|上海市普陀区图书馆（上海市普陀区少年儿童图书|",
        "|馆）|",
        "3|上海市普陀区文化馆|公益 一类",
    ]
    assert rows("序号  单位名称        备注\n1     某局（本级）    行政\n2     某馆\n")[2] == "2|某馆|"
    assert tables("序号 单位名称\n没有下属单位\n") == []


# prose


@pytest.mark.parametrize(
    "text",
    [
        "本年支出合计 677.92 万元，其中：基本支出 662.26 万元，占 97.7%；项目支出 15.67\n万元，占 2.3%。",
        "支出  677.92  万元，占  97.7%；收入  677.92  万元，占  2.3%\n支出  677.92  万元，占  97.7%；收入  677.92\n",
        "一般公共预算财政拨款支出年初预算为 27780.16\n政府性基金预算财政拨款支出年初预算为 2780.16\n",
        "2024 年度本部门 面向中小企业预留 政府采购项目预算 金额\n21.07 万元",
        "2024 年度本部门  面向中小企业预留  政府采购项目预算  金额\n21.07 万元，面向  小微企业",
        "2024 年度部门决算\n2024 年 12 月 31 日\n第 3 页 共 5 页\n",
        "单位负责人：张三      财务负责人：李四     填表人：王五\n审核人：        日期：\n",
        "机要通信用车 1 辆、应急保障用车 3 辆\n共有车辆 4 辆\n",
        "一、  主要职能\n二、  部门决算单位构成\n1.  办公室\n",
        "目  录\n第一部分  概况\n一、  职能      1\n二、  单位      2\n",
        "收入决算表 ........ 3\n支出决算表 ........ 4\n",
        "第一部分  国家地质样品中心概况\n第二部分  2021 年度部门决算表\n",
        "部门：某局                    单位：万元\n部门：某局                    单位：万元\n",
        "　　本部门 2024 年度收入总计 10.00 万元\n　　本部门 2024 年度支出总计 10.00 万元\n",
        "单价 100 万元（含）以上设备 0 台（套）\n单价 50 万元（含）以上设备 0 台（套）\n",
    ],
)
def test_prose_is_no_table(text: str) -> None:
    assert tables(text) == []
    assert "".join("".join(paragraphs(text)).split()) == "".join(text.split())


def test_captions_and_pieces() -> None:
    for caption in [
        "收入决算表",
        "收入决算表（续）",
        "支出决算总表（按功能分类）",
        "财决公开 02 表",
        "附表3",
        "（2024年度）",
        "单位：元",
        "注：无",
        "备注：1",
    ]:
        assert is_caption([caption]), caption
    for cell in ["合计", "2024", "2024年度收入", "报表审计费 1.00", "单位名称", "资金（单位：万元）", "三公", "备注"]:
        assert not is_caption([cell]), cell
    assert is_caption(["部门：某局", "2024年度"])
    assert not is_caption(["主管部门：", "某局", "实施单位", "某中心"])
    assert not is_caption(["备注：", "无"])
    assert is_wrapped("老保险缴费支出")
    assert not is_wrapped("其中：")
    assert not is_wrapped("一、收入")


@given(st.text(st.sampled_from("合计1.,（“” \u3000a—Ａ"), max_size=20))
def test_columns_are_counted(text: str) -> None:
    assert columns_of(text) == ruler(text)
    assert wide_columns_of(text) == ruler(text) + sum(text.count(c) for c in "“”—")


# made-up tables

NAMES = st.sampled_from(
    [
        "合    计",
        "一、一般公共服务支出",
        "教育支出",
        "国有土地使用权出让收入安排的支出",
        "项",
        "“三公”经费",
        "收 入",
        "（一）基本",
    ]
)
HEADS = st.sampled_from(["合计", "基本支出", "项目支出", "决算数", "财政拨款收入", "小    计", "上级补助收入"])
FIGURES = st.one_of(
    st.just(""), st.decimals(-999999, 99999999, places=2).map("{:,.2f}".format), st.sampled_from(["0.00", "0.00", "—"])
)
TOPS = st.sampled_from(["本年支出", "年初结转和结余", "收      入"])


def put(cells: list[tuple[int, int, str, str]]) -> str:
    """A line with texts set left, right or centred between two columns each."""
    line = ""
    for left, right, text, how in cells:
        room = right - left - ruler(text)
        at = left + {"left": 0, "right": room, "centre": room // 2}[how]
        line += " " * (at - ruler(line)) + text if text else ""
    return line


@st.composite
def made_up(draw: st.DrawFn) -> tuple[str, Grid]:
    """A table with groups of columns under common heads, its text and its grid."""
    groups = draw(st.lists(st.integers(1, 3), min_size=1, max_size=3))
    count = sum(groups)
    leaves = [draw(HEADS) for _ in range(count)]
    body = [[draw(NAMES), *[draw(FIGURES) for _ in range(count)]] for _ in range(draw(st.integers(2, 5)))]
    body.append(["合计", *["1,234,567.00"] * count])
    columns = list(zip(*[["科目名称", *leaves], *body], strict=True))
    widths = [max(map(ruler, column)) + draw(st.integers(0, 4)) for column in columns]
    gap = draw(st.integers(2, 5))
    lefts = [sum(widths[:i]) + gap * i for i in range(count + 1)]
    rights = [left + width for left, width in zip(lefts, widths, strict=True)]
    top, low = [""] * (count + 1), [""] * (count + 1)
    over = [(0, 0)]
    top[0] = "科目名称"
    first = 1
    for size in groups:
        top[first] = draw(TOPS) if size > 1 else leaves[first - 1]
        low[first : first + size] = leaves[first - 1 : first - 1 + size] if size > 1 else [""]
        over.append((first, first + size - 1))
        first += size
    lines = [put([(lefts[a], rights[b], top[a], "centre") for a, b in over])]
    if any(low):
        lines.append(put([(lefts[i], rights[i], low[i], "centre") for i in range(1, count + 1)]))
    for row in body:
        lines.append(put([(lefts[i], rights[i], t, "right" if i else "left") for i, t in enumerate(row)]))
    return "\n".join(lines) + "\n", [top, *([low] if any(low) else []), *body]


@given(made_up())
def test_made_up_tables_are_read_as_they_were_set(made: tuple[str, Grid]) -> None:
    text, grid = made
    assert tables(text) == [grid], "\n" + text


@given(made_up())
def test_made_up_tables_lose_nothing(made: tuple[str, Grid]) -> None:
    text, _ = made
    squeezed = "\n".join(" ".join(line.split()) for line in text.split("\n"))
    for form in (text, squeezed, text.replace("  ", "\u3000"), text.replace("\n", "\n\n")):
        found = document(form)
        texts = [c.text for b in found.blocks if isinstance(b, Table) for c in b.cells()] + [
            b.text for b in found.blocks if isinstance(b, Heading | Paragraph)
        ]
        assert Counter("".join("".join(texts).split())) == Counter("".join(form.split()))
