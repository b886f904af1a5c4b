"""Garblings (损坏): accounts damaged as files get damaged, the same ones in every run, and what each damage touched.

Imports nothing of the product: the count of numerals and the judgement of what was touched are independent of it.
Refuses to call damage inert in doubt: a line that may be a figure, name, title, head, unit, year or note is touched.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from random import Random

# Damage --------------------------------------------------------------------------------------------------------------

_STRAY = "0123456789０５９.,，。、；：（）()%-—－ \t　年月元万预决算本年收支一二三表注的了和□�ＡaZ“”"
Damage = Callable[[str, Random], str | bytes]


def _span(lines: Sequence[str], rng: Random, most: int) -> tuple[int, int]:
    first = rng.randrange(len(lines))
    return first, min(len(lines), first + rng.randint(1, most))


def truncated(text: str, rng: Random) -> str | bytes:
    """The end is missing, sometimes the beginning; cut between bytes, so a character may be cut too."""
    data = text.encode()
    at = rng.randrange(1, len(data))
    return data[at:] if rng.random() < 0.2 else data[:at]


def dropped(text: str, rng: Random) -> str:
    """Single lines or a run of lines are missing."""
    lines = text.split("\n")
    if rng.random() < 0.5:
        gone = set(rng.sample(range(len(lines)), rng.randint(1, 8)))
    else:
        gone = set(range(*_span(lines, rng, 30)))
    return "\n".join(line for number, line in enumerate(lines) if number not in gone)


def doubled(text: str, rng: Random) -> str:
    """A line or a run of lines stands there twice, at once or further down."""
    lines = text.split("\n")
    first, last = _span(lines, rng, rng.choice((1, 1, 5, 40)))
    at = last if rng.random() < 0.7 else rng.randrange(len(lines))
    return "\n".join([*lines[:at], *lines[first:last], *lines[at:]])


def replaced(text: str, rng: Random) -> str:
    """Some characters are others, are gone, or have another one beside them."""
    characters = list(text)
    for _ in range(rng.choice((1, 1, 2, 5, 20, 100))):
        at = rng.randrange(len(characters))
        stray = rng.choice(_STRAY) if rng.random() < 0.8 else rng.choice(text)
        characters[at] = rng.choice((stray, stray, "", characters[at] + stray))
    return "".join(characters)


def swapped(text: str, rng: Random) -> str:
    """Two cells of a table have changed places, in their row or across rows; or two lines have."""
    lines = text.split("\n")
    tabled = [n for n, line in enumerate(lines) if line.count("\t") > 1]
    if not tabled or rng.random() < 0.2:
        one, other = rng.sample(range(len(lines)), 2)
        lines[one], lines[other] = lines[other], lines[one]
        return "\n".join(lines)
    for _ in range(rng.choice((1, 1, 3))):
        one = rng.choice(tabled)
        other = one if rng.random() < 0.5 else rng.choice(tabled)
        left = lines[one].split("\t")
        right = left if one == other else lines[other].split("\t")
        a, b = rng.randrange(len(left)), rng.randrange(len(right))
        left[a], right[b] = right[b], left[a]
        lines[one], lines[other] = "\t".join(left), "\t".join(right)
    return "\n".join(lines)


_GAPS = (("\t", " "), ("\t", "  "), ("\t", ""), ("\t", "\t\t"), ("\t+", "\t"), (" +", " "), (" ", ""))


def untabbed(text: str, rng: Random) -> str:
    """What holds columns apart is lost or others: tabs become spaces or nothing, runs of spaces one space."""
    gap, new = rng.choice(
        (("\t", " "), ("\t", "  "), ("\t", ""), ("\t", "\t\t"), ("\t+", "\t"), (" +", " "), (" ", ""))
    )
    lines = text.split("\n")
    held = [number for number, line in enumerate(lines) if re.sub(gap, new, line) != line]
    if not held:
        return untabbed(text, rng)
    first = rng.choice(held)
    for number in range(first, min(len(lines), first + rng.choice((1, 10, 60, len(lines))))):
        lines[number] = re.sub(gap, new, lines[number])
    return "\n".join(lines)


def rebroken(text: str, rng: Random) -> str:
    """Lines are broken or joined at other places, or end otherwise; pages end where none ended."""
    end = rng.choice(("\n", "\n", "\r\n", "\r", "\n\n", "\f", "\n\f"))
    if rng.random() < 0.2:
        return text.replace("\n", end)
    for _ in range(rng.choice((1, 3, 10))):
        at = rng.randrange(len(text))
        if rng.random() < 0.5:
            at = max(text.find("\n", at), 0)
            text = text[:at] + text[at + 1 :]
        else:
            text = text[:at] + end + text[at:]
    return text


def miscoded(text: str, rng: Random) -> bytes:
    """Bytes are lost or others, in UTF-8, GB18030 or UTF-16."""
    encoding = rng.choice(("utf-8", "utf-8", "gb18030", "utf-16"))
    data = bytearray(text.encode(encoding))
    for _ in range(rng.choice((1, 3, 30, 300))):
        at = rng.randrange(len(data))
        if rng.random() < 0.3:
            del data[at]
        else:
            data[at] = rng.randrange(256)
    return bytes(data)


KINDS: dict[str, Damage] = {
    "truncated 截断": truncated,
    "lines dropped 缺行": dropped,
    "lines doubled 重行": doubled,
    "characters replaced 错字": replaced,
    "cells swapped 串格": swapped,
    "tabs lost 列不分": untabbed,
    "lines broken 断行": rebroken,
    "encoding damaged 乱码": miscoded,
}
INERT = "inert text 无关文字"


def inert(text: str, rng: Random, names: Sequence[str]) -> str:
    """Damage that means to touch nothing that matters: blank lines, the prose of the overview, remarks."""
    lines = text.split("\n")
    free, remarks = _free(text, tuple(names))
    for number, column in rng.sample(remarks, min(len(remarks), rng.choice((0, 0, 1, 5)))):
        cells = lines[number].split("\t")
        cells[column] = rng.choice(("", "无", "已完成", "见说明", cells[column] + "的"))
        lines[number] = "\t".join(cells)
    for number in sorted(rng.sample(free, min(len(free), rng.choice((1, 2, 5, 20)))), reverse=True):
        line = lines[number]
        action = rng.randrange(4)
        if action == 0:
            del lines[number]
        elif action == 1:
            lines.insert(number, line)
        elif len(line) > 1:
            at = rng.randrange(len(line))
            lines[number] = line[:at] + rng.choice(("", "的", "和", "，", "□")) + line[at + (action == 2) :]
    return "\n".join(lines)


@lru_cache(maxsize=8)
def _free(text: str, names: tuple[str, ...]) -> tuple[list[int], list[tuple[int, int]]]:
    """The lines of a text that are inert, and the cells (line, column) of remarks without a digit."""
    lines = text.split("\n")
    page = Page(lines, names)
    free = [number for number in range(len(lines)) if page.inert(number)]
    cells = [(n, c, cell) for n, line in enumerate(lines) if "\t" in line for c, cell in enumerate(line.split("\t"))]
    return free, [(n, c) for n, c, cell in cells if not re.search(r"\d", cell) and page.remark(n, c)]


@dataclass(frozen=True)
class Garbling:
    """One damaged file: of which account, which number, how; `touched` is the first line that matters, "" if none."""

    account: str
    number: int
    kind: str
    data: bytes
    text: str
    touched: str


def garbling(account: str, text: str, names: Sequence[str], number: int) -> Garbling:
    """The garbling of that number, always the same. One in nine means to touch nothing."""
    rng = Random(f"{account} {number}")
    kinds = [*KINDS, INERT]
    kind = kinds[number % len(kinds)]
    damaged: str | bytes = text
    while damaged == text:  # two blank lines that changed places are no damage
        damaged = inert(text, rng, names) if kind == INERT else KINDS[kind](text, rng)
    data = damaged if isinstance(damaged, bytes) else damaged.encode("utf-8", "surrogatepass")
    again = decoded(data)
    return Garbling(account, number, kind, data, again, touched(text, again, names))


# What an independent reader counts -----------------------------------------------------------------------------------

_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_WIDE = str.maketrans("０１２３４５６７８９．，", "0123456789.,")
_NUMERAL = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?")


def decoded(data: bytes) -> str:
    """The text, damage included: by its mark, else in the encoding that loses least."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    texts = [data.decode(encoding, "replace") for encoding in ("utf-8", "gb18030")]
    return min(texts, key=lambda text: text.count("\ufffd"))


