"""Why the year's data cannot be used (不能用的原因): one class per cause, its Chinese wording inside.

Says where (file, sheet, cell), what was found, what was expected and what to do. Refuses to be a finding: what is wrong
with an account whose data can be read is for the checks.
"""

from __future__ import annotations

from collections.abc import Sequence

from juesuan.model.places import Place


class BadInput(ValueError):
    """Data that cannot be used. `place` is where they stand; str() is the whole message without the file's name."""

    def __init__(self, place: Place, found: str, advice: str) -> None:
        self.place = place
        self.found, self.advice = found, advice
        spot = f"{place.sheet}!{place.cell}" if place.sheet and place.cell else place.sheet or ""
        if not spot and place.line is not None:
            spot = f"第 {place.line} 行"
        super().__init__(f"{spot}：{found}。{advice}。" if spot else f"{found}。{advice}。")


class BadInputs(BadInput):
    """Several at once; `causes` are all of them."""

    def __init__(self, causes: Sequence[BadInput]) -> None:
        self.causes = tuple(causes)
        ValueError.__init__(self, "\n".join(map(str, causes)))
        self.place = causes[0].place
        self.found, self.advice = causes[0].found, causes[0].advice


def refuse(causes: Sequence[BadInput]) -> None:
    """Raises what was found, if anything."""
    if causes:
        raise causes[0] if len(causes) == 1 else BadInputs(causes)


class MissingSheet(BadInput):
    """A sheet of the workbook is not there."""

    def __init__(self, file: str, sheet: str) -> None:
        super().__init__(
            Place(file, sheet=sheet),
            "没有这张工作表",
            "工作表的名称不能改；请从 juesuan init 新建的工作簿里复制一张过来",
        )


class MissingInternal(BadInput):
    """A sheet of the internal workbook (财决) is not there."""

    def __init__(self, file: str, title: str) -> None:
        super().__init__(Place(file, sheet=title), "没有这张表", "请从部门决算系统导出全套报表，表名和表号不要改")


class Contradiction(BadInput):
    """One figure in two sheets of a workbook, and not the same amount."""

    def __init__(self, place: Place, shown: str, other: Place, other_shown: str) -> None:
        found = f"这个数是 {shown}，{other.sheet}!{other.cell} 的同一个数是 {other_shown}"
        super().__init__(place, found, "请核对，两处应相等；合计应等于各项之和")


class MissingColumn(BadInput):
    """The head of a column is not there."""

    def __init__(self, place: Place, title: str) -> None:
        super().__init__(place, f"找不到“{title}”这一栏", "表头的文字不能改，请改回")


class MissingValue(BadInput):
    """A cell that has to be filled in is blank."""

    def __init__(self, place: Place, name: str) -> None:
        super().__init__(place, f"“{name}”没有填", "这一项必填")


class NotFilled(BadInput):
    """Figures in one row of an approved table that are marked as 待填."""

    def __init__(self, place: Place, name: str, cells: Sequence[str]) -> None:
        row = f"“{name}”一行" if name else "这一行"
        found = f"{row}还有 {len(cells)} 个数“待填”（{'、'.join(cells)}）"
        super().__init__(place, found, "原文没有这些数，请按批复表填写，没有的填 0")


class TextInAmount(BadInput):
    """No figure where one is expected."""

    def __init__(self, place: Place, text: str, name: str) -> None:
        super().__init__(place, f"“{name}”应是数字，写的是“{text}”", "请只填数字，不带单位和文字")


class UnreadFigure(BadInput):
    """A figure of an approved table whose row or column is not known."""

    def __init__(self, place: Place, quote: str, reason: str) -> None:
        super().__init__(
            place, f"数字 {quote} 读不出是什么（{reason}）", "请改用规范的项目名称、科目编码和栏目，或删去这个数"
        )


class UnknownCode(BadInput):
    """A code that is in no classification and that no table names."""

    def __init__(self, place: Place, code: str, kind: str, year: str, advice: str = "") -> None:
        advice = advice or "请核对编码；确有其科目的，在批复表里写上名称"
        super().__init__(place, f"{year} 年度的{kind}里没有 {code}", advice)


class UnknownChoice(BadInput):
    """None of the choices that a column offers."""

    def __init__(self, place: Place, text: str, name: str, known: Sequence[str]) -> None:
        super().__init__(place, f"“{name}”没有“{text}”这一种", f"可以填：{'、'.join(known)}")


class UnknownLine(BadInput):
    """A row of which nothing says what it is."""

    def __init__(self, place: Place, text: str) -> None:
        super().__init__(place, f"“{text}”这一行读不出是什么数", "请写科目编码和资金，或用原有的名称")


class DoubledCode(BadInput):
    """Two units with one code."""

    def __init__(self, place: Place, code: str, first: str, second: str) -> None:
        super().__init__(place, f"“{second}”和“{first}”的单位代码都是 {code}", "请核对代码，每个单位各有一个")


