"""Writing data (写成数据): an account as a Frictionless Data Package: facts and tables as CSV, with their schema.

One row a key: a figure that is two things at once has two rows with one number. Amounts stand as they are printed, in
the unit beside them. The same account gives the same bytes. Refuses floats and spreadsheet formulas.
Source: Data Package v1 (specs.frictionlessdata.io), Tabular Data Resource, Table Schema.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256
from typing import Any

from juesuan.model.keys import DIMENSIONS, Key
from juesuan.model.reports import Fact, ReadTable, Report

PACKAGE = "datapackage.json"
FACTS, TABLES = "facts.csv", "tables.csv"
Field = tuple[str, str, str]
"""name, type, title"""

_DIMENSION = {
    "entity": "单位（all 部门汇总）",
    "year": "年度",
    "basis": "决算数、年初预算数、全年预算数",
    "flow": "收支余的哪一项",
    "fund": "资金来源",
    "nature": "支出性质",
    "balance": "结转、结余",
    "function": "功能分类科目",
    "economic": "经济分类科目",
    "item": "“三公”经费、政府采购等项目",
    "project": "项目",
    "indicator": "绩效指标",
    "measure": "金额、数量、权重、得分等",
}
FACT_FIELDS: tuple[Field, ...] = (
    ("number", "integer", "数的序号；一个数有几个指标的，各占一行"),
    *((name, "string", _DIMENSION[name]) for name in DIMENSIONS),
    ("means", "string", "指标的中文说法"),
    ("amount", "number", "数值，按 unit 的单位"),
    ("unit", "string", "单位"),
    ("decimals", "integer", "小数位数"),
    ("blank", "boolean", "印作空白的零"),
    ("table", "integer", "在哪张表，见 tables.csv；空白：在情况说明中"),
    ("row", "string", "行"),
    ("column", "string", "列"),
    ("line", "integer", "在文本的第几行"),
    ("quote", "string", "印出的样子"),
)
TABLE_FIELDS: tuple[Field, ...] = (
    ("number", "integer", "序号"),
    ("form", "string", "表的种类"),
    ("title", "string", "表名"),
    ("entity", "string", "单位"),
    ("year", "string", "年度"),
    ("unit", "string", "金额单位"),
    ("project", "string", "绩效自评表的项目"),
    ("complete", "string", "列全了的维度"),
    ("notes", "string", "表下的注，一行一条"),
    ("line", "integer", "在文本的第几行"),
)


def write_data(report: Report, say: Callable[[Key], str], more: Iterable[tuple[str, str]] = ()) -> dict[str, bytes]:
    """File name → bytes. `say` puts a key in words; `more` are further files (the JSON report) with their texts."""
    tables = _csv(TABLE_FIELDS, (_table(n, table) for n, table in enumerate(report.tables)))
    facts = _csv(FACT_FIELDS, (row for fact in report.facts for row in _fact(fact, say)))
    files = {FACTS: facts, TABLES: tables, **{name: text.encode("utf-8") for name, text in more}}
    package = {
        "profile": "tabular-data-package",
        "name": f"juesuan-{report.year}",
        "title": f"{report.department} {report.year} 年度部门决算",
        "description": "决算公开文本中的每一个数：是什么、多少、在哪里。各列的取值见 juesuan 的 docs/keys.md。",
        "juesuan": {"kind": report.kind, "department": report.department, "year": report.year},
        "resources": [
            _resource("facts", FACTS, files[FACTS], _facts_schema()),
            _resource("tables", TABLES, files[TABLES], _schema(TABLE_FIELDS, ["number"])),
            *({"name": name.partition(".")[0], "path": name, **_sum(files[name])} for name, _ in more),
        ],
    }
    text = json.dumps(package, ensure_ascii=False, indent=2) + "\n"
    return {PACKAGE: text.encode("utf-8"), **files}


def _facts_schema() -> dict[str, Any]:
    schema = _schema(FACT_FIELDS, ["number", *DIMENSIONS])
    reference = {"fields": "table", "reference": {"resource": "tables", "fields": "number"}}
    return {**schema, "foreignKeys": [reference]}


def _schema(fields: Sequence[Field], key: list[str]) -> dict[str, Any]:
    described = []
    for name, kind, title in fields:
        own: dict[str, Any] = {"name": name, "type": kind, "title": title}
        if name in key:
            own["constraints"] = {"required": True}
        described.append(own)
    return {"fields": described, "primaryKey": key, "missingValues": [""]}


def _resource(name: str, path: str, data: bytes, schema: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": name,
        "path": path,
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        **_sum(data),
        "schema": schema,
    }


def _sum(data: bytes) -> dict[str, Any]:
    return {"bytes": len(data), "hash": f"sha256:{sha256(data).hexdigest()}"}


def _csv(fields: Sequence[Field], rows: Iterable[Sequence[object]]) -> bytes:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow([name for name, _, _ in fields])
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
