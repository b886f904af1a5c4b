"""Findings (问题) and causes (原因): what a check says, as frozen data; rendered once, at the edge."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import IntEnum

from juesuan.model.places import Place


class Severity(IntEnum):
    """info 提示 < query 请说明 < warning 警告 < error 错误."""

    INFO = 0
    QUERY = 1
    WARNING = 2
    ERROR = 3

    @property
    def word(self) -> str:
        return ("提示", "请说明", "警告", "错误")[self]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, or to be asked. The first place is the wrong figure or words.

    `printed`, `expected` and `difference` are texts in `unit` as they would be printed; "" where they do not apply.
    `confidence` is between 0 and 1. `symptoms` follow from this finding and are not listed again.
    """

    check: str
    severity: Severity
    message: str
    places: tuple[Place, ...]
    advice: str = ""
    printed: str = ""
    expected: str = ""
    difference: str = ""
    unit: str = ""
    confidence: Decimal = Decimal(1)
    cause: str = ""
    accepted: str = ""
    symptoms: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """One way in which a cause may have come about: these figures wrong, the value each should have."""

    figures: tuple[Place, ...]
    interval: tuple[str, str]
    value: str
    slip: str


@dataclass(frozen=True, slots=True)
class Cause:
    """One mistake with its possible explanations, the likeliest first."""

    id: str
    explanations: tuple[Explanation, ...]


@dataclass(frozen=True, slots=True)
class Crash:
    """A check that crashed: our defect, never a finding."""

    check: str
    error: str


@dataclass(slots=True)
class Tally:
    """How the outcomes of one check or equation ended."""

    passed: int = 0
    failed: int = 0
    unchecked: int = 0


@dataclass(slots=True)
class Result:
    """What a run of all checks over one report says."""

    findings: list[Finding] = field(default_factory=list)
    causes: list[Cause] = field(default_factory=list)
    crashes: list[Crash] = field(default_factory=list)
    passed: int = 0
    failed: int = 0
    unchecked: int = 0
    crashed: int = 0
    tallies: dict[str, Tally] = field(default_factory=dict)
    """check or equation → how its outcomes ended; what crashed has none"""
    reasons: list[tuple[str, str, Place | None]] = field(default_factory=list)
    """(check, why it is unchecked, where)"""
    verified: frozenset[int] = frozenset()
    """numbers of the facts whose change would change an outcome"""
    verified_claims: frozenset[tuple[int | None, int | None, int | None]] = frozenset()
    """(page, line, start) of the numbers of claims (%, changes) whose change would change an outcome"""

    def count(self, check: str, passed: int = 0, failed: int = 0, unchecked: int = 0) -> None:
        """Outcomes of one check or equation."""
        self.passed += passed
        self.failed += failed
        self.unchecked += unchecked
        tally = self.tallies.setdefault(check, Tally())
        tally.passed += passed
        tally.failed += failed
        tally.unchecked += unchecked