class DoubledName(BadInput):
    """One name twice in a list where every name stands once."""

    def __init__(self, place: Place, name: str, what: str) -> None:
        super().__init__(place, f"{what}“{name}”列了两次", "请删去一个，或改用不同的名称")


class DoubledLine(BadInput):
    """One figure given twice with different amounts."""

    def __init__(self, place: Place, name: str, first: str, second: str, where: str) -> None:
        super().__init__(place, f"“{name}”写了 {second}，{where} 写了 {first}", "同一个数只写一处")


class UnknownProject(BadInput):
    """An indicator of a project that is not listed."""

    def __init__(self, place: Place, name: str) -> None:
        super().__init__(place, f"“绩效项目”里没有“{name}”", "请先在“绩效项目”里列出这个项目，名称要一致")


class UnknownUnit(BadInput):
    """A unit that is not among those of the department."""

    def __init__(self, place: Place, name: str) -> None:
        found = f"“单位”表里没有“{name}”" if name else "没有写明单位，而部门有几个单位"
        advice = "请在“单位”表里列出这个单位，名称或代码要一致" if name else "请写上“单位”表里的名称或代码"
        super().__init__(place, found, advice)


class BadYear(BadInput):
    """A year that is none."""

    def __init__(self, place: Place, text: str) -> None:
        super().__init__(place, f"决算年度写的是“{text}”", "请写四位数字，如 2024")


class NoMoney(BadInput):
    """Neither approved tables nor anything else with the year's money."""

    def __init__(self, file: str) -> None:
        super().__init__(
            Place(file),
            "九张批复表都是空的，也没有给出财决工作簿或账簿",
            "请填写批复表，或用 --caijue、--ledger 指明文件",
        )


class SameUnitTwice(BadInput):
    """Two workbooks of units (--unit) for one unit."""

    def __init__(self, place: Place, name: str, other: str) -> None:
        super().__init__(place, f"单位“{name}”给了两份工作簿（{other}）", "请去掉重复的一份，或改正“单位名称”")


class OtherYear(BadInput):
    """The workbook of a unit for another year than the department's."""

    def __init__(self, place: Place, year: str, wanted: str) -> None:
        super().__init__(place, f"这个单位的决算年度是 {year}，部门的是 {wanted}", "请核对年度，或另给同一年度的工作簿")


class MixedUnits(BadInput):
    """Accounts of units in different units of money."""

    def __init__(self, first: str, second: str) -> None:
        super().__init__(Place(), f"各单位的金额单位不同（{first}、{second}），不能相加", "请统一金额单位")


class EmptyLedger(BadInput):
    """A ledger with heads and no row."""

    def __init__(self, file: str) -> None:
        super().__init__(Place(file), "账簿里没有一行数", "请核对导出的年度、单位和范围，重新导出")


class NoLedgerColumn(BadInput):
    """A ledger in which a column that is needed was not found."""

    def __init__(self, file: str, what: str, columns: Sequence[str]) -> None:
        super().__init__(
            Place(file), f"没有认出“{what}”这一列（现有：{'、'.join(columns) or '无'}）", "请在表头写明列名"
        )


class BadLedgerRow(BadInput):
    """A row of a ledger that cannot be used."""

    def __init__(self, file: str, line: int, found: str, advice: str) -> None:
        super().__init__(Place(file, line=line), found, advice)


class TextInLedger(BadLedgerRow):
    """No figure in the amount of a ledger's row."""

    def __init__(self, file: str, line: int, text: str) -> None:
        super().__init__(file, line, f"金额写的是“{text}”", "请只写数字")


class UnknownLedgerCode(BadLedgerRow):
    """A code in a ledger that is in no classification."""

    def __init__(self, file: str, line: int, code: str, kind: str) -> None:
        super().__init__(file, line, f"{kind}里没有“{code}”", "请核对编码")


class UnclearLedgerRow(BadLedgerRow):
    """A row that lacks what its place in the tables depends on."""

    def __init__(self, file: str, line: int, what: str) -> None:
        super().__init__(file, line, f"没有写明{what}", "请补上，否则不知道归入哪张表、哪一栏")


class ContradictorySum(BadLedgerRow):
    """A sum stated in a ledger that differs from the sum of its parts."""

    def __init__(self, file: str, line: int, what: str, stated: str, parts: str) -> None:
        super().__init__(file, line, f"{what}写的是 {stated} 元，明细合计是 {parts} 元", "请核对明细是否齐全")


class RoundingRefused(BadInput):
    """Controlled rounding asked for where approved tables bind."""

    def __init__(self, file: str) -> None:
        super().__init__(Place(file), "批复表的数不能再作舍入调整", "请去掉 --balanced，批复表原样使用")


class RoundingImpossible(BadInput):
    """No way to round all figures to a neighbour so that all totals add up."""

    def __init__(self, file: str, count: int) -> None:
        super().__init__(
            Place(file),
            f"{count} 个数没有一种舍入办法，能使每个数都只取上下相邻的值而各合计都相等",
            "请去掉 --balanced，各数分别四舍五入，尾差在注里说明",
        )
