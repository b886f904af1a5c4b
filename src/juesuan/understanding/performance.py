"""Performance self-evaluation forms (绩效自评表): indicators, weights, scores and the project's money.

Columns are found by their heads; a row that slipped sideways is set right by its relation sign (≥ ≤ =). The execution
rate that some places print in the block of money, with its own weight and score, becomes an indicator like the others.
Refuses to turn words and dates into figures: a target of words has no fact.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cache

from juesuan.knowledge.performance import is_qualitative, level_mark, relation_of, relations, role_of
from juesuan.model.documents import Cell
from juesuan.model.keys import ALL, Key
from juesuan.model.reports import Indicator, ReadRow, Unread
from juesuan.understanding.figures import Figure, narrow, parse_figure
from juesuan.understanding.funding import EXECUTION, TITLES, Funding
from juesuan.understanding.heads import Row, text_of
from juesuan.understanding.labels import texts_of
from juesuan.understanding.meanings import Meaning
from juesuan.understanding.regions import Region
from juesuan.understanding.tables import Draft, TableResult, new_table

_TEMPLATE = re.compile(r"指标\d+[:：]|^[.…]+$")
_LABEL = re.compile(r"[:：]")
#: what a row of indicators prints behind the names
_PRINTED = ("relation", "target", "actual", "weight", "score")


@cache
def _value() -> re.Pattern[str]:
    """(relation)? figure (unit)?: ≥95%, 800份, 不低于 3 次, 20 m2; never a year or a date."""
    signs = "|".join(re.escape(narrow(sign)) for sign in relations())
    number = r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
    return re.compile(rf"(?:{signs})?\s*(?!(?:19|20)\d\d\s*年)({number})\s*([^\d\s][^\d]*|[mM][23])?")


def read_performance(region: Region, meaning: Meaning) -> TableResult:
    """Reads one form. The project's name is the one printed beside 项目名称, "?" where none is."""
    result = TableResult(new_table(region, meaning))
    table = result.table
    _FormReader(region, result, table.year).read()
    table.rows = [
        ReadRow(tuple(re.sub(r"\s+", "", text_of(c)) for c in row), next(c.place for c in row if c is not None))
        for row in region.grid
        if any(text_of(c).strip() for c in row)
    ]
    table.columns = table.rows[0].cells if table.rows else ()
    table.rows = table.rows[1:]
    table.texts = texts_of(region.grid)
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
    heads: dict[str, int] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    """what is printed as the head of each column"""
    levels: tuple[str, str] = ("", "")
    marked: set[tuple[str, str]] = field(default_factory=set)
    names: Counter[str] = field(default_factory=Counter)
    closed: bool = False

    def read(self) -> None:
        if self.region.form == "performance_project":
            self.project = _project(self.region)
            self.result.table.project = self.project
        funding = Funding(self.region, self.result, self.year, self.project)
        for row in self.region.grid:
            roles = {i: role for i, c in enumerate(row) if c is not None and (role := role_of(c.text))}
            if "indicator" in roles.values() and len(set(roles.values())) >= 3:
                self._head(row, _heads(roles))
            elif self.heads and self._is_second_head(row, roles):
                second = {role: i for i, role in roles.items() if role in _PRINTED or role == "unit"}
                self._head(row, self.heads | second)
            elif self.heads:
                self._below(row)
            elif not funding.take(row, roles) and "total" in roles.values():
                self._total(row)
        if (indicator := funding.execution()) and not self.names[EXECUTION]:
            self.result.table.indicators.insert(0, indicator)

    def _head(self, row: Row, heads: dict[str, int]) -> None:
        self.heads = heads
        printed = {role: re.sub(r"\s+", "", text_of(row[i])) for role, i in heads.items() if i < len(row)}
        self.titles |= {role: title for role, title in printed.items() if title}

    def _is_second_head(self, row: Row, roles: dict[int, str]) -> bool:
        """符号 | 值 | 单位 below 年度指标值: heads and nothing else."""
        filled = [i for i, c in enumerate(row) if text_of(c).strip()]
        first = not self.result.table.indicators
        return first and bool(filled) and "total" not in roles.values() and all(i in roles for i in filled)

    def _below(self, row: Row) -> None:
        """An indicator, or the row of totals."""
        cells = [c for c in row if text_of(c).strip()]
        if not cells:
            return
        if "total" in {role_of(text_of(c)) for c in cells[:2]}:
            self._total(row)
            self.closed = self.closed or bool(self.result.table.indicators)
            return
        found = _set_right(row, self.heads)
        if not self.closed or any(_figure(found.get(role)) for role in ("weight", "score")):
            self._indicator(found)

    def _total(self, row: Row) -> None:
        figures = [(i, c) for i, c in enumerate(row) if c is not None and parse_figure(c.text)]
        roles = [r for r in ("weight", "score") if r in self.heads or not self.heads]
        placed = {i: r for r in roles for i, _ in figures if i == self.heads.get(r)}
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
                self._draft(key, figure._replace(unit=figure.unit or "分"), cell, "总计", role)

    def _indicator(self, cells: dict[str, Cell]) -> None:
        self._levels(cells)
        name = _TEMPLATE.sub("", _words(cells, "indicator"))
        if not name and any(_words(cells, role) for role in ("target", "weight", "score")):
            name = self.levels[1] or self.levels[0]
        if not name or not any(_words(cells, role) for role in _PRINTED):
            return
        self.names[name] += 1
        if self.names[name] > 1:
            name = f"{name}（{self.names[name]}）"
        relation, target, actual, reason = (_words(cells, k) for k in ("relation", "target", "actual", "reason"))
        if not relation:
            relation = relation_of(target)
        place = next(cells[k] for k in ("indicator", "level2", "level1", "target") if k in cells).place
        item = Indicator(name, *self.levels, relation, target, actual, reason, place)
        unit = text_of(cells.get("unit")).strip()
        target_at, actual_at, weight, score = (
            self._value(name, role, cells.get(role), unit) for role in ("target", "actual", "weight", "score")
        )
        item = replace(item, target=target_at, actual=actual_at, weight=weight, score=score)
        self.result.table.indicators.append(item)

    def _levels(self, cells: dict[str, Cell]) -> None:
        """Carries the levels down; marks printed behind one (产出指标（50分）) are the weight of the whole level."""
        level1, mark1 = level_mark(_words(cells, "level1"))
        level2, mark2 = level_mark(_words(cells, "level2"))
        self.levels = (level1 or self.levels[0], level2 or (self.levels[1] if not level1 else ""))
        for role, name, mark, at in (
            ("level1", level1, mark1, (level1, "")),
            ("level2", level2, mark2, self.levels),
        ):
            if mark and at not in self.marked:
                self.marked.add(at)
                key = Key(year=self.year, project=self.project, indicator=name, measure="weight")
                figure = Figure(Decimal(mark), len(mark.partition(".")[2]), "分")
                self._draft(key, figure, cells[role], name, "weight")

    def _value(self, name: str, role: str, cell: Cell | None, unit: str) -> int | None:
        """The draft's number in its table, None where the cell prints no single figure."""
        match = _figure(cell)
        if cell is None or match is None:
            if cell is not None and role in ("weight", "score") and re.search(r"\d", narrow(cell.text)):
                self._unread(cell, "权重或得分不是一个数字")
            return None
        number = match.group(1).replace(",", "")
        own = (match.group(2) or "").strip()
        key = Key(year=self.year, project=self.project, indicator=name, measure=role)
        unit = own or (unit if role in ("target", "actual") else "分")
        return self._draft(key, Figure(Decimal(number), len(number.partition(".")[2]), unit), cell, name, role)

    def _draft(self, key: Key, figure: Figure, cell: Cell, row: str, column: str) -> int:
        title = self.titles.get(column) or TITLES[column]
        place = cell.place.within(table=self.region.form, row=row, column=title, quote=cell.text.strip())
        self.result.roles[id(cell)] = "数字"
        at = len(self.result.drafts)
        self.result.drafts.append(Draft((key,), figure.value, figure.decimals, figure.unit, place, False, at, -1))
        return at

    def _unread(self, cell: Cell, reason: str) -> None:
        self.result.roles[id(cell)] = "未读"
        quote = cell.text.strip()
        place = cell.place.within(table=self.region.form, quote=quote)
        self.result.unread.append(Unread(place, quote, reason))


