"""Pointing (指向工作簿): what is found in the composed text, or lacks in it → the sheet and cell to look at.

A figure of the text is found again by its key among the workbook's own figures, a reason or a purpose by the row that
it stands in. Refuses to guess: what stands nowhere in the workbook points nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from juesuan.compiling.differences import figures_of
from juesuan.compiling.filling import sheet_of
from juesuan.compiling.sheets import sheets
from juesuan.composing.gaps import Gap
from juesuan.knowledge.names import plain
from juesuan.model.accounts import LAST
from juesuan.model.findings import Finding
from juesuan.model.keys import ALL, Key, parse_key
from juesuan.model.places import Place
from juesuan.model.reports import Report
from juesuan.services.loading import Loaded

_REASON, _PURPOSE = "的原因", "的用途"
_BASES = ("initial", "full_year", "budget")
_LAST_YEAR = "上年度"
_TOLD = {"reason": "reason", "purpose": "purpose", "list": "purpose"}
_MOST = 4


class Pointing:
    """Where one account's workbook says what its document says."""

    def __init__(self, loaded: Loaded) -> None:
        self.loaded, self.year = loaded, loaded.report.year
        self.figures = figures_of(loaded.report)
        self.before = str(int(self.year) - 1)

    def spots(self, finding: Finding, read: Report) -> list[str]:
        """Sheet and cell of what a finding is about, the first few; [] where the workbook has nothing of it."""
        found: dict[str, None] = {}
        for place in finding.places:
            found |= dict.fromkeys(self._of_words(place, finding.printed, read))
        for place in finding.places if not found else ():
            found |= dict.fromkeys(self._of_place(place, read))
        return list(found)[:_MOST]

    def _of_place(self, place: Place, read: Report) -> Iterator[str]:
        """The figures that stand there; where none does, the first of that line of a table."""
        claims = [claim for claim in read.claims if claim.place == place]
        for claim in claims:
            yield from self._of_keys([claim.base, claim.key] if claim.base else [claim.key])
        facts = [fact for fact in read.facts if fact.place == place]
        if not (claims or facts):
            facts = [fact for fact in read.facts if fact.table >= 0 and fact.place.line == place.line][:1]
        for fact in facts:
            yield from self._of_keys(fact.keys)

    def _of_words(self, place: Place, printed: str, read: Report) -> Iterator[str]:
        """The row of a reason or purpose that was found there."""
        for claim in read.claims:
            role = _TOLD.get(claim.kind)
            if role and claim.place.line == place.line and printed and plain(printed) in plain(claim.word):
                yield from self._row(claim.key, role, printed)

    def _of_keys(self, keys: Iterable[Key]) -> Iterator[str]:
        for key in keys:
            figure = self.figures.get(key)
            if figure is not None and figure.place.cell:
                yield _spot(figure.place)
                return

    def _row(self, key: Key, role: str, words: str) -> Iterator[str]:
        """The rows of that key whose reason or purpose has these words."""
        for own in (key, key._replace(year=self.before)):
            row = self.loaded.rows.get(own)
            if row is not None and row.text(role) and plain(words) in plain(row.text(role)):
                yield _spot(row.spot(role))

    # gaps -------------------------------------------------------------------------------------------------------------

    def gap(self, gap: Gap) -> str:
        """Where what is lacking is to be filled in: a cell, else a sheet; "" where neither is known."""
        if "=" not in gap.about:
            return self._passage(gap)
        key = parse_key(gap.about)
        if gap.what.endswith(_REASON):
            last = _LAST_YEAR in gap.what
            row = self.loaded.rows.get(key._replace(year=self.before) if last else key)
            return _spot(row.spot("reason")) if row else sheets()[LAST if last else "budget"].name
        return self.figure(key)

    def figure(self, key: Key) -> str:
        """Where a figure that is not given is to be filled in."""
        budget = key.basis in _BASES
        row = self.loaded.rows.get(key._replace(basis="final")) if budget else None
        row = row or self.loaded.rows.get(key) or self.loaded.rows.get(key._replace(fund=ALL))
        if row is not None:
            return _spot(row.spot(key.basis if budget and key.basis in row.columns else "value"))
        sheet = sheet_of(key, self.year)
        return sheets()[sheet].name if sheet else ""

    def _passage(self, gap: Gap) -> str:
        if gap.about == "established":
            return f"{sheets()[LAST].name}；新设的部门在“{sheets()['department'].name}”表写明缘由"
        if (place := self.loaded.passages.get(gap.about)) is not None:
            return _spot(place)
        if gap.what.endswith(_PURPOSE):
            own = [row for key, row in self.loaded.rows.items() if gap.about in (key.function, key.item)]
            row = next((row for row in own if "purpose" in row.columns), None)
            return _spot(row.spot("purpose")) if row else sheets()["budget"].name
        if "绩效" in gap.about:
            return sheets()["others"].name
        return sheets()[gap.about].name if gap.about in sheets() else ""


def _spot(place: Place) -> str:
    return f"{place.sheet}!{place.cell}" if place.cell else f"{place.sheet}"
