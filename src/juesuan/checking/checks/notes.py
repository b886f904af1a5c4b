"""Notes (表下的注): does what a table's note says of scope and budget agree with its title, its heads and the text?

Asks only. Refuses notes that say neither, and tables that were not told by their title.
Source: 部门决算公开表样 (表下“注：本表反映……”).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from juesuan.checking.outcomes import Failed, Outcome, Passed, Unchecked
from juesuan.checking.printed import Printed, name_of, printed_of
from juesuan.checking.prose import passages
from juesuan.checking.registry import check
from juesuan.knowledge.names import plain
from juesuan.knowledge.places import title_form
from juesuan.knowledge.wording import note_subject
from juesuan.model.findings import Severity
from juesuan.model.places import Place
from juesuan.model.reports import ReadTable, Report

_SHOWS = re.compile(r"本表反映(?P<what>[^。;]{4,120})")
_BUDGET = re.compile(r"(?P<basis>年初|全年|调整后?的?)预算数?")
_BUDGET_IS = re.compile(r"预算数(?:为|是|指|系|均为)[^。;,]{0,20}?(?P<basis>年初|全年|调整后?的?)预算")
_SCOPE = re.compile(r"(?P<fund>一般公共预算财政拨款|一般公共预算|(?<!预算)财政拨款)[^。;,、]{0,12}?\"?三公")
_SAYS = {"年初": "年初预算数", "全年": "全年预算数"}


def _notes(table: ReadTable) -> tuple[str, Place | None]:
    """The notes of a table as one text, and where they begin."""
    return "".join(plain(text) for text, _ in table.notes), table.notes[0][1] if table.notes else None


@check("NOTE-SUBJECT", severity="query", basis="表下的注与表名一致")
def notes_tell_their_table(report: Report) -> Iterator[Outcome]:
    """表下的注“本表反映……”，说的应是本表，不是另一张表。"""
    judged = False
    for table in report.tables:
        text, place = _notes(table)
        shows, own = _SHOWS.search(text), note_subject(table.form)
        if shows is None or own is None or title_form(table.title) is None:
            continue
        judged = True
        other = _other(table.form, shows.group("what"))
        if own.search(shows.group("what")) or not other:
            yield Passed(place)
        else:
            yield Failed(
                f"{name_of(table)}的注说“{shows.group()[:40]}”，说的是另一张表",
                (place or table.place,),
                advice="请核对表下的注",
                printed=shows.group("what")[:40],
            )
    if not judged:
        yield Unchecked("表下没有“本表反映……”的注")


_DISTINCT = ("basic", "funds", "state_capital", "three_public")


def _other(form: str, said: str) -> str:
    """The form of another table that the note speaks of."""
    found = ((name, note_subject(name)) for name in _DISTINCT if name != form)
    return next((name for name, words in found if words is not None and words.search(said)), "")


@check("NOTE-THREE-PUBLIC", severity="query", basis="“三公”经费支出决算表：表名、表头、表下的注、情况说明")
def three_public_scope(report: Report) -> Iterator[Outcome]:
    """“三公”表的注所说的口径（一般公共预算或财政拨款）、预算数（年初或全年），应与表名、表头、情况说明一致。"""
    judged = False
    printed = printed_of(report)
    for number, table in report.tables_of("three_public"):
        text, place = _notes(table)
        if place is None:
            continue
        for outcome in (*_fund(table, text, place), *_basis(report, printed, number, text, place)):
            judged = True
            yield outcome
    if not judged:
        yield Unchecked("“三公”表下没有说明口径的注")


def _fund(table: ReadTable, text: str, place: Place) -> Iterator[Outcome]:
    """The fund that the note names, against that of the title."""
    title, note = title_form(table.title), _SCOPE.search(text)
    if title is None or title.scope not in ("general_public", "fiscal") or note is None:
        return
    said = "general_public" if note.group("fund").startswith("一般公共预算") else "fiscal"
    if said == title.scope:
        yield Passed(place)
        return
    words = {"general_public": "一般公共预算财政拨款", "fiscal": "财政拨款"}
    yield Failed(
        f"{name_of(table)}的注说口径是{words[said]}，表名是{words[title.scope]}",
        (place,),
        advice="请核对“三公”经费的口径",
        printed=note.group("fund"),
        expected=words[title.scope],
    )


def _basis(report: Report, printed: Printed, number: int, text: str, place: Place) -> Iterator[Outcome]:
    """The budget that the note names, against the heads and the text."""
    note = _BUDGET_IS.search(text)
    if note is None:
        return
    said = note.group("basis")[:2]
    others = [("表头", basis, where) for basis, where in _in_heads(printed, number)]
    others += [("情况说明", basis, where) for basis, where in _in_text(report)]
    apart = next((other for other in others if other[1] != said), None)
    if apart is None:
        yield Passed(place)
        return
    where, basis, other_place = apart
    yield Failed(
        f"“三公”表的注说预算数是{_SAYS.get(said, said + '预算数')}，{where}写的是{_SAYS.get(basis, basis + '预算数')}",
        (place, other_place),
        advice="请核对预算数是年初预算数还是全年预算数",
        printed=_SAYS.get(said, said),
        expected=_SAYS.get(basis, basis),
        severity=Severity.QUERY,
    )


def _in_heads(printed: Printed, number: int) -> Iterator[tuple[str, Place]]:
    """The budgets that the table's heads name."""
    rows = printed.report.tables[number].rows
    last = rows[0].place.line if rows and rows[0].place.line is not None else None
    for piece in printed.within(number):
        head = piece.row is not None and (last is None or (piece.place.line or 0) < last)
        if head and (match := _BUDGET.search(piece.word)):
            yield match.group("basis")[:2], piece.place


def _in_text(report: Report) -> Iterator[tuple[str, Place]]:
    """The budget that the section on “三公” compares with, where it names one only."""
    found = [
        (match.group("basis")[:2], passage.place(match.start(), match.end()))
        for passage in passages(report)
        if passage.kind == "three_public" and not passage.title
        for match in _BUDGET.finditer(passage.text)
    ]
    if len({basis for basis, _ in found}) == 1:
        yield found[0]
