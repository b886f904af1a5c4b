"""What a site adds to an account's page (决算页在站点上多出的部分): its other years, files, what the checker says, charts.

Refuses to alter what the account says: it stands above and beside it.
"""

from __future__ import annotations

from collections.abc import Iterator

from juesuan.documents.html_page import Download, filled, text
from juesuan.documents.writing_html import download_list, picture
from juesuan.presenting.site_content import COMPARE, Department, Shown, path, slug
from juesuan.presenting.site_parts import link

UP = "../../"
_DRAWN = ("years_total", "years_functions", "years_three_public")


def account_page(page: str, department: Department, one: Shown) -> str:
    """The page as it was written with slots, and what is known now."""
    return filled(page, "".join(_head(department, one)), _charts(department))


def _head(department: Department, one: Shown) -> Iterator[str]:
    if len(department.accounts) > 1:
        yield '<nav class="years" aria-label="本部门其他年度"><ul>'
        for other in department.accounts:
            if other is one:
                yield f'<li><a href="{path(other.stem)}.html" aria-current="page">{text(other.label)}</a></li>'
            else:
                yield f"<li>{link(other.label, f'{other.stem}.html')}</li>"
        yield "</ul></nav>\n"
    yield from (f'<p class="notice" role="note">{line}</p>\n' for line in _notices(one))
    compare = Download("与别的部门比较", f"{UP}{COMPARE}#d={path(slug(department.name))}&y={one.profile.year}")
    yield download_list([*one.downloads, compare])


def _notices(one: Shown) -> Iterator[str]:
    for other in one.twins:
        said = (
            "计入合计和比较的是那一份"
            if not other.twin
            else "计入合计和比较的是本页这一份"
            if not one.twin
            else "也不计入"
        )
        yield f"同一部门、同一年度还有另一份文件：{link(other.file, f'{other.stem}.html')}（{said}）"
    yield from map(text, one.notices)
    if one.judged is not None:
        judged = one.judged
        counts = f"错误 {judged.errors}，警告 {judged.warnings}，请说明 {judged.queries}"
        yield text(
            f"自动核对：读出数字 {judged.figures:,} 个，其中 {judged.verified:,} 个有别的数可以核实；{counts}。"
            f"本页按{one.source}的原样列出，不作改动。"
        )


def _charts(department: Department) -> str:
    drawn = (chart for chart in department.charts if chart.name in _DRAWN)
    return "".join(picture(chart, f"y{n}") for n, chart in enumerate(drawn))
