"""Naming (编码与名称): whether a code may have a name in a year, and whose name it is.

Refuses to contradict a name without published evidence of that very year. Brackets, punctuation and 支出 at the end of
a class do not count.
Source: 政府收支分类科目, as far as published accounts of the year show it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import cast

from juesuan.checking.labels import Label, class_stubs, sequences
from juesuan.checking.printed import printed_of
from juesuan.knowledge import classifications as known
from juesuan.knowledge.names import bare, plain
from juesuan.model.reports import Report


@dataclass(slots=True)
class Wrong:
    """One name that contradicts the classification, wherever it stands."""

    code: str
    expected: str
    labels: list[Label] = field(default_factory=list)

    @property
    def printed(self) -> str:
        return self.labels[0].name


def folded(code: str, name: str) -> str:
    """What is left of a name once brackets, punctuation, 支出 of a class and 费 / 费用 do not count."""
    word = bare(re.sub(r"\([类款项]\)$", "", plain(name)))
    if len(code) == 3:
        word = word.removesuffix("支出") or word
    return word if code.startswith("2") else re.sub("费用$", "费", word)


def loose(code: str, name: str) -> str:
    """Function words do not count either: 等, 的, and which word for “and”."""
    return re.sub("[与及]", "和", re.sub("[等的]", "", folded(code, name)))


def evidence_of(code: str, year: str) -> known.Evidence | None:
    """The published name of the code in that very year, if there is one."""
    find = known.function_name if code.startswith("2") else known.economic_name
    best = find(code, year)
    return best if best is not None and best.evidence == "published" and best.covers(year) else None


def _siblings(code: str, year: str) -> Iterator[known.Evidence]:
    """The published names of the other codes below the same parent, in that year."""
    if len(code) == 3:
        codes = known.totals_classes() if code.startswith("2") else known.economic_classes()
    else:
        codes = known.children(known.parent(code))
    for other in codes:
        if other != code and (found := evidence_of(other, year)):
            yield found


def owner(code: str, name: str, year: str) -> str:
    """The sibling code whose published name of that year this is; "" for none."""
    word = folded(code, name)
    return next((e.code for e in _siblings(code, year) if folded(code, e.name) == word), "")


def known_name(code: str) -> bool:
    """Whether the code is known at all."""
    return bool(known.function_names(code) if code.startswith("2") else known.economic_names(code))


def all_labels(report: Report) -> list[Label]:
    """The coded rows of all tables, and the classes that the overall tables name without codes; found once."""
    view = report.views.get("all labels")
    if view is None:
        view = report.views["all labels"] = _all_labels(report)
    return cast("list[Label]", view)


def _all_labels(report: Report) -> list[Label]:
    printed = printed_of(report)
    found: list[Label] = []
    for number in range(len(report.tables)):
        for sequence in sequences(printed, number):
            found += [label for label in sequence if label.code and bare(label.name)]
        found += class_stubs(printed, number)
    return found


def contradictions(labels: list[Label], year: str) -> dict[tuple[str, str], Wrong]:
    """The names that the year's classification contradicts, each once."""
    found: dict[tuple[str, str], Wrong] = {}
    for label in labels:
        expected = expected_name(label, year)
        if expected:
            key = (label.code, folded(label.code, label.name))
            found.setdefault(key, Wrong(label.code, expected)).labels.append(label)
    return found


def expected_name(label: Label, year: str) -> str:
    """The name that the code should have, "" where it may have the printed one."""
    return _expected(label.code, label.names, year)


@lru_cache(maxsize=1 << 12)
def _expected(code: str, names: tuple[str, ...], year: str) -> str:
    if evidence_of(code, year) is None:
        return ""
    wanted = [known.named_differently(code, name, year) for name in names]
    return "" if None in wanted else wanted[0] or ""


def doubtful_codes(report: Report) -> set[str]:
    """The codes that NAME-CODE reports in this account: what else is said of them follows from that."""
    labels, year = all_labels(report), report.year
    alone = {a.code for a in labels if not known_name(a.code) and owner(a.code, a.name, year)}
    return {code for code, _ in contradictions(labels, year)} | alone
