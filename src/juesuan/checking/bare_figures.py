"""Bare figures (没有单位的数): the numerals of a sentence that lack a unit or %, and units without a numeral.

A number with two decimals needs a unit wherever it stands; other numbers need one where the words before them speak of
money, shares, rates or counts. Refuses numbers that share one unit, dates, ordinals, codes and 文号, and what breaks
off at the end of a passage.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from juesuan.checking.prose import Passage
from juesuan.knowledge.wording import wording

_NUMERAL = re.compile(r"(?<![\d.,])(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?)(?![\d.]*\d)")
_DATE = re.compile(
    r"(?:19|20)\d\d(?=年|-(?:19|20)\d\d年)|(?:19|20)\d\d(?:[-/]\d{1,2}){1,2}|(?:19|20)\d\d\.\d{1,2}\.\d{1,2}|\d{1,2}月\d{1,2}"
)
_ORDINAL = re.compile(r"\(?\d{1,2}(?:[.、)]|．)(?!\d)")
_CODE = re.compile(r"2\d{2}(?:\d{2}){1,2}")
_ENDS = re.compile(r"[,。;、)(]|以上|以下|$")
_DECIMALS = 2
_LEFT = 60
_LISTED = 3
"""so many bare numbers in one sentence have their unit once for all"""


class Bare(NamedTuple):
    """A numeral without a unit: where it stands, and which unit it lacks (%, 万元 or "" for a count)."""

    start: int
    end: int
    unit: str


def numerals(passage: Passage) -> Iterator[tuple[re.Match[str], bool]]:
    """The numerals that need a unit, each with whether a unit follows."""
    text = passage.text
    known = wording("unit", "known")
    dates = {at for match in _DATE.finditer(text) for at in range(match.start(), match.end())}
    for match in _NUMERAL.finditer(text):
        if match.start() in dates or match.end() == len(text) or _apart(passage, match):
            continue
        yield match, bool(known.match(text, match.end())) or _shares(text, match)


def _shares(text: str, match: re.Match[str]) -> bool:
    """Whether the unit of the next number is this one's too: 3—5万元; 分别为4125.49、4143.91万元."""
    if wording("unit", "range").match(text, match.end()):
        return True
    each = wording("unit", "each").search(text[max(0, match.start() - _LEFT) : match.start()])
    return each is not None and wording("unit", "listed").match(text, match.end()) is not None


def _apart(passage: Passage, match: re.Match[str]) -> bool:
    """Whether the numeral is an ordinal, a code, or part of a name or number of something else."""
    text, start = passage.text, match.start()
    ordinal = _ORDINAL.match(text, start) and (start == 0 or text[start - 1] in "。;:")
    bracketed = start and text[start - 1] == "(" and re.match(r"\d{1,2}\)", text[start:])
    before = text[max(0, start - 8) : start]
    return bool(ordinal or bracketed or _CODE.fullmatch(match.group()) or wording("unit", "apart").search(before))


def bare(passage: Passage, found: Iterable[tuple[re.Match[str], bool]]) -> Iterator[Bare]:
    """Of the numerals of a passage those that lack a unit."""
    if wording("unit", "stated").search(passage.text):
        return
    lacking = [match for match, has in found if not has]
    for match in lacking:
        unit = _lacks(passage.text, match)
        same = sum(1 for m in lacking if passage.sentence(m.start()) == passage.sentence(match.start()))
        if unit is not None and (unit or same < _LISTED):
            yield Bare(match.start(), match.end(), unit)


def _lacks(text: str, match: re.Match[str]) -> str | None:
    """The unit that is missing: %, 万元, "" for that of a count; None where none need be."""
    left = text[max(0, match.start() - _LEFT) : match.start()].rstrip("-")
    _, point, decimals = match.group().partition(".")
    ends = _ENDS.match(text, match.end()) is not None
    if (ends or point) and wording("unit", "percent").search(left):
        return "%"
    if (ends or point) and wording("unit", "money").search(left):
        return "万元"
    if ends and wording("unit", "count").search(left):
        return ""
    return "万元" if len(decimals) >= _DECIMALS else None


def empty(passage: Passage) -> Iterator[tuple[int, int]]:
    """Units before which no numeral stands (下降%)."""
    for match in wording("unit", "empty").finditer(passage.text):
        if "单位" not in passage.text[max(0, match.start() - 6) : match.end()]:
            yield match.start(), match.end()


def twice(passage: Passage) -> Iterator[tuple[int, int]]:
    """Numerals with two units (253%万元)."""
    for match in wording("unit", "twice").finditer(passage.text):
        yield match.start(), match.end()
