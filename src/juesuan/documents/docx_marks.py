"""Marks in a Word file (模板标记): 【…】 in any paragraph, also where Word has split it over several runs.

Body, tables, text boxes, headers, footers, notes. A mark keeps the look of its first character. Refuses marks that
were deleted with tracked changes, and those that run over two paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from juesuan.documents.docx_package import Element, Package, w

MARK = re.compile(r"【\s*([^【】\t\n]{1,80}?)\s*】")
_NOT_OURS = {w("p"), w("pPr"), w("rPr"), w("del"), w("moveFrom")}
_BREAKS = {w("tab"), w("br"), w("cr")}
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_NEAR = 16


@dataclass(frozen=True, slots=True)
class Found:
    """One mark: its name, its paragraph, whether it stands alone there, where that is, whether blocks may stand there."""

    name: str
    paragraph: Element
    alone: bool
    place: str
    roomy: bool


def marks_in(package: Package) -> list[Found]:
    """All marks of a file, the body first."""
    found = []
    for where, root in package.texts.values():
        numbers = _Numbers(root)
        for paragraph in root.iter(w("p")):
            text = text_of(paragraph)
            for match in MARK.finditer(text):
                place = numbers.place(paragraph, where, text, match)
                alone = text.strip() == match[0]
                found.append(Found(match[1], paragraph, alone, place, not where and _is_roomy(paragraph)))
    return found


def text_of(paragraph: Element) -> str:
    """The words of a paragraph, without those of text boxes in it."""
    return "".join(text for _, text in _pieces(paragraph))


def replace_words(paragraph: Element, words: dict[str, str]) -> None:
    """Puts words in the place of marks, by the name of the mark as it is written."""
    pieces = list(_pieces(paragraph))
    for match in reversed(list(MARK.finditer("".join(text for _, text in pieces)))):
        if match[1] in words:
            _replace(pieces, match.span(), words[match[1]])
            pieces = list(_pieces(paragraph))


def _replace(pieces: list[tuple[Element, str]], span: tuple[int, int], words: str) -> None:
    at, given = 0, False
    for element, text in pieces:
        start, end = max(span[0] - at, 0), min(span[1] - at, len(text))
        at += len(text)
        if start >= end or element.tag != w("t"):
            continue
        element.text = text[:start] + ("" if given else words) + text[end:]
        element.set(_SPACE, "preserve")
        given = True


def _pieces(node: Element) -> Iterator[tuple[Element, str]]:
    """The texts below a paragraph, in order, and what separates them."""
    for child in node:
        if child.tag in _NOT_OURS or not isinstance(child.tag, str):
            continue
        if child.tag == w("t"):
            yield child, child.text or ""
        elif child.tag in _BREAKS:
            yield child, "\n"
        else:
            yield from _pieces(child)


def _is_roomy(paragraph: Element) -> bool:
    """Whether tables and sections may stand in its place: it belongs to the body itself."""
    above = paragraph.getparent()
    return above is not None and above.tag == w("body")


class _Numbers:
    """Where paragraphs stand, in words."""

    def __init__(self, root: Element) -> None:
        body = root.find(w("body"))
        self.own = root if body is None else body
        self.tables = list(self.own.iter(w("tbl")))

    def place(self, paragraph: Element, where: str, text: str, match: re.Match[str]) -> str:
        said = [where or "正文"]
        above = list(paragraph.iterancestors())
        if any(one.tag == w("txbxContent") for one in above):
            said.append("文本框里")
        cell = next((one for one in above if one.tag == w("tc")), None)
        if cell is not None:
            row = next(one for one in above if one.tag == w("tr"))
            table = next(one for one in above if one.tag == w("tbl"))
            numbers = (self.tables.index(table), table.findall(w("tr")).index(row), row.findall(w("tc")).index(cell))
            said.append("第 {} 个表第 {} 行第 {} 格".format(*(n + 1 for n in numbers)))
        elif paragraph.getparent() is self.own:
            said.append(f"第 {sum(1 for _ in paragraph.itersiblings(w('p'), preceding=True)) + 1} 段")
        near = text[max(match.start() - _NEAR, 0) : match.end() + _NEAR].replace("\n", " ")
        cut = ("…" if match.start() > _NEAR else "") + near + ("…" if match.end() + _NEAR < len(text) else "")
        return f"{''.join(said)}（“{cut}”）" if cut != match[0] else "".join(said)
