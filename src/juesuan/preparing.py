"""Preparing (编制服务): a new workbook for the preparer, and the account that a filled workbook and other sources give.

Refuses to write a half-filled workbook: what cannot be read is said, and nothing is written.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from juesuan.compiling.contents import Contents, Figure
from juesuan.compiling.filling import contents_of, plain_key, unit_of
from juesuan.compiling.sheets import listed_last_year
from juesuan.compiling.writing import write_workbook
from juesuan.composing.gapped import NOT_FILLED, Gapped
from juesuan.composing.tables import compose_table
from juesuan.example import example
from juesuan.knowledge.styles import Style, style, style_of, styles
from juesuan.model.accounts import Account, Department
from juesuan.model.documents import Block, Document, Paragraph, Table
from juesuan.model.keys import parse_key
from juesuan.model.reports import Report


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a new workbook is to hold. `source` is an account to fill it from, `last_year` that of the year before."""

    source: str = ""
    last_year: str = ""
    example: bool = False
    place: str = ""
    """a style, or a place; "" for that of the department"""
    year: str = ""


def style_for(name: str, region: str) -> Style:
    """The style of that name, or of the place. Raises UnknownStyle."""
    return style(name) if name else style_of(region)


def tables_of(report: Report, chosen: Style, blank: bool = False) -> dict[str, list[Block]]:
    """The nine tables for a workbook, form by form, with gaps where a figure is not given."""
    figures = Gapped(report, blank)
    plain = replace(chosen, zero="" if blank else "0.00", thousands=False)
    found = {form: compose_table(figures, form, plain, n) for n, form in enumerate(plain.tables, 1)}
    return {form: [block for block in blocks if not _says_empty(block)] for form, blocks in found.items()}


def _says_empty(block: Block) -> bool:
    """Whether it is the sentence that a table has no data: it is written when the document is, not before."""
    return isinstance(block, Paragraph) and block.text.endswith("故本表无数据。")


def nearest_style(report: Report, usual: Style) -> Style:
    """The style whose tables the account fills with the fewest gaps; the usual one where none does better."""

    def gaps(one: Style) -> int:
        blocks = (block for table in tables_of(report, one).values() for block in table if isinstance(block, Table))
        return sum(cell.text == NOT_FILLED for block in blocks for cell in block.cells())

    return min([usual, *styles().values()], key=gaps)


def new_workbook(wanted: Wanted, source: Report | None, last: Report | None) -> tuple[str, bytes]:
    """The workbook's file name and bytes. `source` and `last` are the accounts as read. Raises UnknownStyle."""
    if wanted.example:
        source, contents = example(wanted.place, wanted.year)
    else:
        contents = contents_of(source) if source else Contents(Account(Department("", wanted.year)))
    if last:
        contents = with_last_year(contents, last)
    department = contents.account.department
    if wanted.place in styles():
        department = replace(department, style=wanted.place)
    elif wanted.place:
        department = replace(department, place=wanted.place)
    contents.account.department = department
    report = source or Report(Document("", "", "blank", ()), "部门决算", department.name, department.year or "2024")
    chosen = style_for(department.style, department.place)
    if source and not department.style and not any(department.place.startswith(own) for own in chosen.regions):
        chosen = nearest_style(source, chosen)
        contents.account.department = replace(department, style=chosen.name)
    tables = tables_of(report, chosen, blank=source is None)
    if source:
        contents.rest = list(_rest(source, tables, contents))
    name = f"{department.name}{department.year}年度决算编制.xlsx" if department.name else "部门决算编制.xlsx"
    return name, write_workbook(contents, tables, chosen.name)


def _rest(report: Report, tables: dict[str, list[Block]], contents: Contents) -> Iterator[Figure]:
    """Figures of the account's tables that neither the nine tables nor a sheet has a place for."""
    blocks = (block for table in tables.values() for block in table if isinstance(block, Table))
    there = {parse_key(cell.place.column) for block in blocks for cell in block.cells() if cell.place.column}
    there |= {figure.key for figure in contents.figures}
    for fact in report.facts:
        form = report.tables[fact.table].form if fact.table >= 0 else ""
        for key in fact.keys if form and not form.startswith("performance") and fact.amount.value else ():
            if key.known and plain_key(key) not in there and key not in there:
                there.add(key)
                yield Figure(key, fact.amount, fact.place)


def with_last_year(contents: Contents, last: Report) -> Contents:
    """The contents with last year's figures; words only where there are none yet."""
    before = contents_of(last)
    year = str(int(last.year) + 1) if last.year.isdecimal() else contents.account.department.year
    account = contents.account
    if not account.department.name:
        account = replace(before.account, reasons=[], projects=(), texts={})
        account.department = replace(before.account.department, year=year)
        contents = replace(contents, account=account, unit=unit_of(last))
    given = {key: fact.amount for fact in reversed(last.facts) for key in fact.keys if key.year == last.year}
    style_name = style_for(account.department.style, account.department.place).name
    wanted = {key: given[key] for key in listed_last_year(style_name, account.department.year) if key in given}
    kept = [figure for figure in contents.figures if figure.key not in wanted]
    return replace(contents, figures=[*kept, *(Figure(key, amount) for key, amount in wanted.items())])
