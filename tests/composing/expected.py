"""Which keys each table prints in each style, written down from the published tables and not from our layouts.

A key is written in its short form without the year; {f} runs over the functional codes that have a figure, {c} over
the classes, {e} over the economic codes.
"""

from __future__ import annotations

from juesuan.generating import Generated
from juesuan.model.keys import ALL, Key, parse_key

GP, GF, SC = "fund=general_public", "fund=government_funds", "fund=state_capital"
NATURES = ("", "nature=basic", "nature=project")
ITEMS = ("", "/overseas", "/vehicles", "/vehicles/purchase", "/vehicles/running", "/reception")
OTHER = tuple(f"fund={name}" for name in ("superior", "public_service", "commercial", "subordinate", "other"))


def in_and_out(fund: str) -> list[str]:
    """辽宁: opening, income, expenditure and closing by nature; what is left of projects by 结转 and 结余."""
    flows = [f"flow={flow} {fund} {nature}" for flow in ("opening", "income", "expenditure") for nature in NATURES]
    left = ("", "nature=basic", "nature=project balance=carryover", "nature=project balance=surplus")
    once = [f"flow={flow} {fund} nature=basic balance=carryover" for flow in ("opening", "closing")]
    return [*flows, *(f"flow=closing {fund} {part}" for part in left), *once]


def flows_only(fund: str) -> list[str]:
    """上海、全国: opening, income, expenditure by nature, closing."""
    spent = [f"flow=expenditure {fund} {nature}" for nature in NATURES]
    return [*spent, *(f"flow={flow} {fund}" for flow in ("opening", "income", "closing"))]


TOTALS = [
    *(f"flow=income {fund}" for fund in ("", GP, GF, SC, *OTHER)),
    *(f"flow={flow}" for flow in ("surplus_used", "opening", "total_in", "distributed", "closing", "total_out")),
    "flow=expenditure",
    "flow=expenditure function={c}",
]
FISCAL = [
    *(f"flow=income {fund}" for fund in ("fund=fiscal", GP, GF, SC)),
    *(f"flow=opening {fund}" for fund in ("fund=fiscal", GP, GF, SC)),
    "flow=total_in fund=fiscal",
    *(
        f"flow={flow} {fund}"
        for flow in ("expenditure", "closing", "total_out")
        for fund in ("fund=fiscal", GP, GF, SC)
    ),
    *(f"flow=expenditure {fund} function={{c}}" for fund in ("fund=fiscal", GP, GF, SC)),
]
INCOME = ["flow=income", *(f"flow=income {fund}" for fund in ("fund=fiscal", *OTHER))]
FEES = "flow=income fund=public_service item=education_fees"
EXPENDITURE = [
    "flow=expenditure",
    *(f"flow=expenditure nature={n}" for n in ("basic", "project", "remitted_up", "commercial", "subsidy_down")),
]
BASIC = f"flow=expenditure {GP} nature=basic economic="
STATE = [
    f"flow={flow} {SC} {b}" for flow in ("opening", "closing") for b in ("", "balance=carryover", "balance=surplus")
]


def by_function(keys: list[str]) -> list[str]:
    return [*keys, *(f"{key} function={{f}}" for key in keys)]


def three_public(fund: str, budget: str) -> list[str]:
    bases = ("", f"basis={budget}")
    return [f"{basis} flow=expenditure fund={fund} item=three_public{item}" for basis in bases for item in ITEMS]


TABLES: dict[str, dict[str, list[str]]] = {
    "liaoning": {
        "income": by_function(INCOME),
        "general_public": by_function(in_and_out(GP)),
        "funds": by_function(in_and_out(GF)),
        "state_capital": by_function([*STATE, f"flow=income {SC}", f"flow=expenditure {SC}"]),
        "three_public": three_public("general_public", "initial"),
    },
    "shanghai": {
        "income": by_function(INCOME),
        "general_public": by_function([f"flow=expenditure {GP} {nature}" for nature in NATURES]),
        "funds": by_function(flows_only(GF)),
        "state_capital": by_function(flows_only(SC)),
        "three_public": three_public("fiscal", "budget"),
    },
    "national": {
        "income": by_function([*INCOME, FEES]),
        "general_public": by_function([f"flow=expenditure {GP} {nature}" for nature in NATURES]),
        "funds": by_function(flows_only(GF)),
        "state_capital": by_function([f"flow=expenditure {SC} {nature}" for nature in NATURES]),
        "three_public": three_public("fiscal", "full_year"),
    },
}
COMMON = {
    "totals": TOTALS,
    "expenditure": by_function(EXPENDITURE),
    "fiscal": FISCAL,
    "basic": [f"{BASIC}personnel", f"{BASIC}running", f"{BASIC}{{e}}"],
}


def expected_keys(account: Generated) -> dict[str, set[Key]]:
    """Form → the keys of its figures that are not zero."""
    style = account.shape.style
    wanted = COMMON | TABLES[style]
    if style == "national" and account.shape.year < 2022:
        wanted |= {"three_public": three_public("general_public", "full_year")}
    return {form: _live(account, keys) for form, keys in wanted.items()}


def _live(account: Generated, texts: list[str]) -> set[Key]:
    codes = {key.function for key in account.facts if key.function != ALL}
    economic = {key.economic for key in account.facts if key.economic.isdigit()}
    found = set()
    for text in texts:
        for value in codes if "{f}" in text or "{c}" in text else economic if "{e}" in text else {""}:
            if "{c}" not in text or len(value) == 3:
                key = parse_key(f"year={account.year} {text.format(f=value, c=value, e=value)}")
                if true_figure(account, key):
                    found.add(key)
    return found


def true_figure(account: Generated, key: Key) -> bool:
    """Whether the account has a figure of that key which is not zero; 预算数 of no said kind is the initial budget."""
    fact = account.facts.get(key._replace(basis="initial") if key.basis == "budget" else key)
    return fact is not None and bool(fact.value)
