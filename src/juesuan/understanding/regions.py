"""Regions (表区): a table of the document with the lines that belong to it: title, unit, department, year, notes.

Joins a table that continues on the next page, splits a grid in which a new title stands, and names the form by its
title, else by its heads. Refuses to read figures: that is `tables`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from juesuan.knowledge.forms import forms
from juesuan.knowledge.names import plain
from juesuan.knowledge.performance import role_of
from juesuan.knowledge.places import title_form
from juesuan.model.amounts import MONEY_UNITS
from juesuan.model.documents import Block, Cell, Heading, PageBreak, Paragraph, Table
from juesuan.model.places import Place
from juesuan.understanding.heads import Row, has_figures, is_ordinal_row, text_of
from juesuan.understanding.torn import mended

_UNIT = re.compile(r"(?:金额)?单位\)?[:：]?(?:人民币)?(百万元|千万元|亿元|万元|千元|百元|元)")
_DEPARTMENT = re.compile(
    r"(?:编制|填报|公开)?(?:部门|单位)(?:\(单位\)|/单位|名称)?[:：]\s*(?!(?:人民币)?[百千万亿]*元)(.+?)\s*"
    r"(?=\s{2}|\t|\d{4}\s*年|(?:金额)?单位[:：]|$)"
)
_HEAD_YEAR = re.compile(r"(20\d\d)年(?:度|(?!\d{1,2}月))")
_NUMBER = re.compile(r"(?:财决)?公开(?:表)?\d+(?:-\d+)?表?|附?表\d+(?:-\d+)?|附件\d+|[ZF]\d{2}(?:_\d)?")
_NOTE = re.compile(r"\s*(?:注|备注|说明|附注)\s*\d?\s*[:：.、]")
_PAGE_NUMBER = re.compile(r"[-—–\s]*第?\s*\d{1,4}\s*页?(?:\s*[/共]\s*\d+\s*页?)?[-—–\s]*")
_UNIT_TAIL = 6
_LEAD_LINES = 10
_NOTE_LINES = 12


@dataclass(slots=True)
class Region:
    """A raw table. `grid` is without leading title and unit rows; `form` is "" where it is of no known form."""

    grid: list[Row]
    place: Place
    merges_known: bool
    form: str = ""
    scope: str = ""
    title: str = ""
    split_by: str = ""
    unit: str = ""
    reading_unit: str = ""
    """the unit that its figures are in, where that is not what it states (see `worth`)"""
    year: str = ""
    department: str = ""
    number: str = ""
    project: str = ""
    """the project that a line above the table names (项目名称：…)"""
    unit_place: Place | None = None
    year_place: Place | None = None
    department_place: Place | None = None
    title_place: Place | None = None
    notes: list[tuple[str, Place]] = field(default_factory=list)
    lead_cells: list[Cell] = field(default_factory=list)
    placing: str = ""
    """how its columns were told (see `Table.placing`)"""
    proved: bool = True
    """whether its rows are certain: separated, or proved by their heights"""
    loose: list[list[Row]] = field(default_factory=list)
    """rows overleaf whose columns are not those of the grid"""
    repeated: list[Row] = field(default_factory=list)
    """heads that are printed again overleaf"""

    @property
    def width(self) -> int:
        return max((len(row) for row in self.grid), default=0)


def is_page_number(text: str) -> bool:
    """Whether the line prints a page number and nothing else."""
    return bool(_PAGE_NUMBER.fullmatch(text))


def _is_lead(text: str) -> bool:
    """A line above a table that is no title: unit, department, year, number of the form."""
    word = plain(text)
    if _UNIT.search(word) and len(word) < 60:
        return True
    if _DEPARTMENT.match(word) and len(word) < 80:
        return True
    return bool(_NUMBER.fullmatch(word) or re.fullmatch(r"\(?20\d\d年度?\)?", word))


def _title(text: str) -> tuple[str, str, str] | None:
    """(form, scope, split) where the line is the title of a table."""
    word = plain(text)
    if len(word) > 60 or any(mark in word for mark in ",。;"):
        return None
    found = title_form(text)
    return None if found is None else (found.form, found.scope, found.split)


def is_table_title(text: str) -> bool:
    """Whether the line is the title of a table, or of all the account's tables."""
    word = plain(text)
    return word.endswith("表") and (_title(text) is not None or (word.endswith("决算表") and len(word) < 50))


