"""Typst source (排版语言): the blocks for typst, tables in the look that is asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from juesuan.model.documents import Block, Cell, Heading, PageBreak, Paragraph, Table
from tests.layouts.looks import LINES, RECTANGLES, RULES, Look, fit, heads, is_figure


def write_typst(blocks: Sequence[Block], look: Look) -> str:
    """The source."""
    font = "Noto Serif CJK SC" if look.serif else "Noto Sans CJK SC"
    fonts = f'("{look.latin}", "{font}")' if look.latin else f'"{font}"'
    flipped = str(look.landscape).lower()
    numbering = '"— 1 —"' if look.footer else "none"
    parts = [
        f'#set page(paper: "a4", flipped: {flipped}, margin: (x: 16mm, y: 18mm), numbering: {numbering})',
        f'#set text(font: {fonts}, size: 12pt, lang: "zh", fallback: true)',
        "#set par(first-line-indent: (amount: 2em, all: true), justify: true, leading: 0.8em)",
        f"#let n(x) = {f'move(dy: {look.drop}pt, x)' if look.drop else 'x'}",
        *_blocks(blocks, look),
    ]
    return "\n\n".join(parts)


def _blocks(blocks: Sequence[Block], look: Look) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, PageBreak):
            yield "#pagebreak(weak: true)"
        elif isinstance(block, Heading):
            yield f'#text(size: {18 - 2 * block.level}pt, weight: "bold")[#{_string(block.text)}]'
        elif isinstance(block, Table):
            yield _table(block, look)
        elif isinstance(block, Paragraph):
            at = block.place.column if block.place.column in ("right", "center") else "left"
            yield f"#align({at})[#{_string(block.text)}]" if at != "left" else f"#{_string(block.text)}"


def _string(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _table(table: Table, look: Look) -> str:
    wide, size = fit(table, (842 if look.landscape else 595) - 92, look)
    stroke = {LINES: "0.6pt", RECTANGLES: "none", RULES: "(x, y) => (bottom: 0.6pt, top: if y == 0 {1.2pt})"}
    columns = ", ".join(f"{w:.1f}pt" for w in wide)
    above = heads(table)
    rows = [[_cell(c, look) for c in row if c is not None] for row in table.rows]
    cells = [cell for row in rows[above:] for cell in row]
    head = [cell for row in rows[:above] for cell in row]
    if head:
        cells.insert(0, f"table.header(repeat: {str(look.repeat).lower()}, {', '.join(head)})")
    gaps = ", gutter: 0.8pt, fill: white" if look.ruling == RECTANGLES else ""
    inset = f"(x: 2pt, y: {2 + look.tall}pt)"
    body = (
        f"table(columns: ({columns},), stroke: {stroke.get(look.ruling, 'none')}, inset: {inset}{gaps}, "
        f"align: horizon, {', '.join(cells)})"
    )
    if look.ruling == RECTANGLES:
        body = f"block(fill: black, inset: 0.8pt, {body})"
    split = "true" if look.split else "false"
    return (
        f"#[#set text(size: {size}pt)\n#set par(first-line-indent: 0pt, justify: false, leading: 0.4em)\n"
        f"#set table.cell(breakable: {split})\n#{body}]"
    )


def _cell(cell: Cell, look: Look) -> str:
    spans = "".join(
        f"{name}: {count}, " for name, count in (("colspan", cell.colspan), ("rowspan", cell.rowspan)) if count > 1
    )
    number = is_figure(cell.text)
    align = (
        "right" if number and cell.place.column else "left" if cell.colspan == 1 and len(cell.text) > 2 else "center"
    )
    # a break may stand between any two Chinese characters; blanks between letters stay
    text = re.sub(" ", "\u00a0", cell.text)
    inside = f"n({_string(text)})" if number else _string(text)
    return f"table.cell({spans}align: {align} + horizon, {inside})"
