"""Ledgers in 元 made from generated accounts: the same figures, the same tables; speed; closing transfers left out."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from xlsxwriter import Workbook

from juesuan.app import load_account
from juesuan.compiling.errors import EmptyLedger, RoundingImpossible
from juesuan.compiling.ledger import Ledger, read_ledgers
from juesuan.compiling.rounding import balanced, in_order
from juesuan.compiling.totals import Totals, totals
from juesuan.composing import compose_tables
from juesuan.documents.writing_text import write_text
from juesuan.generating import Generated, Shape, generate, report_of
from juesuan.knowledge.styles import style
from juesuan.services.loading import Sources
from tests.compiling.books import generated_book
from tests.compiling.ledgers import HEAD, write_ledger

SEEDS = range(0, 48, 4)
ELSEWHERE = ("procurement", "performance", "three_public/reception/")


def ledger_of(account: Generated, path: Path) -> tuple[Ledger, Totals]:
    write_ledger(account, path)
    several = len(account.units) > 1
    ledger = read_ledgers([str(path)], account.year, {name: name for name in account.units} if several else {})
    kinds = dict(zip(account.units, account.kinds, strict=True)) if several else {"all": account.kinds[0]}
    return ledger, totals(ledger.leaves, kinds)


@pytest.mark.parametrize("seed", SEEDS)
def test_every_figure_in_yuan(seed: int, tmp_path: Path) -> None:
    account = generate(seed)
    _, found = ledger_of(account, tmp_path / "ledger.csv")
    nothing = [key for key in found.figures if key not in account.facts]
    assert {str(key): found.figures[key] for key in nothing if found.figures[key]} == {}
    assert {str(k): v for k, v in found.figures.items() if k in account.facts and v != account.facts[k].value} == {}
    wanted = {
        str(key)
        for key, amount in account.facts.items()
        if amount.value and amount.unit == "元" and key.year == account.year and key.basis == "final"
        if key.project == "all" and not key.item.startswith(ELSEWHERE)
        if not (key.fund == "fiscal" and key.flow not in ("income", "expenditure") and key.function != "all")
    }
    assert wanted - {str(key) for key in found.figures} == set()


@pytest.mark.parametrize("seed", [1, 5, 9])
def test_the_same_tables(seed: int, tmp_path: Path) -> None:
    account = generate(seed)
    write_ledger(account, tmp_path / "ledger.csv")
    book = generated_book(account, tmp_path / "book.xlsx", blank=True)
    loaded = load_account(str(book), sources=Sources(ledgers=(str(tmp_path / "ledger.csv"),)))
    assert loaded.source == "账簿"
    chosen = style(account.shape.style)
    assert write_text(compose_tables(loaded.report, chosen)) == write_text(compose_tables(report_of(account), chosen))
    if len(account.units) > 1:
        assert set(loaded.units) == set(account.units)
        # a unit's own budgets stand in its own workbook
        chosen = replace(chosen, tables=tuple(form for form in chosen.tables if form != "three_public"))
        for name in account.units:
            own = compose_tables(loaded.units[name], chosen)
            assert write_text(own) == write_text(compose_tables(report_of(account), chosen, entity=name))


def test_beside_approved_tables_it_is_a_cross_check(tmp_path: Path) -> None:
    account = generate(4, Shape(year=2024))
    write_ledger(account, tmp_path / "ledger.csv")
    book = generated_book(account, tmp_path / "book.xlsx")
    sources = Sources(ledgers=(str(tmp_path / "ledger.csv"),))
    assert load_account(str(book), sources=sources).differences == []
    lines = (tmp_path / "ledger.csv").read_text("utf-8-sig").splitlines()
    at = next(n for n, line in enumerate(lines) if ",7101," in line)
    cells = lines[at].split(",")
    cells[11] = str(Decimal(cells[11]) + 50_000)
    (tmp_path / "ledger.csv").write_text("\n".join([*lines[:at], ",".join(cells), *lines[at + 1 :]]), "utf-8")
    first = load_account(str(book), sources=sources).differences[0]
    assert (first.source, first.other_source, abs(first.gap)) == ("批复表", "账簿", Decimal(50_000))


def test_kinds_of_files(tmp_path: Path) -> None:
    account = generate(2)
    path = tmp_path / "ledger.csv"
    _, wanted = ledger_of(account, path)
    units = {name: name for name in account.units} if len(account.units) > 1 else {}
    text = path.read_text("utf-8-sig")
    (tmp_path / "gbk.csv").write_bytes(("某局总账\n\n" + text).encode("gb18030"))
    (tmp_path / "tabs.txt").write_text(text.replace(",", "\t"), "utf-8")
    book = Workbook(tmp_path / "ledger.xlsx")
    sheet = book.add_worksheet("明细账")
    for r, line in enumerate(text.splitlines(), 2):
        for c, cell in enumerate(line.split(",")):
            if r > 2 and c > 10 and cell:
                sheet.write_number(r, c, Decimal(cell))  # type: ignore[arg-type]
            else:
                sheet.write_string(r, c, cell)
    book.close()
    duckdb.sql(f"copy (from read_csv('{path}', all_varchar=true)) to '{tmp_path / 'ledger.parquet'}'")
    for name in ("gbk.csv", "tabs.txt", "ledger.xlsx", "ledger.parquet"):
        found = totals(read_ledgers([str(tmp_path / name)], account.year, units).leaves)
        assert {k: v for k, v in wanted.figures.items() if k.item != "agency_running_costs"} == found.figures, name


def test_two_ledgers_are_one(tmp_path: Path) -> None:
    account = generate(0, Shape(year=2024, units=0, prior=False))
    ledger, _ = ledger_of(account, tmp_path / "all.csv")
    lines = (tmp_path / "all.csv").read_text("utf-8-sig").splitlines()
    half = len(lines) // 2
    for name, part in (("a.csv", lines[1:half]), ("b.csv", lines[half:])):
        (tmp_path / name).write_text("\n".join([lines[0], *part]), "utf-8")
    both = read_ledgers([str(tmp_path / "a.csv"), str(tmp_path / "b.csv")], "2024", {})
    assert [leaf for leaf in both.leaves if leaf[0].flow != "closing"] == [
        leaf for leaf in ledger.leaves if leaf[0].flow != "closing"
    ]


def test_payments_of_the_treasury(tmp_path: Path) -> None:
    """No accounts: every payment is spending, and as much income."""
    (tmp_path / "pay.csv").write_text(
        "支付日期,预算单位名称,支出功能分类科目,部门预算支出经济分类科目,资金性质,支出类型,支付金额（元）\n"
        '2024-03-01,某局,2010301 行政运行,30201 办公费,一般公共预算资金,公用经费,"1,000.50"\n'
        "2024-04-01,某局,2010302,30231,一般公共预算资金,项目支出,¥ 200\n",
        "utf-8",
    )
    found = read_ledgers([str(tmp_path / "pay.csv")], "2024", {})
    figures = {str(key): value for key, value in totals(found.leaves).figures.items()}
    assert figures["year=2024 flow=expenditure"] == figures["year=2024 flow=income fund=fiscal"] == Decimal("1200.50")
    assert figures["year=2024 flow=closing"] == 0
    assert figures["year=2024 flow=expenditure fund=fiscal item=three_public"] == 200
    assert found.notes == ["账簿没有会计科目，按国库支付明细处理：财政拨款收入等于支付数"]


@pytest.mark.parametrize("seed", range(6))
def test_controlled_rounding(seed: int, tmp_path: Path) -> None:
    _, found = ledger_of(generate(seed), tmp_path / "ledger.csv")
    amounts = balanced(found, "ledger.csv")
    assert in_order(amounts, found)
    parts = {key: sum((amounts[leaf].value for leaf in leaves), Decimal(0)) for key, leaves in _children(found).items()}
    assert {str(key): (amounts[key].value, total) for key, total in parts.items() if amounts[key].value != total} == {}


def _children(found: Totals) -> dict:  # type: ignore[type-arg]
    """Totals by function → the items of which they are the sum."""
    result = {}
    for key in found.figures:
        if key.function == "all" and key.flow == "expenditure" and key.item == "all" and key.economic == "all":
            items = [k for k in found.figures if k._replace(function="all") == key and len(k.function) == 7]
            if items:
                result[key] = items
    return result


def test_a_rounding_that_cannot_be(tmp_path: Path) -> None:
    """Three leaves in a ring of three totals: each half a step, so that no whole steps fit."""
    from juesuan.model.keys import parse_key

    half = Decimal(50)
    found = Totals()
    a, b, c = (parse_key(f"year=2024 flow=expenditure fund=general_public function={code}") for code in ("2", "3", "4"))
    found.leaves = [(a, half), (b, half), (c, half)]
    for name, pair in (("x", [0, 1]), ("y", [1, 2]), ("z", [0, 2])):
        key = a._replace(function=name)
        found.parts[key], found.figures[key] = pair, Decimal(100)
    with pytest.raises(RoundingImpossible, match="没有一种舍入办法"):
        balanced(found, "ledger.csv")


def test_rounding_is_refused_where_approved_tables_bind(tmp_path: Path) -> None:
    account = generate(0)
    write_ledger(account, tmp_path / "ledger.csv")
    book = generated_book(account, tmp_path / "book.xlsx")
    sources = Sources(ledgers=(str(tmp_path / "ledger.csv"),), balanced=True)
    with pytest.raises(Exception, match="批复表的数不能再作舍入调整"):
        load_account(str(book), sources=sources)


def test_a_ledger_without_a_row_is_refused(tmp_path: Path) -> None:
    empty = tmp_path / "empty.csv"
    empty.write_text(",".join(HEAD) + "\n", "utf-8")
    with pytest.raises(EmptyLedger, match="账簿里没有一行数"):
        read_ledgers([str(empty)], "2024", {})


def test_the_head_of_a_test_ledger_is_known() -> None:
    from juesuan.compiling.ledger_words import columns_of

    assert len(columns_of(HEAD)) == len(HEAD)
