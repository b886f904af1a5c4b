"""Ledgers (账簿): entries of budgetary accounting or treasury payments in 元 → leaf amounts, no closing transfers.

A row counts by its account: 6001… income, 7101… spending, 8101… balances (only what is marked as opening or closing).
The closing transfers of the year's end are vouchers with an account of balances, or rows that say so. Closing balances
follow from the rest, and are held against those that the ledger states. Refuses rows that do not say where they belong.
Source: 政府会计制度 (财会〔2017〕25 号), 预算会计科目; columns and words in data/ledger.toml.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from juesuan.compiling import ledger_words as words
from juesuan.compiling.errors import EmptyLedger, TextInLedger
from juesuan.compiling.ledger_leaves import Group, Leaves
from juesuan.compiling.ledger_tables import LedgerTable
from juesuan.model.keys import Key

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_TYPE = "decimal(20, 4)"
_CLEAN = "nullif(regexp_replace({0}, '[,，¥￥ 元]', '', 'g'), '')"
_TEXT = "coalesce(summary, '') || ' ' || coalesce(account_name, '')"
_SUMS = ("debit", "credit", "amount")
_GROUPED = ("unit", "account", "account_name", "function", "economic", "fund", "nature", "kind", "direction")


@dataclass(slots=True)
class Ledger:
    """What one or several ledgers hold: leaf amounts in 元, how many rows, and what was assumed."""

    leaves: list[tuple[Key, Decimal]] = field(default_factory=list)
    rows: int = 0
    left_out: int = 0
    """rows of closing transfers and of accounts that are neither income, spending nor balances"""
    notes: list[str] = field(default_factory=list)


def read_ledgers(files: Sequence[str], year: str, units: dict[str, str], known: Iterable[str] = ()) -> Ledger:
    """The leaves of all ledgers together. `units`: name or code → name, {} where there is one unit only.

    `known`: functional codes that are in order though no classification has them. Raises BadInput.
    """
    import duckdb  # noqa: PLC0415 - heavy

    ledger = Ledger()
    leaves = Leaves(year, units, frozenset(known))
    for file in files:
        with tempfile.TemporaryDirectory() as folder, duckdb.connect() as connection:
            table = LedgerTable(file, _Kept(folder))
            has = table.load(connection)
            query = _Query(connection, file, has)
            before = ledger.rows
            for group in query.groups():
                ledger.rows += group.rows
                if not leaves.add(group, query):
                    ledger.left_out += group.rows
            if ledger.rows == before:
                raise EmptyLedger(file)
            if "account" not in has:
                note = "账簿没有会计科目，按国库支付明细处理：财政拨款收入等于支付数"
                ledger.notes.append(note)
    ledger.leaves = leaves.closed()
    return ledger


def _value(name: str) -> str:
    """The figure in a column; what was typed with marks is cleaned only where it has to be."""
    return f"coalesce(try_cast({name} as {_TYPE}), try_cast({_CLEAN.format(name)} as {_TYPE}))"


def _kind() -> str:
    """What the words of a row say; only entries of balances need looking at closely."""
    tests = (
        ("closing", "stated_closing", _TEXT),
        ("used", "used", _TEXT),
        ("distributed", "distributed", _TEXT),
        ("opening", "opening", _TEXT),
    )
    balances = " ".join(
        f"when account like '8%' and regexp_matches({text}, '{_quoted(words.words(name))}') then '{kind}'"
        for kind, name, text in tests
    )
    transfer = f"regexp_matches(summary, '{_quoted(words.words('closing_entry'))}')"
    hint = "(summary like '%结转%' or summary like '%转入%')"
    return f"case {balances} when account not like '8%' and {hint} and {transfer} then 'transfer' else '' end"


def _quoted(pattern: str) -> str:
    return pattern.replace("'", "''")


class _Kept(tempfile.TemporaryDirectory[str]):
    """A folder that is there already and is put away by others."""

    def __init__(self, name: str) -> None:
        self.name = name

    def cleanup(self) -> None:
        """Nothing: who made it puts it away."""


class _Query:
    """The questions asked of one ledger."""

    def __init__(self, connection: DuckDBPyConnection, file: str, has: set[str]) -> None:
        self.connection, self.file, self.has = connection, file, has
        self.money = [name for name in ("debit", "credit", "amount") if name in has]

    def groups(self) -> list[Group]:
        """Rows of one kind put together. Raises TextInLedger where an amount is no figure."""
        sums = ", ".join(f"sum({_value(name)}) as {name}" if name in self.has else f"0 as {name}" for name in _SUMS)
        wrong = " or ".join(f"({name} is not null and {_value(name)} is null)" for name in self.money)
        plain = ", ".join(name for name in _GROUPED if name != "kind")
        query = (
            f"select {plain}, {_kind()} as kind, {self._transfer()} as transfers, {sums}, "
            f"count(*) filter ({wrong}), count(*) from raw group by all"
        )
        rows = self.connection.execute(query).fetchall()
        if any(row[-2] for row in rows):
            self._refuse(wrong)
        order = [*(name for name in _GROUPED if name != "kind"), "kind", "transfers"]
        return sorted(self._group(dict(zip(order, row, strict=False)), row) for row in rows)

    def _refuse(self, wrong: str) -> None:
        row = self._one(f"select line, {', '.join(self.money)} from numbered where {wrong} order by line limit 1")
        text = next((str(value) for value in row[1:] if value is not None and not _figure(str(value))), str(row[1]))
        raise TextInLedger(self.file, int(row[0]), text)

    def _transfer(self) -> str:
        """Whether a row's voucher is a closing transfer: one with an account of balances, opening entries apart."""
        if (
            not {"voucher", "account"} <= self.has
            or not self._one("select 1 from raw where account like '8%' limit 1")[0]
        ):
            return "false"
        spot = "coalesce(unit, '') || '|' || coalesce(substr(date, 1, 7), '') || '|' || voucher"
        said = _quoted(f"{words.words('opening')}|{words.words('stated_closing')}")
        self.connection.execute(
            f"create or replace temp table transfers as select distinct {spot} as spot from raw "
            f"where voucher is not null and regexp_matches(account, '{words.words('closing_accounts')}') "
            f"and not regexp_matches({_TEXT}, '{said}')"
        )
        return f"coalesce({spot} in (select spot from transfers), false)"

    def _group(self, values: dict[str, Any], row: Sequence[Any]) -> Group:
        texts = {name: str(values[name] or "") for name in _GROUPED}
        sums = [Decimal(value or 0) for value in row[-5:-2]]
        debit, credit, amount = sums
        transfers, rows = bool(values["transfers"]), int(row[-1])
        return Group(**texts, transfers=transfers, debit=debit, credit=credit, amount=amount, rows=rows)

    def line(self, group: Group) -> int:
        """The first row of the file that belongs to a group."""
        named = [name for name in _GROUPED if name != "kind"]
        where = " and ".join(f"coalesce({name}, '') = ?" for name in named)
        row = self._one(f"select min(line) from numbered where {where}", [getattr(group, name) for name in named])
        return int(row[0] or 0)

    def _one(self, query: str, values: Sequence[object] = ()) -> tuple[Any, ...]:
        found = self.connection.execute(query, list(values)).fetchone()
        return found if found is not None else (0,)


def _figure(text: str) -> bool:
    return text.strip("¥￥ 元").replace(",", "").replace("，", "").lstrip("-+").replace(".", "", 1).isdigit()
