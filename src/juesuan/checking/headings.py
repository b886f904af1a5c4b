"""Headings (标题): the sections of the body, those that the contents list, and which belong to each other.

Tables are not taken for sections: their titles are another subject. Refuses to match on ordinals alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from juesuan.checking.prose import is_table
from juesuan.knowledge.names import abbreviates, bare, plain, strip_ordinal
from juesuan.knowledge.places import title_form
from juesuan.model.claims import Section
from juesuan.model.documents import Heading, Paragraph
from juesuan.model.places import Place
from juesuan.model.reports import Report

_LEADERS = re.compile(r"(?:[.…·\-]{2,}\d*|\d{1,3})$")
_YEAR = re.compile(r"\(?20\d\d年?度?\)?")
_CHINESE = "一二三四五六七八九十"
_NUMBERED = re.compile(rf"^[-*#•]*(?P<number>第[{_CHINESE}]+部分|[{_CHINESE}]+、|\([{_CHINESE}]+\))")
_SUMMARY = re.compile(r"情况|的|说明|决算|部门|单位|关于|总体|年度")
_ALIKE = 0.75
_SHORTEST = 3


def core(title: str, report: Report) -> str:
    """A title to compare: without ordinal, year, department, page number and punctuation."""
    word = _YEAR.sub("", _LEADERS.sub("", strip_ordinal(plain(title).strip("-*#•"))))
    word = bare(word)
    for name in (report.department, *report.entities):
        word = word.removeprefix(bare(name)) or word
    return word


def number(title: str) -> str:
    """The ordinal of a title as printed (七、), "" for none."""
    match = _NUMBERED.match(plain(title))
    return match.group("number") if match else ""


@dataclass(frozen=True, slots=True)
class Pair:
    """An entry of the contents and the section of the body that it names; `body` is None where there is none."""

    listed: Section
    body: Section | None
    exact: bool


def pairs(report: Report) -> tuple[Pair, ...]:
    """Every entry of the contents that is no table, with its section; found once for all checks."""
    view = report.views.get("contents")
    if not isinstance(view, tuple):
        view = report.views["contents"] = tuple(_pairs(report))
    return view


def _pairs(report: Report) -> Iterator[Pair]:
    listed = [s for s in report.sections if s.listed and s.title and title_form(_entry(s.title)) is None]
    body = [s for s in report.sections if not s.listed and s.title and not is_table(s)]
    cores = {id(section): core(section.title, report) for section in body}
    found: dict[int, Section] = {}
    for i, entry in enumerate(listed):
        wanted, own = core(entry.title, report), (entry.level, number(entry.title))
        same = [s for s in body if cores[id(s)] == wanted]
        if same:
            ranked = [(s.level != own[0], number(s.title) != own[1], n) for n, s in enumerate(same)]
            found[i] = same[min(ranked)[2]]
    taken = {id(section) for section in found.values()}
    for i, entry in enumerate(listed):
        if i in found:
            yield Pair(entry, found[i], True)
        else:
            yield Pair(entry, _nearest(entry, [s for s in body if id(s) not in taken], report), False)


def _entry(title: str) -> str:
    return _LEADERS.sub("", plain(title))


def _nearest(entry: Section, body: Sequence[Section], report: Report) -> Section | None:
    """The section whose title is a variant of the entry's."""
    wanted = core(entry.title, report)
    ranked = [(_likeness(wanted, core(s.title, report)), s) for s in body if s.level == entry.level]
    if entry.kind:
        ranked += [(_ALIKE, s) for s in body if s.kind == entry.kind and number(s.title) == number(entry.title)]
    best = max(ranked, key=lambda pair: pair[0], default=None)
    return best[1] if best is not None and best[0] >= _ALIKE else None


def _likeness(one: str, two: str) -> float:
    """1 for the same, the words that vary left out (情况、说明、决算 …) counting little."""
    short, long = sorted((_SUMMARY.sub("", one), _SUMMARY.sub("", two)), key=len)
    if short and (short == long or (len(short) >= _SHORTEST and abbreviates(short, long))):
        return 1
    return SequenceMatcher(None, one, two).ratio()


def printed_in_body(entry: Section, report: Report) -> bool:
    """Whether the title stands on a line of the body that was not taken for a heading."""
    wanted = core(entry.title, report)
    places = {s.place for s in report.sections if s.listed}
    return any(wanted in bare(text) for text in _lines(report, places))


def _lines(report: Report, listed: set[Place]) -> Iterator[str]:
    """The lines behind the contents."""
    last = max((i for i, b in enumerate(report.document.blocks) if b.place in listed), default=-1)
    for block in report.document.blocks[last + 1 :]:
        if isinstance(block, Heading | Paragraph):
            yield block.text
