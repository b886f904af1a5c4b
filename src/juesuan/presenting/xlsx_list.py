"""The reviewer's list (问题清单): a workbook with every finding, what was covered, and what was not checked.

What follows from a finding has a row of its own with the finding's number as its cause. Refuses formulas: whatever a
document says is written as text. The same findings give the same bytes.
"""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from juesuan.model.findings import Finding, Severity
from juesuan.presenting.checked import Checked, by_count, coverage
from juesuan.presenting.coverage_text import reason_groups, unread_groups
from juesuan.presenting.entries import Entry, Rules, account_name, clean, entries
from juesuan.presenting.originals import Original
from juesuan.presenting.telling import difference_words, following, other_places, spot_words, with_unit
from juesuan.presenting.widths import width

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

STATES = ("待核实", "已修改", "已说明", "不采纳")
#: title and width in characters; those after 备注 are for programs and for finding the way back
COLUMNS = (
    *(("序号", 6), ("单位", 14), ("位置", 22), ("原文引用", 22), ("问题", 42), ("应为", 15), ("差额", 9)),
    *(("建议", 22), ("严重程度", 9), ("依据", 26), ("原因编号", 9), ("状态", 9), ("备注", 14)),
    *(("检查编号", 20), ("短名", 9), ("文件", 24)),
)
PRINTED = 13
"""columns that are printed"""
COVER = (
    *(("文件", 30), ("单位", 26), ("数字", 9), ("已核实", 9), ("已读", 9), ("未读", 9), ("检查", 9), ("通过", 9)),
    *(("不符", 9), ("未查", 9), ("故障", 9), ("另计", 40), ("说明", 30)),
)
UNREAD = (("文件", 30), ("位置", 16), ("数字", 30), ("原因", 40))
UNCHECKED = (("文件", 30), ("项数", 8), ("检查编号", 24), ("检查", 50), ("未查的原因", 44), ("如", 14))
_DATE = datetime.datetime(2000, 1, 1)  # noqa: DTZ001 - the file format has no time zones
_LINE, _HIGHEST = 14, 400
"""points of a line; of a row"""
_LONGEST = 32_000
"""characters that a cell may hold"""
_COLOURS = {Severity.ERROR: "#A8201A", Severity.WARNING: "#855100", Severity.QUERY: "#1B5A9E", Severity.INFO: "#555F6A"}
_STATE = next(n for n, (title, _) in enumerate(COLUMNS) if title == "状态")
_GRADE = next(n for n, (title, _) in enumerate(COLUMNS) if title == "严重程度")
Row = Sequence[str | int]


def xlsx_list(checked: Iterable[Checked], rules: Rules) -> bytes:
    """The workbook as bytes; files are taken one after the other."""
    book = _Book()
    findings = book.sheet("问题", COLUMNS)
    cover = book.sheet("覆盖情况", COVER)
    unread = book.sheet("未读的数字", UNREAD)
    unchecked = book.sheet("未查的项目", UNCHECKED)
    for one in checked:
        for row, severity in _rows(one, rules):
            findings.add(row, severity)
        cover.add(_cover(one))
        for line in _unread(one):
            unread.add(line)
        for line in _unchecked(one, rules):
            unchecked.add(line)
    for sheet in (findings, cover, unread, unchecked):
        sheet.finish()
    findings.validate(_STATE, STATES)
    return book.bytes()


def _rows(one: Checked, rules: Rules) -> Iterator[tuple[Row, Severity]]:
    found = entries(one, rules)
    original = Original(one.report.document) if one.report else None
    for entry in found:
        yield _row(one, entry, _quoted(entry, original)), entry.finding.severity
        for n, symptom in enumerate(following(entry.finding), 1):
            yield _follower(one, entry, symptom, f"{entry.number}-{n}"), symptom.severity


def _quoted(entry: Entry, original: Original | None) -> str:
    """The wrong words, and below them what stands around them on their line."""
    before, wrong, after = original.around(entry.finding) if original else ("", "", "")
    return "\n".join(filter(None, (entry.quote, f"{before}{wrong}{after}" if before.strip() or after.strip() else "")))


def _row(one: Checked, entry: Entry, quoted: str) -> Row:
    finding = entry.finding
    also = other_places(finding)
    where = "，".join(filter(None, (entry.spot, f"另见{also}" if also else "")))
    place = "\n".join(filter(None, (where, entry.part, entry.grid))) or "全文"
    accepted = bool(finding.accepted)
    return (
        *(entry.number, account_name(one), place, quoted, entry.problem),
        *(with_unit(finding.expected, finding.unit), difference_words(finding.difference), finding.advice),
        *(finding.severity.word, "\n".join(filter(None, entry.rule)), entry.number),
        *(STATES[3] if accepted else STATES[0], f"已接受：{finding.accepted}" if accepted else ""),
        *(finding.check, entry.handle, one.file),
    )


def _follower(one: Checked, entry: Entry, symptom: Finding, number: str) -> Row:
    """What follows from a finding: it goes away when that is mended."""
    place = symptom.places[0] if symptom.places else None
    subject = symptom.message.split("\n")[0]
    return (
        *(
            number,
            account_name(one),
            spot_words(place) if place else "",
            symptom.printed or (place.quote if place else ""),
        ),
        *(f"随问题 {entry.number} 而误：{subject}", with_unit(symptom.expected, symptom.unit)),
        *(difference_words(symptom.difference), symptom.advice or "随同更正", symptom.severity.word, ""),
        *(entry.number, STATES[0], "", symptom.check, "", one.file),
    )


