"""The self-check sheet (自查表): what was checked, what was found, how it was answered, who signs.

Composed from records, for the preparer and the reviewer to sign on paper. Refuses dates: whoever signs writes them, and
the same account gives the same sheet.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from juesuan.composing import grids
from juesuan.knowledge.numerals import chinese
from juesuan.model.documents import Block, Heading, Paragraph, Table
from juesuan.model.places import Place

_NOWHERE = Place()
_NONE = "无。"


@dataclass(frozen=True, slots=True)
class Line:
    """One check with how its outcomes ended. `crashed`: why it could not be carried out."""

    check: str
    severity: str
    title: str
    passed: int
    failed: int
    unchecked: int
    crashed: str = ""

    @property
    def result(self) -> str:
        """故障, 不符, 通过 or 未查: absence is never a pass."""
        if self.crashed:
            return "故障"
        return "不符" if self.failed else "通过" if self.passed else "未查"


@dataclass(frozen=True, slots=True)
class Issue:
    """One finding: where, what, and what the preparer says to it."""

    severity: str
    check: str
    where: str
    message: str
    answer: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that the sheet says. `verdict` is one sentence; `approved` says who let errors stand, and why."""

    department: str
    year: str
    preparer: str
    reviewer: str
    verdict: str
    approved: str
    sources: tuple[str, ...]
    differences: tuple[str, ...]
    gaps: tuple[tuple[str, str], ...]
    """(what is lacking, the answer)"""
    issues: tuple[Issue, ...]
    lines: tuple[Line, ...]


def compose_selfcheck(sheet: Sheet) -> list[Block]:
    """The sheet as a document."""
    blocks: list[Block] = [Heading(f"{sheet.department} {sheet.year} 年度部门决算自查表", 1, _NOWHERE)]
    parts = (
        ("结论", _verdict(sheet)),
        ("来源之间的差异", _listed(sheet.differences)),
        ("待填内容", _gaps(sheet)),
        ("问题与答复", _issues(sheet)),
        ("签字", _signed(sheet)),
        ("附：各项核对", _lines(sheet)),
    )
    for number, (title, inside) in enumerate(parts, 1):
        blocks += [Heading(f"{chinese(number)}、{title}", 2, _NOWHERE), *inside]
    return blocks


def _verdict(sheet: Sheet) -> Iterator[Block]:
    yield _paragraph(sheet.verdict)
    if sheet.approved:
        yield _paragraph(sheet.approved)
    results = [line.result for line in sheet.lines]
    counted = "，".join(f"{word} {results.count(word)} 项" for word in ("通过", "不符", "未查", "故障"))
    yield _paragraph(f"共核对 {len(results)} 项：{counted}。")
    for source in sheet.sources:
        yield _paragraph(source)


def _listed(words: tuple[str, ...]) -> Iterator[Block]:
    yield from (_paragraph(f"{number}. {text}") for number, text in enumerate(words, 1))
    if not words:
        yield _paragraph(_NONE)


def _gaps(sheet: Sheet) -> Iterator[Block]:
    if not sheet.gaps:
        yield _paragraph(_NONE)
        return
    rows = [[str(n), what, answer or "（未答复）"] for n, (what, answer) in enumerate(sheet.gaps, 1)]
    yield grids.table([["序号", "缺少的内容", "答复"], *rows], "selfcheck")


def _issues(sheet: Sheet) -> Iterator[Block]:
    if not sheet.issues:
        yield _paragraph(_NONE)
        return
    rows = [
        [str(n), one.severity, one.message, one.where, one.check, one.answer or "（未答复）"]
        for n, one in enumerate(sheet.issues, 1)
    ]
    yield grids.table([["序号", "级别", "问题", "位置", "编号和短名", "答复"], *rows], "selfcheck")


def _lines(sheet: Sheet) -> Iterator[Block]:
    yield _paragraph("“未查”是本套决算没有这项核对所需的内容，不是通过；通过、不符、未查各列是次数。")
    rows = [
        [
            one.check,
            one.severity,
            one.crashed or one.title,
            *map(str, (one.passed, one.failed, one.unchecked)),
            one.result,
        ]
        for one in sheet.lines
    ]
    yield grids.table([["编号", "级别", "核对什么", "通过", "不符", "未查", "结果"], *rows], "selfcheck")


def _signed(sheet: Sheet) -> Iterator[Block]:
    signers = (("编制人", sheet.preparer), ("审核人", sheet.reviewer), ("单位负责人", ""))
    rows = [[role, name, "", ""] for role, name in signers]
    made = grids.table([["", "姓名", "签字", "日期"], *rows], "selfcheck")
    yield Table(made.rows, Place(table="selfcheck", row="signed"))


def _paragraph(text: str) -> Block:
    return Paragraph(text, _NOWHERE)
