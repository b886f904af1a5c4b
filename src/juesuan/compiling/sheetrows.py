"""Rows of the sheets (各表的行): contents → what stands in every row, column by column; no file format is known here.

Refuses to drop a figure: one that no fixed row is for gets a row of its own, with its key.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from juesuan.compiling.contents import Contents, Elimination, Evaluation, Figure, Mark
from juesuan.compiling.filling import sheet_of
from juesuan.compiling.sheets import (
    INCOMES,
    NATURES,
    Sheet,
    fund_word,
    kind_word,
    line_key,
    three_public_fund,
    word_of,
)
from juesuan.knowledge.classifications import function_name
from juesuan.knowledge.hierarchy import word
from juesuan.knowledge.styles import styles
from juesuan.model.accounts import GLOSSARY, LAST
from juesuan.model.amounts import Amount
from juesuan.model.keys import ALL, Key

Value = Amount | str | None
Row = list[Value]
LINES = ("budget", "last", "three_public", "assets", "procurement", "others")


def above_of(spec: Sheet, contents: Contents) -> Iterator[tuple[str, str]]:
    """The labelled texts over the head, with what is said there."""
    whole = next((one for one in contents.evaluations if one.name == ALL), None)
    for label, name in spec.above:
        yield label, whole.texts.get(name, "") if whole else ""


def rows_of(spec: Sheet, contents: Contents, style: str) -> list[Row]:
    """The rows below the head, blank ones left out."""
    if spec.role in LINES:
        return list(_lines(spec, contents, style))
    account = contents.account
    projects = [one for one in contents.evaluations if one.name != ALL]
    whole = [one for one in contents.evaluations if one.name == ALL]
    rows: dict[str, list[Row]] = {
        "department": [[r.label, _about(r.what, contents), r.third] for r in spec.rows if spec.role == "department"],
        "units": [[unit.name, unit.code, kind_word(unit.kind), unit.note] for unit in account.units],
        "offices": [[name] for name in account.offices],
        "duties": [[text] for text in account.duties],
        "projects": [_project(one, contents) for one in projects],
        "indicators": [[one.name, *_mark(mark)] for one in projects for mark in one.marks],
        "whole": [_mark(mark) for one in whole for mark in one.marks],
        "eliminations": [_transfer(one) for one in contents.eliminations],
        "glossary": _terms(account.texts),
        "answers": [[answer.check, answer.about, answer.text] for answer in account.answers],
    }
    return rows.get(spec.role, [])


def is_fixed(spec: Sheet, row: Row) -> bool:
    """Whether it is one of the rows that every workbook has: what it is called is locked."""
    return str(row[spec.column("label")]) in {line.label for line in spec.rows}


def _terms(texts: Mapping[str, str]) -> list[Row]:
    """The department's own glossary."""
    return [[name.removeprefix(GLOSSARY), text] for name, text in texts.items() if name.startswith(GLOSSARY)]


def _about(what: str, contents: Contents) -> str:
    """One answer of 部门信息."""
    if what.startswith("text/"):
        return contents.account.texts.get(what.removeprefix("text/"), "")
    department = contents.account.department
    if what == "style":
        return styles()[department.style].title if department.style else ""
    if what == "kind":
        return kind_word(department.kind)
    value = getattr(department, what)
    return "、".join(value) if isinstance(value, tuple) else str(value)


def _project(one: Evaluation, contents: Contents) -> Row:
    told = contents.account.project(one.name)
    texts = [one.texts.get(name, "") for name in ("supervisor", "executor")]
    money = [one.money.get(basis) for basis in ("initial", "full_year", "final")]
    goals = [one.texts.get(name, "") for name in ("goal", "completion")]
    return [
        *(one.name, *texts, fund_word(told.fund)),
        *(*money, *goals, one.score),
        *(told.done, told.problems, told.measures),
    ]


def _transfer(one: Elimination) -> Row:
    nature, income = word_of(NATURES, one.nature), word_of(INCOMES, one.income)
    return [one.payer, nature, one.paid, one.payee, income, one.received, one.amount]


def _mark(mark: Mark) -> Row:
    return [
        *(mark.level1, mark.level2, mark.name, mark.relation),
        *(mark.target, mark.unit, mark.actual, mark.weight, mark.score, mark.reason),
    ]


