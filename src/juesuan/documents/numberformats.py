"""Number formats (数字格式) of an XLSX file: how many decimals every cell shows, and whether as a percentage.

Refuses nothing: where a file does not say (XLS, damaged parts), no format is known and figures show as they are.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import NamedTuple
from xml.etree import ElementTree

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_CELL = re.compile(rb'<c r="([A-Z]+)(\d+)"[^>]*? s="(\d+)"')
_NO_DIGITS = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.')
_BUILT_IN = {1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 39: "#,##0.00", 40: "#,##0.00"}


class Shown(NamedTuple):
    """How a cell shows its figure."""

    decimals: int
    percent: bool = False
    zero: str | None = None
    """what stands for zero, where the format says so"""


def number_formats(data: bytes) -> dict[str, dict[tuple[int, int], Shown]]:
    """Sheet → (row, column) from 0 → how its figure is shown; {} for what is no XLSX."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            styles = _styles(archive)
            return {name: _cells(archive.read(part), styles) for name, part in _sheets(archive).items()}
    except (zipfile.BadZipFile, KeyError, ElementTree.ParseError, ValueError, OSError):
        return {}


def _sheets(archive: zipfile.ZipFile) -> dict[str, str]:
    """Name of a sheet → its part in the file."""
    links = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    parts = {link.get("Id"): str(link.get("Target")) for link in links}
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    found = {}
    for sheet in book.iter(f"{_MAIN}sheet"):
        part = parts[sheet.get(_RELATION)]
        found[str(sheet.get("name"))] = part.lstrip("/") if part.startswith("/") else f"xl/{part}"
    return found


def _styles(archive: zipfile.ZipFile) -> list[Shown | None]:
    root = ElementTree.fromstring(archive.read("xl/styles.xml"))
    codes = dict(_BUILT_IN)
    for own in root.iter(f"{_MAIN}numFmt"):
        codes[int(str(own.get("numFmtId")))] = str(own.get("formatCode"))
    formats = root.find(f"{_MAIN}cellXfs")
    return [_shown(codes.get(int(form.get("numFmtId", "0")), "")) for form in (formats if formats is not None else ())]


def _shown(code: str) -> Shown | None:
    """Of the first part of a format code (positive figures): 0.00 → two decimals; None where it shows no figure."""
    parts = _sections(code)
    part = _NO_DIGITS.sub("", parts[0])
    if not re.search(r"[0#?]", part) or re.search(r"[ymdhs]", part, re.I):
        return None
    zero = parts[2] if len(parts) > 2 else None
    if zero is not None:
        zero = None if re.search(r"[0#]", _NO_DIGITS.sub("", zero)) else _words(zero)
    return Shown(len(re.findall(r"0", part.partition(".")[2])), "%" in part, zero)


def _sections(code: str) -> list[str]:
    """A format for positive figures, negative ones, zero and words, as far as the code has them."""
    found = [""]
    for piece in re.findall(r'"[^"]*"|\\.|.', code):
        if piece == ";":
            found.append("")
        else:
            found[-1] += piece
    return found


def _words(section: str) -> str:
    """What a section without digits shows."""
    shown = re.sub(r"\[[^\]]*\]|_.|\*.|\?", "", re.sub(r'"([^"]*)"|\\(.)', r"\1\2", section))
    return shown.strip()


def _cells(sheet: bytes, styles: list[Shown | None]) -> dict[tuple[int, int], Shown]:
    found: dict[tuple[int, int], Shown] = {}
    for match in _CELL.finditer(sheet):
        style = int(match[3])
        form = styles[style] if style < len(styles) else None
        if form is not None:
            found[int(match[2]) - 1, _column(match[1])] = form
    return found


def _column(letters: bytes) -> int:
    column = 0
    for letter in letters:
        column = column * 26 + letter - 64
    return column - 1
