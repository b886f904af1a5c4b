"""The statements (句式) of the explanation: what each says as keys, how it is composed, in which wordings it is read.

A meaning is `[initial|full_year|budget|last] <key>` for an amount or count, `change|rate|completion|share <key> / base`
for the number of a claim, `says <kind> <key> [/ base]` for a claim without a number (several parted by ;). Keys leave
out the account's year; a base `last`, `initial` … is the same key of that year or basis.

Strict when composing: a slot without a value is an error, nothing is left out and nothing added. Refuses to read: that
is `understanding`; the wordings are its cases.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_SLOT = re.compile(r"\{([a-z_]+)(?::([^{}]*))?\}")
_FOLDER = files("juesuan.knowledge") / "data" / "phrases" / "statements"


class Slotless(KeyError):
    """A template was filled without a value for one of its slots; str() names both."""

    def __str__(self) -> str:
        return f"句式“{self.args[0]}”缺少“{self.args[1]}”的内容"


@dataclass(frozen=True)
class Statement:
    """One kind of statement. `templates` by place ("default" always); `part` and `join` write a list into {parts}."""

    id: str
    says: str
    section: str
    figures: Mapping[str, str]
    """slot → meaning; a slot without one holds words (department, year, reason …)"""
    example: Mapping[str, str]
    templates: Mapping[str, str]
    wordings: tuple[str, ...]
    part: str = ""
    join: str = ""

    def compose(self, values: Mapping[str, str], place: str = "default") -> str:
        """The statement in the words of a place, else in the usual ones. Raises Slotless."""
        return filled(self.templates.get(place, self.templates["default"]), values, self.id)


def filled(text: str, values: Mapping[str, str], name: str = "") -> str:
    """The text with its slots filled; {slot:words} is filled with these words. Raises Slotless."""

    def value(match: re.Match[str]) -> str:
        slot, own = match.groups()
        if own is None and slot not in values:
            raise Slotless(name, slot)
        return values[slot] if own is None else own

    return _SLOT.sub(value, text)


def slots(text: str) -> list[str]:
    """The names of the slots of a text, in order."""
    return [match[1] for match in _SLOT.finditer(text)]


@cache
def statements() -> tuple[Statement, ...]:
    """All statements, file by file."""
    found = []
    for path in sorted((p for p in _FOLDER.iterdir() if p.name.endswith(".toml")), key=lambda p: p.name):
        for raw in tomllib.loads(path.read_text("utf-8"))["statement"]:
            raw["templates"] = raw.pop("template")
            raw["wordings"] = tuple(raw["wordings"])
            found.append(Statement(**raw))
    return tuple(found)
