"""Documents (文档): ordered blocks, each knowing its place. Knows nothing of accounts.

Readers produce documents, writers consume them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from juesuan.model.places import Place


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table. Spans are 1 × 1 where the file does not say that cells are merged (text).

    `sure` is false where text set with blanks does not tell the column of a cell: what it says is not to be read.
    """

    text: str
    place: Place
    colspan: int = 1
    rowspan: int = 1
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is 第一部分, 2 is 一、, 3 is （一）."""

    text: str
    level: int
    place: Place


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A printed line or paragraph. In text files one printed line; `understanding` joins broken sentences.

    `edges` has the left edge of every character and the right edge of the last, in points, where the file has pages.
    """

    text: str
    place: Place
    edges: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A grid: every row has the same number of columns; None is a place covered by a merged cell.

    `placing` says how the columns were told where the file does not tell them: by `positions` of text set with blanks,
    by positions that go on from the table before (`continued`), or not at all: cells in `order` from the left. `ragged`
    are rows of marked cells, but not all of the same number. `proved`: where nothing separates the rows, their heights
    on the page prove which lines are one row.
    """

    rows: tuple[tuple[Cell | None, ...], ...]
    place: Place
    placing: str = ""
    proved: bool = False

    @property
    def width(self) -> int:
        return max((len(row) for row in self.rows), default=0)

    @property
    def merges_known(self) -> bool:
        """Whether the file itself says which cells are merged."""
        return any(c is None or c.colspan > 1 or c.rowspan > 1 for row in self.rows for c in row)

    def cells(self) -> Iterator[Cell]:
        for row in self.rows:
            yield from (cell for cell in row if cell is not None)


@dataclass(frozen=True, slots=True)
class PageBreak:
    """The end of a page (a form feed in text)."""

    place: Place


Block = Heading | Paragraph | Table | PageBreak


@dataclass(frozen=True, slots=True)
class Document:
    """What a reader found in one file. `source` names the kind of file (text, pdf, docx …)."""

    file: str
    sha256: str
    source: str
    blocks: tuple[Block, ...]
    lost: tuple[Place, ...] = field(default=())
    """What could not be decoded or kept, never silently."""
    pictures: tuple[Place, ...] = field(default=())
    """pages that are pictures: nothing on them was read"""
    running: tuple[Paragraph, ...] = field(default=())
    """headers, footers and page numbers, which stand outside the blocks"""
