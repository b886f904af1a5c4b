"""Layouts (表样): how a form is written in a style: heads, columns with their keys, rows in order, notes.

They stand in the [write] part of data/forms/*.toml, beside what reads every layout. A layout says which figure stands
where and refuses to know any figure. Source of heads, rows and notes: see data/styles.toml.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from juesuan.knowledge.forms import Dims, form
from juesuan.knowledge.styles import NATIONAL

Grid = tuple[tuple[str, ...], ...]
"""cells of a head as texts; "<" is merged with the cell to its left, "^" with the one above it"""
LABELS = ("code", "name", "row_no")


@dataclass(frozen=True, slots=True)
class Row:
    """A row with a name of its own. `key` is None for a blank row."""

    name: str
    key: Dims | None


@dataclass(frozen=True, slots=True)
class Block:
    """Columns that stand side by side with those of other blocks.

    `columns` are label columns (code, name, row_no), "<" where a label runs on, or keys. `rows` says which rows there
    are: `given` (in `given`), `classes` (功能分类各类), `functions` (类款项 with figures), `economic` (those of
    `classes`), or `figures` (one row without labels).
    """

    columns: tuple[str, ...]
    rows: str
    given: tuple[Row, ...] = ()
    classes: tuple[str, ...] = ()
    foot: tuple[Row, ...] = ()

    @property
    def values(self) -> tuple[tuple[int, Dims], ...]:
        """(column, key) of the columns with figures."""
        return tuple((i, dims(c)) for i, c in enumerate(self.columns) if c not in LABELS and c != "<")


@dataclass(frozen=True, slots=True)
class Layout:
    """One table as it is written. `total` is where the 合计 row stands: first, last or "" (nowhere)."""

    form: str
    title: str
    heads: Grid
    blocks: tuple[Block, ...]
    fixed: Dims
    total: str
    codes: tuple[str, ...]
    """款 of the economic classification that are always listed"""
    left_out: dict[str, int]
    """class of the functional classification → the year from which it is not listed"""
    notes: tuple[str, ...]
    empty: tuple[str, ...]
    """notes that say why the table has no figures"""


@dataclass(frozen=True, slots=True)
class PerformanceLayout:
    """A self-evaluation form as it is written. `heads` and `total` have {names} for what belongs to one project.

    `columns` are the parts of an indicator ("<" and "^": merged); indicators in `apart` have places in `heads`.
    """

    form: str
    title: str
    lead: tuple[str, ...]
    heads: Grid
    columns: tuple[str, ...]
    total: tuple[str, ...]
    apart: frozenset[str]
    notes: tuple[str, ...]


def dims(text: str) -> Dims:
    """`flow=income fund=fiscal` as dimensions."""
    return dict(part.split("=", 1) for part in text.split())


def layout(name: str, style: str, year: int) -> Layout:
    """The table of that form in a style, as it was written in that year."""
    raw = _written(name, style, year)
    lists = {key: tuple(_row(entry) for entry in entries) for key, entries in raw["rows"].items()}
    return Layout(
        name,
        raw["title"],
        _grid(raw["heads"]),
        tuple(_block(block, lists) for block in raw["blocks"]),
        {**form(name).fixed, **raw.get("fixed", {})},
        raw.get("total", ""),
        tuple(raw["codes_of"].get(raw.get("codes"), "").split()),
        raw.get("left_out", {}),
        tuple(raw.get("notes", ())),
        tuple(raw.get("empty", ())),
    )


def performance_layout(name: str, style: str, year: int) -> PerformanceLayout:
    """The self-evaluation form in a style; the national one where the style has none of its own."""
    raw = _written(name, style, year)
    return PerformanceLayout(
        name,
        raw["title"],
        tuple(raw.get("lead", ())),
        _grid(raw["heads"]),
        tuple(raw["columns"]),
        tuple(raw.get("total", "").split("|")) if raw.get("total") else (),
        frozenset(raw.get("apart", ())),
        tuple(raw.get("notes", ())),
    )


@cache
def _write(name: str) -> tuple[dict[str, Any], list[str]]:
    raw = tomllib.loads((files("juesuan.knowledge") / "data" / "forms" / f"{name}.toml").read_text("utf-8"))
    return raw.get("write", {}), raw.get("include", [])


@cache
def _written(name: str, style: str, year: int) -> dict[str, Any]:
    """What the form says of the style, over what the files that it includes say."""
    own, included = _write(name)
    found: dict[str, Any] = {"rows": own.get("rows", {}), "codes_of": own.get("codes", {})}
    for part in (*(_write(f"_{other}")[0] for other in included), own):
        found |= part.get(style) or part.get(NATIONAL, {})
    for last, change in sorted(found.get("until", {}).items(), reverse=True):
        if year <= int(last):
            found |= change
    return found


def _grid(text: str) -> Grid:
    return tuple(tuple(line.split("|")) for line in text.strip("\n").split("\n"))


def _row(entry: Sequence[str]) -> Row:
    return Row(entry[0], dims(entry[1])) if entry else Row("", None)


def _block(raw: dict[str, Any], lists: dict[str, tuple[Row, ...]]) -> Block:
    kind, *classes = raw["rows"].split()
    given = lists.get(kind, ())
    foot = lists[raw["foot"]] if "foot" in raw else ()
    return Block(tuple(raw["columns"]), "given" if kind in lists else kind, given, tuple(classes), foot)
