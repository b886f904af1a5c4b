"""The phrase book (用语): the words of the explanation as data: sections, terms, cues.

Refuses to understand sentences: that is `understanding.sentences`. Texts here are compared in compact form: half width,
no white space, one kind of quotation mark.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from juesuan.knowledge.names import radicals

Dims = dict[str, str]
_SEVERAL = {"performance": "绩效", "assets": "车辆", "procurement": "采购", "running_costs": "运行经费"}
_BEGINNING = 60

_UNSEEN = "\u180e\u2060\u2061\u2062\u2063\u2064\ufeff" + "".join(
    map(chr, (*range(0x200B, 0x2010), *range(0x202A, 0x202F)))
)
"""characters without width (零宽字符), which word processors leave between others; not the soft hyphen, which some fonts
of PDF give for every hyphen: it may be a sign
"""
_COMPACT = radicals() | str.maketrans(
    "（）：，；！？０１２３４５６７８９．％“”„＂﹙﹚－−–‐‑‒\xad", '():,;!?0123456789.%""""()-------', _UNSEEN
)


@lru_cache(maxsize=1 << 13)
def compact_char(char: str) -> str:
    """One character in compact form; "" for white space."""
    return "" if char.isspace() else char.translate(_COMPACT)


@lru_cache(maxsize=1 << 12)
def compact(text: str) -> str:
    """The text in compact form."""
    return "".join(text.translate(_COMPACT).split())


@dataclass(frozen=True, slots=True)
class SectionKind:
    """A kind of section of the explanation: how its title reads, and the dimensions that hold in it."""

    kind: str
    title: re.Pattern[str]
    dims: Dims
    skip: bool


@dataclass(frozen=True, slots=True)
class Term:
    """A noun and its dimensions. `both`: a second key of the same figure; `suffix`: continues the item of its parent.

    `weak`: a word such as 支出 that goes on with the subject spoken of where that has the same flow.
    """

    dims: Dims
    both: Dims | None = None
    absolute: bool = False
    absolute_after: str = ""
    sections: frozenset[str] = frozenset()
    suffix: str = ""
    weak: bool = False


def _data(name: str) -> dict[str, Any]:
    return tomllib.loads((files("juesuan.knowledge") / "data" / "phrases" / name).read_text("utf-8"))


@cache
def section_kinds() -> tuple[SectionKind, ...]:
    """The kinds of sections, the first that fits holds."""
    names = ("item", "fund", "flow", "nature")
    return tuple(
        SectionKind(
            raw["kind"],
            re.compile(raw["title"]),
            {name: raw[name] for name in names if name in raw},
            raw.get("skip", False),
        )
        for raw in _data("sections.toml")["section"]
    )


def section_kind(title: str) -> SectionKind | None:
    """The kind that the title names."""
    word = compact(title)
    return next((kind for kind in section_kinds() if kind.title.search(word)), None)


def entry_kind(title: str, text: str) -> SectionKind | None:
    """Under a title that names several kinds (资产占用及绩效情况), the kind that the entry itself begins with."""
    word = compact(title)
    named = [k for k in section_kinds() if k.kind in _SEVERAL and k.title.search(word)]
    if len(named) < 2:
        return None
    return next((k for k in named if k.title.search(text[:_BEGINNING]) or _SEVERAL[k.kind] in text[:_BEGINNING]), None)


def _term(raw: dict[str, Any]) -> Term:
    return Term(
        raw.get("key", {}),
        raw.get("both"),
        raw.get("absolute", False),
        raw.get("absolute_after", ""),
        frozenset(raw.get("sections", ())),
        raw.get("suffix", ""),
        raw.get("weak", False),
    )


@cache
def terms() -> dict[str, tuple[Term, ...]]:
    """Word → its meanings (several where they depend on the section)."""
    found: dict[str, list[Term]] = {}
    for raw in _data("terms.toml")["term"]:
        term = _term(raw)
        for word in raw.get("words", ()):
            found.setdefault(compact(word), []).append(term)
    return {word: tuple(meanings) for word, meanings in found.items()}


@cache
def term_patterns() -> tuple[tuple[re.Pattern[str], Term], ...]:
    """Terms that are patterns (单价在 100 万元以上（含）的设备), in the order of the file."""
    return tuple((re.compile(raw["pattern"]), _term(raw)) for raw in _data("terms.toml")["term"] if "pattern" in raw)


@cache
def cues() -> dict[str, Any]:
    """The cue patterns, compiled, by group and name; `rule` is a list of dictionaries."""
    raw = _data("cues.toml")
    rules = [{**rule, "pattern": re.compile(rule["pattern"])} for rule in raw.pop("rule")]
    compiled: dict[str, Any] = {
        group: {name: re.compile(text) for name, text in patterns.items()} for group, patterns in raw.items()
    }
    return {**compiled, "rule": rules}


@cache
def _words() -> dict[str, dict[str, list[str]]]:
    return _data("words.toml")


def meaning(word: str) -> str:
    """What a direction word says: larger, smaller, equal, not_larger; "" for a word that says both or none."""
    return next((name for name, words in _words()["direction"].items() if word in words), "")


def rises(word: str) -> bool:
    """Whether the words of a change speak of a rise (增长下降 speaks of both)."""
    return any(part in word for part in _words()["change"]["rises"])


def falls(word: str) -> bool:
    """Whether the words of a change speak of a fall."""
    return any(part in word for part in _words()["change"]["falls"])


class Lexicon:
    """Finds the longest term that begins at a position: words by their first two characters."""

    def __init__(self, words: Iterable[tuple[str, Term]]) -> None:
        self._by_start: dict[str, list[tuple[str, Term]]] = {}
        for word, term in words:
            self._by_start.setdefault(word[:2], []).append((word, term))
        for found in self._by_start.values():
            found.sort(key=lambda pair: -len(pair[0]))

    def at(self, text: str, start: int, section: str) -> tuple[str, Term] | None:
        """The longest term at `start` that has a meaning in a section of this kind ("" has them all)."""
        for word, term in self._by_start.get(text[start : start + 2], ()):
            if text.startswith(word, start) and (not section or not term.sections or section in term.sections):
                return word, term
        return None
