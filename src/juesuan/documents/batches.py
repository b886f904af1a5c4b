"""Batches (成批取数): one question put to the PDF engine for all characters of a page, or for all its objects, at once.

A call from Python costs more than most answers of the engine; here the loop over the calls, and the unpacking of what
they write, run outside Python's own. Refuses to judge: values are those of the engine, in the coordinates of the page.
"""

from __future__ import annotations

import ctypes
import sys
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from itertools import repeat
from typing import Any, Literal, NamedTuple

from pypdfium2 import raw

_POINTER, _INT = ctypes.c_void_p, ctypes.c_int
_NUMBER = ctypes.c_void_p
"""which character or object: passed in the same register as an address, in half the time of a checked whole number"""
_SIZE = 4
"""bytes of a float, and of a part of a colour"""
_NO_TEXT = raw.FPDF_TEXTRENDERMODE_UNKNOWN
_BLACK = bytes(3 * _SIZE) + (255).to_bytes(_SIZE, sys.byteorder)


def _plain(name: str, answer: Any, *arguments: Any) -> Callable[..., Any]:
    """A function of the engine that takes addresses as whole numbers: no object is made for a pointer."""
    address = ctypes.cast(getattr(raw, name), _POINTER).value
    assert address is not None
    return ctypes.PYFUNCTYPE(answer, *arguments)(address)


_unicode = _plain("FPDFText_GetUnicode", ctypes.c_uint, _POINTER, _NUMBER)
_loose = _plain("FPDFText_GetLooseCharBox", _INT, _POINTER, _NUMBER, _POINTER)
_lacking = _plain("FPDFText_HasUnicodeMapError", _INT, _POINTER, _NUMBER)
_owner = _plain("FPDFText_GetTextObject", _POINTER, _POINTER, _NUMBER)
_on_page = _plain("FPDFPage_GetObject", _POINTER, _POINTER, _NUMBER)
_in_form = _plain("FPDFFormObj_GetObject", _POINTER, _POINTER, _NUMBER)
_kind = _plain("FPDFPageObj_GetType", _INT, _POINTER)
_mode = _plain("FPDFTextObj_GetTextRenderMode", _INT, _POINTER)
_matrix = _plain("FPDFPageObj_GetMatrix", _INT, _POINTER, _POINTER)
_fill = _plain("FPDFPageObj_GetFillColor", _INT, _POINTER, _POINTER, _POINTER, _POINTER, _POINTER)
_bounds = _plain("FPDFPageObj_GetBounds", _INT, _POINTER, _POINTER, _POINTER, _POINTER, _POINTER)
_drawing = _plain("FPDFPath_GetDrawMode", _INT, _POINTER, _POINTER, _POINTER)


def address(handle: Any) -> int:
    """Where an object of the engine lies: tells one from another, 0 for none."""
    return ctypes.cast(handle, _POINTER).value or 0


def text_of(text_page: Any) -> str:
    """The characters of a page's text, in its order."""
    count = max(0, raw.FPDFText_CountChars(text_page))
    return _text(text_page, count) or "".join(map(chr, map(_unicode, repeat(address(text_page), count), range(count))))


def loose_boxes(text_page: Any, characters: Sequence[int]) -> Iterable[tuple[float, float, float, float]]:
    """The boxes of these characters (by number) with room above and below: left, top, right, bottom; all 0 where none is."""
    room = _Room(len(characters), 4)
    _all(map(_loose, repeat(address(text_page)), characters, room.spots()))
    return room.rows("f")


def _text(text_page: Any, count: int) -> str:
    """The characters of a page from its text, in one call; "" where that is not one unit for every character."""
    units = bytearray(2 * (count + 1))
    if raw.FPDFText_GetText(text_page, 0, count, ctypes.c_ushort.from_buffer(units)) != count + 1:
        return ""
    found = units[:-2].decode(f"utf-16-{'le' if sys.byteorder == 'little' else 'be'}", "surrogatepass")
    return found if len(found) == count else ""


def lacking(text_page: Any, characters: Iterable[int]) -> bool:
    """Whether the font of any of these characters (by number) does not tell which character it is."""
    return any(found > 0 for found in map(_lacking, repeat(address(text_page)), characters))


