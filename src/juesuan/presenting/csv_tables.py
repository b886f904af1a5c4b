"""CSV of one account (表格数据): one file a table, named by its form, and facts.csv with every figure and its key.

UTF-8 with BOM, so that a spreadsheet shows Chinese. Refuses to delete anything in the folder it writes to.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from juesuan.model.keys import DIMENSIONS
from juesuan.model.reports import Report
from juesuan.presenting.files import write_whole

#: forms that an account has any number of are numbered even where it has one
NUMBERED = frozenset({"performance_project"})

_FACTS = (
    *("figure", "key", *DIMENSIONS, "amount", "unit", "decimals", "blank"),
    *("page", "line", "table", "row", "row_no", "column", "quote"),
)


def table_names(report: Report) -> list[str]:
    """One name for each table: totals, performance_project_1, table_1 (of no known form) …"""
    forms = [table.form or "table" for table in report.tables]
    often = Counter(forms)
    seen: Counter[str] = Counter()
    names = []
    for form, table in zip(forms, report.tables, strict=True):
        seen[form] += 1
        single = often[form] == 1 and form not in NUMBERED and bool(table.form)
        names.append(form if single else f"{form}_{seen[form]}")
    return names


def csv_files(report: Report) -> Iterator[tuple[str, str]]:
    """(file name, text) of every table, and of facts.csv."""
    for name, table in zip(table_names(report), report.tables, strict=True):
        yield f"{name}.csv", _csv([table.columns, *(row.cells for row in table.rows)])
    yield "facts.csv", _csv([_FACTS, *_facts(report)])


def write_csv(report: Report, folder: Path) -> list[Path]:
    """Writes all files into `folder`, which is made where it is missing. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, text in csv_files(report):
        write_whole(folder / name, "\ufeff" + text)
        written.append(folder / name)
    return written


def _csv(rows: list[tuple[str, ...]]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue()


def _facts(report: Report) -> Iterator[tuple[str, ...]]:
    """A row for each key of each figure: a figure with two keys has two rows with the same number."""
    for fact in report.facts:
        amount, place = fact.amount, fact.place
        for key in fact.keys:
            yield (
                *(str(fact.number), str(key), *key),
                *(amount.show(), amount.unit, str(amount.decimals), "1" if fact.blank else ""),
                *(_text(place.page), _text(place.line), place.table or "", place.row or ""),
                *(place.row_no or "", place.column or "", place.quote),
            )


def _text(number: int | None) -> str:
    return "" if number is None else str(number)
