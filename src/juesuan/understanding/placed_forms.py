"""Placing of self-evaluation forms (绩效自评表的列): forms whose columns the reader had to tell are believed if they add up.

Refuses to touch a form whose file separates the cells, and to keep one whose project is not known.
"""

from __future__ import annotations

import re
from decimal import Decimal

from juesuan.knowledge.names import plain
from juesuan.model.keys import ALL, UNKNOWN
from juesuan.understanding.funding import EXECUTION
from juesuan.understanding.meanings import Meaning
from juesuan.understanding.performance import read_performance
from juesuan.understanding.placing import OVERLEAF, set_aside, unread
from juesuan.understanding.regions import Region
from juesuan.understanding.tables import TableResult

#: an indicator of this name is a target or a score
_NO_NAME = re.compile(r"[≥≤><=]*\d+(?:\.\d+)?(?:%|[^\d]{0,5})")
#: 年初预算数、全年预算数、全年执行数
_BASES = 3
#: an indicator of this name is the head of several
_LEVEL = re.compile(
    r"(?:年度)?(?:产出|效益|满意度|数量|质量|时效|成本|经济效益|社会效益|生态效益|可持续影响|绩效|决策|过程)(?:指标?)?$"
)
#: what the weights of a form may come to, the execution rate left out or not
_FULL = (Decimal(100), Decimal(90))


def read_placed_form(region: Region, meaning: Meaning) -> TableResult:
    """As `read_performance`; a form that was misread is unread, with the reason."""
    result = read_performance(region, meaning)
    if not region.placing:
        return result
    on_page = any(cell is not None and cell.place.box for row in region.grid for cell in row)
    unruled = on_page and not region.proved  # nothing tells where one indicator ends
    if (
        region.placing == "order"
        or unruled
        or _misnamed(result)
        or (region.placing != "ragged" and not _adds_up(region, result))
    ):
        set_aside(result, region)
        result.table.indicators.clear()
    for rows in region.loose:
        unread(result, [cell for row in rows for cell in row], OVERLEAF)
    return result


def _misnamed(result: TableResult) -> bool:
    """Whether the project or an indicator has the name of something else."""
    if any(draft.keys[0].project == UNKNOWN for draft in result.drafts):
        return True
    indicators = result.table.indicators
    levels = {plain(level) for item in indicators for level in (item.level1, item.level2) if level} - {EXECUTION}
    names = [plain(item.name) for item in indicators]
    bases = {d.keys[0].basis for d in result.drafts if d.keys[0].flow != ALL and d.keys[0].measure == "amount"}
    if bases and len(bases) < _BASES:
        return True  # a head was missed: what stands below the others may be its own
    return any(_NO_NAME.fullmatch(name) or _LEVEL.match(name) or name in levels for name in names)


def _adds_up(region: Region, result: TableResult) -> bool:
    """Whether every figure was read, the weights come to the full marks, and the parts of all totals to these."""
    if result.unread or region.loose or any(not cell.sure for row in region.grid for cell in row if cell is not None):
        return False
    for measure in ("weight", "score"):
        drafts = [d for d in result.drafts if d.keys[0].measure == measure]
        named = {item.name for item in result.table.indicators}
        parts = [d.value for d in drafts if d.keys[0].indicator in named]
        totals = [d.value for d in drafts if d.keys[0].indicator == ALL]
        total = sum(parts, Decimal(0))
        if parts and not (total in totals if totals else measure == "score" or total in _FULL):
            return False
    return True
