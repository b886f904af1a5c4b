"""Subjects (主语): where a department's name and a year stand in sentences as those of the account.

A name counts only from the start of a clause up to words that an account says of its own department; a year only in
such places, in 截至…, and in comparisons. Refuses names and years in reasons, in titles of documents, and those of
other bodies.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from juesuan.checking.prose import BACKGROUND, Passage, passages
from juesuan.knowledge.wording import wording, wordings
from juesuan.model.places import Place
from juesuan.model.reports import Report

_NAME = r"(?P<name>[\u4e00-\u9fff()·]{4,40}?)"
_OWN_BEFORE = 44
_OFTEN = 3
"""a year that stands so many times as often as another is the right one"""
_COVER = re.compile(r"20\d\d年?度?(?:部门|单位)?决算")


class Year(NamedTuple):
    """A year in a sentence, and the year that should stand there. `sure` is False where it may be meant."""

    printed: str
    expected: str
    place: Place
    sure: bool = True


def names(report: Report) -> Iterator[tuple[str, Place]]:
    """The names that stand where sentences name the account's department."""
    behind, before = wording("subject", "behind").pattern, wording("subject", "before").pattern
    slot = re.compile(rf"(?:{before})?{_NAME}(?:{behind})")
    seen = set[Place]()
    for passage in passages(report):
        if passage.kind in BACKGROUND - {"overview"} or passage.title:
            continue
        for at in passage.clauses:
            match = slot.match(passage.text, at) if at >= _behind_cover(passage) else None
            if match is None or wording("subject", "no_name").search(match.group("name")):
                continue
            place = passage.place(match.start("name"), match.end("name"))
            if place not in seen and not wording("subject", "others").search(passage.sentence(at)):
                seen.add(place)
                yield match.group("name"), place


def _behind_cover(passage: Passage) -> int:
    """Where the sentences begin in what precedes all headings: behind the title on the cover."""
    match = _COVER.search(passage.text) if passage.kind == "cover" else None
    return match.end() if match else 0


def years(report: Report) -> Iterator[Year]:
    """The years that stand where the account's own or last year should."""
    own = report.year
    yield from _founded(report)
    for passage in passages(report):
        if passage.kind in BACKGROUND - {"overview"} or passage.table:
            continue
        if passage.title:
            yield from _title_years(passage, own)
            continue
        yield from _subject_years(passage, own)
        yield from _fixed_years(passage, own)
        yield from _compared_years(passage, own)


def _title_years(passage: Passage, own: str) -> Iterator[Year]:
    """A title has the account's year, but for those of plans. Parts (第二部分) are left to the structure."""
    if passage.section.level < 2 or wording("year", "titles").search(passage.text):
        return
    for match in re.finditer(r"20\d\d(?=年)", passage.text):
        yield Year(match.group(), own, passage.place(match.start(), match.end()))


def _subject_years(passage: Passage, own: str) -> Iterator[Year]:
    """…2024年度收入总计, from the start of the clause."""
    for match in wording("year", "own").finditer(passage.text, _behind_cover(passage)):
        start = passage.clause(match.start())
        before = passage.text[start : match.start()]
        if len(before) > _OWN_BEFORE or wording("year", "not_own").search(before) or _two_years(passage, match, own):
            continue
        if passage.reason(start):
            continue
        yield Year(match.group()[:4], own, passage.place(match.start(), match.start() + 4))


def _two_years(passage: Passage, match: re.Match[str], own: str) -> bool:
    """Whether the sentence speaks of the account's own year in such a place too (2023年度支出…，2024年度支出…)."""
    sentence = passage.sentence(match.start())
    others = wording("year", "own").findall(sentence)
    opened = re.match(rf"[^,。;]{{0,3}}{own}年度?,", sentence)
    return match.group()[:4] != own and (opened is not None or any(found.startswith(own) for found in others))


def _fixed_years(passage: Passage, own: str) -> Iterator[Year]:
    """截至2024年12月31日, 对2024年度预算项目, 的2024年度项目1个; and the year of a reason given against the budget."""
    for pattern in wordings("year", "fixed"):
        for match in pattern.finditer(passage.text):
            yield Year(match.group("y"), own, passage.place(match.start("y"), match.end("y")))
    for match in wording("year", "reason").finditer(passage.text):
        yield Year(match.group("y"), own, passage.place(match.start("y"), match.end("y")), False)


def _founded(report: Report) -> Iterator[Year]:
    """单位于2024年成立: the same year wherever it is said, where one is said far more often than others."""
    found = [
        (match.group("y"), passage.place(match.start("y"), match.end("y")))
        for passage in passages(report)
        for match in wording("year", "founded").finditer(passage.text)
        if passage.explains and passage.reason(match.start())
    ]
    votes = Counter(year for year, _ in found)
    for year, place in found:
        most = votes.most_common(1)[0][0]
        yield Year(year, most if votes[most] >= _OFTEN * votes[year] else year, place, False)


def _compared_years(passage: Passage, own: str) -> Iterator[Year]:
    """与2023年度相比: last year; 与2024年度预算相比: the account's own."""
    if not own.isdecimal():
        return
    for match in wording("year", "both").finditer(passage.text):
        yield Year(match.group("y"), str(int(own) - 1), passage.place(match.start("y"), match.end("y")))
        yield Year(match.group("z"), own, passage.place(match.start("z"), match.end("z")))
    for match in wording("year", "compare").finditer(passage.text):
        name, after = ("y", match.group("after")) if match.group("y") else ("y2", match.group("after2"))
        printed, place = match.group(name), passage.place(match.start(name), match.end(name))
        if wording("year", "budget").match(after or ""):
            if printed != str(int(own) - 1):
                yield Year(printed, own, place)
        elif wording("year", "previous").match(after or ""):
            last = str(int(own) - 1)
            other = printed not in (own, last) and f"{last}年" in passage.text
            yield Year(printed, last, place, not other)
