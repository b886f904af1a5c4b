"""Web pages of extreme accounts on a desktop and on a phone: nothing cut off, nothing beyond its cell, no sideways page.

Only a table may be wider than the screen, and then it scrolls by itself. Asked of Chromium.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from juesuan.documents.html_page import Page, Tile
from juesuan.documents.writing_html import write_html
from juesuan.model.charts import Chart
from tests.publishing.extremes import CASES, LONG, MOST, SEEDS, extreme
from tests.publishing.screens import CHROMIUM, look

pytestmark = [pytest.mark.web, pytest.mark.skipif(CHROMIUM is None, reason="没有 Chromium：看网页的测试跳过")]
STYLES = list(SEEDS)


def page(place: str, case: str) -> bytes:
    """A page of extreme blocks, with what else a page shows as long as it can be."""
    blocks = extreme(place, case)
    plain = [block for block in blocks if not isinstance(block, Chart)]
    charts = [block for block in blocks if isinstance(block, Chart)]
    tiles = [Tile(LONG, f"{MOST}", "万元", f"比上年增加 {MOST} 万元（{MOST}%）")] * 3
    return write_html(Page(LONG, LONG, "2024", "部门决算", plain, tiles=tiles, charts=charts))


def test_nothing_runs_over_on_a_screen(tmp_path: Path) -> None:
    cases = {case: page(STYLES[n % 3], case) for n, case in enumerate(CASES) if case not in ("many", "all")}
    assert look(cases, tmp_path) == {}


WRONG = {
    "wide on a screen": '<div style="width: 900px">决算</div>',
    "outside the screen": '<div style="position: absolute; left: -30px">决算公开</div>',
    "beyond its cell": '<table style="table-layout: fixed; width: 40px"><tr><td style="white-space: nowrap">12345678.99</table>',
    "cut off": '<div style="width: 30px; overflow: hidden; white-space: nowrap">决算公开表</div>',
    "outside its drawing": '<svg width="40" height="20"><text x="20" y="12">决算公开</text></svg>',
    "words on words": '<svg width="90" height="40"><text x="2" y="14">决算</text><text x="9" y="16">公开</text></svg>',
}


def test_what_is_wrong_is_found(tmp_path: Path) -> None:
    pages = {what: f"<!DOCTYPE html><body>{body}".encode() for what, body in WRONG.items()}
    found = look(pages, tmp_path, (375,))
    assert [what for what in WRONG if not any(what in words for words in found.get(f"{what} 375", []))] == []
