"""Marks (模板标记): the names that a template may write in 【】, and what each stands for.

Refuses to know how a template is filled, and any figure. Source of the names: data/composing/marks.toml.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from juesuan.knowledge.names import plain

TABLE, SECTION, CHART, FORM, FIGURE = "表", "说明", "图", "绩效", "数"
"""families: 【表：收入决算表】"""
UNTITLED = "不带标题"
"""【表：收入决算表，不带标题】"""


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark: its name, what it takes (a field, a kind of content, keys, a pattern), and what it says to a reader."""

    name: str
    takes: tuple[str, ...]
    says: str = ""


@dataclass(frozen=True, slots=True)
class Marks:
    """All marks by what they are replaced with."""

    words: tuple[Mark, ...]
    figures: tuple[Mark, ...]
    pieces: tuple[Mark, ...]
    sections: tuple[Mark, ...]
    charts: tuple[Mark, ...]


@cache
def marks() -> Marks:
    """The marks of the data file."""
    text = (files("juesuan.knowledge") / "data" / "composing" / "marks.toml").read_text("utf-8")
    raw = tomllib.loads(text)
    return Marks(*(tuple(map(_mark, raw[kind])) for kind in ("words", "figures", "pieces", "sections", "charts")))


def _mark(raw: dict[str, Any]) -> Mark:
    takes = raw.get("is", raw.get("like", ""))
    return Mark(raw["name"], (takes,) if isinstance(takes, str) else tuple(takes), raw.get("says", ""))


def section_mark(title: str) -> str:
    """The general name of a section with this title (without its number), "" where there is none."""
    return next((mark.name for mark in marks().sections if re.search(mark.takes[0], title)), "")


def same(name: str) -> str:
    """A mark's name as it is compared: quotes, brackets, blanks and colons of any kind are alike."""
    return re.sub(r'["\s]', "", plain(name)).casefold()
