"""Sections of a template (节): how much room a page has, and turned pages among upright ones.

Headers, footers, borders and page numbers go on as the template has them. Refuses to turn pages where a template has
turned them itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy

from juesuan.documents.docx_package import Element, markup, w
from juesuan.documents.docx_plans import Rooms
from juesuan.documents.docx_runs import tiny
from juesuan.documents.ooxml import tag

UPRIGHT, TURNED, LARGE = range(3)
"""pages as the section has them, turned ones, and turned ones of A3"""
Run = tuple[list[Element], int]
"""elements, and on which pages they stand"""
_SIDES = ("top", "right", "bottom", "left")
_SIZE = {"w": 11906, "h": 16838}
_A3 = {"w": 16838, "h": 23811}
_MARGIN = {"top": 1440, "right": 1800, "bottom": 1440, "left": 1800, "gutter": 0}
_TITLE_ROOM, _HEADING = 2500, 1500
"""what title, lines and notes of a table take of a page, and a heading above them, in twentieths of a point"""


def section_of(paragraph: Element) -> Element:
    """The properties of the section that a paragraph of the body is in; made where a file has none."""
    for after in (paragraph, *paragraph.itersiblings()):
        own = after if after.tag == w("sectPr") else after.find(f"{w('pPr')}/{w('sectPr')}")
        if own is not None:
            return own
    [made] = markup(tag("sectPr"))
    paragraph.getparent().append(made)
    return made


def rooms(section: Element) -> Rooms:
    """How wide and high a table may be: upright and turned, or turned only where the section itself is."""
    size, margin = _read(section, "pgSz", _SIZE), _read(section, "pgMar", _MARGIN)
    across = abs(margin["left"]) + abs(margin["right"]) + margin["gutter"]
    down = abs(margin["top"]) + abs(margin["bottom"])
    own = (size["w"] - across, size["h"] - down - _TITLE_ROOM)
    turned = (size["h"] - down, size["w"] - across - _TITLE_ROOM)
    return {True: own} if size["w"] > size["h"] else {False: own, True: turned}


def lower(found: Rooms) -> Rooms:
    """The room below a heading that stands on the same page."""
    return {turned: (width, height - _HEADING) for turned, (width, height) in found.items()}


def large_room(section: Element) -> int:
    """How wide a table may be on a turned page of A3."""
    margin = _read(section, "pgMar", _MARGIN)
    return _A3["h"] - abs(margin["top"]) - abs(margin["bottom"])


def width_of_text(section: Element) -> int:
    """How wide its text is, in twentieths of a point."""
    return next(iter(rooms(section).values()))[0]


def _read(section: Element, name: str, usual: dict[str, int]) -> dict[str, int]:
    found = section.find(w(name))
    values = {} if found is None else {key: found.get(w(key)) for key in usual}
    return {key: int(values.get(key) or number) for key, number in usual.items()}


def place_runs(mark: Element, runs: Sequence[Run]) -> None:
    """Puts runs of elements in the place of a paragraph of the body, turned ones in sections of their own."""
    section = section_of(mark)
    carrier = mark.find(f"{w('pPr')}/{w('sectPr')}") is not None
    first, last = not _before(mark), not _after(mark, section)
    elements: list[Element] = []
    if any(pages for _, pages in runs):
        elements = _sectioned(runs, section, first, last)
    else:
        elements = [element for own, _ in runs for element in own]
    for element in elements:
        mark.addprevious(element)
    if not carrier:
        mark.getparent().remove(mark)
        return
    for child in list(mark):  # it ends its section: what it said goes, it stays
        if child.tag != w("pPr"):
            mark.remove(child)


def _before(mark: Element) -> bool:
    """Whether anything stands before it in its section."""
    above = mark.getprevious()
    return above is not None and above.find(f"{w('pPr')}/{w('sectPr')}") is None


def _after(mark: Element, section: Element) -> bool:
    """Whether anything stands behind it in its section."""
    for after in mark.itersiblings():
        own = after.find(f"{w('pPr')}/{w('sectPr')}")
        if after is section or own is section:
            return own is not None and any(True for _ in after.iter(w("t"), w("drawing"), w("pict")))
        if after.tag == w("tbl") or any(True for _ in after.iter(w("t"), w("drawing"), w("pict"))):
            return True
    return False


def _sectioned(runs: Sequence[Run], section: Element, first: bool, last: bool) -> list[Element]:
    """The runs with the ends of sections between them; the section itself becomes that of the last run."""
    found: list[Element] = []
    chain: list[Element] = []

    def end(pages: int) -> None:
        own = _turned(section, pages) if pages else deepcopy(section)
        chain.append(own)
        found.append(_carrier(own))

    if runs[0][1] and not first:
        end(UPRIGHT)
    for number, (elements, pages) in enumerate(runs):
        found += elements
        final = number == len(runs) - 1
        if final and pages and last:
            section[:] = list(_turned(section, pages))
        elif pages or not final:
            end(pages)
    for later in [*chain[1:], section]:
        _goes_on(later)
    return found


def _carrier(section: Element) -> Element:
    [paragraph] = markup(tag("p", tag("pPr", tiny())))
    paragraph.find(w("pPr")).append(section)
    return paragraph


def _turned(section: Element, pages: int) -> Element:
    """The section with its pages turned, on A3 where wanted."""
    made = deepcopy(section)
    size, margin = _read(made, "pgSz", _SIZE), _read(made, "pgMar", _MARGIN)
    if size["w"] > size["h"]:  # turned already: only larger
        made.find(w("pgSz")).set(w("w"), str(_A3["h"]))
        made.find(w("pgSz")).set(w("h"), str(_A3["w"]))
        return made
    size = _A3 if pages == LARGE else size
    for name, usual in (("pgSz", _SIZE), ("pgMar", _MARGIN)):
        if made.find(w(name)) is None:
            made.extend(markup(tag(name, **usual)))
    old, edges = made.find(w("pgSz")), made.find(w("pgMar"))
    old.set(w("w"), str(size["h"]))
    old.set(w("h"), str(size["w"]))
    old.set(w("orient"), "landscape")
    for at, side in enumerate(_SIDES):
        edges.set(w(side), str(margin[_SIDES[at - 1]]))
    return made


def _goes_on(section: Element) -> None:
    """A section that begins on a new page and does not count its pages anew."""
    for name in ("type", "titlePg"):
        for old in section.findall(w(name)):
            section.remove(old)
    number = section.find(w("pgNumType"))
    if number is not None:
        number.attrib.pop(w("start"), None)
    size = section.find(w("pgSz"))
    [kind] = markup(tag("type", val="nextPage"))
    if size is None:
        section.append(kind)
    else:
        size.addprevious(kind)
