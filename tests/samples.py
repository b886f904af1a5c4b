"""Reports and results made by hand, for the tests of what is shown."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from decimal import Decimal
from typing import Any

from juesuan.model.amounts import Amount
from juesuan.model.documents import Document
from juesuan.model.findings import Cause, Explanation, Finding, Result, Severity
from juesuan.model.keys import ALL, parse_key
from juesuan.model.places import Place
from juesuan.model.reports import Fact, ReadRow, ReadTable, Report, Unread
from juesuan.presenting.checked import Checked

HERE = Place("a.txt", line=105, table="expenditure", row="221", column="基本支出", quote="90.63")


def housing(**changes: Any) -> Finding:
    finding = Finding(
        check="AGREE-AMOUNT",
        severity=Severity.ERROR,
        message="住房保障支出（类）\n支出：收入支出总表、支出表均为 90.43\n四类合计 678.13 ≠ 677.92",
        places=(HERE, HERE._replace(line=40), HERE._replace(line=51)),
        advice="请改为 90.43 万元、13.3%。",
        printed="90.63",
        expected="90.43",
        difference="0.20",
        unit="万元",
        confidence=Decimal("0.90"),
        cause="c1",
        symptoms=(
            Finding("SHARE", Severity.ERROR, "占比", (HERE._replace(line=106),), printed="13.4", expected="13.3"),
        ),
    )
    return replace(finding, **changes)


def fact(number: int, key: str, value: str, line: int, **more: Any) -> Fact:
    amount = Amount(Decimal(value), 2, "万元", more.pop("printed_decimals", 2))
    place = Place("a.txt", line=line, table="income", row=more.pop("row", "合计"), column="本年收入合计", quote=value)
    return Fact(number, (parse_key(f"year=2024 {key}"),), amount, place, 0, **more)


def account() -> Report:
    """Two rows of an income table: one figure of each kind, a blank, and one that nobody could read."""
    document = Document("a.txt", "0" * 64, "text", ())
    rows = [
        ReadRow(("合计", "", "677.92", ""), Place("a.txt", line=10), total=True),
        ReadRow(
            ("2080505", "养老保险", "54.86", "x1"), Place("a.txt", line=11), "2080505", "养老保险", function="2080505"
        ),
    ]
    columns = ("项目/代码", "项目/名称", "本年收入合计", "其他收入")
    table = ReadTable("income", "收入决算表", Place("a.txt", line=8), "2024", "万元", ALL, columns, rows)
    facts = [
        fact(0, "flow=income", "677.92", 10),
        fact(1, "flow=income fund=other", "0", 10, blank=True),
        fact(2, "flow=income function=2080505", "54.86", 11, row="2080505"),
        fact(3, "flow=income function=?", "3.5", 12, printed_decimals=1),
    ]
    unread = [Unread(Place("a.txt", line=11, start=20, quote="x1"), "x1", "不是数字")]
    apart = Counter({"行次": 2, "科目编码": 3})
    return Report(
        *(document, "部门决算", "青原县档案馆", "2024", "", [table], facts),
        unread=unread,
        apart=apart,
        figures=4,
        entities=("青原县档案馆（本级）",),
    )


def result(**changes: Any) -> Result:
    cause = Cause("c1", (Explanation((HERE,), ("90.42", "90.44"), "90.43", "一位数字有误"),))
    made = Result([housing()], [cause], passed=7, failed=1, unchecked=3, verified=frozenset({0, 1}))
    made.reasons = [
        ("EQ-A", "表中没有年初数", Place("a.txt", line=40)),
        ("EQ-A", "表中没有年初数", Place("a.txt", line=30)),
        ("EQ-B", "没有这张表", None),
    ]
    for name, value in changes.items():
        setattr(made, name, value)
    return made


def checked(**changes: Any) -> Checked:
    return Checked("a.txt", "0" * 64, account(), result(**changes))
