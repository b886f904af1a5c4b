"""Charts (图): what a picture of figures shows, as data: bars by label and series, each with its figure as printed.

Knows nothing of colours, sizes and files: drawing is the business of `documents/drawing_svg`. Refuses to hold a figure
that is printed nowhere: every bar carries the key under which the account states it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from juesuan.model.documents import Block, Heading, PageBreak
from juesuan.model.keys import Key

_SECTION = 2
"""the level of the headings that charts name"""


@dataclass(frozen=True, slots=True)
class Bar:
    """One figure: its value in the chart's unit, the words that stand beside it (figure, share), and its key."""

    value: Decimal
    text: str
    key: Key
    share: str = ""
    """its part of the whole, 12.34%; "" where none is shown"""


@dataclass(frozen=True, slots=True)
class Series:
    """Bars of one meaning, one for every label of the chart; None where the figure is not given.

    `role` says what is compared: `final` this year's 决算数, `last` last year's, `budget` the budget.
    """

    name: str
    role: str
    bars: tuple[Bar | None, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart of horizontal bars.

    `name` is what it is about (years, functions, budget, economic, three_public); `kind` is `parts` (one series, the
    parts of a whole with their shares, largest first) or `compared` (several series side by side); `after` is the
    heading of the section at whose end it stands.
    """

    name: str
    title: str
    kind: str
    unit: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    after: str = ""

    @property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        """The figures as a table: heads, then one row for every label (share last where shares are shown)."""
        shares = any(bar is not None and bar.share for one in self.series for bar in one.bars)
        head = ("项目", *(f"{one.name}（{self.unit}）" for one in self.series), *(("占比",) if shares else ()))
        found = [head]
        for n, label in enumerate(self.labels):
            bars = [one.bars[n] for one in self.series]
            row = [label, *(bar.text if bar is not None else "" for bar in bars)]
            if shares:
                row.append(next((bar.share for bar in bars if bar is not None), ""))
            found.append(tuple(row))
        return tuple(found)

    @property
    def says(self) -> str:
        """The chart in words, for those who do not see it."""
        lines = []
        for n, label in enumerate(self.labels):
            bars = [(one.name, one.bars[n]) for one in self.series]
            said = [
                (f"{name} " if len(self.series) > 1 else "") + bar.text + (f"（{bar.share}）" if bar.share else "")
                for name, bar in bars
                if bar is not None
            ]
            lines.append(f"{label}：{'，'.join(said)}" if len(self.series) > 1 else f"{label} {said[0]}")
        return f"{self.title}（单位：{self.unit}）。{'；'.join(lines)}。"


def illustrated(blocks: Iterable[Block], charts: Iterable[Chart]) -> Iterator[Block | Chart]:
    """The blocks with every chart at the end of the section whose heading it names; a chart without one is left out."""
    waiting: dict[str, list[Chart]] = {}
    for chart in charts:
        waiting.setdefault(chart.after, []).append(chart)
    due: list[Chart] = []
    for block in blocks:
        if isinstance(block, PageBreak) or (isinstance(block, Heading) and block.level <= _SECTION):
            yield from due
            due = waiting.pop(block.text, []) if isinstance(block, Heading) else []
        yield block
    yield from due
