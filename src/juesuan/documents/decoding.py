"""Encodings (编码): bytes to text, with what could not be decoded marked by U+FFFD, never dropped.

Knows UTF-8, UTF-16 and UTF-32 with their marks, and GB18030. Refuses to guess where neither UTF-8 nor GB18030 fits
most of the text.
"""

from __future__ import annotations

import codecs
import re

from juesuan.documents.errors import BinaryFile, UndecodableFile

LOST = "\ufffd"
#: one undecodable place in so many good characters is damage; more is another encoding
_FEW = 5
#: so many bytes of a short GB18030 text may look like UTF-8
_BY_ACCIDENT = 10

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL_BYTES = bytes(b for b in range(32) if b not in b"\t\n\v\f\r") + b"\x7f"
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


def decode(data: bytes, file: str) -> str:
    """The text of a file. Raises `BinaryFile` or `UndecodableFile`."""
    text = _marked(data)
    if text is None:
        _refuse_binary(len(data), len(data) - len(data.translate(None, _CONTROL_BYTES)), file)
        text = _unmarked(data, file)
    controls = len(_CONTROLS.findall(text))
    if controls:
        _refuse_binary(len(text), controls, file)
        text = _CONTROLS.sub(LOST, text)
    return text


def _refuse_binary(length: int, controls: int, file: str) -> None:
    """Raises where control characters are more than stray ones."""
    if controls * 10 > length or (controls > 3 and controls * 100 > length):  # a tenth; a hundredth
        raise BinaryFile(file)


def _marked(data: bytes) -> str | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace")
    return None


def _unmarked(data: bytes, file: str) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as why:
        line = data[: why.start].count(b"\n") + 1
    # Chinese in UTF-8 is three bytes a character; other encodings rarely look like that by accident
    text = data.decode("utf-8", errors="replace")
    lost, good = text.count(LOST), _count(text, "\u0800")
    if lost * _FEW <= good:
        return text
    chinese = data.decode("gb18030", errors="replace")
    mixed = good * _FEW > lost + _BY_ACCIDENT  # two encodings in one file would come out as nonsense
    if not mixed and chinese.count(LOST) * _FEW <= _count(chinese, "\x80"):
        return chinese
    if lost * 20 <= len(text):  # plain figures and Latin letters with a few stray bytes
        return text
    raise UndecodableFile(file, line)


def _count(text: str, first: str) -> int:
    """Characters from `first` on, lost ones left out."""
    runs = re.finditer(f"[{first}-\ufffc\U00010000-\U0010ffff]+", text)
    return sum(run.end() - run.start() for run in runs)
