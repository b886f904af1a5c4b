"""A ledger in 元 that aggregates to a generated account: entries of budgetary accounting with closing transfers."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from juesuan.generating import Generated
from juesuan.model.keys import ALL, Key

HEAD = (
    *("日期", "凭证号", "单位", "科目编码", "科目名称", "摘要", "功能分类科目编码", "经济分类科目编码"),
    *("资金性质", "支出性质", "项目", "借方金额", "贷方金额"),
)
FUNDS = {"general_public": "一般公共预算", "government_funds": "政府性基金预算", "state_capital": "国有资本经营预算"}
OWN = {
    "superior": ("6201", "上级补助预算收入"),
    "public_service": ("6101", "事业预算收入"),
    "commercial": ("6401", "经营预算收入"),
    "subordinate": ("6301", "附属单位上缴预算收入"),
    "other": ("6609", "其他预算收入"),
}
NATURES = {"basic": "基本支出", "project": "项目支出"}
OTHERS = {"commercial": "7301", "remitted_up": "7401", "subsidy_down": "7501"}
THREE = {
    "30212": "three_public/overseas",
    "30217": "three_public/reception",
    "30231": "three_public/vehicles/running",
    "31013": "three_public/vehicles/purchase",
}
ZERO = Decimal(0)
Row = tuple[str, ...]


class Writer:
    """The rows of one unit."""

    def __init__(self, account: Generated, unit: str) -> None:
        self.unit = unit
        entity = unit if len(account.units) > 1 else ALL
        self.facts = {
            key._replace(entity=ALL): amount.value
            for key, amount in account.facts.items()
            if key.entity == entity and key.year == account.year and key.basis == "final" and amount.unit == "元"
        }
        self.year = account.year
        self.number = 0

    def row(self, account: str, name: str, amount: Decimal, **words: str) -> Row:
        """One entry; its side is that on which the account grows."""
        self.number += 1
        debit = account.startswith("7") or words.get("side") == "debit"
        both = (str(amount), "") if debit else ("", str(amount))
        date, voucher = f"{self.year}-{self.number % 12 + 1:02}-10", f"记{self.number}"
        return (
            *(date, voucher, self.unit, account, name, words.get("summary", "办理业务")),
            *(words.get("function", ""), words.get("economic", ""), words.get("fund", "")),
            *(words.get("nature", ""), "", *both),
        )

    def of(self, **dims: str) -> Decimal:
        return self.facts.get(Key(year=self.year, **dims), ZERO)

    def functions(self, **dims: str) -> list[tuple[str, Decimal]]:
        """Items with an amount, everything else being as given."""
        pattern = Key(year=self.year, **dims)
        found = [(key.function, value) for key, value in self.facts.items() if len(key.function) == 7]
        keys = {key.function for key in self.facts if key == pattern._replace(function=key.function)}
        return sorted({(f, self.of(**dims, function=f)) for f, _ in found if f in keys})

    def rows(self) -> Iterator[Row]:
        for fund, word in FUNDS.items():
            for nature in NATURES:
                yield from self._fiscal(fund, word, nature)
        yield from self._own()
        yield from self._transfers()

    def _fiscal(self, fund: str, word: str, nature: str) -> Iterator[Row]:
        line = {"fund": fund, "nature": nature}
        words = {"fund": word, "nature": NATURES[nature]}
        for function, amount in self.functions(flow="income", **line):
            if amount:
                yield self.row("6001", "财政拨款预算收入", amount, function=function, **words)
        spent = [(f, a) for f, a in self.functions(flow="expenditure", **line) if a]
        basic = fund == "general_public" and nature == "basic"
        economic = self._basic() if basic else self._project(fund, sum((a for _, a in spent), ZERO))
        for function, code, amount in transport(spent, economic):
            yield self.row("7101", "行政支出", amount, function=function, economic=code, **words)
        for flow, summary in (("opening", "年初余额"), ("closing", "年末余额")):
            for balance, account in (("carryover", "8101"), ("surplus", "8102")):
                for function, amount in self.functions(flow=flow, balance=balance, **line):
                    if amount:
                        yield self.row(account, "财政拨款结转", amount, function=function, summary=summary, **words)

    def _basic(self) -> list[tuple[str, Decimal]]:
        found = {
            key.economic: value
            for key, value in self.facts.items()
            if len(key.economic) == 5 and key.fund == "general_public" and key.nature == "basic"
        }
        return sorted(found.items())

    def _project(self, fund: str, total: Decimal) -> list[tuple[str, Decimal]]:
        """What of “三公” basic spending does not hold is spent by projects."""
        parts = []
        basic = dict(self._basic())
        if fund == "general_public":
            for code, item in THREE.items():
                more = self.of(flow="expenditure", fund=fund, item=item) - basic.get(code, ZERO)
                if more:
                    parts.append((code, more))
        rest = total - sum((amount for _, amount in parts), ZERO)
        return [*parts, ("30299", rest)]

    def _own(self) -> Iterator[Row]:
        """Money outside 财政拨款."""
        for fund, (account, name) in OWN.items():
            for function, amount in self.functions(flow="income", fund=fund):
                fees = self.of(flow="income", fund=fund, item="education_fees", function=function)
                for part, word in ((amount - fees, ""), (fees, "教育收费")):
                    if part:
                        yield self.row(account, name, part, function=function, fund=word)
        for nature in ("basic", "project", *OTHERS):
            for function, amount in self.functions(flow="expenditure", nature=nature):
                fiscal = sum(
                    (self.of(flow="expenditure", fund=f, nature=nature, function=function) for f in FUNDS), ZERO
                )
                if amount - fiscal:
                    account = OTHERS.get(nature, "7201")
                    words = {"function": function, "fund": "单位资金", "nature": NATURES.get(nature, "")}
                    yield self.row(account, "事业支出", amount - fiscal, **words)
        opening = self.of(flow="opening") - self.of(flow="opening", fund="fiscal")
        if opening:
            yield self.row("8201", "非财政拨款结转", opening, summary="年初余额")
        if used := self.of(flow="surplus_used"):
            yield self.row("8202", "非财政拨款结余", used, summary="使用非财政拨款结余弥补收支差额", side="debit")
        if distributed := self.of(flow="distributed"):
            yield self.row("8701", "非财政拨款结余分配", distributed, summary="提取专用结余", side="debit")

    def _transfers(self) -> Iterator[Row]:
        """The year's end: income and spending go into the balances; none of it counts."""
        date, spot = f"{self.year}-12-31", ("记9999", self.unit)
        one = str(self.of(flow="income"))
        two = str(self.of(flow="expenditure"))
        blank = ("", "", "一般公共预算", "基本支出", "")
        yield (date, *spot, "6001", "财政拨款预算收入", "年末结转", *blank, one, "")
        yield (date, *spot, "8101", "财政拨款结转", "年末结转", *blank, "", one)
        yield (date, *spot, "8101", "财政拨款结转", "", *blank, two, "")
        yield (date, *spot, "7101", "行政支出", "", *blank, "", two)
        yield (date, *spot, "8001", "资金结存", "支付", *blank, "5.00", "")


def transport(
    rows: list[tuple[str, Decimal]], columns: list[tuple[str, Decimal]]
) -> Iterator[tuple[str, str, Decimal]]:
    """Amounts with these sums by row and by column (north-west corner); negative rows stand alone."""
    codes = [code for code, amount in columns if amount]
    left = [amount for _, amount in columns if amount]
    for function, amount in rows:
        if amount < 0:
            left[-1] -= amount
            yield function, codes[-1], amount
    at = 0
    for function, amount in rows:
        rest = amount
        while rest > 0:
            part = min(rest, left[at])
            yield function, codes[at], part
            rest -= part
            left[at] -= part
            at += not left[at]


def write_ledger(account: Generated, path: Path) -> None:
    """The ledger as CSV."""
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        out = csv.writer(stream)
        out.writerow(HEAD)
        for unit in account.units:
            out.writerows(Writer(account, unit).rows())
