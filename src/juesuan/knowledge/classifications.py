"""Classifications (政府收支分类科目): names of functional and economic codes by year, each with its evidence.

A name is `published` (seen in published accounts of those years), `list` or `partial` (seen in a list of codes),
`doubtful` (seen, but at odds with the national list) or `unverified` (general knowledge, for recognition only). Only
published evidence of the year itself may contradict a printed name: no evidence is neither hint nor finding.

Refuses to read a code out of an ordinal (七、 is not 207), and to choose where a name fits several codes.
Sources: 政府收支分类科目（支出功能分类；部门预算、政府预算支出经济分类）.

A year is an int or digits ("2024"); None and any other text ("?") count as unknown.
"""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Literal, NamedTuple

from juesuan.knowledge.names import bare, plain, strip_ordinal

Year = str | int | None
Kind = Literal["functional", "department", "government"]

_PUBLISHED = "published"
_LATEST = 9999
_LEVEL_MARKS = {"类": "class", "款": "group", "项": "item"}
_MARK = re.compile(r"\(([类款项])\)$")
_CODE = re.compile(r"(?:2\d\d(?:\d\d){0,2}|[35]\d\d(?:\d\d)?)", re.ASCII)


class Evidence(NamedTuple):
    """One name of one code, and what is known of it. Years are None where there are none."""

    code: str
    name: str
    evidence: str
    first: int | None
    last: int | None
    """first and last year in which the name was seen"""
    used_from: int | None
    used_to: int | None
    """years of use by general knowledge: they choose between names, they never judge one"""
    documents: int = 0
    kind: Kind = "functional"

    def covers(self, year: Year) -> bool:
        """Whether the year lies within the years in which the name was seen."""
        wanted = _year(year)
        if wanted is None or self.first is None or self.last is None:
            return False
        return self.first <= wanted <= self.last

    def _in_use(self, year: int) -> bool | None:
        """By general knowledge; None where nothing is known."""
        if self.used_from is None and self.used_to is None:
            return None
        return (self.used_from or 0) <= year <= (self.used_to or _LATEST)

    def _rank(self, year: int) -> tuple[int, int]:
        """The lower, the more likely is this the code's name in that year."""
        use, doubt = self._in_use(year), 5 if self.evidence == "doubtful" else 0
        if self.covers(year):
            return doubt + (0 if self.evidence == _PUBLISHED else 1), -self.documents
        if use is not None:
            return doubt + (2 if use else 9), 0
        if self.first is None or self.last is None:
            return doubt + 4, 0
        return doubt + 3, max(self.first - year, year - self.last)


def _year(year: Year) -> int | None:
    return int(year) if isinstance(year, int) or (year and year.isdecimal()) else None


def _evidence(row: list[str], kind: Kind = "functional") -> Evidence:
    first, last, used_from, used_to = (int(year) if year else None for year in row[3:7])
    return Evidence(row[0], row[1], row[2], first, last, used_from, used_to, int(row[7] or 0), kind)


@cache
def _names(table: str) -> dict[str, tuple[Evidence, ...]]:
    """Code → its names, from functional.csv or economic.csv, in the order of the codes."""
    found: dict[str, list[Evidence]] = {}
    text = (files("juesuan.knowledge") / "data" / f"{table}.csv").read_text("utf-8")
    for row in csv.reader(text.splitlines()[1:]):
        kind: Any = row[8] if len(row) > 8 else "functional"
        found.setdefault(row[0], []).append(_evidence(row, kind))
    return {code: tuple(names) for code, names in found.items()}


@cache
def _classes() -> dict[str, Any]:
    return tomllib.loads((files("juesuan.knowledge") / "data" / "classes.toml").read_text("utf-8"))


def _table(code: str) -> dict[str, tuple[Evidence, ...]]:
    return _names("functional" if code.startswith("2") else "economic")


# Codes ---------------------------------------------------------------------------------------------------------------


def is_code(text: str) -> bool:
    """Whether the text has the shape of a functional (2…) or economic (3…, 5…) code."""
    return _CODE.fullmatch(text) is not None


def level(code: str) -> str:
    """`class` 类, `group` 款 or `item` 项 by the length of the code; "" for what is no code."""
    return {3: "class", 5: "group", 7: "item"}[len(code)] if is_code(code) else ""


def parent(code: str) -> str:
    """The code above: 2010301 → 20103 → 201 → ""."""
    return code[:-2] if is_code(code) and len(code) > 3 else ""


def children(code: str) -> tuple[str, ...]:
    """The codes known below this one, in their order; the list is not complete."""
    return tuple(c for c in _table(code) if len(c) == len(code) + 2 and c.startswith(code))


# Names of codes ------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=1 << 12)
def function_name(code: str, year: Year = None) -> Evidence | None:
    """The most likely name of a functional code in that year (`covers` says how sure); None: no such code known."""
    return _best(_names("functional").get(code, ()), year)


@lru_cache(maxsize=1 << 12)
def economic_name(code: str, year: Year = None) -> Evidence | None:
    """As `function_name`, for economic codes: 3… of the departments' classification, 5… of the government's."""
    return _best(_names("economic").get(code, ()), year)


def function_names(code: str) -> tuple[str, ...]:
    """All names that the functional code is known to have had."""
    return tuple(e.name for e in _names("functional").get(code, ()))


def economic_names(code: str) -> tuple[str, ...]:
    """All names that the economic code is known to have had."""
    return tuple(e.name for e in _names("economic").get(code, ()))


def _best(names: tuple[Evidence, ...], year: Year) -> Evidence | None:
    wanted = _year(year) or _LATEST
    return min(names, key=lambda e: e._rank(wanted), default=None)