# Sheets of figures ---------------------------------------------------------------------------------------------------


def _lines(spec: Sheet, contents: Contents, style: str) -> Iterator[Row]:
    """The fixed rows, then what else belongs on the sheet."""
    year = contents.account.department.year or "2000"
    fund = three_public_fund(style, year)
    figures = {figure.key: figure for figure in contents.figures if sheet_of(figure.key, year) == spec.role}
    if spec.role == "others":
        figures |= {figure.key: figure for figure in contents.rest}
    before = str(int(year) - 1)
    done: set[Key] = set()
    for line in spec.rows:
        if line.styles and style not in line.styles:
            continue
        key = line_key(line, before if spec.role == LAST else year, fund)
        done.add(key._replace(basis="final") if spec.role == "budget" else key)
        yield _line(spec, contents, key, line.label, line.third.format(unit=contents.unit), figures)
    for key in sorted(_further(spec, contents, figures) - done):
        label = label_of(key, year)
        unit = next((f.amount.unit for k, f in figures.items() if k == key), contents.unit)
        yield _line(spec, contents, key, label, unit, figures)


def label_of(key: Key, year: str) -> str:
    """What a figure is called: its unit, money, flow, kind of spending, balance, function, economic class or item."""
    own = [key.entity if key.entity != ALL else ""]
    if key.function != ALL:
        own.append(function_words(key.function, year) or key.function)
    dimensions = ("fund", "nature", "economic", "item") if key.item != ALL else ("fund", "flow", "nature", "economic")
    for dimension in dimensions if key.function == ALL or key.item != ALL else ("nature",):
        value = getattr(key, dimension)
        own.append("" if value == ALL else word(dimension, value))
    own.append("预算数" if key.item != ALL and key.basis != "final" else "")
    balance = "" if key.balance == ALL else word("balance", key.balance)
    return " ".join(filter(None, (*own, balance)))


def function_words(code: str, year: str) -> str:
    """The name of a functional code, "" where it is not known."""
    found = function_name(code, year)
    return found.name if found else ""


def _further(spec: Sheet, contents: Contents, figures: Iterable[Key]) -> set[Key]:
    """The keys that need a row: of figures, of reasons, and of the lines of spending that a budget is wanted for."""
    year = contents.account.department.year
    if spec.role == LAST:
        found = {reason.key for reason in contents.account.reasons if reason.against == LAST and _listed(reason.key)}
        return {*figures, *(key._replace(year=str(int(year) - 1)) for key in found)}
    if spec.role != "budget":
        return set(figures)
    wanted = {key._replace(basis="final") for key in figures}
    wanted |= {r.key for r in contents.account.reasons if r.against != LAST and _listed(r.key)}
    return wanted | set(contents.spending)


def _listed(key: Key) -> bool:
    """Whether a row of figures can be for this key: its money and that of its parts, no project's."""
    return key.project == ALL and key.measure == "amount" and key.flow != ALL


def _line(
    spec: Sheet, contents: Contents, key: Key, label: str, third: str, figures: dict[Key, Figure]
) -> Row:  # fmt: skip
    own = key._replace(year=ALL)
    short = str(own).replace("year=all ", "").removeprefix("year=all")
    found: dict[str, Value] = {"label": label, "unit": third, "key": short}
    if spec.role == "budget":
        found |= {basis: _amount(figures, key._replace(basis=basis)) for basis in ("initial", "full_year", "budget")}
        found["fund"] = fund_word(key.fund)
        found["code"] = key.function if key.function != ALL else ""
        found["purpose"] = contents.account.purposes.get(key.function if key.function != ALL else key.item, "")
        reasons = (contents.account.reason(key, basis) for basis in ("initial", "full_year", "budget", ""))
        found["reason"] = next(filter(None, reasons), "")
    else:
        found["value"] = _amount(figures, key)
        now = key._replace(year=contents.account.department.year)
        found["reason"] = contents.account.reason(now, LAST) if spec.role == LAST else ""
    return [found.get(column.role) for column in spec.columns]


def _amount(figures: dict[Key, Figure], key: Key) -> Amount | None:
    figure = figures.get(key)
    return figure.amount if figure else None
