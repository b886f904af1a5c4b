"""The year before (上年): totals of the account that came before this one, whose closing balances are its opening ones.

Refuses detail that sentences do not compare: no functional codes, no economic classes.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from juesuan.generating.draws import Draws
from juesuan.generating.sums import FUNDS, Entry, stated_zeros
from juesuan.model.keys import Key

ZERO = Decimal(0)


def prior(facts: Mapping[Key, Decimal], year: str, draws: Draws) -> list[Entry]:
    """Entries of the year before, in proportion to the facts of `year`."""
    before = str(int(year) - 1)
    now, then = Key(year=year), Key(year=before)
    entries = [*stated_zeros(before, ("final",))]
    for fund in FUNDS:
        for nature in ("basic", "project"):
            spent = facts.get(now._replace(flow="expenditure", fund=fund, nature=nature), ZERO)
            closing = facts.get(now._replace(flow="opening", fund=fund, nature=nature), ZERO)
            line = then._replace(fund=fund, nature=nature)
            entries += _year(line, max(spent, ZERO), closing, draws)
    entries += _own_money(facts, now, then, draws)
    for key, amount in facts.items():
        compared = key.basis == "final" and key.fund == "general_public" and key.item.startswith(_COMPARED)
        if compared and key.item not in _SUMS and key.flow == "expenditure":
            entries.append((key._replace(year=before), _changed(amount, draws)))
    return entries


_COMPARED = ("three_public", "agency_running_costs")
_SUMS = ("three_public", "three_public/vehicles")


def _changed(amount: Decimal, draws: Draws) -> Decimal:
    """More, less, or the same as now."""
    return amount if draws.chance(15) else draws.part(amount, 55, 145)


def _year(line: Key, spent: Decimal, closing: Decimal, draws: Draws) -> list[Entry]:
    """A line of last year: its spending, its balances, the income that follows."""
    changed = _changed(spent, draws)
    opening = draws.part(changed, 1, 20) if closing and draws.chance(60) else ZERO
    flows = {"expenditure": changed, "closing": closing, "opening": opening, "income": changed + closing - opening}
    return [(line._replace(flow=flow), amount) for flow, amount in flows.items()]


def _own_money(facts: Mapping[Key, Decimal], now: Key, then: Key, draws: Draws) -> list[Entry]:
    """Money outside 财政拨款: by source of income; spending as one."""
    opening = now._replace(flow="opening")
    closing = facts.get(opening, ZERO) - facts.get(opening._replace(fund="fiscal"), ZERO)
    entries: list[Entry] = []
    income = ZERO
    for fund in ("superior", "public_service", "commercial", "subordinate", "other"):
        amount = _changed(facts.get(now._replace(flow="income", fund=fund), ZERO), draws)
        income += amount
        entries.append((then._replace(flow="income", fund=fund), amount))
    if income < closing:
        entries.append((then._replace(flow="income", fund="other"), closing))
        income += closing
    entries.append((then._replace(flow="closing", fund="other"), closing))
    entries.append((then._replace(flow="expenditure", fund="other", nature="basic"), income - closing))
    return entries
