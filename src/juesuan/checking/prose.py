"""Prose (正文): the sentences of an account, with what stands before them and where a match was printed.

Titles are passages like paragraphs. Refuses to take cover lines, contents, tables and their heads for sentences: what a
passage is part of is told by `kind`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from juesuan.checking.passages import printed
from juesuan.knowledge.phrases import compact, compact_char, section_kind
from juesuan.knowledge.places import title_form
from juesuan.model.claims import Flow, Section
from juesuan.model.places import Place
from juesuan.model.reports import Report

#: kinds of sections that state figures of the account
EXPLAINED = frozenset(
    (
        *("totals", "income", "expenditure", "fiscal", "general_public", "basic", "three_public", "funds"),
        *("state_capital", "running_costs", "procurement", "assets", "performance", "balances", "other", "units"),
    )
)
#: kinds of sections in which no figure of the account is stated
BACKGROUND = frozenset(("duties", "glossary", "overview", "attachments"))
_STOP = re.compile(r"[。!?]")
_CLAUSE_END = re.compile("[。;:!?,]")
_ORDINAL = re.compile(
    r"(?:[-*#•]*(?:\([一二三四五六七八九十\d]{1,3}\)|[一二三四五六七八九十]{1,3}、|\d{1,2}[.、)](?!\d)))+"
)
_MARK_OF_TABLE = re.compile(r"公开?(?:表)?\d+表?|金额单位:|^(?:\(?20\d\d年度?\)?)?单位:")
_REASON = re.compile(r"原因|由于|主要是|主要系|主要为|因(?!公)|用于|包括")


@dataclass(frozen=True)
class Passage:
    """A paragraph, numbered item or title of one section. `table`: it stands under the title of a table."""

    section: Section
    number: int
    flow: Flow
    title: bool = False
    table: bool = False

    @property
    def text(self) -> str:
        return self.flow.text

    @cached_property
    def kind(self) -> str:
        """The kind of its section, `table` for what stands around a table, `cover` for what precedes all headings."""
        if self.table:
            return "table"
        if (
            self.section.path[:-1]
            and (part := section_kind(self.section.path[0]))
            and part.kind in BACKGROUND - {"overview"}
        ):
            return part.kind
        return self.section.kind or ("cover" if not self.section.title and not self.section.level else "")

    @property
    def explains(self) -> bool:
        """Whether figures of the account may be stated here (a section whose title is not known may state them)."""
        return self.kind not in BACKGROUND and self.kind != "table"

    def place(self, start: int, end: int) -> Place:
        """The place of a match, with what was printed there."""
        return self.flow.place(start, self.printed(start, end))

    def printed(self, start: int, end: int) -> str:
        """What was printed at a match, in its own characters."""
        return printed(self.flow, start, end)

    def char(self, at: int) -> str:
        """The character as printed."""
        raw = self.flow.line(at).quote
        offset = self.flow.offset(at)
        return raw[offset] if offset < len(raw) and compact_char(raw[offset]) == self.text[at] else self.text[at]

    def line_start(self, at: int) -> bool:
        """Whether a printed line begins at this character."""
        return at in self._starts

    @cached_property
    def _starts(self) -> frozenset[int]:
        return frozenset(self.flow.starts)

    def alone(self, at: int) -> bool:
        """Whether the character is all that was printed on its line (a remnant of extraction)."""
        line = self.flow.line(at)
        return len(compact(line.quote)) == 1

    @cached_property
    def clauses(self) -> tuple[int, ...]:
        """Where clauses begin: after punctuation and ordinals, and at the lines of the cover."""
        found = {0, *(match.end() for match in _CLAUSE_END.finditer(self.text))}
        if self.kind == "cover":
            found |= self._starts
        found |= {match.end() for at in found if (match := _ORDINAL.match(self.text, at))}
        return tuple(sorted(found))

    def clause(self, at: int) -> int:
        """Where the clause begins that this character is in."""
        return self.clauses[bisect_right(self.clauses, at) - 1]

    def _sentence(self, at: int) -> int:
        """Where the sentence begins that this character is in."""
        return max(self.text.rfind("。", 0, at), self.text.rfind("!", 0, at), self.text.rfind("?", 0, at)) + 1

    def sentence(self, at: int) -> str:
        """The sentence that this character is in."""
        end = _STOP.search(self.text, at)
        return self.text[self._sentence(at) : end.start() if end else len(self.text)]

    def reason(self, at: int) -> bool:
        """Whether a reason or purpose is being given here: its words stand before, in the same sentence."""
        return _REASON.search(self.text, self._sentence(at), at) is not None


def passages(report: Report) -> tuple[Passage, ...]:
    """All passages outside the contents, in order: each title, then its paragraphs; made once for all checks."""
    view = report.views.get("passages")
    if not isinstance(view, tuple):
        view = report.views["passages"] = tuple(_passages(report))
    return view


def _passages(report: Report) -> Iterator[Passage]:
    for number, section in enumerate(report.sections):
        if section.listed:
            continue
        table = is_table(section)
        if section.title:
            yield Passage(section, number, line_flow(section.title, section.place), True, table)
        for flow in section.entries:
            if flow.text:
                yield Passage(section, number, flow, False, table or bool(_MARK_OF_TABLE.search(flow.text[:60])))


def is_table(section: Section) -> bool:
    """Whether the section is a table with its notes."""
    word = compact(section.title)
    return title_form(section.title) is not None or (word.endswith("表") and len(section.path) == 0)


def line_flow(text: str, place: Place) -> Flow:
    """One printed line as running text."""
    kept = [(offset, char) for offset, raw in enumerate(text) if (char := compact_char(raw))]
    return Flow("".join(char for _, char in kept), [0], [place], [offset for offset, _ in kept])
