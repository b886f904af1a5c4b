"""Marked copies (标注副本): the PDF that was checked, with every finding on it, in a folder of their own.

The original is only ever read. Refuses a folder in which a file lies that is checked, so that a copy is never taken
for an original; a file that cannot be marked is named with its reason, the others go on.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from juesuan.documents.annotating import Annotated, annotate_file
from juesuan.documents.appearances import Highlight, Note
from juesuan.documents.errors import NotForMarks, UnreadableFile
from juesuan.documents.pool import Pool, Task
from juesuan.model.reports import Report
from juesuan.model.system import said
from juesuan.presenting.checked import Checked
from juesuan.presenting.delivering import Names
from juesuan.presenting.entries import Rules, entries
from juesuan.presenting.files import write_one
from juesuan.presenting.marks import marks
from juesuan.presenting.originals import Original

ENDING = "-标注.pdf"
_HEAD = 1024
"""bytes within which a PDF says that it is one"""


class NoCopies(ValueError):
    """No copy can be made, for a reason that is known before the work; str() says what to do."""


class NotMarked(Exception):
    """There is no copy of a file; str() says why."""


class Copies:
    """Writes the marked copies of a run into one folder. `failed` counts the files without a copy."""

    def __init__(self, folder: str, files: Sequence[str], rules: Rules) -> None:
        """`files` are all that are checked. Raises NoCopies."""
        self.folder = Path(folder)
        here = self.folder.resolve()
        beside = next((file for file in files if Path(file).resolve().parent == here), None)
        if beside is not None:
            raise NoCopies(f"标注的副本不能放在原件所在的文件夹（其中有 {beside}），请在 --annotate 后另写一个文件夹")
        _can_hold(self.folder)
        if files and not any(map(_may_be_pdf, files)):
            raise NoCopies(
                "要检查的文件里没有 PDF，--annotate 只能在 PDF 上标注；请去掉它，或用 --format html 逐处对照原文"
            )
        self.rules = rules
        self.names = Names("", files)
        self.failed = 0

    def over(self, checked: Iterable[Checked], say: Callable[[str], object]) -> Iterator[Checked]:
        """The same results, each after its copy is written or `say` has told why there is none."""
        with Pool(1) as pool:
            for one in checked:
                try:
                    if one.report is None:
                        self.failed += 1  # why is told with the results
                    else:
                        say(self._copy(one, one.report, pool))
                except NotMarked as why:
                    self.failed += 1
                    say(str(why))
                except OSError as why:
                    self.failed += 1
                    say(f"{one.file}：没有写出标注的副本（{self.folder}：{said(why)}），请检查目录、权限和磁盘")
                yield one

    def _copy(self, one: Checked, report: Report, pool: Pool) -> str:
        """What was written. Raises NotMarked."""
        if report.document.source != "pdf":
            raise NotMarked(str(NotForMarks(one.file)))
        made = self._annotated(one, report, pool)
        path = self.folder / self.names.of(one.file, ENDING)
        write_one(path, made.data)
        count = sum(not finding.accepted for finding in one.findings)
        told = f"已写入 {path}（标出 {count} 个问题）" if count else f"已写入 {path}（没有要标的问题）"
        if made.unplaced:
            told += f"。页面没有空白，问题 {'、'.join(made.unplaced)} 的说明只在批注里"
        if made.signed:
            told += "。原件有电子签章，签章只对原件有效"
        return told

    def _annotated(self, one: Checked, report: Report, pool: Pool) -> Annotated:
        made = marks(entries(one, self.rules), Original(report.document))
        limits = report.settings.limits
        arguments = (one.file, report.document.sha256, made, limits.size << 20)
        answer = pool.call(Task("juesuan.services.annotating:annotate_sent", arguments, one.file, limits))
        if isinstance(answer, Annotated):
            return answer
        raise NotMarked(str(answer))


def _can_hold(folder: Path) -> None:
    """Raises NoCopies where the folder is none, or nothing can be written into it or made above it."""
    if folder.exists() and not folder.is_dir():
        raise NoCopies(f"--annotate 后要写文件夹，{folder} 是文件")
    above = next((one for one in (folder, *folder.resolve().parents) if one.is_dir()), None)
    if above is not None and not os.access(above, os.W_OK | os.X_OK):
        raise NoCopies(f"写不了 {folder}（没有权限），请在 --annotate 后另写一个文件夹")


def _may_be_pdf(file: str) -> bool:
    """Whether a file begins as a PDF does; what cannot be read is told later, with its reason."""
    try:
        with Path(file).open("rb") as stream:
            return b"%PDF-" in stream.read(_HEAD)
    except (OSError, ValueError):
        return True


def annotate_sent(file: str, digest: str, made: Sequence[Highlight | Note], limit: int) -> Annotated | str:
    """As annotate_file, in a worker: to be sent."""
    try:
        return annotate_file(file, digest, made, limit)
    except UnreadableFile as why:
        return str(why)
