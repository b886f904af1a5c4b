"""A small made-up account: exact amounts in 分, consistent by construction, drawn from a seed.

Knows keys in short form and what each is worth: this year (final), in the initial budget, last year. Knows no words.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

GENERAL, FUNDS, CAPITAL = "general_public", "government_funds", "state_capital"
DEPARTMENTS = ("云溪县水务局", "安平市档案馆", "青川区科学技术协会", "临江县农业农村局", "望山市市场监督管理局")
OFFICES = ("办公室", "人事科", "财务科", "综合科", "业务科", "监督科", "信息科", "规划科")


@dataclass
class Item:
    """A functional item: its code, the names of 类, 款 and 项, what it spent by nature, its initial budget."""

    code: str
    names: tuple[str, str, str]
    basic: int = 0
    project: int = 0
    initial: int = 0
    income: int = 0
    outside: int = 0

    @property
    def spent(self) -> int:
        return self.basic + self.project


ITEMS = (
    ("2010301", ("一般公共服务支出", "政府办公厅（室）及相关机构事务", "行政运行")),
    ("2010302", ("一般公共服务支出", "政府办公厅（室）及相关机构事务", "一般行政管理事务")),
    ("2050803", ("教育支出", "进修及培训", "培训支出")),
    ("2080501", ("社会保障和就业支出", "行政事业单位养老支出", "行政单位离退休")),
    ("2080505", ("社会保障和就业支出", "行政事业单位养老支出", "机关事业单位基本养老保险缴费支出")),
    ("2080506", ("社会保障和就业支出", "行政事业单位养老支出", "机关事业单位职业年金缴费支出")),
    ("2101101", ("卫生健康支出", "行政事业单位医疗", "行政单位医疗")),
    ("2130199", ("农林水支出", "农业农村", "其他农业农村支出")),
    ("2210201", ("住房保障支出", "住房改革支出", "住房公积金")),
)
PROJECTS = ("2010302", "2050803", "2130199")
FUND_ITEM = ("2296002", ("其他支出", "彩票公益金安排的支出", "用于社会福利的彩票公益金支出"))


@dataclass
class Account:
    """The amounts of one account by key in short form, in 分; counts as they are."""

    seed: int
    department: str = ""
    year: int = 2024
    items: list[Item] = field(default_factory=list)
    fund: Item | None = None
    outside: dict[str, int] = field(default_factory=dict)
    """income outside the appropriation, by fund"""
    economic: dict[str, int] = field(default_factory=dict)
    now: dict[str, int] = field(default_factory=dict)
    initial: dict[str, int] = field(default_factory=dict)
    last: dict[str, int] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    offices: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        self.random = Random(self.seed)
        self.department = self.random.choice(DEPARTMENTS)
        self.year = self.random.choice((2022, 2023, 2024))
        self.offices = tuple(self.random.sample(OFFICES, self.random.randrange(3, 7)))
        self._items()
        self._totals()
        self._basic()
        self._three_public()
        self._others()

    def near(self, value: int, least: float = 0.7, most: float = 1.3) -> int:
        """An amount near another, in whole 分; never the same."""
        found = round(value * self.random.uniform(least, most))
        return found if abs(found - value) > 20_000 else value + 3_456_700

    def amount(self, low: int, high: int) -> int:
        """An amount between two in 万元, in 分."""
        return self.random.randrange(low * 1_000_000, high * 1_000_000)

    def _items(self) -> None:
        keep = sorted({"2010301", "2010302", *self.random.sample([c for c, _ in ITEMS], 5)})
        for code, names in ITEMS:
            if code in keep:
                item = Item(code, names)
                if code in PROJECTS:
                    item.project = self.amount(20, 400)
                else:
                    item.basic = self.amount(400, 900) if code == "2010301" else self.amount(5, 80)
                level = self.random.random() < 0.15
                item.initial = item.spent if level else self.near(item.spent)
                item.income = item.spent
                self.items.append(item)
        if self.random.random() < 0.4:
            self.fund = Item(*FUND_ITEM, project=self.amount(10, 90))
            self.fund.initial, self.fund.income = self.near(self.fund.spent), self.fund.spent
        if self.random.random() < 0.5:
            self.outside["other"] = self.items[0].outside = self.amount(1, 60)

    def _totals(self) -> None:
        opening = self.amount(5, 19) if self.random.random() < 0.5 else 0
        closing = self.amount(5, 40) if opening else 0
        self.items[1].income += closing - opening
        general = sum(i.spent for i in self.items)
        self._flows(self.now, general, opening, closing, 1.0)
        before = self.near(general)
        first = self.near(opening) if opening else 0
        self._flows(self.last, before, first, opening, self.random.uniform(0.7, 1.3))
        initial = {GENERAL: sum(i.initial for i in self.items), FUNDS: self.fund.initial if self.fund else 0}
        for fund, value in initial.items():
            self.initial[f"flow=expenditure fund={fund}"] = value
        self.initial["flow=expenditure fund=fiscal"] = sum(initial.values())

    def _flows(self, into: dict[str, int], general: int, opening: int, closing: int, size: float) -> None:
        """Income, expenditure and balances of a year, all funds; `size` is how large the other funds were."""
        funds = round(self.fund.spent * size) if self.fund else 0
        other = round(sum(self.outside.values()) * size)
        income = {GENERAL: general + closing - opening, FUNDS: funds, CAPITAL: 0}
        fiscal = sum(income.values())
        into |= {f"flow=income fund={name}": value for name, value in income.items()}
        into |= {"flow=income fund=fiscal": fiscal, "flow=income": fiscal + other, "flow=income fund=other": other}
        into |= {"flow=opening": opening, "flow=closing": closing, "flow=expenditure": general + funds + other}
        into |= {f"flow=expenditure fund={GENERAL}": general, f"flow=expenditure fund={FUNDS}": funds}
        into |= {f"flow=expenditure fund={CAPITAL}": 0, "flow=expenditure fund=fiscal": general + funds}
        into["flow=total_in"] = into["flow=total_out"] = fiscal + other + opening
        into["flow=total_in fund=fiscal"] = into["flow=total_out fund=fiscal"] = fiscal + opening

    def _basic(self) -> None:
        basic = {i.code: i.basic for i in self.items}
        economic = {
            "30108": basic.get("2080505", 0),
            "30109": basic.get("2080506", 0),
            "30113": basic.get("2210201", 0),
        }
        economic |= {"30110": basic.get("2101101", 0), "30302": basic.get("2080501", 0)}
        rest = basic["2010301"]
        for code in ("30102", "30103", "30201", "30202", "30207", "30211", "30217", "30228", "30231", "31002"):
            share = self.amount(1, 12) if code[:3] in ("302", "310") else self.amount(30, 90)
            economic[code] = 0 if self.random.random() < 0.2 else share
            rest -= economic[code]
        economic["30101"] = rest
        self.economic = dict(sorted((c, v) for c, v in economic.items() if v))
        head = f"flow=expenditure fund={GENERAL} nature=basic"
        groups = {c[:3] for c in self.economic}
        for group in groups:
            self.now[f"{head} economic={group}"] = sum(v for c, v in self.economic.items() if c.startswith(group))
        person = sum(v for c, v in self.economic.items() if c[:3] in ("301", "303"))
        total = sum(basic.values())
        outside = sum(self.outside.values())
        project = sum(i.project for i in self.items) + (self.fund.project if self.fund else 0)
        self.now |= {head: total, f"{head} economic=personnel": person, f"{head} economic=running": total - person}
        self.now |= {"flow=expenditure nature=basic": total + outside, "flow=expenditure nature=project": project}
        for item in [*self.items, *([self.fund] if self.fund else [])]:
            key = f"flow=expenditure fund={FUNDS if item is self.fund else GENERAL} function={item.code}"
            self.now[key], self.initial[key] = item.spent, item.initial
        for code in sorted({i.code[:3] for i in self.items}):
            value = sum(i.spent for i in self.items if i.code.startswith(code))
            self.now[f"flow=expenditure fund={GENERAL} function={code}"] = value

    def _three_public(self) -> None:
        parts = {
            "/overseas": self.amount(1, 5) if self.random.random() < 0.4 else 0,
            "/vehicles/purchase": self.amount(15, 22) if self.random.random() < 0.4 else 0,
            "/vehicles/running": self.economic.get("30231", 0) + self.amount(1, 4),
            "/reception": self.economic.get("30217", 0) + self.amount(1, 3),
        }
        head = f"flow=expenditure fund={GENERAL} item=three_public"
        for into, change in ((self.now, False), (self.initial, True), (self.last, True)):
            own = {n: (self.near(v, 0.8, 1.2) if change and v else v) for n, v in parts.items()}
            into |= {head + name: value for name, value in own.items()}
            into[f"{head}/vehicles"] = own["/vehicles/purchase"] + own["/vehicles/running"]
            into[head] = sum(own.values())
        draw = self.random.randrange
        abroad, bought = int(parts["/overseas"] > 0), int(parts["/vehicles/purchase"] > 0)
        self.counts |= {"/overseas/groups": abroad * draw(1, 3), "/overseas/persons": abroad * draw(3, 7)}
        self.counts |= {"/vehicles/purchase/bought": bought, "/reception/batches": draw(5, 60)}
        self.counts["/reception/persons"] = self.counts["/reception/batches"] * draw(4, 9)
        self.counts = {f"item=three_public{name} measure=count": value for name, value in self.counts.items()}

    def _others(self) -> None:
        draw, head = self.random.randrange, "flow=expenditure item=procurement"
        agency = f"flow=expenditure fund={GENERAL} item=agency_running_costs"
        self.now[agency] = self.now[f"flow=expenditure fund={GENERAL} nature=basic economic=running"]
        self.last[agency] = self.near(self.now[agency])
        goods, works, services = self.amount(5, 50), self.amount(5, 90), self.amount(5, 40)
        sme = round((goods + works + services) * self.random.uniform(0.5, 0.95))
        self.now |= {head: goods + works + services, f"{head}/goods": goods, f"{head}/works": works}
        self.now |= {f"{head}/services": services, f"{head}/awards/sme": sme}
        self.now[f"{head}/awards/micro"] = round(sme * self.random.uniform(0.2, 0.9))
        kinds = {name: draw(1, 6) for name in ("confidential", "emergency", "law_enforcement", "other")}
        vehicles = {f"item=assets/vehicles/{name} measure=count": n for name, n in kinds.items()}
        self.counts |= {"item=assets/vehicles measure=count": sum(kinds.values()), **vehicles}
        self.counts["item=three_public/vehicles/running/held measure=count"] = sum(kinds.values())
        self.counts["item=assets/equipment_over_100 measure=count"] = draw(0, 4)
        projects = draw(3, 15)
        good = draw(1, projects)
        grades = {"/projects": projects, "/grade/excellent": projects - good, "/grade/good": good}
        self.counts |= {f"item=performance{name} measure=count": n for name, n in grades.items()}
        self.counts["item=performance/average measure=score"] = draw(8500, 9990)
        self.counts["item=organisation/offices measure=count"] = len(self.offices)
        self.now["flow=expenditure item=performance/funds"] = self.now["flow=expenditure nature=project"]
