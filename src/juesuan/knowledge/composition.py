"""Compositions (行文次序): what a place's document holds: sections, entries, statements and when each is said.

The words stand in the phrase book (knowledge/statements.py) and in data/composing/sentences.toml; here is only their
order. Refuses a statement that is in neither, and a field it does not know, both when loaded.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from juesuan.knowledge.statements import Statement, statements
from juesuan.knowledge.styles import NATIONAL

_FOLDER = files("juesuan.knowledge") / "data" / "composing"


class UnknownStatement(ValueError):
    """A composition names a statement that no file has; str() says which."""

    def __init__(self, place: str, name: str) -> None:
        super().__init__(f"{place}：没有“{name}”这个句式")


@dataclass(frozen=True, slots=True)
class Say:
    """One statement to be made.

    `use` is its name; with `by` (amount, last, budget) its case is looked up first: `use` where the figure is not zero,
    or the two differ; else `use-<case>` (none; level, gained, nil, unknown, new), else `plain` followed by
    `<than>-<case>`. `of` is the key it is about, `words` what fills its slots, `each` what its parts run over,
    `text` a passage of the account's own words.
    """

    use: str = ""
    plain: str = ""
    than: str = ""
    by: str = ""
    of: str = ""
    each: str = ""
    text: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    when: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One paragraph, or with `each` one for every item. `head` is a heading above it; `number` how it is numbered.

    It stands there if one of the figures in `when` is not zero, and all in `unless` are.
    """

    head: str = ""
    each: str = ""
    number: str = ""
    says: tuple[Say, ...] = ()
    when: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """One section of the overview or the explanation; `charts` are the names of those at its end."""

    title: str
    entries: tuple[Entry, ...]
    charts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Term:
    """One entry of the glossary; it stands there always, or if one of the figures in `when` is not zero."""

    name: str
    means: str
    when: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the document: overview, explanation, glossary, tables or attachments."""

    kind: str
    title: str


@dataclass(frozen=True, slots=True)
class Composition:
    """How a place writes: `percent` are the decimals of percentages, `source` the form that it follows."""

    name: str
    source: str
    percent: int
    cover: tuple[str, ...]
    contents: str
    parts: tuple[Part, ...]
    overview: tuple[Section, ...]
    sections: tuple[Section, ...]
    glossary: tuple[Term, ...]
    numbers: Mapping[str, str]
    """how entries are numbered, by name: item = "{}. ", sub = "（{}）" """

    def says(self) -> list[Say]:
        """Every statement that may be made."""
        entries = [entry for section in (*self.overview, *self.sections) for entry in section.entries]
        return [say for entry in entries for say in entry.says]


@cache
def sentences() -> dict[str, Statement]:
    """Every statement by name: the phrase book's, and those that only composing needs."""
    found = {statement.id: statement for statement in statements()}
    for raw in tomllib.loads((_FOLDER / "sentences.toml").read_text("utf-8"))["statement"]:
        template = raw.pop("template")
        given = {"section": "", "figures": {}, "example": {}, "wordings": (), **raw}
        found[raw["id"]] = Statement(templates=template, **given)
    return found


@cache
def composition(name: str) -> Composition:
    """That of a style, the national one where the style has none of its own. Raises UnknownStatement."""
    path = _FOLDER / f"{name}.toml"
    raw = tomllib.loads((path if path.is_file() else _FOLDER / f"{NATIONAL}.toml").read_text("utf-8"))
    glossary = tomllib.loads((_FOLDER / f"{raw.pop('terms')}.toml").read_text("utf-8"))["term"]
    found = Composition(
        name=name,
        source=raw["source"],
        percent=raw["percent"],
        cover=tuple(raw["cover"]),
        contents=raw["contents"],
        parts=tuple(Part(**part) for part in raw["part"]),
        overview=tuple(map(_section, raw["overview"])),
        sections=tuple(map(_section, raw["section"])),
        glossary=tuple(Term(t["name"], t["means"], tuple(t.get("when", ()))) for t in glossary),
        numbers=raw["numbers"],
    )
    _known(found)
    return found


def _known(found: Composition) -> None:
    for say in found.says():
        for name in (say.use, say.plain):
            if name and not any(known == name or known.startswith(f"{name}-") for known in sentences()):
                raise UnknownStatement(found.name, name)


def _section(raw: dict[str, Any]) -> Section:
    return Section(raw["title"], tuple(map(_entry, raw.get("entry", ()))), tuple(raw.get("charts", ())))


def _entry(raw: dict[str, Any]) -> Entry:
    says = tuple(_say(say) for say in raw.pop("says", ()))
    return Entry(says=says, **{key: _whole(value) for key, value in raw.items()})


def _say(raw: dict[str, Any]) -> Say:
    return Say(**{key: _whole(value) for key, value in raw.items()})


def _whole(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
