"""About (概况): counts of offices, units and projects, the money of the projects, and how they were marked.

What the explanation says of an account besides its tables. Refuses an average where nothing was evaluated.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal

from juesuan.generating.projects import HUNDREDTH, Evaluation
from juesuan.generating.sums import FUNDS
from juesuan.model.amounts import Amount
from juesuan.model.keys import ALL, Key

Facts = dict[Key, Amount]
GRADES = (("excellent", 90, 101), ("good", 80, 90), ("qualified", 60, 80), ("unqualified", 0, 60))
STEPS = ("performance", "performance/goals", "performance/tracking")
"""自评, 编报绩效目标, 跟踪评价: the same projects in each"""


def about(year: str, evaluations: Sequence[Evaluation], offices: int, units: int) -> Facts:
    """The facts, by the keys of the sentences that state them."""
    key = Key(year=year)
    done = [one for one in evaluations if one.name != ALL]
    facts = {
        _count(key, "organisation/offices"): _number(offices),
        _count(key, "organisation/units"): _number(units),
        **{_count(key, f"performance/problems{part}"): _number(0) for part in ("", "/solved", "/open")},
    }
    for grade, low, high in GRADES:
        found = sum(low <= one.score < high for one in done)
        facts[_count(key, f"performance/grade/{grade}")] = _number(found)
    for step in STEPS:
        facts |= _projects(key, step, done)
    for fund in FUNDS:
        facts |= _projects(key._replace(fund=fund), STEPS[0], [one for one in done if one.fund == fund])
    if done:
        average = sum((one.score for one in done), Decimal(0)) / len(done)
        marks = Amount(average.quantize(HUNDREDTH, ROUND_HALF_UP), 2, "分")
        facts[key._replace(item="performance/average", measure="score")] = marks
    return facts


def _projects(key: Key, step: str, done: Sequence[Evaluation]) -> Facts:
    """How many projects, what they cost (涉及资金) and their full-year budget (涉及预算金额)."""
    funds = key._replace(flow="expenditure", item=f"{step}/funds")
    return {
        _count(key, f"{step}/projects"): _number(len(done)),
        funds: _money(one.final for one in done),
        funds._replace(basis="budget"): _money(one.full_year for one in done),
    }


def _money(amounts: Iterable[Decimal]) -> Amount:
    return Amount(sum(amounts, Decimal(0)), 2, "元")


def _count(key: Key, item: str) -> Key:
    return key._replace(item=item, measure="count")


def _number(count: int) -> Amount:
    return Amount(Decimal(count), 0, "个")
