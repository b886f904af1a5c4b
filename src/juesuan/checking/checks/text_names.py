"""Names in the explanation (正文中的科目名称): 类, 款, 项 and listed economic items, against this account's own tables.

A name that only leaves out 支出, 的 or brackets is the table's. Refuses to judge a name inside a reason, in a glossary
where no name resembles it, and where the tables do not go down to that level (涉密).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from juesuan.checking.listed import spent_lists
from juesuan.checking.naming import loose
from juesuan.checking.outcomes import Failed, Outcome, Passed, Unchecked
from juesuan.checking.passages import flow_of
from juesuan.checking.registry import check
from juesuan.checking.values import Values
from juesuan.knowledge import classifications
from juesuan.knowledge.names import strip_ordinal
from juesuan.model.claims import Claim
from juesuan.model.findings import Severity
from juesuan.model.keys import UNKNOWN
from juesuan.model.places import Place
from juesuan.model.reports import Report

_LIKE = 0.65
_CLEAR = 0.1
_INSIDE = re.compile(r"原因|由于|因为|调整|调剂|转列|改列|划转")
"""words that a name does not begin with: they lead to it from a reason"""
_UNUSED = re.compile(r"决算(?:数)?(?:为|是)?0(?:\.0+)?(?:万元|元)")
_LENGTHS = {"类": 3, "款": 5, "项": 7}


@dataclass(slots=True)
class _Tables:
    """What the tables call the functional codes: code → its names (as printed, by folded name), with a place."""

    names: dict[str, dict[str, str]] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    unread: int = 0

    def level(self, length: int, parent: str = "") -> list[str]:
        return [c for c in self.names if len(c) == length and c.startswith(parent)]

    def name(self, code: str) -> str:
        return next(iter(self.names[code].values()))


def _tables(report: Report) -> _Tables:
    found = _Tables()
    for table in report.tables:
        found.unread += table.unread
        for row in table.rows:
            name = strip_ordinal(row.name)
            if row.function and name and name != row.function:
                found.names.setdefault(row.function, {}).setdefault(_loose(row.function, name), name)
                found.places.setdefault(row.function, row.place)
    return found


def _loose(code: str, name: str) -> str:
    """What is left once brackets, function words and 支出 at the end do not count."""
    word = loose(code, name)
    return word.removesuffix("支出") or word


@check("TEXT-NAME", severity="error", basis="情况说明：类、款、项及经济分类款级的名称", needs="values")
def names(values: Values) -> Iterator[Outcome]:
    """说明中的科目名称应与本套表的名称相同，款、项应属于所写的类、款。"""
    tables = _tables(values.report)
    above: Claim | None = None
    for claim, aside in _named(values.report):
        kind = values.report.sections[claim.section].kind
        above = above if above is not None and _together(above, claim) else None
        if not aside and kind != "attachments":
            yield _functional(values, tables, claim, above, glossary=kind == "glossary")
        above = claim
    yield from _economic(values)


def _named(report: Report) -> Iterator[tuple[Claim, bool]]:
    """The claims that name a 类, 款 or 项; whether a reason or a purpose names it."""
    said: tuple[int, int, int] | None = None
    for claim in report.claims:
        here = (claim.section, claim.entry, claim.sentence)
        if claim.kind in ("reason", "purpose") and not claim.word.lstrip(":").startswith("以下"):
            said = here
        elif claim.kind in ("direction", "level"):
            said = None
        elif claim.kind == "name":
            said = here if _INSIDE.search(claim.items[0]) else said
            yield claim, said == here


def _together(one: Claim, other: Claim) -> bool:
    """Whether the second name goes on where the first ended: a lower level in the same sentence."""
    same = (one.section, one.entry, one.sentence) == (other.section, other.entry, other.sentence)
    return same and _LENGTHS[one.word] < _LENGTHS[other.word]


def _functional(values: Values, tables: _Tables, claim: Claim, above: Claim | None, glossary: bool) -> Outcome:
    code, name = claim.key.function, claim.items[0]
    length = _LENGTHS[claim.word]
    if not tables.level(length):
        return Unchecked(f"各表没有列示到“{claim.word}”", claim.place)
    if code == UNKNOWN:
        return _strange(values.report, tables, claim, above, glossary)
    if above is not None and above.key.function != UNKNOWN and not code.startswith(above.key.function):
        return _misplaced(values, tables, claim, above)
    if code in tables.names:
        printed = tables.names[code]
        if any(word in _loose(code, name) for word in printed):
            return Passed(claim.place)
        return _renamed(tables, claim, code, tables.name(code), glossary)
    if glossary or tables.unread or _nothing(values.report, claim):
        return Passed(claim.place) if not tables.unread else Unchecked("表中有没有认出的数字", claim.place)
    return Failed(
        f"各表都没有 {code} {name}（{claim.word}）",
        (claim.place,),
        advice="请核对科目名称",
        printed=name,
    )


def _nothing(report: Report, claim: Claim) -> bool:
    """Whether the entry says that nothing was spent (a budget that was not used has no row)."""
    flow = flow_of(report, claim)
    return flow is not None and bool(_UNUSED.search(flow.text))


def _renamed(tables: _Tables, claim: Claim, code: str, right: str, glossary: bool) -> Failed:
    name = claim.items[0]
    place = (tables.places[code],) if code in tables.places else ()
    return Failed(
        f"科目名称：{name} → {right}（{code}）",
        (claim.place, *place),
        advice=f"请改为“{right}”",
        printed=name,
        expected=right,
        severity=Severity.WARNING if glossary else None,
    )


def _misplaced(values: Values, tables: _Tables, claim: Claim, above: Claim) -> Failed:
    """A 款 or 项 below a 类 or 款 that it does not belong to."""
    code = claim.key.function
    parent = code[: len(above.key.function)]
    right = tables.name(parent) if parent in tables.names else parent
    return Failed(
        f"“{claim.items[0]}（{claim.word}）”（{code}）不在“{above.items[0]}（{above.word}）”（{above.key.function}）之下",
        (above.place, claim.place),
        advice=f"请核对；{claim.items[0]}的{above.word}是“{right}”",
        printed=above.items[0],
        expected=right,
    )


def _strange(report: Report, tables: _Tables, claim: Claim, above: Claim | None, glossary: bool) -> Outcome:
    """A name that no code has: the table's name that it ends in, or the one that it resembles."""
    name, length = claim.items[0], _LENGTHS[claim.word]
    parent = above.key.function if above is not None and above.key.function != UNKNOWN else ""
    codes = tables.level(length, parent) or tables.level(length)
    if any(_loose(c, name).endswith(word) for c in codes for word in tables.names[c]):
        return Passed(claim.place)
    code = _nearest(name, {c: tables.names[c] for c in codes})
    known = [c for c in classifications.codes_of(name) if len(c) == length]
    elsewhere = bool(known and parent) and not any(c.startswith(parent) for c in known)
    if elsewhere and above is not None and not _nothing(report, claim):
        return _nowhere(claim, above)
    if not code:
        return Unchecked(f"没有认出科目“{name}（{claim.word}）”", claim.place)
    return _renamed(tables, claim, code, tables.name(code), glossary)


