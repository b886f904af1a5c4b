"""Units of tables (金额单位): the unit that a table's figures are in, where it states none or a wrong one.

The sentences and the other tables tell: what they state as 677.92 万元 a table in 元 prints as 6,779,200.00. Refuses to
doubt a stated unit without several figures that fit only another one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal

from juesuan.model.amounts import MONEY_UNITS
from juesuan.model.documents import Heading, Paragraph
from juesuan.understanding.figures import narrow, parse_figure
from juesuan.understanding.regions import Region

_SAID = re.compile(r"(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)\s*(万元|亿元|元)")
_CENT, _WAN = Decimal("0.01"), Decimal(10000)
_WORTH = {unit: scale / _WAN for unit, scale in MONEY_UNITS.items()}
_UNITS = ("元", "千元", "万元", "亿元")
#: so many different figures that fit only another unit are no chance
_ENOUGH = 3
#: the other unit must explain so many times as many figures
_TIMES = 4
#: figures with fewer digits are too often alike
_DIGITS = 3


def set_units(found: Sequence[Region], blocks: Iterable[object], usual: str) -> None:
    """Sets `reading_unit` of every table whose figures are in another unit than it states."""
    said = _said(blocks)
    figures = [set() if region.form.startswith("performance") else _figures(region) for region in found]
    for region, own in zip(found, figures, strict=True):
        region.reading_unit = _fitting(own, said, region.unit or usual)
    unstated = [region for region in found if region.form and not region.unit]
    agreed = Counter(
        r.reading_unit for r, own in zip(found, figures, strict=True) if not r.unit and _known(r, own, said)
    )
    if agreed and (unit := agreed.most_common(1)[0][0]):
        for region in unstated:
            region.reading_unit = unit
    units = [region.reading_unit or region.unit or usual for region in found]
    if len(set(units)) == 1:
        return
    most = Counter(unit for unit, own in zip(units, figures, strict=True) if own).most_common(1)
    for number, region in enumerate(found):
        if figures[number] and units[number] != most[0][0]:
            others = [i for i in range(len(found)) if i != number]
            known = {_worth(value, units[i]) for i in others for value in figures[i]}
            region.reading_unit = _fitting(figures[number], known, units[number]) or region.reading_unit


def _said(blocks: Iterable[object]) -> set[Decimal]:
    """The amounts in sentences, in 万元 to two decimals."""
    found = set[Decimal]()
    for block in blocks:
        if isinstance(block, Heading | Paragraph) and "元" in block.text:
            for number, unit in _SAID.findall(narrow(block.text)):
                value = Decimal(number.replace(",", ""))
                if value:
                    found.add(_worth(value, unit))
    return found


def _figures(region: Region) -> set[Decimal]:
    """The figures of the table that are long enough to be told apart."""
    found = set[Decimal]()
    if not region.form:
        return found
    for row in region.grid:
        for cell in row:
            figure = parse_figure(cell.text) if cell is not None and cell.text else None
            if figure and figure.decimals and not figure.unit and _length(figure.value) >= _DIGITS:
                found.add(abs(figure.value))
    return found


def _worth(value: Decimal, unit: str) -> Decimal:
    return (value * _WORTH[unit]).quantize(_CENT, ROUND_HALF_UP)


def _known(region: Region, figures: set[Decimal], said: set[Decimal]) -> bool:
    """Whether the sentences tell the table's unit."""
    return bool(region.reading_unit) or len(figures & said) >= _ENOUGH


def _fitting(figures: set[Decimal], known: set[Decimal], unit: str) -> str:
    """The unit in which these figures are known, "" where that is the one assumed, or none for certain."""
    fits = Counter({one: len({_worth(value, one) for value in figures} & known) for one in _UNITS})
    best, most = fits.most_common(1)[0]
    enough = most >= _ENOUGH or (most == len(figures) and any(_length(value) > _DIGITS for value in figures))
    return best if best != unit and enough and most >= _TIMES * fits[unit] else ""


def _length(value: Decimal) -> int:
    """How many digits the figure has that count."""
    return len(value.normalize().as_tuple().digits)
