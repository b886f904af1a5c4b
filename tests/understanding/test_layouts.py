"""Each layout of layouts.py is read as its keys, written by hand, say."""

from __future__ import annotations

from pathlib import Path

import pytest

from juesuan.model.reports import Report
from tests.understanding.hand_keyed import report_of
from tests.understanding.layouts import LAYOUTS, Layout


def read_layout(layout: Layout, folder: Path) -> Report:
    path = folder / "layout.txt"
    path.write_text(layout.document, "utf-8", newline="\n")
    return report_of(path)


def keys_by_figure(report: Report) -> dict[str, str]:
    return {
        fact.place.quote: " | ".join(str(k).removeprefix("year=2023 ") for k in fact.keys)
        for fact in report.facts
        if not fact.blank
    }


def normal(key: str) -> str:
    """The key with its dimensions in any order."""
    return " ".join(sorted(key.split()))


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
