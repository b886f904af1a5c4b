"""The data package held against the rules of Data Package, Tabular Data Resource and Table Schema (v1), cell by cell.

The rules are written out here; where the frictionless library is installed, it judges the same packages.
Source: specs.frictionlessdata.io (data-package, data-resource, table-schema).
"""

from __future__ import annotations

import csv
import importlib.util
import io
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from juesuan.documents.text import read_text
from juesuan.documents.writing_data import FACTS, PACKAGE, TABLES, write_data
from juesuan.generating import generate, report_of
from juesuan.understanding import interpret

ACCOUNTS = Path(__file__).parents[1] / "accounts"
NAMES = ("linhe-health-2024.txt", "central-geology-2021.txt")
CHINESE = re.compile("[一-龥]")
NAME = re.compile(r"[-a-z0-9._/]+")
BOOLEANS = {"true", "True", "TRUE", "1", "false", "False", "FALSE", "0"}
Package = dict[str, bytes]
FRICTIONLESS = """
import sys
from frictionless import Package
found = Package(sys.argv[1]).validate()
print([(task.name, error.type, error.message) for task in found.tasks for error in task.errors] + found.errors)
raise SystemExit(not found.valid)
"""


def package_of(name: str) -> Package:
    """The package of an account, or of a made-up one by its seed."""
    if name.isdecimal():
        report = report_of(generate(int(name)))
    else:
        report = interpret(read_text((ACCOUNTS / name).read_bytes(), name))
    return write_data(report, str, [("account.json", "{}\n")])


@pytest.fixture(scope="module", params=[*NAMES, "3", "5", "8"])
def package(request: pytest.FixtureRequest) -> Package:
    return package_of(request.param)


def problems(package: Package) -> list[str]:
    """Every rule that the package breaks."""
    described = json.loads(package[PACKAGE].decode("utf-8"))
    return [*_descriptor(described), *(p for r in described["resources"] for p in _resource(r, package, described))]


def _descriptor(described: dict[str, Any]) -> Iterator[str]:
    if not NAME.fullmatch(described["name"]):
        yield f"name {described['name']}"
    if described["profile"] not in ("data-package", "tabular-data-package"):
        yield f"profile {described['profile']}"
    tabular = [r.get("profile") == "tabular-data-resource" for r in described["resources"]]
    if described["profile"] == "tabular-data-package" and not all(tabular):
        yield "a tabular package holds a resource that is no table"
    names = [r["name"] for r in described["resources"]]
    if len(set(names)) != len(names) or not names:
        yield "names of resources are not unique"


def _resource(resource: dict[str, Any], package: Package, described: dict[str, Any]) -> Iterator[str]:
    path = resource["path"]
    if not NAME.fullmatch(resource["name"]) or path.startswith("/") or ".." in path or path not in package:
        yield f"{resource['name']}: name or path"
        return
    data = package[path]
    if resource["bytes"] != len(data) or resource["hash"] != f"sha256:{sha256(data).hexdigest()}":
        yield f"{path}: bytes or hash"
    if resource.get("profile") == "tabular-data-resource":
        yield from (f"{path}: {said}" for said in _table(resource["schema"], data.decode(resource["encoding"])))
        yield from (f"{path}: {said}" for said in _foreign(resource["schema"], path, package, described))


