"""Garblings: a damaged account is refused with a reason or read as far as it goes; nothing crashes, no figure is lost.

A fixed sample; `python bench/garblings.py` runs all of them.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.trust.garble import INERT, KINDS, Page, decoded, garbling, numerals, touched
from tests.trust.garbled import NAMES, Account, accounts, ending

SAMPLE = 2 * (len(KINDS) + 1)
"""garblings of each account, two of every kind"""


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Account]:
    return {account.name: account for account in accounts(tmp_path_factory.mktemp("accounts"))}


@pytest.mark.parametrize("name", NAMES)
def test_nothing_crashes_and_nothing_is_lost(name: str, found: dict[str, Account], tmp_path: Path) -> None:
    if name not in found:
        pytest.skip("未设置 JUESUAN_REAL，没有真实决算文本")
    account = found[name]
    endings = [ending(account, number, tmp_path) for number in range(SAMPLE)]
    assert [f"{e.garbling.number} {e.garbling.kind}: {fault}" for e in endings for fault in e.faults] == []
    assert sum(not e.refused for e in endings) > SAMPLE * 2 / 3


# What was touched ----------------------------------------------------------------------------------------------------

TEXT = """\
某县档案馆
2024 年度部门决算



第一部分 概况

负责全县档案的收集和整理，
指导乡镇和各机关的工作。

部门决算收支情况
本年收入 100.00 万元，主要是
财政拨款收入。



第二部分 决算表

收入决算表
部门：某县档案馆\t\t单位：万元
编码\t名称\t金额\t备注
201\t一般公共服务支出\t100.00\t见说明
\t合计\t100.00\t

注：本表反映收入
情况，含结转。
"""
LINES = TEXT.split("\n")


@pytest.mark.parametrize(
    ("line", "inert"),
    [
        ("", True),
        ("负责全县档案的收集和整理，", True),
        ("指导乡镇和各机关的工作。", True),
        ("财政拨款收入。", False),  # the rest of a sentence with a figure
        ("第一部分 概况", False),
        ("2024 年度部门决算", False),
        ("收入决算表", False),
        ("编码\t名称\t金额\t备注", False),
        ("\t合计\t100.00\t", False),
        ("注：本表反映收入", False),
        ("情况，含结转。", False),  # the rest of a note
    ],
)
def test_which_lines_are_inert(line: str, inert: bool) -> None:
    # the first lines are the cover, whose name may be broken anywhere
    lines = [*["某"] * 14, *LINES]
    assert Page(lines, ("档案馆",)).inert(lines.index(line, 14)) is inert


@pytest.mark.parametrize(
    ("old", "new", "first"),
    [
        ("100.00\t见说明", "100.00\t见附注", ""),
        ("100.00\t见说明", "100.00\t见附注2", "201\t一般公共服务支出\t100.00\t见说明"),
        ("100.00\t见说明", "100.01\t见说明", "201\t一般公共服务支出\t100.00\t见说明"),
        ("支出\t100.00", "支岀\t100.00", "201\t一般公共服务支出\t100.00\t见说明"),
        ("\n\n第二部分", "\n\n\n\n第二部分", ""),
        ("\n", "\r\n", ""),
        ("注：", "", "注：本表反映收入"),
        ("单位：万元", "单位：元", "部门：某县档案馆\t\t单位：万元"),
        ("某县档案馆\n", "某县挡案馆\n", "某县档案馆"),
    ],
)
def test_what_was_touched(old: str, new: str, first: str) -> None:
    assert touched(TEXT, TEXT.replace(old, new, 1), ("档案馆",)) == first


def test_garblings_are_always_the_same_and_damage_something() -> None:
    text = TEXT * 3
    made = [garbling("a", text, ("档案馆",), number) for number in range(4 * SAMPLE)]
    assert made == [garbling("a", text, ("档案馆",), number) for number in range(4 * SAMPLE)]
    assert {one.kind for one in made} == {*KINDS, INERT}
    assert all(one.text != text for one in made if not one.kind.startswith("encoding"))
    free = [one.kind for one in made if not one.touched]
    assert free.count(INERT) >= 6  # of 8: a line may move into the cover


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("1,234.50 元和 3 份", 2),
        ("第１２，３４５页", 1),
        ("2024年1月\t0.00\f-5", 4),
        ("12,34", 2),
        ("1,2345", 2),
        ("", 0),
    ],
)
def test_numerals_are_counted(text: str, count: int) -> None:
    assert numerals(text) == count


def test_bytes_are_decoded_as_they_lose_least() -> None:
    for encoding in ("utf-8", "utf-8-sig", "gb18030", "utf-16"):
        assert decoded(TEXT.encode(encoding)) == TEXT
