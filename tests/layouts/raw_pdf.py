"""Raw PDF (逐条写出的 PDF): page contents operator by operator, with the habits of word processors and spreadsheets.

Fonts are named, not embedded: Chinese with a predefined CMap, so that every reader knows the characters. Refuses
characters outside the basic plane.
"""

from __future__ import annotations

import random
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field

SONG, LATIN, MUTE = "F1", "F2", "F3"
"""a Chinese font, a Latin one, a Chinese one without any map to Unicode"""
A4 = (595.0, 842.0)


@dataclass
class Page:
    """One page: operators with y from the top, written when it ends."""

    width: float = A4[0]
    height: float = A4[1]
    rotate: int = 0
    ops: list[str] = field(default_factory=list)

    def text(self, x: float, y: float, text: str, size: float, font: str = SONG, extra: str = "") -> None:
        """One string with its baseline at y."""
        self.ops.append(f"BT {extra} /{font} {size:g} Tf {x:.2f} {self.height - y:.2f} Td {_shown(text, font)} Tj ET")

    def kerned(self, x: float, y: float, pieces: Sequence[tuple[str, float]], size: float) -> None:
        """Pieces of one TJ, each with the gap in ems behind it."""
        inside = " ".join(f"{_shown(text, SONG)} {-1000 * gap:.0f}" for text, gap in pieces)
        self.ops.append(f"BT /{SONG} {size:g} Tf {x:.2f} {self.height - y:.2f} Td [{inside}] TJ ET")

    def line(self, x0: float, y0: float, x1: float, y1: float, width: float = 0.5) -> None:
        self.ops.append(f"{width:g} w {x0:.2f} {self.height - y0:.2f} m {x1:.2f} {self.height - y1:.2f} l S")

    def bar(self, x0: float, y0: float, x1: float, y1: float, colour: str = "0 g") -> None:
        """A filled rectangle."""
        self.ops.append(f"q {colour} {x0:.2f} {self.height - y1:.2f} {x1 - x0:.2f} {y1 - y0:.2f} re f Q")

    def clipped(self, box: tuple[float, float, float, float], ops: Sequence[str]) -> None:
        x0, y0, x1, y1 = box
        clip = f"{x0:.2f} {self.height - y1:.2f} {x1 - x0:.2f} {y1 - y0:.2f} re W n"
        self.ops.append(f"q {clip} {' '.join(ops)} Q")

    def shuffle(self, seed: str) -> None:
        random.Random(seed).shuffle(self.ops)


def _shown(text: str, font: str) -> str:
    if font == LATIN:
        return "(" + text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)") + ")"
    return "<" + text.encode("utf-16-be").hex() + ">"


_SONG = (
    "<< /Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /{cmap} /DescendantFonts [<< /Type /Font "
    "/Subtype /CIDFontType2 /BaseFont /{name} /CIDSystemInfo << /Registry (Adobe) /Ordering ({order}) /Supplement {n} >> "
    "/DW 1000 {widths} /FontDescriptor << /Type /FontDescriptor /FontName /{name} /Flags 6 /FontBBox [0 -141 1000 859] "
    "/ItalicAngle 0 /Ascent 859 /Descent -141 /CapHeight 700 /StemV 80 >> >>] >>"
)
_FONTS = {
    SONG: _SONG.format(name="SimSun", cmap="UniGB-UTF16-H", order="GB1", n=5, widths="/W [1 95 500]"),
    LATIN: "<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding /WinAnsiEncoding >>",
    MUTE: _SONG.format(name="ABCDEF+Mute", cmap="Identity-H", order="Identity", n=0, widths=""),
}


def write_pdf(pages: Sequence[Page]) -> bytes:
    """The file."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    fonts = []
    for name, body in _FONTS.items():
        objects.append(body)
        fonts.append(f"/{name} {len(objects)} 0 R")
    kids = []
    for page in pages:
        data = zlib.compress("\n".join(page.ops).encode())
        objects.append(f"<< /Length {len(data)} /Filter /FlateDecode >>\nstream\n{data.decode('latin-1')}\nendstream")
        stream = len(objects)
        turn = f" /Rotate {page.rotate}" if page.rotate else ""
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {page.width:g} {page.height:g}]{turn} "
            f"/Resources << /Font << {' '.join(fonts)} >> >> /Contents {stream} 0 R >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    out = bytearray(b"%PDF-1.7\n")
    at = []
    for number, body in enumerate(objects, 1):
        at.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    table = "".join(f"{offset:010} 00000 n \n" for offset in at)
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}".encode()
    out += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)
