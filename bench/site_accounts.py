"""Made-up accounts for a site: departments over several years as text files, the same for the same seed.

The generator's own accounts under names of places that are not there; the years of a department are unconnected. Refuses
nothing: it is only for measuring and for tests.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

from juesuan.composing.document import compose
from juesuan.documents.writing_text import write_text
from juesuan.generating import account_of, generate, report_of
from juesuan.generating.shapes import shape_of
from juesuan.knowledge.styles import style

_CITIES = ("辽宁省望海市", "吉林省松河市", "安徽省澄溪市", "贵州省云雾市", "广西壮族自治区桂溪市", "山东省临湾市")
_DISTRICTS = ("东岭区", "西川区", "南浦区", "北桥区", "长河县", "青石县", "白沙区")
_OFFICES = (
    "教育局",
    "民政局",
    "审计局",
    "水利局",
    "财政局",
    "司法局",
    "统计局",
    "交通运输局",
    "卫生健康局",
    "文化和旅游局",
)
FIRST = 2021


def name_of(number: int) -> str:
    """The name of a department: every number has its own (up to 420)."""
    office = _OFFICES[number % len(_OFFICES)]
    place = number // len(_OFFICES)
    return _CITIES[place % len(_CITIES)] + _DISTRICTS[place // len(_CITIES) % len(_DISTRICTS)] + office


@cache
def text_of(number: int, year: int, seed: int) -> str:
    """The text of one account."""
    own = seed * 1000 + number
    account = generate(own * 10 + year % 10, replace(shape_of(own), year=year))
    composed = compose(report_of(account), account_of(account), style(account.shape.style))
    return write_text(composed.blocks).replace(account.department, name_of(number))


def write_accounts(folder: Path, departments: int, years: int, seed: int = 1) -> int:
    """Writes so many departments, each with so many years, one folder a year; how many files there are."""
    for year in range(FIRST, FIRST + years):
        (folder / str(year)).mkdir(parents=True, exist_ok=True)
        for number in range(departments):
            path = folder / str(year) / f"{name_of(number)}{year}年度部门决算.txt"
            path.write_text(text_of(number, year, seed), encoding="utf-8", newline="\n")
    return departments * years
