"""Several units: plain sum; transfers between them taken off both sides; each unit's own account."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from juesuan.app import Refused, load_account
from juesuan.compiling.consolidation import consolidated
from juesuan.compiling.contents import Elimination
from juesuan.generating import Shape, generate, report_of
from juesuan.model.accounts import Unit
from juesuan.model.amounts import Amount
from juesuan.model.keys import Key
from juesuan.services.building import build
from juesuan.services.loading import Build, Loaded, Sources
from tests.compiling.books import account_of, edited, generated_book
from tests.compiling.ledgers import write_ledger

SHAPE = Shape(style="national", year=2024, units=2, public_service=True, upward=True, superior=True)


def value(loaded: Loaded, **dims: str) -> Decimal:
    key = Key(year="2024", **dims)
    return next(fact.amount.value for fact in loaded.report.facts if key in fact.keys)


def test_a_transfer_counts_for_neither_side(tmp_path: Path) -> None:
    account = generate(11, SHAPE)
    write_ledger(account, tmp_path / "ledger.csv")
    sources = Sources(ledgers=(str(tmp_path / "ledger.csv"),))
    spent = next(k for k in account.facts if k.nature == "subsidy_down" and len(k.function) == 7 and k.entity == "all")
    income = next(k for k in account.facts if k.fund == "superior" and len(k.function) == 7 and k.entity == "all")
    one = Elimination(
        account.units[1], account.units[0], "subsidy_down", "superior", spent.function, income.function,
        Amount(Decimal("0.50"), 2, "万元"),
    )  # fmt: skip
    plain = load_account(str(generated_book(account, tmp_path / "a.xlsx", blank=True)), sources=sources)
    less = load_account(
        str(generated_book(account, tmp_path / "b.xlsx", blank=True, eliminations=[one])), sources=sources
    )
    half = Decimal("0.50")
    for dims in ({"flow": "income"}, {"flow": "expenditure"}, {"flow": "total_in"}, {"flow": "total_out"}):
        assert value(plain, **dims) - value(less, **dims) == half, dims
    assert value(plain, flow="expenditure", nature="basic") == value(less, flow="expenditure", nature="basic")
    for unit in account.units:
        assert value(plain, entity=unit, flow="income") == value(less, entity=unit, flow="income")


def test_workbooks_of_units_are_added_up(tmp_path: Path) -> None:
    first, second = generate(3, Shape(year=2024)), generate(4, Shape(year=2024))
    parts = {one.department: report_of(one) for one in (first, second)}
    figures = {figure.key: figure.amount.value for figure in consolidated(parts, (), "2024")}
    key = Key(year="2024", flow="expenditure")
    own = [figures[key._replace(entity=name)] for name in parts]
    assert figures[key] == sum(own)
    account = account_of(first)
    account.units = tuple(Unit(name) for name in parts)
    paths = [str(generated_book(one, tmp_path / f"{n}.xlsx")) for n, one in enumerate((first, second))]
    whole = generated_book(first, tmp_path / "whole.xlsx", blank=True)
    loaded = load_account(str(whole), sources=Sources(units=tuple(paths)))
    assert loaded.source == "各单位汇总"
    assert value(loaded, flow="expenditure") == sum(own)
    assert set(loaded.units) == set(parts)


def test_what_is_not_known_of_a_unit_is_a_gap_in_its_own_tables(tmp_path: Path) -> None:
    """The ledger knows the units' money, not their budgets for “三公”: the units' files are drafts that say so."""
    account = generate(11, SHAPE)
    write_ledger(account, tmp_path / "ledger.csv")
    book = generated_book(account, tmp_path / "a.xlsx", blank=True)
    loaded = load_account(str(book), sources=Sources(ledgers=(str(tmp_path / "ledger.csv"),)))
    built = build(loaded, Build(formats=("text",), draft=True))
    own = {name: content.decode("utf-8") for name, content in built.files.items() if name.startswith("各单位/")}
    assert len(own) == len(account.units)
    for name, text in own.items():
        assert name.endswith("（草稿）.txt")
        assert "待填" in text.partition("“三公”经费")[2]
    assert built.told is not None
    assert sum("只给了部门的数" in note for note in built.told.notes) == len(own)


def test_workbooks_of_units_that_do_not_belong_together(tmp_path: Path) -> None:
    whole = generated_book(generate(3, Shape(year=2024)), tmp_path / "whole.xlsx")
    first = generated_book(generate(4, Shape(year=2024)), tmp_path / "first.xlsx")
    coded = edited(first, {("部门信息", "B8"): "101"})
    other = edited(generated_book(generate(5, Shape(year=2024)), tmp_path / "other.xlsx"), {("部门信息", "B8"): "101"})
    earlier = generated_book(generate(6, Shape(year=2023)), tmp_path / "earlier.xlsx")
    trials = {
        "两份工作簿": (first, first),
        "单位代码都是 101": (coded, other),
        "是 2023，部门的是 2024": (first, earlier),
    }
    for words, units in trials.items():
        with pytest.raises(Refused, match=words) as refused:
            load_account(str(whole), sources=Sources(units=tuple(map(str, units))))
        assert "部门信息" in str(refused.value)
        assert refused.value.file == str(units[1])
