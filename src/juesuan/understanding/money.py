"""Money in sentences (金额): an amount as final, in a budget or of last year, or the amount of a change.

Refuses to guess: where the words before it name something that no term covers, or speak of last year or a budget in a
way that was not understood, the amount stays unread.
"""

from __future__ import annotations

import re
from decimal import Decimal

from juesuan.knowledge.phrases import Dims, cues
from juesuan.model.amounts import Amount
from juesuan.model.keys import Key
from juesuan.understanding.comparisons import SERIES
from juesuan.understanding.percentages import Percentages
from juesuan.understanding.readings import PERFORMANCE, Stated, as_amount, stem
from juesuan.understanding.tokens import Token

_EACH_OF_THEM = ("均为", "都为", "均是", "都是")
_NAMING = ("marked", "code", "past")


class Money(Percentages):
    """One sentence, with the reading of its amounts."""

    spoke = False
    """whether the sentence has named a subject"""
    budget_end = -1
    """where the last budget amount ends"""
    waiting: tuple[Token, Amount, str, str] | None = None
    """a figure compared with, before its subject is named: its token, amount, basis and year"""

    def _left(self, token: Token) -> str:
        """The words just before a figure, back to the last figure, bracket or punctuation."""
        text = self.text[self.last_end : token.start].rstrip(":")
        text = text.removesuffix("(") if text.endswith("预算(") else text
        return re.split(r"[,;:、]|\((?!减少\)|下降\)|降低\)|少\))", text)[-1]

    def _clause(self, token: Token) -> str:
        """The words before a figure back to the last punctuation or open bracket, figures included."""
        clause = re.split(r"[,;:。]", self.text[: token.start].rstrip(":"))[-1]
        return clause.rpartition("(")[2] if clause.rfind("(") > clause.rfind(")") else clause

    def _money(self, token: Token, amount: Amount, left: str) -> str:
        """An amount of money: a change, last year's figure, a budget, or what the subject is worth."""
        last = (self.last_role, self.last_end)
        role = self._money_change(token, amount, left)
        if role is not None:
            return role
        if self.base_open and re.search(r"^的?$", left):
            return self._of_base(token, amount)
        if self._beside_comparison(token, last) and self.compare:
            if not self.spoke and not self.reader.entry and not self.phrase:
                self.waiting = (token, amount, *self.compare)
                return "amount"
            return self._state(token, amount, self.compare[0], self.compare[1])
        role = self._money_budget(token, amount, left)
        return self._money_final(token, amount, left) if role is None else role

    def _of_base(self, token: Token, amount: Amount) -> str:
        """占本年支出(n 万元)的 p%: what the base is worth; it stays the base of what follows."""
        key = self._whole(self.reader.key(as_amount(self.reader.subject)), "") if self.base_phrase else None
        if key is None or not key.known:
            return ""
        self._fact(token, amount, (key,), "amount")
        return "base"

    def _beside_comparison(self, token: Token, last: tuple[str, int]) -> bool:
        """Whether the figure stands beside what it is compared with: 比上年的 n 万元, 较上年(n 万元)."""
        return last[0] == "previous" and self.text[last[1] : token.start] in ("", "(")

    def _money_final(self, token: Token, amount: Amount, left: str) -> str:
        """What the subject is worth: as final, of last year, or as the series that it stands in."""
        final = cues()["basis"]["final"].search(left)
        if self.span and (self.span == "reason" if self._adjacent(token) else not final):
            return ""
        if final and cues()["basis"]["spent"].search(left):
            self._end_span()
        elif self._stranger(token):
            return ""
        self._peek()
        if len(self.group) > 2 and (keys := self._all_of(token)):
            self._fact(token, amount, keys, "amount")
            return "amount"
        self._group_turn(token)
        if self.past:
            return self._state(token, amount, "final", self.past)
        if (compared := self._compared_with(token)) is not None:
            return self._state(token, amount, *compared)
        if self._elsewhere(token):
            return ""
        return self._state(token, amount, self.said_basis if self._running else self._bracket_basis(token))

    def _all_of(self, token: Token) -> tuple[Key, ...]:
        """A、B、C 均为 n 万元: each of them is; () where that is not said."""
        words = self.text[max(self.last_end, self.group_end) : token.start]
        said = words in _EACH_OF_THEM and not self.past and not self._elsewhere(token)
        keys = [self.reader.key(as_amount(dims)) for dims in self.group] if said else []
        known = tuple(key for key in keys if key is not None and key.known)
        return known if len(known) == len(keys) else ()

    def _bracket_basis(self, token: Token) -> str:
        """支出预算 n 万元（其中：一般公共预算 n 万元）: what stands in a bracket behind a budget is of that budget."""
        begun = self.text.rfind("(", 0, token.start)
        inside = self.text.startswith("(其中", begun) and self.text.rfind(")", 0, token.start) < begun
        if not inside or begun != self.budget_end:
            return ""
        return "" if cues()["basis"]["spent"].search(self._clause(token)) else self.said_basis

    def _compared_with(self, token: Token) -> tuple[str, str] | None:
        """Basis and year of 较 2023 年收入总计 n 万元减少 …: the clause begins with what it compares to."""
        begins = token.start - len(self._clause(token))
        if self.last_role != "previous" or self.last_end < begins:
            return None
        said = next((t for t in self.tokens if t.end == self.last_end and t.kind in ("previous", "budget")), None)
        return None if said is None or cues()["compare"]["whole"].search(said.text) else self.compare

    def _elsewhere(self, token: Token) -> bool:
        """Whether the words since the last figure speak of last year or a budget in a way that was not understood."""
        clause = self._clause(token)
        words = self._unnamed(clause[-max(token.start - self.last_end, 0) :] if self.last_end else clause, token)
        return bool(cues()["filler"]["elsewhere"].search(words)) or self._last_year() in words

    def _money_change(self, token: Token, amount: Amount, left: str) -> str | None:
        """增加 n 万元, 高于预算 n 万元, 差值为 n 万元, the second of two changes; None where it is no change."""
        patterns = cues()["change"]
        before = next((t for t in reversed(self.tokens) if t.end <= token.start and t.kind != "mark"), None)
        if before and before.kind.startswith("direction") and self.text[before.end : token.start] in ("", "数", "的"):
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
                self._of_frame(token, amount, word)
                return self._changed("change", token, amount, self.reader.key(self.reader.subject), word, left)
        if self.last_role == "change" and self.text[self.last_end : token.start] in ("、", ","):
            return self._second(token, amount)
        return None

    def _of_frame(self, token: Token, amount: Amount, word: str) -> None:
        """收入总计 a, 其中年初结转和结余 b, 比上年增加 c, 增长 p%: of the total or of its part, as the rate tells."""
        flows = [dims.get("flow") for dims in (self.frame or {}, self.reader.subject)]
        facts = [f for f in self.reader.reading.facts if f.sentence == self.reader.sentence][-2:]
        rate = next((t for t in self.tokens if t.kind == "figure" and t.start >= token.end), None)
        totals = flows[0] in ("total_in", "total_out") and flows[1] in ("opening", "closing")
        if not totals or len(facts) < 2 or rate is None or rate.data.group("unit") != "%":
            return
        said = rate.data.group("number")
        unit = Decimal(1).scaleb(-len(said.partition(".")[2]))
        fits = []
        for fact in facts:
            before = fact.amount.value + (-amount.value if word == "up" else amount.value)
            fits.append(before > 0 and abs(100 * amount.value / before - Decimal(said)) <= unit)
        if fits == [True, False]:
            self.reader.subject, self.reader.also = dict(self.frame or {}), None

    def _beyond(self, token: Token, amount: Amount, direction: Token) -> str:
        """低于年初预算 n 万元: a change against that budget."""
        key = self.reader.key(self.reader.subject)
        if key is None or self.span:
            return ""
        base = key._replace(year=self._spoken_year(direction.text))
        if direction.kind == "direction":
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
                self.budget_end = token.end
                return "budget amount" if role else ""
        return None

    def _budgeted(self, token: Token) -> bool:
        """年初预算安排财政拨款支出 n 万元, 年初批复预算 8 个项目 n 万元: the clause names the budget first."""
        clause = self._clause(token)
        if self.last_role not in ("", "count", "previous"):
            clause = clause[-max(token.start - self.last_end, 0) :]
        words = self._unnamed(clause, token)
        patterns = cues()["basis"]
        spoken = patterns["led"].search(words) and not patterns["compared"].search(words)
        return bool(spoken) and not patterns["spent"].search(clause)

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
                self._settle_waiting()

    def _settle_waiting(self) -> None:
        """The figure that waited is of the subject that came, else of the one before, else of none."""
        if self.waiting is not None:
            token, amount, basis, year = self.waiting
            self.waiting = None
            if not self._state(token, amount, basis, year):
                self.reader.reading.read.pop(self.start + token.start, None)

    def _said(self, token: Token) -> str:
        """The budget that the clause has named before (年初批复 … 预算)."""
        clause = self._clause(token)
        if cues()["basis"]["spoken_full_year"].search(clause):
            return "full_year"
        return "initial" if cues()["basis"]["spoken_initial"].search(clause) else ""

    def _stranger(self, token: Token, counted: bool = False, before: str | None = None) -> bool:
        """Whether the words before the figure name something that no term covers: then it is not the last subject's.

        Where a term names the subject, the words behind it count: “三公”经费节余 n 万元 is not what it spent.
        """
        left = re.split(r"[,;:、]", self.text[self.last_end : token.start].rstrip(":"))[-1]
        begins = token.start - len(left)
        left = left if before is None else before
        inside = [t for t in self.tokens if begins <= t.start < begins + len(left)]
        naming = [t for t in inside if t.kind in _NAMING or (t.kind == "term" and not t.data.weak)]
        naming = [t for t in naming if not self._enclosed(t, begins + len(left))]
        words = self.text[naming[-1].end : begins + len(left)] if naming else left
        words = re.sub(r"\([^()]*\)|\d+年?|[()]", "", words)
        fillers = ("counted", "words") if counted else ("words",)
        for name in fillers:
            words = cues()["filler"][name].sub("", words)
        return len(words) > 1

    def _enclosed(self, named: Token, end: int) -> bool:
        """Whether a term stands in a bracket that closes before `end`: 旅行车（含商务车） is no 商务车."""
        between = self.text[named.end : end]
        return between.find(")") >= 0 and "(" not in between[: between.find(")")]

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

    def _funds(self, token: Token, dims: Dims, basis: str) -> Dims:
        """Money in the performance section is what the projects cost: 涉及 n 万元; n 万元资金."""
        item = dims.get("item", "")
        if item.startswith("performance") and cues()["filler"]["partly"].search(self._clause(token)):
            return dims if basis else {}
        if item.startswith("performance") and item.removesuffix("/projects") in PERFORMANCE:
            dims["item"] = f"{stem(item)}/funds"
            if dims.get("flow", "all") == "all":
                dims["flow"] = "expenditure"
        return dims

    def _pending_dual(self, token: Token) -> bool:
        """收、支总计各是 A,B万元: the first figure is of the first key, the second of the second."""
        if self.group:
            return False
        return bool(SERIES.match(self.text, token.end)) or self.last_role == "dual"

    def _open(self, subject: Dims) -> None:
        """The first amount of a sentence is the total that later shares are of."""
        if not self.opened and self.frame is None:
            if self.reader.opening is not None:
                self.reader.openings.insert(0, self.reader.opening)
            self.reader.opening = subject
        self.opened = True

    def _fact(self, token: Token, amount: Amount, keys: tuple[Key, ...], kind: str) -> None:
        at = self.start + token.start
        self.reader.reading.facts.append(Stated(keys, amount, self._place(token), at, kind, self.reader.sentence))
