"""Performance forms (绩效自评表): of the department and of each project, in the style of a place.

Prints what the report's forms say: targets, actual values, weights and scores are never computed here.
"""

from __future__ import annotations

from dataclasses import replace

from juesuan.composing import grids
from juesuan.composing.figures import Figures, printed
from juesuan.knowledge.layouts import PerformanceLayout, performance_layout
from juesuan.knowledge.styles import Style
from juesuan.model.amounts import Amount
from juesuan.model.documents import Block, Cell, Heading, PageBreak, Paragraph
from juesuan.model.keys import ALL, Key
from juesuan.model.places import Place
from juesuan.model.reports import Indicator, ReadTable, Report

_FORMS = ("performance_department", "performance_project")
_MONEY = ("initial", "full_year", "final")
_RATE = "预算执行率"
_RELATIONS = "≥≤＞＜><"


def compose_performance(report: Report, style: Style) -> list[Block]:
    """The forms of the department, then of the projects, as the report has them; nothing where it has none.

    Raises MissingFigure where a weight, a score or a project's money is not given.
    """
    figures = Figures(report)
    blocks: list[Block] = []
    for form in _FORMS:
        for _, table in report.tables_of(form):
            blocks += _Writer(figures, table, style).blocks()
            blocks.append(PageBreak(Place()))
    return blocks


class _Writer:
    """Writes one form."""

    def __init__(self, figures: Figures, table: ReadTable, style: Style) -> None:
        self.figures, self.table = figures, table
        # a form prints its zeros
        self.style = replace(style, zero=style.zero or "0.00", thousands=False)
        report = figures.report
        self.spec: PerformanceLayout = performance_layout(table.form, style.name, int(report.year))
        self.key = Key(year=report.year, project=table.project or ALL)

    def blocks(self) -> list[Block]:
        place = Place(table=self.table.form, row=self.table.project or None)
        words = {"year": self.figures.report.year}
        title = self.table.title or self.spec.title
        return [
            Heading(title, 2, place),
            *(Paragraph(line.format_map(words), place._replace(column="center")) for line in self.spec.lead),
            grids.table([*self._head(), *self._indicators(), *self._total()], self.table.form),
            *(Paragraph(note, place) for note in self.spec.notes),
        ]

    def _head(self) -> list[list[grids.Piece]]:
        return [[self._filled(cell) for cell in row] for row in self.spec.heads]

    def _total(self) -> list[list[grids.Piece]]:
        return [[self._filled(cell) for cell in self.spec.total]] if self.spec.total else []

    def _filled(self, cell: str) -> grids.Piece:
        """{name} replaced by the figure or the words that belong there."""
        if not cell.startswith("{"):
            return cell.replace("{unit}", self.figures.unit)
        name = cell.strip("{}")
        if name in _MONEY:
            return self._cell(self.key._replace(flow="expenditure", basis=name), name)
        if name in ("weight", "score"):
            return self._cell(self.key._replace(measure=name), name)
        if name.startswith("rate"):
            measure = name.removeprefix("rate").removeprefix("_") or "actual"
            return self._cell(self.key._replace(indicator=_RATE, measure=measure), _RATE)
        own = {"project": self.table.project, "department": self.figures.report.department}
        return Cell(own.get(name) or self.table.texts.get(name, ""), Place(table=self.table.form))

    def _cell(self, key: Key, row: str) -> Cell:
        amount = self.figures.amount(self.table.form, key)
        text = printed(amount, self.style) if key.measure == "amount" else _plain(amount)
        text += "%" if amount.unit == "%" else ""
        return Cell(text, Place(table=self.table.form, row=row, column=str(key)))

    def _indicators(self) -> list[list[grids.Piece]]:
        rows: list[list[grids.Piece]] = []
        before = ("", "")
        for item in self.table.indicators:
            if item.name in self.spec.apart:
                continue
            rows.append([self._part(column, item, before) for column in self.spec.columns])
            before = (item.level1, item.level2)
        return rows

    def _part(self, column: str, item: Indicator, before: tuple[str, str]) -> grids.Piece:
        """One cell of an indicator; a level that is the row's above is merged with it."""
        place = Place(table=self.table.form, row=item.name)
        match column:
            case "<" | "^":
                return column
            case "level1" if item.level1 == before[0]:
                return grids.UP
            case "level2" if (item.level1, item.level2) == before:
                return grids.UP
            case "target_whole":
                return self._value(item, "target", f"{item.relation}{{}}{self._unit(item)}")
            case "actual" if any(mark in item.actual_text for mark in _RELATIONS):
                # not known exactly: to print the bare figure would be to know more
                key = self.key._replace(indicator=item.name, measure="actual")
                return Cell(item.actual_text, Place(table=self.table.form, row=item.name, column=str(key)))
            case "actual":
                return self._value(item, "actual", f"{{}}{self._unit(item)}")
            case "target" | "weight" | "score":
                return self._value(item, column, "{}")
        words = {"indicator": item.name, "unit": self._unit(item)}
        return Cell(words.get(column) or str(getattr(item, column, "")), place)

    def _amount(self, item: Indicator, measure: str) -> Amount | None:
        number: int | None = getattr(item, measure)
        return None if number is None else self.figures.report.facts[number].amount

    def _unit(self, item: Indicator) -> str:
        amount = self._amount(item, "target")
        return "" if amount is None else amount.unit

    def _value(self, item: Indicator, measure: str, pattern: str) -> Cell:
        """The figure of an indicator, else its words (定性)."""
        amount = self._amount(item, measure)
        key = self.key._replace(indicator=item.name, measure=measure)
        if amount is None:
            words = {"target": item.target_text, "actual": item.actual_text}.get(measure, "")
            return Cell(words, Place(table=self.table.form, row=item.name))
        return Cell(pattern.format(_plain(amount)), Place(table=self.table.form, row=item.name, column=str(key)))


def _plain(amount: Amount) -> str:
    """A count, weight or score with the decimals that it has."""
    return f"{amount.value:.{amount.decimals}f}"
