"""Whole documents of made-up accounts, written and read back: the generator's own figures, nothing for checks to find.

JUESUAN_ACCOUNTS says how many (make test: 24; the long run: 200).
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from juesuan.checking.runner import run
from juesuan.composing.document import Composed, compose
from juesuan.documents.text import read_text
from juesuan.documents.writing_text import write_text
from juesuan.generating import Generated, account_of, generate, report_of
from juesuan.generating.reports import rounded
from juesuan.knowledge.styles import style
from juesuan.model.findings import Severity
from juesuan.model.keys import ALL, Key, parse_key
from juesuan.model.reports import Fact, Report
from juesuan.understanding import interpret

SEEDS = range(int(os.environ.get("JUESUAN_ACCOUNTS", "24")))
GP, GF, SC = "fund=general_public", "fund=government_funds", "fund=state_capital"
VISITS = ("overseas", "vehicles", "vehicles/purchase", "vehicles/running", "reception")
#: what every explanation states, zero or not, written down from the published forms and not from our data files
ALWAYS = (
    "flow=total_in",
    "flow=total_out",
    "flow=income",
    "flow=expenditure",
    "flow=total_in fund=fiscal",
    "flow=total_out fund=fiscal",
    f"flow=expenditure {GP}",
    f"flow=expenditure {GP} nature=basic",
    f"flow=expenditure {GP} nature=basic economic=personnel",
    f"flow=expenditure {GP} nature=basic economic=running",
    f"basis=initial flow=expenditure {GP}",
    "item=assets/vehicles measure=count",
    "item=assets/equipment_over_100 measure=count",
    "item=organisation/offices measure=count",
)
#: what is stated where it is not zero; * runs over the values that have a figure
WHERE_LIVE = (
    "flow=income fund=fiscal",
    "flow=income fund=superior",
    "flow=income fund=public_service",
    "flow=income fund=commercial",
    "flow=income fund=subordinate",
    "flow=income fund=other",
    "flow=expenditure nature=*",
    f"flow=expenditure {GP} function=*",
    f"basis=initial flow=expenditure {GP} function=*",
    f"flow=income {GF}",
    f"flow=expenditure {GF}",
    f"flow=income {SC}",
    f"flow=expenditure {SC}",
    f"flow=expenditure {GP} item=agency_running_costs",
    "flow=expenditure item=procurement",
    "flow=expenditure item=procurement/goods",
    "flow=expenditure item=procurement/works",
    "flow=expenditure item=procurement/services",
)


@pytest.fixture(scope="module", params=SEEDS, ids=lambda seed: f"seed {seed}")
def account(request: pytest.FixtureRequest) -> Generated:
    return generate(request.param)


@pytest.fixture(scope="module")
def composed(account: Generated) -> Composed:
    return compose(report_of(account), account_of(account), style(account.shape.style))


@pytest.fixture(scope="module")
def read(composed: Composed) -> Report:
    return interpret(read_text(write_text(composed.blocks).encode("utf-8"), "generated.txt"))


def spoken(report: Report) -> Iterator[Fact]:
    """The figures of the explanation, without the rules in the notes of performance forms."""
    for fact in report.facts:
        if fact.table < 0 and fact.section >= 0 and not fact.keys[0].indicator.endswith(("指标", "率", "偏差")):
            yield fact


def own(account: Generated, key: Key) -> Key:
    """The generator's key: it says which fund pays for journeys and cars, and 预算数 of no said kind is the initial."""
    if key.item.startswith("three_public") and key.measure == "count":
        return key._replace(fund="general_public")
    if key.basis == "budget" and key not in account.facts:
        return key._replace(basis="initial")
    return key


def test_every_stated_figure_is_the_generators(account: Generated, read: Report) -> None:
    wrong = []
    for fact in spoken(read):
        for key in fact.keys:
            true = account.facts.get(own(account, key))
            if true is None or fact.amount.value != rounded(true, "万元", 2).value:
                wrong.append((str(key), fact.amount.show(), true))
    assert wrong == []


def wanted(account: Generated) -> Iterator[Key]:
    year = f"year={account.year} "
    yield from (parse_key(year + text) for text in ALWAYS)
    for text in WHERE_LIVE:
        pattern = parse_key(year + text.replace("=*", f"={ALL}"))
        if "*" not in text:
            yield from [pattern] if account.facts.get(pattern) and account.facts[pattern].value else []
            continue
        name = text.split("=*")[0].split()[-1]
        for key, amount in account.facts.items():
            value = getattr(key, name)
            lowest = name != "function" or len(value) == 7
            if value != ALL and lowest and amount.value and key._replace(**{name: ALL}) == pattern:
                yield key
    fund = "fiscal" if account.shape.style == "shanghai" else None
    if account.true(flow="expenditure", fund="general_public", item="three_public"):
        for part in ("", *(f"/{visit}" for visit in VISITS)):
            key = parse_key(f"{year}flow=expenditure {GP} item=three_public{part}")
            yield key._replace(fund=fund) if fund else key


def test_every_figure_of_the_form_is_stated(account: Generated, read: Report) -> None:
    found = {key for fact in spoken(read) for key in fact.keys}
    found |= {key._replace(fund=fund) for key in found if key.item.startswith("three_public") for fund in FISCAL}
    assert [str(key) for key in wanted(account) if key not in found] == []


FISCAL = ("general_public", "fiscal")
"""national forms changed from one to the other in 2022"""


def test_nothing_is_lacking(composed: Composed) -> None:
    assert composed.gaps == ()


def test_nothing_is_unread(read: Report) -> None:
    assert [(unread.quote, unread.reason) for unread in read.unread] == []


def test_the_checks_find_nothing(account: Generated, read: Report) -> None:
    """What they ask about an account of its shape has its answer in the account."""
    result = run(read)
    answered = {answer.check for answer in account_of(account).answers}
    assert result.crashes == []
    told = [(f.severity.word, f.check, f.message) for f in result.findings if f.check not in answered]
    assert told == []
    assert all(f.severity < Severity.ERROR for f in result.findings)


def test_the_same_account_gives_the_same_text(account: Generated, composed: Composed) -> None:
    again = compose(report_of(account), account_of(account), style(account.shape.style))
    assert write_text(again.blocks) == write_text(composed.blocks)
