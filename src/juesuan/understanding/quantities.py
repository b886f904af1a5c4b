"""Quantities (数量): what a figure in a sentence is, by its unit and the words around it.

An amount or a percentage, a count, a score. Refuses to guess: a figure whose role or subject is not known stays unread,
and what follows an unread amount does not go on with the subject before it.
"""

from __future__ import annotations

import re
from decimal import Decimal

from juesuan.knowledge.phrases import cues
from juesuan.model.amounts import MONEY_UNITS, Amount
from juesuan.model.keys import Key
from juesuan.understanding.comparisons import SERIES
from juesuan.understanding.counts import COUNT_NOUNS, count_key
from juesuan.understanding.money import Money
from juesuan.understanding.percentages import PERCENT
from juesuan.understanding.readings import PERFORMANCE, WHOLE, overlay, stem
from juesuan.understanding.tokens import Token

_ALL_YEAR = re.compile(r"^(?:20\d\d年度?|全年|当年|本年度?|年内)?(?:共|累计|全年|共计)[^,]*$")
"""how a clause begins that counts, and is no purpose any more"""


class Quantities(Money):
    """One sentence, with the reading of its figures."""

    lost = False
    """whether something was counted that is not known: the money it takes is not the money of what was known before"""

    def _figure(self, token: Token) -> None:
        unit = token.data.group("unit") or ""
        number = token.data.group("number")
        value = Decimal(number.replace(",", ""))
        if token.data.group("sign"):
            value = -value
        decimals = len(number.partition(".")[2])
        if not unit and (inherited := self._listed_unit(token)):
            unit = inherited
        amount = Amount(value, decimals, "万元" if unit == "万" else unit, decimals)
        role = self._role(token, amount)
        at = self.start + token.start + (1 if token.data.group("sign") else 0)
        if role:
            self.reader.reading.read[at] = role
        elif self.span:
            self.reader.reading.read[at] = "?原因或用途里提到的数字，没有对应的指标"
        if not role and unit in MONEY_UNITS:
            self.reader.subject, self.reader.also = {}, None
            self.phrase, self.beside, self.group = None, [], []
        self.last_end, self.last_role = token.end, role
        self.base_open = role == "base"

    def _listed_unit(self, token: Token) -> str:
        """The unit of the last figure of 4125.49,4143.91万元; of the change that follows 上年2.08."""
        if match := SERIES.match(self.text, token.end):
            return match.group(1)
        if self.last_role == "previous" and self.last_end == token.start:
            follows = re.search(r"(万元|亿元|元)", self.text[token.end :])
            return follows.group(1) if follows else ""
        return ""

    def _role(self, token: Token, amount: Amount) -> str:
        """Reads one figure; gives what it was read as, "" where it was not understood."""
        left = self._left(token)
        if cues()["filler"]["blocked"].search(self._clause(token)) and not self._averaged(token):
            return ""
        if amount.unit in PERCENT:
            return self._percent(token, amount, left)
        if amount.unit in MONEY_UNITS:
            return "" if self.lost else self._money(token, amount, left)
        if amount.unit:
            role = self._count(token, amount, left)
            other = self.context.kind == "performance" and not cues()["filler"]["partly"].search(self._clause(token))
            pieces = amount.unit in ("个", "项")
            self.lost = not role and (other if pieces else self.context.kind == "assets")
            return role
        return self._bare(token, amount, left)

    def _bare(self, token: Token, amount: Amount, left: str) -> str:
        """A number without a unit: a vehicle count in a list, 支出为 0; else unread."""
        self._peek()
        if self.span:
            return ""
        if self.reader.subject.get("measure") == "count":
            return self._count(token, amount, left)
        if not amount.value and cues()["basis"]["final"].search(left):
            return self._money(token, Amount(amount.value, 0, "万元", 0), left)
        return ""

    def _count(self, token: Token, amount: Amount, left: str) -> str:
        if amount.unit == "分":
            return self._score(token, amount)
        if self.span == "purpose" and self._adjacent(token):
            self._end_span()
        if self.span == "purpose" and _ALL_YEAR.search(self._clause(token)):
            self._end_span()
        self._peek()
        if self._fewer(left):
            return "counted change"
        if (self.span and not self._units_behind(token)) or self._partly(token):
            return ""
        self._group_turn(token)
        key = self._counted_after(token, amount)
        if key is None and not self._stranger(token, counted=True) and not self._of_units(token):
            key = count_key(self.reader.subject, amount.unit, left, self.reader.key)
        if key is None or not key.known:
            return ""
        self._fact(token, amount, (key,), "count")
        if key.item in ("organisation/offices", "organisation/units"):
            self._names(token, amount, key)
        self._open(self.reader.subject)
        return "count"

    def _of_units(self, token: Token) -> bool:
        """Whether 3 个单位 stands where projects were counted before: they are no projects."""
        counted = self.context.kind == "performance" and self.reader.subject.get("measure") == "count"
        return counted and self.text.startswith(("单位", "部门"), token.end)

    def _averaged(self, token: Token) -> bool:
        """车均运行维护费 n 万元: the average has a name, and stands right before the figure."""
        named = [t for t in self.tokens if t.kind == "term" and t.end <= token.start]
        averages = bool(named) and named[-1].data.dims.get("item", "").startswith("averages/")
        return averages and not self._stranger(token)

    def _fewer(self, left: str) -> bool:
        """在职人员 48 人，减少 2 人: the change of a number of people, which nothing is compared with."""
        change = cues()["change"]
        known = not self.span and self.reader.subject.get("item", "").startswith("staff/")
        return known and any((found := change[w].search(left)) and not found.start() for w in ("up", "down"))

    def _units_behind(self, token: Token) -> bool:
        """包括 1 个行政单位: units are counted, no purposes named."""
        behind = next((t for t in self.tokens if t.kind == "term" and t.start >= token.end), None)
        units = behind is not None and behind.data.dims.get("item", "").startswith("organisation/units/")
        return units and behind is not None and behind.start == token.end and self.span == "purpose"

    def _partly(self, token: Token) -> bool:
        """Whether the words before a count make it a part of what the subject is; 处置房屋 is a subject itself."""
        clause = self._clause(token)
        begins = token.start - len(clause)
        for term in self.tokens:
            own = term.kind == "term" and begins <= term.start < token.start
            if own and term.data.dims.get("item", "").startswith("disposal/"):
                clause = clause.replace(term.text, "")
        return bool(cues()["filler"]["partly"].search(clause))

    def _names(self, token: Token, amount: Amount, key: Key) -> None:
        """内设机构 6 个，包括 A、B …: the list whose length the number should be."""
        lead = r"[,]?(?:分别(?:是|为)?|包括|具体为|即|为|是|有|:)"
        items = re.match(lead + r"[:]?([^。;:]*、[^。;:]*)", self.text[token.end :].lstrip("科室处机构内设"))
        if items:
            names = tuple(i for i in items.group(1).split("、") if i)
            self._claim("list_count", key, token, amount=amount, items=names)

    def _counted_after(self, token: Token, amount: Amount) -> Key | None:
        """2 个项目, 2 个项目为“优”: the noun stands behind the number."""
        behind = [t for t in self.tokens if t.kind == "term" and t.start >= token.end]
        if not behind or behind[0].start != token.end or not amount.unit or amount.unit in COUNT_NOUNS:
            return None
        until = re.search(r"[,;。\d]|$", self.text[token.end :])
        near = [t for t in behind if t.start < token.end + (until.start() if until else 0)]
        found: Token | None = next((t for t in near[1:] if "grade" in t.data.dims.get("item", "")), behind[0])
        if found is not None and found.data.dims.get("measure") != "count":
            found = self._projects(found)
        return None if found is None else self._counted(found)

    def _counted(self, noun: Token) -> Key | None:
        """The count of what the noun behind the number names; it is the subject from here on."""
        parent = {k: v for k, v in self.context.base.items() if k != "flow"}
        dims = overlay(parent, noun.data.dims)
        if noun.data.suffix:
            above = self.reader.subject.get("item", parent.get("item", ""))
            above = above if stem(above) in PERFORMANCE and stem(above) != WHOLE else parent.get("item", "")
            above = self._done_with(noun) or above
            dims["item"] = f"{stem(above) or 'performance'}/{noun.data.suffix}"
        self.reader.subject = dims
        return self.reader.key(dims)

    def _done_with(self, noun: Token) -> str:
        """What is done with the projects that the noun names (4 个项目开展绩效自评); "" where the clause does not say."""
        until = re.search(r"[,;。\d]|$", self.text[noun.end :])
        end = noun.end + (until.start() if until else 0)
        items = [t.data.dims.get("item", "") for t in self.tokens if t.kind == "term" and noun.end <= t.start < end]
        return next((item for item in items if item in PERFORMANCE), "")

    def _projects(self, noun: Token) -> Token | None:
        """12 个项目支出 are twelve projects."""
        named = self.reader.lexicon.at("项目", 0, self.context.kind)
        if self.context.kind != "performance" or not noun.text.startswith("项目") or named is None:
            return None
        return noun._replace(data=named[1])

    def _score(self, token: Token, amount: Amount) -> str:
        self._commit()
        dims = {**self.reader.subject, "measure": "score", "flow": "all"}
        if "project" in dims:
            dims.pop("item", None)
        elif dims.get("item") == "performance" and "平均" in self._clause(token):
            dims["item"] = "performance/average"
        elif dims.get("item") != "performance/average":
            return ""
        dims.pop("basis", None)
        key = self.reader.key(dims)
        if key is None:
            return ""
        self._fact(token, amount, (key,), "score")
        return "score"
