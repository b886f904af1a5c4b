"""Styles (各地写法): how a place writes its accounts: numbers of tables, lines above them, zeros, order of the parts.

Refuses to guess a place: a department whose place has no style of its own is written in the national one.
Sources: see data/styles.toml.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

NATIONAL = "national"


class UnknownStyle(ValueError):
    """A style that is none of ours; str() names those that there are."""

    def __init__(self, name: str) -> None:
        known = "、".join(f"{style.name}（{style.title}）" for style in styles().values())
        super().__init__(f"没有“{name}”这种写法，可用的有：{known}；也可以写地名，如 辽宁省大连市")


@dataclass(frozen=True, slots=True)
class Style:
    """One way of writing an account.

    `part` and `attachments` are headings without 第几部分; `order` is `before` where the tables stand before the
    explanation, else `after`; `lead` are the lines below the title of a table; `zero` is what stands for zero (""
    leaves the cell blank).
    """

    name: str
    title: str
    regions: tuple[str, ...]
    numbering: str
    part: str
    attachments: str
    order: str
    lead: tuple[str, ...]
    lead_at: tuple[str, ...]
    """where each of these lines stands: left, center, right"""
    zero: str
    thousands: bool
    tables: tuple[str, ...]
    """the forms in the order in which they are printed"""


@cache
def styles() -> dict[str, Style]:
    """All styles by name."""
    raw = tomllib.loads((files("juesuan.knowledge") / "data" / "styles.toml").read_text("utf-8"))
    return {name: _style(name, one) for name, one in raw.items()}


def _style(name: str, raw: dict[str, Any]) -> Style:
    parts: dict[str, Any] = {key: tuple(part) if isinstance(part, list) else part for key, part in raw.items()}
    return Style(name=name, **parts)


def style(name: str) -> Style:
    """The style of that name. Raises UnknownStyle."""
    if name not in styles():
        raise UnknownStyle(name)
    return styles()[name]


def style_of(region: str) -> Style:
    """The style of the place 辽宁/大连/西岗区 (as `PlaceRules.region` says it), the national one where it has none.

    A word without a Chinese character is no place but a style that is misspelt: raises UnknownStyle.
    """
    if region and region.isascii():
        raise UnknownStyle(region)
    found = (s for s in styles().values() if any(region.startswith(own) for own in s.regions))
    return next(found, styles()[NATIONAL])
