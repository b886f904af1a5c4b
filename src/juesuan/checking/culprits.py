"""Culprits (错在哪个数): one wrong figure of a sentence behind several failures, found by mending it on trial.

Failures name the figures of which one alone may be wrong, and between what it would be right. A figure that several
name is given the likeliest value that suits them all, and everything is checked again: it is the cause if at least two
failures are gone and none is new. Refuses figures that a table states too: those are the equations' (causes.py).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from juesuan.checking.outcomes import Failed, Mend, Outcome
from juesuan.checking.registry import CHECKS
from juesuan.checking.slips import guesses, name, rank
from juesuan.checking.values import Interval, Values
from juesuan.model.claims import Claim
from juesuan.model.findings import Explanation, Finding, Severity
from juesuan.model.fingerprints import Spot, spot
from juesuan.model.places import Place

Run = Callable[[Values], Mapping[str, Sequence[Outcome]]]
Known = dict[tuple[str, Spot], Failed]
TRIALS = 8
"""how many figures are mended on trial"""
_MANY = 40
"""more values than this are not tried one by one, but guessed from common slips"""
_TWO = 2


@dataclass(frozen=True, slots=True)
class Culprit:
    """A wrong figure: where it stands, what it should be, and the failures (check, where) that are its consequences."""

    place: Place
    printed: str
    right: str
    unit: str
    slip: str
    said: str
    failures: frozenset[tuple[str, Spot]]

    @property
    def explanation(self) -> Explanation:
        return Explanation((self.place,), ("", ""), self.right, self.slip)

    def finding(self, gone: Sequence[Finding], cause: str) -> Finding:
        """One finding for all that it makes fail: the worst first, the others follow from it."""
        ordered = sorted(gone, key=lambda f: (f.check.startswith("CLAIM"), -f.severity))
        first, rest = ordered[0], ordered[1:]
        places = (self.place, *(p for p in first.places if spot(p) != spot(self.place)))
        return Finding(
            check=first.check,
            severity=max(f.severity for f in gone),
            message=f"{self.said}{f'：{self.slip}' if self.slip else ''}\n{first.message}",
            places=places,
            advice=f"请改为 {self.right} {self.unit}".rstrip(),
            printed=self.printed,
            expected=self.right,
            unit=self.unit,
            confidence=Decimal("0.9"),
            cause=cause,
            symptoms=tuple(replace(f, cause=cause) for f in rest),
        )


def failures(outcomes: Mapping[str, Sequence[Outcome]]) -> Known:
    """The failures that do not follow from a figure found wrong already, by check and place."""
    return {
        (check, spot(one.places[0])): one
        for check, found in outcomes.items()
        for one in found
        if isinstance(one, Failed) and not one.follows and _severity(check, one) is not Severity.INFO
    }


def _severity(check: str, failed: Failed) -> Severity:
    return CHECKS[check].severity if failed.severity is None else failed.severity


def culprits(values: Values, first: Mapping[str, Sequence[Outcome]], run: Run) -> list[Culprit]:
    """The wrong figures of sentences behind two or more failures each, those with most first."""
    found: list[Culprit] = []
    before = failures(first)
    tried = 0
    while tried < TRIALS:
        left = {key: one for key, one in before.items() if not any(key in c.failures for c in found)}
        best: tuple[Culprit, Values] | None = None
        for candidate in _candidates(values, left):
            if tried == TRIALS:
                break
            tried += 1
            mended = candidate.mend(values)
            after = failures(run(mended))
            gone = frozenset(left.keys() - after.keys())
            if (
                after.keys() <= before.keys()
                and len(gone) >= _TWO
                and (best is None or len(gone) > len(best[0].failures))
            ):
                best = candidate.culprit(values, gone), mended
        if best is None:
            break
        found.append(best[0])
        values = best[1]
        before = {key: one for key, one in before.items() if key not in best[0].failures}
    return found


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A figure that may be wrong, and the value that would suit most failures that name it."""

    figure: int | Claim
    right: int
    slip: str
    met: int

    def mend(self, values: Values) -> Values:
        """The values with this figure mended."""
        if isinstance(self.figure, int):
            return values.mended(self.figure, self.right)
        amount = replace(self.figure.amount, value=self._amount(values)) if self.figure.amount else None
        right = replace(self.figure, amount=amount)
        claims = [right if claim is self.figure else claim for claim in values.report.claims]
        return values.stating(replace(values.report, claims=claims))

    def _amount(self, values: Values) -> Decimal:
        """The value in the unit of the claim."""
        assert isinstance(self.figure, Claim)
        assert self.figure.amount is not None
        amount = self.figure.amount
        return (values.figures.base(self.right) / amount.scale).quantize(Decimal(1).scaleb(-amount.decimals))

    def culprit(self, values: Values, gone: frozenset[tuple[str, Spot]]) -> Culprit:
        facts = values.report.facts
        if isinstance(self.figure, int):
            fact = facts[self.figure]
            said, place, amount = values.say(fact.keys[0]), fact.place, fact.amount
            right = values.show(self.right, self.figure)
        else:
            assert self.figure.amount is not None
            said, place, amount = (
                f"{values.say(self.figure.key)}{self.figure.word}",
                self.figure.place,
                self.figure.amount,
            )
            right = f"{self._amount(values)}"
        return Culprit(place, amount.show(), right, amount.unit, self.slip, f"{said} {amount.show()}", gone)


