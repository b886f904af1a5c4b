"""Fillings (模板内容): a composed account cut into what the marks of a template stand for.

Sections, tables, charts and forms keep their words as composed. Refuses to compose anything of its own: a figure that
the account does not give is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from juesuan.composing.document import CONTENTS, COVER, Composed
from juesuan.composing.errors import MissingFigure, OtherUnit
from juesuan.composing.figures import Figures
from juesuan.knowledge.forms import form
from juesuan.knowledge.hierarchy import word
from juesuan.knowledge.marks import CHART, FIGURE, FORM, SECTION, TABLE, UNTITLED, marks, same, section_mark
from juesuan.model.accounts import Account
from juesuan.model.documents import Block, Heading, PageBreak
from juesuan.model.keys import parse_key
from juesuan.model.places import Place
from juesuan.model.reports import Report
from juesuan.model.templates import Filling, Item, Piece

_NUMBER = re.compile(r"^(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[)）])\s*")
_SECTION = 2
_BREAK = PageBreak(Place())
_WHOLE, _GROUP, _SINGLE, _INNER = range(4)
"""ranks: of two marks for the same part the narrower one has it"""


def filling(composed: Composed, report: Report, account: Account) -> Filling:
    """What the marks of a template stand for in this account."""
    return _Maker(composed, report, account).made()


class _Maker:
    """Makes the filling of one account."""

    def __init__(self, composed: Composed, report: Report, account: Account) -> None:
        self.composed, self.account = composed, account
        self.figures = Figures(replace(report, facts=sorted(report.facts, key=lambda fact: fact.table < 0)))
        self.pieces: dict[str, Piece] = {}
        self.known: list[str] = []
        self.parts: dict[str, str] = {}
        self.lacking: dict[str, str] = {}
        self.missing: set[str] = set()

    def made(self) -> Filling:
        names = {mark.takes[0]: mark.name for mark in marks().pieces}
        for kind, place in (("cover", COVER), ("contents", CONTENTS)):
            own = tuple(b for b in self.composed.blocks if not isinstance(b, PageBreak) and b.place.table == place)
            self._piece([names[kind]], (Item(frozenset(), own),), _GROUP)
        body: list[Item] = []
        for kind, heading, blocks in self.composed.parts:
            items = list(self._items(kind, names[kind], blocks))
            grouped = list(self._grouped(items, apart=kind in ("tables", "attachments")))
            self._piece([names[kind]], grouped, _GROUP)
            whole = frozenset().union(*(item.parts for item in items))
            body += [Item(whole, (_BREAK, heading) if body else (heading,)), *grouped]
        self._piece([names["body"]], body, _WHOLE)
        self._lack()
        words = self._words()
        known = [*self.known, *(m.name for m in (*marks().words, *marks().figures)), f"{FIGURE}：指标键"]
        return Filling(
            words=words,
            pieces=self.pieces,
            known=tuple(known),
            parts=self.parts,
            lacking=self.lacking,
            missing=frozenset(self.missing),
            figure=self._figure,
            same=same,
            untitled=f"，{UNTITLED}",
            figure_family=f"{FIGURE}：",
        )

    def _piece(self, names: Iterable[str], items: Sequence[Item], rank: int) -> None:
        names = list(dict.fromkeys(filter(None, names)))
        for name in names:
            self.pieces.setdefault(same(name), Piece(names[0], tuple(items), rank))
        self.known += [name for name in names if name not in self.known]

    @staticmethod
    def _grouped(items: Sequence[Item], apart: bool) -> Iterator[Item]:
        """The items one after the other; with `apart` each on a page of its own."""
        for number, item in enumerate(items):
            if apart and number:
                yield Item(item.parts, (_BREAK,))
            yield item

    # the parts of the account -----------------------------------------------------------------------------------------

    def _items(self, kind: str, group: str, blocks: Sequence[Block]) -> Iterator[Item]:
        if kind == "glossary":
            self.parts[group] = group
            yield Item(frozenset({group}), tuple(blocks))
            return
        for own in _sections(blocks):
            items = [self._item(kind, own)]
            if kind == "explanation":
                items += self._charts(own[0])
            names = self._names(kind, own[0])
            self.parts[names[0]] = group
            self._piece(names, items, _SINGLE)
            yield from items

    def _item(self, kind: str, blocks: Sequence[Block]) -> Item:
        return Item(frozenset({self._names(kind, blocks[0])[0]}), tuple(blocks), int(isinstance(blocks[0], Heading)))

    def _names(self, kind: str, heading: Block) -> list[str]:
        """All names of a section, table or form, the one that is told first."""
        text = heading.text if isinstance(heading, Heading) else ""
        if kind == "tables":
            name = heading.place.table or ""
            return [f"{TABLE}：{title}" for title in (text, word("form", name), form(name).title)]
        if kind == "attachments":
            return [f"{FORM}：{heading.place.row or '整体'}"]
        title = _NUMBER.sub("", text)
        general = section_mark(title)
        return [f"{SECTION}：{title}", f"{SECTION}：{general}" if general else ""]

    def _charts(self, heading: Block) -> Iterator[Item]:
        names = {mark.takes[0]: mark.name for mark in marks().charts}
        for chart in self.composed.charts:
            if isinstance(heading, Heading) and chart.after == heading.text:
                item = Item(frozenset({f"{CHART}：{names[chart.name]}"}), (chart,))
                self._piece([f"{CHART}：{names[chart.name]}", f"{CHART}：{chart.title}"], (item,), _INNER)
                yield item

    def _lack(self) -> None:
        """Marks that other accounts have something for, and this one has not."""
        general = [
            *((f"{CHART}：{mark.name}", "没有可画的数") for mark in marks().charts),
            *((f"{SECTION}：{mark.name}", "本地的说明没有这一节") for mark in marks().sections),
            *((mark.name, "这套决算没有这一部分") for mark in marks().pieces),
            (f"{FORM}：整体", "没有整体绩效自评表"),
        ]
        self.lacking = {same(name): why for name, why in general if same(name) not in self.pieces}
        self.known += [name for name, _ in general if name not in self.known]

    # words ------------------------------------------------------------------------------------------------------------

    def _words(self) -> dict[str, str]:
        department, report = self.account.department, self.figures.report
        found = {
            "department": department.name or report.department,
            "short": department.short or department.name or report.department,
            "year": report.year,
            "last": str(int(report.year) - 1),
            "unit": self.figures.unit,
            **{name: getattr(department, name) for name in ("supervisor", "code", "preparer", "reviewer", "phone")},
        }
        words = {same(mark.name): found[mark.takes[0]] for mark in marks().words}
        for mark in marks().figures:
            value = next((value for key in mark.takes if (value := self._figure(key)) is not None), None)
            if value is None:
                self.missing.add(same(mark.name))
            else:
                words[same(mark.name)] = value
        return words

    def _figure(self, text: str) -> str | None:
        """The figure of a key, None where there is none."""
        try:
            key = parse_key(text)
            key = key if "year=" in text else key._replace(year=self.figures.report.year)
            return self.figures.amount("", key).show()
        except (ValueError, TypeError, MissingFigure, OtherUnit):
            return None


def _sections(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """The blocks from one heading of a section to the next, without page breaks."""
    own: list[Block] = []
    for block in blocks:
        if isinstance(block, PageBreak):
            continue
        if isinstance(block, Heading) and block.level <= _SECTION and own:
            yield own
            own = []
        own.append(block)
    if own:
        yield own
