"""The list of findings (问题清单): numbered, each with its rule and the part of the document that it stands in.

HTML, workbook and opinion sheet are all made of it, so that a number means the same finding in each. Refuses to leave
a finding out: accepted ones come last, with their reason.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import NamedTuple

from juesuan.model.findings import Cause, Finding, Severity
from juesuan.model.places import Place
from juesuan.model.reports import Report
from juesuan.presenting.checked import Checked
from juesuan.presenting.telling import headline, spot_words

#: what checks are about, by the beginning of their ids; shown as the kind of a finding
KINDS = {
    "EQ": "勾稽关系",
    "SHIFT": "错行错列",
    "SIGN": "勾稽关系",
    "CLAIM": "文数相符",
    "TEXT": "文字说明",
    "NOTE": "文字说明",
    "GLOSS": "名词解释",
    "NAME": "科目名称",
    "PERF": "绩效",
    "STRUCT": "体例结构",
    "SECT": "体例结构",
    "WORD": "文字标点",
    "PUNCT": "文字标点",
    "PERSONAL": "个人信息",
}
OTHER_KIND = "其他"
COVER, CONTENTS = "封面和开头", "目录"
_MAIN = re.compile(r"第[一二三四五六七八九十]+部分|[-*#\s]*[一二三四五六七八九十]+、")
_SPACED = re.compile(r"(?<!\S)(\S)\s+(?=\S(?!\S))")
"""a blank between two characters that stand alone: 收 入 决 算 表"""
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)


class Rule(NamedTuple):
    """What a check or equation says of itself: its title and its basis (依据)."""

    title: str = ""
    basis: str = ""


Rules = Mapping[str, Rule]


def clean(text: str) -> str:
    """Text that any file can hold, and that shows as it stands: no control characters, none that turn the direction."""
    return _FORBIDDEN.sub("\ufffd", text)


@dataclass(frozen=True, slots=True)
class Entry:
    """One finding to be shown. `part` is the table or section of the document that it stands in."""

    number: int
    finding: Finding
    handle: str
    kind: str
    rule: Rule
    part: str
    subject: str
    evidence: tuple[str, ...]
    cause: Cause | None

    @property
    def place(self) -> Place:
        return self.finding.places[0] if self.finding.places else Place()

    @property
    def spot(self) -> str:
        """第 105 行, 第 18 页; "" where it has no place."""
        return spot_words(self.place)

    @property
    def grid(self) -> str:
        """Where in its table: 221 住房保障支出 · 基本支出; "" outside tables."""
        return " · ".join(filter(None, (self.place.row, self.place.column)))

    @property
    def problem(self) -> str:
        """The whole message in one piece."""
        return "\n".join(filter(None, (self.subject, *self.evidence)))

    @property
    def quote(self) -> str:
        """The wrong words or figure as they are printed."""
        return self.finding.printed or self.place.quote


def entries(one: Checked, rules: Rules) -> list[Entry]:
    """The findings of one file, the gravest first, the accepted ones last; numbers from 1."""
    result, report = one.result, one.report
    causes = {cause.id: cause for cause in result.causes} if result else {}
    names = one.handles
    parts = Parts(report) if report else None
    found = []
    for number, finding in enumerate(sorted(one.findings, key=lambda f: bool(f.accepted)), 1):
        subject, evidence = headline(finding)
        if not subject and evidence:
            subject, *evidence = evidence
        part = parts.of(finding.places[0]) if parts and finding.places else ""
        rule = rules.get(finding.check, Rule())
        own = (kind_of(finding.check), rule, part, subject or rule.title, tuple(evidence))
        found.append(Entry(number, finding, names.get(finding, ""), *own, causes.get(finding.cause)))
    return found


def opinions(found: Iterable[Entry]) -> list[Entry]:
    """What the office is asked to mend, then what it is asked to explain; their numbers are the first ones."""
    return [e for e in found if e.finding.severity > Severity.INFO and not e.finding.accepted]


def kind_of(check: str) -> str:
    """What a check is about."""
    return KINDS.get(check.partition("-")[0], OTHER_KIND)


def account_name(one: Checked) -> str:
    """青原县档案馆 2024 年度部门决算; what is not known is said to be unknown."""
    report = one.report
    if report is None:
        return PurePath(one.file).name
    year = f"{report.year} 年度" if report.year.isdecimal() else "年度不明"
    return f"{report.department or '部门名称不明'} {year}{report.kind or '决算'}"


def order_of(place: Place) -> tuple[int, int, int]:
    """Where a place stands in its document, in reading order: page, height or line, position."""
    if place.line is None and place.box is not None:
        return place.page or 0, round(place.box[1]), round(place.box[0])
    return place.page or 0, place.line or 0, place.start or 0


class Parts:
    """The tables and sections of a document in reading order, to say in which a place stands."""

    def __init__(self, report: Report) -> None:
        titles = [(order_of(table.place), _title(table.title)) for table in report.tables]
        found = [pair for pair in titles if pair[1]]  # a list without a title belongs to its section
        self.tables = {"".join(name.split()): name for _, name in found}
        for section in report.sections:
            main = [title for title in section.path if _MAIN.match(title)] or list(section.path)
            main = [title for title in main if "名词解释" in title][:1] or main
            name = CONTENTS if section.listed else _title(main[-1]) if main else COVER
            found.append((order_of(section.place), name))
        found.sort(key=lambda pair: pair[0])
        self.starts = [start for start, _ in found]
        self.names = [name for _, name in found]

    def of(self, place: Place) -> str:
        """The table or section that the place opens, else the nearest above."""
        at = bisect_right(self.starts, order_of(place)) - 1
        above = (self.names[at] if at >= 0 else "") or COVER
        return self.tables.get("".join(place.quote.split()), above) if above != CONTENTS else above


def _title(words: str) -> str:
    """A title on one line, without the blanks it is spaced with, the marks of a list and the dots of the contents."""
    bare = re.sub(r"[.…·]{3,}.*$", "", " ".join(words.split())).lstrip("-*# ")
    return clean(_SPACED.sub(r"\1", unicodedata.normalize("NFC", bare)).strip())
