"""What holds a figure (数字受哪些关系约束): the identities of a report by figure, told as terms with their outcome.

Refuses to compute anything: identities and their outcomes are the examination's.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from juesuan.model.reports import Report
from juesuan.presenting.explained import Held, Term

if TYPE_CHECKING:
    from juesuan.checking.runner import Examination

COMPARISONS = frozenset({"agreement", "deduction"})
"""kinds of equations that say that figures are the same"""


class Holds:
    """The identities of a report by figure, told as terms. Comparisons of one figure in many places become one."""

    def __init__(self, report: Report, examination: Examination) -> None:
        self.report = report
        self.expansion = expansion = examination.expansion
        self.outcomes = examination.outcomes
        self.of_fact: dict[int, dict[int, None]] = {}
        for number, _, _, fact in expansion.rows():
            self.of_fact.setdefault(fact, {})[number] = None
        self.groups: dict[int, list[tuple[int, ...]]] = {}
        for group in expansion.groups:
            for fact in group:
                self.groups.setdefault(fact, []).append(group)

    def of(self, fact: int) -> Iterator[Held]:
        """Everything that holds one figure: first what compares it, then what adds it up."""
        numbers = self.of_fact.get(fact, {})
        for group in self.groups.get(fact, ()):
            yield self._compared(fact, group)
        for number in numbers:
            if self.expansion.identities[number].equation.kind not in COMPARISONS:
                yield self._summed(number)

    def _compared(self, fact: int, group: tuple[int, ...]) -> Held:
        """One figure against all that must be the same: the worst of the group's comparisons."""
        identities = self.expansion.identities
        ring = [
            number
            for member in group
            for number in self.of_fact[member]
            if identities[number].equation.kind in COMPARISONS and set(self.expansion.facts(number)) <= set(group)
        ]
        worst = max(ring, key=lambda number: self.outcomes.verdict[number])
        links = "；".join(dict.fromkeys(link for number in ring for link in identities[number].links))
        others = tuple(self._term(other, 1) for other in group if other != fact)
        equation = identities[worst].equation
        notes = "；".join(filter(None, (links, self._note(worst))))
        return Held(equation.id, equation.title, "=", (self._term(fact, 1),), others, self._outcome(worst), notes, True)

    def _summed(self, number: int) -> Held:
        identity = self.expansion.identities[number]
        terms = self.expansion.terms(number)
        left = tuple(self._term(fact, times) for fact, times in terms if times > 0)
        right = tuple(self._term(fact, -times) for fact, times in terms if times < 0)
        relation = self._relation(number)
        notes = "；".join(filter(None, (*identity.links, self._note(number))))
        equation = identity.equation
        return Held(equation.id, equation.says, relation, left, right, self._outcome(number), notes)

    def _term(self, fact: int, times: int) -> Term:
        return Term(times, self.report.facts[fact])

    def _relation(self, number: int) -> str:
        """What stands between the two sides: as it should be, or as it is."""
        residual, failed = self.outcomes.residual[number], self.outcomes.verdict[number].failed
        if self.expansion.identities[number].relation == ">=":
            return "<" if failed else "≥"
        return "≠" if failed else "≈" if residual else "="

    def _outcome(self, number: int) -> str:
        verdict = self.outcomes.verdict[number]
        return "failed" if verdict.failed else "passed" if verdict else "unchecked"

    def _note(self, number: int) -> str:
        """Why it is unchecked, or how far the sides are apart and what rounding allows."""
        if reason := self.expansion.identities[number].reason:
            return reason
        residual = self.outcomes.residual[number]
        if not residual or (residual > 0 and self.expansion.identities[number].relation == ">="):
            return ""
        like = self.expansion.facts(number)[0]
        show = self.expansion.figures.show
        # half units are finer than the printed decimals: written in full
        allowed = self.expansion.figures.base(self.outcomes.slack[number]) / self.report.facts[like].amount.scale
        return f"相差 {show(abs(residual), like)}，尾差至多 {allowed.normalize():f}"
