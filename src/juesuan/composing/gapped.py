"""Figures with gaps (待填): tables of which not every figure is given yet, each gap marked in its cell.

For workbooks, and for units' own tables. Refuses to take what is not given for zero.
"""

from __future__ import annotations

from juesuan.composing.errors import MissingFigure
from juesuan.composing.figures import Figures
from juesuan.knowledge.styles import Style
from juesuan.model.amounts import ZERO, Amount
from juesuan.model.keys import ALL, Key
from juesuan.model.reports import Report

NOT_FILLED = "待填"


class Gapped(Figures):
    """Figures in which what is not given is a gap, not an error. `blank`: nothing is given yet."""

    def __init__(self, report: Report, blank: bool = False, entity: str = ALL) -> None:
        super().__init__(report, entity)
        self.blank = blank
        self.gaps: dict[tuple[str, Key], None] = {}
        """form and key of every gap that was printed"""

    def amount(self, form: str, key: Key) -> Amount:
        """The amount, or zero in a gap."""
        found = self._found(form, key)
        return Amount(ZERO, self.decimals, self.unit, self.decimals) if found is None else found

    def text(self, form: str, key: Key, style: Style) -> str:
        """The amount as it is to stand in the cell."""
        if self._found(form, key) is None:
            self.gaps[form, key] = None
            return "" if self.blank else NOT_FILLED
        return super().text(form, key, style)

    def _found(self, form: str, key: Key) -> Amount | None:
        """The amount; None in a gap. Of “三公” for other money than is asked for nothing follows, not even zero."""
        if form == "three_public" and self.given(form, key) is None and form not in self._empty:
            return None
        try:
            return super().amount(form, key)
        except MissingFigure:
            return None
