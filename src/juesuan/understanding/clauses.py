"""Clauses (分句): what marks, brackets, 其中, reasons and purposes do to the subject of a sentence.

其中 and a bracket make the subject the frame of what follows; a reason or a purpose names things that are no subjects;
无 A 和 B says that there is nothing of either. Refuses to read figures.
"""

from __future__ import annotations

import re

from juesuan.understanding.subjects import Speech
from juesuan.understanding.tokens import Token

_CODED = re.compile(r"\((2\d{2}(?:\d{2}){1,2})\)")


class Clauses(Speech):
    """One sentence, clause by clause."""

    def _among(self, token: Token) -> None:
        self._commit()
        self._end_span()
        if self.reader.subject:
            self.frame = self.reader.subject

    def _ordinal(self, token: Token) -> None:
        if self.span == "purpose":
            self._end_span()
        for match in re.finditer(r"\d+", token.text):
            self.reader.reading.read[self.start + token.start + match.start()] = "序号"

    def _mark(self, token: Token) -> None:
        if token.text == "(":
            if self._aside(token) or self._coded(token):
                return
            self._commit()
            self.stack.append((self.reader.subject, self.frame, self.reader.also))
        elif token.text == ")":
            self._commit()
            if self.stack:
                self.reader.subject, self.frame, self.reader.also = self.stack.pop()
        elif token.text in ",;:":
            if token.text == ";":
                self._end_span()
                self._settle_none()
            self._commit()
            if token.text == ",":
                self._settle_none()
            self.base_open = False

    def _aside(self, token: Token) -> bool:
        """Whether the bracket only explains the word before it (含结转和结余, 不含车辆): it is passed over."""
        close = self.text.find(")", token.end)
        inside = [t for t in self.tokens if token.end <= t.start < close]
        if close < 0 or self.phrase is None or any(t.kind not in ("term", "date", "threshold") for t in inside):
            return False
        self.passed = close + 1
        self.phrase.end = close + 1
        return True

    def _coded(self, token: Token) -> bool:
        """行政运行(2010301): the code says which row is meant."""
        code = _CODED.match(self.text, token.start)
        if code is None:
            return False
        self._code(Token("code", code.start(1), code.end(1), code.group(1)))
        self.passed = code.end()
        if self.phrase is not None:
            self.phrase.end = code.end()
        return True

    def _share(self, token: Token) -> None:
        if self.base_open and self.base_phrase is not None:
            return
        self._commit()
        self.base_open, self.base_phrase = True, None

    def _within(self, token: Token) -> None:
        """在本年支出中占: what stands between is the base."""
        self._commit()
        self.base_open, self.base_phrase = True, None

    def _reason(self, token: Token) -> None:
        self._commit()
        self.before_span = self.before_span or (self.reader.subject, self.reader.also)
        self.span = "reason"
        key = self.reader.key(self.reader.subject)
        if key is not None:
            self._claim("reason", key, token, word=self._rest(token))

    def _purpose(self, token: Token) -> None:
        self._commit()
        if self._composed(token):
            self._among(token)
            return
        rest = self._rest(token)
        key = self.reader.key(self.reader.subject)
        if key is not None:
            items = tuple(i for i in re.split(r"[、和及]|以及", rest.lstrip(":")) if i)
            kind = "list" if self.context.kind == "basic" else "purpose"
            if kind == "list":
                items = tuple(i for i in re.split("、", rest.lstrip(":").rstrip("等")) if i)
            self._claim(kind, key, token, word=rest, items=items)
        if self.context.kind != "basic" and not rest.lstrip(":").startswith("以下"):
            self.before_span = self.before_span or (self.reader.subject, self.reader.also)
            self.span = "purpose"

    def _composed(self, token: Token) -> bool:
        """Whether parts with their figures follow (包括：本年收入 n 万元 …), no list of purposes."""
        until = re.search(r"[,;]|$", self.text[token.end :])
        end = token.end + (until.start() if until else 0)
        inside = [t for t in self.tokens if token.end <= t.start < end]
        figure = next((i for i, t in enumerate(inside) if t.kind == "figure"), None)
        if figure is None or not figure:
            return False
        noun = inside[figure - 1]
        return noun.kind in ("term", "marked") and inside[figure].start - noun.end <= 1

    def _rest(self, token: Token) -> str:
        """What follows to the end of the clause: ; or the end of the sentence."""
        return re.split(r";|,(?=年初预算|全年预算|支出决算|决算|占)", self.text[token.end :])[0]

    def _end_span(self) -> None:
        """After a reason or purpose the subject is again what it was before."""
        if self.span and self.before_span is not None:
            self.reader.subject, self.reader.also = self.before_span
        self.span, self.before_span = "", None

    def _none(self, token: Token) -> None:
        if not self.span:
            self._commit()
            self._settle_none()
            self.none, self.named = True, self.text[: token.start].endswith(":")

    def _settle_none(self) -> None:
        """无 A 和 B: nothing of each."""
        if not self.none:
            return
        self.none = False
        self._commit()
        if not self.named:
            return
        for subject in self.group or [self.reader.subject]:
            key = self.reader.key(subject)
            if key is not None:
                also = self._also() if not self.group else ()
                self._claim("none", key, Token("none", 0, len(self.text), self.text), also=also)
