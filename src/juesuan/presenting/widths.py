"""Columns and colours (版面) of a terminal: Chinese characters are two columns wide, colour is for terminals only.

Refuses to break a line: a terminal does that, and a broken line cannot be searched for.
"""

from __future__ import annotations

import os
import sys
import unicodedata
from collections.abc import Mapping
from typing import TextIO

#: how wide a page of output is taken to be where no terminal says otherwise
PAGE = 100

_CODES = {"error": "1;31", "warning": "33", "query": "36", "info": "2", "strong": "1", "faint": "2", "good": "32"}


def width(text: str) -> int:
    """How many columns a text takes: two for wide and full-width characters, none for combining ones."""
    if text.isascii():
        return len(text)
    return sum(_columns(char) for char in text)


def _columns(char: str) -> int:
    if unicodedata.combining(char) or unicodedata.category(char) in {"Cf", "Mn", "Me"}:
        return 0
    # the ambiguous ones (“ ” → × ≥ …) are one column wide in every terminal's default settings
    return 2 if unicodedata.east_asian_width(char) in {"W", "F"} else 1


def pad(text: str, columns: int) -> str:
    """The text with spaces up to `columns`; longer texts stay whole."""
    return text + " " * max(0, columns - width(text))


def pad_left(text: str, columns: int) -> str:
    """The text set to the right, for figures."""
    return " " * max(0, columns - width(text)) + text


def beside(left: str, right: str, columns: int) -> str:
    """`left`, and `right` at the right edge where it fits, else behind two spaces."""
    room = columns - width(left) - width(right)
    return left + " " * max(room, 2) + right


class Style:
    """Paints words, or leaves them as they are. Measure a text before it is painted."""

    def __init__(self, colour: bool = False, columns: int = PAGE) -> None:
        self.colour = colour
        self.columns = columns

    def paint(self, text: str, kind: str) -> str:
        return f"\033[{_CODES[kind]}m{text}\033[0m" if self.colour and text else text


def style_for(stream: TextIO, environ: Mapping[str, str] = os.environ) -> Style:
    """Colour only on a terminal that shows it; NO_COLOR (no-color.org) and TERM=dumb are respected."""
    if not stream.isatty():
        return Style()
    shows = environ.get("TERM") != "dumb"
    if sys.platform == "win32":
        shows = any(name in environ for name in ("WT_SESSION", "ConEmuANSI", "ANSICON", "TERM")) and shows
    columns = max(60, min(os.get_terminal_size(stream.fileno()).columns, 120))
    return Style(colour=shows and not environ.get("NO_COLOR"), columns=columns)
