"""Sums (汇总): leaf amounts become facts: every total that an account may print, added up once, in 元.

The generator's own way from entries to keys: no reader and no form is asked. Refuses totals that have no meaning in an
account (expenditure by the non-fiscal funds, income by nature over all funds).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import product

from juesuan.knowledge.hierarchy import ancestors, rule
from juesuan.model.keys import ALL, Key

Entry = tuple[Key, Decimal]
TOTAL_OF = {
    "opening": "total_in",
    "income": "total_in",
    "surplus_used": "total_in",
    "expenditure": "total_out",
    "distributed": "total_out",
    "closing": "total_out",
}
FUNDS = ("general_public", "government_funds", "state_capital")
_THREE_PUBLIC = tuple(
    f"three_public/{item}" for item in ("overseas", "vehicles/purchase", "vehicles/running", "reception")
)
FLOWS = ("opening", "income", "surplus_used", "total_in", "expenditure", "distributed", "closing", "total_out")


def summed(entries: Iterable[Entry]) -> dict[Key, Decimal]:
    """Every key that the entries are a part of, with its amount."""
    facts: dict[Key, Decimal] = {}
    for entry, amount in entries:
        for key in wholes(entry):
            facts[key] = facts.get(key, Decimal(0)) + amount
    return facts


def wholes(entry: Key) -> Iterator[Key]:
    """The entry's own key and all totals that it belongs to."""
    if entry.project != ALL or entry.measure != "amount":
        yield entry
        return
    if entry.economic != ALL:
        yield from (entry._replace(economic=part) for part in _up("economic", entry.economic, whole=False))
        return
    for fund, nature, balance, function, item in product(
        _funds(entry),
        _up("nature", entry.nature),
        _up("balance", entry.balance),
        _up("function", entry.function),
        _up("item", entry.item, whole=False),
    ):
        key = entry._replace(fund=fund, nature=nature, balance=balance, function=function, item=item)
        if _meant(key):
            yield key
        total = TOTAL_OF.get(key.flow)
        if total and entry.basis == "final" and key[5:] == Key()[5:] and key.fund in (ALL, "fiscal", *FUNDS):
            yield key._replace(flow=total)


def _up(dimension: str, value: str, whole: bool = True) -> tuple[str, ...]:
    above = (v for v in ancestors(dimension, value) if whole or v != ALL)
    return (value, *above)


def _funds(entry: Key) -> tuple[str, ...]:
    """Budgets and “三公” know no money but 财政拨款; other items belong to their own fund alone."""
    funds = _up("fund", entry.fund)
    if entry.item.startswith("three_public") or entry.basis != "final":
        return tuple(fund for fund in funds if fund != ALL) or (ALL,)
    return (entry.fund,) if entry.item not in (ALL, "education_fees") else funds


def _meant(key: Key) -> bool:
    """Whether an account has such a figure."""
    if key.item != ALL:
        return key.item != "education_fees" or key.fund == "public_service"
    if key.fund not in (ALL, *rule("fiscal_funds")):
        return key.flow == "income" and key.nature == ALL
    if key.fund == ALL and key.flow != "expenditure" and key.nature != ALL:
        return False
    if key.fund == ALL and key.balance != ALL:
        return False
    return key.fund != ALL or key.function == ALL or key.flow in ("income", "expenditure")


def stated_zeros(year: str, bases: tuple[str, ...] = ("initial", "full_year", "final")) -> Iterator[Entry]:
    """The totals that every account prints, be they zero."""
    for fund in (ALL, "fiscal", *FUNDS):
        for flow in FLOWS:
            if fund == ALL or flow not in rule("whole_fund_flows"):
                yield Key(year=year, flow=flow, fund=fund), Decimal(0)
    basic = Key(year=year, flow="expenditure", fund="general_public", nature="basic")
    for part in ("personnel", "running", ALL):
        yield basic._replace(economic=part), Decimal(0)
    for basis, item in product(bases, _THREE_PUBLIC):
        yield Key(year=year, flow="expenditure", fund="general_public", basis=basis, item=item), Decimal(0)
