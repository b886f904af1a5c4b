"""The JSON of `juesuan read` (账目数据): tables and facts of one account; its shape is docs/read.schema.json.

Refuses to interpret further: amounts stay as they stand in the document, in its unit.
"""

from __future__ import annotations

import json
from typing import Any

from juesuan.model.reports import Fact, ReadTable, Report
from juesuan.presenting.json_check import VERSION, place_json

Json = dict[str, Any]


def read_json(report: Report) -> str:
    """All that was read of one account, as text."""
    return json.dumps(report_json(report), ensure_ascii=False, indent=2) + "\n"


def report_json(report: Report) -> Json:
    """The same as data, in the document's order."""
    return {
        "version": VERSION,
        "file": report.document.file,
        "sha256": report.document.sha256,
        "kind": report.kind,
        "department": report.department,
        "year": report.year,
        "entities": list(report.entities),
        "tables": [_table(table) for table in report.tables],
        "facts": [_fact(fact) for fact in report.facts],
        "unread": [{"place": place_json(u.place), "quote": u.quote, "reason": u.reason} for u in report.unread],
        "apart": dict(sorted(report.apart.items())),
    }


def _table(table: ReadTable) -> Json:
    return {
        "form": table.form,
        "number": table.number,
        "title": table.title,
        "entity": table.entity,
        "year": table.year,
        "unit": table.unit,
        "place": place_json(table.place),
        "columns": list(table.columns),
        "rows": [{"line": row.place.line, "cells": list(row.cells)} for row in table.rows],
        "notes": [text for text, _ in table.notes],
    }


def _fact(fact: Fact) -> Json:
    amount = fact.amount
    found: Json = {
        "number": fact.number,
        "table": fact.table if fact.table >= 0 else None,
        "keys": [{"short": str(key), **key._asdict()} for key in fact.keys],
        "amount": amount.show(),
        "unit": amount.unit,
        "decimals": amount.decimals,
        "place": place_json(fact.place),
    }
    return found | {"blank": True} if fact.blank else found
