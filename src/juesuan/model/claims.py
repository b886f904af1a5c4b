"""Claims (表述): statements over keys that are no amounts: share, change, rate, completion, direction, 持平, list, reason.

A claim knows its operands by key; what they are worth is for the checks. Refuses to hold an opinion.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

from juesuan.model.amounts import Amount
from juesuan.model.keys import Key
from juesuan.model.places import Place

KINDS = (
    "share",  # 占 X 的 p%: key ÷ base
    "change",  # 比上年增加 n: key − base
    "rate",  # 增长 p%: (key − base) ÷ base
    "completion",  # 完成预算的 p%: key ÷ base
    "direction",  # 大于、小于预算数: key ? base
    "level",  # 持平: key = base
    "none",  # 无…: key = 0
    "list",  # 主要用于 A、B、C
    "list_count",  # 内设机构 6 个，包括 …
    "reason",  # 主要原因 …
    "name",  # …（类）…（款）…（项）
    "purpose",  # 主要用于：…
)


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim. `key` is the subject, `base` the other operand (None: the words name none).

    `amount` is the printed number (%, 万元) where there is one, `word` the direction word or 持平 (占 where
    the words say what a share is of), `items` what a list
    names. `section`, `entry` and `sentence` number where it stands; claims of one entry speak of one thing.
    """

    kind: str
    key: Key
    place: Place
    quote: str
    base: Key | None = None
    amount: Amount | None = None
    word: str = ""
    items: tuple[str, ...] = ()
    section: int = -1
    entry: int = -1
    sentence: int = -1
    also: tuple[Key, ...] = ()
    """further subjects of the same number (收支总计 增加 …)"""


Box = tuple[float, float, float, float]


@dataclass(slots=True)
class Flow:
    """Running text in compact form (half width, no white space), joined over lines and pages.

    Segment k begins at `starts[k]` and was printed at `places[k]`; `offsets` gives every character's offset in its line.
    """

    text: str = ""
    starts: list[int] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    offsets: list[int] = field(default_factory=list)
    edges: list[tuple[float, ...]] = field(default_factory=list)
    """of each segment: the left edges of its characters, () where the file has no pages"""

    def line(self, at: int) -> Place:
        """The printed line that the character at this index came from."""
        return self.places[max(bisect_right(self.starts, at) - 1, 0)]

    def offset(self, at: int) -> int:
        """The character's offset in its printed line."""
        return self.offsets[at] if at < len(self.offsets) else 0

    def place(self, at: int, quote: str) -> Place:
        """The place of the character at this index, a box for each line of that page that the quotation takes."""
        line = self.line(at)
        start = (line.start or 0) + self.offset(at)
        end = min(at + max(len("".join(quote.split())), 1), len(self.text))
        segments = range(self._segment(at), self._segment(end - 1) + 1)
        boxes = [self._box(segment, at, end) for segment in segments if self.places[segment].page == line.page]
        more = tuple(box for box in boxes[1:] if box is not None)
        return Place(line.file, line.page, line.line, start, box=boxes[0] if boxes else None, quote=quote, more=more)

    def _segment(self, at: int) -> int:
        return max(bisect_right(self.starts, at) - 1, 0)

    def _box(self, segment: int, at: int, end: int) -> Box | None:
        """The box of what stands between two indices on one printed line."""
        line = self.places[segment]
        edges = self.edges[segment] if segment < len(self.edges) else ()
        if line.box is None or not edges:
            return line.box
        ends = self.starts[segment + 1] if segment + 1 < len(self.starts) else len(self.text)
        first, last = max(at, self.starts[segment]), min(end, ends) - 1
        right = min(self.offset(last) + 1, len(edges) - 1)
        return edges[self.offset(first)], line.box[1], edges[right], line.box[3]


@dataclass(slots=True)
class Section:
    """One section of the account: title, kind ("" where not recognised), its entries (numbered items, paragraphs)."""

    title: str
    kind: str
    place: Place
    level: int = 2
    path: tuple[str, ...] = ()
    entries: list[Flow] = field(default_factory=list)
    listed: bool = False
    """a line of the contents, not a section"""
