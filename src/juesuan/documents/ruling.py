"""Grids from ruling lines (由线成表): which lines form one table, its rows and columns, and which cells are merged.

Refuses frames without a division inside, and lines that meet no other.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from juesuan.documents.frames import Box, Ruling

NEAR = 3.0
"""lines that are closer than this are one line, ends that are closer meet"""
_SHORT = 4.0
_OPEN = 10.0
"""points by which lines go on beyond the last line across them where a table has no frame at its side"""
Spot = tuple[int, int]


@dataclass(slots=True)
class Grid:
    """A table's grid: column edges `xs`, row edges `ys`; `spans` has (rows, columns) by the first place of a cell."""

    xs: list[float]
    ys: list[float]
    spans: dict[Spot, Spot] = field(default_factory=dict)
    owner: dict[Spot, Spot] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        return len(self.ys) - 1

    @property
    def columns(self) -> int:
        return len(self.xs) - 1

    @property
    def left(self) -> float:
        return self.xs[0]

    @property
    def top(self) -> float:
        return self.ys[0]

    @property
    def box(self) -> Box:
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]

    def at(self, x: float, y: float) -> Spot | None:
        """The cell in which this point lies."""
        if not (self.ys[0] <= y <= self.ys[-1] and self.xs[0] <= x <= self.xs[-1]):
            return None
        column, row = (
            bisect_right(self.xs, x, 0, len(self.xs) - 1) - 1,
            bisect_right(self.ys, y, 0, len(self.ys) - 1) - 1,
        )
        return self.owner.get((row, column))

    def cell_box(self, spot: Spot) -> Box:
        high, wide = self.spans.get(spot, (1, 1))
        row, column = spot
        return self.xs[column], self.ys[row], self.xs[column + wide], self.ys[row + high]


def grids(lines: Iterable[Ruling]) -> list[Grid]:
    """The tables that the lines form, from the top of the page."""
    across = [line for line in lines if line.horizontal and line.right - line.left > _SHORT]
    down = [line for line in lines if not line.horizontal and line.bottom - line.top > _SHORT]
    across, down = _whole(across), _whole(down)
    found = [grid for part in _parts(across, down) if (grid := _grid(*part)) is not None]
    return sorted(found, key=lambda grid: (grid.top, grid.left))


def _whole(lines: list[Ruling]) -> list[Ruling]:
    """Lines drawn cell by cell as one: pieces at the same level that touch each other."""
    if not lines:
        return []
    begin, end, level = (0, 2, 1) if lines[0].horizontal else (1, 3, 0)
    result: list[list[float]] = []
    last: dict[int, list[float]] = {}
    for line in sorted(lines, key=lambda line: line[begin]):
        near = round(line[level])
        known = (last[at] for at in (near, near - 1, near + 1) if at in last)
        whole = next((one for one in known if line[begin] <= one[end] + NEAR), None)
        if whole is None:
            whole = last[near] = list(line)
            result.append(whole)
        whole[end] = max(whole[end], line[end])
    return [Ruling(*one) for one in result]


def _parts(across: list[Ruling], down: list[Ruling]) -> Iterable[tuple[list[Ruling], list[Ruling]]]:
    """The lines in groups that touch each other."""
    lines = [*across, *down]
    home = list(range(len(lines)))

    def root(i: int) -> int:
        while home[i] != i:
            home[i] = home[home[i]]
            i = home[i]
        return i

    ordered = sorted(range(len(down)), key=lambda i: down[i].left)
    lefts = [down[i].left for i in ordered]
    for i, line in enumerate(across):
        first, last = bisect_right(lefts, line.left - NEAR), bisect_right(lefts, line.right + NEAR)
        for j in ordered[first:last]:
            if down[j].top - NEAR <= line.top <= down[j].bottom + NEAR:
                home[root(len(across) + j)] = root(i)
    groups: dict[int, tuple[list[Ruling], list[Ruling]]] = {}
    for i, line in enumerate(lines):
        groups.setdefault(root(i), ([], []))[0 if i < len(across) else 1].append(line)
    return groups.values()


