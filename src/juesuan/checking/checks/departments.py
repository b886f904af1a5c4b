"""Departments (部门名称): is the name in cover, headings and table heads the account's own, with no word doubled?

Accepts （本级）, the account's units, short and former names that it declares, names within the name or around it, and
the supervising body. Refuses to judge a name outside such a slot.
Source: 部门决算公开表样 (封面、各部分标题、表头的部门名称).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, zip_longest

from juesuan.checking import subjects
from juesuan.checking.outcomes import Failed, Outcome, Passed, Unchecked
from juesuan.checking.printed import PART, Piece, Printed, name_of, printed_of
from juesuan.checking.registry import check
from juesuan.knowledge.local import other_names
from juesuan.knowledge.names import abbreviates, bare, plain
from juesuan.knowledge.structure import pattern, patterns, same_characters, words
from juesuan.model.findings import Severity
from juesuan.model.places import Place
from juesuan.model.reports import Report

_COVER = re.compile(r"(.{4,60}?)(?:20\d\d)?年?度?(?:部门|单位)?决算")
_KIND = "(?:部门|单位)?决算(?:公开)?(?:情况说明|情况|报表|表|说明)?"
_PART = re.compile(
    rf"第[一二三四五六七八九十]+部分(?P<part>.{{3,40}}?)(?:(?:20\d\d年?度?)?{_KIND}|(?:部门|单位)?(?:概况|基本情况))"
    rf"|(?P<alone>.{{3,40}}?)20\d\d年?度?{_KIND}(?<!决算)"
)
_NO_NAME = re.compile(r"收入|支出|预算|决算|公开|拨款|20\d\d|概况|说明|部分|[,。;:\ufffd]")
_AREAS = re.compile(r"(?P<upper>[\u4e00-\u9fff]{1,6}?[省市州盟])(?:[\u4e00-\u9fff]{1,6}?[市区县旗])")
_LONGEST_HEADING = 80
_LONGEST_NAME = 40
_SHORTEST_NAME = 3
_CERTAIN = 3
"""a name is a slip beyond doubt where the account's own stands at least so many times as often in such slots"""


@dataclass(slots=True)
class _Slots:
    """One name, and where it stands."""

    name: str
    where: list[str] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)


def cleaned(name: str) -> str:
    """A name to compare: no code before it, no （本级） behind it, no brackets, one character for “and”."""
    word = re.sub(pattern("department", "codes"), "", plain(name))
    word = re.sub(f"(?:{pattern('department', 'tails').pattern})+$", "", word) or word
    for one, other in same_characters():
        word = word.replace(one, other)
    return bare(word)


def relation(name: str, own: str) -> str:
    """same, related (one within the other), other, or doubtful (partly the same words)."""
    one, two = cleaned(name), cleaned(own)
    if one == two:
        return "same"
    if _above(one, two):
        return "other"
    if abbreviates(one, two) or abbreviates(two, one):
        return "related"
    start = next((i for i, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), min(len(one), len(two)))
    one, two = one[start:], two[start:]
    while one and two and one[-1] == two[-1]:
        one, two = one[:-1], two[:-1]
    slip = len(one) == len(two) <= 2
    return "other" if slip or not _pairs(one) & _pairs(two) else "doubtful"


def _above(name: str, own: str) -> bool:
    """Whether it is the same office one level up: the own name without its district (大连市人民政府办公室)."""
    areas = _AREAS.match(re.sub("^(?:中国共产党|中共)", "", own))
    word = re.sub("^(?:中国共产党|中共)", "", name)
    if areas is None:
        return False
    upper, rest = areas.group("upper"), areas.string[areas.end() :]
    return word == upper + rest


def _pairs(word: str) -> set[str]:
    return {word[i : i + 2] for i in range(len(word) - 1)}


def _is_own(name: str, report: Report, accepted: Sequence[str]) -> bool:
    """Whether the name is the department's, in full or short, or one that the account itself declares."""
    if relation(name, report.department) in ("same", "related"):
        return True
    word = cleaned(name)
    others = [cleaned(other) for other in accepted if len(other) < _LONGEST_NAME]
    if _above(word, cleaned(report.department)):
        return word in others
    return any(abbreviates(word, other) for other in others)