def regions(blocks: Sequence[Block]) -> Iterator[Region]:
    """All tables of the document, in order, each with its lead lines and notes."""
    current: Region | None = None
    lead: list[Heading | Paragraph] = []
    page_turned = False
    for block in blocks:
        if isinstance(block, PageBreak):
            page_turned = True
        elif isinstance(block, Table):
            for part in _parts(block):
                if current is None or not _taken_in(current, part, lead, page_turned):
                    if current is not None:
                        yield current
                    current = part
                    _describe(current, lead)
                lead, page_turned = [], False
        elif not is_page_number(block.text):
            if current is not None and _belongs_below(current, block, lead):
                current.notes.append((block.text, block.place))
            else:
                lead.append(block)
    if current is not None:
        yield current


def _taken_in(current: Region, part: Region, lead: list[Heading | Paragraph], page_turned: bool) -> bool:
    """Adds the grid to the table before it where it goes on with that; whether it does."""
    if _continues(current, part, lead, page_turned):
        rows = _without_repeated_head(current, part.grid)
        current.repeated.extend(part.grid[: len(part.grid) - len(rows)])
        if _same_columns(current, part, rows):
            row = mended(current.grid, rows) if page_turned and current.form.startswith("performance") else None
            if row is not None:
                current.grid[-1], rows = row, rows[1:]
            current.grid.extend(rows)
        else:
            current.loose.append(rows)
        current.lead_cells.extend(part.lead_cells)
        current.proved = current.proved and part.proved
        return True
    if _lower_part(current, part, lead):
        current.grid.extend(part.grid)
        current.proved = current.proved and part.proved
        return True
    if _torn_off(current, part, lead):
        current.loose.append(part.grid)
        return True
    return False


def _belongs_below(current: Region, block: Heading | Paragraph, lead: list[Heading | Paragraph]) -> bool:
    """Whether the line is a note of the table above it."""
    if lead or len(current.notes) >= _NOTE_LINES or isinstance(block, Heading):
        return False
    if _title(block.text) or _is_lead(block.text) or re.match(r"\s*第[一二三四五六]部分", block.text):
        return False
    return bool(current.notes or _NOTE.match(block.text) or "无数据" in block.text or "未产生" in block.text)


def _parts(table: Table) -> Iterator[Region]:
    """The grids in one block: cut where a title or unit row stands between figures; leading rows taken off."""
    rows: list[Row] = []
    cells: list[Cell] = []
    for row in table.rows:
        texts = [c for c in row if c is not None and c.text.strip()]
        if not texts:
            continue
        if _is_lead_row(texts):
            if rows:
                yield _region(rows, cells, table)
                rows, cells = [], []
            cells.extend(texts)
        elif rows and len(texts) == 1 and _NOTE.match(texts[0].text):
            yield _region(rows, cells, table)
            rows, cells = [], []
        else:
            rows.append(row)
    if rows:
        yield _region(rows, cells, table)


def _region(rows: list[Row], cells: list[Cell], table: Table) -> Region:
    place, proved = _place(rows, table), not table.placing or table.proved
    return Region(rows, place, table.merges_known, lead_cells=cells, placing=table.placing, proved=proved)


def _place(rows: list[Row], table: Table) -> Place:
    return next((c.place for row in rows for c in row if c is not None), table.place)


def _is_lead_row(cells: list[Cell]) -> bool:
    if len(cells) > 4:
        return False
    if len(cells) == 1 and _title(cells[0].text) and plain(cells[0].text).endswith("表"):
        return True
    return all(_is_lead(c.text) or (_title(c.text) and plain(c.text).endswith("表")) for c in cells)


def _continues(current: Region, part: Region, lead: list[Heading | Paragraph], page_turned: bool) -> bool:
    """Whether the grid goes on with the table before it: next page, no title, no heads of another table."""
    told = part.placing in ("", "ragged")
    if part.lead_cells or (told and abs(part.width - current.width) > 1):
        return False
    if any("续表" in b.text for b in lead):
        return True
    if lead:
        return False
    repeated = _words(part.grid[0]) == _words(current.grid[0])
    if repeated:
        return page_turned or not told
    headless = has_figures(part.grid[0]) or bool(re.match(r"[1-5]\d{2,6}\D?", plain(text_of(part.grid[0][0]))))
    return headless or (page_turned and not current.notes)


def _torn_off(current: Region, part: Region, lead: list[Heading | Paragraph]) -> bool:
    """Whether the grid is a piece of the table before it that the reader could not hold together: nothing names it."""
    if not (current.placing and part.placing) or part.lead_cells or current.notes:
        return False
    if any(_title(b.text) or _is_lead(b.text) or "。" in b.text for b in lead):
        return False
    return form_by_heads(part.grid) in ("", current.form) and not performance_form(part.grid)


