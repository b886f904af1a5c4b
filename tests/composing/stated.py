"""Which keys every explanation states, written down from the published forms and not from our data files.

What a sentence states is compared with the generator's own figures. Refuses to judge tables: see expected.py.
"""

from __future__ import annotations

from collections.abc import Iterator

from juesuan.generating import Generated
from juesuan.generating.reports import rounded
from juesuan.model.keys import ALL, Key, parse_key
from juesuan.model.reports import Fact, Report

GP, GF, SC = "fund=general_public", "fund=government_funds", "fund=state_capital"
VISITS = ("overseas", "vehicles", "vehicles/purchase", "vehicles/running", "reception")
#: what every explanation states, zero or not
ALWAYS = (
    "flow=total_in",
    "flow=total_out",
    "flow=income",
    "flow=expenditure",
    "flow=total_in fund=fiscal",
    "flow=total_out fund=fiscal",
    f"flow=expenditure {GP}",
    f"flow=expenditure {GP} nature=basic",
    f"flow=expenditure {GP} nature=basic economic=personnel",
    f"flow=expenditure {GP} nature=basic economic=running",
    f"basis=initial flow=expenditure {GP}",
    "item=assets/vehicles measure=count",
    "item=assets/equipment_over_100 measure=count",
    "item=organisation/offices measure=count",
)
#: what is stated where it is not zero; * runs over the values that have a figure
WHERE_LIVE = (
    "flow=income fund=fiscal",
    "flow=income fund=superior",
    "flow=income fund=public_service",
    "flow=income fund=commercial",
    "flow=income fund=subordinate",
    "flow=income fund=other",
    "flow=expenditure nature=*",
    f"flow=expenditure {GP} function=*",
    f"basis=initial flow=expenditure {GP} function=*",
    f"flow=income {GF}",
    f"flow=expenditure {GF}",
    f"flow=income {SC}",
    f"flow=expenditure {SC}",
    f"flow=expenditure {GP} item=agency_running_costs",
    "flow=expenditure item=procurement",
    "flow=expenditure item=procurement/goods",
    "flow=expenditure item=procurement/works",
    "flow=expenditure item=procurement/services",
)
FISCAL = ("general_public", "fiscal")
"""national forms changed from one to the other in 2022"""


def spoken(report: Report) -> Iterator[Fact]:
    """The figures of the explanation, without the rules in the notes of performance forms."""
    for fact in report.facts:
        if fact.table < 0 and fact.section >= 0 and not fact.keys[0].indicator.endswith(("指标", "率", "偏差")):
            yield fact


def own(account: Generated, key: Key) -> Key:
    """The generator's key: it says which fund pays for journeys and cars, and 预算数 of no said kind is the initial."""
    if key.item.startswith("three_public") and key.measure == "count":
        return key._replace(fund="general_public")
    if key.basis == "budget" and key not in account.facts:
        return key._replace(basis="initial")
    return key


def misstated(account: Generated, read: Report) -> Iterator[tuple[str, str, str]]:
    """(key, as stated, the generator's own) of every figure of the explanation that is not the generator's."""
    for fact in spoken(read):
        for key in fact.keys:
            true = account.facts.get(own(account, key))
            if true is None or fact.amount.value != rounded(true, "万元", 2).value:
                yield str(key), fact.amount.show(), str(true)


def unstated(account: Generated, read: Report) -> Iterator[str]:
    """The keys that the explanation has to state, and does not."""
    found = {key for fact in spoken(read) for key in fact.keys}
    found |= {key._replace(fund=fund) for key in found if key.item.startswith("three_public") for fund in FISCAL}
    yield from (str(key) for key in wanted(account) if key not in found)


def wanted(account: Generated) -> Iterator[Key]:
    year = f"year={account.year} "
    yield from (parse_key(year + text) for text in ALWAYS)
    for text in WHERE_LIVE:
        pattern = parse_key(year + text.replace("=*", f"={ALL}"))
        if "*" not in text:
            yield from [pattern] if account.facts.get(pattern) and account.facts[pattern].value else []
            continue
        name = text.split("=*")[0].split()[-1]
        for key, amount in account.facts.items():
            value = getattr(key, name)
            lowest = name != "function" or len(value) == 7
            if value != ALL and lowest and amount.value and key._replace(**{name: ALL}) == pattern:
                yield key
    fund = "fiscal" if account.shape.style == "shanghai" else None
    if account.true(flow="expenditure", fund="general_public", item="three_public"):
        for part in ("", *(f"/{visit}" for visit in VISITS)):
            key = parse_key(f"{year}flow=expenditure {GP} item=three_public{part}")
            yield key._replace(fund=fund) if fund else key
