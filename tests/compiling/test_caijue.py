"""The internal workbook (财决), made up: its figures, converted once, are the tables'; else they are compared."""

from __future__ import annotations

from pathlib import Path

import pytest

from juesuan.app import load_account
from juesuan.cli import main
from juesuan.compiling.errors import MissingInternal
from juesuan.composing.figures import Figures
from juesuan.composing.tables import compose_table
from juesuan.documents.writing_text import write_text
from juesuan.generating import Shape, generate, report_of
from juesuan.knowledge.styles import style
from juesuan.services.loading import Sources, load
from tests.compiling.books import cells, edited, generated_book
from tests.compiling.internal import Book

SHAPE = Shape(style="shanghai", year=2024, government_funds=True, carryover=True, other=True, prior=False)


@pytest.fixture(scope="module", params=[1, 2])
def sources(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory):  # type: ignore[no-untyped-def]
    account = generate(request.param, SHAPE)
    path = tmp_path_factory.mktemp("internal") / "财决.xlsx"
    Book(account, path).write()
    return account, path


def test_the_same_tables(sources, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    account, path = sources
    book = generated_book(account, tmp_path / "book.xlsx", blank=True)
    loaded = load_account(str(book), sources=Sources(caijue=str(path)))
    assert loaded.source == "财决工作簿"
    assert any("仿制" in note for note in loaded.notes)
    chosen = style("shanghai")
    for form in ("totals", "income", "expenditure", "fiscal", "general_public", "basic", "funds", "three_public"):
        own, wanted = (
            write_text(compose_table(Figures(report), form, chosen, 1))
            for report in (loaded.report, report_of(account))
        )
        assert own == wanted, form


def test_it_is_compared_with_approved_tables(sources, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    account, path = sources
    book = generated_book(account, tmp_path / "book.xlsx")
    loaded = load_account(str(book), sources=Sources(caijue=str(path)))
    assert loaded.source == "批复表"
    assert loaded.differences == []


@pytest.mark.parametrize(
    ("column", "text", "said"),
    [
        ("A", "2018801", "Z04!A{row}：2024 年度的支出功能分类科目里没有 2018801。"),
        ("C", "三百", "Z04!C{row}：“本年支出合计”应是数字，写的是“三百”。"),
        ("C", "1.00", "这个数是 1.00，"),
    ],
)
def test_what_cannot_be_used(
    column: str, text: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """File, sheet and cell are those of the internal workbook, and nothing is written."""
    account = generate(0, Shape(style="national", year=2024))
    book, internal = generated_book(account, tmp_path / "book.xlsx", blank=True), tmp_path / "财决.xlsx"
    Book(account, internal).write()
    spent = cells(internal)["Z04"]
    total = text == "1.00"
    row = next(
        c[1:] for c, shown in spent.items() if (shown == "合计" if total else len(shown) == 7 and shown.isdigit())
    )
    wrong = edited(internal, {("Z04", f"{column}{row}"): text})
    assert main(["build", str(book), "--caijue", str(wrong), "-o", str(tmp_path / "out"), "--draft"]) == 2
    told = capsys.readouterr().err
    assert str(wrong) in told
    assert said.format(row=row) in told
    assert "Z04!C" in told or not total
    assert not (tmp_path / "out").exists()


def test_a_sheet_that_is_not_there(tmp_path: Path) -> None:
    account = generate(0, Shape(style="national", year=2024))
    book, internal = generated_book(account, tmp_path / "book.xlsx", blank=True), tmp_path / "财决.xlsx"
    Book(account, internal).write()
    with pytest.raises(MissingInternal, match="支出决算表（财决04表）：没有这张表"):
        load(str(book), sources=Sources(caijue=str(edited(internal, {}, without="Z04"))))
