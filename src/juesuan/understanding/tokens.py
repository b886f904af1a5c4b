"""Tokens (词): a sentence cut into figures, terms, names of 类款项, cues and punctuation, in order.

The longest term wins; a cue swallows the terms inside it. Refuses to give a token a role: that is `sentences`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from juesuan.knowledge.phrases import Lexicon, Term, cues

_NUMBER = re.compile(
    r"(?P<sign>(?<![\d.%])-)?(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?)"
    r"(?P<unit>亿元|万元|元|万(?!人|户|册|份)|个百分点|%|‰|台\(套\)|台\(件、套\)|台/套|台套|台|套|辆|批次|批|人次|人|"
    r"个团组|个团|个|团组|团次|项|次|家|分(?!为|别|配|之)|名|件|户|份)?"
)
_DATE = re.compile(
    r"(?:19|20)\d\d(?:年度?|-(?=20))(?:\d{1,2}月)?(?:\d{1,2}日)?|\d{1,2}月(?:份)?(?:\d{1,2}日)?|(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}"
    r"|[〔\[(](?:19|20)\d\d[〕\])]第?\d+号|(?:19|20)\d\d(?=年)"
)
_MARKED = re.compile(
    r"(?P<name>(?=[一-龥])(?:[^,。;:、()\d\"]|\([^()]{1,12}\)(?!\((?:类|款|项)\)))*?(?:[^,。;:、()\d\"]|\((?!类\)|款\)|项\))[^()]{1,12}\)))\((?P<level>类|款|项)\)"
)
_CODE = re.compile(r"(?<!\d)2\d{2}(?:\d{2}){1,2}(?![\d.%万元])")
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
    found = list(_spans(text))
    taken = [False] * (len(text) + 1)
    for token in found:
        for i in range(token.start, token.end):
            taken[i] = True
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


def _spans(text: str) -> Iterator[Token]:
    """What is found by pattern, the first kinds before the later ones: names, dates, comparisons, directions, cues."""
    free = [True] * len(text)

    def take(kind: str, pattern: re.Pattern[str]) -> Iterator[Token]:
        for match in pattern.finditer(text):
            if match.end() > match.start() and all(free[match.start() : match.end()]):
                free[match.start() : match.end()] = [False] * (match.end() - match.start())
                yield Token(kind, match.start(), match.end(), match.group(), match)

    patterns = cues()
    yield from take("marked", _MARKED)
    yield from take("level_previous", patterns["direction"]["level_previous"])
    yield from take("level", patterns["direction"]["level"])
    yield from take("direction", patterns["direction"]["sentence"])
    yield from take("previous_budget", patterns["compare"]["previous_budget"])
    yield from take("previous", patterns["compare"]["previous"])
    yield from take("budget", patterns["compare"]["budget"])
    yield from take("date", _DATE)
    yield from take("code", _CODE)
    yield from take("reason", patterns["span"]["reason"])
    yield from take("purpose", patterns["span"]["purpose"])
    yield from take("among", _AMONG)
    yield from take("share", _SHARE)
    yield from take("none", patterns["none"]["word"])


_AMONG = re.compile(r"其中|中(?=[,:])|分别是|用于以下方面|情况如下|如下|包括以下")
_SHARE = re.compile(r"占(?!用|地|有|压|道)")


def lexicon_of(words: dict[str, tuple[Term, ...]], more: dict[str, Term]) -> Lexicon:
    """The phrase book's terms and the account's own names."""
    pairs = [(word, term) for word, meanings in words.items() for term in meanings]
    return Lexicon([*pairs, *more.items()])


def numeral_dates(text: str) -> Iterator[int]:
    """The offsets of the numerals that are parts of dates and 文号."""
    for match in _DATE.finditer(text):
        for digits in re.finditer(r"\d+", match.group()):
            yield match.start() + digits.start()
