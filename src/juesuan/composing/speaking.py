"""Speaking (成句): statements filled with an account's figures and words.

A slot holds a figure (its meaning stands in the phrase book) or words: names, reasons, purposes, directions. Refuses to
invent: what the account does not say becomes a marked gap; a statement whose gap is answered is not made at all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from juesuan.composing.gaps import Gap, Gaps
from juesuan.composing.told import Told
from juesuan.knowledge.composition import Composition, Say, sentences
from juesuan.knowledge.hierarchy import word
from juesuan.knowledge.statements import Statement, filled, slots
from juesuan.model.accounts import LAST, Account
from juesuan.model.amounts import Amount
from juesuan.model.keys import ALL, Key

Words = Mapping[str, str]
_MONEY = re.compile(r"(?<=\})万元")
_NUMBERS = ("change", "rate", "completion", "share")
_BASES = ("initial", "full_year", "budget", LAST)
_TWINS = {"total_in": "total_out", "total_out": "total_in"}
"""totals that are always the same: a reason given for one holds for the other"""
_VISITS = {"fiscal": "财政拨款“三公”经费", "general_public": "一般公共预算财政拨款“三公”经费"}
_THAN = {LAST: "than-last", "budget": "than-budget"}


class Answered(Exception):
    """A gap of the statement is answered: it is not to be made."""


@dataclass(slots=True)
class Topic:
    """What a statement is about: its key, what it is compared with, the words of the item that it is made for."""

    key: Key | None = None
    against: str = ""
    words: dict[str, str] = field(default_factory=dict)


class Speaker:
    """Makes statements for one account in the words of a place."""

    def __init__(self, told: Told, account: Account, composition: Composition) -> None:
        self.told, self.account, self.composition = told, account, composition
        self.gaps = Gaps(account.answers)
        self.common = {
            "department": account.department.name or told.figures.report.department,
            "year": told.year,
            "last": told.last,
            "visits": _VISITS.get(told.three_public_fund, "“三公”经费"),
        }

    # which statement --------------------------------------------------------------------------------------------------

    def say(self, say: Say, words: Words, parts: Callable[[Say, Statement, Words], str]) -> str:
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

    def _made(self, statement: Statement, say: Say, topic: Topic, parts: Callable[[Say, Statement, Words], str]) -> str:
        place = self.composition.name
        template = statement.templates.get(place, statement.templates["default"])
        if self.told.unit != "万元":
            template = _MONEY.sub(self.told.unit, template)
        words = {**self.common, **topic.words}
        try:
            if "parts" in slots(template):
                words["parts"] = parts(say, statement, topic.words)
            values = {slot: self._value(slot, statement, topic, words) for slot in slots(template)}
        except Answered:
            return ""
        return filled(template, values, statement.id)

    def fill(self, text: str, statement: Statement, topic: Topic) -> str:
        """A part of a statement (one of a list)."""
        words = {**self.common, **topic.words}
        values = {slot: self._value(slot, statement, topic, words) for slot in slots(text)}
        return filled(_MONEY.sub(self.told.unit, text), values, statement.id)

    def _value(self, slot: str, statement: Statement, topic: Topic, words: Words) -> str:
        """What stands in a slot: words that are given, else what the statement means by it."""
        return words[slot] if slot in words else self._slot(slot, statement, topic)

    def _slot(self, slot: str, statement: Statement, topic: Topic) -> str:
        meaning = statement.figures.get(slot)
        if meaning is not None:
            return self._figure(filled(meaning, {**self._params(topic), **topic.words}, statement.id), topic)
        match slot:
            case "more" | "less":
                return self._direction(statement, topic, "增加", "减少")
            case "up" | "down":
                return self._direction(statement, topic, "增长", "下降")
            case "plan":
                return word("basis", topic.against)
            case "reason":
                return self._reason(topic)
            case "purpose":
                return self._purpose(topic)
            case "gap":
                return self._lacking(topic)
            case "established":
                said = self.account.texts.get(slot, "").rstrip("。")
                return said or self._gap(f"没有{self.told.last}年度决算数的原因", slot)
        return self._gap(slot, slot)

    def _params(self, topic: Topic) -> dict[str, str]:
        """What meanings are filled with: {key} and {basis}."""
        if topic.key is None:
            return {}
        own = str(topic.key).replace(f"year={self.told.year} ", "").replace(f"year={self.told.year}", "")
        return {"key": own, "basis": topic.against}

    # figures ----------------------------------------------------------------------------------------------------------

    def _figure(self, meaning: str, topic: Topic) -> str:
        """What stands in a slot with a meaning: an amount, a percentage, or a word."""
        told = self.told
        head, _, base = meaning.partition(" / ")
        tags = [part for part in head.split() if "=" not in part and part != "|"]
        key = told.key(" ".join(p for p in head.split(" | ")[0].split() if "=" in p))
        if not tags or tags[0] in _BASES:
            key = told.other(key, tags[0]) if tags else key
            return self._amount(key)
        other = self._base(key, base)
        match tags[0]:
            case "change":
                found = told.change(key, other)
                return self._unknown(key, other) if found is None else f"{abs(found):.{told.decimals}f}"
            case "rate":
                return told.rate(key, other) or self._unknown(key, other)
            case "share" | "completion":
                return told.share(key, other) or self._unknown(key, other)
            case "says":
                return self._says(tags[1], key, other)
        raise ValueError(f"句式中的“{meaning}”不知是何意")

    def _base(self, key: Key, base: str) -> Key:
        if not base:
            return key
        return self.told.key(base) if "=" in base else self.told.other(key, base)

    def _says(self, kind: str, key: Key, other: Key) -> str:
        if kind == "direction":
            change = self.told.change(key, other)
            return (
                self._unknown(key, other) if change is None else "大于" if change > 0 else "小于" if change else "等于"
            )
        return {"level": "持平", "none": "无"}[kind]

    def _amount(self, key: Key) -> str:
        found = self.told.amount(key)
        if found is None:
            return self._gap(self.name(key), str(key))
        return shown(self.told.own(found))

    def _unknown(self, key: Key, other: Key) -> str:
        lacking = next((k for k in (key, other) if self.told.value(k) is None), other)
        return self._gap(self.name(lacking), str(lacking))

    def _direction(self, statement: Statement, topic: Topic, more: str, less: str) -> str:
        """增加 or 减少, by the first change that the statement states."""
        params = {**self._params(topic), **topic.words}
        meanings = (filled(m, params) for m in statement.figures.values() if m.startswith(("change", "rate")))
        for meaning in meanings:
            head, _, base = meaning.partition(" / ")
            key = self.told.key(" ".join(p for p in head.split(" | ")[0].split() if "=" in p))
            change = self.told.change(key, self._base(key, base))
            if change is not None:
                return more if change > 0 else less
        return more

    # words ------------------------------------------------------------------------------------------------------------

    def _reason(self, topic: Topic) -> str:
        if topic.key is None:
            return self._gap("原因", "reason")
        said = self.account.reason(topic.key, topic.against)
        if not said and topic.key.flow in _TWINS:
            said = self.account.reason(topic.key._replace(flow=_TWINS[topic.key.flow]), topic.against)
        than = f"{self.told.last}年度" if topic.against == LAST else word("basis", topic.against)
        return said.rstrip("。") or self._gap(f"{self.name(topic.key)}与{than}不同的主要原因", str(topic.key))

    def _purpose(self, topic: Topic) -> str:
        about = topic.words.get("code") or (topic.key.item if topic.key else "")
        name = topic.words.get("name") or (self.name(topic.key) if topic.key else "")
        return self.account.purposes.get(about, "").rstrip("。") or self._gap(f"{name}的用途", about)

    def _lacking(self, topic: Topic) -> str:
        """The whole of a comparison that cannot be made."""
        if topic.key is None:
            return self._gap("比较", "")
        other = self.told.other(topic.key, topic.against)
        lacking = topic.key if self.told.value(topic.key) is None else other
        return self._gap(f"{self.name(lacking)}", str(lacking))

    def _gap(self, what: str, about: str) -> str:
        gap: Gap = self.gaps.add(what, about)
        if gap.answer:
            raise Answered
        return gap.mark

    def name(self, key: Key) -> str:
        """A key in words, as a gap names it."""
        names = [f"{key.year}年度" if key.year != self.told.year else ""]
        names.append(word("fund", key.fund) if key.fund != ALL else "")
        names.append(self.told.figures.name(key.function) if key.function != ALL else "")
        names.append(word("nature", key.nature) if key.nature != ALL else "")
        names.append(key.project if key.project != ALL else "")
        names.append(word("item", key.item) if key.item != ALL else "")
        names.append(
            word("flow", key.flow) if key.flow != ALL and (key.item == ALL or key.flow != "expenditure") else ""
        )
        names.append(word("basis", key.basis) if key.basis != "final" else "")
        names.append({"count": "数量", "score": "得分"}.get(key.measure, ""))
        return "".join(names)


def shown(amount: Amount) -> str:
    """A figure in a sentence: without thousands separators; nothing is 0."""
    return amount.show() if amount.value else "0"
