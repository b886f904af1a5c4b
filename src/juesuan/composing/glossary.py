"""The glossary (名词解释): the terms of a place's form, those that an account uses, each explained once.

Refuses to explain functional items that no table of the account has; their explanations are the account's own words.
"""

from __future__ import annotations

from collections.abc import Iterator

from juesuan.composing.lists import Lists
from juesuan.composing.speaking import Speaker
from juesuan.knowledge.numerals import chinese
from juesuan.model.documents import Block, Paragraph
from juesuan.model.places import Place

PREFIX = "glossary/"
"""a text of the account of this name and a functional code explains an item: glossary/2010301"""


def compose_glossary(speaker: Speaker) -> Iterator[Block]:
    """One numbered paragraph a term."""
    told = speaker.told
    entries = [
        (term.name, term.means)
        for term in speaker.composition.glossary
        if not term.when or any(told.value(told.key(text)) for text in term.when)
    ]
    entries += _items(speaker)
    for number, (name, means) in enumerate(entries, 1):
        yield Paragraph(f"{chinese(number)}、{name}：{means}", Place())


def _items(speaker: Speaker) -> Iterator[tuple[str, str]]:
    lists = Lists(speaker)
    report = speaker.told.figures.report
    known = {row.function for table in report.tables for row in table.rows if row.function}
    known |= {key.function for fact in report.facts if fact.amount.value for key in fact.keys}
    for name, text in sorted(speaker.account.texts.items()):
        code = name.removeprefix(PREFIX)
        if name.startswith(PREFIX) and code in known:
            yield lists.functional(code), text if text.endswith("。") else f"{text}。"
