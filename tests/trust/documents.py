"""The five documents of the proofs, three real ones mended and two written ones, and what juesuan says of a text.

Refuses to look for real accounts anywhere but in the folder that JUESUAN_REAL names.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from juesuan.checking.runner import run
from juesuan.documents.text import read_text
from juesuan.model.findings import Result
from juesuan.model.places import Place
from juesuan.model.reports import Report
from juesuan.understanding import interpret
from tests.mending import mended
from tests.trust.mutate import position
from tests.trust.oracle import Oracle
from tests.trust.plain import matrix

ACCOUNTS = Path(__file__).parents[1] / "accounts"
REAL = ("xigang", "social_work", "culture")
WRITTEN = ("linhe", "geology")
NAMES = REAL + WRITTEN


@dataclass(frozen=True)
class Checked:
    """A text, what was read in it, and what was found."""

    text: str
    report: Report
    result: Result
    aligned: bool

    def cell(self, place: Place) -> tuple[int, int]:
        """A place as (line, cell), cells counted as the matrices do; (0, 0) where it names no figure's place."""
        if place.line is None or place.start is None:
            return 0, 0
        return place.line, position(self.lines[place.line - 1], place.start, self.aligned)

    @cached_property
    def lines(self) -> list[str]:
        return self.text.split("\n")


def available() -> tuple[str, ...]:
    """The documents that are here: the real ones only where JUESUAN_REAL names their folder."""
    return NAMES if os.environ.get("JUESUAN_REAL") else WRITTEN


def text_of(name: str, real: Path | None = None) -> str:
    """The text of a document, a real one mended; `real` is the folder of the real ones."""
    file: str = matrix(name)["file"]
    if name in WRITTEN:
        return (ACCOUNTS / file).read_bytes().decode("utf-8")
    return mended((real or Path(os.environ["JUESUAN_REAL"])) / file)


def check(name: str, text: str) -> Checked:
    """Reads and checks a text from the beginning."""
    data = matrix(name)
    report = interpret(read_text(text.encode("utf-8"), data["file"]))
    return Checked(text, report, run(report), bool(data.get("aligned")))


@cache
def sound(name: str) -> Checked:
    """The document as it stands."""
    return check(name, text_of(name))


@cache
def oracle(name: str) -> Oracle:
    """The oracle of a document. Raises Contradictory where the document is not sound."""
    return Oracle(name, text_of(name))
