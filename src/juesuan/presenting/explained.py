"""What is known of the figures in one line (逐数说明), and how it is told.

Refuses to look anything up: the services gather, this module only words it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from juesuan.model.findings import Crash, Finding
from juesuan.model.places import Place
from juesuan.model.reports import Fact, Unread
from juesuan.presenting.telling import spot_words
from juesuan.presenting.text import crash_text, finding_text
from juesuan.presenting.widths import Style, pad_left, width
from juesuan.presenting.words import Names, say_keys, say_unknown

INDENT = "    "
MARKS = {"passed": ("通过", "good"), "failed": ("不符", "error"), "unchecked": ("未查", "faint")}


@dataclass(frozen=True, slots=True)
class Term:
    """One figure of an identity, and how often it counts on its side."""

    times: int
    fact: Fact


@dataclass(frozen=True, slots=True)
class Held:
    """An identity that holds a figure: left terms against right terms, and how it ended."""

    check: str
    title: str
    relation: str
    """= or ≥; ≈ where rounding explains the difference; ≠ or < where it is not so"""
    left: tuple[Term, ...]
    right: tuple[Term, ...]
    outcome: str
    """passed, failed or unchecked"""
    note: str = ""
    """why keys are equal, the difference and what rounding allows, or why it is unchecked"""
    same: bool = False
    """whether every figure states the same: then each is compared with the first"""


@dataclass(frozen=True, slots=True)
class Figure:
    """One read figure of the line. `column` and `row` are as printed, `table` is the printed title."""

    fact: Fact
    table: str
    row: str
    column: str
    verified: bool
    held: tuple[Held, ...] = ()


@dataclass(frozen=True, slots=True)
class Explained:
    """A line of a file with all that is known of it."""

    place: Place
    text: str
    year: str = ""
    names: Names = field(default_factory=dict)
    figures: tuple[Figure, ...] = ()
    unread: tuple[Unread, ...] = ()
    findings: tuple[Finding, ...] = ()
    reasons: tuple[tuple[str, str], ...] = ()
    """(check, why it is unchecked) of what was to be checked at this line"""
    nearest: tuple[int, ...] = ()
    """lines with figures before and after, where this one has none"""
    crashes: tuple[Crash, ...] = ()


def explained_text(one: Explained, style: Style) -> Iterator[str]:
    """The lines that `juesuan explain` prints."""
    yield style.paint(one.place.where, "strong")
    yield INDENT + (" | ".join(filter(None, (c.strip() for c in one.text.split("\t")))) or "（空行）")
    if not one.figures and not one.unread:
        yield ""
        yield "这一行没有账目数字。" + _nearest(one.nearest)
    for figure in one.figures:
        yield ""
        yield from _figure(figure, one, style)
    for reason in dict.fromkeys(unread.reason for unread in one.unread):
        quotes = "、".join(u.quote or u.place.quote for u in one.unread if u.reason == reason)
        yield ""
        yield f"{style.paint(quotes, 'strong')}  未读：{reason}"
    if one.reasons:
        yield ""
        yield style.paint("这一行未查的检查", "strong")
        yield from (f"{INDENT}{check}  {reason}" for check, reason in one.reasons)
    if one.crashes:
        yield ""
        yield from crash_text(one.crashes, style)
    if one.findings:
        yield ""
        yield style.paint("与这一行有关的问题", "strong")
        for finding in one.findings:
            yield from (INDENT + line for line in finding_text(finding, style))


def _nearest(lines: tuple[int, ...]) -> str:
    return f"离它最近的数字在第 {'、'.join(map(str, lines))} 行。" if lines else "整个文件没有读到账目数字。"


def _figure(figure: Figure, one: Explained, style: Style) -> Iterator[str]:
    fact = figure.fact
    shown = "（空白，按 0 计）" if fact.blank else fact.place.quote or fact.amount.show()
    row = f"{figure.row} {one.names.get(figure.row, '')}".strip()
    spot = " · ".join(filter(None, (figure.table, row, figure.column)))
    yield f"{style.paint(shown, 'strong')}  {spot}"
    if unknown := say_unknown(fact.keys):
        yield f"{INDENT}含义  未能确定{unknown}，所以不参加检查"
    else:
        yield f"{INDENT}含义  {say_keys(fact.keys, one.names, one.year)}"
    yield f"{INDENT}金额  {_amount(fact)}"
    yield f"{INDENT}指标  {' | '.join(map(str, fact.keys))}"
    if not figure.held:
        yield f"{INDENT}勾稽  没有勾稽关系用到它：只读出，未核实"
        return
    yield f"{INDENT}勾稽  {len(figure.held)} 条，{_verified(figure)}"
    for held in figure.held:
        yield from _held(held, fact, one, style)


def _verified(figure: Figure) -> str:
    if figure.verified:
        return "已核实"
    if any(held.outcome == "failed" for held in figure.held):
        return "未核实（先要改正不符之处）"
    return "未核实（改动它不会改变任何结果）"


def _amount(fact: Fact) -> str:
    amount = fact.amount
    said = f"{amount.show()} {amount.unit}".strip()
    if amount.printed_decimals not in (-1, amount.decimals):
        said += f"（印出 {amount.printed_decimals} 位小数，按省略末尾的 0 读）"
    return said


def _held(held: Held, fact: Fact, one: Explained, style: Style) -> Iterator[str]:
    word, kind = MARKS[held.outcome]
    note = f"（{held.note}）" if held.note else ""
    yield f"{INDENT * 2}{style.paint(word, kind)}  {held.check}  {held.title}{note}"
    if not fact.amount.value:
        return  # what a zero adds to a sum is soon said
    if not held.same:
        yield f"{INDENT * 3}{_side(held.left)} {held.relation} {_side(held.right)}"
    terms = [t for t in (*held.left, *held.right) if held.same or t.fact.amount.value or t.fact == fact]
    shown = [_shown(term) for term in terms]
    room = max(map(width, shown), default=0)
    for term, text in zip(terms, shown, strict=True):
        yield f"{INDENT * 3}{pad_left(text, room)}  {_term(term, fact, one)}"
    if zeros := len(held.left) + len(held.right) - len(terms):
        yield f"{INDENT * 3}另有 {zeros} 项为零"


def _side(terms: tuple[Term, ...]) -> str:
    """34.08 + 9.14 + …, exact zeros left out."""
    return " + ".join(_shown(term) for term in terms if term.fact.amount.value) or "0"


def _shown(term: Term) -> str:
    shown = term.fact.amount.show()
    shown = f"({shown})" if shown.startswith("-") else shown
    return shown if term.times == 1 else f"{term.times} × {shown}"


def _term(term: Term, fact: Fact, one: Explained) -> str:
    here = "本数" if term.fact == fact else spot_words(term.fact.place)
    return "  ".join(filter(None, (here, say_keys(term.fact.keys, one.names, one.year))))
