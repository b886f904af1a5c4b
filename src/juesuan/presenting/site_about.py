"""What is on a site and what is not (收录文件说明): every file, where it went, and why not; how addresses are made.

Refuses to leave a file unnamed.
"""

from __future__ import annotations

from juesuan.documents.html_page import text
from juesuan.presenting.site_content import Shown, Site
from juesuan.presenting.site_parts import figure, head_part, head_row, home, link, page, scroll

_ADDRESSES = (
    "部门的网页是 departments/部门名称/index.html，每份决算是 departments/部门名称/年度.html，单位决算是 年度-unit.html。"
    "地址只由部门名称、年度和决算种类决定，增加或减少别的决算不会改变它。名称里有不能作文件名的字符时，去掉这些字符，后面加上名称的"
    " SHA-256 的前八位。同一部门、同一年度有几份不同的文件时，数字最多的一份用 年度.html，其余在年度后面加上文件的 SHA-256 的前八位。"
)


def about_page(site: Site) -> bytes:
    """The page of all files."""
    main = (
        f'<section aria-labelledby="out">\n<h2 id="out">没有收录的文件（{len(site.left_out):,}）</h2>\n{_left_out(site)}'
        f'</section>\n{_twins(site)}<section aria-labelledby="in">\n<h2 id="in">收录的决算（{len(site.accounts):,}）</h2>\n'
        f"{_accounts(site)}</section>\n"
        f'<section aria-labelledby="addresses">\n<h2 id="addresses">网页的地址</h2>\n<p>{_ADDRESSES}</p>\n</section>\n'
    )
    return page(f"收录文件说明 · {site.title}", "", main, head_part("收录文件说明", (home(""),)))


def _left_out(site: Site) -> str:
    inner = (
        f"<p>另有 {site.inner:,} 个内部文件（工作簿、自查表、检查结果、答复与批准、标注的副本、以前的网站）不公开。</p>\n"
        if site.inner
        else ""
    )
    if not site.left_out:
        return f"<p>文件夹里的决算都已收录。</p>\n{inner}"
    rows = "".join(f'<tr><th scope="row">{text(one.file)}</th><td>{text(one.why)}</td></tr>\n' for one in site.left_out)
    table = f"{head_row(['文件', '原因'])}<tbody>\n{rows}</tbody>\n"
    return scroll("left-out", "没有收录的文件", "按文件名排列", table) + inner


def _twins(site: Site) -> str:
    found = [one for one in site.accounts if one.twin]
    if not found:
        return ""
    lines = "".join(f"<li>{_twin(site, one)}</li>\n" for one in found)
    return (
        f'<section aria-labelledby="twins">\n<h2 id="twins">同一部门、同一年度的另一份（{len(found):,}）</h2>\n'
        f'<p class="note">都有网页；计入合计和比较的只有数字最多的一份。</p>\n<ul>\n{lines}</ul>\n</section>\n'
    )


def _twin(site: Site, one: Shown) -> str:
    main = next(other for other in one.twins if not other.twin)
    folder = next(d.folder for d in site.departments if d.name == one.profile.department)
    name = f"{one.profile.department} {one.profile.year} 年度"
    return (
        f"{text(name)}：{link(one.file, f'{folder}/{one.stem}.html')}，计入合计和比较的是 "
        f"{link(main.file, f'{folder}/{main.stem}.html')}"
    )


def _accounts(site: Site) -> str:
    heads = ["决算", "文件", "读自", "数字", "已核实", "错误", "警告", "请说明"]
    rows = "".join(_row(department.folder, one) for department in site.departments for one in department.accounts)
    said = "数字、已核实：读出的数和其中有别的数可以核对的数；错误、警告、请说明：自动核对发现的问题"
    return scroll("accounts", "收录的决算", said, f"{head_row(heads)}<tbody>\n{rows}</tbody>\n", classes="sortable")


def _row(folder: str, one: Shown) -> str:
    judged = one.judged
    counts = (judged.figures, judged.verified, judged.errors, judged.warnings, judged.queries) if judged else ()
    cells = "".join(figure(f"{count:,}") for count in counts) if judged else "<td></td>" * 5
    name = link(f"{one.profile.department} {one.label}", f"{folder}/{one.stem}.html")
    return f'<tr><th scope="row">{name}</th><td>{text(one.file)}</td><td>{text(one.source)}</td>{cells}</tr>\n'
