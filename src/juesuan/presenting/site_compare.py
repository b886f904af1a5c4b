"""Comparison (比较): all departments of a year in one table, and the page on which departments, years, measures are chosen.

The tables by year can be read without a script; the choice needs one. Refuses to rank: tables are in the order of names
until a reader sorts them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import groupby

from juesuan.documents.html_page import Download, text
from juesuan.model.profiles import Measure
from juesuan.presenting.site_content import ASSETS, COMPARE, DATA, YEARS, Department, Shown, Site, slug
from juesuan.presenting.site_parts import amount, head_part, head_row, home, link, page, scroll

_LISTED = ("income", "expenditure", "basic", "project", "fiscal", "three_public", "agency_running_costs", "procurement")


def year_page(site: Site, year: str) -> bytes:
    """One year: a row for every department."""
    own = [one for one in site.measures if one.name in _LISTED]
    heads = ["部门、单位", *(one.label for one in own)]
    rows = "".join(
        f'<tr><th scope="row">{link(_name(department.name, one.profile.kind), f"../{department.folder}/{one.stem}.html")}</th>'
        f"{''.join(amount(one, measure.name, _share(one.profile.share(measure))) for measure in own)}</tr>\n"
        for department, one in site.of_year(year)
    )
    said = f"{year} 年度，金额单位：万元；百分比是占其总数的比例"
    table = scroll("year", "各部门决算", said, f"{head_row(heads)}<tbody>\n{rows}</tbody>\n", classes="sortable")
    others = "".join(f"<li>{_year(year, other)}</li>" for other in site.years)
    nav = f'<nav class="years" aria-label="年度"><ul>{others}</ul></nav>\n' if len(site.years) > 1 else ""
    files = (
        Download("按部门、年度比较", f"../{COMPARE}#y={year}"),
        Download("本年度数据（CSV）", f"../{DATA}/figures-{year}.csv"),
    )
    head = head_part(f"{year} 年度各部门决算", (home("../"),), (), ()) + nav
    head += head_part("", (), (), files).removeprefix("<h1></h1>\n")
    return page(f"{year} 年度各部门决算", "../", table, head)


def _name(name: str, kind: str) -> str:
    return name if kind == "部门决算" else f"{name}（{kind}）"


def _share(share: str) -> str:
    return f"{share}%" if share else ""


def _year(own: str, other: str) -> str:
    here = ' aria-current="page"' if own == other else ""
    return f'<a href="{other}.html"{here}>{other}</a>'


# the page of choice ---------------------------------------------------------------------------------------------------


def compare_page(site: Site) -> bytes:
    """The page on which the reader chooses; its table is made by site.js from the figures by year."""
    groups = [name for name, _ in groupby(site.measures, key=_group)]
    options = "".join(f'<option value="{text(name)}">{text(name)}</option>' for name in groups)
    names = "".join(f'<option value="{text(one.name)}"></option>' for one in site.departments)
    years = "".join(
        f'<label><input type="checkbox" name="y" value="{year}"> {year}</label>\n' for year in reversed(site.years)
    )
    tables = "".join(f"<li>{link(f'{year} 年度', f'{YEARS}/{year}.html')}</li>" for year in reversed(site.years))
    main = (
        f'<noscript><p class="notice">这一页要用脚本；不用脚本，可以看下面各年度的表。</p></noscript>\n'
        '<form class="choose" id="choose" hidden>\n<div class="field">\n<label for="d">加入部门</label>\n'
        f'<input id="d" list="names" autocomplete="off"><datalist id="names">{names}</datalist>\n'
        '<button type="submit" class="tool">加入</button>\n</div>\n<ul class="chosen" id="chosen" aria-label="已选的部门"></ul>\n'
        f'<fieldset class="field"><legend>年度</legend>\n{years}</fieldset>\n'
        f'<div class="field"><label for="m">比较什么</label>\n<select id="m">{options}</select></div>\n</form>\n'
        '<p class="note" id="said" role="status"></p>\n<div id="result"></div>\n'
        f'<section aria-labelledby="tables">\n<h2 id="tables">各年度全部部门</h2>\n<ul class="row">{tables}</ul>\n</section>\n'
    )
    scripts = (f"{ASSETS}/site.js", f"{DATA}/measures.js")
    return page(f"按部门、年度比较 · {site.title}", "", main, head_part("按部门、年度比较", (home(""),)), scripts)


def _group(measure: Measure) -> str:
    return measure.group


# data of the scripts --------------------------------------------------------------------------------------------------


def measures_script(site: Site) -> str:
    """Measures and departments, as a script that hands them over."""
    own = [[one.name, one.label, one.group, one.whole] for one in site.measures]
    departments = [[slug(one.name), one.name, one.main[-1].profile.region] for one in site.departments]
    return _call("measures", own, departments, site.years)


def figures_script(site: Site, year: str) -> str:
    """The figures of one year: slug, page, then one figure for each measure as it is shown ("" where not stated)."""
    rows = [
        [slug(department.name), one.stem, *(one.profile.shown(measure.name) for measure in site.measures)]
        for department, one in _main(site, year)
    ]
    return _call("figures", year, rows)


def _main(site: Site, year: str) -> Iterator[tuple[Department, Shown]]:
    for department in site.departments:
        for one in department.main:
            if one.profile.year == year:
                yield department, one


def search_script(site: Site, begin: int, end: int) -> str:
    """What is searched besides what the first page shows: the names of all that money was spent on."""
    names: dict[str, str] = {}
    rows = []
    for department in site.departments[begin:end]:
        codes: set[str] = set()
        for one in department.accounts:
            codes |= set(one.profile.functions)
            names |= one.profile.functions
        rows.append(" ".join(sorted(codes)))
    return _call("search", begin, rows, dict(sorted(names.items())))


def _call(name: str, *values: object) -> str:
    """A script that hands values over: `juesuan.name(…)`, whichever script is loaded first."""
    said = ",".join(json.dumps(value, ensure_ascii=False, separators=(",", ":")) for value in values)
    return f"(window.juesuanData=window.juesuanData||[]).push([{json.dumps(name)},{said}]);\n"
