"""Comparing (比对): what was read of a PDF against what its blocks say as text.

Facts are (key, value); a key that the text does not have is wrong, one that only the text has was not read.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from juesuan.checking.runner import run
from juesuan.documents.pdf import read_pdf
from juesuan.documents.text import read_text
from juesuan.documents.writing_text import write_text
from juesuan.model.documents import Block
from juesuan.model.findings import Severity
from juesuan.model.reports import Report
from juesuan.understanding import interpret

Stated = Counter[tuple[str, str]]
#: the beginning of the reason for which a figure in a sentence is not read
SENTENCE = "这句话"
#: keys of self-evaluation forms
FORMS = re.compile(r"project=|measure=(?:target|actual|weight|score)")


def stated(report: Report, blank: bool = False) -> Stated:
    """The figures that a report states, by key; with `blank` the blank cells instead."""
    return Counter((str(key), str(f.amount.value)) for f in report.facts if f.blank is blank for key in f.keys)


def claimed(report: Report) -> Counter[tuple[str, ...]]:
    return Counter((c.kind, str(c.key), str(c.base), str(c.amount), c.word) for c in report.claims)


def findings(report: Report) -> Counter[tuple[str, ...]]:
    """The findings that matter, without their places."""
    found = run(report).findings
    serious = (Severity.ERROR, Severity.WARNING, Severity.QUERY)
    return Counter((f.check, f.printed, f.expected) for f in found if f.severity in serious)


@dataclass
class Compared:
    """One PDF against its text."""

    text: Report
    pdf: Report

    @cached_property
    def stated(self) -> Stated:
        return stated(self.text)

    @cached_property
    def figures(self) -> int:
        return self.stated.total()

    @cached_property
    def read(self) -> float:
        """The share of the figures that is read."""
        return 1 - self.missed.total() / self.figures

    @cached_property
    def read_without_forms(self) -> float:
        """The same without targets, weights and scores of self-evaluation forms, and money of projects."""
        missed, every = (
            sum(n for (key, _), n in f.items() if not FORMS.search(key)) for f in (self.missed, self.stated)
        )
        return 1 - missed / every

    @cached_property
    def in_tables(self) -> float:
        """The share of the figures printed in tables that is read."""
        text, pdf = (
            Counter(
                (str(key), str(f.amount.value)) for f in report.facts if f.table >= 0 and not f.blank for key in f.keys
            )
            for report in (self.text, self.pdf)
        )
        return 1 - (text - pdf).total() / text.total()

    @cached_property
    def in_sentences(self) -> float:
        """The share of the figures printed in sentences that is understood."""
        printed = self.text.figures - sum(1 for f in self.text.facts if f.table >= 0 and not f.blank)
        unread = sum(1 for one in self.pdf.unread if one.place.table is None and one.reason.startswith(SENTENCE))
        return 1 - unread / printed

    @cached_property
    def wrong(self) -> Stated:
        return stated(self.pdf) - stated(self.text)

    @cached_property
    def missed(self) -> Stated:
        return stated(self.text) - stated(self.pdf)

    @cached_property
    def wrong_blanks(self) -> Stated:
        return stated(self.pdf, blank=True) - stated(self.text, blank=True)

    @cached_property
    def missed_blanks(self) -> Stated:
        return stated(self.text, blank=True) - stated(self.pdf, blank=True)

    @cached_property
    def claims(self) -> tuple[int, int]:
        """(wrong, missed)"""
        ours, theirs = claimed(self.pdf), claimed(self.text)
        return (ours - theirs).total(), (theirs - ours).total()

    @cached_property
    def findings(self) -> tuple[Counter[tuple[str, ...]], Counter[tuple[str, ...]]]:
        """(too many, too few)"""
        ours, theirs = findings(self.pdf), findings(self.text)
        return ours - theirs, theirs - ours


def compared(blocks: Sequence[Block], pdf: bytes) -> Compared:
    """Reads both."""
    text = interpret(read_text(write_text(blocks).encode(), "a.txt"))
    return Compared(text, interpret(read_pdf(pdf, "a.pdf")))
