"""The internal workbook (财决), made up: its figures, converted once, are the tables'; else they are compared."""

from __future__ import annotations

from pathlib import Path

import pytest

from juesuan.app import load_account
from juesuan.composing.figures import Figures
from juesuan.composing.tables import compose_table
from juesuan.documents.writing_text import write_text
from juesuan.generating import Shape, generate, report_of
from juesuan.knowledge.styles import style
from juesuan.services.loading import Sources
from tests.compiling.books import generated_book
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
