"""One account (一套决算): Document → Report, in one pass over its tables.

Refuses to interpret a file that is no final account (NotAnAccount).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from juesuan.knowledge.forms import FORM_NAMES
from juesuan.knowledge.places import also_titled, place_of
from juesuan.model.amounts import Amount
from juesuan.model.documents import Document
from juesuan.model.reports import Fact, Indicator, Report, Unread
from juesuan.model.settings import NO_SETTINGS, Settings
from juesuan.understanding import meanings
from juesuan.understanding.census import count
from juesuan.understanding.explanation import read_explanation
from juesuan.understanding.figures import parse_figure
from juesuan.understanding.identity import identify, three_public_basis, unit_names
from juesuan.understanding.meanings import Meaning
from juesuan.understanding.placing import read_placed
from juesuan.understanding.regions import Region, regions
from juesuan.understanding.tables import Draft, TableResult, new_table
from juesuan.understanding.worth import set_units


def interpret(document: Document, settings: Settings = NO_SETTINGS) -> Report:
    """Reads all that the document states. Raises NotAnAccount for a budget or something else."""
    with also_titled(settings.titles):
        found = list(regions(document.blocks))
    identity = identify(document, found)
    units = unit_names(found)
    meaning = Meaning(identity.year, meanings.entities(units, identity.department))
    meaning.three_public_basis = three_public_basis(document)
    report = Report(document, identity.kind, identity.department, identity.year)
    report.settings = settings.of(identity.year)
    report.entities = tuple(units)
    place = place_of(report.settings.region or identity.department, [r.title for r in found])
    report.region = place.province if place else ""
    usual = _usual_unit(found)
    set_units(found, document.blocks, usual)
    results = _read_all(found, meaning, report, usual)
    precision = _precision([r for r in results if r is not None])
    roles: dict[int, str] = {}
    for index, result in enumerate(results):
        if result is not None:
            _add(report, index, result, precision)
            roles |= result.roles
    census = count(document, roles, read_explanation(report))
    report.figures, report.apart = census.figures, census.apart
    report.unread.extend(census.unread)
    report.unread.sort(key=lambda u: (u.place.line or 0, u.place.start or 0))
    return report


def _read_all(found: Sequence[Region], meaning: Meaning, report: Report, unit: str) -> list[TableResult | None]:
    """Tables with codes first, so that those without can be read by name; results in the document's order."""
    results: dict[int, TableResult] = {}
    coded = ("income", "expenditure", "general_public", "funds", "state_capital", "basic")
    order = sorted(range(len(found)), key=lambda i: (found[i].form not in coded, i))
    for i in order:
        results[i] = _read_one(found[i], meaning, unit)
    report.tables = [results[i].table for i in range(len(found))]
    return [results[i] for i in range(len(found))]


def _read_one(region: Region, meaning: Meaning, unit: str) -> TableResult:
    if region.form.startswith("performance"):
        from juesuan.understanding.placed_forms import read_placed_form  # noqa: PLC0415 - only where there is one

        return read_placed_form(region, meaning)
    if region.form in FORM_NAMES:
        return read_placed(region, meaning, unit)
    return _unknown(region, meaning)


def _unknown(region: Region, meaning: Meaning) -> TableResult:
    """A table of no known form: its rows as printed, every figure unread."""
    result = TableResult(new_table(region, meaning))
    for row in (*region.grid, *(row for rows in region.loose for row in rows)):
        for cell in row:
            if cell is not None and parse_figure(cell.text) is not None:
                result.roles[id(cell)] = "未读"
                quote = cell.text.strip()
                result.unread.append(Unread(cell.place.within(quote=quote), quote, "表的种类未能识别"))
    return result


def _usual_unit(found: Sequence[Region]) -> str:
    votes = Counter(r.unit for r in found if r.unit)
    return votes.most_common(1)[0][0] if votes else "万元"


def _precision(results: Sequence[TableResult]) -> dict[str, int]:
    """The usual decimals of the account's figures by unit: 万元 mostly two."""
    votes: dict[str, Counter[int]] = {}
    for result in results:
        for draft in result.drafts:
            if draft.value and draft.keys[0].measure == "amount":
                votes.setdefault(draft.unit, Counter())[draft.decimals] += 1
    return {unit: counter.most_common(1)[0][0] for unit, counter in votes.items()}


def _amount(draft: Draft, precision: dict[str, int]) -> Amount:
    usual = precision.get(draft.unit, draft.decimals) if draft.keys[0].measure == "amount" else draft.decimals
    return Amount(draft.value, max(draft.decimals, usual), draft.unit, draft.decimals)


def _numbered(indicator: Indicator, first: int) -> Indicator:
    """The indicator with the numbers of its facts in the report instead of in its table."""
    names = ("target", "actual", "weight", "score")
    own = {name: getattr(indicator, name) for name in names}
    return replace(indicator, **{name: first + at for name, at in own.items() if at is not None})


def _add(report: Report, index: int, result: TableResult, precision: dict[str, int]) -> None:
    result.table.indicators = [_numbered(i, len(report.facts)) for i in result.table.indicators]
    for draft in result.drafts:
        number = len(report.facts)
        amount = _amount(draft, precision)
        fact = Fact(number, draft.keys, amount, draft.place, index, draft.blank, draft.row, draft.column)
        report.facts.append(fact)
    report.unread.extend(result.unread)
