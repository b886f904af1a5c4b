"""Pages of a Word document (分页): blocks between page breaks, and on which page each heading will stand.

Lines are counted as Word sets them: 28 characters of 3 号 on a line, 22 lines on a page. The numbers fill the contents
until Word brings them up to date. Refuses to be exact where a line may break either way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from juesuan.documents.docx_pictures import height_of_chart
from juesuan.documents.docx_plans import PORTRAIT, Plan, height_of
from juesuan.documents.docx_styles import LOOKS, Look
from juesuan.documents.papers import UPRIGHT, Paper, paper_of
from juesuan.model.charts import Chart
from juesuan.model.documents import Block, Heading, PageBreak, Paragraph, Table

COVER, CONTENTS = "cover", "contents"
HEADINGS = {1: "Heading1", 2: "Heading2", 3: "Heading3"}
_LOOKS = {look.name: look for look in LOOKS}
_WIDE = re.compile(r"[\u2e80-\uffff“”‘’…—]")
_HUNG = "，。、；：？！）》”’%"
_HANGING = "，。、；：！？"
_NEVER_FIRST, _NEVER_LAST = _HUNG, "（《“‘"
_SMALLEST = 30
_LEFT_OVER = 2
"""so many characters of a heading are drawn up onto the line before"""
_CLOSEST = 290
"""the least distance of lines in the contents, in twentieths of a point"""
_PART = re.compile("第[一二三四五六七八九十]+部分")
_SPACED = re.compile(r"[\u3400-\u9fff][0-9A-Za-z]|[0-9A-Za-z.%][\u3400-\u9fff]")
_SPACE = 2
"""between Chinese characters and Latin letters or figures, in tenths of a character: as LibreOffice sets it"""
_NARROW = {".": 25, ",": 25, " ": 25, "%": 83, "-": 33, "/": 28}
"""widths in hundredths of the size of letters; other Latin letters and figures are half as wide"""


@dataclass(slots=True)
class Page:
    """Blocks between two page breaks (a part's heading above tables stands alone), on the widest paper one needs."""

    blocks: list[Block | Chart] = field(default_factory=list)
    paper: Paper = UPRIGHT
    cover: bool = False

    @property
    def low(self) -> bool:
        """Whether its first block stands in the upper middle of the page."""
        return self.cover or (len(self.blocks) == 1 and isinstance(self.blocks[0], Heading))


def pages(blocks: Iterable[Block | Chart], plans: Mapping[int, Plan]) -> Iterator[Page]:
    """The blocks page by page; `plans` by the id of their tables."""
    page = Page()
    for block in blocks:
        table = isinstance(block, Heading) and block.place.table
        alone = bool(table) and len(page.blocks) == 1 and isinstance(page.blocks[0], Heading)
        if isinstance(block, PageBreak) or alone:
            if page.blocks:
                yield page
            page = Page()
        if isinstance(block, PageBreak):
            continue
        page.blocks.append(block)
        if isinstance(block, Table):
            page.paper = max(page.paper, paper_of(plans[id(block)]), key=_width)
        elif isinstance(block, Paragraph) and block.place.table == COVER:
            page.cover = True
    if page.blocks:
        yield page


def _width(paper: Paper) -> int:
    return paper.width


def style_of(block: Heading | Paragraph) -> str:
    """The style of a heading or paragraph."""
    form = block.place.table or ""
    if isinstance(block, Heading):
        return "TableTitle" if form and block.level > 1 else HEADINGS.get(block.level, "Heading3")
    if form == COVER:
        return "CoverTitle" if block.place.row == "title" else "CoverLine"
    if form == CONTENTS:
        return {"title": "ContentsTitle"}.get(block.place.row or "", "TOC1" if _PART.match(block.text) else "TOC2")
    return "TableLead" if block.place.column else "TableNote" if form else "BodyText"


@dataclass(frozen=True, slots=True)
class Setting:
    """How a title is set so that it breaks well: the size of its letters in half points, how far it is indented on both
    sides, how much closer its letters stand (twentieths of a point); 0 as its style has it.
    """

    size: int = 0
    indent: int = 0
    close: int = 0


def setting(block: Heading | Paragraph) -> Setting:
    """A centred title in one line if it can be, else broken between words; a heading without one or two characters left
    over for its last line.
    """
    look = _LOOKS[style_of(block)]
    count = lines(block.text, look)
    if count == 1:
        return Setting()
    if look.align == "center":
        sizes = range(look.size - 2, _SMALLEST - 1, -2)
        size = next((size for size in sizes if lines(block.text, replace(look, size=size)) == 1), 0)
        return Setting(size) if size else Setting(indent=_indent(block.text, look))
    over = width(block.text, look) + look.indent * look.size // 10 - (count - 1) * PORTRAIT
    if isinstance(block, Heading) and count == 2 and 0 < over <= _LEFT_OVER * 10 * look.size:
        return Setting(close=-(-over // max(len(block.text) - 1, 1)) + 1)
    return Setting()


def _indent(words: str, look: Look) -> int:
    """How far a title of two lines is indented for its first to end where a word does, or in the middle."""
    whole = width(words, look)
    ends = [match.start() for match in re.finditer(" ", words)] or [-(-len(words) // 2)]
    halves = [max(width(words[:end], look), whole - width(words[:end], look)) for end in ends]
    longest = min(halves) + 8 * look.size
    return max(0, (PORTRAIT - longest) // 2) if longest < PORTRAIT else 0


def close_contents(entries: Sequence[Paragraph]) -> int:
    """The distance of lines that brings the contents onto one page, where they are a little too long; else 0."""
    looks = [_LOOKS[style_of(entry)] for entry in entries]
    room = UPRIGHT.depth - sum(look.before + look.after for look in looks) - looks[0].line if looks else 0
    rest = len(looks) - 1
    if not rest or sum(look.line for look in looks[1:]) <= room:
        return 0
    line = room // rest
    return line if line >= _CLOSEST else 0


def page_numbers(found: Iterable[Page], plans: Mapping[int, Plan]) -> dict[int, int]:
    """The page of every heading, by its id; pages are counted from the first after the cover."""
    numbers: dict[int, int] = {}
    number = 0
    for page in found:
        if page.cover:
            continue
        number += 1
        room = page.paper.depth
        used = 0
        close = close_contents([b for b in page.blocks if isinstance(b, Paragraph) and b.place.table == CONTENTS])
        for block in page.blocks:
            tall, rows = _height(block, plans, close)
            whole = tall + (_LOOKS["BodyText"].line if isinstance(block, Heading) else 0)
            if used and used + (whole if not rows else rows[0]) > room:
                number, used = number + 1, 0
            if isinstance(block, Heading):
                numbers[id(block)] = number
            for row in rows:
                if used + row > room:
                    number, used = number + 1, 0
                used += row
            used += 0 if rows else tall
    return numbers


def _height(block: Block | Chart, plans: Mapping[int, Plan], close: int) -> tuple[int, list[int]]:
    """(height of what does not split, heights of lines or rows); `close` is the distance of lines in the contents."""
    if isinstance(block, Table):
        return 0, height_of(block, plans[id(block)])
    if isinstance(block, Chart):
        return height_of_chart(block) + 240, []
    if isinstance(block, PageBreak):
        return 0, []
    look = _LOOKS[style_of(block)]
    made = setting(block)
    count = 1 if made.size or made.close else lines(block.text, look)
    if block.place.table == CONTENTS and close and block.place.row != "title":
        look = replace(look, line=close)
    if isinstance(block, Heading):
        return look.before + look.after + count * look.line, []
    return 0, [look.line + (look.before + look.after if not n else 0) for n in range(count)]


def lines(words: str, look: Look) -> int:
    """How many lines words take in a style: one closing mark may hang over the end, figures do not break."""
    count, used = 1, look.indent * look.size // 10
    for whole, hanging in _units(words, look):
        if used + whole - hanging > PORTRAIT:
            count, used = count + 1, 0
        used += whole
    return count


def _units(words: str, look: Look) -> Iterator[tuple[int, int]]:
    """What does not break, with the marks that do not begin or end a line; how wide, and how much of that may hang."""
    whole, hanging, before = 0, 0, ""
    for piece, room in _pieces(words, look):
        if whole and before not in _NEVER_LAST and piece not in _NEVER_FIRST:
            yield whole, hanging
            whole = 0
        hanging = room if piece in _HANGING and _WIDE.match(before) else 0
        whole += room
        before = piece
    if whole:
        yield whole, hanging


def width(words: str, look: Look) -> int:
    """How wide words are in one line, in twentieths of a point."""
    return sum(room for _, room in _pieces(words, look))


def _pieces(words: str, look: Look) -> Iterator[tuple[str, int]]:
    """What does not break, and how wide it is with the room before it."""
    before = ""
    for piece in re.findall(r"[0-9A-Za-z.,%/-]+|.", words):
        wide = bool(_WIDE.match(piece))
        room = 10 * look.size if wide else sum(look.size * _NARROW.get(char, 50) // 10 for char in piece)
        if _SPACED.match(before + piece[0]):
            room += _SPACE * look.size
        yield piece, room
        before = piece[-1]
