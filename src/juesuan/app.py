"""The services (服务) that the command line and the portal both call: check files, read one, explain a line.

Refuses to print, and to stop at a bad file: what cannot be checked is named with its reason, the others go on.
"""

from __future__ import annotations

import glob
import hashlib
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from juesuan.documents.errors import OwnDefect
from juesuan.model.documents import Document, PageBreak, Table
from juesuan.model.findings import Crash, Finding, Result
from juesuan.model.places import Place
from juesuan.model.reports import Fact, Report
from juesuan.model.system import said
from juesuan.presenting.checked import Checked, in_order
from juesuan.presenting.explained import Explained, Figure
from juesuan.presenting.words import names_in
from juesuan.services.working import WORTH, Progress, in_worker, over_files, risky

if TYPE_CHECKING:
    from juesuan.presenting.entries import Rule
    from juesuan.services.acceptance import Acceptance
    from juesuan.services.building import Built
    from juesuan.services.holding import Holds
    from juesuan.services.loading import Build, Loaded, Sources
    from juesuan.services.preparing import Wanted

RESULTS = ("-标注.pdf", "-检查结果.html", "-审核意见单.docx", "问题清单.xlsx")
"""what `juesuan check` writes: no account, where a folder is meant with all that is in it"""
OWN_FILES = (".accepted.toml", "juesuan.toml")
NOT_MEANT = (".", "~$", "Thumbs.db", "desktop.ini")
"""beginnings of names that stand in folders and are nobody's account"""


class Refused(Exception):
    """A file that cannot be read or is no final account; str() says why and what to do, in Chinese.

    `file` is which of several files it is, "" where there is one only.
    """

    def __init__(self, said: str, file: str = "") -> None:
        super().__init__(said)
        self.file = file


class Crashed(Refused):
    """Our own program failed over a file: a defect of ours, never of the file."""


def find_files(patterns: Iterable[str], results: bool = False) -> tuple[list[str], list[Checked]]:
    """The files that are meant, each once, in the given order; and what no file could be found for.

    A shell that does not expand `*.txt` (Windows) leaves that to us. A folder means all files in it and below it. Our
    own files beside accounts are not meant, nor those that a system hides, nor `results` of a former check.
    """
    files: dict[str, None] = {}
    missing = []
    for pattern in patterns:
        if Path(pattern).is_dir():
            found = [file for file in _below(Path(pattern)) if results or not file.endswith(RESULTS)]
            files.update(dict.fromkeys(found))
            if not found:
                missing.append(Checked(pattern, error="文件夹里没有文件，请核对路径。"))
        elif Path(pattern).exists() or not glob.has_magic(pattern):
            files[pattern] = None
        elif found := sorted(path for path in _glob(pattern) if Path(path).is_file()):
            files.update(dict.fromkeys(found))
        else:
            missing.append(Checked(pattern, error="没有与此相符的文件，请核对路径和通配符。"))
    return [file for file in files if not file.endswith(OWN_FILES)], missing


