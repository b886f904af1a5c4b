"""Totals (汇总): leaf amounts in 元 → every figure that the nine tables and the sentences may print.

A leaf is a key with all that is known of it; it counts towards each total that it is a part of. Refuses totals that no
account prints: spending by money outside 财政拨款, balances of all money by function or nature.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from itertools import product

from juesuan.compiling.ledger_words import three_public_item
from juesuan.knowledge.hierarchy import ancestors, rule
from juesuan.model.amounts import MONEY_UNITS, Amount
from juesuan.model.keys import ALL, Key

ZERO = Decimal(0)
FISCAL = ("general_public", "government_funds", "state_capital")
_IN, _OUT = ("opening", "income", "surplus_used"), ("expenditure", "distributed", "closing")
_THREE_PUBLIC = ("overseas", "vehicles/purchase", "vehicles/running", "reception")


@dataclass(slots=True)
class Totals:
    """The figures in 元, and for each the leaves that make it up (number of a leaf → sign)."""

    figures: dict[Key, Decimal] = field(default_factory=dict)
    leaves: list[tuple[Key, Decimal]] = field(default_factory=list)
    parts: dict[Key, list[int]] = field(default_factory=dict)

    def rounded(self, unit: str = "万元", decimals: int = 2) -> dict[Key, Amount]:
        """Every figure in another unit, each rounded once from its own 元, half up."""
        place = Decimal(1).scaleb(-decimals)
        scale = MONEY_UNITS[unit]
        return {
            key: Amount((amount / scale).quantize(place, ROUND_HALF_UP), decimals, unit, decimals)
            for key, amount in self.figures.items()
        }


def totals(leaves: Iterable[tuple[Key, Decimal]], kinds: Mapping[str, str] = {}) -> Totals:
    """All totals. `kinds`: unit → what it is, for 机关运行经费 (administrative and civil units only)."""
    result = Totals()
    leaves = list(leaves)
    years = sorted({key.year for key, _ in leaves})
    for entity, zero in product(sorted({ALL, *(key.entity for key, _ in leaves)}), list(stated(years))):
        result.figures[zero._replace(entity=entity)] = ZERO
        result.parts[zero._replace(entity=entity)] = []
    for leaf, amount in leaves:
        number = len(result.leaves)
        result.leaves.append((leaf, amount))
        for key in dict.fromkeys(wholes(leaf, kinds)):
            result.figures[key] = result.figures.get(key, ZERO) + amount
            result.parts.setdefault(key, []).append(number)
    return result


def wholes(leaf: Key, kinds: Mapping[str, str] = {}) -> Iterator[Key]:
    """Every figure that a leaf is a part of."""
    for entity in dict.fromkeys((leaf.entity, ALL)):
        own = leaf._replace(entity=entity)
        if leaf.item != ALL:
            yield from _fees(own)
            continue
        yield from _lines(own)
        if leaf.economic != ALL and leaf.flow == "expenditure" and leaf.fund in FISCAL:
            yield from _economic(own)
            yield from _three_public(own)
            if kinds.get(leaf.entity) in ("administrative", "civil") and _runs(leaf):
                plain = Key(entity=entity, year=leaf.year, flow="expenditure", fund=leaf.fund)
                yield plain._replace(item="agency_running_costs")


def _runs(leaf: Key) -> bool:
    group = ancestors("economic", leaf.economic)
    return leaf.fund == "general_public" and leaf.nature == "basic" and "running" in group


def _lines(leaf: Key) -> Iterator[Key]:
    """By fund, nature, balance and function."""
    base = leaf._replace(economic=ALL)
    for fund, nature, balance, function in product(
        _up("fund", leaf.fund), _up("nature", leaf.nature), _up("balance", leaf.balance), _up("function", leaf.function)
    ):
        key = base._replace(fund=fund, nature=nature, balance=balance, function=function)
        if _printed(key):
            yield key
        if (nature, balance, function) == (ALL, ALL, ALL) and fund in (ALL, "fiscal", *FISCAL):
            yield key._replace(flow="total_in" if leaf.flow in _IN else "total_out")


def _up(dimension: str, value: str) -> tuple[str, ...]:
    return (value, *ancestors(dimension, value))


def _printed(key: Key) -> bool:
    """Whether an account prints such a figure."""
    if key.fund == ALL:
        if key.flow not in ("income", "expenditure"):
            return (key.nature, key.balance, key.function) == (ALL, ALL, ALL)
        return key.nature == ALL or key.flow == "expenditure"
    if key.fund in rule("fiscal_funds"):
        return key.fund != "fiscal" or key.flow in ("income", "expenditure") or key.function == ALL
    return key.flow == "income" and key.nature == ALL


def _economic(leaf: Key) -> Iterator[Key]:
    """基本支出 of the general public budget by 款, class, and personnel or running costs."""
    if leaf.fund == "general_public" and leaf.nature == "basic":
        for value in _up("economic", leaf.economic):
            if value != ALL:
                yield leaf._replace(function=ALL, economic=value)


def _three_public(leaf: Key) -> Iterator[Key]:
    item = three_public_item(leaf.economic)
    if item:
        base = Key(entity=leaf.entity, year=leaf.year, flow="expenditure")
        for fund, own in product((leaf.fund, "fiscal"), (item, *ancestors("item", item))):
            if own != ALL:
                yield base._replace(fund=fund, item=own)


def _fees(leaf: Key) -> Iterator[Key]:
    """其中 items: by function, never towards their whole."""
    for function in _up("function", leaf.function):
        yield leaf._replace(function=function)


def stated(years: Iterable[str]) -> Iterator[Key]:
    """The figures that every account prints, be they zero."""
    for year in years:
        for fund in (ALL, "fiscal", *FISCAL):
            for flow in (*_IN, *_OUT, "total_in", "total_out"):
                if fund == ALL or flow not in rule("whole_fund_flows"):
                    yield Key(year=year, flow=flow, fund=fund)
        basic = Key(year=year, flow="expenditure", fund="general_public", nature="basic")
        yield from (basic._replace(economic=part) for part in (ALL, "personnel", "running"))
        spent = Key(year=year, flow="expenditure", fund="general_public")
        for fund, item in product(("general_public", "fiscal"), ("", *(f"/{part}" for part in _THREE_PUBLIC))):
            yield spent._replace(fund=fund, item=f"three_public{item}")
