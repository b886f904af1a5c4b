"""The rounding law: what an identity may be off by, and what becomes of it beyond that."""

from __future__ import annotations

from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from juesuan.checking.evaluation import Verdict, evaluate
from juesuan.checking.expand import expand
from juesuan.checking.setwise import evaluate_setwise
from juesuan.model.reports import Report
from tests.checking.drafts import changed, draft
from tests.checking.random_accounts import account


def verdicts(report: Report, name: str) -> list[Verdict]:
    expansion = expand(report)
    outcomes = evaluate(expansion)
    return [outcomes.verdict[i.number] for i in expansion.identities if i.equation.id == name]


@pytest.mark.parametrize(
    ("total", "parts", "verdict"),
    [
        ("3.00", ["1.00", "2.00"], Verdict.PASSED),
        ("3.01", ["1.00", "2.00"], Verdict.ROUNDED),  # three non-zero terms: 1.5 units
        ("3.02", ["1.00", "2.00"], Verdict.ERROR),
        ("3.02", ["1.00", "2.00", "0.00"], Verdict.WARNING),  # four terms: 2 units, one of them a zero
        ("0.01", ["0.00", ""], Verdict.WARNING),
        ("0.02", ["0.00", ""], Verdict.ERROR),
        ("", ["0.00", ""], Verdict.PASSED),
        ("-3.00", ["-1.00", "-2.00"], Verdict.PASSED),
        ("3.0", ["1.00", "2.04"], Verdict.INFO),  # 3.0 for a figure of two decimals: 3.00, else 3.0 ± 0.05
        ("3.0", ["1.00", "2.20"], Verdict.ERROR),
        ("123456789012345678901234567890.12", ["123456789012345678901234567890.00", "0.12"], Verdict.PASSED),
    ],
)
def test_sum(total: str, parts: list[str], verdict: Verdict) -> None:
    lines = [f"income | flow=income function=201 | {total}"]
    lines += [f"income | flow=income function=2010{n} | {part}" for n, part in enumerate(parts)]
    assert verdicts(draft("\n".join(lines)), "EQ-PART-FUNCTION") == [verdict]


@pytest.mark.parametrize(
    ("figures", "verdict"),
    [
        (("9.14", "9.14"), Verdict.PASSED),
        (("9.14", "9.15"), Verdict.INFO),
        (("0.00", "0.01"), Verdict.INFO),
        (("9.14", "9.16"), Verdict.ERROR),
        (("9.14", "91372.50 元"), Verdict.ROUNDED),
        (("9.14", "91300.00 元"), Verdict.ERROR),
        (("9.10", "9.1"), Verdict.PASSED),
        (("9.14", "9.1"), Verdict.INFO),
        (("9.14", "0.000914 亿元"), Verdict.PASSED),
    ],
)
def test_same_fact(figures: tuple[str, str], verdict: Verdict) -> None:
    given = "\n".join(f"totals#{n} | flow=income | {figure}" for n, figure in enumerate(figures))
    assert verdicts(draft(given, complete={"totals": ""}), "EQ-AGREE") == [verdict]


def test_slack_of_a_deduction_is_the_sum_of_its_links() -> None:
    zeros = "".join(f"totals | flow=income fund={fund} | \n" for fund in ("superior", "public_service", "commercial"))
    zeros += "".join(f"totals | flow=income fund={fund} | \n" for fund in ("subordinate", "other"))
    zeros += "".join(f"fiscal | flow=income fund={fund} | \n" for fund in ("government_funds", "state_capital"))
    one_link = zeros + "fiscal | flow=income fund=general_public | 9.14\nincome | flow=income fund=fiscal | 9.16"
    two_links = zeros + "fiscal | flow=income fund=general_public | 9.14\nincome | flow=income | 9.16"
    incomplete = {"totals": "", "fiscal": "", "income": ""}

    def live(text: str) -> list[Verdict]:
        return [v for v in verdicts(draft(text, complete=incomplete), "EQ-DEDUCED") if v is not Verdict.PASSED]

    assert live(one_link) == [Verdict.ERROR]
    assert live(two_links) == [Verdict.ROUNDED]


@given(st.integers(0, 10**6))
def test_a_consistent_account_fails_nothing(seed: int) -> None:
    outcomes = evaluate(expand(account(seed)))
    assert [verdict for verdict in outcomes.verdict if verdict > Verdict.INFO] == []


@given(st.integers(0, 10**6))
def test_both_evaluators_agree(seed: int) -> None:
    report, random = account(seed), Random(seed)
    for _ in range(random.randrange(4)):
        fact = random.choice(report.facts)
        moved = Decimal(random.choice(["0.01", "-0.01", "0.02", "7.00", "-90.00"]))
        report = changed(report, fact.number, str(fact.amount.value + moved))
    expansion = expand(report)
    assert evaluate_setwise(expansion) == evaluate(expansion).verdict
