"""Performance rules (绩效自评规则): words of the forms, weights by first-level indicator, limit of deviation.

A footnote under the form comes before what is known of the place. Refuses to invent: where neither says how weights are
divided or which deviation is too large, there is no rule.
Source: 财预〔2020〕10号, 财预〔2021〕101号, footnotes of published forms; in data/performance.toml and
data/forms/_performance.toml.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from juesuan.knowledge.names import plain
from juesuan.model.settings import Settings

#: 一级指标 → weight
Bands = Mapping[str, Decimal]

_REMARK = re.compile(r"\((?:万元|元|%|分|(?:共|满分|总分|合计)?[\dA-Za-z./÷×*%=+\-]+分?)\)$")
_FULL_MARK = re.compile(r"\((?:共|满分|总分|合计)?(\d+(?:\.\d+)?)(?:分|%)?\)$")
_LEVEL_MARK = re.compile(r"^(.*?)(?:\((\d+(?:\.\d+)?)(?:分|%)?\)|(\d+(?:\.\d+)?)(?:分|%))$")
_LONGEST_UNIT = 8


@cache
def _data(name: str) -> dict[str, Any]:
    return tomllib.loads((files("juesuan.knowledge") / "data" / f"{name}.toml").read_text("utf-8"))


# The words of a form --------------------------------------------------------------------------------------------------


@cache
def _roles() -> dict[str, str]:
    words = _data("forms/_performance")["words"]
    return {plain(word): role for role, variants in words.items() for word in variants}


@lru_cache(maxsize=4096)
def role_of(text: str) -> str:
    """What a head or label of a form names (indicator, weight, full_year …); "" where it is none."""
    word = plain(text)
    return _roles().get(word) or _roles().get(_REMARK.sub("", word)) or ""


@cache
def _labels() -> dict[str, str]:
    words = _data("forms/_performance")["texts"]
    return {plain(word): name for name, variants in words.items() for word in variants}


def text_label(text: str) -> str:
    """What a label names whose words stand beside or below it (supervisor, executor, goal, completion); "" if none."""
    return _labels().get(plain(text), "")


def full_mark(text: str) -> Decimal | None:
    """The marks that a head gives out in all: 分值（90分） → 90."""
    match = _FULL_MARK.search(plain(text))
    return Decimal(match.group(1)) if match else None


def funding_of(text: str) -> str:
    """`total` for 年度资金总额, the printed name for a part of it (当年财政拨款 …), "" for anything else."""
    word = re.sub(r"^其中[:,、]?", "", plain(text))
    if word in _plain_words("forms/_performance", "funding", "total"):
        return "total"
    return word if word in _plain_words("forms/_performance", "funding", "parts") else ""


def level_mark(text: str) -> tuple[str, str]:
    """A level with the marks printed behind it: 产出指标（50分） → (产出指标, 50); no marks → (text, "")."""
    word = re.sub(r"\s+", "", text)
    match = _LEVEL_MARK.match(plain(word))
    if match is None or not match.group(1):
        return word, ""
    return match.group(1), match.group(2) or match.group(3)


def kind_of(*words: str) -> str:
    """Which first-level indicator these are: execution, satisfaction, cost, output, benefit; "" where none is named."""
    for word in words:
        for kind, names in _data("performance")["levels"].items():
            if any(name in plain(word) for name in names):
                return str(kind)
    return ""


def kind_word(kind: str) -> str:
    """What a first-level indicator is called: output → 产出指标."""
    return str(_data("performance")["level_words"].get(kind, kind))


# Relations and units --------------------------------------------------------------------------------------------------


@cache
def relations() -> dict[str, str]:
    """Printed sign or word → ≥, ≤, >, <, =; the longest first."""
    found = {word: sign for sign, words in _data("performance")["relations"].items() for word in words}
    return dict(sorted(found.items(), key=lambda pair: -len(pair[0])))


@lru_cache(maxsize=4096)
def relation_of(text: str) -> str:
    """The relation that a cell begins with (≥95%, 不低于 95%), or that stands behind its figure (95%以上); else ""."""
    word = re.sub(r"\s+", "", text)
    for sign, relation in relations().items():
        if word.startswith(sign):
            return relation
    if not re.match(r"[-+]?[\d０-９]", word):
        return ""
    for relation, suffixes in _data("performance")["suffixes"].items():
        if any(word.endswith(suffix) for suffix in suffixes):
            return str(relation)
    return ""


@lru_cache(maxsize=4096)
def unit_word(unit: str) -> str:
    """The unit without what only gives a direction or a remark: 个工作日以内 → 工作日; "?" for a sentence."""
    word = re.split(r"[(,。;；，（]", plain(unit))[0]
    suffixes = [s for words in _data("performance")["suffixes"].values() for s in words]
    while ending := next((s for s in sorted(suffixes, key=len, reverse=True) if word.endswith(s)), ""):
        word = word.removesuffix(ending)
    word = re.sub(r"^个(?=工作日|月|小时)", "", word)
    return {"日": "天", "％": "%"}.get(word, word) if len(word) <= _LONGEST_UNIT else "?"


def is_qualitative(relation: str) -> bool:
    """Whether the target is set in words (定性)."""
    return relation in _data("performance")["qualitative"]["relations"]


def says_unmet(text: str) -> bool:
    """Whether words of achievement say that the target was not (wholly) reached."""
    return any(word in text for word in _data("performance")["qualitative"]["unmet"])


def has_reason(text: str) -> bool:
    """Whether the cell says anything: 无, — and 不适用 do not."""
    return plain(text).strip("。.") not in _plain_words("performance", "reasons", "empty")


@cache
def _plain_words(name: str, table: str, key: str) -> frozenset[str]:
    return frozenset(map(plain, _data(name)[table][key]))


def has_remedy(text: str) -> bool:
    """Whether a reason names what will be done."""
    return any(word in text for word in _data("performance")["reasons"]["remedies"])


@dataclass(frozen=True, slots=True)
class WrongKind:
    """A kind of indicator that is another kind by its relation and unit."""

    level2: str
    relations: frozenset[str]
    units: frozenset[str]
    says: str
    belongs: str

    def fits(self, level2: str, relation: str, unit: str) -> bool:
        return self.level2 in level2 and relation in self.relations and unit_word(unit) in self.units


@cache
def wrong_kinds() -> tuple[WrongKind, ...]:
    """The rules that find an indicator of the wrong kind."""
    return tuple(
        WrongKind(
            raw["level2"],
            frozenset(raw["relations"]),
            frozenset(unit_word(u) for u in raw["units"]),
            raw["says"],
            raw["belongs"],
        )
        for raw in _data("performance")["kind"]
    )


# Rules ----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Rules:
    """How a form divides its weights, and which deviation needs a reason. None: not known.

    `footnote` tells whether the form itself says so; else `basis` names where it is known from.
    """

    with_cost: Bands | None
    without_cost: Bands | None
    deviation: Decimal | None
    weights_stated: bool
    deviation_stated: bool
    basis: str


def rules_for(notes: Iterable[str], region: str, year: str) -> Rules:
    """The rules of one form: its notes first, then the place's, then the national ones of that year."""
    text = "".join(plain(note) + "。" for note in notes)
    with_cost, without_cost = _bands(text)
    deviation = _search("deviation", text)
    stated = bool(with_cost or without_cost)
    known = _known(region, year)
    if not stated and known is not None:
        with_cost, without_cost = _decimals(known, "with_cost"), _decimals(known, "without_cost")
    limit = deviation
    if limit is None and known is not None and "deviation" in known:
        limit = Decimal(known["deviation"])
    basis = "本表附注" if stated else known["basis"] if known is not None else ""
    return Rules(with_cost, without_cost, limit, stated, deviation is not None, basis)


