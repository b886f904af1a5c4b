"""Sheets of figures (数表): budgets, last year, counts, assets, procurement → figures, reasons and purposes.

A row is known by its key, else by its code and fund, else by its name. Refuses rows of which none says what it is, and
one figure given twice with different amounts.
"""

from __future__ import annotations

from collections.abc import Iterator

from juesuan.compiling.contents import Contents, Figure
from juesuan.compiling.errors import DoubledLine, MissingValue, UnknownCode, UnknownLine
from juesuan.compiling.rows import Filled, FilledRow
from juesuan.compiling.sheets import FUNDS, Sheet, line_key, sheets, three_public_fund
from juesuan.knowledge.classifications import function_name, is_code
from juesuan.knowledge.names import plain
from juesuan.model.accounts import LAST, Reason
from juesuan.model.amounts import Amount
from juesuan.model.keys import ALL, Key, parse_key

_BASES = ("initial", "full_year", "budget")
_ROLES = ("budget", LAST, "three_public", "assets", "procurement", "others")


def read_lines(filled: Filled, contents: Contents, style: str, named: dict[str, str]) -> None:
    """Adds all figures, reasons and purposes. `named`: functional codes that the approved tables name."""
    for role in _ROLES:
        _Lines(filled, contents, sheets()[role], style, named).read()


class _Lines:
    """One sheet."""

    def __init__(self, filled: Filled, contents: Contents, spec: Sheet, style: str, named: dict[str, str]) -> None:
        self.filled, self.contents, self.spec, self.named = filled, contents, spec, named
        self.year = contents.account.department.year
        self.own_year = str(int(self.year) - 1) if spec.role == LAST else self.year
        fund = three_public_fund(style, self.year)
        self.known = {plain(line.label): line_key(line, self.own_year, fund) for line in spec.rows}
        self.seen: dict[Key, Figure] = {}
        self.unit = filled.unit(spec, contents.unit)

    def read(self) -> None:
        rows, _ = self.filled.rows(self.spec)
        for row in rows:
            values = dict(self._values(row))
            words = row.text("reason"), row.text("purpose")
            if not (values or any(words)):
                if (known := self._listed(row)) is not None:
                    self.contents.rows[known] = row
                continue
            key = self._key(row)
            if key is None:
                continue
            self.contents.rows[key] = row
            for basis, amount in values.items():
                self._add(row, key._replace(basis=basis) if basis else key, amount)
            if words[0]:
                self._reason(key, words[0], values)
            if words[1]:
                name = key.function if key.function != ALL else key.item
                self.contents.account.purposes[name] = words[1]

    def _values(self, row: FilledRow) -> Iterator[tuple[str, Amount]]:
        """(basis, amount); basis "" on sheets whose rows say it."""
        unit = row.text("unit") or self.unit
        for column in self.spec.columns:
            if column.kind in ("amount", "number"):
                amount = self.filled.amount(row, column.role, column.title, unit)
                if amount is not None:
                    yield column.role if column.role in _BASES else "", amount

    def _key(self, row: FilledRow) -> Key | None:
        if text := row.text("key"):
            try:
                return parse_key(f"year={self.own_year} {text}")
            except ValueError:
                self.filled.bad.append(UnknownLine(row.spot("key"), text))
                return None
        if code := row.text("code"):
            return self._by_code(row, code)
        if (found := self.known.get(plain(row.text("label")))) is not None:
            return found
        self.filled.bad.append(UnknownLine(row.place, row.text("label")))
        return None

    def _listed(self, row: FilledRow) -> Key | None:
        """The key of a row that nothing is filled in yet; None where it does not say."""
        if text := row.text("key"):
            try:
                return parse_key(f"year={self.own_year} {text}")
            except ValueError:
                return None
        return self.known.get(plain(row.text("label")))

    def _by_code(self, row: FilledRow, code: str) -> Key | None:
        if not is_code(code) or (code not in self.named and function_name(code, self.year) is None):
            self.filled.bad.append(UnknownCode(row.spot("code"), code, "支出功能分类科目", self.year))
            return None
        fund = self.filled.choice(row, "fund", "资金", FUNDS)
        if not fund:
            if not row.text("fund"):
                self.filled.bad.append(MissingValue(row.place, "资金"))
            return None
        return Key(year=self.own_year, flow="expenditure", fund=fund, function=code)

    def _add(self, row: FilledRow, key: Key, amount: Amount) -> None:
        if key.measure == "count" and amount.value == amount.value.to_integral_value():
            amount = Amount(amount.value, 0, amount.unit, 0)
        figure = Figure(key, amount, row.spot("value") if "value" in row.cells else row.spot(key.basis))
        before = self.seen.setdefault(key, figure)
        if before is figure:
            self.contents.figures.append(figure)
        elif before.amount.base != amount.base:
            first = before.place.cell or ""
            name = row.text("label") or row.text("code")
            self.filled.bad.append(DoubledLine(figure.place, name, before.amount.show(), amount.show(), first))

    def _reason(self, key: Key, text: str, values: dict[str, Amount]) -> None:
        """Against last year on its sheet, else against every budget that is given (none: whichever is compared)."""
        against = [LAST] if self.spec.role == LAST else [basis for basis in _BASES if basis in values] or ["budget"]
        now = key._replace(year=self.year, basis="final")
        self.contents.account.reasons += [Reason(now, one, text) for one in against]
