"""Structure (表格的有无、题名、次序): are all tables there, and do contents and body name them alike?

Refuses to call a table missing on a guess: only the account's own contents and numbers, and the list of its own place
and year, say what should be there; all else is unchecked.
Sources: 各地部门决算公开表样 (knowledge/data/places.toml); 目录 and 表号 of the account itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from juesuan.checking.contents import Entry, entries, loose, names_of_tables
from juesuan.checking.legibility import maybe_there
from juesuan.checking.outcomes import Failed, Outcome, Passed, Unchecked
from juesuan.checking.printed import MONEY_FORMS, Printed, printed_of, title_core
from juesuan.checking.registry import check
from juesuan.knowledge.local import place_rules
from juesuan.knowledge.names import bare, plain
from juesuan.knowledge.places import PlaceRules, national_titles, title_name
from juesuan.model.findings import Severity
from juesuan.model.reports import Report

_TABLE = re.compile(r"表(?:\([^()]*\))?$")
_NUMBER = re.compile(r"(\D*)(\d+)表?")


@check("STRUCT-MISSING", severity="warning", basis="目录；表号；该地该年度的公开表样")
def missing_tables(report: Report) -> Iterator[Outcome]:
    """目录所列、表号所示、该地当年表样所定的表，正文中应当都有。"""
    printed = printed_of(report)
    present = set(names_of_tables(report))
    if not present & MONEY_FORMS:
        yield Unchecked("正文中没有决算表（可能另附）")
        return
    told = set[str]()
    outcomes: list[Outcome] = []
    for entry in entries(printed):
        outcome = _listed(printed, entry, present)
        outcomes.append(outcome)
        told.add(entry.form)
    outcomes += _lacking_by_place(report, present | told)
    if reason := maybe_there(report):
        yield from (Unchecked(reason, o.places[0]) if isinstance(o, Failed) else o for o in outcomes)
        return
    yield from outcomes
    if not any(isinstance(outcome, Failed) for outcome in outcomes):
        yield from _numbers(report, printed)


def _listed(printed: Printed, entry: Entry, present: set[str]) -> Outcome:
    """Whether a table of the contents is in the body."""
    place = entry.pieces[0].place
    if entry.form in present - {"other"}:
        return Passed(place)
    if any(loose(table.title) == loose(entry.title) for table in printed.report.tables if table.title):
        return Passed(place)
    if _printed_elsewhere(printed, entry):
        return Unchecked(f"《{entry.title}》的题名之下没有读到表", place)
    return Failed(
        message=f"目录列有《{entry.title}》，正文中没有这张表",
        places=tuple(piece.place for piece in entry.pieces),
        advice="请补上这张表；确不涉及的，保留空表并说明",
    )


def _printed_elsewhere(printed: Printed, entry: Entry) -> bool:
    """Whether the title stands on a line (of another form: anywhere) behind the contents."""
    wanted = bare(entry.title)
    behind = (p for i, p in enumerate(printed.pieces) if i >= printed.listed.stop)
    if entry.form == "other":
        return any(wanted in bare(piece.text) for piece in behind)
    return any(bare(title_core(p.text)).endswith(wanted) and title_name(p.text) == entry.form for p in behind)


def _lacking_by_place(report: Report, present: set[str]) -> Iterator[Outcome]:
    """What the place's list has and the account has not; where the list is of another place or year: unchecked."""
    rules = place_rules(report)
    own = rules is not None and rules.evidence == "place" and _covers(rules, report.year)
    expected = rules.expected(report.year) if rules else PlaceRules("").expected(report.year)
    for form in dict.fromkeys(expected):
        if form in present:
            yield Passed()
            continue
        title = (rules.title_of(form) if rules and own else None) or _national_title(form)
        if own and rules is not None:
            yield Failed(
                message=f"没有《{title}》\n{rules.source} {report.year} 年度公开的表中有这张表",
                places=(report.tables[0].place,),
                advice="请补上这张表；按规定不公开的，请说明",
                severity=Severity.QUERY if report.kind == "单位决算" else None,
            )
        else:
            yield Unchecked(f"没有《{title}》；该地 {report.year} 年度应公开哪些表没有依据，未作判断")


def _covers(rules: PlaceRules, year: str) -> bool:
    return rules.listed and year.isdecimal() and rules.first <= int(year) <= rules.last


def _national_title(form: str) -> str:
    return next((title for title in national_titles() if title_name(title) == form), form)


def _numbers(report: Report, printed: Printed) -> Iterator[Outcome]:
    """Whether the numbers of tables (公开01表 …) go on by one; a table without a number may stand between."""
    numbered = [
        (i, match.group(1), int(match.group(2)))
        for i, table in enumerate(report.tables)
        if table.form in MONEY_FORMS and (match := _NUMBER.fullmatch(plain(table.number)))
    ]
    steps = list(pairwise(numbered))
    breaks = [(i, j) for (i, kind, a), (j, other, b) in steps if kind == other and not a < b <= a + j - i]
    if not breaks:
        yield from (Passed(report.tables[j].place) for _, (j, _, _) in steps[:1])
        return
    places = []
    for _, j in breaks:
        number = plain(report.tables[j].number)
        head = next((p.place for p in printed.before(j) if number in p.word), report.tables[j].place)
        places.append(head)
    first, second = (report.tables[n].number for n in breaks[0])
    yield Failed(
        message=f"表号 {first} 之后是 {second}，不连续",
        places=tuple(places),
        advice="请核对表号，或补上缺少的表",
        severity=Severity.QUERY,
    )
