"""Places (各地): which tables a place publishes, in which order and under which titles, and what a title names.

Refuses to conclude from silence: where no list of the place and year is known, a table is neither expected nor
forbidden (None). A title is classified by meaning, never by its number (the same number differs by place).
Sources: published 部门决算公开 of the places and years named in data/places.toml; 财政部部门决算公开表样.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, NamedTuple

from juesuan.knowledge.names import plain, strip_ordinal

_LONGEST_TITLE = 60
_BRACKETS = re.compile(r"\([^()]*\)")
_TABLE_NUMBER = re.compile(
    r"^(?:(?:附件|附表|财决公开|预算公开|公开|财决|表)表?"
    r"(?:[一二三四五六七八九十]{1,2}(?=[:、.])|\d{0,2}(?:-\d{1,2})?表?)|\d\d表)[:=、.]?"
)
_YEARS = re.compile(r"20\d\d(?:年度?)?(?=\D)")
_TAIL = re.compile(r"(?:续表|续|(?:财决)?公开\d+表|(?:金额)?单位:.{0,3}元|[.…·\-]+\d{0,3})*\d{0,3}$")
_NO_TITLE = re.compile(r"[。;!?,:《》]|^(?:详见|参见|见附|注|备注|说明|本表|本部门|本单位)")

# What a title names --------------------------------------------------------------------------------------------------


class TitleForm(NamedTuple):
    """What a title names. `form` is the name of a form, `budget` for a table of a budget, or `other`."""

    form: str
    scope: str
    """the fund that the title names where forms of one name differ in it: general_public, fiscal …; "" otherwise"""
    split: str = ""
    """`unit` where the rows are units (分单位)"""

    @property
    def name(self) -> str:
        """The form as lists of tables name it: income_by_unit for an income table by unit."""
        return f"{self.form}_by_{self.split}" if self.split else self.form


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((files("juesuan.knowledge") / "data" / "places.toml").read_text("utf-8"))


@cache
def _rules() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    title = _data()["title"]
    filled = (
        (f, s, r.replace("{表}", title["tail"]).replace("{开表}", title["open_tail"])) for f, s, r in title["rules"]
    )
    return tuple((form, scope, re.compile(f"(?:{rule})$")) for form, scope, rule in filled)


@cache
def _pattern(section: str, name: str) -> re.Pattern[str]:
    return re.compile(_data()[section][name])


def _core(title: str) -> tuple[str, str]:
    """The title without number, year, quotes and brackets, and what stood in the brackets. ("", "") for a sentence."""
    word = plain(title).replace('"', "").replace("'", "")
    if word.startswith("《") and word.endswith("》"):
        word = word[1:-1]
    if len(word) > _LONGEST_TITLE:
        return "", ""
    word, remarks = strip_ordinal(word), ""
    while match := _BRACKETS.search(word):
        remarks += match.group()
        word = word[: match.start()] + word[match.end() :]
    word = strip_ordinal(_TABLE_NUMBER.sub("", word))
    word = _YEARS.sub("", _TAIL.sub("", word))
    return ("", "") if _NO_TITLE.search(word) else (word, remarks)


_NO_TITLES: Mapping[str, TitleForm] = MappingProxyType({})
_FURTHER: ContextVar[Mapping[str, TitleForm]] = ContextVar("further titles", default=_NO_TITLES)


@contextmanager
def also_titled(titles: Mapping[str, str]) -> Iterator[None]:
    """Within it `title_form` knows further titles: as printed → a title that is known. Others are left out."""
    further = {_core(title)[0]: form for title, known in titles.items() if (form := title_form(known))}
    token = _FURTHER.set(further)
    try:
        yield
    finally:
        _FURTHER.reset(token)


def title_form(title: str) -> TitleForm | None:
    """What the title of a table names; None for a line that is no title of a known table.

    Numbers, years, quotes, 公开表 / 明细表 / 总表, the department before it and remarks in brackets do not count.
    """
    further = _FURTHER.get()
    return (further.get(_core(title)[0]) if further else None) or _title_form(title)


@lru_cache(maxsize=4096)
def _title_form(title: str) -> TitleForm | None:
    core, remarks = _core(title)
    if not core:
        return None
    if core.endswith("表") and _is_budget(core):
        return TitleForm("budget", "")
    for form, scope, rule in _rules():
        if rule.search(core):
            by_unit = form in ("income", "expenditure") and _pattern("title", "by_unit").search(core + remarks)
            return TitleForm(form, scope, "unit" if by_unit else "")
    return None


def _is_budget(core: str) -> bool:
    if _pattern("budget", "final").search(core):
        return False
    rest = _pattern("budget", "ignore").sub("", core)
    return "预算" in rest or _pattern("budget", "names").search(core) is not None


# What a place publishes ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PlaceRules:
    """What is known of the accounts that a place publishes.

    `province`, `city` and `district` are the department's own; `source` and `evidence` say whose list it is:
    `place` its own, `city` of the same city, `province` of another place in the province, `national` of none.
    """

    province: str
    city: str = ""
    district: str = ""
    evidence: str = "national"
    source: str = "全国"
    first: int = 0
    last: int = 0
    titles: tuple[str, ...] = ()
    """as printed, in order; () where the list is not known"""
    partial: bool = False
    """whether the list is known to be incomplete"""
    count: int | None = None
    numbering: str = ""
    """a format for the number of a table: "财决公开 {:02} 表".format(1)"""
    scope: str = ""
    """the fund of its “三公” table where it is known apart from a title"""
    basis: str = ""
    """what 预算数 in its “三公” table is: initial, full_year or "" """
    order: str = ""
    """`before` where tables stand before the explanation, `after` where behind it, "" where not known"""
    notes: str = ""

    @property
    def region(self) -> str:
        """辽宁/大连/西岗区"""
        return "/".join(part for part in (self.province, self.city, self.district) if part)

    @property
    def near(self) -> bool:
        """Whether what is known is known of the place itself or its city."""
        return self.evidence in ("place", "city")

    @property
    def listed(self) -> bool:
        """Whether the titles are a whole list, of the place itself or its city."""
        return self.near and bool(self.titles) and not self.partial

    @property
    def tables(self) -> tuple[str, ...]:
        """The names of the forms in order, income_by_unit and `other` among them; the national nine if not `listed`."""
        return tuple(title_name(title) for title in (self.titles if self.listed else national_titles()))

    @property
    def three_public_scope(self) -> str:
        """general_public or fiscal; "" where it is not known."""
        if not self.near:
            return ""
        found = (form for title in self.titles if (form := title_form(title)) and form.form == "three_public")
        return self.scope or next((form.scope for form in found), "")

    def expects(self, form: str, year: str | int) -> bool | None:
        """Whether an account of that year must have the table; None where that is not known."""
        wanted = int(year) if str(year).isdecimal() else 0
        if self.listed and self.first <= wanted <= self.last:
            return form in self.tables
        return nationally_expected(form, wanted)

    def expected(self, year: str | int) -> tuple[str, ...]:
        """The tables that an account of that year must have, in order."""
        return tuple(name for name in self.tables if name != "other" and self.expects(name, year))

    def title_of(self, form: str) -> str | None:
        """The title that the place gives to the form, its first if it has several; None for a table it lacks."""
        titles = self.titles if self.near and self.titles else national_titles()
        return next((title for title in titles if title_name(title) == form), None)


def title_name(title: str) -> str:
    """The name of the form that the title names, "" for none."""
    found = title_form(title)
    return found.name if found else ""


@cache
def national_titles() -> tuple[str, ...]:
    """The nine tables of the national set, in order."""
    return tuple(_data()["national"]["titles"].split("|"))


def nationally_expected(form: str, year: int) -> bool | None:
    """Whether the national set has the table in that year; None for other tables and where practice differed."""
    since = _data()["national"]["since"].get(form)
    if since is None or year <= 0 or since["from"] <= year < since["certain"]:
        return None
    return bool(year >= since["certain"])


@cache
def known_places() -> tuple[PlaceRules, ...]:
    """All lists that are known, each under the place that it is of."""
    return tuple(rules for raw in _data()["place"] for rules in _read(raw))


@cache
def budget_titles() -> tuple[str, ...]:
    """Titles of tables in budgets, for recognition."""
    return tuple(title for raw in _data()["budget_place"] for title in raw["titles"].split("|"))


def _read(raw: dict[str, Any]) -> Iterable[PlaceRules]:
    city, district = raw.get("city", ""), raw.get("district", "")
    places = [tuple(d.split("/")) for d in raw.get("districts", ())] or [(city, district)]
    if "unit" in raw and district:  # a list that the city's own departments share with a district's
        places.append((city, ""))
    for own_city, own_district in places:
        rules = PlaceRules(
            raw["province"],
            own_city,
            own_district,
            "place",
            first=raw["years"][0],
            last=raw["years"][1],
            titles=tuple(raw["titles"].split("|")) if "titles" in raw else (),
            partial=raw.get("partial", False),
            count=raw.get("count"),
            numbering=raw.get("numbering", ""),
            scope=raw.get("scope", ""),
            basis=raw.get("basis", ""),
            order=raw.get("tables", ""),
            notes=raw.get("notes", ""),
        )
        yield replace(rules, source=rules.region)


def place_of(department: str, titles: Iterable[str] = (), year: str | int | None = None) -> PlaceRules | None:
    """The rules for a department by the place in its name, else in the titles; None where no place is named.

    Of several lists the nearest in place counts, then in year; without a year one with titles, then the latest.
    """
    where = located(department, titles)
    if where is None:
        return None
    wanted = int(year) if year is not None and str(year).isdecimal() else None
    near = [(_nearness(rules, where), rules) for rules in known_places() if rules.province == where[0]]
    if not near:
        return PlaceRules(*where)
    best, rules = min(near, key=lambda pair: (pair[0], *_lateness(pair[1], wanted)))
    evidence = ("place", "city", "province")[best]
    return replace(rules, province=where[0], city=where[1], district=where[2], evidence=evidence)


def _nearness(rules: PlaceRules, where: tuple[str, str, str]) -> int:
    if (rules.city, rules.district) == where[1:]:
        return 0
    return 1 if rules.city and rules.city == where[1] else 2


def _lateness(rules: PlaceRules, year: int | None) -> tuple[int, int, int]:
    listed = 0 if rules.titles and not rules.partial else 1
    if year is None:
        return listed, -rules.last, 0
    return max(rules.first - year, year - rules.last, 0), listed, -rules.last


# Where a department is -----------------------------------------------------------------------------------------------

_PARTY = re.compile(r"^(?:中国共产党|中共|共青团)")
_ROAD = re.compile(r".{0,2}(?:街道|大街|镇|乡|路|村)")
_DISTRICT = re.compile(r"([^局委院部办厅处所中会校站队市]{1,6}?(?:自治县|自治旗|新区|区|县|旗|市))")
_CITY_BARE = re.compile(r"(?![区县市])\w{1,5}?[区县市旗局委]")
Where = tuple[str, str, str]


@cache
def _words() -> tuple[dict[str, Where], dict[str, Where]]:
    """Place words that count anywhere, and those that count only at the start of a name."""
    data = _data()
    short: dict[str, Where] = {}
    whole: dict[str, Where] = {}
    for province, cities in data["cities"].items():
        for city in cities.split():
            short[city] = whole[city + "市"] = (province, city, "")
    for province, full in data["provinces"].items():
        own = (province, province if full.endswith("市") else "", "")
        short[province] = whole[full] = own
    for province, areas in data["areas"].items():
        for area in areas.split():
            city, full = area.split("/")
            whole[full] = (province, city, "")
            if full.endswith("州"):
                whole[city + "州"] = (province, city, "")
    for district, above in data["districts"].items():
        province, city = above.split("/")
        whole[district] = (province, city, district)
    return whole, short


@cache
def _lengths() -> tuple[int, ...]:
    """The lengths of place words, longest first."""
    return tuple(sorted({len(word) for word in _words()[0]}, reverse=True))


def _found(text: str) -> Iterator[tuple[int, int, Where]]:
    """The place words in the text from the left, the longest at each spot: (start, end, where)."""
    whole, at = _words()[0], 0
    while at < len(text):
        length = next((n for n in _lengths() if text[at : at + n] in whole), 0)
        if length:
            yield at, at + length, whole[text[at : at + length]]
        at += length or 1


def located(department: str, titles: Iterable[str] = ()) -> Where | None:
    """(province, city, district) by the words of the name, else of a title; central departments are 中央部门."""
    name = plain(department)
    if _is_central(name):
        return "中央部门", "", ""
    for text in (name, *(plain(title) for title in titles)):
        where = _located(text)
        if where is not None:
            return where if where[2] or text == name else (*where[:2], _district(name))
    return None


def _is_central(name: str) -> bool:
    central = _data()["central"]
    own = next((n for n in central["names"].split() if name.startswith(n)), None)
    return own is not None and name[len(own) : len(own) + 1] not in tuple(central["not_before"])


def _located(text: str) -> Where | None:
    found = list(_found(text))
    start = match.end() if (match := _PARTY.match(text)) else 0
    if not found or found[0][0] > start:
        found = _at_start(text, start) + found
    if not found:
        return None
    if not found[0][2][1] and (len(found) == 1 or found[1][0] > found[0][1]):  # 辽宁大连…, 辽宁省大连…
        found[1:1] = [city for city in _at_start(text, found[0][1]) if city[2][0] == found[0][2][0]]
    return _joined(text, found)


def _at_start(text: str, start: int) -> list[tuple[int, int, Where]]:
    """A short place name that stands there and is the place (大连西岗区), no street or namesake (中山路, 朝阳区)."""
    short = _words()[1]
    for length in (4, 3, 2):
        where, rest = short.get(text[start : start + length]), text[start + length :]
        if where is None:
            continue
        whole_province = where[1] in ("", where[0])
        if not _ROAD.match(rest) and (whole_province or _CITY_BARE.match(rest)):
            return [(start, start + length, where)]
    return []


def _joined(text: str, found: Sequence[tuple[int, int, Where]]) -> Where:
    province, city, district = found[0][2]
    end = found[0][1]
    for start, stop, where in found[1:]:
        if where[0] == province and start - end <= 1:
            city, district, end = where[1] or city, where[2] or district, stop
    return province, city, district or _district(text[end:])


def _district(rest: str) -> str:
    match = _DISTRICT.match(rest)
    return match.group(1) if match else ""
