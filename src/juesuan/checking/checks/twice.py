"""One name for a code (一码一名): is a code called the same in every table of the account?

Refuses to say again what NAME-CODE says, and to take a name that was cut or broken over rows for another one.
Source: 政府收支分类科目.
"""

from __future__ import annotations

from collections.abc import Iterator

from juesuan.checking.labels import Label
from juesuan.checking.naming import all_labels, contradictions, folded, loose, owner
from juesuan.checking.outcomes import Failed, Outcome, Passed, Unchecked
from juesuan.checking.registry import check
from juesuan.model.findings import Severity
from juesuan.model.reports import Report

_SHORTEST_CUT = 4


@check("NAME-TWICE", severity="warning", basis="政府收支分类科目")
def one_name_for_a_code(report: Report) -> Iterator[Outcome]:
    """同一科目编码在各表中的名称应相同（括号、标点、类级“支出”不计）。"""
    labels, year = [label for label in all_labels(report) if label.code], report.year
    reported = {code for code, _ in contradictions(labels, year)}
    by_code: dict[str, list[Label]] = {}
    for label in labels:
        by_code.setdefault(label.code, []).append(label)
    repeated = {code: found for code, found in by_code.items() if len(found) > 1 and code not in reported}
    for code, found in repeated.items():
        named = _named(code, found)
        if len(named) == 1:
            yield Passed(found[0].place)
        else:
            yield _two_names(code, named, owner(code, _odd(named).name, year) or _used_for(code, named, by_code))
    if not repeated:
        yield Unchecked("没有在两处出现的科目编码")


def _named(code: str, labels: list[Label]) -> dict[str, list[Label]]:
    """The different names of one code, the usual one first; a broken name counts as the whole that it makes."""
    words = [folded(code, label.name) for label in labels]
    named: dict[str, list[Label]] = {}
    for label, word in zip(labels, words, strict=True):
        whole = next((w for name in label.wholes if (w := folded(code, name)) in words), word)
        named.setdefault(whole, []).append(label)
    return dict(sorted(named.items(), key=lambda item: -len(item[1])))


def _odd(named: dict[str, list[Label]]) -> Label:
    """The first label with a name that is not the usual one."""
    return list(named.values())[1][0]


def _used_for(code: str, named: dict[str, list[Label]], by_code: dict[str, list[Label]]) -> str:
    """The sibling code that the account itself calls by the odd name more often; "" for none."""
    word = folded(code, _odd(named).name)
    for other, labels in by_code.items():
        beside = other != code and len(other) == len(code) and other[:-2] == code[:-2]
        if beside and sum(folded(other, label.name) == word for label in labels) > len(list(named.values())[1]):
            return other
    return ""


def _two_names(code: str, named: dict[str, list[Label]], other: str) -> Failed:
    """`other`: the code whose name the odd one is, "" where it is nobody's."""
    usual, *others = named.values()
    rare = [label for found in others for label in found]
    odd = rare[0].name
    words = [folded(code, odd), folded(code, usual[0].name)]
    cut = len(min(words, key=len)) >= _SHORTEST_CUT and max(words, key=len).startswith(min(words, key=len))
    near = loose(code, odd) == loose(code, usual[0].name)
    evidence = f"\n“{odd}”是 {other} 的名称" if other else ""
    return Failed(
        message=f"{code} 有两个名称\n“{odd}”{len(rare)} 处，“{usual[0].name}”{len(usual)} 处{evidence}",
        places=tuple(label.place for label in (*rare, usual[0])),
        advice="请核对后统一名称",
        severity=Severity.ERROR if other else Severity.INFO if cut or near else Severity.WARNING,
    )
