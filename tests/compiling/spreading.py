"""Published tables → a ledger in 元 with many rows that aggregates to them: seeded, the same for the same tables.

Amounts in 分 are sought that give every printed figure when rounded half up; each is then spread into entries over the
year with reversals (红字), or into treasury payments with returns (退回). Membership of a row in a figure is decided
here, by codes and names alone: the product is not asked. Refuses accounts with other money than the general public
budget, and tables that no amounts give.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import highspy

from juesuan.model.keys import ALL, Key
from juesuan.model.reports import Report

ENTRIES = (
    *("记账日期", "凭证字号", "核算单位", "会计科目编码", "会计科目名称", "摘要", "功能分类科目", "经济分类科目"),
    *("资金性质", "支出性质", "借方金额", "贷方金额"),
)
PAYMENTS = (
    *("支付日期", "支付凭证号", "预算单位", "功能科目", "部门预算支出经济分类", "资金性质", "支出类型"),
    *("支付金额（元）", "用途"),
)
NATURES = {"basic": "基本支出", "project": "项目支出"}
VEHICLES = {
    "30212": "three_public/overseas",
    "30217": "three_public/reception",
    "30231": "three_public/vehicles/running",
    "31013": "three_public/vehicles/purchase",
}
PER_WAN = 1_000_000
Row = tuple[str, ...]


@dataclass(frozen=True)
class Piece:
    """Spending of one function, nature and 款 by the general public budget; income of the same lines equals it."""

    function: str
    nature: str
    economic: str

    def belongs(self, key: Key) -> bool:
        """Whether it is a part of the figure."""
        if key.flow not in ("income", "total_in", "expenditure", "total_out"):
            return False
        groups = {ALL, "personnel" if self.economic[:3] in ("301", "303") else "running"}
        item = VEHICLES.get(self.economic, "")
        return (
            key.fund in (ALL, "fiscal", "general_public")
            and key.nature in (ALL, self.nature)
            and (key.function == ALL or self.function.startswith(key.function))
            and (key.economic in groups or self.economic.startswith(key.economic))
            and (key.item == ALL or (item + "/").startswith(key.item + "/"))
        )


def printed(report: Report) -> dict[Key, Decimal]:
    """The figures of this year's money in the tables, in 万元."""
    return {
        key: fact.amount.value
        for fact in report.facts
        for key in fact.keys
        if fact.table >= 0 and key.year == report.year and key.basis == "final" and key.measure == "amount"
        if key.project == ALL and key.indicator == ALL
    }


def pieces(figures: dict[Key, Decimal], year: str) -> list[Piece]:
    """Every function that is spent on, with every 款 of basic spending, or with one of projects."""
    line = Key(year=year, flow="expenditure", fund="general_public")
    codes = sorted(k.economic for k, v in figures.items() if v and len(k.economic) == 5)
    found = []
    for nature in NATURES:
        for function in sorted({k.function for k, v in figures.items() if v and len(k.function) == 7}):
            if figures.get(line._replace(nature=nature, function=function)):
                own = codes if nature == "basic" else ["30299"]
                found += [Piece(function, nature, code) for code in own]
    return found


def amounts(report: Report) -> dict[Piece, int]:
    """Amounts in 分 that give every figure of the tables."""
    figures = printed(report)
    parts = pieces(figures, report.year)
    solver = highspy.Highs()  # type: ignore[no-untyped-call]
    solver.silent()
    for number in range(len(parts)):
        solver.addVar(0, highspy.kHighsInf)
        solver.changeColIntegrality(number, highspy.HighsVarType.kInteger)
    for key, value in figures.items():
        own = [number for number, piece in enumerate(parts) if piece.belongs(key)]
        if own:
            middle = int(value * PER_WAN)
            # half a unit of the last place; off the edges, so that no figure hangs on the way of rounding
            slack = PER_WAN // 200 - 100 if value else 0
            solver.addRow(middle - slack, middle + slack, len(own), own, [1.0] * len(own))
        else:
            assert not value, key
    solver.run()
    assert solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
    found = zip(parts, solver.getSolution().col_value, strict=True)
    return {piece: round(value) for piece, value in found if round(value)}


