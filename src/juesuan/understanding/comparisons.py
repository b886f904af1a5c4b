"""Comparisons (比较): with what a sentence compares its subject: last year, a budget; larger, smaller, level.

Refuses to read figures, and to guess a year that is not named.
"""

from __future__ import annotations

import re

from juesuan.knowledge.phrases import cues
from juesuan.understanding.clauses import Clauses
from juesuan.understanding.tokens import Token

_BASES = {"年初": "initial", "全年": "full_year", "调整": "full_year", "调整后": "full_year"}
SERIES = re.compile(r"(?:(?:[,、和及与]|以及)\d[\d,]*(?:\.\d+)?)+(万元|亿元|元|%)")
"""the further figures of a, b 万元, whose unit stands behind the last"""
_YEAR = re.compile(r"20\d\d")
_BUDGET = re.compile(r"[^,。;:\d]*?(?P<basis>年初|全年|调整后?)?(?:部门|批复)?预算")


class Comparing(Clauses):
    """One sentence, with what it compares to."""

    past = ""
    """the year that a clause speaks of where it is the one before (上年“三公”经费为 …)"""

    def _last_year(self) -> str:
        return str(int(self.context.year) - 1) if self.context.year.isdigit() else "?"

    def _spoken_year(self, text: str) -> str:
        """The year that the words name, else the one before the account's."""
        match = _YEAR.search(text)
        return match.group() if match else self._last_year()

    def _named_basis(self, word: str | None) -> str:
        return _BASES.get(word or "") or self.reader.basis or "budget"

    def _previous(self, token: Token) -> None:
        self._peek()
        year = self._spoken_year(token.text)
        if token.kind == "previous" and year == self.context.year:
            self.compare = self._own_budget(token)
        elif token.kind == "previous" or year != self.context.year:
            self.compare = ("budget" if token.kind == "previous_budget" else "final", year)
        else:
            self.compare = (self._named_basis(None), year)
        self.last_end = max(self.last_end, token.end)
        self.last_role = "previous"

    def _own_budget(self, token: Token) -> tuple[str, str] | None:
        """比 2023 年“三公”经费年初预算 n 万元减少 …: with its own year an account compares a budget, or nothing."""
        named = _BUDGET.match(self.text, token.end)
        return (self._named_basis(named["basis"]), self.context.year) if named else None

    def _budget(self, token: Token) -> None:
        self._peek()
        word = token.data.group("basis") or token.data.group("basis2")
        year = _YEAR.search(token.text)
        self.compare = (self._named_basis(word), year.group() if year else self.context.year)
        if not self.reader.basis and word:
            self.reader.basis = _BASES[word]
        self.last_end, self.last_role = max(self.last_end, token.end), "previous"

    def _mark(self, token: Token) -> None:
        """As in any speech; a comma ends what a clause says of last year."""
        super()._mark(token)
        if token.text in ",;":
            self.past = ""

    def _past(self, token: Token) -> None:
        year = self._spoken_year(token.text)
        self.past = year if year == self._last_year() else ""

    def _direction(self, token: Token) -> None:
        if self.span == "reason":
            return
        self._commit()
        self._end_span()
        if self.text[: token.start].removesuffix("数").endswith("预算"):
            return  # 全年预算大于年初预算: neither is the final figure
        basis = self._named_basis(token.data.group("basis"))
        key = self.reader.key(self.reader.subject)
        if key is not None:
            self._claim("direction", key, token, base=key._replace(basis=basis), word=token.data.group("word"))

    def _level(self, token: Token) -> None:
        self._peek()
        key = self.reader.key(self.reader.subject)
        if key is None or self.span:
            return
        if token.kind == "level":
            base = key._replace(basis=self._named_basis(token.data.group("basis")))
        else:
            base = key._replace(year=self._spoken_year(token.text))
        self._claim("level", key, token, base=base, word=token.data.group("word") or token.text, also=self._also())

    def _group_turn(self, token: Token) -> None:
        """With subjects side by side, the one whose turn this figure is: A、B 分别为 a、b; A、B 均为 a.

        Without such a word the figure may be of the last, or of all together: it has no subject.
        """
        if not self.group:
            return
        words = self.text[max(self.last_end, self.group_end) : token.start]
        patterns = cues()["together"]
        if patterns["each"].search(words):
            self.turn = 0
        elif self.turn >= 0 and patterns["separator"].match(words):
            self.turn += 1
        elif patterns["all"].search(words) and len(self.group) == 2:
            self.reader.subject, self.reader.also = self.group
            self.group = []
            return
        elif self.turn >= 0 or self._both_totals(token):
            self.group = []
            return
        else:
            self.reader.subject = {}
            return
        if self.turn < len(self.group):
            self.reader.subject, self.reader.also = self.group[self.turn], None
        else:
            self.group = []

    def _both_totals(self, token: Token) -> bool:
        """收入总计、支出总计 a: what comes in is what goes out, so one figure is of both."""
        flows = [one.get("flow") for one in self.group]
        if flows != ["total_in", "total_out"] or SERIES.match(self.text, token.end):
            return False
        self.reader.subject, self.reader.also = self.group
        return True

    @property
    def _running(self) -> bool:
        """Whether this figure continues a series (a、b、c) of subjects side by side."""
        return self.turn > 0 and bool(self.group)
