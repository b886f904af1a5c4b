"""The command `check` (检查命令): files are checked, results shown or written, marked copies made.

Refuses to judge: what is found comes from the services, this turns it into text, files and an exit code.
"""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from juesuan.app import Refused, check_config, check_files, find_files, rules
from juesuan.model.findings import Severity
from juesuan.model.system import said
from juesuan.presenting.checked import Checked
from juesuan.presenting.progress import ProgressLine
from juesuan.presenting.screen import CRASHED, FOUND, REFUSED, complain, say, write
from juesuan.presenting.text import Tally, document_text, set_words
from juesuan.presenting.widths import Style, style_for

if TYPE_CHECKING:
    from juesuan.services.annotating import Copies


def run(chosen: Namespace) -> int:
    """Checks what is chosen and returns the exit code."""
    if chosen.output and _is_input(chosen.output, chosen.files):
        complain(f"--output 不能是要检查的文件 {chosen.output}，请换一个文件名")
        return REFUSED
    if chosen.config and not _config_works(chosen.config):
        return REFUSED
    copies = _copies(chosen) if chosen.annotate is not None else None
    if chosen.annotate is not None and not copies:
        return REFUSED
    tally = Tally()
    checked = _tallied(chosen, tally)
    if not _present(chosen, copies.over(checked, say) if copies else checked, tally):
        return REFUSED
    if tally.crashed:
        return CRASHED
    if tally.failed or (copies and copies.failed):
        return REFUSED
    return FOUND if _fails(tally, chosen.fail_on) else 0


def _present(chosen: Namespace, checked: Iterator[Checked], tally: Tally) -> bool:
    """Shows or writes the results. False where they cannot be written."""
    if chosen.format not in ("text", "json"):
        return _deliver(chosen, checked, tally)
    if chosen.format == "text":
        style = Style() if chosen.output else style_for(sys.stdout)
        return write(_text(checked, tally, style, chosen.coverage), chosen.output)
    from juesuan.presenting.json_check import check_json  # noqa: PLC0415 - only where it is asked for

    return write(check_json(checked), chosen.output)


def _deliver(chosen: Namespace, checked: Iterator[Checked], tally: Tally) -> bool:
    """Writes pages, a workbook or sheets. False where one cannot be written."""
    from juesuan.presenting.delivering import Occupied, deliver, target  # noqa: PLC0415 - as above

    try:
        files = find_files(chosen.files)[0]
        where = target(chosen.format, files, chosen.output or "")
        for path in deliver(chosen.format, checked, where, rules(), files):
            say(f"已写入 {path}")
    except Occupied as why:
        return complain(f"结果不能写在要检查的文件 {why} 上，请用 --output 另写一个文件名")
    except OSError as why:
        return complain(f"写不了 {why.filename or where[0]}（{said(why)}），请检查目录是否存在、有无权限")
    say(tally.text())
    return True


def _copies(chosen: Namespace) -> Copies | None:
    """Where marked copies go; None where they cannot go there."""
    from juesuan.services.annotating import Copies, NoCopies  # noqa: PLC0415 - its libraries only for marks

    if not chosen.annotate:
        complain("--annotate 后要写放副本的文件夹")
        return None
    try:
        return Copies(chosen.annotate, find_files(chosen.files)[0], rules())
    except NoCopies as why:
        complain(str(why))
        return None


def _is_input(output: str, files: list[str]) -> bool:
    return Path(output).resolve() in (Path(file).resolve() for file in find_files(files)[0])


def _config_works(config: str) -> bool:
    try:
        check_config(config)
    except Refused as why:
        return complain(str(why))
    return True


def _tallied(chosen: Namespace, tally: Tally) -> Iterator[Checked]:
    """Counts what goes by; says on stderr what the result does not say where it is not on the screen."""
    aside = bool(chosen.output) or chosen.format != "text"
    line = ProgressLine()
    for one in check_files(chosen.files, line.show, chosen.config, chosen.jobs):
        line.clear()
        tally.add(one)
        if one.error and aside:
            complain(f"{one.file}：{one.error}")
        if chosen.format == "json":
            told = [set_words(one.report.settings)] if one.report and one.report.settings.source else []
            for words in (*told, *(f"已接受的问题不再出现：{words}" for words in one.stale)):
                complain(f"{one.file}：{words}")
        yield one


def _text(checked: Iterator[Checked], tally: Tally, style: Style, with_coverage: bool) -> Iterator[str]:
    from juesuan.presenting.coverage_text import coverage_text  # noqa: PLC0415 - as above

    for one in checked:
        if tally.files > 1:
            yield "\n"
        lines = list(document_text(one, style))
        if with_coverage:
            lines += coverage_text(one, style)
        yield "".join(f"{line}\n" for line in lines)
    if tally.files > 1:
        yield f"\n{style.paint(tally.text(), 'strong')}\n"


def _fails(tally: Tally, fail_on: str) -> bool:
    return fail_on != "never" and tally.worst is not None and tally.worst >= Severity[fail_on.upper()]
