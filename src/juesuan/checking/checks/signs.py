"""Signs (正负): negative amounts occur (reversals, recovered spending of earlier years) and want an explanation.

Refuses to call them wrong.
"""

from __future__ import annotations

from collections.abc import Iterator

from juesuan.checking.outcomes import Failed, Outcome, Passed
from juesuan.checking.registry import check
from juesuan.model.reports import Fact, Report


@check("SIGN-NEGATIVE", severity="warning", basis="各表")
def negative_amounts(report: Report) -> Iterator[Outcome]:
    """出现负数的，应有说明（冲销、收回以前年度支出等）。"""
    money = [fact for fact in report.facts if fact.amount.is_money and fact.table >= 0 and not fact.blank]
    alike: dict[str, list[Fact]] = {}
    for fact in money:
        if fact.amount.value < 0:
            alike.setdefault(fact.amount.show(), []).append(fact)
    for printed, facts in alike.items():
        yield Failed(
            message=f"负数 {printed}（{len(facts)} 处）",
            places=tuple(fact.place for fact in facts),
            advice="请核对正负号；确为冲销或收回的，请在说明中写明",
            printed=printed,
            unit=facts[0].amount.unit,
        )
    if money and not alike:
        yield Passed()
