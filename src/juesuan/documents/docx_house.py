"""The styles of a template (模板样式): which of them is meant for headings, tables and notes, and what it lacks.

A style that the template has by its usual name (标题 1, 表题, 表内文字 …) is used as it is; one that it lacks is added
without a font, so that it takes the template's. Refuses to change any style of the template.
"""

from __future__ import annotations

from juesuan.documents.docx_package import Element, Package, markup, w
from juesuan.documents.docx_styles import LOOKS
from juesuan.documents.ooxml import tag

_NAMES = {look.name: look.title.lower() for look in LOOKS}
_OTHER_NAMES = {"Heading1": ("标题 1",), "Heading2": ("标题 2",), "Heading3": ("标题 3",)}
_LOOKS = {look.name: look for look in LOOKS}
_OWN = "Juesuan"
_LEVELS = 9


class House:
    """The paragraph styles of one template."""

    def __init__(self, package: Package) -> None:
        self.package, self.part = package, package.part_of("styles")
        self.root: Element | None = package.parsed(self.part) if self.part else None
        self.styles: dict[str, Element] = {}
        self.ids: dict[str, str] = {}
        for style in () if self.root is None else self.root.iter(w("style")):
            if style.get(w("type")) == "paragraph":
                name = style.find(w("name"))
                own = str(style.get(w("styleId")))
                self.styles[own] = style
                self.ids.setdefault("" if name is None else str(name.get(w("val"))).lower(), own)

    def resolve(self, look: str) -> str:
        """The id of the template's style for one of our looks, added where there is none; "" where none can be."""
        names = (_NAMES[look], *_OTHER_NAMES.get(look, ()), f"决算 {_NAMES[look]}")
        found = next((self.ids[name] for name in names if name in self.ids), "")
        return found or self._add(look)

    def existing(self, look: str) -> str:
        """The id of the template's own style for a look, "" where it has none."""
        return self.ids.get(_NAMES[look], "")

    def _add(self, name: str) -> str:
        if self.root is None:
            return ""
        look = _LOOKS[name]
        properties = tag("keepNext") + tag("keepLines") if look.keep else ""
        properties += tag("snapToGrid", val=0)
        properties += tag("spacing", before=look.before, after=look.after, line=240, lineRule="auto")
        properties += tag("ind", left=0, right=0, firstLine=0, firstLineChars=0) + tag("jc", val=look.align)
        properties += tag("outlineLvl", val=look.outline - 1) if look.outline else ""
        run = (tag("b") if look.outline else "") + tag("sz", val=look.size) + tag("szCs", val=look.size)
        based = next((i for i, s in self.styles.items() if s.get(w("default")) in ("1", "true", "on")), "")
        inside = tag("name", val=f"决算 {look.title.lower()}") + (tag("basedOn", val=based) if based else "")
        inside += tag("qFormat") + tag("pPr", properties) + tag("rPr", run)
        own = f"{_OWN}{name}"
        [style] = markup(tag("style", inside, type="paragraph", customStyle=1, styleId=own))
        self.root.append(style)
        self.styles[own] = style
        self.ids[f"决算 {look.title.lower()}"] = own
        return own

    def level(self, paragraph: Element) -> int:
        """The level of a heading (1 …), 0 of what is none: by the paragraph itself, else by its style."""
        own = paragraph.find(f"{w('pPr')}/{w('outlineLvl')}")
        style = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
        chain = [] if style is None else self._chain(str(style.get(w("val"))))
        for one in (own, *(link.find(f"{w('pPr')}/{w('outlineLvl')}") for link in chain)):
            if one is not None:
                level = int(str(one.get(w("val")))) + 1
                return level if level <= _LEVELS else 0
        return 0

    def is_numbered(self, style: str) -> bool:
        """Whether a style numbers its paragraphs by itself."""
        return any(one.find(f"{w('pPr')}/{w('numPr')}") is not None for one in self._chain(style))

    def _chain(self, style: str) -> list[Element]:
        """A style and those that it is based on."""
        found: list[Element] = []
        while style in self.styles and self.styles[style] not in found:
            found.append(self.styles[style])
            based = found[-1].find(w("basedOn"))
            style = "" if based is None else str(based.get(w("val")))
        return found

    def keep(self) -> None:
        """Puts what was added into the file."""
        if self.root is not None:
            self.package.texts[self.part] = ("样式", self.root)
