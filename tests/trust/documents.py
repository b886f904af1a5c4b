"""The five documents of the proofs: the three mended real ones and the two written ones, and what juesuan says of a text.

The only module of this folder that calls juesuan.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
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
        line = self.text.split("\n")[place.line - 1]
        return place.line, position(line, place.start, self.aligned)


def text_of(name: str, real: Path | None) -> str:
    """The text of a document, a real one mended."""
    file: str = matrix(name)["file"]
    if name in WRITTEN:
        return (ACCOUNTS / file).read_bytes().decode("utf-8")
    if real is None:
        raise FileNotFoundError(f"{file}：未设置 JUESUAN_REAL")
    return mended(real / file)


def check(name: str, text: str) -> Checked:
    """Reads and checks a text from the beginning."""
    data = matrix(name)
    report = interpret(read_text(text.encode("utf-8"), data["file"]))
    return Checked(text, report, run(report), bool(data.get("aligned")))


@cache
def sound(name: str, real: Path | None) -> Checked:
    """The document as it stands."""
    return check(name, text_of(name, real))


@cache
def oracle(name: str, real: Path | None) -> Oracle:
    return Oracle(name, text_of(name, real))
