"""The internal final-account workbook (财决工作簿): which of its sheets become which tables; 元 → 万元 once, half up.

Sheets are recognised by title and heads, never by position. Most are read by the forms of the published tables; what
those do not read (the economic detail of basic spending, 机构运行信息表) is read here. Tested on made-up
workbooks only: no real one was at hand. Refuses to use sheets that it does not know.
Source: names of sheets and what they hold, see data/caijue.toml.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import cache
from importlib.resources import files
from typing import Any

from juesuan.compiling.contents import Figure
from juesuan.compiling.errors import BadInput, MissingInternal, TextInAmount
from juesuan.compiling.wide import half_width
from juesuan.knowledge.classifications import economic_code
from juesuan.knowledge.hierarchy import ancestors
from juesuan.knowledge.names import plain, strip_ordinal
from juesuan.model.amounts import MONEY_UNITS, Amount
from juesuan.model.documents import Block, Cell, Document, Heading, PageBreak, Paragraph, Table
from juesuan.model.keys import ALL, Key, parse_key
from juesuan.model.places import Place
from juesuan.model.reports import Fact, Report

_BLANK = frozenset({"", "-", "--", "—", "——", "/"})
Lines = list[list[Cell]]


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((files("juesuan.compiling") / "data" / "caijue.toml").read_text("utf-8"))


def rounded(amount: Amount, unit: str = "万元", decimals: int = 2) -> Amount:
    """Money in another unit, rounded half up once; what is no money stays as it is."""
    if not amount.is_money:
        return amount
    value = (amount.base / MONEY_UNITS[unit]).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return Amount(value, decimals, unit, decimals)


def converted(report: Report, unit: str = "万元") -> None:
    """All money of a report in another unit, every figure from its own 元."""
    report.facts = [replace(fact, amount=rounded(fact.amount, unit)) for fact in report.facts]


class Internal:
    """An internal workbook by sheets: name of a sheet → its blocks."""

    def __init__(self, document: Document, year: str) -> None:
        self.document, self.year = document, year
        self.sheets: dict[str, list[Block]] = {}
        for block in document.blocks:
            if not isinstance(block, PageBreak):
                self.sheets.setdefault(block.place.sheet or "", []).append(block)

    def kind(self, name: str) -> str:
        """Which sheet it is by its title or name: a form, basic_detail, operation, "" for one that is not used."""
        texts = [name]
        for block in self.sheets[name]:
            if isinstance(block, Table):
                texts += [cell.text for row in block.rows[:3] for cell in row if cell is not None]
            elif not isinstance(block, PageBreak):
                texts.append(block.text)
        words = [plain(text) for text in texts[:12]]
        for kind, pattern in _data()["sheets"].items():
            if any(re.search(pattern, word) for word in words):
                return str(kind)
        return ""

    def missing(self) -> list[BadInput]:
        """The sheets without which no account can be made."""
        kinds = {self.kind(name) for name in self.sheets}
        wanted = _data()["wanted"].items()
        return [MissingInternal(self.document.file, title) for kind, title in wanted if kind not in kinds]

    def tables(self, department: str) -> Document:
        """The sheets that the forms read, as a document."""
        title = f"{department} {self.year} 年度部门决算"
        found: list[Block] = [Heading(title, 1, Place(self.document.file))]
        seen: set[str] = set()
        for name, blocks in self.sheets.items():
            kind = self.kind(name)
            if not kind or kind in seen or kind in _data()["read_here"]["kinds"]:
                continue
            seen.add(kind)
            unit = Paragraph("金额单位：元", Place(self.document.file, sheet=name))
            titled = Paragraph(_data()["titles"][kind], Place(self.document.file, sheet=name))
            found += [titled, unit, *(block for block in blocks if isinstance(block, Table)), PageBreak(unit.place)]
        return replace(self.document, blocks=tuple(found))

    def figures(self) -> Iterator[Figure]:
        """What only is read here, in 元. Raises TextInAmount."""
        for name in self.sheets:
            match self.kind(name):
                case "basic_detail":
                    yield from self._basic(_lines(self.sheets[name]))
                case "operation":
                    yield from self._operation(_lines(self.sheets[name]))

    def _basic(self, lines: Lines) -> Iterator[Figure]:
        """一般公共预算财政拨款基本支出决算明细表: economic classes as columns; the 合计 row."""
        heads: dict[int, str] = {}
        classes: dict[int, str] = {}
        for cells in lines:
            if any(strip_ordinal(cell.text) == "合计" for cell in cells[:3]) and len(heads) > 2:
                yield from self._economic(cells, heads)
                return
            for cell in cells:
                at = cell.place.start or 0
                above = classes.get(max((column for column in classes if column <= at), default=0), "")
                code = self._economic_code(cell.text, above)
                if len(code) == 3 and code != above:
                    classes[at] = code
                if code:
                    heads[at] = code

    def _economic(self, cells: Sequence[Cell], heads: dict[int, str]) -> Iterator[Figure]:
        base = Key(year=self.year, flow="expenditure", fund="general_public", nature="basic")
        sums: dict[str, Decimal] = {}
        for cell in cells:
            code = heads.get(cell.place.start or 0)
            if code is None or (amount := _amount(cell, code)) is None:
                continue
            yield Figure(base._replace(economic=code), amount, cell.place)
            if len(code) == 3:
                group = ancestors("economic", code)[0]
                sums[group] = sums.get(group, Decimal(0)) + amount.value
        for group in ("personnel", "running"):
            total = Amount(sums.get(group, Decimal(0)), 2, "元", 2)
            yield Figure(base._replace(economic=group), total, cells[0].place)

    def _economic_code(self, text: str, above: str) -> str:
        """The code of a head below the class `above`: printed, or by its name; 小计 is the class. "" for no head."""
        word = plain(text)
        if match := re.match(r"(3\d{2}(?:\d{2})?)", word):
            return match[1]
        if word == "小计":
            return above
        below = economic_code(word, above, self.year) if above else None
        return below or economic_code(word, "", self.year) or ""

    def _operation(self, lines: Lines) -> Iterator[Figure]:
        """机构运行信息表: 行次 and figures beside each label, two or more blocks side by side."""
        for cells in lines:
            for n, cell in enumerate(cells):
                word = strip_ordinal(re.sub(r"\(.*?[辆元个批人台套次]\)$", "", plain(cell.text)))
                what = _data()["operation"].get(word)
                if what is not None:
                    yield from self._line(parse_key(f"year={self.year} {what}"), self._numbers(cells[n + 1 :]), cell)

    @staticmethod
    def _line(key: Key, numbers: Sequence[Amount], cell: Cell) -> Iterator[Figure]:
        """The last figure is the final one, before it stand the budgets. “三公” says no scope: either."""
        if key.measure == "count":
            yield from (Figure(key, Amount(one.value, 0, "", 0), cell.place) for one in numbers[-1:])
            return
        funds = ("general_public", "fiscal") if key.item.startswith("three_public") else (key.fund,)
        for basis, amount in zip(("final", "full_year", "initial"), reversed(numbers), strict=False):
            yield from (Figure(key._replace(basis=basis, fund=fund), amount, cell.place) for fund in funds)

    @staticmethod
    def _numbers(cells: Sequence[Cell]) -> list[Amount]:
        """The figures right of a label up to the next label; the first small whole number is the 行次."""
        found: list[Amount] = []
        for cell in cells:
            if not re.fullmatch(r"-?[\d,]+(?:\.\d+)?", half_width(cell.text)) and cell.text not in _BLANK:
                break
            amount = _amount(cell, "")
            if amount is not None:
                found.append(amount)
        return found[1:]


def _amount(cell: Cell, name: str) -> Amount | None:
    text = half_width(cell.text).replace(",", "")
    if text in _BLANK:
        return None
    try:
        value = Decimal(text)
    except InvalidOperation as why:
        raise TextInAmount(cell.place, cell.text, name) from why
    decimals = len(text.partition(".")[2])
    return Amount(value, max(decimals, 2), "元", decimals)


def _lines(blocks: Sequence[Block]) -> Lines:
    found: Lines = []
    for block in blocks:
        for row in block.rows if isinstance(block, Table) else ():
            if cells := [cell for cell in row if cell is not None and cell.text]:
                found.append(cells)
    return found


def add(report: Report, figures: Iterator[Figure]) -> None:
    """Adds figures to a report as facts of no table, where the report has none with that key."""
    there = {key for fact in report.facts for key in fact.keys}
    for figure in figures:
        if figure.key not in there and figure.key.project == ALL:
            report.facts.append(Fact(len(report.facts), (figure.key,), figure.amount, figure.place, -1))
