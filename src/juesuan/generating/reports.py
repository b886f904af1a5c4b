"""Reports (编成账目): a generated account as a Report, as composing takes it: true figures rounded once, half up.

Refuses to round anything but money, and to round twice: totals are rounded from their own 元, not added up.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from juesuan.generating.accounts import Generated
from juesuan.generating.projects import Evaluation, Target
from juesuan.model.amounts import MONEY_UNITS, Amount
from juesuan.model.documents import Document
from juesuan.model.keys import ALL, Key
from juesuan.model.places import Place
from juesuan.model.reports import Fact, Indicator, ReadTable, Report


def rounded(amount: Amount, unit: str, decimals: int) -> Amount:
    """Money in another unit, half up; what is no money stays as it is."""
    if not amount.is_money:
        return amount
    value = (amount.base / MONEY_UNITS[unit]).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return Amount(value, decimals, unit, decimals)


def report_of(account: Generated, unit: str = "万元", decimals: int = 2) -> Report:
    """All facts of the account as a report of no document, with the forms of its self-evaluations."""
    report = Report(Document(f"generated-{account.seed}", "", "generated", ()), "部门决算", account.department)
    report.year = account.year
    report.entities = account.units if len(account.units) > 1 else ()
    numbers: dict[Key, int] = {}
    for key, amount in account.facts.items():
        numbers[key] = len(report.facts)
        report.facts.append(Fact(len(report.facts), (key,), rounded(amount, unit, decimals), Place(), -1))
    for one in account.evaluations:
        report.tables.append(_table(one, account, numbers))
    return report


def _table(one: Evaluation, account: Generated, numbers: dict[Key, int]) -> ReadTable:
    form = "performance_department" if one.name == ALL else "performance_project"
    table = ReadTable(form, "", Place(), account.year, "万元", "", department=account.department, project=one.name)
    table.project = "" if one.name == ALL else one.name
    table.texts = {"goal": one.goal, "completion": one.completion}
    if one.name != ALL:
        table.texts |= {"supervisor": account.department, "executor": one.executor}
    key = Key(year=account.year, project=one.name)
    table.indicators = [_indicator(target, key, numbers) for target in one.targets]
    return table


def _indicator(target: Target, key: Key, numbers: dict[Key, int]) -> Indicator:
    own = key._replace(indicator=target.name)
    places = {m: numbers.get(own._replace(measure=m)) for m in ("target", "actual", "weight", "score")}
    said = {"target": target.target, "actual": target.actual}
    texts = {name: f"{amount.show()}{amount.unit}" if amount else target.words for name, amount in said.items()}
    return Indicator(
        target.name,
        target.level1,
        target.level2,
        target.relation,
        texts["target"],
        texts["actual"],
        target.reason,
        Place(),
        **places,
    )
