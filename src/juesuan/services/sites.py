"""Sites (整站发布服务): the accounts of a folder → a static site of plain files that needs no network and no server.

Accounts are read in worker processes; then every page is written from what all of them said. Files that an earlier
site left and this one does not have are removed. Refuses to write into a folder that holds anything but a site, and to
read its own pages.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path, PurePath

from juesuan.app import Refused, find_files
from juesuan.documents.errors import OwnDefect
from juesuan.documents.writing_html import SCRIPT, STYLE, asset
from juesuan.knowledge.measures import with_functions
from juesuan.model.findings import Crash
from juesuan.model.profiles import FUNCTION
from juesuan.model.system import said
from juesuan.presenting.files import write_one
from juesuan.presenting.site_about import about_page
from juesuan.presenting.site_account import account_page
from juesuan.presenting.site_assets import site_asset
from juesuan.presenting.site_compare import compare_page, figures_script, measures_script, search_script, year_page
from juesuan.presenting.site_content import (
    ABOUT,
    ASSETS,
    COMPARE,
    DATA,
    HOME,
    YEARS,
    Department,
    LeftOut,
    Shown,
    Site,
    departments_of,
)
from juesuan.presenting.site_data import all_rows, figures_csv, figures_json
from juesuan.presenting.site_department import department_page
from juesuan.presenting.site_home import home_page
from juesuan.relating.years import charts_of
from juesuan.services.gathering import MANIFEST, Candidate, gather
from juesuan.services.siting import FILES, PAGE, Sited, downloads
from juesuan.services.working import Progress, over_files

SHARD = 500
"""so many departments are searched in one script"""
_VERSION = 1


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be made of which folder."""

    folder: str
    output: str
    title: str = "部门决算公开"
    config: str | None = None
    jobs: int | None = None


@dataclass(slots=True)
class Written:
    """What was done: the site, how many files it has, how many bytes they hold, how many of an older one were removed."""

    site: Site
    files: int = 0
    size: int = 0
    removed: int = 0


@dataclass(slots=True)
class _Output:
    """The folder of a site while it is written."""

    folder: Path
    names: dict[str, int] = field(default_factory=dict)
    """of every file its size"""

    def put(self, name: str, content: bytes) -> None:
        """Writes one file; a file that is the same already is left alone."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if not (path.is_file() and path.stat().st_size == len(content) and path.read_bytes() == content):
            write_one(path, content)
        self.names[name] = len(content)

    def copy(self, name: str, source: Path) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, path)
        self.names[name] = path.stat().st_size


def make_site(wanted: Wanted, progress: Progress | None = None) -> Written:
    """Reads the folder and writes the site. Raises Refused where there is nothing to read or the output is not ours."""
    folder, output = Path(wanted.folder), Path(wanted.output)
    if not folder.is_dir():
        raise Refused("不是文件夹，请写放决算的文件夹")
    old = _old(output)
    files = [
        one
        for one in find_files([wanted.folder], results=True)[0]
        if not Path(one).resolve().is_relative_to(output.resolve())
    ]
    if not files:
        raise Refused("文件夹里没有文件")
    gathered = gather(files, wanted.folder)
    with tempfile.TemporaryDirectory(prefix="juesuan-site-") as work:
        site, sources = _read(wanted, gathered.candidates, work, progress)
        site.inner = len(gathered.inner)
        try:
            return _write(site, sources, _Output(output), old)
        except OSError as why:
            raise Refused(f"写不了 {output}（{said(why)}），请检查路径和权限") from why


def _old(output: Path) -> list[str]:
    """The files of the site that is there already. Raises Refused where something else is."""
    if not output.exists() or (output.is_dir() and not any(output.iterdir())):
        return []
    try:
        known = json.loads((output / MANIFEST).read_text("utf-8"))
        return [name for name in map(str, known["files"]) if _inside(name)]
    except (OSError, ValueError, KeyError, TypeError) as why:
        raise Refused(f"{output} 里已有别的文件，不是本程序写的站点；请换一个空目录") from why


def _inside(name: str) -> bool:
    parts = PurePath(name).parts
    return bool(parts) and ".." not in parts and not PurePath(name).is_absolute()


# reading --------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Source:
    """Where an account's page, data and originals lie until they are on the site."""

    work: Path
    candidate: Candidate


