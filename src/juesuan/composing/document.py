"""The whole document (成文): cover, contents, overview, explanation, glossary, tables, attachments, in a place's order.

Every block is composed from one account and its report. What a block is part of stands in its place (`table`: cover,
contents, or a form). Refuses to write files, and to check: see documents and checking.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from juesuan.composing.explanation import SECTION, Writer
from juesuan.composing.gaps import Gap
from juesuan.composing.glossary import compose_glossary
from juesuan.composing.performance import compose_performance
from juesuan.composing.speaking import Speaker
from juesuan.composing.tables import compose_tables
from juesuan.composing.told import Told
from juesuan.knowledge.composition import Part, composition
from juesuan.knowledge.numerals import chinese
from juesuan.knowledge.styles import Style
from juesuan.model.accounts import Account
from juesuan.model.charts import Chart
from juesuan.model.documents import Block, Heading, PageBreak, Paragraph
from juesuan.model.places import Place
from juesuan.model.reports import Report

COVER, CONTENTS = "cover", "contents"
PART = 1
_NOWHERE = Place()


@dataclass(frozen=True, slots=True)
class Composed:
    """A composed document: its blocks, the gaps that it has, answered ones included, and its charts.

    `parts` are (kind, heading, blocks) of what stands after cover and contents.
    """

    blocks: tuple[Block, ...]
    gaps: tuple[Gap, ...]
    charts: tuple[Chart, ...] = ()
    parts: tuple[tuple[str, Heading, tuple[Block, ...]], ...] = ()

    @property
    def open(self) -> tuple[Gap, ...]:
        """The gaps that nobody has answered."""
        return tuple(gap for gap in self.gaps if not gap.answer)


def compose(report: Report, account: Account, style: Style) -> Composed:
    """The document of an account in a style. Raises CannotCompose where a table's figure is not given."""
    speaker = Speaker(Told(report, style, composition(style.name).percent), account, composition(style.name))
    writer = Writer(speaker)
    kinds: dict[str, Callable[[], Iterator[Block]]] = {
        "overview": lambda: writer.sections(speaker.composition.overview),
        "explanation": lambda: writer.sections(speaker.composition.sections),
        "glossary": lambda: compose_glossary(speaker),
        "tables": lambda: iter(compose_tables(report, style)),
        "attachments": lambda: iter(compose_performance(report, style)),
    }
    body = [(part, list(kinds[part.kind]())) for part in speaker.composition.parts]
    body = [(part, blocks) for part, blocks in body if blocks]
    parts = list(_headed(speaker, body))
    blocks = [*_cover(speaker), *_contents(speaker, parts)]
    for heading, inside in parts:
        blocks += [PageBreak(_NOWHERE), heading, *_trimmed(inside)]
    charts = tuple(writer.charts(speaker.composition.sections))
    kinds_of = [part.kind for part, _ in body]
    whole = tuple((kind, head, tuple(_trimmed(one))) for kind, (head, one) in zip(kinds_of, parts, strict=True))
    return Composed(tuple(blocks), tuple(speaker.gaps.found.values()), charts, whole)


def _headed(speaker: Speaker, parts: list[tuple[Part, list[Block]]]) -> Iterator[tuple[Heading, list[Block]]]:
    for number, (part, blocks) in enumerate(parts, 1):
        title = part.title.format_map(speaker.common)
        yield Heading(f"第{chinese(number)}部分 {title}", PART, _NOWHERE), blocks


def _trimmed(blocks: list[Block]) -> list[Block]:
    """Without page breaks at the end: the next part begins a page anyway."""
    end = len(blocks)
    while end and isinstance(blocks[end - 1], PageBreak):
        end -= 1
    return blocks[:end]


def _cover(speaker: Speaker) -> Iterator[Block]:
    place = Place(table=COVER, row="title")
    yield from (Paragraph(line.format_map(speaker.common), place) for line in speaker.composition.cover)
    yield PageBreak(_NOWHERE)


def _contents(speaker: Speaker, parts: list[tuple[Heading, list[Block]]]) -> Iterator[Block]:
    """The headings of the parts and of their sections; tables are numbered here, though their titles are not."""
    place = Place(table=CONTENTS)
    yield Paragraph(speaker.composition.contents, Place(table=CONTENTS, row="title"))
    for heading, blocks in parts:
        yield Paragraph(heading.text, place)
        titles = [block for block in blocks if isinstance(block, Heading) and block.level == SECTION]
        for number, title in enumerate(titles, 1):
            project = f"（{title.place.row}）" if title.place.row else ""
            text = f"{chinese(number)}、{title.text}{project}" if title.place.table else title.text
            yield Paragraph(text, place)
