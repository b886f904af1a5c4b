"""What the product makes of made-up explanations: figures read, read wrongly or not at all, findings that are too many.

`measure(seeds)` is for tests and the full run; a third of the accounts uses only wordings that the phrase book lacks.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from juesuan.checking.runner import run
from juesuan.documents.text import read_text
from juesuan.model.findings import Severity
from juesuan.model.reports import Report
from juesuan.understanding import interpret
from tests.wordings.explanations.layout import Explained, explained
from tests.wordings.spoken import Read, of_claim, of_fact, spot

ALL = range(100)
SAMPLE = range(20)
FILES = ("unseen", "later", "provinces", "narrative")


@dataclass
class Measure:
    """Counts over accounts; `wrong`, `unread` and `alarms` say what and where."""

    figures: int = 0
    right: int = 0
    wrong: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    alarms: list[str] = field(default_factory=list)

    @property
    def share(self) -> float:
        """The share of figures that were read with the right key."""
        return self.right / self.figures if self.figures else 1.0

    def add(self, other: Measure) -> None:
        self.figures += other.figures
        self.right += other.right
        for name in ("wrong", "unread", "alarms"):
            getattr(self, name).extend(getattr(other, name))


def unseen(seed: int) -> bool:
    """Whether the account of this seed uses only wordings that the phrase book lacks."""
    return seed % 3 == 0


def files_of(seed: int) -> tuple[str, ...]:
    """The files whose wordings the account of this seed uses."""
    return FILES if unseen(seed) else (*FILES, "counties", "known")


def measure(seeds: Iterable[int]) -> Measure:
    """All accounts of these seeds together."""
    whole = Measure()
    for seed in seeds:
        whole.add(measured(seed))
    return whole


def measured(seed: int) -> Measure:
    """One account: its figures against what they should be read as, and every error and warning."""
    account = explained(seed, files_of(seed))
    report = interpret(read_text(account.text.encode(), f"{seed}.txt"))
    found = Measure()
    _figures(found, seed, account, report)
    for finding in run(report).findings:
        if finding.severity >= Severity.WARNING:
            found.alarms.append(f"{seed}: {finding.check} {finding.message} {_said(account, finding.places[0].line)}")
    return found


def _figures(found: Measure, seed: int, account: Explained, report: Report) -> None:
    read = reads(report, account.year)
    read |= {at: read[near] for at in account.figures if at not in read and (near := _beside(at)) in read}
    lines = account.text.split("\n")
    for at, want in account.figures.items():
        got = read.get(at)
        found.figures += 1
        where = f"{seed}:{at[0]} {_context(lines, at)}"
        if got is None:
            found.unread.append(f"{where} = {want}")
        elif got == want:
            found.right += 1
        else:
            found.wrong.append(f"{where} = {want} <- {got}")


def _beside(at: tuple[int, int]) -> tuple[int, int]:
    """A form feed before a line is no character of it."""
    return at[0], at[1] - 1


def reads(report: Report, year: str) -> dict[tuple[int, int], Read]:
    """Every figure that was read in a sentence, by line and offset."""
    found = {spot(f.place): of_fact(f, year) for f in report.facts if f.table < 0}
    claims = [c for c in report.claims if c.amount is not None and c.kind != "list_count"]
    return found | {spot(c.place): of_claim(c, year) for c in claims}


def _context(lines: list[str], at: tuple[int, int]) -> str:
    line, offset = lines[at[0] - 1], at[1]
    before = (lines[at[0] - 2] if offset < 30 and at[0] > 1 else "") + line[:offset]
    return f"…{before[-34:]}【{line[offset : offset + 12]}】"


def _said(account: Explained, line: int | None) -> str:
    return account.text.split("\n")[line - 1][:60] if line else ""
