"""Drawing charts (画图): a chart's bars as SVG text, the same for a page, a document and the web.

Horizontal bars with the figure beside each; what is compared differs in lightness and outline, not only in colour, so
that it can be told in black and white. The same chart gives the same bytes. Refuses scripts, fonts of its own and any
address: letters are set in the first Chinese font of `FONTS` that is there.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from xml.sax.saxutils import escape, quoteattr

from juesuan.model.charts import Bar, Chart, Series

WIDTH, NARROW = 640, 360
"""in units: on a page, and on a phone"""
FONTS = "Noto Sans SC, Noto Sans CJK SC, Source Han Sans SC, Microsoft YaHei, PingFang SC, SimHei, sans-serif"
FILLS = {
    "final": ("#1b4f8a", "#1b4f8a"),
    "last": ("#9fb3c8", "#5f7890"),
    "budget": ("#ffffff", "#1b4f8a"),
}
"""fill and outline by the role of a series; at least 3 : 1 against white by the outline"""
INK, SOFT = "#1f2328", "#57606a"
_SIZE, _SMALL, _TITLE = 13, 12, 15
_LABEL = {WIDTH: 172, NARROW: 96}
"""how wide labels are at most"""
_LEAST = 60
"""so wide must the longest bar be; where figures leave less, labels stand above their bars"""
_GAP, _PAD = 8, 12
_LINE = 17


def draw_svg(chart: Chart, title: bool = True, width: int = WIDTH) -> str:
    """The chart as a whole SVG element, WIDTH or NARROW units wide. Without `title` where the page prints it itself."""
    return _Drawing(chart, title, width).svg()


def size_of(chart: Chart, title: bool = True) -> tuple[int, int]:
    """Width and height in the drawing's units."""
    drawing = _Drawing(chart, title)
    return drawing.width, drawing.height


