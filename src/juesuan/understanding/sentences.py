"""Sentences → facts and claims (句 → 指标与表述): reads the explanation clause by clause.

A figure is what the words before it say: an amount of the subject in a budget or as final, a change, a rate, a share, a
completion, a count. The subject is carried over from the sentence, from 其中, from the entry, from the section. Refuses
to guess: a figure whose subject or role is not known is unread.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Protocol

from juesuan.knowledge.phrases import Dims, Lexicon, Term, cues
from juesuan.model.amounts import MONEY_UNITS, Amount
from juesuan.model.claims import Claim, Flow
from juesuan.model.keys import Key
from juesuan.model.places import Place
from juesuan.understanding.counts import count_key
from juesuan.understanding.tokens import Token, tokenize

#: how far from the start of an entry a project's name still makes it the entry's subject
_NEAR_START = 8
#: dimensions that fall back to `all` when a term speaks of something else
_RESET = {"function": ("nature",), "item": ()}
PERCENT = frozenset({"%", "‰", "个百分点"})


@dataclass(slots=True)
class Stated:
    """A fact that a sentence states, before its number in the report is known."""

    keys: tuple[Key, ...]
    amount: Amount
    place: Place
    at: int
    kind: str = "amount"
    sentence: int = 0


@dataclass(slots=True)
class Reading:
    """What was read in one flow: facts, claims, and the offsets of the numerals that were understood."""

    facts: list[Stated] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    read: dict[int, str] = field(default_factory=dict)
    """offset of a numeral → what it is: amount, count, share, change, rate, completion, threshold, apart …"""


@dataclass(slots=True)
class Context:
    """What holds around a sentence: the account's year, the section's kind and dimensions, where it stands."""

    year: str
    kind: str
    base: Dims
    section: int
    entry: int
    numbers: dict[str, str] = field(default_factory=dict)


def _as_amount(dims: Dims) -> Dims:
    """The subject of an amount where a count or score of it was spoken of before."""
    return {**dims, "measure": "amount", "flow": "expenditure"} if dims.get("measure") in ("count", "score") else dims


def _stem(item: str) -> str:
    """The item without the noun that was counted in it."""
    return item.removesuffix("/projects").removesuffix("/funds")


def overlay(parent: Dims, own: Dims) -> Dims:
    """A subject within another: its own dimensions win."""
    result = {**parent, **own}
    if "function" in own and "nature" not in own and parent.get("economic"):
        result.pop("economic")
    if own.get("flow") in ("income", "total_in", "opening", "closing", "total_out") and "nature" not in own:
        result.pop("nature", None)
    if "nature" in own and "economic" not in own:
        result.pop("economic", None)
    return result


class NameResolver(Protocol):
    """Names → codes."""

    def function(self, name: str, level: str, parent: str) -> str | None:
        """The code of a 类, 款 or 项 by name, below `parent` ("" where not known); None where there is none."""


class Reader:
    """Reads the sentences of one entry in order; what one sentence leaves open the next may carry on."""

    def __init__(self, flow: Flow, context: Context, lexicon: Lexicon, resolve: NameResolver) -> None:
        self.flow, self.context, self.lexicon, self.resolve = flow, context, lexicon, resolve
        self.reading = Reading()
        self.entry: Dims = {}
        self.subject: Dims = {}
        self.also: Dims | None = None
        self.opening: Dims | None = None
        self.basis = ""
        self.sentence = 0

    def run(self) -> Reading:
        """Reads the whole entry."""
        start = 0
        for match in re.finditer(r"[。!?]|$", self.flow.text):
            if match.start() > start:
                _Sentence(self, start, self.flow.text[start : match.start()]).run()
                self.sentence += 1
            start = match.end()
        return self.reading

    def key(self, dims: Dims, **more: str) -> Key | None:
        """The key of a subject; None where it names nothing."""
        whole = {**dims, **more}
        whole.setdefault("year", self.context.year)
        named = whole.get("flow", "all") != "all" or whole.get("item", "all") != "all" or "project" in whole
        return Key(**whole) if named or "indicator" in whole else None


class _Sentence:
    """One sentence: walks its tokens and keeps what is being spoken of."""

    def __init__(self, reader: Reader, start: int, text: str) -> None:
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
        self.levels: list[str] = []
        self.denied: set[Key] = set()

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

    # what is spoken of -------------------------------------------------------------------------------------------

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
        before = self.reader.subject.get("item", "") if "item" not in self.phrase else ""
        self.reader.subject = self._with_flow(overlay(parent, self.phrase))
        above = _stem(before) if before.startswith("performance") else _stem(self.reader.subject.get("item", ""))
        if self.suffix and "grade" not in self.reader.subject.get("item", ""):
            self.reader.subject["item"] = f"{above}/{self.suffix}"
        self.reader.also = overlay(parent, self.both) if self.both else None
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

    # comparisons ---------------------------------------------------------------------------------------------------

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

    # spans ---------------------------------------------------------------------------------------------------------

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

    # directions ----------------------------------------------------------------------------------------------------

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

    # figures -------------------------------------------------------------------------------------------------------

    def _left(self, token: Token) -> str:
        """The words just before a figure, back to the last figure, bracket or punctuation."""
        text = self.text[self.last_end : token.start].rstrip(":")
        return re.split(r"[,;:、]|\((?!减少\)|下降\)|降低\)|少\))", text)[-1]

    def _figure(self, token: Token) -> None:
        unit = token.data.group("unit") or ""
        number = token.data.group("number")
        value = Decimal(number.replace(",", ""))
        if token.data.group("sign"):
            value = -value
        decimals = len(number.partition(".")[2])
        if not unit and (inherited := self._listed_unit(token)):
            unit = inherited
        amount = Amount(value, decimals, "万元" if unit == "万" else unit, decimals)
        role = self._role(token, amount)
        at = self.start + token.start + (1 if token.data.group("sign") else 0)
        if role:
            self.reader.reading.read[at] = role
        elif self.span:
            self.reader.reading.read[at] = "?原因或用途里提到的数字，没有对应的指标"
        self.last_end, self.last_role = token.end, role
        self.base_open = False

    def _listed_unit(self, token: Token) -> str:
        """The unit of the last figure of 4125.49,4143.91万元; of the change that follows 上年2.08."""
        match = re.match(r"[,、](?:\d[\d,]*(?:\.\d+)?)(万元|亿元|元|%)", self.text[token.end :])
        if match:
            return match.group(1)
        if self.last_role == "previous" and self.last_end == token.start:
            follows = re.search(r"(万元|亿元|元)", self.text[token.end :])
            return follows.group(1) if follows else ""
        return ""

    def _role(self, token: Token, amount: Amount) -> str:
        """Reads one figure; gives what it was read as, "" where it was not understood."""
        left = self._left(token)
        if amount.unit in PERCENT:
            return self._percent(token, amount, left)
        if amount.unit in MONEY_UNITS:
            return self._money(token, amount, left)
        if amount.unit:
            return self._count(token, amount)
        return self._bare(token, amount)

    def _bare(self, token: Token, amount: Amount) -> str:
        """A number without a unit: a vehicle count in a list, else unread."""
        self._peek()
        if self.reader.subject.get("measure") == "count" and not self.span:
            return self._count(token, amount)
        return ""

    def _peek(self) -> None:
        """Inside a span of reasons only a term right before the figure is a subject."""
        if not self.span:
            self._commit()

    def _percent(self, token: Token, amount: Amount, left: str) -> str:
        patterns = cues()
        self._peek()
        key = self.reader.key(_as_amount(self.reader.subject))
        if self.base_open and (match := patterns["percent"]["share"].search(left)):
            return self._shared(token, amount, key, match.group("base"))
        if (match := patterns["percent"]["completion"].search(left)) or self._of_budget(left):
            basis = match.group("basis") if match else None
            return self._completed(token, amount, key, basis)
        for word in ("up", "down"):
            if patterns["change"][word].search(left):
                return self._changed("rate", token, amount, key, word, left)
        if self.last_role in ("rate", "change") and self.text[self.last_end : token.start] in ("、", ","):
            return self._second(token, amount)
        return ""

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
        return self.last_role == "budget amount" and left in ("的", "")

    def _shared(self, token: Token, amount: Amount, key: Key | None, words: str) -> str:
        if self.base_phrase:
            base = self.reader.key(self.base_phrase)
        else:
            whole = self.frame or self.reader.opening or self._parent()
            base = self.reader.key(whole) if not words.rstrip("的总额比重例约为") else None
        if key is None or base is None:
            return ""
        self._claim("share", key, token, base=base, amount=amount)
        return "share"

    def _completed(self, token: Token, amount: Amount, key: Key | None, word: str | None) -> str:
        if key is None:
            return ""
        key = key._replace(basis="final")
        self._claim("completion", key, token, base=key._replace(basis=self._named_basis(word)), amount=amount)
        return "completion"

    def _changed(self, kind: str, token: Token, amount: Amount, key: Key | None, word: str, left: str) -> str:
        if key is None or (self.span and self.phrase is None and self.compare is None):
            return ""
        basis, year = self.compare or ("final", self._last_year())
        key = key._replace(basis="final")
        base = key._replace(basis=basis, year=year)
        said = re.search(r"([增加长上升提高多涨减少下降低压缩节约滑了支收额为数幅度率比例约近值差异(/)（）]+)$", left)
        self._claim(kind, key, token, base=base, amount=amount, word=said.group(1) if said else word, also=self._also())
        return kind

    def _money(self, token: Token, amount: Amount, left: str) -> str:
        patterns = cues()
        if patterns["change"]["difference"].search(left):
            self._peek()
            return self._changed("change", token, amount, self.reader.key(self.reader.subject), "difference", left)
        for word in ("up", "down"):
            if patterns["change"][word].search(left):
                self._span_subject()
                return self._changed("change", token, amount, self.reader.key(self.reader.subject), word, left)
        if self.base_open and re.search(r"^的?$", left):
            return ""
        if self.last_role == "change" and self.text[self.last_end : token.start] in ("、", ","):
            return self._second(token, amount)
        if self.last_role == "previous" and self.last_end == token.start and self.compare:
            return self._state(token, amount, basis=self.compare[0], year=self.compare[1])
        for basis in ("initial", "full_year", "budget"):
            if patterns["basis"][basis].search(left) and not self._adjacent(token, "预算"):
                self._end_span()
                self._peek()
                self.reader.basis = basis if basis != "budget" else self.reader.basis
                role = self._state(token, amount, basis=self._named_basis(None) if basis == "budget" else basis)
                return "budget amount" if role else ""
        if self.span and not patterns["basis"]["final"].search(left) and not self._adjacent(token):
            return ""
        if self.span and self._adjacent(token) and self.span == "reason":
            return ""
        if patterns["basis"]["final"].search(left) and re.search("决算|执行", left):
            self._end_span()
        elif self._stranger(token):
            return ""
        self._peek()
        return self._state(token, amount)

    def _stranger(self, token: Token) -> bool:
        """Whether the words before the figure name something that no term covers: then it is not the last subject's."""
        left = re.split(r"[,;:、]", self.text[self.last_end : token.start].rstrip(":"))[-1]
        begins = token.start - len(left)
        named = any(t.kind in ("term", "marked", "code") and begins <= t.start < token.start for t in self.tokens)
        words = re.sub(r"\([^()]*\)|\d+年?|[()]", "", left)
        return not named and len(cues()["filler"]["words"].sub("", words)) > 1

    def _adjacent(self, token: Token, word: str = "") -> bool:
        """Whether a term (with this word in it) ends right before the figure, 为 and 共 aside."""
        end = token.start - (self.text[token.start - 1] in "为共约" if token.start else 0)
        return any(t.kind == "term" and t.end == end and word in t.text for t in self.tokens)

    def _span_subject(self) -> None:
        """In a reason, a change has the subject that the reason names."""
        if not self.span:
            self._commit()
        elif self.phrase is not None:
            self.reader.subject = self._with_flow(overlay(self.context.base, self.phrase))
            self.phrase = None

    def _with_flow(self, subject: Dims) -> Dims:
        """A fund that is named alone (一般公共预算财政拨款增加…) goes on with the flow spoken of before."""
        flow = self.reader.subject.get("flow")
        alone = "fund" in subject and not {"flow", "item", "project", "measure"} & set(subject)
        return {**subject, "flow": flow} if alone and flow else subject

    def _state(self, token: Token, amount: Amount, basis: str = "", year: str = "") -> str:
        """An amount of the subject."""
        dims = _as_amount(self.reader.subject)
        if basis:
            dims["basis"] = basis
        if year:
            dims["year"] = year
        keys = [key for d in (dims, self._dual(dims)) if d is not None and (key := self.reader.key(d))]
        keys = [key for key in keys if key.known]
        if self.pending_dual(keys, token):
            keys = keys[1:] if self.last_role == "dual" else keys[:1]
        if not keys:
            return ""
        self._fact(token, amount, tuple(keys), "amount")
        self._open(self.reader.subject)
        return "dual" if self.pending_dual(keys, token) else "amount"

    def pending_dual(self, keys: list[Key], token: Token) -> bool:
        """收、支总计各是 A,B万元: the first figure is of the first key, the second of the second."""
        return bool(re.match(r"[,、]\d", self.text[token.end :])) or self.last_role == "dual"

    def _dual(self, dims: Dims) -> Dims | None:
        if self.reader.also is None:
            return None
        return {**dims, **{k: v for k, v in self.reader.also.items() if k in ("flow", "fund")}}

    def _also(self) -> tuple[Key, ...]:
        dims = self._dual(self.reader.subject)
        key = self.reader.key(dims) if dims else None
        return (key,) if key else ()

    def _open(self, subject: Dims) -> None:
        """The first amount of a sentence is the total that later shares are of."""
        if not self.opened and self.frame is None:
            self.reader.opening = subject
        self.opened = True

    def _count(self, token: Token, amount: Amount) -> str:
        if amount.unit == "分":
            return self._score(token, amount)
        if self.span == "purpose" and self._adjacent(token):
            self._end_span()
        self._peek()
        if self.span:
            return ""
        key = self._counted_after(token) or count_key(
            self.reader.subject, amount.unit, self._left(token), self.reader.key
        )
        if key is None:
            return ""
        self._fact(token, amount, (key,), "count")
        items = re.match(r"[,,]?(?:分别)?(?:包括|分别为|分别是|为|有)?:?([^。;:]*、[^。;:]*)", self.text[token.end :])
        if (
            key.item.startswith("organisation")
            and items
            and re.match(r"[,]?(?:分别)?(?:包括|分别|为|是|有)", self.text[token.end :])
        ):
            names = tuple(i for i in items.group(1).split("、") if i)
            self._claim("list_count", key, token, amount=amount, items=names)
        return "count"

    def _counted_after(self, token: Token) -> Key | None:
        """2个项目: the noun stands behind the number."""
        noun = next((t for t in self.tokens if t.kind == "term" and t.start == token.end), None)
        if noun is None or noun.data.dims.get("measure") != "count" or token.text.endswith("次"):
            return None
        parent = {k: v for k, v in self.context.base.items() if k != "flow"}
        dims = overlay(parent, noun.data.dims)
        if noun.data.suffix:
            above = self.reader.subject.get("item", parent.get("item", ""))
            above = above if above.startswith("performance") else parent.get("item", "")
            dims["item"] = f"{_stem(above)}/{noun.data.suffix}"
        return self.reader.key(dims)

    def _score(self, token: Token, amount: Amount) -> str:
        self._commit()
        dims = {**self.reader.subject, "measure": "score", "flow": "all"}
        if dims.get("item") in (None, "performance") and "project" not in dims:
            return ""
        if "project" in dims:
            dims.pop("item", None)
        dims.pop("basis", None)
        key = self.reader.key(dims)
        if key is None:
            return ""
        self._fact(token, amount, (key,), "score")
        return "score"

    # results -------------------------------------------------------------------------------------------------------

    def _place(self, token: Token) -> Place:
        text = token.data.group("number") if token.kind == "figure" else token.text
        at = token.start + (1 if token.kind == "figure" and token.data.group("sign") else 0)
        return self.reader.flow.place(self.start + at, text)

    def _fact(self, token: Token, amount: Amount, keys: tuple[Key, ...], kind: str) -> None:
        at = self.start + token.start
        self.reader.reading.facts.append(Stated(keys, amount, self._place(token), at, kind, self.reader.sentence))

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


def rules(flow: Flow, year: str) -> Iterator[tuple[int, Key, Amount]]:
    """Figures of a form's footnote (权重规则): (offset, key, amount)."""
    for rule in cues()["rule"]:
        for match in rule["pattern"].finditer(flow.text):
            indicator = rule.get("indicator") or match.group("indicator")
            key = Key(year=year, indicator=indicator, measure=rule["measure"])
            number = match.group("figure")
            yield match.start("figure"), key, Amount(Decimal(number), 0, "%", 0)
