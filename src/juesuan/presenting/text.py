"""Findings as a person reads them (文字结果): where, how grave, what, printed → expected, why, what to do.

Refuses to add a judgement: advice and evidence are the check's own words; only their order and frame are made here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from juesuan.model.findings import Cause, Crash, Finding, Severity
from juesuan.model.settings import Settings
from juesuan.presenting.checked import Checked, by_count, coverage
from juesuan.presenting.telling import below, figures, headline
from juesuan.presenting.widths import Style, beside

INDENT = "    "


def document_text(one: Checked, style: Style) -> Iterator[str]:
    """The lines of one file: its findings, crashes and summary."""
    if one.report is None:
        yield f"{style.paint(one.file, 'strong')}  {style.paint('未能检查', 'error')}  {one.error}".rstrip()
        yield from crash_text(one.result.crashes, style) if one.result else ()
        return
    causes = {cause.id: cause for cause in one.result.causes} if one.result else {}
    named = one.handles
    for finding in sorted(one.findings, key=lambda finding: bool(finding.accepted)):
        yield from finding_text(finding, style, causes.get(finding.cause), named.get(finding, ""))
    if one.findings:
        yield ""
    if one.result and one.result.crashes:
        yield from crash_text(one.result.crashes, style)
        yield ""
    yield from _summary(one, style)


def finding_text(finding: Finding, style: Style, cause: Cause | None = None, handle: str = "") -> Iterator[str]:
    """One finding. The first line of its message says what is meant, the others are evidence."""
    end = f"{finding.check}  {handle}".rstrip()
    subject, evidence = headline(finding)
    words = f"{finding.printed} → {finding.expected}" if finding.expected else finding.printed
    if not subject and evidence and words in evidence[0]:
        subject, *evidence = evidence  # says what is wrong with the words, and the words
    told = words in subject and not (finding.expected and finding.difference)
    where = finding.places[0].where if finding.places else ""
    what = "  ".join(filter(None, (subject, "" if told else figures(finding))))
    grade = f"{finding.severity.word}{'（已接受）' if finding.accepted else ''}"
    left = "  ".join(filter(None, (where, grade, what)))
    line = beside(left, end, style.columns)
    colour = "faint" if finding.accepted else finding.severity.name.lower()
    head = "  ".join(filter(None, (style.paint(where, "strong"), style.paint(grade, colour), what)))
    tail = line[len(left) : len(line) - len(end)]
    yield head + tail + style.paint(end, "faint")
    for text in below(finding, evidence, cause):
        yield INDENT + text


def crash_text(crashes: Sequence[Crash], style: Style) -> Iterator[str]:
    """Our own defects, apart from everything that is said of the account."""
    head = f"程序故障 {len(crashes)} 项（是本程序的缺陷，不是账目的问题；请把下面的话告诉开发者）"
    yield style.paint(head, "error")
    yield from (f"{INDENT}{crash.check}：{crash.error}" for crash in crashes)


def _summary(one: Checked, style: Style) -> Iterator[str]:
    report, result = one.report, one.result
    if report is None or result is None:
        return
    counts = "，".join(f"{s.word} {one.count(s)}" for s in sorted(Severity, reverse=True))
    counts += f"；已接受 {one.accepted}" if one.accepted else ""
    year = f"{report.year} 年度" if report.year.isdecimal() else "年度不明"
    name = f"{report.department or '部门名称不明'} {year}{report.kind or '决算'}"
    yield f"{style.paint(one.file, 'strong')}  {name}：{counts if one.findings else '未发现问题'}"
    cover = coverage(report, result)
    apart = "、".join(f"{kind} {count:,}" for kind, count in by_count(cover.apart))
    yield (
        f"{INDENT}数字 {cover.figures:,} 个：已核实 {cover.verified:,}，已读 {cover.read:,}，未读 {len(cover.unread):,}"
        + (f"；另计 {apart}" if apart else "")
    )
    crashed = f"故障 {result.crashed}"
    yield (
        f"{INDENT}检查 {result.passed + result.failed + result.unchecked + result.crashed:,} 项："
        f"通过 {result.passed:,}，不符 {result.failed:,}，未查 {result.unchecked:,}，"
        + (style.paint(crashed, "error") if result.crashed else crashed)
    )
    if report.settings.source:
        yield f"{INDENT}{set_words(report.settings)}"
    for words in one.stale:
        yield f"{INDENT}{style.paint('已接受的问题不再出现', 'query')}：{words}"


def set_words(settings: Settings) -> str:
    """Which configuration was used, and how much it leaves out."""
    off = sorted(check for check, severity in settings.severity.items() if severity is None)
    more = f"，不查 {'、'.join(off)}" if off else ""
    return f"按 {settings.source} 的规定{more}"


class Tally:
    """Counts over a run, a file at a time, so that no report has to be kept."""

    def __init__(self) -> None:
        self.files = self.failed = self.wrong = self.crashed = self.accepted = 0
        self.counts = dict.fromkeys(sorted(Severity, reverse=True), 0)

    def add(self, one: Checked) -> None:
        self.files += 1
        self.failed += one.report is None
        self.crashed += one.crashed
        self.accepted += one.accepted
        for severity in self.counts:
            self.counts[severity] += one.count(severity)
        self.wrong += bool(one.count(Severity.ERROR))

    @property
    def worst(self) -> Severity | None:
        return next((severity for severity, count in self.counts.items() if count), None)

    def text(self) -> str:
        """One line for the whole run."""
        counts = "，".join(f"{severity.word} {count:,}" for severity, count in self.counts.items())
        clear = self.files - self.failed - self.wrong
        accepted = f"；已接受 {self.accepted:,}" if self.accepted else ""
        crashed = f"；有程序故障 {self.crashed:,}" if self.crashed else ""
        files = f"共 {self.files:,} 份：有错误 {self.wrong:,}，无错误 {clear:,}，未能检查 {self.failed:,}"
        return f"{files}；{counts}{accepted}{crashed}"