def _nowhere(claim: Claim, above: Claim) -> Failed:
    """A name that the classification has elsewhere, and never below what it is written under."""
    name, group = f"{claim.items[0]}（{claim.word}）", f"{above.items[0]}（{above.word}）"
    return Failed(
        f"“{group}”（{above.key.function}）之下没有“{name}”",
        (claim.place,),
        advice="请核对科目名称",
        printed=claim.items[0],
    )


def _nearest(name: str, codes: dict[str, Iterable[str]]) -> str:
    """The code whose name resembles this one, more than any other does; "" where there is none."""
    scored = sorted(
        ((_likeness(_loose(code, name), word), code) for code, words in codes.items() for word in words), reverse=True
    )
    if not scored or scored[0][0] < _LIKE:
        return ""
    others = [score for score, code in scored[1:] if code != scored[0][1]]
    return "" if others and others[0] > scored[0][0] - _CLEAR else scored[0][1]


def _likeness(name: str, word: str) -> float:
    """How alike two names are; words before a name in a sentence do not count."""
    tail = name[-len(word) :]
    return max(SequenceMatcher(None, text, word, autojunk=False).ratio() for text in (name, tail))


def _economic(values: Values) -> Iterator[Outcome]:
    """Listed economic items whose name is none, but resembles one of the table's."""
    for found, names_ in spent_lists(values):
        listed = {item.code for item in found.items}
        for item in found.items:
            if item.code or not item.meant:
                continue
            right = names_.of(item.meant, values.report.year)
            operand = values.of(found.key._replace(economic=item.meant))
            place = () if operand is None else (values.report.facts[operand.facts[0]].place,)
            sure = item.meant not in listed and operand is not None and not operand.zero
            yield Failed(
                f"科目名称：{item.words} → {right}（{item.meant}）",
                (item.place, *place),
                advice=f"请改为“{right}”",
                printed=item.words,
                expected=right,
                severity=None if sure else Severity.WARNING,
            )
