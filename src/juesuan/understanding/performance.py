"""Performance self-evaluation forms (绩效自评表): indicators, weights, scores and the project's money.

Columns are found by their heads; a row that slipped sideways is set right by its relation sign (≥ ≤ =). Refuses to turn
words into figures: a target of words has no fact.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cache
from importlib.resources import files

from juesuan.knowledge.names import plain
from juesuan.model.documents import Cell
from juesuan.model.keys import ALL, Key
from juesuan.model.reports import Indicator, ReadRow, Unread
from juesuan.understanding.figures import narrow, parse_figure
from juesuan.understanding.heads import Row, text_of
from juesuan.understanding.meanings import Meaning
from juesuan.understanding.regions import Region
from juesuan.understanding.tables import Draft, TableResult, new_table

_VALUE = re.compile(r"\s*(≥|≤|>=|<=|>|<|=|＝|≧|≦|大于等于|小于等于|大于|小于|等于|不低于|不超过|不少于)?\s*([-+]?[\d,]+(?:\.\d+)?)\s*([^\d\s].*)?")
RELATIONS = frozenset({"≥", "≤", "=", ">", "<", "＝", ">=", "<=", "≧", "≦", "定性"})
Role = str


@cache
def _words() -> dict[str, Role]:
    """Head or label word → what it heads."""
    import tomllib  # noqa: PLC0415 - only where a form is read

    raw = tomllib.loads((files("juesuan.knowledge") / "data" / "forms" / "_performance.toml").read_text("utf-8"))
    return {plain(word): role for role, words in raw["words"].items() for word in words}


def role_of(text: str) -> Role | None:
    word = re.sub(r"\((万元|元|%|分|\d+分?)\)$", "", plain(text))
    return _words().get(word)


def read_performance(region: Region, meaning: Meaning) -> TableResult:
    """Reads one form. The project's name is the one printed beside 项目名称, "?" where none is."""
    result = TableResult(new_table(region, meaning))
    table = result.table
    reader = _FormReader(region, result, table.year)
    reader.read()
    table.rows = [
        ReadRow(tuple(re.sub(r"\s+", "", text_of(c)) for c in row), next(c.place for c in row if c is not None))
        for row in region.grid
        if any(text_of(c).strip() for c in row)
    ]
    table.columns = table.rows[0].cells if table.rows else ()
    table.rows = table.rows[1:]
    table.empty = not result.drafts
    table.unread = len(result.unread)
    return result


