"""Reading a file (读取): what kind of file is it, by its content, and which reader takes it.

Names and extensions decide nothing. A kind without a reader is refused with its name; a reader is imported only when
a file needs it. Refuses files above a size limit, so that one wrong file cannot take the machine.
"""

from __future__ import annotations

import io
import re
from pathlib import Path

from juesuan.documents.errors import (
    EmptyFile,
    ForbiddenFile,
    MissingFile,
    NotAFile,
    NotYetReadable,
    TooLarge,
)
from juesuan.model.documents import Document
from juesuan.model.limits import LIMITS
from juesuan.model.system import said

#: bytes; a real document has well under one million
LIMIT = LIMITS.size << 20

_SIGNATURES = (
    (b"\x89PNG\r\n", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"GIF8", "图片"),
    (b"II*\x00", "图片"),
    (b"MM\x00*", "图片"),
    (b"{\\rtf", "RTF"),
    (b"\x1f\x8b\x08", "压缩包"),
    (b"7z\xbc\xaf\x27\x1c", "压缩包"),
    (b"Rar!\x1a\x07", "压缩包"),
)
_PACKED = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""XLSX and XLS; a workbook that is one XML file has no reader"""
_HTML = re.compile(
    r"(?:<\?xml[^>]*>|<!--.*?-->|\s)*<(?:!doctype\s+html|html|head|body|meta|table|div|style)\b", re.I | re.S
)
_MHTML = re.compile(r"(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?MIME-Version:", re.I)
_SNIFFED = 4096


def read(path: Path, name: str | None = None, limit: int = LIMIT, pages: int = LIMITS.pages) -> Document:
    """The document in a file. `name` is what the user called it (default: the path as given).

    Refuses more than `limit` bytes or `pages` pages.

    Raises a subclass of `UnreadableFile`, one per cause.
    """
    file = str(path) if name is None else name
    data = file_bytes(path, file, limit)
    if not data:
        raise EmptyFile(file, 0)
    kind = kind_of(data)
    if kind == "PDF":
        from juesuan.documents.pdf import read_pdf  # noqa: PLC0415 - a reader is loaded only for its files

        return read_pdf(data, file, pages)
    if kind == "Excel" and data.startswith(_PACKED):
        from juesuan.documents.xlsx import consecutive, read_xlsx  # noqa: PLC0415 - a reader is loaded only for its files

        return consecutive(read_xlsx(data, file))
    if kind:
        raise NotYetReadable(file, kind)
    from juesuan.documents.text import read_text  # noqa: PLC0415 - a reader is loaded only for its files

    return read_text(data, file)


def file_bytes(path: Path, file: str, limit: int = LIMIT) -> bytes:
    """What a file holds. Raises MissingFile, NotAFile, TooLarge or ForbiddenFile."""
    try:
        if not path.exists():
            raise MissingFile(file)
        if not path.is_file():
            raise NotAFile(file, folder=path.is_dir())
        size = path.stat().st_size
        if size > limit:
            raise TooLarge(file, size, limit)
        with path.open("rb") as stream:
            data = stream.read(limit + 1)
    except OSError as why:
        raise ForbiddenFile(file, said(why)) from why
    except ValueError as why:  # a name with a NUL in it
        raise MissingFile(file) from why
    if len(data) > limit:
        raise TooLarge(file, len(data), limit)
    return data


def kind_of(data: bytes) -> str | None:
    """The kind of a file that is not plain text, by its first bytes; None for text and for what we do not know."""
    head = data[:_SNIFFED]
    for signature, kind in _SIGNATURES:
        if head.startswith(signature):
            return kind
    if b"%PDF-" in head[:1024]:
        return "PDF"
    if head.startswith(b"PK\x03\x04"):
        return _zipped(data)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _compound(data)
    if (head.startswith(b"RIFF") and head[8:12] == b"WEBP") or (head.startswith(b"BM") and b"\x00" in head[2:32]):
        return "图片"
    return _markup(head)


def _zipped(data: bytes) -> str:
    import zipfile  # noqa: PLC0415 - only for zipped files

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        return "压缩包"
    for part, kind in (("word/", "Word"), ("xl/", "Excel"), ("ppt/", "PowerPoint"), ("OFD.xml", "OFD")):
        if any(name.startswith(part) for name in names):
            return kind
    return "ODF" if "mimetype" in names and "content.xml" in names else "压缩包"


def _compound(data: bytes) -> str:
    """Files of Office 97–2003 and WPS name their parts in UTF-16."""
    parts = {"WordDocument": "Word", "Workbook": "Excel", "Book": "Excel", "PowerPoint": "PowerPoint"}
    return next((kind for part, kind in parts.items() if part.encode("utf-16-le") in data), "Office")


def _markup(head: bytes) -> str | None:
    encoding = "utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
    text = head.decode(encoding, errors="ignore").lstrip("\ufeff \t\r\n")
    if _HTML.match(text):
        return "HTML"
    if text[:5].lower() == "<?xml":
        marks = {"Excel.Sheet": "Excel", "Word.Document": "Word"}
        return next((kind for mark, kind in marks.items() if mark in text), "XML")
    return "HTML" if _MHTML.match(text) else None
