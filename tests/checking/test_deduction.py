"""Equal by deduction: which keys are led to one another, by which links, and which must not be."""

from __future__ import annotations

import pytest

from juesuan.checking.deduction import Deduction
from juesuan.checking.figures import Figures
from tests.checking.drafts import draft, key

NO_OTHER_BUDGET = """
    fiscal | flow=expenditure fund=fiscal | 677.92
    fiscal | flow=expenditure fund=general_public | 677.92
    fiscal | flow=expenditure fund=government_funds | 0.00
    fiscal | flow=expenditure fund=state_capital |
"""
ONLY_FISCAL = """
    totals | flow=income fund=general_public | 677.92
    totals | flow=income fund=superior |
    totals | flow=income fund=public_service |
    totals | flow=income fund=commercial |
    totals | flow=income fund=subordinate |
    totals | flow=income fund=other |
    totals | flow=surplus_used |
    totals | flow=opening | 0.00
"""


def alike(given: str, one: str, other: str, complete: dict[str, str] | None = None) -> bool:
    deduction = Deduction(Figures(draft(given, complete=complete)))
    return deduction.canonical(key(one))[0] == deduction.canonical(key(other))[0]


def test_without_other_budgets_the_appropriation_is_general_public() -> None:
    for row in ("", " function=201", " function=2010301"):
        assert alike(
            NO_OTHER_BUDGET, f"flow=expenditure fund=fiscal{row}", f"flow=expenditure fund=general_public{row}"
        )


@pytest.mark.parametrize(
    "other",
    [
        "flow=income fund=general_public",
        "year=2023 flow=expenditure fund=general_public",
        "flow=expenditure fund=general_public basis=initial",
        "flow=expenditure fund=general_public entity=甲局执法队",
        "flow=expenditure",
        "flow=expenditure fund=government_funds",
    ],
)
def test_zeros_prove_nothing_elsewhere(other: str) -> None:
    fiscal = " ".join(
        "fund=fiscal" if part == "fund=general_public" else part
        for part in other.split()
        if part != "fund=government_funds"
    )
    assert fiscal == other or not alike(NO_OTHER_BUDGET, fiscal, other)


def test_one_figure_that_is_not_zero_ends_it() -> None:
    row = "    fiscal | flow=expenditure fund=government_funds function=207 | 2.80\n"
    assert not alike(NO_OTHER_BUDGET + row, "flow=expenditure fund=fiscal", "flow=expenditure fund=general_public")


def test_a_budget_that_is_printed_nowhere_is_zero_only_in_a_complete_table() -> None:
    given = "fiscal | flow=expenditure fund=fiscal | 5.00\nfiscal | flow=expenditure fund=general_public | 5.00"
    keys = ("flow=expenditure fund=fiscal", "flow=expenditure fund=general_public")
    assert alike(given, *keys)
    assert not alike(given, *keys, complete={"fiscal": ""})


def test_all_expenditure_is_appropriation_where_there_is_no_other_money() -> None:
    row = ("flow=expenditure function=201", "flow=expenditure fund=fiscal function=201")
    assert alike(ONLY_FISCAL, *row)
    assert not alike(ONLY_FISCAL.replace("fund=other |", "fund=other | 3.00"), *row)
    assert not alike(ONLY_FISCAL.replace("flow=opening | 0.00", "flow=opening | 52.61"), *row)


def test_flows_coincide_at_totals_only() -> None:
    given = ONLY_FISCAL + NO_OTHER_BUDGET + "    totals | flow=distributed |\n    totals | flow=closing |\n"
    assert alike(given, "flow=income", "flow=total_in")
    assert alike(given, "flow=income", "flow=expenditure")
    assert not alike(given, "flow=income function=201", "flow=expenditure function=201")


def test_basic_is_all_where_nothing_else_was_spent() -> None:
    given = """
        general_public | flow=expenditure fund=general_public | 5.00
        general_public | flow=expenditure fund=general_public nature=basic | 5.00
        general_public | flow=expenditure fund=general_public nature=project |
    """
    basic = "flow=expenditure fund=general_public nature=basic function=201"
    assert alike(given, basic, "flow=expenditure fund=general_public function=201")
    assert not alike(
        given.replace("project |", "project | 1.00"), basic, "flow=expenditure fund=general_public function=201"
    )


def test_the_links_are_named() -> None:
    deduction = Deduction(Figures(draft(NO_OTHER_BUDGET)))
    assert deduction.canonical(key("flow=expenditure fund=general_public function=201"))[1] == (
        "政府性基金预算、国有资本经营预算为零",
    )
