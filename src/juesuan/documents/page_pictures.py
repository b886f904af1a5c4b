"""Pictures of PDF pages (页面图像): a page as a small grey PNG, for showing a finding where it stands.

Sixteen greys are enough for print and make a page of text 50–100 kB. Refuses colour, and pages that cannot be drawn:
they are left out, never replaced by a blank one.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pypdfium2 as pdfium

from juesuan.documents.errors import UnreadableFile
from juesuan.documents.reading import file_bytes

_INCH = 72
_EFFORT = 6
"""of packing: 9 takes six times as long for 7 % less"""
_LONGEST = 2400
"""the longest side of a picture in pixels, however large the page"""
_HIGH = bytes((grey * 15 + 127) // 255 << 4 for grey in range(256))
_LOW = bytes((grey * 15 + 127) // 255 for grey in range(256))


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as it is shown: its number from 1, its size in points, its picture as PNG."""

    page: int
    width: float
    height: float
    png: bytes


def page_pictures(data: bytes, pages: Iterable[int], dpi: int = 150) -> Iterator[Picture]:
    """The pictures of these pages (numbers from 1) of a PDF, in order; nothing where the file cannot be opened."""
    try:
        pdf = pdfium.PdfDocument(data)
    except pdfium.PdfiumError:
        return
    try:
        count = len(pdf)
        for number in sorted(set(pages)):
            picture = _picture(pdf, number, dpi) if 0 < number <= count else None
            if picture is not None:
                yield picture
    finally:
        pdf.close()


def file_pictures(file: str, digest: str, pages: Sequence[int], dpi: int, limit: int) -> list[Picture]:
    """As page_pictures, of a file with that SHA-256; none where it has changed or cannot be read any more."""
    try:
        data = file_bytes(Path(file), file, limit)
    except UnreadableFile:
        return []
    return list(page_pictures(data, pages, dpi)) if sha256(data).hexdigest() == digest else []


def _picture(pdf: pdfium.PdfDocument, number: int, dpi: int) -> Picture | None:
    try:
        page = pdf[number - 1]
    except pdfium.PdfiumError:
        return None
    try:
        width, height = page.get_size()
        if min(width, height) < 1:
            return None
        scale = min(dpi / _INCH, _LONGEST / max(width, height))
        bitmap = page.render(scale=scale, grayscale=True)
        try:
            png = grey_png(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride)
        finally:
            bitmap.close()
    except pdfium.PdfiumError:
        return None
    finally:
        page.close()
    return Picture(number, width, height, png)


def grey_png(pixels: bytes, width: int, height: int, stride: int) -> bytes:
    """A PNG of sixteen greys from one byte a pixel, rows `stride` bytes apart."""
    rows = []
    for start in range(0, height * stride, stride):
        row = pixels[start : start + width] + (b"\xff" if width % 2 else b"")
        pairs = int.from_bytes(row[0::2].translate(_HIGH), "big") | int.from_bytes(row[1::2].translate(_LOW), "big")
        rows.append(b"\0" + pairs.to_bytes(len(row) // 2, "big"))
    head = struct.pack(">IIBBBBB", width, height, 4, 0, 0, 0, 0)
    data = zlib.compress(b"".join(rows), _EFFORT)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", data) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
