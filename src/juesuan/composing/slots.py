"""Slots (空格): what stands in the slots of a statement: figures, directions, names, reasons, purposes, gaps.

A figure's meaning stands in the phrase book; how it is computed, in `told`. Refuses to invent: what the account does
not say becomes a marked gap.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from juesuan.composing.gaps import Gaps
from juesuan.composing.told import Told
from juesuan.knowledge.hierarchy import word
from juesuan.knowledge.statements import Statement, filled
from juesuan.model.accounts import LAST, Account
from juesuan.model.keys import ALL, Key

Words = Mapping[str, str]
_BASES = ("initial", "full_year", "budget", LAST)
_TWINS = {"total_in": "total_out", "total_out": "total_in"}
"""totals that are always the same: a reason given for one holds for the other"""
_BEFORE = "上年度"
"""not the year in figures: what is lacking is not stated of any year"""
_DIRECTIONS = {"more": ("增加", "减少"), "less": ("增加", "减少"), "up": ("增长", "下降"), "down": ("增长", "下降")}


class Answered(Exception):
    """A gap of the statement is answered: it is not to be made."""


@dataclass(slots=True)
class Topic:
    """What a statement is about: its key, what it is compared with, the words of the item that it is made for."""

    key: Key | None = None
    against: str = ""
    words: dict[str, str] = field(default_factory=dict)


class Slots:
    """Fills slots for one account. Raises Answered where what is lacking is answered for."""

    def __init__(self, told: Told, account: Account, gaps: Gaps) -> None:
        self.told, self.account, self.gaps = told, account, gaps
        self._words: dict[str, Callable[[Topic], str]] = {
            "plan": lambda topic: word("basis", topic.against),
            "reason": self._reason,
            "reason_out": lambda topic: self._reason(_of(topic, "total_out")),
            "purpose": self._purpose,
            "gap": self._lacking,
            "established": self._established,
        }

    def value(self, slot: str, statement: Statement, topic: Topic, words: Words) -> str:
        """What stands in a slot: words that are given, else what the statement means by it."""
        if slot in words:
            return words[slot]
        meaning = statement.figures.get(slot)
        if meaning is not None:
            return self._figure(filled(meaning, {**self._params(topic), **topic.words}, statement.id), topic)
        if slot in _DIRECTIONS:
            return self._direction(statement, topic, *_DIRECTIONS[slot])
        return self._words[slot](topic) if slot in self._words else self._gap(slot, slot)

    def _established(self, _: Topic) -> str:
        said = self.account.texts.get("established", "").rstrip("。")
        return said or self._gap("不与上年比较的缘由", "established")

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
        return self.told.shown(found)

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
        than = _BEFORE if topic.against == LAST else word("basis", topic.against)
        return said.rstrip("。") or self._gap(f"{self.name(topic.key)}与{than}不同的原因", str(topic.key))

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
        return self._gap(self.name(lacking), str(lacking))

    def _gap(self, what: str, about: str) -> str:
        gap = self.gaps.add(what, about)
        if gap.answer:
            raise Answered
        return gap.mark

    def name(self, key: Key) -> str:
        """A key in words, as a gap names it: 上年度“三公”经费, 离退休干部用车数量, 一般公共预算…（项）年初预算数."""
        names = [_BEFORE if key.year == self.told.last else ""]
        names.append(word("fund", key.fund) if key.fund != ALL else "")
        names.append(self.told.figures.name(key.function) if key.function != ALL else "")
        names.append(word("nature", key.nature) if key.nature != ALL else "")
        names.append(key.project if key.project != ALL else "")
        names.append(word("item", key.item) if key.item != ALL else "")
        plain = key.item == ALL and key.function == ALL and key.project == ALL
        if key.flow != ALL and (plain or key.flow != "expenditure"):
            names.append(word("flow", key.flow))
        if key.basis != "final":
            names.append(f"{word('basis', key.basis)}数")
        elif key.project != ALL and key.measure == "amount":
            names.append("执行数")
        if key.measure == "count":
            names.append(_counted(names[5]))
        names.append({"score": "得分"}.get(key.measure, "") if not names[5].endswith("得分") else "")
        return "".join(names)


def _counted(noun: str) -> str:
    """What makes a noun the name of its number; "" where it is one already (保有量, 人次)."""
    if noun.endswith(("量", "次", "总数")):
        return ""
    return "数" if noun.endswith(("项目", "团组", "问题", "机构", "单位")) else "数量"


def _of(topic: Topic, flow: str) -> Topic:
    """The same topic for another flow."""
    return replace(topic, key=None if topic.key is None else topic.key._replace(flow=flow))
