"""Carried over (带入情况): what a new workbook took from a published account, sheet by sheet, and what it did not.

Counts what stands in the cells, and names what was read and has no place there. Refuses to judge: words that were left
out because they contradict the account are told by those who left them out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from juesuan.compiling.contents import Contents
from juesuan.compiling.filling import plain_key
from juesuan.compiling.sheetrows import LINES, label_of, rows_of
from juesuan.compiling.sheets import HIDDEN, Sheet, listed_last_year, sheets, table_sheet
from juesuan.compiling.telling import Telling
from juesuan.compiling.writing_tables import NOT_FILLED
from juesuan.model.accounts import LAST, LAST_NAME
from juesuan.model.amounts import Amount
from juesuan.model.documents import Block, Table
from juesuan.model.keys import ALL, Key, parse_key
from juesuan.model.reports import Report

_SHOWN = 8
"""so many things are named; of more only the number"""
_COMPUTED = ("share", "change", "rate", "completion", "list_count")
_FOLLOWS = ("organisation", "performance")
"""items that the workbook's lists tell by themselves"""


@dataclass(frozen=True, slots=True)
class Carried:
    """What became of one account. `taken`: sheet → what was filled in; the others are a line each."""

    file: str
    taken: tuple[tuple[str, str], ...]
    inferred: tuple[str, ...] = ()
    """figures that are not printed there: to be compared"""
    left: tuple[str, ...] = ()
    """what was not taken over, and why"""
    lacking: tuple[str, ...] = ()
    """cells that are marked as still to be filled in"""

    def lines(self) -> Iterator[str]:
        """What is said of it, a line each; further lines of a head are set in."""
        yield f"从 {self.file} 填入："
        yield from (f"    {sheet}：{what}" for sheet, what in self.taken)
        heads = (("请核对：", self.inferred), ("没有带入：", self.left), ("还没有填、已标“待填”：", self.lacking))
        for head, said in heads:
            if said:
                yield head
                yield from (f"    {line}" for line in said)


def carried(
    report: Report,
    contents: Contents,
    tables: Mapping[str, Sequence[Block]],
    style: str,
    inferred: Iterable[str] = (),
    left: Iterable[str] = (),
) -> Carried:
    """What the workbook of `contents` and `tables` took from `report`; what is known besides is added."""
    taken = [*_tables(report, contents, tables), *_sheets(contents, style)]
    gaps = [(name, _gaps(blocks)) for name, blocks in _named(tables)]
    lacking = [f"{name}：{count} 个数" for name, count in gaps if count]
    known = [*inferred, *_last_year(report, contents)]
    return Carried(
        _name(report), tuple(taken), tuple(known), (*_unread(report), *left, *_unplaced(report, contents, tables),
        *_computed(report)), tuple(lacking),
    )  # fmt: skip


def carried_last(last: Report, contents: Contents, style: str, words: bool) -> Carried:
    """What the workbook took from the account of the year before; `words`: units, offices and duties too."""
    wanted = listed_last_year(style, contents.account.department.year)
    there = {figure.key for figure in contents.figures}
    given = {key for fact in last.facts for key in fact.keys}
    found = [key for key in wanted if key in given and key in there]
    lacking = [label_of(key, contents.account.department.year) for key in wanted if key not in there]
    taken = [(sheets()[LAST].name, f"{len(found)} 个数")]
    if words:
        taken = [*(pair for pair in _sheets(contents, style) if pair[0] != sheets()[LAST].name), *taken]
    left = [f"上年决算中没有这些数，请另填：{_few(lacking)}"] if lacking else []
    other = contents.account.texts.get(LAST_NAME) == last.department
    year = contents.account.department.year
    if year.isdecimal() and last.year != str(int(year) - 1):
        left.insert(0, f"这份决算是 {last.year or '未注明'} 年度的，不是 {int(year) - 1} 年度的：数没有带入，请换文件")
    known = [f"部门名称与本年不同（{last.department}），已记作曾用名；不是同一部门的，请换文件"] if other else []
    if words:
        left.append("上年的原因、用途、绩效和名词解释：各年不同，不带")
    return Carried(_name(last), tuple(taken), tuple(known), (*_unread(last), *left))


def _name(report: Report) -> str:
    return report.document.file.replace("\\", "/").rpartition("/")[2]


def _few(names: Sequence[str]) -> str:
    more = f" 等 {len(names)} 项" if len(names) > _SHOWN else ""
    return "、".join(names[:_SHOWN]) + more


# What was filled in --------------------------------------------------------------------------------------------------


def _named(tables: Mapping[str, Sequence[Block]]) -> Iterator[tuple[str, Sequence[Block]]]:
    return ((table_sheet(number, form), blocks) for number, (form, blocks) in enumerate(tables.items(), 1))


def _cells(blocks: Iterable[Block]) -> Iterator[str]:
    """The text of every cell of a figure."""
    for block in blocks:
        if isinstance(block, Table):
            yield from (cell.text for cell in block.cells() if cell.place.column)


