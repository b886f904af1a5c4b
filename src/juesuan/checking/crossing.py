"""Crossing (表间): tables of one line compared row by row, and 财政拨款 or all money against its three budgets.

A row that a complete table does not list is zero there; if it does not list it because disclosure stopped above it,
nothing is said. Refuses to demand equality of all expenditure and the three budgets where other money may be spent.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import permutations

from juesuan.checking.deduction import Part
from juesuan.checking.expansion import Expansion
from juesuan.checking.partitions import Seen, Values
from juesuan.knowledge.equations import Equation
from juesuan.knowledge.hierarchy import ancestors, children
from juesuan.knowledge.nesting import Line, plan
from juesuan.model.keys import ALL, DIMENSIONS, Key

_FUNCTION = DIMENSIONS.index("function")
_FUND = DIMENSIONS.index("fund")
_NATURE = DIMENSIONS.index("nature")
_FLOW = DIMENSIONS.index("flow")
_SPENT = frozenset({"expenditure"})


@dataclass(frozen=True, slots=True)
class _Sum:
    """What a code amounts to in one table: these figures, none if the table is complete without it."""

    seen: tuple[Seen, ...]
    table: int


class Crossing:
    """Compares the lines along 功能分类 of different tables."""

    def __init__(self, expansion: Expansion, functions: list[dict[Line, Values]]) -> None:
        self.expansion = expansion
        self.deduction = expansion.deduction
        self.functions = functions
        self.by_line: dict[Line, list[int]] = {}
        """the tables that print a line by function, the most detailed first"""
        facts = expansion.figures.report.facts
        for table, lines in enumerate(functions):
            for line, codes in lines.items():
                if facts[next(iter(codes.values()))[0][1]].amount.unit:
                    self.by_line.setdefault(line, []).append(table)
        for line, tables in self.by_line.items():
            tables.sort(key=lambda table: -len(functions[table][line]))

    def amount(self, table: int, line: Line, code: str) -> _Sum | None:
        """What `code` amounts to in a table; None if the table does not tell."""
        codes = self.functions[table][line]
        if code in codes:
            return _Sum(tuple(codes[code]), table)
        if "function" not in self.expansion.figures.report.tables[table].complete:
            return None
        shape = plan("function", tuple(codes))
        if below := shape.orphans.get(code):
            return _Sum(tuple(seen for part in below for seen in codes[part]), table)
        above = next((a for a in ancestors("function", code) if a in codes or a in shape.orphans), None)
        if above in shape.parts or above in shape.orphans:
            return _Sum((), table)
        nothing = above in codes and not any(self.expansion.figures.value[fact] for _, fact in codes[above])
        return _Sum((), table) if nothing else None

    def expand_listed(self, equation: Equation) -> None:
        """A code with a figure in one table must be zero there if a complete table of the same line lacks it."""
        for line, tables in self.by_line.items():
            for table, other in permutations(tables, 2):
                missing = self.functions[table][line].keys() - self.functions[other][line].keys()
                for code in sorted(missing - {ALL}):
                    found = self.amount(other, line, code)
                    if found is not None and not found.seen:
                        for key, fact in self.functions[table][line][code]:
                            self.expansion.add(equation, (fact,), (key,), (1,), absent=(other,))

    def expand_funds(self, equation: Equation) -> None:
        """财政拨款 (or all money) of every code and nature against the three budgets."""
        for line, tables in self.by_line.items():
            if line[_FUND] != equation.along or line[_NATURE] not in {ALL, "basic", "project"}:
                continue
            if equation.along == ALL and line[_FLOW] not in _SPENT:
                continue
            parts = {_with(line, fund): self.by_line.get(_with(line, fund), []) for fund in children("fund", "fiscal")}
            if any(tables[0] in others for others in parts.values()):
                continue  # the table has its own partition by fund
            relation = self._relation(equation, line)
            codes = set(self.functions[tables[0]][line])
            codes.update(*(self.functions[other][part] for part, others in parts.items() for other in others))
            for code in sorted(codes):
                self._funds(equation, (tables[0], line, code), parts, relation)

    def _funds(
        self,
        equation: Equation,
        row: tuple[int, Line, str],
        parts: dict[Line, list[int]],
        how: tuple[str, tuple[str, ...]],
    ) -> None:
        table, line, code = row
        relation, links = how
        sums = [(line, self.amount(table, line, code))]
        sums += [(part, self._budget(part, code, tables)) for part, tables in parts.items()]
        known = [(part, found) for part, found in sums if found is not None]
        live = any(found.seen for _, found in (known if relation == "=" else known[1:]))
        if len(known) < len(sums) or not live or self._deduced(line, code, list(parts)):
            return
        seen = [seen for _, found in known for seen in found.seen]
        facts, keys = [fact for _, fact in seen], [key for key, _ in seen]
        wholes = len(known[0][1].seen)
        coefficients = [1] * wholes + [-1] * (len(facts) - wholes)
        absent = tuple(sorted({found.table for _, found in known if not found.seen and found.table >= 0}))
        self.expansion.add(equation, facts, keys, coefficients, relation=relation, links=links, absent=absent)

    def _budget(self, line: Line, code: str, tables: list[int]) -> _Sum | None:
        """One budget's amount of a code: from the table that prints it, else the zero of a complete one."""
        found = [amount for table in tables if (amount := self.amount(table, line, code)) is not None]
        if found:
            return next((amount for amount in found if amount.seen), found[0])
        return _Sum((), -1) if self.deduction.zero(_part(line), line[_FUND]) else None

    def _deduced(self, line: Line, code: str, parts: list[Line]) -> bool:
        """Whether agreement already compares the whole with the only budget that has money."""
        live = [part for part in parts if not self.deduction.zero(_part(part), part[_FUND])]
        lead = self.deduction.canonical
        return len(live) == 1 and lead(_key(line, code))[0] == lead(_key(live[0], code))[0]

    def _relation(self, equation: Equation, line: Line) -> tuple[str, tuple[str, ...]]:
        if equation.along != ALL or self.deduction.only_fiscal(_part(line)):
            return "=", ()
        figures = self.expansion.figures
        total = _key(line, ALL)._replace(nature=ALL)
        whole, fiscal = (
            {figures.value[fact] for fact in figures.by_key.get(key, ())}
            for key in (total, total._replace(fund="fiscal"))
        )
        if len(whole) == 1 and whole == fiscal:
            return "=", ("全部支出合计等于财政拨款支出合计",)
        return ">=", ()


def _with(line: Line, fund: str) -> Line:
    return (*line[:_FUND], fund, *line[_FUND + 1 :])


def _key(line: Line, code: str) -> Key:
    return Key._make((*line[:_FUNCTION], code, *line[_FUNCTION:]))


def _part(line: Line) -> Part:
    return Part(line[0], line[1], line[2], line[3], line[4], line[5], line[6], True)
