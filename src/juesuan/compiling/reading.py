"""Reading the workbook (读工作簿): a filled workbook → the document of its nine tables, and its other contents.

All that cannot be used is collected and said at once. Refuses to repair: a figure with words in it, a code that nobody
knows, two units with one code, an indicator without its project.
"""

from __future__ import annotations

from dataclasses import replace

from juesuan.compiling.contents import Contents, Elimination
from juesuan.compiling.errors import (
    BadYear,
    DoubledCode,
    DoubledName,
    MissingSheet,
    MissingValue,
    NotFilled,
    UnknownCode,
    UnknownUnit,
    refuse,
)
from juesuan.compiling.reading_evaluations import evaluations, projects
from juesuan.compiling.reading_lines import read_lines
from juesuan.compiling.rows import Filled, FilledRow
from juesuan.compiling.sheets import INCOMES, KINDS, NATURES, sheets, table_sheet
from juesuan.compiling.writing_tables import NOT_FILLED
from juesuan.knowledge.classifications import function_name
from juesuan.knowledge.names import plain
from juesuan.knowledge.styles import Style, styles
from juesuan.model.accounts import GLOSSARY, Account, Answer, Department, Unit
from juesuan.model.documents import Block, Document, Heading, PageBreak, Table
from juesuan.model.places import Place

_TITLES = {one.title: name for name, one in styles().items()}


