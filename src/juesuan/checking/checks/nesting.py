"""Nesting (类款项): does each 款 stand below its 类 and each 项 below its 款, and each code only once in a table?

Refuses to ask for levels that a table does not print (secrecy stops at 款 or 类), and to judge a table by units.
Source: 政府收支分类科目 (a code begins with the code above it).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from juesuan.checking.labels import Label, class_stubs, sequences
from juesuan.checking.naming import doubtful_codes, folded
from juesuan.checking.outcomes import Failed, Outcome, Passed, Unchecked
from juesuan.checking.printed import name_of, printed_of
from juesuan.checking.registry import check
from juesuan.knowledge import classifications as known
from juesuan.knowledge.names import plain
from juesuan.model.findings import Severity
from juesuan.model.reports import Report

_WORDS = {3: "类", 5: "款", 7: "项"}
_NUMERALS = "一二三四五六七八九十"
_ORDINAL = re.compile(rf"([{_NUMERALS}]{{1,3}})、")


def _tables(report: Report) -> Iterator[tuple[int, list[Label]]]:
    """The coded rows of each table that has any, all its blocks in reading order."""
    printed = printed_of(report)
    for number in range(len(report.tables)):
        labels = [label for sequence in sequences(printed, number) for label in sequence]
        if any(label.code for label in labels):
            yield number, labels


@check("NAME-NEST", severity="error", basis="政府收支分类科目（下级编码以上级编码开头）")
def codes_below_their_parents(report: Report) -> Iterator[Outcome]:
    """款应列在所属的类之下，项应列在所属的款之下；同一编码在一张表中只列一次。"""
    for number, labels in _tables(report):
        table = report.tables[number]
        if "entity" in table.complete:
            yield Unchecked(f"{name_of(table)}分单位列示，编码可以重复", table.place)
            continue
        found = [*_misplaced(report, labels), *_repeated(report, labels)]
        yield from found
        levels = {len(label.code) for label in labels if label.code}
        if not found and len(levels) > 1:
            yield Passed(table.place)
        elif not found:
            yield Unchecked(f"{name_of(table)}只列一级科目", table.place)


def _misplaced(report: Report, labels: Sequence[Label]) -> Iterator[Outcome]:
    """Rows that stand below another code than their own."""
    present = {label.code for label in labels}
    levels = sorted({len(code) for code in present if code})
    above: dict[int, Label] = {}
    uncoded = False
    told: set[str] = set()
    odd: set[str] = set()
    for label in labels:
        if not label.code:
            uncoded = True
            continue
        upper = [level for level in levels if level < len(label.code)]
        over = above.get(upper[-1]) if upper else None
        parent = label.code[: upper[-1]] if upper else ""
        if parent and (over is None or over.code != parent) and parent not in told:
            told.add(parent)
            if uncoded and parent not in present:
                yield Unchecked(f"{label.code} 之上有一行的编码读不出", label.place)
            elif over is None or not (over.code in odd or _named_like(over, parent)):
                odd.add(label.code)
                yield _foreign(report, label, parent, over, parent in present)
        above[len(label.code)] = label
        uncoded = uncoded and len(label.code) == levels[-1]


def _named_like(label: Label, code: str) -> bool:
    """Whether the row has the name of that code: then its own code is wrong, and NAME-CODE says so."""
    names = known.function_names(code) if code.startswith("2") else known.economic_names(code)
    return folded(code, label.name) in {folded(code, name) for name in names}


def _foreign(report: Report, label: Label, parent: str, over: Label | None, listed: bool) -> Failed:
    level, upper = _WORDS[len(label.code)], _WORDS[len(parent)]
    where = f"列在 {over.code} {over.name} 之下" if over else f"之上没有{upper}"
    lack = "" if listed else f"，表中没有 {parent}"
    economic = not label.code.startswith("2")
    return Failed(
        message=f"{name_of(report.tables[label.table])}：{label.code} {label.name}（{level}）{where}{lack}",
        places=(label.place, *((over.place,) if over else ())),
        advice=f"请核对编码；{label.code} 应列在 {parent}（{upper}）之下",
        severity=Severity.WARNING if economic or not over else None,
    )


def _repeated(report: Report, labels: Sequence[Label]) -> Iterator[Failed]:
    """Codes that a table lists twice under the same name (under two names: NAME-CODE or NAME-TWICE)."""
    seen: dict[tuple[str, str], Label] = {}
    pairs = [(label, seen.setdefault((label.code, folded(label.code, label.name)), label)) for label in labels]
    again = [(label, first) for label, first in pairs if label.code and first is not label]
    if not again:
        return
    label, first = again[0]
    table = report.tables[label.table]
    same = all(table.rows[one.row].cells == table.rows[other.row].cells for one, other in again)
    turned = all(one.place.page != other.place.page for one, other in again)
    more = f"等 {len(again)} 行" if len(again) > 1 else ""
    yield Failed(
        message=f"{name_of(table)}：{label.code} {label.name}{more}列了两次" + ("，数字相同" if same else "，数字不同"),
        places=(*(one.place for one, _ in again), first.place),
        advice="请删去重复的行" if same else "请核对编码，或将两行合并",
        severity=Severity.QUERY if same and turned else None,
    )


@check("NAME-ORDER", severity="info", basis="部门决算公开表样")
def rows_in_order(report: Report) -> Iterator[Outcome]:
    """同级科目按编码顺序排列；总表各行的序号（一、二、三）依次递增。"""
    done = False
    printed, doubtful = printed_of(report), doubtful_codes(report)
    for number, table in enumerate(report.tables):
        blocks = [[b for b in block if b.code and b.code not in doubtful] for block in sequences(printed, number)]
        if not any(blocks):
            continue
        done = True
        if "entity" in table.complete:
            yield Unchecked(f"{name_of(table)}分单位列示", table.place)
        elif back := next((pair for block in blocks if (pair := _first_back(block))), None):
            yield Failed(
                message=f"{name_of(table)}：{back[1].code} 排在 {back[0].code} 之后",
                places=(back[1].place, back[0].place),
                advice="请按编码顺序排列",
            )
        else:
            yield Passed(table.place)
    for number in range(len(report.tables)):
        if any(True for _ in class_stubs(printed, number)):
            done = True
            yield _ordinals(report, number)
    if not done:
        yield Unchecked("没有带编码或序号的行")


def _first_back(labels: Sequence[Label]) -> tuple[Label, Label] | None:
    """The first row whose code is lower than that of the sibling before it."""
    last: dict[str, Label] = {}
    for label in labels:
        parent = label.code[:-2] if len(label.code) > 3 else ""
        before = last.get(parent)
        if before is not None and label.code < before.code:
            return before, label
        last[parent] = label
    return None


def number_of(numeral: str) -> int:
    """二十一 → 21."""
    tens, ten, ones = numeral.partition("十")
    if not ten:
        return _NUMERALS.index(numeral) + 1 if numeral in _NUMERALS else 0
    return 10 * (_NUMERALS.index(tens) + 1 if tens else 1) + (_NUMERALS.index(ones) + 1 if ones else 0)


def _ordinals(report: Report, number: int) -> Outcome:
    """Whether the ordinals in each column rise (rows may be left out), or begin again."""
    table = report.tables[number]
    last: dict[int, int] = {}
    for row in table.rows:
        for column, cell in enumerate(row.cells):
            match = _ORDINAL.match(plain(cell))
            if not match:
                continue
            now, before = number_of(match.group(1)), last.get(column, 0)
            if now <= before and now != 1:
                return Failed(
                    message=f"{name_of(table)}：序号有误，“{cell}”排在第 {before} 项之后",
                    places=(row.place,),
                    advice="请核对各行的序号",
                )
            last[column] = now
    return Passed(table.place)
