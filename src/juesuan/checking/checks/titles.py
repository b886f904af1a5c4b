"""Titles of tables (表名): do contents and body name the tables alike, and in the same order?

A variant that goes through the whole document is said once. Refuses to compare what is only in one of the two.
Source: 目录 and 题名 of the account itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from juesuan.checking.contents import Entry, entries, loose, names_of_tables
from juesuan.checking.outcomes import Failed, Outcome, Passed, Unchecked
from juesuan.checking.printed import Piece, Printed, name_of, printed_of, title_core
from juesuan.checking.registry import check
from juesuan.knowledge.names import bare
from juesuan.model.reports import Report


@check("STRUCT-TITLE", severity="info", basis="目录与正文一致")
def titles_alike(report: Report) -> Iterator[Outcome]:
    """目录与正文中的表名应一致（同样的差异全文只提示一次）。"""
    printed = printed_of(report)
    listed = entries(printed)
    if not listed:
        yield Unchecked("没有目录，或目录没有列出各表")
        return
    pairs = list(_pairs(report, printed, listed))
    if not pairs:
        yield Unchecked("目录所列的表在正文中都没有读到题名")
        return
    apart = [(entry, piece, title) for entry, piece, title in pairs if not _alike(entry.title, title, report)]
    if not apart:
        yield Passed(listed[0].pieces[0].place)
        return
    entry, _, title = apart[0]
    example = f"例如目录作《{entry.title}》，正文作《{title_core(title)}》"
    places = [piece.place for entry, title_line, _ in apart for piece in (*entry.pieces, title_line)]
    yield Failed(
        message=f"目录与正文的表名不同（{len(apart)} 张表）\n{example}",
        places=tuple(sorted(places, key=lambda place: (place.line or 0, place.start or 0))),
        advice="请统一表名",
    )


def _pairs(report: Report, printed: Printed, listed: Sequence[Entry]) -> Iterator[tuple[Entry, Piece, str]]:
    """Each listed table with its title in the body: of several tables of one form the first not yet taken."""
    names = names_of_tables(report)
    free = [n for n, table in enumerate(report.tables) if table.title]
    for entry in listed:
        near = [n for n in free if loose(report.tables[n].title) == loose(entry.title)]
        alike = [n for n in free if names[n] == entry.form != "other"]
        at = next(iter(near or alike), None)
        piece = printed.title_piece(at) if at is not None else None
        if at is not None and piece is not None:
            free.remove(at)
            yield entry, piece, report.tables[at].title


def _alike(listed: str, printed: str, report: Report) -> bool:
    """Whether two titles are the same, the department's name before one of them left out."""
    words = [bare(title_core(title)) for title in (listed, printed)]
    own = [bare(report.department), *(bare(name) for name in report.entities)]
    cut = [next((word.removeprefix(name) for name in own if name and word.startswith(name)), word) for word in words]
    return cut[0] == cut[1]


@check("STRUCT-ORDER", severity="info", basis="目录与正文一致")
def tables_in_order(report: Report) -> Iterator[Outcome]:
    """各表的次序应与目录一致。"""
    printed = printed_of(report)
    names = names_of_tables(report)
    listed = [entry for entry in entries(printed) if entry.form in names and entry.form != "other"]
    if len(listed) < 2:
        yield Unchecked("目录没有列出各表")
        return
    body = [(form, i) for i, form in enumerate(names) if form in {entry.form for entry in listed}]
    order = [form for form, _ in body]
    if len(order) != len(listed):
        yield Unchecked("目录所列的表与正文的表不能一一对应")
    elif order == [entry.form for entry in listed]:
        yield Passed(listed[0].pieces[0].place)
    else:
        at = next(i for i, (form, entry) in enumerate(zip(order, listed, strict=True)) if form != entry.form)
        table = report.tables[body[at][1]]
        yield Failed(
            message=f"目录第 {at + 1} 张表是《{listed[at].title}》，正文第 {at + 1} 张是{name_of(table)}",
            places=(listed[at].pieces[0].place, table.place),
            advice="请使目录与正文的次序一致",
        )
