"""Fingerprints (指纹): what makes a finding the same finding in the next version of a document, when lines have moved.

It is the check, what the figure is (key, else the words of the message), where in its table it stands, what is printed
and what should be. Refuses line numbers; and refuses likeness: of findings that are alike the number counts as well,
so that what was accepted for one never passes for another.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import NamedTuple

from juesuan.model.findings import Finding
from juesuan.model.places import Place
from juesuan.model.reports import Report

SHORTEST = 6
_LINES = re.compile(r"第 ?\d+(?:[—-]\d+)? ?行")
Spot = tuple[int | None, int | None, int | None, tuple[float, float, float, float] | None]


class Fingerprint(NamedTuple):
    """The parts, as they stand in an acceptance. `places`: how many it names; `alike`: how many findings share them."""

    check: str
    key: str = ""
    where: str = ""
    printed: str = ""
    expected: str = ""
    message: str = ""
    places: int = 1
    alike: int = 1

    @property
    def digest(self) -> str:
        """64 hexadecimal characters; the first few are how a user names the finding."""
        return sha256("\0".join(map(str, self)).encode("utf-8", "surrogatepass")).hexdigest()


def fingerprints(report: Report, findings: Sequence[Finding]) -> list[Fingerprint]:
    """The fingerprint of every finding, in their order."""
    keys = {spot(fact.place): " | ".join(map(str, fact.keys)) for fact in report.facts}
    found = [_fingerprint(finding, keys) for finding in findings]
    alike = Counter(found)
    return [print_._replace(alike=alike[print_]) for print_ in found]


def _fingerprint(finding: Finding, keys: dict[Spot, str]) -> Fingerprint:
    first = finding.places[0] if finding.places else Place()
    key = keys.get(spot(first), "") if finding.places else ""
    return Fingerprint(
        finding.check,
        key,
        " ".join(filter(None, (first.table, first.row, first.column))),
        first.quote or finding.printed,
        finding.expected,
        "" if key else _LINES.sub("", finding.message.split("\n")[0]).strip(),
        len(finding.places),
    )


def spot(place: Place) -> Spot:
    """What tells a place from another."""
    return place.page, place.line, place.start, place.box


def handles(prints: Iterable[Fingerprint]) -> list[str]:
    """Short names that tell different fingerprints apart, in their order."""
    digests = [print_.digest for print_ in prints]
    length = SHORTEST
    while len({digest[:length] for digest in digests}) < len(set(digests)):
        length += 1
    return [digest[:length] for digest in digests]
