"""Damaged PDF files, a fixed sample of those of bench/damaged.py: refused with a reason, or read with nothing lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.damage.endings import Ending, endings
from tests.damage.kinds import KINDS, damaged
from tests.damage.sources import sources, written

ROUNDS = 2


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> list[Ending]:
    files = sources()
    folder = tmp_path_factory.mktemp("damaged")
    return list(endings(files, range(ROUNDS * len(KINDS) * len(files)), folder))


def test_no_crash_no_hang_and_every_figure_accounted_for(found: list[Ending]) -> None:
    assert [f"{one.file} {one.number} {one.kind}: {fault}" for one in found for fault in one.faults] == []


def test_every_kind_of_damage_was_tried_and_some_is_seen(found: list[Ending]) -> None:
    assert {one.kind for one in found} == set(KINDS)
    assert any(one.refused for one in found)
    assert len({one.figures for one in found if one.file == found[0].file}) > 3


def test_damage_is_the_same_every_time() -> None:
    data = written()
    for number in range(len(KINDS)):
        kind, made = damaged(data, data[::-1], "a", number)
        assert made != data or kind == "当作文本传送"
        assert damaged(data, data[::-1], "a", number) == (kind, made)
