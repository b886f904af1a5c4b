"""Random consistent accounts: exact amounts in 分, printed in 万元 with two decimals, each figure rounded by itself.

Several funds, carry-over, money outside the appropriation and empty tables come and go with the seed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from random import Random

from juesuan.model.reports import Report
from tests.checking.drafts import Draft, key

CLASSES = ("201", "205", "207", "208", "210", "212", "213", "221")
BUDGETS = {"general_public": "general_public", "government_funds": "funds", "state_capital": "state_capital"}
OTHER = ("superior", "public_service", "commercial", "subordinate", "other")
PERSONNEL = ("30101", "30102", "30103", "30301", "30302")
RUNNING = ("30201", "30202", "30211", "30217", "30231", "31002", "31003")
THREE = {"overseas": "30212", "vehicles/purchase": "31013", "vehicles/running": "30231", "reception": "30217"}
Cell = tuple[str, str, str]
"""fund (or `outside`), nature, item"""


@dataclass
class Money:
    """Amounts in 分 of every flow by fund, nature and item."""

    random: Random
    items: list[str] = field(default_factory=list)
    flows: dict[str, dict[Cell, int]] = field(
        default_factory=lambda: {flow: {} for flow in ("opening", "income", "expenditure", "closing")}
    )
    used: int = 0
    distributed: int = 0
    sources: dict[str, dict[str, int]] = field(default_factory=dict)
    """income outside the appropriation: source → item → amount"""

    def amount(self) -> int:
        return self.random.randrange(20_000, 10 ** self.random.randrange(6, 10))

    def sum(
        self, flow: str, funds: Iterable[str], natures: Iterable[str] = ("basic", "project"), code: str = "all"
    ) -> int:
        return sum(
            value
            for (fund, nature, item), value in self.flows[flow].items()
            if fund in funds and nature in natures and (code == "all" or item.startswith(code))
        )


def money(random: Random) -> Money:
    """Draws the amounts of one account."""
    made = Money(random)
    for name in sorted(random.sample(CLASSES, random.randrange(1, 5))):
        for group in sorted(random.sample(("01", "05", "99"), random.randrange(1, 3))):
            made.items += [
                name + group + item for item in sorted(random.sample(("01", "02", "99"), random.randrange(1, 4)))
            ]
    funds = ["general_public"] + (["government_funds"] if random.random() < 0.5 else [])
    balances = random.random() < 0.5
    for item in made.items:
        fund = random.choice(funds)
        for nature in ("basic", "project") if fund == "general_public" else ("project",):
            if random.random() < 0.7:
                _spend(made, (fund, nature, item), balances and nature == "project")
    if random.random() < 0.5:
        _outside(made)
    return made


def _spend(made: Money, cell: Cell, balances: bool) -> None:
    spent = made.amount()
    opening = made.random.randrange(20_000, spent) if balances and spent > 40_000 else 0
    closing = made.amount() if balances and made.random.random() < 0.5 else 0
    made.flows["expenditure"][cell] = spent
    made.flows["opening"][cell] = opening
    made.flows["closing"][cell] = closing
    made.flows["income"][cell] = spent + closing - opening + (20_000 if spent + closing - opening < 20_000 else 0)
    made.flows["expenditure"][cell] += 20_000 if spent + closing - opening < 20_000 else 0


def _outside(made: Money) -> None:
    """Money outside the appropriation: sources, surplus used, distribution, balances."""
    for source in made.random.sample(OTHER, made.random.randrange(1, 3)):
        item = made.random.choice(made.items)
        made.sources[source] = {item: made.amount()}
        cell = ("outside", "basic", item)
        for flow in ("income", "expenditure"):
            made.flows[flow][cell] = made.flows[flow].get(cell, 0) + made.sources[source][item]
    cell = ("outside", "project", made.items[0])
    made.flows["opening"][cell], made.used = made.amount(), made.amount()
    made.distributed, made.flows["closing"][cell] = made.used, made.flows["opening"][cell]


class Printer:
    """Prints the amounts of an account into tables."""

    def __init__(self, made: Money, draft: Draft) -> None:
        self.made, self.draft = made, draft
        self.empty = made.random.choice(("", "0.00"))
        self.every = ("general_public", "government_funds", "state_capital", "outside")
        self.fiscal = self.every[:3]
        prefixes = {item[:n] for item in made.items for n in (3, 5, 7)}
        self.codes = ["all", *sorted(prefixes)]

    def put(self, table: str, text: str | list[str], value: int) -> None:
        keys = [key(part) for part in ([text] if isinstance(text, str) else text)]
        figure = str((Decimal(value) / 1_000_000).quantize(Decimal("0.01"), ROUND_HALF_UP)) if value else self.empty
        self.draft.put(table, keys, figure)

    def print(self) -> Report:
        self.totals()
        self.income()
        self.expenditure()
        self.appropriation()
        for fund, table in BUDGETS.items():
            self.budget(table, fund)
        self.basic()
        return self.draft.report

    def classes(self) -> list[str]:
        return sorted({*CLASSES, "202", "203"})

    def totals(self) -> None:
        made, put = self.made, self.put
        for fund in self.fiscal:
            put("totals", f"flow=income fund={fund}", made.sum("income", [fund]))
        for source in OTHER:
            put("totals", f"flow=income fund={source}", sum(made.sources.get(source, {}).values()))
        opening, income = made.sum("opening", self.every), made.sum("income", self.every)
        spent, closing = made.sum("expenditure", self.every), made.sum("closing", self.every)
        put("totals", "flow=income", income)
        put("totals", "flow=surplus_used", made.used)
        put("totals", "flow=opening", opening)
        put("totals", "flow=total_in", opening + income + made.used)
        for code in self.classes():
            put("totals", f"flow=expenditure function={code}", made.sum("expenditure", self.every, code=code))
        put("totals", "flow=expenditure", spent)
        put("totals", "flow=distributed", made.distributed)
        put("totals", "flow=closing", closing)
        put("totals", "flow=total_out", spent + closing + made.distributed)

    def income(self) -> None:
        for code in self.codes:
            row = "" if code == "all" else f" function={code}"
            self.put("income", f"flow=income{row}", self.made.sum("income", self.every, code=code))
            self.put("income", f"flow=income fund=fiscal{row}", self.made.sum("income", self.fiscal, code=code))
            for source in OTHER:
                mine = self.made.sources.get(source, {}).items()
                value = sum(v for item, v in mine if code == "all" or item.startswith(code))
                self.put("income", f"flow=income fund={source}{row}", value)

    def expenditure(self) -> None:
        for code in self.codes:
            row = "" if code == "all" else f" function={code}"
            self.put("expenditure", f"flow=expenditure{row}", self.made.sum("expenditure", self.every, code=code))
            for nature in ("basic", "project"):
                value = self.made.sum("expenditure", self.every, [nature], code)
                self.put("expenditure", f"flow=expenditure nature={nature}{row}", value)
            self.put("expenditure", f"flow=expenditure nature=commercial{row}", 0)

    def appropriation(self) -> None:
        made = self.made
        scopes: dict[str, tuple[str, ...]] = {"fiscal": self.fiscal} | {fund: (fund,) for fund in self.fiscal}
        for fund, funds in scopes.items():
            for flow in ("income", "opening", "expenditure", "closing"):
                self.put("fiscal", f"flow={flow} fund={fund}", made.sum(flow, funds))
            for code in self.classes():
                value = made.sum("expenditure", funds, code=code)
                self.put("fiscal", f"flow=expenditure fund={fund} function={code}", value)
            total = made.sum("expenditure", funds) + made.sum("closing", funds)
            self.put("fiscal", f"flow=total_out fund={fund}", total)
        self.put(
            "fiscal", "flow=total_in fund=fiscal", made.sum("income", self.fiscal) + made.sum("opening", self.fiscal)
        )

    def budget(self, table: str, fund: str) -> None:
        made = self.made
        live = {c[2] for flow in made.flows.values() for c, value in flow.items() if c[0] == fund and value}
        codes = [code for code in self.codes if code == "all" or any(item.startswith(code) for item in live)]
        for code in codes:
            row = f" fund={fund}" + ("" if code == "all" else f" function={code}")
            for flow in ("opening", "income", "expenditure", "closing"):
                self.put(table, f"flow={flow}{row}", made.sum(flow, [fund], code=code))
                basic, project = (made.sum(flow, [fund], [nature], code) for nature in ("basic", "project"))
                names = [f"flow={flow}{row} nature=basic"]
                names += [f"{names[0]} balance=carryover"] if flow in ("opening", "closing") else []
                self.put(table, names, basic)
                if flow != "closing":
                    self.put(table, f"flow={flow}{row} nature=project", project)
                    continue
                self.put(table, f"flow={flow}{row} nature=project balance=carryover", project)
                self.put(table, f"flow={flow}{row} nature=project balance=surplus", 0)

    def basic(self) -> None:
        total = self.made.sum("expenditure", ["general_public"], ["basic"])
        shares = self.split(total, [*PERSONNEL, *RUNNING])
        head = "flow=expenditure fund=general_public nature=basic"
        groups: dict[str, Callable[[str], bool]] = {
            "personnel": lambda code: code in PERSONNEL,
            "running": lambda code: code in RUNNING,
            **{name: (lambda code, name=name: code.startswith(name)) for name in ("301", "303", "302", "310")},  # type: ignore[misc]
        }
        for name, chosen in groups.items():
            self.put("basic", f"{head} economic={name}", sum(v for code, v in shares.items() if chosen(code)))
        for code, value in shares.items():
            self.put("basic", f"{head} economic={code}", value)
        self.three_public(shares)

    def split(self, total: int, codes: list[str]) -> dict[str, int]:
        """The total in parts of at least 200 元, the first takes the rest."""
        shares = dict.fromkeys(codes, 0)
        for code in codes[1:]:
            rest = total - sum(shares.values())
            if rest > 100_000 and self.made.random.random() < 0.6:
                shares[code] = self.made.random.randrange(20_000, rest // 2)
        shares[codes[0]] = total - sum(shares.values())
        return shares

    def three_public(self, shares: dict[str, int]) -> None:
        floor = {item: shares.get(code, 0) for item, code in THREE.items()}
        vehicles = floor["vehicles/purchase"] + floor["vehicles/running"]
        head = "flow=expenditure fund=fiscal item=three_public"
        self.put("three_public", head, sum(floor.values()))
        self.put("three_public", f"{head}/vehicles", vehicles)
        for item, value in floor.items():
            self.put("three_public", f"{head}/{item}", value)


def account(seed: int) -> Report:
    """The random consistent account of a seed."""
    return Printer(money(Random(seed)), Draft()).print()