def owners(text_page: Any, characters: Iterable[int]) -> list[int]:
    """The addresses of the text objects of these characters (by number), 0 where one has none."""
    return [found or 0 for found in map(_owner, repeat(address(text_page)), characters)]


class Objects(NamedTuple):
    """What stands on a page or in a form: the addresses of text objects and how they are drawn; (address, kind) of others."""

    texts: list[int]
    modes: list[int]
    others: list[tuple[int, int]]


def objects(holder: Any, form: bool) -> Objects:
    """All objects of a page or form in their order; what the engine does not hand out is left out."""
    count, get = (
        (raw.FPDFFormObj_CountObjects(holder), _in_form) if form else (raw.FPDFPage_CountObjects(holder), _on_page)
    )
    found = list(filter(None, map(get, repeat(address(holder)), range(max(0, count)))))
    modes = list(map(_mode, found))
    if _NO_TEXT not in modes:
        return Objects(found, modes, [])
    texts = [one for one, mode in zip(found, modes, strict=True) if mode != _NO_TEXT]
    others = [one for one, mode in zip(found, modes, strict=True) if mode == _NO_TEXT]
    modes = [mode for mode in modes if mode != _NO_TEXT]
    return Objects(texts, modes, list(zip(others, map(_kind, others), strict=True)))


def matrices(items: Sequence[int]) -> list[tuple[float, ...]]:
    """The matrix of each of these objects: a, b, c, d, e, f; nothing where all stand upright (b and c are 0)."""
    room = _Room(len(items), 6)
    _all(map(_matrix, items, room.spots()))
    upright = not any(room.column("f", 1)) and not any(room.column("f", 2))
    return [] if upright else list(room.rows("f"))


def colours(items: Sequence[int], light: int) -> list[tuple[int, ...]]:
    """With what each of these objects is filled: red, green, blue, opacity; nothing where none is so light, or clear."""
    room = _Room(len(items), 4, _BLACK)
    _all(map(_fill, items, *(room.spots(part) for part in range(4))))
    dark = max(room.column("I", 0), default=0) < light
    return [] if dark and 0 not in room.column("I", 3) else list(room.rows("I"))


def bounds_of(items: Sequence[int]) -> Iterable[tuple[float, float, float, float]]:
    """The boxes of these objects: left, bottom, right, top; all 0 where there is none."""
    room = _Room(len(items), 4)
    _all(map(_bounds, items, *(room.spots(part) for part in range(4))))
    return room.rows("f")


def drawings(items: Sequence[int]) -> Iterable[tuple[int, int]]:
    """How each of these paths is filled, and whether it is stroked; 0 where it is not, and for what is no path."""
    room = _Room(len(items), 2)
    _all(map(_drawing, items, *(room.spots(part) for part in range(2))))
    return room.rows("I")


class _Room:
    """Room into which the engine writes `width` values for each of `count` questions."""

    def __init__(self, count: int, width: int, first: bytes = b"") -> None:
        self.count, self.width = count, width
        self.bytes = bytearray((first or bytes(width * _SIZE)) * count)
        self.start = _start(self.bytes)

    def spots(self, part: int = 0) -> range:
        """The addresses of one part of each answer."""
        step, start = self.width * _SIZE, self.start + part * _SIZE
        return range(start, start + self.count * step, step)

    def column(self, kind: Literal["f", "I"], part: int) -> list[Any]:
        """One part of all answers."""
        return memoryview(self.bytes).cast(kind)[part :: self.width].tolist()

    def rows(self, kind: Literal["f", "I"]) -> Iterable[Any]:
        """The answers: tuples of floats ("f") or whole numbers ("I")."""
        values = iter(memoryview(self.bytes).cast(kind).tolist())
        return zip(*repeat(values, self.width), strict=True)


def _start(room: bytearray) -> int:
    """Where it lies; an array type for every length, as ctypes has it, would take longer than many answers."""
    return ctypes.addressof(ctypes.c_char.from_buffer(room)) if room else 0


def _all(calls: Iterable[object]) -> None:
    """Makes all calls, and keeps no answer."""
    deque(calls, maxlen=0)
