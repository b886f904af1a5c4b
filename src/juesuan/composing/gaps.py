"""Gaps (待填): what the account does not say and its document needs. Each is marked in the text, and is a query.

Refuses to fill anything: a gap that the preparer has answered is left out with its sentence, never invented.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from juesuan.model.accounts import Answer

CHECK = "GAP"
NAMES = (CHECK, "待填", "")
"""the names under which answers speak of gaps"""


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that is lacking. `what` says it in words; `about` is the key or the name of the words."""

    what: str
    about: str
    answer: str = ""

    @property
    def mark(self) -> str:
        """What stands in the text."""
        return f"【待填：{self.what}】"


class Gaps:
    """The gaps of one document, in order, each once; and what the preparer says of them."""

    def __init__(self, answers: Iterable[Answer]) -> None:
        self._answers = [answer for answer in answers if answer.check.strip().upper() in NAMES]
        self.found: dict[str, Gap] = {}

    def add(self, what: str, about: str) -> Gap:
        """Notes a gap; the one of the same words where there is one."""
        if what not in self.found:
            self.found[what] = Gap(what, about, self._answer(what, about))
        return self.found[what]

    def _answer(self, what: str, about: str) -> str:
        said = (answer for answer in self._answers if answer.about and (answer.about == about or answer.about in what))
        return next((answer.text for answer in said), "")
