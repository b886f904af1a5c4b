"""What a web page shows (网页的内容): blocks, what its figures lead to, figures at a glance, pictures, data for machines.

Plain records, filled by a service. Refuses to know what a figure means: names, words and pictures come ready.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from juesuan.model.charts import Chart
from juesuan.model.documents import Block

HEAD_SLOT, CHARTS_SLOT = "<!-- head -->\n", "<!-- charts -->\n"
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a paragraph (`start` to `end`), or a whole cell (both 0), that is `name`d and leads `to` another.

    `says` is what stands there, in words; `to` "" where it leads nowhere.
    """

    name: str
    to: str
    says: str
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Tile:
    """One figure at a glance: what it is, the figure as printed, its unit, a line below it, the anchor it leads to."""

    label: str
    figure: str
    unit: str
    note: str = ""
    to: str = ""


@dataclass(frozen=True, slots=True)
class Download:
    """A file beside the page, or another page."""

    words: str
    path: str


@dataclass(slots=True)
class Page:
    """One account as a page. `marks` by the id of a paragraph or cell; `trail` leads to the pages above this one.

    `assets` is the folder that holds style and script, "" where the page holds them itself. With `slots` two comments
    mark where a site puts what it knows only once all accounts are read (`filled`).
    """

    title: str
    department: str
    year: str
    kind: str
    """部门决算 or 单位决算"""
    blocks: Sequence[Block]
    marks: Mapping[int, Sequence[Mark]] = field(default_factory=dict)
    tiles: Sequence[Tile] = ()
    charts: Sequence[Chart] = ()
    anchors: Mapping[str, str] = field(default_factory=dict)
    """where a key's figure stands: key → name of the mark"""
    linked: str = ""
    """JSON-LD for search engines"""
    data: str = ""
    """all figures as JSON"""
    draft: str = ""
    notices: Sequence[str] = ()
    downloads: Sequence[Download] = ()
    trail: Sequence[Download] = ()
    assets: str = ""
    slots: bool = False


def text(words: str) -> str:
    """Words as the content of an element or of an attribute in double quotes."""
    return html.escape(_FORBIDDEN.sub("", words), quote=True)


def script_text(data: str) -> str:
    """JSON as the content of a script element: nothing in it can end the element."""
    return data.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def filled(page: str, head: str, charts: str) -> str:
    """A page written with `slots`, with markup in their places."""
    return page.replace(HEAD_SLOT, head, 1).replace(CHARTS_SLOT, charts, 1)
