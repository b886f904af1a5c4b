"""Reporting (成文): mistakes, shifts and differences of rounding as findings and causes.

One mistake, one finding: its first place is the likeliest wrong figure, what else fails is its symptom. Refuses to
assert one figure where several explain the contradiction equally well.
"""

from __future__ import annotations

from decimal import Decimal

from juesuan.checking.causes import Guess, Mistake
from juesuan.checking.evaluation import Outcomes, Verdict
from juesuan.checking.expansion import Expansion, Identity
from juesuan.checking.tableau import Reach
from juesuan.checking.wording import Words
from juesuan.model.findings import Cause, Explanation, Finding, Severity
from juesuan.model.places import Place

_COMPARED = ("agreement", "deduction")
_SHOWN = 4
"""how many contradictions, and how many alternatives, are written out"""


class Reporting:
    """Writes the findings of one report."""

    def __init__(self, expansion: Expansion, outcomes: Outcomes) -> None:
        self.expansion = expansion
        self.outcomes = outcomes
        self.figures = expansion.figures
        self.words = Words(expansion)
        self.group = {fact: group for group in expansion.groups for fact in group}

    def mistake(self, mistake: Mistake, cause: str) -> tuple[Finding, Cause]:
        """One mistake as a finding and a cause."""
        numbers = sorted(mistake.failing, key=self._weight)
        severity = max(self.outcomes.verdict[n].severity for n in numbers) if numbers else Severity.ERROR
        lines, left = self._evidence(mistake, numbers)
        best = mistake.guesses[0] if mistake.guesses else None
        sure = best is not None and len(mistake.likeliest) == 1
        finding = Finding(
            check=self.expansion.identities[numbers[0]].equation.id,
            severity=severity,
            message="\n".join([self._head(mistake), *lines]),
            places=self._places(mistake, numbers),
            advice=self._advice(mistake),
            confidence=self._confidence(mistake),
            cause=cause,
            symptoms=tuple(self.symptom(n, cause) for n in (numbers[1:] if best else left)),
            **(self._numbers(best) if best and sure else {}),
        )
        return finding, Cause(cause, tuple(self._explanation(guess) for guess in mistake.guesses))

    def _weight(self, number: int) -> tuple[int, int, int]:
        """What is worst first, then comparisons, then document order."""
        identity = self.expansion.identities[number]
        order = _COMPARED.index(identity.equation.kind) if identity.equation.kind in _COMPARED else len(_COMPARED)
        return -self.outcomes.verdict[number], order, number

    def _head(self, mistake: Mistake) -> str:
        if not mistake.guesses:
            return self.expansion.identities[mistake.failing[0]].equation.says
        if len(mistake.likeliest) > 1:
            return "下列数字至少有一处有误"
        best = mistake.guesses[0]
        more = f" 等 {len(best.figures)} 处（同一数据）" if len(best.figures) > 1 else ""
        return self.words.figure(best.figures[0]) + more + (f"：{best.slip}" if best.slip else "")

    def _evidence(self, mistake: Mistake, numbers: list[int]) -> tuple[list[str], list[int]]:
        """The contradictions, and the identities that are left for the symptoms if there is no explanation."""
        lines: list[str] = []
        compared = [n for n in numbers if self.expansion.identities[n].equation.kind in _COMPARED]
        sums = [n for n in numbers if n not in compared]
        for group in dict.fromkeys(self.group[self.expansion.facts(n)[0]] for n in compared):
            links = [link for n in compared for link in self.expansion.identities[n].links]
            lines.append(self.words.agreement(group) + self.words.because(links))
        shown = sums[: max(1, _SHOWN - len(lines))]
        lines += [self.words.identity(n) for n in shown]
        if len(sums) > len(shown):
            lines.append(f"另有 {len(sums) - len(shown)} 项勾稽关系随之不平")
        return lines, [n for n in numbers[1:] if n not in shown]

    def _places(self, mistake: Mistake, numbers: list[int]) -> tuple[Place, ...]:
        facts = [fact for guess in mistake.guesses for fact in guess.figures]
        if not facts:
            value = self.figures.value
            facts = [fact for n in numbers for fact in self.expansion.facts(n)]
            facts = [fact for fact in facts if value[fact]] or facts
        return tuple(dict.fromkeys(self._place(fact) for fact in facts))

    def _place(self, fact: int) -> Place:
        return self.figures.report.facts[fact].place

    def _numbers(self, guess: Guess) -> dict[str, str]:
        fact = guess.figures[0]
        found = self.figures.report.facts[fact]
        return {
            "printed": "" if found.blank else found.amount.show(),
            "expected": self.figures.show(guess.right, fact),
            "difference": self.figures.show(self.figures.value[fact] - guess.right, fact),
            "unit": found.amount.unit,
        }

    def _advice(self, mistake: Mistake) -> str:
        if not mistake.guesses:
            return "请核对上述数字"
        choices = mistake.likeliest
        if len(choices) == 1:
            unit = self.figures.report.facts[choices[0].figures[0]].amount.unit
            where = f"这 {len(choices[0].figures)} 处" if len(choices[0].figures) > 1 else ""
            return f"请{where}改为 {self._right(choices[0])} {unit}".rstrip()
        said = [f"{self.words.figure(g.figures[0])}（若有误，应为 {self._right(g)}）" for g in choices[:_SHOWN]]
        return "请核对：" + "；".join(said) + (f"；等 {len(choices)} 处" if len(choices) > _SHOWN else "")

    def _right(self, guess: Guess) -> str:
        return self.figures.show(guess.right, guess.figures[0])

    def _confidence(self, mistake: Mistake) -> Decimal:
        """Shared among the explanations that are equally good; a lone contradiction proves less than several."""
        if not mistake.guesses:
            return Decimal("0.5")
        share = Decimal(1) / len(mistake.likeliest)
        return (
            share.quantize(Decimal("0.01")) if len(mistake.failing) > 1 else (share * 9 / 10).quantize(Decimal("0.01"))
        )

    def _explanation(self, guess: Guess) -> Explanation:
        fact = guess.figures[0]
        return Explanation(
            tuple(self._place(f) for f in guess.figures),
            self._interval(guess.reach, fact),
            self._right(guess),
            guess.slip,
        )

    def _interval(self, reach: Reach, fact: int) -> tuple[str, str]:
        """The printable values that the figure may have, "" where there is no bound."""
        value, place = self.figures.value[fact], 2 * self.figures.half[fact]
        low, high = -(-(value + reach.low) // place) * place, (value + reach.high) // place * place
        if low > high:  # between two printable values
            low, high = value + reach.low, value + reach.high
        return (
            self.figures.show(low, fact) if reach.has_low else "",
            self.figures.show(high, fact) if reach.has_high else "",
        )

    def symptom(self, number: int, cause: str) -> Finding:
        """One failing identity as a finding of its own."""
        identity = self.expansion.identities[number]
        facts = self.expansion.facts(number)
        live = [fact for fact in facts if self.figures.value[fact]] or facts
        return Finding(
            check=identity.equation.id,
            severity=self.outcomes.verdict[number].severity,
            message=self.words.identity(number),
            places=tuple(self._place(fact) for fact in live),
            difference=self.figures.show(self.outcomes.residual[number], facts[0]),
            unit=self.figures.report.facts[facts[0]].amount.unit,
            cause=cause,
        )

    def hints(self) -> list[Finding]:
        """What is only info: the same figure one unit of the last place apart, zeros that were not printed."""
        found: list[Finding] = []
        seen: set[tuple[int, ...]] = set()
        for number, verdict in enumerate(self.outcomes.verdict):
            if verdict is not Verdict.INFO:
                continue
            identity = self.expansion.identities[number]
            group = self.group.get(self.expansion.facts(number)[0], ()) if identity.equation.kind in _COMPARED else ()
            if group and group in seen:
                continue
            seen.add(group)
            said = self.words.agreement(group) if group else self.words.identity(number)
            why = _why(identity)
            hint = self.symptom(number, "")
            found.append(
                Finding(
                    hint.check, Severity.INFO, f"{why}\n{said}", hint.places, difference=hint.difference, unit=hint.unit
                )
            )
        return found


def _why(identity: Identity) -> str:
    """Why a failing identity is only info."""
    if identity.equation.kind in _COMPARED:
        return "同一数字末位不同"
    if identity.severity is Severity.INFO:
        return identity.equation.says + ("（此类单位可以例外）" if identity.equation.softer else "")
    if identity.equation.along == "entity":
        return "各单位之和大于部门合计，差额等于单位之间的补助和上缴，应为合并抵销"
    return "按实际印出的位数核对才成立（末尾的零没有印出）"
