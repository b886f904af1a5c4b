"""Units (金额单位、千分位): does every table say its unit, is it one unit, are thousands printed in one way?

Refuses to doubt a unit by the size of its figures: a wrong unit is certain only where what the sentences and the other
tables state fits another one (see `understanding.worth`).
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
from juesuan.model.reports import ReadTable, Report

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
    misstated = {number: wrong for number, table in tables if (wrong := _misstated(report, number, table))}
    yield from misstated.values()
    right = [(number, table) for number, table in tables if number not in misstated and number not in lacking]
    yield from (Passed(table.stated_unit) for _, table in right)
    stated = [(number, table) for number, table in right if table.stated_unit is not None and table.unit]
    if len({table.unit for _, table in stated}) > 1:
        yield _different(stated)


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


def _misstated(report: Report, number: int, table: ReadTable) -> Failed | None:
    """The table whose figures are in another unit than it states, as its sentences and other tables tell."""
    facts = [f for f in report.facts if f.table == number and f.amount.value and f.amount.is_money]
    units = {fact.amount.unit for fact in facts}
    if not facts or table.stated_unit is None or not table.unit or table.unit in units:
        return None
    unit, example = facts[0].amount.unit, facts[0].amount.show()
    return Failed(
        message=f"金额单位有误：{name_of(table)}写着{table.unit}，数字是{unit}\n"
        f"按{unit}，各数（如 {example}）才与正文、其他各表相符",
        places=(table.stated_unit, facts[0].place),
        advice="请更正表头的金额单位",
        printed=table.unit,
        expected=unit,
        severity=Severity.ERROR,
    )


def _different(stated: list[tuple[int, ReadTable]]) -> Failed:
    usual = Counter(table.unit for _, table in stated).most_common(1)[0][0]
    odd = [table for _, table in stated if table.unit != usual]
    return Failed(
        message=f"各表金额单位不一：{'、'.join(f'{name_of(table)}为{table.unit}' for table in odd)}，其余各表为{usual}",
        places=tuple(table.stated_unit for table in odd if table.stated_unit),
        advice="请统一金额单位；有意不同的，请说明",
        severity=Severity.QUERY,
    )


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
