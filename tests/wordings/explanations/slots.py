"""Slots of the fragments: what each means as a key, what is printed for it, and how it should be read.

A slot is a name, or a name with `.change .rate .last` (against last year), `.initial .done .less` (against the initial
budget), `.budget .bdone` (where only 预算 is said), `.pair` (both in one), `.share`. Figures carry a mark in
front, so that they are found again after the text has been laid out.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from tests.wordings.expected import figure
from tests.wordings.explanations.model import CAPITAL, FUNDS, GENERAL, Account, Item
from tests.wordings.explanations.tables import money
from tests.wordings.spoken import Read

G = f"flow=expenditure fund={GENERAL}"
T = f"{G} item=three_public"
P = "flow=expenditure item=procurement"
COUNT = "measure=count"
FIRST_MARK = 0xE000
NAMES: dict[str, str] = {
    "in": "flow=total_in",
    "out": "flow=total_out",
    "both": "flow=total_in | flow=total_out",
    "income": "flow=income",
    "spent": "flow=expenditure",
    "opening": "flow=opening",
    "closing": "flow=closing",
    "f.in": "flow=total_in fund=fiscal",
    "f.out": "flow=total_out fund=fiscal",
    "f.both": "flow=total_in fund=fiscal | flow=total_out fund=fiscal",
    "f.spent": "flow=expenditure fund=fiscal",
    "g": G,
    "b": f"{G} nature=basic",
    "b.person": f"{G} nature=basic economic=personnel",
    "b.run": f"{G} nature=basic economic=running",
    "t": T,
    "t.o": f"{T}/overseas",
    "t.v": f"{T}/vehicles",
    "t.p": f"{T}/vehicles/purchase",
    "t.r": f"{T}/vehicles/running",
    "t.c": f"{T}/reception",
    "t.f": f"{T}/reception/foreign_guests",
    "c.groups": f"item=three_public/overseas/groups {COUNT}",
    "c.persons": f"item=three_public/overseas/persons {COUNT}",
    "c.bought": f"item=three_public/vehicles/purchase/bought {COUNT}",
    "c.held": f"item=three_public/vehicles/running/held {COUNT}",
    "c.batches": f"item=three_public/reception/batches {COUNT}",
    "c.guests": f"item=three_public/reception/persons {COUNT}",
    "m.income": f"flow=income fund={FUNDS}",
    "m.both": f"flow=income fund={FUNDS} | flow=expenditure fund={FUNDS}",
    "m.spent": f"flow=expenditure fund={FUNDS}",
    "k.income": f"flow=income fund={CAPITAL}",
    "k.spent": f"flow=expenditure fund={CAPITAL}",
    "a": f"{G} item=agency_running_costs",
    "p": P,
    "p.goods": f"{P}/goods",
    "p.works": f"{P}/works",
    "p.services": f"{P}/services",
    "p.sme": f"{P}/awards/sme",
    "p.micro": f"{P}/awards/micro",
    "w": f"item=assets/vehicles {COUNT}",
    "w.c": f"item=assets/vehicles/confidential {COUNT}",
    "w.e": f"item=assets/vehicles/emergency {COUNT}",
    "w.l": f"item=assets/vehicles/law_enforcement {COUNT}",
    "w.o": f"item=assets/vehicles/other {COUNT}",
    "w.h": f"item=assets/equipment_over_100 {COUNT}",
    "q.n": f"item=performance/projects {COUNT}",
    "q.funds": "flow=expenditure item=performance/funds",
    "q.ex": f"item=performance/grade/excellent {COUNT}",
    "q.gd": f"item=performance/grade/good {COUNT}",
    "q.avg": "item=performance/average measure=score",
    "o.n": f"item=organisation/offices {COUNT}",
}
WHOLES = {
    "g": "flow=expenditure",
    "b": f"{G} nature=basic",
    "t": T,
    "p.sme": P,
    "p.micro": f"{P}/awards/sme",
    "income": "flow=total_in",
    "opening": "flow=total_in",
    "spent": "flow=total_out",
    "closing": "flow=total_out",
}
SUFFIXES = ("change", "rate", "last", "initial", "done", "less", "share", "pair", "bdone", "budget")


@dataclass
class Said:
    """What the text of an explanation should be read as: figures by mark, claims without a figure."""

    figures: list[Read] = field(default_factory=list)
    says: list[str] = field(default_factory=list)


class Slots:
    """The slots of one account: prints figures and notes how they should be read."""

    def __init__(self, account: Account, comma: bool, decimals: int) -> None:
        self.account, self.comma, self.decimals = account, comma, decimals
        self.said = Said()
        self.item: Item | None = None

    def print(self, slot: str) -> str:
        """The figure of a slot with its mark."""
        name, suffix = self._split(slot)
        return self.mark(self._keys(name), suffix, self._whole(name))

    def mark(self, keys: str, suffix: str, whole: str = "") -> str:
        """A figure of these keys, marked."""
        text, tag = self._figure(keys.split(" | ", maxsplit=1)[0], suffix, whole)
        names = keys.split(" | ")
        read = figure([*names, *(f"basis=initial {k}" for k in names if suffix == "pair")], tag.replace("#", text))
        self.said.figures.append(read)
        return chr(FIRST_MARK + len(self.said.figures) - 1) + text

    def rises(self, slot: str) -> bool:
        """Whether the slot is more than last year, with `.less` more than the budget."""
        name, suffix = self._split(slot)
        key = self._keys(name).split(" | ")[0]
        other = self.account.initial if suffix in ("less", "initial", "budget") else self.account.last
        return self.worth(key) > other.get(key, 0)

    def worth(self, key: str) -> int:
        return self.account.counts[key] if "measure=" in key else self.account.now.get(key, 0)

    def _split(self, slot: str) -> tuple[str, str]:
        name, _, suffix = slot.rpartition(".")
        return (name, suffix) if suffix in SUFFIXES else (slot, "")

    def _keys(self, name: str) -> str:
        if name == "i" and self.item is not None:
            return f"{G} function={self.item.code}"
        if name == "mi" and self.account.fund is not None:
            return f"flow=expenditure fund={FUNDS} function={self.account.fund.code}"
        return NAMES[name]

    def _whole(self, name: str) -> str:
        return WHOLES.get(name) or WHOLES.get(name.partition(".")[0], "")

    def _figure(self, key: str, suffix: str, whole: str) -> tuple[str, str]:
        """What is printed, and how it is read (# stands for it)."""
        account, now = self.account, self.worth(key)
        if "measure=" in key:
            return (f"{Decimal(now) / 100:.2f}" if "score" in key else str(now)), "#"
        before, budget = account.last.get(key, 0), account.initial.get(key, 0)
        made = {
            "": (self._money(now), "#"),
            "pair": (self._money(now), "#"),
            "last": (self._money(before), "last #"),
            "initial": (self._money(budget), "initial #"),
            "budget": (self._money(budget), "budget #"),
            "change": (self._money(abs(now - before)), "change # / last"),
            "less": (self._money(abs(now - budget)), "change # / initial"),
            "rate": (self._percent(abs(now - before), before), "rate # / last"),
            "done": (self._percent(now, budget), "completion # / initial"),
            "bdone": (self._percent(now, budget), "completion # / budget"),
        }
        if suffix == "share":
            return self._percent(now, account.now[whole]), f"share # / {whole}"
        return made[suffix]

    def _money(self, value: int) -> str:
        return money(value, self.comma) if value else "0"

    def _percent(self, part: int, whole: int) -> str:
        if not whole:
            return "0" if not part else "100"
        return f"{(Decimal(100 * part) / whole).quantize(Decimal(1).scaleb(-self.decimals), ROUND_HALF_UP)}"
