"""Filling (回填): a published account → what a preparer's workbook would have held: words, budgets, counts, projects.

Figures are taken as printed; last year's follow from this year's and the change that a sentence states. Refuses to
mend: what contradicts itself in the account goes into the workbook as it stands, for the checks to say.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from juesuan.compiling.contents import Contents, Evaluation, Figure, Mark
from juesuan.compiling.quoted import with_sides
from juesuan.compiling.telling import Telling
from juesuan.compiling.wide import trimmed, without_stray
from juesuan.knowledge.places import place_of
from juesuan.model.accounts import GLOSSARY, LAST, Account, Department, Project, Reason, Unit
from juesuan.model.amounts import Amount
from juesuan.model.claims import Claim
from juesuan.model.keys import ALL, Key
from juesuan.model.reports import Indicator, ReadTable, Report

_BUDGETS = ("initial", "full_year", "budget")
_LESS, _MORE = "减降低少缩", "增升高多涨"
_COMPARING = ("change", "rate", "direction", "level", "completion")
_FUNDS = ("general_public", "government_funds", "state_capital")
_MONEY = ("initial", "full_year", "final")


def contents_of(report: Report) -> Contents:
    """All that the workbook can hold of a published account."""
    report = replace(report, claims=with_sides(report))
    figures = {figure.key: figure for figure in (*_stated(report), *_implied(report))}
    _deduce(report, figures)
    evaluations = [_evaluation(report, table) for table in report.tables if table.form.startswith("performance")]
    return Contents(_account(report), list(figures.values()), evaluations, [], unit_of(report), _spending(report))


def unit_of(report: Report) -> str:
    """The unit of most of the account's money."""
    units = [fact.amount.unit for fact in report.facts if fact.amount.is_money and fact.amount.value]
    return max(set(units), key=lambda unit: (units.count(unit), unit)) if units else "万元"


def _spending(report: Report) -> list[Key]:
    """The lines of fiscal spending by 项."""
    found = (
        key
        for fact in report.facts
        for key in fact.keys
        if fact.amount.value and len(key.function) == 7 and key.fund in _FUNDS
    )
    line = Key(year=report.year, flow="expenditure")
    return sorted({key for key in found if key == line._replace(fund=key.fund, function=key.function)})


def sheet_of(key: Key, year: str) -> str:
    """The sheet (by role) on which a figure outside the nine tables is given; "" where it is on none."""
    if ALL not in (key.project, key.indicator) or (key.project, key.indicator) != (ALL, ALL) or not key.known:
        return ""
    if key.year != year:
        return "last" if key.year.isdecimal() and int(key.year) == int(year) - 1 and key.basis == "final" else ""
    part = key.item.partition("/")[0]
    if part in ("assets", "procurement"):
        return part
    if part in ("performance", "agency_running_costs", "conferences", "training") and key.basis != "initial":
        return "others"
    if part == "three_public" and (key.measure == "count" or (key.item.count("/") > 1 and "reception" in key.item)):
        return "three_public"
    return "budget" if key.basis in _BUDGETS and key.flow == "expenditure" else ""


def plain_key(key: Key) -> Key:
    """The key under which the workbook lists a figure: counts belong to no fund."""
    return key._replace(fund=ALL) if key.measure == "count" and key.item.startswith("three_public") else key


def _stated(report: Report) -> Iterator[Figure]:
    """Figures of sentences, then of tables, the first of each key."""
    seen: set[Key] = set()
    for fact in sorted(report.facts, key=lambda fact: fact.table >= 0):
        form = report.tables[fact.table].form if fact.table >= 0 else ""
        if fact.blank or form.startswith("performance"):
            continue
        for key in map(plain_key, fact.keys):
            if key.entity == ALL and key not in seen and sheet_of(key, report.year):
                seen.add(key)
                yield Figure(key, fact.amount, fact.place)


def _implied(report: Report) -> Iterator[Figure]:
    """Last year's figures: this year's less the change, where a sentence states one."""
    now: dict[Key, Amount] = {}
    for fact in report.facts:
        for key in fact.keys:
            now.setdefault(key, fact.amount)
    for claim in report.claims:
        if claim.base is None or sheet_of(claim.base, report.year) != LAST:
            continue
        for key in (claim.key, *claim.also):
            before, given = key._replace(year=claim.base.year), now.get(key)
            if given is not None and before not in now and (change := _change(claim, given)) is not None:
                decimals = max(given.decimals, claim.amount.decimals if claim.amount else 0)
                now[before] = Amount(given.value - change, decimals, given.unit, decimals)
                yield Figure(before, now[before], claim.place)


def _change(claim: Claim, given: Amount) -> Decimal | None:
    """By how much the figure grew; None where the words do not say."""
    if claim.kind == "level":
        return Decimal(0)
    if claim.kind != "change" or claim.amount is None or claim.amount.unit != given.unit:
        return None
    if not claim.amount.value:
        return Decimal(0)
    less, more = any(c in claim.word for c in _LESS), any(c in claim.word for c in _MORE)
    return None if less == more else -claim.amount.value if less else claim.amount.value


