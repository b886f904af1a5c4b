"""Manners (写法): the blocks of a made-up account as another office would arrange them, before anybody prints them.

Code in three columns, code and name in one cell, letter-spaced names, sub-heads in the 合计 row, empty rows, tables
after the explanation. The figures stay as they are. Refuses to know a page: that is for the hands that print.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from juesuan.composing.document import compose
from juesuan.generating import account_of, generate, report_of
from juesuan.knowledge.numerals import chinese
from juesuan.knowledge.styles import style
from juesuan.model.documents import Block, Cell, Heading, PageBreak, Paragraph, Table
from juesuan.model.places import Place

Blocks = list[Block]
Grid = list[list[Cell | None]]
CODED = ("income", "expenditure", "general_public", "funds", "state_capital")
_CODE = re.compile(r"\d{3,7}")
_CODES, _NAMES = "功能分类科目编码", "科目名称"


def account(seed: int) -> Blocks:
    """The document of a made-up account, in its own style."""
    made = generate(seed)
    return list(compose(report_of(made), account_of(made), style(made.shape.style)).blocks)


def figure(cell: Cell) -> bool:
    """Whether a cell is one of figures: those have the key as their column."""
    return cell.place.column is not None


# order ---------------------------------------------------------------------------------------------------------------


def tables_moved(blocks: Blocks) -> Blocks:
    """The part with the tables behind the explanation, or before it: the other way round; parts numbered anew."""
    starts = [n for n, b in enumerate(blocks) if isinstance(b, Heading) and b.level == 1]
    parts = [blocks[a - 1 : b - 1] for a, b in zip(starts, [*starts[1:], len(blocks) + 1], strict=True)]
    at = next(n for n, part in enumerate(parts) if _forms(part) & {"totals", "income"})
    other = next(n for n, part in enumerate(parts) if "情况说明" in _text(part[1]))
    parts[at], parts[other] = parts[other], parts[at]
    result, titles = blocks[: starts[0] - 1], []
    for number, part in enumerate(parts, 1):
        title = re.sub("第.部分", f"第{chinese(number)}部分", _text(part[1]))
        titles.append(title)
        result += [part[0], Heading(title, 1, part[1].place), *part[2:]]
    return _contents(result, titles)


def _forms(blocks: Sequence[Block]) -> set[str]:
    return {block.place.table or "" for block in blocks if isinstance(block, Table)}


def _text(block: Block) -> str:
    return block.text if isinstance(block, Heading | Paragraph) else ""


def _contents(blocks: Blocks, titles: list[str]) -> Blocks:
    """The contents with the parts in their new order."""
    groups: dict[str, Blocks] = {}
    place, first, last = "", 0, 0
    for n, block in enumerate(blocks):
        if isinstance(block, Paragraph) and block.place.table == "contents" and not block.place.row:
            if re.match("第.部分", block.text):
                place = block.text.partition(" ")[2]
                first = first or n
            groups.setdefault(place, []).append(block)
            last = n
    listed: Blocks = []
    for title in titles:
        own = groups.get(title.partition(" ")[2], [])
        listed += [Paragraph(title, own[0].place), *own[1:]] if own else []
    return [*blocks[:first], *listed, *blocks[last + 1 :]]


# tables --------------------------------------------------------------------------------------------------------------


def _each(blocks: Blocks, forms: Sequence[str], change: Callable[[Table], Table]) -> Blocks:
    return [change(b) if isinstance(b, Table) and (b.place.table or "") in forms else b for b in blocks]


def _cell(text: str, like: Cell, wide: int = 1, high: int = 1) -> Cell:
    return Cell(text, like.place, wide, high)


def three_columns(blocks: Blocks) -> Blocks:
    """Codes in three columns, 类 款 项, with a row of the columns' numbers below the heads."""
    return _each(blocks, CODED, _three)


def _three(table: Table) -> Table:
    if any(cell is not None and cell.text == "类" for row in table.rows for cell in row):
        return Table(tuple(_split(row) for row in table.rows), table.place)
    rows: Grid = []
    legend = False
    for row in table.rows:
        first = row[0]
        if first is None:
            rows.append([None, None, None, *row[1:]])
        elif _CODE.fullmatch(first.text):
            rows.append([*_parts(first), *row[1:]])
        else:
            rows.append([_cell(first.text, first, first.colspan + 2, first.rowspan), None, None, *row[1:]])
        if not legend and any(cell is not None and figure(cell) for cell in row):
            numbers = [Cell(str(n), Place()) for n in range(1, len(row) - 1)]
            words = [Cell(word, Place()) for word in ("类", "款", "项", "栏次")]
            rows.insert(len(rows) - 1, [*words, *numbers])
            legend = True
    return Table(tuple(map(tuple, rows)), table.place)


