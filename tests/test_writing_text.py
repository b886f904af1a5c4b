"""Documents as text: lines, tabs, form feeds; what stands in a cell stays in one cell."""

from __future__ import annotations

from juesuan.composing.grids import table
from juesuan.documents.text import read_text
from juesuan.documents.writing_text import write_text
from juesuan.model.documents import Block, Heading, PageBreak, Paragraph, Table
from juesuan.model.places import Place

P = Place()
GRID = table([["收入", "<", "支出"], ["项目", "决算数", "^"], ["一、事业收入", "1.00", ""]], "totals")


def test_blocks_become_lines() -> None:
    text = write_text(
        [Heading("一、概况", 2, P), Paragraph("单位：万元", P), GRID, PageBreak(P), Paragraph("注：无。", P)]
    )
    assert text == "一、概况\n\n单位：万元\n\n收入\t\t支出\n项目\t决算数\t\n一、事业收入\t1.00\t\n\n\f注：无。\n"


def test_a_cell_stays_in_its_cell() -> None:
    assert write_text([table([["项目\n名称", "a\tb"], ["1\r\n2", " x "]], "")]) == "项目名称\ta b\n1 2\tx\n"


def test_it_is_read_as_it_was_written() -> None:
    written: list[Block] = [Heading("一、概况", 2, P), GRID, PageBreak(P), Paragraph("注：本表反映收支。", P)]
    document = read_text(write_text(written).encode("utf-8"), "a.txt")
    assert [type(block) for block in document.blocks] == [Heading, Table, PageBreak, Paragraph]
    (grid,) = [block for block in document.blocks if isinstance(block, Table)]
    assert [[cell.text if cell else "" for cell in row] for row in grid.rows] == [
        [cell.text if cell else "" for cell in row] for row in GRID.rows
    ]


def test_merged_cells_know_their_spans() -> None:
    first = GRID.rows[0][0]
    last = GRID.rows[0][2]
    assert first is not None
    assert last is not None
    assert (first.colspan, first.rowspan, last.colspan, last.rowspan) == (2, 1, 1, 2)
    assert GRID.rows[0][1] is None
    assert GRID.rows[1][2] is None