def _candidates(values: Values, known: Known) -> Iterator[_Candidate]:
    """The figures that two or more failures name, those that most name first."""
    named: dict[Spot, list[Mend]] = {}
    for (check, _), one in known.items():
        if _severity(check, one) is Severity.QUERY:
            continue
        for mend in one.mends:
            if _stated(values, mend.figure):
                named.setdefault(spot(_place(values, mend.figure)), []).append(mend)
    found = [c for mends in named.values() if len(mends) >= _TWO and (c := _candidate(values, mends))]
    yield from sorted(found, key=lambda c: (-c.met, rank(c.slip)))


def _stated(values: Values, figure: int | Claim) -> bool:
    """Whether only this sentence states the figure."""
    if isinstance(figure, Claim):
        return figure.amount is not None and figure.amount.is_money
    fact = values.report.facts[figure]
    operand = values.of(fact.keys[0])
    return fact.table < 0 and fact.amount.is_money and (operand is None or operand.facts == (figure,))


def _place(values: Values, figure: int | Claim) -> Place:
    return figure.place if isinstance(figure, Claim) else values.report.facts[figure].place


def _candidate(values: Values, mends: list[Mend]) -> _Candidate | None:
    """The value between the bounds of all mends that a slip explains best; None where there is none."""
    low = max((m.low for m in mends if m.low is not None), default=None)
    high = min((m.high for m in mends if m.high is not None), default=None)
    if low is None or high is None:
        return None
    figure = mends[0].figure
    printed, half = _printed(values, figure)
    place = max(2 * half, 1)
    least, most = -(-low // place), high // place
    choices = list(range(least, most + 1)) if most - least <= _MANY else []
    if most - least > _MANY:
        choices = [right for right in guesses(printed // place) if least <= right <= most]
    choices = [right for right in choices if right != printed // place and right >= 0]
    if not choices:
        return None
    middle = (least + most) // 2
    best = min(choices, key=lambda right: (rank(name(printed // place, right)), abs(right - middle)))
    return _Candidate(figure, best * place, name(printed // place, best), len(mends))


def _printed(values: Values, figure: int | Claim) -> Interval:
    """(value, half a unit of the last place) in whole units of Figures."""
    if isinstance(figure, int):
        return values.figures.value[figure], values.figures.half[figure]
    assert figure.amount is not None
    low, high = values.span(figure.amount)
    return (low + high) // 2, (high - low) // 2
