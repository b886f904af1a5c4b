"""HTML for the browser and the office suite (网页): the blocks as one page, tables in the look that is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from juesuan.model.documents import Block, Cell, Heading, PageBreak, Paragraph, Table
from tests.layouts.looks import LINES, RECTANGLES, RULES, Look, fit, heads, is_figure

_BORDERS = {
    LINES: "table{border-collapse:collapse} td{border:0.7pt solid #000}",
    RECTANGLES: "table{border-collapse:separate;border-spacing:0.75pt;background:#000} td{background:#fff}",
    RULES: "table{border-collapse:collapse} tr{border-bottom:0.7pt solid #000} table{border-top:1.5pt solid #000}",
}


def write_html(blocks: Sequence[Block], look: Look) -> str:
    """The page. Page breaks, repeated heads and the turn of the page are asked for by CSS."""
    font = "Noto Serif CJK SC" if look.serif else "Noto Sans CJK SC"
    css = [
        f"@page{{size:A4{' landscape' if look.landscape else ''};margin:18mm 16mm}}",
        f"body{{font-family:'{font}';font-size:12pt;line-height:1.6}} td{{padding:1pt 2pt;line-height:1.25}}",
        "p{text-indent:2em;margin:0} .right{text-align:right} .center{text-align:center;text-indent:0}",
        "table{table-layout:fixed;width:100%} .break{break-before:page}",
        f"tr{{break-inside:{'auto' if look.split else 'avoid'}}}",
        "thead{display:" + ("table-header-group" if look.repeat else "table-row-group") + "}",
        _BORDERS.get(look.ruling, "table{border-collapse:collapse} td{border:none}"),
    ]
    if look.latin:
        css.append(f".n{{font-family:'{look.latin}'}}")
    if look.drop:
        css.append(f".n{{position:relative;top:{look.drop}pt}}")
    if look.tall:
        css.append(f"td{{padding-top:{look.tall}pt;padding-bottom:{look.tall}pt}}")
    body = "".join(_blocks(blocks, look))
    return f"<!DOCTYPE html><html><head><meta charset='utf-8'><style>{''.join(css)}</style></head><body>{body}</body></html>"


def _blocks(blocks: Sequence[Block], look: Look) -> Iterator[str]:
    turned = ""
    for block in blocks:
        mark = f" class='{turned}'" if turned else ""
        if isinstance(block, PageBreak):
            turned = "break"
            continue
        if isinstance(block, Heading):
            yield f"<h{block.level + 1}{mark}>{escape(block.text)}</h{block.level + 1}>"
        elif isinstance(block, Table):
            yield _table(block, look)
        elif isinstance(block, Paragraph):
            at = block.place.column if block.place.column in ("right", "center") else ""
            yield f"<p class='{turned} {at}'>{escape(block.text)}</p>"
        turned = ""


def _table(table: Table, look: Look) -> str:
    room = (842 if look.landscape else 595) - 92
    wide, size = fit(table, room, look)
    columns = "".join(f"<col style='width:{100 * w / sum(wide):.2f}%'>" for w in wide)
    above = heads(table)
    rows = [
        "<tr>" + "".join(_cell(c, look.ruling == LINES) for c in row if c is not None) + "</tr>" for row in table.rows
    ]
    head = f"<thead>{''.join(rows[:above])}</thead>" if above else ""
    return f"<table style='font-size:{size}pt'>{columns}{head}<tbody>{''.join(rows[above:])}</tbody></table>"


def _cell(cell: Cell, lined: bool) -> str:
    spans = f" colspan={cell.colspan}" if cell.colspan > 1 else ""
    spans += f" rowspan={cell.rowspan}" if cell.rowspan > 1 else ""
    number = is_figure(cell.text)
    align = (
        "right" if number and cell.place.column else "left" if cell.colspan == 1 and len(cell.text) > 2 else "center"
    )
    text = escape(cell.text).replace("  ", "&nbsp; ")
    inside = f"<span class=n>{text}</span>" if number else text
    border = ";border:0.7pt solid #000" if lined else ""  # the office suite heeds no style sheet here
    return f"<td{spans} style='text-align:{align}{border}'>{inside}</td>"
