"""Nesting (层级拆分): figures of one table along one dimension, and which of the printed values are parts of which.

A level that is not printed is replaced by what is printed below it. Refuses to say whether a sum holds: see checking.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from juesuan.knowledge.hierarchy import ancestors
from juesuan.model.keys import ALL, Key

Line = tuple[str, ...]
"""a key without one of its dimensions"""
What = TypeVar("What")
"""what stands for a figure: the number of a fact, a cell"""
_NATURE = Key._fields.index("nature")
_BALANCE = Key._fields.index("balance")


@dataclass(frozen=True, slots=True)
class Plan:
    """How the printed values of a dimension nest: parent → parts; `orphans` (missing parent → parts); `bare`."""

    parts: dict[str, tuple[str, ...]]
    orphans: dict[str, tuple[str, ...]]
    bare: tuple[str, ...]
    """values that have nothing printed below them though the table goes deeper elsewhere"""


@lru_cache(maxsize=4096)
def plan(dimension: str, values: tuple[str, ...]) -> Plan:
    """The nesting of `values`. A value is an orphan of every ancestor that is missing below its nearest printed one."""
    printed = set(values)
    parts: dict[str, list[str]] = {}
    orphans: dict[str, list[str]] = {}
    for value in values:
        for above in ancestors(dimension, value):
            if above in printed:
                parts.setdefault(above, []).append(value)
                break
            orphans.setdefault(above, []).append(value)
    deepest = max((len(v) for v in values if v.isdigit()), default=0)
    bare = [v for v in values if v.isdigit() and len(v) < deepest and v not in parts]
    return Plan({k: tuple(v) for k, v in parts.items()}, {k: tuple(v) for k, v in orphans.items()}, tuple(bare))


def lines(
    figures: Mapping[Key, What], dimension: str, join_balances: bool
) -> dict[Line, dict[str, list[tuple[Key, What]]]]:
    """Figures along one dimension: everything else of the key → value → what makes it up.

    With `join_balances` 项目支出结转 and 项目支出结余 stand for 项目支出结转和结余 where that is not printed.
    """
    position = Key._fields.index(dimension)
    found: dict[Line, dict[str, list[tuple[Key, What]]]] = {}
    for seen in figures.items():
        key = seen[0]
        found.setdefault(key[:position] + key[position + 1 :], {})[key[position]] = [seen]
    if position == _NATURE and join_balances:
        _join_balances(figures, found)
    return found


def _join_balances(figures: Mapping[Key, What], found: dict[Line, dict[str, list[tuple[Key, What]]]]) -> None:
    for seen in figures.items():
        key = seen[0]
        if key[_BALANCE] == ALL or key[_NATURE] == ALL:
            continue
        whole = key._replace(balance=ALL)
        line = whole[:_NATURE] + whole[_NATURE + 1 :]
        if whole not in figures and line in found:
            found[line].setdefault(key[_NATURE], []).append(seen)
