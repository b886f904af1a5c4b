"""Outcomes (核对结果) of one instance of a check: passed, failed or unchecked. A crash is the runner's to record.

Refuses absence as a pass: what could not be compared is Unchecked, with its reason in plain Chinese.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from juesuan.model.claims import Claim
from juesuan.model.findings import Severity
from juesuan.model.places import Place


@dataclass(frozen=True, slots=True)
class Passed:
    """The instance was compared and is right."""

    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Mend:
    """One way to mend a failure: this figure (the number of a fact, or a claim with a number) between low and high.

    The interval is in whole units of Figures; None where there is no bound.
    """

    figure: int | Claim
    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class Failed:
    """The instance is wrong. The first place is the wrong figure or words; `severity` replaces the check's own."""

    message: str
    places: tuple[Place, ...]
    advice: str = ""
    printed: str = ""
    expected: str = ""
    difference: str = ""
    unit: str = ""
    confidence: Decimal = Decimal(1)
    severity: Severity | None = None
    follows: tuple[int, ...] = ()
    """numbers of wrong facts that this is a consequence of"""
    mends: tuple[Mend, ...] = ()
    """figures of which one alone may be wrong; what several failures have in common is their cause"""


@dataclass(frozen=True, slots=True)
class Unchecked:
    """The instance could not be compared."""

    reason: str
    place: Place | None = None


Outcome = Passed | Failed | Unchecked
