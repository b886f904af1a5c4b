"""Tokens (词): a sentence cut into figures, terms, names of 类款项, cues and punctuation, in order.

The longest term wins; a cue swallows the terms inside it. Refuses to give a token a role: that is `sentences`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from juesuan.knowledge.phrases import Lexicon, Term, cues, term_patterns

_NUMBER = re.compile(
    r"(?P<sign>(?<![\d.%])-)?(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?)"
    r"(?P<unit>亿元|万元|元|万平方米|平方米|万(?!人|户|册|份|亩|平)|个百分点|%|‰|台\(套\)|台\(件、套\)|台/套|台套|台|套|辆|批次|批|人次|人|"
    r"个团组|个团|个|团组|团次|项|次|家|分(?!为|别|配|之)|名|件|户|份|亩|张)?"
)
_DATE = re.compile(
    r"(?:19|20)\d\d(?:年度?|-(?=20))(?:\d{1,2}月)?(?:\d{1,2}日)?|\d{1,2}月(?:份)?(?:\d{1,2}日)?|(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}"
    r"|[〔\[(](?:19|20)\d\d[〕\])]第?\d+号|(?:19|20)\d\d(?=年)"
)
_MARKED = re.compile(
    r"(?P<name>(?=[一-龥]|\"[^\"(),。;:]{1,12}\"[一-龥])(?:\"[^\"(),。;:]{1,12}\")?(?:[^,。;:、()\d\"]|\([^()]{1,12}\)(?!\((?:类|款|项)\)))*?(?:[^,。;:、()\d\"]|\((?!类\)|款\)|项\))[^()]{1,12}\)))\"?\((?P<level>类|款|项)\)"
)
_CODE = re.compile(r"(?<![\d.])2\d{2}(?:\d{2}){1,2}(?![\d.%万元亿人个辆次批家台套项分户份名件条平亩张])")
_PUNCTUATION = frozenset(",;:()、!?\n")


class Token(NamedTuple):
    """One token. `data` is the Term, the regular expression's match, or the level of a name."""

    kind: str
    start: int
    end: int
    text: str
    data: Any = None


def tokenize(text: str, lexicon: Lexicon, section: str) -> list[Token]:
    """All tokens of a sentence in compact form."""
    found = list(_spans(text, section))
    taken = bytearray(len(text) + 1)
    for token in found:
        taken[token.start : token.end] = b"\1" * (token.end - token.start)
    at = 0
    while at < len(text):
        single = None if taken[at] else _one(text, at, lexicon, section)
        if single is None or any(taken[single.start : single.end]):
            at += 1
            continue
        found.append(single)
        at = single.end
    found.sort(key=lambda t: (t.start, -t.end))
    return found


def _one(text: str, at: int, lexicon: Lexicon, section: str) -> Token | None:
    term = lexicon.at(text, at, section)
    if term is not None:
        return Token("term", at, at + len(term[0]), term[0], term[1])
    char = text[at]
    if char in _PUNCTUATION:
        return Token("mark", at, at + 1, char)
    match = _NUMBER.match(text, at) if char.isdigit() or char == "-" else None
    return Token("figure", at, match.end(), match.group(), match) if match else None


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str], frozenset[str], Term | None], ...]:
    """(kind, pattern, characters of which a text must have one, term), the first kinds before the later ones."""
    p = cues()
    kinds = (
        *(("term", pattern, "价值为\"通保执其有位车会培", term) for pattern, term in term_patterns()),
        ("marked", _MARKED, "类款项", None),
        ("level_previous", p["direction"]["level_previous"], "年同零", None),
        ("level", p["direction"]["level"], "预", None),
        ("direction", p["direction"]["sentence"], "预", None),
        ("direction_previous", p["direction"]["previous"], "年", None),
        ("previous_budget", p["compare"]["previous_budget"], "比较与和", None),
        ("budget", p["compare"]["budget"], "预", None),
        ("previous", p["compare"]["previous"], "比较与和同年", None),
        ("past", p["compare"]["past"], "年", None),
        ("date", _DATE, "年月日号-/.", None),
        ("threshold", p["threshold"]["word"], "-~至到以", None),
        ("code", _CODE, "2", None),
        ("reason", p["span"]["reason"], "因由主", None),
        ("purpose", p["span"]["purpose"], "用包反开支为涵含", None),
        ("ordinal", p["among"]["ordinal"], "12345678.)、(①第是•·●▪◆-", None),
        ("within", p["among"]["within"], "占", None),
        ("among", p["among"]["word"], "中是下于由成", None),
        ("share", p["among"]["share"], "占比", None),
        ("none", p["none"]["word"], "无未没不", None),
    )  # fmt: skip
    return tuple((kind, pattern, frozenset(needs), term) for kind, pattern, needs, term in kinds)


def _spans(text: str, section: str) -> Iterator[Token]:
    """What is found by pattern: names, dates, comparisons, directions, cues."""
    taken, chars = bytearray(len(text)), frozenset(text)
    for kind, pattern, needs, term in _patterns():
        if chars.isdisjoint(needs) or (term and term.sections and section not in term.sections):
            continue
        for match in pattern.finditer(text):
            start, end = match.span()
            if kind == "marked":
                start += _lead(match["name"])
            if end > start and not any(taken[start:end]):
                taken[start:end] = b"\1" * (end - start)
                yield Token(kind, start, end, text[start:end], term or match)


def _lead(name: str) -> int:
    """How much of the words before （类） is no part of the name: 支出主要用于…, 一是…, ①…."""
    lead = cues()["among"]["lead"].match(name)
    return lead.end() if lead else 0


def lexicon_of(words: dict[str, tuple[Term, ...]], more: dict[str, Term]) -> Lexicon:
    """The phrase book's terms and the account's own names."""
    pairs = [(word, term) for word, meanings in words.items() for term in meanings]
    return Lexicon([*pairs, *more.items()])


def numeral_dates(text: str) -> Iterator[int]:
    """The offsets of the numerals that are parts of dates and 文号."""
    if not any(map(text.__contains__, "0123456789")):
        return
    for match in _DATE.finditer(text):
        for digits in re.finditer(r"\d+", match.group()):
            yield match.start() + digits.start()
