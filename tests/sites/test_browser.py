"""A site in Chromium, opened from the disk: accessible by WCAG 2.2 AA, valid HTML, search and comparison at work.

Needs what tests/web/test_browser.py needs, and skips as it does.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from urllib.parse import quote

import pytest
from bench.site_accounts import name_of

from juesuan.presenting.site_content import slug
from juesuan.services.sites import Written
from tests.sites.made import NUMBERS, YEARS
from tests.web.test_browser import CHROMIUM, NU, PHONE, WIDE, accessible, in_browser

pytestmark = pytest.mark.web
Made = tuple[Path, Path, Written]
PAGES = {
    "home": "index.html",
    "department": f"departments/{name_of(0)}/index.html",
    "account": f"departments/{name_of(0)}/2023.html",
    "compare": "compare.html",
    "year": "years/2023.html",
    "files": "files.html",
}
LOOK = """
const input = document.getElementById('q'), rows = () => [...document.querySelectorAll('#departments tbody tr')];
const look = async words => {
  input.value = words; input.dispatchEvent(new Event('input')); await new Promise(r => setTimeout(r, 300));
  return [rows().filter(r => !r.hidden).map(r => r.cells[0].textContent), document.getElementById('found').textContent];
};
const found = {hidden: document.querySelector('.search').hidden};
for (const words of %s) { found[words] = await look(words); }
return found;
"""
CHOOSE = """
location.hash = %s;
for (let n = 0; n < 40 && !document.getElementById('compared'); n++) { await new Promise(r => setTimeout(r, 100)); }
const table = () => [...document.querySelectorAll('#compared tr')].map(tr => [...tr.cells].map(c => c.textContent));
const found = {first: table(), sorts: document.querySelectorAll('#compared button.sort').length};
document.getElementById('d').value = %s;
document.querySelector('#choose button[type=submit]').click();
await new Promise(r => setTimeout(r, 500));
found.more = table().length;
document.querySelector('#chosen button').click();
await new Promise(r => setTimeout(r, 500));
found.less = table().length;
found.hash = location.hash;
return found;
"""


@pytest.fixture(scope="module")
def site(made: Made, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy that may be written to."""
    copy = tmp_path_factory.mktemp("browser") / "site"
    shutil.copytree(made[1], copy)
    return copy


@pytest.fixture(autouse=True)
def browser() -> None:
    if CHROMIUM is None:
        pytest.skip("没有 Chromium：用浏览器核对网站的测试跳过")


@pytest.mark.parametrize("width", [WIDE, PHONE])
@pytest.mark.parametrize("name", PAGES)
def test_pages_are_accessible(site: Path, name: str, width: int) -> None:
    path = site / PAGES[name]
    assert accessible(path.read_bytes(), path.parent, width) == []


def test_a_comparison_that_was_made_is_accessible(site: Path) -> None:
    page = (site / "compare.html").read_bytes()
    chosen = f"<script>location.hash = {json.dumps(hash_of(NUMBERS, '支出性质'))};</script>".encode()
    assert accessible(page.replace(b"</head>", chosen + b"</head>"), site, WIDE) == []


def test_html_is_valid(site: Path) -> None:
    if not NU.is_file() or shutil.which("java") is None:
        pytest.skip("没有 vnu-jar 或 Java：不核对 HTML 是否合规")
    paths = [str(site / page) for page in PAGES.values()]
    done = subprocess.run(["java", "-jar", str(NU), "--stdout", *paths], capture_output=True, check=False)
    assert (done.stdout.decode("utf-8"), done.returncode) == ("", 0)


def test_search_from_the_disk(site: Path, made: Made) -> None:
    every = [one.name for one in made[2].site.departments]
    wanted = ["西岗", "机关事业单位职业年金 西岗", "2080506", "没有这样的部门", ""]
    found = in_browser((site / "index.html").read_bytes(), LOOK % json.dumps(wanted), site)
    assert isinstance(found, dict)
    assert found["hidden"] is False
    assert found["西岗"] == [["大连市西岗区人民政府办公室"], "找到 1 个部门、单位"]
    (one,) = found["机关事业单位职业年金 西岗"][0]
    assert one == "大连市西岗区人民政府办公室支出科目 2080506 机关事业单位职业年金缴费支出"
    assert len(found["2080506"][0]) >= 1
    assert found["没有这样的部门"] == [[], "没有找到，请换一个词"]
    assert found[""][0] == every


def hash_of(numbers: tuple[int, ...], group: str) -> str:
    chosen = ",".join(quote(slug(name_of(number))) for number in numbers)
    return f"#d={chosen}&y=2022,2023&m={quote(group)}"


def test_comparison_from_the_disk(site: Path, made: Made) -> None:
    other = next(one for one in made[2].site.departments if one.name not in map(name_of, NUMBERS))
    script = CHOOSE % (json.dumps(hash_of(NUMBERS, "支出性质")), json.dumps(other.name))
    found = in_browser((site / "compare.html").read_bytes(), script, site)
    assert isinstance(found, dict)
    head, *rows = found["first"]
    assert head[:4] == ["部门", "年度", "基本支出", "项目支出"]
    assert [row[:2] for row in rows] == [[name_of(n), str(year)] for n in NUMBERS for year in YEARS[:2]]
    accounts = {
        (one.profile.department, one.profile.year): one.profile for one in made[2].site.accounts if not one.twin
    }
    measures = {one.name: one for one in made[2].site.measures}
    for row in rows:
        profile = accounts[row[0], row[1]]
        for cell, name in zip(row[2:4], ("basic", "project"), strict=True):
            share = profile.share(measures[name])
            assert cell == profile.shown(name) + (f"{share}%" if share else "")
    assert found["sorts"] >= 2
    assert (found["more"], found["less"]) == (7, 5)
    assert quote(name_of(0)) not in found["hash"]
