"""Sentences → facts and claims (句 → 指标与表述): reads the explanation clause by clause.

The subject is carried over from the sentence before, from 其中, from the entry, from the section. Refuses to guess: a
figure whose subject or role is not known is unread.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from juesuan.knowledge.phrases import cues
from juesuan.model.amounts import Amount
from juesuan.model.claims import Flow
from juesuan.model.keys import Key
from juesuan.understanding.quantities import Quantities
from juesuan.understanding.readings import Carried, Reading
from juesuan.understanding.tokens import Token

_PROJECT = re.compile(r"^(?:\(?\d{1,2}[.)、])?(?P<name>[^,。:;]{2,40}?)项目(?:支出)?(?=,|绩效自评|自评)")
_REPORTED = re.compile(
    r"^(?:\(?\d{1,2}[.)、])?\"?(?P<name>[^,。:;\"]{2,40}?)\"?项目(?:支出)?(?:绩效)?自评(?:情况|综述|结论|结果|得分)?:"
)
_NO_NAME = re.compile("年度|部门|单位|预算|绩效|全部|各|个|自评|评价")
"""what stands before 项目 where no project is named"""


class Reader(Carried):
    """Reads the sentences of one entry in order; what one sentence leaves open the next may carry on."""

    def run(self) -> Reading:
        """Reads the whole entry."""
        self._project()
        start = 0
        for match in re.finditer(r"[。!?]|$", self.flow.text):
            if match.start() > start:
                sentence = self.flow.text[start : match.start()]
                self._next_project(sentence)
                _Sentence(self, start, sentence).run()
                self.sentence += 1
            start = match.end()
        return self.reading

    def _project(self) -> None:
        """An entry that begins with a project (（1）某某项目绩效自评情况) is about it, even without its form."""
        named = _PROJECT.match(self.flow.text) if self.context.kind == "performance" else None
        if named and not _NO_NAME.search(named["name"]):
            self.entry = {"flow": "expenditure", "project": named["name"], "item": "all", "fund": "all"}
            self.subject = self.entry

    def _next_project(self, sentence: str) -> None:
        """A sentence that begins with 某某项目绩效自评情况： speaks of that project, and so do those after it."""
        named = _REPORTED.match(sentence) if self.context.kind == "performance" else None
        if named and not _NO_NAME.search(named["name"]):
            self.entry = {"flow": "expenditure", "project": named["name"], "item": "all", "fund": "all"}
            self.subject = self.entry


class _Sentence(Quantities):
    """One sentence: walks its tokens and keeps what is being spoken of."""

    def run(self) -> None:
        handlers = {
            "term": self._term,
            "marked": self._marked,
            "code": self._code,
            "mark": self._mark,
            "figure": self._figure,
            "previous": self._previous,
            "previous_budget": self._previous,
            "budget": self._budget,
            "past": self._past,
            "threshold": self._threshold,
            "ordinal": self._ordinal,
            "among": self._among,
            "within": self._within,
            "share": self._share,
            "reason": self._reason,
            "purpose": self._purpose,
            "direction": self._direction,
            "level": self._level,
            "level_previous": self._level,
            "none": self._none,
        }
        for token in self.tokens:
            handler = handlers.get(token.kind)
            if handler is not None and (token.start >= self.passed or token.kind == "threshold"):
                handler(token)
        self._commit()
        self._settle_none()
        self._settle_waiting()
        if self.opened and not self.topic and self.reader.opening is not None and not self._lone():
            self.reader.subject = self.reader.opening

    def _lone(self) -> bool:
        """包括：1.本年收入合计 n 万元。 with one numbered part of what was spoken of before: the next sentence goes on with it."""
        told = [f for f in self.reader.reading.facts if f.sentence == self.reader.sentence]
        return len(told) == 1 and self.frame is not None and any(t.kind == "ordinal" for t in self.tokens)

    def _threshold(self, token: Token) -> None:
        """80 分以上: a limit, no figure of the account."""
        for match in re.finditer(r"\d+(?:\.\d+)?", token.text):
            self.reader.reading.read[self.start + token.start + match.start()] = "threshold"


def rules(flow: Flow, year: str) -> Iterator[tuple[int, Key, Amount]]:
    """Figures of a form's footnote (权重规则): (offset, key, amount)."""
    for rule in cues()["rule"]:
        for match in rule["pattern"].finditer(flow.text):
            indicator = rule.get("indicator") or match.group("indicator")
            key = Key(year=year, indicator=indicator, measure=rule["measure"])
            number = match.group("figure")
            yield match.start("figure"), key, Amount(Decimal(number), 0, "%", 0)
