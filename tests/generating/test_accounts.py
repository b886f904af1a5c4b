"""Made-up accounts are consistent by construction, and what their shape asks for is in them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from juesuan.generating import Generated, Shape, generate, report_of, shape_of
from juesuan.generating.reports import rounded
from juesuan.knowledge.classifications import function_name
from juesuan.knowledge.styles import styles
from juesuan.model.amounts import Amount
from juesuan.model.keys import ALL, Key

SEEDS = range(24)
FULL = Shape(
    "national",
    2024,
    units=3,
    government_funds=True,
    state_capital=True,
    carryover=True,
    superior=True,
    public_service=True,
    commercial=True,
    subordinate=True,
    other=True,
    upward=True,
    projects=4,
)
NATURES = ("basic", "project", "remitted_up", "commercial", "subsidy_down")
FUNDS = ("general_public", "government_funds", "state_capital")
OTHER = ("superior", "public_service", "commercial", "subordinate", "other")


@pytest.fixture(scope="module", params=SEEDS, ids=lambda seed: f"seed {seed}")
def account(request: pytest.FixtureRequest) -> Generated:
    return generate(request.param)


def total(account: Generated, *flows: str, **dims: str) -> Decimal:
    return sum((account.true(flow=flow, **dims) for flow in flows), Decimal(0))


def test_what_comes_in_goes_out(account: Generated) -> None:
    years = [account.year, str(int(account.year) - 1)] if account.shape.prior else [account.year]
    for year in years:
        for fund in (ALL, "fiscal", *FUNDS):
            came = total(account, "opening", "income", "surplus_used", fund=fund, year=year)
            went = total(account, "expenditure", "distributed", "closing", fund=fund, year=year)
            assert came == went == account.true(flow="total_in", fund=fund, year=year)
            assert went == account.true(flow="total_out", fund=fund, year=year)


def test_parts_make_up_their_totals(account: Generated) -> None:
    assert account.true(flow="income") == sum(account.true(flow="income", fund=f) for f in ("fiscal", *OTHER))
    assert account.true(flow="expenditure") == sum(account.true(flow="expenditure", nature=n) for n in NATURES)
    for flow in ("opening", "income", "expenditure", "closing", "total_in", "total_out"):
        assert account.true(flow=flow, fund="fiscal") == sum(account.true(flow=flow, fund=f) for f in FUNDS)
    items = ("overseas", "vehicles/purchase", "vehicles/running", "reception")
    for basis in ("initial", "full_year", "final"):
        line = {"flow": "expenditure", "fund": "fiscal", "basis": basis}
        parts = sum(account.true(item=f"three_public/{item}", **line) for item in items)
        assert account.true(item="three_public", **line) == parts


def test_functional_and_economic_items_agree(account: Generated) -> None:
    spent = {"flow": "expenditure", "fund": "general_public"}
    for function, classes in (
        ("2080505", "30108"),
        ("2080506", "30109"),
        ("2210201", "30113"),
        ("21011", "30110 30111"),
    ):
        economic = sum(account.true(nature="basic", economic=code, **spent) for code in classes.split())
        assert account.true(function=function, **spent) == economic
    personnel, running = (account.true(nature="basic", economic=e, **spent) for e in ("personnel", "running"))
    assert personnel + running == account.true(nature="basic", **spent)


def test_basic_spending_is_a_floor_for_three_public(account: Generated) -> None:
    for code, item in (("30212", "overseas"), ("30217", "reception"), ("30231", "vehicles/running")):
        basic = account.true(flow="expenditure", fund="general_public", nature="basic", economic=code)
        assert basic <= account.true(flow="expenditure", fund="general_public", item=f"three_public/{item}")


def test_the_department_is_the_sum_of_its_units(account: Generated) -> None:
    if len(account.units) > 1:
        assert all(account.true(flow="expenditure", entity=unit) for unit in account.units)
        for flow in ("income", "expenditure", "closing"):
            parts = [account.true(flow=flow, entity=unit) for unit in account.units]
            assert account.true(flow=flow) == sum(parts)


def test_last_years_closing_is_this_years_opening(account: Generated) -> None:
    before = str(int(account.year) - 1)
    if not account.shape.prior:
        assert account.true(flow="opening") == 0
        assert not any(key.year == before for key in account.facts)
    for fund in (ALL, *FUNDS) if account.shape.prior else ():
        assert account.true(flow="opening", fund=fund) == account.true(flow="closing", fund=fund, year=before)


def test_nothing_that_prints_as_zero_is_not(account: Generated) -> None:
    money = [a.value for k, a in account.facts.items() if a.unit == "元" and k.item == ALL]
    assert [value for value in money if 0 < abs(value) < 100] == []


def test_codes_are_those_of_the_year(account: Generated) -> None:
    codes = {key.function for key in account.facts if key.function != ALL}
    assert [code for code in codes if function_name(code, account.year) is None] == []


def test_vehicles_and_awards(account: Generated) -> None:
    kinds = [
        a.value for key, a in account.facts.items() if key.entity == ALL and key.item.startswith("assets/vehicles/")
    ]
    vehicles = account.true(item="assets/vehicles", measure="count")
    held = account.true(fund="fiscal", item="three_public/vehicles/running/held", measure="count")
    assert sum(kinds) == vehicles >= held
    spent, sme, micro = (
        account.true(flow="expenditure", item=f"procurement{part}") for part in ("", "/awards/sme", "/awards/micro")
    )
    assert spent >= sme >= micro


def test_projects_and_their_marks(account: Generated) -> None:
    for one in account.evaluations:
        assert sum(target.weight for target in one.targets) == 100
        assert all(0 <= target.score <= target.weight for target in one.targets)
        assert len({target.name for target in one.targets}) == len(one.targets)
    assert sum(one.final for one in account.projects) <= account.true(flow="expenditure", nature="project")


def test_all_that_a_shape_asks_for_is_there() -> None:
    account = generate(3, FULL)
    for fund in (*FUNDS, "public_service", "commercial", "subordinate"):
        assert account.true(flow="income", fund=fund) > 0, fund
    for nature in NATURES:
        assert account.true(flow="expenditure", nature=nature) > 0, nature
    assert account.true(flow="opening", fund="fiscal") > 0
    assert len(account.units) >= 3


def test_a_loss_stays_as_a_negative_balance() -> None:
    account = generate(3, replace(FULL, loss=True))
    line = {"fund": "commercial"}
    assert account.true(flow="income", **line) < account.true(flow="expenditure", nature="commercial")


def test_a_reversal_is_negative() -> None:
    spent = generate(1, Shape(negative=True)).true(flow="expenditure", fund="general_public", function="2089999")
    assert spent < 0


def test_one_seed_is_one_account() -> None:
    assert generate(5) == generate(5)
    assert generate(5).facts != generate(6).facts


def test_seeds_cover_styles_and_years() -> None:
    shapes = [shape_of(seed) for seed in range(24)]
    assert len({(shape.style, shape.year) for shape in shapes}) == 24
    assert {shape.style for shape in shapes} == set(styles())


def test_money_is_rounded_once_and_half_up() -> None:
    assert rounded(Amount(Decimal("12345.00"), 2, "元"), "万元", 2).value == Decimal("1.23")
    assert rounded(Amount(Decimal("12350.00"), 2, "元"), "万元", 2).value == Decimal("1.24")
    assert rounded(Amount(Decimal("-12350.00"), 2, "元"), "万元", 2).value == Decimal("-1.24")
    assert rounded(Amount(Decimal(4), 0, "辆"), "万元", 2) == Amount(Decimal(4), 0, "辆")


def test_totals_are_not_sums_of_rounded_parts() -> None:
    account = generate(0)
    report = report_of(account)
    by_key = {fact.keys[0]: fact.amount for fact in report.facts}
    key = Key(year=account.year, flow="expenditure")
    assert by_key[key].value == (account.facts[key].value / 10000).quantize(Decimal("0.01"), "ROUND_HALF_UP")


@pytest.mark.parametrize("wrong", [{"style": "beijing"}, {"year": 2018}])
def test_a_shape_that_is_none_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"2018|beijing"):
        Shape(**wrong)  # type: ignore[arg-type]
