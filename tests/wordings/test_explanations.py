"""Correct explanations in wordings that the product never loads: understood, and nothing is found in them.

A fixed sample; `python bench/trust.py` measures all hundred. A wrong key is worse than an unread figure: there is none.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from juesuan.knowledge.phrases import compact
from juesuan.knowledge.statements import statements
from tests.wordings.explanations.layout import explained
from tests.wordings.explanations.measuring import ALL, FILES, SAMPLE, files_of, measure, unseen
from tests.wordings.explanations.saying import fragments

SOURCES = Path(__file__).parents[2] / "src"
LEAST = 0.95
LEAST_FRAGMENTS = 2


@pytest.mark.parametrize("seed", SAMPLE)
def test_a_correct_explanation(seed: int) -> None:
    found = measure([seed])
    assert found.figures > 80
    assert found.alarms == []
    assert found.wrong == []
    assert found.share >= LEAST, "\n".join(found.unread)


def test_a_third_uses_no_wording_of_the_phrase_book() -> None:
    """By sentence, numbers and names left out: no sentence of these accounts stands in the phrase book."""
    book = {s for statement in statements() for text in statement.wordings for s in skeletons(text)}
    book |= {s for statement in statements() for text in statement.templates.values() for s in skeletons(text)}
    without = [seed for seed in ALL if unseen(seed)]
    assert len(ALL) == 100
    assert len(without) >= len(ALL) // 3
    assert all(set(files_of(seed)) == set(FILES) for seed in without)
    mine = {s: text for name in FILES for texts in fragments(name).values() for text in texts for s in skeletons(text)}
    assert sorted(text for s, text in mine.items() if s in book) == []


def skeletons(text: str) -> list[str]:
    """The sentences of a wording without figures, choices of words and white space."""
    words = re.sub(r"<[^>]*>|\[[^\]]*\]|\{[^}]*\}", "#", text)
    return [s for s in re.split("[。\n]", compact(words)) if len(re.sub(r"[#,;:%()、]|万元", "", s)) > 2]


def test_every_topic_has_several_wordings() -> None:
    topics = set(fragments("known"))
    for name in FILES:
        assert set(fragments(name)) == topics
        assert all(len(set(texts)) >= LEAST_FRAGMENTS for texts in fragments(name).values())


def test_the_product_does_not_know_the_wordings() -> None:
    loaded = "\n".join(path.read_text("utf-8") for path in SOURCES.rglob("*") if path.suffix in (".py", ".toml"))
    assert not any(f"{name}.toml" in loaded for name in FILES)
    assert "wordings.explanations" not in loaded


def test_the_same_seed_gives_the_same_text() -> None:
    one, other = (explained(7, FILES) for _ in range(2))
    assert one == other
    assert one.text != explained(8, FILES).text
