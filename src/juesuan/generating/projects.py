"""Projects (项目绩效): named projects with their money and indicators, and the indicators of the whole department.

Weights follow the bands of data/performance.toml and add up to 100; a met indicator has its full weight. Refuses a
deviation above 30 % without a reason, and projects that cost more than the project spending they are a part of.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from juesuan.generating.draws import LEAST, Draws, data
from juesuan.knowledge.classifications import function_name
from juesuan.model.amounts import Amount
from juesuan.model.keys import ALL, Key

RATE = "预算执行率"
TENTH, HUNDREDTH = Decimal("0.1"), Decimal("0.01")
MOST = Decimal(30)
"""percent that an actual value may be off without a reason"""


@dataclass(frozen=True, slots=True)
class Target:
    """One indicator: what was aimed at, what came of it, and its marks. Amounts are None where words stand instead."""

    name: str
    level1: str
    level2: str
    relation: str
    target: Amount | None
    actual: Amount | None
    words: str
    weight: Decimal
    score: Decimal
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The self-evaluation of one project, or of the department (`name` is all, no money)."""

    name: str
    executor: str
    goal: str
    completion: str
    targets: tuple[Target, ...]
    fund: str = ALL
    initial: Decimal = Decimal(0)
    full_year: Decimal = Decimal(0)
    final: Decimal = Decimal(0)

    @property
    def score(self) -> Decimal:
        return sum((target.score for target in self.targets), Decimal(0))

    def facts(self, year: str) -> dict[Key, Amount]:
        """The money in 元, and target, actual value, weight and score of every indicator and of all together."""
        key = Key(year=year, project=self.name)
        found: dict[Key, Amount] = {}
        if self.name != ALL:
            for basis in ("initial", "full_year", "final"):
                found[key._replace(flow="expenditure", basis=basis)] = Amount(getattr(self, basis), 2, "元")
        for target in self.targets:
            own = key._replace(indicator=target.name)
            for measure, amount in (("target", target.target), ("actual", target.actual)):
                if amount is not None:
                    found[own._replace(measure=measure)] = amount
            found[own._replace(measure="weight")] = marks(target.weight)
            found[own._replace(measure="score")] = marks(target.score)
        found[key._replace(measure="weight")] = marks(Decimal(100))
        found[key._replace(measure="score")] = marks(self.score)
        return found


def marks(value: Decimal) -> Amount:
    """Points with the decimals that they need."""
    whole = value == value.to_integral_value()
    return Amount(value, 0 if whole else 1, "分")


def evaluations(spent: Sequence[tuple[str, Key, Decimal]], total: Decimal, year: str, draws: Draws) -> list[Evaluation]:
    """One for each line of project spending (unit, key, amount); together they cost no more than `total`."""
    found: list[Evaluation] = []
    room = total
    for executor, key, amount in spent:
        final = amount if draws.chance(60) else draws.part(amount, 50, 95)
        if LEAST < final <= room:
            room -= final
            found.append(_project(executor, key, final, {one.name for one in found}, draws))
    return found


def _project(executor: str, key: Key, final: Decimal, taken: set[str], draws: Draws) -> Evaluation:
    full = final if draws.chance(50) else final + draws.part(final, 1, 12)
    initial = full if draws.chance(50) else draws.part(full, 60, 150)
    known = function_name(key.function, key.year)
    item = (known.name if known else key.function).removesuffix("支出")
    words = data("performance")["words"]
    names = [pattern.format(item=item) for pattern in words["projects"]]
    name = next((n for n in names if n not in taken), f"{executor}{names[0]}")
    while name in taken:
        name += "（续）"
    return Evaluation(
        name,
        executor,
        draws.one(words["goals"]).format(item=item),
        draws.one(words["completions"]),
        _targets(_rate(final, full), draws),
        key.fund,
        initial,
        full,
        final,
    )


def department(name: str, spent: Decimal, budget: Decimal, draws: Draws) -> Evaluation:
    """The self-evaluation of the department as a whole."""
    words = data("performance")["words"]
    rate = _rate(spent, max(budget, spent))
    return Evaluation(ALL, name, words["department_goal"], words["completions"][1], _targets(rate, draws))


def _rate(final: Decimal, full: Decimal) -> Target:
    """The execution rate as an indicator of 10 points, scored in proportion."""
    rate = (final * 100 / full).quantize(HUNDREDTH, ROUND_HALF_UP)
    score = Decimal(10) if rate == 100 else (final * 10 / full).quantize(TENTH, ROUND_HALF_UP)
    reason = "" if rate > 100 - MOST else _reason()
    aim = Amount(Decimal(100), 0, "%")
    return Target(RATE, RATE, "预算管理", "=", aim, Amount(rate, 2, "%"), "", Decimal(10), score, reason)


def _reason() -> str:
    return str(data("performance")["words"]["reasons"][0])


def _targets(rate: Target, draws: Draws) -> tuple[Target, ...]:
    """Two to three indicators of every band, their weights adding up to the band's."""
    raw = data("performance")
    found = [rate]
    for band, weight in raw["bands"][draws.one(("cost", "plain", "unasked"))].items():
        pool = draws.some(raw["pool"][band], 1 if weight <= 10 else draws.count(2, 3))
        shares = _shares(weight, len(pool))
        for entry, share in zip(pool, shares, strict=True):
            found.append(_target(raw["levels"][band], entry, share, draws))
    return tuple(found)


def _shares(weight: int, parts: int) -> list[Decimal]:
    each, rest = divmod(weight, parts)
    return [Decimal(each + (1 if n < rest else 0)) for n in range(parts)]


def _target(level1: str, entry: Sequence[object], weight: Decimal, draws: Draws) -> Target:
    level2, name, relation, low, high, unit = (str(part) for part in entry)
    if relation == "定性":
        return Target(name, level1, level2, relation, None, None, unit, weight, weight)
    aim = Decimal(draws.count(int(low), int(high)))
    actual = _actual(aim, relation, unit, draws)
    met = {"≥": actual >= aim, "≤": actual <= aim, "=": actual == aim}[relation]
    off = abs(actual - aim) * 100 / aim
    score = weight if met else (weight * min(actual, aim) / max(actual, aim)).quantize(TENTH, ROUND_HALF_UP)
    reason = _reason() if not met else str(data("performance")["words"]["reasons"][1]) if off > MOST else ""
    target = Amount(aim, 0, unit)
    return Target(name, level1, level2, relation, target, Amount(actual, 0, unit), "", weight, score, reason)


def _actual(aim: Decimal, relation: str, unit: str, draws: Draws) -> Decimal:
    """Mostly as planned or better; now and then far more than planned, or missed."""
    if relation == "=" or draws.chance(30):
        return aim
    better = Decimal(draws.count(1, 45 if unit != "%" else 4))
    if draws.chance(8):
        better = -Decimal(draws.count(3, 20))
    if relation == "≤":
        better = -better / 3
    actual = (aim * (100 + better) / 100).to_integral_value()
    return max(Decimal(1), min(actual, Decimal(100)) if unit == "%" else actual)
