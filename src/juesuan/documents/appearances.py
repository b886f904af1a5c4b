"""How marks on a PDF look (标注的样子): highlights, their numbers, notes in Chinese, as PDF drawing operators.

Numbers are drawn as strokes, so that they need no font. Notes name a standard Chinese font that every viewer has or
replaces. Refuses to know pages: everything is drawn in a field of its own, upright as it is shown.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

Box = tuple[float, float, float, float]
Colour = tuple[float, float, float]

BADGE = 7.5
"""height of the field with the number of a mark, in points"""
_DIGIT, _STEP, _INSET, _RIM = 2.9, 4.5, 1.8, 1.5
_RING = ((0.5, 1), (0.2, 0.94), (0, 0.7), (0, 0.3), (0.2, 0.06), (0.5, 0), (0.8, 0.06), (1, 0.3), (1, 0.7), (0.8, 0.94))
_BOWL = ((0.5, 0.6), (0.2, 0.54), (0.02, 0.3), (0.2, 0.06), (0.5, 0), (0.8, 0.06), (0.98, 0.3), (0.8, 0.54), (0.5, 0.6))
_CAP = (
    (0.5, 0.56),
    (0.2, 0.6),
    (0.08, 0.78),
    (0.2, 0.95),
    (0.5, 1),
    (0.8, 0.95),
    (0.92, 0.78),
    (0.8, 0.6),
    (0.5, 0.56),
)
_STROKES: dict[str, tuple[tuple[tuple[float, float], ...], ...]] = {
    "0": ((*_RING, _RING[0]),),
    "1": (((0.15, 0.75), (0.6, 1), (0.6, 0)),),
    "2": (((0.02, 0.74), (0.16, 0.94), (0.5, 1), (0.84, 0.94), (0.96, 0.74), (0.84, 0.52), (0, 0), (1, 0)),),
    "3": (
        ((0.04, 0.82), (0.2, 0.96), (0.5, 1), (0.8, 0.95), (0.92, 0.77), (0.78, 0.58), (0.4, 0.53)),
        ((0.4, 0.53), (0.8, 0.48), (0.98, 0.28), (0.82, 0.06), (0.5, 0), (0.18, 0.05), (0, 0.2)),
    ),
    "4": (((0.72, 0), (0.72, 1), (0, 0.3), (1, 0.3)),),
    "5": (
        ((0.92, 1), (0.16, 1), (0.08, 0.52), (0.3, 0.62), (0.6, 0.63), (0.9, 0.52)),
        ((0.9, 0.52), (0.99, 0.32), (0.84, 0.07), (0.5, 0), (0.18, 0.04), (0, 0.18)),
    ),
    "6": (_BOWL, ((0.02, 0.3), (0.06, 0.62), (0.28, 0.92), (0.58, 1), (0.88, 0.92))),
    "7": (((0, 1), (1, 1), (0.4, 0)),),
    "8": (_BOWL, _CAP),
    "9": (
        tuple((1 - right, 1 - up) for right, up in _BOWL),
        ((0.98, 0.7), (0.94, 0.38), (0.72, 0.08), (0.42, 0), (0.12, 0.08)),
    ),
}
"""digits as lines in a field of one by one"""
LEADING = 1.3
"""from line to line of a note, in sizes of its letters"""
PAD = 2.5
_FAINT, _PALE = 0.06, 0.16


@dataclass(frozen=True, slots=True)
class Highlight:
    """Words or a figure that are marked: boxes (left, top, right, bottom) in points as the page is shown, one a line.

    `strength` between 0 and 1 is how deep the colour is; `contents` is what a viewer tells of it; `number` stands
    beside it, "" for none, and `badge` is where. `words` are what is meant in a box that holds more, "" for all of it.
    `related` marks have a pale number.
    """

    page: int
    boxes: tuple[Box, ...]
    colour: Colour
    strength: float
    contents: str
    number: str = ""
    badge: Box | None = None
    words: str = ""
    related: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """A few words in a free place of the page, as near as may be to a box (None: to the page's top left).

    `text` is what it says; `short` where there is no room for that; `contents` is all that a viewer tells.
    """

    page: int
    near: Box | None
    colour: Colour
    number: str
    text: str
    short: str
    contents: str


@dataclass(frozen=True, slots=True)
class Placed:
    """A note with the box that it takes and its lines in letters of this size."""

    note: Note
    box: Box
    lines: tuple[str, ...]
    size: float


def extent(mark: Highlight) -> Box:
    """The box that the mark takes with its number."""
    boxes = [*mark.boxes, *([mark.badge] if mark.badge else [])]
    return (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )


def badge_width(number: str) -> float:
    """How wide the field with a number is."""
    return _STEP * len(number) - (_STEP - _DIGIT) + 2 * _INSET


def highlight_look(mark: Highlight) -> str:
    """The operators of a highlight: /M is the graphics state that lets the text show through."""
    left, _, _, bottom = extent(mark)
    parts = ["q /M gs", f"{_rgb(_tint(mark.colour, mark.strength))} rg"]
    for box in mark.boxes:
        parts.append(f"{_numbers(box[0] - left, bottom - box[3], box[2] - box[0], box[3] - box[1])} re")
    parts.append("f Q")
    if mark.badge and mark.number:
        parts += _badge(mark.number, mark.colour, mark.badge[0] - left, bottom - mark.badge[3], mark.related)
    return "\n".join(parts)


def _badge(number: str, colour: Colour, x: float, y: float, pale: bool = False) -> Iterator[str]:
    """White digits on the mark's colour; digits of that colour on a pale field."""
    field, digits = (_tint(colour, _PALE), colour) if pale else (colour, (1.0, 1.0, 1.0))
    yield f"q {_rgb(field)} rg {_numbers(x, y, badge_width(number), BADGE)} re f"
    yield f"{_rgb(digits)} RG 0.75 w 1 J 1 j"
    high = BADGE - 2 * _RIM
    for at, digit in enumerate(number):
        for line in _STROKES.get(digit, ()):
            points = (_numbers(x + _INSET + at * _STEP + right * _DIGIT, y + _RIM + up * high) for right, up in line)
            yield " ".join(f"{point} {'l' if n else 'm'}" for n, point in enumerate(points)) + " S"
    yield "Q"


def note_look(placed: Placed) -> str:
    """The operators of a note: a pale field in a frame, its number, lines of text in /F."""
    left, top, right, bottom = placed.box
    wide, high, size, colour = right - left, bottom - top, placed.size, placed.note.colour
    parts = [
        f"q {_rgb(_tint(colour, _FAINT))} rg {_rgb(colour)} RG 0.5 w",
        f"0.25 0.25 {_numbers(wide - 0.5, high - 0.5)} re B Q",
    ]
    if placed.note.number:
        parts += _badge(placed.note.number, colour, 0.0, high - BADGE)
    parts += [
        f"q BT {_rgb(_shade(colour))} rg /F {_numbers(size)} Tf {_numbers(size * LEADING)} TL",
        f"{_numbers(PAD, high - PAD + size * (LEADING - 1.0) - size * 0.1)} Td",
    ]
    parts += [f"T* <{_shown(line).encode('utf-16-be').hex()}> Tj" for line in placed.lines]
    return "\n".join([*parts, "ET Q"])


def _shown(line: str) -> str:
    """Characters beyond the first plane of Unicode are not in the font's encoding."""
    return "".join(char if ord(char) < 0x10000 else "\u25a1" for char in line)


def indent(number: str, size: float) -> str:
    """So many blanks before the first line of a note that its number has room."""
    return " " * (int((badge_width(number) - PAD + 2) / (size * 0.5)) + 1) if number else ""


def text_width(text: str) -> float:
    """The width of a line in sizes of its letters."""
    return sum(1.0 if unicodedata.east_asian_width(char) in "WFA" else 0.5 for char in text)


def wrapped(text: str, width: float, size: float) -> tuple[str, ...]:
    """The text in lines that fit into a width; a figure is not broken, no line begins or ends with the wrong mark."""
    lines: list[list[str]] = [[]]
    for piece in _pieces(text):
        line = lines[-1]
        if line and text_width("".join(line) + piece) * size > width:
            kept = len(line)
            while kept > 1 and (line[kept - 1] in _OPENING or [*line, piece][kept][0] in _CLOSING):
                kept -= 1
            lines[-1], line = line[:kept], line[kept:]
            lines.append(line if kept else [])
        if lines[-1] or piece != " " or len(lines) == 1:
            lines[-1].append(piece)
    return tuple("".join(line) for line in lines if "".join(line).strip())


_OPENING, _CLOSING = "“（《〔", "，。；：、）”》〕？！…,.;:)%"


def _pieces(text: str) -> Iterator[str]:
    """Runs of half-width characters, up to a dozen together, and every other character by itself."""
    run = ""
    for char in text:
        if char.isascii() and char not in " \n" and len(run) < 12:
            run += char
            continue
        if run:
            yield run
        run = char if char.isascii() and char not in " \n" else ""
        if not run:
            yield char
    if run:
        yield run


def note_height(lines: Sequence[str], size: float) -> float:
    """How high a note of these lines is."""
    return len(lines) * size * LEADING + 2 * PAD


def _numbers(*values: float) -> str:
    return " ".join(f"{value:.3f}".rstrip("0").rstrip(".") for value in values)


def _rgb(colour: Colour) -> str:
    return _numbers(*colour)


def _tint(colour: Colour, strength: float) -> Colour:
    r, g, b = (1 - (1 - part) * strength for part in colour)
    return r, g, b


def _shade(colour: Colour) -> Colour:
    r, g, b = (part * 0.8 for part in colour)
    return r, g, b
