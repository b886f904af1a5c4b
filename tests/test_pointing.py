"""What is found, or lacks, is told by sheet and cell of the workbook."""

from __future__ import annotations

from pathlib import Path

import pytest

from juesuan.app import prepare_workbook
from juesuan.compiling.sheets import sheets
from juesuan.knowledge.styles import styles
from juesuan.services.building import Built, build
from juesuan.services.loading import Build, load
from juesuan.services.preparing import Wanted
from tests.compiling.books import cells, edited

DRAFT = Build(draft=True, formats=("text",))


def built(workbook: Path) -> Built:
    return build(load(str(workbook)), DRAFT)


@pytest.mark.parametrize("place", styles())
def test_every_gap_has_its_cell(place: str, tmp_path: Path) -> None:
    book = prepare_workbook(str(tmp_path), Wanted(example=True, place=place))[0]
    names = [sheets()[role].name for role in ("last", "three_public", "assets", "procurement")]
    blank = {
        (name, cell): ""
        for name, values in cells(book).items()
        for cell in values
        if name in names and cell[0] in "BC" and int(cell[1:]) > 4
    }
    one = built(edited(book, blank))
    assert len(one.composed.open) > 10
    assert {gap.what: one.lacking[gap.what] for gap in one.composed.open if "!" not in one.lacking[gap.what]} == {}


def test_a_wrong_figure_is_told_by_its_cell(tmp_path: Path) -> None:
    book = prepare_workbook(str(tmp_path), Wanted(example=True, place="liaoning"))[0]
    sheet = "03 支出表"
    cell = next(cell for cell, text in cells(book)[sheet].items() if text == "行政运行").replace("D", "E")
    one = built(edited(book, {(sheet, cell): "9999.99"}))
    assert any(f"{sheet}!{cell}" in spots for spots in one.spots.values())


def test_own_terms_are_explained(tmp_path: Path) -> None:
    book = prepare_workbook(str(tmp_path), Wanted(example=True))[0]
    edits = {("名词解释", "A4"): "审计整改", ("名词解释", "B4"): "被审计单位纠正问题的过程"}
    one = built(edited(book, edits))
    texts = [block.text for block in one.composed.blocks if hasattr(block, "text")]
    assert any(text.endswith("、审计整改：被审计单位纠正问题的过程。") for text in texts)