def as_set(rules: Rules, settings: Settings) -> Rules:
    """The rules with what the bureau has set, which comes before a footnote."""
    if not settings.rules:
        return rules
    bands = {
        name: {kind: weight for key, weight in settings.rules.items() if (kind := key.removeprefix(f"{name}.")) != key}
        for name in ("with_cost", "without_cost")
    }
    if any(bands.values()):
        with_cost, without_cost = bands["with_cost"] or None, bands["without_cost"] or None
        rules = replace(
            rules, with_cost=with_cost, without_cost=without_cost, weights_stated=True, basis=settings.source
        )
    if "deviation" in settings.rules:
        rules = replace(rules, deviation=settings.rules["deviation"], deviation_stated=True)
    return rules


def _known(region: str, year: str) -> dict[str, Any] | None:
    """The first entry of the data that holds for this place and year."""
    if not year.isdigit():
        return None
    for raw in _data("performance")["rules"]:
        if raw["region"] in ("", region) and raw["from"] <= int(year) <= raw.get("until", int(year)):
            return dict(raw)
    return None


def _decimals(raw: Mapping[str, Any], name: str) -> Bands | None:
    return {kind: Decimal(weight) for kind, weight in raw[name].items()} if name in raw else None


def _search(name: str, text: str) -> Decimal | None:
    match = re.search(_data("performance")["footnote"][name], text)
    return Decimal(match.group(1)) if match else None


def _bands(text: str) -> tuple[Bands | None, Bands | None]:
    """(weights with cost indicators, without) as the notes state them."""
    words = _data("performance")["footnote"]
    execution = _search("execution", text)
    found: dict[bool, Bands] = {}
    for clause in re.split(r"[;。]", text):
        bands = dict(_pairs(clause))
        if len(bands) < 3:
            continue
        if execution is not None:
            bands.setdefault("execution", execution)
        if re.search(words["without_cost"], clause):
            found.setdefault(False, bands)
        elif re.search(words["with_cost"], clause):
            found.setdefault(True, bands)
        else:
            found.setdefault("cost" in bands, bands)
    whole = {with_cost: bands for with_cost, bands in found.items() if sum(bands.values()) == 100}
    return whole.get(True), whole.get(False)


def _pairs(clause: str) -> Iterator[tuple[str, Decimal]]:
    for word, number in re.findall(_data("performance")["footnote"]["band"], clause):
        yield kind_of(word), Decimal(number)
