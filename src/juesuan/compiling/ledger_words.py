"""Words of ledgers (账簿用语): column heads, accounts, kinds of money and of spending → dimensions of a key.

Refuses to guess: a column is recognised by its head, an account by its first four digits, all else by words in
data/ledger.toml; what none of them says is "".
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from juesuan.knowledge.names import plain


@dataclass(frozen=True, slots=True)
class AccountRule:
    """What entries of an account are: flow (income, expenditure, balance, distributed), the side that increases it."""

    flow: str
    side: str
    fund: str = ""
    nature: str = ""
    balance: str = ""


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((files("juesuan.compiling") / "data" / "ledger.toml").read_text("utf-8"))


def columns_of(heads: Sequence[str]) -> dict[str, int]:
    """Name → index of the columns that are recognised."""
    words = [plain(head) for head in heads]
    found: dict[str, int] = {}
    for role, variants in _data()["columns"].items():
        known = {plain(variant) for variant in variants}
        at = next((n for n, word in enumerate(words) if word in known and n not in found.values()), None)
        if at is not None:
            found[role] = at
    for role, pattern in _data()["contains"].items():
        free = (n for n, word in enumerate(words) if n not in found.values() and re.search(pattern, word))
        at = None if role in found else next(free, None)
        if at is not None:
            found[role] = at
    return found


def column_word(role: str) -> str:
    """What a column is called."""
    return str(_data()["names"].get(role, role))


def account_rule(code: str) -> AccountRule | None:
    """The rule for an account; None for what is neither income, spending nor a balance (8001 资金结存)."""
    digits = re.sub(r"\D", "", code)[:4]
    for raw in _data()["account"]:
        if digits in raw["codes"]:
            return AccountRule(**{name: value for name, value in raw.items() if name != "codes"})
    return None


def fund_of(*texts: str) -> tuple[str, str]:
    """(fund, item) that the first text with such a word names; ("", "") where none does."""
    for text in texts:
        for raw in _data()["fund"]:
            if text and re.search(raw["says"], plain(text)):
                return raw["fund"], raw.get("item", "")
    return "", ""


def nature_of(*texts: str) -> str:
    """The nature of spending that the first text with such a word names; "" where none does."""
    for text in texts:
        for raw in _data()["nature"]:
            if text and re.search(raw["says"], plain(text)):
                return str(raw["nature"])
    return ""


def says(name: str, *texts: str) -> bool:
    """Whether one of the texts has the words of that name (opening, used …)."""
    return any(text and re.search(_data()["words"][name], text) for text in texts)


def words(name: str) -> str:
    """The pattern itself, for a query."""
    return str(_data()["words"][name])


def three_public_item(economic: str) -> str:
    """The “三公” item that an economic 款 is; "" where it is none."""
    return str(_data()["three_public"].get(economic, ""))
