"""A department's page on a site (部门页): its years side by side, the change from year to year, charts, downloads.

Every figure is what the account of that year prints. Refuses to compare years that do not follow one another.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from juesuan.documents.html_page import Download, text
from juesuan.documents.writing_html import picture
from juesuan.model.profiles import Measure, change
from juesuan.presenting.site_content import COMPARE, Department, Shown, Site, path, slug
from juesuan.presenting.site_parts import amount, figure, head_part, head_row, home, link, page, scroll

UP = "../../"


def department_page(site: Site, department: Department) -> bytes:
    """The page of one department."""
    files = (
        Download("与别的部门比较", f"{UP}{COMPARE}#d={path(slug(department.name))}"),
        Download("各年度数据（CSV）", "figures.csv"),
    )
    said = f"{len(department.main)} 个年度" + (
        f" · {text(department.main[-1].profile.region)}" * bool(_region(department))
    )
    main = f"{_accounts(department)}{_charts(department)}{_figures(site, department)}"
    head = head_part(department.name, (home(UP),), [said], files)
    return page(f"{department.name}决算", UP, main, head)


def _region(department: Department) -> str:
    return department.main[-1].profile.region


def _accounts(department: Department) -> str:
    """The accounts, newest first."""
    heads = ["决算", "本年收入", "本年支出", "“三公”经费", "原件和数据"]
    rows = "".join(map(_account, reversed(department.accounts)))
    table = scroll(
        "accounts", "各年度决算", "金额单位：万元", f"{head_row(heads, heads[-1:])}<tbody>\n{rows}</tbody>\n"
    )
    return f'<section aria-labelledby="all">\n<h2 id="all">各年度决算</h2>\n{table}</section>\n'


def _account(one: Shown) -> str:
    files = "".join(f'<a href="{text(file.path)}">{text(file.words)}</a> ' for file in one.downloads)
    cells = "".join(amount(one, name) for name in ("income", "expenditure", "three_public"))
    name = f"{one.profile.year} 年度{one.profile.kind}{'（另一份）' if one.twin else ''}"
    return f'<tr><th scope="row">{link(name, f"{one.stem}.html")}</th>{cells}<td class="files wide-only">{files.strip()}</td></tr>\n'


def _charts(department: Department) -> str:
    if not department.charts:
        return ""
    drawn = "".join(picture(chart, f"y{n}") for n, chart in enumerate(department.charts))
    return f'<section aria-labelledby="charts">\n<h2 id="charts">历年对比</h2>\n<div class="pictures">\n{drawn}</div>\n</section>\n'


def _figures(site: Site, department: Department) -> str:
    """A table for each group of measures."""
    accounts = department.main
    given = [one for one in site.measures if any(one.name in account.profile.amounts for account in accounts)]
    groups = [(name, list(own)) for name, own in groupby(given, key=lambda one: one.group)]
    tables = "".join(_group(accounts, n, name, own) for n, (name, own) in enumerate(groups))
    said = "各年下面的百分比是占其总数的比例；“增减”与紧接着的上一年度相比，按两年各自的决算计算。"
    note = f'<p class="note">{said}</p>\n'
    return (
        f'<section aria-labelledby="figures">\n<h2 id="figures">主要数字</h2>\n{note}{tables}</section>\n'
        if given
        else ""
    )


def _group(accounts: Sequence[Shown], number: int, name: str, own: Sequence[Measure]) -> str:
    years = [one.profile.year for one in accounts]
    steps = [(a, b) for a, b in pairwise(accounts) if _follow(a, b)]
    heads = ["项目", *(f"{year} 年" for year in years), *(f"{b.profile.year} 年增减" for _, b in steps)]
    rows = "".join(f"<tr>{''.join(_cells(accounts, steps, one))}</tr>\n" for one in own)
    table = scroll(f"g{number}", name, "金额单位：万元", f"{head_row(heads)}<tbody>\n{rows}</tbody>\n")
    return f"<h3>{text(name)}</h3>\n{table}"


def _follow(before: Shown, after: Shown) -> bool:
    years = before.profile.year, after.profile.year
    return all(map(str.isdecimal, years)) and int(years[1]) - int(years[0]) == 1


def _cells(accounts: Sequence[Shown], steps: Sequence[tuple[Shown, Shown]], one: Measure) -> Iterator[str]:
    yield f'<th scope="row">{text(one.label)}</th>'
    for account in accounts:
        share = account.profile.share(one)
        yield amount(account, one.name, f"{share}%" if share else "")
    for before, after in steps:
        difference, rate = change(after.profile.value(one.name), before.profile.value(one.name))
        yield figure(difference, rate)
