"""Hierarchies (层级): which value of a dimension lies in which, and what the values are called in Chinese.

Refuses to know codes one by one: a functional or economic code lies in its own prefix, an item in its own path.
Source: 政府收支分类科目 (类、款、项 by code), 部门决算公开 tables (funds, 支出性质, 结转与结余, 人员与公用经费).
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from juesuan.model.keys import ALL

#: the dimensions along which a total is divided, in the order of the key
PARTITIONED: tuple[str, ...] = ("entity", "fund", "nature", "balance", "function", "economic", "item")


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((files("juesuan.knowledge") / "data" / "hierarchy.toml").read_text("utf-8"))


@cache
def rule(name: str) -> frozenset[Any]:
    """One of the lists under [rules]. Raises KeyError for a name that is none."""
    return frozenset(_data()["rules"][name])


@cache
def ancestors(dimension: str, value: str) -> tuple[str, ...]:
    """What `value` lies in, nearest first: ("function", "2010301") → ("20103", "201", "all"). () for the root."""
    if value == ALL:
        return ()
    if dimension == "function":
        return (*_prefixes(value, "function_lengths"), ALL)
    if dimension == "economic":
        return _economic(value)
    if dimension == "item":
        return _path(value)
    parents: dict[str, str] = _data()["parents"].get(dimension, {})
    found = []
    while value != ALL:
        value = parents.get(value, ALL)
        found.append(value)
    return tuple(found)


def _prefixes(code: str, lengths: str) -> list[str]:
    return [code[:n] for n in sorted(rule(lengths), reverse=True) if n < len(code)]


def _economic(value: str) -> tuple[str, ...]:
    if not value.isdigit():
        return (ALL,)
    group = "personnel" if value[:3] in rule("personnel_classes") else "running"
    return (*_prefixes(value, "economic_lengths"), group, ALL)


def _path(value: str) -> tuple[str, ...]:
    parts = value.split("/")
    above = tuple("/".join(parts[:n]) for n in range(len(parts) - 1, 0, -1))
    return (*above, ALL) if parts[0] in rule("parts") else above


def compared(item: str) -> bool:
    """Whether two statements of an item must agree: not what is worth one thing new and another written down."""
    return rule("uncompared").isdisjoint(item.split("/"))


def divides(dimension: str, parent: str, flow: str) -> bool:
    """Whether the children of `parent` can make up all of it.

    Not the funds of an expenditure (only income lists the money outside 财政拨款), and not a 其中 item.
    """
    if parent != ALL:
        return True
    return dimension != "item" and (dimension != "fund" or flow in rule("fund_whole_flows"))


@cache
def children(dimension: str, parent: str) -> tuple[str, ...]:
    """The declared children of a value; () where they are codes, paths or names."""
    parents: dict[str, str] = _data()["parents"].get(dimension, {})
    return tuple(child for child, above in parents.items() if above == parent)


def word(dimension: str, value: str) -> str:
    """The Chinese word for a value (also of `form`), or the value itself."""
    words: dict[str, str] = _data()["words"].get(dimension, {})
    return words.get(value, value)
