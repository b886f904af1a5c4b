"""Structure (表格体例): the words in which tables are annotated, left unfilled, and departments are named, as patterns.

The patterns work on `names.plain` text. Refuses to judge: what a match means is the checks' business.
Sources: 各地部门决算公开文本；上海市 2024 年度部门决算公开表样.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((files("juesuan.knowledge") / "data" / "structure.toml").read_text("utf-8"))


@cache
def pattern(section: str, name: str) -> re.Pattern[str]:
    """One pattern, or several joined to one. Raises KeyError for a name that is none."""
    found = _data()[section][name]
    return re.compile(found if isinstance(found, str) else "|".join(f"(?:{one})" for one in found))


@cache
def patterns(section: str, name: str) -> tuple[re.Pattern[str], ...]:
    """Several patterns, one by one: each has its own groups."""
    return tuple(re.compile(one) for one in _data()[section][name])


@cache
def words(section: str, name: str) -> tuple[str, ...]:
    """A list of words, or the characters of one string."""
    return tuple(_data()[section][name])


@cache
def subject(form: str) -> re.Pattern[str] | None:
    """The words by which a sentence speaks of the table of that form; None for a form that is not asked."""
    found = _data()["empty"]["subjects"].get(form)
    return re.compile(found) if found else None


@cache
def same_characters() -> tuple[tuple[str, str], ...]:
    """Characters of a department's name that may stand for each other: the one and what it is read as."""
    return tuple((one, other) for one, other in _data()["department"]["same"])
