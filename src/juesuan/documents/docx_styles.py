"""Styles of a Word document (公文格式): fonts, sizes and spacing of official documents, in every style and script.

Fonts are those that the norm names; where they are not installed, the font table names others that look alike.
Source: GB/T 9704-2012 党政机关公文格式 (版面 156 mm × 225 mm, 3 号仿宋, 每面 22 行; 标题小标宋、黑体、楷体).
"""

from __future__ import annotations

from dataclasses import dataclass

from juesuan.documents.ooxml import root, tag

MM = 56.6929
"""twentieths of a point per millimetre"""
LATIN = "Times New Roman"
FANG, HEI, KAI, SONG, TITLE = "仿宋", "黑体", "楷体", "宋体", "方正小标宋简体"
#: where a font is not installed: another name of it, then one that looks alike and is free
ALSO = {
    FANG: "FangSong;仿宋_GB2312;FandolFang R;Noto Serif CJK SC",
    HEI: "SimHei;FandolHei;Noto Sans CJK SC",
    KAI: "KaiTi;楷体_GB2312;FandolKai;Noto Serif CJK SC",
    SONG: "SimSun;FandolSong;Noto Serif CJK SC",
    TITLE: "FZXiaoBiaoSong-B05S;华文中宋;FandolSong;Noto Serif CJK SC",
    LATIN: "Liberation Serif",
}
LINE = 579
"""the distance of lines in twentieths of a point: 22 on a page of 225 mm"""
_INDENT = 200


@dataclass(frozen=True, slots=True)
class Look:
    """A paragraph style: font, size in half points, alignment, spacing; `outline` is its level in the contents."""

    name: str
    title: str
    font: str
    size: int
    align: str = "both"
    line: int = LINE
    exact: bool = True
    indent: int = 0
    """of the first line, in hundredths of a character"""
    before: int = 0
    after: int = 0
    bold: bool = False
    outline: int = 0
    keep: bool = False
    based: str = "Normal"
    left: int = 0
    """indent of the whole paragraph in twentieths of a point"""


_ON_GRID = frozenset({"Normal", "BodyText", "Heading1", "Heading2", "Heading3"})
"""styles whose lines lie on the grid of the page; those of all others are closer, or further apart"""

LOOKS = (
    Look("Normal", "Normal", FANG, 32, based=""),
    Look("BodyText", "Body Text", FANG, 32, indent=_INDENT),
    Look("Heading1", "heading 1", TITLE, 40, "center", 620, False, before=240, after=240, outline=1, keep=True),
    Look("Heading2", "heading 2", HEI, 32, "left", indent=_INDENT, outline=2, keep=True),
    Look("Heading3", "heading 3", KAI, 32, "left", indent=_INDENT, outline=3, keep=True),
    Look("TableTitle", "表题", TITLE, 32, "center", 400, False, before=0, after=60, outline=2, keep=True),
    Look("TableLead", "表头说明", SONG, 20, "left", 260, False, keep=True),
    Look("TableNote", "表注", SONG, 18, "left", 260, False, before=40),
    Look("TableText", "表内文字", SONG, 20, "left", 240, False),
    Look("TableFigure", "表内数字", SONG, 20, "right", 240, False, based="TableText"),
    Look("TableHead", "表内栏目", SONG, 20, "center", 240, False, based="TableText", keep=True),
    Look("CoverTitle", "封面标题", TITLE, 52, "center", 800, False),
    Look("CoverLine", "封面文字", KAI, 36, "center", 600, False),
    Look("ContentsTitle", "目录标题", TITLE, 40, "center", 620, False, after=160),
    Look("TOC1", "toc 1", HEI, 24, "left", 380, True, before=40),
    Look("TOC2", "toc 2", FANG, 24, "left", 360, True, left=420),
    Look("Footer", "footer", SONG, 28, "left", 300, False),
    Look("Header", "header", SONG, 28, "center", 300, False),
)


def fonts(font: str) -> str:
    """The font of a run in all scripts; figures and Latin letters have their own."""
    return tag("rFonts", ascii=LATIN, hAnsi=LATIN, eastAsia=font, cs=LATIN, hint="eastAsia")


