"""Equations (勾稽关系): the identities and inequalities that a final account must satisfy, as data.

Refuses an entry that it does not wholly understand (BadEquation): a rule that is read wrongly is worse than none.
Source: 部门决算公开 tables and their notes; the Ministry's own 审核公式 are not public as text.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from juesuan.model.findings import Severity
from juesuan.model.keys import DIMENSIONS, Key

KINDS = ("declared", "partition", "within", "agreement", "deduction", "listed", "funds")
_TERM = re.compile(r"(?:\[(?P<dims>[^\]]+)\]|(?P<flow>[a-z_]+))(?P<optional>\??)")
_FIELDS = {
    *("id", "title", "says", "kind", "severity", "basis", "absent", "along", "terms", "scope", "for_each", "where"),
    *("unless", "zero", "nonzero", "softer", "partner"),
}

Dims = dict[str, tuple[str, ...]]
"""dimension → the values allowed; ("*",) means the sum over all values but the total"""


class BadEquation(ValueError):
    """An entry of equations.toml that cannot be understood; str() names it and says why."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"equations.toml：{name}：{why}")


@dataclass(frozen=True, slots=True)
class Term:
    """One term of a declared equation: what it fixes of a key, its coefficient, whether it may be absent for zero."""

    dims: Dims
    coefficient: int
    optional: bool


@dataclass(frozen=True, slots=True)
class Equation:
    """One rule. Residuals are left side − right side for `=`, greater side − smaller side for `≤`.

    `terms`, `scope`, `for_each`, `where`, `unless`, `zero` and `nonzero` belong to declared equations; `along` is the
    dimension of a partition or the fund whose parts are summed. `absent` says why an account without any instance
    leaves it unchecked, `partner` why one instance is. `softer`: words in the department's name that make it info.
    """

    id: str
    title: str
    says: str
    kind: str
    severity: Severity
    basis: str
    absent: str
    along: str = ""
    relation: str = "="
    terms: tuple[Term, ...] = ()
    scope: str = "report"
    for_each: tuple[str, ...] = ()
    where: Dims | None = None
    unless: Dims | None = None
    zero: tuple[Dims, ...] = ()
    nonzero: bool = False
    softer: tuple[str, ...] = ()
    partner: str = ""


def _dims(name: str, text: str) -> Dims:
    dims: Dims = {}
    for part in text.split():
        dimension, _, values = part.partition("=")
        if dimension not in DIMENSIONS or not values:
            raise BadEquation(name, f"不认识的维度 {part}")
        dims[dimension] = tuple(values.split("|"))
    return dims


def _side(name: str, text: str, sign: int) -> list[Term]:
    terms = []
    for part in text.split(" + "):
        if part.strip() == "0":
            continue
        found = _TERM.fullmatch(part.strip())
        if not found:
            raise BadEquation(name, f"读不懂的项 {part.strip()}")
        dims = _dims(name, found["dims"] or f"flow={found['flow']}")
        terms.append(Term(dims, sign, bool(found["optional"])))
    return terms


def _terms(name: str, text: str) -> tuple[str, tuple[Term, ...]]:
    """The relation and the terms; a `<=` is turned round so that its residual must not be negative."""
    sides = re.split(r" (=|<=) ", text)
    if len(sides) != 3:
        raise BadEquation(name, f"应有一个 = 或 <=：{text}")
    left, sign, right = sides
    if sign == "=":
        return "=", (*_side(name, left, 1), *_side(name, right, -1))
    return ">=", (*_side(name, left, -1), *_side(name, right, 1))


def _equation(raw: dict[str, Any]) -> Equation:
    name = raw.get("id", "?")
    if unknown := set(raw) - _FIELDS:
        raise BadEquation(name, f"不认识的字段 {', '.join(sorted(unknown))}")
    if raw["kind"] not in KINDS:
        raise BadEquation(name, f"不认识的种类 {raw['kind']}")
    relation, terms = _terms(name, raw["terms"]) if "terms" in raw else ("=", ())
    return Equation(
        id=name,
        title=raw["title"],
        says=raw["says"],
        kind=raw["kind"],
        severity=Severity[raw["severity"].upper()],
        basis=raw["basis"],
        absent=raw["absent"],
        along=raw.get("along", ""),
        relation=relation,
        terms=terms,
        scope=raw.get("scope", "report"),
        for_each=tuple(raw.get("for_each", ())),
        where={k: tuple(v.split("|")) for k, v in raw.get("where", {}).items()},
        unless={k: tuple(v.split("|")) for k, v in raw.get("unless", {}).items()},
        zero=tuple(_dims(name, text.strip("[]")) for text in raw.get("zero", ())),
        nonzero=raw.get("nonzero", False),
        softer=tuple(raw.get("softer", ())),
        partner=raw.get("partner", ""),
    )


@cache
def equations() -> tuple[Equation, ...]:
    """All equations in the order of the data file. Raises BadEquation."""
    text = (files("juesuan.knowledge") / "data" / "equations.toml").read_text("utf-8")
    found = tuple(_equation(raw) for raw in tomllib.loads(text)["equation"])
    for equation in found:
        if sum(other.id == equation.id for other in found) > 1:
            raise BadEquation(equation.id, "编号重复")
        if unknown := {*equation.for_each, *(equation.where or ())} - set(DIMENSIONS):
            raise BadEquation(equation.id, f"不认识的维度 {', '.join(sorted(unknown))}")
    return found


def excluded(dims: Dims | None, key: Key) -> bool:
    """Whether `key` has all of `dims` (an empty `dims` excludes nothing)."""
    return bool(dims) and all(getattr(key, name) in values for name, values in (dims or {}).items())
