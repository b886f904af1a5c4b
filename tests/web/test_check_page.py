"""The page of a check in a browser: keys, filters, the way to the original and back, accessible by WCAG 2.2 AA."""

from __future__ import annotations

from pathlib import Path

import pytest

from juesuan.cli import main
from tests.layouts import manners
from tests.layouts.looks import Look
from tests.layouts.producers import typst
from tests.web.test_browser import CHROMIUM, PHONE, WIDE, accessible, in_browser

pytestmark = pytest.mark.web

ACT = """
const press = key => document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true}));
const at = () => document.activeElement.id || document.activeElement.tagName;
const soon = () => new Promise(done => setTimeout(done, 50));
const seen = () => [...document.querySelectorAll('article')].filter(one => !one.hidden).map(one => one.id);
const found = {all: seen(), path: [at()]};
for (const key of ['j', 'j', 'k']) { press(key); found.path.push(at()); }
press('j'); press('Enter'); await soon(); found.page = [location.hash, at()];
press('Escape'); found.back = at();
press('/'); found.search = at();
press('Escape'); found.left = at();
const grade = document.querySelector('#tools fieldset input');
grade.checked = false; grade.dispatchEvent(new Event('input', {bubbles: true}));
found.filtered = seen(); found.told = document.querySelector('#findings h2').dataset.shown;
location.hash = '#finding-1'; await soon(); found.led = [seen(), at()];
return found;
"""


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The result of a PDF with two mistakes."""
    if CHROMIUM is None:
        pytest.skip("没有 Chromium：用浏览器核对网页的测试跳过")
    folder = tmp_path_factory.mktemp("page")
    (folder / "决算.pdf").write_bytes(typst(manners.planted(manners.account(3)), Look()))
    made = folder / "结果.html"
    assert main(["check", str(folder / "决算.pdf"), "--format", "html", "-o", str(made), "--fail-on", "never"]) == 0
    return made.read_bytes()


def test_keys_and_filters(page: bytes, tmp_path: Path) -> None:
    found = in_browser(page, ACT, tmp_path)
    assert isinstance(found, dict)
    first, second = found["all"][:2]
    assert found["path"] == ["BODY", first, second, first]
    assert found["page"][0].startswith("#page-")
    assert found["back"] == second
    assert found["search"] == "search"
    assert found["left"] == "BODY"
    assert len(found["filtered"]) < len(found["all"])
    assert found["told"] == f"，只列出其中 {len(found['filtered'])} 处"
    assert found["led"] == [found["all"], "finding-1"]


@pytest.mark.parametrize("width", [WIDE, PHONE])
def test_the_page_is_accessible(page: bytes, width: int, tmp_path: Path) -> None:
    assert accessible(page, tmp_path, width) == []
