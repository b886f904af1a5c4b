"""Extras (其他数): “三公” and its counts, budgets, running costs, vehicles, procurement, and the year before.

All of it is for sentences as well as tables. Refuses counts without money and money without counts: a visit costs
something, and a vehicle that is run exists.
"""

from __future__ import annotations

from decimal import Decimal

from juesuan.generating.draws import LEAST, Draws, data
from juesuan.generating.shapes import Shape
from juesuan.generating.sums import FUNDS, Entry
from juesuan.generating.units import ZERO, Unit
from juesuan.model.amounts import Amount
from juesuan.model.keys import ALL, Key

Counts = dict[Key, Amount]
HUNDRED = Decimal(100)
VEHICLES = (
    "deputy_ministerial",
    "main_leaders",
    "confidential",
    "emergency",
    "law_enforcement",
    "special",
    "retired",
    "other",
)


def budgeted(draws: Draws, spent: Decimal) -> tuple[Decimal, Decimal]:
    """(initial, full-year) budget for what was spent: in whole hundreds of 元; a reversal has none."""
    if spent < LEAST:
        return ZERO, ZERO
    full = spent if draws.chance(35) else spent + draws.part(spent, 1, 9)
    initial = full * draws.one((100, 100, 96, 90, 84, 104, 112, 125, 0)) / 100
    return _hundreds(initial), _hundreds(full) if draws.chance(50) else full


def _hundreds(amount: Decimal) -> Decimal:
    return (amount / HUNDRED).to_integral_value() * HUNDRED