class Workbook:
    """A filled workbook. `department` is read first; its style says which tables there are."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.filled = Filled(document)
        self.texts: dict[str, str] = {}
        self.passages: dict[str, Place] = {}
        self.department = self._department()
        refuse(self.filled.bad)

    def _department(self) -> Department:
        spec = sheets()["department"]
        rows, _ = self.filled.rows(spec)
        labels = {plain(line.label): line.what for line in spec.rows}
        given = {labels[plain(row.text("label"))]: row for row in rows if plain(row.text("label")) in labels}
        self.texts = {
            what.removeprefix("text/"): row.text("value")
            for what, row in given.items()
            if what.startswith("text/") and row.text("value")
        }
        self.passages = {
            what.removeprefix("text/"): self._value_spot(row, spec.name)
            for what, row in given.items()
            if what.startswith("text/")
        }
        words = {what: row.text("value") for what, row in given.items() if not what.startswith("text/")}
        for what, name in (("name", "部门名称"), ("year", "决算年度")):
            if not words.get(what) and not self.filled.bad:
                self.filled.bad.append(MissingValue(self._value_spot(given.get(what), spec.name), name))
        year = words.get("year", "")[:4]
        if words.get("year") and not (year.isdecimal() and year.startswith("20") and len(year) == 4):
            self.filled.bad.append(BadYear(self._value_spot(given.get("year"), spec.name), words["year"]))
        chosen = given.get("style")
        known = {**_TITLES, **{name: name for name in styles()}}
        style = self.filled.choice(chosen, "value", "编写样式", known) if chosen else ""
        kind = self.filled.choice(given["kind"], "value", "单位性质", KINDS) if "kind" in given else ""
        former = tuple(filter(None, words.get("former", "").replace("，", "、").split("、")))
        plain_ones = {
            name: words.get(name, "")
            for name in ("short", "code", "supervisor", "place", "preparer", "reviewer", "phone")
        }
        return Department(words.get("name", ""), year, former=former, style=style, kind=kind, **plain_ones)

    def _value_spot(self, row: FilledRow | None, sheet: str) -> Place:
        """The cell right of a label."""
        if row is None:
            return Place(self.document.file, sheet=sheet)
        return row.place._replace(cell=f"B{row.place.line}")

    def tables(self, style: Style) -> Document:
        """The document of the nine tables. Raises BadInput where a sheet is missing or not filled."""
        found: list[Block] = []
        title = f"{self.department.name} {self.department.year} 年度部门决算"
        found.append(Heading(title, 1, Place(self.document.file)))
        for number, form in enumerate(style.tables, 1):
            name = table_sheet(number, form)
            blocks = next((b for own, b in self.filled.sheets.items() if plain(own) == plain(name)), None)
            if blocks is None:
                self.filled.bad.append(MissingSheet(self.document.file, name))
                continue
            self._gaps(blocks)
            for block in blocks:
                found.append(block)
            found.append(PageBreak(Place(self.document.file)))
        refuse(self.filled.bad)
        return replace(self.document, blocks=tuple(found))

    def _gaps(self, blocks: list[Block]) -> None:
        for block in blocks:
            for row in block.rows if isinstance(block, Table) else ():
                gaps = [cell for cell in row if cell is not None and cell.text == NOT_FILLED]
                if gaps:
                    name = next((c.text for c in row if c is not None and _is_name(c.text)), "")
                    cells = [gap.place.cell or "" for gap in gaps]
                    self.filled.bad.append(NotFilled(gaps[0].place, name, cells))

    def contents(self, style: Style, unit: str, named: dict[str, str]) -> Contents:
        """Everything else. `named`: codes that the tables name. Raises BadInput, all causes at once."""
        units = self._units()
        account = Account(self.department, units, self._list("offices", "name"), self._list("duties", "text"))
        account.texts = self.texts | self._glossary(named)
        account.answers = self._answers()
        contents = Contents(account, unit=unit, passages=self.passages)
        read_lines(self.filled, contents, style.name, named)
        own = self.filled.unit(sheets()["projects"], unit)
        contents.evaluations, told = evaluations(self.filled, own), projects(self.filled)
        account.projects = tuple(told)
        contents.eliminations = self._eliminations(self.filled.unit(sheets()["eliminations"], unit), units)
        refuse(self.filled.bad)
        return contents

    def _units(self) -> tuple[Unit, ...]:
        rows, _ = self.filled.rows(sheets()["units"])
        names: dict[str, FilledRow] = {}
        codes: dict[str, str] = {}
        found = []
        for row in rows:
            name, code = row.text("name"), row.text("code")
            if not name:
                self.filled.bad.append(MissingValue(row.place, "单位名称"))
                continue
            if plain(name) in names:
                self.filled.bad.append(DoubledName(row.spot("name"), name, "单位"))
            if code and code in codes:
                self.filled.bad.append(DoubledCode(row.spot("code"), code, codes[code], name))
            names[plain(name)] = row
            codes.setdefault(code, name)
            kind = self.filled.choice(row, "kind", "单位性质", KINDS)
            found.append(Unit(name, code, kind, row.text("note")))
        return tuple(found)

    def _list(self, sheet: str, role: str) -> tuple[str, ...]:
        rows, _ = self.filled.rows(sheets()[sheet])
        return tuple(filter(None, (row.text(role) for row in rows)))

    def _glossary(self, named: dict[str, str]) -> dict[str, str]:
        """Own terms, and items of spending by code."""
        found: dict[str, str] = {}
        for row in self.filled.rows(sheets()["glossary"])[0]:
            name, text = row.text("name"), row.text("text")
            if not name or not text:
                self.filled.bad.append(MissingValue(row.place, "解释" if name else "名词或科目编码"))
            elif name.isdecimal() and name not in named and function_name(name, self.department.year) is None:
                self.filled.bad.append(UnknownCode(row.spot("name"), name, "支出功能分类科目", self.department.year))
            elif GLOSSARY + name in found:
                self.filled.bad.append(DoubledName(row.spot("name"), name, "名词"))
            else:
                found[GLOSSARY + name] = text
        return found

    def _answers(self) -> tuple[Answer, ...]:
        rows, _ = self.filled.rows(sheets()["answers"])
        return tuple(Answer(row.text("check"), row.text("about"), row.text("text")) for row in rows)

    def _eliminations(self, unit: str, units: tuple[Unit, ...]) -> list[Elimination]:
        known = {plain(one.name): one.name for one in units} | {one.code: one.name for one in units if one.code}
        rows, _ = self.filled.rows(sheets()["eliminations"])
        found = []
        for row in rows:
            amount = self.filled.amount(row, "amount", "金额", unit)
            sides = {}
            for role in ("payer", "payee"):
                name = known.get(plain(row.text(role)))
                if name is None:
                    self.filled.bad.append(UnknownUnit(row.spot(role), row.text(role)))
                sides[role] = name or ""
            nature = self.filled.choice(row, "nature", "支出性质", NATURES)
            income = self.filled.choice(row, "income", "收入种类", INCOMES)
            if amount is None or not nature or not income:
                self.filled.bad.append(MissingValue(row.place, "金额、支出性质、收入种类"))
                continue
            codes = (row.text("paid"), row.text("received"))
            found.append(Elimination(sides["payer"], sides["payee"], nature, income, *codes, amount, row.place))
        return found


def _is_name(text: str) -> bool:
    return bool(text) and not text.replace(".", "").replace("-", "").isdigit() and text != NOT_FILLED
