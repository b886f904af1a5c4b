"""The explanation (情况说明) and the overview (部门概况): sections as a place orders them, entries numbered by place.

What runs over items (各项支出, 各类, 项目 …) is found here; the words are `speaking`'s. Refuses to leave a section
without text: an entry of which nothing can be said is a marked gap.
"""

from __future__ import annotations

from collections.abc import Iterator

from juesuan.composing.charts import chart
from juesuan.composing.lists import Lists, ended
from juesuan.composing.parts import Parts
from juesuan.composing.slots import Words
from juesuan.composing.speaking import Speaker
from juesuan.knowledge.composition import Entry, Say, Section
from juesuan.knowledge.numerals import chinese
from juesuan.model.charts import Chart
from juesuan.model.documents import Block, Heading, Paragraph
from juesuan.model.places import Place

SECTION, HEAD = 2, 3
_NOWHERE = Place()


class Writer:
    """Writes the sections of one account."""

    def __init__(self, speaker: Speaker) -> None:
        self.speaker, self.told, self.account = speaker, speaker.told, speaker.account
        self.lists, self.parts = Lists(speaker), Parts(speaker)
        self.numbers = speaker.composition.numbers

    def sections(self, sections: tuple[Section, ...]) -> Iterator[Block]:
        """All sections, numbered 一、 二、 …"""
        for number, section in enumerate(sections, 1):
            yield Heading(self._title(number, section), SECTION, _NOWHERE)
            yield from self._section(section)

    def charts(self, sections: tuple[Section, ...]) -> Iterator[Chart]:
        """The charts that belong to the sections, each naming the heading of its own."""
        for number, section in enumerate(sections, 1):
            made = (chart(self.told, name, self._title(number, section)) for name in section.charts)
            yield from (one for one in made if one is not None)

    def _title(self, number: int, section: Section) -> str:
        return f"{chinese(number)}、{self._words(section.title)}"

    def _words(self, text: str) -> str:
        for name, value in self.speaker.common.items():
            text = text.replace(f"{{{name}}}", value)
        return text

    def _section(self, section: Section) -> Iterator[Block]:
        heads, counts = 0, dict.fromkeys(self.numbers, 0)
        said = False
        for entry in section.entries:
            if not self._holds(entry):
                continue
            paragraphs = [text for words in self.lists.entries(entry.each) if (text := self._paragraph(entry, words))]
            if entry.head and paragraphs:
                heads += 1
                counts = dict.fromkeys(self.numbers, 0)
                yield Heading(self.numbers["head"].format(chinese(heads)) + self._words(entry.head), HEAD, _NOWHERE)
            for text in paragraphs:
                said = True
                if entry.number and not (entry.number == "head" and len(paragraphs) == 1):
                    counts[entry.number] += 1
                    if entry.number == "item":
                        counts["sub"] = 0
                    number = counts[entry.number]
                    label = chinese(number) if entry.number == "head" else number
                    text = self.numbers[entry.number].format(label) + text
                yield Paragraph(text, _NOWHERE)
            yield from self.lists.tables(entry.each)
        if not said:
            yield Paragraph(
                self.speaker.gaps.add(f"“{self._words(section.title)}”的内容", section.title).mark, _NOWHERE
            )

    def _holds(self, entry: Entry | Say) -> bool:
        """Whether an entry or statement is wanted: something in `when` is not zero, nothing in `unless` is."""
        told = self.told
        if entry.when and not any(told.some(told.key(text)) for text in entry.when):
            return False
        return not any(told.some(told.key(text)) for text in entry.unless)

    def _paragraph(self, entry: Entry, words: Words) -> str:
        if not entry.says:
            return words.get("text", "")
        return "".join(self._said(say, words) for say in entry.says if self._holds(say))

    def _said(self, say: Say, words: Words) -> str:
        if say.text:
            return self._own(say.text)
        return self.speaker.say(say, words, self.parts.written)

    def _own(self, name: str) -> str:
        """A passage of the account's own; with ! one that must be there."""
        text = self.account.texts.get(name.rstrip("!"), "").strip()
        if not text:
            return (
                self.speaker.gaps.add(self.lists.title(name.rstrip("!")), name.rstrip("!")).mark
                if name[-1] == "!"
                else ""
            )
        return ended(text)