@lru_cache(maxsize=1 << 12)
def named_differently(code: str, printed: str, year: Year) -> str | None:
    """The name expected for the code, where published evidence of that very year contradicts the printed one.

    None where they agree or where there is no such evidence. Width, spaces, brackets and punctuation do not count, nor
    支出 at the end of a class, nor 费 for 费用 in the economic classification.
    """
    wanted, word = _year(year), strip_ordinal(printed)
    if wanted is None or not bare(word):
        return None
    known = _table(code).get(code, ())
    published = [e for e in known if e.evidence == _PUBLISHED and e.covers(wanted)]
    accepted = [e for e in known if e.covers(wanted) or e._in_use(wanted)]
    if not published or any(_folded(code, e.name) == _folded(code, word) for e in accepted):
        return None
    return max(published, key=lambda e: e.documents).name


@lru_cache(maxsize=1 << 12)
def _folded(code: str, name: str) -> str:
    """What is left of a name once the differences that do not count are removed."""
    word = bare(_MARK.sub("", plain(name)))
    if len(code) == 3:
        word = word.removesuffix("支出") or word
    return re.sub("费用$", "费", word) if code[0] != "2" else word


# Codes of names ------------------------------------------------------------------------------------------------------


def class_code(name: str, year: Year = None) -> str | None:
    """The functional class (201 …) that a stub names, by its name and never by its ordinal; None if it names none."""
    return _resolve("functional", name, year, "")


def code_of(name: str, year: Year = None, parent: str | None = None) -> str | None:
    """The functional code of a name: below `parent` ("" for classes), or at any level where parent is None.

    （类）（款）（项） at its end give the level. None where the name is unknown or fits several codes.
    """
    return _resolve("functional", name, year, parent)


def codes_of(name: str, parent: str | None = None) -> tuple[str, ...]:
    """All functional codes that have or had the name, below `parent` if one is given."""
    return tuple(sorted(_candidates("functional", name, parent)))


def economic_code(name: str, parent: str | None = None, year: Year = None) -> str | None:
    """As `code_of`, in the departments' economic classification.

    Without a parent, 309 and 311 (projects only) give way to the classes that basic expenditure has.
    """
    return _resolve("economic", name, year, parent)


def _class_fold(name: str) -> str:
    """A class by its name as printed: without 支出, 等, 的, one word for “and”. Too short a rest is no name."""
    word = re.sub("等$", "", bare(name).removesuffix("支出")).replace("的", "")
    return re.sub("[与及]", "和", word)


@cache
def _index(table: str) -> dict[str, tuple[Evidence, ...]]:
    """Folded name → the names that fold so. Classes stand under 类 + their tolerant form."""
    found: dict[str, list[Evidence]] = {}
    for names in _names(table).values():
        for evidence in names:
            if evidence.kind == "government":
                continue
            words = {_folded(evidence.code + "__", evidence.name)}
            if len(evidence.code) == 3:
                words |= {"类" + _class_fold(evidence.name)} - {"类其他"}
            for word in words:
                found.setdefault(word, []).append(evidence)
    return {word: tuple(names) for word, names in found.items()}


def _candidates(table: str, name: str, parent: str | None) -> dict[str, list[Evidence]]:
    """Code → its names that fit."""
    word = strip_ordinal(name)
    mark = _MARK.search(word)
    word = _MARK.sub("", word)
    code = "2____" if table == "functional" else "3____"
    index, found = _index(table), dict[str, list[Evidence]]()
    for evidence in {*index.get(_folded(code, word), ()), *index.get("类" + _class_fold(word), ())}:
        if parent is not None and evidence.code[:-2] != parent and (parent or len(evidence.code) != 3):
            continue
        if mark is None or level(evidence.code) == _LEVEL_MARKS[mark.group(1)]:
            found.setdefault(evidence.code, []).append(evidence)
    return found


@lru_cache(maxsize=4096)
def _resolve(table: str, name: str, year: Year, parent: str | None) -> str | None:
    found = _candidates(table, name, parent)
    if parent is None and table == "economic":
        found = {c: e for c, e in found.items() if running_or_personnel(c) != "project"} or found
    if len(found) > 1:
        found = {code: names for code, names in found.items() if _holds(code, names, _year(year) or _LATEST)}
    return next(iter(found)) if len(found) == 1 else None


def _holds(code: str, names: Iterable[Evidence], year: int) -> bool:
    """Whether one of these names is the most likely name of the code in that year, and still in use."""
    best = _best(_table(code)[code], year)
    return best is not None and best in names and best._in_use(year) is not False


# What the classes belong to ------------------------------------------------------------------------------------------


def economic_classes() -> tuple[str, ...]:
    """The classes of the departments' economic classification, in their order."""
    return tuple(c for c, names in _names("economic").items() if len(c) == 3 and names[0].kind == "department")


def running_or_personnel(code: str) -> str:
    """`personnel` 人员经费, `running` 公用经费, or `project` (309, 311: projects only), by class; "" if unknown."""
    parts: dict[str, list[str]] = _classes()["economic"]
    return next((part for part, classes in parts.items() if code[:3] in classes), "")


def totals_classes(year: Year = None) -> tuple[str, ...]:
    """The functional classes that 收入支出决算总表 lists in that year, in printed order. Places may leave some out."""
    totals, wanted = _classes()["totals"], _year(year) or _LATEST
    since: dict[str, int] = totals["since"]
    return tuple(code for code in totals["rows"] if since.get(code, 0) <= wanted)
