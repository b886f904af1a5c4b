"""One passage read by itself: what each of its figures was read as, and the claims without a figure."""

from __future__ import annotations

from dataclasses import dataclass

from juesuan.documents.text import read_text
from juesuan.model.claims import Claim
from juesuan.model.keys import Key
from juesuan.model.places import Place
from juesuan.model.reports import Fact, Report
from juesuan.understanding.census import count
from juesuan.understanding.explanation import read_explanation

DEPARTMENT = "某某市某某局"


@dataclass(frozen=True)
class Read:
    """A figure as it was read: kind, keys and base in short form, without the account's own year."""

    printed: str
    kind: str
    keys: frozenset[str]
    base: str = ""

    def __str__(self) -> str:
        base = f" / {self.base}" if self.base else ""
        return f"{self.printed} {self.kind} {' | '.join(sorted(self.keys))}{base}"


@dataclass(frozen=True)
class Passage:
    """What was read of a passage: its figures in order, the unread numerals, the claims that have no figure."""

    figures: list[Read]
    unread: list[str]
    words: list[str]


def short(key: Key, year: str) -> str:
    """The key without the account's own year; last year is `last`."""
    text = " ".join(f"{name}={value}" for name, value in _parts(key, year))
    return text or "year=now"


def _parts(key: Key, year: str) -> list[tuple[str, str]]:
    own = [(n, v) for n, v in zip(key._fields, key, strict=True) if v != key._field_defaults.get(n)]
    last = str(int(year) - 1)
    named = [(n, "last" if n == "year" and v == last else v) for n, v in own]
    return [(n, v) for n, v in named if not (n == "year" and v == year)]


def spoken(text: str, section: str, year: str = "2024", department: str = DEPARTMENT) -> Passage:
    """Reads a passage below a section heading of this title."""
    head = f"{department}\n{year} 年度部门决算\n\n第二部分 {year} 年度部门决算情况说明\n\n一、{section}\n\n"
    document = read_text(f"{head}{text}\n".encode(), "passage.txt")
    report = Report(document, "部门决算", department, year)
    census = count(document, {}, read_explanation(report))
    found = [(fact.place, of_fact(fact, year)) for fact in report.facts]
    found += [
        (claim.place, of_claim(claim, year)) for claim in report.claims if claim.amount and claim.kind != "list_count"
    ]
    found.sort(key=lambda pair: spot(pair[0]))
    first = head.count("\n") + 1
    unread = [u.quote for u in census.unread if (u.place.line or 0) >= first]
    return Passage([read for _, read in found], unread, [worded(c, year) for c in report.claims if c.amount is None])


def spot(place: Place) -> tuple[int, int]:
    return place.line or 0, place.start or 0


def of_fact(fact: Fact, year: str) -> Read:
    kind = fact.keys[0].measure
    return Read(fact.place.quote, kind, frozenset(short(key, year) for key in fact.keys))


def of_claim(claim: Claim, year: str) -> Read:
    keys = frozenset(short(key, year) for key in (claim.key, *claim.also))
    return Read(claim.place.quote, claim.kind, keys, short(claim.base, year) if claim.base else "")


def worded(claim: Claim, year: str) -> str:
    """A claim without a figure, in one line."""
    base = f" / {short(claim.base, year)}" if claim.base else ""
    return f"{claim.kind} {' | '.join(short(key, year) for key in (claim.key, *claim.also))}{base}"
