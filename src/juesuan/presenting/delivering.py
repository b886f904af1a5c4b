"""Results as files (写出结果): one HTML page, workbook or opinion sheet, or a folder of them with an index.

One file gives one page or sheet; several give a folder, except the workbook, which lists them all. Refuses to overwrite
what is being checked, and to keep more of a file than its rows once it is written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from juesuan.documents.pool import Pool, Task
from juesuan.presenting.checked import Checked
from juesuan.presenting.entries import Rules
from juesuan.presenting.files import write_one

if TYPE_CHECKING:
    from juesuan.documents.page_pictures import Picture
    from juesuan.presenting.html_page import Draw

#: format → how its files are called, and the folder for several
NAMES = {"html": ("检查结果", ".html"), "xlsx": ("问题清单", ".xlsx"), "docx": ("审核意见单", ".docx")}
INDEX = "index.html"
_DEEPEST = 4
"""so many parts of a path are joined to a name at most"""


class Occupied(ValueError):
    """A result would stand where a file lies that is to be checked; str() names it."""


def target(form: str, files: list[str], output: str) -> tuple[Path, bool]:
    """(where results go, whether that is a folder). Raises Occupied."""
    kind, suffix = NAMES[form]
    several = len(files) > 1 and form != "xlsx"
    folder = several or Path(output).is_dir() or output.endswith(("/", "\\"))
    if folder and not several:
        path = Path(output) / f"{_stem(files)}{kind}{suffix}"
    elif output:
        path = Path(output)
    else:
        path = Path(kind if several else f"{_stem(files)}{kind}{suffix}")
    if path.resolve() in (Path(file).resolve() for file in files):
        raise Occupied(str(path))
    return path, several


def _stem(files: list[str]) -> str:
    return f"{PurePath(files[0]).stem}-" if len(files) == 1 else ""


def deliver(
    form: str, checked: Iterable[Checked], where: tuple[Path, bool], rules: Rules, files: Sequence[str] = ()
) -> Iterator[Path]:
    """Writes the results of all `files`, each as soon as it is checked; gives the paths. Raises OSError."""
    path, folder = where
    if form == "xlsx":
        from juesuan.presenting.xlsx_list import xlsx_list  # noqa: PLC0415 - only for workbooks

        write_one(path, xlsx_list(checked, rules))
        yield path
    elif form == "html":
        yield from _pages(checked, path, folder, rules, Names(INDEX, files))
    else:
        yield from _sheets(checked, path, folder, rules, Names("", files))


def _pages(checked: Iterable[Checked], path: Path, folder: bool, rules: Rules, names: Names) -> Iterator[Path]:
    from juesuan.presenting.html_index import html_index, row_of  # noqa: PLC0415 - only for pages
    from juesuan.presenting.html_page import html_page  # noqa: PLC0415 - only for pages

    rows = []
    with Pool(1) as pool:
        for one in checked:
            page = path / names.of(one.file, ".html") if folder else path
            write_one(page, html_page(one, rules, _drawing(one, pool), INDEX if folder else "").encode("utf-8"))
            if folder:
                rows.append(row_of(one, page.name))
            else:
                yield page
    if folder:
        write_one(path / INDEX, html_index(rows).encode("utf-8"))
        yield path / INDEX


def _sheets(checked: Iterable[Checked], path: Path, folder: bool, rules: Rules, names: Names) -> Iterator[Path]:
    from juesuan.presenting.opinion_sheet import opinion_sheet  # noqa: PLC0415 - only for sheets

    kind, suffix = NAMES["docx"]
    for one in checked:
        if one.report is None:
            continue  # said on the screen; there is nobody to whom a sheet could go
        sheet = path / names.of(one.file, f"-{kind}{suffix}") if folder else path
        write_one(sheet, opinion_sheet(one, rules))
        yield sheet


class Names:
    """Names of results, each only once; files of one name are told apart by the folders that they lie in.

    `files` are all that there will be; a name that cannot be told apart so is numbered.
    """

    def __init__(self, taken: str, files: Sequence[str] = ()) -> None:
        self.taken = {taken}
        self.stems = _stems(files)

    def of(self, file: str, ending: str) -> str:
        stem = self.stems.get(file) or PurePath(file).stem
        name, number = f"{stem}{ending}", 1
        while name in self.taken:
            number += 1
            name = f"{stem}-{number}{ending}"
        self.taken.add(name)
        return name


def _stems(files: Sequence[str]) -> dict[str, str]:
    """甲/决算.pdf and 乙/决算.pdf → 甲-决算 and 乙-决算; only as many folders as are needed."""
    paths = {file: Path(file).resolve().with_suffix("").parts[1:] for file in files}
    stems: dict[str, str] = {}
    for depth in range(1, _DEEPEST + 1):
        named = {file: "-".join(parts[-depth:]) for file, parts in paths.items() if file not in stems}
        counts = Counter(named.values())
        stems |= {file: name for file, name in named.items() if counts[name] == 1}
    return stems


def _drawing(one: Checked, pool: Pool) -> Draw | None:
    """What draws pages of the PDF that was checked, in a process of its own; None for what has no pages."""
    report = one.report
    if report is None or report.document.source != "pdf":
        return None
    limits, digest = report.settings.limits, report.document.sha256

    def draw(pages: Sequence[int], dpi: int) -> Iterable[Picture]:
        arguments = (one.file, digest, list(pages), dpi, limits.size << 20)
        found = pool.call(Task("juesuan.documents.page_pictures:file_pictures", arguments, one.file, limits))
        return found if isinstance(found, list) else ()

    return draw
