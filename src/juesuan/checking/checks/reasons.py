"""Reasons (主要原因) for changes: are they there, about the right thing, and more than a stock phrase?

Refuses to assert: a missing reason and a stock phrase are questions. Naming another item beside its own, or moving
money between items, is in order.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from juesuan.checking.explained import Sizes, Statement, explained, statements
from juesuan.checking.outcomes import Failed, Outcome, Passed, Unchecked
from juesuan.checking.passages import shown
from juesuan.checking.registry import check
from juesuan.checking.themes import Theme, themes
from juesuan.checking.values import Values
from juesuan.knowledge.reasons import Topic, is_stock, limit, speaks_of_transfer, topic_of, topics
from juesuan.model.claims import Claim
from juesuan.model.keys import ALL, Key
from juesuan.model.reports import Report

_ITEM = 7
_ASKED = 2
"""so many other entries with changes there must be, all with reasons, before one without is asked about"""
_ASKING = frozenset(
    {"totals", "income", "expenditure", "fiscal", "general_public", "funds", "state_capital", "basic", "three_public"}
    | {"running_costs"}
)
"""the sections in which the forms ask for reasons"""
_COMPARED = frozenset(
    {"大于", "小于", "高于", "低于", "超过", "超出", "略大于", "略小于", "略高于", "略低于", "多于", "少于"}
)


# about another subject ------------------------------------------------------------------------------------------------


@check("TEXT-REASON", severity="warning", basis="情况说明：增减变动的主要原因")
def about_another(report: Report) -> Iterator[Outcome]:
    """原因应说的是本项，不是照抄另一项的。"""
    named = themes(report)
    items = {c.key.function for c in report.claims if c.kind == "reason" and len(c.key.function) == _ITEM}
    for statement in explained(report):
        key = statement.claim.key if statement.reason is None else statement.reason.key
        if not statement.text:
            continue
        if key.item != ALL:
            yield _three_public(statement, topic_of(Key(item=key.item)))
        elif key.function in items:
            yield _functional(statement, named[key.function], [named[code] for code in sorted(items)])


def _three_public(statement: Statement, own: Topic | None) -> Outcome:
    text = statement.text
    if own is None or own.words.search(text):
        return Passed(statement.place)
    other = next((t for t in topics() if t.items and t is not own and t.only.search(text)), None)
    return Passed(statement.place) if other is None else _foreign(statement, own.name, other.name)


def _functional(statement: Statement, own: Theme, others: list[Theme]) -> Outcome:
    text = statement.text
    if own.spoken_of(text) or speaks_of_transfer(text):
        return Passed(statement.place)
    for other in others:
        if other.code == own.code or _same(own.topic, other.topic):
            continue
        if other.named_in(text) or (own.topic is not None and other.meant_by(text)):
            return _foreign(statement, own.name, other.name)
    return Passed(statement.place)


def _same(one: Topic | None, other: Topic | None) -> bool:
    return one is not None and one is other


def _foreign(statement: Statement, own: str, other: str) -> Failed:
    text = shown(statement.text)
    return Failed(
        f"{shown(own)}的原因说的是{shown(other)}，没有说到{shown(own)}：“{text}”",
        (statement.place,),
        advice=f"请改为{shown(own)}的原因",
        printed=text,
    )


# stock phrases --------------------------------------------------------------------------------------------------------


@check("TEXT-REASON-STOCK", severity="query", basis="情况说明：增减变动超过 30% 的，应说明具体原因", needs="values")
def stock(values: Values) -> Iterator[Outcome]:
    """变动较大的，原因不能只有套话，也不能只把增减再说一遍。"""
    report, sizes = values.report, Sizes(values)
    most = limit(report.settings)
    whole: list[tuple[Statement, str]] = []
    for statement in explained(report):
        reason = statement.reason
        if reason is None or not statement.text:
            continue
        size = sizes.of(statement)
        if size is None:
            yield Unchecked(f"没有变动的幅度：{values.say(reason.key)}", reason.place)
        elif size[0] * 100 <= size[1] * most or not is_stock(statement.text):
            yield Passed(reason.place)
        elif _is_whole(reason.key):
            whole.append((statement, _percent(size)))
        else:
            yield _phrase([(statement, _percent(size))], values)
    if whole:
        yield _phrase(whole, values)


def _is_whole(key: Key) -> bool:
    """Whether the subject is the department's whole income or expenditure (one question for all of them)."""
    return {key.nature, key.function, key.economic, key.item, key.project} == {ALL}


