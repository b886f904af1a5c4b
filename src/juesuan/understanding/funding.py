"""Money above the indicators of a self-evaluation form (项目资金、资金投入): budgets, execution, its rate and score.

Labels beside their figures, or heads with a row for the total and one for each source. The whole-department form's own
money has its own key: its scope (all money, or the appropriation only) is not said, so it is no total of the account.
Refuses to guess a row: a figure in a row without a known name is unread.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from juesuan.knowledge.names import plain
from juesuan.knowledge.performance import funding_of
from juesuan.model.amounts import MONEY_UNITS
from juesuan.model.documents import Cell
from juesuan.model.keys import ALL, Key
from juesuan.model.places import Place
from juesuan.model.reports import Indicator, Unread
from juesuan.understanding.figures import parse_figure
from juesuan.understanding.heads import Row, text_of
from juesuan.understanding.regions import Region
from juesuan.understanding.tables import Draft, TableResult

EXECUTION = "预算执行率"
WHOLE = "部门整体支出"
_MONEY = ("initial", "full_year", "budget", "final")
_MARKS = ("rate", "weight", "score")
#: what figures are called where their own head or label is not at hand
TITLES = {
    "initial": "年初预算数",
    "full_year": "全年预算数",
    "budget": "预算数",
    "final": "执行数",
    "rate": "执行率",
    "weight": "权重",
    "score": "得分",
    "target": "指标值",
    "actual": "完成值",
}
_UNIT = re.compile(r"(?:资金|预算|金额|经费|支出|单位)[^(]*[(:](百万元|千万元|亿元|万元|千元|百元|元)\)?$")


@dataclass(slots=True)
class Funding:
    """Reads the rows above the indicators, one by one from the top."""

    region: Region
    result: TableResult
    year: str
    project: str
    heads: dict[int, str] = field(default_factory=dict)
    unit: str = ""
    total_read: bool = False
    marks: dict[str, int] = field(default_factory=dict)
    place: Place | None = None

    def take(self, row: Row, roles: dict[int, str]) -> bool:
        """Reads one row; False where it has nothing to do with money."""
        self._note_unit(row)
        labels = {i: r for i, r in roles.items() if r in _MONEY or r in _MARKS}
        figures = [i for i, c in enumerate(row) if c is not None and parse_figure(c.text)]
        if len(labels) > 1 and not figures:
            self.heads = labels
            return True
        if labels and figures:
            return self._beside(row, labels, figures)
        named = any(funding_of(text_of(c)) for c in row)
        if self.heads and figures:
            return self._row(row, figures)
        if self.heads and not named and any(text_of(c).strip() for c in row):
            self.heads = {}
        return False

    def execution(self) -> Indicator | None:
        """The execution rate as an indicator, where its weight or score is printed here."""
        if self.place is None or not self.marks.keys() & {"weight", "score"}:
            return None
        rate, weight, score = (self.marks.get(mark) for mark in _MARKS)
        text = self.result.drafts[rate].place.quote if rate is not None else ""
        return Indicator(EXECUTION, EXECUTION, "", "", "", text, "", self.place, None, rate, weight, score)

    def _note_unit(self, row: Row) -> None:
        for cell in row:
            if match := _UNIT.search(plain(text_of(cell))):
                self.unit = match.group(1)

    def _beside(self, row: Row, labels: dict[int, str], figures: list[int]) -> bool:
        """Labels beside their figures. A single 得分 is that of the whole form."""
        following = [*sorted(labels)[1:], len(row)]
        for (at, role), end in zip(sorted(labels.items()), following, strict=True):
            found = next((i for i in figures if at < i < end), None)
            cell = row[found] if found is not None else None
            if cell is None:
                continue
            if len(labels) == 1 and role in ("weight", "score"):
                self._draft(Key(year=self.year, project=self.project, measure=role), cell, "分", "总计", role)
            else:
                self._figure(role, cell, "")
        return True

    def _row(self, row: Row, figures: list[int]) -> bool:
        """The total or a source of money below the heads."""
        part = next((name for c in row if (name := funding_of(text_of(c)))), "")
        if not part and not self.total_read:
            part = "total"
        columns = self.heads
        if not all(i in columns for i in figures) and len(figures) == len(columns):
            columns = dict(zip(figures, columns.values(), strict=True))
        for i in figures:
            cell = row[i]
            assert cell is not None
            role = columns.get(i, "")
            if role and (part == "total" or (part and role in (*_MONEY, "rate"))):
                self._figure(role, cell, "" if part == "total" else part)
            elif role:
                self._unread(cell, "资金行未能识别")
        self.total_read = self.total_read or part == "total"
        return True

    def _figure(self, role: str, cell: Cell, part: str) -> None:
        """One figure of the total, or of a source of money (`part`)."""
        if role in _MONEY:
            whole = WHOLE if self.project == ALL else ALL
            key = Key(year=self.year, basis=role, flow="expenditure", project=self.project, indicator=part or whole)
            self._draft(key, cell, self.unit or self.region.unit or "万元", part, role)
            return
        key = Key(
            year=self.year,
            project=self.project,
            indicator=part or EXECUTION,
            measure="actual" if role == "rate" else role,
        )
        at = self._draft(key, cell, "%" if role == "rate" else "分", part, role)
        if not part:
            self.marks.setdefault(role, at)
            self.place = self.place or self.result.drafts[at].place

    def _draft(self, key: Key, cell: Cell, unit: str, row: str, column: str) -> int:
        figure = parse_figure(cell.text)
        assert figure is not None
        own = figure.unit if figure.unit in MONEY_UNITS or column not in _MONEY else ""
        title = TITLES[column]
        place = cell.place.within(table=self.region.form, row=row or title, column=title, quote=cell.text.strip())
        self.result.roles[id(cell)] = "数字"
        at = len(self.result.drafts)
        self.result.drafts.append(Draft((key,), figure.value, figure.decimals, own or unit, place, False, at, -1))
        return at

    def _unread(self, cell: Cell, reason: str) -> None:
        self.result.roles[id(cell)] = "未读"
        quote = cell.text.strip()
        place = cell.place.within(table=self.region.form, quote=quote)
        self.result.unread.append(Unread(place, quote, reason))
