"""One account for a site (站点的一份决算): a file or a built account → its page with slots, its data, what is compared.

Runs in a worker and writes below a folder of its own; what comes back is small. Refuses drafts, and accounts that do
not say whose and of which year they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path, PurePath

from juesuan.app import Crashed, Refused, check_here
from juesuan.checking.runner import attempt, run
from juesuan.composing.charts import CHARTS, chart
from juesuan.composing.errors import CannotCompose
from juesuan.composing.told import Told
from juesuan.documents.blocks_data import FILE as LAYOUT
from juesuan.documents.blocks_data import NoBlocks, read_blocks
from juesuan.documents.html_page import Download, Page
from juesuan.documents.reading_data import DamagedPackage, read_data
from juesuan.documents.text import read_text
from juesuan.documents.writing_data import FACTS, PACKAGE, write_data
from juesuan.documents.writing_html import write_html
from juesuan.documents.writing_text import write_text
from juesuan.knowledge.styles import style_of
from juesuan.model.charts import Chart
from juesuan.model.documents import PageBreak, Table
from juesuan.model.findings import Crash, Severity
from juesuan.model.keys import UNKNOWN
from juesuan.model.profiles import Profile
from juesuan.model.reports import Report
from juesuan.presenting.checked import Checked, coverage
from juesuan.presenting.files import write_files
from juesuan.presenting.site_content import ASSETS, HOME, Judged, path
from juesuan.presenting.words import names_in, say_key
from juesuan.relating.profiles import profile_of
from juesuan.services.asread import as_read
from juesuan.services.configuration import settings_for
from juesuan.services.gathering import DRAFT
from juesuan.services.handmade import BadFile
from juesuan.services.linking import links, links_of
from juesuan.services.publishing import figures_json, page_of
from juesuan.understanding import interpret
from juesuan.understanding.errors import NotAnAccount

PAGE, FILES, JSON = "page.html", "data", "figures.json"
_SOURCES = {"text": "文本", "pdf": "PDF", "docx": "Word", "html": "网页", "xlsx": "Excel", "data": "数据包"}
_DRAFT_LINE = "（草稿，未定稿）"
_COVER = 12
_UP = "../../"


@dataclass(slots=True)
class Sited:
    """What a worker says of one account; its page and data lie below the folder of work, at `work`."""

    profile: Profile
    sha256: str
    source: str
    judged: Judged
    work: str
    notices: list[str]


def work_of(file: str) -> str:
    """The folder of a file's page and data, below the folder of work."""
    return sha256(file.encode("utf-8", "surrogateescape")).hexdigest()[:24]


def account_sent(file: str, config: str | None, folder: str, work: str) -> Sited | Crash | str:
    """The account of a file below `folder`; or the reason in Chinese why it is not on the site, or our own crash."""
    step = partial(_package, Path(file), config, work)
    if PurePath(file).name != PACKAGE:
        step = partial(_file, file, config, folder, work)
    try:
        return attempt(step, Refused, BadFile, NoBlocks, DamagedPackage, NotAnAccount, OSError, MemoryError)
    except Crashed as why:
        return Crash("READ", str(why))
    except (Refused, BadFile, NoBlocks, DamagedPackage, NotAnAccount) as why:
        return str(why).removeprefix(f"{file}：")


def _file(file: str, config: str | None, folder: str, work: str) -> Sited:
    """An account as it was read."""
    own = Path(file)
    name = (own.relative_to(folder) if own.is_relative_to(folder) else own).as_posix()
    checked = check_here(file, config, name)
    report = checked.report
    if report is None and checked.result and checked.result.crashes:
        raise Crashed(checked.result.crashes[0].error)
    if report is None:
        raise Refused(checked.error)
    if DRAFT in PurePath(file).stem or _is_draft(report):
        raise Refused("是草稿，不公开")
    _placed(report)
    shown = as_read(report)
    page = page_of(report, links_of(shown.spots, report), shown.blocks, list(_charts(report)))
    return _written(file, work, checked, page, _SOURCES.get(report.document.source, report.document.source))


