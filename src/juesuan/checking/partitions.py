"""Partitions (合计 = 各部分之和): every table, along every dimension, each parent against its nearest printed parts.

A level that is not printed is replaced by what is printed below it. Refuses to judge a parent without printed parts
(disclosure may stop at 类 or 款), and takes the sum as complete only where the table's form says so.
"""

from __future__ import annotations

from collections.abc import Iterator

from juesuan.checking.expansion import Expansion
from juesuan.knowledge.equations import Equation
from juesuan.knowledge.hierarchy import PARTITIONED, ancestors, divides
from juesuan.knowledge.nesting import Line, plan
from juesuan.knowledge.nesting import lines as nested
from juesuan.model.keys import Key

Seen = tuple[Key, int]
"""a figure: its key and the number of its fact"""
Values = dict[str, list[Seen]]
"""value of that dimension → the figures that make it up (two where only 结转 and 结余 are printed)"""
_FLOW = Key._fields.index("flow")


def lines(expansion: Expansion, table: int, dimension: str) -> dict[Line, Values]:
    """The table's facts along one dimension: everything else of the key → value → facts."""
    complete = expansion.figures.report.tables[table].complete
    return nested(expansion.figures.tables[table], dimension, "balance" in complete)


class Partitions:
    """Adds all partitions of all tables; remembers the lines along 功能分类 for those who compare tables.

    `equations` are the partitions by dimension, `within` the inequality that stands in where a form is not complete.
    """

    def __init__(self, expansion: Expansion, equations: dict[str, Equation], within: Equation) -> None:
        self.expansion = expansion
        self.equations = equations
        self.within = within
        self.functions: list[dict[Line, Values]] = []

    def expand(self) -> None:
        for table in range(len(self.expansion.figures.tables)):
            self.functions.append({})
            for dimension in self._varying(table):
                found = lines(self.expansion, table, dimension)
                if dimension == "function":
                    self.functions[-1] = found
                for line, values in found.items():
                    if len(values) > 1:
                        self._line(table, dimension, line, values)

    def _varying(self, table: int) -> Iterator[str]:
        keys = self.expansion.figures.tables[table]
        complete = self.expansion.figures.report.tables[table].complete
        for dimension in PARTITIONED:
            position = Key._fields.index(dimension)
            if len({key[position] for key in keys}) > 1 or (dimension == "function" and dimension in complete):
                yield dimension

    def _line(self, table: int, dimension: str, line: Line, values: Values) -> None:
        position = Key._fields.index(dimension)
        complete = dimension in self.expansion.figures.report.tables[table].complete
        nesting = plan(dimension, tuple(values))
        flow = line[_FLOW] if position > _FLOW else line[_FLOW - 1]
        for parent, parts in nesting.parts.items():
            found = [seen for part in parts for seen in values[part]]
            if complete and divides(dimension, parent, flow):
                self._sum(self.equations[dimension], values[parent], found, table)
            else:
                self._within(values[parent], found, table)
        if not complete:
            return
        for parent, parts in nesting.orphans.items():
            if divides(dimension, parent, flow) and _spans(dimension, parent, parts):
                missing = Key._make((*line[:position], parent, *line[position:]))
                self._adopted(dimension, missing, [seen for part in parts for seen in values[part]])
        for value in nesting.bare:
            self._undisclosed(dimension, values[value], table)

    def _adopted(self, dimension: str, parent: Key, parts: list[Seen]) -> None:
        """Parts whose parent is printed in another table only (the basic table's 人员 and 公用 without a 合计)."""
        elsewhere = self.expansion.figures.by_key.get(parent, [])
        facts = self.expansion.figures.report.facts
        if elsewhere and all(facts[number].amount.unit for _, number in parts):
            self._sum(self.equations[dimension], [(parent, elsewhere[0])], parts, -1)

    def _sum(
        self,
        equation: Equation,
        whole: list[Seen],
        parts: list[Seen],
        table: int,
        relation: str = "=",
        reason: str = "",
    ) -> None:
        seen = whole + parts
        facts = [fact for _, fact in seen]
        if len(set(facts)) < len(facts):
            return  # 基本支出结转 is 基本支出结转和结余 and its only part: one figure, nothing to compare
        keys = [key for key, _ in seen]
        coefficients = [1] * len(whole) + [-1] * len(parts)
        self.expansion.add(equation, facts, keys, coefficients, relation=relation, table=table, reason=reason)

    def _within(self, whole: list[Seen], parts: list[Seen], table: int) -> None:
        value = self.expansion.figures.value
        negative = any(value[fact] < 0 for _, fact in whole + parts)
        self._sum(self.within, whole, parts, table, ">=", "有负数，部分可以大于整体" if negative else "")

    def _undisclosed(self, dimension: str, seen: list[Seen], table: int) -> None:
        if any(self.expansion.figures.value[fact] for _, fact in seen):
            self._sum(self.equations[dimension], seen, [], table, reason="未列出下级科目")


def _spans(dimension: str, parent: str, parts: tuple[str, ...]) -> bool:
    """Whether the parts can be all of a parent that their table does not print.

    A table of 财政拨款 lists one branch of all money, not all of it; codes below a code are always a branch each.
    """
    if dimension == "function" or parent.isdigit():
        return True
    branches = {
        next(v for v in (part, *ancestors(dimension, part)) if ancestors(dimension, v)[:1] == (parent,))
        for part in parts
    }
    return len(branches) > 1
