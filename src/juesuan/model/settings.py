"""Settings (本地规定): what a bureau decides for itself: severities, options of checks, its place's tables and names.

Frozen data that a report carries; read from `juesuan.toml` elsewhere. Refuses to hold defaults: what is not set here
is as the check, the rule or the place's data say.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from juesuan.model.findings import Severity
from juesuan.model.limits import LIMITS, Limits


@dataclass(frozen=True, slots=True)
class Settings:
    """What is set for one account. `source` is the file that says so, "" where there is none."""

    source: str = ""
    severity: Mapping[str, Severity | None] = field(default_factory=dict)
    """by the id of a check or equation; None: not to be checked"""
    rules: Mapping[str, Decimal] = field(default_factory=dict)
    """options of checks that are set, see knowledge/data/rules.toml"""
    region: str = ""
    """the place whose list of tables applies, in words; "" where the department's name tells"""
    tables: tuple[str, ...] = ()
    """titles of the tables to be published, in order; () where the place's own list applies"""
    titles: Mapping[str, str] = field(default_factory=dict)
    """further titles of tables: as printed → a title that is known"""
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """a department's full name → other names for it that are no mistake"""
    limits: Limits = LIMITS
    """what reading one file may take, whatever its year"""
    years: Mapping[str, Settings] = field(default_factory=dict)
    """by the account's year, the whole settings for it"""

    def of(self, year: str) -> Settings:
        """The settings for an account of that year."""
        return replace(self.years.get(year, self), years={})

    def off(self, check: str) -> bool:
        """Whether the check or equation is not to be checked."""
        return check in self.severity and self.severity[check] is None

    def grade(self, check: str, declared: Severity, own: Severity) -> Severity:
        """The severity of a finding. `own` is what the check gives it: milder than `declared`, it is never raised."""
        wanted = self.severity.get(check)
        if wanted is None:
            return own
        return wanted if own == declared else min(wanted, own)

    @property
    def why_off(self) -> str:
        """The reason why an instance is unchecked."""
        return f"按 {self.source} 不查"


NO_SETTINGS = Settings()