def _figure(cell: Cell | None) -> re.Match[str] | None:
    return _value().fullmatch(narrow(text_of(cell)).strip())


def _words(cells: dict[str, Cell], role: str) -> str:
    return re.sub(r"\s+", "", text_of(cells.get(role)))


def _project(region: Region) -> str:
    """The name beside 项目名称, or behind it in the same cell."""
    rows = [[c for row in region.grid for c in row]] if region.placing == "order" else region.grid
    for row in rows:
        cells = [re.sub(r"\s+", "", text_of(c)) for c in row if text_of(c).strip()]
        for label, following in zip(cells, [*cells[1:], ""], strict=True):
            if role_of(label) == "project" and following and not role_of(following):
                return following
            parts = _LABEL.split(label, maxsplit=1)
            if len(parts) == 2 and parts[1] and role_of(parts[0]) == "project":
                return parts[1]
    return region.project or "?"


def _heads(roles: dict[int, str]) -> dict[str, int]:
    """Role → column: the last column of names (绩效指标 may stand left of all levels), then what is right of it."""
    names = max(i for i, role in roles.items() if role == "indicator")
    found: dict[str, int] = {"indicator": names}
    for i, role in sorted(roles.items(), key=lambda pair: (pair[0] < names, pair[0])):
        found.setdefault(role, i)
    return found


def _set_right(row: Row, heads: dict[str, int]) -> dict[str, Cell]:
    """The row's cells by role; a row that slipped sideways is moved until its relation sign stands under its head."""
    by = 0
    if "relation" in heads:
        at = heads["relation"]
        signs = [i for i, c in enumerate(row) if _is_relation(text_of(c).strip())]
        if signs and at not in signs:
            by = signs[0] - at
    found: dict[str, Cell] = {}
    for role, i in heads.items():
        cell = row[i + by] if 0 <= i + by < len(row) else None
        if cell is not None:
            found[role] = cell
    return found


def _is_relation(text: str) -> bool:
    return text in relations() or is_qualitative(text)
