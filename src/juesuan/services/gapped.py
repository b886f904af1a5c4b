"""Gapped tables (批复表草底): the nine tables of an account for a new workbook, with gaps where a figure is not given.

A gap whose table lists all classes of the column is their sum, if the sums of the table's other columns are right too.
Refuses to fill any other gap: it says 待填.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from juesuan.compiling.contents import Figure, total
from juesuan.composing.figures import Figures
from juesuan.composing.gapped import NOT_FILLED, Gapped
from juesuan.composing.tables import compose_table
from juesuan.knowledge.styles import Style, styles
from juesuan.model.amounts import Amount
from juesuan.model.documents import Block, Paragraph, Table
from juesuan.model.keys import ALL, Key, parse_key
from juesuan.model.reports import Report

_CLASS = 3


def tables_of(report: Report, chosen: Style, blank: bool = False) -> dict[str, list[Block]]:
    """The nine tables for a workbook, form by form, with gaps where a figure is not given."""
    figures = Gapped(report, blank)
    plain = replace(chosen, zero="" if blank else "0.00", thousands=False)
    found = {form: compose_table(figures, form, plain, n) for n, form in enumerate(plain.tables, 1)}
    return {form: [block for block in blocks if not _says_empty(block)] for form, blocks in found.items()}


def _says_empty(block: Block) -> bool:
    """Whether it is the sentence that a table has no data: it is written when the document is, not before."""
    return isinstance(block, Paragraph) and block.text.endswith("故本表无数据。")


def nearest_style(report: Report, usual: Style) -> Style:
    """The style whose tables the account fills with the fewest gaps; the usual one where none does better."""

    def gaps(one: Style) -> int:
        blocks = (block for table in tables_of(report, one).values() for block in table if isinstance(block, Table))
        return sum(cell.text == NOT_FILLED for block in blocks for cell in block.cells())

    return min([usual, *styles().values()], key=gaps)


def summed_gaps(report: Report, tables: dict[str, list[Block]]) -> Iterator[Figure]:
    """Totals that the account does not print, as the sums of the classes that their table lists."""
    figures = Figures(report)
    for form, blocks in tables.items():
        gaps = [key for block in blocks if isinstance(block, Table) for key in _gaps(block)]
        for key in gaps:
            parts = _classes(figures, form, key)
            whole = figures.given(form, key._replace(nature=ALL))
            others = _classes(figures, form, key._replace(nature=ALL))
            proved = whole is not None and others and total(others).value == whole.value
            if key.function == ALL and key.nature != ALL and parts and proved:
                yield Figure(key, total(parts))


def _gaps(block: Table) -> Iterator[Key]:
    return (parse_key(cell.place.column) for cell in block.cells() if cell.text == NOT_FILLED and cell.place.column)


def _classes(figures: Figures, form: str, key: Key) -> list[Amount]:
    """The figures of the classes of spending in that column."""
    codes = [code for code in figures.functions(form, [key]) if len(code) == _CLASS]
    found = (figures.given(form, key._replace(function=code)) for code in codes)
    return [amount for amount in found if amount is not None]
