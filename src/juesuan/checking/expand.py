"""Expand (展开一份决算): all equations over all facts of one report, in one pass.

Refuses to count a sum as checked where a figure of its row or column could not be read.
"""

from __future__ import annotations

from collections.abc import Sequence

from juesuan.checking.agreement import expand_agreement
from juesuan.checking.crossing import Crossing
from juesuan.checking.declared import Declared
from juesuan.checking.expansion import Expansion
from juesuan.checking.figures import Figures
from juesuan.checking.partitions import Partitions
from juesuan.knowledge.equations import Equation, equations
from juesuan.model.reports import Report, Unread

_COMPARISONS = frozenset({"agreement", "deduction"})


def expand(report: Report, chosen: Sequence[Equation] | None = None) -> Expansion:
    """The identities and rows of a report. `chosen` replaces the equations of the data file."""
    expansion = Expansion(Figures(report))
    rules = equations() if chosen is None else chosen
    kinds: dict[str, list[Equation]] = {}
    for equation in rules:
        kinds.setdefault(equation.kind, []).append(equation)
    for equation in kinds.get("declared", ()):
        Declared(expansion, equation).expand()
    if "partition" in kinds:
        partitions = Partitions(expansion, {e.along: e for e in kinds["partition"]}, kinds["within"][0])
        partitions.expand()
        crossing = Crossing(expansion, partitions.functions)
        for equation in kinds.get("listed", ()):
            crossing.expand_listed(equation)
        for equation in kinds.get("funds", ()):
            crossing.expand_funds(equation)
        expand_agreement(expansion, kinds["agreement"][0], kinds["deduction"][0])
    _doubt(expansion)
    return expansion


def _doubt(expansion: Expansion) -> None:
    """Marks sums that a figure which could not be read may belong to."""
    report = expansion.figures.report
    doubtful = {n: _of_table(report, n) for n, table in enumerate(report.tables) if table.unread}
    if not doubtful:
        return
    for identity in expansion.identities:
        if identity.equation.kind in _COMPARISONS or identity.reason:
            continue
        facts = expansion.facts(identity.number)
        tables = {report.facts[fact].table for fact in facts} | set(identity.absent)
        if any(_may_lack(expansion, facts, table, doubtful[table]) for table in tables & doubtful.keys()):
            identity.reason = "同一行或同一列有没有读懂的数字"


def _may_lack(expansion: Expansion, facts: Sequence[int], table: int, unread: Sequence[Unread]) -> bool:
    """Whether an unread figure of a table stands in the row or column that an identity with these facts sums.

    Where the terms share a line (a sum along a row), only that line matters; where they share a column, only that.
    """
    report = expansion.figures.report
    places = [report.facts[fact].place for fact in facts if report.facts[fact].table == table]
    lines, columns = {place.line for place in places}, {place.column for place in places}
    for one in unread:
        same_line = one.place.line in lines
        same_column = one.place.column is None or one.place.column in columns
        if len(places) > 1 and len(lines) == 1:
            same_column = False
        elif len(columns) == 1:
            same_line = False
        if not places or same_line or same_column:
            return True
    return False


def _of_table(report: Report, table: int) -> list[Unread]:
    """The unread figures that stand between the lines of a table's facts, or name its form."""
    lines = [fact.place.line for fact in report.facts if fact.table == table and fact.place.line is not None]
    first, last = min(lines, default=0), max(lines, default=-1)
    form = report.tables[table].form
    return [
        unread
        for unread in report.unread
        if unread.place.table == form or (unread.place.line is not None and first <= unread.place.line <= last)
    ]
