"""The glossary (名词解释): the terms of a place's form, those that an account uses, each explained once.

Terms of the account's own come after them, or in the place of one of the same name; then items of spending by code.
Refuses to explain functional items that no table of the account has.
"""

from __future__ import annotations

from collections.abc import Iterator

from juesuan.composing.lists import Lists
from juesuan.composing.speaking import Speaker
from juesuan.knowledge.names import plain
from juesuan.knowledge.numerals import chinese
from juesuan.model.accounts import GLOSSARY
from juesuan.model.documents import Block, Paragraph
from juesuan.model.places import Place


def compose_glossary(speaker: Speaker) -> Iterator[Block]:
    """One numbered paragraph a term."""
    told = speaker.told
    own = {plain(name): (name, text) for name, text in _own(speaker) if not name.isdecimal()}
    entries = [
        own.pop(plain(term.name), (term.name, term.means))
        for term in speaker.composition.glossary
        if plain(term.name) in own or not term.when or any(told.value(told.key(text)) for text in term.when)
    ]
    entries += [*own.values(), *_items(speaker)]
    for number, (name, means) in enumerate(entries, 1):
        yield Paragraph(f"{chinese(number)}、{name}：{means}", Place())


def _own(speaker: Speaker) -> Iterator[tuple[str, str]]:
    """The terms that the account explains itself, as sentences."""
    for name, text in speaker.account.texts.items():
        if name.startswith(GLOSSARY):
            yield name.removeprefix(GLOSSARY), text if text.endswith("。") else f"{text}。"


def _items(speaker: Speaker) -> Iterator[tuple[str, str]]:
    lists = Lists(speaker)
    report = speaker.told.figures.report
    known = {row.function for table in report.tables for row in table.rows if row.function}
    known |= {key.function for fact in report.facts if fact.amount.value for key in fact.keys}
    for code, text in sorted(_own(speaker)):
        if code in known:
            yield lists.functional(code), text
