"""Declared equations: identities and inequalities that no hierarchy yields, written as terms over keys.

The first required term is the anchor: every key that fits it gives one instance, whose other terms are looked up.
Refuses to take a missing term for zero unless it is optional and the table is complete without it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product

from juesuan.checking.expansion import Expansion
from juesuan.knowledge.equations import Dims, Equation, Term, excluded
from juesuan.knowledge.hierarchy import rule
from juesuan.model.findings import Severity
from juesuan.model.keys import ALL, DIMENSIONS, Key

_SELECTIVE = (
    "economic",
    "function",
    "project",
    "flow",
    "nature",
    "item",
    "fund",
    "balance",
    "indicator",
    "basis",
    "year",
    "entity",
)
"""the dimensions that an anchor is looked for by, those that leave the fewest keys first"""
_DEFAULT = Key()
Template = tuple[str | None, ...]
"""a key in which None stands for what the anchor has"""


@dataclass(slots=True)
class _Instance:
    """The terms of one instance while they are looked up; `reason` is set where one cannot be found."""

    facts: list[int]
    keys: list[Key]
    coefficients: list[int]
    reason: str = ""

    def add(self, key: Key, facts: Iterable[int], coefficient: int) -> None:
        for fact in facts:
            self.facts.append(fact)
            self.keys.append(key)
            self.coefficients.append(coefficient)


class Declared:
    """Adds all instances of one declared equation."""

    def __init__(self, expansion: Expansion, equation: Equation) -> None:
        self.expansion = expansion
        self.figures = expansion.figures
        self.equation = equation
        self.anchor = next(term for term in equation.terms if not term.optional and not _summed(term))
        where = equation.where or {}
        self.running = {*equation.for_each, *where}
        self.wanted = [(term, self._templates(term.dims)) for term in equation.terms]
        self.zero = [template for dims in equation.zero for template in self._templates(dims)]
        self.fits: list[tuple[int, tuple[str, ...]]] = [
            (DIMENSIONS.index(d), wanted)
            for d in _SELECTIVE
            if (wanted := self.anchor.dims.get(d) or where.get(d) or (() if d in equation.for_each else (ALL,)))
        ]
        self.fits.sort(key=lambda fit: _SELECTIVE.index(DIMENSIONS[fit[0]]))

    def expand(self) -> None:
        if self.equation.scope == "table":
            for table, keys in enumerate(self.figures.tables):
                for key in self._anchors(keys):
                    self._instance(table, key)
        else:
            for key in self._anchors(self.figures.by_key):
                self._instance(-1, key)

    def _anchors(self, keys: Iterable[Key]) -> Iterable[Key]:
        found = list(keys)
        for position, wanted in self.fits:
            found = [key for key in found if key[position] in wanted]
        return (key for key in found if not excluded(self.equation.unless, key))

    def _instance(self, table: int, anchor: Key) -> None:
        found = _Instance([], [], [])
        for term, templates in self.wanted:
            keys = [anchor] if term is self.anchor else [_filled(template, anchor) for template in templates]
            if not self._term(found, term, table, keys):
                return
        if self._pointless(found, anchor) or len(set(found.facts)) < len(found.facts):
            return
        severity = self.equation.severity
        department = self.figures.report.department
        if any(word in department for word in self.equation.softer):
            severity = Severity.INFO
        self.expansion.add(
            self.equation,
            found.facts,
            found.keys,
            found.coefficients,
            table=table,
            severity=severity,
            reason=found.reason,
        )

    def _term(self, found: _Instance, term: Term, table: int, keys: list[Key]) -> bool:
        """Looks up one term under the keys that it may mean. False: without it there is no instance."""
        for key in keys:
            facts = self.figures.terms(table, key) if table >= 0 else self.figures.by_key.get(key, [])[:1]
            if facts:
                found.add(key, facts, term.coefficient)
                return True
        if _summed(term):
            return self._sum(found, term, keys[0])
        if table >= 0:
            return term.optional and self._absent(found, table, keys[0])
        found.reason = self.equation.partner or "缺少与之比较的数字"
        return bool(self.equation.partner)

    def _absent(self, found: _Instance, table: int, key: Key) -> bool:
        """An optional term that the table does not print: zero if it is complete, else a reason."""
        never = key.flow in rule("whole_fund_flows") and key.fund != ALL
        if not never and "flow" not in self.figures.report.tables[table].complete:
            found.reason = "本表没有列全年初、年末结转和结余"
        return True

    def _sum(self, found: _Instance, term: Term, pattern: Key) -> bool:
        """A term with `*`: all values of that dimension but the total, each key once."""
        starred = [DIMENSIONS.index(d) for d, v in term.dims.items() if v == ("*",)]
        before = len(found.facts)
        for key, facts in self.figures.by_key.items():
            if all(v == pattern[i] if i not in starred else v != ALL for i, v in enumerate(key)):
                found.add(key, facts[:1], term.coefficient)
        if len(found.facts) == before:
            found.reason = self.equation.partner
        return True

    def _templates(self, dims: Dims) -> list[Template]:
        """The keys that a term may mean: the term's own dimensions, what the anchor runs over, `all` otherwise."""
        choices = [
            dims.get(name) or ((None,) if name in self.running else (_DEFAULT[position],))
            for position, name in enumerate(DIMENSIONS)
        ]
        return list(product(*choices))

    def _pointless(self, found: _Instance, anchor: Key) -> bool:
        """Nothing to compare: a key that must be zero is not, or a side of a `nonzero` equation is."""
        value = self.figures.value
        for template in self.zero:
            if any(value[fact] for fact in self.figures.by_key.get(_filled(template, anchor), ())):
                return True
        if not self.equation.nonzero or found.reason:
            return False
        sides = {c for f, c in zip(found.facts, found.coefficients, strict=True) if value[f]}
        return len(sides) < 2


def _filled(template: Template, anchor: Key) -> Key:
    return Key._make([a if value is None else value for value, a in zip(template, anchor, strict=True)])


def _summed(term: Term) -> bool:
    return ("*",) in term.dims.values()
