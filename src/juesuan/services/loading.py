"""Loading (取数): a filled workbook and what stands beside it → one report and the words of the account.

In order of authority: approved tables, the internal workbook (财决), the ledger. What binds is never recomputed; what
stands beside it is compared, and differences are listed first. Refuses an account without money.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from juesuan.compiling.approved import contradictions, misfilled
from juesuan.compiling.caijue import Internal, add, converted
from juesuan.compiling.consolidation import consolidated, leaves_of, of_unit
from juesuan.compiling.contents import Contents, Figure, add_evaluations, add_figures
from juesuan.compiling.differences import Difference, differences, figures_of
from juesuan.compiling.errors import (
    BadInput,
    DoubledCode,
    NoMoney,
    OtherYear,
    RoundingRefused,
    SameUnitTwice,
    UnreadFigure,
    refuse,
)
from juesuan.compiling.ledger import read_ledgers
from juesuan.compiling.reading import Workbook
from juesuan.compiling.rounding import balanced
from juesuan.compiling.rows import FilledRow
from juesuan.compiling.sheets import sheets
from juesuan.compiling.totals import totals
from juesuan.documents.errors import MissingFile, Unsuited
from juesuan.documents.reading import file_bytes, kind_of
from juesuan.documents.xlsx import read_xlsx
from juesuan.knowledge.layouts import layout
from juesuan.knowledge.places import place_of
from juesuan.knowledge.styles import Style, style, style_of
from juesuan.model.accounts import Account
from juesuan.model.documents import Document
from juesuan.model.keys import ALL, Key
from juesuan.model.places import Place
from juesuan.model.reports import Report
from juesuan.understanding import interpret

WAN = "万元"
APPROVED, UNITS, INTERNAL, LEDGER, SHEETS = "批复表", "各单位汇总", "财决工作簿", "账簿", "工作簿"


@dataclass(slots=True)
class Loaded:
    """One account: its report (all figures as facts), its words, its style; where its money comes from.

    `differences` between the sources come first in all that is built. `units`: each unit's own report, by name.
    """

    report: Report
    account: Account
    style: Style
    source: str
    differences: list[Difference] = field(default_factory=list)
    units: dict[str, Report] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    """what was assumed on the way, in Chinese"""
    rows: dict[Key, FilledRow] = field(default_factory=dict)
    """rows of the workbook's sheets of figures, by what they are about"""
    passages: dict[str, Place] = field(default_factory=dict)
    """where the workbook's passages stand, by name"""


@dataclass(frozen=True, slots=True)
class Sources:
    """What stands beside the workbook. `balanced`: controlled rounding of a ledger's figures."""

    units: tuple[str, ...] = ()
    """filled workbooks of the department's units, to be added up"""
    caijue: str = ""
    ledgers: tuple[str, ...] = ()
    balanced: bool = False


FORMATS = ("pdf", "docx", "html", "xlsx", "text", "data")
"""what `juesuan build` can write"""


@dataclass(frozen=True, slots=True)
class Build:
    """What `juesuan build` is to write, and who approves it in spite of errors. `output` "": beside the workbook.

    `template` is the bureau's own Word file, "" for ours.
    """

    output: str = ""
    place: str = ""
    formats: tuple[str, ...] = FORMATS
    sources: Sources = Sources()
    draft: bool = False
    approve: str = ""
    why: str = ""
    config: str = ""
    template: str = ""


def load(file: str, place: str = "", sources: Sources = Sources()) -> Loaded:
    """The account of a filled workbook. `place` is the style wanted, or a place; "" as the workbook says.

    Raises BadInput (or BadInputs) and UnreadableFile; nothing is written here.
    """
    book = Workbook(_sheets(file, "需要 juesuan init 新建、填好的工作簿（.xlsx）"))
    chosen = _style(place or book.department.style, book.department.place or book.department.name)
    document = book.tables(chosen)
    report = _interpreted(document, chosen, book.department.year)
    approved = any(not fact.blank for fact in report.facts)
    named = {row.function: row.name for table in report.tables for row in table.rows if row.function and row.name}
    contents = book.contents(chosen, WAN, named)
    _identify(report, contents.account, book.document)
    if not approved:
        report.facts, report.tables, report.unread = [], [], []
    loaded = Loaded(report, contents.account, chosen, APPROVED, rows=contents.rows, passages=contents.passages)
    _beside(loaded, contents, sources, approved)
    _complete(loaded, contents)
    return loaded


def _sheets(file: str, expected: str) -> Document:
    """The sheets of a workbook. Raises Unsuited with what is expected here, where it is none or is not there."""
    try:
        data = file_bytes(Path(file), file)
    except MissingFile as why:
        raise Unsuited(file, expected, missing=True) from why
    if data and kind_of(data) not in ("Excel", "Office", "压缩包"):
        raise Unsuited(file, expected)
    return read_xlsx(data, file)


def _style(name: str, region: str) -> Style:
    """The style of that name; else that of the place named, in any way of naming it."""
    from juesuan.knowledge.styles import styles  # noqa: PLC0415 - beside its only use

    if name in styles():
        return style(name)
    rules = place_of(name or region)
    return style_of(rules.region) if rules else style_of(name or region)


