"""Rows torn by a page break get their last words back; what may be a row of its own stays one."""

from __future__ import annotations

import pytest

from juesuan.model.documents import Cell
from juesuan.model.places import Place
from juesuan.understanding.torn import mended

ABOVE = ["质量指标", "资金使用效", "≥", "3", "13"]


def row(texts: list[str]) -> list[Cell | None]:
    return [Cell(text, Place("a.pdf", 1)) for text in texts]


def test_the_rest_of_a_name_goes_back() -> None:
    found = mended([row(ABOVE)], [row(["", "率", "", "", ""])])
    assert found is not None
    assert [cell.text for cell in found if cell] == ["质量指标", "资金使用效\n率", "≥", "3", "13"]


def test_the_rest_of_a_long_remark_goes_back_with_it() -> None:
    above = ["数量指标", "开展活动", "≥46场次", "14", "14", "实际需求多于预"]
    found = mended([row(above)], [row(["", "场次", "", "", "", "期，今后将结合上年完成情况细化目标"])])
    assert found is not None
    assert [cell.text for cell in found if cell][1] == "开展活动\n场次"
    closed = [*above[:-1], "需求较多。"]
    assert mended([row(closed)], [row(["", "场次", "", "", "", "期，今后将结合上年完成情况细化目标"])]) is None


@pytest.mark.parametrize(
    ("above", "overleaf"),
    [
        (ABOVE, ["", "率", "", "5", ""]),
        (["", "资金使用效", "≥", "3", "13"], ["数量指标", "率", "", "", ""]),
        (ABOVE, ["", "全年组织开展的培训次数", "", "", ""]),
        (["质量指标", "资金使用效", "", "", ""], ["", "率", "", "", ""]),
        (ABOVE, ["", "", "", "", ""]),
        (ABOVE, ["", "率"]),
    ],
    ids=["a figure", "a word below none", "too long", "no figure above", "blank", "other columns"],
)
def test_a_row_of_its_own_stays(above: list[str], overleaf: list[str]) -> None:
    assert mended([row(above)], [row(overleaf)]) is None
