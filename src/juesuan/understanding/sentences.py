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


class Reader(Carried):
    """Reads the sentences of one entry in order; what one sentence leaves open the next may carry on."""

    def run(self) -> Reading:
        """Reads the whole entry."""
        start = 0
        for match in re.finditer(r"[。!?]|$", self.flow.text):
            if match.start() > start:
                _Sentence(self, start, self.flow.text[start : match.start()]).run()
                self.sentence += 1
            start = match.end()
        return self.reading


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
            "among": self._among,
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
            if handler is not None:
                handler(token)
        self._commit()
        self._settle_none()
        if self.opened and self.reader.opening is not None:
            self.reader.subject = self.reader.opening

    def _direction(self, token: Token) -> None:
        if self.span == "reason":
            return
        self._commit()
        self._end_span()
        basis = self._named_basis(token.data.group("basis"))
        key = self.reader.key(self.reader.subject)
        if key is not None:
            self._claim("direction", key, token, base=key._replace(basis=basis), word=token.data.group("word"))

    def _level(self, token: Token) -> None:
        self._commit()
        key = self.reader.key(self.reader.subject)
        if key is None or self.span:
            return
        if token.kind == "level":
            base = key._replace(basis=self._named_basis(token.data.group("basis")))
        else:
            year = re.search(r"20\d\d", token.text)
            base = key._replace(year=year.group() if year else self._last_year())
        self._claim("level", key, token, base=base, word=token.data.group("word"), also=self._also())


def rules(flow: Flow, year: str) -> Iterator[tuple[int, Key, Amount]]:
    """Figures of a form's footnote (权重规则): (offset, key, amount)."""
    for rule in cues()["rule"]:
        for match in rule["pattern"].finditer(flow.text):
            indicator = rule.get("indicator") or match.group("indicator")
            key = Key(year=year, indicator=indicator, measure=rule["measure"])
            number = match.group("figure")
            yield match.start("figure"), key, Amount(Decimal(number), 0, "%", 0)
