"""A template to begin with (起步模板): cover, contents and body as marks, in the look of official documents.

A bureau changes it in its word processor. Refuses to hold any words but the marks and two titles.
"""

from __future__ import annotations

from pathlib import Path

from juesuan.documents.docx_pages import Page
from juesuan.documents.docx_runs import text_run
from juesuan.documents.docx_styles import MM
from juesuan.documents.ooxml import tag
from juesuan.documents.writing_docx import packed_body, section_xml

NAME = "决算公开模板.docx"
_LINES = (
    ("CoverTitle", "【单位名称】"),
    ("CoverTitle", "【年度】 年度部门决算"),
)
_LOW = tag("spacing", before=round(52 * MM))


def starter() -> bytes:
    """The template as the bytes of a DOCX file."""
    cover = [
        tag("p", tag("pPr", tag("pStyle", val=style) + (_LOW if not number else "")) + text_run(words))
        for number, (style, words) in enumerate(_LINES)
    ]
    ended = tag("p", tag("pPr", tag("pStyle", val="BodyText") + section_xml(Page(cover=True))))
    title = tag("p", tag("pPr", tag("pStyle", val="ContentsTitle")) + text_run("目 录"))
    contents = tag("p", tag("pPr", tag("pStyle", val="TOC2")) + text_run("【目录】"))
    body = tag("p", tag("pPr", tag("pStyle", val="BodyText") + tag("pageBreakBefore")) + text_run("【正文】"))
    return packed_body(
        "".join([*cover, ended, title, contents, body, section_xml(Page(), restart=True)]), updates=False
    )


def save_starter(directory: str) -> Path:
    """Writes the template into a folder. Raises FileExistsError where there is one already, OSError."""
    path = Path(directory) / NAME
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists():
        raise FileExistsError(path)
    path.write_bytes(starter())
    return path
