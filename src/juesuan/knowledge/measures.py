"""Measures (比较口径): on what accounts are compared, and under which keys an account states each.

Refuses to make a measure out of several figures: what an account does not print is not compared.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from juesuan.knowledge.classifications import function_name
from juesuan.model.keys import Key, parse_key
from juesuan.model.profiles import FUNCTION, Measure

BY_FUNCTION = "支出功能"
_AFTER = "支出性质"
"""the group after which the functional classes come"""


@cache
def _data() -> tuple[dict[str, Any], ...]:
    return tuple(tomllib.loads((files("juesuan.knowledge") / "data" / "measures.toml").read_text("utf-8"))["measure"])


@cache
def measures() -> tuple[Measure, ...]:
    """All measures but the functional classes, in order."""
    return tuple(Measure(one["name"], one["label"], one["group"], one.get("whole", "")) for one in _data())


def ways(year: str) -> dict[str, tuple[Key, ...]]:
    """Name of a measure → the keys that state it, the best first."""
    return {one["name"]: tuple(parse_key(f"year={year} {key}") for key in one["keys"]) for one in _data()}


def with_functions(codes: set[str]) -> list[Measure]:
    """All measures, with these functional classes in their place."""
    found = list(measures())
    at = max(n for n, one in enumerate(found) if one.group == _AFTER) + 1
    own = [Measure(FUNCTION + code, class_label(code), BY_FUNCTION, "expenditure") for code in sorted(codes)]
    return [*found[:at], *own, *found[at:]]


def class_label(code: str) -> str:
    """The name of a functional class, the code where none is known."""
    known = function_name(code)
    return known.name if known else code
