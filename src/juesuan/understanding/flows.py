"""Flows (文流): the explanation as sections of running text, broken lines and pages joined again.

Every character of a flow knows the printed line that it came from. Refuses to understand a word: headings are told by
their numbering and shape alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from juesuan.knowledge.phrases import SectionKind, compact, compact_char, section_kind
from juesuan.model.claims import Flow
from juesuan.model.documents import Block, Heading, PageBreak, Paragraph, Table
from juesuan.model.places import Place
from juesuan.understanding.regions import is_page_number, is_table_title

_PART = re.compile(r"第[一二三四五六七八九十]+部分")
_SECTION = re.compile(r"[-*#]*[一二三四五六七八九十]+、")
_SUBSECTION = re.compile(r"\([一二三四五六七八九十]+\)")
_NUMBERED = re.compile(r"\(?\d{1,2}(?:[.、)]|．)(?!\d)")
_TITLE_END = re.compile(r"(?:情况|说明|概况|职能|职责|构成|设置|结果|解释|附件|目录|总体情况|结构|信息|内容)[。:]?$")
_LEADERS = re.compile(r"[.…·]{3,}\d{0,3}$")
_ITEM = re.compile(r"[^。;:]*\(项\)")
_HEADING_LENGTH = 45
_TAIL_LENGTH = 8


def add_line(flow: Flow, text: str, place: Place, edges: tuple[float, ...] = ()) -> None:
    """Appends one printed line to a flow. White space between two digits becomes | so that they stay two numbers."""
    flow.starts.append(len(flow.text))
    flow.places.append(place)
    flow.edges.append(edges)
    short = compact(text)
    if len(short) == len(text):
        flow.offsets.extend(range(len(text)))
        flow.text += short
        return
    chars: list[str] = []
    for offset, char in enumerate(text):
        kept = compact_char(char)
        if not kept:
            apart = chars and chars[-1].isdigit() and text[offset + 1 : offset + 2].isdigit()
            kept = "|" if apart else ""
        if kept:
            chars.append(kept)
            flow.offsets.append(offset)
    flow.text += "".join(chars)


@dataclass(slots=True)
class FlowSection:
    """A section: its title, kind, and entries (numbered items or runs of paragraphs)."""

    title: str
    place: Place
    level: int
    kind: SectionKind | None
    path: tuple[str, ...] = ()
    entries: list[Flow] = field(default_factory=list)
    listed: bool = False


def heading_level(text: str) -> int:
    """1 for 第一部分, 2 for 一、, 3 for （一）, 4 for 1. where the line is a title; 0 for other lines."""
    word = _LEADERS.sub("", compact(text))
    if len(word) > _HEADING_LENGTH or re.search(r"[。;](?!$)|万元|,", word):
        return 0
    if _PART.match(word):
        return 1
    if ":" in word[:-1]:
        return 0
    if _SECTION.match(word):
        return 2
    if _SUBSECTION.match(word):
        return 3
    # what ends in a colon opens its own entry: the line may be broken just there
    return 4 if _NUMBERED.match(word) and _TITLE_END.search(word) and not word.endswith(":") else 0


def flow_sections(blocks: Sequence[Block]) -> list[FlowSection]:
    """The document's text in sections; what stands before the first heading is a section without title."""
    lines = list(_lines(blocks))
    contents = _contents([compact(line.text) for line in lines])
    sections = [FlowSection("", lines[0].place if lines else Place(), 0, None)]
    i = 0
    while i < len(lines):
        line = lines[i]
        level = 0 if _is_broken(lines[i : i + 2]) else heading_level(line.text)
        if not level and is_table_title(line.text):
            sections.append(FlowSection(line.text.strip(), line.place, 2, None))
        elif level:
            title = line.text.strip()
            wraps = _wraps if i in contents else _is_tail
            while i + 1 < len(lines) and wraps(title, lines[i + 1].text):
                i += 1
                title += lines[i].text.strip()
            sections.append(_section(sections, title, line.place, level, i in contents))
        else:
            _append(sections[-1], line)
        i += 1
    return sections


