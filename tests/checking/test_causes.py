"""Causes: one wrong figure is one cause and is found; two are two; a wrong datum in all its places is one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from juesuan.checking import slips
from juesuan.checking.causes import Mistake, Search
from juesuan.checking.evaluation import evaluate
from juesuan.checking.expand import expand
from juesuan.checking.runner import run
from juesuan.model.reports import Fact, Report
from tests.checking.drafts import changed, draft, find, of_tables
from tests.checking.random_accounts import account

ROWS = {"201": "30.00", "20103": "30.00", "2010301": "20.00", "2010302": "10.00", "208": "7.00", "20805": "7.00"}
ROWS |= {"2080505": "4.00", "2080506": "3.00", "": "37.00"}


def two_tables(**wrong: str) -> Report:
    """Income and expenditure of a department with only general public money, with wrong figures put in."""
    lines = [f"totals | flow=income fund={fund} | " for fund in ("superior", "public_service", "commercial")]
    lines += [f"totals | flow=income fund={fund} | " for fund in ("subordinate", "other", "state_capital")]
    lines += ["totals | flow=income fund=government_funds | ", "totals | flow=income fund=general_public | 37.00"]
    lines += ["totals | flow=income | 37.00", "totals | flow=surplus_used | ", "totals | flow=opening | "]
    lines += ["fiscal | flow=expenditure fund=government_funds | ", "fiscal | flow=expenditure fund=state_capital | "]
    for code, figure in ROWS.items():
        row = f" function={code}" if code else ""
        for name, dims in (
            ("expenditure", f"flow=expenditure{row}"),
            ("general_public", f"flow=expenditure fund=general_public{row}"),
        ):
            lines.append(f"{name} | {dims} | {wrong.get(f'{name}_{code}', figure)}")
    return draft("\n".join(lines))


def mistakes(report: Report) -> list[Mistake]:
    expansion = expand(report)
    return Search(expansion, evaluate(expansion)).mistakes()


def firsts(found: Iterable[Mistake]) -> list[tuple[int, ...]]:
    return [mistake.guesses[0].figures for mistake in found]


def test_nothing_wrong() -> None:
    assert mistakes(two_tables()) == []


def test_one_wrong_figure_is_one_cause_with_its_slip() -> None:
    report = two_tables(expenditure_2080505="40.00")
    (finding,) = of_tables(report)
    (cause,) = run(report).causes
    wrong = find(report, "expenditure", "flow=expenditure function=2080505")
    assert finding.places == (wrong.place,)
    assert (finding.printed, finding.expected, finding.difference, finding.unit) == ("40.00", "4.00", "36.00", "万元")
    assert finding.advice == "请改为 4.00 万元"
    assert "一般公共预算表为 4.00" in finding.message
    assert {symptom.check for symptom in finding.symptoms} == {"EQ-DEDUCED", "EQ-PART-FUNCTION"} - {finding.check}
    assert [(e.figures, e.interval, e.value, e.slip) for e in cause.explanations] == [
        ((wrong.place,), ("3.99", "4.01"), "4.00", slips.POINT)
    ]


def test_a_missing_figure() -> None:
    report = two_tables(general_public_208="")
    (finding,) = of_tables(report)
    assert finding.places == (
        find(report, "general_public", "flow=expenditure fund=general_public function=208").place,
    )
    assert (finding.printed, finding.expected) == ("", "7.00")


def test_two_mistakes_that_meet_in_one_total() -> None:
    report = two_tables(expenditure_201="33.00", expenditure_208="9.00")
    wanted = [find(report, "expenditure", f"flow=expenditure function={code}").number for code in ("201", "208")]
    assert firsts(mistakes(report)) == [(number,) for number in wanted]


def test_a_wrong_datum_in_all_its_places_is_one_cause() -> None:
    report = two_tables(expenditure_2080505="4.50", general_public_2080505="4.50")
    (mistake,) = mistakes(report)
    names = [("expenditure", "flow=expenditure"), ("general_public", "flow=expenditure fund=general_public")]
    assert mistake.guesses[0].figures == tuple(find(report, t, f"{k} function=2080505").number for t, k in names)


def test_equally_good_explanations_are_all_named() -> None:
    report = draft(
        """
        income | flow=income function=20103 | 30.00
        income | flow=income function=2010301 | 16.57
        income | flow=income function=2010302 | 10.00
        """
    )
    (finding,) = of_tables(report)
    assert finding.message.startswith("下列数字至少有一处有误")
    assert {place.line for place in finding.places} == {fact.place.line for fact in report.facts}
    assert finding.printed == ""
    assert finding.confidence < 1


def test_a_contradiction_that_no_single_figure_explains() -> None:
    given = """
        basic | flow=expenditure fund=general_public nature=basic economic=309 | 5.00
        basic | flow=expenditure fund=general_public nature=basic economic=30901 | 5.00
        basic | flow=expenditure fund=general_public nature=basic economic=running | 5.00
        general_public | flow=expenditure fund=general_public nature=basic economic=running | 5.00
    """
    (finding,) = of_tables(draft(given, complete={"general_public": ""}))
    assert finding.check == "EQ-BASIC-CAPITAL"
    assert finding.places


def slip(random: Random, fact: Fact) -> str:
    """One digit, two swapped neighbours or a moved point, more than rounding could explain."""
    digits = str(int(abs(fact.amount.value) * 100))
    n = random.randrange(len(digits))
    other = random.choice([d for d in "0123456789" if d != digits[n]])
    ways = [digits[:n] + other + digits[n + 1 :], digits + "0"]
    if n and digits[n - 1] != digits[n]:
        ways.append(digits[: n - 1] + digits[n] + digits[n - 1] + digits[n + 1 :])
    return str(Decimal(random.choice(ways)) / 100)


@given(st.integers(0, 10**6))
def test_a_random_slip_is_one_cause_and_among_its_explanations(seed: int) -> None:
    report, random = account(seed), Random(seed)
    fact = random.choice([fact for fact in report.facts if fact.amount.value])
    found = mistakes(changed(report, fact.number, slip(random, fact)))
    assert len(found) <= 1
    assert all(any(guess.figures == (fact.number,) for guess in mistake.guesses) for mistake in found)


@given(st.integers(0, 10**6))
def test_two_far_slips_are_two_causes(seed: int) -> None:
    report, random = account(seed), Random(seed)
    live = [
        fact for fact in report.facts if fact.amount.value and report.tables[fact.table].form in {"income", "funds"}
    ]
    chosen = {report.tables[fact.table].form: fact for fact in random.sample(live, len(live))}
    for n, fact in enumerate(chosen.values()):
        report = changed(report, fact.number, str(fact.amount.value + Decimal("77.77") * (n + 1)))
    found = mistakes(report)
    assert len(found) == len(chosen)
    named = {figure for mistake in found for guess in mistake.guesses for figure in guess.figures}
    assert {fact.number for fact in chosen.values()} <= named


def test_hundreds_of_wrong_figures_end_in_bounded_time() -> None:
    report, random = account(3), Random(3)
    facts = [
        replace(fact, amount=replace(fact.amount, value=Decimal(random.randrange(90_000)) / 100))
        for fact in report.facts
    ]
    result = run(replace(report, facts=facts))
    assert [crash for crash in result.crashes if crash.check.startswith("EQ")] == []
    assert result.findings


@pytest.mark.parametrize(
    ("printed", "right", "name"),
    [
        (9063, 9043, slips.DIGIT),
        (9403, 9043, slips.SWAPPED),
        (546, 5046, slips.DROPPED),
        (90433, 9043, slips.DOUBLED),
        (90430, 9043, slips.POINT),
        (-9043, 9043, slips.SIGN),
        (0, 9043, slips.MISSING),
        (9043, 0, slips.EXTRA),
        (43, 9043, slips.NONE),
        (143, 43, slips.DOUBLED),
        (1234, 9043, slips.NONE),
    ],
)
def test_slips(printed: int, right: int, name: str) -> None:
    assert slips.name(printed, right) == name
    if name in {slips.DIGIT, slips.SWAPPED, slips.SIGN, slips.EXTRA}:
        assert right in set(slips.guesses(printed))
