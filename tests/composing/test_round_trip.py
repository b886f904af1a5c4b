"""Made-up accounts, written and read back: the generator's own keys and figures, and nothing for the checks to find.

JUESUAN_ACCOUNTS says how many (make test: 16; the long run: 200).
"""

from __future__ import annotations

import os
from decimal import Decimal

import pytest

from juesuan.checking.runner import run
from juesuan.composing import compose_tables
from juesuan.documents.text import read_text
from juesuan.documents.writing_text import write_text
from juesuan.generating import Generated, generate, report_of
from juesuan.generating.reports import rounded
from juesuan.knowledge.styles import style
from juesuan.model.amounts import Amount
from juesuan.model.keys import Key
from juesuan.model.reports import Report
from juesuan.understanding import interpret
from tests.composing.drafts import reread
from tests.composing.expected import expected_keys

ACCOUNTS = int(os.environ.get("JUESUAN_ACCOUNTS", "16"))
#: spread over styles and years: 7 is prime to their 24 combinations
SEEDS = [n * 7 for n in range(ACCOUNTS)]
NEGATIVE = "SIGN-NEGATIVE"
NOTHING = Amount(Decimal(0), 2, "元")


@pytest.fixture(scope="module", params=SEEDS, ids=lambda seed: f"seed {seed}")
def pair(request: pytest.FixtureRequest) -> tuple[Generated, Report]:
    account = generate(request.param)
    return account, reread(report_of(account), account.shape.style)


def own(account: Generated, key: Key) -> Key:
    """The generator's key for a key as read: 预算数 of no said kind is the initial budget."""
    return key._replace(basis="initial") if key.basis == "budget" else key


def test_every_figure_is_the_generators(pair: tuple[Generated, Report]) -> None:
    account, read = pair
    wrong = []
    for fact in (fact for fact in read.facts if fact.table >= 0):
        for key in fact.keys:
            true = account.facts.get(own(account, key))
            value = rounded(true, "万元", 2).value if true else 0
            if fact.amount.value != value:
                wrong.append((str(key), fact.amount.value, value))
    assert wrong == []


def test_every_figure_is_there(pair: tuple[Generated, Report]) -> None:
    account, read = pair
    for form, keys in expected_keys(account).items():
        found = {key for fact in read.facts_of(form) if fact.amount.value for key in fact.keys}
        assert found == keys, form


def test_every_indicator_is_there(pair: tuple[Generated, Report]) -> None:
    account, read = pair
    found = {
        key for fact in read.facts if fact.table >= 0 for key in fact.keys if key.project != "all" and fact.amount.value
    }
    wanted = {key for key, amount in account.facts.items() if key.project != "all" and amount.value}
    if account.shape.style != "liaoning":  # the national form prints the execution rate without its target
        wanted = {key for key in wanted if (key.indicator, key.measure) != ("预算执行率", "target")}
    assert found == wanted


def test_whose_account_it_is(pair: tuple[Generated, Report]) -> None:
    account, read = pair
    assert (read.department, read.year) == (account.department, account.year)
    assert read.entities == (account.units if len(account.units) > 1 else ())


def test_words_of_the_forms(pair: tuple[Generated, Report]) -> None:
    account, read = pair
    tables = [table for table in read.tables if table.form.startswith("performance")]
    assert [table.project or "all" for table in tables] == [one.name for one in account.evaluations]
    for table, one in zip(tables, account.evaluations, strict=True):
        assert (table.texts["goal"], table.texts["completion"]) == (one.goal, one.completion)
        assert [item.level1 for item in table.indicators] == [target.level1 for target in one.targets]


def test_nothing_is_unread(pair: tuple[Generated, Report]) -> None:
    _, read = pair
    assert [unread for unread in read.unread if unread.place.table] == []
    assert [table.title for table in read.tables if not table.form] == []


def test_the_checks_find_nothing(pair: tuple[Generated, Report]) -> None:
    account, read = pair
    result = run(read)
    assert result.crashes == []
    told = [(f.check, f.message) for f in result.findings if f.check != NEGATIVE]
    assert told == []
    assert any(f.check == NEGATIVE for f in result.findings) == account.shape.negative


def test_an_account_in_yuan() -> None:
    account = generate(2)
    read = reread(report_of(account, "元"), account.shape.style)
    assert {f.check for f in run(read).findings} <= {NEGATIVE}
    amounts = {key: fact.amount for fact in read.facts if fact.table >= 0 for key in fact.keys}
    total = Key(year=account.year, flow="total_in")
    assert (amounts[total].unit, amounts[total].value) == ("元", account.true(flow="total_in"))


def test_the_account_of_one_unit() -> None:
    account = generate(12)
    unit = account.units[1]
    text = write_text(compose_tables(report_of(account), style(account.shape.style), unit))
    read = interpret(read_text(text.encode("utf-8"), "unit.txt"))
    assert read.department == unit
    wrong = [
        str(key)
        for fact in read.facts
        for key in fact.keys
        if fact.amount.value != rounded(account.facts.get(key._replace(entity=unit), NOTHING), "万元", 2).value
    ]
    assert wrong == []