def _lines(blocks: Sequence[Block]) -> Iterator[Heading | Paragraph]:
    for block in blocks:
        if isinstance(block, Table | PageBreak) or is_page_number(block.text):
            continue
        yield block


def _contents(lines: Sequence[str]) -> range:
    """The lines of the contents: from 目录 to where its first entry stands again."""
    above = ("", *lines)
    start = next((i for i, line in enumerate(lines[:80]) if line == "目录" or (above[i], line) == ("目", "录")), None)
    if start is None:
        return range(0)
    first = next((i for i in range(start + 1, len(lines)) if heading_level(lines[i])), None)
    if first is None:
        return range(0)
    key = _bare(lines[first])
    for i in range(first + 1, len(lines)):
        broken = _PART.fullmatch(lines[i]) and "".join(lines[i : i + 2])[: len(key)] == key
        if (heading_level(lines[i]) and _bare(lines[i])[: len(key)] == key) or broken:
            return range(start, i)
        if len(lines[i]) > _HEADING_LENGTH and "。" in lines[i]:
            break
    return range(start, first)


def _bare(line: str) -> str:
    return re.sub(r"[.…·]*\d*$", "", line)


def _is_broken(lines: Sequence[Heading | Paragraph]) -> bool:
    """Whether a line is the beginning of an entry whose 类款项 goes on in the next one (二十、…（类）…|…（项）：)."""
    begun, *rest = (compact(line.text) for line in lines)
    goes_on = bool(rest) and (names := _ITEM.match(rest[0])) is not None and "(类)" not in names.group()
    return "(类)" in begun and "(项)" not in begun and goes_on and not heading_level(lines[1].text)


def _is_tail(title: str, line: str) -> bool:
    """The rest of a heading that was broken over two lines."""
    word = compact(line)
    whole = compact(title)
    short = 0 < len(word) <= _TAIL_LENGTH and not re.search(r"[\d,。;:(]", word)
    return short and not _TITLE_END.search(whole) and bool(_TITLE_END.search(word)) and not heading_level(line)


def _wraps(title: str, line: str) -> bool:
    """The rest of an entry of the contents that takes two lines: the page stands behind it, or it closes the brackets."""
    whole, word = compact(title), compact(line)
    if heading_level(line) or re.search(r"\d$", whole):
        return False
    return bool(_LEADERS.search(word)) or whole.count("(") > whole.count(")") or _is_tail(title, line)


def _section(sections: list[FlowSection], title: str, place: Place, level: int, listed: bool) -> FlowSection:
    """A new section; where its title names no kind it is of the kind of the section above it."""
    above = next((s for s in reversed(sections) if s.level < level and (s.level or not sections[0].title)), None)
    kind = section_kind(title)
    inherits = above is not None and above.level >= 2
    if kind is None and inherits and above is not None:
        kind = above.kind
    path = (*(above.path if above else ()), title)
    return FlowSection(title, place, level, kind, path, listed=listed)


def _append(section: FlowSection, line: Heading | Paragraph) -> None:
    """Adds a line to the section's last entry, or begins a new entry at a number."""
    word = compact(line.text)
    numbered = _NUMBERED.match(word) or _SUBSECTION.match(word) or _SECTION.match(word)
    note = re.match(r"(?:注|备注|说明):", word)
    if not section.entries or ((numbered or note) and not _mid_sentence(section.entries[-1])):
        section.entries.append(Flow())
    add_line(section.entries[-1], line.text, line.place, line.edges if isinstance(line, Paragraph) else ())


def _mid_sentence(flow: Flow) -> bool:
    """Whether the text breaks off inside a figure (a number at the start of the next line is no ordinal)."""
    return bool(re.search(r"[为比加少占的达至到约,、(]$", flow.text))