def _read(
    wanted: Wanted, candidates: list[Candidate], work: str, progress: Progress | None
) -> tuple[Site, dict[int, _Source]]:
    """The site without its pages, and by the id of an account where its files lie."""
    accounts: list[Shown] = []
    sources: dict[int, _Source] = {}
    failed: list[tuple[Candidate, str, bool]] = []
    files = [one.file for one in candidates]
    settings = (wanted.config, wanted.folder, work)
    answers = over_files("juesuan.services.siting:account_sent", files, settings, wanted.jobs, progress)
    for candidate, (file, answer) in zip(candidates, answers, strict=True):
        if not isinstance(answer, Sited):
            broken = OwnDefect(file, answer.error) if isinstance(answer, Crash) else answer
            failed.append((candidate, str(broken).removeprefix(f"{file}："), isinstance(broken, OwnDefect)))
            continue
        one = Shown(answer.profile, candidate.name, answer.sha256, answer.source, answer.judged)
        one.notices = answer.notices
        accounts.append(one)
        candidate.originals = candidate.originals or [candidate.file]
        sources[id(one)] = _Source(Path(work) / answer.work, candidate)
    left_out = list(_left_out(failed, [source.candidate for source in sources.values()]))
    departments = departments_of(accounts)
    for department in departments:
        department.charts = charts_of([one.profile for one in department.main])
    codes = {m.removeprefix(FUNCTION) for a in accounts for m in a.profile.amounts if m.startswith(FUNCTION)}
    return Site(wanted.title, departments, with_functions(codes), left_out), sources


def _left_out(failed: list[tuple[Candidate, str, bool]], read: list[Candidate]) -> Iterator[LeftOut]:
    """What could not be read; a file of the same name but its ending is another format of what could."""
    known = {PurePath(one.file).with_suffix(""): one for one in read if not one.is_package}
    for candidate, why, crashed in failed:
        same = known.get(PurePath(candidate.file).with_suffix(""))
        if same is not None and not candidate.originals:
            same.originals.append(candidate.file)
        else:
            yield LeftOut(candidate.name, why, crashed)


# writing --------------------------------------------------------------------------------------------------------------


def _write(site: Site, sources: dict[int, _Source], out: _Output, old: list[str]) -> Written:
    for department in site.departments:
        _write_department(site, department, sources, out)
    for year in site.years:
        rows = [row for row in all_rows(site) if row[1].profile.year == year]
        out.put(f"{YEARS}/{year}.html", year_page(site, year))
        out.put(f"{DATA}/figures-{year}.js", figures_script(site, year).encode("utf-8"))
        out.put(f"{DATA}/figures-{year}.csv", figures_csv(rows, site.measures))
    out.put(f"{DATA}/figures.csv", figures_csv(all_rows(site), site.measures))
    out.put(f"{DATA}/figures.json", figures_json(all_rows(site), site.measures))
    out.put(f"{DATA}/measures.js", measures_script(site).encode("utf-8"))
    shards = []
    for number, begin in enumerate(range(0, len(site.departments), SHARD)):
        shards.append(f"{DATA}/search-{number}.js")
        out.put(shards[-1], search_script(site, begin, begin + SHARD).encode("utf-8"))
    out.put(HOME, home_page(site, shards))
    out.put(COMPARE, compare_page(site))
    out.put(ABOUT, about_page(site))
    out.put(f"{ASSETS}/{STYLE}", (asset(STYLE) + site_asset("site.css")).encode("utf-8"))
    out.put(f"{ASSETS}/{SCRIPT}", asset(SCRIPT).encode("utf-8"))
    out.put(f"{ASSETS}/site.js", site_asset("site.js").encode("utf-8"))
    removed = _removed(out, old)
    listed = {"version": _VERSION, "files": sorted([*out.names, MANIFEST])}
    out.put(MANIFEST, (json.dumps(listed, ensure_ascii=False, indent=1) + "\n").encode("utf-8"))
    return Written(site, len(out.names), sum(out.names.values()), removed)


def _write_department(site: Site, department: Department, sources: dict[int, _Source], out: _Output) -> None:
    for one in department.accounts:
        source = sources[id(one)]
        candidate = source.candidate
        one.downloads = downloads(one.stem, candidate.originals, candidate.units)
        base = f"{department.folder}/{one.stem}"
        for file in candidate.originals:
            out.copy(f"{base}/original/{PurePath(file).name}", Path(file))
        for file in candidate.units:
            out.copy(f"{base}/original/各单位/{PurePath(file).name}", Path(file))
        for path in sorted((source.work / FILES).iterdir()):
            out.copy(f"{base}/{FILES}/{path.name}", path)
    pages = partial(_page, sources, department)
    for one in department.accounts:
        out.put(f"{department.folder}/{one.stem}.html", pages(one))
    out.put(f"{department.folder}/{HOME}", department_page(site, department))
    rows = [(department, one) for one in department.accounts]
    out.put(f"{department.folder}/figures.csv", figures_csv(rows, site.measures))


def _page(sources: dict[int, _Source], department: Department, one: Shown) -> bytes:
    written = (sources[id(one)].work / PAGE).read_text("utf-8")
    return account_page(written, department, one).encode("utf-8")


def _removed(out: _Output, old: list[str]) -> int:
    """Removes what an earlier site wrote and this one does not have, and folders that are empty then."""
    gone = [name for name in old if name not in out.names and name != MANIFEST]
    for name in gone:
        path = out.folder / name
        path.unlink(missing_ok=True)
        for above in path.relative_to(out.folder).parents:
            folder = out.folder / above
            if folder == out.folder or not folder.is_dir() or any(folder.iterdir()):
                break
            folder.rmdir()
    return len(gone)
