"""Sums in sentences (文字中的合计): which figures that only the explanation states must add up, as data.

Refuses figures that stand in tables: those are for the equations.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from juesuan.model.findings import Severity

_TERM = re.compile(r"([\w/]+)(?:\[(\w+)\])?")


class Term(NamedTuple):
    """One figure by its item; `fund` "" is any."""

    item: str
    fund: str


@dataclass(frozen=True, slots=True)
class TextSum:
    """left (one or more terms) `=` or `<=` right. `closed`: the item with which the parts are complete."""

    check: str
    left: tuple[Term, ...]
    right: tuple[Term, ...]
    relation: str
    severity: Severity
    measure: str = "amount"
    closed: str = ""
    advice: str = ""


@cache
def text_sums() -> tuple[TextSum, ...]:
    """All sums, in the order of the file."""
    text = (files("juesuan.knowledge") / "data" / "text_sums.toml").read_text("utf-8")
    return tuple(_sum(raw) for raw in tomllib.loads(text)["sum"])


def _sum(raw: dict[str, str]) -> TextSum:
    relation = "<=" if "<=" in raw["terms"] else "="
    left, right = (tuple(_terms(side)) for side in raw["terms"].split(relation))
    return TextSum(
        raw["check"],
        left,
        right,
        relation,
        Severity[raw["severity"].upper()],
        raw.get("measure", "amount"),
        raw.get("closed", ""),
        raw.get("advice", ""),
    )


def _terms(side: str) -> list[Term]:
    return [Term(match.group(1), match.group(2) or "") for match in _TERM.finditer(side)]
