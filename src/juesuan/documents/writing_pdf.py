"""Writing PDF (排版成 PDF): blocks and charts → typeset pages in the look of official documents.

Contents with page numbers, bookmarks, upright and turned pages, tables with repeated heads, embedded free fonts; tagged
for screen readers and kept for archives (PDF/A-2a, PDF/UA-1). The same blocks and fonts give the same bytes. Refuses
the network, and any package that does not come with us.
Source: GB/T 9704-2012 党政机关公文格式; ISO 19005-2; ISO 14289-1.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from juesuan.documents.pdf_fonts import faces
from juesuan.documents.pdf_pages import content
from juesuan.model.charts import Chart
from juesuan.model.documents import Block

if TYPE_CHECKING:
    import typst

STANDARDS = ("a-2a", "ua-1")
_DATE = 315_532_800
"""1980-01-01, as in the Word document: the bytes depend on nothing but the content"""


def write_pdf(blocks: Iterable[Block | Chart], title: str, author: str = "", mark: str = "") -> bytes:
    """The document as the bytes of a PDF file. `mark` (草稿) stands at the top of every page."""
    data = {"title": title, "author": author, **content(list(blocks), faces(), mark)}
    inputs = {"content": json.dumps(data, ensure_ascii=False)}
    made = _compiler().compile(
        _template("document.typ"), format="pdf", sys_inputs=inputs, pdf_standards=list(STANDARDS), timestamp=_DATE
    )
    assert isinstance(made, bytes)
    return made


def picture(svg: str, width: int, dots: int = 200) -> bytes:
    """A drawing as PNG, `width` points wide, with so many dots per inch."""
    inputs = {"svg": svg, "width": str(width)}
    made = _compiler().compile(_template("picture.typ"), format="png", sys_inputs=inputs, ppi=dots)
    assert isinstance(made, bytes)
    return made


@cache
def _template(name: str) -> bytes:
    return (files("juesuan.documents") / "data" / name).read_bytes()


@cache
def _compiler() -> typst.Compiler:
    import typst  # noqa: PLC0415 -- heavy, and only needed to typeset

    return typst.Compiler(font_paths=list(faces().folders))
