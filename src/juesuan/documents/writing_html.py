"""Writing web pages (写成网页): one account as a page that needs nothing else: no network, no font, no script to be read.

Contents, figures at a glance, charts with their numbers, the document in its order; figures in sentences lead to cells
and back. What a block is part of stands in its place (`table`: cover, contents, a form). The same page gives the same
bytes. Refuses to compute, and to know what a figure means.
Source: HTML Living Standard; WCAG 2.2 AA.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from itertools import groupby
from types import MappingProxyType

from juesuan.documents.drawing_svg import NARROW, draw_svg
from juesuan.documents.html_page import CHARTS_SLOT, HEAD_SLOT, Download, Mark, Page, Tile, script_text, text
from juesuan.documents.html_tables import is_wide, linked, table_html
from juesuan.documents.leads import leads
from juesuan.model.charts import Chart
from juesuan.model.documents import Block, Heading, PageBreak, Paragraph, Table

COVER, CONTENTS = "cover", "contents"
STYLE, SCRIPT = "page.css", "page.js"
_LISTED = 2
_LONG = 12
"""a figure of more characters needs a broader tile"""
_NOTHING_ELSE = (
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:; base-uri 'none'"
)


def asset(name: str) -> str:
    """The text of a style or script of ours."""
    return files("juesuan.documents").joinpath("data", name).read_text("utf-8")


def write_html(page: Page) -> bytes:
    """The page as the bytes of an HTML file."""
    return _Writer(page).whole().encode("utf-8")


def frame(title: str, head: str, body: str, lang: str = "zh-CN") -> str:
    """A whole HTML document around its parts."""
    return (
        f'<!DOCTYPE html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{text(title)}</title>\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'{head}</head>\n<body>\n<a class="skip" href="#main">跳到正文</a>\n{body}</body>\n</html>\n'
    )


class _Writer:
    """Writes one page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.blocks = [b for b in page.blocks if _form(b) not in (COVER, CONTENTS)]
        self.names = {id(b): f"s{n}" for n, b in enumerate(b for b in self.blocks if isinstance(b, Heading))}
        self.tables, self.titles = 0, Counter[str]()

    def whole(self) -> str:
        page = self.page
        main = "".join((self._glance(), self._parts()))
        body = (
            f'{self._header()}<div class="page">\n{self._contents()}<main id="main" tabindex="-1">\n{main}</main>\n'
            f"</div>\n{self._footer()}{self._scripts()}"
        )
        return frame(page.title, self._head(), body)

    def _head(self) -> str:
        page = self.page
        found = f'<meta name="description" content="{text(page.title)}：收支、“三公”经费、绩效的全部数字">\n'
        if page.assets:
            found += f'<link rel="stylesheet" href="{text(page.assets)}/{STYLE}">\n'
        else:
            found = f'<meta http-equiv="Content-Security-Policy" content="{_NOTHING_ELSE}">\n{found}'
            found += f"<style>\n{asset(STYLE)}</style>\n"
        if page.linked:
            found += f'<script type="application/ld+json">{script_text(page.linked)}</script>\n'
        return found

    def _header(self) -> str:
        page = self.page
        draft = f'<p class="draft" role="note">{text(page.draft)}：内容还会改动，不得公开</p>\n' if page.draft else ""
        notices = "".join(f'<p class="notice" role="note">{text(words)}</p>\n' for words in page.notices)
        downloads = download_list(page.downloads)
        return (
            f'<header class="top"><div class="inner">\n{trail(page.trail)}<h1><span>{text(page.department)}</span> '
            f"<span>{text(page.year)} 年度{text(page.kind)}</span></h1>\n"
            f"{draft}{notices}{downloads}{HEAD_SLOT if page.slots else ''}</div></header>\n"
        )

    def _footer(self) -> str:
        return (
            '<footer class="foot"><div class="inner"><p>数字与公开的决算文件一致；带点线的数字可以点开，'
            "在正文与报表之间往返。</p></div></footer>\n"
        )

    def _scripts(self) -> str:
        page = self.page
        data = f'<script type="application/json" id="data">{script_text(page.data)}</script>\n' if page.data else ""
        if page.assets:
            return f'{data}<script src="{text(page.assets)}/{SCRIPT}"></script>\n'
        return f"{data}<script>\n{asset(SCRIPT)}</script>\n"

    # contents ---------------------------------------------------------------------------------------------------------

    def _contents(self) -> str:
        """Parts, and in each its sections and tables."""
        items = []
        if self.page.tiles or self.page.charts:
            items.append('<li><a href="#glance">一览</a></li>\n')
        listed = [b for b in self.blocks if isinstance(b, Heading) and b.level <= _LISTED]
        groups = [(k, list(g)) for k, g in groupby(listed, key=lambda b: b.level == 1)]
        open_part = False
        for first, group in groups:
            if first:
                for block in group:
                    items.append(("</li>\n" if open_part else "") + f"<li>{self._entry(block)}")
                    open_part = True
            else:
                inside = "".join(f"<li>{self._entry(block)}</li>\n" for block in group)
                items.append(f"\n<ul>\n{inside}</ul>\n" if open_part else inside)
        items.append("</li>\n" if open_part else "")
        return (
            '<nav class="contents" aria-label="目录"><details open><summary>目录</summary>\n'
            f"<ul>\n{''.join(items)}</ul>\n</details></nav>\n"
        )

    def _entry(self, block: Heading) -> str:
        return f'<a href="#{self.names[id(block)]}">{text(block.text)}</a>'

    # at a glance ------------------------------------------------------------------------------------------------------

    def _glance(self) -> str:
        if not self.page.tiles and not self.page.charts:
            return ""
        shown = tile_list(self.page.tiles)
        drawn = "".join(picture(chart, f"p{n}", self.page.anchors) for n, chart in enumerate(self.page.charts))
        drawn += CHARTS_SLOT if self.page.slots else ""
        return (
            f'<section class="glance" aria-labelledby="glance">\n<h2 id="glance">一览</h2>\n{shown}'
            f'<div class="pictures">\n{drawn}</div>\n</section>\n'
        )

    # the document -----------------------------------------------------------------------------------------------------

    def _parts(self) -> str:
        return "".join(self._written())

    def _written(self) -> Iterator[str]:
        at, sheet = 0, ""
        while at < len(self.blocks):
            block = self.blocks[at]
            if sheet and isinstance(block, Heading | PageBreak):
                yield sheet
                sheet = ""
            if isinstance(block, Heading) and block.level > 1 and _form(block):
                wide = " wide" if is_wide(self._following(at)) else ""
                yield f'<div class="sheet{wide}">\n'
                sheet = "</div>\n"
            found, at = self._one(block, at)
            yield found
        yield sheet

    def _one(self, block: Block, at: int) -> tuple[str, int]:
        """The block written, and where the next begins; lines above a table go into its caption."""
        if isinstance(block, Heading):
            return self._heading(block), at + 1
        if isinstance(block, Table):
            return self._table(block, (), self._title(at)), at + 1
        if isinstance(block, PageBreak):
            return "", at + 1
        lead = leads(self.blocks[at:])
        end = at + len(lead)
        following = self.blocks[end] if end < len(self.blocks) else None
        if lead and isinstance(following, Table):
            return self._table(following, lead, self._title(at)), end + 1
        kind = ' class="note"' if _form(block) else ""
        return f"<p{kind}>{self._words(block)}</p>\n", at + 1

    def _following(self, at: int) -> Table | None:
        """The table below a heading."""
        for block in self.blocks[at + 1 :]:
            if isinstance(block, Heading | PageBreak):
                return None
            if isinstance(block, Table):
                return block
        return None

    def _title(self, at: int) -> str:
        """The heading just above."""
        before = self.blocks[at - 1] if at else None
        return before.text if isinstance(before, Heading) else ""

    def _heading(self, block: Heading) -> str:
        level = min(block.level + 1, 6)
        kind = ' class="part"' if block.level == 1 else ' class="table-title"' if _form(block) else ""
        return f'<h{level}{kind} id="{self.names[id(block)]}">{text(block.text)}</h{level}>\n'

    def _table(self, block: Table, lead: Sequence[Paragraph], title: str) -> str:
        self.tables += 1
        words = "".join(f'<span class="{p.place.column}">{text(p.text)}</span> ' for p in lead).strip()
        title = title or f"表 {self.tables}"
        self.titles[title] += 1
        title += f"（第 {self.titles[title]} 张）" if self.titles[title] > 1 else ""
        named = f'<span class="hidden">{text(title)}。</span> '
        return table_html(block, f"t{self.tables}", named + words, self.page.marks)

    def _words(self, block: Paragraph) -> str:
        found, last = [], 0
        for mark in sorted(self.page.marks.get(id(block), ()), key=_start):
            if mark.start < last:
                continue
            found.append(text(block.text[last : mark.start]))
            found.append(linked(block.text[mark.start : mark.end], mark))
            last = mark.end
        return "".join(found) + text(block.text[last:])


