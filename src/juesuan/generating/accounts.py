"""Accounts (编造一套账目): a department with its units, true figures in 元 as facts, and all that sentences need.

The facts are the generator's own: drawn as entries, added up in `sums`, never read. The same seed and shape give the
same account. Refuses nothing that a Shape may ask for.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from juesuan.generating import projects
from juesuan.generating.about import about
from juesuan.generating.draws import Draws, data
from juesuan.generating.extras import Extras
from juesuan.generating.prior import prior
from juesuan.generating.projects import Evaluation
from juesuan.generating.shapes import Shape, shape_of
from juesuan.generating.sums import stated_zeros, summed
from juesuan.generating.units import ZERO, Unit, UnitMoney
from juesuan.model.amounts import Amount
from juesuan.model.keys import ALL, Key

Facts = dict[Key, Amount]


@dataclass(frozen=True, slots=True)
class Generated:
    """One account. `facts` are true figures: money in 元, all else in its own unit; `units` are names, 本级 first.

    With several units their own figures are there too, under entity=<name>.
    """

    seed: int
    shape: Shape
    department: str
    place: str
    units: tuple[str, ...]
    kinds: tuple[str, ...]
    """of each unit: administrative 行政, civil 参公, public 事业"""
    offices: tuple[str, ...]
    duties: tuple[str, ...]
    facts: Facts
    evaluations: tuple[Evaluation, ...]
    """of the department (name all) and of each project"""

    @property
    def year(self) -> str:
        return str(self.shape.year)

    @property
    def projects(self) -> tuple[Evaluation, ...]:
        return tuple(one for one in self.evaluations if one.name != ALL)

    def true(self, **dims: str) -> Decimal:
        """The figure with these dimensions, in 元 for money; zero where there is none."""
        found = self.facts.get(Key(**{"year": self.year, **dims}))
        return found.base if found else ZERO


def generate(seed: int, shape: Shape | None = None) -> Generated:
    """The account of a seed, in the shape given or in the seed's own."""
    shape = shape or shape_of(seed)
    draws = Draws(f"account {seed} {shape}")
    profile = draws.one([p for p in data("profiles")["profile"] if p.get("since", 0) <= shape.year])
    place = draws.one(data("places")[shape.style])
    department = profile["name"].format(place=place)
    units = _units(department, place, profile, shape, draws)
    for n, unit in enumerate(units):
        UnitMoney(unit, shape, draws, profile).draw(shape.projects if n == 0 else draws.count(0, 2))
    parts = [_unit_facts(unit, shape, draws) for unit in units]
    facts = _joined(parts)
    if shape.prior:
        money = {key: amount.value for key, amount in facts.items() if amount.unit == "元"}
        facts |= _money(summed(prior(money, str(shape.year), draws)))
    offices = draws.some(profile["offices"], draws.count(3, 7))
    evaluations = _evaluations(department, units, facts, shape, draws)
    for one in evaluations:
        facts |= one.facts(str(shape.year))
    facts |= about(str(shape.year), evaluations, len(offices), len(units))
    if len(units) > 1:
        for unit, part in zip(units, parts, strict=True):
            facts |= {key._replace(entity=unit.name): amount for key, amount in part.items()}
    names, kinds = tuple(unit.name for unit in units), tuple(unit.kind for unit in units)
    duties = tuple(profile["duties"])
    return Generated(seed, shape, department, place, names, kinds, tuple(offices), duties, facts, tuple(evaluations))


def _units(department: str, place: str, profile: dict[str, Any], shape: Shape, draws: Draws) -> list[Unit]:
    """The department itself (本级), then its units; there is a public institution if money is earned."""
    head = Unit(f"{department}（本级）", "administrative", draws.count(8, 90), profile["running"])
    found = [head]
    wanted = max(shape.units, 1 if shape.public_service else 0)
    for n, name in enumerate(draws.some(profile["units"], wanted)):
        kind = "public" if n == 0 or draws.chance(80) else "civil"
        running = profile["running"] if kind == "civil" else draws.one(profile["institution"])
        found.append(Unit(name.format(place=place), kind, draws.count(5, 120), running))
    return found


def _unit_facts(unit: Unit, shape: Shape, draws: Draws) -> Facts:
    extras = Extras(unit, shape, draws)
    extras.draw()
    return _money(summed((*stated_zeros(str(shape.year)), *unit.entries, *extras.entries))) | extras.counts


def _money(facts: dict[Key, Decimal]) -> Facts:
    return {key: Amount(amount, 2, "元") for key, amount in facts.items()}


def _joined(parts: Iterable[Facts]) -> Facts:
    """The department's figures: the plain sum of its units."""
    whole: Facts = {}
    for part in parts:
        for key, amount in part.items():
            before = whole[key].value if key in whole else ZERO
            whole[key] = Amount(before + amount.value, amount.decimals, amount.unit)
    return whole


def _evaluations(department: str, units: Sequence[Unit], facts: Facts, shape: Shape, draws: Draws) -> list[Evaluation]:
    line = Key(year=str(shape.year), flow="expenditure")
    spent = [(unit.name, key, amount) for unit in units for key, amount in unit.spent][:6]
    total = facts.get(line._replace(nature="project"), Amount(ZERO, 2, "元")).value
    found = projects.evaluations(spent, total, line.year, draws)
    fiscal = [facts[line._replace(fund="fiscal", basis=basis)].value for basis in ("final", "full_year")]
    return [projects.department(department, fiscal[0], fiscal[1], draws), *found]
