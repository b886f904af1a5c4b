"""Blocks as data (版面数据): the composed document with its charts as JSON, and back: nothing of the layout is lost.

What a text cannot say stays: merged cells, what a block is part of, the charts. Refuses what is not written here
(NoBlocks).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from juesuan.model.charts import Bar, Chart, Series
from juesuan.model.documents import Block, Cell, Heading, PageBreak, Paragraph, Table
from juesuan.model.keys import parse_key
from juesuan.model.places import Place

FILE = "document.json"
_VERSION = 1
Json = Any


class NoBlocks(ValueError):
    """Data that holds no document; str() says why."""


def write_blocks(blocks: Iterable[Block], charts: Sequence[Chart], draft: str = "") -> str:
    """The document as JSON text; `draft` is the mark of a draft, "" of a final one."""
    whole = {"version": _VERSION, "draft": draft, "blocks": [*map(_block, blocks)], "charts": [*map(_chart, charts)]}
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")) + "\n"


def read_blocks(text: str) -> tuple[tuple[Block, ...], tuple[Chart, ...], str]:
    """(blocks, charts, the mark of a draft). Raises NoBlocks."""
    try:
        whole = json.loads(text)
        if whole["version"] != _VERSION:
            raise NoBlocks(f"版面数据的版本是 {whole['version']}，只读得懂 {_VERSION}")
        blocks = tuple(map(_read_block, whole["blocks"]))
        return blocks, tuple(map(_read_chart, whole["charts"])), str(whole["draft"])
    except (KeyError, TypeError, IndexError, ArithmeticError, ValueError) as why:
        raise why if isinstance(why, NoBlocks) else NoBlocks("不是决算的版面数据") from why


def _place(place: Place) -> list[str | None]:
    return [place.table, place.row, place.column]


def _read_place(one: Json) -> Place:
    table, row, column = one
    return Place(table=table, row=row, column=column)


def _block(block: Block) -> Json:
    match block:
        case Heading(text, level, place):
            return ["h", level, text, _place(place)]
        case Paragraph(text, place):
            return ["p", text, _place(place)]
        case Table(rows, place):
            return ["t", [[_cell(cell) for cell in row] for row in rows], _place(place)]
        case PageBreak():
            return ["b"]


def _read_block(one: Json) -> Block:
    match one:
        case ["h", level, text, place]:
            return Heading(text, level, _read_place(place))
        case ["p", text, place]:
            return Paragraph(text, _read_place(place))
        case ["t", rows, place]:
            return Table(tuple(tuple(map(_read_cell, row)) for row in rows), _read_place(place))
        case ["b"]:
            return PageBreak(Place())
    raise NoBlocks(f"版面数据里有读不懂的内容：{str(one)[:40]}")


def _cell(cell: Cell | None) -> Json:
    return None if cell is None else [cell.text, cell.colspan, cell.rowspan, _place(cell.place)]


def _read_cell(one: Json) -> Cell | None:
    return None if one is None else Cell(one[0], _read_place(one[3]), int(one[1]), int(one[2]))


def _chart(chart: Chart) -> Json:
    series = [[one.name, one.role, [*map(_bar, one.bars)]] for one in chart.series]
    return [chart.name, chart.title, chart.kind, chart.unit, chart.labels, series, chart.after]


def _read_chart(one: Json) -> Chart:
    name, title, kind, unit, labels, series, after = one
    read = tuple(Series(own, role, tuple(map(_read_bar, bars))) for own, role, bars in series)
    return Chart(name, title, kind, unit, tuple(labels), read, after)


def _bar(bar: Bar | None) -> Json:
    return None if bar is None else [str(bar.value), bar.text, str(bar.key), bar.share]


def _read_bar(one: Json) -> Bar | None:
    return None if one is None else Bar(Decimal(one[0]), one[1], parse_key(one[2]), one[3])
