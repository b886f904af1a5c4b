"""Office Open XML (文件包): elements as text, and parts packed into one file whose bytes depend on nothing but them.

Refuses to know any document: parts are texts, or the bytes of pictures. Source: ECMA-376 (Office Open XML).
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape, quoteattr

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_DATE = (1980, 1, 1, 0, 0, 0)
"""the date of every part: the earliest that a zip file can hold"""
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def text(words: str) -> str:
    """Words as element content; characters that XML cannot hold are left out."""
    return escape(_FORBIDDEN.sub("", words))


def tag(element: str, content: str = "", /, **attributes: object) -> str:
    """An element of the main namespace; attributes are of it too (<w:jc w:val="center"/>)."""
    own = "".join([f" w:{key}={_quoted(str(value))}" for key, value in attributes.items()])
    return f"<w:{element}{own}>{content}</w:{element}>" if content else f"<w:{element}{own}/>"


def _quoted(value: str) -> str:
    """An attribute's value; most are names and numbers that need no care."""
    return f'"{value}"' if value.isalnum() else quoteattr(value)


def root(name: str, content: str) -> str:
    """A whole part of the main namespace."""
    return f'{HEAD}<w:{name} xmlns:w="{W}" xmlns:r="{R}">{content}</w:{name}>'


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """The parts as one file; the same parts give the same bytes."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name, _DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 3
            data = content.encode("utf-8") if isinstance(content, str) else content
            archive.writestr(info, data, compresslevel=6)
    return stream.getvalue()
