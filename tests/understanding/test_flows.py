"""Running text: which lines are headings, which go on with the line before."""

from __future__ import annotations

from juesuan.model.documents import Paragraph
from juesuan.model.places import Place
from juesuan.understanding.flows import flow_sections


def sections(*lines: str) -> list[tuple[str, list[str]]]:
    blocks = [Paragraph(text, Place("a.pdf", 1, start=100 * n, quote=text)) for n, text in enumerate(lines)]
    return [(one.title, [flow.text for flow in one.entries]) for one in flow_sections(blocks) if one.title]


def test_a_term_whose_name_is_broken_over_two_lines_is_no_heading() -> None:
    found = sections(
        "第四部分 名词解释",
        "十九、社会保障和就业支出（类）行政事业单位养老支出（款）事业单位基本养老保险缴",
        "费支出（项）：反映缴纳的基本养老保险费。",
        "二十、住房保障支出（类）住房改革支出（款）住房公积金（项）：反映缴纳的住房公积金。",
    )
    assert [title for title, _ in found] == ["第四部分 名词解释"]
    assert [entry[:12] for entry in found[0][1]] == ["十九、社会保障和就业支出", "二十、住房保障支出(类)"]
    assert "保险缴费支出(项):反映" in found[0][1][0]


def test_a_heading_with_a_class_stays_a_heading() -> None:
    found = sections(
        "（一）一般公共服务支出（类）决算情况", "一般公共服务支出（类）财政事务（款）行政运行（项）支出 5.00 万元。"
    )
    assert [title for title, _ in found] == ["（一）一般公共服务支出（类）决算情况"]