def _gaps(blocks: Iterable[Block]) -> int:
    return sum(text == NOT_FILLED for text in _cells(blocks))


def _tables(
    report: Report, contents: Contents, tables: Mapping[str, Sequence[Block]]
) -> Iterator[tuple[str, str]]:  # fmt: skip
    """Every approved table: how many figures that are not zero stand in it, and how many the account prints."""
    forms = {table.form for table in report.tables}
    printed: dict[str, set[tuple[Key, ...]]] = {form: set() for form in forms}
    for fact in report.facts:
        if fact.table >= 0 and fact.amount.value:
            printed[report.tables[fact.table].form].add(fact.keys)
    rest = {figure.key for figure in contents.rest}
    for (name, blocks), form in zip(_named(tables), tables, strict=True):
        filled = sum(text not in ("", NOT_FILLED) and text.strip("0.") != "" for text in _cells(blocks))
        elsewhere = sum(bool({*keys} & rest) for keys in printed.get(form, ()))
        if form not in forms:
            said = f"原文没有这张表，{filled} 个数由别的表得来" if filled else "原文没有这张表"
        elif not filled:
            said = "没有数"
        else:
            count = len(printed[form])
            said = f"{filled} 个数"
            said += f"，另有 {elsewhere} 个记在“{sheets()['others'].name}”表" if elsewhere else ""
            said += f"（原表 {count} 个）" if count > filled + elsewhere else ""
        yield name, said


def _sheets(contents: Contents, style: str) -> Iterator[tuple[str, str]]:
    """Every other sheet in which something stands."""
    for spec in sheets().values():
        said = _filled(spec, contents, style)
        if said:
            yield spec.name, said


def _filled(spec: Sheet, contents: Contents, style: str) -> str:
    rows = rows_of(spec, contents, style)
    if spec.role in LINES:
        amounts = sum(isinstance(value, Amount) for row in rows for value in row)
        words = dict.fromkeys(("reason", "purpose"), 0)
        for role in words:
            at = next((n for n, column in enumerate(spec.columns) if column.role == role), None)
            words[role] = 0 if at is None else sum(bool(row[at]) for row in rows)
        parts = ((amounts, "个数"), (words["reason"], "条原因"), (words["purpose"], "条用途"))
        return "、".join(f"{count} {what}" for count, what in parts if count)
    if spec.role == "department":
        count = sum(bool(row[1]) for row in rows)
        return f"{count} 项" if count else ""
    texts = [row for row in rows if any(value for value, c in zip(row, spec.columns, strict=True) if c.kind != HIDDEN)]
    return f"{len(texts)} 行" if texts else ""


# What was not taken over ---------------------------------------------------------------------------------------------


def _last_year(report: Report, contents: Contents) -> Iterator[str]:
    printed = {plain_key(key) for fact in report.facts for key in fact.keys}
    count = sum(f.key.year != report.year and f.key not in printed for f in contents.figures)
    if count:
        yield f"上年数：{count} 个由本年数和文中的增减额算出，原文没有直接写"


def _unread(report: Report) -> Iterator[str]:
    for one in report.unread[:_SHOWN]:
        yield f"{one.place.spot}“{one.quote}”：{one.reason}"
    if len(report.unread) > _SHOWN:
        yield f"另有 {len(report.unread) - _SHOWN} 个没有读懂的数，见 juesuan check"


def _unplaced(report: Report, contents: Contents, tables: Mapping[str, Sequence[Block]]) -> Iterator[str]:
    """Figures that were read, and for which the workbook has no cell."""
    there = {figure.key for figure in (*contents.figures, *contents.rest)}
    blocks = (block for own in tables.values() for block in own if isinstance(block, Table))
    there |= {parse_key(cell.place.column) for block in blocks for cell in block.cells() if cell.place.column}
    found: dict[Key, str] = {}
    for fact in report.facts:
        form = report.tables[fact.table].form if fact.table >= 0 else ""
        if (
            not fact.amount.value
            or form.startswith("performance")
            or any({key, plain_key(key)} & there for key in fact.keys)
        ):
            continue
        key = fact.keys[0]
        if _told_of(key):
            name = label_of(key, report.year)
            found.setdefault(key, f"{fact.place.spot}{name} {fact.amount.show()} {fact.amount.unit}".strip())
    if found:
        yield f"工作簿里没有位置的数：{_few(list(found.values()))}"


def _told_of(key: Key) -> bool:
    """Whether its absence is worth a word: no project's and no list's, which the workbook has in its own way."""
    return key.known and (key.project, key.indicator) == (ALL, ALL) and key.item.partition("/")[0] not in _FOLLOWS


def _computed(report: Report) -> Iterator[str]:
    count = sum(claim.amount is not None and claim.kind in _COMPUTED for claim in report.claims)
    if count:
        yield f"文中的占比、增减、完成率等 {count} 个：编写时由程序重新计算"
    foreign = Telling(report).foreign_terms()
    if foreign:
        yield f"名词解释中报表没有的科目：{_few(foreign)}"
