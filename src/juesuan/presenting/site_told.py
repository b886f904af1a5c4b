"""What `juesuan site` says on the screen (建站结果): what is on the site, what is not and why, which files are double.

Refuses to be silent about a file that was left out.
"""

from __future__ import annotations

from collections.abc import Iterator

from juesuan.presenting.site_content import HOME, Site
from juesuan.presenting.text import INDENT


def site_text(site: Site, output: str, files: int, size: int) -> Iterator[str]:
    """The lines."""
    years = site.years
    span = f"，{years[0]}—{years[-1]} 年度" if len(years) > 1 else f"，{years[0]} 年度" if years else ""
    yield f"收录 {len(site.accounts):,} 份决算，{len(site.departments):,} 个部门、单位{span}。"
    for left in site.left_out:
        yield f"{INDENT}没有收录 {left.file}：{left.why}"
    for one in site.accounts:
        if one.twin:
            main = next(other for other in one.twins if not other.twin)
            name = f"{one.profile.department} {one.profile.year} 年度"
            yield f"{INDENT}同一部门、同一年度有两份：{name}，{main.file} 计入比较，{one.file} 另有网页"
    if site.inner:
        yield f"{INDENT}内部文件 {site.inner:,} 个（工作簿、自查表、检查结果、答复与批准、标注的副本、以前的网站）不公开"
    if site.left_out:
        yield f"没有收录 {len(site.left_out):,} 个文件。"
    yield f"写入 {output}：{files:,} 个文件，{size / 1_000_000:.1f} MB；打开 {output}/{HOME}".replace("//", "/")
