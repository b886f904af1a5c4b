"""Tables (报表): the nine tables of an account, from its facts, in the style of a place.

What is given is printed, nothing is added up. Refuses a table whose printed totals are not given (MissingFigure).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from juesuan.composing import grids
from juesuan.composing.figures import Figures
from juesuan.composing.grids import LEFT, Piece
from juesuan.knowledge.classifications import totals_classes
from juesuan.knowledge.forms import Dims
from juesuan.knowledge.layouts import Block as Columns
from juesuan.knowledge.layouts import Layout, layout
from juesuan.knowledge.numerals import chinese
from juesuan.knowledge.styles import Style
from juesuan.model.documents import Block, Cell, Heading, PageBreak, Paragraph
from juesuan.model.keys import ALL, Key
from juesuan.model.places import Place
from juesuan.model.reports import Report

NOWHERE = Place()


@dataclass(frozen=True, slots=True)
class Line:
    """One row of one block: its labels, and the key of its figures (None: a blank row)."""

    code: str = ""
    name: str = ""
    key: Dims | None = None


def compose_tables(report: Report, style: Style, entity: str = ALL) -> list[Block]:
    """All tables in the style's order, each with title, lines above and notes below it, each on pages of its own.

    `entity` is one of the report's units whose own account is wanted. Raises CannotCompose where a printed figure is
    not given.
    """
    return composed_from(Figures(report, entity), style)


def composed_from(figures: Figures, style: Style) -> list[Block]:
    """All tables of these figures; see compose_tables."""
    blocks: list[Block] = []
    for number, form in enumerate(style.tables, 1):
        blocks += compose_table(figures, form, style, number)
        blocks.append(PageBreak(NOWHERE))
    return blocks


def compose_table(figures: Figures, form: str, style: Style, number: int) -> list[Block]:
    """One table. `number` is its place among the style's tables."""
    report = figures.report
    spec = layout(form, style.name, int(report.year))
    writer = _Writer(figures, spec, style)
    body = writer.rows()
    notes = (*spec.notes, *(() if writer.live else spec.empty))
    words = {"department": figures.holder, "year": report.year, "unit": figures.unit}
    words["number"] = style.numbering.format(number)
    lead = [(line.format_map(words), at) for line, at in zip(style.lead, style.lead_at, strict=True)]
    return [
        Heading(spec.title, 2, Place(table=form)),
        *(Paragraph(line, Place(table=form, column=at)) for line, at in lead if line),
        grids.table([*spec.heads, *body], form),
        *(Paragraph(note.format_map(words), Place(table=form)) for note in notes),
    ]


def compose_units(report: Report, notes: Mapping[str, str] | None = None) -> list[Block]:
    """The list of the department's units (纳入决算编制范围的单位), with notes; nothing where no unit is named."""
    if not report.entities:
        return []
    rows = [[str(n), name, (notes or {}).get(name, "")] for n, name in enumerate(report.entities, 1)]
    return [grids.table([["序号", "单位名称", "备注"], *rows], "units")]


class _Writer:
    """Writes the body of one table. `live`: a figure that is not zero was printed."""

    def __init__(self, figures: Figures, spec: Layout, style: Style) -> None:
        self.figures, self.spec, self.style = figures, spec, style
        self.default = Key(year=figures.report.year)
        self.live = False

    def rows(self) -> list[list[Piece]]:
        """The rows of all blocks side by side, their feet in line."""
        bodies = [self._body(block) for block in self.spec.blocks]
        height = max(map(len, bodies))
        feet = max(len(block.foot) for block in self.spec.blocks)
        result: list[list[Piece]] = [[] for _ in range(height + feet)]
        number = 0
        for block, body in zip(self.spec.blocks, bodies, strict=True):
            lines = [*body, *[Line()] * (height - len(body))]
            lines += [Line("", row.name, row.key) for row in block.foot]
            for n, line in enumerate(lines, 1):
                result[n - 1] += self._cells(block, line, number + n)
            for row in result[len(lines) :]:
                row += [""] * len(block.columns)
            number += len(lines)
        return result

    def _body(self, block: Columns) -> list[Line]:
        match block.rows:
            case "classes":
                return list(self._classes())
            case "functions":
                return list(self._functions(block))
            case "economic":
                return list(self._economic(block))
            case "figures":
                return [Line("", "", {})]
            case _:
                return [Line("", row.name, row.key) for row in block.given]

    def _classes(self) -> Iterator[Line]:
        """功能分类各类, numbered; those that the place no longer lists only if they have a figure."""
        year = int(self.figures.report.year)
        live = self.figures.live(self.spec.form, self._key({"flow": "expenditure"}), "function")
        left_out = {code for code, since in self.spec.left_out.items() if year >= since} - set(live)
        listed = {code for code in totals_classes(year) if code not in left_out}
        codes = sorted(listed | {code for code in live if len(code) == 3})
        for n, code in enumerate(codes, 1):
            yield Line("", f"{chinese(n)}、{self.figures.name(code)}", {"flow": "expenditure", "function": code})

    def _functions(self, block: Columns) -> Iterator[Line]:
        columns = {self._key(dims) for _, dims in block.values}
        total = Line("", "合计", {})
        if self.spec.total == "first":
            yield total
        for code in self.figures.functions(self.spec.form, columns):
            yield Line(code, self.figures.name(code), {"function": code})
        if self.spec.total == "last":
            yield total

    def _economic(self, block: Columns) -> Iterator[Line]:
        """The block's classes with their 款; a class that no block lists stands in the last."""
        live = self.figures.live(self.spec.form, self._key({}), "economic")
        codes = {code for code in (*self.spec.codes, *live) if code.isdigit()}
        mine = set(block.classes)
        if block is self.spec.blocks[-1]:
            mine |= {code[:3] for code in codes} - {c for other in self.spec.blocks for c in other.classes}
        wanted = mine | {code for code in codes if code[:3] in mine}
        for code in sorted(wanted, key=lambda code: (self._place(block, code[:3]), code)):
            yield Line(code, self.figures.name(code), {"economic": code})

    @staticmethod
    def _place(block: Columns, code: str) -> int:
        return block.classes.index(code) if code in block.classes else len(block.classes)

    def _key(self, *parts: Dims) -> Key:
        whole: Dims = dict(self.spec.fixed)
        for part in parts:
            whole |= part
        return self.default._replace(**whole)

    def _cells(self, block: Columns, line: Line, number: int) -> list[Piece]:
        cells: list[Piece] = []
        name = line.name
        for column, dims in zip(block.columns, self._dims(block), strict=True):
            match column:
                case "code":
                    cells.append(line.code or name)
                    name = name if line.code or not name else LEFT
                case "name" | "<":
                    cells.append(name if column == "name" else LEFT)
                case "row_no":
                    cells.append(str(number))
                case _:
                    cells.append("" if line.key is None else self._figure(line, self._key(line.key, dims)))
        return cells

    @staticmethod
    def _dims(block: Columns) -> Sequence[Dims]:
        values = dict(block.values)
        return [values.get(i, {}) for i in range(len(block.columns))]

    def _figure(self, line: Line, key: Key) -> Cell:
        amount = self.figures.amount(self.spec.form, key)
        self.live = self.live or bool(amount.value)
        place = Place(table=self.spec.form, row=line.code or line.name or None, column=str(key))
        return Cell(self.figures.text(self.spec.form, key, self.style), place)