def _parts(code: Cell) -> list[Cell]:
    return [_cell(part, code) for part in (code.text[:3], code.text[3:5], code.text[5:7])]


def _split(row: tuple[Cell | None, ...]) -> tuple[Cell | None, ...]:
    """The row with a code that stands across the columns of 类 款 项 set into them."""
    first = row[0]
    if first is None or first.colspan != 3 or not _CODE.fullmatch(first.text):
        return row
    return (*_parts(first), *row[3:])


def glued(blocks: Blocks) -> Blocks:
    """Code and name in one cell."""
    return _each(blocks, CODED, _glue)


def _glue(table: Table) -> Table:
    rows: Grid = []
    for row in table.rows:
        first = row[0]
        if first is not None and first.text == "类":
            return table  # such a head has no room for both
        if first is None:
            rows.append([None, *row[2:]])
        elif row[1] is None:
            rows.append([_cell(first.text, first, first.colspan - 1, first.rowspan), *row[2:]])
        else:
            text = "科目名称" if first.text == _CODES else first.text + row[1].text
            rows.append([_cell(text, first, 1, first.rowspan), *row[2:]])
    return Table(tuple(map(tuple, rows)), table.place)


def spaced(blocks: Blocks) -> Blocks:
    """Names of two or three characters set with blanks between their letters."""
    return _each(blocks, (*CODED, "totals", "fiscal", "basic", "three_public"), _spaced)


def _spaced(table: Table) -> Table:
    def wide(cell: Cell | None) -> Cell | None:
        if cell is None or not re.fullmatch(r"合计|收入|支出|项目|奖金|水费|电费", cell.text):
            return cell
        return replace(cell, text=(" " * 4).join(cell.text))

    return Table(tuple(tuple(map(wide, row)) for row in table.rows), table.place)


def subheads(blocks: Blocks) -> Blocks:
    """合计 基本支出 项目支出 printed in the row of the total, in a table of funds without a figure."""
    return _each(blocks, ("funds",), _mix)


def _mix(table: Table) -> Table:
    above, below, total, *rest = [list(row) for row in table.rows]
    parts = [
        (c, cell) for c, cell in enumerate(below) if cell is not None and cell.text in ("基本支出", "项目支出", "合计")
    ]
    if rest or len(parts) != 3 or any(cell is not None and cell.text for cell in total[1:]):
        return table
    owner = above[parts[0][0]]
    assert owner is not None
    above[parts[0][0]] = replace(owner, rowspan=2)
    for c, cell in parts:
        below[c], total[c] = None, cell
    return Table((tuple(above), tuple(below), tuple(total)), table.place)


def empty_rows(blocks: Blocks) -> Blocks:
    """Rows without a word that spilled over the end of a table."""
    return _each(blocks, (*CODED, "basic"), _spilled)


def _spilled(table: Table) -> Table:
    width = table.width
    blank = tuple(Cell("", table.place) for _ in range(width))
    return Table((*table.rows, blank, blank, blank), table.place)


def planted(blocks: Blocks) -> Blocks:
    """Two slips: one figure of the expenditure table and the first amount of the explanation's second section."""
    result = list(blocks)
    for n, block in enumerate(result):
        if isinstance(block, Table) and block.place.table == "expenditure":
            result[n] = _slip(block)
        elif isinstance(block, Paragraph) and block.text.startswith("本年支出合计"):
            result[n] = replace(block, text=re.sub(r"(\d)(?=\.\d\d万元)", _next, block.text, count=1))
    return result


def _next(match: re.Match[str]) -> str:
    return str((int(match.group(1)) + 3) % 10)


def _slip(table: Table) -> Table:
    rows = [list(row) for row in table.rows]
    spots = [
        (r, c)
        for r, row in enumerate(rows)
        for c, cell in enumerate(row)
        if cell is not None and figure(cell) and re.fullmatch(r"[\d,]+\.\d\d", cell.text)
    ]
    r, c = spots[len(spots) // 2]
    cell = rows[r][c]
    assert cell is not None
    rows[r][c] = replace(cell, text=re.sub(r"(\d)(?=\.)", _next, cell.text))
    return Table(tuple(map(tuple, rows)), table.place)


def without_breaks(blocks: Blocks) -> Blocks:
    """No page breaks between tables: they follow one another, and run over the ends of pages."""
    return [b for n, b in enumerate(blocks) if n < 4 or not isinstance(b, PageBreak)]