def levels(values: Iterable[float]) -> list[float]:
    """The values with near ones taken together."""
    levels: list[list[float]] = []
    for value in sorted(values):
        if levels and value - levels[-1][-1] <= NEAR:
            levels[-1].append(value)
        else:
            levels.append([value])
    return [sum(level) / len(level) for level in levels]


def _grid(across: list[Ruling], down: list[Ruling]) -> Grid | None:
    xs = levels([line.left for line in down])
    ys = levels([line.top for line in across])
    xs = _open(xs, _reaches(ys, [(line.top, line.left, line.right) for line in across]))
    ys = _open(ys, _reaches(xs, [(line.left, line.top, line.bottom) for line in down]))
    if len(xs) < 2 or len(ys) < 2 or len(xs) + len(ys) < 5:
        return None
    walls = _covered([(line.left, line.top, line.bottom) for line in down], xs, ys)
    floors = _covered([(line.top, line.left, line.right) for line in across], ys, xs)
    grid = Grid(xs, ys)
    _merge(grid, walls, floors)
    return grid


def _reaches(at: Sequence[float], lines: Iterable[tuple[float, float, float]]) -> list[tuple[float, float]]:
    """Where the pieces of line at each level begin and end."""
    found: dict[int, tuple[float, float]] = {}
    for level, begin, end in lines:
        near = nearest(at, level) if at else 0
        known = found.get(near, (begin, end))
        found[near] = (min(begin, known[0]), max(end, known[1]))
    return list(found.values())


def _open(edges: list[float], reaches: Sequence[tuple[float, float]]) -> list[float]:
    """The edges with those of open sides: most lines the other way go on beyond the last edge, to the same place."""
    if not edges:
        return edges
    for side, outer in ((0, min), (1, max)):
        beyond = [reach[side] for reach in reaches if (reach[side] - edges[-side]) * (2 * side - 1) > _OPEN]
        if len(beyond) > 1 and len(beyond) * 2 > len(reaches):
            end = outer(beyond)
            if sum(abs(one - end) <= NEAR for one in beyond) * 2 > len(beyond):
                edges = [end, *edges] if side == 0 else [*edges, end]
    return edges


def nearest(ordered: Sequence[float], value: float) -> int:
    """The place of the number nearest to a value, among some in order; of two as near the first."""
    at = bisect_left(ordered, value)
    if at == 0 or (at < len(ordered) and ordered[at] - value < value - ordered[at - 1]):
        return at
    return at - 1


def _covered(lines: Iterable[tuple[float, float, float]], levels: Sequence[float], steps: Sequence[float]) -> set[Spot]:
    """(level, step) for every piece between two steps that a line at that level covers."""
    covered: set[Spot] = set()
    for at, start, end in lines:
        level = nearest(levels, at)
        first = bisect_right(steps, start + NEAR) - 1 if start + NEAR >= steps[0] else 0
        for step in range(max(first, 0), len(steps) - 1):
            if steps[step] > end:
                break
            middle = (steps[step] + steps[step + 1]) / 2
            if start <= middle <= end:
                covered.add((level, step))
    return covered


def _merge(grid: Grid, walls: set[Spot], floors: set[Spot]) -> None:
    """Joins places that no line parts into cells; each cell is a rectangle."""
    for row in range(grid.rows):
        for column in range(grid.columns):
            if (row, column) in grid.owner:
                continue
            if (column + 1, row) in walls and (row + 1, column) in floors:
                grid.owner[row, column], grid.spans[row, column] = (row, column), (1, 1)
                continue
            wide = 1
            while column + wide < grid.columns and (column + wide, row) not in walls:
                if (row, column + wide) in grid.owner:
                    break
                wide += 1
            high = 1
            while row + high < grid.rows and all((row + high, c) not in floors for c in range(column, column + wide)):
                high += 1
            for r in range(row, row + high):
                for c in range(column, column + wide):
                    grid.owner[r, c] = (row, column)
            grid.spans[row, column] = (high, wide)
