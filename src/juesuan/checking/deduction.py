"""Deduction (因其余为零而相等): different keys that must carry the same amount because what lies between them is zero.

A department with only general public money prints one figure under many keys: all funds, 财政拨款, 一般公共预算;
income, total, expenditure. Each such key is led to one canonical key (the widest), with the links that lead there.
A zero counts only if nothing of that kind is non-zero anywhere for the same entity, year, basis and flow; what is
printed nowhere is zero only where a complete table would have it. Refuses to carry a zero over to another year or
basis.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from juesuan.checking.figures import Figures
from juesuan.knowledge.hierarchy import ancestors, children, divides, rule, word
from juesuan.model.keys import ALL, Key

IN = ("income", "surplus_used", "opening")
OUT = ("expenditure", "distributed", "closing")


class Part(NamedTuple):
    """What deduction looks at in a key; `total`: no function, economic class, item or project is named."""

    entity: str
    year: str
    basis: str
    flow: str
    fund: str
    nature: str
    balance: str
    total: bool


_TOTAL = (ALL,) * 5
Links = tuple[str, ...]
Step = tuple[Part, str]


class Deduction:
    """Leads keys to their canonical key."""

    def __init__(self, figures: Figures) -> None:
        self._live: dict[tuple[str, ...], bool] = {}
        self._complete: set[tuple[str, ...]] = set()
        self._known: dict[tuple[object, ...], tuple[tuple[str, ...], Links]] = {}
        for key, facts in figures.by_key.items():
            if key.item == ALL and key.project == ALL:
                self._note(key, any(figures.value[fact] for fact in facts))
        for table, keys in zip(figures.report.tables, figures.tables, strict=True):
            if "flow" in table.complete:
                self._complete |= {(*key[:4], key.fund) for key in keys if key.flow in {"total_in", "total_out"}}
            if "fund" in table.complete:
                self._complete |= {
                    (*key[:4], "fund", above) for key in keys for above in ancestors("fund", key.fund)[:1]
                }

    def _note(self, key: Key, nonzero: bool) -> None:
        """What is printed for a kind of money, and whether any of it is non-zero."""
        scope = key[:4]
        for kind in (
            (*scope, "fund", key.fund),
            (*scope, "nature", key.fund, key.nature),
            (*scope, "balance", key.fund, key.nature, key.balance),
        ):
            self._live[kind] = self._live.get(kind, False) or nonzero

    def canonical(self, key: Key) -> tuple[tuple[str, ...], Links]:
        """The widest key (as a plain tuple) that must carry the same amount, and the words of the links to it."""
        head, rest = key[:7], key[7:]
        total = rest[:5] == _TOTAL
        known = self._known.get((head, total))
        if known is None:
            part, links = self._lead(Part(*head, total=total))
            known = self._known[head, total] = (part[:7], links)
        return known[0] + rest, known[1]

    def _lead(self, part: Part) -> tuple[Part, Links]:
        links: list[str] = []
        steps: tuple[Callable[[Part], Step | None], ...] = (self._nature, self._balance, self._fund, self._flow)
        while True:
            for step in steps:
                if moved := step(part):
                    part, why = moved
                    links.append(why)
                    break
            else:
                return part, tuple(links)

    def zero(self, part: Part, fund: str) -> bool:
        """Whether a fund's figures of this flow are printed and all zero (a total: or all that it is made of)."""
        return self._printed_zero(part, fund) or any(
            part.flow == total and all(self._no(part, flow, fund) for flow in flows)
            for total, flows in (("total_in", IN), ("total_out", OUT))
        )

    def _printed_zero(self, part: Part, fund: str) -> bool:
        live = self._live.get((*part[:4], "fund", fund))
        if live is not None:
            return not live
        if below := children("fund", fund):
            return all(self._printed_zero(part, child) for child in below)
        return (*part[:4], "fund", *ancestors("fund", fund)[:1]) in self._complete

    def _no(self, part: Part, flow: str, fund: str) -> bool:
        """Whether there is nothing of a flow: printed zero, or a flow that 财政拨款 does not have."""
        if fund != ALL and flow in rule("whole_fund_flows"):
            return True
        live = self._live.get((*part[:3], flow, "fund", fund))
        total = "total_in" if flow in IN else "total_out"
        return live is False or (live is None and (*part[:3], total, fund) in self._complete)

    def only_fiscal(self, part: Part) -> bool:
        """Whether there is no money but 财政拨款: no other income, no surplus used, no opening balance at all."""
        income = part._replace(flow="income")
        others = [fund for fund in children("fund", ALL) if fund != "fiscal"]
        return all(self._printed_zero(income, fund) for fund in others) and all(
            self._no(part, flow, ALL) for flow in ("surplus_used", "opening")
        )

    def _fund(self, part: Part) -> Step | None:
        above = ancestors("fund", part.fund)
        if not above:
            return None
        parent = above[0]
        others = [fund for fund in children("fund", parent) if fund != part.fund]
        if divides("fund", parent, part.flow):
            if not all(self.zero(part, fund) for fund in others):
                return None
            why = "财政拨款以外的收入为零" if parent == ALL else _zero_words("fund", others)
        elif part.fund == "fiscal" and self.only_fiscal(part):
            why = "没有财政拨款以外的资金"
        else:
            return None
        return part._replace(fund=parent), why

    def _nature(self, part: Part) -> Step | None:
        if part.nature == ALL:
            return None
        natures = rule("fiscal_natures") if part.fund in rule("fiscal_funds") else children("nature", ALL)
        others = [nature for nature in natures if nature != part.nature]
        if any(self._live.get((*part[:4], "nature", part.fund, nature)) is not False for nature in others):
            return None
        return part._replace(nature=ALL), _zero_words("nature", others)

    def _balance(self, part: Part) -> Step | None:
        if part.balance == ALL:
            return None
        other = "surplus" if part.balance == "carryover" else "carryover"
        if self._live.get((*part[:4], "balance", part.fund, part.nature, other)) is not False:
            return None
        return part._replace(balance=ALL), f"{word('balance', other)}为零"

    def _flow(self, part: Part) -> Step | None:
        if not part.total or part.nature != ALL or part.balance != ALL:
            return None
        if part.flow == "total_in":
            return part._replace(flow="total_out"), "收入总计等于支出总计"
        for total, flows in (("total_in", IN), ("total_out", OUT)):
            others = [flow for flow in flows if flow != part.flow]
            if part.flow in flows and all(self._no(part, flow, part.fund) for flow in others):
                named = [flow for flow in others if part.fund == ALL or flow not in rule("whole_fund_flows")]
                return part._replace(flow=total), _zero_words("flow", named)
        return None


def _zero_words(dimension: str, values: list[str]) -> str:
    return "、".join(word(dimension, value) for value in values) + "为零"
