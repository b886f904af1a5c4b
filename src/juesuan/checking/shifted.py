"""Shifted tables in words (错行的行文): one finding for a whole run of moved rows.

Names the first and last line, the offsets, and the row to which the values of each row belong.
"""

from __future__ import annotations

from juesuan.checking.records import Record
from juesuan.checking.shifts import Shift
from juesuan.checking.wording import Words
from juesuan.model.findings import Finding, Severity
from juesuan.model.places import Place

_SHOWN = 4
"""how many of the moved rows are written out"""


def shift_finding(words: Words, shift: Shift, cause: str) -> Finding:
    """The finding of a shift; its places are the moved figures, row by row."""
    report = words.report
    first = [min(row.facts.values()) for row, _ in shift.moves]
    pairs = [f"{_name(words, row)} → {_name(words, goal)}" for row, goal in shift.moves if goal]
    lost = len(shift.moves) - len(pairs)
    places = tuple(report.facts[fact].place for fact in sorted(shift.facts))
    message = [
        f"{words.table(first[0])}：{_span(places)}数字与名称错行（{len(shift.moves)} 行），{_offsets(shift)}",
        "数字应属的名称（表中名称 → 应属）：" + "；".join(pairs[:_SHOWN]) + ("；……" if len(pairs) > _SHOWN else ""),
    ]
    if lost:
        message.append(f"另有 {lost} 行的数字对不上任何名称")
    return Finding(
        "SHIFT-ROWS", Severity.ERROR, "\n".join(message), places, advice="请按数字所属的名称重新填列这些行", cause=cause
    )


def _name(words: Words, row: Record) -> str:
    return words.coded(row.code) or "合计"


def _span(places: tuple[Place, ...]) -> str:
    lines = sorted({place.line for place in places if place.line is not None})
    return f"第 {lines[0]}—{lines[-1]} 行" if lines else ""


def _offsets(shift: Shift) -> str:
    """The different offsets in order: 数字比名称高 2 行、5 行."""
    order = {id(row): n for n, row in enumerate(shift.order)}
    steps = [order[id(goal)] - order[id(row)] for row, goal in shift.moves if goal]
    said = [f"{'高' if step > 0 else '低'} {abs(step)} 行" for step in dict.fromkeys(steps)]
    return "数字比所属名称" + "、".join(said)
