"""Damaged PDF files, a fixed sample of those of bench/damaged.py: refused with a reason, or read with nothing lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from juesuan.checking.numbering import value
from tests.damage.endings import Ending, endings, made, said
from tests.damage.kinds import KINDS, damaged
from tests.damage.sources import sources, written

SAMPLE = 72
"""two files of each kind of damage at least"""


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> list[Ending]:
    return list(endings(sources(), range(SAMPLE), tmp_path_factory.mktemp("damaged")))


def test_no_crash_no_hang_and_every_figure_accounted_for(found: list[Ending]) -> None:
    assert [f"{one.file} {one.number} {one.kind}: {fault}" for one in found for fault in one.faults] == []


def test_every_kind_of_damage_was_tried_and_is_seen(found: list[Ending]) -> None:
    assert {one.kind for one in found} == set(KINDS)
    assert any(one.refused for one in found)
    assert len({one.figures for one in found if one.file == found[0].file}) > 3


@pytest.mark.parametrize("number", range(2, SAMPLE, 12))
def test_exit_code_and_words(number: int, tmp_path: Path) -> None:
    path = tmp_path / "决算.pdf"
    path.write_bytes(made(sources(), number)[2])
    assert list(said(path)) == []


@pytest.mark.parametrize("kind", KINDS)
def test_damage_is_the_same_every_time(kind: str) -> None:
    data = written()
    found = damaged("a", data, data[::-1], kind, 1)
    assert found != data
    assert damaged("a", data, data[::-1], kind, 1) == found
    assert damaged("a", data, data[::-1], kind, 2) != found


@pytest.mark.parametrize(
    ("word", "number"), [("二十三", 23), ("十", 10), ("九", 9), ("12", 12), ("一二十", 0), ("十二三", 0)]
)
def test_garbled_ordinals_name_no_number(word: str, number: int) -> None:
    assert value(word) == number
