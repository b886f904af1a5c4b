"""Readings (读句): what was read of an entry so far, and what one sentence carries on to the next.

Refuses to read: that is for `subjects`, `quantities` and `sentences`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from juesuan.knowledge.phrases import Dims, Lexicon
from juesuan.model.amounts import Amount
from juesuan.model.claims import Claim, Flow
from juesuan.model.keys import Key
from juesuan.model.places import Place

WHOLE = "performance/whole"
"""the evaluation of all that a department spends: no projects are counted in it"""
PERFORMANCE = (
    "performance",
    "performance/goals",
    "performance/tracking",
    WHOLE,
    "performance/appraisal",
    "performance/reviews",
    "performance/reviews/department",
    "performance/reviews/finance",
)
FISCAL = ("general_public", "government_funds", "state_capital")


@dataclass(slots=True)
class Stated:
    """A fact that a sentence states, before its number in the report is known."""

    keys: tuple[Key, ...]
    amount: Amount
    place: Place
    at: int
    kind: str = "amount"
    sentence: int = 0


@dataclass(slots=True)
class Reading:
    """What was read in one flow: facts, claims, and the offsets of the numerals that were understood."""

    facts: list[Stated] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    read: dict[int, str] = field(default_factory=dict)
    """offset of a numeral → what it is: amount, count, share, change, rate, completion, threshold, apart …"""


@dataclass(slots=True)
class Context:
    """What holds around a sentence: the account's year, the section's kind and dimensions, where it stands."""

    year: str
    kind: str
    base: Dims
    section: int
    entry: int
    numbers: dict[str, str] = field(default_factory=dict)


def as_amount(dims: Dims) -> Dims:
    """The subject of an amount where a count or score of it was spoken of before."""
    if dims.get("measure") not in ("count", "score"):
        return dims
    made = {**dims, "measure": "amount", "flow": "expenditure"}
    if made.get("item", "").endswith("/projects"):
        made["item"] = f"{stem(made['item'])}/funds"
    return made


def part_of(key: Key, whole: Key) -> bool:
    """Whether the key may be a part of the whole: each dimension is the same, or one below it."""
    for name in ("entity", "year", "basis", "flow", "measure", "project", "indicator"):
        if getattr(key, name) != getattr(whole, name):
            return False
    fund = whole.fund in ("all", key.fund) or (whole.fund == "fiscal" and key.fund in FISCAL)
    if key.item.startswith("performance/grade/") and whole.item.endswith("/projects"):
        return fund
    below = all(
        getattr(whole, name) == "all" or getattr(key, name).startswith(getattr(whole, name))
        for name in ("nature", "balance", "function", "economic", "item")
    )
    return fund and below


def stem(item: str) -> str:
    """The item without the noun that was counted in it."""
    return item.removesuffix("/projects").removesuffix("/funds")


def overlay(parent: Dims, own: Dims) -> Dims:
    """A subject within another: its own dimensions win."""
    result = {**parent, **own}
    if "function" in own and "nature" not in own and parent.get("economic"):
        result.pop("economic")
    if own.get("flow") in ("income", "total_in", "opening", "closing", "total_out") and "nature" not in own:
        result.pop("nature", None)
    if "nature" in own and "economic" not in own:
        result.pop("economic", None)
    if own.get("item", "").startswith("performance"):
        for name in ("nature", "function", "economic"):
            result.pop(name, None)
    return result


class NameResolver(Protocol):
    """Names → codes."""

    def function(self, name: str, level: str, parent: str) -> str | None:
        """The code of a 类, 款 or 项 by name, below `parent` ("" where not known); None where there is none."""


class Carried:
    """One entry being read: its text and context, and what the sentences before left open."""

    def __init__(self, flow: Flow, context: Context, lexicon: Lexicon, resolve: NameResolver) -> None:
        self.flow, self.context, self.lexicon, self.resolve = flow, context, lexicon, resolve
        self.reading = Reading()
        self.entry: Dims = {}
        self.subject: Dims = {}
        self.also: Dims | None = None
        self.opening: Dims | None = None
        self.openings: list[Dims] = []
        """the totals that opened earlier sentences of the entry, the latest first"""
        self.basis = ""
        self.fund = ""
        """the fund that a sentence of the entry named for its item (一般公共预算财政拨款安排的“三公”经费)"""
        self.sentence = 0

    def key(self, dims: Dims, **more: str) -> Key | None:
        """The key of a subject; None where it names nothing."""
        whole = {**dims, **more}
        whole.setdefault("year", self.context.year)
        named = whole.get("flow", "all") != "all" or whole.get("item", "all") != "all" or "project" in whole
        return Key(**whole) if named or "indicator" in whole else None
