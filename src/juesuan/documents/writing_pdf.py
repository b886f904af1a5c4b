"""Writing PDF (排版成 PDF): blocks and charts → typeset pages in the look of official documents.

Contents with page numbers, bookmarks, upright and turned pages, tables with repeated heads, embedded free fonts; tagged
for screen readers and kept for archives (PDF/A-2a, PDF/UA-1). The same blocks and fonts give the same bytes. Refuses
the network, and any package that does not come with us.
Source: GB/T 9704-2012 党政机关公文格式; ISO 19005-2; ISO 14289-1.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Literal

from juesuan.documents.pdf_fonts import faces
from juesuan.documents.pdf_pages import content
from juesuan.documents.typesetting import compiler, template
from juesuan.model.charts import Chart
from juesuan.model.documents import Block

STANDARDS: tuple[Literal["a-2a"], Literal["ua-1"]] = ("a-2a", "ua-1")
_DATE = 315_532_800
"""1980-01-01, as in the Word document: the bytes depend on nothing but the content"""


def write_pdf(blocks: Iterable[Block | Chart], title: str, author: str = "", mark: str = "") -> bytes:
    """The document as the bytes of a PDF file. `mark` (草稿) stands at the top of every page."""
    data = {"title": title, "author": author, **content(list(blocks), faces(), mark)}
    inputs = {"content": json.dumps(data, ensure_ascii=False)}
    made = compiler().compile(
        template("document.typ"), format="pdf", sys_inputs=inputs, pdf_standards=list(STANDARDS), timestamp=_DATE
    )
    assert isinstance(made, bytes)
    return made
