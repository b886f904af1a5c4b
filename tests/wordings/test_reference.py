"""The real sentences of many places are read as written by hand in reference.toml."""

from __future__ import annotations

import csv
import tomllib
from pathlib import Path

import pytest

from tests.wordings.expected import differences, expected
from tests.wordings.spoken import spoken

REFERENCE = Path(__file__).with_name("reference.toml")
SENTENCES = "reference/wordings.tsv"


def lines() -> dict[int, tuple[str, list[str]]]:
    """Line of the file of sentences → (section, what it says)."""
    sections = tomllib.loads(REFERENCE.read_text("utf-8"))["section"]
    return {int(n): (s["title"], says) for s in sections for n, says in s.items() if n != "title"}


@pytest.fixture(scope="module")
def sentences(real: Path) -> list[dict[str, str]]:
    path = real.parent / SENTENCES
    if not path.is_file():
        pytest.skip(f"{SENTENCES} is not beside the folder of real accounts")
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.real
def test_every_sentence_is_keyed(sentences: list[dict[str, str]]) -> None:
    assert sorted(lines()) == [n + 2 for n in range(len(sentences))]


@pytest.mark.real
@pytest.mark.parametrize("line", sorted(lines()))
def test_sentence(line: int, sentences: list[dict[str, str]]) -> None:
    section, says = lines()[line]
    row = sentences[line - 2]
    department = row["place"].rpartition("·")[2]
    assert differences(expected(says), spoken(row["sentence"], section, row["year"], department)) == []
