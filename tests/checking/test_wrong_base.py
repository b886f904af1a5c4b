"""A right figure under the wrong word: the finding says whose figure it is."""

from __future__ import annotations

from juesuan.checking.runner import run
from juesuan.documents.text import read_text
from juesuan.understanding import interpret
from tests.checking.edited import WRITTEN, text_of

GENERAL = "一般公共预算财政拨款支出 2906.29 万元，占"


def told(figure: str) -> list[str]:
    text = text_of(WRITTEN / "linhe-health-2024.txt")
    assert GENERAL in text
    edited = text.replace(GENERAL, GENERAL.replace("2906.29", figure))
    found = run(interpret(read_text(edited.encode(), "edited.txt"))).findings
    return [f.message for f in found if "误用" in f.message]


def test_a_figure_of_another_fund() -> None:
    assert ["误用财政拨款的数" in message for message in told("3320.82")] == [True]


def test_the_right_figure_and_a_typing_slip_are_of_no_other() -> None:
    assert told("2906.29") == told("2906.92") == []
