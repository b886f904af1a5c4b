"""Local rules (本地规定): what holds for one account of what is known of its place, and what its bureau has set.

What is set comes before what is known. Refuses to set anything itself.
"""

from __future__ import annotations

from dataclasses import replace

from juesuan.knowledge.names import bare
from juesuan.knowledge.places import PlaceRules, place_of
from juesuan.model.reports import Report


def place_rules(report: Report) -> PlaceRules | None:
    """The rules of the account's place; a list of tables that is set is the place's own, whole, for that year."""
    settings = report.settings
    rules = place_of(settings.region or report.department, [table.title for table in report.tables], report.year)
    if not settings.tables:
        return rules
    year = int(report.year) if report.year.isdecimal() else 0
    return replace(
        rules or PlaceRules(""),
        titles=settings.tables,
        partial=False,
        evidence="place",
        source=settings.source,
        first=year,
        last=year,
    )


def other_names(report: Report) -> tuple[str, ...]:
    """Further names of the account's department that are set."""
    own = bare(report.department)
    return tuple(name for full, names in report.settings.names.items() if bare(full) == own for name in names)
