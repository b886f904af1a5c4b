"""Units (金额单位、千分位): does every table say its unit, is it one unit, are thousands printed in one way?

Refuses to doubt a unit by the size of its figures: a wrong unit is certain only where the same printed figures stand
under two units.
Source: 部门决算公开表样 (每张表注明金额单位).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from juesuan.checking.outcomes import Failed, Outcome, Passed, Unchecked
from juesuan.checking.printed import MONEY_FORMS, Printed, name_of, printed_of
from juesuan.checking.registry import check
from juesuan.knowledge.names import plain
from juesuan.knowledge.structure import pattern
from juesuan.model.findings import Severity
from juesuan.model.keys import Key
from juesuan.model.reports import Fact, ReadTable, Report

_SAME_ENOUGH = 3
"""so many different figures printed alike under two units are no chance"""
_SHOWN = 20


def _money(report: Report) -> list[tuple[int, ReadTable]]:
    return [(number, table) for number, table in enumerate(report.tables) if table.form in MONEY_FORMS]


@check("STRUCT-UNIT", severity="warning", basis="部门决算公开表样（金额单位）")
def units_stated(report: Report) -> Iterator[Outcome]:
    """每张表应注明金额单位，全文应用同一单位。"""
    tables = _money(report)
    if not tables:
        yield Unchecked("没有决算表")
        return
    printed = printed_of(report)
    lacking = [number for number, table in tables if table.stated_unit is None and not _stated(printed, number)]
    if lacking:
        yield _lacking(printed, lacking)
    yield from (Passed(table.stated_unit) for number, table in tables if number not in lacking)
    stated = [(number, table) for number, table in tables if table.stated_unit is not None and table.unit]
    if len({table.unit for _, table in stated}) > 1:
        yield _different(report, stated)


def _stated(printed: Printed, number: int) -> bool:
    """Whether the unit stands in the heads, in the lines around the table, or in a sentence for all tables."""
    wanted = pattern("unit", "stated")
    table = printed.report.tables[number]
    around = [*printed.before(number), *printed.within(number)]
    if any(wanted.search(plain(head)) for head in table.columns) or any(wanted.search(p.word) for p in around):
        return True
    return any("表" in p.word and wanted.search(p.word) and not p.word.startswith("单位") for p in printed.body())


def _lacking(printed: Printed, numbers: list[int]) -> Failed:
    tables = [printed.report.tables[number] for number in numbers]
    titles = [printed.title_piece(number) for number in numbers]
    empty = all(table.empty for table in tables)
    return Failed(
        message=f"{'、'.join(name_of(table) for table in tables)}没有注明金额单位",
        places=tuple(t.place if t else table.place for t, table in zip(titles, tables, strict=True)),
        advice="请在表头注明，如“单位：万元”",
        severity=Severity.INFO if empty else None,
    )


def _different(report: Report, stated: list[tuple[int, ReadTable]]) -> Failed:
    usual = Counter(table.unit for _, table in stated).most_common(1)[0][0]
    odd = [(number, table) for number, table in stated if table.unit != usual]
    places = tuple(table.stated_unit for _, table in odd if table.stated_unit)
    names = "、".join(f"{name_of(table)}为{table.unit}" for _, table in odd)
    alike = [pair for number, _ in odd for pair in _alike(report, number, usual)]
    if len(alike) >= _SAME_ENOUGH:
        one, other = alike[0]
        return Failed(
            message=f"金额单位有误：{names}，其余各表为{usual}\n"
            f"{len(alike)} 个数在两种单位下印得一样，例如 {one.amount.show()}（第 {other.place.line} 行也是）",
            places=(*places, one.place, other.place),
            advice="请核对表头的金额单位",
            printed=odd[0][1].unit,
            expected=usual,
            severity=Severity.ERROR,
        )
    return Failed(
        message=f"各表金额单位不一：{names}，其余各表为{usual}",
        places=places,
        advice="请统一金额单位；有意不同的，请说明",
        severity=Severity.QUERY,
    )


def _alike(report: Report, number: int, usual: str) -> list[tuple[Fact, Fact]]:
    """The figures that another table prints alike under the usual unit; none where any of them was converted."""
    elsewhere: dict[Key, list[Fact]] = {}
    for fact in report.facts:
        table = report.tables[fact.table] if fact.table >= 0 else None
        if table is not None and table.unit == usual and fact.amount.unit == usual and fact.amount.value:
            for key in fact.keys:
                elsewhere.setdefault(key, []).append(fact)
    alike, converted = list[tuple[Fact, Fact]](), 0
    for fact in report.facts:
        if fact.table == number and fact.amount.value and fact.amount.is_money:
            others = [other for key in fact.keys for other in elsewhere.get(key, ())]
            alike += [(fact, other) for other in others[:1] if other.amount.value == fact.amount.value]
            converted += any(abs(o.amount.base - fact.amount.base) <= o.amount.ulp for o in others)
    distinct = {one.amount.value: (one, other) for one, other in alike}
    return [] if converted else list(distinct.values())


@check("STRUCT-THOUSANDS", severity="info", basis="数字书写统一")
def thousands_in_one_way(report: Report) -> Iterator[Outcome]:
    """各表中千位以上的数，千分位的写法应统一。"""
    facts = [f for f in report.facts if f.table >= 0 and report.tables[f.table].form in MONEY_FORMS]
    facts = [f for f in facts if not f.blank and f.amount.is_money and abs(f.amount.value) >= 1000]
    grouped = [fact for fact in facts if "," in plain(fact.place.quote)]
    bare = [fact for fact in facts if "," not in plain(fact.place.quote)]
    if len(facts) < 2:
        yield Unchecked("没有两个千位以上的数")
    elif not grouped or not bare:
        yield Passed(facts[0].place)
    else:
        rare, usual = sorted((grouped, bare), key=len)
        how = "没有千分位" if rare is bare else "有千分位"
        yield Failed(
            message=f"{len(rare)} 个数{how}，其余 {len(usual)} 个{'有' if rare is bare else '没有'}",
            places=tuple(fact.place for fact in rare[:_SHOWN]),
            advice="请统一写法",
            printed=rare[0].place.quote,
        )
