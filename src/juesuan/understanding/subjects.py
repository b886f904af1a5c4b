"""Subjects (主语): what a sentence speaks of, token by token.

Terms add up to a phrase, a phrase becomes the subject at a comma or a figure; 其中 and brackets make it the frame of
what follows; a reason or a purpose names things that are no subjects. Refuses to read figures.
"""

from __future__ import annotations

import re

from juesuan.knowledge.phrases import Dims, Term
from juesuan.model.claims import Claim
from juesuan.model.keys import Key
from juesuan.model.places import Place
from juesuan.understanding.readings import Carried, overlay, stem
from juesuan.understanding.tokens import Token, tokenize

_NEAR_START = 8
"""how far from the start of an entry a project's name still makes it the entry's subject"""


class Speech:
    """One sentence: what is being spoken of while its tokens are walked."""

    def __init__(self, reader: Carried, start: int, text: str) -> None:
        self.reader, self.start, self.text = reader, start, text
        self.context = reader.context
        self.tokens = tokenize(text, reader.lexicon, self.context.kind)
        self.phrase: Dims | None = None
        self.suffix = ""
        self.both: Dims | None = None
        self.frame: Dims | None = None
        self.stack: list[tuple[Dims, Dims | None]] = []
        self.compare: tuple[str, str] | None = None
        self.span = ""
        self.base_phrase: Dims | None = None
        self.base_open = False
        self.none = False
        self.last_end = 0
        self.last_role = ""
        self.opened = False
        self.whole: Dims | None = None
        self.before: Dims | None = reader.opening
        self.levels: list[str] = []
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
            self._base_term(term, token)
            return
        if self.none and self.phrase and "flow" in self.phrase and "flow" in term.dims:
            self._emit_none()
        own = dict(term.dims)
        if "project" in self.reader.entry and (term.suffix or own.get("item", "").startswith("performance")):
            return
        if "project" in own and own["project"] != "all" and self.start + token.start < _NEAR_START:
            self.reader.entry = {**self.reader.entry, **own}
        if term.suffix and "fund" not in own and "fund" in self.reader.subject:
            own["fund"] = self.reader.subject["fund"]
        if term.absolute:
            own = {**dict.fromkeys(("fund", "nature", "function", "economic", "item"), "all"), **own}
        self._speak(own, token)
        if term.both is not None:
            self.both = {**(self.phrase or {}), **term.both}
        if term.suffix:
            self.suffix = term.suffix

    def _speak(self, own: Dims, token: Token) -> None:
        """Adds a term to the phrase that is being spoken; after a figure or a comma a new phrase begins."""
        if self.phrase is None:
            self.both = None
            self.suffix = ""
        self.phrase = overlay(self.phrase or {}, own)

    def _base_term(self, term: Term, token: Token) -> None:
        own = dict(term.dims)
        outside = term.absolute or term.absolute_after == "占" or "item" in own
        base = {k: v for k, v in self.context.base.items() if not outside or (k == "fund" and "item" in own)}
        if "item" in own and not own["item"].startswith("three_public"):
            base = {}
        self.base_phrase = overlay(self.base_phrase or base, own)

    def _commit(self) -> None:
        """The phrase becomes the subject."""
        if self.phrase is None or self.span:
            self.phrase = None if self.span else self.phrase
            return
        parent = self._parent()
        if self.phrase == {"flow": "expenditure"} and self._particular():
            parent = self.reader.subject  # 支出 alone goes on with the item, function or project spoken of
        before = self.reader.subject.get("item", "") if "item" not in self.phrase else ""
        self.reader.subject = self._with_flow(overlay(parent, self.phrase))
        above = stem(before) if before.startswith("performance") else stem(self.reader.subject.get("item", ""))
        if self.suffix and "grade" not in self.reader.subject.get("item", ""):
            self.reader.subject["item"] = f"{above}/{self.suffix}"
        self.reader.also = overlay(parent, self.both) if self.both else None
        self.phrase = None

    def _particular(self) -> bool:
        """Whether the subject is one item, function or project."""
        return any(self.reader.subject.get(name, "all") != "all" for name in ("item", "function", "project"))

    def _with_flow(self, subject: Dims) -> Dims:
        """A fund that is named alone (一般公共预算财政拨款增加…) goes on with the flow spoken of before."""
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
            self.reader.subject = self._with_flow(overlay(self.context.base, self.phrase))
            self.phrase = None

    def _marked(self, token: Token) -> None:
        """A name of 类, 款 or 项."""
        match = token.data
        level = match.group("level")
        rank = "类款项".index(level)
        self.levels = self.levels[:rank] if len(self.levels) >= rank else self.levels
        parent = self.levels[-1] if self.levels else ""
        name = match.group("name")
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
        if level == "项" and self.frame is None:
            self.reader.entry = {**self.reader.entry, **own}

    def _code(self, token: Token) -> None:
        self.reader.reading.read[self.start + token.start] = "科目编码"
        if "function" not in (self.phrase or {}):
            self._speak({"function": token.text}, token)

    def _among(self, token: Token) -> None:
        self._commit()
        self._end_span()
        if self.reader.subject:
            self.frame = self.reader.subject

    def _mark(self, token: Token) -> None:
        if token.text == "(":
            self._commit()
            self.stack.append((self.reader.subject, self.frame))
        elif token.text == ")":
            self._commit()
            if self.stack:
                self.reader.subject, self.frame = self.stack.pop()
        elif token.text in ",;:":
            if token.text == ";":
                self._end_span()
                self._settle_none()
            self._commit()
            if token.text == ",":
                self._settle_none()
            self.base_open = False

    def _previous(self, token: Token) -> None:
        self._commit()
        groups = token.data.groupdict()
        year = groups.get("year") or groups.get("year2") or self._last_year()
        self.compare = ("budget" if token.kind == "previous_budget" else "final", year)
        self.last_end = max(self.last_end, token.end)
        self.last_role = "previous"

    def _last_year(self) -> str:
        return str(int(self.context.year) - 1) if self.context.year.isdigit() else "?"

    def _budget(self, token: Token) -> None:
        self._commit()
        self.compare = (self._named_basis(token.data.group("basis")), self.context.year)

    def _named_basis(self, word: str | None) -> str:
        named = {"年初": "initial", "全年": "full_year", "调整": "full_year", "调整后": "full_year"}.get(word or "")
        return named or self.reader.basis or "budget"

    def _share(self, token: Token) -> None:
        self._commit()
        self.base_open, self.base_phrase = True, None

    def _reason(self, token: Token) -> None:
        self._commit()
        self.span = "reason"
        key = self.reader.key(self.reader.subject)
        if key is not None:
            self._claim("reason", key, token, word=self._rest(token))

    def _purpose(self, token: Token) -> None:
        self._commit()
        rest = self._rest(token)
        key = self.reader.key(self.reader.subject)
        if key is not None:
            items = tuple(i for i in re.split(r"[、和及]|以及", rest.lstrip(":")) if i)
            kind = "list" if self.context.kind == "basic" else "purpose"
            if kind == "list":
                items = tuple(i for i in re.split("、", rest.lstrip(":").rstrip("等")) if i)
            self._claim(kind, key, token, word=rest, items=items)
        if self.context.kind != "basic" and not rest.lstrip(":").startswith("以下"):
            self.span = "purpose"

    def _rest(self, token: Token) -> str:
        """What follows to the end of the clause: ; or the end of the sentence."""
        return re.split(r";|,(?=年初预算|全年预算|支出决算|决算|占)", self.text[token.end :])[0]

    def _end_span(self) -> None:
        self.span = ""
        self.phrase = None if self.phrase is None else self.phrase

    def _none(self, token: Token) -> None:
        if not self.span:
            self._commit()
            self.none = True

    def _emit_none(self) -> None:
        subject = overlay(self._parent(), self.phrase or {})
        key = self.reader.key(subject)
        if key is not None:
            self._claim("none", key, Token("none", 0, len(self.text), self.text))

    def _settle_none(self) -> None:
        if self.none:
            if self.phrase is None and self.reader.subject:
                key = self.reader.key(self.reader.subject)
                if key is not None:
                    self._claim("none", key, Token("none", 0, len(self.text), self.text))
            self.none = False

    def _dual(self, dims: Dims) -> Dims | None:
        if self.reader.also is None:
            return None
        return {**dims, **{k: v for k, v in self.reader.also.items() if k in ("flow", "fund")}}

    def _also(self) -> tuple[Key, ...]:
        dims = self._dual(self.reader.subject)
        key = self.reader.key(dims) if dims else None
        return (key,) if key else ()

    def _place(self, token: Token) -> Place:
        text = token.data.group("number") if token.kind == "figure" else token.text
        at = token.start + (1 if token.kind == "figure" and token.data.group("sign") else 0)
        return self.reader.flow.place(self.start + at, text)

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
