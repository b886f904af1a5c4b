"""Sections (章节): contents against body, headings without text, broken numbering, what has to be disclosed and is not.

Refuses to call anything missing where the file holds no explanation (it may be published apart), or where nothing says
that the department has what would be disclosed. Variants of titles are one hint a document.
Sources: 部门决算公开表样 (目录、情况说明); 财预〔2016〕143 号 (机关运行经费、政府采购、国有资产、绩效).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from juesuan.checking.headings import Pair, number, pairs, printed_in_body
from juesuan.checking.legibility import between, maybe_there
from juesuan.checking.numbering import breaks
from juesuan.checking.outcomes import Failed, Outcome, Passed, Unchecked
from juesuan.checking.prose import EXPLAINED, Passage, is_table, passages
from juesuan.checking.registry import check
from juesuan.knowledge.phrases import compact
from juesuan.knowledge.wording import Disclosure, disclosures
from juesuan.model.claims import Section
from juesuan.model.documents import Table
from juesuan.model.findings import Severity
from juesuan.model.reports import Report

_EXPLANATION = 3
"""so many sections of an explanation make one"""
_EXAMPLES = 3
_FIRST_YEAR = 2016
_TITLE_END = re.compile(r"(?:情况|说明|概况|职能|职责|构成|设置|结果|解释)[。:]?$")
_ADMINISTRATIVE = re.compile(r"2\d{4}01")


def _explanation(report: Report) -> list[Section]:
    """The body's sections that explain figures."""
    return [s for s in report.sections if not s.listed and s.kind in EXPLAINED - {"units"} and not is_table(s)]


@check("SECT-MISSING", severity="warning", basis="目录与正文一致")
def listed_sections_are_there(report: Report) -> Iterator[Outcome]:
    """目录所列的各节，正文中应当都有。"""
    found = pairs(report)
    missing = [pair for pair in found if pair.body is None and not printed_in_body(pair.listed, report)]
    if not found:
        yield Unchecked("没有目录，或目录没有列出各节")
    elif len(_explanation(report)) < _EXPLANATION and missing:
        yield Unchecked("文中没有情况说明（可能另附）")
    else:
        reason = maybe_there(report)
        yield from (Unchecked(reason, pair.listed.place) if reason else _missing(pair) for pair in missing)
        yield from (Passed(pair.listed.place) for pair in found if pair not in missing)


def _missing(pair: Pair) -> Failed:
    title = pair.listed.title.strip("-*# ")
    return Failed(
        f"目录列有“{title}”，正文中没有这一节",
        (pair.listed.place,),
        advice="请补上这一节，或从目录中删去",
        printed=title,
    )


@check("SECT-HEADING", severity="info", basis="目录与正文一致")
def headings_alike(report: Report) -> Iterator[Outcome]:
    """目录与正文的各节标题、序号应一致（全文只提示一次）。"""
    found = [pair for pair in pairs(report) if pair.body is not None]
    if not found:
        yield Unchecked("没有目录，或目录没有列出各节")
        return
    apart = [pair for pair in found if not pair.exact or _numbered_apart(pair)]
    if not apart:
        yield Passed(found[0].listed.place)
        return
    said = [f"目录作“{_title(pair.listed)}”，正文作“{_title(pair.body)}”" for pair in apart if pair.body]
    yield Failed(
        f"目录与正文的标题不同（{len(apart)} 处）\n" + "\n".join(said[:_EXAMPLES]),
        tuple(s.place for pair in apart for s in (pair.body, pair.listed) if s is not None),
        advice="请统一标题；表样原文如此的，可以不改",
        printed=_title(apart[0].body),
        expected=_title(apart[0].listed),
    )


def _title(section: Section | None) -> str:
    return section.title.strip("-*# ") if section else ""


def _numbered_apart(pair: Pair) -> bool:
    """Whether both are numbered, in the same way, and differently."""
    if pair.body is None or pair.body.level != pair.listed.level:
        return False
    one, two = number(pair.listed.title), number(pair.body.title)
    return bool(one and two and one != two)


