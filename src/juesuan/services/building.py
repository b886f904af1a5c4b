"""Building (成文服务): an account → its document, checked as a reader would check it, and written in every format.

Compose, write as text, read that text back, run all checks: what is judged is what will be published. Refuses a final
document that has an error nobody approved, a warning or query without an answer, or a gap; a draft is always marked.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from juesuan.checking.registry import discover
from juesuan.checking.runner import run
from juesuan.composing.document import COVER, Composed, compose
from juesuan.composing.errors import MissingFigure
from juesuan.composing.filling import filling
from juesuan.composing.gapped import Gapped
from juesuan.composing.gaps import CHECK as GAP
from juesuan.composing.selfcheck import Issue, Line, Sheet, compose_selfcheck
from juesuan.composing.tables import composed_from
from juesuan.composing.workbook import compose_workbook
from juesuan.documents.blocks_data import FILE as LAYOUT
from juesuan.documents.blocks_data import write_blocks
from juesuan.documents.pdf_fonts import faces, missing_words
from juesuan.documents.template_docx import Filled, fill_template
from juesuan.documents.text import read_text
from juesuan.documents.writing_data import write_data
from juesuan.documents.writing_docx import write_docx
from juesuan.documents.writing_pdf import write_pdf
from juesuan.documents.writing_text import write_text
from juesuan.documents.writing_xlsx import write_xlsx
from juesuan.knowledge.equations import equations
from juesuan.knowledge.hierarchy import word
from juesuan.knowledge.names import plain
from juesuan.model.accounts import Account, Answer
from juesuan.model.charts import illustrated
from juesuan.model.documents import Block, PageBreak, Paragraph
from juesuan.model.findings import Finding, Result, Severity
from juesuan.model.places import Place
from juesuan.model.reports import Report
from juesuan.model.settings import NO_SETTINGS, Settings
from juesuan.presenting.built import Lacking, Problem, Told
from juesuan.presenting.checked import Checked
from juesuan.presenting.json_check import check_json
from juesuan.presenting.json_read import read_json
from juesuan.presenting.words import names_in, say_key
from juesuan.services.pointing import Pointing
from juesuan.services.publishing import web_page
from juesuan.understanding import interpret

if TYPE_CHECKING:
    from juesuan.services.loading import Build, Loaded

DRAFT = "草稿"
_DRAFT_LINE = "（草稿，未定稿）"
_HANDLE = 4
_APPROVAL = "或由编制人以外的人批准（--approve 姓名 --why 理由）"


@dataclass(slots=True)
class Built:
    """One document, judged. `stops` say why it is not final; `files` are what is to be written, by path."""

    name: str
    composed: Composed
    checked: Checked
    answers: dict[Finding, str]
    stops: list[str] = field(default_factory=list)
    spots: dict[Finding, list[str]] = field(default_factory=dict)
    """finding → sheet and cell of the workbook"""
    lacking: dict[str, str] = field(default_factory=dict)
    """what a gap lacks → sheet and cell of the workbook"""
    told: Told | None = None
    """what is said of it on the screen"""
    files: dict[str, bytes] = field(default_factory=dict)

    @property
    def final(self) -> bool:
        return not self.stops


def judged(loaded: Loaded, settings: Settings = NO_SETTINGS) -> Built:
    """Composes and checks, writes nothing. Raises CannotCompose where a table's figure is not given."""
    account, report = loaded.account, loaded.report
    name = f"{account.department.name or report.department}{report.year}年度部门决算"
    composed = compose(report, account, loaded.style)
    document = read_text(write_text(composed.blocks).encode("utf-8"), f"{name}.txt")
    read = interpret(document, settings)
    result = run(read)
    checked = Checked(f"{name}.txt", document.sha256, read, result)
    answers = {
        finding: answer
        for finding in result.findings
        if (answer := _answer(finding, checked.handles.get(finding, ""), account.answers, read))
    }
    return Built(name, composed, checked, answers)


