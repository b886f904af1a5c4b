"""A plain reader of the five documents' tables, for the oracle: cells by line and position, keyed in matrices/*.toml.

Imports nothing of juesuan and shares no code with it. Refuses to find tables or columns by itself: what a cell means
was written down by hand from the official forms.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

MATRICES = Path(__file__).parent / "matrices"
NUMERAL = re.compile(r"[-－]?[\d０-９]+(?:[,，][\d０-９]{3})*(?:[.．][\d０-９]+)?")
_ORDINAL = re.compile(r"^[一二三四五六七八九十]+、")
_NEAR = 4
"""columns that a figure of an aligned table may end left or right of the others"""


@dataclass(frozen=True)
class Figure:
    """One figure of a table, or a blank cell that stands for zero (`text` is "").

    `line` and `cell` count from 1; the cell of an aligned table is the number of its token, 0 for a blank. `start` and
    `end` are the characters of the numeral in the line; of a blank, where one would stand. `quantity` is what the
    matrix calls it, "" where no identity holds it; `role` is amount, target, actual, weight, score, initial or full.
    `edge` is the column of the screen where the figures of an aligned table's column end.
    """

    line: int
    cell: int
    text: str
    start: int
    end: int
    form: str
    quantity: str = ""
    role: str = "amount"
    column: str = ""
    edge: int = 0

    @property
    def value(self) -> Decimal:
        return number(self.text)

    @property
    def decimals(self) -> int:
        return len(unicodedata.normalize("NFKC", self.text).partition(".")[2])


def number(text: str) -> Decimal:
    """The value of a numeral; 0 of a blank."""
    plain = unicodedata.normalize("NFKC", text).replace(",", "")
    return Decimal(plain) if plain else Decimal(0)


def matrix(name: str) -> dict[str, Any]:
    """One file of matrices/."""
    return tomllib.loads((MATRICES / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def stubs(name: str) -> dict[str, str]:
    found: dict[str, str] = matrix("stubs")[name]
    return found


def width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def character(line: str, column: int) -> int:
    """The character of a line that ends at a column of the screen; form feeds before it take no column."""
    seen = -line.count("\f") * width("\f")
    for at, char in enumerate(line):
        if seen >= column:
            return at
        seen += width(char)
    return len(line)


@dataclass(frozen=True)
class Piece:
    """A tab-separated cell, or a word of an aligned line."""

    number: int
    text: str
    start: int
    left: int
    right: int


def pieces(line: str, aligned: bool) -> list[Piece]:
    body = line.lstrip("\f")
    feeds = len(line) - len(body)
    if aligned:
        words = enumerate(re.finditer(r"[^\s\u3000]+", body), 1)
        return [
            Piece(n, w.group(), feeds + w.start(), width(body[: w.start()]), width(body[: w.end()])) for n, w in words
        ]
    found, at = [], feeds
    for n, text in enumerate(body.split("\t"), 1):
        found.append(Piece(n, text, at, n, n))
        at += len(text) + 1
    return found


class Reader:
    """Reads the figures of one document as its matrix says."""

    def __init__(self, text: str, data: dict[str, Any]) -> None:
        self.lines = text.split("\n")
        self.data = data
        self.aligned = bool(data.get("aligned"))

    def figures(self) -> list[Figure]:
        found: list[Figure] = []
        for table in self.data["table"]:
            read = self._blocks if "blocks" in table else self._stubs if "stubs" in table else self._rows
            found += read(table)
        for form in self.data.get("form", ()):
            found += self._form(form)
        return found

    def row(self, number: int) -> list[Piece]:
        return pieces(self.lines[number - 1], self.aligned)

    def text(self, number: int, cell: int) -> str:
        return next((piece.text for piece in self.row(number) if piece.number == cell), "")

    def _at(self, number: int, column: int) -> Piece | None:
        """The piece in a column: of that number, or ending near that edge."""
        for piece in self.row(number):
            if self.aligned and abs(piece.right - column) <= _NEAR and NUMERAL.fullmatch(piece.text):
                return piece
            if not self.aligned and piece.number == column:
                return piece
        return None

    def _figure(
        self, number: int, where: int, form: str, quantity: str, role: str = "amount", column: str = ""
    ) -> Iterator[Figure]:
        """The figure in a column of a line, a blank, or nothing where words stand."""
        piece = self._at(number, where)
        if piece is None or not piece.text.strip():
            at = piece.start if piece else character(self.lines[number - 1], where)
            edge = where if self.aligned else 0
            yield Figure(number, piece.number if piece else 0, "", at, at, form, quantity, role, column, edge)
        elif found := NUMERAL.search(piece.text):
            start = piece.start + found.start()
            yield Figure(
                number, piece.number, found.group(), start, start + len(found.group()), form, quantity, role, column
            )

    def _rows(self, table: dict[str, Any]) -> Iterator[Figure]:
        """Rows by functional code, or by unit; the total's line is named in the matrix."""
        for line in range(table["lines"][0], table["lines"][1] + 1):
            first = next(iter(self.row(line)), None)
            code = first.text.strip() if first and table["code"] else ""
            if line in table["total"]:
                code = "total"
            elif line in table.get("units", ()):
                code = f"unit{line}"
            elif not re.fullmatch(r"\d{3}(?:\d\d){0,2}", code):
                continue
            for column, quantity in table["columns"].items():
                yield from self._figure(line, int(column), table["form"], f"{quantity}@{code}", column=quantity)

    def _stubs(self, table: dict[str, Any]) -> Iterator[Figure]:
        """Half a table whose rows are named by their stubs."""
        for line in range(table["lines"][0], table["lines"][1] + 1):
            quantity = _meaning(stubs(table["stubs"]), self._stub(line, table["stub"]))
            if quantity is None:
                continue
            for column, fund in table["columns"].items():
                yield from self._figure(line, int(column), table["form"], quantity.format(fund=fund), column=fund)

    def _stub(self, line: int, where: Any) -> str:
        if not self.aligned:
            return self.text(line, where)
        return "".join(p.text for p in self.row(line) if where[0] <= p.left and p.right <= where[1])

    def _blocks(self, table: dict[str, Any]) -> Iterator[Figure]:
        """The basic table: blocks of code, name and amount side by side, 合计 in the last lines."""
        foot = table.get("foot", [0])
        for line in range(table["lines"][0], table["lines"][1] + 1):
            for code, name, amount in table["blocks"]:
                if self.aligned:
                    words = [p.text for p in self.row(line) if code <= p.left and p.right < amount - 16]
                    said, named = (words[0], "".join(words)) if words else ("", "")
                else:
                    said, named = self.text(line, code), self.text(line, name)
                if re.fullmatch(r"\d{3}(\d\d)?", said):
                    yield from self._figure(line, amount, table["form"], f"eco/{said}@total")
                elif line != foot[0] and (quantity := _meaning(stubs("basic_totals"), named)):
                    yield from self._figure(line, amount, table["form"], quantity)
            for name, amount in foot[1:] if line == foot[0] else ():
                quantity = stubs("basic_totals")[self.text(line, name)]
                yield from self._figure(line, amount, table["form"], quantity)

    def _form(self, form: dict[str, Any]) -> Iterator[Figure]:
        """A self-evaluation form: its money, and target, actual, weight and score of each line."""
        for role in ("initial", "full", "final"):
            if role in form:
                quantity = f"{form['project']}@total" if role == "final" else ""
                line, cell = form[role]
                yield from self._figure(line, cell, form["form"], quantity, role=role)
        for line in range(form["lines"][0], form["lines"][1] + 1):
            for role in ("target", "actual", "weight", "score"):
                if role in form:
                    yield from self._figure(line, form[role], form["form"], "", role=role)
        for role in ("weight", "score") if "sum" in form else ():
            yield from self._figure(form["sum"], form[role], form["form"], "", role=f"{role}_sum")


def _meaning(known: dict[str, str], stub: str) -> str | None:
    """What a stub means; one that goes on in the next line is known by its beginning."""
    said = _ORDINAL.sub("", unicodedata.normalize("NFKC", re.sub(r"\s", "", stub)))
    names = {unicodedata.normalize("NFKC", name): meaning for name, meaning in known.items()}
    if said in names or len(said) < 6:
        return names.get(said)
    alike = [meaning for name, meaning in names.items() if name.startswith(said)]
    return alike[0] if len(alike) == 1 else None
