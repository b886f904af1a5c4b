"""What is said in each case: a change, none, from zero, no figure, no year before; and what is left as a gap."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

import pytest

from juesuan.composing.document import Composed, compose
from juesuan.composing.told import Told
from juesuan.documents.writing_text import write_text
from juesuan.generating import Shape, account_of, generate, report_of
from juesuan.knowledge.composition import composition, sentences
from juesuan.knowledge.statements import slots
from juesuan.knowledge.styles import style, styles
from juesuan.model.accounts import Account, Answer
from juesuan.model.amounts import Amount
from juesuan.model.keys import Key, parse_key
from juesuan.model.reports import Report

SHAPE = Shape(style="liaoning", year=2024, units=0, three_public=True, projects=1)
Change = Callable[[Key, Amount], Amount | None]


def made(
    place: str = "liaoning", change: Change | None = None, words: Callable[[Account], None] | None = None
) -> Composed:
    """A document of a small account, figures changed (None: left out), words changed."""
    generated = generate(5, replace(SHAPE, style=place))
    report, account = report_of(generated), account_of(generated)
    if change is not None:
        _change(report, change)
    if words is not None:
        words(account)
    return compose(report, account, style(place))


def _change(report: Report, change: Change) -> None:
    facts = []
    for fact in report.facts:
        amount = change(fact.keys[0], fact.amount)
        # the numbers of the others must stay: indicators name them
        facts.append(replace(fact, amount=amount) if amount is not None else replace(fact, keys=(Key(),)))
    report.facts = facts


def line(composed: Composed, start: str) -> str:
    """The first paragraph that holds these words."""
    return next(text for text in write_text(composed.blocks).split("\n") if start in text)


def last_year(year: str = "2023", **dims: str) -> Key:
    return Key(**{"year": year, **dims})


TOTALS = "年度收入总计"


def test_a_change_with_its_reason() -> None:
    text = line(made(), TOTALS)
    assert "与2023年度相比，收入总计" in text
    assert "主要原因：" in text
    assert "持平" not in text


def test_equal_is_level_and_needs_no_reason() -> None:
    def same(key: Key, amount: Amount) -> Amount:
        total = key.flow in ("total_in", "total_out") and key.year == "2023" and key.fund == "all"
        return replace(amount, value=TOTAL) if total else amount

    said = line(made(change=same), "年度收入支出总计")
    assert said.endswith(f"2024年度收入支出总计{TOTAL}万元，与2023年度持平。")


TOTAL = next(
    fact.amount.value
    for fact in report_of(generate(5, SHAPE)).facts
    if fact.keys[0] == parse_key("year=2024 flow=total_in")
)


def test_from_zero_has_no_rate() -> None:
    def nothing(key: Key, amount: Amount) -> Amount:
        total = key.flow in ("total_in", "total_out") and key.year == "2023" and key.fund == "all"
        return replace(amount, value=Decimal(0)) if total else amount

    text = line(made(change=nothing), TOTALS)
    assert f"增加{TOTAL}万元" in text
    assert "%" not in text


def test_no_figure_of_last_year_is_a_gap() -> None:
    def without(key: Key, amount: Amount) -> Amount | None:
        return None if key.year == "2023" and key.flow in ("total_in", "total_out") else amount

    composed = made(change=without)
    assert "与2023年度相比，收入总计、支出总计增减情况【待填：上年度收入总计】。" in line(composed, TOTALS)
    assert "上年度收入总计" in [gap.what for gap in composed.open]


def test_a_gap_that_is_answered_is_left_out() -> None:
    def without(key: Key, amount: Amount) -> Amount | None:
        return None if key.year == "2023" and key.flow in ("total_in", "total_out") else amount

    def answered(account: Account) -> None:
        account.answers = (Answer("GAP", "上年度收入总计", "机构改革，上年数口径不同"), *account.answers)

    composed = made(change=without, words=answered)
    assert "待填" not in line(composed, TOTALS)
    assert {gap.answer for gap in composed.gaps if gap.what == "上年度收入总计"} == {"机构改革，上年数口径不同"}


def test_no_reason_is_a_gap() -> None:
    def silent(account: Account) -> None:
        account.reasons = []

    composed = made(words=silent)
    assert "主要原因：【待填：收入总计与上年度不同的原因】。" in line(composed, TOTALS)


def test_a_new_department_compares_with_nothing() -> None:
    generated = generate(5, replace(SHAPE, prior=False))
    text = write_text(compose(report_of(generated), account_of(generated), style("liaoning")).blocks)
    assert "于2024年成立，没有上年度决算数，不作比较。" in text
    assert "2023年度" not in text


def test_shares_are_rounded_half_up_and_not_balanced() -> None:
    generated = generate(5, SHAPE)
    told = Told(report_of(generated), style("shanghai"), 2)
    assert told.part(Decimal(1), Decimal(800)) == "0.13"
    assert [told.part(Decimal(1), Decimal(3))] * 3 == ["33.33"] * 3
    assert told.part(Decimal(7), Decimal(7)) == "100"
    assert told.part(Decimal("999.999"), Decimal(1000)) == "100.00"
    assert told.part(Decimal(0), Decimal(7)) == "0"
    assert told.part(Decimal(7), Decimal(0)) is None
    assert told.part(Decimal(7), Decimal(-7)) is None


@pytest.mark.parametrize("place", styles())
def test_zero_funds_are_said(place: str) -> None:
    text = write_text(made(place).blocks)
    assert "无政府性基金预算财政拨款收入和支出。" in text
    assert "无国有资本经营预算财政拨款收入和支出。" in text


def test_sentences_of_an_account_in_yuan_are_in_wan_yuan() -> None:
    generated = generate(5, SHAPE)
    composed = compose(report_of(generated, "元"), account_of(generated), style("liaoning"))
    text = line(composed, TOTALS)
    total = (Decimal(generated.true(flow="total_in")) / 10000).quantize(Decimal("0.01"), ROUND_HALF_UP)
    assert f"收入总计{total}万元" in text
    assert not re.search(r"\d元", text)


@pytest.mark.parametrize("place", styles())
def test_every_statement_that_a_place_makes_is_known(place: str) -> None:
    """Its slots are figures with a meaning, or words that are filled."""
    words = {
        *("department", "year", "last", "visits", "name", "parts", "names", "more", "less", "up", "down", "plan"),
        *("reason", "reason_out", "purpose", "gap", "established", "title", "items", "pay", "goods", "work", "told"),
        *("project", "number", "as", "amount", "share", "done", "count", "code"),
    }
    for say in composition(place).says():
        for name, statement in sentences().items():
            if say.use and (name == say.use or name.startswith(f"{say.use}-")):
                template = statement.templates.get(place, statement.templates["default"])
                assert set(slots(template)) <= words | set(statement.figures), name
