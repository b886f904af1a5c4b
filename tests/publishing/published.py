"""One made-up account published in every format, and looked at with other people's tools.

PDF by pdfplumber and PDFium, web pages by Python's own HTML parser; what they find is compared cell by cell with what was
composed. Refuses to judge figures themselves: that what is composed is what the account states is tested elsewhere.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from juesuan.generating import account_of, generate, report_of
from juesuan.knowledge.styles import style
from juesuan.model.documents import Block, Heading, Paragraph, Table
from juesuan.services.building import Built
from juesuan.services.building import build as built_of
from juesuan.services.loading import FORMATS, Build, Loaded
from tests.publishing.geometry import Laid, joined, laid_out, plain
from tests.publishing.leading import count_links, wrong_links
from tests.web.pages import Element, grid, parsed

_FIGURE = re.compile(r"-?[\d,]*\.?\d+%?")
Grid = Sequence[Sequence[str | None]]


@dataclass(slots=True)
class Seen:
    """What was looked at of one account, and all that is wrong, by format."""

    seed: int
    pages: int = 0
    tables: int = 0
    figures: Counter[str] = field(default_factory=Counter)
    """figures of tables compared, by format"""
    links: Counter[str] = field(default_factory=Counter)
    wrong: dict[str, list[str]] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    """endings of names → contents, of the formats to be looked at by other programs"""

    def add(self, kind: str, words: Iterator[str] | list[str]) -> None:
        if found := list(words):
            self.wrong.setdefault(kind, []).extend(found)


def built(seed: int) -> Built:
    """The account in all formats."""
    account = generate(seed)
    loaded = Loaded(report_of(account), account_of(account), style(account.shape.style), "批复表")
    return built_of(loaded, Build(formats=FORMATS, draft=True))


def seen(seed: int) -> Seen:
    """Builds one account and looks at its PDF and its web page."""
    made = built(seed)
    found = Seen(seed)
    found.files = {
        ending: next(
            content for name, content in made.files.items() if name.endswith(f"{ending}") and "自查" not in name
        )
        for ending in (".pdf", ".html", ".docx")
    }
    blocks = made.composed.blocks
    found.tables = sum(isinstance(block, Table) for block in blocks)
    _pdf(found, blocks)
    _html(found, blocks)
    return found


def _pdf(found: Seen, blocks: Sequence[Block]) -> None:
    data = found.files[".pdf"]
    laid = laid_out(data)
    found.pages = len(laid.texts)
    found.add("pdf layout", laid.wrong)
    found.add("pdf links", wrong_links(data, laid))
    marks, links = count_links(data)
    found.links["pdf"] = marks + links
    tables = [table for table in blocks if isinstance(table, Table)]
    found.add("pdf figures", compared(found, "pdf", tables, joined(laid.pieces)))
    found.add("pdf text", _told(blocks, laid))


def _html(found: Seen, blocks: Sequence[Block]) -> None:
    page = parsed(found.files[".html"])
    tables = [block for block in blocks if isinstance(block, Table)]
    shown = [grid(table) for table in page.all("table") if "small" not in table.attributes.get("class", "")]
    found.add("html figures", compared(found, "html", tables, shown))
    found.add("html links", _anchors(found, page))


def _anchors(found: Seen, page: Element) -> Iterator[str]:
    names = Counter(one.attributes["id"] for one in page.all() if "id" in one.attributes)
    for anchor in page.all("a"):
        to = anchor.attributes.get("href", "")
        if to.startswith("#"):
            found.links["html"] += 1
            if names[to[1:]] != 1:
                yield f"{to} leads to {names[to[1:]]} places"


# comparing ------------------------------------------------------------------------------------------------------------


def compared(found: Seen, kind: str, tables: Sequence[Table], shown: Sequence[Grid]) -> Iterator[str]:
    """Every cell that does not say what was composed."""
    if len(tables) != len(shown):
        yield f"{len(shown)} tables instead of {len(tables)}"
        return
    for number, (table, other) in enumerate(zip(tables, shown, strict=True), 1):
        if len(other) != len(table.rows):
            yield f"table {number}: {len(other)} rows instead of {len(table.rows)}"
            continue
        for y, row in enumerate(table.rows):
            for x, cell in enumerate(row):
                words = other[y][x] if x < len(other[y]) else None
                wanted = plain(cell.text) if cell is not None else ""
                found.figures[kind] += bool(_FIGURE.fullmatch(wanted))
                if plain(words or "") != wanted:
                    yield f"table {number}, row {y + 1}, column {x + 1}: {words!r} instead of {wanted!r}"


def _told(blocks: Sequence[Block], laid: Laid) -> Iterator[str]:
    """Paragraphs and headings that are not printed as they were composed."""
    printed = plain("".join(laid.texts))
    for block in blocks:
        if isinstance(block, Heading | Paragraph) and plain(block.text) not in printed:
            yield f"not printed: {block.text[:40]}"
