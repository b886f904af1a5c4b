"""Stated sums (文字中的合计): the sums over figures of sentences, evaluated by the rounding law.

A sum whose parts are not all stated is only held to be no larger than its whole. Refuses to judge a sum of which a
figure is not stated at all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from juesuan.checking.mends import of_sum
from juesuan.checking.outcomes import Failed, Mend, Outcome, Passed, Unchecked
from juesuan.checking.values import Values
from juesuan.knowledge.hierarchy import word
from juesuan.knowledge.structure import pattern
from juesuan.knowledge.text_sums import Term, TextSum, text_sums
from juesuan.model.findings import Severity
from juesuan.model.keys import ALL
from juesuan.model.reports import Fact, Report


class Operand(NamedTuple):
    """A figure in a sum: its number, its coefficient."""

    fact: int
    coefficient: int


@dataclass(frozen=True, slots=True)
class Linear:
    """Σ coefficient · figure = 0, or <= 0. `whole` and `parts` are what the message tells apart."""

    terms: tuple[Operand, ...]
    relation: str
    severity: Severity
    advice: str = ""

    @property
    def facts(self) -> tuple[int, ...]:
        return tuple(term.fact for term in self.terms)


class Stated:
    """The figures of sentences by item and measure."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self._found: dict[tuple[str, str], list[Fact]] = {}
        for fact in report.facts:
            key = fact.keys[0]
            if fact.table < 0 and fact.section >= 0 and key.item != ALL and key.year == report.year:
                self._found.setdefault((key.item, key.measure), []).append(fact)

    def all(self, item: str, measure: str) -> list[Fact]:
        """All figures of an item, in document order: the final ones where there are any."""
        found = self._found.get((item, measure), [])
        return [fact for fact in found if fact.keys[0].basis == "final"] or found

    def unfilled(self, fact: Fact) -> bool:
        """Whether the passage of a figure still has something to be filled in: a part may be lacking."""
        section = self.report.sections[fact.section]
        text = section.entries[fact.entry].text if 0 <= fact.entry < len(section.entries) else ""
        return bool(pattern("placeholder", "blank").search(text))

    def pick(self, term: Term, measure: str, near: Fact | None, fund: str = "") -> Fact | None:
        """The figure of a term that stands nearest to another one: in its entry, in its section, else the first."""
        wanted = term.fund or fund
        found = [f for f in self.all(term.item, measure) if not wanted or f.keys[0].fund == wanted]
        if near is None or not found:
            return found[0] if found else None
        return min(found, key=lambda f: (f.section != near.section, (f.section, f.entry) != (near.section, near.entry)))


def stated_of(report: Report) -> Stated:
    """The figures of a report's sentences, found once for all checks."""
    view = report.views.get("stated")
    if not isinstance(view, Stated):
        view = report.views["stated"] = Stated(report)
    return view


def linears(values: Values, check: str) -> Iterator[Linear | Unchecked]:
    """The sums of one check that the report states, and those that cannot be held."""
    stated = stated_of(values.report)
    for known in text_sums():
        if known.check == check:
            yield from _linears(stated, known)


def _linears(stated: Stated, known: TextSum) -> Iterator[Linear | Unchecked]:
    """One instance for every statement of the first term."""
    first = known.left[0]
    fund = ALL if any(term.fund for term in known.right) else ""
    anchors = [f for f in stated.all(first.item, known.measure) if not fund or f.keys[0].fund == fund]
    for anchor in anchors[:1] if known.relation == "<=" else _apart(anchors):
        left = [stated.pick(term, known.measure, anchor) for term in known.left[1:]]
        right = [stated.pick(term, known.measure, anchor) for term in known.right]
        found = _linear(known, [anchor, *left], right, alone=len(anchors) == 1)
        if isinstance(found, Linear) and known.relation == "=" and stated.unfilled(anchor):
            found = Unchecked("同一段里还有没有填的数，合计不能核对", anchor.place)
        if found is not None:
            yield found


def _apart(facts: list[Fact]) -> Iterator[Fact]:
    """One fact an entry."""
    seen = set()
    for fact in facts:
        if (fact.section, fact.entry) not in seen:
            seen.add((fact.section, fact.entry))
            yield fact


def _linear(
    known: TextSum, left: list[Fact | None], right: list[Fact | None], alone: bool
) -> Linear | Unchecked | None:
    """One sum; None where no part is stated. Parts of another entry count only where the whole is stated once."""
    anchor = left[0]
    stated = [f for f in right if f is not None]
    if anchor is None:
        return None
    if known.relation == "<=":
        if len(stated) < len(right) or any(f is None for f in left):
            return Unchecked(f"没有写出{_lacking(known, left, right)}", anchor.place)
        terms = [*_operands(left, 1), *_operands(right, -1)]
        return Linear(tuple(terms), "<=", known.severity, known.advice)
    own = [f for f in stated if (f.section, f.entry) == (anchor.section, anchor.entry)] or (stated if alone else [])
    if not own:
        return None
    items = {f.keys[0].item for f in own}
    whole = known.closed in items if known.closed else len(own) == len(known.right)
    terms = [*_operands(own, 1), Operand(anchor.number, -1)]
    return Linear(tuple(terms), "=" if whole else "<=", known.severity, known.advice)


