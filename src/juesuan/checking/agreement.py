"""Agreement (前后一致): the figures of one key, and of keys that are equal by deduction, must be the same.

The figures of a group are compared in a ring, neighbours with as few links between them as possible: a single wrong
figure fails exactly its two comparisons. Refuses to choose which of two differing figures is right.
"""

from __future__ import annotations

from itertools import pairwise

from juesuan.checking.deduction import Links
from juesuan.checking.expansion import Expansion
from juesuan.knowledge.equations import Equation
from juesuan.model.keys import Key

Seen = tuple[Key, int, Links]
"""one observation: key, fact, links to the canonical key"""


def expand_agreement(expansion: Expansion, same: Equation, deduced: Equation) -> None:
    """Adds the comparisons of every group of figures that must be equal."""
    groups: dict[tuple[str, ...], list[Seen]] = {}
    for key, facts in expansion.figures.by_key.items():
        canonical, links = expansion.deduction.canonical(key)
        groups.setdefault(canonical, []).extend((key, fact, links) for fact in facts)
    for group in groups.values():
        if len(group) > 1:
            _ring(expansion, _once(group), same, deduced)


def _once(group: list[Seen]) -> list[Seen]:
    """Every figure once (a figure may carry several keys of the group), few links first."""
    first: dict[int, Seen] = {}
    for seen in sorted(group, key=lambda seen: len(seen[2])):
        first.setdefault(seen[1], seen)
    return list(first.values())


def _ring(expansion: Expansion, group: list[Seen], same: Equation, deduced: Equation) -> None:
    if len(group) < 2:
        return
    expansion.groups.append(tuple(fact for _, fact, _ in group))
    pairs = list(pairwise(group))
    if len(group) > 2:
        pairs.append((group[-1], group[0]))
    for (key, fact, links), (other, against, more) in pairs:
        if key == other:
            expansion.add(same, (fact, against), (key, other), (1, -1))
        else:
            between = tuple(dict.fromkeys(link for link in links + more if (link in links) != (link in more)))
            expansion.add(deduced, (fact, against), (key, other), (1, -1), links=between, stretch=max(1, len(between)))
