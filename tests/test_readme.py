"""The README shows what really happens: its console examples are run and compared (tools/readme.py rewrites them)."""

from __future__ import annotations

import re

import pytest

import readme

TEXT = readme.README.read_text(encoding="utf-8")
EXAMPLES = list(readme.examples(TEXT))


def test_there_are_examples() -> None:
    assert EXAMPLES


@pytest.mark.parametrize(("command", "printed"), EXAMPLES, ids=[command for command, _ in EXAMPLES])
def test_an_example_prints_what_it_shows(command: str, printed: str) -> None:
    real = readme.run(command)
    if not readme.fits(printed, real):
        assert printed == real  # shows the difference; `make docs` rewrites the README


def test_links_lead_somewhere() -> None:
    pages = [readme.README, *readme.ROOT.glob("*.md"), *readme.ROOT.glob("docs/*.md")]
    links = [(page, link) for page in pages for link in re.findall(r"\]\(([^)#:]+)\)", page.read_text("utf-8"))]
    assert [f"{page.name}: {link}" for page, link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize(
    ("printed", "real", "same"),
    [
        ("a\nb\n", "a\nb\n", True),
        ("a\n", "a\nb\n", False),
        ("a\n…\n", "a\nb\nc\n", True),
        ("a\n…\nc\n", "a\nb\nc\n", True),
        ("a\n…\nd\n", "a\nb\nc\n", False),
        ("…\n", "", True),
        ("a.\n", "ab\n", False),
    ],
)
def test_lines_may_be_left_out(printed: str, real: str, same: bool) -> None:
    assert readme.fits(printed, real) is same


@pytest.mark.parametrize(
    ("printed", "real", "new"),
    [
        ("", "a\nb\n", "a\nb\n"),
        ("old\n…\n", "a\nb\n", "a\n…\n"),
        ("old\n…\nold\n", "a\nb\nc\n", "a\n…\nc\n"),
        ("1\n2\n…\n3\n4\n", "a\nb\nc\n", "a\nb\n…\nc\n"),
    ],
)
def test_a_rewritten_example_stays_as_short(printed: str, real: str, new: str) -> None:
    assert readme.refresh(printed, real) == new
    assert readme.fits(new, real)


def test_only_our_own_commands_are_run() -> None:
    text = "```console\n$ make run\n$ juesuan check a.txt\nx\n\ny\n$ rm b\n```\n\n```text\n$ juesuan read a\n```\n"
    assert list(readme.examples(text)) == [("juesuan check a.txt", "x\n\ny\n")]
