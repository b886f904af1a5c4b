"""Wording (行文): figures, identities and groups in the words of an accountant.

Refuses to judge: it only says what stands where.
"""

from __future__ import annotations

from collections.abc import Iterable

from juesuan.checking.expansion import Expansion
from juesuan.knowledge.hierarchy import word
from juesuan.model.keys import ALL, Key

_LISTED = 6
"""how many terms of a sum are written out"""


class Words:
    """Names figures and identities of one report."""

    def __init__(self, expansion: Expansion) -> None:
        self.expansion = expansion
        self.figures = expansion.figures
        self.report = expansion.figures.report
        self.names = {row.code: row.name for table in self.report.tables for row in table.rows if row.code and row.name}

    def table(self, fact: int) -> str:
        """The short name of a figure's table; 正文 for a sentence."""
        number = self.report.facts[fact].table
        return word("form", self.report.tables[number].form) if number >= 0 else "正文"

    def subject(self, key: Key) -> str:
        """What a key is about, the dimensions that are totals left out."""
        said = [key.entity if key.entity != ALL else "", f"{key.year}年" if key.year != self.report.year else ""]
        said += [word("basis", key.basis) if key.basis != "final" else ""]
        said += [word(name, value) for name, value in (("fund", key.fund), ("nature", key.nature)) if value != ALL]
        if key.flow != "expenditure" or {key.nature, key.economic, key.item, key.project} == {ALL}:
            said.append(word("flow", key.flow) if key.flow != ALL else "")
        said.append(word("balance", key.balance) if key.balance != ALL else "")
        said += [self.coded(key.function), self.coded(word("economic", key.economic))]
        said += [word("item", key.item) if key.item != ALL else "", key.project if key.project != ALL else ""]
        return " ".join(part for part in said if part)

    def coded(self, code: str) -> str:
        """A code with its name, as printed in this account."""
        return "" if code == ALL else f"{code} {self.names[code]}" if code in self.names else code

    def figure(self, fact: int) -> str:
        """A figure with its table: 支出表 基本支出 2210201 住房公积金."""
        return f"{self.table(fact)} {self.subject(self.report.facts[fact].keys[0])}"

    def amount(self, fact: int) -> str:
        """The figure as printed, 空白 for a blank cell."""
        found = self.report.facts[fact]
        return "空白" if found.blank else found.amount.show()

    def identity(self, number: int) -> str:
        """An identity with its two sides: what is not equal to what."""
        identity = self.expansion.identities[number]
        start = self.expansion.starts[number]
        terms = [(fact, c, self.expansion.key[start + n]) for n, (fact, c) in enumerate(self.expansion.terms(number))]
        left = [(fact, key) for fact, c, key in terms if c > 0]
        right = [(fact, key) for fact, c, key in terms if c < 0]
        nothing = "、".join(word("form", self.report.tables[table].form) for table in identity.absent)
        zero = f"0（{nothing}未列，即为零）" if nothing else "0"
        sides = self.side(left) or zero, self.side(right) or zero
        if identity.relation == ">=":
            return f"{sides[1]} > {sides[0]}"
        return f"{sides[0]} ≠ {sides[1]}" + self.because(identity.links)

    def side(self, terms: list[tuple[int, Key]]) -> str:
        """One side of an identity: of several terms the non-zero ones, or their number, with the sum."""
        if len(terms) < 2:
            return "".join(f"{self.table(fact)} {self.subject(key)} {self.amount(fact)}" for fact, key in terms)
        value = self.figures.value
        live = [(fact, key) for fact, key in terms if value[fact]] or terms[:1]
        if len(live) == 1:
            return self.side(live)
        total = self.figures.show(sum(value[fact] for fact, _ in terms), terms[0][0])
        head = f"{self.table(live[0][0])} {self.shared(terms)}".rstrip()
        if len(live) > _LISTED:
            return f"{head} {len(live)} 项之和 {total}"
        names = self.differing(live)
        listed = " + ".join(f"{name} {self.amount(fact)}" for name, (fact, _) in zip(names, live, strict=True))
        return f"{head}：{listed}（合计 {total}）"

    def shared(self, terms: list[tuple[int, Key]]) -> str:
        """What all terms have in common, the flow left out where it says nothing more."""
        default = Key(year=self.report.year)
        keys = [key for _, key in terms]
        common = [values[0] if len(set(values)) == 1 else plain for plain, *values in zip(default, *keys, strict=True)]
        return self.subject(Key._make(common)._replace(flow=ALL))

    def differing(self, terms: list[tuple[int, Key]]) -> list[str]:
        """Of each term what tells it from the others: its table, or the dimensions that differ."""
        default = Key(year=self.report.year)
        keys = [key for _, key in terms]
        varied = [len(set(values)) > 1 for values in zip(*keys, strict=True)]
        if not any(varied):
            return [self.table(fact) for fact, _ in terms]
        own = [
            Key._make(value if v else plain for v, value, plain in zip(varied, key, default, strict=True))
            for key in keys
        ]
        return [self.subject(key) or "合计" for key in own]

    def because(self, links: Iterable[str]) -> str:
        """The links of a deduction: （因政府性基金预算、国有资本经营预算为零）."""
        said = "；".join(dict.fromkeys(links))
        return f"（因{said}）" if said else ""

    def agreement(self, facts: Iterable[int]) -> str:
        """Figures that must be equal, by what they say: 支出表、一般公共预算表均为 90.43."""
        by_amount: dict[str, list[str]] = {}
        for fact in facts:
            by_amount.setdefault(self.amount(fact), []).append(self.table(fact))
        said = []
        for amount, tables in sorted(by_amount.items(), key=lambda pair: -len(pair[1])):
            names = list(dict.fromkeys(tables))
            said.append(f"{'、'.join(names)}{'均' if len(tables) > 1 else ''}为 {amount}")
        return "；".join(said)