def numerals(text: str) -> int:
    """How many numerals stand in the text, by a tokenizer of our own."""
    cut = re.split(r"[\r\n\f]", re.sub("[\x00-\x08\x0e-\x1f\x7f]", "\ufffd", text.translate(_WIDE)))
    return sum(len(_NUMERAL.findall(part)) for line in cut for part in line.split("\t"))


# What a garbling touched ---------------------------------------------------------------------------------------------

_HEADING = re.compile(
    r"\s*(?:[-*#]\s*)?(?:第.{1,3}部分|目\s*录|附件|[一二三四五六七八九十]{1,3}、.{0,30}$|.{0,2}[（(].{1,3}[)）].{0,25}$)"
)
_NOTE = re.compile(r"\s*(?:注|备注|说明|附注)\s*\d?\s*[:：.、]")
#: figures, years, units, titles, heads
_TELLING = re.compile(r"\d|[０-９]|年|元|表|：$|:$|部门[:：]|单位[:：]|决算|预算")
#: the words by which a sentence of the explanation says something of figures
_SAYING = re.compile(
    "收入|支出|拨款|经费|结转|结余|资金|合计|总计|其中|[大小等高低多少]于|持平|增|减|占|比|主要原因|无|空|涉及|发生"
)
_PART = re.compile(r"\s*第[一二三四五六七八九十]部分")
_OVERVIEW = re.compile(r"概\s*况|职能|职责|基本情况|名词")
_REMARKS = re.compile(r"备\s*注|偏差原因.*")
_COVER = 14


