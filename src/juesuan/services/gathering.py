"""Gathering (收集决算): which files of a folder are accounts, which are formats of one, which are nobody's business.

What `juesuan build` wrote is known by its data package: the formats beside it are one account. Self-checks, answers and
marked copies are inner files wherever they stand, also where no final document was written, and so are sites that
were made before. Refuses to drop a file: whatever is no part of a built account is a candidate to be read.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from juesuan.documents.blocks_data import FILE as LAYOUT
from juesuan.documents.writing_data import PACKAGE

MANIFEST = "site.json"
"""lists the files of a site, so that a later run may remove what is no more and nobody else's"""
DRAFT = "（草稿）"
_DATA = "-数据"
_INNER = ("-自查表.docx", "-自查表.txt", "-检查结果.json", "-答复与批准.json")
_MARKED = ("-标注.pdf",)
"""what `juesuan check --annotate` writes"""
_FORMATS = (".pdf", ".docx", ".html", "-报表.xlsx", ".txt")
_WORKBOOK = (".xlsx",)
"""the workbook that the folder was built from has its name"""
_UNITS = "各单位"


@dataclass(slots=True)
class Candidate:
    """What may be an account: the file it is read from (a package by its datapackage.json), and its other formats."""

    file: str
    name: str
    """below the folder, with / between its parts"""
    originals: list[str] = field(default_factory=list)
    units: list[str] = field(default_factory=list)
    """tables of the department's units, written with it"""

    @property
    def is_package(self) -> bool:
        return PurePosixPath(self.file).name == PACKAGE and bool(self.originals)


@dataclass(slots=True)
class Gathered:
    """All of a folder."""

    candidates: list[Candidate] = field(default_factory=list)
    inner: list[str] = field(default_factory=list)


def gather(files: Iterable[str], folder: str) -> Gathered:
    """The candidates among the files, in the order of their names."""
    left = dict.fromkeys(files)
    found = Gathered()
    for file in [one for one in left if Path(one).name == MANIFEST]:
        site = _site(Path(file))
        found.inner += [one for one in left if Path(one) in site]
    for one in found.inner:
        left.pop(one, None)
    for file in [one for one in left if Path(one).name == PACKAGE]:
        built = _built(Path(file), left)
        if built is None:
            continue
        candidate, inner, data = built
        candidate.name = _below(candidate.originals[0], folder)
        found.candidates.append(candidate)
        found.inner += inner
        for one in (*candidate.originals, *candidate.units, *inner, *data):
            left.pop(one, None)
    found.inner += [one for one in left if one.endswith((*_INNER, *_MARKED))]
    found.candidates += [Candidate(one, _below(one, folder)) for one in left if one not in found.inner]
    found.candidates.sort(key=lambda one: one.name)
    return found


def _built(package: Path, files: Iterable[str]) -> tuple[Candidate, list[str], list[str]] | None:
    """(the account, its inner files, the files of its data) where the package is one of ours with its layout."""
    stem = package.parent.name.removesuffix(_DATA)
    if stem == package.parent.name or not _is_ours(package):
        return None
    beside = package.parent.parent
    known = {Path(one): one for one in files}
    originals = [known[path] for end in _FORMATS if (path := beside / f"{stem}{end}") in known]
    if not originals:
        return None
    base = stem.removesuffix(DRAFT)
    inner = [known[path] for end in _INNER if (path := beside / f"{base}{end}") in known]
    inner += [known[path] for end in _WORKBOOK if (path := beside.with_name(f"{beside.name}{end}")) in known]
    units = [one for path, one in known.items() if path.parent == beside / _UNITS]
    data = [one for path, one in known.items() if path.parent == package.parent]
    return Candidate(str(package), "", originals, units), inner, data


def _site(manifest: Path) -> set[Path]:
    """The files of a site that was made before, its manifest included; none where it is no site of ours."""
    try:
        known = json.loads(manifest.read_text("utf-8"))
        return {manifest, *(manifest.parent / str(name) for name in known["files"])} if known["version"] else set()
    except (OSError, ValueError, TypeError, KeyError):
        return set()


def _is_ours(package: Path) -> bool:
    try:
        described = json.loads(package.read_text("utf-8"))
        return "juesuan" in described and any(one["path"] == LAYOUT for one in described["resources"])
    except (OSError, ValueError, TypeError, KeyError):
        return False


def _below(file: str, folder: str) -> str:
    path = Path(file)
    return (path.relative_to(folder) if path.is_relative_to(folder) else path).as_posix()
