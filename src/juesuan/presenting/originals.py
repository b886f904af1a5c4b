"""The original beside a finding (原文): which words or cells are wrong, and the lines around them.

The words that a finding prints are looked for near its place, so that they are marked themselves and not only the
figure they stand beside. Refuses to mark what it does not find: then the place as the check gave it is marked.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, pairwise
from typing import NamedTuple

from juesuan.model.documents import Document, Heading, PageBreak, Paragraph, Table
from juesuan.model.findings import Finding
from juesuan.model.places import Place
from juesuan.presenting.telling import alike

Box = tuple[float, float, float, float]
_CONTEXT = 14
"""characters shown on either side of the wrong words"""
_NEAR = 4
"""so many printed lines of a page after the place are searched for the words"""
_NEAR_LINES = 2
"""so many further lines of a text"""
_AROUND = {False: 1, True: 2}
"""so many printed lines, or rows of a table, are shown before and after"""
_FEW = 4
"""of figures that are held against each other so many are shown; of a longer sum only the wrong one"""
_OTHERS = 3
"""so many lines with related figures are shown"""
_LONG, _SHORT, _KEPT = 180, 64, 60
"""a line longer than this, without marks and with, is shortened to so many characters beside what is marked"""


_FIGURE = frozenset("0123456789.,%")
_ENDS = ("。", "；", "！", "？")
_USUAL = 14.0
"""points of a line whose height is not known"""


class Run(NamedTuple):
    """One printed line, paragraph or cell."""

    text: str
    place: Place
    edges: tuple[float, ...]
    cell: bool


class Mark(NamedTuple):
    """A stretch of one run: `main` is what is wrong, the others are related; `place` counts the finding's places."""

    run: int
    start: int
    end: int
    main: bool
    place: int = 0


class Line(NamedTuple):
    """A line of an excerpt: its number, and its pieces; `gap` where lines before it are left out."""

    number: int
    pieces: tuple[Piece, ...]
    gap: bool


class Piece(NamedTuple):
    """Text of one paragraph or cell with the marked stretches (start, end, main)."""

    text: str
    marks: tuple[tuple[int, int, bool], ...]
    cell: bool