class Page:
    """The lines of one text, each judged by what may depend on it."""

    def __init__(self, lines: Sequence[str], names: Sequence[str]) -> None:
        self.lines = lines
        self.names = names

    def row(self, number: int) -> bool:
        """Whether the line may be a row of a table."""
        line = self.lines[number]
        return "\t" in line.strip("\n") or bool(re.search(r"\S(?:  |　　)\s*\S|\|", line))

    def telling(self, line: str) -> bool:
        """Whether a line that is no row may hold a figure, name, title, head, unit or year."""
        return bool(_TELLING.search(line) or _HEADING.match(line) or any(name in line for name in self.names))

    def inert(self, number: int) -> bool:
        """Whether the line is blank or prose that nothing depends on: its sentence tells nothing and is no note."""
        line = self.lines[number]
        if not line.strip():
            return "\t" not in line
        if number < _COVER or self.row(number) or self.telling(line) or _NOTE.match(line):
            return False
        first = number
        while first and not self._ends(first - 1):
            first -= 1
        last = number
        while last + 1 < len(self.lines) and not self._ends(last):
            last += 1
        sentence = range(first, last + 1)
        if any(self.row(n) or self.telling(self.lines[n]) for n in sentence) or self._below_table(first):
            return False
        return self._overview(first) or not any(_SAYING.search(self.lines[n]) for n in sentence)

    def _overview(self, number: int) -> bool:
        """Whether the line stands in the part on the department's duties, or in the glossary."""
        part = next((self.lines[n] for n in range(number, -1, -1) if _PART.match(self.lines[n])), "")
        return bool(_OVERVIEW.search(part))

    def _ends(self, number: int) -> bool:
        """Whether a sentence ends with the line."""
        line = self.lines[number].strip()
        return not line or line.endswith(("。", "；")) or bool(_HEADING.match(line))

    def _below_table(self, number: int) -> bool:
        """Whether a table or a note stands above, with no heading between: then the line may be a note."""
        for above in range(number - 1, max(-1, number - 25), -1):
            line = self.lines[above]
            if self.row(above) or _NOTE.match(line):
                return True
            if _HEADING.match(line):
                return False
        return False

    def remark(self, number: int, column: int) -> bool:
        """Whether a cell stands below 备注 or 偏差原因 in its table, which any line without a tab ends."""
        for above in range(number - 1, -1, -1):
            if "\t" not in self.lines[above]:
                return False
            cells = self.lines[above].split("\t")
            if len(cells) > column and _REMARKS.fullmatch(cells[column].strip()):
                return True
        return False


def touched(before: str, after: str, names: Sequence[str]) -> str:
    """The first line, of the text before or after, whose damage may matter; "" where none does."""
    old, new = (re.sub("\r\n?", "\n", text).split("\n") for text in (before, after))
    pages = Page(old, names), Page(new, names)
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    matcher = SequenceMatcher(None, old[start : len(old) - end], new[start : len(new) - end], autojunk=False)
    for kind, i, j, k, m in matcher.get_opcodes():
        if kind != "equal":
            pairs = zip(range(start + i, start + j), range(start + k, start + m), strict=False)
            alike = {(a, b) for a, b in pairs if j - i == m - k and _only_remarks(pages, a, b)}
            for line in _telling_lines(pages[0], range(start + i, start + j), {a for a, _ in alike}):
                return line
            for line in _telling_lines(pages[1], range(start + k, start + m), {b for _, b in alike}):
                return line
    return ""


def _telling_lines(page: Page, numbers: range, alike: set[int]) -> Iterator[str]:
    for number in numbers:
        if number not in alike and not page.inert(number):
            yield page.lines[number] or "(blank)"


def _only_remarks(pages: tuple[Page, Page], a: int, b: int) -> bool:
    """Whether two rows differ only in cells of remarks that hold no digit, or in blanks around a cell."""
    left, right = pages[0].lines[a].split("\t"), pages[1].lines[b].split("\t")
    if len(left) != len(right) or len(left) < 3:
        return False
    for column, (one, other) in enumerate(zip(left, right, strict=True)):
        if one.strip() != other.strip() and (re.search(r"\d", one + other) or not pages[0].remark(a, column)):
            return False
    return True
