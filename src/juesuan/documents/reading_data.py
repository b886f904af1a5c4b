"""Reading data (读数据包): the package that `writing_data` writes → the facts and tables of a report again.

Refuses what is no such package, and a file whose sum is not the one that the package names (DamagedPackage).
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from hashlib import sha256
from typing import Any

from juesuan.documents.writing_data import FACTS, PACKAGE, TABLES
from juesuan.model.amounts import Amount
from juesuan.model.documents import Document
from juesuan.model.keys import DIMENSIONS, Key
from juesuan.model.places import Place
from juesuan.model.reports import Fact, ReadTable, Report


class DamagedPackage(ValueError):
    """A package that cannot be read; str() says which file and why."""

    def __init__(self, file: str, why: str) -> None:
        super().__init__(f"{file}：{why}")


def read_data(files: Mapping[str, bytes]) -> Report:
    """File name → bytes of a package, as a report without text. Raises DamagedPackage."""
    package = _package(files)
    for resource in package["resources"]:
        name = str(resource["path"])
        if name not in files:
            raise DamagedPackage(name, "数据包里没有这个文件")
        if resource.get("hash") != f"sha256:{sha256(files[name]).hexdigest()}":
            raise DamagedPackage(name, "内容与数据包所记的不符，可能改动过")
    own = package["juesuan"]
    report = Report(Document(PACKAGE, "", "data", ()), own["kind"], own["department"], own["year"])
    report.tables = [_table(row) for row in _rows(files, TABLES)]
    report.facts = list(_facts(_rows(files, FACTS)))
    report.figures = sum(not fact.blank for fact in report.facts)
    return report


def _package(files: Mapping[str, bytes]) -> dict[str, Any]:
    try:
        package: dict[str, Any] = json.loads(files[PACKAGE].decode("utf-8"))
        package["juesuan"]["year"], package["resources"][0]["path"]
    except (KeyError, IndexError, TypeError, ValueError) as why:
        raise DamagedPackage(PACKAGE, "不是决算的数据包") from why
    return package


def _rows(files: Mapping[str, bytes], name: str) -> list[dict[str, str]]:
    try:
        return list(csv.DictReader(io.StringIO(files[name].decode("utf-8"), newline="")))
    except (KeyError, UnicodeDecodeError) as why:
        raise DamagedPackage(name, "没有这个文件，或不是 UTF-8 文字") from why


def _table(row: Mapping[str, str]) -> ReadTable:
    place = Place(PACKAGE, line=_number(row["line"]), table=row["form"] or None)
    table = ReadTable(row["form"], row["title"], place, row["year"], row["unit"], row["entity"])
    table.project, table.complete = row["project"], frozenset(row["complete"].split())
    table.notes = [(note, place) for note in row["notes"].split("\n") if note]
    table.stated_unit = place if table.unit else None
    return table


def _facts(rows: Iterable[Mapping[str, str]]) -> Iterable[Fact]:
    """The rows of one number are the keys of one fact."""
    pending: list[Mapping[str, str]] = []
    for row in rows:
        if pending and row["number"] != pending[0]["number"]:
            yield _fact(pending)
            pending = []
        pending.append(row)
    if pending:
        yield _fact(pending)


def _fact(rows: list[Mapping[str, str]]) -> Fact:
    row = rows[0]
    try:
        amount = Amount(Decimal(row["amount"]), int(row["decimals"]), row["unit"], int(row["decimals"]))
        number = int(row["number"])
    except (InvalidOperation, ValueError) as why:
        raise DamagedPackage(FACTS, f"第 {row['number']} 个数读不出：{row['amount']}") from why
    keys = tuple(Key(*(_bare(one[name]) for name in DIMENSIONS)) for one in rows)
    table = _number(row["table"])
    place = Place(
        PACKAGE,
        line=_number(row["line"]),
        row=_bare(row["row"]) or None,
        column=_bare(row["column"]) or None,
        quote=row["quote"],
    )
    return Fact(number, keys, amount, place, -1 if table is None else table, row["blank"] == "true")


def _number(text: str) -> int | None:
    return int(text) if text else None


def _bare(words: str) -> str:
    """Words without the mark that keeps spreadsheets from taking them for a formula."""
    return words[1:] if words[:2] in ("'=", "'+", "'@", "'-") else words
