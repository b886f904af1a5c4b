"""Tables of a Word document (表格): heads repeated on every page, merged cells, rows that do not split unless they are high.

How wide, large and high everything is stands in the table's plan (docx_plans). Refuses to leave anything out.
"""

from __future__ import annotations

from juesuan.documents.docx_plans import FIGURE, LEADING, ROOM, SHORTEST, Plan, height_of, is_form
from juesuan.documents.docx_styles import SONG, cell_margins, fonts
from juesuan.documents.ooxml import tag, text
from juesuan.documents.papers import split_rows
from juesuan.model.documents import Cell, Table


def table_xml(table: Table, made: Plan) -> str:
    """The table as it stands in the document."""
    border = "".join(
        tag(side, val="single", sz=6 if side in ("top", "left", "bottom", "right") else 4, space=0, color="000000")
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    properties = tag("tblW", w=sum(made.widths), type="dxa") + tag("jc", val="center") + tag("tblBorders", border)
    # Word takes these from the default style of tables, LibreOffice only from the table itself
    properties += tag("tblLayout", type="fixed") + cell_margins()
    grid = "".join(tag("gridCol", w=width) for width in made.widths)
    heights = height_of(table, made)
    split = split_rows(table, made, heights)
    least = max(LEADING * made.size + ROOM, made.row)
    rows = "".join(
        _row(table, number, made, least if number in split else heights[number], number in split)
        for number in range(len(table.rows))
    )
    return tag("tbl", tag("tblPr", properties) + tag("tblGrid", grid) + rows)


def _row(table: Table, number: int, made: Plan, height: int, split: bool) -> str:
    row, head, form = table.rows[number], number < made.heads, is_form(table)
    properties = "" if split else tag("cantSplit")
    properties += tag("trHeight", val=height, hRule="atLeast")
    properties += tag("tblHeader") if head else ""
    cells: list[str] = []
    column = 0
    while column < len(row):
        cell = row[column]
        above = _covering(table, number, column) if cell is None else None
        span = cell.colspan if cell is not None else above.colspan if above else 1
        width = sum(made.widths[column : column + span])
        cells.append(_cell(cell, above is not None, width, span, (head, form, made.size)))
        column += span
    return tag("tr", tag("trPr", properties) + "".join(cells))


def _covering(table: Table, number: int, column: int) -> Cell | None:
    """The cell of a row above that runs down to here and begins in this column."""
    for up in range(1, number + 1):
        cell = table.rows[number - up][column]
        if cell is not None:
            return cell if cell.rowspan > up else None
    return None


def _cell(cell: Cell | None, continued: bool, width: int, span: int, look: tuple[bool, bool, int]) -> str:
    head, form, size = look
    properties = tag("tcW", w=width, type="dxa")
    properties += tag("gridSpan", val=span) if span > 1 else ""
    if continued:
        properties += tag("vMerge")
    elif cell is not None and cell.rowspan > 1:
        properties += tag("vMerge", val="restart")
    properties += tag("vAlign", val="center")
    words = cell.text if cell is not None else ""
    style = "TableHead" if head else "TableText"
    align = ""
    if cell is not None and not head:
        if cell.place.column and not form:
            style = "TableFigure"
        elif (form and len(words) <= SHORTEST * 3) or FIGURE.fullmatch(words) or words in ("合计", "总计"):
            align = tag("jc", val="center")
    run = tag("r", tag("rPr", fonts(SONG) + tag("sz", val=size) + tag("szCs", val=size)) + _t(words)) if words else ""
    paragraph = tag("pPr", tag("pStyle", val=style) + _line(size) + align) + run
    return tag("tc", tag("tcPr", properties) + tag("p", paragraph))


def _line(size: int) -> str:
    return tag("spacing", line=LEADING * size, lineRule="exact")


def _t(words: str) -> str:
    """Words of a run; a line break within them is one in the document."""
    lines = words.split("\n")
    return tag("br").join(f'<w:t xml:space="preserve">{text(line)}</w:t>' for line in lines)