def _accepted(printed: Printed) -> list[str]:
    """The names that the account itself gives to its units and superiors, short and former names."""
    report = printed.report
    found = [*report.entities, *other_names(report)]
    text = "".join(piece.word for piece in printed.body())
    for alias in patterns("department", "aliases"):
        found += [name for names in alias.findall(text) for name in names.split("、")]
    for table in report.tables:
        for row in table.rows if table.form.startswith("performance") else ():
            cells = [cell for cell in row.cells if cell]
            found += [b for a, b in pairwise(cells) if plain(a) in words("department", "superiors")]
    return [name for name in found if name] + _listed(text)


def _listed(text: str) -> list[str]:
    """The units that a sentence of the section on 单位构成 lists."""
    found = re.findall(r"(?:包括|分别是|分别为|有)(?:以下单位)?:?([^。:]{4,600})[。]", text)
    names = (re.sub(r"^\(?\d+[.)、]?", "", name) for part in found for name in re.split("[,、;]", part))
    return [name for name in names if 4 < len(name) < _LONGEST_NAME and name[-1] in words("department", "organs")]


def _slots(printed: Printed) -> Iterator[tuple[str, str, Place]]:
    """(where, name, place) for every slot in which the department's name stands (a placeholder is no name)."""
    if name := cover_name(printed.cover):
        first = next((piece for piece in printed.cover if piece.word and piece.word in name), printed.cover[0])
        yield "封面", name, first.place
    for piece in headings(printed):
        match = _PART.fullmatch(piece.word)
        name = (match.group("part") or match.group("alone")) if match else ""
        if name and _is_name(name):
            yield "标题", name, piece.place
    for table in printed.report.tables:
        if table.stated_department and _may_be_name(table.department):
            yield name_of(table), table.department, table.stated_department
    for name, place in subjects.names(printed.report):
        if _is_name(name):
            yield "正文", name, place


def cover_name(cover: Sequence[Piece]) -> str:
    """The name on the cover, which may be broken over lines; "" for none."""
    text = "".join(piece.word for piece in cover)
    match = _COVER.match(re.sub(r"^(?:附件\d*:?|公开|\(?20\d\d年?度?\)?)+", "", text))
    name = match.group(1) if match else ""
    return name if name and _is_name(name) else ""


def _is_name(text: str) -> bool:
    return _may_be_name(text) and not _NO_NAME.search(text) and bare(text)[-1:] in words("department", "organs")


def _may_be_name(text: str) -> bool:
    """Long enough, decoded, and no placeholder."""
    unfilled = pattern("placeholder", "certain").search(plain(text))
    return len(cleaned(text)) >= _SHORTEST_NAME and "\ufffd" not in text and not unfilled


def headings(printed: Printed) -> list[Piece]:
    """The headings of parts, in contents and body; one that is broken over two lines is put together."""
    cover = {id(piece) for piece in printed.cover}
    lines = [piece for piece in (*printed.contents, *printed.body()) if id(piece) not in cover]
    found = []
    for piece, after in zip_longest(lines, lines[1:]):
        if len(piece.word) > _LONGEST_HEADING or not (PART.match(piece.word) or _PART.fullmatch(piece.word)):
            continue
        both = Piece(piece.text + after.text, piece.place) if after else piece
        found.append(both if not _PART.fullmatch(piece.word) and _PART.fullmatch(both.word) else piece)
    return found


@check("STRUCT-DEPARTMENT", severity="error", basis="部门决算公开表样（部门名称）")
def one_department(report: Report) -> Iterator[Outcome]:
    """封面、标题、表头和句子主语的部门名称应为本部门（本级、所属单位、简称、曾用名、主管部门除外）。"""
    printed = printed_of(report)
    slots = list(_slots(printed))
    if not report.department or not slots:
        yield Unchecked("没有找到部门名称")
        return
    accepted = _accepted(printed)
    wrong: dict[str, _Slots] = {}
    right = 0
    for where, name, place in slots:
        if _is_own(name, report, accepted):
            right += 1
            yield Passed(place)
        else:
            found = wrong.setdefault(cleaned(name), _Slots(name))
            found.where.append(where)
            found.places.append(place)
    for one in wrong.values():
        superior = report.kind == "单位决算" and set(one.where) <= {"封面", "标题"}
        often = right >= _CERTAIN * len(one.places) and not superior
        certain = often and relation(one.name, report.department) == "other"
        yield Failed(
            message=f"{'、'.join(dict.fromkeys(one.where))}的部门名称",
            places=tuple(one.places),
            advice="请核对部门名称" + ("" if certain else "；是主管部门、曾用名或所属单位的，请在正文中说明"),
            printed=one.name,
            expected=report.department,
            severity=None if certain else Severity.QUERY,
        )
