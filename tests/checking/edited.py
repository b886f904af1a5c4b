"""The five accounts, one slip planted at a time: lines replaced, dropped or put in, and what is newly found.

Refuses an edit whose words do not stand in the line that it names.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

from juesuan.checking.outcomes import Failed
from juesuan.checking.registry import discover
from juesuan.documents.text import read_text
from juesuan.model.findings import Finding, Severity
from juesuan.understanding import interpret

WRITTEN = Path(__file__).parents[1] / "accounts"
REAL = {"xigang": "xigang-office-2024", "social": "putuo-social-work-2024", "culture": "putuo-culture-2025"}
OURS = {"linhe": "linhe-health-2024", "geology": "central-geology-2021"}
Edit = Callable[[list[str]], None]
Found = tuple[str, Severity, str]


def put(number: int, old: str, new: str) -> Edit:
    """Line `number` with `old` replaced once."""

    def edit(lines: list[str]) -> None:
        if old not in lines[number - 1]:
            raise ValueError(f"line {number} has no {old!r}: {lines[number - 1]!r}")
        lines[number - 1] = lines[number - 1].replace(old, new, 1)

    return edit


def drop(first: int, last: int) -> Edit:
    """Lines `first` to `last` left out."""

    def edit(lines: list[str]) -> None:
        del lines[first - 1 : last]

    return edit


def insert(after: int, text: str) -> Edit:
    """A new line behind line `after`; `text` may be "=" for that line once more."""

    def edit(lines: list[str]) -> None:
        lines.insert(after, lines[after - 1] if text == "=" else text)

    return edit


@cache
def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def findings(text: str) -> list[Finding]:
    """What the checks on names and structure find, without the equations."""
    report = interpret(read_text(text.encode(), "edited.txt"))
    found = []
    for name, check in discover().items():
        if name.startswith(("NAME-", "STRUCT-")) and check.run is not None:
            for one in check.run(report):
                if isinstance(one, Failed):
                    severity = check.severity if one.severity is None else one.severity
                    found.append(Finding(name, severity, one.message, one.places))
    return found


def told(text: str) -> set[Found]:
    """Each finding by check, severity and the first line of its message."""
    return {(f.check, f.severity, f.message.split("\n")[0]) for f in findings(text)}


@cache
def told_unedited(path: Path) -> frozenset[Found]:
    return frozenset(told(text_of(path)))


def newly_told(path: Path, edits: tuple[Edit, ...]) -> set[Found]:
    """What is found in the edited account and not in the account itself."""
    lines = text_of(path).split("\n")
    for edit in edits:
        edit(lines)
    return told("\n".join(lines)) - told_unedited(path)