class Original:
    """A document as runs of text, to be searched by place."""

    def __init__(self, document: Document) -> None:
        self.runs = list(_runs(document))
        self.by_line: dict[tuple[int, int], list[int]] = defaultdict(list)
        self.by_page: dict[int, list[int]] = defaultdict(list)
        for number, run in enumerate(self.runs):
            place = run.place
            if place.line is not None:
                self.by_line[_sheet(place), place.line].append(number)
            elif place.page:
                self.by_page[place.page].append(number)
        for page in self.by_page.values():
            page.sort(key=lambda n: self.runs[n].place.start or 0)
        self.lines = sorted(self.by_line)

    def marks(self, finding: Finding) -> list[Mark]:
        """What is wrong, then what is related, each stretch once."""
        found: dict[tuple[int, int, int], Mark] = {}
        for mark in self._all(finding):
            found.setdefault(mark[:3], mark)
        return list(found.values())

    def _all(self, finding: Finding) -> Iterator[Mark]:
        if not finding.places:
            return
        first, *others = finding.places
        main = self._words(first, finding.printed) if finding.printed else []
        main = main or self._own(first)
        yield from main
        wrong = alike(finding)
        for number, place in enumerate((first, *others, *_further(finding))):
            same = _compact(finding.printed) in _compact(place.quote) and self._words(place, finding.printed)
            marks = same or self._own(place)
            also = 0 < number < wrong
            yield from (m._replace(main=also, place=number) for m in marks if not _inside(m, main))

    def _near(self, place: Place, back: int) -> list[int]:
        """The runs among which the words of a place are to be looked for, so many of them before it."""
        if place.line is not None:
            key = _sheet(place), place.line
            own = self.by_line.get(key, [])
            if not back or key not in self.by_line or place.sheet is not None:
                return own
            after = self.lines[self.lines.index(key) + 1 :][:_NEAR_LINES]
            return own + [run for line in after for run in self.by_line[line]]
        page = self.by_page.get(place.page or 0, [])
        at = max(
            (n for n, run in enumerate(page) if (self.runs[run].place.start or 0) <= (place.start or 0)), default=0
        )
        return page[max(at - back, 0) : at + _NEAR] + self._overleaf(place.page or 0, at + _NEAR - len(page))

    def _overleaf(self, page: int, count: int) -> list[int]:
        """The first lines of text on the next page, for words that go over the end of one."""
        following = (run for run in self.by_page.get(page + 1, []) if not self.runs[run].cell)
        return list(islice(following, max(count, 0)))

    def _words(self, place: Place, words: str) -> list[Mark]:
        """The occurrence of these words nearest to a place; [] where there is none."""
        near = self._near(place, 1)
        text, spots = self._joined(near)
        wanted = _compact(words)
        best: tuple[int, int] | None = None
        at = text.find(wanted) if wanted else -1
        while at >= 0:
            run, offset = spots[at]
            away = abs((self.runs[run].place.start or 0) + offset - (place.start or 0))
            best = min(best or (away, at), (away, at))
            at = text.find(wanted, at + 1)
        return [] if best is None else self._stretches(spots[best[1] : best[1] + len(wanted)])

    def _own(self, place: Place) -> list[Mark]:
        """The quotation of a place where it stands; else its whole run."""
        near = self._near(place, 0)
        text, spots = self._joined(near)
        wanted = _compact(place.quote)
        start = place.start or 0
        before = [n for n, (run, offset) in enumerate(spots) if (self.runs[run].place.start or 0) + offset < start]
        at = text.find(wanted, len(before)) if wanted else -1
        if at == len(before) or (at < 0 <= (at := text.find(wanted) if wanted else -1)) or (at >= 0 and not before):
            return self._stretches(spots[at : at + len(wanted)])
        if wanted and place.sheet is None and (more := self._words(place, place.quote)):
            return more  # it goes on over further lines
        here = [run for run in near if (self.runs[run].place.start or 0) <= start] or near[:1]
        return [Mark(run, *_within(self.runs[run], place), True) for run in here[-1:]]

    def _joined(self, near: Sequence[int]) -> tuple[str, list[tuple[int, int]]]:
        """The compact text of some runs, and of every character its run and offset."""
        chars: list[str] = []
        spots: list[tuple[int, int]] = []
        for run in near:
            for offset, char in enumerate(self.runs[run].text):
                for kept in _compact(char):
                    chars.append(kept)
                    spots.append((run, offset))
        return "".join(chars), spots

    @staticmethod
    def _stretches(spots: Iterable[tuple[int, int]]) -> list[Mark]:
        ends: dict[int, tuple[int, int]] = {}
        for run, offset in spots:
            first, _ = ends.get(run, (offset, offset))
            ends[run] = (first, offset + 1)
        return [Mark(run, start, end, True) for run, (start, end) in ends.items()]

    def around(self, finding: Finding) -> tuple[str, str, str]:
        """(what stands before, the wrong words, what stands behind), a few characters of each; "" for none."""
        marks = [mark for mark in self.marks(finding) if mark.main and not mark.place]
        lines = [_flat(self.runs[mark.run].text) for mark in marks]
        if not marks:
            return "", "", ""
        wrong = "".join(line[mark.start : mark.end] for mark, line in zip(marks, lines, strict=True))
        before = self._beside(marks[0].run, -1) + lines[0][: marks[0].start]
        after = lines[-1][marks[-1].end :] + self._beside(marks[-1].run, 1)
        return _last(before), wrong, _last(after[::-1])[::-1]

    def _beside(self, run: int, step: int) -> str:
        """The printed line before or after one, where its paragraph goes over it; "" where it does not."""
        one, at = self.runs[run], run + step
        if not 0 <= at < len(self.runs) or one.cell or not one.edges:
            return ""
        other = self.runs[at]
        if other.cell or not other.edges or other.place.page != one.place.page or not other.text:
            return ""
        first, second = (other, one) if step < 0 else (one, other)
        if first.text.rstrip().endswith(_ENDS) or not _fills(first, second, self.extent(one.place.page or 0)):
            return ""
        return _flat(other.text)

    # pages ------------------------------------------------------------------------------------------------------------

    def boxes(self, finding: Finding) -> list[tuple[int, Box, bool]]:
        """(page, box, whether it is what is wrong) of every marked stretch."""
        return [(page, box, mark.main) for page, box, mark in self.stretches(finding)]

    def stretches(self, finding: Finding) -> Iterator[tuple[int, Box, Mark]]:
        """(page, box, mark) of every marked stretch on a page."""
        for mark in self.marks(finding):
            run = self.runs[mark.run]
            box = _box(run, mark)
            if run.place.page and run.place.line is None and box is not None:
                yield run.place.page, box, mark

    def extent(self, page: int) -> tuple[float, float] | None:
        """How far to the left and right a page is printed on."""
        boxes = [box for n in self.by_page.get(page, ()) if (box := self.runs[n].place.box) and self.runs[n].text]
        return (min(box[0] for box in boxes), max(box[2] for box in boxes)) if boxes else None

    # lines ------------------------------------------------------------------------------------------------------------

    def excerpt(self, finding: Finding) -> list[Line]:
        """The wrong line with those around it, then lines with related figures; [] where the file has no lines."""
        marks = [m for m in self.marks(finding) if self.runs[m.run].place.line is not None]
        if not marks:
            return []
        keys = [(_sheet(self.runs[m.run].place), self.runs[m.run].place.line or 0) for m in marks]
        first = self.lines.index(keys[0])
        around = _AROUND[self.runs[marks[0].run].cell]
        shown = {key for key in self.lines[max(first - around, 0) : first + around + 1] if key[0] == keys[0][0]}
        shown |= set([key for key in dict.fromkeys(keys) if key not in shown and key[0] == keys[0][0]][:_OTHERS])
        found: list[Line] = []
        for key in sorted(shown):
            at = self.lines.index(key)
            gap = bool(found) and self.lines[at - 1] not in shown
            number = self.runs[self.by_line[key][0]].place.row_number or key[1]
            found.append(Line(number, tuple(self._pieces(key, marks)), gap))
        return found

    def _pieces(self, key: tuple[int, int], marks: Sequence[Mark]) -> Iterator[Piece]:
        for number in self.by_line[key]:
            run = self.runs[number]
            own = sorted({(m.start, m.end, m.main) for m in marks if m.run == number})
            if run.text.strip() or own:
                yield _shortened(run.text, _apart(own), run.cell)


