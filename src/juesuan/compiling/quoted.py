"""Quotation marks (引号) of an account's own words: where a text has one too many, each keeps the side that was printed.

Readings have one kind of quotation mark, and pairs are told by their order; that fails where one is missing. Refuses to
add or to drop a mark.
"""

from __future__ import annotations

from dataclasses import replace

from juesuan.knowledge.phrases import compact, compact_char
from juesuan.model.claims import Claim
from juesuan.model.documents import Paragraph
from juesuan.model.reports import Report

_MARK = '"'


def with_sides(report: Report) -> list[Claim]:
    """The account's claims; words with an odd number of quotation marks have them as printed: “ and ”."""
    if not any(claim.word.count(_MARK) % 2 for claim in report.claims):
        return report.claims
    printed = "".join(block.text for block in report.document.blocks if isinstance(block, Paragraph))
    printed = "".join(char for char in printed if compact_char(char))
    read = compact(printed)
    return [_sided(claim, printed, read) for claim in report.claims]


def _sided(claim: Claim, printed: str, read: str) -> Claim:
    word = claim.word.replace("|", "")
    if word.count(_MARK) % 2 == 0 or len(printed) != len(read):
        return claim
    at = read.find(word)
    if at < 0:
        return claim
    marks = iter(printed[at + n] for n, char in enumerate(word) if char == _MARK)
    return replace(claim, word="".join(next(marks) if char == _MARK else char for char in claim.word))