def _lower_part(current: Region, part: Region, lead: list[Heading | Paragraph]) -> bool:
    """Whether the grid has the indicators of the self-evaluation form above it, of which only sentences lie between."""
    if not (current.placing and part.placing) or part.lead_cells or current.notes:
        return False
    if any(_title(b.text) or _is_lead(b.text) for b in lead) or not current.form.startswith("performance"):
        return False
    return not performance_form(current.grid) and performance_form(part.grid) == "performance_department"


def _same_columns(current: Region, part: Region, rows: list[Row]) -> bool:
    """Whether the columns of the one are those of the other: the reader says so, or the heads that are repeated."""
    if part.placing in ("", "ragged", "continued"):
        return True
    heads = len(part.grid) - len(rows)
    printed = ([[text_of(c).strip() for c in row] for row in grid[:heads]] for grid in (current.grid, part.grid))
    return heads > 0 and len({str(texts) for texts in printed}) == 1


def _words(row: Row) -> list[str]:
    return [plain(text_of(c)) for c in row if text_of(c).strip()]


def _without_repeated_head(current: Region, grid: list[Row]) -> list[Row]:
    """The rows of a continuation less the head rows that are printed again."""
    same = 0
    for ours, theirs in zip(current.grid, grid, strict=False):
        if _words(ours) != _words(theirs) or (has_figures(theirs) and not is_ordinal_row(theirs)):
            break
        same += 1
    return grid[same:]


def _describe(region: Region, lead: list[Heading | Paragraph]) -> None:
    """Title, unit, department, year and number from the lines above the grid and its leading rows."""
    lines = [(b.text, b.place) for b in lead[-_LEAD_LINES:]]
    lines += [(c.text, c.place) for c in region.lead_cells]
    for i in range(len(lines) - 1, -1, -1):
        text, place = lines[i]
        if not region.title:
            _take_title(region, text, place, lines[i - 1][0] if i else "")
        _take_lead(region, text, place)
        if i and len(plain(text)) <= _UNIT_TAIL and not region.unit:
            _take_lead(region, lines[i - 1][0] + text, lines[i - 1][1])  # 金额单|位：万元
        if region.title and i < len(lines) - 6:
            break
    if not region.form:
        region.form = form_by_heads(region.grid)
    elif region.form == "other" and form_by_heads(region.grid) == "expenditure":
        region.form = "expenditure"  # 支出决算明细表 is what some places call it
    if region.form.startswith("performance") or region.form in ("", "other"):
        form = performance_form(region.grid)
        titled = region.placing != "" and region.form == "performance_project"  # its first rows may be lost
        region.form = ("performance_project" if form and (region.project or titled) else form) or region.form


def _take_title(region: Region, text: str, place: Place, before: str) -> None:
    found = _title(text)
    if found is None and before and len(plain(text)) < 12 and not _is_lead(text):
        found = _title(before + text)
        text = before + text if found else text
    if found is not None and found[0] != "budget":
        region.form, region.scope, region.split_by = found
        region.title, region.title_place = re.sub(r"\s+", "", text), place


def _take_lead(region: Region, text: str, place: Place) -> None:
    word = plain(text)
    if not region.unit and (match := _UNIT.search(word)) and match.group(1) in MONEY_UNITS:
        region.unit, region.unit_place = match.group(1), place
    if not region.department and (match := _DEPARTMENT.search(word)):
        name = _UNIT.sub("", match.group(1))
        region.department, region.department_place = _NUMBER.sub("", name), place
    if not region.year and len(word) < 60 and (match := _HEAD_YEAR.search(word)):
        region.year, region.year_place = match.group(1), place
    label, _, name = word.partition(":")
    if not region.project and name and role_of(label) == "project":
        region.project = name
    if not region.number and (match := _NUMBER.fullmatch(word)):
        region.number = match.group()


def form_by_heads(grid: Sequence[Row]) -> str:
    """The form whose heads and stubs stand in the grid best; "" where none does."""
    words = {plain(text_of(c)) for row in grid[:6] for c in row}
    words |= {plain(text_of(c)) for row in grid for c in row[:6]}
    words = {re.sub(r"^([一二三四五六七八九十]+、|\(.\)|其中:)", "", w) for w in words if w}
    best, name = 0.0, ""
    for form in forms():
        if form.signature:
            share = len(form.signature & words) / len(form.signature)
            if share > best:
                best, name = share, form.name
    return name if best >= 0.6 else ""


def performance_form(grid: Sequence[Row]) -> str:
    """performance_project or performance_department where the grid is a self-evaluation form, else ""."""
    words = {plain(text_of(c)) for row in grid for c in row}
    if not any(w.startswith(("三级指标", "绩效指标")) or w == "指标名称" for w in words):
        return ""
    named = any(role_of(w.partition(":")[0]) == "project" for w in words)
    return "performance_project" if named else "performance_department"
