"""Extreme accounts (极端情形): a composed document with names, amounts, rows and prose as long as they can be.

Every case changes the blocks of a real composition and keeps its form: cells stay where they are. Refuses to keep an
account consistent: this is about what can be set, not about what is true.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache

from juesuan.composing.document import Composed, compose
from juesuan.documents.docx_plans import head_rows, is_form
from juesuan.generating import account_of, generate, report_of
from juesuan.knowledge.styles import style
from juesuan.model.charts import Chart, Series
from juesuan.model.documents import Block, Cell, Heading, Paragraph, Table

SEEDS = {"liaoning": 3, "shanghai": 1, "national": 2}
LONG = "某某特别行政区经济技术开发区人民政府城乡统筹与公共服务综合管理委员会办公室（含所属事业单位及临时机构和历年遗留事项经费）"
"""60 characters"""
MOST, LEAST = "9999999999999.99", "-9999999999999.99"
ROWS = 400
PROSE = (
    "受项目前期手续办理进度、材料价格上涨和汛期施工条件影响，部分任务顺延到下一年度实施；下一步将细化进度计划，按月调度。"
    * 8
)
RARE = "䶮㛃㙦𬭎𨧀㐂镕喆堃"
"""letters of names that many fonts have not"""
LATIN = "https://example.invalid/" + "A1b2C3d4" * 12
_AMOUNT = re.compile(r"-?\d[\d,]*\.\d+")
_WORDS = re.compile(r"[\u4e00-\u9fff（）、]{4,}")
Change = Callable[[Table], Table]


@cache
def composed(place: str) -> Composed:
    """The document of a made-up account in the style of a place."""
    account = generate(SEEDS[place])
    return compose(report_of(account), account_of(account), style(account.shape.style))


def extreme(place: str, case: str) -> list[Block | Chart]:
    """The blocks of a case of `CASES`, its charts at their places."""
    made = composed(place)
    changes = CASES[case]
    blocks: list[Block | Chart] = []
    for block in made.blocks:
        if isinstance(block, Table):
            for change in changes:
                block = change(block)
        elif isinstance(block, Heading | Paragraph) and case in ("names", "all"):
            block = replace(block, text=_long_name(block, made))
        elif isinstance(block, Paragraph) and case in ("amounts", "all"):
            block = replace(block, text=_AMOUNT.sub(MOST, block.text))
        blocks.append(block)
        if isinstance(block, Heading):
            blocks += [_chart(chart) for chart in made.charts if chart.after == block.text]
    return blocks


def _long_name(block: Heading | Paragraph, made: Composed) -> str:
    name = re.sub(r"\s.*", "", made.blocks[0].text) if isinstance(made.blocks[0], Paragraph) else ""
    department = re.split(r"\d{4}", name)[0]
    return block.text.replace(department, LONG) if department else block.text


def _chart(chart: Chart) -> Chart:
    """Long labels and large figures."""
    series = tuple(
        Series(
            one.name,
            one.role,
            tuple(bar and replace(bar, value=_value(n), text=MOST) for n, bar in enumerate(one.bars)),
        )
        for one in chart.series
    )
    return replace(chart, labels=tuple(LONG if n % 2 else label for n, label in enumerate(chart.labels)), series=series)


def _value(number: int) -> Decimal:
    return Decimal(LEAST if number == 1 else MOST) / (number + 1)


# changes of a table ---------------------------------------------------------------------------------------------------


def _cells(table: Table, change: Callable[[Cell, int], Cell], heads: bool = False) -> Table:
    """The table with its cells changed, those of its heads only where wanted."""
    first = 0 if heads else head_rows(table)
    rows = [row if n < first else tuple(cell and change(cell, n) for cell in row) for n, row in enumerate(table.rows)]
    return replace(table, rows=tuple(rows))


def names(table: Table) -> Table:
    """Names of 60 characters."""
    return _cells(table, lambda cell, n: replace(cell, text=LONG) if _WORDS.fullmatch(cell.text) and n % 2 else cell)


def amounts(table: Table) -> Table:
    """Amounts of 15 digits, every other negative."""
    return _cells(
        table, lambda cell, n: replace(cell, text=LEAST if n % 2 else MOST) if _AMOUNT.fullmatch(cell.text) else cell
    )


def marked(table: Table) -> Table:
    """Amounts of 15 digits with commas."""
    return _cells(
        table, lambda cell, _: replace(cell, text="9,999,999,999,999.99") if _AMOUNT.fullmatch(cell.text) else cell
    )


def many(table: Table) -> Table:
    """400 rows in the widest table, in one with columns side by side, and in a list."""
    heads = head_rows(table)
    body = _plain(table.rows[heads:])
    if table.place.table not in ("general_public", "basic", None) or not body:
        return table
    repeated = [body[n % len(body)] for n in range(ROWS)]
    return replace(table, rows=(*table.rows[:heads], *repeated))


def one(table: Table) -> Table:
    heads = head_rows(table)
    return table if is_form(table) else replace(table, rows=(*table.rows[:heads], *_plain(table.rows[heads:])[:1]))


def none(table: Table) -> Table:
    return table if is_form(table) else replace(table, rows=table.rows[: head_rows(table)])


def _plain(rows: Iterable[Sequence[Cell | None]]) -> list[tuple[Cell | None, ...]]:
    """The rows without cells that reach into others."""
    return [tuple(row) for row in rows if all(cell is not None and cell.rowspan == 1 for cell in row)]


def prose(table: Table) -> Table:
    """Long prose in every third row of a form, but not in labels that stand beside several rows."""
    return _told(table, merged=False)


def labels(table: Table) -> Table:
    """Long prose in these, too."""
    return _told(table, merged=True)


def _told(table: Table, merged: bool) -> Table:
    def change(cell: Cell, number: int) -> Cell:
        wordy = _WORDS.match(cell.text) and number % 3 == 0 and (merged or cell.rowspan == 1)
        return replace(cell, text=PROSE) if wordy else cell

    return _cells(table, change) if is_form(table) else table


def rare(table: Table) -> Table:
    """Rare letters in names."""
    return _cells(table, lambda cell, _: replace(cell, text=cell.text + RARE) if _WORDS.fullmatch(cell.text) else cell)


def latin(table: Table) -> Table:
    """Addresses without a blank in names."""
    return _cells(table, lambda cell, n: replace(cell, text=LATIN) if _WORDS.fullmatch(cell.text) and n % 2 else cell)


CASES: dict[str, tuple[Change, ...]] = {
    "names": (names,),
    "amounts": (amounts,),
    "marked": (marked,),
    "many": (many,),
    "one": (one,),
    "none": (none,),
    "prose": (prose,),
    "labels": (labels,),
    "rare": (rare,),
    "latin": (latin,),
    "all": (many, names, amounts, prose),
}
