"""Wording (行文用语): what the checks on the explanation look for, as patterns, from data/phrases/wording.toml.

The patterns work on the compact text of flows. Refuses to judge: what a match means is the checks' business.
Sources: 各地部门决算公开文本；上海市 2024 年度部门决算公开表样；财预〔2016〕143 号.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((files("juesuan.knowledge") / "data" / "phrases" / "wording.toml").read_text("utf-8"))


@cache
def wording(section: str, name: str) -> re.Pattern[str]:
    """One pattern, or several joined to one. Raises KeyError for a name that is none."""
    found = _data()[section][name]
    return re.compile(found if isinstance(found, str) else "|".join(f"(?:{one})" for one in found))


@cache
def wordings(section: str, name: str) -> tuple[re.Pattern[str], ...]:
    """Several patterns, one by one: each has its own groups."""
    return tuple(re.compile(one) for one in _data()[section][name])


@cache
def note_subject(form: str) -> re.Pattern[str] | None:
    """The words by which a table's note says what the table shows; None for a form that has none."""
    found = _data()["notes"]["subjects"].get(form)
    return re.compile(found) if found else None


@dataclass(frozen=True, slots=True)
class Disclosure:
    """What an explanation has to speak of: the kind of section, and the words by which a sentence speaks of it.

    `form`: only where the account has that table; `only`: only for that kind of department (administrative).
    """

    kind: str
    name: str
    word: re.Pattern[str]
    form: str = ""
    only: str = ""


@cache
def disclosures() -> tuple[Disclosure, ...]:
    """All that has to be disclosed."""
    return tuple(Disclosure(**{**raw, "word": re.compile(raw["word"])}) for raw in _data()["disclosure"])


@dataclass(frozen=True, slots=True)
class FormWord:
    """Words of a place's own form that are not in order. `place` "" is any place."""

    place: str
    said: re.Pattern[str]
    right: str


@cache
def form_words() -> tuple[FormWord, ...]:
    """The words of forms that are no more than a hint where they are left standing."""
    return tuple(FormWord(raw["place"], re.compile(raw["said"]), raw["right"]) for raw in _data()["form"]["said"])


@cache
def core_terms() -> tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...]:
    """(term, how a sentence uses it with a figure, how its explanation begins)."""
    return tuple((name, re.compile(used), re.compile(told)) for name, used, told in _data()["glossary"]["core"])
