"""The index of several files' pages (网页总目): a row for each, the gravest first, leading to its page.

Refuses script: a table is enough.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

from juesuan.model.findings import Severity
from juesuan.presenting.checked import Checked, coverage
from juesuan.presenting.entries import account_name
from juesuan.presenting.html_page import document
from juesuan.presenting.html_words import tag, words

_GRADES = tuple(sorted(Severity, reverse=True))


@dataclass(frozen=True, slots=True)
class Row:
    """What the index says of one file; no report is kept."""

    page: str
    file: str
    name: str
    counts: tuple[int, ...]
    """by severity, the gravest first"""
    figures: int
    verified: int
    error: str


def row_of(one: Checked, page: str) -> Row:
    """The row of one file; `page` is the name of its page, beside the index."""
    cover = coverage(one.report, one.result) if one.report and one.result else None
    counts = tuple(one.count(severity) for severity in _GRADES)
    error = one.error or ("程序故障" if one.report is None or one.crashed else "")
    figures, verified = (cover.figures, cover.verified) if cover else (0, 0)
    return Row(page, one.file, account_name(one), counts, figures, verified, error)


def html_index(rows: Iterable[Row]) -> str:
    """The index page."""
    rows = sorted(rows, key=lambda row: (not row.error, [-count for count in row.counts], row.file))
    totals = [sum(column) for column in zip(*(row.counts for row in rows), strict=True)]
    said = "，".join(f"{s.word} {count:,}" for s, count in zip(_GRADES, totals, strict=False))
    if failed := sum(bool(row.error) for row in rows):
        said += f"；未能检查 {failed:,} 份"
    heads = ["单位", *(severity.word for severity in _GRADES), "数字", "已核实", "说明"]
    head = tag("thead", tag("tr", [tag("th", text, scope="col") for text in heads]))
    table = tag("table", head + tag("tbody", map(_row, rows)), cls="list")
    title = f"决算检查结果　{len(rows):,} 份"
    wrapped = tag("div", table, cls="scroll", tabindex="0", role="region", aria_label="文件")
    body = tag("header", tag("h1", words(title)) + tag("p", said, cls="verdict")) + tag("main", wrapped)
    return document(title, body, script=False)


def _row(row: Row) -> str:
    name = tag("a", words(row.name), href=quote(row.page)) + tag("small", words(row.file))
    counts = [tag("td", f"{count:,}" if count else "") for count in row.counts]
    share = f"{row.verified * 100 // row.figures}%" if row.figures else ""
    more = [tag("td", f"{row.figures:,}" if row.figures else ""), tag("td", share), tag("td", words(row.error))]
    return tag("tr", tag("th", name, scope="row") + "".join(counts + more))