def _interpreted(document: Document, chosen: Style, year: str) -> Report:
    """The nine tables read by their forms. Raises what could not be read, all at once.

    预算数 of the “三公” table, where its note does not say which, is what the style's table means.
    """
    report = interpret(document)
    bad: list[BadInput] = list(misfilled(document, report))
    spots = {one.place.cell for one in bad}
    bad += [UnreadFigure(o.place, o.quote, o.reason) for o in report.unread if o.place.cell not in spots]
    refuse(bad)
    columns = layout("three_public", chosen.name, int(year)).blocks[0].values
    basis = next((dims["basis"] for _, dims in columns if "basis" in dims), "budget")
    for fact in report.facts:
        if any(key.basis == "budget" for key in fact.keys):
            keys = tuple(key._replace(basis=basis) if key.basis == "budget" else key for key in fact.keys)
            report.facts[fact.number] = replace(fact, keys=keys)
    return report


def _identify(report: Report, account: Account, document: Document) -> None:
    report.document, report.kind = document, "部门决算"
    report.department, report.year = account.department.name, account.department.year
    report.entities = tuple(unit.name for unit in account.units) if len(account.units) > 1 else ()
    rules = place_of(account.department.place or account.department.name)
    report.region = rules.province if rules else ""


def _beside(loaded: Loaded, contents: Contents, sources: Sources, approved: bool) -> None:
    """Money from elsewhere: binding where nothing better is there, else compared."""
    file = loaded.report.document.file
    if sources.balanced and (approved or sources.units or sources.caijue):
        raise RoundingRefused(file)
    found = list(_sources(loaded, contents, sources))
    if not approved:
        if not found:
            raise NoMoney(file)
        loaded.source, figures = found.pop(0)
        add_figures(loaded.report, figures)
    elif contents.eliminations:
        loaded.notes.append("批复表已是汇总数，“内部往来抵销”不再计算")
    own = figures_of(loaded.report)
    for source, figures in found:
        loaded.differences += differences(own, loaded.source, figures, source)


def _sources(loaded: Loaded, contents: Contents, sources: Sources) -> Iterator[tuple[str, list[Figure]]]:
    """(what it is called, its figures) of all that stands beside the workbook, the most authoritative first."""
    year = loaded.report.year
    if sources.units:
        parts = _unit_accounts(sources.units, year)
        loaded.units.update(parts)
        yield UNITS, consolidated(parts, contents.eliminations, year)
    if sources.caijue:
        yield INTERNAL, _internal(sources.caijue, loaded.report)
        loaded.notes.append("财决工作簿的读取只用仿制的文件试过，请逐项核对；其中“三公”的口径没有写明，两种口径同用")
    if sources.ledgers:
        yield LEDGER, _ledger(loaded, contents, sources)


def _unit_accounts(files: Sequence[str], year: str) -> dict[str, Report]:
    """Unit → its account. Raises SameUnitTwice, DoubledCode, OtherYear."""
    seen: dict[str, tuple[str, str]] = {}
    parts = {}
    for file in files:
        part = load(file)
        own = part.account.department
        sheet = sheets()["department"].name
        if own.name in seen:
            raise SameUnitTwice(Place(file, sheet=sheet), own.name, seen[own.name][0])
        same = next((name for name, (_, code) in seen.items() if code and code == own.code), "")
        if same:
            raise DoubledCode(Place(file, sheet=sheet), own.code, same, own.name)
        if own.year != year:
            raise OtherYear(Place(file, sheet=sheet), own.year, year)
        seen[own.name] = (file, own.code)
        parts[own.name] = part.report
    return parts


def _internal(file: str, report: Report) -> list[Figure]:
    book = Internal(_sheets(file, "需要部门决算系统导出的财决工作簿（.xlsx、.xls）"), report.year)
    refuse(book.missing())
    document = book.tables(report.department)
    read = interpret(document)
    refuse([*misfilled(document, read), *contradictions(read)])
    add(read, book.figures())
    converted(read)
    return [figure for key, figure in figures_of(read).items() if key.known and key.year == report.year]


def _ledger(loaded: Loaded, contents: Contents, sources: Sources) -> list[Figure]:
    account, year = contents.account, loaded.report.year
    several = len(account.units) > 1
    units = {word: unit.name for unit in account.units for word in (unit.name, unit.code) if word} if several else {}
    known = {row.function for table in loaded.report.tables for row in table.rows if row.function}
    ledger = read_ledgers(sources.ledgers, year, units, known)
    loaded.notes += [*ledger.notes, f"账簿共 {ledger.rows} 行，其中结转和不计收支的 {ledger.left_out} 行"]
    kinds = {unit.name: unit.kind for unit in account.units} if several else {ALL: account.department.kind}
    found = totals([*ledger.leaves, *leaves_of(contents.eliminations, year)], kinds)
    amounts = balanced(found, sources.ledgers[0]) if sources.balanced else found.rounded()
    return [Figure(key, amount, Place(sources.ledgers[0])) for key, amount in amounts.items()]


def _complete(loaded: Loaded, contents: Contents) -> None:
    """The workbook's own figures and self-evaluations; what the tables say already is only compared."""
    own = figures_of(loaded.report)
    new = [figure for figure in contents.figures if not _has(own, figure.key)]
    loaded.differences += differences(own, loaded.source, _given(contents.figures, own), SHEETS)
    add_figures(loaded.report, new)
    add_evaluations(loaded.report, contents.evaluations)
    if len(contents.account.units) > 1:
        parts = ((unit.name, of_unit(loaded.report, unit.name)) for unit in contents.account.units)
        loaded.units |= {name: part for name, part in parts if part.facts}


def _has(own: dict[Key, Figure], key: Key) -> bool:
    return key in own


def _given(figures: Iterable[Figure], own: dict[Key, Figure]) -> Iterable[Figure]:
    return (figure for figure in figures if figure.key in own)
