"""Trials (逐个试错): one mutation after the other, what the oracle says of it and what juesuan finds.

A mutation is detected if a finding of any severity has the figure among its places; a finding that stood there before
does not count.
"""

from __future__ import annotations

from dataclasses import dataclass

from juesuan.model.findings import Finding
from tests.trust.documents import Checked, check, oracle, sound
from tests.trust.mutate import Mutation, mutations, planted


@dataclass(frozen=True)
class Trial:
    """One mutation: why it is determined ("" if it is not), and the check that finds it ("" if none does)."""

    document: str
    mutation: Mutation
    determined: str
    check: str = ""
    severity: str = ""
    first: bool = False
    said: tuple[str, ...] = ()
    """the new findings, in short, where the figure is in none"""


def all_of(document: str, zeros: int) -> list[Mutation]:
    return list(mutations(document, oracle(document).figures, zeros))


def trial(document: str, mutation: Mutation) -> Trial:
    """Judges and checks one mutation."""
    base, judge = sound(document), oracle(document)
    why = judge.determined(mutation.figure, mutation.text)
    text, line, cell = planted(judge.reader.lines, mutation, base.aligned)
    found = check(document, text)
    here = (line, cell)
    known = {f.check for f in base.result.findings if here in places(base, f)}
    named = [f for f in found.result.findings if f.check not in known and here in places(found, f)]
    if not named:
        said = tuple(f"{f.check}:{f.places[0].line}" for f in found.result.findings if f.check not in known)
        return Trial(document, mutation, why, said=said)
    best = max(named, key=lambda f: (places(found, f)[0] == here, f.severity))
    return Trial(document, mutation, why, best.check, best.severity.name, places(found, best)[0] == here)


def places(checked: Checked, finding: Finding) -> list[tuple[int, int]]:
    return [checked.cell(place) for place in finding.places]
