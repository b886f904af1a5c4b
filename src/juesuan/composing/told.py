"""Told figures (说明中的数): what is said of keys: amounts, changes, rates, shares, completion, and their case.

Computed from the figures as they are printed, never from finer ones; percentages are rounded half up and never balanced
to 100. Refuses to guess: what is not given, and does not follow from a total that is zero, is None.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from juesuan.composing.errors import MissingFigure
from juesuan.composing.figures import Figures, lifted
from juesuan.knowledge.layouts import layout
from juesuan.knowledge.styles import Style
from juesuan.model.accounts import LAST
from juesuan.model.amounts import MONEY_UNITS, ZERO, Amount
from juesuan.model.keys import ALL, Key, parse_key
from juesuan.model.reports import Report

THREE_PUBLIC = "three_public"
_BUDGETS = ("initial", "full_year")
_UNIT = "万元"
_HUNDRED = Decimal(100)
_WIDE = str.maketrans("()", "（）")


def table_fund(form: str, style: Style, year: str) -> str:
    """The fund that a form of the style is about: “三公” is of the general public budget, or of all 财政拨款."""
    return layout(form, style.name, int(year)).fixed.get("fund", ALL)


class Told:
    """The figures of one account for its explanation; `percent` are the decimals of percentages."""

    def __init__(self, report: Report, style: Style, percent: int) -> None:
        ordered = sorted(report.facts, key=lambda fact: fact.table < 0)
        self.figures = Figures(replace(report, facts=ordered))
        self.style, self.percent, self.year = style, percent, report.year
        self.last = str(int(report.year) - 1)
        self.unit, self.decimals = self.figures.unit, self.figures.decimals
        if self.unit != _UNIT:  # tables in 元 stay as they are; sentences are in 万元, each figure rounded once
            self.unit, self.decimals = _UNIT, 2
        self.three_public_fund = table_fund(THREE_PUBLIC, style, report.year)
        self.any_last = any(key.year == self.last for fact in report.facts for key in fact.keys)
        self.budget = self._usual_budget(report)

    def _usual_budget(self, report: Report) -> str:
        """The budget that items are compared with: the initial one where any is given, else the full-year one."""
        given = {k.basis for f in report.facts for k in f.keys if k.fund == "general_public" and k.function != ALL}
        given = given or {k.basis for f in report.facts for k in f.keys if k.flow == "expenditure"}
        return next((basis for basis in _BUDGETS if basis in given), _BUDGETS[0])

    # keys -------------------------------------------------------------------------------------------------------------

    def key(self, text: str) -> Key:
        """A key as statements write it, without the year; “三公” money is of the fund that its table is about."""
        key = parse_key(f"year={self.year} {text}")
        own = key.item.startswith(THREE_PUBLIC) and key.measure == "amount"
        return key._replace(fund=self.three_public_fund) if own else key

    def other(self, key: Key, against: str) -> Key:
        """What a key is compared with: the same of last year, or of a basis."""
        return key._replace(year=self.last) if against == LAST else key._replace(basis=against)

    def plan(self, key: Key) -> str:
        """The budget that a key is compared with; “三公” is compared with that of its table."""
        wanted = self.budget
        if key.item.startswith(THREE_PUBLIC):
            blocks = layout(THREE_PUBLIC, self.style.name, int(self.year)).blocks
            columns = (dims for block in blocks for _, dims in block.values)
            wanted = next((c["basis"] for c in columns if c.get("basis", "final") != "final"), wanted)
        if wanted in _BUDGETS and self.amount(key._replace(basis=wanted)) is not None:
            return wanted
        return next((b for b in _BUDGETS if self.amount(key._replace(basis=b)) is not None), _BUDGETS[0])

    def name(self, code: str) -> str:
        """The name of a code as a sentence prints it, in wide brackets. Raises NamelessCode."""
        return self.figures.name(code).translate(_WIDE)

    # amounts ----------------------------------------------------------------------------------------------------------

    def amount(self, key: Key) -> Amount | None:
        """The figure as it is printed; None where it is not given and is not known to be zero."""
        form = "basic" if key.economic != ALL else THREE_PUBLIC if key.item.startswith(THREE_PUBLIC) else ""
        for one in self._ways(key):
            found = self.figures.given(form, one)
            if found is not None:
                return found
        if key.measure == "count" and "/" in key.item:
            whole = self.amount(key._replace(item=key.item.rpartition("/")[0]))
            return whole if whole is not None and not whole.value else None
        if key.measure != "amount" or (key.item != ALL and not key.item.startswith(THREE_PUBLIC)):
            return None
        return self._zero(key, form)

    def _ways(self, key: Key) -> Iterable[Key]:
        """The key, and the funds under which counts, and “三公” money of an account with one fund, may stand."""
        yield key
        if key.item.startswith(THREE_PUBLIC):
            yield from (key._replace(fund=fund) for fund in ("general_public", "fiscal", ALL) if fund != key.fund)

    def _zero(self, key: Key, form: str) -> Amount | None:
        """Zero where what it is a part of is zero; of this year also where the total is given, and nothing else."""
        nothing = Amount(ZERO, self.decimals, self.unit, self.decimals)
        if key.year == self.year and key.basis == "final":
            try:
                return self.figures.amount(form, key)
            except MissingFigure:
                return None
        above = (self.figures.given(form, whole) for whole in lifted(key))
        return nothing if any(amount is not None and not amount.value for amount in above) else None

    def own(self, amount: Amount) -> Amount:
        """Money in the account's own unit and decimals, half up; all else as it is."""
        if not amount.is_money or amount.unit == self.unit:
            return amount
        value = (amount.base / MONEY_UNITS[self.unit]).quantize(Decimal(1).scaleb(-self.decimals), ROUND_HALF_UP)
        return Amount(value, self.decimals, self.unit, self.decimals)

    def shown(self, amount: Amount) -> str:
        """A figure in a sentence: no thousands separators, money with the account's decimals; nothing is 0."""
        own = self.own(amount)
        decimals = max(own.decimals, self.decimals) if own.is_money else own.decimals
        return f"{own.value:.{decimals}f}" if own.value else "0"

    def value(self, key: Key) -> Decimal | None:
        """The figure in the account's own unit for money, else in its own."""
        found = self.amount(key)
        return None if found is None else self.own(found).value

    # what is said of two figures --------------------------------------------------------------------------------------

    def change(self, key: Key, base: Key) -> Decimal | None:
        """The figure less what it is compared with."""
        own, other = self.value(key), self.value(base)
        return None if own is None or other is None else own - other

    def part(self, own: Decimal | None, whole: Decimal | None) -> str | None:
        """A percentage as it is printed: 0 and 100 alone where they are exact; None where there is none."""
        if own is None or not whole or whole < 0:
            return None
        share = own * _HUNDRED / whole
        exact = share in (ZERO, _HUNDRED)
        return f"{share:.0f}" if exact else f"{share.quantize(Decimal(1).scaleb(-self.percent), ROUND_HALF_UP)}"

    def share(self, key: Key, whole: Key) -> str | None:
        return self.part(self.value(key), self.value(whole))

    def rate(self, key: Key, base: Key) -> str | None:
        change = self.change(key, base)
        return None if change is None else self.part(abs(change), self.value(base))

    def case(self, key: Key, against: str) -> str:
        """How a figure stands to another: "" they differ, level, gained (from zero), nil (both zero), unknown, new."""
        if against == LAST and not self.any_last:
            return "new"
        own, other = self.value(key), self.value(self.other(key, against))
        if own is None or other is None:
            return "unknown"
        if own == other:
            return "level" if own else "nil"
        return "" if other > 0 else "gained"

    def some(self, key: Key) -> bool:
        """Whether there is something to say of it: it is not zero, or not known."""
        return self.value(key) != 0
