"""Tried (试改): which figures only a check holds are verified, proved by changing each on trial.

Self-evaluation forms are held by rules, not by sums: a figure is changed as coverage demands, and its form judged
again by all checks of forms. A small amount that the change turns negative is held by SIGN-NEGATIVE. Refuses to try
what an equation holds already.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from decimal import ROUND_CEILING, Decimal
from functools import cache

from juesuan.checking.outcomes import Failed, Passed
from juesuan.checking.registry import Check
from juesuan.checking.selfevaluation import Forms, Line, SelfEvaluation
from juesuan.model.reports import Fact, Report

_NUMERAL = re.compile(r"\d+(?:[,，]\d{3})*(?:\.\d+)?")


def turning(report: Report) -> frozenset[int]:
    """The amounts in tables that the change of coverage would turn negative."""
    facts = (fact for fact in report.facts if fact.table >= 0 and fact.amount.is_money and not fact.blank)
    return frozenset(fact.number for fact in facts if 0 < fact.amount.base < 10 * fact.amount.ulp)


def tried(forms: Forms, checks: Sequence[Check], held: Collection[int]) -> frozenset[int]:
    """The figures of the forms, but those `held`, whose change alters what one of the checks of forms says."""
    return frozenset(number for form in forms for number in _Trial(form, checks).held(held))


class _Trial:
    """One form under trial."""

    def __init__(self, form: SelfEvaluation, checks: Sequence[Check]) -> None:
        self.form = form
        self.checks = list(checks)
        self.before = cache(lambda check: _said(check, form))

    def held(self, known: Collection[int]) -> Iterator[int]:
        for fact in self.form.facts:
            if fact.number not in known and any(self._tells(changed) for changed in self._changed(fact)):
                yield fact.number

    def _tells(self, changed: SelfEvaluation) -> bool:
        """Whether any check does; the next figure is likely to be told by the same, which is asked first."""
        teller = next((check for check in self.checks if _said(check, changed) != self.before(check)), None)
        if teller is not None:
            self.checks.remove(teller)
            self.checks.insert(0, teller)
        return teller is not None

    def _changed(self, fact: Fact) -> Iterator[SelfEvaluation]:
        """The form with the figure larger, then smaller."""
        amount = fact.amount
        ulp = Decimal(1).scaleb(-amount.decimals)
        step = max(10 * ulp, (abs(amount.value) / 100).quantize(ulp, ROUND_CEILING))
        for value in (amount.value + step, amount.value - step):
            changed = replace(fact, amount=replace(amount, value=value))
            facts = tuple(changed if other.number == fact.number else other for other in self.form.facts)
            yield replace(self.form, facts=facts, lines=tuple(_line(line, changed) for line in self.form.lines))


def _line(line: Line, changed: Fact) -> Line:
    """The line with the changed figure in it, and in the words that show it."""
    own = (line.target, line.actual, line.weight, line.score)
    if all(fact is None or fact.number != changed.number for fact in own):
        return line
    target, actual, weight, score = (
        changed if fact is not None and fact.number == changed.number else fact for fact in own
    )
    indicator = line.indicator
    if target is changed:
        indicator = replace(indicator, target_text=_shown(indicator.target_text, changed))
    if actual is changed:
        indicator = replace(indicator, actual_text=_shown(indicator.actual_text, changed))
    return replace(line, indicator=indicator, target=target, actual=actual, weight=weight, score=score)


def _shown(text: str, changed: Fact) -> str:
    return _NUMERAL.sub(changed.amount.show(), text, count=1)


def _said(check: Check, form: SelfEvaluation) -> list[tuple[object, ...]]:
    """What a check says of a form, without its words."""
    if check.run is None:
        return []
    found = check.run((form,))
    return [(one.severity, one.places) if isinstance(one, Failed) else (isinstance(one, Passed),) for one in found]
