"""Keys (指标键): what a figure is. A table cell and a sentence that state the same thing have the same key.

Every dimension always has a value: `all` is the printed total over it, `?` what could not be determined
(it joins nothing and is reported as unread).
"""

from __future__ import annotations

from typing import NamedTuple

ALL = "all"
UNKNOWN = "?"


class Key(NamedTuple):
    """The thirteen dimensions in DESIGN's order; see docs/keys.md for their values."""

    entity: str = ALL
    year: str = UNKNOWN
    basis: str = "final"
    flow: str = ALL
    fund: str = ALL
    nature: str = ALL
    balance: str = ALL
    function: str = ALL
    economic: str = ALL
    item: str = ALL
    project: str = ALL
    indicator: str = ALL
    measure: str = "amount"

    @property
    def known(self) -> bool:
        return UNKNOWN not in self

    def __str__(self) -> str:
        """The short form: dimensions that differ from the default, year always. `year=2024 flow=income fund=fiscal`."""
        return " ".join(
            f"{name}={value}"
            for name, value in zip(self._fields, self, strict=True)
            if name == "year" or value != self._field_defaults[name]
        )


DIMENSIONS: tuple[str, ...] = Key._fields


def parse_key(text: str) -> Key:
    """The inverse of `str(key)`. Raises ValueError for an unknown dimension."""
    values = dict(part.split("=", 1) for part in text.split())
    if wrong := set(values) - set(DIMENSIONS):
        raise ValueError(f"unknown dimension: {', '.join(sorted(wrong))}")
    return Key(**values)
