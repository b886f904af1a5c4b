"""Meanings (含义): what a column's heads and a row's labels stand for, as dimensions of a key.

Heads and stubs are looked up by meaning in the form; codes and names in the classification of the year. What is not
known is None: the figures there are unread, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from juesuan.knowledge import classifications
from juesuan.knowledge.forms import Dims, Form, common
from juesuan.knowledge.names import plain, strip_ordinal
from juesuan.understanding.grids import Block, Grid
from juesuan.understanding.heads import Column, head_word, label_kind
from juesuan.understanding.wrapped import BlockRow

_YEAR = re.compile(r"(20\d\d)年?度?")


@dataclass(slots=True)
class Meaning:
    """How one account's tables name things: its year, its units, the names that its coded rows gave to codes."""

    year: str
    entities: dict[str, str] = field(default_factory=dict)
    named: dict[str, str] = field(default_factory=dict)
    three_public_basis: str = "budget"
    """which budget the account's section on “三公” speaks of, for a table whose note does not say"""

    def entity_of(self, department: str) -> str:
        """The unit that a table is about by its head, "" for the department."""
        return self.entities.get(plain(department), "")

    def note(self, code: str, name: str) -> None:
        """Remembers a coded name, so that a table without codes can be read by name."""
        if code and name:
            self.named.setdefault(plain(name), code)


def row_word(name: str) -> str:
    """A stub as a word to look up: no ordinal, no 其中, no unit."""
    word = strip_ordinal(plain(name))
    return re.sub(r"\((万元|元)\)$", "", word)


def known_stub(form: Form, meaning: Meaning, name: str) -> bool:
    """Whether the name is one that a row of this form may carry."""
    word = row_word(name)
    if not word:
        return False
    if word in form.stubs or plain(name) in form.stubs or word in common().totals:
        return True
    if "class" in form.rows and classifications.class_code(word, meaning.year):
        return True
    if "economic" in form.rows and classifications.economic_code(word):
        return True
    if "unit" in form.rows and plain(name) in meaning.entities:
        return True
    return "function" in form.rows and word in meaning.named


def column_dims(column: Column, form: Form, year: str) -> tuple[Dims, ...] | None:
    """The dimensions under this column (several where its figures carry several keys); None if a head is not known."""
    options: list[Dims] = [{}]
    for text in column.path:
        found = _head_dims(text, form, year)
        if found is None:
            return None
        options = [{**base, **dims} for base in options for dims in found]
    return tuple(options) if column.path else None


def columns_dims(columns: Sequence[Column], form: Form, year: str) -> list[tuple[Dims, ...] | None]:
    """For every column its dimensions; None for label columns and where a head is not known."""
    found = [column_dims(c, form, year) if c.kind == "value" else None for c in columns]
    for i, column in enumerate(columns):
        parts = form.splits.get(head_word(column.path[-1])) if column.path else None
        side_by_side = [j for j, other in enumerate(columns) if other.path == column.path]
        if parts and len(side_by_side) == len(parts) and side_by_side[0] == i:
            for j, part in zip(side_by_side, parts, strict=True):
                found[j] = tuple({**dims, **part} for dims in found[j] or ())
    return found


def _head_dims(text: str, form: Form, year: str) -> tuple[Dims, ...] | None:
    word = head_word(text)
    found = form.head(word)
    if found is not None:
        return found
    if word == "" or label_kind(text) is not None:
        return ({},)
    if match := _YEAR.match(plain(text)):
        rest = plain(text)[match.end() :]
        inner = form.head(rest) if rest else ({},)
        return None if inner is None else tuple({**d, "year": match.group(1)} for d in inner)
    if word.startswith(("上年", "去年")) and year.isdigit():
        inner = form.head(word[2:]) if word[2:] else ({},)
        return None if inner is None else tuple({**d, "year": str(int(year) - 1)} for d in inner)
    return None


