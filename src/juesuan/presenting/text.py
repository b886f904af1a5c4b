"""Findings as a person reads them (文字结果): where, how grave, what, printed → expected, why, what to do.

Refuses to add a judgement: advice and evidence are the check's own words; only their order and frame are made here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal, InvalidOperation

from juesuan.model.findings import Cause, Crash, Explanation, Finding, Severity
from juesuan.model.places import Place
from juesuan.model.settings import Settings
from juesuan.presenting.checked import Checked, by_count, coverage
from juesuan.presenting.widths import Style, beside, width

INDENT = "    "
#: how many symptoms, and how many other explanations, are worth a reader's time
SYMPTOMS = 5
OTHERS = 2


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
    subject, *evidence = finding.message.split("\n")
    if not evidence and not _is_subject(subject, finding):
        subject, evidence = "", [subject, *evidence]
    where = finding.places[0].where if finding.places else ""
    what = "  ".join(filter(None, (subject, figures(finding))))
    grade = f"{finding.severity.word}{'（已接受）' if finding.accepted else ''}"
    left = "  ".join(filter(None, (where, grade, what)))
    line = beside(left, end, style.columns)
    colour = "faint" if finding.accepted else finding.severity.name.lower()
    head = "  ".join(filter(None, (style.paint(where, "strong"), style.paint(grade, colour), what)))
    tail = line[len(left) : len(line) - len(end)]
    yield head + tail + style.paint(end, "faint")
    for text in _below(finding, evidence, cause):
        yield INDENT + text


def _is_subject(line: str, finding: Finding) -> bool:
    """Whether a message of one line can stand beside the figures: a name can, a sentence cannot."""
    return not figures(finding) or (width(line) <= 48 and not line.endswith("。"))


def _below(finding: Finding, evidence: Iterable[str], cause: Cause | None) -> Iterator[str]:
    yield from (text for line in evidence if (text := line.strip()))
    if also := _lines(finding.places[1:], finding.places[0].line if finding.places else None):
        yield f"另见第 {also} 行"
    if followers := [symptom for symptom in finding.symptoms if not _same_figure(symptom, finding)]:
        said = [_symptom(symptom) for symptom in followers[:SYMPTOMS]]
        more = f"；等共 {len(followers)} 处" if len(followers) > SYMPTOMS else ""
        yield f"随之有误：{'；'.join(said)}{more}"
    if cause and cause.explanations:
        first, *others = cause.explanations
        if first.slip and first.slip not in finding.message:
            yield f"像是{first.slip}"
        for other in others[:OTHERS]:
            yield f"也可能：{_explanation(other, finding.unit)}"
        if len(others) > OTHERS:
            yield f"另有 {len(others) - OTHERS} 种可能，见 --format json 的 causes"
    if finding.accepted:
        yield f"已接受：{finding.accepted}"
    elif finding.advice:
        yield finding.advice


def _same_figure(symptom: Finding, finding: Finding) -> bool:
    """Whether a symptom is only one more contradiction of the wrong figure: the evidence tells of those already."""
    return any(place in finding.places for place in symptom.places)


def _explanation(way: Explanation, unit: str) -> str:
    figures_ = "、".join(_spot(place) for place in way.figures)
    value = f"应为 {_unit(way.value, unit)}" if way.value else ""
    return " ".join(filter(None, (figures_, value))) + (f"（{way.slip}）" if way.slip else "")


def _spot(place: Place) -> str:
    where = f"第 {place.line} 行" if place.line is not None else place.where
    return f"{where}的 {place.quote}" if place.quote else where


def _lines(places: Sequence[Place], first: int | None) -> str:
    """Line numbers of the other places, each once: 40、51—60."""
    runs: list[list[int]] = []
    for line in sorted({p.line for p in places if p.line is not None and p.line != first}):
        if runs and line == runs[-1][-1] + 1:
            runs[-1].append(line)
        else:
            runs.append([line])
    return "、".join(f"{run[0]}—{run[-1]}" if len(run) > 2 else "、".join(map(str, run)) for run in runs)


def _symptom(symptom: Finding) -> str:
    line = symptom.places[0].line if symptom.places else None
    where = "" if line is None else f"第 {line} 行"
    subject = symptom.message.split("\n")[0].rstrip("。")
    if symptom.printed and symptom.expected:
        said = f"{subject} {symptom.printed} 应为 {_unit(symptom.expected, symptom.unit)}".strip()
    else:
        said = subject
    return " ".join(filter(None, (where, said)))


def figures(finding: Finding) -> str:
    """90.63 → 90.43 万元（多 0.20）; "" where the finding is not about a figure or word."""
    if not finding.expected:
        return _unit(finding.printed, finding.unit) if finding.printed else ""
    printed = finding.printed or "（空）"
    return f"{printed} → {_unit(finding.expected, finding.unit)}{_difference(finding.difference)}"


def _difference(text: str) -> str:
    """多 0.20 where more was printed than expected, 少 0.20 where less; other words stay as they are."""
    if not text:
        return ""
    try:
        value = Decimal(text.replace(",", ""))
    except InvalidOperation:
        return f"（{text}）"
    bare = text.lstrip("+-−")
    return f"（{'多' if value > 0 else '少'} {bare}）" if value else ""


def _unit(text: str, unit: str) -> str:
    return text + (unit if unit in {"", "%"} else f" {unit}")


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
