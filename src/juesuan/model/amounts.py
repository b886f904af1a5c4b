"""Amounts (金额): a printed numeral as an exact Decimal with the precision it was printed in.

Refuses floats. Rounding is a law, not a tolerance: a printed figure stands for ± half a unit of its last place;
blank, —, 0 and 0.00 are exact zeros.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

ZERO = Decimal(0)

#: how many 元 one printed unit of money is
MONEY_UNITS: dict[str, Decimal] = {
    "元": Decimal(1),
    "百元": Decimal(100),
    "千元": Decimal(1000),
    "万元": Decimal(10000),
    "万": Decimal(10000),
    "百万元": Decimal(1000000),
    "千万元": Decimal(10000000),
    "亿元": Decimal(100000000),
}


@dataclass(frozen=True, slots=True)
class Amount:
    """One printed figure: its value in its own unit, and the decimals that it carries.

    `decimals` may be more than were printed: where the document's figures of this kind carry two decimals,
    685.6 is 685.60 with its zero stripped (`printed_decimals` keeps what stood there).
    `unit` is 万元, 元, %, 分, 份 … or "" where none was found.
    """

    value: Decimal
    decimals: int
    unit: str
    printed_decimals: int = -1

    @property
    def is_money(self) -> bool:
        return self.unit in MONEY_UNITS

    @property
    def scale(self) -> Decimal:
        """元 per unit; 1 for what is no money."""
        return MONEY_UNITS.get(self.unit, Decimal(1))

    @property
    def base(self) -> Decimal:
        """The value in 元 for money, else in its own unit."""
        return self.value * self.scale

    @property
    def ulp(self) -> Decimal:
        """One unit of the last place, in the base unit."""
        return self.scale.scaleb(-self.decimals)

    @property
    def half(self) -> Decimal:
        """Half a unit of the last place in the base unit; 0 for an exact zero."""
        return self.ulp / 2 if self.value else ZERO

    @property
    def coarser(self) -> Amount:
        """The same figure read at the decimals that were really printed (the second reading of 685.6)."""
        if self.printed_decimals in (-1, self.decimals):
            return self
        return Amount(self.value, self.printed_decimals, self.unit, self.printed_decimals)

    @property
    def grouped(self) -> str:
        """As a page shows it: 1,234.50; 0 for nothing."""
        return f"{self.value:,.{self.decimals}f}" if self.value else "0"

    def show(self, base: Decimal | None = None) -> str:
        """The figure (or another value, given in the base unit) at this unit and precision: 1,234.50 → "1234.50"."""
        value = self.value if base is None else base / self.scale
        return f"{value:.{self.decimals}f}"