def rows_of(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8"), newline="")))


def _table(schema: dict[str, Any], text: str) -> Iterator[str]:
    """Head, types, constraints, primary key."""
    head, *rows = list(csv.reader(io.StringIO(text, newline="")))
    fields = schema["fields"]
    if head != [field["name"] for field in fields] or len(set(head)) != len(head):
        yield f"head {head}"
        return
    for number, row in enumerate(rows, 2):
        if len(row) != len(head):
            yield f"row {number} has {len(row)} cells"
            continue
        for field, cell in zip(fields, row, strict=True):
            if said := _wrong(field, cell, schema["missingValues"]):
                yield f"row {number}, {field['name']}: {said} {cell!r}"
    at = [head.index(name) for name in schema["primaryKey"]]
    keys = [tuple(row[n] for n in at) for row in rows]
    if len(set(keys)) != len(keys):
        yield "the primary key is not unique"


def _wrong(field: dict[str, Any], cell: str, missing: list[str]) -> str:
    """What is wrong with a cell; "" where nothing is."""
    limits = field.get("constraints", {})
    if cell in missing:
        return "required" if limits.get("required") else ""
    if not _typed(field["type"], cell):
        return f"no {field['type']}"
    if "enum" in limits and cell not in limits["enum"]:
        return "not in enum"
    if "pattern" in limits and not re.fullmatch(limits["pattern"], cell):
        return "not in pattern"
    return "too small" if "minimum" in limits and Decimal(cell) < limits["minimum"] else ""


def _typed(kind: str, cell: str) -> bool:
    if kind == "boolean":
        return cell in BOOLEANS
    if kind == "integer":
        return re.fullmatch(r"[+-]?\d+", cell) is not None
    if kind == "number":
        try:
            return Decimal(cell).is_finite()
        except InvalidOperation:
            return False
    return kind == "string"


def _foreign(schema: dict[str, Any], path: str, package: Package, described: dict[str, Any]) -> Iterator[str]:
    for key in schema.get("foreignKeys", ()):
        reference = key["reference"]
        other = next(r for r in described["resources"] if r["name"] == reference["resource"])
        there = {row[reference["fields"]] for row in rows_of(package.get(other["path"], b""))}
        lost = {row[key["fields"]] for row in rows_of(package[path])} - there - {""}
        if lost:
            yield f"{key['fields']} refers to {sorted(lost)}"


def test_no_rule_is_broken(package: Package) -> None:
    assert problems(package) == []
    assert len(rows_of(package[FACTS])) > len(rows_of(package[TABLES])) > 0


def test_every_column_says_in_chinese_what_stands_in_it(package: Package) -> None:
    described = json.loads(package[PACKAGE].decode("utf-8"))
    tables = [r for r in described["resources"] if "schema" in r]
    assert [r["name"] for r in tables] == ["facts", "tables"]
    texts = [(f["name"], f[part]) for r in tables for f in r["schema"]["fields"] for part in ("title", "description")]
    texts += [(r["name"], r[part]) for r in described["resources"] for part in ("title", "description")]
    assert [name for name, text in texts if not CHINESE.search(text)] == []


def test_every_value_that_there_may_be_is_explained(package: Package) -> None:
    described = json.loads(package[PACKAGE].decode("utf-8"))
    fields = [field for r in described["resources"] for field in r.get("schema", {}).get("fields", ())]
    limited = [field for field in fields if "enum" in field.get("constraints", {})]
    assert limited
    for field in limited:
        words = set(re.findall(r"[a-z_?]+", field["description"]))
        assert set(field["constraints"]["enum"]) == words


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        (FACTS, b",final,", b",last,", "not in enum"),
        (FACTS, b",all,amount,", b",all,,", "required"),
        (TABLES, b"\n0,", b"\nx,", "no integer"),
        (TABLES, b"\n1,", b"\n99,", "refers to"),
        (TABLES, b"\n0,", b"\n1,", "primary key"),
        (FACTS, b"number,", b"\xef\xbb\xbfnumber,", "head"),
        (PACKAGE, b'"data-package"', b'"tabular-data-package"', "no table"),
        (PACKAGE, b'"path": "tables.csv"', b'"path": "../tables.csv"', "name or path"),
    ],
)
def test_a_broken_rule_is_told(file: str, old: bytes, new: bytes, says: str) -> None:
    package = package_of(NAMES[0])
    assert old in package[file]
    package[file] = package[file].replace(old, new, 1)
    assert [said for said in problems(package) if says in said]


@pytest.mark.skipif(
    importlib.util.find_spec("frictionless") is None,
    reason="frictionless is not installed: it brings text-unidecode, whose licence (Artistic or GPL) we do not ask for",
)
def test_the_library_finds_nothing_either(package: Package, tmp_path: Path) -> None:
    for name, data in package.items():
        (tmp_path / name).write_bytes(data)
    command = [sys.executable, "-c", FRICTIONLESS, PACKAGE]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "[]"), done.stderr[-2000:]