def _start(mark: Mark) -> int:
    return mark.start


def _form(block: Block) -> str:
    return block.place.table or ""


def tile_list(tiles: Sequence[Tile]) -> str:
    """Figures at a glance, side by side."""
    return f'<dl class="tiles">\n{"".join(map(_tile, tiles))}</dl>\n' if tiles else ""


def _tile(tile: Tile) -> str:
    figure = f'<span class="figure">{text(tile.figure)}</span> <span class="unit">{text(tile.unit)}</span>'
    if tile.to:
        figure = f'<a href="#{tile.to}">{figure}</a>'
    note = f'<dd class="tile-note">{text(tile.note)}</dd>' if tile.note else ""
    own = ' class="long"' if len(tile.figure) > _LONG else ""
    return f"<div{own}><dt>{text(tile.label)}</dt><dd>{figure}</dd>{note}</div>\n"


def trail(above: Sequence[Download]) -> str:
    """The way to this page from the first one."""
    links = "".join(f'<li><a href="{text(one.path)}">{text(one.words)}</a></li>' for one in above)
    return f'<nav class="trail" aria-label="位置"><ol>{links}</ol></nav>\n' if links else ""


def download_list(downloads: Sequence[Download]) -> str:
    """Files to take away."""
    links = "".join(f'<li><a href="{text(one.path)}">{text(one.words)}</a></li>' for one in downloads)
    return f'<ul class="downloads" aria-label="下载">{links}</ul>\n' if links else ""


