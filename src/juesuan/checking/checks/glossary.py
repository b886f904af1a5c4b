"""Glossary (名词解释): entries that name an item no table has, entries that stand twice, terms that are not explained.

Places prescribe their glossaries: an entry that is not needed is no finding. Refuses to judge items where no table goes
down to 项 (涉密), or where a table could not be read whole.
Source: 部门决算公开表样 (名词解释).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from juesuan.checking.outcomes import Failed, Outcome, Passed, Unchecked
from juesuan.checking.prose import Passage, passages
from juesuan.checking.registry import check
from juesuan.knowledge.names import bare, strip_ordinal
from juesuan.knowledge.wording import core_terms
from juesuan.model.places import Place
from juesuan.model.reports import Report

_MARKED = re.compile(
    r"(?P<name>(?:[^(),。;:]|\([^()]{1,12}\)(?!\((?:类|款|项)\))|\((?!类\)|款\)|项\))[^()]{1,12}\))+?)\((?P<level>类|款|项)\)"
)
_CODED = re.compile(r"^\(?(?P<code>2\d{6})\)?")
_LEVELS = {"类": 3, "款": 5, "项": 7}
_HEAD = re.compile(r"^(?P<term>[^:。;,]{2,80}?)(?:[:]|,?(?:是指|指|反映)(?=[^,。;]{6}))")
_BOLD = re.compile(r"\*+")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the glossary: the term as printed, where it begins and ends in its passage."""

    term: str
    passage: Passage
    start: int
    end: int

    @property
    def place(self) -> Place:
        return self.passage.place(self.start, self.end)


def entries(report: Report) -> list[Entry]:
    """All entries of the glossary: a numbered paragraph or title each."""
    found = []
    for passage in passages(report):
        if passage.kind != "glossary":
            continue
        text = passage.text
        start = len(text) - len(strip_ordinal(text)) if not passage.title or ":" in text else len(text)
        start = text.find(strip_ordinal(text)[:6]) if start < len(text) else start
        if start < 0 or start >= len(text):
            continue
        match = _HEAD.match(text[start:])
        if match:
            found.append(Entry(_BOLD.sub("", match.group("term")), passage, start, start + match.end("term")))
    return found


@check("GLOSS-ITEM", severity="warning", basis="名词解释：只解释本部门的科目")
def items_are_in_tables(report: Report) -> Iterator[Outcome]:
    """名词解释中的功能科目（项），应是决算表中有的科目。"""
    items = [(entry, names) for entry in entries(report) if "项" in (names := _names(entry.term))]
    if not items:
        yield Unchecked("名词解释没有解释功能科目")
        return
    codes = _codes(report)
    if not any(len(code) == _LEVELS["项"] for code in codes):
        yield Unchecked("决算表没有列到项")
        return
    unread = sum(table.unread for table in report.tables)
    for entry, names in items:
        if _in_tables(names, codes):
            yield Passed(entry.place)
        elif unread:
            yield Unchecked(f"有 {unread} 个数未能读出", entry.place)
        else:
            yield _foreign(entry, names)


def _names(term: str) -> dict[str, str]:
    """类, 款, 项 → the name that the entry gives; `code` where it gives one."""
    word = strip_ordinal(term)
    found = {match.group("level"): bare(match.group("name")) for match in _MARKED.finditer(word)}
    if (match := _CODED.match(word)) and "项" in found:
        found["code"] = match.group("code")
    return found


def _codes(report: Report) -> dict[str, set[str]]:
    """Code → the names that tables print for it."""
    found: dict[str, set[str]] = {}
    for table in report.tables:
        for row in table.rows:
            if row.function:
                found.setdefault(row.function, set()).add(_folded(row.name))
    return found


def _folded(name: str) -> str:
    """A name as printed in a table or sentence, with what varies left out."""
    return re.sub("[与及]", "和", bare(re.sub(r"\((?:类|款|项)\)$", "", name))).removesuffix("支出")


def _in_tables(names: dict[str, str], codes: dict[str, set[str]]) -> bool:
    """Whether a table has the 项, below that 款 where both names are given."""
    item, group = _folded(names["项"]), names.get("款", "")
    for code, printed in codes.items():
        if len(code) != _LEVELS["项"] or (names.get("code", code) != code and item not in printed):
            continue
        if names.get("code") == code:
            return True
        above = codes.get(code[:5], set())
        if item in printed and (not group or not above or _folded(group) in above):
            return True
    return False


def _foreign(entry: Entry, names: dict[str, str]) -> Failed:
    said = "".join(f"{names[level]}（{level}）" for level in "类款项" if level in names)
    return Failed(
        f"名词解释了“{said}”，各表都没有这个科目",
        (entry.place,),
        advice="请删去，或核对科目名称",
        printed=said,
    )


@check("GLOSS-TWICE", severity="info", basis="名词解释不重复")
def explained_once(report: Report) -> Iterator[Outcome]:
    """同一名词不应解释两次（全文只提示一次）。"""
    found = entries(report)
    if not found:
        yield Unchecked("没有名词解释")
        return
    first: dict[str, Entry] = {}
    again = [(first[word], entry) for entry in found if first.setdefault(word := bare(entry.term), entry) is not entry]
    if not again:
        yield Passed(found[0].place)
        return
    terms = "、".join(f"“{entry.term}”" for _, entry in again[:3])
    yield Failed(
        f"名词解释重复：{terms}",
        tuple(place for one, two in again for place in (two.place, one.place)),
        advice="请删去重复的解释",
        printed=again[0][1].term,
    )


@check("GLOSS-UNEXPLAINED", severity="info", basis="名词解释：用到的专业名词")
def terms_are_explained(report: Report) -> Iterator[Outcome]:
    """情况说明用到的主要名词，应在名词解释中解释（全文只提示一次）。"""
    told = entries(report)
    if not told:
        yield Unchecked("没有名词解释")
        return
    text = [p for p in passages(report) if p.explains]
    lacking = []
    for name, used, head in core_terms():
        if any(head.search(entry.term) for entry in told):
            continue
        use = next(((p, m) for p in text if (m := used.search(p.text))), None)
        if use is not None:
            lacking.append((name, use[0].place(use[1].start(), use[1].end())))
    if not lacking:
        yield Passed(told[0].place)
        return
    yield Failed(
        f"用到而没有解释的名词：{'、'.join(name for name, _ in lacking)}",
        tuple(place for _, place in lacking),
        advice="请补充名词解释",
        printed=lacking[0][0],
    )
