"""Workbooks (电子表格): what is to be published as a workbook, as data: sheets of one table each, figures with formulas.

Knows nothing of files: writing is the business of `documents/writing_xlsx`. Refuses to compute: a formula stands only
where whoever made the description has found that it gives the figure.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from juesuan.model.documents import Block, Table

Spot = tuple[int, int]
"""row and column in a table, from 0"""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: its value as approved, the decimals that are shown, its key, and what that means in words.

    `terms` are the cells of the same table whose sum it is; without terms it is a constant, and `note` says why where
    a sum would be expected.
    """

    value: Decimal
    decimals: int
    key: str
    means: str
    terms: tuple[Spot, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: title, lines above, one table, notes below. `number` is 公开01表 or "". Figures by their cell."""

    name: str
    title: str
    number: str
    blocks: tuple[Block, ...]
    figures: Mapping[Spot, Figure]

    @property
    def table(self) -> Table:
        return next(block for block in self.blocks if isinstance(block, Table))


@dataclass(frozen=True, slots=True)
class Workbook:
    """All sheets of one account. `zero` is what stands for zero ("" leaves the cell blank), `mark` 草稿 or ""."""

    title: str
    department: str
    year: str
    unit: str
    zero: str
    sheets: tuple[Sheet, ...]
    mark: str = ""
