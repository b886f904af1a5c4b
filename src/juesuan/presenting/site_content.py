"""What a site shows (站点的内容): accounts with their addresses, departments, what was left out and why.

An address is made of the department's name, the year and the kind of account alone, so that it stays when other
accounts come or go: departments/某市某局/2024.html. Refuses two accounts at one address: of two files of one department
and year the second has the beginning of its SHA-256 behind the year.
Source of the forbidden characters: naming rules of Windows, POSIX and RFC 3986.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import groupby
from urllib.parse import quote

from juesuan.documents.html_page import Download
from juesuan.model.charts import Chart
from juesuan.model.profiles import Measure, Profile

HOME, COMPARE, ABOUT = "index.html", "compare.html", "files.html"
DEPARTMENTS, YEARS, DATA, ASSETS = "departments", "years", "data", "assets"
UNIT_ACCOUNT = "单位决算"
_LONGEST = 60
_PLAIN = re.compile(r"[\u4e00-\u9fff\u3400-\u4dbfa-z0-9（）]+")
_HASHED = re.compile(r".*-[0-9a-f]{8}")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)")


@dataclass(frozen=True, slots=True)
class Judged:
    """What the checker says of an account: findings by severity, and how many figures it could hold."""

    errors: int
    warnings: int
    queries: int
    figures: int
    verified: int


@dataclass(slots=True)
class Shown:
    """One account on the site. `file` is what it was read from, as the user knows it; `twin` tells equal years apart."""

    profile: Profile
    file: str
    sha256: str
    source: str
    judged: Judged | None = None
    twin: str = ""
    downloads: list[Download] = field(default_factory=list)
    """beside the account's page, as its page names them"""
    notices: list[str] = field(default_factory=list)
    twins: list[Shown] = field(default_factory=list)
    """other files of the same department, year and kind"""

    @property
    def stem(self) -> str:
        """The name of its page and of the folder with its files: 2024, 2024-unit, 2024-1a2b3c4d."""
        unit = "-unit" if self.profile.kind == UNIT_ACCOUNT else ""
        return f"{self.profile.year}{unit}{f'-{self.twin}' if self.twin else ''}"

    @property
    def label(self) -> str:
        """What tells it from the department's others: 2024, 2024 单位决算."""
        unit = f" {UNIT_ACCOUNT}" if self.profile.kind == UNIT_ACCOUNT else ""
        return f"{self.profile.year}{unit}{'（另一份）' if self.twin else ''}"


@dataclass(slots=True)
class Department:
    """All accounts of one department, in the order of the years."""

    name: str
    accounts: list[Shown]
    charts: list[Chart] = field(default_factory=list)

    @property
    def folder(self) -> str:
        return f"{DEPARTMENTS}/{slug(self.name)}"

    @property
    def main(self) -> list[Shown]:
        """One account a year: the departmental one before that of the unit, without second files."""
        years = {one.profile.year: one for one in reversed(self.accounts) if not one.twin}
        own = [one for one in self.accounts if not one.twin and one.profile.kind != UNIT_ACCOUNT]
        years |= {one.profile.year: one for one in own}
        return [years[year] for year in sorted(years)]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A file that is not on the site, and why; `crashed` where our own program failed over it."""

    file: str
    why: str
    crashed: bool = False


@dataclass(slots=True)
class Site:
    """The whole site. `inner` counts files that are not published by their nature: self-checks, answers."""

    title: str
    departments: list[Department]
    measures: list[Measure]
    left_out: list[LeftOut] = field(default_factory=list)
    inner: int = 0

    @property
    def accounts(self) -> list[Shown]:
        return [one for department in self.departments for one in department.accounts]

    @property
    def years(self) -> list[str]:
        return sorted({one.profile.year for one in self.accounts})

    def of_year(self, year: str) -> list[tuple[Department, Shown]]:
        """Every department's account of that year, second files left out."""
        return [(d, one) for d in self.departments for one in d.accounts if one.profile.year == year and not one.twin]


def slug(name: str) -> str:
    """The folder of a department: its name where every system can keep it, else what is left of it and a hash.

    Two names never have one folder: a name that had to be changed, or that ends as if it had been, gets the hash of
    the name as it is.
    """
    plain = unicodedata.normalize("NFC", name)
    kept = "".join(_PLAIN.findall(plain.lower()))[:_LONGEST]
    if kept == name and not _HASHED.fullmatch(kept) and not _RESERVED.fullmatch(kept):
        return kept
    return f"{kept}-{sha256(name.encode('utf-8')).hexdigest()[:8]}"


def departments_of(accounts: Iterable[Shown]) -> list[Department]:
    """The accounts by department, in the order of the names; second files of one year are told apart."""
    ordered = sorted(accounts, key=lambda one: (one.profile.department, one.profile.year, one.profile.kind))
    found = []
    for name, group in groupby(ordered, key=lambda one: one.profile.department):
        own = list(group)
        for _, same in groupby(own, key=lambda one: (one.profile.year, one.profile.kind)):
            _tell_apart(list(same))
        found.append(Department(name, sorted(own, key=lambda one: (one.profile.year, one.stem))))
    return found


def _tell_apart(same: Sequence[Shown]) -> None:
    """Of several files of one department and year, the one with the most figures keeps the plain address."""
    ranked = sorted(same, key=lambda one: (-_figures(one), one.sha256))
    for number, one in enumerate(ranked):
        one.twins = [other for other in ranked if other is not one]
        if number:
            one.twin = one.sha256[:8]


def _figures(one: Shown) -> int:
    return one.judged.figures if one.judged else len(one.profile.amounts)


def path(address: str) -> str:
    """An address as a link is written."""
    return quote(address)
