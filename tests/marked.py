"""Marked copies as other tools see them: annotations by pypdf, the text under them by poppler, pages in odd frames.

Coordinates are turned into those of the page as shown by a rule of our own, not by that of the code under test.
"""

from __future__ import annotations

import io
import subprocess
from dataclasses import dataclass
from pathlib import Path

from pypdf import PageObject, PdfReader, PdfWriter, Transformation
from pypdf.generic import RectangleObject

Box = tuple[float, float, float, float]
_FINE = 10
"""dots a point in which poppler takes its window"""


@dataclass(frozen=True)
class Marked:
    """One annotation: its kind, what it says, its boxes in the coordinates of the page (left, bottom, right, top)."""

    page: int
    kind: str
    contents: str
    boxes: tuple[Box, ...]
    rect: Box


def marks_of(data: bytes) -> list[Marked]:
    """All highlights and notes."""
    found = []
    for number, page in enumerate(PdfReader(io.BytesIO(data)).pages, 1):
        for reference in page.get("/Annots", ()):
            one = reference.get_object()
            if one["/Subtype"] not in ("/Highlight", "/FreeText"):
                continue
            quads = [float(value) for value in one.get("/QuadPoints", ())]
            boxes = []
            for at in range(0, len(quads), 8):
                xs, ys = quads[at : at + 8 : 2], quads[at + 1 : at + 8 : 2]
                boxes.append((min(xs), min(ys), max(xs), max(ys)))
            rect = tuple(float(value) for value in one["/Rect"])
            found.append(Marked(number, one["/Subtype"], one.get("/Contents", ""), tuple(boxes), rect))  # type: ignore[arg-type]
    return found


def shown(page: PageObject, box: Box, sheet: RectangleObject) -> Box:
    """(left, top, right, bottom) in points from the top left corner of a sheet, turned as it is shown."""
    x0, y0, x1, y1 = (float(value) for value in sheet)
    left, bottom, right, top = box
    return {
        0: (left - x0, y1 - top, right - x0, y1 - bottom),
        90: (bottom - y0, left - x0, top - y0, right - x0),
        180: (x1 - right, bottom - y0, x1 - left, top - y0),
        270: (y1 - top, x1 - right, y1 - bottom, x1 - left),
    }[page.rotation % 360]


def text_under(path: Path, mark: Marked) -> str:
    """What poppler finds in the boxes, without white space."""
    page = PdfReader(path).pages[mark.page - 1]
    return "".join(window(path, mark.page, shown(page, box, page.mediabox)) for box in mark.boxes)


def window(path: Path, page: int, box: Box) -> str:
    """What poppler finds in a box of the page as it is shown, without white space."""
    left, top, right, bottom = (round(value * _FINE) for value in box)
    part = ["-x", left, "-y", top, "-W", right - left, "-H", bottom - top]
    command = ["pdftotext", "-r", 72 * _FINE, "-f", page, "-l", page, *part, path, "-"]
    out = subprocess.run([str(word) for word in command], capture_output=True, check=True).stdout
    return "".join(out.decode("utf-8").split())


def turned(data: bytes, turn: int) -> bytes:
    """The same pages, drawn turned on their sheets and shown turned back."""
    writer = PdfWriter(clone_from=io.BytesIO(data))
    for page in writer.pages:
        wide, high = float(page.mediabox.width), float(page.mediabox.height)
        # the drawing is turned against the clock by `turn`, which /Rotate takes back
        move = {0: (0, 0), 90: (high, 0), 180: (wide, high), 270: (0, wide)}[turn]
        page.add_transformation(Transformation().rotate(turn).translate(*move))
        sheet = (0, 0, high, wide) if turn % 180 else (0, 0, wide, high)
        for box in (page.mediabox, page.cropbox, page.trimbox, page.bleedbox, page.artbox):
            box.lower_left, box.upper_right = sheet[:2], sheet[2:]
        page.rotate(turn)
    return saved(writer)


def cropped(data: bytes) -> bytes:
    """The same pages on larger sheets whose corner is not at (0, 0), cropped to what they were."""
    writer = PdfWriter(clone_from=io.BytesIO(data))
    for page in writer.pages:
        wide, high = float(page.mediabox.width), float(page.mediabox.height)
        page.mediabox = RectangleObject((-31, -47, wide + 59, high + 71))
        page.cropbox = RectangleObject((0, 0, wide, high))
    return saved(writer)


def saved(writer: PdfWriter) -> bytes:
    """The file that a writer makes."""
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