def _cover(one: Checked) -> Row:
    report, result = one.report, one.result
    if report is None or result is None:
        return (one.file, account_name(one), *("",) * 10, one.error or "程序故障")
    cover = coverage(report, result)
    apart = "、".join(f"{kind} {count}" for kind, count in by_count(cover.apart))
    checks = (result.passed, result.failed, result.unchecked, result.crashed)
    pictures = len({place.page for place in report.document.pictures})
    notes = [f"图片页 {pictures} 页没有读"] if pictures else []
    notes += [f"{crash.check} 故障：{crash.error}" for crash in result.crashes]
    figures = (cover.figures, cover.verified, cover.read, len(cover.unread))
    return (one.file, account_name(one), *figures, sum(checks), *checks, apart, "；".join(notes))


def _unread(one: Checked) -> Iterator[Row]:
    if one.report is not None and one.result is not None:
        for where, reason, quotes in unread_groups(coverage(one.report, one.result).unread):
            yield one.file, where, "、".join(quotes), reason


def _unchecked(one: Checked, rules: Rules) -> Iterator[Row]:
    if one.report is not None and one.result is not None:
        for count, check, reason, spot in reason_groups(one.result):
            rule = rules.get(check)
            yield one.file, count, check, rule.title if rule else "", reason, spot


class _Book:
    """The workbook and the formats of its cells."""

    def __init__(self) -> None:
        from xlsxwriter import Workbook  # noqa: PLC0415 - heavy

        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self.stream = io.BytesIO()
        self.book = Workbook(self.stream, options)
        self.book.set_properties({"title": "部门决算问题清单", "created": _DATE})
        usual = {"font_name": "宋体", "font_size": 10, "valign": "top", "text_wrap": True, "border": 1}
        usual["border_color"] = "#BFBFBF"
        self.text = self.book.add_format(usual)
        self.count = self.book.add_format({**usual, "align": "center"})
        self.head = self.book.add_format(
            {**usual, "bold": True, "bg_color": "#E9ECEF", "align": "center", "valign": "vcenter"}
        )
        self.grades = {
            severity: self.book.add_format({**usual, "align": "center", "bold": True, "font_color": colour})
            for severity, colour in _COLOURS.items()
        }

    def sheet(self, name: str, columns: Sequence[tuple[str, int]]) -> _Sheet:
        """A new sheet with its head, set for A4 across."""
        sheet = self.book.add_worksheet(name)
        sheet.set_paper(9)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        sheet.repeat_rows(0)
        sheet.freeze_panes(1, 1)
        sheet.set_footer("&C第 &P 页，共 &N 页")
        for column, (title, wide) in enumerate(columns):
            sheet.set_column(column, column, wide)
            sheet.write_string(0, column, title, self.head)
        sheet.set_row(0, 24)
        return _Sheet(self, sheet, [wide for _, wide in columns])

    def bytes(self) -> bytes:
        """The finished file."""
        self.book.close()
        return self.stream.getvalue()


class _Sheet:
    """One sheet being filled from the top."""

    def __init__(self, book: _Book, sheet: Worksheet, widths: Sequence[int]) -> None:
        self.book, self.sheet, self.widths = book, sheet, widths
        self.rows = 0

    def add(self, row: Row, severity: Severity | None = None) -> None:
        self.rows += 1
        self.sheet.set_row(self.rows, _height(row, self.widths))
        for column, value in enumerate(row):
            if isinstance(value, int):
                self.sheet.write_number(self.rows, column, value, self.book.count)
                continue
            graded = severity is not None and column == _GRADE
            form: Any = self.book.grades[severity] if graded and severity is not None else self.book.text
            if severity is not None and not column:  # 3-1 stands as 3 does
                form = self.book.count
            self.sheet.write_string(self.rows, column, _cut(value), form)

    def finish(self) -> None:
        """A filter over all columns; an empty list says that it is empty."""
        if not self.rows:
            self.sheet.write_string(1, 1, "无", self.book.text)
        self.sheet.autofilter(0, 0, max(self.rows, 1), len(self.widths) - 1)
        self.sheet.print_area(0, 0, max(self.rows, 1), min(len(self.widths), PRINTED) - 1)

    def validate(self, column: int, choices: Sequence[str]) -> None:
        """A choice of words for a column."""
        rule = {"validate": "list", "source": list(choices), "error_title": "状态", "error_message": "、".join(choices)}
        self.sheet.data_validation(1, column, max(self.rows, 1), column, rule)


def _height(row: Row, widths: Sequence[int]) -> int:
    """As high as its tallest cell, in points; programs that open the file do not all find it themselves."""
    pairs = zip(row, widths, strict=True)
    counts = [sum(-(-max(width(line), 1) // (wide - 1)) for line in str(cell).split("\n")) for cell, wide in pairs]
    return min(_LINE * max(counts) + 4, _HIGHEST)


def _cut(text: str) -> str:
    text = clean(text)
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "……（以下略）"
