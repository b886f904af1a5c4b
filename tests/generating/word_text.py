"""A Word document as the text that the readers understand, by python-docx: what a person gets who copies its content.

Refuses nothing: it knows neither our writer nor accounts.
"""

from __future__ import annotations

import io

import docx
from docx.table import Table
from docx.text.paragraph import Paragraph

_BREAKS = ("pageBreakBefore", "sectPr")


def word_text(data: bytes) -> str:
    """Paragraphs as lines, rows of tables as lines with tabs, a form feed where a page begins."""
    lines: list[str] = []
    feed = ""
    for block in docx.Document(io.BytesIO(data)).iter_inner_content():
        if isinstance(block, Table):
            lines += [feed + line if n == 0 else line for n, line in enumerate(_rows(block))]
            feed = ""
        else:
            feed = "\f" if _begins(block, "pageBreakBefore") else feed
            if block.text.strip():
                lines.append(feed + "\t".join(" ".join(part.split()) for part in block.text.split("\t")))
                feed = ""
        lines.append("")
        if isinstance(block, Paragraph) and _begins(block, "sectPr"):
            feed = "\f"
    return "\n".join(lines)


def _begins(block: Paragraph, name: str) -> bool:
    properties = block.paragraph_format.element.pPr
    return properties is not None and any(child.tag.endswith(f"}}{name}") for child in properties)


def _rows(table: Table) -> list[str]:
    """Every cell once, where it begins; nothing where a merged cell runs on."""
    seen = set()
    found = []
    for row in table.rows:
        cells = []
        for cell in row.cells:
            cells.append("" if cell._tc in seen else " ".join(cell.text.split()))
            seen.add(cell._tc)
        found.append("\t".join(cells))
    return found