class Extras:
    """Draws what a unit has besides its money."""

    def __init__(self, unit: Unit, shape: Shape, draws: Draws) -> None:
        self.unit, self.shape, self.draws = unit, shape, draws
        self.default = Key(year=str(shape.year))
        self.entries: list[Entry] = []
        self.counts: Counts = {}

    def draw(self) -> None:
        self._three_public()
        self._budgets()
        self._running_costs()
        if self.shape.procurement:
            self._procurement()
        else:
            self._fact(ZERO, item="procurement", flow="expenditure")

    def _enter(self, amount: Decimal, **dims: str) -> None:
        if amount:
            self.entries.append((self.default._replace(**dims), amount))

    def _fact(self, amount: Decimal, **dims: str) -> None:
        self.counts[self.default._replace(**dims)] = Amount(amount, 2, "元")

    def _count(self, number: int, unit: str, **dims: str) -> None:
        self.counts[self.default._replace(measure="count", **dims)] = Amount(Decimal(number), 0, unit)

    def _three_public(self) -> None:
        """At least what the basic spending holds (30212, 30217, 30231, 31013); projects may add to it."""
        spent = dict.fromkeys(data("spending")["three_public"].values(), ZERO)
        for code, item in data("spending")["three_public"].items():
            spent[item] += self.unit.economic.get(code, ZERO)
        room = sum((amount for key, amount in self.unit.spent if key.fund == "general_public"), ZERO) / 10
        for item in spent:
            more = self.draws.amount(900, 60_000)
            if self.shape.three_public and more < room and self.draws.chance(25):
                spent[item] += more
                room -= more
        budget = {"flow": "expenditure", "fund": "general_public"}
        for item, amount in spent.items():
            initial, full = budgeted(self.draws, amount)
            if not amount and self.shape.three_public and self.draws.chance(30):
                initial = full = _hundreds(self.draws.amount(2_000, 40_000))
            self._enter(amount, item=item, **budget)
            self._enter(initial, item=item, basis="initial", **budget)
            self._enter(full, item=item, basis="full_year", **budget)
        self._three_public_counts(spent)

    def _three_public_counts(self, spent: dict[str, Decimal]) -> None:
        draws = self.draws
        groups = draws.count(1, 3) if spent["three_public/overseas"] else 0
        bought = 1 if spent["three_public/vehicles/purchase"] else 0
        held = draws.count(1, 6) + bought if spent["three_public/vehicles/running"] else bought
        batches = draws.count(1, 40) if spent["three_public/reception"] else 0
        self._reception(spent["three_public/reception"], batches)
        for fund in ("general_public", "fiscal"):
            self._count(groups, "个", fund=fund, item="three_public/overseas/groups")
            self._count(groups * 4, "人次", fund=fund, item="three_public/overseas/persons")
            self._count(bought, "辆", fund=fund, item="three_public/vehicles/purchase/bought")
            self._count(held, "辆", fund=fund, item="three_public/vehicles/running/held")
            self._count(batches, "批次", fund=fund, item="three_public/reception/batches")
            self._count(batches * 7, "人次", fund=fund, item="three_public/reception/persons")
        self._vehicles(held)
        self._count(draws.count(0, 3), "台（套）", item="assets/equipment_over_100")

    def _reception(self, spent: Decimal, batches: int) -> None:
        guests = self.draws.part(spent, 5, 40) if batches > 3 and self.draws.chance(30) else ZERO
        for fund in ("general_public", "fiscal"):
            line = {"flow": "expenditure", "fund": fund}
            self._fact(spent, item="three_public/reception/domestic", **line)
            self._fact(guests, item="three_public/reception/foreign_guests", **line)
            self._fact(ZERO, item="three_public/reception/foreign", **line)
            self._count(1 if guests else 0, "批次", fund=fund, item="three_public/reception/foreign_guests/batches")
            self._count(3 if guests else 0, "人次", fund=fund, item="three_public/reception/foreign_guests/persons")

    def _vehicles(self, held: int) -> None:
        """By kind; some may be kept on other money."""
        total = held + (self.draws.count(0, 2) if held else 0)
        kinds = dict.fromkeys(VEHICLES, 0)
        for _ in range(total):
            kinds[self.draws.one(VEHICLES[2:])] += 1
        for kind, number in kinds.items():
            self._count(number, "辆", item=f"assets/vehicles/{kind}")
        self._count(total, "辆", item="assets/vehicles")

    def _budgets(self) -> None:
        """Initial and full-year budget of every functional item, by budget."""
        spent: dict[Key, Decimal] = {}
        for key, amount in self.unit.entries:
            if key.flow == "expenditure" and key.fund in FUNDS and key.economic == ALL:
                line = key._replace(nature=ALL)
                spent[line] = spent.get(line, ZERO) + amount
        for key, amount in spent.items():
            initial, full = budgeted(self.draws, amount)
            self.entries.append((key._replace(basis="initial"), initial))
            self.entries.append((key._replace(basis="full_year"), full))

    def _running_costs(self) -> None:
        """机关运行经费: the running costs of administrative units and those run like them."""
        if self.unit.kind != "public":
            spent = sum((a for code, a in self.unit.economic.items() if code[:3] not in ("301", "303")), ZERO)
            self._enter(spent, flow="expenditure", fund="general_public", item="agency_running_costs")

    def _procurement(self) -> None:
        """Goods, works and services, with the awards to small firms; what was reserved for them and who got it."""
        draws, line = self.draws, {"flow": "expenditure"}
        total = sme = ZERO
        for kind in ("goods", "works", "services"):
            spent = draws.amount(5_000, 900_000) if draws.chance(70) else ZERO
            award = draws.one((spent, draws.part(spent, 30, 95)))
            self._fact(spent, item=f"procurement/{kind}", **line)
            self._fact(award, item=f"procurement/{kind}/awards/sme", **line)
            total, sme = total + spent, sme + award
        micro = draws.part(sme, 20, 90)
        reserved = {"sme": sme, "micro": micro}
        self._fact(total, item="procurement", **line)
        awarded = sme
        for size, amount in reserved.items():
            awarded = min(awarded, draws.part(amount, 40, 90))
            self._fact(amount, item=f"procurement/awards/{size}", **line)
            self._fact(amount, item=f"procurement/reserved/{size}", basis="budget", **line)
            self._fact(awarded, item=f"procurement/reserved/{size}/awarded", **line)
        self._fact(draws.part(total - sme, 10, 50), item="procurement/unreserved/sme/awarded", **line)
