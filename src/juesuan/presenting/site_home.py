"""First page of a site (首页): all departments and their years, search, what the accounts come to, what is not here.

Sums are sums of what was read, and say of how many accounts; accounts of single units are not added to those of
departments. Refuses to hide a file that could not be read.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from juesuan.documents.html_page import Download, Tile, text
from juesuan.documents.writing_html import tile_list
from juesuan.model.profiles import shown
from juesuan.presenting.site_content import (
    ABOUT,
    ASSETS,
    COMPARE,
    DATA,
    UNIT_ACCOUNT,
    YEARS,
    Department,
    Shown,
    Site,
)
from juesuan.presenting.site_parts import WIDE, amount, figure, head_part, head_row, link, page, scroll

_SUMMED = ("income", "expenditure", "three_public")


def home_page(site: Site, shards: list[str]) -> bytes:
    """The first page. `shards` are the addresses of the scripts with what is searched."""
    main = f"{_glance(site)}{_search(site)}{_departments(site)}{_years(site)}{_left_out(site)}"
    files = (
        Download("按部门、年度比较", COMPARE),
        Download("收录文件说明", ABOUT),
        Download("全部比较数据（CSV）", f"{DATA}/figures.csv"),
        Download("全部比较数据（JSON）", f"{DATA}/figures.json"),
    )
    head = head_part(site.title, lines=[_said(site)], files=files)
    return page(site.title, "", main, head, (f"{ASSETS}/site.js", *shards))


def _said(site: Site) -> str:
    years = site.years
    span = f"{years[0]}—{years[-1]} 年度" if len(years) > 1 else f"{years[0]} 年度" if years else ""
    return text(
        f"{len(site.departments):,} 个部门、单位，{len(site.accounts):,} 份决算" + (f"，{span}" if span else "")
    )


def _glance(site: Site) -> str:
    if not site.years:
        return "<p>没有收录任何决算。</p>\n"
    last = _usual_year(site)
    tiles = [Tile(f"{last} 年度决算", f"{len(summed(site, last)):,}", "个部门")]
    for measure, label in zip(_SUMMED, ("本年收入合计", "本年支出合计", "“三公”经费合计"), strict=True):
        total, count = total_of(site, last, measure)
        if count:
            tiles.append(Tile(f"{last} 年度{label}", shown(total, 2), "万元", f"{count:,} 个部门之和"))
    return f'<section aria-labelledby="glance">\n<h2 id="glance">一览</h2>\n{tile_list(tiles)}</section>\n'


def _usual_year(site: Site) -> str:
    """The last year of which not only a few accounts are there yet: half as many as of the fullest year."""
    counts = {year: len(summed(site, year)) for year in site.years}
    return max(year for year, count in counts.items() if count * 2 >= max(counts.values()))


def summed(site: Site, year: str) -> list[Shown]:
    """The accounts of a year that may be added up: of departments, one each."""
    return [one for _, one in site.of_year(year) if one.profile.kind != UNIT_ACCOUNT]


def total_of(site: Site, year: str, measure: str) -> tuple[Decimal, int]:
    """(sum in 万元, of how many accounts that state it)."""
    values = [value for one in summed(site, year) if (value := one.profile.value(measure)) is not None]
    return sum(values, Decimal(0)), len(values)


def _search(site: Site) -> str:
    return (
        '<form class="search" role="search" hidden>\n<label for="q">查找部门、地区、支出科目、年度</label>\n'
        '<input id="q" type="search" autocomplete="off" spellcheck="false" placeholder="如：教育　望海区　养老保险　2024">\n'
        f'<p class="note" role="status" id="found">共 {len(site.departments):,} 个部门、单位</p>\n</form>\n'
    )


def _departments(site: Site) -> str:
    heads = ["部门、单位", "地区", "年度", "最近年度本年收入", "最近年度本年支出"]
    rows = "".join(map(_row, site.departments))
    body = f"{head_row(heads, heads[1:2])}<tbody>\n{rows}</tbody>\n"
    table = scroll("departments", "部门、单位", "金额单位：万元", body, "sortable list")
    return f'<section aria-labelledby="all">\n<h2 id="all">部门、单位</h2>\n{table}</section>\n'


def _row(department: Department) -> str:
    folder = department.folder
    years = " ".join(link(one.label, f"{folder}/{one.stem}.html") for one in department.accounts)
    last = department.main[-1]
    name = link(department.name, f"{folder}/index.html")
    return (
        f'<tr><th scope="row">{name}</th><td{WIDE}>{text(last.profile.region)}</td><td class="years">{years}</td>'
        f"{amount(last, 'income')}{amount(last, 'expenditure')}</tr>\n"
    )


def _years(site: Site) -> str:
    heads = ["年度", "部门决算", "本年收入合计", "本年支出合计", "“三公”经费合计", "另有单位决算"]
    rows = "".join(_year(site, year) for year in reversed(site.years))
    table = scroll("years", "各年度", "金额单位：万元", f"{head_row(heads)}<tbody>\n{rows}</tbody>\n")
    said = "合计是所收部门决算之和，没有抵销部门之间的往来；下面是有这个数的部门个数。单位决算可能已包含在主管部门的决算里，不计入合计。"
    return f'<section aria-labelledby="by-year">\n<h2 id="by-year">各年度</h2>\n<p class="note">{said}</p>\n{table}</section>\n'


def _year(site: Site, year: str) -> str:
    own = summed(site, year)
    cells = []
    for measure in _SUMMED:
        total, count = total_of(site, year, measure)
        cells.append(figure(shown(total, 2) if count else "", f"{count:,} 个部门"))
    units = len(site.of_year(year)) - len(own)
    return (
        f'<tr><th scope="row">{link(f"{year} 年度", f"{YEARS}/{year}.html")}</th>{figure(f"{len(own):,}")}'
        f"{''.join(cells)}{figure(f'{units:,}')}</tr>\n"
    )


def _left_out(site: Site) -> str:
    return "".join(_left_out_parts(site))


def _left_out_parts(site: Site) -> Iterator[str]:
    twins = sum(bool(one.twin) for one in site.accounts)
    if not site.left_out and not twins:
        return
    yield '<section aria-labelledby="not-here">\n<h2 id="not-here">没有收录的文件</h2>\n'
    if site.left_out:
        yield f"<p>有 {len(site.left_out):,} 个文件没有收录，{link('原因见收录文件说明', ABOUT)}。</p>\n"
    if twins:
        yield f"<p>有 {twins:,} 份决算与另一份同部门、同年度，各有网页，只有一份计入合计和比较，见{link('收录文件说明', ABOUT)}。</p>\n"
    yield "</section>\n"
