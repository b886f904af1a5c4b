"""Quantities (数量): what a figure in a sentence is, by the words before it.

An amount in a budget or as final, a change, a percentage, a count, a score. Refuses to guess: a figure whose role or
subject is not known stays unread.
"""

from __future__ import annotations

import re
from decimal import Decimal

from juesuan.knowledge.phrases import cues
from juesuan.model.amounts import MONEY_UNITS, Amount
from juesuan.model.keys import Key
from juesuan.understanding.counts import COUNT_NOUNS, count_key
from juesuan.understanding.percentages import PERCENT, Percentages
from juesuan.understanding.readings import Stated, as_amount, overlay, stem
from juesuan.understanding.tokens import Token

_UNITS = "万元|亿元|元|%"
_SERIES = re.compile(rf"(?:(?:[,、和及与]|以及)\d[\d,]*(?:\.\d+)?)+({_UNITS})")
_PERFORMANCE = ("performance", "performance/goals", "performance/tracking")


class Quantities(Percentages):
    """One sentence, with the reading of its figures."""

    spoke = False
    """whether the sentence has named a subject"""
    waiting: tuple[Token, Amount, str, str] | None = None
    """a figure compared with, before its subject is named: its token, amount, basis and year"""

    def _left(self, token: Token) -> str:
        """The words just before a figure, back to the last figure, bracket or punctuation."""
        text = self.text[self.last_end : token.start].rstrip(":")
        return re.split(r"[,;:、]|\((?!减少\)|下降\)|降低\)|少\))", text)[-1]

    def _clause(self, token: Token) -> str:
        """The words before a figure back to the last punctuation or open bracket, figures included."""
        clause = re.split(r"[,;:。]", self.text[: token.start].rstrip(":"))[-1]
        return clause.rpartition("(")[2] if clause.rfind("(") > clause.rfind(")") else clause

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
        self.base_open = False

    def _listed_unit(self, token: Token) -> str:
        """The unit of the last figure of 4125.49,4143.91万元; of the change that follows 上年2.08."""
        if match := _SERIES.match(self.text, token.end):
            return match.group(1)
        if self.last_role == "previous" and self.last_end == token.start:
            follows = re.search(r"(万元|亿元|元)", self.text[token.end :])
            return follows.group(1) if follows else ""
        return ""

    def _role(self, token: Token, amount: Amount) -> str:
        """Reads one figure; gives what it was read as, "" where it was not understood."""
        left = self._left(token)
        if cues()["filler"]["blocked"].search(self._clause(token)):
            return ""
        if amount.unit in PERCENT:
            return self._percent(token, amount, left)
        if amount.unit in MONEY_UNITS:
            return self._money(token, amount, left)
        if amount.unit:
            return self._count(token, amount, left)
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

    def _money(self, token: Token, amount: Amount, left: str) -> str:
        """An amount of money: a change, last year's figure, a budget, or what the subject is worth."""
        last = (self.last_role, self.last_end)
        role = self._money_change(token, amount, left)
        if role is not None:
            return role
        if self.base_open and re.search(r"^的?$", left):
            return ""
        if last == ("previous", token.start) and self.compare:
            if not self.spoke and not self.reader.entry and not self.phrase:
                self.waiting = (token, amount, *self.compare)
                return "amount"
            return self._state(token, amount, self.compare[0], self.compare[1])
        role = self._money_budget(token, amount, left)
        if role is not None:
            return role
        final = cues()["basis"]["final"].search(left)
        if self.span and (self.span == "reason" if self._adjacent(token) else not final):
            return ""
        if final and re.search("决算|执行", left):
            self._end_span()
        elif self._stranger(token):
            return ""
        self._peek()
        self._group_turn(token)
        if self.past:
            return self._state(token, amount, "final", self.past)
        if (compared := self._compared_with(token)) is not None:
            return self._state(token, amount, *compared)
        if self._elsewhere(token):
            return ""
        return self._state(token, amount, self.said_basis if self._running else "")

    def _compared_with(self, token: Token) -> tuple[str, str] | None:
        """Basis and year of 较 2023 年收入总计 n 万元减少 …: the clause begins with what it compares to."""
        if (
            self.last_role != "previous"
            or self.compare is None
            or self.last_end < token.start - len(self._clause(token))
        ):
            return None
        said = next((t for t in self.tokens if t.end == self.last_end and t.kind in ("previous", "budget")), None)
        whole = said is None or re.search("相比|比较|对比|同比", said.text)
        return None if whole else self.compare

    def _elsewhere(self, token: Token) -> bool:
        """Whether the words since the last figure speak of last year or a budget in a way that was not understood."""
        clause = self._clause(token)
        words = self._unnamed(clause[-max(token.start - self.last_end, 0) :] if self.last_end else clause, token)
        return bool(cues()["filler"]["elsewhere"].search(words)) or self._last_year() in words

    def _money_change(self, token: Token, amount: Amount, left: str) -> str | None:
        """增加 n 万元, 高于预算 n 万元, 差值为 n 万元, the second of two changes; None where it is no change."""
        patterns = cues()["change"]
        before = next((t for t in reversed(self.tokens) if t.end <= token.start and t.kind != "mark"), None)
        if (
            before is not None
            and before.kind == "direction"
            and self.text[before.end : token.start] in ("", "数", "的")
        ):
            return self._beyond(token, amount, before)
        if patterns["difference"].search(left):
            self._peek()
            return self._changed("change", token, amount, self.reader.key(self.reader.subject), "difference", left)
        if patterns["reached"].search(left):
            self._peek()
            return self._state(token, amount)
        for word in ("up", "down"):
            if match := patterns[word].search(left):
                if self._stranger(token, before=left[: match.start()]):
                    return ""
                self._span_subject()
                self._both_sides(token)
                return self._changed("change", token, amount, self.reader.key(self.reader.subject), word, left)
        if self.last_role == "change" and self.text[self.last_end : token.start] in ("、", ","):
            return self._second(token, amount)
        return None

    def _beyond(self, token: Token, amount: Amount, direction: Token) -> str:
        """低于年初预算 n 万元: a change against that budget."""
        key = self.reader.key(self.reader.subject)
        if key is None or self.span:
            return ""
        base = key._replace(basis=self._named_basis(direction.data.group("basis")))
        self._claim("change", key, token, base=base, amount=amount, word=direction.data.group("word"))
        return "change"

    def _both_sides(self, token: Token) -> None:
        """收入总计 a，支出总计 b，均比上年增加 …: the change is one of both."""
        words = self.text[: token.start].rpartition("总")[2]
        facts = [f for f in self.reader.reading.facts if f.sentence == self.reader.sentence][-2:]
        flows = [f.keys[0].flow for f in facts]
        if flows != ["total_in", "total_out"] or not cues()["together"]["all"].search(words):
            return
        if facts[0].keys[0]._replace(flow="") == facts[1].keys[0]._replace(flow=""):
            self.reader.subject = {**self.reader.subject, "flow": "total_in"}
            self.reader.also = {**self.reader.subject, "flow": "total_out"}

    def _money_budget(self, token: Token, amount: Amount, left: str) -> str | None:
        """年初预算为 n 万元; None where the words name no budget."""
        patterns = cues()["basis"]
        if patterns["pair"].search(self._clause(token)):
            self._peek()
            return self._state(token, amount, "initial", pair=True)
        for basis in ("initial", "full_year", "budget"):
            found = patterns[basis].search(left) and not (basis == "budget" and self._adjacent(token, "预算"))
            if found or (basis == "budget" and self._budgeted(token)):
                self._end_span()
                self._peek()
                self._group_turn(token)
                named = self._said(token) if basis == "budget" else basis
                self.reader.basis = named or self.reader.basis
                if not self.spoke and not self.reader.entry and self.last_role != "budget amount":
                    self.waiting = (token, amount, named or self._named_basis(None), "")
                    return "budget amount"
                role = self._state(token, amount, named or self._named_basis(None))
                return "budget amount" if role else ""
        return None

    def _budgeted(self, token: Token) -> bool:
        """年初预算安排财政拨款支出 n 万元, 年初批复预算 8 个项目 n 万元: the clause names the budget first."""
        clause = self._clause(token)
        if self.last_role not in ("", "count", "previous"):
            clause = clause[-max(token.start - self.last_end, 0) :]
        words = self._unnamed(clause, token)
        spoken = re.search("(?:年初|全年|调整)[^,]*预算", words) and not re.search("[比较]|对照", words)
        return bool(spoken) and not re.search("决算|实际|执行", clause)

    def _unnamed(self, clause: str, token: Token) -> str:
        """The words of a clause that ends at this token, without its terms."""
        begins = token.start - len(clause)
        for term in self.tokens:
            if term.kind in ("term", "marked") and begins <= term.start < token.start:
                clause = clause.replace(term.text, "")
        return clause

    def _commit(self) -> None:
        """As in any speech; and 与年初预算 n 万元相比, 财政拨款支出 … gets its subject."""
        said, before = self.waiting, self.phrase
        super()._commit()
        if before is not None and self.phrase is None and not self.span:
            self.spoke = True
            if said is not None:
                self.waiting = None
                self._state(said[0], said[1], said[2], said[3])

    def _settle_waiting(self) -> None:
        """No subject came: the figure is of the subject before, or of none."""
        if self.waiting is not None:
            token, amount, basis, year = self.waiting
            self.waiting = None
            if not self._state(token, amount, basis, year):
                del self.reader.reading.read[self.start + token.start]

    def _said(self, token: Token) -> str:
        """The budget that the clause has named before (年初批复 … 预算)."""
        clause = self._clause(token)
        if cues()["basis"]["spoken_full_year"].search(clause):
            return "full_year"
        return "initial" if cues()["basis"]["spoken_initial"].search(clause) else ""

    def _stranger(self, token: Token, counted: bool = False, before: str | None = None) -> bool:
        """Whether the words before the figure name something that no term covers: then it is not the last subject's."""
        left = re.split(r"[,;:、]", self.text[self.last_end : token.start].rstrip(":"))[-1]
        begins = token.start - len(left)
        left = left if before is None else before
        earlier = [t for t in self.tokens if begins <= t.start < token.start]
        named = any(t.kind in ("marked", "code", "past") or (t.kind == "term" and not t.data.weak) for t in earlier)
        words = re.sub(r"\([^()]*\)|\d+年?|[()]", "", left)
        fillers = ("counted", "words") if counted else ("words",)
        for name in fillers:
            words = cues()["filler"][name].sub("", words)
        return not named and len(words) > 1

    def _adjacent(self, token: Token, word: str = "") -> bool:
        """Whether a term (with this word in it) ends right before the figure, 为 and 共 aside."""
        end = token.start - (self.text[token.start - 1] in "为共约" if token.start else 0)
        return any(t.kind == "term" and t.end == end and word in t.text for t in self.tokens)

    def _state(self, token: Token, amount: Amount, basis: str = "", year: str = "", pair: bool = False) -> str:
        """An amount of the subject; `pair`: in that budget and as final."""
        dims = self._funds(token, dict(as_amount(self.reader.subject)), basis)
        if basis:
            dims["basis"] = basis
        if year:
            dims["year"] = year
        if basis and "flow" not in dims and "fund" in dims and "支出" in self.text and "收入" not in self.text:
            dims["flow"] = "expenditure"
        keys = [key for d in (dims, self._dual(dims)) if d is not None and (key := self.reader.key(d))]
        keys = [key for key in keys if key.known]
        if pair:
            keys += [key._replace(basis="final") for key in keys]
        elif self._pending_dual(token):
            keys = keys[1:] if self.last_role == "dual" else keys[:1]
        if not keys:
            return ""
        self._fact(token, amount, tuple(keys), "amount")
        self._remember(keys[0], basis)
        self._open(self.reader.subject)
        return "dual" if self._pending_dual(token) else "amount"

    def _remember(self, key: Key, basis: str) -> None:
        """年初预算为 a, 支出决算为 b, 增加 c: the change is against that budget, as long as the subject is the same."""
        if basis not in ("", "final"):
            self.said_basis, self.said_key = basis, key._replace(basis="final")
        elif key != self.said_key:
            self.said_basis, self.said_key = "", None

    def _funds(self, token: Token, dims: dict[str, str], basis: str) -> dict[str, str]:
        """Money in the performance section is what the projects cost: 涉及 n 万元; n 万元资金."""
        item = dims.get("item", "")
        if item.startswith("performance") and cues()["filler"]["partly"].search(self._clause(token)):
            return dims if basis else {}
        if item.startswith("performance") and item.removesuffix("/projects") in _PERFORMANCE:
            dims["item"] = f"{stem(item)}/funds"
            if dims.get("flow", "all") == "all":
                dims["flow"] = "expenditure"
        return dims

    def _pending_dual(self, token: Token) -> bool:
        """收、支总计各是 A,B万元: the first figure is of the first key, the second of the second."""
        if self.group:
            return False
        return bool(_SERIES.match(self.text, token.end)) or self.last_role == "dual"

    def _open(self, subject: dict[str, str]) -> None:
        """The first amount of a sentence is the total that later shares are of."""
        if not self.opened and self.frame is None:
            if self.reader.opening is not None:
                self.reader.openings.insert(0, self.reader.opening)
            self.reader.opening = subject
        self.opened = True

    def _count(self, token: Token, amount: Amount, left: str) -> str:
        if amount.unit == "分":
            return self._score(token, amount)
        if self.span == "purpose" and self._adjacent(token):
            self._end_span()
        self._peek()
        if self.span or cues()["filler"]["partly"].search(self._clause(token)):
            return ""
        self._group_turn(token)
        key = self._counted_after(token, amount)
        if key is None and not self._stranger(token, counted=True):
            key = count_key(self.reader.subject, amount.unit, left, self.reader.key)
        if key is None or not key.known:
            return ""
        self._fact(token, amount, (key,), "count")
        if key.item.startswith("organisation"):
            self._names(token, amount, key)
        self._open(self.reader.subject)
        return "count"

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
        noun: Token | None = next((t for t in near[1:] if "grade" in t.data.dims.get("item", "")), behind[0])
        if noun is not None and noun.data.dims.get("measure") != "count":
            noun = self._projects(noun)
        if noun is None:
            return None
        parent = {k: v for k, v in self.context.base.items() if k != "flow"}
        dims = overlay(parent, noun.data.dims)
        if noun.data.suffix:
            above = self.reader.subject.get("item", parent.get("item", ""))
            above = above if stem(above) in _PERFORMANCE else parent.get("item", "")
            dims["item"] = f"{stem(above)}/{noun.data.suffix}"
        self.reader.subject = dims
        return self.reader.key(dims)

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

    def _fact(self, token: Token, amount: Amount, keys: tuple[Key, ...], kind: str) -> None:
        at = self.start + token.start
        self.reader.reading.facts.append(Stated(keys, amount, self._place(token), at, kind, self.reader.sentence))