def _operands(facts: Iterable[Fact | None], coefficient: int) -> Iterator[Operand]:
    return (Operand(fact.number, coefficient) for fact in facts if fact is not None)


def _lacking(known: TextSum, left: list[Fact | None], right: list[Fact | None]) -> str:
    terms = zip((*known.left, *known.right), (*left, *right), strict=True)
    return "、".join(dict.fromkeys(word("item", term.item) for term, fact in terms if fact is None))


# evaluation -----------------------------------------------------------------------------------------------------------


def numbers_of(values: Values, fact: int) -> tuple[Decimal, Decimal]:
    """(value, half a unit) of a figure in whole units of Figures, or in its own unit where it is no money."""
    found = values.report.facts[fact]
    if found.keys[0].measure != "amount":
        return found.amount.value, Decimal(0)
    return Decimal(values.right[fact]), Decimal(values.figures.half[fact])


def residual(values: Values, linear: Linear) -> tuple[Decimal, Decimal, Decimal]:
    """(Σ, slack of the non-zero terms, slack of all terms)."""
    total = slack = whole = Decimal(0)
    for fact, coefficient in linear.terms:
        value, half = numbers_of(values, fact)
        total += coefficient * value
        whole += half
        slack += half if value else 0
    return total, slack, whole


def outcomes(values: Values, check: str) -> Iterator[Outcome]:
    """How the sums of a check end."""
    for linear in linears(values, check):
        yield linear if isinstance(linear, Unchecked) else outcome(values, linear)


def once(found: Iterable[Outcome]) -> Iterator[Outcome]:
    """The outcomes, a figure in no more than one failure: what else it spoils is unchecked."""
    seen: set[tuple[int | None, int | None, int | None]] = set()
    for one in found:
        if not isinstance(one, Failed):
            yield one
            continue
        spots = {(p.page, p.line, p.start) for p in one.places}
        if seen.intersection(spots):
            yield Unchecked("其中一个数在另一处已不符，先行核对", one.places[0])
        else:
            seen |= spots
            yield one


def outcome(values: Values, linear: Linear) -> Outcome:
    """How a sum ends: passed, or failed with both sides."""
    total, slack, whole = residual(values, linear)
    off = total if linear.relation == "<=" else abs(total)
    first = values.report.facts[linear.terms[-1].fact]
    if off <= slack:
        return Passed(first.place)
    severity = min(linear.severity, Severity.WARNING) if off <= whole else linear.severity
    return _failed(values, linear, severity, total)


def _failed(values: Values, linear: Linear, severity: Severity, total: Decimal) -> Failed:
    facts = values.report.facts
    plus = [facts[t.fact] for t in linear.terms if t.coefficient > 0]
    minus = [facts[t.fact] for t in linear.terms if t.coefficient < 0]
    show = _shower(values, plus[0])
    sums = [sum((numbers_of(values, f.number)[0] for f in side), Decimal(0)) for side in (plus, minus)]
    sign = ">" if linear.relation == "<=" else "≠"
    said = f"{_side(values, plus)}{f'（合计 {show(sums[0])}）' if len(plus) > 1 else ''} {sign} {_side(values, minus)}"
    ordered = plus[::-1] + minus if linear.relation == "<=" else minus + plus
    return Failed(
        said,
        tuple(f.place for f in ordered),
        advice=linear.advice or "请核对",
        printed=ordered[0].amount.show() if ordered[0].amount.is_money else str(ordered[0].amount.value),
        expected=show(sums[0]) if linear.relation == "=" else "",
        difference=show(abs(total)),
        unit=ordered[0].amount.unit,
        severity=severity,
        follows=tuple(f for f in linear.facts if values.right[f] != values.figures.value[f]),
        mends=mends(values, linear),
    )


def mends(values: Values, linear: Linear) -> tuple[Mend, ...]:
    """What each amount of a sum would have to be; counts are left alone."""
    if any(values.report.facts[fact].keys[0].measure != "amount" for fact in linear.facts):
        return ()
    _, slack, _ = residual(values, linear)
    amounts = {fact: values.right[fact] for fact in linear.facts}
    return of_sum(linear.terms, amounts, int(slack), linear.relation == "=")


def _shower(values: Values, like: Fact) -> Callable[[Decimal], str]:
    if like.keys[0].measure != "amount":
        return str
    return lambda value: values.show(int(value), like.number)


def _side(values: Values, facts: list[Fact]) -> str:
    return " + ".join(f"{name_of(values, f)} {f.amount.show()}" for f in facts)


def name_of(values: Values, fact: Fact) -> str:
    """What a figure of a sentence is called: its item, with the fund where one is named."""
    key = fact.keys[0]
    return values.say(key._replace(flow=ALL, measure="amount", basis="final", fund=key.fund)) or word("item", key.item)
