"""Data packages: every figure with its key, unit and place; what is written can be read again."""

from __future__ import annotations

import csv
import io
import json
import os
from hashlib import sha256

import pytest

from juesuan.checking.runner import run
from juesuan.composing.document import compose
from juesuan.documents.reading_data import DamagedPackage, read_data
from juesuan.documents.text import read_text
from juesuan.documents.writing_data import FACTS, PACKAGE, TABLES, write_data
from juesuan.documents.writing_text import write_text
from juesuan.generating import Generated, account_of, generate, report_of
from juesuan.generating.reports import rounded
from juesuan.knowledge.styles import style
from juesuan.model.amounts import Amount
from juesuan.model.documents import Document
from juesuan.model.keys import DIMENSIONS, Key
from juesuan.model.places import Place
from juesuan.model.reports import Fact, Report
from juesuan.understanding import interpret

SEEDS = range(int(os.environ.get("JUESUAN_ACCOUNTS", "24")))
PRINTED = ("STRUCT-", "SECT-", "GLOSS-", "NOTE-", "PUNCT-", "WORD-", "SIGN-")
"""checks of what is printed around figures; the data hold figures"""


def pack(report: Report) -> dict[str, bytes]:
    return write_data(report, str, [("account.json", "{}\n")])


@pytest.fixture(scope="module", params=SEEDS, ids=lambda seed: f"seed {seed}")
def pair(request: pytest.FixtureRequest) -> tuple[Generated, Report]:
    account = generate(request.param)
    composed = compose(report_of(account), account_of(account), style(account.shape.style))
    return account, interpret(read_text(write_text(composed.blocks).encode("utf-8"), "generated.txt"))


def content(report: Report) -> list[tuple[object, ...]]:
    return [
        (f.number, f.keys, f.amount.value, f.amount.decimals, f.amount.unit, f.table, f.blank) for f in report.facts
    ]


def test_what_is_written_is_read(pair: tuple[Generated, Report]) -> None:
    _, report = pair
    again = read_data(pack(report))
    assert content(again) == content(report)
    assert (again.department, again.year, again.kind) == (report.department, report.year, report.kind)
    told = [[(t.form, t.title, t.unit, t.project, t.complete) for t in r.tables] for r in (again, report)]
    assert told[0] == told[1]
    places = [[(f.place.row, f.place.column, f.place.line) for f in r.facts] for r in (again, report)]
    assert places[0] == [(row or None, column or None, line) for row, column, line in places[1]]


def test_the_figures_are_the_generators(pair: tuple[Generated, Report]) -> None:
    account, report = pair
    wrong = []
    for fact in read_data(pack(report)).facts:
        for key in fact.keys:
            counted = key.item.startswith("three_public") and key.measure == "count"
            own = key._replace(fund="general_public") if counted else key
            own = own._replace(basis="initial") if own.basis == "budget" and own not in account.facts else own
            true = account.facts.get(own)
            rule = fact.table < 0 and key.indicator != "all"
            if not rule and fact.amount.value != (rounded(true, "万元", 2).value if true else 0):
                wrong.append((str(key), fact.amount.show()))
    assert wrong == []


def test_the_checks_find_nothing_in_them(pair: tuple[Generated, Report]) -> None:
    account, report = pair
    answered = {answer.check for answer in account_of(account).answers}
    result = run(read_data(pack(report)))
    assert result.crashes == []
    assert [
        (f.check, f.message) for f in result.findings if not f.check.startswith(PRINTED) and f.check not in answered
    ] == []


def one(amount: str = "1.50", **words: str) -> Report:
    from decimal import Decimal

    key = Key(year="2024", flow="income", **words)
    report = Report(Document("x", "", "text", ()), "部门决算", "某局", "2024")
    place = Place("x", line=3, row="=收入", column="-金额", quote=amount)
    report.facts = [Fact(0, (key, key._replace(flow="total_in")), Amount(Decimal(amount), 2, "万元", 2), place, -1)]
    return report


def test_the_package_describes_itself() -> None:
    files = pack(one())
    package = json.loads(files[PACKAGE])
    assert package["profile"] == "data-package"
    for resource in package["resources"]:
        data = files[resource["path"]]
        assert resource["hash"] == f"sha256:{sha256(data).hexdigest()}"
        assert resource["bytes"] == len(data)
    facts = next(resource for resource in package["resources"] if resource["name"] == "facts")
    head = files[FACTS].decode("utf-8").split("\n", 1)[0]
    assert head == ",".join(field["name"] for field in facts["schema"]["fields"])
    assert facts["schema"]["primaryKey"] == ["number", *DIMENSIONS]
    assert all(field["title"] for field in facts["schema"]["fields"])


def test_a_figure_that_is_two_things_has_two_rows() -> None:
    rows = list(csv.DictReader(io.StringIO(pack(one())[FACTS].decode("utf-8"))))
    assert [(row["number"], row["flow"], row["amount"], row["unit"]) for row in rows] == [
        ("0", "income", "1.50", "万元"),
        ("0", "total_in", "1.50", "万元"),
    ]


def test_no_cell_is_a_formula() -> None:
    rows = list(csv.DictReader(io.StringIO(pack(one("-1.50", project="@甲"))[FACTS].decode("utf-8"))))
    assert (rows[0]["row"], rows[0]["column"], rows[0]["project"]) == ("'=收入", "'-金额", "'@甲")
    assert rows[0]["quote"] == "-1.50"
    assert read_data(pack(one(project="@甲"))).facts[0].keys[0].project == "@甲"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda files: files.pop(PACKAGE), "不是决算的数据包"),
        (lambda files: files.update({PACKAGE: b"{}"}), "不是决算的数据包"),
        (lambda files: files.pop(TABLES), "没有这个文件"),
        (lambda files: files.update({FACTS: files[FACTS].replace(b"1.50", b"2.50")}), "可能改动过"),
    ],
)
def test_a_damaged_package_is_refused(change, says: str) -> None:  # type: ignore[no-untyped-def]
    files = pack(one())
    change(files)
    with pytest.raises(DamagedPackage, match=says):
        read_data(files)
