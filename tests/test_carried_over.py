"""What a new workbook took over from published accounts is told; a former name reads well and raises no alarm."""

from __future__ import annotations

from pathlib import Path

import pytest

from juesuan.app import load_account, prepare_workbook
from juesuan.compiling.quoted import with_sides
from juesuan.compiling.telling import Telling
from juesuan.documents.text import read_text
from juesuan.documents.xlsx import read_xlsx
from juesuan.model.documents import Table
from juesuan.services.building import Built
from juesuan.services.building import build as built_of
from juesuan.services.loading import Build
from juesuan.services.preparing import Wanted
from juesuan.understanding import interpret

ACCOUNT = Path(__file__).parent / "accounts" / "linhe-health-2024.txt"
NOW, BEFORE = "临河县卫生健康局", "临河县卫生和计划生育局"


def earlier(folder: Path, name: str, back: int = 1) -> Path:
    """The account of an earlier year, under another name."""
    text = ACCOUNT.read_text("utf-8").replace("2023", str(2023 - back)).replace("2024", str(2024 - back))
    path = folder / f"last-{back}.txt"
    path.write_text(text.replace(NOW, name), "utf-8")
    return path


@pytest.fixture(scope="module")
def renamed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, tuple[str, ...]]:
    folder = tmp_path_factory.mktemp("renamed")
    last = earlier(folder, BEFORE)
    return prepare_workbook(str(folder), Wanted(source=str(ACCOUNT), last_year=str(last)))


@pytest.fixture(scope="module")
def built(renamed: tuple[Path, tuple[str, ...]]) -> Built:
    return built_of(load_account(str(renamed[0])), Build(draft=True, formats=("text",)))


def test_every_sheet_is_counted(renamed: tuple[Path, tuple[str, ...]]) -> None:
    told = renamed[1]
    start = told.index("从 last-1.txt 填入：")
    assert told[0] == "从 linhe-health-2024.txt 填入："
    assert "    02 收入表：117 个数，另有 14 个记在“其他数”表" in told[:start]
    assert any(line.strip().startswith("预算数：") and "条用途" in line for line in told[:start])
    assert any(line.strip().startswith("上年数：") for line in told[start:])
    assert "已记作曾用名" in "".join(told[start:])


def test_the_first_sheet_keeps_what_was_told(renamed: tuple[Path, tuple[str, ...]]) -> None:
    path, told = renamed
    document = read_xlsx(path.read_bytes(), path.name)
    guide = [block for block in document.blocks if block.place.sheet == "使用说明"]
    cells = {cell.text for block in guide if isinstance(block, Table) for cell in block.cells()}
    cells |= {getattr(block, "text", "") for block in guide}
    assert {line.strip() for line in told} <= {text.strip() for text in cells}


def test_an_account_of_another_year_gives_no_figures(tmp_path: Path) -> None:
    last = earlier(tmp_path, NOW, back=2)
    _, told = prepare_workbook(str(tmp_path), Wanted(source=str(ACCOUNT), last_year=str(last)))
    start = told.index("从 last-2.txt 填入：")
    assert told[start + 1] == "    上年数：0 个数"
    assert "不是 2023 年度的" in "".join(told[start:])


def test_the_document_says_the_former_name(built: Built) -> None:
    texts = [getattr(block, "text", "") for block in built.composed.blocks]
    assert f"{NOW}曾用名：{BEFORE}。" in texts
    assert f"上年度决算以“{BEFORE}”的名称公开。" in texts


def test_the_former_name_is_no_other_department(built: Built) -> None:
    assert [f.message for f in built.checked.findings if f.check.startswith("STRUCT-")] == []


def test_a_short_name_is_not_a_former_one(tmp_path: Path) -> None:
    last = earlier(tmp_path, "县卫生健康局")
    _, told = prepare_workbook(str(tmp_path), Wanted(source=str(ACCOUNT), last_year=str(last)))
    assert "曾用名" not in "".join(told)


def test_a_quotation_mark_too_many_keeps_its_side() -> None:
    text = ACCOUNT.read_text("utf-8")
    reason = "县人民医院药品、耗材和人员支出随业务量增加"
    assert reason in text
    text = text.replace(reason, "“一院”药品、耗材” 和“二院”人员支出增加")
    claims = with_sides(interpret(read_text(text.encode("utf-8"), "quoted.txt")))
    assert [claim.word for claim in claims if "二院" in claim.word] == ["“一院”药品、耗材”和“二院”人员支出增加"]


def test_the_glossary_is_taken_over_by_name_and_by_code() -> None:
    text = ACCOUNT.read_text("utf-8")
    head, mark, rest = text.rpartition("第三部分 名词解释\n")
    assert mark
    more = "一、**专项工作**：指“一院”的工作，含基建。\n\n二、卫生健康支出（类）公立医院（款）没有的医院（项）：反映别处的支出。\n"
    text = f"{head}{mark}\n{more}\n{rest}"
    telling = Telling(interpret(read_text(text.encode("utf-8"), "terms.txt")))
    assert telling.terms()["专项工作"] == "指“一院”的工作，含基建。"
    assert telling.foreign_terms() == ["卫生健康支出（类）公立医院（款）没有的医院（项）"]
