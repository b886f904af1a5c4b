"""Numbering (序号): where the ordinals of headings and numbered paragraphs do not go on by one.

A list may begin anew with 1 at any time. Refuses to call a number missing that stands inside a paragraph, and to count
the parts of the document (第二部分), of which forms leave out one.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from typing import NamedTuple

from juesuan.checking.prose import Passage
from juesuan.model.places import Place

_CHINESE = "一二三四五六七八九十"
_STYLES = (
    re.compile(rf"[-*#•]*第(?P<n>[{_CHINESE}]{{1,3}})部分"),
    re.compile(rf"[-*#•]*(?P<n>[{_CHINESE}]{{1,3}})、"),
    re.compile(rf"\((?P<n>[{_CHINESE}]{{1,3}})\)"),
    re.compile(r"(?P<n>\d{1,2})(?:[.、]|．)(?!\d)"),
    re.compile(r"\((?P<n>\d{1,2})\)"),
)
_HUNDRED = 100
_LATIN = 3
"""from this style on numbers are printed in digits"""


class Break(NamedTuple):
    """Two ordinals that do not follow each other, as printed, and where the second stands."""

    before: str
    after: str
    place: Place


def value(word: str) -> int:
    """The number that Chinese numerals or digits name (二十三 → 23), 0 where they name none (一二十)."""
    if word.isdecimal():
        return int(word)
    tens, ten, ones = word.rpartition("十")
    if not ten:
        return _CHINESE.index(word) + 1 if len(word) == 1 else 0
    if len(tens) > 1 or len(ones) > 1:
        return 0
    return (_CHINESE.index(tens) + 1 if tens else 1) * 10 + (_CHINESE.index(ones) + 1 if ones else 0)


def breaks(passages: Iterable[Passage], missing: Container[str]) -> list[Break]:
    """The breaks in all lists of the document's text, but for the ordinals that are known to be `missing` (七、)."""
    found: list[Break] = []
    last: dict[int, tuple[int, str]] = {}
    between = ""
    for passage in passages:
        if passage.table or passage.kind == "attachments":
            continue
        style, match = _ordinal(passage.text)
        if match is None:
            between += passage.text
            continue
        now = value(match.group("n"))
        before = last.get(style)
        follows = style == 0 or before is None or now in (1, before[0] + 1) or _written(style, now - 1) in missing
        if before is not None and not follows and not _inline(style, now - 1, between):
            shown = match.group().lstrip("-*#•")
            found.append(Break(before[1], shown, passage.place(match.start(), match.end())))
        last = {s: n for s, n in last.items() if s < style} | {style: (now, match.group().lstrip("-*#•"))}
        between = passage.text
    return found


def _written(style: int, number: int) -> str:
    """An ordinal as the contents print it, "" for one in digits."""
    if style >= _LATIN or not 0 < number < _HUNDRED:
        return ""
    tens, ones = divmod(number, 10)
    word = ("十" if tens == 1 else _CHINESE[tens - 1] + "十" if tens else "") + (_CHINESE[ones - 1] if ones else "")
    return ("第{}部分", "{}、", "({})")[style].format(word)


def _ordinal(text: str) -> tuple[int, re.Match[str] | None]:
    return next(((i, m) for i, style in enumerate(_STYLES) if (m := style.match(text))), (-1, None))


def _inline(style: int, number: int, text: str) -> bool:
    """Whether the number before stands inside the text since the last ordinal."""
    if style >= _LATIN:
        return re.search(rf"(?<!\d)\(?{number}[.、)．]", text) is not None
    return any(value(word) == number for word in re.findall(rf"[{_CHINESE}]{{1,3}}(?=[、)])", text))
