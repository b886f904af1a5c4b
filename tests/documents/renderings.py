"""Renderings (转排): the text of an account set anew as other tools would set it, its tables in another manner.

Every rendering prints the same figures in the same order; what it loses (blank cells, merged heads) other tools lose
as well. Refuses to touch what stands outside tables, but for the whole of a page.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from juesuan.documents.lines import columns_of
from juesuan.documents.text import read_text
from juesuan.model.documents import Table

Grid = list[list[str]]
Width = Callable[[str], int]
_FIGURE = re.compile(r"[-−－]?[\d０-９][\d０-９,，]*([.．][\d０-９]+)?%?")
_DECIMAL = re.compile(r"[.．][\d０-９]")


@dataclass(frozen=True)
class Rendering:
    """A manner of setting the tables. `blanks_lost`: where a figure stood cannot be seen any more."""

    name: str
    table: Callable[[Grid], list[str]]
    page: Callable[[list[str]], list[str]] = list
    blanks_lost: bool = False

    def __call__(self, text: str) -> str:
        """The whole account in this manner."""
        lines: list[str] = []
        for part in _parts(text):
            lines.extend(self.table(part) if isinstance(part, list) else [part])
        return "\n".join(self.page(lines)) + "\n"


def _parts(text: str) -> Iterator[str | Grid]:
    """The lines of the text outside tables, and the grids of its tables; a form feed stands on a line of its own."""
    lines = text.replace("\f", "\n").split("\n")
    tables: dict[int, tuple[int, Grid]] = {}
    for block in read_text("\n".join(lines).encode(), "a.txt").blocks:
        if isinstance(block, Table):
            grid = [[cell.text if cell else "" for cell in row] for row in block.rows]
            numbers = [cell.place.line or 0 for row in block.rows for cell in row[:1] if cell]
            tables[numbers[0]] = (numbers[-1], grid)
    skip = 0
    for number, line in enumerate(lines, 1):
        if number in tables:
            skip, grid = tables[number]
            yield grid
        elif number > skip:
            yield line


# grids


def is_figure(text: str) -> bool:
    return bool(_FIGURE.fullmatch(text.strip()))


def heads_of(grid: Grid) -> int:
    """How many rows stand above the first one with decimals, or with a code."""
    for i, row in enumerate(grid):
        if any(_DECIMAL.search(cell) and is_figure(cell) for cell in row) or re.fullmatch(r"[1-5]\d{2}", row[0]):
            return i
    return min(len(grid), 4)


def spans_of(grid: Grid) -> list[list[int]]:
    """For every cell of the heads how many columns it stands over: blanks to its right, up to its parent's end."""
    heads = heads_of(grid)
    spans: list[list[int]] = []
    for r, row in enumerate(grid[:heads]):
        own = [1] * len(row)
        for c, cell in enumerate(row):
            if not cell:
                continue
            end = c + 1
            while end < len(row) and not row[end] and _shared(grid, spans, r, c, end):
                end += 1
            own[c] = end - c
        spans.append(own)
    return spans


def _shared(grid: Grid, spans: list[list[int]], r: int, c: int, other: int) -> bool:
    """Whether two columns of a row stand under one cell of the row above, and more is printed below the second."""
    below = any(row[other] for row in grid[r + 1 :])
    above = all(not grid[k][other] or k >= r for k in range(r))
    return below and above


# aligned with blanks


def mono(char: int = 2, gap: int = 2, drift: int = 0, seed: int = 1, centred: bool = True, pad: str = " ") -> Rendering:
    """Columns set with blanks: a Chinese character takes `char` columns, cells stray by up to `drift`."""
    width: Width = columns_of if char == 2 else len

    def table(grid: Grid) -> list[str]:
        stray = random.Random(f"{seed}{len(grid)}{grid[0]}")
        return _aligned(grid, width, gap + 2 * drift, centred, lambda: stray.randint(-drift, drift))

    def padded(grid: Grid) -> list[str]:
        return [re.sub(" {2}", "\u3000", line) for line in table(grid)]

    name = (
        f"mono{char}"
        + (f" drift {drift}" if drift else "")
        + ("" if centred else " left")
        + (f" gap {gap}" if gap != 2 else "")
    )
    return Rendering(name + (" wide pad" if pad != " " else ""), padded if pad != " " else table)


