"""Writing data (写成数据): an account as a Frictionless Data Package: facts and tables as CSV, with their schema.

One row a key: a figure that is two things at once has two rows with one number. Amounts stand as they are printed, in
the unit beside them. The same account gives the same bytes. Refuses floats and spreadsheet formulas.
Source: Data Package v1 (specs.frictionlessdata.io), Tabular Data Resource, Table Schema.
"""

from __future__ import annotations

import csv
import io
import json
import tomllib
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any, NamedTuple

from juesuan.model.keys import DIMENSIONS, Key
from juesuan.model.reports import Fact, ReadTable, Report

PACKAGE = "datapackage.json"
FACTS, TABLES = "facts.csv", "tables.csv"
PROFILE = "data-package"
"""not the tabular one: the report as JSON goes with the tables"""


class Field(NamedTuple):
    """One column: its name, its type in a Table Schema, its title, what stands there, the values that there may be."""

    name: str
    kind: str
    title: str
    says: str
    values: tuple[str, ...] = ()
    pattern: str = ""


@cache
def fields(resource: str) -> tuple[Field, ...]:
    """The columns of facts or tables, in their order."""
    found = _known()[resource]
    return tuple(
        Field(f["name"], f["type"], f["title"], f["description"], tuple(f.get("values", ())), f.get("pattern", ""))
        for f in found
    )


@cache
def _known() -> dict[str, Any]:
    return tomllib.loads((files("juesuan.documents") / "data" / "package.toml").read_text("utf-8"))


def write_data(report: Report, say: Callable[[Key], str], more: Iterable[tuple[str, str]] = ()) -> dict[str, bytes]:
    """File name → bytes. `say` puts a key in words; `more` are further files (the JSON report) with their texts."""
    tables = _csv(fields("tables"), (_table(n, table) for n, table in enumerate(report.tables)))
    facts = _csv(fields("facts"), (row for fact in report.facts for row in _fact(fact, say)))
    written = {FACTS: facts, TABLES: tables, **{name: text.encode("utf-8") for name, text in more}}
    package = {
        "profile": PROFILE,
        "name": f"juesuan-{report.year}" if report.year.isdecimal() else "juesuan",
        "title": f"{report.department} {report.year} 年度部门决算",
        "description": "决算公开文本中的每一个数：是什么、多少、在哪里。各列的取值见各列的说明和 juesuan 的 docs/keys.md。",
        "keywords": ["部门决算", report.department, report.year],
        "juesuan": {"kind": report.kind, "department": report.department, "year": report.year},
        "resources": [
            _resource(FACTS, "数", "每行一个数的一个指标", written[FACTS], _facts_schema()),
            _resource(TABLES, "表", "每行一张表", written[TABLES], _schema(fields("tables"), ["number"])),
            *(_plain_resource(name, written[name]) for name, _ in more),
        ],
    }
    text = json.dumps(package, ensure_ascii=False, indent=2) + "\n"
    return {PACKAGE: text.encode("utf-8"), **written}


def _facts_schema() -> dict[str, Any]:
    schema = _schema(fields("facts"), ["number", *DIMENSIONS])
    reference = {"fields": "table", "reference": {"resource": "tables", "fields": "number"}}
    return {**schema, "foreignKeys": [reference]}


def _schema(columns: Sequence[Field], key: list[str]) -> dict[str, Any]:
    described = []
    for one in columns:
        own: dict[str, Any] = {"name": one.name, "type": one.kind, "title": one.title, "description": one.says}
        limits: dict[str, Any] = {"required": True} if one.name in key else {}
        if one.values:
            limits["enum"] = list(one.values)
        if one.pattern:
            limits["pattern"] = one.pattern
        if one.kind == "integer":
            limits["minimum"] = 0
        described.append(own | ({"constraints": limits} if limits else {}))
    return {"fields": described, "primaryKey": key, "missingValues": [""]}


def _resource(path: str, title: str, says: str, data: bytes, schema: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": path.partition(".")[0],
        "title": title,
        "description": says,
        "path": path,
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        **_sum(data),
        "schema": schema,
    }


def _plain_resource(path: str, data: bytes) -> dict[str, Any]:
    """A file that is no table: JSON."""
    name, _, kind = path.partition(".")
    title, says = _known()["files"][path]
    return {
        "name": name,
        "title": title,
        "description": says,
        "path": path,
        "format": kind,
        "mediatype": f"application/{kind}",
        "encoding": "utf-8",
        **_sum(data),
    }


def _sum(data: bytes) -> dict[str, Any]:
    return {"bytes": len(data), "hash": f"sha256:{sha256(data).hexdigest()}"}


def _csv(columns: Sequence[Field], rows: Iterable[Sequence[object]]) -> bytes:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow([field.name for field in columns])
    writer.writerows(rows)
    return stream.getvalue().encode("utf-8")


def _fact(fact: Fact, say: Callable[[Key], str]) -> Iterable[Sequence[object]]:
    amount, place = fact.amount, fact.place
    table = fact.table if fact.table >= 0 else ""
    quote = _plain(place.quote or ("" if fact.blank else amount.show()))
    for key in fact.keys:
        yield (
            fact.number,
            *map(_plain, key),
            _plain(say(key)),
            amount.show(),
            amount.unit,
            amount.decimals,
            "true" if fact.blank else "false",
            table,
            _plain(place.row or ""),
            _plain(place.column or ""),
            place.line or "",
            quote,
        )


def _table(number: int, table: ReadTable) -> Sequence[object]:
    complete = " ".join(sorted(table.complete))
    notes = "\n".join(text for text, _ in table.notes)
    texts = (table.form, table.title, table.entity, table.year, table.unit, table.project, complete, notes)
    return (number, *map(_plain, texts), table.place.line or "")


def _plain(words: str) -> str:
    """Words that no spreadsheet takes for a formula; a figure may begin with its sign."""
    formula = words.startswith(("=", "+", "@")) or (words.startswith("-") and not words[1:2].isdigit())
    return f"'{words}" if formula else words
