"""Coverage, proved: verified is what a change shows, every numeral is counted, nothing is found that is not there.

A fixed sample; `python bench/trust.py` proves every figure.
"""

from __future__ import annotations

import random
import re
import tomllib
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from juesuan.model.findings import Finding, Severity
from juesuan.presenting.checked import coverage
from tests.mending import EDITS
from tests.test_expected_findings import entries, lines_of
from tests.trust.documents import REAL, oracle, sound
from tests.trust.held import claimed, proved
from tests.trust.mutate import SEED
from tests.trust.plain import Figure, matrix
from tests.trust.test_mutations import documents

HERE = Path(__file__).parent
SAMPLE = 6
VERIFIED = 0.95
#: what a hand-made account has to be told: the reversals that its explanation accounts for (tests/accounts/README.md)
KNOWN = {"linhe": {"SIGN-NEGATIVE"}, "geology": {"SIGN-NEGATIVE"}}
_NUMERAL = re.compile(r"\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?", re.ASCII)


def figures(name: str) -> Iterator[Figure]:
    return (figure for figure in oracle(name).figures if figure.value)


def is_form(figure: Figure) -> bool:
    return figure.form.startswith("performance")


@documents
def test_verified_is_what_a_change_shows(name: str) -> None:
    """Neither more nor less: a sample of what is called verified, of what is not, and of self-evaluation forms."""
    chance = random.Random(f"{SEED} {name}")
    groups: dict[tuple[bool, bool], list[Figure]] = {}
    for figure in figures(name):
        groups.setdefault((claimed(name, figure), is_form(figure)), []).append(figure)
    chosen = [f for group in groups.values() for f in chance.sample(group, min(SAMPLE, len(group)))]
    assert [(f.line, f.cell, f.text) for f in chosen if claimed(name, f) != proved(name, f)] == []


@documents
def test_nearly_all_figures_are_verified(name: str) -> None:
    money = [figure for figure in figures(name) if not is_form(figure)]
    assert sum(claimed(name, figure) for figure in money) >= VERIFIED * len(money)


@documents
def test_every_numeral_is_counted(name: str) -> None:
    """Numerals of the whole text, counted by other means, are figures or counted apart; no table's figure is unread."""
    one = sound(name)
    plain = unicodedata.normalize("NFKC", one.text)
    assert sum(len(_NUMERAL.findall(line)) for line in plain.split("\n")) == (
        one.report.figures + sum(one.report.apart.values())
    )
    assert [unread.quote for unread in one.report.unread if unread.place.table] == []
    assert coverage(one.report, one.result).read >= 0


@documents
def test_what_is_counted_apart(name: str) -> None:
    frozen = tomllib.loads((HERE / "numerals.toml").read_text("utf-8"))
    assert dict(sound(name).report.apart) == frozen[name]


def published(name: str, line: int) -> int:
    """The line of the published text that became this line of the mended one."""
    edits = [tomllib.loads(path.read_text("utf-8")) for path in sorted(EDITS.glob("*.toml"))]
    file = matrix(name)["file"]
    for dropped in sorted(e["line"] for data in edits for e in data.get("drop", []) if e["document"] == file):
        line += line >= dropped
    return line


@documents
def test_nothing_is_found_that_is_not_there(name: str) -> None:
    """No error, warning or query in the mended and the written accounts beyond the lists made by hand."""
    file = matrix(name)["file"]
    listed = entries(file) if name in REAL else ()

    def expected(finding: Finding) -> bool:
        lines = {published(name, line) for line in lines_of(finding)}
        known = any(lines & e.lines and finding.severity <= max(e.severities) for e in listed)
        return known or finding.check in KNOWN.get(name, ())

    loud = [finding for finding in sound(name).result.findings if finding.severity > Severity.INFO]
    assert [(f.check, f.severity.name, f.places[0].line, f.message[:50]) for f in loud if not expected(f)] == []
    assert sound(name).result.crashes == []
