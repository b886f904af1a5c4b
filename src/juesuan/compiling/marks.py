"""Marks (绩效得分): target and actual values out of their words, and the score where none is given.

A met indicator has its full weight, an unmet one its weight in proportion, rounded half up to two decimals. Refuses to
mark what is set in words, and what has no target.
Source: 财预〔2020〕10号 (定量指标按完成比例计分).
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import NamedTuple

from juesuan.knowledge.performance import relation_of, relations
from juesuan.model.amounts import Amount

_CENT = Decimal("0.01")
_WIDTHS = str.maketrans("０１２３４５６７８９．，－−–％（）＋", "0123456789.,---%()+")


class Value(NamedTuple):
    """A figure with its unit, as an indicator prints it."""

    number: Decimal
    decimals: int
    unit: str


@cache
def _pattern() -> re.Pattern[str]:
    signs = "|".join(re.escape(sign.translate(_WIDTHS)) for sign in relations())
    number = r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
    return re.compile(rf"(?:{signs})?\s*(?!(?:19|20)\d\d\s*年)({number})\s*([^\d\s][^\d]*|[mM][23])?")


def value_of(text: str) -> Value | None:
    """≥95%, 800份, 不低于 3 次 → the figure; None for words, dates and several figures."""
    match = _pattern().fullmatch(text.translate(_WIDTHS).strip())
    if match is None:
        return None
    number = match[1].replace(",", "")
    return Value(Decimal(number), len(number.partition(".")[2]), (match[2] or "").strip())


def score(relation: str, target: str, actual: str, weight: Amount) -> Amount | None:
    """What an indicator without a score gets; None where its target or actual value is no figure."""
    aim, done = value_of(target), value_of(actual)
    sign = relation if relation in ("≥", "≤", "=", ">", "<") else relation_of(target)
    if aim is None or done is None or not sign:
        return None
    met = {
        "≥": done.number >= aim.number,
        "≤": done.number <= aim.number,
        ">": done.number > aim.number,
        "<": done.number < aim.number,
        "=": done.number == aim.number,
    }[sign]
    if met:
        return weight
    larger, smaller = max(aim.number, done.number), min(aim.number, done.number)
    if larger <= 0 or smaller < 0:
        return None
    marks = (weight.value * smaller / larger).quantize(_CENT, ROUND_HALF_UP)
    return Amount(marks, 2, weight.unit, 2)
