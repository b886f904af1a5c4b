"""Blocks in the house style of a template (按模板排版): headings, paragraphs, tables and charts as the template has them.

Paragraphs take the look of the paragraph in which their mark stands. Refuses to leave anything out: a table that is
too wide for upright pages stands on turned ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import deepcopy

from juesuan.documents.docx_house import House
from juesuan.documents.docx_package import Element, Package, markup, w
from juesuan.documents.docx_pages import style_of
from juesuan.documents.docx_pictures import chart_xml, files_of
from juesuan.documents.docx_plans import Plan, height_of
from juesuan.documents.docx_runs import lead_line, text_run
from juesuan.documents.docx_sections import LARGE, TURNED, UPRIGHT, Run, large_room, lower, rooms, section_of
from juesuan.documents.docx_tables import table_xml
from juesuan.documents.leads import lead_lines, leads
from juesuan.documents.ooxml import tag
from juesuan.documents.papers import planned_in
from juesuan.model.charts import Chart
from juesuan.model.documents import Block, Heading, PageBreak, Paragraph, Table

_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_EMU = 635
"""per twentieth of a point"""
_DRAWN = 5000
"""the first number of our drawings: files have few of their own"""
_PAGE = {False: 11_500, True: 7_500}
"""how high a table is at most that is kept on one page, upright and turned, in twentieths of a point"""
_BEFORE_BREAK = ("pStyle", "keepNext", "keepLines")
_BEFORE_NUMBER = (*_BEFORE_BREAK, "pageBreakBefore", "framePr", "widowControl")


class Builder:
    """Makes the elements for one template."""

    def __init__(self, package: Package, house: House) -> None:
        self.package, self.house = package, house
        self.charts = 0

    def runs(self, mark: Element, blocks: Sequence[Block | Chart]) -> list[Run]:
        """The blocks as they stand in the place of a mark, upright and turned pages apart."""
        section = section_of(mark)
        usual = rooms(section)
        found: list[Run] = []
        headed = False
        for unit in _units(blocks):
            room = lower(usual) if headed else usual
            headed = isinstance(unit[-1], Heading) and not _is_table(unit)
            own = next((block for block in unit if isinstance(block, Table)), None)
            made = planned_in(own, room, large_room(section)) if own is not None else None
            pages, width = UPRIGHT, next(iter(room.values()))[0]
            if made is not None and made.landscape:
                pages, width = TURNED if False in room else UPRIGHT, room[True][0]
                if sum(made.widths) > width:
                    pages, width = LARGE, large_room(section)
            elements = list(self._unit(mark, unit, made, width))
            if found and found[-1][1] == pages:
                found[-1][0].extend(elements)
            else:
                found.append((elements, pages))
        for elements, _ in found[1:]:  # a new section begins a page by itself
            self._unbroken(elements)
        return found

    @staticmethod
    def _unbroken(elements: list[Element]) -> None:
        first = elements[0].find(f"{w('pPr')}/{w('pageBreakBefore')}") if elements else None
        if first is not None:
            first.getparent().remove(first)

    def _unit(self, mark: Element, unit: Sequence[Block | Chart], made: Plan | None, width: int) -> Iterator[Element]:
        breaks, at = False, 0
        while at < len(unit):
            block = unit[at]
            elements: list[Element] = []
            at += 1
            if isinstance(block, PageBreak):
                breaks = True
            elif isinstance(block, Table) and made is not None:
                elements = self._ours(table_xml(block, made))
                if sum(height_of(block, made)) <= _PAGE[made.landscape]:
                    _keep_together(elements[0])
            elif isinstance(block, Chart):
                elements = [self._chart(block, width)]
            elif isinstance(block, Paragraph) and block.place.column:
                run = leads(unit[at - 1 :])
                at += len(run) - 1
                elements = [e for line in lead_lines(run, width) for e in self._ours(lead_line(line, width, ""))]
            elif isinstance(block, Heading | Paragraph):
                elements = [self._text(mark, block)]
            if breaks and elements:
                _put(elements[0], "pageBreakBefore", _BEFORE_BREAK)
                breaks = False
            yield from elements

    # paragraphs -------------------------------------------------------------------------------------------------------

    def _text(self, mark: Element, block: Heading | Paragraph) -> Element:
        look = style_of(block)
        cover = look in ("CoverTitle", "CoverLine")
        if look == "BodyText" or (cover and not self.house.existing(look)):
            return self.like(mark, block.text)
        style = self.house.resolve(look)
        if not style:
            return self.like(mark, block.text)
        [paragraph] = markup(tag("p", tag("pPr", tag("pStyle", val=style)) + text_run(block.text)))
        if self.house.is_numbered(style):  # the headings have numbers of their own
            _put(paragraph, "numPr", _BEFORE_NUMBER)
            paragraph.find(f"{w('pPr')}/{w('numPr')}").extend(markup(tag("ilvl", val=0) + tag("numId", val=0)))
        return paragraph

    @staticmethod
    def like(mark: Element, words: str) -> Element:
        """A paragraph that looks like the one with the mark."""
        [paragraph] = markup(tag("p", text_run(words)))
        look = mark.find(w("pPr"))
        if look is not None:
            look = deepcopy(look)
            for name in ("sectPr", "pageBreakBefore"):
                for old in look.findall(w(name)):
                    look.remove(old)
            paragraph.insert(0, look)
        first = next((run for run in mark.iter(w("r")) if run.find(w("t")) is not None), None)
        letters = None if first is None else first.find(w("rPr"))
        if letters is not None:
            paragraph.find(w("r")).insert(0, deepcopy(letters))
        return paragraph

    # tables and charts ------------------------------------------------------------------------------------------------

    def _ours(self, text: str) -> list[Element]:
        """Elements that name our styles, in the template's; letters in its fonts."""
        found = markup(text)
        for element in found:
            for style in list(element.iter(w("pStyle"))):
                own = self.house.resolve(str(style.get(w("val"))))
                if own:
                    style.set(w("val"), own)
                else:
                    style.getparent().remove(style)
            for fonts in list(element.iter(w("rFonts"))):
                fonts.getparent().remove(fonts)
        return found

    def _chart(self, chart: Chart, width: int) -> Element:
        self.charts += 1
        number = self.charts
        while self.package.related(f"png{number}") or f"word/media/chart{number}.png" in self.package.parts:
            number += 1
        for (kind, mime), content in zip(
            (("svg", "image/svg+xml"), ("png", "image/png")), files_of([chart]).values(), strict=True
        ):
            part = f"word/media/chart{number}.{kind}"
            self.package.parts[part] = content.encode("utf-8") if isinstance(content, str) else content
            self.package.relate(f"{kind}{number}", "image", f"/{part}")
            self.package.allow(kind, mime)
        [paragraph] = markup(chart_xml(chart, number))
        style = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
        style.getparent().remove(style)
        for extent in (*paragraph.iter(f"{_WP}extent"), *(e for e in paragraph.iter(f"{_A}ext") if e.get("cx"))):
            wide, high = int(extent.get("cx")), int(extent.get("cy"))
            if wide > width * _EMU:
                extent.set("cx", str(width * _EMU))
                extent.set("cy", str(high * width * _EMU // wide))
        for named in paragraph.iter(f"{_WP}docPr"):
            named.set("id", str(_DRAWN + number))
        return paragraph


def _units(blocks: Sequence[Block | Chart]) -> Iterator[list[Block | Chart]]:
    """A table with its title, the lines above and the notes below it; all else by itself."""
    own: list[Block | Chart] = []
    for block in blocks:
        inside = not isinstance(block, Chart | PageBreak) and bool(block.place.table)
        begins = isinstance(block, Heading) or not inside
        if own and (begins or not _is_table(own)) and not _only_breaks(own):
            yield own
            own = []
        own.append(block)
    if own:
        yield own


def _is_table(own: Sequence[Block | Chart]) -> bool:
    """Whether blocks belong to one table of the account."""
    return any(not isinstance(block, Chart | PageBreak) and bool(block.place.table) for block in own)


def _only_breaks(own: Sequence[Block | Chart]) -> bool:
    return all(isinstance(block, PageBreak) for block in own)


def _keep_together(table: Element) -> None:
    """Lets a table that fits on a page begin on a new one, rather than run over."""
    for row in table.findall(w("tr"))[:-1]:
        for paragraph in row.iter(w("p")):
            _put(paragraph, "keepNext", ("pStyle",))


def _put(paragraph: Element, name: str, after: Sequence[str]) -> None:
    """Adds a property to a paragraph in the place that the format wants; a table gets none."""
    look = paragraph.find(w("pPr"))
    if paragraph.tag != w("p") or (look is not None and look.find(w(name)) is not None):
        return
    if look is None:
        [look] = markup(tag("pPr"))
        paragraph.insert(0, look)
    [new] = markup(tag(name))
    before = [child for child in look if child.tag in {w(one) for one in after}]
    look.insert(len(before), new)