def _percent(size: tuple[int, int]) -> str:
    change, base = size
    return f"变动 {Decimal(change) * 100 / Decimal(base):.1f}%" if base else "没有预算而有支出"


def _phrase(found: list[tuple[Statement, str]], values: Values) -> Failed:
    first, percent = found[0]
    text = shown(first.text)
    subject = values.say(first.claim.key._replace(basis="final"))
    more = f"（另有 {len(found) - 1} 处类似）" if len(found) > 1 else ""
    return Failed(
        f"{subject}{percent}，原因只有“{text}”{more}",
        tuple(statement.place for statement, _ in found),
        advice="请说明具体的项目或事由",
        printed=text,
    )


# missing --------------------------------------------------------------------------------------------------------------


@check("TEXT-REASON-MISSING", severity="query", basis="情况说明：增减变动的主要原因", needs="values")
def missing(values: Values) -> Iterator[Outcome]:
    """决算数与预算数、上年数不同的，应写明主要原因（同节、同类的各处都写了的）。"""
    sizes = Sizes(values)
    found = statements(values.report)
    for statement in found:
        claim = statement.claim
        if claim.kind == "level" or (claim.kind == "direction" and claim.word not in _COMPARED):
            continue
        if values.report.sections[claim.section].kind not in _ASKING:
            continue
        size = sizes.of(statement)
        if size is None or not size[0]:
            continue
        if statement.reason is not None or statement.hinted:
            yield Passed(claim.place)
        elif _asked(statement, found, values):
            yield _lacking(statement, values)


def _asked(statement: Statement, found: list[Statement], values: Values) -> bool:
    """Whether the form asks for a reason here: its fellows have one."""
    claim = statement.claim
    if claim.kind == "direction":
        fellows = [s for s in found if s.claim.kind == "direction" and _level(s.claim) == _level(claim)]
        return any(s.reason is not None for s in fellows)
    entries: dict[tuple[int, int], list[Statement]] = {}
    for other in found:
        if other.claim.kind in ("change", "rate"):
            entries.setdefault((other.claim.section, other.claim.entry), []).append(other)
    own = entries.pop((claim.section, claim.entry))
    if _parted(values, claim):
        return False
    given = [_given(entry) for entry in entries.values()]
    return statement is own[0] and not _given(own) and len(given) >= _ASKED and all(given)


def _parted(values: Values, claim: Claim) -> bool:
    """Whether the entry ends with 其中：, so that its parts, in entries of their own, say why."""
    text = values.report.sections[claim.section].entries[claim.entry].text
    return text.endswith(("其中:", "如下:", "包括:"))


def _given(entry: list[Statement]) -> bool:
    """Whether a change of the entry has a reason."""
    return any(s.reason is not None or s.hinted for s in entry)


def _level(claim: Claim) -> tuple[int, int, int]:
    """What makes statements fellows: the section, and how far down the subject is."""
    return claim.section, len(claim.key.function), claim.key.item.count("/")


def _lacking(statement: Statement, values: Values) -> Failed:
    claim = statement.claim
    subject = values.say(claim.key._replace(basis="final"))
    return Failed(
        f"{subject}：“{claim.word}”之后没有写原因",
        (claim.place,),
        advice="请写明主要原因；已在别处说明的，可以不写",
        printed=claim.word,
    )
