"""Writing Word documents (写成 DOCX): blocks → an editable document in the look of official ones.

Cover, contents that Word brings up to date, headings with their levels, upright and turned pages, page numbers, tables
with repeated heads, charts. What a block is part of stands in its place (`table`: cover, contents, a form). The same blocks
give the same bytes. Refuses to know what the document is about.
Source: GB/T 9704-2012 党政机关公文格式 (page, fonts, page numbers); ECMA-376.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from juesuan.documents.docx_pages import CONTENTS, Page, Setting, close_contents, page_numbers, pages, setting, style_of
from juesuan.documents.docx_pictures import chart_xml, files_of, relations_of
from juesuan.documents.docx_plans import PORTRAIT
from juesuan.documents.docx_runs import field, lead_line, text_run, tiny
from juesuan.documents.docx_styles import LINE, MM, font_table, settings, styles
from juesuan.documents.docx_tables import table_xml
from juesuan.documents.leads import lead_lines, leads
from juesuan.documents.ooxml import HEAD, R, packed, root, tag
from juesuan.documents.papers import planned
from juesuan.model.charts import Chart
from juesuan.model.documents import Block, Heading, PageBreak, Paragraph, Table

_LISTED = 2
"""the deepest level that the contents list"""
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_GAP = re.compile("(【待填：[^】]*】)")
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def write_docx(blocks: Iterable[Block | Chart], mark: str = "") -> bytes:
    """The document as the bytes of a DOCX file. `mark` (草稿) stands at the top of every page."""
    writer = _Writer(list(blocks), bool(mark))
    body = writer.body()
    return packed_body(body, mark, charts=writer.charts)


def packed_body(body: str, mark: str = "", updates: bool = True, charts: Sequence[Chart] = ()) -> bytes:
    """A document from its body as markup, sections included; with `updates` its fields are renewed on opening."""
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations({"rId1": ("officeDocument", "word/document.xml")}),
        "word/document.xml": root("document", tag("body", body)),
        "word/_rels/document.xml.rels": _relations(_PARTS | relations_of(len(charts))),
        "word/styles.xml": styles(),
        "word/settings.xml": settings(updates),
        "word/fontTable.xml": font_table(),
        "word/footer1.xml": root("ftr", _page_number("right")),
        "word/footer2.xml": root("ftr", _page_number("left")),
        "word/footer3.xml": root("ftr", tag("p", tag("pPr", tag("pStyle", val="Footer")))),
        "word/header1.xml": root(
            "hdr", tag("p", tag("pPr", tag("pStyle", val="Header")) + (text_run(mark) if mark else ""))
        ),
        **files_of(charts),
    }
    return packed(parts)


_PARTS = {
    "rId1": ("styles", "styles.xml"),
    "rId2": ("settings", "settings.xml"),
    "rId3": ("fontTable", "fontTable.xml"),
    "rId4": ("footer", "footer1.xml"),
    "rId5": ("footer", "footer2.xml"),
    "rId6": ("footer", "footer3.xml"),
    "rId7": ("header", "header1.xml"),
}


def _content_types() -> str:
    kinds = {"document": "document.main", "header1": "header", **{f"footer{n}": "footer" for n in (1, 2, 3)}}
    kinds |= {name: name for name in ("styles", "settings", "fontTable")}
    own = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_DOCX}.{kind}+xml"/>' for name, kind in kinds.items()
    )
    usual = (
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="png" ContentType="image/png"/><Default Extension="svg" ContentType="image/svg+xml"/>'
    )
    return f'{HEAD}<Types xmlns="{_TYPES}">{usual}{own}</Types>'


def _relations(targets: dict[str, tuple[str, str]]) -> str:
    own = "".join(
        f'<Relationship Id="{name}" Type="{R}/{kind}" Target="{target}"/>' for name, (kind, target) in targets.items()
    )
    return f'{HEAD}<Relationships xmlns="{_RELATIONS}">{own}</Relationships>'


class _Writer:
    """Writes the body of one document."""

    def __init__(self, blocks: list[Block | Chart], marked: bool) -> None:
        self.marked = marked
        self.plans = {id(block): planned(block) for block in blocks if isinstance(block, Table)}
        self.charts = [block for block in blocks if isinstance(block, Chart)]
        self.pages = list(pages(blocks, self.plans))
        self.bookmarks: dict[int, int] = {}
        listed = [b for b in blocks if isinstance(b, Heading) and b.level <= _LISTED]
        entries = [b for b in blocks if isinstance(b, Paragraph) and b.place.table == CONTENTS][1:]
        if len(listed) == len(entries):
            self.bookmarks = {id(block): number for number, block in enumerate((*listed, *entries))}
        self.headings = len(listed)
        self.entries = {id(heading): entry.text for heading, entry in zip(listed, entries, strict=False)}
        numbers = page_numbers(self.pages, self.plans)
        self.numbers = {id(entry): numbers[id(heading)] for entry, heading in zip(entries, listed, strict=False)}

    def body(self) -> str:
        """Pages one after the other, a section where the next is turned the other way."""
        found: list[str] = []
        sections = [list(group) for _, group in groupby(self.pages, key=lambda page: (page.paper, page.cover))]
        after_cover = False
        for number, section in enumerate(sections, 1):
            for page in section:
                found += self._page(page, breaks=page is not section[0])
            properties = section_xml(section[0], after_cover, self.marked)
            after_cover = section[0].cover
            found.append(properties if number == len(sections) else tag("p", tag("pPr", tiny() + properties)))
        return "".join(found)

    def _page(self, page: Page, breaks: bool) -> Iterator[str]:
        first = tag("pageBreakBefore") if breaks else ""
        blocks = page.blocks
        at = 0
        while at < len(blocks):
            block = blocks[at]
            if isinstance(block, Paragraph) and block.place.table == CONTENTS:
                run = [b for b in blocks[at:] if isinstance(b, Paragraph) and b.place.table == CONTENTS]
                yield self._contents(run, first)
                at += len(run)
            elif isinstance(block, Paragraph) and block.place.column:
                run = leads(blocks[at:])
                yield from self._lead(run, page, first)
                at += len(run)
            elif isinstance(block, Table):
                yield table_xml(block, self.plans[id(block)])
                at += 1
            elif isinstance(block, Chart):
                yield chart_xml(block, self.charts.index(block) + 1)
                at += 1
            elif not isinstance(block, PageBreak):
                yield self._text(block, first, low=at == 0 and page.low)
                at += 1
            first = ""

    def _text(self, block: Heading | Paragraph, first: str, low: bool) -> str:
        style, made = style_of(block), setting(block)
        extra = first
        if low:  # in the upper middle of a page of its own
            extra += tag("spacing", before=round(52 * MM))
        extra += tag("ind", left=made.indent, right=made.indent) if made.indent else ""
        run = _runs(block.text, made)
        if isinstance(block, Heading) and id(block) in self.bookmarks:
            number = self.bookmarks[id(block)]
            run = tag("bookmarkStart", id=number, name=f"_Toc{number:04}") + run + tag("bookmarkEnd", id=number)
            run += self._listed(block, style)
        return tag("p", tag("pPr", tag("pStyle", val=style) + extra) + run)

    def _listed(self, heading: Heading, style: str) -> str:
        """What the contents say of a table, whose title has neither number nor project: a TC field, that is not seen."""
        if style != "TableTitle":
            return ""
        words = re.sub(r'(["“”\\])', r"\\\1", self.entries[id(heading)])
        return field(f' TC "{words}" \\l {_LISTED} ', shown=False)

    # lines above a table ----------------------------------------------------------------------------------------------

    def _lead(self, run: Sequence[Paragraph], page: Page, first: str) -> Iterator[str]:
        """Lines that stand left, in the middle and right go into one, until a place is taken."""
        width = page.paper.room
        for line in lead_lines(run, width):
            yield lead_line(line, width, first)
            first = ""

    # contents ---------------------------------------------------------------------------------------------------------

    def _contents(self, run: Sequence[Paragraph], first: str) -> str:
        """The heading of the contents, and a field that lists the headings, filled already."""
        title = tag("p", tag("pPr", tag("pStyle", val=style_of(run[0])) + first) + text_run(run[0].text))
        entries = run[1:]
        close = close_contents(run)
        spacing = tag("spacing", line=close, lineRule="exact") if close else ""
        found = [title]
        for number, entry in enumerate(entries):
            begin = field(f' TOC \\o "1-{_LISTED}" \\f \\h \\z ') if number == 0 else ""
            end = tag("r", tag("fldChar", fldCharType="end")) if number == len(entries) - 1 else ""
            found.append(self._entry(entry, begin, end, spacing))
        return "".join(found)

    def _entry(self, entry: Paragraph, begin: str, end: str, spacing: str) -> str:
        tabs = tag("tabs", tag("tab", val="right", leader="dot", pos=PORTRAIT)) + spacing
        number = self.bookmarks.get(id(entry))
        inside = text_run(entry.text)
        if number is not None:
            mark = f"_Toc{number - self.headings:04}"
            page = (
                field(f" PAGEREF {mark} \\h ")
                + text_run(str(self.numbers[id(entry)]))
                + tag("r", tag("fldChar", fldCharType="end"))
            )
            inside = tag("hyperlink", inside + tag("r", tag("tab")) + page, anchor=mark, history=1)
        return tag("p", tag("pPr", tag("pStyle", val=style_of(entry)) + tabs) + begin + inside + end)


def section_xml(page: Page, restart: bool = False, marked: bool = False) -> str:
    """Page size, margins, footers; the cover has no number, and the pages after it begin with 1."""
    numbers = {"default": "rId6", "even": "rId6"} if page.cover else {"default": "rId4", "even": "rId5"}
    inside = "".join(f'<w:footerReference w:type="{kind}" r:id="{part}"/>' for kind, part in numbers.items())
    if marked:
        inside = "".join(f'<w:headerReference w:type="{kind}" r:id="rId7"/>' for kind in numbers) + inside
    inside += tag("type", val="nextPage")
    paper = page.paper
    turned = {"orient": "landscape"} if paper.turned else {}
    inside += tag("pgSz", w=round(paper.width * MM), h=round(paper.height * MM), **turned) + _margins(*paper.margins)
    if restart:
        inside += tag("pgNumType", start=1)
    return tag("sectPr", inside + tag("docGrid", type="lines", linePitch=LINE))


def _margins(top: int, right: int, bottom: int, left: int) -> str:
    sides = {"top": top, "right": right, "bottom": bottom, "left": left}
    return tag(
        "pgMar",
        **{side: round(mm * MM) for side, mm in sides.items()},
        header=round(15 * MM),
        footer=round((bottom - 7 - 4) * MM),
        gutter=0,
    )


def _runs(words: str, made: Setting) -> str:
    """A paragraph's words, its gaps coloured so that nobody overlooks them."""
    size = tag("sz", val=made.size) + tag("szCs", val=made.size) if made.size else ""
    own = (tag("spacing", val=-made.close) if made.close else "") + size
    pieces = _GAP.split(words)
    return "".join(
        text_run(piece, own + tag("highlight", val="yellow") if number % 2 else own)
        for number, piece in enumerate(pieces)
    )


def _page_number(side: str) -> str:
    """— 1 —, one character from the edge."""
    number = (
        text_run("— ") + field(" PAGE ") + text_run("1") + tag("r", tag("fldChar", fldCharType="end")) + text_run(" —")
    )
    indent = tag("ind", **{"rightChars" if side == "right" else "leftChars": 100})
    return tag("p", tag("pPr", tag("pStyle", val="Footer") + indent + tag("jc", val=side)) + number)
