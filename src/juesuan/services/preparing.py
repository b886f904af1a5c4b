"""Preparing (编制服务): a new workbook for the preparer, filled from published accounts, and what was carried over.

Refuses to write a half-filled workbook: what cannot be read is said, and nothing is written.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from juesuan.compiling.carried import carried, carried_last
from juesuan.compiling.contents import Contents, Figure, add_figures
from juesuan.compiling.filling import contents_of, plain_key, unit_of
from juesuan.compiling.sheetrows import label_of
from juesuan.compiling.sheets import listed_last_year
from juesuan.compiling.writing import write_workbook
from juesuan.knowledge.names import abbreviates, bare
from juesuan.knowledge.styles import Style, style, style_of, styles
from juesuan.model.accounts import LAST_NAME, Account, Department
from juesuan.model.documents import Block, Document, Table
from juesuan.model.keys import parse_key
from juesuan.model.reports import Report
from juesuan.services.doubting import Doubts, doubts_of
from juesuan.services.example import example
from juesuan.services.gapped import nearest_style, summed_gaps, tables_of


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


class Prepared(NamedTuple):
    """A new workbook: its file name, its bytes, and what was carried over, in lines."""

    name: str
    data: bytes
    told: tuple[str, ...] = ()


def new_workbook(wanted: Wanted, source: Report | None, last: Report | None) -> Prepared:
    """The workbook. `source` and `last` are the accounts as read. Raises UnknownStyle."""
    doubts = Doubts()
    if wanted.example:
        source, contents = example(wanted.place, wanted.year)
    elif source:
        doubts = doubts_of(source)
        contents = contents_of(doubts.cleared(source))
    else:
        contents = Contents(Account(Department("", wanted.year)))
    words = not contents.account.department.name
    if last:
        contents = with_last_year(contents, last)
    chosen = _chosen(wanted, contents, source)
    department = contents.account.department
    report = source or Report(Document("", "", "blank", ()), "部门决算", department.name, department.year or "2024")
    tables = tables_of(report, chosen, blank=source is None)
    summed = list(summed_gaps(report, tables)) if source else []
    if source:
        if summed:
            report = replace(source, facts=[*source.facts])
            add_figures(report, summed)
            tables = tables_of(report, chosen)
        contents.rest = list(_rest(source, tables, contents))
    told: list[str] = []
    if source and not wanted.example:
        sums = [_summed(figure, report.year) for figure in summed]
        told += carried(source, contents, tables, chosen.name, sums, doubts.told).lines()
    if last:
        told += carried_last(last, contents, chosen.name, words).lines()
    name = f"{department.name}{department.year}年度决算编制.xlsx" if department.name else "部门决算编制.xlsx"
    return Prepared(name, write_workbook(contents, tables, chosen.name, told), tuple(told))


def _chosen(wanted: Wanted, contents: Contents, source: Report | None) -> Style:
    """The style, noted with the department: the one that is wanted, else that of the place, else the nearest."""
    department = contents.account.department
    if wanted.place in styles():
        department = replace(department, style=wanted.place)
    elif wanted.place:
        style_of(wanted.place)  # raises where it is no place
        department = replace(department, place=wanted.place)
    chosen = style_for(department.style, department.place)
    if source and not department.style and not any(department.place.startswith(own) for own in chosen.regions):
        chosen = nearest_style(source, chosen)
        department = replace(department, style=chosen.name)
    contents.account.department = department
    return chosen


def _summed(figure: Figure, year: str) -> str:
    amount = figure.amount
    return f"{label_of(figure.key, year)} 合计 {amount.show()} {amount.unit}：原文没有印，由各类相加得出"


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
    """The contents with last year's figures; words only where there are none yet.

    Where last year's account bears another name, it is a former one (曾用名).
    """
    before = contents_of(last)
    year = str(int(last.year) + 1) if last.year.isdecimal() else contents.account.department.year
    account = contents.account
    if not account.department.name:
        account = replace(before.account, reasons=[], projects=(), texts={})
        account.department = replace(before.account.department, year=year)
        contents = replace(contents, account=account, unit=unit_of(last))
    elif _renamed(account.department.name, last.department):
        former = tuple(dict.fromkeys((*account.department.former, last.department)))
        account.department = replace(account.department, former=former)
        account.texts[LAST_NAME] = last.department
    given = {key: fact.amount for fact in reversed(last.facts) for key in fact.keys if key.year == last.year}
    style_name = style_for(account.department.style, account.department.place).name
    wanted = {key: given[key] for key in listed_last_year(style_name, account.department.year) if key in given}
    kept = [figure for figure in contents.figures if figure.key not in wanted]
    return replace(contents, figures=[*kept, *(Figure(key, amount) for key, amount in wanted.items())])


def _renamed(now: str, before: str) -> bool:
    """Whether two names are of two times: neither is a short form of the other."""
    one, two = bare(now), bare(before)
    return bool(one and two) and not abbreviates(one, two) and not abbreviates(two, one)
