"""Structure (表格的有无、题名、次序): are all tables there, and do contents and body name them alike?

Refuses to call a table missing on a guess: only the account's own contents and numbers, and the list of its own place
and year, say what should be there; all else is unchecked.
Sources: 各地部门决算公开表样 (knowledge/data/places.toml); 目录 and 表号 of the account itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, zip_longest

from juesuan.checking.outcomes import Failed, Outcome, Passed, Unchecked
from juesuan.checking.printed import MONEY_FORMS, PART, Piece, Printed, name_of, title_core
from juesuan.checking.registry import check
from juesuan.knowledge.local import place_rules
from juesuan.knowledge.names import bare, plain, strip_ordinal
from juesuan.knowledge.places import PlaceRules, national_titles, title_name
from juesuan.model.findings import Severity
from juesuan.model.reports import Report

_TABLE = re.compile(r"表(?:\([^()]*\))?$")
_NUMBER = re.compile(r"(\D*)(\d+)表?")


@dataclass(frozen=True, slots=True)
class Entry:
    """A table that the contents list. `form` as lists name it (income_by_unit), `other` for a form that is not read."""

    form: str
    title: str
    pieces: tuple[Piece, ...]


def entries(printed: Printed) -> list[Entry]:
    """The tables in the contents, in order; a title that is broken over two lines is put together."""
    lines, found = printed.contents, list[Entry]()
    for piece, after in zip_longest(lines, lines[1:]):
        for pieces in ((piece,), (piece, after) if after and _goes_on(piece, after) else ()):
            title = title_core("".join(p.text for p in pieces))
            form = title_name(title) if _TABLE.search(title) else ""
            if form and form != "budget" and not form.startswith(("performance", "units")):
                found.append(Entry(form, title, pieces))
                break
    return found


def _goes_on(piece: Piece, after: Piece) -> bool:
    """Whether the entry may go on in the next line: that is no entry of its own."""
    return not PART.match(piece.word) and not PART.match(after.word) and strip_ordinal(after.text) == after.word


def names_of_tables(report: Report) -> list[str]:
    """What each table is, as lists name it: by its title, else by its form."""
    return [title_name(table.title) or table.form for table in report.tables]


def loose(title: str) -> str:
    """A title without the words in which titles of one table differ: 公开, 明细, 情况, 总."""
    return bare(re.sub("公开|明细|情况|汇总|总", "", title_core(title)))


@check("STRUCT-MISSING", severity="warning", basis="目录；表号；该地该年度的公开表样")
def missing_tables(report: Report) -> Iterator[Outcome]:
    """目录所列、表号所示、该地当年表样所定的表，正文中应当都有。"""
    printed = Printed(report)
    present = set(names_of_tables(report))
    if not present & MONEY_FORMS:
        yield Unchecked("正文中没有决算表（可能另附）")
        return
    told = set[str]()
    outcomes = []
    for entry in entries(printed):
        outcome = _listed(printed, entry, present)
        outcomes.append(outcome)
        told.add(entry.form)
    outcomes += _lacking_by_place(report, present | told)
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
    return any(bare(title_core(piece.text)).endswith(wanted) and len(piece.word) < 60 for piece in behind)


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


@check("STRUCT-TITLE", severity="info", basis="目录与正文一致")
def titles_alike(report: Report) -> Iterator[Outcome]:
    """目录与正文中的表名应一致（同样的差异全文只提示一次）。"""
    printed = Printed(report)
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
    printed = Printed(report)
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
