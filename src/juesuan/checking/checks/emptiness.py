"""Empty tables (空表): is it said below the table why it has no figures, and is nothing said that the figures deny?

Refuses to judge a table of which a figure could not be read. A table whose printed figures are all zero is empty too.
Source: 部门决算公开要求 (没有数据的表也要公开，并加以说明).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from juesuan.checking.outcomes import Failed, Outcome, Passed, Unchecked
from juesuan.checking.printed import MONEY_FORMS, Piece, Printed, name_of, printed_of
from juesuan.checking.ratios import places
from juesuan.checking.registry import check
from juesuan.checking.values import Values, claims_of
from juesuan.knowledge.structure import pattern, subject
from juesuan.model.findings import Severity
from juesuan.model.reports import Report


def _figures(report: Report) -> dict[int, tuple[int, int]]:
    """For each table how many figures are printed in it, and how many of them are not zero."""
    found = {number: (0, 0) for number, table in enumerate(report.tables) if table.form in MONEY_FORMS}
    for fact in report.facts:
        if fact.table in found and not fact.blank:
            printed, other = found[fact.table]
            found[fact.table] = (printed + 1, other + (fact.amount.value != 0))
    return found


def _said(printed: Printed, table: int, name: str) -> Piece | None:
    """The first piece in, below or in the title of the table in which one of the phrases stands."""
    instruction = pattern("leftover", "instructions")
    pieces = [*printed.within(table), *(p for p in [printed.title_piece(table)] if p)]
    wanted = pattern("empty", name)
    return next((p for p in pieces if wanted.search(p.word) and not instruction.search(p.word)), None)


def _joined(printed: Printed, table: int, name: str) -> bool:
    """The same, for a note that is broken over lines."""
    instruction = pattern("leftover", "instructions")
    lines = [p.word for p in printed.within(table) if p.row is None and not instruction.search(p.word)]
    return pattern("empty", name).search("".join(lines)) is not None


def _elsewhere(printed: Printed, form: str) -> bool:
    """Whether a sentence of the text says that there was nothing of what the table is about."""
    about = subject(form)
    if about is None:
        return False
    instruction = pattern("leftover", "instructions")
    text = "".join(piece.word for piece in printed.body() if not instruction.search(piece.word))
    nothing = pattern("empty", "elsewhere")
    return any(about.search(s) and nothing.search(s) for s in re.split("[。;]", text))


@check("STRUCT-EMPTY", severity="warning", basis="空表应公开并说明")
def empty_tables_explained(report: Report) -> Iterator[Outcome]:
    """没有数据（或全部为零）的表，应在表下说明原因。"""
    printed = printed_of(report)
    for number, (figures, other) in _figures(report).items():
        table = report.tables[number]
        if other:
            continue
        if table.unread:
            yield Unchecked(f"{name_of(table)}有 {table.unread} 个数未能读出", table.place)
        elif _said(printed, number, "below") or _joined(printed, number, "below"):
            yield Passed(table.place)
        else:
            yield _unexplained(printed, number, figures)


def _unexplained(printed: Printed, number: int, figures: int) -> Failed:
    table = printed.report.tables[number]
    elsewhere = _elsewhere(printed, table.form)
    kind = "各数均为零" if figures else "没有数据"
    severity = Severity.WARNING
    if elsewhere:
        severity = Severity.INFO if figures else Severity.QUERY
    title = printed.title_piece(number)
    return Failed(
        message=f"{name_of(table)}{kind}，表下没有说明" + ("（正文中已说明）" if elsewhere else ""),
        places=(title.place if title else table.place,),
        advice="请在表下注明，例如“本年度没有……收入和支出，故本表无数据”",
        severity=severity,
    )


@check("STRUCT-NOTE", severity="error", basis="表下说明与表中数字一致")
def notes_agree(report: Report) -> Iterator[Outcome]:
    """表下说本表无数据的，表中不应有数。"""
    printed = printed_of(report)
    found = False
    for number, (_, other) in _figures(report).items():
        note = _said(printed, number, "strict")
        if note is None:
            continue
        found = True
        table = report.tables[number]
        if not other:
            yield Passed(note.place)
            continue
        figure = next(f for f in report.facts if f.table == number and f.amount.value)
        yield Failed(
            message=f"{name_of(table)}下说明“无数据”，表中有 {other} 个不为零的数",
            places=(note.place, figure.place),
            advice="请删去这句说明，或核对表中的数",
        )
    if not found:
        yield Unchecked("没有“本表无数据”一类的说明")


@check("CLAIM-NONE", severity="error", basis="情况说明：没有的收入、支出", needs="values")
def nothing(values: Values) -> Iterator[Outcome]:
    """说“无”“没有”的，表中应为零。"""
    for claim in claims_of(values.report, "none"):
        found = values.of(claim.key) if claim.key.measure == "amount" else None
        if found is None:
            yield Unchecked(f"没有找到可比的数：{values.say(claim.key)}", claim.place)
        elif found.zero:
            yield Passed(claim.place)
        else:
            shown = values.show((found.low + found.high) // 2, found.facts[0])
            yield Failed(
                f"文中说没有{values.say(claim.key)}，表中为 {shown}",
                (claim.place, *places(values, found)),
                advice="请核对表述和表中的数",
                printed=claim.quote[-20:],
                expected=shown,
            )