def side_of(block: Block, grid: Grid, form: Form, index: int, year: str) -> str:
    """income or expenditure for a block of a two-sided table, "" for others."""
    if "stub" not in form.rows or form.name not in ("totals", "fiscal"):
        return ""
    for i in (*block.labels, *block.values):
        for text in grid.columns[i].path:
            flow = (_head_dims(text, form, year) or ({},))[0].get("flow")
            if flow:
                return flow
    first = next((s for row in block.rows if (s := form.stubs.get(row_word(row.name))) and s.key), None)
    if first is not None and first.key and first.key.get("flow") in ("income", "surplus_used", "opening"):
        return "income"
    return "income" if index == 0 else "expenditure"


class RowReader:
    """Gives the rows of one block their dimensions, from the top; carries the context that a stub opens."""

    def __init__(self, form: Form, meaning: Meaning, side: str, by_unit: bool) -> None:
        self.form, self.meaning, self.side, self.by_unit = form, meaning, side, by_unit
        self.context: Dims = {}
        self.labelled = False
        self.parents: list[str] = []

    def dims(self, row: BlockRow) -> Dims | None:
        """The row's dimensions; None where they are not known."""
        found = self._dims(row)
        self.labelled = self.labelled or bool(row.code or row.name)
        return found

    def _dims(self, row: BlockRow) -> Dims | None:
        if row.code:
            return self._by_code(row.code)
        word = row_word(row.name)
        if not word:
            plain_row = "plain" in self.form.rows or (not self.labelled and "function" in self.form.rows)
            return {} if plain_row else None
        stub = self.form.stubs.get(plain(row.name)) or self.form.stubs.get(word)
        if stub is not None:
            dims = stub.dims(self.side, self.context)
            if stub.context or "flow" in (stub.key or stub.income or {}):
                self.context = stub.context
            return dims
        if word in common().totals:
            return {}
        return self._by_name(word, row.name)

    def _by_code(self, code: str) -> Dims | None:
        whole = self._completed(code)
        if len(whole) in (3, 5, 7) and whole[0] == "2" and "function" in self.form.rows:
            self.parents.append(whole)
            return {"function": whole}
        if len(whole) in (3, 5) and whole[0] == "3" and "economic" in self.form.rows:
            return {"economic": whole}
        return None

    def _completed(self, code: str) -> str:
        """A 款 or 项 printed as two digits alone, completed by the row above it."""
        if len(code) != 2 or not self.parents:
            return code
        above = self.parents[-1]
        return above[:3] + code if len(above) == 3 else above[:5] + code

    def _by_name(self, word: str, name: str) -> Dims | None:
        rows, year = self.form.rows, self.meaning.year
        if "class" in rows and self.side != "income":
            code = classifications.class_code(word, year) or self.meaning.named.get(word)
            if code is not None:
                return {"function": code}
        if "economic" in rows and (code := classifications.economic_code(word)):
            return {"economic": code}
        if "function" in rows and (code := self.meaning.named.get(word) or classifications.class_code(word, year)):
            return {"function": code}
        if "unit" in rows and (entity := self.meaning.entities.get(plain(name))) is not None:
            return {"entity": entity} if entity else {}
        if self.by_unit and "unit" in rows:
            return {"entity": re.sub(r"\s+", "", name)}
        if "plain" in rows and word in common().heads:
            return common().heads[word][0]
        return {} if "plain" in rows and plain(name) in self.meaning.entities else None


def combined(fixed: Dims, column: Dims, row: Dims) -> Dims | None:
    """The dimensions of a cell; None where column and row contradict each other (such a cell must be blank)."""
    for name in ("fund", "nature", "function"):
        if name in column and name in row and column[name] != row[name]:
            return None
    result = {**fixed, **column, **row}
    if "economic" in column and "economic" in row:
        own = row["economic"]
        if own == "all":
            return result
        part = own if own in ("personnel", "running") else classifications.running_or_personnel(own)
        if part != column["economic"]:
            return None
        result["economic"] = row["economic"]
    if "item" in column and "item" in row and row["item"] != column["item"]:
        if row["item"] != "three_public" and column["item"] != "three_public":
            return None
        result["item"] = max(column["item"], row["item"], key=len)
    return result


def entities(names: Iterable[str], department: str) -> dict[str, str]:
    """plain name → entity: the department is "", units their names; （本级） is a unit unless the only one."""
    listed = [n for n in names if n]
    result = {plain(department): ""}
    single = len(listed) == 1
    for name in listed:
        result[plain(name)] = "" if single else name
    return result