def build(loaded: Loaded, wanted: Build, settings: Settings = NO_SETTINGS, template: bytes = b"") -> Built:
    """The document with every file that is to be written: all of it where it is final or a draft is wanted, else only
    the self-check. `template` are the bytes of the bureau's own Word file. Raises CannotCompose, BadTemplate.
    """
    pointing = Pointing(loaded)
    try:
        built = judged(loaded, settings)
    except MissingFigure as why:
        said = say_key(why.key, names_in(loaded.report), loaded.report.year)
        raise MissingFigure(why.form, why.key, said, pointing.figure(why.key)) from why
    units = _units(loaded)
    loaded = replace(loaded, notes=[*loaded.notes, *(unit.gaps for unit in units if unit.gaps)])
    built.stops = list(_stops(built, loaded.account, wanted))
    own = _templated(built, loaded, wanted.template, template) if template else None
    if own is not None:
        loaded = replace(loaded, notes=[*loaded.notes, *_template_notes(own)])
    built.spots = {finding: pointing.spots(finding, _read(built)) for finding in built.checked.findings}
    built.lacking = {gap.what: pointing.gap(gap) for gap in built.composed.gaps}
    blocks = built.composed.blocks
    if built.final or wanted.draft:
        mark = "" if built.final else DRAFT
        blocks = blocks if built.final else tuple(_marked(blocks))
        built.files |= _written(built, blocks, wanted.formats, f"（{mark}）" if mark else "", mark)
        if own is not None:
            built.files[f"{built.name}{f'（{mark}）' if mark else ''}.docx"] = own.data
        if "xlsx" in wanted.formats:
            name = f"{built.name}{f'（{mark}）' if mark else ''}-报表.xlsx"
            built.files[name] = _workbook(loaded, built.composed.blocks, "", mark)
        built.files |= _written_units(loaded, units, wanted.formats, mark)
    built.told = _told(built, loaded)
    sheet = compose_selfcheck(_sheet(built, loaded, wanted))
    built.files[f"{built.name}-自查表.docx"] = write_docx(sheet)
    built.files[f"{built.name}-自查表.txt"] = write_text(sheet).encode("utf-8")
    built.files[f"{built.name}-检查结果.json"] = "".join(check_json([built.checked])).encode("utf-8")
    built.files[f"{built.name}-答复与批准.json"] = _record(built, loaded, wanted)
    return built


def _templated(built: Built, loaded: Loaded, file: str, template: bytes) -> Filled:
    """The bureau's own Word file, filled. Raises BadTemplate."""
    made = filling(built.composed, loaded.report, loaded.account)
    return fill_template(template, file, made, "" if built.final else f"{DRAFT}，未定稿")


def _template_notes(filled: Filled) -> Iterator[str]:
    """What is to be said of a filled template."""
    if filled.left_out:
        yield f"模板里没有放这些内容：{'、'.join(filled.left_out)}"
    yield from (f"模板的{words}" for words in filled.empty)


def _told(built: Built, loaded: Loaded) -> Told:
    """What is to be said of it on the screen: all that is open."""
    handles = built.checked.handles
    problems = [
        Problem(one, joined(built.spots.get(one, ())), handles.get(one, ""))
        for one in built.checked.findings
        if one.severity > Severity.INFO and one not in built.answers
    ]
    gaps = [Lacking(gap.what, built.lacking.get(gap.what, "")) for gap in built.composed.open]
    fonts = missing_words(faces()) if any(name.endswith(".pdf") for name in built.files) else ""
    return Told(built.stops, problems, gaps, _differences(loaded), _sources(loaded), fonts)


def _read(built: Built) -> Report:
    report = built.checked.report
    assert report is not None  # what was composed could be read
    return report


# what stops it --------------------------------------------------------------------------------------------------------


def _stops(built: Built, account: Account, wanted: Build) -> Iterator[str]:
    """Why the document is not final, most important first."""
    result = built.checked.result or Result()
    errors = sum(f.severity == Severity.ERROR for f in result.findings)
    open_ones = [f for f in result.findings if Severity.QUERY <= f.severity < Severity.ERROR and f not in built.answers]
    preparer = account.department.preparer.strip()
    approved = bool(plain(wanted.approve)) and bool(preparer) and plain(wanted.approve) != plain(preparer)
    if result.crashes and not approved:
        yield f"有 {len(result.crashes)} 项核对没有做成（程序故障）；{_APPROVAL}"
    if errors and wanted.approve and not preparer:
        yield "工作簿里没有写编制人，不能知道批准人是不是编制人；请在“部门信息”表里填写"
    elif errors and wanted.approve and not approved:
        yield f"批准人“{wanted.approve}”就是工作簿里的编制人，不能批准自己编的决算"
    elif errors and not approved:
        yield f"有 {errors} 个错误；请改正，{_APPROVAL}"
    if open_ones:
        yield f"有 {len(open_ones)} 个警告或请说明的问题没有答复；请在工作簿“原因与答复”表里写明"
    if built.composed.open:
        yield f"有 {len(built.composed.open)} 处内容待填；请在工作簿里填写，或在“原因与答复”表里说明为什么没有"


