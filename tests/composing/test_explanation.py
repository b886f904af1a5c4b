"""Whole documents of made-up accounts, written and read back: the generator's own figures, nothing for checks to find.

JUESUAN_ACCOUNTS says how many (make test: 24; the long run: 200).
"""

from __future__ import annotations

import os

import pytest

from juesuan.checking.runner import run
from juesuan.composing.document import Composed, compose
from juesuan.documents.text import read_text
from juesuan.documents.writing_text import write_text
from juesuan.generating import Generated, account_of, generate, report_of
from juesuan.knowledge.styles import style
from juesuan.model.findings import Severity
from juesuan.model.reports import Report
from juesuan.understanding import interpret
from tests.composing.stated import misstated, unstated

SEEDS = range(int(os.environ.get("JUESUAN_ACCOUNTS", "24")))


@pytest.fixture(scope="module", params=SEEDS, ids=lambda seed: f"seed {seed}")
def account(request: pytest.FixtureRequest) -> Generated:
    return generate(request.param)


@pytest.fixture(scope="module")
def composed(account: Generated) -> Composed:
    return compose(report_of(account), account_of(account), style(account.shape.style))


@pytest.fixture(scope="module")
def read(composed: Composed) -> Report:
    return interpret(read_text(write_text(composed.blocks).encode("utf-8"), "generated.txt"))


def test_every_stated_figure_is_the_generators(account: Generated, read: Report) -> None:
    assert list(misstated(account, read)) == []


def test_every_figure_of_the_form_is_stated(account: Generated, read: Report) -> None:
    assert list(unstated(account, read)) == []


def test_nothing_is_lacking(composed: Composed) -> None:
    assert composed.gaps == ()


def test_nothing_is_unread(read: Report) -> None:
    assert [(unread.quote, unread.reason) for unread in read.unread] == []


def test_the_checks_find_nothing(account: Generated, read: Report) -> None:
    """What they ask about an account of its shape has its answer in the account."""
    result = run(read)
    answered = {answer.check for answer in account_of(account).answers}
    assert result.crashes == []
    told = [(f.severity.word, f.check, f.message) for f in result.findings if f.check not in answered]
    assert told == []
    assert all(f.severity < Severity.ERROR for f in result.findings)


def test_the_same_account_gives_the_same_text(account: Generated, composed: Composed) -> None:
    again = compose(report_of(account), account_of(account), style(account.shape.style))
    assert write_text(again.blocks) == write_text(composed.blocks)
