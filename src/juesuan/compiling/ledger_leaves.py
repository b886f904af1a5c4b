"""Leaves (明细): groups of ledger rows → leaf keys with amounts; closing balances from all the rest.

Refuses a group that does not say its money, its nature or its function where a table needs it; and closing balances
that a ledger states otherwise than its own entries give.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from juesuan.compiling import ledger_words as words
from juesuan.compiling.errors import (
    ContradictorySum,
    UnclearLedgerRow,
    UnknownLedgerCode,
    UnknownUnit,
)
from juesuan.knowledge.classifications import economic_name, function_name, is_code
from juesuan.knowledge.names import plain
from juesuan.model.keys import ALL, Key
from juesuan.model.places import Place

ZERO = Decimal(0)
FISCAL = ("general_public", "government_funds", "state_capital")
_FISCAL_ACCOUNTS = ("8101", "8102")


@dataclass(frozen=True, slots=True, order=True)
class Group:
    """Rows of a ledger that are alike, and their sums in 元. `kind` is what their words say (opening, used …)."""

    unit: str
    account: str
    account_name: str
    function: str
    economic: str
    fund: str
    nature: str
    kind: str
    direction: str
    transfers: bool
    debit: Decimal
    credit: Decimal
    amount: Decimal
    rows: int

    def growth(self, side: str) -> Decimal:
        """By how much an account that grows on that side has grown."""
        own, other = (self.debit, self.credit) if side == "debit" else (self.credit, self.debit)
        if not self.amount:
            return own - other
        opposite = self.direction.startswith("贷" if side == "debit" else "借")
        return -self.amount if opposite else self.amount


class Lines(Protocol):
    """Where a group stands, for messages."""

    file: str

    def line(self, group: Group) -> int:
        """The number of the first of its rows."""


class Leaves:
    """Collects leaves of all ledgers."""

    def __init__(self, year: str, units: dict[str, str], known: frozenset[str]) -> None:
        self.year, self.known = year, known
        self.units = {plain(name): unit for name, unit in units.items()}
        self.amounts: dict[Key, Decimal] = defaultdict(lambda: ZERO)
        self.stated: dict[Key, Decimal] = {}
        self.spots: dict[Key, tuple[str, int]] = {}

    def add(self, group: Group, lines: Lines) -> bool:
        """Adds a group; False where it is left out (closing transfers, accounts of no interest)."""
        if not group.account:
            self._payment(group, lines)
            return True
        rule = words.account_rule(group.account)
        if rule is None:
            return False
        if rule.flow == "balance":
            return self._balance(group, rule, lines)
        if rule.flow == "distributed" or group.kind == "distributed":
            return self._own(group, rule, "distributed", "debit", lines)
        if group.transfers or group.kind == "transfer":
            return False
        self._entry(group, rule, rule.side, lines)
        return True

    # kinds of rows

    def _payment(self, group: Group, lines: Lines) -> None:
        """A payment from the treasury: spending, and as much income."""
        rule = words.AccountRule("expenditure", "debit")
        key = self._entry(group, rule, "debit", lines)
        if key.fund in FISCAL:
            self.amounts[key._replace(flow="income", economic=ALL)] += group.growth("debit")

    def _entry(self, group: Group, rule: words.AccountRule, side: str, lines: Lines) -> Key:
        """Income or spending."""
        fund, item = self._fund(group, rule, lines)
        nature = rule.nature or words.nature_of(group.nature, group.account_name)
        fiscal = fund in FISCAL
        if not nature and (fiscal or rule.flow == "expenditure"):
            raise UnclearLedgerRow(lines.file, lines.line(group), words.column_word("nature"))
        function = self._code(group, "function", lines)
        if not function:
            raise UnclearLedgerRow(lines.file, lines.line(group), words.column_word("function"))
        spending = rule.flow == "expenditure"
        economic = self._code(group, "economic", lines) if spending and fiscal else ""
        if spending and fund == "general_public" and nature == "basic" and not economic:
            raise UnclearLedgerRow(lines.file, lines.line(group), words.column_word("economic"))
        key = Key(
            entity=self._unit(group, lines),
            year=self.year,
            flow=rule.flow,
            fund=fund if fiscal or not spending else ALL,
            nature=nature if fiscal or spending else ALL,
            function=function,
            economic=economic or ALL,
        )
        self.amounts[key] += group.growth(side)
        if item and rule.flow == "income":
            self.amounts[key._replace(item=item)] += group.growth(side)
        return key

    def _balance(self, group: Group, rule: words.AccountRule, lines: Lines) -> bool:
        """Opening balances, stated closing balances, surplus used; other entries of these accounts are transfers."""
        digits = re.sub(r"\D", "", group.account)[:4]
        if group.kind == "used":
            return self._own(group, rule, "surplus_used", "debit", lines)
        if group.kind not in ("opening", "closing"):
            return False
        key = Key(entity=self._unit(group, lines), year=self.year, flow=group.kind)
        if digits in _FISCAL_ACCOUNTS:
            fund, _ = words.fund_of(group.fund, group.account_name)
            nature = words.nature_of(group.nature, group.account_name) or ("project" if digits == "8102" else "")
            function = self._code(group, "function", lines)
            for value, name in ((fund if fund in FISCAL else "", "fund"), (nature, "nature"), (function, "function")):
                if not value:
                    raise UnclearLedgerRow(lines.file, lines.line(group), words.column_word(name))
            key = key._replace(fund=fund, nature=nature, function=function, balance=rule.balance)
        if group.kind == "closing":
            self.stated[key] = self.stated.get(key, ZERO) + group.growth("credit")
            self.spots.setdefault(key, (lines.file, lines.line(group)))
        else:
            self.amounts[key] += group.growth("credit")
        return True

    def _own(self, group: Group, rule: words.AccountRule, flow: str, side: str, lines: Lines) -> bool:
        """结余分配, 使用非财政拨款结余: of all money, no function."""
        self.amounts[Key(entity=self._unit(group, lines), year=self.year, flow=flow)] += group.growth(side)
        return True

    # what a row says

    def _fund(self, group: Group, rule: words.AccountRule, lines: Lines) -> tuple[str, str]:
        fund, item = words.fund_of(group.fund, group.account_name)
        if rule.fund:
            return rule.fund, item if fund == rule.fund else ""
        if not fund or (rule.flow == "income" and fund not in FISCAL):
            raise UnclearLedgerRow(lines.file, lines.line(group), words.column_word("fund"))
        return fund, ""

    def _code(self, group: Group, role: str, lines: Lines) -> str:
        """The code at the beginning of the cell (2010301 or 2010301 行政运行)."""
        text = str(getattr(group, role))
        match = re.match(r"[\[(【]?(\d+)", text)
        code = match[1] if match else ""
        if not text:
            return ""
        kind = "支出功能分类科目" if role == "function" else "部门预算支出经济分类科目"
        name = function_name if role == "function" else economic_name
        wanted = "2" if role == "function" else "3"
        fits = is_code(code) and code.startswith(wanted) and len(code) > 3
        if not fits or (code not in self.known and name(code, self.year) is None):
            raise UnknownLedgerCode(lines.file, lines.line(group), text, kind)
        return code

    def _unit(self, group: Group, lines: Lines) -> str:
        if not self.units:
            return ALL
        unit = self.units.get(plain(group.unit)) or self.units.get(plain(re.sub(r"^\d+\W*", "", group.unit)))
        if unit is None:
            raise UnknownUnit(Place(lines.file, line=lines.line(group)), group.unit)
        return unit

    # closing balances

    def closed(self) -> list[tuple[Key, Decimal]]:
        """All leaves, closing balances among them. Raises ContradictorySum."""
        found = dict(self.amounts)
        left: dict[Key, Decimal] = defaultdict(lambda: ZERO)
        for key, amount in self.amounts.items():
            if key.item == ALL:
                sign = 1 if key.flow in ("opening", "income", "surplus_used") else -1
                left[self._line(key)] += sign * amount
        stated: dict[Key, dict[Key, Decimal]] = defaultdict(dict)
        for key, amount in self.stated.items():
            stated[self._line(key)][key] = amount
        for line, amount in left.items():
            parts = stated.pop(line, None)
            if parts is None:
                own = line._replace(balance="carryover") if line.fund != ALL else line
                parts = {own: amount} if amount else {}
            elif (total := sum(parts.values(), ZERO)) != amount:
                self._contradiction(next(iter(parts)), total, amount)
            found |= parts
        for parts in stated.values():
            if total := sum(parts.values(), ZERO):
                self._contradiction(next(iter(parts)), total, ZERO)
        return sorted((key, amount) for key, amount in found.items() if amount)

    @staticmethod
    def _line(key: Key) -> Key:
        """The line of money that a balance is kept for: by fund, nature and function for 财政拨款, else as one."""
        line = Key(entity=key.entity, year=key.year, flow="closing")
        if key.fund in FISCAL:
            return line._replace(fund=key.fund, nature=key.nature, function=key.function)
        return line

    def _contradiction(self, key: Key, total: Decimal, amount: Decimal) -> None:
        file, line = self.spots[key]
        raise ContradictorySum(file, line, "年末结转和结余", f"{total:.2f}", f"{amount:.2f}")