class _Drawing:
    """One chart as it is laid out from the top."""

    def __init__(self, chart: Chart, title: bool, width: int = WIDTH) -> None:
        self.chart, self.title = chart, title
        bars = [bar for one in chart.series for bar in one.bars if bar is not None]
        self.high = max((bar.value for bar in bars), default=Decimal(0))
        self.low = min((bar.value for bar in bars), default=Decimal(0))
        self.high, self.low = max(self.high, Decimal(0)), min(self.low, Decimal(0))
        self.thick = 20 if len(chart.series) == 1 else 14
        beside = max((_width(_beside(bar), _SMALL) for bar in bars), default=0) + _GAP
        below = max((_width(_beside(bar), _SMALL) for bar in bars if bar.value < 0), default=-_GAP) + _GAP
        most = _LABEL[width]
        self.lines = [_lines(label, most) for label in chart.labels]
        self.label = max((_width(line, _SIZE) for lines in self.lines for line in lines), default=0) + 4
        self.stacked = width - self.label - _GAP - below - beside - _PAD < _LEAST
        if self.stacked:
            self.lines = [_lines(label, width - 2 * _PAD) for label in chart.labels]
            self.label = 0
        self.left = self.label + _GAP + below
        self.width = max(width, self.left + beside + _PAD + _LEAST)  # then all is drawn a little smaller
        self.room = self.width - self.left - beside - _PAD
        self.top = (30 if title else 4) + 22 + self._below() * (len(chart.series) - 1)
        self.rows = [self._row(n) for n in range(len(chart.labels))]
        self.height = self.top + sum(self.rows) + _PAD

    def _below(self) -> int:
        """How far apart the names of the series are, one below the other; 0 where they stand in one line."""
        names = sum(16 + _width(one.name, _SMALL) + 18 for one in self.chart.series)
        several = len(self.chart.series) > 1
        return _LINE if several and self.left + names + _width("单位：万元", _SMALL) > self.width - _PAD else 0

    def _row(self, number: int) -> int:
        """How high the row of a label is."""
        words, bars = len(self.lines[number]) * _LINE, len(self.chart.series) * (self.thick + 2)
        return (words + bars if self.stacked else max(words, bars)) + _PAD

    def _x(self, value: Decimal) -> Decimal:
        """Where a value lies, to a tenth of a unit."""
        span = self.high - self.low
        share = (value - self.low) / span if span else Decimal(0)
        return self.left + (self.room * share).quantize(Decimal("0.1"))

    def svg(self) -> str:
        inside = "".join([*self._head(), *self._body()])
        says = f"<title>{escape(self.chart.title)}</title><desc>{escape(self.chart.says)}</desc>"
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.width} {self.height}" width="{self.width}" '
            f'height="{self.height}" role="img" font-family={quoteattr(FONTS)} font-size="{_SIZE}">{says}{inside}</svg>'
        )

    def _head(self) -> Iterator[str]:
        """Title, the names of the series with their look, and the unit."""
        y = 20
        if self.title:
            yield _text(self.chart.title, self.width // 2, y, _TITLE, INK, "middle", bold=True)
            y += 26
        else:
            y = 18
        yield _text(f"单位：{self.chart.unit}", self.width - _PAD, y, _SMALL, SOFT, "end")
        x, below = self.left, self._below()
        for one in self.chart.series if len(self.chart.series) > 1 else ():
            yield _box(Decimal(x), y - 10, Decimal(11), 11, one.role)
            yield _text(one.name, x + 16, y, _SMALL, INK)
            x += 0 if below else 16 + _width(one.name, _SMALL) + 18
            y += below

    def _body(self) -> Iterator[str]:
        y = self.top
        for number in range(len(self.chart.labels)):
            high = self.rows[number]
            bars = len(self.chart.series) * (self.thick + 2) - 2
            at = y + (high - bars) // 2
            if self.stacked:
                words = len(self.lines[number]) * _LINE
                yield from self._label(number, y + words // 2)
                at = y + words + 2
            else:
                yield from self._label(number, y + high // 2)
            for one in self.chart.series:
                yield from self._bar(one, number, at)
                at += self.thick + 2
            y += high
        x = self._x(Decimal(0))
        yield f'<line x1="{x}" y1="{self.top}" x2="{x}" y2="{y}" stroke="{SOFT}" stroke-width="1"/>'

    def _label(self, number: int, middle: int) -> Iterator[str]:
        lines = self.lines[number]
        y = middle - (len(lines) - 1) * _LINE // 2 + 5
        at, side = (_GAP, "start") if self.stacked else (self.label, "end")
        for n, line in enumerate(lines):
            yield _text(line, at, y + n * _LINE, _SIZE, INK, side)

    def _bar(self, one: Series, number: int, y: int) -> Iterator[str]:
        bar = one.bars[number]
        if bar is None:
            return
        zero, end = self._x(Decimal(0)), self._x(bar.value)
        if bar.value:
            yield _box(min(zero, end), y, max(abs(end - zero), Decimal(1)), self.thick, one.role)
        beyond = end - 5 if bar.value < 0 else end + 6
        side = "end" if bar.value < 0 else "start"
        yield _text(_beside(bar), beyond, y + self.thick // 2 + 4, _SMALL, INK, side)


def _beside(bar: Bar) -> str:
    return bar.text + (f"（{bar.share}）" if bar.share else "")


def _box(x: Decimal, y: int, width: Decimal, height: int, role: str) -> str:
    fill, line = FILLS[role]
    return f'<rect x="{x}" y="{y}" width="{width}" height="{height}" fill="{fill}" stroke="{line}" stroke-width="1"/>'


def _text(
    words: str, x: int | Decimal, y: int, size: int, fill: str, anchor: str = "start", *, bold: bool = False
) -> str:
    weight = ' font-weight="700"' if bold else ""
    end = f' text-anchor="{anchor}"' if anchor != "start" else ""
    return f'<text x="{x}" y="{y}" font-size="{size}" fill="{fill}"{end}{weight}>{escape(words)}</text>'


def _width(words: str, size: int) -> int:
    """How wide words are at most, in units."""
    return sum(size if ord(char) >= 0x2E80 else size * 3 // 5 for char in words)


def _lines(label: str, width: int) -> list[str]:
    """A label on as many lines as it needs, broken where it must be."""
    lines, line = [], ""
    for char in label:
        if line and _width(line + char, _SIZE) > width - 4:
            lines.append(line)
            line = ""
        line += char
    return [*lines, line]
