"""Counted lists (列举与个数): 内设机构 6 个，包括… lists six.

Names joined by 和 may be one or two; what ends in 等 may be longer. Refuses to count what stands in brackets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from juesuan.checking.outcomes import Failed, Outcome, Passed, Unchecked
from juesuan.checking.passages import flow_of, offset, sentence
from juesuan.checking.registry import check
from juesuan.checking.stated_sums import stated_of
from juesuan.checking.values import Values, claims_of
from juesuan.knowledge.hierarchy import word
from juesuan.model.claims import Claim
from juesuan.model.findings import Severity
from juesuan.model.reports import Report

_OUTER = re.compile(r"、(?![^()]*\))")
_COMMA = re.compile(r",(?![^()]*\))")
_AND = re.compile(r"以及|和|及|与")
_OPEN = re.compile(r"等(?:\d+|[一二三四五六七八九十]+)?个?[^、]{0,8}$")
_OFFICE = re.compile(r"(?:科|室|处|部|股|办|所|站|队|组|局|委|院|馆|会|厅|司|中心|支部|大队|单位)(?:\([^()]*\))?$")


@check("TEXT-COUNT", severity="error", basis="情况说明：部门概况、单位构成", needs="values")
def counted_lists(values: Values) -> Iterator[Outcome]:
    """“内设机构 6 个，包括……”列出的个数应与所说的相同。"""
    for claim in claims_of(values.report, "list_count"):
        if claim.amount is not None and claim.items:
            yield _counted(values.report, claim)
    units = [unit for unit in values.report.entities if unit]
    for fact in stated_of(values.report).all("organisation/units", "count") if len(units) > 1 else ():
        number = int(fact.amount.value)
        if number > len(units):
            yield Failed(
                f"所属单位 {number} 个，单位构成只列了 {len(units)} 个（含本级）",
                (fact.place,),
                advice="请核对单位个数和单位名单",
                printed=str(number),
                expected=str(len(units)),
                unit="个",
                severity=Severity.WARNING,
            )
        elif number >= len(units) - 1:
            yield Passed(fact.place)


def _counted(report: Report, claim: Claim) -> Outcome:
    assert claim.amount is not None
    said = int(claim.amount.value)
    least, most, is_open = _names(report, claim)
    if least <= said <= most or (is_open and said >= least):
        return Passed(claim.place)
    if is_open and not least:
        return Unchecked("没有列出名称", claim.place)
    listed = least if said < least else most
    return Failed(
        f"{word('item', claim.key.item)} {said} 个，列出了 {listed} 个",
        (claim.place,),
        advice="请核对个数，或补上、删去名称",
        printed=str(said),
        expected=str(listed),
        difference=str(said - listed),
        unit="个",
    )


def _names(report: Report, claim: Claim) -> tuple[int, int, bool]:
    """(least, most) names listed, and whether the list is open (等)."""
    flow = flow_of(report, claim)
    at = None if flow is None else offset(flow, claim.place)
    text = "、".join(claim.items) if flow is None or at is None else sentence(flow, at)
    start = text.find(claim.items[0])
    text = re.split(r"[;:]", text[max(start, 0) :])[0]
    parts: list[str] = []
    for part in _OUTER.split(text):
        first, *rest = _COMMA.split(part)
        parts.append(first)
        if rest and not all(_OFFICE.search(name) for name in (first, *rest)):
            break
        parts += rest
    parts = [part for part in parts if part]
    is_open = bool(parts) and bool(_OPEN.search(parts[-1])) and not _OFFICE.search(parts[-1])
    joined = len(_AND.findall(re.sub(r"\([^()]*\)", "", parts[-1]))) if parts else 0
    return len(parts), len(parts) + joined, is_open