def _answer(finding: Finding, handle: str, answers: Iterable[Answer], report: Report) -> str:
    """What the preparer says to a finding: an answer that names it, its figure, or all of its check."""
    spots = set(finding.places)
    keys = {str(key) for fact in report.facts if fact.place in spots for key in fact.keys}
    for answer in answers:
        if answer.check and answer.check.strip().upper() != finding.check:
            continue
        named = answer.about.strip()
        if not named and answer.check:
            return answer.text
        short = len(named) >= _HANDLE and handle.startswith(named)
        if named and (short or named == handle or named in keys or named in finding.message):
            return answer.text
    return ""


# what is written ------------------------------------------------------------------------------------------------------


def _marked(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks with the word that it is a draft at the end of the cover."""
    marked = False
    for block in blocks:
        if isinstance(block, PageBreak) and not marked:
            yield Paragraph(_DRAFT_LINE, Place(table=COVER))
            marked = True
        yield block


def _written(built: Built, blocks: Iterable[Block], formats: Iterable[str], suffix: str, mark: str) -> dict[str, bytes]:
    """The document in the formats that are wanted."""
    files: dict[str, bytes] = {}
    blocks = tuple(blocks)
    report = built.checked.report
    shown = tuple(illustrated(blocks, built.composed.charts))
    if "pdf" in formats:
        author = report.department if report is not None else ""
        files[f"{built.name}{suffix}.pdf"] = write_pdf(shown, built.name, author, mark)
    if "docx" in formats:
        files[f"{built.name}{suffix}.docx"] = write_docx(shown, mark)
    if "text" in formats:
        files[f"{built.name}{suffix}.txt"] = write_text(blocks).encode("utf-8")
    if "html" in formats and report is not None:
        page = web_page(report, built.composed.blocks, blocks, built.composed.charts, mark)
        files[f"{built.name}{suffix}.html"] = page
    if "data" in formats and report is not None:
        say = partial(say_key, names=names_in(report), year=report.year)
        layout = write_blocks(blocks, built.composed.charts, mark)
        data = write_data(report, say, [("account.json", read_json(report)), (LAYOUT, layout)])
        files |= {f"{built.name}{suffix}-数据/{name}": content for name, content in data.items()}
    return files


@dataclass(frozen=True, slots=True)
class _Unit:
    """The tables of one unit's own account; `gaps`: the tables that lack a figure, and how many they lack."""

    name: str
    title: str
    blocks: list[Block]
    gaps: str


def _units(loaded: Loaded) -> list[_Unit]:
    """Every unit's own tables. What the department's data do not say of a unit (its budgets) is a gap in them."""
    found = []
    for name, report in loaded.units.items():
        figures = Gapped(report)
        blocks = composed_from(figures, loaded.style)
        titles = "、".join(dict.fromkeys(word("form", form) for form, _ in figures.gaps))
        gaps = (
            f"{name}的{titles}有 {len(figures.gaps)} 处待填：只给了部门的数，请补上这个单位的" if figures.gaps else ""
        )
        found.append(_Unit(name, f"{name}{report.year}年度单位决算表", blocks, gaps))
    return found


def _written_units(loaded: Loaded, units: Iterable[_Unit], formats: Iterable[str], mark: str) -> dict[str, bytes]:
    """Their files; those with gaps are drafts."""
    files: dict[str, bytes] = {}
    for unit in units:
        own = mark or (DRAFT if unit.gaps else "")
        stem = f"各单位/{unit.title}{f'（{own}）' if own else ''}"
        if "pdf" in formats:
            files[f"{stem}.pdf"] = write_pdf(unit.blocks, unit.title, unit.name, own)
        if "docx" in formats:
            files[f"{stem}.docx"] = write_docx(unit.blocks, own)
        if "text" in formats:
            files[f"{stem}.txt"] = write_text(unit.blocks).encode("utf-8")
        if "xlsx" in formats:
            files[f"{stem}.xlsx"] = _workbook(loaded, unit.blocks, unit.name, own)
    return files


def _workbook(loaded: Loaded, blocks: Iterable[Block], unit: str, mark: str) -> bytes:
    """The tables as a workbook: of the department, or of one of its units."""
    report = loaded.units[unit] if unit else loaded.report
    whose = unit or loaded.account.department.name or report.department
    say = partial(say_key, names=names_in(loaded.report) | names_in(report), year=report.year)
    made = compose_workbook(blocks, loaded.style, (whose, report.year), say)
    return write_xlsx(replace(made, mark=mark))


def _sheet(built: Built, loaded: Loaded, wanted: Build) -> Sheet:
    department = loaded.account.department
    verdict = "核对完毕，可以定稿。" if built.final else f"未定稿：{'；'.join(built.stops)}。"
    errors = any(f.severity == Severity.ERROR for f in built.checked.findings) or built.checked.crashed
    approved = f"有错误而定稿，由{wanted.approve}批准，理由：{wanted.why}。" if built.final and errors else ""
    return Sheet(
        department.name,
        loaded.report.year,
        department.preparer,
        department.reviewer,
        verdict,
        approved,
        _sources(loaded),
        _differences(loaded),
        tuple((_lacking(built, gap.what), gap.answer) for gap in built.composed.gaps),
        tuple(_issues(built)),
        tuple(_lines(built.checked.result or Result())),
    )


def _sources(loaded: Loaded) -> tuple[str, ...]:
    """Where the figures come from, and what was assumed."""
    return (f"数据来源：{loaded.source}。", *(note if note.endswith("。") else f"{note}。" for note in loaded.notes))


def _differences(loaded: Loaded) -> tuple[str, ...]:
    """Every figure that two sources give differently, in words."""
    names = names_in(loaded.report)
    return tuple(
        f"{say_key(one.key, names, loaded.report.year)}：{one.source} {one.amount.show()} {one.amount.unit}，"
        f"{one.other_source} {one.other.show()} {one.other.unit}，以{one.source}为准"
        + ("（尾差）" if one.rounding else "")
        for one in loaded.differences
    )


def _lacking(built: Built, what: str) -> str:
    """A gap with where it is to be filled in."""
    where = built.lacking.get(what, "")
    return f"{what}（{where}）" if where else what


def joined(spots: Iterable[str]) -> str:
    """Cells in one line, a sheet named once for those that follow each other: 预算数!H21、H20、上年数!B4."""
    found: list[str] = []
    last = ""
    for spot in spots:
        sheet, mark, cell = spot.rpartition("!")
        found.append(cell if mark and sheet == last else spot)
        last = sheet if mark else ""
    return "、".join(found)


def _issues(built: Built) -> Iterator[Issue]:
    for finding in built.checked.findings:
        line = finding.places[0].line if finding.places else None
        where = joined(built.spots.get(finding, ())) or ("" if line is None else f"文本第 {line} 行")
        said = finding.message.replace("\n", "；")
        named = f"{finding.check} {built.checked.handles.get(finding, '')}".strip()
        answer = built.answers.get(finding, "") or ("提示，不必答复" if finding.severity == Severity.INFO else "")
        yield Issue(finding.severity.word, named, where, said, answer)


def _lines(result: Result) -> Iterator[Line]:
    """Every check and equation, in the order of their ids."""
    known = {c.id: (c.severity.word, c.summary) for c in discover().values()}
    known |= {e.id: (e.severity.word, f"{e.title}：{e.says}") for e in equations()}
    crashes = {crash.check: crash.error for crash in result.crashes}
    for check, (severity, title) in sorted(known.items()):
        tally = result.tallies.get(check)
        counts = (tally.passed, tally.failed, tally.unchecked) if tally else (0, 0, 0)
        yield Line(check, severity, title, *counts, crashed=crashes.get(check, ""))


def _record(built: Built, loaded: Loaded, wanted: Build) -> bytes:
    """What was answered and approved, as data."""
    record = {
        "document": built.name,
        "sha256": built.checked.sha256,
        "final": built.final,
        "stops": built.stops,
        "preparer": loaded.account.department.preparer,
        "approved": {"by": wanted.approve, "why": wanted.why} if wanted.approve else None,
        "sources": list(_sources(loaded)),
        "differences": list(_differences(loaded)),
        "gaps": [{"check": GAP, "what": g.what, "about": g.about, "answer": g.answer} for g in built.composed.gaps],
        "answers": [
            {"check": f.check, "name": built.checked.handles.get(f, ""), "message": f.message, "answer": answer}
            for f, answer in built.answers.items()
        ],
    }
    return (json.dumps(record, ensure_ascii=False, indent=2) + "\n").encode("utf-8")