def _deduce(report: Report, figures: dict[Key, Figure]) -> None:
    """The budget of all fiscal money is that of the general public budget where the other funds have nothing."""
    spent = Key(year=report.year, flow="expenditure")
    others = ("government_funds", "state_capital")
    given = {key: fact.amount for fact in report.facts for key in fact.keys}
    zero = all(
        (amount := given.get(spent._replace(fund=fund))) is not None
        and not amount.value
        and spent._replace(fund=fund, basis="initial") not in figures
        for fund in others
    )
    for basis in _BUDGETS if zero else ():
        whole, part = (spent._replace(fund=fund, basis=basis) for fund in ("fiscal", "general_public"))
        if part in figures and whole not in figures:
            figures[whole] = Figure(whole, figures[part].amount, figures[part].place)


# Words ---------------------------------------------------------------------------------------------------------------


def _account(report: Report) -> Account:
    telling = Telling(report)
    tables = [table for table in report.tables if table.form == "performance_project"]
    supervisors = [table.texts["supervisor"] for table in tables if table.texts.get("supervisor")]
    rules = place_of(report.department)
    department = Department(
        name=report.department,
        year=report.year,
        supervisor=supervisors[0] if supervisors else "",
        place=rules.region if rules else report.region,
    )
    return Account(
        department,
        units=tuple(Unit(name) for name in report.entities),
        offices=telling.offices(),
        duties=telling.duties(),
        reasons=list(reasons_of(report)),
        purposes=dict(_purposes(report)),
        projects=tuple(_project(report, table, telling) for table in tables),
        texts=telling.texts() | {GLOSSARY + name: means for name, means in telling.terms().items()},
    )


def reasons_of(report: Report) -> Iterator[Reason]:
    """Reasons with what they stand against: the comparison before them in the same entry."""
    against: dict[tuple[int, int, Key], str] = {}
    seen: set[tuple[Key, str]] = set()
    for claim in report.claims:
        spot = claim.section, claim.entry, claim.key
        if claim.kind in _COMPARING and claim.base is not None:
            basis = LAST if claim.base.year != claim.key.year else claim.base.basis
            for key in (claim.key, *claim.also):
                against[claim.section, claim.entry, key] = basis
        elif claim.kind == "reason" and (text := trimmed(claim.word).removesuffix("等原因")):
            for key in (claim.key, *claim.also):
                told = key, against.get(spot, "")
                if told not in seen:
                    seen.add(told)
                    yield Reason(*told, text)


def _purposes(report: Report) -> Iterator[tuple[str, str]]:
    for claim in report.claims:
        if claim.kind in ("purpose", "list"):
            name = claim.key.function if claim.key.function != ALL else claim.key.item
            text = Telling.cut(trimmed(claim.word))
            if name != ALL and len(name) != 3 and not name.startswith("organisation") and text:
                yield name, text


def _project(report: Report, table: ReadTable, telling: Telling) -> Project:
    told = telling.project(table.project)
    funds = {key.fund for fact in report.facts for key in fact.keys if key.project == table.project} - {ALL}
    return Project(table.project, funds.pop() if len(funds) == 1 else "", **told)


# Self-evaluations ----------------------------------------------------------------------------------------------------


def _evaluation(report: Report, table: ReadTable) -> Evaluation:
    name = table.project or ALL
    texts = {part: without_stray(words) for part, words in table.texts.items()}
    one = Evaluation(name, texts, place=table.place)
    if table.title:
        one.texts["title"] = table.title
    number = next(n for n, other in enumerate(report.tables) if other is table)
    # an account that was never printed has its figures in no table and in no sentence
    own = {f.keys[0]: f.amount for f in report.facts if f.table == number or (f.table < 0 and f.section < 0)}
    key = Key(year=report.year, project=name)
    for basis in _MONEY:
        if (amount := own.get(key._replace(flow="expenditure", basis=basis))) is not None:
            one.money[basis] = amount
    one.score = own.get(key._replace(measure="score"))
    one.marks = [_mark(report, indicator) for indicator in table.indicators]
    return one


def _mark(report: Report, item: Indicator) -> Mark:
    def amount(number: int | None) -> Amount | None:
        return None if number is None else report.facts[number].amount

    target, actual = amount(item.target), amount(item.actual)
    return Mark(
        item.level1,
        item.level2,
        item.name,
        item.relation,
        item.target_text or (f"{target.show()}{target.unit}" if target else ""),
        target.unit if target else "",
        item.actual_text or (f"{actual.show()}{actual.unit}" if actual else ""),
        amount(item.weight),
        amount(item.score),
        item.reason,
        item.place,
    )
