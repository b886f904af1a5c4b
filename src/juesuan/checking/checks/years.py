"""Years (年度): is the year in titles, table heads, cover and headings the account's own?

Refuses to take a year out of a reason or a date: only where a year stands in a slot of its own, or as the subject's
year or the year compared with in a sentence.
Source: 部门决算公开表样 (封面、各部分标题、表头的年度).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from juesuan.checking.outcomes import Failed, Outcome, Passed, Unchecked
from juesuan.checking.printed import PART, Piece, Printed, name_of, printed_of
from juesuan.checking.registry import check
from juesuan.checking.subjects import Year, years
from juesuan.knowledge.names import bare, plain
from juesuan.knowledge.places import title_form
from juesuan.model.findings import Severity
from juesuan.model.reports import Report

_ALONE = re.compile(r"\(?(20\d\d)年?度?\)?")
_YEAR = re.compile(r"(?<!\d)(20\d\d)年?度?(?!\d|\d*月|-\d)")
_HEAD = re.compile(r"(?:部门|单位|编制|填报)(?:\(单位\))?[:：]|公开\d+表")
_SLOT = re.compile(r"(20\d\d)年?度?(?:部门|单位)?决算(?:公开)?(?:情况|表|报表|说明|情况说明|报告|文本)?$")


def head_year(piece: Piece) -> str:
    """The year in a line or cell of a table's head: alone, beside unit and department, or in the title; else ""."""
    word = piece.word
    if match := _ALONE.fullmatch(word):
        return match.group(1)
    years = _YEAR.findall(word)
    if len(set(years)) == 1 and len(word) < 80 and (_HEAD.search(word) or title_form(piece.text)):
        return str(years[0])
    return ""


def _is_heading(printed: Printed, piece: Piece, match: re.Match[str]) -> bool:
    """Whether the line is the heading of a part: 第…部分, or the department's name and …年度部门决算表 or …说明."""
    if PART.match(piece.word):
        return True
    before = bare(piece.word[: match.start()])
    return bool(before) and before == bare(printed.report.department) and not match.group().endswith("决算")


def _slots(printed: Printed) -> Iterator[tuple[str, str, Piece]]:
    """(where, year, piece) for every slot."""
    cover = printed.cover
    for piece in cover:
        if match := _ALONE.fullmatch(piece.word) or _SLOT.search(piece.word):
            yield "封面", match.group(1), piece
    for piece in [*printed.contents, *printed.body()]:
        if piece not in cover and (match := _SLOT.search(piece.word)) and _is_heading(printed, piece, match):
            yield "标题", match.group(1), piece
    for number, table in enumerate(printed.report.tables):
        stated = plain(table.stated_year.quote) if table.stated_year else ""
        for piece in printed.before(number):
            if piece.place == table.stated_year and stated and (year := head_year(piece)):
                yield name_of(table), year, piece


@check("STRUCT-YEAR", severity="error", basis="部门决算公开表样（年度）")
def one_year(report: Report) -> Iterator[Outcome]:
    """封面、标题、表头和句中的年度应与本决算的年度一致，句中与上年比较的应为上年。"""
    if not report.year.isdecimal():
        yield Unchecked("决算的年度未能确定")
        return
    slots = list(_slots(printed_of(report)))
    wrong: dict[str, list[tuple[str, Piece]]] = {}
    for where, year, piece in slots:
        if year == report.year:
            yield Passed(piece.place)
        else:
            wrong.setdefault(year, []).append((where, piece))
    for year, found in wrong.items():
        names = "、".join(dict.fromkeys(where for where, _ in found))
        yield Failed(
            message=f"{names}的年度",
            places=tuple(piece.place for _, piece in found),
            advice=f"请核对年度：本决算为 {report.year} 年度",
            printed=year,
            expected=report.year,
        )
    said = list(years(report))
    yield from (_in_sentence(year) for year in said)
    if not slots and not said:
        yield Unchecked("封面、标题、表头和句中都没有写年度")


def _in_sentence(year: Year) -> Outcome:
    """A year in a sentence against the one that should stand there."""
    if year.printed == year.expected:
        return Passed(year.place)
    return Failed(
        message=f"正文的年度：{year.printed}，应为 {year.expected}",
        places=(year.place,),
        advice=f"请改为 {year.expected}" + ("" if year.sure else "；确是另一年度的，不必改"),
        printed=year.printed,
        expected=year.expected,
        severity=None if year.sure else Severity.QUERY,
    )