@dataclass(slots=True)
class _FormReader:
    """Walks the rows of a form from the top: labels and money first, then the indicators below their head."""

    region: Region
    result: TableResult
    year: str
    project: str = ALL
    heads: dict[Role, int] = field(default_factory=dict)
    pending: dict[int, Role] = field(default_factory=dict)
    levels: tuple[str, str] = ("", "")
    names: Counter[str] = field(default_factory=Counter)

    def read(self) -> None:
        if self.region.form == "performance_project":
            self.project = self._project()
            self.result.table.project = self.project
        for row in self.region.grid:
            roles = {i: r for i, c in enumerate(row) if c is not None and (r := role_of(c.text))}
            if "indicator" in roles.values() and len(roles) >= 3:  # noqa: PLR2004 - the head names several columns
                self.heads = {role: i for i, role in reversed(roles.items())}
                self.pending = {}
            elif self.heads:
                self._below(row, roles)
            else:
                self._above(row, roles)

    def _project(self) -> str:
        for row in self.region.grid:
            cells = [re.sub(r"\s+", "", text_of(c)) for c in row if text_of(c).strip()]
            if len(cells) > 1 and role_of(cells[0]) == "project":
                return cells[1]
        return "?"

    def _above(self, row: Row, roles: dict[int, Role]) -> None:
        """Money: 年初预算数 … beside its label, or below it."""
        money = {i: r for i, r in roles.items() if r in ("initial", "full_year", "final", "rate", "weight", "score")}
        figures = [i for i, c in enumerate(row) if c is not None and parse_figure(c.text)]
        if len(money) > 1 and not figures:
            self.pending = money
        elif len(money) == 1 and figures:
            self._money(next(iter(money.values())), row[figures[0]])
        elif self.pending and figures and not any(text_of(c).startswith("其中") for c in row):
            for i, role in self.pending.items():
                if i < len(row) and parse_figure(text_of(row[i])):
                    self._money(role, row[i])
            self.pending = {}

    def _money(self, role: Role, cell: Cell | None) -> None:
        if cell is None:
            return
        figure = parse_figure(cell.text)
        assert figure is not None
        if role in ("initial", "full_year", "final"):
            key = Key(year=self.year, basis=role, flow="expenditure", project=self.project)
            unit = figure.unit or self.region.unit or "万元"
        elif role == "rate":
            key = Key(year=self.year, project=self.project, indicator="预算执行率", measure="actual")
            unit = "%"
        else:
            key = Key(year=self.year, project=self.project, indicator="预算执行率", measure=role)
            unit = "分"
        self._draft(key, figure.value, figure.decimals, unit, cell, role, "")

    def _below(self, row: Row, roles: dict[int, Role]) -> None:
        """An indicator, or the row of totals."""
        cells = [c for c in row if text_of(c).strip()]
        if not cells:
            return
        if "total" in (role_of(text_of(cells[0])), role_of(text_of(cells[min(1, len(cells) - 1)]))):
            self._total(row)
        else:
            self._indicator(_set_right(row, self.heads))

    def _total(self, row: Row) -> None:
        figures = [(i, c) for i, c in enumerate(row) if c is not None and parse_figure(c.text)]
        roles = [r for r in ("weight", "score") if r in self.heads]
        placed = {i: r for r in roles for i, _ in figures if i == self.heads[r]}
        if len(placed) != len(figures):
            placed = dict(zip((i for i, _ in figures), roles if len(figures) > 1 else roles[-1:], strict=False))
        for i, cell in figures:
            figure = parse_figure(cell.text)
            role = placed.get(i)
            assert figure is not None
            if role is None:
                self._unread(cell, "总分行的数字未能归入权重或得分")
            else:
                key = Key(year=self.year, project=self.project, measure=role)
                self._draft(key, figure.value, figure.decimals, figure.unit or "分", cell, "总计", role)

    def _indicator(self, cells: dict[Role, Cell]) -> None:
        level1, level2 = (re.sub(r"\s+", "", text_of(cells.get(k))) for k in ("level1", "level2"))
        self.levels = (level1 or self.levels[0], level2 or (self.levels[1] if not level1 else ""))
        name = re.sub(r"\s+", "", text_of(cells.get("indicator")))
        if not name:
            return
        self.names[name] += 1
        if self.names[name] > 1:
            name = f"{name}（{self.names[name]}）"
        unit = text_of(cells.get("unit")).strip()
        texts = [re.sub(r"\s+", "", text_of(cells.get(k))) for k in ("relation", "target", "actual", "reason")]
        relation, target, actual, reason = texts
        if not relation and (match := _VALUE.match(narrow(target))) and match.group(1):
            relation = match.group(1)
        place = cells["indicator"].place
        item = Indicator(name, *self.levels, relation, target, actual, reason, place)
        for role in ("target", "actual", "weight", "score"):
            at = self._value(name, role, cells.get(role), unit)
            if at is not None:
                item = replace(item, **{role: at})
        self.result.table.indicators.append(item)

    def _value(self, name: str, role: Role, cell: Cell | None, unit: str) -> int | None:
        """The draft's number in its table, None where the cell prints no single figure."""
        match = _VALUE.fullmatch(narrow(text_of(cell))) if cell is not None else None
        if cell is None or match is None:
            return None
        number = match.group(2).replace(",", "")
        decimals = len(number.partition(".")[2])
        own = (match.group(3) or "").strip()
        key = Key(year=self.year, project=self.project, indicator=name, measure=role)
        unit = own or (unit if role in ("target", "actual") else "分")
        return self._draft(key, Decimal(number), decimals, unit, cell, name, role)

    def _draft(self, key: Key, value: Decimal, decimals: int, unit: str, cell: Cell, row: str, column: str) -> int:
        place = cell.place.within(table=self.region.form, row=row, column=column, quote=cell.text.strip())
        self.result.roles[id(cell)] = "数字"
        at = len(self.result.drafts)
        self.result.drafts.append(Draft((key,), value, decimals, unit, place, False, at, -1))
        return at

    def _unread(self, cell: Cell, reason: str) -> None:
        self.result.roles[id(cell)] = "未读"
        quote = cell.text.strip()
        place = cell.place.within(table=self.region.form, quote=quote)
        self.result.unread.append(Unread(place, quote, reason))


def _set_right(row: Row, heads: dict[Role, int]) -> dict[Role, Cell]:
    """The row's cells by role; a row that slipped sideways is moved until its relation sign stands under its head."""
    by = 0
    if "relation" in heads:
        at = heads["relation"]
        signs = [i for i, c in enumerate(row) if text_of(c).strip() in RELATIONS]
        if signs and at not in signs:
            by = signs[0] - at
    found: dict[Role, Cell] = {}
    for role, i in heads.items():
        cell = row[i + by] if 0 <= i + by < len(row) else None
        if cell is not None:
            found[role] = cell
    return found
