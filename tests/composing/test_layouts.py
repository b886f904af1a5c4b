"""Layouts agree with what else is known: titles with the places' lists, heads with how the same form is read."""

from __future__ import annotations

import pytest

from juesuan.composing.grids import table
from juesuan.knowledge.forms import form
from juesuan.knowledge.layouts import Layout, layout, performance_layout
from juesuan.knowledge.places import known_places, national_titles, place_of, title_form
from juesuan.knowledge.styles import UnknownStyle, style, style_of, styles
from juesuan.model.documents import Cell
from juesuan.understanding import heads
from juesuan.understanding.meanings import columns_dims

LAYOUTS = [(name, one) for name in styles() for one in style(name).tables]
IDS = [f"{name} {one}" for name, one in LAYOUTS]


@pytest.mark.parametrize(("name", "one"), LAYOUTS, ids=IDS)
def test_the_title_names_the_form_and_its_scope(name: str, one: str) -> None:
    for year in (2019, 2025):
        spec = layout(one, name, year)
        found = title_form(spec.title)
        assert found is not None
        assert found.form == one
        assert not found.scope or found.scope == spec.fixed["fund"]


@pytest.mark.parametrize(("name", "one"), LAYOUTS, ids=IDS)
def test_heads_are_read_as_what_the_columns_say(name: str, one: str) -> None:
    """The heads as text (no merges known) and as a table that knows them."""
    spec = layout(one, name, 2024)
    wanted = _written(spec)
    width = len(spec.heads[0])
    rows = table(spec.heads, one).rows
    head = [row for row in rows if not heads.is_ordinal_row(row)]
    plain = [[cell and Cell(cell.text, cell.place) for cell in row] for row in head]
    for merges_known, grid in ((True, head), (False, plain)):
        columns = heads.columns(grid, width, merges_known, form(one))
        read = columns_dims(columns, form(one), "2024")
        for i, dims in wanted.items():
            options = read[i]
            assert options is not None, columns[i].title
            said = options[0] | ({"basis": dims["basis"]} if options[0].get("basis") == "budget" else {})
            assert _dims({**spec.fixed, **said}) == _dims({**spec.fixed, **dims}), columns[i].title


def _written(spec: Layout) -> dict[int, dict[str, str]]:
    """Column → what its figures are; the side of a two-sided table says the flow."""
    found: dict[int, dict[str, str]] = {}
    at = 0
    for n, block in enumerate(spec.blocks):
        side = {"flow": ("income", "expenditure")[n]} if spec.form in ("totals", "fiscal") else {}
        part = {"economic": "personnel" if n == 0 else "running"} if spec.heads[0][0] == "人员经费" else {}
        found |= {at + i: {**side, **part, **dims} for i, dims in block.values}
        at += len(block.columns)
    return found


def _dims(dims: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in dims.items() if (name, value) != ("basis", "final")}


def test_titles_are_those_of_the_places() -> None:
    assert [layout(one, "national", 2024).title for one in style("national").tables] == list(national_titles())
    for name, place in (("liaoning", "辽宁/大连/西岗区"), ("shanghai", "上海/上海/普陀区")):
        (rules,) = [rules for rules in known_places() if rules.region == place]
        assert [layout(one, name, 2024).title for one in style(name).tables] == list(rules.titles)
        assert style(name).order == rules.order
        assert style(name).numbering == rules.numbering


@pytest.mark.parametrize(
    ("department", "name"),
    [
        ("大连市西岗区人民政府办公室", "liaoning"),
        ("上海市普陀区文化和旅游局", "shanghai"),
        ("吉林省松河县水利局", "national"),
    ],
)
def test_a_department_has_the_style_of_its_place(department: str, name: str) -> None:
    place = place_of(department)
    assert style_of(place.region if place else "").name == name


def test_a_style_that_is_none_is_refused() -> None:
    with pytest.raises(UnknownStyle, match=r"没有“beijing”这种写法.*national（全国通用）"):
        style("beijing")


@pytest.mark.parametrize("one", ["performance_department", "performance_project"])
def test_a_style_without_a_form_of_its_own_has_the_national_one(one: str) -> None:
    assert performance_layout(one, "shanghai", 2024) == performance_layout(one, "national", 2024)


def test_three_public_is_of_all_appropriation_since_2022() -> None:
    funds = [layout("three_public", "national", year).fixed["fund"] for year in (2021, 2022)]
    assert funds == ["general_public", "fiscal"]


def test_classes_that_a_place_no_longer_lists() -> None:
    assert layout("totals", "shanghai", 2025).left_out == {"231": 2025, "232": 2025}
