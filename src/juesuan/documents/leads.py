"""Lines above a table (表头说明): what stands left, in the middle and right of it goes into one line, where there is room.

Refuses to shorten anything: what comes too near to another gets a line of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from juesuan.documents.docx_plans import width_of
from juesuan.model.charts import Chart
from juesuan.model.documents import Block, Paragraph

_SIZE = 20
"""of the letters, in half points"""


def leads(blocks: Sequence[Block | Chart]) -> list[Paragraph]:
    """The lines above a table with which the blocks begin."""
    found = []
    for block in blocks:
        if not isinstance(block, Paragraph) or not block.place.column:
            break
        found.append(block)
    return found


def lead_lines(run: Sequence[Paragraph], width: int) -> Iterator[dict[str, str]]:
    """Every line as its words by side: left, center, right. `width` is that of the page, in twentieths of a point."""
    lines: list[dict[str, str]] = [{}]
    for block in run:
        at = block.place.column or "left"
        if at in lines[-1]:
            lines.append({})
        lines[-1][at] = block.text
    for line in lines:
        left, center = (width_of(line.get(at, ""), _SIZE) for at in ("left", "center"))
        if center and left + center // 2 + 10 * _SIZE > width // 2:
            yield {"center": line["center"]}
            yield {at: text for at, text in line.items() if at != "center"}
        else:
            yield line
