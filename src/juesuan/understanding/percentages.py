"""Percentages (百分比): share, completion, rate of change, by the words before the number.

Refuses a percentage whose base is not known: it stays unread.
"""

from __future__ import annotations

import re
from dataclasses import replace

from juesuan.knowledge.phrases import Dims, cues
from juesuan.model.amounts import Amount
from juesuan.model.keys import Key
from juesuan.understanding.comparisons import Comparing
from juesuan.understanding.readings import as_amount, part_of
from juesuan.understanding.tokens import Token

PERCENT = frozenset({"%", "‰", "个百分点"})
_GENERIC = "的总额数比重例约为共达到依次分别是占全部本年度合计"
_WHOLES = {"total_in": "income", "total_out": "expenditure", "income": "income", "expenditure": "expenditure"}
_SAID = re.compile(
    r"([增加长上升扬提高涨攀多减少下降低压缩收窄回落节约滑了支收出入额为数幅度率速比例约近值差异净超(/)（）]+)$"
)


class Percentages(Comparing):
    """One sentence, with the reading of its percentages."""

    def _percent(self, token: Token, amount: Amount, left: str) -> str:
        patterns = cues()["percent"]
        self._peek()
        self._group_turn(token)
        if self._running and self.last_role in ("share", "rate", "completion"):
            return self._repeated(token, amount)
        counted = self.base_open and self.reader.subject.get("measure") == "count"
        key = self.reader.key(self.reader.subject if counted else as_amount(self.reader.subject))
        match = patterns["completion"].search(left)
        if match or self._of_budget(left) or self._done(left):
            return self._completed(token, amount, key, match.group("basis") if match else None)
        if self.base_open and self.last_role == "base":
            return self._shared(token, amount, key, "")
        if self.base_open and (match := patterns["share"].search(left)):
            return self._shared(token, amount, key, match.group("base"))
        for word in ("up", "down", "neutral"):
            if cues()["change"][word].search(left):
                return self._changed("rate", token, amount, key, word, left)
        between = self.text[self.last_end : token.start]
        if self.last_role == "change" and between == "(":
            return self._bracketed(token, amount)
        if self.last_role == "amount" and between == "(" and self.frame is not None:
            return self._shared(token, amount, key, "")
        return self._second(token, amount) if self.last_role in ("rate", "change") and between in ("、", ",") else ""

    def _bracketed(self, token: Token, amount: Amount) -> str:
        """增加 2 万元（31.95%）: the rate of the change before it."""
        change = self.reader.reading.claims[-1]
        self._claim("rate", change.key, token, base=change.base, amount=amount, word=change.word, also=change.also)
        return "rate"

    def _repeated(self, token: Token, amount: Amount) -> str:
        """The next of 占比分别为 x%、y%: as the one before it, of the subject whose turn it is."""
        first = self.reader.reading.claims[-1]
        key = self.reader.key(as_amount(self.reader.subject))
        if key is None or first.base is None:
            return ""
        base = first.base
        if first.kind != "share":
            base = key._replace(year=base.year, basis=base.basis)
        self._claim(first.kind, key, token, base=base, amount=amount, word=first.word)
        return first.kind

    def _second(self, token: Token, amount: Amount) -> str:
        """The second number of 各下降 23.51%、38.28%: of the second subject."""
        first = self.reader.reading.claims[-1]
        if not first.also:
            return ""
        self.reader.reading.claims[-1] = replace(first, also=())
        key = first.also[0]
        base = key._replace(year=first.base.year, basis=first.base.basis) if first.base else None
        self._claim(first.kind, key, token, base=base, amount=amount, word=first.word)
        return first.kind

    def _of_budget(self, left: str) -> bool:
        return self.last_role == "budget amount" and left.removeprefix(")") in ("的", "")

    def _done(self, left: str) -> bool:
        """完成 92% where the sentence has named a budget."""
        return bool(cues()["percent"]["done"].search(left)) and (bool(self.reader.basis) or self.compare is not None)

    def _shared(self, token: Token, amount: Amount, key: Key | None, words: str) -> str:
        base = self._whole(key, words)
        if key is None or base is None or not key.known or not base.known:
            return ""
        named = self.base_phrase is not None or self.last_role == "base"
        self._claim("share", key, token, base=base, amount=amount, word="占" if named else "")
        return "share"

    def _whole(self, key: Key | None, words: str) -> Key | None:
        """What a share is of: what the words name, else the total that opens the sentence."""
        if key is None:
            return None
        if self.base_phrase is None:
            return None if words.strip(_GENERIC) else self._usual_whole(key)
        base = dict(self.base_phrase)
        total = self.reader.opening or {}
        loose = _WHOLES.get(base.get("flow", "")) == key.flow == total.get("flow")
        if loose and len(base) == 1 and key != self.reader.key({"flow": key.flow}):
            base = {"flow": key.flow}
        found = self.reader.key(base)
        if found is not None and found == key and "item" not in base:
            return found._replace(fund="all", nature="all", economic="all", function="all")
        return found

    def _usual_whole(self, key: Key) -> Key | None:
        """The nearest total spoken of that the subject is a part of: 其中's, the sentence's, an earlier one's."""
        spoken: list[Dims | None] = [self.frame, self.reader.opening, *self.reader.openings, self._parent()]
        spoken += [self.context.base, {"flow": key.flow}]
        for dims in spoken:
            whole = self.reader.key(dims) if dims else None
            if whole is not None and whole != key and part_of(key, whole._replace(basis=key.basis)):
                return whole
        return None

    def _completed(self, token: Token, amount: Amount, key: Key | None, word: str | None) -> str:
        if key is None:
            return ""
        key = key._replace(basis="final")
        basis = self._named_basis(word)
        if word and not self.reader.basis:
            self.reader.basis = basis
        self._claim("completion", key, token, base=key._replace(basis=basis), amount=amount)
        return "completion"

    def _changed(self, kind: str, token: Token, amount: Amount, key: Key | None, word: str, left: str) -> str:
        if key is None or (self.span and self.phrase is None and self.compare is None):
            return ""
        basis, year = self.compare or self._latest() or ("final", self._last_year())
        key = key._replace(basis="final")
        base = key._replace(basis=basis, year=year)
        said = _SAID.search(left)
        if said is None and word in ("up", "down"):
            said = cues()["change"][word].search(left)
        spoken = "变动" if word == "neutral" else said.group() if said else word
        self._claim(kind, key, token, base=base, amount=amount, word=spoken, also=self._also())
        return kind

    def _latest(self) -> tuple[str, str] | None:
        """差值, 增加 after a budget amount: the difference to that budget."""
        return (self.said_basis, self.context.year) if self.said_basis else None

    said_basis = ""
    """the budget that the sentence has stated an amount of"""
    said_key: Key | None = None
    """the subject of that amount, as final"""
