"""The census of numerals (数字清点): every numeral of the document is a figure, or counted apart by kind.

Figures are all numerals but codes, 行次/栏次, ordinals, dates, 文号 and page numbers. Refuses to lose one: what no rule
knows is an unread figure with its place.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import zip_longest

from juesuan.model.documents import Cell, Document, Heading, PageBreak, Paragraph, Table
from juesuan.model.places import Place
from juesuan.model.reports import Unread
from juesuan.understanding.figures import narrow, numerals
from juesuan.understanding.regions import is_page_number

WORK = "工作数量"
"""a numeral of a report of work, where no rule knows it as a date or an ordinal"""
APART = ("科目编码", "编号", "行次", "栏次", "序号", "日期", "文号", "表号", "页码", "续行", WORK)

#: (kind, pattern): the numerals inside a match are counted apart as that kind
_RULES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("文号", re.compile(r"[〔\[【（(](?:19|20)\d\d[〕\]】）)]\s*第?\s*\d+\s*号|第\s*\d+\s*号")),
    ("表号", re.compile(r"(?:财决)?公开\s*表?\s*\d+(?:\s*-\s*\d+)?\s*表?|附表\s*\d+|附件\s*\d+|[ZF]\d{2}(?:_\d)?")),
    (
        "日期",
        re.compile(
            r"(?:19|20)\d\d\s*[-—~至到]\s*(?:19|20)\d\d\s*年|(?:19|20)\d\d\s*年?\s*(?:[至到、和与]\s*(?:19|20)\d\d\s*)?年(?:度)?"
            r"(?:\s*\d{1,2}\s*月)?(?:\s*\d{1,2}\s*日)?|(?:19|20)\d\d\s*[-./]\s*\d{1,2}\s*[-./]\s*\d{1,2}"
            r"|\d{1,2}\s*月(?:份)?(?:\s*\d{1,2}\s*日)?|(?<![\d.])\d{1,2}\s*日(?!均)"
        ),
    ),
    (
        "序号",
        re.compile(r"^\s*[（(]?\s*\d{1,2}\s*(?:[.．、)）](?!\d)|\s(?=[\u4e00-\u9fff]))|^\s*第\s*\d+\s*[条项部章节]"),
    ),
    (
        "序号",
        re.compile(r"(?:(?<=[。；;：:])|(?<=\s))\s*[（(]?\d{1,2}[.、)）](?!\d)|[（(]\d{1,2}[)）](?=[\u4e00-\u9fff])"),
    ),
    ("序号", re.compile(r"图表?\s*\d{1,2}(?:[-－]\d{1,2})?(?=\s*[：:、，。）)所]|\s|$)")),
    ("编号", re.compile(r"(?:电话|联系方式|传真|邮编|邮政编码)\s*[：:]?\s*\d[\d\-—－ ]{4,}")),
    ("科目编码", re.compile(r"[（(]\s*2\d{2}(?:\d{2}){0,2}\s*[类款项]?\s*[）)]")),
    ("编号", re.compile(r"(?:^|(?<=[,，;；、]))\s*\d{2,4}\s*-(?=[\u4e00-\u9fff])")),
    ("页码", re.compile(r"(?:(?:\.\s?){3,}|…+|(?:·\s?){3,}|\t)\s*\d{1,3}\s*$")),
    (
        "页码",
        re.compile(r"(?<=[\u4e00-\u9fff)”])\s+(?:[.·…]\s*)+\d{1,3}\s*$"),
    ),  # a title that leaves no room for more dots
)

_DIGIT = re.compile(r"\d")
_LAST_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d\s*$")
"""a year at the end of a line, with its 年 on the next one"""


@dataclass(slots=True)
class Census:
    """All numerals of a document: figures in all, those unread, and the others by kind."""

    figures: int = 0
    apart: Counter[str] = field(default_factory=Counter)
    unread: list[Unread] = field(default_factory=list)


def count(document: Document, roles: dict[int, str], text_roles: dict[tuple[int, int], str]) -> Census:
    """Counts every numeral. The roles tell by cell, or by line and offset, what each was understood as."""
    census = Census()
    for block, below in zip_longest(document.blocks, document.blocks[1:]):
        if isinstance(block, Table):
            for cell in block.cells():
                _cell(census, cell, roles.get(id(cell)))
        elif isinstance(block, Heading | Paragraph):
            if is_page_number(block.text):
                census.apart["页码"] += len(numerals(block.text))
            else:
                own = {at: role for at, _ in numerals(block.text) if (role := text_roles.get((id(block.place), at)))}
                if isinstance(below, Heading | Paragraph) and below.text.startswith("年"):
                    own |= {match.start(): "日期" for match in _LAST_YEAR.finditer(block.text)}
                _text(census, block.text, block.place, "这句话里的数字未能读懂", own)
        elif isinstance(block, PageBreak):
            continue
    for line in document.running:
        _running(census, line)
    return census


def _running(census: Census, line: Paragraph) -> None:
    """Numerals of headers and footers: dates, numbers of documents, else pages."""
    kinds: dict[int, str] = {}
    for kind, pattern in _RULES if not is_page_number(line.text) else ():
        for match in pattern.finditer(narrow(line.text)):
            for at, _ in numerals(match.group()):
                kinds.setdefault(match.start() + at, kind)
    for at, _ in numerals(line.text):
        census.apart[kinds.get(at, "页码")] += 1


def _cell(census: Census, cell: Cell, role: str | None) -> None:
    if not _DIGIT.search(cell.text):
        return
    if role in ("科目编码", "行次", "栏次", "序号"):
        census.apart[role] += len(numerals(cell.text))
    elif role in ("数字", "未读"):
        census.figures += 1
        extra = len(numerals(cell.text)) - 1
        if extra > 0:
            census.apart["单元格内的其他数字"] += extra
    elif role == "表头":
        _text(census, cell.text, cell.place, "表头中的数字", head=True)
    else:
        _text(census, cell.text, cell.place, "表中文字里的数字")


def _text(
    census: Census, text: str, place: Place, reason: str, roles: dict[int, str] | None = None, head: bool = False
) -> None:
    found = numerals(text)
    if not found:
        return
    work = [at for at, role in (roles or {}).items() if role == WORK]
    taken = {at: role for at, role in (roles or {}).items() if role != WORK}
    ascii_text = narrow(text)
    for kind, pattern in _RULES:
        for match in pattern.finditer(ascii_text):
            for at, _ in numerals(match.group()):
                taken.setdefault(match.start() + at, kind)
    taken = dict.fromkeys(work, WORK) | taken
    for at, numeral in found:
        if at in taken and taken[at] not in APART and not taken[at].startswith("?"):
            census.figures += 1
        elif at in taken and taken[at] in APART:
            census.apart[taken[at]] += 1
        elif head and numeral.isdigit() and len(numeral) <= 2:
            census.apart["栏次"] += 1
        else:
            census.figures += 1
            start = (place.start or 0) + at
            why = taken.get(at, reason).lstrip("?")
            census.unread.append(Unread(_at(place, start, numeral), numeral, why))


def _at(place: Place, start: int, quote: str) -> Place:
    return Place(
        place.file, place.page, place.line, start, place.table, place.row, place.row_no, place.column, place.box, quote
    )
