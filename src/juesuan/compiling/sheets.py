"""Sheets (工作表) of the preparer's workbook as data: columns, fixed rows with their keys, choices.

Refuses to know a cell's address: a column is found by its head and a row by what stands in it, wherever they moved.
Source: data/workbook.toml; the nine approved tables stand in knowledge/data/forms.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from juesuan.knowledge.hierarchy import word
from juesuan.knowledge.layouts import layout
from juesuan.model.keys import Key, parse_key

HIDDEN = "hidden"
"""a column that the program needs and nobody reads"""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its head, its name in the program, its width, and what is filled in there."""

    title: str
    role: str
    width: int
    kind: str


@dataclass(frozen=True, slots=True)
class Line:
    """A fixed row: what it is called, what it is (a key's short form or a name) and the third text (unit or help).

    `styles`: those whose documents speak of it; () for all.
    """

    label: str
    what: str
    third: str = ""
    styles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. `above` are labelled texts over the head (label, name); `guide`: what is filled in, and whether."""

    role: str
    name: str
    intro: str
    columns: tuple[Column, ...]
    rows: tuple[Line, ...]
    above: tuple[tuple[str, str], ...]
    blank: int
    guide: tuple[str, str]
    tab: str

    @property
    def shown(self) -> tuple[Column, ...]:
        """The columns that can be seen."""
        return tuple(column for column in self.columns if column.kind != HIDDEN)

    def column(self, role: str) -> int:
        """Where the column with that name stands. Raises StopIteration for a name that is none."""
        return next(n for n, column in enumerate(self.columns) if column.role == role)


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((files("juesuan.compiling") / "data" / "workbook.toml").read_text("utf-8"))


@cache
def sheets() -> dict[str, Sheet]:
    """All sheets by role, in the order in which they stand."""
    found = {}
    for raw in _data()["sheet"]:
        columns = tuple(Column(*column) for column in raw["columns"])
        rows = tuple(Line(row[0], row[1], "".join(row[2:3]), tuple(row[3:])) for row in raw.get("rows", ()))
        above = tuple((label, name) for label, name in raw.get("above", ()))
        head = (raw["role"], raw["name"], raw["intro"])
        what, need = raw["guide"]
        found[raw["role"]] = Sheet(*head, columns, rows, above, raw.get("blank", 0), (what, need), raw["tab"])
    return found


@dataclass(frozen=True, slots=True)
class Guide:
    """The sheet that says how to go about it: its lines, and the list of sheets with what an approved table needs."""

    name: str
    lines: tuple[str, ...]
    table: str
    heads: tuple[str, ...]
    approved: tuple[str, str]
    carried: str
    """the head over what was carried over from other accounts"""


@cache
def guide() -> Guide:
    """What the first sheet says."""
    raw = _data()["guide"]
    what, need = raw["approved"]
    return Guide(raw["name"], tuple(raw["lines"]), raw["table"], tuple(raw["heads"]), (what, need), raw["carried"])


def note(sheet: str, column: str) -> str:
    """What the note of a column's head says; "" where it has none."""
    return str(_data()["notes"].get(sheet, {}).get(column, ""))


def choices(role: str) -> tuple[str, ...]:
    """What a column's drop-down offers; () where it has none."""
    return tuple(_data()["choices"].get(role, ()))


def table_sheet(number: int, form: str) -> str:
    """The name of an approved table's sheet: 03 支出表."""
    return f"{number:02} {word('form', form)}"


def three_public_fund(style: str, year: str) -> str:
    """Which money the “三公” figures of a style are about."""
    return layout("three_public", style, int(year)).fixed["fund"]


def line_key(line: Line, year: str, fund: str) -> Key:
    """The key of a fixed row. `fund` is that of the “三公” figures."""
    return parse_key(f"year={year} {line.what.format(three_public=fund)}")


def listed_last_year(style: str, year: str) -> list[Key]:
    """The figures of the year before that the workbook of `year` asks for."""
    before = str(int(year) - 1)
    return [line_key(line, before, three_public_fund(style, year)) for line in sheets()["last"].rows]


KINDS = {"行政单位": "administrative", "参公事业单位": "civil", "事业单位": "public", "其他": "other"}
FUNDS = {
    "财政拨款": "fiscal",
    "一般公共预算": "general_public",
    "政府性基金预算": "government_funds",
    "国有资本经营预算": "state_capital",
}

INCOMES = {
    "上级补助收入": "superior",
    "附属单位上缴收入": "subordinate",
    "事业收入": "public_service",
    "经营收入": "commercial",
    "其他收入": "other",
}
NATURES = {
    "对附属单位补助支出": "subsidy_down",
    "上缴上级支出": "remitted_up",
    "基本支出": "basic",
    "项目支出": "project",
    "经营支出": "commercial",
}


def word_of(known: dict[str, str], value: str) -> str:
    """What a value is called, "" where it is not known."""
    return next((word for word, own in known.items() if own == value), "")


def kind_word(kind: str) -> str:
    """What a kind of unit is called; "" where it is not known."""
    return next((name for name, own in KINDS.items() if own == kind), "")


def fund_word(fund: str) -> str:
    """What a fund is called in the workbook; "" where it is none of 财政拨款."""
    return next((name for name, own in FUNDS.items() if own == fund), "")
