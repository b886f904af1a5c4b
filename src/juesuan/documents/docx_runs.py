"""Runs of a Word document (文字与域): words, fields, the lines above a table, the paragraph that ends a section.

Refuses to know where they stand.
"""

from __future__ import annotations

from juesuan.documents.ooxml import tag, text


def lead_line(line: dict[str, str], width: int, first: str) -> str:
    """One line: words to the left, in the middle and to the right, by tabs."""
    tabs = tag("tabs", tag("tab", val="center", pos=width // 2) + tag("tab", val="right", pos=width))
    words = [text_run(line["left"])] if "left" in line else []
    words += [tag("r", tag("tab")), text_run(line["center"])] if "center" in line else [tag("r", tag("tab"))]
    words += [tag("r", tag("tab")), text_run(line["right"])] if "right" in line else []
    return tag("p", tag("pPr", tag("pStyle", val="TableLead") + first + tabs) + "".join(words))


def text_run(words: str, own: str = "") -> str:
    """Words as a run; `own` are properties."""
    properties = tag("rPr", own) if own else ""
    return tag("r", f'{properties}<w:t xml:space="preserve">{text(words)}</w:t>') if words else ""


def field(instruction: str, shown: bool = True) -> str:
    """The beginning of a field; of one that shows nothing, the whole."""
    code = f'<w:instrText xml:space="preserve">{text(instruction)}</w:instrText>'
    begin = tag("r", tag("fldChar", fldCharType="begin"))
    return begin + tag("r", code) + tag("r", tag("fldChar", fldCharType="separate" if shown else "end"))


def tiny() -> str:
    """Of the paragraph that ends a section: it must not need a page of its own."""
    return tag("spacing", before=0, after=0, line=20, lineRule="exact")
