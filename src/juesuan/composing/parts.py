"""Parts (并列的各部分): what one statement lists: sources, natures, classes, “三公” items, funds, kinds of procurement.

Each part is written with the statement's own part. Refuses to list what is zero, and to balance shares to 100.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from juesuan.composing.slots import Topic, Words
from juesuan.composing.speaking import Speaker
from juesuan.knowledge.composition import Say
from juesuan.knowledge.hierarchy import word
from juesuan.knowledge.statements import Statement

_SOURCES = ("fiscal", "superior", "public_service", "commercial", "subordinate", "other")
_NATURES = ("basic", "project", "remitted_up", "commercial", "subsidy_down")
_FUNDS = ("general_public", "government_funds", "state_capital")
_VISITS = ("overseas", "vehicles", "reception")
_PURCHASES = {"goods": "货物", "works": "工程", "services": "服务"}


class Parts:
    """The parts of the statements of one account."""

    def __init__(self, speaker: Speaker) -> None:
        self.speaker, self.told = speaker, speaker.told

    def written(self, say: Say, statement: Statement, words: Words) -> str:
        """The parts of a statement, joined as it joins them."""
        return (statement.join or "；").join(self._parts(say, statement))

    def _parts(self, say: Say, statement: Statement) -> Iterator[str]:
        match say.each:
            case "sources":
                yield from self._shares(statement, "flow=income", "fund", _SOURCES)
            case "natures":
                yield from self._shares(statement, "flow=expenditure", "nature", _NATURES)
            case "classes":
                line = "flow=expenditure fund=general_public"
                live = self.told.figures.live("general_public", self.told.key(line), "function")
                yield from self._shares(statement, line, "function", [code for code in live if len(code) == 3])
            case "funds":
                yield from self._evaluated(statement)
            case "procurement":
                yield from self._awarded(statement)
            case "visits":
                yield from self._visits(statement)
            case "changes":
                yield from self._changes()

    def _shares(self, statement: Statement, whole: str, dimension: str, values: Iterable[str]) -> Iterator[str]:
        total = self.told.key(whole)
        for value in values:
            key = total._replace(**{dimension: value})
            amount = self.told.amount(key)
            if amount is None or not amount.value:
                continue
            name = self._word(dimension, value)
            share = self.told.share(key, total) or "0"
            yield self.speaker.fill(
                statement.part,
                statement,
                Topic(words={"name": name, "amount": self.told.shown(amount), "share": share}),
            )

    def _word(self, dimension: str, value: str) -> str:
        if dimension == "function":
            return self.told.name(value)
        return "财政拨款收入" if value == "fiscal" else word(dimension, value)

    def _evaluated(self, statement: Statement) -> Iterator[str]:
        for fund in _FUNDS:
            count = self.told.amount(self.told.key(f"fund={fund} item=performance/projects measure=count"))
            money = self.told.amount(self.told.key(f"flow=expenditure fund={fund} item=performance/funds"))
            if count is not None and money is not None:
                words = {"name": word("fund", fund), "count": self.told.shown(count), "amount": self.told.shown(money)}
                yield self.speaker.fill(statement.part, statement, Topic(words=words))

    def _awarded(self, statement: Statement) -> Iterator[str]:
        for kind, name in _PURCHASES.items():
            whole = self.told.key(f"flow=expenditure item=procurement/{kind}")
            share = self.told.share(self.told.key(f"flow=expenditure item=procurement/{kind}/awards/sme"), whole)
            if share is not None:
                yield self.speaker.fill(statement.part, statement, Topic(words={"name": name, "share": share}))

    def _visits(self, statement: Statement) -> Iterator[str]:
        """因公出国（境）费, 公务用车, 公务接待费: amount, share of the whole, part of the budget."""
        whole = self.told.key("flow=expenditure item=three_public")
        for item in _VISITS:
            key = whole._replace(item=f"three_public/{item}")
            amount = self.told.amount(key)
            if amount is None:
                continue
            done = self.told.share(key, key._replace(basis=self.told.plan(key)))
            name = word("item", key.item)
            words = {
                "name": name,
                "amount": self.told.shown(amount),
                "share": self.told.share(key, whole) or "0",
                "done": done or "",
            }
            part = statement.part if done is not None or "{done}" not in statement.part else "{name}决算为{amount}万元"
            yield self.speaker.fill(part, statement, Topic(words=words))

    def _changes(self) -> Iterator[str]:
        for item in _VISITS:
            say = Say(use="visited-each", by="last", of=f"flow=expenditure item=three_public/{item}", than="no")
            said = self.speaker.say(say, {"name": word("item", f"three_public/{item}")}, self.written)
            if said:
                yield said
