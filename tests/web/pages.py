"""Pages taken apart by Python's own parser, and pages of made-up accounts: nothing of the writer is used to read them."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

from juesuan.generating import account_of, generate, report_of
from juesuan.knowledge.styles import style
from juesuan.services.building import Built, build
from juesuan.services.loading import Build, Loaded

ROOT = Path(__file__).parents[2]
NODE = Path(os.environ.get("JUESUAN_WEB", ROOT / ".venv" / "web")) / "node_modules"
_VOID = {"meta", "link", "br", "input", "img", "hr"}
_LINES = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "dt", "dd", "li", "summary"}


@dataclass(slots=True)
class Element:
    """One element: name, attributes, what is in it in order."""

    name: str
    attributes: dict[str, str]
    inside: list[Element | str] = field(default_factory=list)

    def all(self, *names: str) -> list[Element]:
        found = [self] if self.name in names or not names else []
        for one in self.inside:
            if isinstance(one, Element):
                found += one.all(*names)
        return found

    @property
    def text(self) -> str:
        return "".join(one if isinstance(one, str) else "\n" if one.name == "br" else one.text for one in self.inside)

    def of_class(self, name: str) -> list[Element]:
        return [one for one in self.all() if name in one.attributes.get("class", "").split()]


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("", {})
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].inside.append(element)
        if tag not in _VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].inside.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].name == tag, f"</{tag}> ends <{self.open[-1].name}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].inside.append(data)


def parsed(page: bytes | str) -> Element:
    """The whole page. Fails where elements do not nest."""
    parser = _Parser()
    parser.feed(page.decode("utf-8") if isinstance(page, bytes) else page)
    parser.close()
    assert parser.open == [parser.root], f"<{parser.open[-1].name}> does not end"
    return parser.root


def grid(table: Element) -> list[list[str]]:
    """The cells of a table where a spreadsheet would put them; nothing where a merged cell runs on."""
    taken: dict[tuple[int, int], str] = {}
    rows = table.all("tr")
    for r, row in enumerate(rows):
        c = 0
        for cell in row.all("td", "th"):
            while (r, c) in taken:
                c += 1
            for y in range(int(cell.attributes.get("rowspan", "1"))):
                for x in range(int(cell.attributes.get("colspan", "1"))):
                    assert (r + y, c + x) not in taken
                    taken[r + y, c + x] = cell.text if (x, y) == (0, 0) else ""
    width = max(c for _, c in taken) + 1
    return [[taken.get((r, c), "") for c in range(width)] for r in range(len(rows))]


def text_of(page: Element) -> str:
    """The document of a page as text: a line for every heading, paragraph and row; nothing of the figures at a glance."""
    lines: list[str] = []

    def walk(element: Element) -> None:
        if element.name in ("head", "nav", "script", "style") or "glance" in element.attributes.get("class", ""):
            return
        if element.name == "table":
            (caption,) = element.all("caption")
            lines.extend(span.text for span in caption.all("span") if span.attributes["class"] != "hidden")
            lines.extend("\t".join(cell.replace("\n", "") for cell in row) for row in grid(element))
            lines.append("")
        elif element.name in _LINES:
            lines.extend((element.text.replace("\n", " "), ""))
        else:
            for one in element.inside:
                if isinstance(one, Element):
                    walk(one)

    walk(page)
    return "\n".join(lines) + "\n"


@cache
def built(seed: int, formats: tuple[str, ...] = ("html",)) -> Built:
    """The document of a made-up account."""
    account = generate(seed)
    loaded = Loaded(report_of(account), account_of(account), style(account.shape.style), "批复表")
    return build(loaded, Build(formats=formats))


@cache
def page_of(seed: int) -> bytes:
    """The web page of a made-up account."""
    one = built(seed)
    return next(content for name, content in one.files.items() if name.endswith(".html"))
