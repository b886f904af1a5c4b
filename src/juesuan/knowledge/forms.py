"""Forms (报表格式): a table as data. How titles, heads and stubs map to the dimensions of a key.

Refuses to know numbers of tables or columns: a form is recognised by meaning, since numbers differ by place.
Source of titles, heads and stubs: the 部门决算公开 tables as published (财决公开 01–09 and their variants by place).
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from juesuan.knowledge.names import plain

Dims = dict[str, str]
LABEL_KINDS = ("code", "name", "unit", "row_no", "remark")


@dataclass(frozen=True, slots=True)
class Stub:
    """What a row's printed name means.

    `key` holds on either side of the table, `income` and `expenditure` only on that side; `default` only where no
    context was opened by a stub above; `context` is opened for the rows below. A stub without a key carries no figures.
    """

    key: Dims | None
    income: Dims | None
    expenditure: Dims | None
    default: Dims
    context: Dims

    def dims(self, side: str, context: Dims) -> Dims | None:
        """The dimensions of a row with this stub on `side` (income, expenditure or ""); None where it has no key."""
        own = self.key
        if own is None:
            own = self.income if side == "income" else self.expenditure if side == "expenditure" else None
        return None if own is None else {**self.default, **context, **own}


@dataclass(frozen=True, slots=True)
class Form:
    """One form. `rows` names the kinds of rows it may have; `complete` the dimensions whose partitions are complete."""

    name: str
    title: str
    rows: tuple[str, ...]
    complete: frozenset[str]
    fixed: Dims
    heads: dict[str, tuple[Dims, ...]]
    splits: dict[str, tuple[Dims, ...]]
    """what columns mean, in order, that stand side by side under one head which is not divided further"""
    stubs: dict[str, Stub]
    signature: frozenset[str]

    def head(self, word: str) -> tuple[Dims, ...] | None:
        """The dimensions that a head word stands for (several where the figure has several keys); None if unknown."""
        found = self.heads.get(word)
        return common().heads.get(word) if found is None else found


@dataclass(frozen=True, slots=True)
class Common:
    """Words that all forms share: heads of label columns by kind, budget and final, names of total rows."""

    labels: dict[str, str]
    heads: dict[str, tuple[Dims, ...]]
    totals: frozenset[str]


def _data(name: str) -> dict[str, Any]:
    return tomllib.loads((files("juesuan.knowledge") / "data" / "forms" / name).read_text("utf-8"))


def _heads(raw: dict[str, Any]) -> dict[str, tuple[Dims, ...]]:
    return {plain(word): tuple(d if isinstance(d, list) else [d]) for word, d in raw.items()}


@cache
def common() -> Common:
    """The shared words."""
    raw = _data("_common.toml")
    labels = {plain(word): kind for kind, words in raw["labels"].items() for word in words}
    return Common(labels, _heads(raw["heads"]), frozenset(plain(n) for n in raw["total"]["names"]))


def _stubs(raw: list[dict[str, Any]]) -> dict[str, Stub]:
    stubs: dict[str, Stub] = {}
    for entry in raw:
        stub = Stub(
            entry.get("key"),
            entry.get("income"),
            entry.get("expenditure"),
            entry.get("default", {}),
            entry.get("context", {}),
        )
        for name in entry["names"]:
            stubs.setdefault(plain(name), stub)
    return stubs


@cache
def form(name: str) -> Form:
    """The form of that name. Raises FileNotFoundError for a name that is none."""
    raw = _data(f"{name}.toml")
    heads: dict[str, tuple[Dims, ...]] = {}
    splits: dict[str, tuple[Dims, ...]] = {}
    for shared in raw.get("include", []):
        included = _data(f"_{shared}.toml")
        heads |= _heads(included["heads"])
        splits |= _heads(included.get("split", {}))
    heads |= _heads(raw.get("heads", {}))
    return Form(
        raw["name"],
        raw["title"],
        tuple(raw["rows"]),
        frozenset(raw["complete"]),
        raw.get("fixed", {}),
        heads,
        splits,
        _stubs(raw.get("stub", [])),
        frozenset(plain(word) for word in raw["signature"]),
    )


FORM_NAMES = (
    "totals",
    "income",
    "expenditure",
    "fiscal",
    "general_public",
    "basic",
    "funds",
    "state_capital",
    "three_public",
    "units",
    "performance_department",
    "performance_project",
)


def forms() -> tuple[Form, ...]:
    """All forms, in the order in which accounts print them."""
    return tuple(form(name) for name in FORM_NAMES)
