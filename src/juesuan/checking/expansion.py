"""Expansion (展开): equations and facts become flat rows (identity, key, coefficient, fact).

Every evaluator, the localiser and coverage consume only these rows. Refuses to judge: residuals and slacks are
`evaluation`'s. An identity that cannot be checked keeps its rows and says why (`reason`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from juesuan.checking.deduction import Deduction
from juesuan.checking.figures import Figures
from juesuan.knowledge.equations import Equation
from juesuan.model.findings import Severity
from juesuan.model.keys import Key


@dataclass(slots=True)
class Identity:
    """One instance of an equation: Σ coefficient × amount `=` 0, or `>=` 0.

    `table` is the table that it lives in (-1: across tables), `absent` the tables whose missing rows count as zeros,
    `links` the words of a deduction, `stretch` how many links its slack is the sum of.
    """

    number: int
    equation: Equation
    relation: str
    severity: Severity
    table: int = -1
    links: tuple[str, ...] = ()
    stretch: int = 1
    absent: tuple[int, ...] = ()
    reason: str = ""


@dataclass
class Expansion:
    """All identities of a report as parallel columns; `starts[i]:starts[i + 1]` are the rows of identity i."""

    figures: Figures
    identities: list[Identity] = field(default_factory=list)
    starts: list[int] = field(default_factory=lambda: [0])
    key: list[Key] = field(default_factory=list)
    coefficient: list[int] = field(default_factory=list)
    fact: list[int] = field(default_factory=list)
    groups: list[tuple[int, ...]] = field(default_factory=list)
    """facts that must be equal (the same key, or equal by deduction)"""

    @cached_property
    def deduction(self) -> Deduction:
        """Which keys must carry the same amount."""
        return Deduction(self.figures)

    def rows(self) -> Iterator[tuple[int, Key, int, int]]:
        """The flat rows: identity, key, coefficient, fact."""
        for number, start in enumerate(self.starts[:-1]):
            for row in range(start, self.starts[number + 1]):
                yield number, self.key[row], self.coefficient[row], self.fact[row]

    def terms(self, number: int) -> list[tuple[int, int]]:
        """(fact, coefficient) of one identity."""
        part = slice(self.starts[number], self.starts[number + 1])
        return list(zip(self.fact[part], self.coefficient[part], strict=True))

    def facts(self, number: int) -> list[int]:
        """The facts of one identity."""
        return self.fact[self.starts[number] : self.starts[number + 1]]

    def add(
        self, equation: Equation, facts: Sequence[int], keys: Iterable[Key], coefficients: Iterable[int], **more: object
    ) -> None:
        """One more identity; `more` are further fields of Identity."""
        more.setdefault("relation", equation.relation)
        more.setdefault("severity", equation.severity)
        self.identities.append(Identity(len(self.identities), equation, **more))  # type: ignore[arg-type]
        self.fact.extend(facts)
        self.key.extend(keys)
        self.coefficient.extend(coefficients)
        self.starts.append(len(self.fact))
