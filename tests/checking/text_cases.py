"""Cases that give the text of a document (`from: text`): columns of a row are separated by |.

`change` replaces passages of `given`, so that cases can share one text by a YAML anchor. Refuses a passage that does
not stand there exactly once. `pages` makes it a PDF with these `pictures` and `lost` pages.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from juesuan.documents.text import read_text
from juesuan.model.places import Place
from juesuan.model.reports import Report
from juesuan.understanding import interpret

COVER = "{department}\n2024 年度部门决算\n\n"


def text_of(case: dict[str, Any]) -> str:
    """The document's text."""
    text: str = case["given"]
    for old, new in (case.get("change") or {}).items():
        if text.count(old) != 1:
            raise ValueError(f"{old!r} stands {text.count(old)} times in the case")
        text = text.replace(old, new)
    cover = "" if "年度部门决算" in text else COVER.format(department=case.get("department", "某局"))
    return cover + text.replace("|", "\t")


def text_report(case: dict[str, Any]) -> Report:
    """The account that the case gives."""
    document = read_text(text_of(case).encode(), "case.txt")
    if pages := case.get("pages"):
        pictures, lost = (tuple(Place("case.pdf", page) for page in pages.get(n, ())) for n in ("pictures", "lost"))
        document = replace(document, source="pdf", pictures=pictures, lost=lost)
    return interpret(document)
