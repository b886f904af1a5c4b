"""Punctuation (标点): brackets and quotation marks in pairs, marks that are doubled, a colon behind 主要原因.

One hint a document for each kind. Refuses half width against full width (extraction does that), a mark that stands
alone on its line, and ordinals like 1）.
Source: 标点符号用法 (GB/T 15834).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from juesuan.checking.outcomes import Failed, Outcome, Passed, Unchecked
from juesuan.checking.prose import Passage, passages
from juesuan.checking.registry import check
from juesuan.knowledge.wording import wording
from juesuan.model.places import Place
from juesuan.model.reports import Report

_PAIRS = {"(": ")", "[": "]", "【": "】", "〔": "〕", "《": "》", "「": "」", "『": "』", "{": "}"}
_BRACKET = re.compile("[{}]".format(re.escape("".join((*_PAIRS, *_PAIRS.values())))))
_KINDS = {
    "括号": frozenset("()[]【】〔〕{}"),
    "引号": frozenset('“”„‟"「」『』'),
    "书名号": frozenset("《》"),
}
_ORDINAL_BEFORE = re.compile(r"(?:^|[。;:,、])[\d一二三四五六七八九十a-zA-Z]{1,3}$")
_AROUND = 8


class Single(NamedTuple):
    """A mark without its partner."""

    mark: str
    passage: Passage
    at: int


def _texts(report: Report) -> list[Passage]:
    """The passages that are sentences: the notes of tables too."""
    return [passage for passage in passages(report) if passage.kind != "cover" or "。" in passage.text]


@check("PUNCT-PAIR", severity="info", basis="GB/T 15834（标点成对）")
def in_pairs(report: Report) -> Iterator[Outcome]:
    """括号、引号、书名号应成对（全文同类只提示一次）。"""
    texts = _texts(report)
    if not texts:
        yield Unchecked("没有正文")
        return
    singles: list[Single] = []
    for _, group in groupby(texts, key=lambda passage: passage.number):
        section = list(group)
        singles += _brackets(section)
        singles += _quotes(section)
    for kind, marks in _KINDS.items():
        found = [single for single in singles if single.mark in marks]
        if found:
            yield _unpaired(kind, found)
        else:
            yield Passed()


def _brackets(section: Sequence[Passage]) -> Iterator[Single]:
    """The brackets of a section that have no partner in it."""
    opened: list[Single] = []
    for passage in section:
        for match in _BRACKET.finditer(passage.text):
            at, char = match.start(), match.group()
            if char in _PAIRS:
                opened.append(Single(char, passage, at))
            else:
                if _ORDINAL_BEFORE.search(passage.text[max(0, at - 5) : at]):
                    continue
                last = next((i for i in reversed(range(len(opened))) if _PAIRS[opened[i].mark] == char), None)
                if last is not None:
                    yield from opened[last + 1 :]
                    del opened[last:]
                else:
                    yield Single(char, passage, at)
    yield from opened


def _quotes(section: Sequence[Passage]) -> Iterator[Single]:
    """The quotation marks of a section that have no partner in their paragraph; a straight one is either."""
    for passage in section:
        opened: Single | None = None
        for match in re.finditer('"', passage.text):
            at = match.start()
            mark = passage.char(at)
            single = Single(mark, passage, at)
            if mark in "”‟" or (mark not in "“„" and opened):
                if opened is None:
                    yield single
                opened = None
            else:
                if opened is not None:
                    yield opened
                opened = single
        if opened is not None:
            yield opened


def _unpaired(kind: str, found: Sequence[Single]) -> Failed:
    mark, passage, at = found[0]
    opening = mark in _PAIRS or mark in "“„"
    said = passage.text[max(0, at - _AROUND) : at] + mark + passage.text[at + 1 : at + 1 + _AROUND]
    return Failed(
        f"“{said}”：缺{'后' if opening else '前'}{kind}（{len(found)} 处）",
        tuple(_place(single) for single in found),
        advice=f"请补上或删去{kind}",
        printed=mark,
    )


def _place(single: Single) -> Place:
    passage, at = single.passage, single.at
    opening = single.mark in _PAIRS or single.mark in "“„"
    start, end = (at, min(len(passage.text), at + _AROUND)) if opening else (max(0, at - _AROUND), at + 1)
    while passage.flow.line(start) is not passage.flow.line(at):
        start += 1
    return passage.place(start, end)


_DOUBLED = re.compile(r"([,;:、])[,;:、。!?]|。[,;:、。!?]|[!?][,;:、。]|(?<=\d)\.\.(?=\d)")


@check("PUNCT-DOUBLED", severity="info", basis="GB/T 15834（标点不重复）")
def not_doubled(report: Report) -> Iterator[Outcome]:
    """标点不应重复（如“。。”“，。”），全文提示一次。"""
    texts = _texts(report)
    if not texts:
        yield Unchecked("没有正文")
        return
    found = [(p, m) for p in texts for m in _DOUBLED.finditer(p.text) if not _remnant(p, m)]
    if not found:
        yield Passed(texts[0].flow.line(0))
        return
    passage, match = found[0]
    said = passage.text[max(0, match.start() - _AROUND) : match.end() + _AROUND]
    yield Failed(
        f"“{said}”：标点重复（{len(found)} 处）",
        tuple(p.place(m.start(), m.end()) for p, m in found),
        advice="请删去多余的标点",
        printed=match.group(),
    )


def _remnant(passage: Passage, match: re.Match[str]) -> bool:
    """Whether it is no doubling: dots of omission, or a mark left alone on a line by extraction."""
    text = passage.text
    if text[match.start()] == "。" and "。。。" in text[max(0, match.start() - 2) : match.end() + 2]:
        return True
    return any(passage.alone(at) for at in range(match.start(), match.end()))


@check("PUNCT-COLON", severity="info", basis="情况说明：“主要原因”后应有冒号或“是”")
def colon_behind_reason(report: Report) -> Iterator[Outcome]:
    """“主要原因”之后应有冒号或“是”“为”（全文提示一次）。"""
    free = wording("colon", "free")
    found: list[tuple[Passage, int]] = []
    seen = False
    for passage in passages(report):
        if passage.title or not passage.explains:
            continue
        for match in re.finditer("主要原因", passage.text):
            seen = True
            if not free.match(passage.text, match.end()):
                found.append((passage, match.start()))
    if found:
        passage, at = found[0]
        yield Failed(
            f"“{passage.text[at : at + 4 + _AROUND]}”：“主要原因”后缺冒号（{len(found)} 处）",
            tuple(p.place(at, at + 6) for p, at in found),
            advice="请补上冒号",
            printed=passage.text[at : at + 6],
            expected=f"主要原因：{passage.text[at + 4 : at + 6]}",
        )
    elif seen:
        yield Passed()
    else:
        yield Unchecked("没有“主要原因”的表述")