def _runs(document: Document) -> Iterator[Run]:
    for block in document.blocks:
        match block:
            case Table():
                yield from (Run(cell.text, cell.place, (), True) for cell in block.cells())
            case Paragraph():
                yield Run(block.text, block.place, block.edges, False)
            case Heading():
                yield Run(block.text, block.place, (), False)
            case PageBreak():
                pass


def _within(run: Run, place: Place) -> tuple[int, int]:
    """The stretch of a printed line that lies in the box of a place; all of it where that is not known."""
    whole = 0, len(run.text)
    if place.box is None or len(run.edges) <= len(run.text):
        return whole
    middles = [(left + right) / 2 for left, right in pairwise(run.edges)]
    inside = [at for at, x in enumerate(middles) if place.box[0] < x < place.box[2]]
    return (inside[0], inside[-1] + 1) if inside else whole


def _further(finding: Finding) -> Iterator[Place]:
    """What is wrong in the symptoms; where that is the finding's own figure, what it is held against."""
    own = {_spot(place) for place in finding.places}
    for symptom in finding.symptoms:
        if symptom.places and _spot(symptom.places[0]) in own and len(symptom.places) <= _FEW:
            yield from symptom.places[1:]
        else:
            yield from symptom.places[:1]


def _spot(place: Place) -> tuple[object, ...]:
    return place.page, place.line, place.start, place.sheet, place.cell


def _flat(text: str) -> str:
    return " ".join(text.split("\n"))


def _last(words: str) -> str:
    """A few characters at the end of what stands before; no figure is cut."""
    first = max(len(words) - _CONTEXT, 0)
    while first and words[first] in _FIGURE and words[first - 1] in _FIGURE:
        first -= 1
    return f"……{words[first:]}" if first else words


def _fills(first: Run, second: Run, extent: tuple[float, float] | None) -> bool:
    """Whether a line goes to the right end of the print, and the next begins at the left one."""
    if extent is None:
        return False
    size = (first.place.box or (0.0, 0.0, 0.0, _USUAL))[3] - (first.place.box or (0.0, 0.0, 0.0, 0.0))[1]
    return first.edges[-1] > extent[1] - 2 * size and second.edges[0] < extent[0] + size


def _sheet(place: Place) -> int:
    return (place.page or 0) if place.sheet is not None else 0


def _compact(words: str) -> str:
    return "".join(unicodedata.normalize("NFKC", words).split())


def _inside(mark: Mark, others: Iterable[Mark]) -> bool:
    return any(mark.run == o.run and mark.start < o.end and o.start < mark.end for o in others)


def _box(run: Run, mark: Mark) -> Box | None:
    box, edges = run.place.box, run.edges
    if box is None or len(edges) <= mark.end:
        return box
    return edges[mark.start], box[1], edges[mark.end], box[3]


def _apart(marks: Iterable[tuple[int, int, bool]]) -> list[tuple[int, int, bool]]:
    """Without those that overlap an earlier one."""
    kept: list[tuple[int, int, bool]] = []
    for mark in sorted(marks, key=lambda m: (not m[2], m[0])):
        if not any(mark[0] < end and start < mark[1] for start, end, _ in kept):
            kept.append(mark)
    return sorted(kept)


def _shortened(text: str, marks: Sequence[tuple[int, int, bool]], cell: bool) -> Piece:
    """A long line cut before and after what is marked, …… where words are left out; cells are cut only if very long."""
    if len(text) <= (_LONG if marks or cell else _SHORT):
        return Piece(text, tuple(marks), cell)
    first = max(marks[0][0] - _KEPT, 0) if marks else 0
    last = min(max(end for _, end, _ in marks) + _KEPT, len(text)) if marks else _KEPT
    before = "……" if first else ""
    moved = tuple((start - first + len(before), end - first + len(before), main) for start, end, main in marks)
    return Piece(before + text[first:last] + ("……" if last < len(text) else ""), moved, cell)