def picture(chart: Chart, name: str, anchors: Mapping[str, str] = MappingProxyType({}), level: int = 3) -> str:
    """The drawing with its numbers beside it; a number leads to its cell. `name` is the id of its heading."""
    rows = chart.rows[1:]
    heads = ["项目", *(one.name for one in chart.series), "占比"][: len(chart.rows[0])]
    shown = "".join(f'<th scope="col">{text(head)}</th>' for head in heads)
    body = "".join(map("".join, (_chart_row(chart, n, row, anchors) for n, row in enumerate(rows))))
    return (
        f'<section class="picture" aria-labelledby="{name}">\n<h{level} id="{name}">{text(chart.title)}</h{level}>\n'
        f'<div class="pair"><div class="drawing">{draw_svg(chart, title=False)}</div>\n'
        f'<div class="drawing narrow">{draw_svg(chart, title=False, width=NARROW)}</div>\n'
        f'<div class="scroll" role="region" tabindex="0" aria-label="{text(chart.title)}的数字">'
        f'<table class="small"><caption><span class="hidden">{text(chart.title)}，</span>单位：{text(chart.unit)}</caption>\n'
        f"<thead><tr>{shown}</tr></thead>\n<tbody>\n{body}</tbody></table></div></div>\n</section>\n"
    )


def _chart_row(chart: Chart, number: int, row: Sequence[str], anchors: Mapping[str, str]) -> str:
    bars = [one.bars[number] for one in chart.series]
    cells = [f'<th scope="row">{text(row[0])}</th>']
    for n, words in enumerate(row[1:]):
        bar = bars[n] if n < len(bars) else None
        to = anchors.get(str(bar.key), "") if bar is not None else ""
        inside = f'<a class="f" href="#{to}">{text(words)}</a>' if to else text(words)
        cells.append(f'<td class="n">{inside}</td>')
    return f"<tr>{''.join(cells)}</tr>\n"
