"""Subjects (主语): what a sentence speaks of, token by token.

Terms add up to a phrase, a phrase becomes the subject at a comma or a figure; phrases joined by 、 or 和 are subjects
side by side (A、B 分别为 …). Refuses to read figures; marks, brackets and reasons are for `clauses`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from juesuan.knowledge.hierarchy import word
from juesuan.knowledge.phrases import Dims, Term, cues
from juesuan.model.claims import Claim
from juesuan.model.keys import Key
from juesuan.model.places import Place
from juesuan.understanding.readings import FISCAL, PERFORMANCE, Carried, as_amount, overlay, stem
from juesuan.understanding.tokens import Token, tokenize

_TOTALS = {"total_in": "income", "total_out": "expenditure"}
"""支出总额 of an item or a function is its expenditure"""
_GRADED = re.compile(r"grade|\?")
_STAGES = PERFORMANCE[1:]
_VALUE = "value"
"""what the thing spoken of just before is worth (房屋 n 平方米，价值 n 万元)"""
_NEAR_START = 8
"""how far from the start of an entry a project's name still makes it the entry's subject"""
_WHOLLY = re.compile(r"(?:全部|均|都|全)(?:为|是)$")


@dataclass(slots=True)
class Phrase:
    """A noun phrase being spoken: its dimensions, where it ends, and what its terms add."""

    dims: Dims
    end: int
    suffix: str = ""
    both: Dims | None = None
    weak: bool = False


class Speech:
    """One sentence: what is being spoken of while its tokens are walked."""

    def __init__(self, reader: Carried, start: int, text: str) -> None:
        self.reader, self.start, self.text = reader, start, text
        self.context = reader.context
        self.tokens = tokenize(text, reader.lexicon, self.context.kind)
        self.phrase: Phrase | None = None
        self.beside: list[Phrase] = []
        """the phrases that stand before this one, joined by 、 or 和"""
        self.group: list[Dims] = []
        """the subjects side by side (A、B、C), the current one last; empty where there is only one"""
        self.group_end = 0
        self.turn = -1
        self.passed = 0
        """what stands before this offset is passed over"""
        self.frame: Dims | None = None
        self.stack: list[tuple[Dims, Dims | None, Dims | None]] = []
        self.compare: tuple[str, str] | None = None
        self.span = ""
        self.before_span: tuple[Dims, Dims | None] | None = None
        self.base_phrase: Dims | None = None
        self.base_open = False
        self.none = False
        self.named = False
        """whether a subject was named since 无"""
        self.last_end = 0
        self.last_role = ""
        self.opened = False
        self.levels: list[str] = []
        self.topic = False
        """whether the sentence ends with the name of a 项, of which the next ones speak"""
        self.denied: set[Key] = set()

    def _parent(self) -> Dims:
        if self.frame is not None:
            return self.frame
        return overlay(self.context.base, self.reader.entry)

    def _term(self, token: Token) -> None:
        term: Term = token.data
        for match in re.finditer(r"\d+", token.text):
            self.reader.reading.read[self.start + token.start + match.start()] = "threshold"
        if self.base_open:
            self._base_term(term, token.text)
            return
        if self._wholly(token):
            return
        own = dict(term.dims)
        if "project" in self.reader.entry and (term.suffix or own.get("item", "").startswith("performance")):
            return
        if "project" in own and own["project"] != "all" and self.start + token.start < _NEAR_START:
            self.reader.entry = {**self.reader.entry, **own}
        if term.suffix and "fund" not in own and "fund" in self.reader.subject:
            own["fund"] = self.reader.subject["fund"]
        if own == {"fund": "fiscal"} and self.phrase and self.phrase.dims.get("fund") in FISCAL:
            return
        if term.absolute:
            own = {**dict.fromkeys(("fund", "nature", "function", "economic", "item"), "all"), **own}
        self._speak(own, token, term)

    def _wholly(self, token: Token) -> bool:
        """全部为项目支出, without a figure: what it is, no new subject."""
        follows = self.text[token.end : token.end + 1]
        return follows in ("", ",", ";", ")") and bool(_WHOLLY.search(self.text[: token.start]))

    def _speak(self, own: Dims, token: Token, term: Term | None = None) -> None:
        """Adds a term to the phrase that is being spoken; after a figure or a comma a new phrase begins."""
        spoken = self.phrase
        gap = self.text[spoken.end : token.start] if spoken else ""
        if self.beside and term is not None and term.weak and cues()["together"]["each"].search(gap):
            return
        if spoken is not None and not self.span and gap and cues()["together"]["separator"].match(gap):
            self.beside.append(spoken)
            spoken = Phrase(dict(spoken.dims), token.end)
        elif spoken is None:
            self.beside = []
        if spoken is None:
            spoken = Phrase({}, token.end, weak=True)
        spoken.dims, spoken.end = overlay(spoken.dims, own), token.end
        spoken.weak = spoken.weak and term is not None and term.weak
        if term is not None and term.both is not None:
            spoken.both = {**spoken.dims, **term.both}
        if term is not None and (term.suffix or "item" in own):
            spoken.suffix = term.suffix
        self.phrase = spoken

    def _base_term(self, term: Term, word: str) -> None:
        own = dict(term.dims)
        about = self.context.base.get("item")
        if about and "item" not in own and self.reader.subject.get("item") == about:
            self.base_phrase = overlay(self.base_phrase or {}, own)  # what the section is about is no share of itself
            return
        if self.context.kind == "three_public" and "总" in word and list(own) == ["flow"]:
            self.base_phrase = dict(self.context.base)  # 占总支出的 p% there is of “三公”经费
            return
        outside = term.absolute or term.absolute_after == "占" or "item" in own
        base = {k: v for k, v in self.context.base.items() if not outside or (k == "fund" and "item" in own)}
        if "item" in own and not own["item"].startswith("three_public"):
            base = {}
        self.base_phrase = overlay(self.base_phrase or base, own)
        if term.suffix:
            self.base_phrase["item"] = f"{stem(self.base_phrase.get('item', 'performance'))}/{term.suffix}"

    def _commit(self) -> None:
        """The phrase becomes the subject, those beside it the group."""
        spoken, beside = self.phrase, self.beside
        if spoken is None or self.span:
            self.phrase = None if self.span else spoken
            return
        self.phrase, self.beside, self.named = None, [], True
        parent = self._parent()
        before = self.reader.subject.get("item", "")
        if "?" in before:
            before = ""
        self.group = [self._subject(parent, one, before) for one in beside]
        self.reader.subject = self._subject(parent, spoken, before)
        self.reader.also = overlay(parent, spoken.both) if spoken.both else None
        if self.group:
            self.group.append(self.reader.subject)
            self.group_end, self.turn = spoken.end, -1

    def _subject(self, parent: Dims, spoken: Phrase, before: str) -> Dims:
        """What a phrase speaks of, within its parent."""
        if spoken.weak and (going := self._going_on(spoken.dims)):
            return going
        subject = self._with_flow(overlay(parent, spoken.dims), spoken.dims)
        if {"item", "function", "nature", "economic"} & set(subject):
            subject["flow"] = _TOTALS.get(subject.get("flow", "all"), subject.get("flow", "all"))
        if "item" not in spoken.dims and stem(before).startswith("performance/"):
            subject |= {"item": stem(before)} if stem(before) in _STAGES else {}
        above = "" if "item" in spoken.dims else before
        above = stem(above) if above.startswith("performance") else stem(subject.get("item", ""))
        if spoken.suffix == _VALUE and "item" not in spoken.dims:
            above = before.removesuffix(f"/{_VALUE}")
        if spoken.suffix and not _GRADED.search(subject.get("item", "")):
            subject["item"] = self._named(f"{above or 'performance'}/{spoken.suffix}")
        return subject

    def _named(self, item: str) -> str:
        """An item that a suffix made; outside the performance section only one that has a name is known."""
        return item if self.context.kind == "performance" or word("item", item) != item else "?"

    def _going_on(self, own: Dims) -> Dims | None:
        """支出 after a subject that is an expenditure goes on with it; with another flow it keeps its fund."""
        subject = as_amount(self.reader.subject)
        if not subject or not (self.opened or self.last_end or self._within_item(subject)):
            return None
        if subject.get("flow") == own.get("flow"):
            return subject
        if "fund" in subject and not {"item", "function", "economic", "project"} & set(subject):
            return {**self._parent(), "fund": subject["fund"], **own}
        return None

    def _within_item(self, subject: Dims) -> bool:
        """Whether the sentence before spoke of a part of what the section is about (公务接待费 n 万元。支出比上年 …)."""
        above = self.context.base.get("item", "")
        return above == "three_public" and subject.get("item", "").startswith(f"{above}/")

    def _with_flow(self, subject: Dims, own: Dims) -> Dims:
        """A fund that is named alone (一般公共预算财政拨款增加…) goes on with the flow spoken of before.

        An item keeps the fund that the entry named for it (一般公共预算财政拨款安排的“三公”经费, then 公务接待费).
        """
        if own.get("item", "").startswith("three_public"):
            if "fund" in own:
                self.reader.fund = own["fund"]
            elif self.reader.fund and self.frame is None:
                return {**subject, "fund": self.reader.fund}
        flow = self.reader.subject.get("flow")
        alone = "fund" in subject and not {"flow", "item", "project", "measure"} & set(subject)
        return {**subject, "flow": flow} if alone and flow else subject

    def _peek(self) -> None:
        """Inside a span of reasons only a term right before the figure is a subject."""
        if not self.span:
            self._commit()

    def _span_subject(self) -> None:
        """In a reason, a change has the subject that the reason names."""
        if not self.span:
            self._commit()
        elif self.phrase is not None:
            own = self.phrase.dims
            self.reader.subject = self._with_flow(overlay(self.context.base, own), own)
            self.reader.also, self.phrase = None, None

    def _marked(self, token: Token) -> None:
        """A name of 类, 款 or 项."""
        match = token.data
        level = match.group("level")
        rank = "类款项".index(level)
        self.levels = self.levels[:rank] if len(self.levels) >= rank else self.levels
        parent = self.levels[-1] if self.levels else ""
        name = token.text[: -len(level) - 2].rstrip('"')
        code = self.reader.resolve.function(name, level, parent)
        place = self.reader.flow.place(self.start + token.start, token.text)
        key = Key(year=self.context.year, flow="expenditure", function=code or "?")
        self._claim("name", key, token, word=level, items=(name,), place=place)
        self.levels.append(code or "?")
        if self.base_open:
            self.base_phrase = overlay(self.base_phrase or self.context.base, {"function": code or "?"})
            return
        own = {"function": code or "?"}
        if self.context.kind != "income":
            own["flow"] = "expenditure"
        self._speak(own, token)
        self.topic = level == "项" and token.end == len(self.text)
        if level == "项" and (self.frame is None or self.topic):
            self.reader.entry = {**self.reader.entry, **own}

    def _code(self, token: Token) -> None:
        self.reader.reading.read[self.start + token.start] = "科目编码"
        if "function" not in (self.phrase.dims if self.phrase else {}):
            flow = {} if self.context.kind == "income" else {"flow": "expenditure"}
            self._speak({"function": token.text, **flow}, token)

    def _dual(self, dims: Dims) -> Dims | None:
        if self.reader.also is None:
            return None
        return {**dims, **{k: v for k, v in self.reader.also.items() if k in ("flow", "fund")}}

    def _also(self) -> tuple[Key, ...]:
        dims = self._dual(self.reader.subject)
        key = self.reader.key(dims) if dims else None
        return (key,) if key else ()

    def _place(self, token: Token) -> Place:
        figure = token.kind == "figure"
        text = f"{token.data.group('sign') or ''}{token.data.group('number')}" if figure else token.text
        return self.reader.flow.place(self.start + token.start, text)

    def _claim(self, kind: str, key: Key, token: Token, place: Place | None = None, **more: object) -> None:
        if kind == "none":
            if key in self.denied:
                return
            self.denied.add(key)
        claim = Claim(
            kind,
            key,
            place or self._place(token),
            self.text[max(0, token.start - 12) : token.end],
            section=self.context.section,
            entry=self.context.entry,
            sentence=self.reader.sentence,
            **more,  # type: ignore[arg-type]
        )
        self.reader.reading.claims.append(claim)