def _below(folder: Path) -> list[str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return sorted(str(path) for path in files if not any(_hidden(p) for p in path.relative_to(folder).parts))


def _hidden(part: str) -> bool:
    return part.startswith(NOT_MEANT)


def _glob(pattern: str) -> list[str]:
    # not Path.glob: it refuses patterns that are absolute
    return glob.glob(pattern, recursive=True)


def check_files(
    patterns: Iterable[str],
    progress: Progress | None = None,
    config: str | None = None,
    jobs: int | None = None,
) -> Iterator[Checked]:
    """Checks the files in order, in `jobs` processes; nothing is kept of a file once the next is asked for."""
    files, missing = find_files(patterns)
    yield from missing
    if len(files) >= WORTH or any(map(risky, files)):
        for file, answer in over_files("juesuan.app:check_sent", files, (config,), jobs, progress):
            yield _checked(file, answer)
        return
    check = partial(check_file, config=config) if config else check_file
    for number, file in enumerate(files, 1):
        if progress:
            progress(number, len(files), file, 0)
        yield check(file)


def check_file(file: str, config: str | None = None) -> Checked:
    """Reads, understands and checks one file. Never raises for what is in the file.

    `config` is the configuration to use in the place of the nearest juesuan.toml. What may harm its reader is read in
    a process of its own.
    """
    if risky(file):
        return _checked(file, in_worker("juesuan.app:check_sent", file, config))
    return check_here(file, config)


def _checked(file: str, answer: object) -> Checked:
    """What a worker answered: the checked file, or the reason why there is none."""
    if isinstance(answer, Checked):
        return answer
    if isinstance(answer, OwnDefect):
        return Checked(file, sha256_of(file), result=Result(crashes=[Crash("READ", answer.what)], crashed=1))
    return Checked(file, sha256_of(file), error=str(answer).removeprefix(f"{file}："))


def check_sent(file: str, config: str | None) -> Checked:
    """As check_here, in a worker: to be sent. Raises MemoryError, which a check would take for its own crash."""
    checked = check_here(file, config)
    if checked.result and any(crash.error.startswith("MemoryError") for crash in checked.result.crashes):
        raise MemoryError
    if checked.report:
        checked.report.views.clear()
    return checked


def check_here(file: str, config: str | None = None, name: str = "") -> Checked:
    """As check_file, in this process. `name` is what the file is called in all that is said of it."""
    from juesuan.checking.runner import attempt

    named = (name,) if name else ()
    try:
        report = attempt(lambda: read_here(file, config, *named), Refused)
        if isinstance(report, Crash):
            return Checked(file, sha256_of(file), result=Result(crashes=[report], crashed=1))
        result, stale = _judged(file, report)
    except Refused as why:
        return Checked(file, sha256_of(file), error=str(why))
    told = tuple(f"{old.print.check} {old.print.printed}（{old.print.digest[:6]}）{old.why}" for old in stale)
    return Checked(file, report.document.sha256, report, result, stale=told)


def _judged(file: str, report: Report) -> tuple[Result, list[Acceptance]]:
    """The findings of a report, the accepted ones marked; and the acceptances that are out of date. Raises Refused."""
    from juesuan.checking.runner import run
    from juesuan.services.acceptance import acceptances, apply
    from juesuan.services.handmade import BadFile

    try:
        accepted = acceptances(file)
    except BadFile as why:
        raise Refused(str(why)) from why
    result = run(report)
    return result, apply(report, result, accepted)


def rules() -> dict[str, Rule]:
    """What every check and equation says of itself, by its id."""
    from juesuan.checking import runner  # noqa: F401  registers the checks that the runner itself calls
    from juesuan.checking.registry import discover
    from juesuan.knowledge.equations import equations
    from juesuan.presenting.entries import Rule

    checks = {check.id: Rule(check.summary.rstrip("。"), check.basis) for check in discover().values()}
    return checks | {equation.id: Rule(equation.says, equation.basis) for equation in equations()}


def check_config(config: str) -> None:
    """Whether a configuration can be used. Raises Refused."""
    from juesuan.services.configuration import load
    from juesuan.services.handmade import BadFile

    try:
        load(Path(config), config)
    except BadFile as why:
        raise Refused(str(why)) from why


def accept(file: str, name: str, why: str, config: str | None = None) -> tuple[Finding, Path]:
    """Accepts the finding of that name for a reason: the finding, and the file that says so now. Raises Refused."""
    from juesuan.services.acceptance import NoFinding, add, find
    from juesuan.services.handmade import BadFile

    report = read_file(file, config)
    result, _ = _judged(file, report)
    try:
        finding, print_ = find(report, result.findings, name)
        return finding, add(file, finding, print_, why)
    except (NoFinding, BadFile) as reason:
        raise Refused(str(reason)) from reason


def take_back(file: str, name: str, config: str | None = None) -> list[str]:
    """Takes back what was accepted under that name: the reasons it was accepted for. Raises Refused."""
    from juesuan.services.acceptance import NoFinding, acceptances, find, remove
    from juesuan.services.handmade import BadFile

    try:
        if not acceptances(file):
            raise Refused("没有已接受的问题。")
        try:
            report = read_file(file, config)
            prints = [find(report, _judged(file, report)[0].findings, name)[1]]
        except (NoFinding, Refused):
            prints = []  # no finding answers to it any more, or the account is gone: its own name is enough
        found = remove(file, name, prints)
    except BadFile as reason:
        raise Refused(str(reason)) from reason
    if not found:
        raise Refused(f"已接受的问题里没有“{name}”，名称见 juesuan check 所列问题的末尾。")
    return [acceptance.why for acceptance in found]


def read_file(file: str, config: str | None = None) -> Report:
    """Reads and understands one file. Raises Refused. What may harm its reader is read in a process of its own."""
    answer = in_worker("juesuan.app:read_sent", file, config) if risky(file) else read_sent(file, config)
    if isinstance(answer, Report):
        return answer
    raise _refused(file, answer)


def _refused(file: str, answer: object) -> Refused:
    """Why there is no report."""
    answer = OwnDefect(file, answer.error) if isinstance(answer, Crash) else answer
    kind = Crashed if isinstance(answer, OwnDefect) else Refused
    return kind(str(answer).removeprefix(f"{file}："))


def read_files(
    patterns: Iterable[str],
    progress: Progress | None = None,
    config: str | None = None,
    jobs: int | None = None,
) -> Iterator[tuple[str, Report | Refused]]:
    """(file, its report, or why it cannot be read), in order, in `jobs` processes."""
    files, missing = find_files(patterns)
    yield from ((one.file, Refused(one.error)) for one in missing)
    for file, answer in over_files("juesuan.app:read_sent", files, (config,), jobs, progress):
        yield file, answer if isinstance(answer, Report) else _refused(file, answer)


def read_sent(file: str, config: str | None) -> Report | Crash | str:
    """As read_here, in a worker: to be sent."""
    from juesuan.checking.runner import attempt

    try:
        return attempt(lambda: read_here(file, config), Refused, MemoryError)
    except Refused as why:
        return str(why)


def read_here(file: str, config: str | None = None, name: str = "") -> Report:
    """As read_file, in this process. `name` is what the file is called in all that is said of it."""
    from juesuan.documents.errors import UnreadableFile
    from juesuan.documents.reading import read
    from juesuan.services.configuration import settings_for
    from juesuan.services.handmade import BadFile
    from juesuan.understanding import interpret
    from juesuan.understanding.errors import NotAnAccount

    path = Path(file)
    if path.is_dir():
        raise Refused(f"这是文件夹，不是文件。要读其中的全部文件，请用 juesuan check {file} 或 juesuan read {file}。")
    try:
        settings = settings_for(file, config)
        limits = settings.limits
        return interpret(read(path, name or file, limits.size << 20, limits.pages), settings)
    except BadFile as why:
        raise Refused(str(why)) from why
    except (UnreadableFile, NotAnAccount) as why:
        raise Refused(str(why).removeprefix(f"{name or file}：")) from why


def prepare_workbook(directory: str, wanted: Wanted) -> tuple[Path, tuple[str, ...]]:
    """A new workbook for the preparer in that folder, filled from the accounts that are named; and what was carried
    over from them, in lines. Raises Refused.
    """
    from juesuan.knowledge.styles import UnknownStyle
    from juesuan.services.preparing import new_workbook

    source, last = (_named(file) if file else None for file in (wanted.source, wanted.last_year))
    for file, report, later in ((wanted.source, source, 0), (wanted.last_year, last, 1)):
        if report and wanted.year and report.year.isdecimal() and int(report.year) + later != int(wanted.year):
            raise Refused(
                f"{file} 是 {report.year} 年度的决算，和 --year {wanted.year} 对不上；请改正或不写 --year", file
            )
    try:
        name, data, told = new_workbook(wanted, source, last)
    except UnknownStyle as why:
        raise Refused(str(why)) from why
    path = Path(directory) / name
    if path.exists():
        raise Refused(f"已经有 {path}，不覆盖；请换一个目录，或先改名")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    except OSError as why:
        raise Refused(f"写不了 {path}（{said(why)}），请检查路径和权限") from why
    return path, told


def _named(file: str) -> Report:
    """As read_file; a refusal names the file, which is one of several."""
    try:
        return read_file(file)
    except Refused as why:
        raise type(why)(f"{file}：{why}", file) from why


def load_account(workbook: str, place: str = "", sources: Sources | None = None) -> Loaded:
    """The account of a filled workbook and of what stands beside it. Raises Refused: all that cannot be used."""
    from juesuan.compiling.errors import BadInput
    from juesuan.documents.errors import UnreadableFile
    from juesuan.knowledge.styles import UnknownStyle
    from juesuan.services.loading import Sources, load
    from juesuan.understanding.errors import NotAnAccount

    try:
        return load(workbook, place, sources or Sources())
    except UnknownStyle as why:
        raise Refused(str(why)) from why
    except BadInput as why:
        raise Refused(str(why), why.place.file) from why
    except (UnreadableFile, NotAnAccount) as why:
        raise Refused(str(why).removeprefix(f"{why.file}："), why.file) from why


def build(workbook: str, wanted: Build) -> tuple[Built, list[Path]]:
    """Loads the account, composes, checks and writes: the document with its judgement, and the files written.

    Raises Refused where the account cannot be used, or the folder cannot be written.
    """
    from juesuan.composing.errors import CannotCompose
    from juesuan.documents.docx_package import BadTemplate
    from juesuan.documents.errors import UnreadableFile, Unsuited
    from juesuan.documents.reading import LIMIT, file_bytes
    from juesuan.presenting.files import write_files
    from juesuan.services.building import build as built_of
    from juesuan.services.configuration import settings_for
    from juesuan.services.handmade import BadFile

    try:
        if wanted.template and not Path(wanted.template).exists():
            raise Unsuited(wanted.template, "需要 Word 模板（.docx）", missing=True)
        template = file_bytes(Path(wanted.template), wanted.template, LIMIT) if wanted.template else b""
        loaded = load_account(workbook, wanted.place, wanted.sources)
        built = built_of(loaded, wanted, settings_for(workbook, wanted.config or None), template)
    except (BadFile, CannotCompose) as why:
        raise Refused(str(why)) from why
    except (BadTemplate, UnreadableFile) as why:
        raise Refused(str(why).removeprefix(f"{wanted.template}："), wanted.template) from why
    folder = Path(wanted.output) if wanted.output else Path(workbook).with_suffix("")
    try:
        return built, write_files(folder, built.files)
    except OSError as why:
        raise Refused(f"写不了 {folder}（{said(why)}），请检查路径和权限") from why


def sha256_of(file: str) -> str | None:
    """The SHA-256 of a file that could not be checked, None where it cannot even be opened."""
    try:
        with open(file, "rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest() if Path(file).is_file() else None
    except OSError:
        return None


def explain(file: str, where: int | str, config: str | None = None) -> Explained:
    """What is known of every figure in one line of a file, or in the row of a cell (03 支出表!F9).

    Raises Refused, also where there is no such line or cell.
    """
    from juesuan.checking.runner import examine
    from juesuan.services.holding import Holds

    report = read_file(file, config)
    texts = _texts(report.document)
    line = where if isinstance(where, int) else _line_of(report.document, where)
    if line > max(texts, default=0):
        raise Refused(f"没有第 {line} 行，最后一行文字是第 {max(texts, default=0)} 行。")
    result, _ = _judged(file, report)
    crashed = any(crash.check == "EQ" for crash in result.crashes)
    holds = None if crashed else Holds(report, examine(report))
    facts = [fact for fact in report.facts if fact.place.line == line]
    figures = tuple(_figure(report, fact, fact.number in result.verified, holds) for fact in facts)
    told = {held.check for figure in figures for held in figure.held}
    reasons = ((check, why) for check, why, place in result.reasons if place is not None and place.line == line)
    places = [fact.place for fact in report.facts] + [unread.place for unread in report.unread]
    seen = {place.line for place in places if place.line is not None}
    around = {max((n for n in seen if n < line), default=0), min((n for n in seen if n > line), default=0)}
    return Explained(
        Place(file, line=line, sheet=None if isinstance(where, int) else where),
        texts.get(line, ""),
        report.year,
        names_in(report),
        figures,
        tuple(unread for unread in report.unread if unread.place.line == line),
        tuple(finding for finding in in_order(result.findings) if _touches(finding, line)),
        tuple(dict.fromkeys((check, why) for check, why in reasons if check not in told)),
        tuple(sorted(around - {0})),
        tuple(result.crashes),
    )


def _line_of(document: Document, spot: str) -> int:
    """The line of a cell of a workbook: 03 支出表!F9."""
    cells = (cell for block in document.blocks if isinstance(block, Table) for cell in block.cells())
    for place in (cell.place for cell in cells):
        if place.line is not None and f"{place.sheet}!{place.cell}".casefold() == spot.strip().casefold():
            return place.line
    raise Refused(f"各表里没有 {spot} 这个单元格，要写成 表名!单元格，如 03 支出表!F9。")


def _texts(document: Document) -> dict[int, str]:
    """What stands in each line, cells separated by tabs."""
    texts: dict[int, list[str]] = {}
    for block in document.blocks:
        pieces = block.cells() if isinstance(block, Table) else () if isinstance(block, PageBreak) else (block,)
        for piece in pieces:
            if piece.place.line is not None:
                texts.setdefault(piece.place.line, []).append(piece.text)
    return {line: "\t".join(parts) for line, parts in texts.items()}


def _touches(finding: Finding, line: int) -> bool:
    return any(place.line == line for place in finding.places) or any(_touches(s, line) for s in finding.symptoms)


def _figure(report: Report, fact: Fact, verified: bool, holds: Holds | None) -> Figure:
    title = report.tables[fact.table].title if fact.table >= 0 else ""
    held = tuple(holds.of(fact.number)) if holds else ()
    return Figure(fact, title, fact.place.row or "", fact.place.column or "", verified, held)
