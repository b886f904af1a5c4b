"""Leftovers of the form (表样残留): instructions that should have been deleted, placeholders that were never filled in.

Looks in and around tables, and in sentences. Refuses to call every XX a placeholder: only before a word that it can
stand for, and in a sentence behind 为, 占 and the like.
Source: 上海市 2024 年度部门决算公开表样 and the forms of other places; the phrases are data (structure, wording).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from juesuan.checking.outcomes import Failed, Outcome, Passed, Unchecked
from juesuan.checking.printed import Piece, Printed, printed_of
from juesuan.checking.registry import check
from juesuan.checking.remnants import Found, instructions, placeholders
from juesuan.knowledge.names import bare
from juesuan.knowledge.structure import pattern
from juesuan.model.findings import Severity
from juesuan.model.reports import Report


@check("STRUCT-LEFTOVER", severity="warning", basis="部门决算公开表样（填写说明）")
def no_instructions_left(report: Report) -> Iterator[Outcome]:
    """表内、表下和句中不应留有表样的填写说明（如“……的，仍保留该表格式，并在本表下方作下述说明”）。"""
    printed = printed_of(report)
    if not report.tables:
        yield Unchecked("没有表")
        yield from _in_sentences(instructions(report, ()))
        return
    found = [p for p in printed.worded if pattern("leftover", "instructions").search(p.word)]
    dotted = list(_dotted(printed))
    for pieces, what in ((found, "表样的填写说明未删去"), (dotted, "表样中以省略号表示的行未删去")):
        if pieces:
            yield Failed(
                message=f"{what}（{len(pieces)} 处）\n“{pieces[0].text.strip()}”",
                places=tuple(piece.place for piece in pieces),
                advice="请删去",
            )
        else:
            yield Passed(report.tables[0].place)
    yield from _in_sentences(instructions(report, {piece.place for piece in found}))


def _in_sentences(found: list[Found]) -> Iterator[Outcome]:
    """The instructions left in sentences, as one finding."""
    if not found:
        yield Passed()
        return
    passage, match = found[0]
    yield Failed(
        message=f"正文中表样的填写说明未删去（{len(found)} 处）\n“{match.group()}”",
        places=tuple(p.place(m.start(), m.end()) for p, m in found),
        advice="请删去",
        printed=passage.printed(match.start(), match.end()),
    )


def _dotted(printed: Printed) -> Iterator[Piece]:
    """Cells of dots that are the label of their row (an ordinal may stand before them), and lines of dots."""
    dots = pattern("leftover", "dots")
    row, labelled = None, False
    for piece in printed.around:
        if piece.row is None or piece.row != row:
            row, labelled = piece.row, False
        if not labelled and dots.fullmatch(piece.word) and (len(piece.word) > 1 or piece.word == "…"):
            yield piece
        labelled = labelled or not piece.word.isdigit()


@check("STRUCT-PLACEHOLDER", severity="error", basis="部门决算公开表样（XX 局、XX 万元）")
def no_placeholders(report: Report) -> Iterator[Outcome]:
    """表内、表头、表下和句中不应留有“XX局”“XX万元”一类的占位符。"""
    pieces = printed_of(report).worded if report.tables else []
    certain = [p for p in pieces if pattern("placeholder", "certain").search(p.word)]
    doubtful = [p for p in pieces if p not in certain and pattern("placeholder", "doubtful").search(p.word)]
    sure, doubted = placeholders(report, {piece.place for piece in (*certain, *doubtful)})
    for found, said, severity in ((certain, sure, None), (doubtful, doubted, Severity.QUERY)):
        if found:
            yield _unfilled(found, severity)
        if said:
            yield _unfilled_in_sentences(said, severity)
    if not report.tables:
        yield Unchecked("没有表")
    elif not (certain or doubtful or sure or doubted):
        yield Passed(report.tables[0].place)


def _unfilled_in_sentences(found: list[Found], severity: Severity | None) -> Failed:
    passage, match = found[0]
    return Failed(
        message=f"正文中占位符“{match.group()}”没有换成实际内容（{len(found)} 处）",
        places=tuple(p.place(m.start(), m.end()) for p, m in found),
        advice="请填写实际内容" + ("；按保密规定隐去的，不必改" if severity is Severity.QUERY else ""),
        printed=passage.printed(match.start(), match.end()),
        severity=severity,
    )


def _unfilled(found: list[Piece], severity: Severity | None) -> Failed:
    wanted = re.compile(f"{pattern('placeholder', 'certain').pattern}|{pattern('placeholder', 'doubtful').pattern}")
    match = wanted.search(found[0].word)
    printed = match.group() if match else bare(found[0].text)
    return Failed(
        message=f"占位符“{printed}”没有换成实际内容（{len(found)} 处）",
        places=tuple(piece.place for piece in found),
        advice="请填写实际内容" + ("；按保密规定隐去的，不必改" if severity is Severity.QUERY else ""),
        severity=severity,
    )
