"""Shifted tables: found as one mistake, not mistaken for single errors, and the rest is checked without them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from juesuan.checking.expand import expand
from juesuan.checking.records import records
from juesuan.checking.runner import examine, run
from juesuan.model.reports import Report
from tests.checking.drafts import changed, draft, of_tables
from tests.checking.random_accounts import account

BASIC = {
    "301": "20.00",
    "30101": "9.00",
    "30102": "7.00",
    "30103": "4.00",
    "303": "5.00",
    "30301": "2.00",
    "30302": "3.00",
}
EXPENDITURE = {"": "180.00", "201": "20.00", "20103": "20.00", "2010301": "12.00", "2010302": "8.00", "208": "50.00"}
EXPENDITURE |= {"20805": "50.00", "2080501": "11.00", "2080505": "39.00", "221": "110.00", "22102": "110.00"}
EXPENDITURE |= {"2210201": "65.00", "2210203": "45.00"}


def slid(report: Report, form: str, start: int, offset: int, columns: set[int] | None = None) -> Report:
    """The values of a table from row `start` on, moved down by `offset` rows."""
    table = next(n for n, t in enumerate(report.tables) if t.form == form)
    rows = records(expand(report), table)
    facts = list(report.facts)
    for n in range(start, len(rows)):
        for column, number in rows[n].facts.items():
            if columns is None or column in columns:
                source = n - offset
                there = rows[source].facts.get(column) if start <= source < len(rows) else None
                value = Decimal(0) if there is None else report.facts[there].amount.value
                facts[number] = replace(facts[number], amount=replace(facts[number].amount, value=value))
    return replace(report, facts=facts)


def department() -> Report:
    lines = [f"fiscal | flow=expenditure fund={fund} | 180.00" for fund in ("fiscal", "general_public")]
    lines += [f"fiscal | flow=expenditure fund={fund} | " for fund in ("government_funds", "state_capital")]
    for code, figure in EXPENDITURE.items():
        row = f" function={code}" if code else ""
        for table, fund in (("expenditure", ""), ("general_public", " fund=general_public")):
            lines.append(f"{table} | flow=expenditure{fund}{row} | {figure}")
    head = "flow=expenditure fund=general_public nature=basic"
    lines += [f"basic | {head} economic={code} | {figure}" for code, figure in BASIC.items()]
    lines += [f"basic | {head} economic=personnel | 25.00", f"basic | {head} | 25.00"]
    return draft("\n".join(lines))


def test_the_draft_is_consistent() -> None:
    assert of_tables(department()) == []


def test_rows_moved_against_their_names_are_one_finding() -> None:
    for offset in (1, -1, 2):
        report = slid(department(), "general_public", 3, offset)
        (finding,) = of_tables(report)
        assert finding.check == "SHIFT-ROWS"
        assert finding.places[0].table == "general_public"


def test_the_rows_that_the_values_belong_to_are_named() -> None:
    (finding,) = of_tables(slid(department(), "general_public", 3, 1))
    assert "2010302 → 2010301" in finding.message
    assert "数字比所属名称低 1 行" in finding.message


def test_a_column_without_other_tables_is_tried_by_its_own_sums() -> None:
    report = slid(department(), "basic", 0, 1)
    (shift,) = examine(report).shifts
    assert report.tables[shift.table].form == "basic"
    assert [(row.code, goal.code) for row, goal in shift.moves if goal][:2] == [("30101", "301"), ("30102", "30101")]


def test_moved_figures_are_set_aside_with_the_reason() -> None:
    result = run(slid(department(), "general_public", 3, 1))
    assert any("错行" in reason for _, reason, _ in result.reasons)
    assert result.causes[0].explanations == ()


@given(st.integers(0, 10**6))
def test_single_errors_are_no_shift(seed: int) -> None:
    report, random = account(seed), Random(seed)
    for fact in random.sample([fact for fact in report.facts if fact.amount.value], 2):
        report = changed(report, fact.number, str(fact.amount.value * 10 + 3))
    assert examine(report).shifts == []


def test_two_swapped_rows_are_no_shift() -> None:
    report = department()
    rows = records(expand(report), next(n for n, t in enumerate(report.tables) if t.form == "general_public"))
    one, other = (next(iter(rows[n].facts.values())) for n in (3, 7))
    values = [str(report.facts[n].amount.value) for n in (one, other)]
    report = changed(changed(report, one, values[1]), other, values[0])
    assert examine(report).shifts == []
