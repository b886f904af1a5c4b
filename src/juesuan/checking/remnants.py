"""Remnants (残留): instructions and placeholders of the form, and doubled words, in running text.

Line breaks do not count. Refuses what stands in places that are told already, two-character words that may follow
themselves, and a heading that the paragraph below begins with again.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from functools import lru_cache

from juesuan.checking.prose import Passage, passages
from juesuan.knowledge.structure import pattern
from juesuan.knowledge.wording import wording
from juesuan.model.places import Place
from juesuan.model.reports import Report

Found = tuple[Passage, re.Match[str]]
_TWICE = re.compile(r"(?=(?P<word>[\u4e00-\u9fff]{3,20})(?P=word))")
_SHORT_LINE = 3, 5
"""a line shorter than three fifths of the longest was not broken because it was full"""
_SURE = 4
_HALF_WIDTH = str.maketrans("Ｘｘ﹡", "Xx*")


def instructions(report: Report, told: Container[Place]) -> list[Found]:
    """Instructions of the form in sentences and titles."""
    wanted = re.compile(f"{wording('leftover', 'instructions').pattern}|{pattern('leftover', 'instructions').pattern}")
    return list(_matches(report, wanted, told))


def placeholders(report: Report, told: Container[Place]) -> tuple[list[Found], list[Found]]:
    """Placeholders in sentences and titles: those beyond doubt, and those that may be meant."""
    certain = re.compile(f"{wording('leftover', 'placeholders').pattern}|{pattern('placeholder', 'certain').pattern}")
    sure = list(_matches(report, certain, told))
    lines = {passage.flow.line(match.start()) for passage, match in sure}
    doubtful = _matches(report, pattern("placeholder", "doubtful"), told)
    return sure, [(p, m) for p, m in doubtful if p.flow.line(m.start()) not in lines]


def _matches(report: Report, wanted: re.Pattern[str], told: Container[Place]) -> Iterator[Found]:
    for passage in passages(report):
        for match in wanted.finditer(_half_width(passage.text)):
            if passage.flow.line(match.start()) not in told:
                yield passage, match


@lru_cache(maxsize=1 << 11)
def _half_width(text: str) -> str:
    return text.translate(_HALF_WIDTH)


def doubled_words(report: Report) -> Iterator[tuple[Passage, int, str, bool]]:
    """(passage, where, word, sure) of words that stand twice in a row in sentences."""
    short = re.compile("|".join(f"(?={word * 2})(?P<{chr(97 + i)}>{word})" for i, word in enumerate(_short_words())))
    for passage in passages(report):
        if passage.table or (passage.kind == "cover" and "。" not in passage.text):
            continue
        last = -1
        for match in _TWICE.finditer(passage.text):
            word, start = match.group("word"), match.start()
            if start < last or len(set(word)) == 1 or _is_title(passage, start, word) or _is_post(passage, start, word):
                continue
            last = start + 2 * len(word)
            yield passage, start, word, len(word) >= _SURE or word[-1] in "省市区县州盟旗镇乡"
        for match in short.finditer(passage.text):
            if match.start() >= last and not _is_title(passage, match.start(), match.group()):
                yield passage, match.start(), match.group(), True


def _short_words() -> tuple[str, ...]:
    return tuple(wording("doubled", "words").pattern.replace("(?:", "").replace(")", "").split("|"))


def _is_title(passage: Passage, start: int, word: str) -> bool:
    """Whether the second word begins the line below one that ended early: a title, and the paragraph under it."""
    again = start + len(word)
    if not passage.line_start(again):
        return False
    ends = [*passage.flow.starts[1:], len(passage.text)]
    lengths = [end - begin for begin, end in zip(passage.flow.starts, ends, strict=True)]
    line = passage.flow.starts.index(again) - 1
    return passage.line_start(start) or lengths[line] * _SHORT_LINE[1] < max(lengths) * _SHORT_LINE[0]


def _is_post(passage: Passage, start: int, word: str) -> bool:
    """办公室办公室主任: the office, and a post that is named after it."""
    return len(word) < _SURE and wording("doubled", "titles").match(passage.text, start + 2 * len(word)) is not None