def spread(total: int, chance: random.Random, most: int) -> list[int]:
    """The total in parts, some of them reversed and booked again."""
    cuts = sorted(chance.randrange(total + 1) for _ in range(chance.randint(most // 2, most)))
    parts = [after - before for before, after in zip([0, *cuts], [*cuts, total], strict=True) if after > before]
    again = [part for part in parts if chance.random() < 0.1]
    found = [*parts, *(-part for part in again), *again]
    chance.shuffle(found)
    return found


def yuan(cents: int) -> str:
    return f"{Decimal(cents) / 100:.2f}"


def keeper(function: str, units: Sequence[str]) -> str:
    """Which unit books a function: 事业运行 and 事业单位 lines the last, all else the first."""
    return units[-1] if function.endswith(("50", "02")) else units[0]


class Entries:
    """Entries of budgetary accounting: income, spending, payments, and the closing transfers of the year's end."""

    def __init__(self, report: Report, units: Sequence[str], seed: int) -> None:
        self.year, self.units, self.chance = report.year, units, random.Random(seed)
        self.spent = amounts(report)
        self.number = 0
        self.lines: dict[tuple[str, str], int] = {}
        for piece, total in self.spent.items():
            line = piece.function, NATURES[piece.nature]
            self.lines[line] = self.lines.get(line, 0) + total

    def rows(self, most: int = 60) -> Iterator[Row]:
        """At most so many parts an amount."""
        yield from self._spending(most)
        yield from self._income()
        yield from self._transfers()

    def _spot(self, function: str) -> tuple[str, str, str]:
        self.number += 1
        date = f"{self.year}-{self.chance.randint(1, 12):02}-{self.chance.randint(1, 28):02}"
        return date, f"记-{self.number:05}", keeper(function, self.units)

    def _spending(self, most: int) -> Iterator[Row]:
        for piece, total in self.spent.items():
            words = (piece.function, piece.economic, "一般公共预算", NATURES[piece.nature])
            for part in spread(total, self.chance, most):
                spot, summary = self._spot(piece.function), "报销费用" if part > 0 else "冲销前笔"
                yield (*spot, "7101", "行政支出", summary, *words, yuan(part), "")
                yield (*spot, "800101", "资金结存—零余额账户用款额度", summary, *[""] * 5, yuan(part))

    def _income(self) -> Iterator[Row]:
        for (function, nature), total in self.lines.items():
            for part in spread(total, self.chance, 12):
                spot, words = self._spot(function), ("收到用款额度", function, "", "一般公共预算", nature)
                yield (*spot, "800101", "资金结存—零余额账户用款额度", words[0], *[""] * 4, yuan(part), "")
                yield (*spot, "6001", "财政拨款预算收入", *words, "", yuan(part))

    def _transfers(self) -> Iterator[Row]:
        for (function, nature), total in self.lines.items():
            spot = (f"{self.year}-12-31", "转-00001", keeper(function, self.units))
            words = ("结转本年收支", function, "", "一般公共预算", nature)
            for account, name, debit in (("6001", "财政拨款预算收入", True), ("7101", "行政支出", False)):
                sides = (yuan(total), "") if debit else ("", yuan(total))
                yield (*spot, account, name, *words, *sides)
                yield (*spot, "8101", "财政拨款结转—本年收支结转", *words, *reversed(sides))


def payments(report: Report, units: Sequence[str], seed: int, most: int = 60) -> Iterator[Row]:
    """Treasury payments, some of them returned and paid again."""
    chance = random.Random(seed)
    for number, (piece, total) in enumerate(amounts(report).items(), 1):
        running = "人员经费" if piece.economic[:3] in ("301", "303") else "公用经费"
        kind = running if piece.nature == "basic" else "其他运转类项目"
        words = (keeper(piece.function, units), piece.function, piece.economic, "一般公共预算资金", kind)
        for n, part in enumerate(spread(total, chance, most), 1):
            date = f"{report.year}{chance.randint(1, 12):02}{chance.randint(1, 28):02}"
            yield (date, f"{number:03}{n:04}", *words, yuan(part), "支付款项" if part > 0 else "退回")


def written(path: Path, head: Row, rows: Iterable[Row]) -> Path:
    """The rows as CSV."""
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream).writerows([head, *rows])
    return path
