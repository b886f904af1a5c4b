"""Draws (抽取): random amounts of money in 元 and 分, from a seed; the same in every run and on every machine.

Refuses amounts between 0 and 100 元: printed as 0.00 万元 they would be exact zeros that are none.
"""

from __future__ import annotations

import random
import tomllib
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

Item = TypeVar("Item")
CENT = Decimal("0.01")
LEAST = Decimal(100)
"""the smallest amount that is drawn, in 元"""


@cache
def data(name: str) -> dict[str, Any]:
    """One of the data files of this room."""
    return tomllib.loads((files("juesuan.generating") / "data" / f"{name}.toml").read_text("utf-8"))


class Draws:
    """A source of random choices."""

    def __init__(self, seed: object) -> None:
        self._random = random.Random(str(seed))

    def amount(self, low: int, high: int) -> Decimal:
        """An amount between low and high 元, to the 分, not below the least."""
        return max(LEAST, Decimal(self._random.randint(low * 100, high * 100)) * CENT)

    def part(self, whole: Decimal, low: int, high: int) -> Decimal:
        """Between low and high percent of a whole, to the 分; zero where that is less than the least."""
        share = Decimal(self._random.randint(low * 100, high * 100)) / 10000
        found = (whole * share).quantize(CENT, ROUND_HALF_UP)
        return found if abs(found) >= LEAST else Decimal(0)

    def count(self, low: int, high: int) -> int:
        return self._random.randint(low, high)

    def chance(self, percent: int) -> bool:
        return self._random.randrange(100) < percent

    def one(self, items: Sequence[Item]) -> Item:
        return items[self._random.randrange(len(items))]

    def some(self, items: Sequence[Item], most: int) -> list[Item]:
        """So many of the items at most, in their own order."""
        chosen = self._random.sample(range(len(items)), min(most, len(items)))
        return [items[i] for i in sorted(chosen)]

    def split(self, whole: Decimal, parts: int) -> list[Decimal]:
        """The whole in so many parts, fewer where they would be less than the least."""
        result: list[Decimal] = []
        rest = whole
        for left in range(parts, 1, -1):
            part = self.part(rest, 40 // left, 140 // left)
            if part < LEAST or rest - part < LEAST:
                break
            result.append(part)
            rest -= part
        return [*result, rest]
