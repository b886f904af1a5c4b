"""Filled workbooks for tests: of published and of generated accounts, and edits of single cells."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook

from juesuan.compiling.contents import Contents
from juesuan.compiling.filling import contents_of
from juesuan.compiling.writing import write_workbook
from juesuan.documents.xlsx import read_xlsx
from juesuan.generating import Generated, report_of
from juesuan.knowledge.styles import style
from juesuan.model.accounts import Account, Department, Unit
from juesuan.model.documents import Cell, PageBreak, Table
from juesuan.model.reports import Report
from juesuan.services.gapped import tables_of
from juesuan.services.preparing import Wanted, new_workbook


def filled(report: Report, path: Path, **wanted: Any) -> Path:
    """A workbook filled from a published account."""
    path.write_bytes(new_workbook(Wanted(source="source", **wanted), report, None)[1])
    return path


def account_of(generated: Generated) -> Account:
    several = len(generated.units) > 1
    kinds = zip(generated.units, generated.kinds, strict=True)
    units = tuple(Unit(name, f"{n:03}", kind) for n, (name, kind) in enumerate(kinds, 1)) if several else ()
    department = Department(
        generated.department,
        generated.year,
        place=generated.place,
        style=generated.shape.style,
        kind=generated.kinds[0],
    )
    return Account(department, units, generated.offices, generated.duties)


def generated_book(generated: Generated, path: Path, blank: bool = False, **changes: Any) -> Path:
    """A workbook of a generated account; `blank`: without its approved tables and what they hold."""
    report = report_of(generated)
    contents = replace(contents_of(report), account=account_of(generated), **changes)
    chosen = style(generated.shape.style)
    tables = tables_of(Report(report.document, year=report.year) if blank else report, chosen, blank)
    if blank:
        contents.figures = [f for f in contents.figures if f.key.basis != "final" or f.key.measure != "amount"]
    path.write_bytes(write_workbook(contents, tables, chosen.name))
    return path


def cells(path: Path) -> dict[str, dict[str, str]]:
    """Sheet → cell → what it shows."""
    found: dict[str, dict[str, str]] = {}
    for block in read_xlsx(path.read_bytes(), path.name).blocks:
        if isinstance(block, PageBreak):
            continue
        pieces = block.cells() if isinstance(block, Table) else [Cell(block.text, block.place)]
        for cell in pieces:
            if cell.text:
                found.setdefault(str(cell.place.sheet), {})[str(cell.place.cell)] = cell.text
    return found


def edited(path: Path, edits: Mapping[tuple[str, str], str], without: str = "") -> Path:
    """The same workbook, bare of formats, with some cells changed and a sheet left out."""
    sheets = cells(path)
    for (sheet, cell), text in edits.items():
        sheets.setdefault(sheet, {})[cell] = text
    stream = io.BytesIO()
    book = Workbook(stream, {"in_memory": True})
    for name, values in sheets.items():
        if name != without:
            sheet = book.add_worksheet(name)
            for cell, text in values.items():
                sheet.write_string(cell, text)
    book.close()
    target = path.with_name(f"edited-{path.name}")
    target.write_bytes(stream.getvalue())
    return target


def empty_contents(name: str, year: str) -> Contents:
    return Contents(Account(Department(name, year)))
