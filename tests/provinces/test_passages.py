"""Passages in the wording of places are read with the right keys."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.wordings.expected import differences, expected
from tests.wordings.spoken import spoken

PASSAGES: list[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("passages.toml").read_text("utf-8"))["passage"]


@pytest.mark.parametrize("passage", PASSAGES, ids=[f"{p['place']} {p['text'][:12]}" for p in PASSAGES])
def test_passage(passage: dict[str, Any]) -> None:
    assert differences(expected(passage["says"]), spoken(passage["text"], passage["section"])) == []
