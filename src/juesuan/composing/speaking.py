"""Speaking (成句): statements filled with an account's figures and words.

Which statement is made depends on the case: a change, no change, from zero, not known. Refuses to make one whose gap is
answered for.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from juesuan.composing.gaps import Gaps
from juesuan.composing.slots import Answered, Slots, Topic, Words
from juesuan.composing.told import Told
from juesuan.knowledge.composition import Composition, Say, sentences
from juesuan.knowledge.statements import Statement, filled, slots
from juesuan.model.accounts import LAST, Account
from juesuan.model.keys import Key

Parts = Callable[[Say, Statement, Words], str]
"""writes the parts of a statement that lists something"""
_MONEY = re.compile(r"(?<=\})万元")
_VISITS = {"fiscal": "财政拨款“三公”经费", "general_public": "一般公共预算财政拨款“三公”经费"}
_THAN = {LAST: "than-last", "budget": "than-budget"}


class Speaker:
    """Makes statements for one account in the words of a place."""

    def __init__(self, told: Told, account: Account, composition: Composition) -> None:
        self.told, self.account, self.composition = told, account, composition
        self.gaps = Gaps(account.answers)
        self.slots = Slots(told, account, self.gaps)
        self.common = {
            "department": account.department.name or told.figures.report.department,
            "year": told.year,
            "last": told.last,
            "visits": _VISITS.get(told.three_public_fund, "“三公”经费"),
        }

    # which statement --------------------------------------------------------------------------------------------------

    def say(self, say: Say, words: Words, parts: Parts) -> str:
        """The statement in its case, "" where nothing is to be said. `parts` writes lists."""
        named = {**words, **{name: filled(text, {**self.common, **words}) for name, text in say.words.items()}}
        topic = Topic(words=named)
        if say.of:
            topic.key = self.told.key(filled(say.of, named))
            topic.against = self._against(say, topic.key)
        names = self._names(say, topic)
        found = (self._made(sentences()[name], say, topic, parts) for name in names if name in sentences())
        return "".join(found)

    def _against(self, say: Say, key: Key) -> str:
        return self.told.plan(key) if say.by == "budget" else say.by

    def _names(self, say: Say, topic: Topic) -> list[str]:
        """The names of the statements that make up the case; those that do not exist say nothing."""
        if topic.key is None or say.by in ("", "all"):
            return [say.use]
        if say.by == "amount":
            value = self.told.value(topic.key)
            return [f"{say.use}-unknown" if value is None else say.use if value else f"{say.use}-none"]
        case = self.told.case(topic.key, topic.against)
        if not case:
            return [say.use] if say.use else self._compared(say, "")
        lacking = f"{say.use}-missing"
        if case == "unknown" and lacking in sentences() and self.told.value(topic.key) is None:
            return [lacking]
        own = f"{say.use}-{case}"
        if case == "nil" and own not in sentences():
            own = f"{say.use}-level"
        return [own] if own in sentences() else self._compared(say, case)

    @staticmethod
    def _compared(say: Say, case: str) -> list[str]:
        than = say.than or _THAN[say.by]
        name = f"{than}-{case}" if case else than
        if case == "nil" and name not in sentences():
            name = f"{than}-level"
        return [say.plain, name] if say.plain else [name]

    # filling it -------------------------------------------------------------------------------------------------------

    def _made(self, statement: Statement, say: Say, topic: Topic, parts: Parts) -> str:
        place = self.composition.name
        template = statement.templates.get(place, statement.templates["default"])
        if self.told.unit != "万元":
            template = _MONEY.sub(self.told.unit, template)
        words = {**self.common, **topic.words}
        try:
            if "parts" in slots(template):
                words["parts"] = parts(say, statement, topic.words)
            values = {slot: self.slots.value(slot, statement, topic, words) for slot in slots(template)}
        except Answered:
            return ""
        return filled(template, values, statement.id)

    def fill(self, text: str, statement: Statement, topic: Topic) -> str:
        """A part of a statement (one of a list)."""
        words = {**self.common, **topic.words}
        values = {slot: self.slots.value(slot, statement, topic, words) for slot in slots(text)}
        return filled(_MONEY.sub(self.told.unit, text), values, statement.id)
