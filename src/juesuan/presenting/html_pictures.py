"""Pages of the original in HTML (原件图像): every picture once, strips of it beside findings, boxes drawn over it.

Strips and whole pages use the same picture through SVG, so that a box is where the reader of the file found it.
Refuses to scale a strip so small that it cannot be read: wide pages are cut at the sides instead.
"""

from __future__ import annotations

import base64
from collections import defaultdict
from collections.abc import Iterable, Sequence

from juesuan.documents.page_pictures import Picture
from juesuan.presenting.entries import Entry
from juesuan.presenting.html_words import tag, words
from juesuan.presenting.originals import Box, Original

MOST_PAGES = 60
"""so many pages have pictures; findings on further ones name their page"""
_DPI = ((12, 150), (30, 120), (MOST_PAGES, 96))
_WIDEST, _HIGHEST, _LOWEST = 520.0, 240.0, 92.0
"""of a strip, in points"""
_SIDE, _ABOVE, _ROUND = 14.0, 34.0, 1.6
_RELATED = 2
"""so many further pages are shown with a finding"""
Marks = dict[int, list[tuple[Box, bool]]]
"""page → boxes, and whether they are what is wrong"""


def marked_pages(original: Original, entry: Entry) -> Marks:
    """The boxes of one finding by page, the page of the finding first, few others after it."""
    found: Marks = defaultdict(list)
    for page, box, main in original.boxes(entry.finding):
        found[page].append((box, main))
    first = entry.place.page
    if first and first not in found and entry.place.line is None:
        found[first] = []
    pages = sorted(found, key=lambda page: page != first)
    return {page: found[page] for page in pages[: 1 + _RELATED]}


def wanted_pages(marks: Iterable[Marks]) -> tuple[list[int], int]:
    """(pages to be drawn, at how many dots an inch): those with findings before those that are only related."""
    ranks: dict[int, int] = {}
    for one in marks:
        for rank, page in enumerate(one):
            ranks[page] = min(rank, ranks.get(page, rank))
    pages = sorted(sorted(ranks, key=lambda page: (ranks[page] > 0, page))[:MOST_PAGES])
    return pages, next(dpi for most, dpi in _DPI if len(pages) <= most)


def definitions(pictures: Iterable[Picture]) -> str:
    """The pictures, to be used by their names; nothing is shown here."""
    images = [
        f'<image id="picture-{one.page}" width="{one.width:g}" height="{one.height:g}" '
        f'href="data:image/png;base64,{base64.b64encode(one.png).decode("ascii")}"/>'
        for one in pictures
    ]
    defs = tag("defs", images)
    return tag("svg", defs, width=0, height=0, cls="pictures", aria_hidden="true", focusable="false") if images else ""


def strip(picture: Picture, boxes: Sequence[tuple[Box, bool]], extent: tuple[float, float] | None, name: str) -> str:
    """The part of a page around the boxes."""
    view = _view(picture, boxes, extent)
    inside = f'<use href="#picture-{picture.page}"/>' + "".join(_rect(box, main) for box, main in boxes)
    return tag("svg", inside, cls="strip", viewbox=" ".join(f"{n:.1f}" for n in view), role="img", aria_label=name)


def _view(
    picture: Picture, boxes: Sequence[tuple[Box, bool]], extent: tuple[float, float] | None
) -> tuple[float, float, float, float]:
    """(left, top, width, height) of the strip in points."""
    left, right = extent or (0.0, picture.width)
    left, right = max(left - _SIDE, 0.0), min(right + _SIDE, picture.width)
    main = [box for box, wrong in boxes if wrong] or [box for box, _ in boxes]
    if not main:
        return left, 0.0, right - left, min(_HIGHEST, picture.height)
    top, bottom = min(box[1] for box in main), max(box[3] for box in main)
    for box, _ in boxes:  # related figures near by are shown as well
        if max(bottom, box[3]) - min(top, box[1]) + 2 * _ABOVE <= _HIGHEST:
            top, bottom = min(top, box[1]), max(bottom, box[3])
    height = min(max(bottom - top + 2 * _ABOVE, _LOWEST), 2 * _HIGHEST, picture.height)
    y = top - min(_ABOVE, (height - (bottom - top)) / 2) if bottom - top < height else top - _ABOVE / 2
    width = right - left
    if width > _WIDEST:
        last = max(box[2] for box in main)
        if last + _SIDE > left + _WIDEST:  # else the names at the left of the rows are kept
            middle = (min(box[0] for box in main) + last) / 2
            left = min(max(middle - _WIDEST / 2, left), right - _WIDEST)
        width = _WIDEST
    return left, min(max(y, 0.0), picture.height - height), width, height


def _rect(box: Box, main: bool, number: int = 0) -> str:
    x, y, wide, high = box[0] - _ROUND, box[1] - _ROUND, box[2] - box[0] + 2 * _ROUND, box[3] - box[1] + 2 * _ROUND
    kind = "wrong" if main else "related"
    found = f'<rect class="{kind}" x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{high:.1f}" rx="1.5"/>'
    if number:
        across = 6.0 + 4.0 * len(str(number))
        found += f'<rect class="badge" x="{x - across:.1f}" y="{y:.1f}" width="{across:.1f}" height="11" rx="2"/>'
        found += f'<text x="{x - across / 2:.1f}" y="{y + 8.4:.1f}" text-anchor="middle">{number}</text>'
    return found


def whole_page(picture: Picture, marks: Sequence[tuple[Entry, Sequence[tuple[Box, bool]]]]) -> str:
    """A page with the boxes of all its findings, each a way back to its finding."""
    groups = []
    for entry, boxes in sorted(marks, key=lambda pair: pair[0].number):
        first = next((n for n, (_, main) in enumerate(boxes) if main), -1)
        rects = "".join(_rect(box, main, entry.number if n == first else 0) for n, (box, main) in enumerate(boxes))
        if rects:
            title = tag("title", words(f"问题 {entry.number}：{entry.subject}"))
            name = f"page-{picture.page}-{entry.number}"
            link = tag("a", title + rects, href=f"#finding-{entry.number}", aria_label=f"回到问题 {entry.number}")
            groups.append(tag("g", link, id=name, cls=f"marks {entry.finding.severity.name.lower()}"))
    numbers = sorted({entry.number for entry, boxes in marks if any(main for _, main in boxes)})
    links = "、".join(f'<a href="#finding-{number}">{number}</a>' for number in numbers)
    caption = tag("figcaption", f"第 {picture.page} 页" + (f"　问题 {links}" if links else "　只有相关之处"))
    image = f'<use href="#picture-{picture.page}"/>' + "".join(groups)
    svg = tag("svg", image, viewbox=f"0 0 {picture.width:g} {picture.height:g}", role="group")
    svg = svg.replace("<svg", f'<svg aria-label="第 {picture.page} 页的图像"', 1)
    turned = "wide" if picture.width > picture.height else None
    return tag("figure", caption + svg, id=f"page-{picture.page}", cls=turned, tabindex="-1")
