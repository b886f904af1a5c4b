"""What `juesuan build` says on the screen (编制结果): whether it is final, why not, what is wrong where, where all lies.

Problems are told by sheet and cell of the workbook, with the names under which they are answered. Refuses to list what
is answered: that stands in the self-check sheet.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from juesuan.model.findings import Finding, Severity
from juesuan.presenting.checked import Checked
from juesuan.presenting.telling import figures
from juesuan.presenting.text import INDENT

MOST_GAPS, MOST_FILES = 8, 20


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding that is open: where in the workbook ("" where it has nothing of it), and its short name."""

    finding: Finding
    where: str
    handle: str


@dataclass(frozen=True, slots=True)
class Lacking:
    """One gap that is open: what is to be filled in, and where."""

    what: str
    where: str


@dataclass(frozen=True, slots=True)
class Told:
    """All that is said of one build. `stops` say why it is not final; `notes` what was assumed and what differs; `fonts`
    which font of the norm was not there for the PDF, "" where none was missing.
    """

    stops: Sequence[str]
    problems: Sequence[Problem]
    gaps: Sequence[Lacking]
    differences: Sequence[str]
    notes: Sequence[str]
    fonts: str = ""


def built_text(checked: Checked, told: Told, draft: bool, written: Iterable[Path]) -> Iterator[str]:
    """The lines: the verdict, what has to be done, the counts, the files."""
    counts = "，".join(f"{severity.word} {checked.count(severity)}" for severity in reversed(Severity))
    yield _verdict(told.stops, draft)
    yield from (f"{INDENT}{n}. {stop}" for n, stop in enumerate(told.stops, 1))
    yield f"核对：{counts}。"
    yield from (f"说明：{note}" for note in told.notes)
    if told.differences:
        yield f"来源之间有 {len(told.differences)} 处差异："
        yield from (f"{INDENT}{text}" for text in told.differences[:MOST_GAPS])
        if len(told.differences) > MOST_GAPS:
            yield f"{INDENT}其余见自查表"
    for problem in told.problems:
        yield from _problem(problem)
    if any(problem.finding.severity < Severity.ERROR for problem in told.problems):
        yield "警告和请说明：改正，或在“原因与答复”表里答复，核对编号和短名见各条末尾。"
    yield from _gaps(told.gaps)
    yield "写入："
    yield from (f"    {path}" for path in sorted(written, key=_order))
    if told.fonts:
        yield f"字体：{told.fonts}。"


def _verdict(stops: Sequence[str], draft: bool) -> str:
    if not stops:
        return "已定稿。"
    return "已写出草稿，没有定稿：" if draft else "没有定稿，只写出自查表（要看草稿请加 --draft）："


def _problem(problem: Problem) -> Iterator[str]:
    finding = problem.finding
    subject, *evidence = finding.message.split("\n")
    what = "  ".join(filter(None, (subject.rstrip("。"), figures(finding))))
    name = f"{finding.check} {problem.handle}".rstrip()
    yield "  ".join(filter(None, (finding.severity.word, problem.where, what, name)))
    yield from (INDENT + text for line in evidence if (text := line.strip()))
    if finding.advice:
        yield INDENT + finding.advice


def _gaps(gaps: Sequence[Lacking]) -> Iterator[str]:
    """By sheet, in the order in which they come."""
    sheets: dict[str, list[Lacking]] = {}
    for gap in gaps:
        sheets.setdefault(gap.where.partition("!")[0], []).append(gap)
    if gaps:
        yield f"待填 {len(gaps)} 处："
    for sheet, own in sheets.items():
        listed = [f"{gap.what}{f'（{cell}）' if (cell := gap.where.partition('!')[2]) else ''}" for gap in own]
        more = f" 等 {len(own)} 处" if len(own) > MOST_GAPS else ""
        yield f"{INDENT}{sheet or '其他'}：{'、'.join(listed[:MOST_GAPS])}{more}"


def _order(path: Path) -> tuple[int, str]:
    """Documents first, then the self-check, then data."""
    kinds = (".pdf", ".docx", ".html", ".xlsx", ".txt", ".json", ".csv")
    own = "自查表" in path.name or "检查结果" in path.name or "答复" in path.name
    return (kinds.index(path.suffix) if path.suffix in kinds else len(kinds)) + len(kinds) * own, str(path)
