"""Each self-evaluation form of performance_layouts.py is read as its keys, written by hand, say."""

from __future__ import annotations

from pathlib import Path

import pytest

from juesuan.model.reports import Indicator, Report
from tests.understanding.layouts import Layout
from tests.understanding.performance_layouts import LAYOUTS
from tests.understanding.test_layouts import keys_by_figure, normal, read_layout


def forms(report: Report) -> list[str]:
    return [table.form for table in report.tables if table.form.startswith("performance")]


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_layout(layout: Layout, tmp_path: Path) -> None:
    report = read_layout(layout, tmp_path)
    read = keys_by_figure(report)
    wrong = {
        figure: (read.get(figure), key)
        for figure, key in layout.keys.items()
        if normal(read.get(figure) or "") != normal(" ".join(key.replace("year=2023", "").split()))
    }
    assert wrong == {}
    assert [u for u in report.unread if u.place.table] == []
    assert len(forms(report)) == 1


def indicators(number: int, tmp_path: Path) -> dict[str, Indicator]:
    report = read_layout(LAYOUTS[number], tmp_path)
    return {indicator.name: indicator for table in report.tables for indicator in table.indicators}


def test_indicators_of_the_ministry_form(tmp_path: Path) -> None:
    found = indicators(0, tmp_path)
    assert list(found) == [
        "预算执行率",
        "栽植行道树",
        "补植灌木",
        "苗木成活率",
        "完成时限",
        "居民出行环境",
        "绿化覆盖率",
        "居民满意度",
    ]
    assert found["苗木成活率"].level1 == "产出指标"
    assert found["绿化覆盖率"].level2 == "生态效益指标"
    assert found["绿化覆盖率"].relation == "≥"
    assert found["居民满意度"].relation == "≥"
    assert found["补植灌木"].relation == "="


def test_a_date_is_no_figure(tmp_path: Path) -> None:
    found = indicators(0, tmp_path)["完成时限"]
    assert (found.target, found.actual) == (None, None)
    assert found.weight is not None
    assert found.target_text == "2023年12月底前"


def test_rows_below_the_total_are_no_indicators(tmp_path: Path) -> None:
    assert list(indicators(1, tmp_path)) == ["维护公园", "维修响应", "游客人次", "游客满意度"]


def test_two_rows_of_heads(tmp_path: Path) -> None:
    found = indicators(2, tmp_path)["接收档案"]
    assert (found.relation, found.target_text, found.actual_text) == ("≥", "8000", "8123卷")


def test_a_form_that_goes_on_overleaf_is_one(tmp_path: Path) -> None:
    found = indicators(3, tmp_path)
    assert len(found) == 5
    assert found["期刊种类"].reason == "停刊2种"
    assert found["读者满意度"].level1 == "效益指标"
