"""Quantities (数量): what a figure in a sentence is, by the words before it.

An amount in a budget or as final, a change, a rate, a share, a completion, a count, a score. Refuses to guess: a figure
whose role or subject is not known stays unread.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from juesuan.knowledge.phrases import Dims, cues
from juesuan.model.amounts import MONEY_UNITS, Amount
from juesuan.model.keys import Key
from juesuan.understanding.counts import count_key
from juesuan.understanding.readings import Stated, as_amount, overlay, stem
from juesuan.understanding.subjects import Speech
from juesuan.understanding.tokens import Token

PERCENT = frozenset({"%", "‰", "个百分点"})


class Quantities(Speech):
    """One sentence, with the reading of its figures."""

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

    def _percent(self, token: Token, amount: Amount, left: str) -> str:
        patterns = cues()
        self._peek()
        key = self.reader.key(as_amount(self.reader.subject))
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
            whole = self._whole()
            base = self.reader.key(whole) if not words.rstrip("的总额比重例约为") else None
        if key is None or base is None:
            return ""
        self._claim("share", key, token, base=base, amount=amount)
        return "share"

    def _whole(self) -> Dims:
        """The total that shares without a base are of: the frame, the sentence's opening, else that of the one before."""
        if self.frame is not None:
            return self.frame
        if self.whole is None:
            opening = self.reader.opening if self.opened else None
            itself = opening is None or opening == self.reader.subject
            self.whole = (self.before if itself else opening) or self._parent()
        return self.whole

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
        """An amount of money: a change, last year's figure, a budget, or what the subject is worth."""
        role = self._money_change(token, amount, left)
        if role is not None:
            return role
        if self.base_open and re.search(r"^的?$", left):
            return ""
        if self.last_role == "previous" and self.last_end == token.start and self.compare:
            return self._state(token, amount, basis=self.compare[0], year=self.compare[1])
        role = self._money_budget(token, amount, left)
        if role is not None:
            return role
        if not left and not self.span and (ahead := self._ahead(token)) is not None:
            self.phrase = ahead
            self._commit()
            return self._state(token, amount)
        final = cues()["basis"]["final"].search(left)
        if self.span and (self.span == "reason" if self._adjacent(token) else not final):
            return ""
        if final and re.search("决算|执行", left):
            self._end_span()
        elif self._stranger(token):
            return ""
        self._peek()
        return self._state(token, amount)

    def _money_change(self, token: Token, amount: Amount, left: str) -> str | None:
        """增加 n 万元, 差值为 n 万元, the second of two changes; None where it is no change."""
        patterns = cues()["change"]
        if patterns["difference"].search(left):
            self._peek()
            return self._changed("change", token, amount, self.reader.key(self.reader.subject), "difference", left)
        for word in ("up", "down"):
            if patterns[word].search(left):
                self._span_subject()
                return self._changed("change", token, amount, self.reader.key(self.reader.subject), word, left)
        if self.last_role == "change" and self.text[self.last_end : token.start] in ("、", ","):
            return self._second(token, amount)
        return None

    def _money_budget(self, token: Token, amount: Amount, left: str) -> str | None:
        """年初预算为 n 万元; None where the words name no budget."""
        patterns = cues()["basis"]
        for basis in ("initial", "full_year", "budget"):
            if patterns[basis].search(left) and not self._adjacent(token, "预算"):
                self._end_span()
                self._peek()
                self.reader.basis = basis if basis != "budget" else self.reader.basis
                role = self._state(token, amount, basis=self._named_basis(None) if basis == "budget" else basis)
                return "budget amount" if role else ""
        return None

    def _ahead(self, token: Token) -> Dims | None:
        """677.92 万元一般公共预算财政拨款支出…: the noun stands behind the amount."""
        if token.start and self.text[token.start - 1] not in ",;:。":
            return None
        end, phrase = token.end, None
        for other in self.tokens:
            if other.kind == "term" and other.start == end:
                phrase, end = overlay(phrase or {}, other.data.dims), other.end
        return phrase

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

    def _state(self, token: Token, amount: Amount, basis: str = "", year: str = "") -> str:
        """An amount of the subject."""
        dims = dict(as_amount(self.reader.subject))
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
        if noun is None or noun.data.dims.get("measure") != "count" or token.text[-1:] in "次0123456789":
            return None
        parent = {k: v for k, v in self.context.base.items() if k != "flow"}
        dims = overlay(parent, noun.data.dims)
        if noun.data.suffix:
            above = self.reader.subject.get("item", parent.get("item", ""))
            above = above if above.startswith("performance") else parent.get("item", "")
            dims["item"] = f"{stem(above)}/{noun.data.suffix}"
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

    def _fact(self, token: Token, amount: Amount, keys: tuple[Key, ...], kind: str) -> None:
        at = self.start + token.start
        self.reader.reading.facts.append(Stated(keys, amount, self._place(token), at, kind, self.reader.sentence))