def _aligned(grid: Grid, width: Width, gap: int, centred: bool, stray: Callable[[], int]) -> list[str]:
    spans = spans_of(grid)
    columns = range(len(grid[0]))
    wide = [
        max((width(row[c]) for r, row in enumerate(grid) if r >= len(spans) or spans[r][c] == 1), default=0)
        for c in columns
    ]
    wide = [max(w, 2) for w in wide]
    for r, own in enumerate(spans):
        for c, span in enumerate(own):
            room = sum(wide[c : c + span]) + gap * (span - 1)
            if (lack := width(grid[r][c]) - room) > 0:
                wide[c + span - 1] += lack
    lefts = [sum(wide[:c]) + gap * c for c in columns]
    lines = []
    for r, row in enumerate(grid):
        line = ""
        at = 0
        for c, cell in enumerate(row):
            if not cell:
                continue
            span = spans[r][c] if r < len(spans) else 1
            right = lefts[c + span - 1] + wide[c + span - 1]
            room = right - lefts[c] - width(cell)
            if r < len(spans):
                begin = lefts[c] + (room // 2 if centred else 0)
            else:
                begin = lefts[c] + (room if is_figure(cell) and c else 0)
            begin = max(begin + stray(), at + min(gap, 2) if line else 0)
            line += " " * (begin - at) + cell
            at = begin + width(cell)
        lines.append(line)
    return lines


def wrapped(char: int = 2, room: int = 9, spaced: bool = True) -> Rendering:
    """As text is taken from a ruled page: names and heads broken into lines, figures half-way down their row."""
    width: Width = columns_of if char == 2 else len

    def table(grid: Grid) -> list[str]:
        tall: Grid = []
        heads = heads_of(grid)
        spans = spans_of(grid)
        for r, row in enumerate(grid):
            pieces = [_broken(cell, room * (spans[r][c] if r < heads else 1)) for c, cell in enumerate(row)]
            height = max(map(len, pieces))
            block = [[""] * len(row) for _ in range(height)]
            for c, cell in enumerate(pieces):
                first = (height - len(cell)) // 2
                for k, piece in enumerate(cell):
                    block[first + k][c] = piece
            tall.extend(block)
            if spaced:
                tall.append([""] * len(row))
        return [line.rstrip() for line in _tall(tall, width)]

    return Rendering(f"wrapped{char} {room}", table)


def _tall(grid: Grid, width: Width) -> list[str]:
    return _aligned(grid, width, 3, centred=True, stray=lambda: 0)


def _broken(cell: str, room: int) -> list[str]:
    if is_figure(cell) or len(cell) <= room:
        return [cell]
    return [cell[i : i + room] for i in range(0, len(cell), room)]


# other marks


def _markdown(grid: Grid) -> list[str]:
    rows = ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in grid]
    return [rows[0], "|" + " --- |" * len(grid[0]), *rows[1:], ""]


def _single(grid: Grid) -> list[str]:
    return [" ".join(cell for cell in row if cell) for row in grid]


def _one_a_line(grid: Grid) -> list[str]:
    return [cell for row in grid for cell in row if cell]


def _commas(grid: Grid) -> list[str]:
    return [",".join(f'"{cell}"' if re.search('[,"]', cell) else cell for cell in row) for row in grid]


def _tabs(grid: Grid) -> list[str]:
    return ["\t".join(row) for row in grid]


def _word(grid: Grid) -> list[str]:
    """Merged heads are one cell each: the cells to the right of a head over several columns are not there."""
    spans = spans_of(grid)
    lines = []
    for r, row in enumerate(grid):
        cells, c = [], 0
        while c < len(row):
            cells.append(row[c])
            c += spans[r][c] if r < len(spans) else 1
        lines.append("\t".join(cells))
    return lines


def _stripped(grid: Grid) -> list[str]:
    return ["\t".join(row).rstrip("\t") for row in grid]


def _broken_rows(grid: Grid) -> list[str]:
    """Every row broken before its first figure."""
    lines: list[str] = []
    for row in grid:
        at = next((c for c, cell in enumerate(row) if c and is_figure(cell)), 0)
        if at:
            lines += ["\t".join(row[:at]), "\t".join(row[at:])]
        else:
            lines.append("\t".join(row))
    return lines


def _doubled(lines: list[str]) -> list[str]:
    return [line for text in lines for line in (text, "")]


def _paged(lines: list[str]) -> list[str]:
    """Pages of 40 lines, each with its number."""
    return [
        ("\f" if i and i % 40 == 0 else "")
        + line
        + (f"\n                    — {i // 40 + 1} —" if i % 40 == 39 else "")
        for i, line in enumerate(lines)
    ]


def _folded(size: int) -> Callable[[list[str]], list[str]]:
    return lambda lines: [line[i : i + size] for line in lines for i in range(0, max(len(line), 1), size)]


def _table(rendering: Rendering) -> Callable[[Grid], list[str]]:
    return rendering.table


RENDERINGS: Sequence[Rendering] = (
    mono(2),
    mono(1),
    mono(2, gap=1),
    mono(1, gap=1),
    mono(2, gap=4),
    mono(1, gap=4),
    mono(2, centred=False),
    mono(1, centred=False),
    mono(2, gap=4, pad="\u3000"),
    Rendering("mono2 double", mono(2).table, _doubled),
    Rendering("mono1 double", mono(1).table, _doubled),
    Rendering("mono2 rows apart", lambda grid: _doubled(mono(2).table(grid))),
    Rendering("mono1 rows apart", lambda grid: _doubled(mono(1).table(grid))),
    Rendering("mono2 paged", mono(2).table, _paged),
    Rendering("mono1 paged", mono(1).table, _paged),
    *(mono(char, drift=drift, seed=seed) for char in (2, 1) for drift in (1, 2) for seed in (1, 2)),
    wrapped(2),
    wrapped(1),
    wrapped(1, 6),
    Rendering("markdown", _markdown),
    Rendering("tabs", _tabs),
    Rendering("tabs stripped", _stripped),
    Rendering("tabs rows apart", lambda grid: _doubled(_tabs(grid))),
    Rendering("word merged", _word),
    Rendering("tabs broken rows", _broken_rows),
    Rendering("commas", _commas),
    Rendering("single spaces", _single, blanks_lost=True),
    Rendering("one a line", _one_a_line, blanks_lost=True),
    Rendering("mono2 folded 80", mono(2).table, _folded(80), blanks_lost=True),
    Rendering("mono1 folded 60", mono(1).table, _folded(60), blanks_lost=True),
)