def styles() -> str:
    """The part styles.xml."""
    lang = tag("lang", val="en-US", eastAsia="zh-CN", bidi="ar-SA")
    usual = tag("rPr", fonts(FANG) + tag("sz", val=32) + tag("szCs", val=32) + lang)
    defaults = tag("docDefaults", tag("rPrDefault", usual) + tag("pPrDefault", tag("pPr", tag("widowControl", val=0))))
    own = "".join(map(_style, LOOKS))
    table = tag(
        "style",
        tag("name", val="Normal Table")
        + tag("uiPriority", val=99)
        + tag("tblPr", tag("tblInd", w=0, type="dxa") + cell_margins())
        + "",
        type="table",
        default=1,
        styleId="TableNormal",
    )
    character = tag(
        "style",
        tag("name", val="Default Paragraph Font") + tag("rPr", fonts(FANG)),
        type="character",
        default=1,
        styleId="DefaultParagraphFont",
    )
    link = tag("style", tag("name", val="Hyperlink") + tag("rPr", fonts(FANG)), type="character", styleId="Hyperlink")
    return root("styles", defaults + own + character + link + table)


def cell_margins() -> str:
    """The room between the borders of a cell and what stands in it."""
    sides = {"top": 20, "left": 60, "bottom": 20, "right": 60}
    return tag("tblCellMar", "".join(tag(side, w=width, type="dxa") for side, width in sides.items()))


def _style(look: Look) -> str:
    paragraph = tag("keepNext") + tag("keepLines") if look.keep else ""
    rule = "exact" if look.exact else "atLeast"
    # what Word does anyway; LibreOffice takes it the other way round, and loses full stops that hang over the margin
    paragraph += tag("overflowPunct", val=1)
    paragraph += "" if look.name in _ON_GRID else tag("snapToGrid", val=0)
    paragraph += tag("spacing", before=look.before, after=look.after, line=look.line, lineRule=rule)
    if look.indent:
        paragraph += tag("ind", firstLineChars=look.indent, firstLine=look.indent * look.size // 10)
    elif look.left:
        paragraph += tag("ind", left=look.left)
    paragraph += tag("jc", val=look.align)
    if look.outline:
        paragraph += tag("outlineLvl", val=look.outline - 1)
    bold = tag("b") if look.bold else ""
    run = fonts(look.font) + bold + tag("sz", val=look.size) + tag("szCs", val=look.size)
    based = tag("basedOn", val=look.based) if look.based else ""
    named = tag("name", val=look.title) + based + tag("qFormat") + tag("pPr", paragraph) + tag("rPr", run)
    default = {"default": 1} if look.name == "Normal" else {}
    return tag("style", named, type="paragraph", styleId=look.name, **default)


def font_table() -> str:
    """The part fontTable.xml: every font with what may stand for it."""
    found = []
    for font, also in ALSO.items():
        latin = font == LATIN
        inside = tag("altName", val=also.split(";", maxsplit=1)[0]) + tag("charset", val="00" if latin else "86")
        inside += tag("family", val="modern" if font == HEI else "roman") + tag("pitch", val="variable")
        found.append(tag("font", inside, name=font))
    return root("fonts", "".join(found))


def settings(updates: bool = True) -> str:
    """The part settings.xml: odd and even pages differ; with `updates` the contents are brought up to date on opening."""
    compatible = "".join(
        f'<w:compatSetting w:name="{name}" w:uri="http://schemas.microsoft.com/office/word" w:val="{value}"/>'
        for name, value in (("compatibilityMode", "15"), ("overrideTableStyleFontSizeAndJustification", "1"))
    )
    return root(
        "settings",
        tag("zoom", percent=100)
        + tag("evenAndOddHeaders")
        + tag("characterSpacingControl", val="compressPunctuation")
        + (tag("updateFields", val="true") if updates else "")
        + tag("compat", tag("useFELayout") + compatible)
        + tag("themeFontLang", val="en-US", eastAsia="zh-CN"),
    )
