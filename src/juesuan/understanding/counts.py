"""Counts in sentences (数量): what is counted, by the subject and the noun behind the number.

The table is data (knowledge/data/phrases/counts.toml). Refuses a noun that does not belong to the subject.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import Any

from juesuan.knowledge.phrases import Dims
from juesuan.model.keys import ALL, Key

COUNT_NOUNS = frozenset({"批次", "批", "人次", "人", "团次", "次"})
"""units that name what they count: no noun is looked for behind them"""
_PIECES = frozenset({"辆", "个", "台(套)", "台", "套", "台/套", "台套", "项", "家", ""})


@cache
def _rules() -> list[dict[str, Any]]:
    text = (files("juesuan.knowledge") / "data" / "phrases" / "counts.toml").read_text("utf-8")
    return [{**rule, "words": re.compile(rule.get("words", ""))} for rule in tomllib.loads(text)["count"]]


def count_key(subject: Dims, unit: str, left: str, make: Callable[..., Key | None]) -> Key | None:
    """The key of a count of `unit` for this subject; `left` are the words just before the number."""
    item = subject.get("item", "")
    for rule in _rules():
        of = item == rule["item"] or item.startswith(rule["item"] + "/")
        if of and "to" not in rule and ((unit and unit not in rule["units"]) or subject.get("fund", ALL) != ALL):
            return None
        if of and unit in rule["units"] and rule["words"].search(left):
            dims = {k: v for k, v in subject.items() if k in ("entity", "year")}
            return make(dims, item=rule.get("to", item), measure="count", flow="all")
    if subject.get("measure") == "count" and unit in _PIECES:
        dims = {k: v for k, v in subject.items() if k in ("entity", "year", "fund", "item")}
        return make(dims, measure="count", flow="all")
    return None
