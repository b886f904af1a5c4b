"""The equations as data: what is not wholly understood is refused; partitions replace levels that are not printed."""

from __future__ import annotations

from typing import Any

import pytest

from juesuan.checking.expand import expand
from juesuan.knowledge.equations import BadEquation, _equation, equations
from juesuan.knowledge.hierarchy import ancestors, divides, word
from juesuan.knowledge.nesting import plan
from tests.checking.drafts import draft

GOOD: dict[str, Any] = {
    "id": "EQ-X",
    "title": "",
    "says": "",
    "kind": "declared",
    "severity": "error",
    "basis": "",
    "absent": "",
    "terms": "income + [flow=opening fund=fiscal|all]? <= total_in",
}


def test_a_term_is_a_flow_or_a_key() -> None:
    equation = _equation(GOOD)
    assert equation.relation == ">="
    assert [(t.dims, t.coefficient, t.optional) for t in equation.terms] == [
        ({"flow": ("income",)}, -1, False),
        ({"flow": ("opening",), "fund": ("fiscal", "all")}, -1, True),
        ({"flow": ("total_in",)}, 1, False),
    ]


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"terms": "income = "}, "读不懂的项"),
        ({"terms": "income + opening"}, "应有一个"),
        ({"terms": "[flow] = total_in"}, "不认识的维度"),
        ({"terms": "[colour=red] = total_in"}, "不认识的维度 colour=red"),
        ({"tolerance": "0.01"}, "不认识的字段 tolerance"),
        ({"kind": "guess"}, "不认识的种类"),
    ],
)
def test_what_is_not_understood_is_refused(wrong: dict[str, str], why: str) -> None:
    with pytest.raises(BadEquation, match=why):
        _equation(GOOD | wrong)


def test_every_equation_says_what_it_is() -> None:
    for equation in equations():
        assert equation.id.startswith("EQ-")
        assert all((equation.title, equation.says, equation.basis, equation.absent))


@pytest.mark.parametrize(
    ("dimension", "value", "above"),
    [
        ("function", "2010301", ("20103", "201", "all")),
        ("function", "all", ()),
        ("fund", "state_capital", ("fiscal", "all")),
        ("economic", "30101", ("301", "personnel", "all")),
        ("economic", "39907", ("399", "running", "all")),
        ("economic", "running", ("all",)),
        ("item", "three_public/vehicles/running", ("three_public/vehicles", "three_public")),
        ("item", "education_fees", ("all",)),
        ("entity", "甲局执法队", ("all",)),
    ],
)
def test_ancestors(dimension: str, value: str, above: tuple[str, ...]) -> None:
    assert ancestors(dimension, value) == above


def test_only_income_is_divided_by_all_funds() -> None:
    assert divides("fund", "all", "income")
    assert not divides("fund", "all", "expenditure")
    assert divides("fund", "fiscal", "expenditure")
    assert not divides("item", "all", "income")


def test_words() -> None:
    assert word("fund", "government_funds") == "政府性基金预算"
    assert word("function", "20103") == "20103"


def test_a_level_that_is_not_printed_is_replaced_by_what_is_below_it() -> None:
    nesting = plan("function", ("all", "201", "2010301", "2010302", "20805"))
    assert nesting.parts == {"all": ("201", "20805"), "201": ("2010301", "2010302")}
    assert nesting.orphans == {"20103": ("2010301", "2010302"), "208": ("20805",)}


def test_parts_are_adopted_by_a_parent_in_another_table_only_if_they_can_be_all_of_it() -> None:
    given = """
        income | flow=income | 20.00
        fiscal | flow=income fund=fiscal | 12.00
        fiscal | flow=income fund=general_public | 10.00
        fiscal | flow=income fund=government_funds | 2.00
    """
    sums = [i for i in expand(draft(given)).identities if i.equation.id == "EQ-PART-FUND"]
    assert [identity.table for identity in sums] == [1]


def test_the_flat_rows_are_the_identities() -> None:
    expansion = expand(draft("income | flow=income function=201 | 3.00\nincome | flow=income function=20103 | 3.00"))
    rows = list(expansion.rows())
    assert [(identity, key.function, coefficient, fact) for identity, key, coefficient, fact in rows] == [
        (0, "201", 1, 0),
        (0, "20103", -1, 1),
    ]
