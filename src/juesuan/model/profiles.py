"""Profiles (比较用的数): what an account states on measures that all accounts share, so that many can be laid side by side.

Only amounts that the account itself prints. Refuses to fill a gap: a measure that is not stated is not there, and that
is not zero.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from juesuan.model.amounts import MONEY_UNITS, Amount

UNIT = "万元"
FUNCTION = "function/"
"""measures of this beginning are expenditure by functional class: function/201"""
_CENT = Decimal("0.01")
_HUNDRED = Decimal(100)
_TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing to compare. `whole` names the measure that it is a part of, "" where a share says nothing."""

    name: str
    label: str
    group: str
    whole: str = ""


@dataclass(slots=True)
class Profile:
    """One account on all measures. `place` is (province, city, district), "" where the name does not tell."""

    department: str
    year: str
    kind: str
    place: tuple[str, str, str] = ("", "", "")
    amounts: dict[str, Amount] = field(default_factory=dict)
    functions: dict[str, str] = field(default_factory=dict)
    """code → name of all that money was spent on, 类, 款 and 项"""

    @property
    def region(self) -> str:
        """The place in one word: 辽宁 大连 西岗区."""
        province, city, district = self.place
        return " ".join(dict.fromkeys(filter(None, (province, city, district))))

    def value(self, measure: str) -> Decimal | None:
        """The amount in 万元 as `shown`, None where it is not stated."""
        amount = self.amounts.get(measure)
        return None if amount is None else in_unit(amount)[0]

    def shown(self, measure: str) -> str:
        """The amount in 万元 as it is printed, with thousands separated; "" where it is not stated."""
        amount = self.amounts.get(measure)
        return "" if amount is None else shown(*in_unit(amount))

    def share(self, measure: Measure) -> str:
        """Its part of the whole in percent, 12.3; "" where one of the two is not stated or nothing."""
        own, whole = self.value(measure.name), self.value(measure.whole) if measure.whole else None
        if not own or whole is None or whole <= 0:
            return ""
        return f"{(own * _HUNDRED / whole).quantize(_TENTH, ROUND_HALF_UP)}"


def in_unit(amount: Amount) -> tuple[Decimal, int]:
    """(value in 万元, decimals): as printed in 万元; what is printed in another unit is rounded once, to two decimals."""
    if amount.unit == UNIT:
        return amount.value, amount.decimals
    return (amount.base / MONEY_UNITS[UNIT]).quantize(_CENT, ROUND_HALF_UP), 2


def shown(value: Decimal, decimals: int) -> str:
    """A figure as pages show it: 1,234.50; nothing is 0."""
    return f"{value:,.{decimals}f}" if value else "0"


def change(own: Decimal | None, before: Decimal | None) -> tuple[str, str]:
    """(own less before with its sign, the rate in percent with its sign), "" for what cannot be said."""
    if own is None or before is None:
        return "", ""
    difference = own - before
    said = f"{difference:+,.2f}" if difference else "0"
    if before <= 0:
        return said, ""
    rate = (difference * _HUNDRED / before).quantize(_TENTH, ROUND_HALF_UP)
    return said, f"{rate:+}%" if rate else "0%"
