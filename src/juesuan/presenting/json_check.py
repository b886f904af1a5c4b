"""The JSON of `juesuan check` (检查结果的数据): its shape is docs/check.schema.json, its order never depends on chance.

Refuses floats: what is printed as a figure stays a text with its decimals; only places and counts are numbers.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from juesuan.model.findings import Cause, Finding, Result
from juesuan.model.places import Place
from juesuan.presenting.checked import Checked, coverage

#: of the format, not of the program: raised when a reader of the data would have to change
VERSION = "1"

Json = dict[str, Any]


def check_json(checked: Iterable[Checked]) -> Iterator[str]:
    """The whole text in pieces, a document at a time: a folder of accounts need not fit into memory."""
    yield f'{{\n  "version": {json.dumps(VERSION)},\n  "documents": ['
    first = True
    for one in checked:
        text = json.dumps(document_json(one), ensure_ascii=False, indent=2)
        yield ("\n" if first else ",\n") + "\n".join(f"    {line}" for line in text.splitlines())
        first = False
    yield "]\n}\n" if first else "\n  ]\n}\n"


def document_json(one: Checked) -> Json:
    """One file. Where it could not be checked all counts are zero and `error` says why."""
    report, result = one.report, one.result or Result()
    return {
        "file": one.file,
        "sha256": one.sha256,
        "kind": report.kind if report else "",
        "department": report.department if report else "",
        "year": report.year if report else "",
        "error": one.error or None,
        "coverage": _coverage(one),
        "checks": {name: getattr(result, name) for name in ("passed", "failed", "unchecked", "crashed")},
        "crashes": [{"check": crash.check, "error": crash.error} for crash in result.crashes],
        "causes": [_cause(cause) for cause in result.causes],
        "findings": [_finding(finding) for finding in one.findings],
    }


def _coverage(one: Checked) -> Json:
    if one.report is None or one.result is None:
        return {"figures": 0, "verified": 0, "read": 0, "unread": [], "apart": {}}
    figures, verified, read, unread, apart = coverage(one.report, one.result)
    return {
        "figures": figures,
        "verified": verified,
        "read": read,
        "unread": [{"place": place_json(u.place), "quote": u.quote} for u in unread],
        "apart": apart,
    }


def _cause(cause: Cause) -> Json:
    return {
        "id": cause.id,
        "explanations": [
            {
                "figures": [place_json(place) for place in way.figures],
                "interval": list(way.interval),
                "value": way.value,
                "slip": way.slip,
            }
            for way in cause.explanations
        ],
    }


def _finding(finding: Finding) -> Json:
    return {
        "check": finding.check,
        "severity": finding.severity.name.lower(),
        "cause": finding.cause,
        "message": finding.message,
        "advice": finding.advice,
        "printed": finding.printed,
        "expected": finding.expected,
        "difference": finding.difference,
        "unit": finding.unit,
        "confidence": f"{finding.confidence.normalize():f}",
        "accepted": finding.accepted,
        "places": [place_json(place) for place in finding.places],
        "symptoms": [_finding(symptom) for symptom in finding.symptoms],
    }


def place_json(place: Place) -> Json:
    """A place; null for what the file does not have (a text has no boxes)."""
    return {
        "file": place.file,
        "page": place.page,
        "line": place.line,
        "table": place.table,
        "row": place.row,
        "row_no": place.row_no,
        "column": place.column,
        "box": None if place.box is None else list(place.box),
        "boxes": None if place.box is None else [list(box) for box in (place.box, *place.more)],
        "quote": place.quote,
    }
