"""Mutations (改错): slips of the hand planted into the text of a document, each in its own line and cell.

Every figure of a table that is not zero gets up to three: one digit wrong, two neighbours swapped, the decimal point
moved (×10). A sample of zeros and blanks becomes a figure between 1 and 99. What happens to a figure depends on the
seed and its place alone. Imports nothing of juesuan; refuses slips that leave the value as it is or that nobody would
print (a leading zero).
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from tests.trust.plain import Figure, number, width

SEED = 20240615
DIGIT, SWAP, TENS, ZERO = "一位数字", "相邻颠倒", "小数点", "零变数"
KINDS = (DIGIT, SWAP, TENS, ZERO)
_WIDE = str.maketrans("0123456789.,-", "０１２３４５６７８９．，－")
_NARROW = str.maketrans("０１２３４５６７８９．，－", "0123456789.,-")


@dataclass(frozen=True)
class Mutation:
    """One figure printed as something else."""

    figure: Figure
    kind: str
    text: str

    @property
    def value(self) -> Decimal:
        return number(self.text)


def mutations(name: str, figures: Iterable[Figure], zeros: int, seed: int = SEED) -> Iterator[Mutation]:
    """All slips of a document's figures, and `zeros` zeros or blanks turned into figures, in document order."""
    known = list(figures)
    nothing = [figure for figure in known if not figure.value and figure.role == "amount"]
    chosen = set(random.Random(f"{seed} {name}").sample(range(len(nothing)), min(zeros, len(nothing))))
    planted = {nothing[n] for n in chosen}
    for figure in known:
        chance = random.Random(f"{seed} {name} {figure.line} {figure.cell} {figure.column}")
        if figure.value:
            for kind, slip in ((DIGIT, _digit), (SWAP, _swap), (TENS, _tens)):
                if printed := slip(figure.text.translate(_NARROW), chance):
                    wide = figure.text != figure.text.translate(_NARROW)
                    yield Mutation(figure, kind, printed.translate(_WIDE) if wide else printed)
        elif figure in planted:
            yield Mutation(figure, ZERO, f"{chance.randint(1, 99)}.{chance.randint(0, 99):02d}")


def _digit(text: str, chance: random.Random) -> str:
    """One digit replaced by another."""
    spots = [m.start() for m in re.finditer(r"\d", text)]
    choices = [
        printed
        for spot in spots
        for digit in "0123456789"
        if digit != text[spot] and _printable(printed := text[:spot] + digit + text[spot + 1 :], text)
    ]
    return chance.choice(choices) if choices else ""


def _swap(text: str, chance: random.Random) -> str:
    """Two neighbouring digits swapped, over a point or separator too."""
    spots = [m.start() for m in re.finditer(r"\d", text)]
    choices = []
    for a, b in pairwise(spots):
        chars = list(text)
        chars[a], chars[b] = chars[b], chars[a]
        if text[a] != text[b] and _printable("".join(chars), text):
            choices.append("".join(chars))
    return chance.choice(choices) if choices else ""


def _tens(text: str, chance: random.Random) -> str:
    """The decimal point one place to the right; thousands separated where they were."""
    sign = "-" if text.startswith("-") else ""
    places = len(text.partition(".")[2])
    separated = "," if "," in text else ""
    return sign + f"{abs(number(text)) * 10:{separated}.{places}f}"


def _printable(text: str, before: str) -> bool:
    whole = text.lstrip("-").partition(".")[0]
    return number(text) != number(before) and not (len(whole) > 1 and whole.startswith("0"))


def planted(lines: list[str], mutation: Mutation, aligned: bool) -> tuple[str, int, int]:
    """The text with the slip in it, and the (line, cell) where it stands. In an aligned table its right edge stays."""
    figure = mutation.figure
    line = lines[figure.line - 1]
    before, after = line[: figure.start], line[figure.end :]
    if aligned:
        feeds = len(line) - len(line.lstrip("\f"))
        edge = figure.edge or width(line[feeds : figure.end])
        before = _cut(before, edge - width(mutation.text), feeds)
    changed = before + mutation.text + after
    text = "\n".join([*lines[: figure.line - 1], changed, *lines[figure.line :]])
    return text, figure.line, position(changed, len(before), aligned)


def _cut(before: str, column: int, feeds: int) -> str:
    """What stands before a figure, so that the figure begins at a column; words are never cut."""
    body = before[feeds:].rstrip()
    return before[:feeds] + body + " " * (column - width(body) if column > width(body) else 1)


def position(line: str, start: int, aligned: bool) -> int:
    """The number of the cell or token at a character of a line."""
    return len(line[:start].split()) + 1 if aligned else line.count("\t", 0, start) + 1
