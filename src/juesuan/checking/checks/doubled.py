"""Doubled words (重复的词): does a word stand twice in a row, such as 西岗区西岗区, across a line break too?

Looks where names stand: cover, headings, titles and heads of tables, list of units, and for the account's own place in
every line; in sentences for words of three characters and more. Refuses short words that are no places, and lines that
are said again as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from juesuan.checking.checks.departments import cover_name, headings
from juesuan.checking.outcomes import Failed, Outcome, Passed, Unchecked
from juesuan.checking.printed import Piece, Printed, printed_of
from juesuan.checking.registry import check
from juesuan.checking.remnants import doubled_words
from juesuan.knowledge.structure import words
from juesuan.model.findings import Severity
from juesuan.model.places import Place
from juesuan.model.reports import Report

_TWICE = re.compile(r"(?=([\u4e00-\u9fff]{2,20})\1)")


def doubled(text: str, whole: frozenset[int] = frozenset()) -> tuple[str, int] | None:
    """The first word that stands twice in a row, and where. `whole`: where lines begin; a line said again is right."""
    suffixes, usual = words("doubled", "suffixes"), words("doubled", "usual")
    for match in _TWICE.finditer(text):
        word, start = match.group(1), match.start()
        short = len(word) == 2 and (word[-1] not in suffixes or word in usual)
        if not short and len(set(word)) > 1 and not (start in whole and start + len(word) in whole):
            return word, start
    return None


def _lines_with(pieces: Sequence[Piece]) -> tuple[str, list[tuple[int, Piece]]]:
    """The pieces as one text, and where each begins."""
    text, starts = "", []
    for piece in pieces:
        starts.append((len(text), piece))
        text += piece.word
    return text, starts


@check("STRUCT-DOUBLED", severity="error", basis="名称无误")
def no_word_doubled(report: Report) -> Iterator[Outcome]:
    """封面、标题、表名、表头的名称和句子中不应有重复的词（如“西岗区西岗区”“主要原因是主要原因是”，跨行的也算）。"""
    printed = printed_of(report)
    cover = printed.cover
    groups = [cover, *([piece] for piece in headings(printed)), *([p] for p in _named(printed))]
    groups = [group for group in groups if group]
    if not groups:
        yield Unchecked("没有封面、标题和表名")
        return
    seen = set[Place]()
    for group in groups:
        text, starts = _lines_with(group)
        found = doubled(text, frozenset(start for start, _ in starts))
        if found is None:
            yield Passed(group[0].place)
            continue
        word, at = found
        around = [piece for i, (_, piece) in enumerate(starts) if _touches(starts, i, len(text), at, len(word))]
        if around[0].place not in seen:
            seen.add(around[0].place)
            name = cover_name(group) if group is cover else ""
            yield _twice(word, name or text, _whole_name(cover, around, name))
    yield from _in_sentences(report, seen)


def _in_sentences(report: Report, told: set[Place]) -> Iterator[Outcome]:
    """Words that stand twice in a row in sentences (主要原因是主要原因是)."""
    for passage, start, word, sure in doubled_words(report):
        if passage.flow.line(start) not in told:
            yield Failed(
                message=f"“{word}”重复",
                places=(passage.place(start, start + 2 * len(word)),),
                advice="请删去重复的词",
                printed=word * 2,
                expected=word,
                severity=None if sure else Severity.WARNING,
            )


def _touches(starts: Sequence[tuple[int, Piece]], i: int, end: int, at: int, length: int) -> bool:
    """Whether the line holds a part of the doubled word."""
    until = starts[i + 1][0] if i + 1 < len(starts) else end
    return starts[i][0] < at + 2 * length and at < until


def _whole_name(cover: Sequence[Piece], around: Sequence[Piece], name: str) -> list[Place]:
    """The places of the doubled word, then the other lines of the cover over which the name goes on."""
    more = [p.place for p in cover if name and p.word and p.word in name and p not in around]
    return [*(piece.place for piece in around), *more]


def _twice(word: str, text: str, places: Sequence[Place]) -> Failed:
    return Failed(
        message=f"“{word}”重复",
        places=tuple(places),
        advice="请删去重复的词",
        printed=text,
        expected=text.replace(word * 2, word),
    )


def _named(printed: Printed) -> Iterator[Piece]:
    """Titles of tables, departments in their heads, units in the list of units; lines that double the place's name."""
    for number, table in enumerate(printed.report.tables):
        if title := printed.title_piece(number):
            yield Piece(table.title, title.place)
        if table.stated_department and table.department:
            yield Piece(table.department, table.stated_department)
        if table.form == "units":
            yield from (Piece(row.name or row.cells[min(1, len(row.cells) - 1)], row.place) for row in table.rows)
    own = re.sub("^(?:中国共产党|中共)", "", printed.report.department)
    area = re.findall(r"[\u4e00-\u9fff]{1,6}?[省市区县州盟旗]", own)
    for piece in printed.body():
        if any(len(name) > 2 and name * 2 in piece.word for name in area):
            yield Piece(next(name * 2 for name in area if name * 2 in piece.word), piece.place)