@check("SECT-EMPTY", severity="warning", basis="情况说明：各节应有内容")
def sections_have_text(report: Report) -> Iterator[Outcome]:
    """标题之下应有内容。"""
    order = {id(block.place): i for i, block in enumerate(report.document.blocks)}
    tables = [i for i, block in enumerate(report.document.blocks) if isinstance(block, Table)]
    body = [s for s in report.sections if not s.listed]
    judged = False
    for i, section in enumerate(body):
        if not _is_heading(section):
            continue
        judged = True
        after = body[i + 1] if i + 1 < len(body) else None
        start, end = order.get(id(section.place), 0), order.get(id(after.place), 0) if after else 10**9
        inside = after is not None and (after.level > section.level or after.level == 0)
        if section.entries or inside or any(start < t < end for t in tables) or _is_tables(after):
            yield Passed(section.place)
        elif between(report, section.place, after.place if after else None):
            yield Unchecked(maybe_there(report), section.place)
        else:
            yield _empty(section)
    if not judged:
        yield Unchecked("没有各节的标题")


def _is_heading(section: Section) -> bool:
    """Whether the title is one (not a sentence that begins with an ordinal), under which there must be text."""
    title = compact(section.title)
    background = section.kind in ("duties", "attachments") and section.level > 2
    return section.level > 0 and not background and not is_table(section) and bool(_TITLE_END.search(title))


def _is_tables(section: Section | None) -> bool:
    return section is not None and is_table(section)


def _empty(section: Section) -> Failed:
    return Failed(
        f"“{_title(section)}”之下没有内容",
        (section.place,),
        advice="请补上内容；没有这项收支的，请说明没有",
        printed=_title(section),
    )


@check("SECT-NUMBER", severity="info", basis="序号连续")
def numbered_in_order(report: Report) -> Iterator[Outcome]:
    """各节、各条的序号应连续，不重复（全文只提示一次）。"""
    if not any(s.title for s in report.sections if not s.listed):
        yield Unchecked("没有编号的标题")
        return
    found = breaks(passages(report), {number(pair.listed.title) for pair in pairs(report) if pair.body is None})
    if not found:
        yield Passed()
        return
    if reason := maybe_there(report):
        yield Unchecked(reason)
        return
    said = [f"“{b.before}”之后是“{b.after}”" for b in found]
    yield Failed(
        f"序号不连续（{len(found)} 处）：{'；'.join(said[:_EXAMPLES])}",
        tuple(b.place for b in found),
        advice="请核对序号，或补上缺少的内容",
        printed=found[0].after,
    )


@check("SECT-DISCLOSURE", severity="warning", basis="财预〔2016〕143 号；部门决算公开表样")
def all_is_disclosed(report: Report) -> Iterator[Outcome]:
    """情况说明应说明“三公”经费、机关运行经费、政府采购、国有资产、绩效等情况，没有的应说明没有。"""
    explanation = _explanation(report)
    year = int(report.year) if report.year.isdecimal() else 0
    if len(explanation) < _EXPLANATION:
        yield Unchecked("文中没有情况说明（可能另附）")
        return
    if reason := maybe_there(report):
        yield Unchecked(reason)
        return
    if year < _FIRST_YEAR:
        yield Unchecked(f"{report.year} 年度应披露哪些内容没有依据")
        return
    said = [p for p in passages(report) if p.explains or (p.title and p.kind == "glossary")]
    listed = {pair.listed.kind for pair in pairs(report) if pair.body is None}
    for wanted in disclosures():
        if wanted.kind not in listed and (outcome := _disclosed(wanted, report, said, explanation)):
            yield outcome


def _disclosed(
    wanted: Disclosure, report: Report, said: Sequence[Passage], explanation: Sequence[Section]
) -> Outcome | None:
    """Whether a section or sentence speaks of it; None where it need not be spoken of."""
    speaks = next((p for p in said if p.kind == wanted.kind or wanted.word.search(p.text)), None)
    if speaks is not None:
        return Passed(speaks.flow.line(0))
    if wanted.form and not any(True for _ in report.tables_of(wanted.form)):
        return None
    if wanted.only == "administrative" and not _administrative(report):
        return None
    return Failed(
        f"情况说明没有说明{wanted.name}",
        (explanation[-1].place,),
        advice="请补充说明；没有的，请写明没有",
        severity=Severity.QUERY if report.kind == "单位决算" else None,
    )


def _administrative(report: Report) -> bool:
    """Whether a table has 行政运行: the department, or one of its units, is an administrative one."""
    rows = (row for table in report.tables for row in table.rows)
    return any(_ADMINISTRATIVE.fullmatch(row.function) and "行政运行" in row.name for row in rows)
