"""Reasons (原因、用途): stock phrases, and words that tell what a reason or a purpose speaks of.

Refuses to judge: whether a reason is enough for a change is for the checks. Texts are in compact form.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from juesuan.model.keys import Key
from juesuan.model.settings import Settings

OPTION = "reason"
"""the name of the limit in juesuan.toml, [rules]"""


@dataclass(frozen=True, slots=True)
class Topic:
    """One thing that money is spent on: its keys, words that may speak of it, and those that speak of nothing else."""

    name: str
    functions: tuple[str, ...]
    items: tuple[str, ...]
    words: re.Pattern[str]
    only: re.Pattern[str]


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((files("juesuan.knowledge") / "data" / "phrases" / "reasons.toml").read_text("utf-8"))


@cache
def topics() -> tuple[Topic, ...]:
    """All topics."""
    return tuple(
        Topic(
            raw["name"],
            tuple(raw.get("functions", ())),
            tuple(raw.get("items", ())),
            re.compile(raw["words"]),
            re.compile(raw.get("only", raw["words"])),
        )
        for raw in _data()["topic"]
    )


def topic_of(key: Key) -> Topic | None:
    """The topic of a subject; None where it has none (行政运行)."""
    for topic in topics():
        if key.item in topic.items or any(key.function.startswith(code) for code in topic.functions):
            return topic
    return None


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    data = _data()["stock"]
    general = "|".join(sorted(f"{data['general']}|{data['direction']}".split("|"), key=len, reverse=True))
    return {
        "stock": re.compile("|".join(data["phrases"])),
        "filler": re.compile(data["filler"]),
        "general": re.compile(general),
        "transfer": re.compile(data["transfer"]),
        "purpose": re.compile(_data()["purpose"]["none"]),
        "marks": re.compile(r"[\W_]+"),
    }


def is_stock(reason: str) -> bool:
    """Whether a reason says only what would do anywhere: stock phrases, or the change once more (经费支出减少)."""
    rest = reason
    for name in ("stock", "filler", "general", "filler", "marks"):
        rest = _patterns()[name].sub("" if name == "marks" else "|", rest)
    return bool(reason) and not rest


def speaks_of_transfer(reason: str) -> bool:
    """Whether money was moved between items: then naming the other item is right."""
    return bool(_patterns()["transfer"].search(reason))


def is_purpose(text: str) -> bool:
    """Whether the words after 主要用于 are a purpose (以下方面 is none)."""
    return bool(text) and not _patterns()["purpose"].search(text)


def limit(settings: Settings) -> Decimal:
    """How many percent a change may be before a stock phrase is not enough."""
    return settings.rules.get(OPTION, Decimal(_data()["limit"]["change"]))
