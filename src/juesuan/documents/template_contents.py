"""The contents of a filled template (目录): a field that lists all headings, filled with what they say.

Page numbers are the word processor's, when it brings the field up to date. Refuses to list what is no heading.
"""

from __future__ import annotations

from juesuan.documents.docx_house import House
from juesuan.documents.docx_marks import text_of
from juesuan.documents.docx_package import Element, Package, markup, w
from juesuan.documents.docx_runs import field, text_run
from juesuan.documents.docx_sections import section_of, width_of_text
from juesuan.documents.ooxml import tag
from juesuan.documents.template_blocks import Builder

_DEEPEST = 2
_END = tag("r", tag("fldChar", fldCharType="end"))
_AFTER_UPDATE = {
    *("hdrShapeDefaults", "footnotePr", "endnotePr", "compat", "docVars", "rsids", "attachedSchema", "themeFontLang"),
    *("clrSchemeMapping", "doNotIncludeSubdocsInStats", "doNotAutoCompressPictures", "forceUpgrade", "captions"),
    *("readModeInkLockDown", "smartTagType", "shapeDefaults", "doNotEmbedSmartTags", "decimalSymbol", "listSeparator"),
}


def write_contents(mark: Element, package: Package, house: House) -> None:
    """The contents in the place of their mark."""
    entries = []
    for heading in package.document.find(w("body")).iter(w("p")):
        level, words = house.level(heading), text_of(heading).strip()
        if 0 < level <= _DEEPEST and words and heading is not mark:
            entries.append((level, words, _bookmark(heading, package)))
    width = width_of_text(section_of(mark))
    begin = field(f' TOC \\o "1-{_DEEPEST}" \\h \\z \\u ')
    for number, (level, words, name) in enumerate(entries):
        style = house.existing(f"TOC{level}")
        paragraph = Builder.like(mark, "")
        if style:
            [paragraph] = markup(tag("p", tag("pPr", tag("pStyle", val=style))))
        look = paragraph.find(w("pPr"))
        if look is None:
            [look] = markup(tag("pPr"))
            paragraph.insert(0, look)
        _tabs(look, width)
        page = field(f" PAGEREF {name} \\h ") + _END
        link = tag("hyperlink", text_run(words) + tag("r", tag("tab")) + page, anchor=name, history=1)
        inside = (begin if number == 0 else "") + link + (_END if number == len(entries) - 1 else "")
        paragraph.extend(markup(inside))
        mark.addprevious(paragraph)
    if mark.find(f"{w('pPr')}/{w('sectPr')}") is None:
        mark.getparent().remove(mark)


def has_contents(package: Package) -> bool:
    """Whether a file has contents as a field: written here, or the template's own."""
    codes = (str(code.text) for code in package.document.iter(w("instrText")))
    simple = (str(one.get(w("instr"))) for one in package.document.iter(w("fldSimple")))
    return any(code.split()[:1] == ["TOC"] for code in (*codes, *simple))


def _bookmark(heading: Element, package: Package) -> str:
    """The name of a bookmark around a heading; the one that it has, else a new one."""
    for own in heading.findall(w("bookmarkStart")):
        if str(own.get(w("name"))).startswith("_Toc"):
            return str(own.get(w("name")))
    numbers = [int(one.get(w("id")) or 0) for one in package.document.iter(w("bookmarkStart"))]
    number = max(numbers, default=0) + 1
    name = f"_Toc9{number:07}"
    start, end = markup(tag("bookmarkStart", id=number, name=name) + tag("bookmarkEnd", id=number))
    heading.insert(1 if heading.find(w("pPr")) is not None else 0, start)
    heading.append(end)
    return name


def _tabs(look: Element, width: int) -> None:
    """Dots up to the page number at the right."""
    for old in look.findall(w("tabs")):
        look.remove(old)
    [tabs] = markup(tag("tabs", tag("tab", val="right", leader="dot", pos=width)))
    before = {"pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr"}
    before |= {"suppressLineNumbers", "pBdr", "shd"}
    look.insert(len([child for child in look if child.tag in {w(name) for name in before}]), tabs)


def update_on_opening(package: Package) -> None:
    """Asks the word processor to bring the page numbers up to date."""
    part = package.part_of("settings")
    if not part:
        return
    root = package.parsed(part)
    if root.find(w("updateFields")) is None:
        [update] = markup(tag("updateFields", val="true"))
        after = {w(name) for name in _AFTER_UPDATE}
        at = next((n for n, child in enumerate(root) if child.tag in after), len(root))
        root.insert(at, update)
    package.texts[part] = ("设置", root)
