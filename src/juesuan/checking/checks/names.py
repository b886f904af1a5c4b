"""Names (科目名称): is each code called what that year's classification calls it, and the same in every table?

Refuses to judge a name without published evidence of that very year, and to take a name that was cut or broken over
rows for another one.
Source: 政府收支分类科目 (支出功能分类、部门预算支出经济分类), as far as published accounts of the year show it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from juesuan.checking.labels import Label, class_stubs, sequences
from juesuan.checking.outcomes import Failed, Outcome, Passed, Unchecked
from juesuan.checking.printed import Printed, name_of
from juesuan.checking.registry import check
from juesuan.knowledge import classifications as known
from juesuan.knowledge.names import bare, plain
from juesuan.model.findings import Severity
from juesuan.model.reports import Report

_SHORTEST_CUT = 4
_EXAMPLES = 3
_RUN = 3
"""so many rows in a row with each other's names are one slip of the whole column"""


@dataclass(slots=True)
class _Wrong:
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


def _loose(code: str, name: str) -> str:
    """Function words do not count either: 等, 的, and which word for “and”."""
    return re.sub("[与及]", "和", re.sub("[等的]", "", folded(code, name)))


def _evidence(code: str, year: str) -> known.Evidence | None:
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
        if other != code and (found := _evidence(other, year)):
            yield found


def owner(code: str, name: str, year: str) -> str:
    """The sibling code whose published name of that year this is; "" for none."""
    word = folded(code, name)
    return next((e.code for e in _siblings(code, year) if folded(code, e.name) == word), "")


def _all(report: Report) -> list[Label]:
    printed = Printed(report)
    found: list[Label] = []
    for number in range(len(report.tables)):
        for sequence in sequences(printed, number):
            found += [label for label in sequence if label.code and bare(label.name)]
        found += class_stubs(printed, number)
    return found


def _contradictions(labels: list[Label], year: str) -> dict[tuple[str, str], _Wrong]:
    """The names that the year's classification contradicts, each once."""
    found: dict[tuple[str, str], _Wrong] = {}
    for label in labels:
        expected = _expected(label, year)
        if expected:
            key = (label.code, folded(label.code, label.name))
            found.setdefault(key, _Wrong(label.code, expected)).labels.append(label)
    return found


def _moved(labels: list[Label], year: str) -> Iterator[list[Label]]:
    """Runs of rows that all bear names of their neighbours: names and codes are out of line, one mistake."""
    run: list[Label] = []
    for label in labels:
        off = bool(_expected(label, year)) and bool(owner(label.code, label.name, year))
        if not off or (run and run[-1].table != label.table):
            if len(run) >= _RUN:
                yield run
            run = []
        if off:
            run.append(label)
    if len(run) >= _RUN:
        yield run


def _moved_names(run: list[Label], report: Report) -> Failed:
    shown = "；".join(f"{one.code} {one.name}（{owner(one.code, one.name, report.year)} 的名称）" for one in run)
    return Failed(
        message=f"{name_of(report.tables[run[0].table])}：{len(run)} 行的编码与名称错行\n{shown}",
        places=tuple(label.place for label in run),
        advice="请核对这些行的编码和名称",
        severity=Severity.ERROR,
    )


def _expected(label: Label, year: str) -> str:
    """The name that the code should have, "" where it may have the printed one."""
    if _evidence(label.code, year) is None:
        return ""
    wanted = [known.named_differently(label.code, name, year) for name in label.names]
    return "" if None in wanted else wanted[0] or ""


@check("NAME-CODE", severity="warning", basis="政府收支分类科目（该年度有公开依据的科目）")
def name_of_the_year(report: Report) -> Iterator[Outcome]:
    """科目名称应与该年度科目表一致；是另一编码的名称的，为错误。"""
    labels, year = _all(report), report.year
    if not labels:
        yield Unchecked("没有带编码的科目")
        return
    moved = list(_moved(labels, year))
    yield from (_moved_names(run, report) for run in moved)
    labels = [label for label in labels if not any(label in run for run in moved)]
    wrong = _contradictions(labels, year)
    unknown: dict[str, Label] = {}
    for label in labels:
        if (label.code, folded(label.code, label.name)) in wrong:
            continue
        if _evidence(label.code, year):
            yield Passed(label.place)
        elif not known_name(label.code) and (other := owner(label.code, label.name, year)):
            yield _wrong_code(label, other, year)
        else:
            unknown.setdefault(label.code, label)
    for one in wrong.values():
        yield _wrong_name(one, year)
    if unknown:
        examples = "、".join(list(unknown)[:_EXAMPLES])
        first = next(iter(unknown.values()))
        yield Unchecked(f"{year} 年度没有 {examples} 等 {len(unknown)} 个科目名称的公开依据", first.place)


def doubtful_codes(report: Report) -> set[str]:
    """The codes that NAME-CODE reports in this account: what else is said of them follows from that."""
    labels, year = _all(report), report.year
    alone = {a.code for a in labels if not known_name(a.code) and owner(a.code, a.name, year)}
    return {code for code, _ in _contradictions(labels, year)} | alone


def known_name(code: str) -> bool:
    """Whether the code is known at all."""
    return bool(known.function_names(code) if code.startswith("2") else known.economic_names(code))


def _wrong_code(label: Label, other: str, year: str) -> Failed:
    return Failed(
        message=f"“{label.name}”的编码\n{year} 年度“{label.name}”的编码是 {other}；未见编码 {label.code}",
        places=(label.place,),
        advice="请核对科目编码和名称",
        printed=label.code,
        expected=other,
        severity=Severity.ERROR,
    )


def _wrong_name(one: _Wrong, year: str) -> Failed:
    code, printed = one.code, one.printed
    other = owner(code, printed, year)
    names = known.function_names(code) if code.startswith("2") else known.economic_names(code)
    short = folded(code, printed)
    cut = len(short) >= _SHORTEST_CUT and folded(code, one.expected).startswith(short)
    message, severity = f"{code} 的名称", Severity.WARNING
    if other:
        message, severity = f"{message}\n“{printed}”是 {other} 的名称", Severity.ERROR
    elif cut or _loose(code, printed) == _loose(code, one.expected):
        severity = Severity.INFO
    elif any(folded(code, name) == short for name in names):
        message = f"{message}\n“{printed}”是该科目其他年度的名称"
    return Failed(
        message=message,
        places=tuple(label.place for label in one.labels),
        advice="请核对编码和名称" if other else f"请按 {year} 年度政府收支分类科目填写名称",
        printed=printed,
        expected=one.expected,
        severity=severity,
    )


@check("NAME-TWICE", severity="warning", basis="政府收支分类科目")
def one_name_for_a_code(report: Report) -> Iterator[Outcome]:
    """同一科目编码在各表中的名称应相同（括号、标点、类级“支出”不计）。"""
    labels, year = [label for label in _all(report) if label.code], report.year
    reported = {code for code, _ in _contradictions(labels, year)}
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
    near = _loose(code, odd) == _loose(code, usual[0].name)
    evidence = f"\n“{odd}”是 {other} 的名称" if other else ""
    return Failed(
        message=f"{code} 有两个名称\n“{odd}”{len(rare)} 处，“{usual[0].name}”{len(usual)} 处{evidence}",
        places=tuple(label.place for label in (*rare, usual[0])),
        advice="请核对后统一名称",
        severity=Severity.ERROR if other else Severity.INFO if cut or near else Severity.WARNING,
    )
