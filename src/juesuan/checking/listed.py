"""Lists of spent items (主要用于：办公费、印刷费…): each item led to its code in the basic expenditure table, by name.

A name that only leaves out or adds words (养老保险缴费, 维修费) is the item's; one that differs in its words is kept
with the item that it probably means. Refuses to choose where a name fits several items.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import lru_cache

from juesuan.checking.labels import sequences
from juesuan.checking.passages import flow_of, spot
from juesuan.checking.printed import printed_of
from juesuan.checking.values import Values, claims_of
from juesuan.knowledge import classifications
from juesuan.knowledge.names import bare
from juesuan.model.claims import Claim, Flow
from juesuan.model.keys import ALL, Key
from juesuan.model.places import Place
from juesuan.model.reports import Report

_OPEN = re.compile(r"等(?:[^、]{0,6}(?:支出|费用|经费|方面|内容|项目|开支))?$")
_AND = re.compile(r"以及|和|及|与")
_OUTER = re.compile(r"[、,](?![^()]*\))")
_SHORTEST = 3
_LONG = 5
_LIKE = 0.7
_CODE_LENGTH = 5


@dataclass(frozen=True, slots=True)
class Item:
    """One listed item. `code` is its code ("" where not known), `meant` the code of the name that it resembles."""

    words: str
    place: Place
    code: str = ""
    meant: str = ""


@dataclass(slots=True)
class SpentList:
    """One list: the codes that it may hold, its items, and whether it ends in 等."""

    claim: Claim
    key: Key
    items: list[Item] = field(default_factory=list)
    open: bool = False

    def holds(self, code: str) -> bool:
        """Whether the code belongs to what the list is of."""
        wanted = self.key.economic
        if wanted in (ALL, ""):
            return True
        if wanted.isdigit():
            return code.startswith(wanted)
        return classifications.running_or_personnel(code) == wanted


@lru_cache(maxsize=1 << 12)
def folded(name: str) -> str:
    """A name without brackets, 的, 支出 at its end, and with one word for costs."""
    word = bare(name).replace("的", "")
    return re.sub("费用$", "费", word.removesuffix("支出") or word)


@lru_cache(maxsize=1 << 10)
def _known_names(code: str) -> frozenset[str]:
    return frozenset(map(folded, classifications.economic_names(code)))


def names_of(report: Report) -> Names:
    """The names of a report, read once for all checks."""
    view = report.views.get("names")
    if not isinstance(view, Names):
        view = report.views["names"] = Names(report)
    return view


class Names:
    """The names of the basic table's rows, and below them those of the classification."""

    def __init__(self, report: Report) -> None:
        self.codes: dict[str, dict[str, str]] = {}
        """folded name → code → the name as printed"""
        self.name: dict[str, str] = {}
        printed = printed_of(report)
        for number, _ in report.tables_of("basic"):
            for sequence in sequences(printed, number):
                for label in sequence:
                    for name in label.names if label.code else ():
                        self._add(label.code, name)
        self.printed = frozenset(self.name)

    def _add(self, code: str, name: str) -> None:
        if bare(name):
            self.codes.setdefault(folded(name), {}).setdefault(code, name)
            self.name.setdefault(code, name)
            if folded(name) in _known_names(code):
                self.name[code] = name

    def of(self, code: str, year: str) -> str:
        """What a code is called."""
        found = classifications.economic_name(code, year)
        return self.name.get(code) or (found.name if found else code)

    def code(self, words: str, within: SpentList, year: str) -> str:
        """The code that a listed name has; "" where there is none, or several."""
        word = folded(words)
        exact = self.codes.get(word, {})
        inside = [c for c in exact if within.holds(c)]
        if inside:
            return max(inside, key=len)
        if exact:
            return min(exact) if len(exact) == 1 else ""
        near = [c for name, codes in self.codes.items() if _extends(word, name) for c in codes if within.holds(c)]
        if near:
            return near[0] if len(set(near)) == 1 else ""
        return classifications.economic_code(words, None, year) or ""

    def meant(self, words: str, within: SpentList) -> str:
        """The code of the one name that a strange name resembles; "" where none does, or several do."""
        word = folded(words)
        scored = sorted(
            (
                (SequenceMatcher(None, word, name, autojunk=False).ratio(), code)
                for name, codes in self.codes.items()
                for code in codes
                if within.holds(code)
                and len(code) == _CODE_LENGTH
                and not name.endswith(word)  # 社会保障缴费 for 其他社会保障缴费: shortened, or the name of several
            ),
            reverse=True,
        )
        if not scored or scored[0][0] < _LIKE or len(word) <= _SHORTEST:
            return ""
        others = [score for score, code in scored[1:] if code != scored[0][1]]
        return "" if others and others[0] > scored[0][0] - 0.1 else scored[0][1]


def _extends(word: str, name: str) -> bool:
    """Whether one of two names is the other with words left out: in one place, in two where much is left."""
    short, long = sorted((word, name), key=len)
    if len(short) < _SHORTEST or (short[:1] == "其") != (long[:1] == "其"):
        return False
    head = _common(short, long)
    if _common(short[head:][::-1], long[::-1]) == len(short) - head:
        return True
    if len(short) < _LONG:
        return False
    ends = range(1, len(short))
    return long.endswith(short) or any(_in_order(short[:k], short[k:], long) for k in ends)


def _common(one: str, other: str) -> int:
    """How many characters two texts have in common at their start."""
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _in_order(first: str, second: str, text: str) -> bool:
    """Whether the text holds the first part, and ends in the second."""
    at = text.find(first)
    return at >= 0 and text.endswith(second) and at + len(first) <= len(text) - len(second)


def spent_lists(values: Values) -> Iterator[tuple[SpentList, Names]]:
    """All lists of the report, in document order, with the names that they were read with."""
    report = values.report
    names: Names | None = None
    for claim in claims_of(report, "list"):
        flow = flow_of(report, claim)
        if flow is None or claim.key.nature != "basic" or not claim.items:
            continue
        names = names or names_of(report)
        yield _list(report, claim, flow, names), names


def _list(report: Report, claim: Claim, flow: Flow, names: Names) -> SpentList:
    words = claim.word.lstrip(":")
    words = re.split(r",(?![^、]*、)|其中", words)[0]
    found = SpentList(claim, claim.key, open=bool(_OPEN.search(words)))
    for part in _OUTER.split(_OPEN.sub("", words)):
        found.items += _items(report, claim, flow, names, found, part)
    return found


def _items(report: Report, claim: Claim, flow: Flow, names: Names, within: SpentList, part: str) -> list[Item]:
    """One part of a list: one item, or two joined by 和 where these are known and the whole is not."""
    if not part:
        return []
    code = names.code(part, within, report.year)
    if not code:
        for match in _AND.finditer(part):
            halves = [part[: match.start()], part[match.end() :]]
            codes = [names.code(half, within, report.year) for half in halves if half]
            if len(codes) == len(halves) and all(codes):
                return [Item(h, spot(flow, claim, h), c) for h, c in zip(halves, codes, strict=True)]
    meant = "" if code else names.meant(part, within)
    return [Item(part, spot(flow, claim, part), code, meant)]