def _package(package: Path, config: str | None, work: str) -> Sited:
    """An account as it was built: its own blocks, read as a reader would read their text."""
    files = {path.name: path.read_bytes() for path in sorted(package.parent.iterdir()) if path.is_file()}
    read_data(files)  # only to be sure that nothing in it was changed
    blocks, charts, draft = read_blocks(files[LAYOUT].decode("utf-8"))
    if draft:
        raise Refused("是草稿，不公开")
    name = package.parent.name.removesuffix("-数据")
    document = read_text(write_text(blocks).encode("utf-8"), f"{name}.txt")
    report = interpret(document, settings_for(str(package), config))
    _placed(report)
    checked = Checked(str(package), sha256(files[LAYOUT]).hexdigest(), report, run(report))
    page = page_of(report, links(blocks, report), blocks, charts)
    return _written(str(package), work, checked, page, "编制时的数据包")


def _placed(report: Report) -> None:
    """Refuses an account that has no place on a site."""
    if not report.department.strip():
        raise Refused("没有读出是哪个部门的决算")
    if UNKNOWN in report.year or not report.year.isdecimal():
        raise Refused("没有读出是哪个年度的决算")
    if not any(fact.amount.value for fact in report.facts):
        raise Refused("没有读出任何数，可能是空白的表样")


def _is_draft(report: Report) -> bool:
    blocks = report.document.blocks[:_COVER]
    return any(not isinstance(b, Table | PageBreak) and b.text.strip() == _DRAFT_LINE for b in blocks)


def _written(file: str, work: str, checked: Checked, page: Page, source: str) -> Sited:
    report = checked.report
    assert report is not None  # both ways have read it
    above = Download(report.department, "index.html")
    page.trail, page.assets, page.slots = (Download("全部决算", f"{_UP}{HOME}"), above), f"{_UP}{ASSETS}", True
    say = partial(say_key, names=names_in(report), year=report.year)
    data = write_data(report, say, [(JSON, figures_json(report))])
    files = {PAGE: write_html(page), **{f"{FILES}/{name}": content for name, content in data.items()}}
    own = work_of(file)
    write_files(Path(work) / own, files)
    digest = checked.sha256 or ""
    return Sited(profile_of(report), digest, source, _judged(checked), own, list(_notices(report)))


def _judged(checked: Checked) -> Judged:
    assert checked.report is not None  # see _written
    assert checked.result is not None  # a report that was read was checked
    errors, warnings, queries = map(checked.count, (Severity.ERROR, Severity.WARNING, Severity.QUERY))
    cover = coverage(checked.report, checked.result)
    return Judged(errors, warnings, queries, cover.figures, cover.verified)


def _notices(report: Report) -> Iterator[str]:
    document = report.document
    if document.pictures:
        yield f"原件有 {len(document.pictures)} 页是图片，上面的内容没有读。"
    if document.lost:
        yield f"原件有 {len(document.lost)} 处文字读不出。"


def _charts(report: Report) -> Iterator[Chart]:
    """The charts that the account's own figures give."""
    try:
        told = Told(report, style_of(report.region), 1)
    except (CannotCompose, KeyError):
        return
    for name in CHARTS:
        try:
            made = chart(told, name)
        except (CannotCompose, KeyError):
            continue
        if made is not None:
            yield made


def downloads(stem: str, originals: Sequence[str], units: Sequence[str]) -> list[Download]:
    """The files beside an account's page, by the words of their links."""
    words = {".pdf": "PDF", ".docx": "Word", ".doc": "Word", ".html": "网页", ".txt": "文本", ".xlsx": "Excel"}
    found = []
    for file in originals:
        own = PurePath(file)
        kind = words.get(own.suffix.lower(), own.suffix.lstrip(".").upper())
        found.append(Download(f"原件（{kind or own.name}）", path(f"{stem}/original/{own.name}")))
    for file in units:
        own = PurePath(file)
        kind = words.get(own.suffix.lower(), own.suffix)
        found.append(Download(f"{own.stem}（{kind}）", path(f"{stem}/original/各单位/{own.name}")))
    found.append(Download("全部数字（CSV）", f"{stem}/{FILES}/{FACTS}"))
    found.append(Download("全部数据（JSON）", f"{stem}/{FILES}/{JSON}"))
    found.append(Download("数据包说明", f"{stem}/{FILES}/{PACKAGE}"))
    return found
