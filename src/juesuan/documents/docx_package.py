"""A Word file taken apart (文件包): its parts, the relations of its text, the places of its paragraphs in words.

Everything that is not changed stays byte for byte. Refuses what is no .docx: old .doc files, files with macros, files
under a password, the strict variant of the format.
Source: ECMA-376 (Office Open XML), parts 1 and 2.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree

from juesuan.documents.ooxml import R, W, packed

MOST = 200 << 20
"""bytes of all parts together"""
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_TEXTS = ("header", "footer", "footnotes", "endnotes")
_NAMES = {"header": "页眉", "footer": "页脚", "footnotes": "脚注", "endnotes": "尾注"}
Element = Any
"""an element of lxml"""


class BadTemplate(ValueError):
    """A template that cannot be used; str() says all reasons, one a line."""

    def __init__(self, file: str, reasons: list[str]) -> None:
        lines = "".join(f"\n    {reason}" for reason in reasons)
        super().__init__(f"{file}：模板不能用，没有写出任何文件：{lines}")
        self.reasons = reasons


def w(name: str) -> str:
    """The full name of an element or attribute of the main namespace."""
    return f"{{{W}}}{name}"


def markup(text: str) -> list[Element]:
    """Elements from their text, in which the usual prefixes are known."""
    return list(_parsed(f'<w:x xmlns:w="{W}" xmlns:r="{R}">{text}</w:x>'.encode()))


def _parsed(data: bytes) -> Element:
    """A part as elements. Raises XMLSyntaxError, also for one that declares entities: Word never does."""
    root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))
    if root.getroottree().docinfo.doctype:
        raise etree.XMLSyntaxError("a document type is declared", 0, 0, 0)
    return root


class Package:
    """The parts of one file. `document` is the part with the text, `texts` all parts with text, by their names."""

    def __init__(self, data: bytes, file: str) -> None:
        self.file = file
        self.parts = self._read(data)
        try:
            self.types = _parsed(self.parts["[Content_Types].xml"])
            self.name = self._target("_rels/.rels", "", "officeDocument")
            self.relations = _parsed(self.parts[self._relations_of(self.name)])
            self.document = _parsed(self.parts[self.name])
            self.texts: dict[str, tuple[str, Element]] = {self.name: ("", self.document)}
            for kind, part in self._related():
                if part in self.parts:
                    self.texts[part] = (_NAMES[kind], _parsed(self.parts[part]))
        except (KeyError, StopIteration, etree.XMLSyntaxError) as why:
            raise BadTemplate(file, ["不是 Word 的 .docx 文件，或已损坏；请用 Word 或 WPS 另存为 .docx"]) from why
        self._refuse()

    def _read(self, data: bytes) -> dict[str, bytes]:
        if data.startswith(b"\xd0\xcf\x11\xe0"):
            raise BadTemplate(self.file, ["是旧的 .doc 文件，或设了打开密码；请去掉密码，另存为 .docx"])
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                if sum(info.file_size for info in archive.infolist()) > MOST:
                    raise BadTemplate(self.file, [f"展开后超过 {MOST >> 20} MB，请去掉其中的大图"])
                return {info.filename: archive.read(info) for info in archive.infolist() if not info.is_dir()}
        except (zipfile.BadZipFile, NotImplementedError, OSError, RuntimeError) as why:
            raise BadTemplate(self.file, ["不是 Word 的 .docx 文件，或已损坏；请用 Word 或 WPS 另存为 .docx"]) from why

    def _refuse(self) -> None:
        if self.document.tag != w("document"):
            if not str(self.document.tag).endswith("}document"):
                raise BadTemplate(self.file, ["不是 Word 的 .docx 文件；请用 Word 或 WPS 另存为 .docx"])
            raise BadTemplate(self.file, ["是“严格的 Open XML”格式；请另存为普通的 .docx（Word 文档）"])
        own = self._override(self.name)
        kind = "" if own is None else str(own.get("ContentType"))
        if "macro" in kind.lower():
            raise BadTemplate(self.file, ["带有宏；请另存为不带宏的 .docx"])
        if own is not None:  # a .dotx becomes a document
            own.set("ContentType", f"{_DOCX}.document.main+xml")

    def _override(self, part: str) -> Element | None:
        overrides = self.types.iter(f"{_TYPES}Override")
        return next((one for one in overrides if one.get("PartName") == f"/{part}"), None)

    @staticmethod
    def _relations_of(part: str) -> str:
        folder, name = posixpath.split(part)
        return posixpath.join(folder, "_rels", f"{name}.rels")

    def _target(self, relations: str, folder: str, kind: str) -> str:
        links = _parsed(self.parts[relations]).iter(_RELATIONS)
        found = next(str(one.get("Target")) for one in links if str(one.get("Type")).endswith(f"/{kind}"))
        return found.lstrip("/") if found.startswith("/") else posixpath.normpath(posixpath.join(folder, found))

    def _related(self) -> Iterator[tuple[str, str]]:
        for one in self.relations.iter(_RELATIONS):
            kind = str(one.get("Type")).rpartition("/")[2]
            if kind in _TEXTS:
                target = str(one.get("Target"))
                yield kind, self._resolved(target)

    def _resolved(self, target: str) -> str:
        return target.lstrip("/") if target.startswith("/") else posixpath.join(posixpath.dirname(self.name), target)

    def part_of(self, kind: str) -> str:
        """The part that the text is related to in that way (styles, settings), "" where there is none."""
        links = self.relations.iter(_RELATIONS)
        found = (self._resolved(str(o.get("Target"))) for o in links if str(o.get("Type")).endswith(f"/{kind}"))
        return next((part for part in found if part in self.parts), "")

    def parsed(self, part: str) -> Element:
        """A part as elements."""
        return _parsed(self.parts[part])

    def relate(self, name: str, kind: str, target: str) -> None:
        """Relates the text to a part."""
        etree.SubElement(self.relations, _RELATIONS, Id=name, Type=f"{R}/{kind}", Target=target)

    def related(self, name: str) -> bool:
        """Whether there is a relation of that name."""
        return any(one.get("Id") == name for one in self.relations.iter(_RELATIONS))

    def allow(self, extension: str, kind: str) -> None:
        """Makes a kind of file known."""
        if not any(one.get("Extension") == extension for one in self.types.iter(f"{_TYPES}Default")):
            new = etree.Element(f"{_TYPES}Default", Extension=extension, ContentType=kind)
            self.types.insert(0, new)

    def bytes(self) -> bytes:
        """The file again."""
        changed = {part: root for part, (_, root) in self.texts.items()}
        changed[self._relations_of(self.name)] = self.relations
        changed["[Content_Types].xml"] = self.types
        for part, root in changed.items():
            self.parts[part] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        return packed(self.parts)
