"""A made-up internal workbook (财决): sheets, heads and blocks as public readers describe them; amounts in 元."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from xlsxwriter import Workbook

from juesuan.generating import Generated
from juesuan.knowledge.classifications import economic_name, function_name, totals_classes
from juesuan.knowledge.numerals import chinese

INCOMES = (
    ("一、一般公共预算财政拨款收入", "general_public"),
    ("二、政府性基金预算财政拨款收入", "government_funds"),
    ("三、国有资本经营预算财政拨款收入", "state_capital"),
    ("四、上级补助收入", "superior"),
    ("五、事业收入", "public_service"),
    ("六、经营收入", "commercial"),
    ("七、附属单位上缴收入", "subordinate"),
    ("八、其他收入", "other"),
)
NATURES = (
    ("基本支出", "basic"),
    ("项目支出", "project"),
    ("上缴上级支出", "remitted_up"),
    ("经营支出", "commercial"),
    ("对附属单位补助支出", "subsidy_down"),
)
FUNDS = ("general_public", "government_funds", "state_capital")
Row = Sequence[str | Decimal]


class Book:
    """Writes the sheets."""

    def __init__(self, account: Generated, path: Path) -> None:
        self.account = account
        self.book = Workbook(path)

    def of(self, **dims: str) -> Decimal:
        return self.account.true(**dims)

    def sheet(self, name: str, title: str, number: str, rows: Sequence[Row]) -> None:
        sheet = self.book.add_worksheet(name)
        sheet.write(0, 3, title)
        sheet.write(1, 5, number)
        sheet.write(2, 0, f"编制单位：{self.account.department}")
        sheet.write(2, 5, "金额单位：元")
        for r, row in enumerate(rows, 4):
            for c, value in enumerate(row):
                if value != "":
                    sheet.write(r, c, value)

    def write(self) -> None:
        self._totals()
        self._fiscal()
        self._lines("Z03", "收入决算表", "财决03表", self._income())
        self._lines("Z04", "支出决算表", "财决04表", self._spending())
        self._lines("Z07", "一般公共预算财政拨款收入支出决算表", "财决07表", self._balances("general_public"))
        self._basic()
        self._lines("Z09", "政府性基金预算财政拨款收入支出决算表", "财决09表", self._balances("government_funds"))
        self._lines("Z11", "国有资本经营预算财政拨款收入支出决算表", "财决11表", self._balances("state_capital"))
        self._operation()
        self.sheet("CS08", "资产负债简表", "财决附08表", [["项目", "年初数", "年末数"], ["资产合计", "1", "2"]])
        self.book.close()

    def _totals(self) -> None:
        """Income, spending by function and by nature, each with 行次 and three amounts; only 决算数 is filled in."""
        left = [(name, self.of(flow="income", fund=fund)) for name, fund in INCOMES]
        middle = [
            (f"{chinese(n)}、{self._name(code)}", self.of(flow="expenditure", function=code))
            for n, code in enumerate(totals_classes(self.account.year), 1)
        ]
        right = [
            (f"{chinese(n)}、{name}", self.of(flow="expenditure", nature=v)) for n, (name, v) in enumerate(NATURES, 1)
        ]
        feet = [
            ("本年收入合计", "本年支出合计", "income", "expenditure"),
            ("使用非财政拨款结余（含专用结余）", "结余分配", "surplus_used", "distributed"),
            ("年初结转和结余", "年末结转和结余", "opening", "closing"),
            ("总计", "总计", "total_in", "total_out"),
        ]
        amounts = ["行次", "年初预算数", "全年预算数", "决算数"]
        rows: list[Row] = [
            ["收入", *[""] * 4, "支出"],
            ["项目", *amounts, "项目（按功能分类）", *amounts, "项目（按支出性质）", *amounts],
        ]
        for n in range(len(middle)):
            row: list[str | Decimal] = []
            for block in (left, middle, right):
                name, value = block[n] if n < len(block) else ("", "")
                row += [name, str(n + 1), "", "", value]
            rows.append(row)
        for one, two, first, second in feet:
            own, other = self.of(flow=first), self.of(flow=second)
            rows.append([one, "9", "", "", own, two, "9", "", "", other, "", "9", "", "", ""])
        self.sheet("Z01", "收入支出决算总表", "财决01表", rows)

    def _fiscal(self) -> None:
        heads = ["行次", "合计", "一般公共预算财政拨款", "政府性基金预算财政拨款", "国有资本经营预算财政拨款"]
        rows: list[Row] = [["收入", "", "", "支出"], ["项目", "行次", "决算数", "项目", *heads]]
        names = [name.removesuffix("收入") for name, _ in INCOMES[:3]]
        for n, code in enumerate(totals_classes(self.account.year)):
            own: list[str | Decimal] = ["", str(n), ""]
            if n < 3:
                own = [names[n], str(n), self.of(flow="income", fund=FUNDS[n])]
            spent = [self.of(flow="expenditure", fund=fund, function=code) for fund in FUNDS]
            rows.append([*own, f"{chinese(n + 1)}、{self._name(code)}", "1", sum(spent, Decimal(0)), *spent])
        feet = [
            ("本年收入合计", "本年支出合计", "income", "expenditure"),
            ("年初财政拨款结转和结余", "年末财政拨款结转和结余", "opening", "closing"),
            ("总计", "总计", "total_in", "total_out"),
        ]
        for one, two, first, second in feet:
            right = [self.of(flow=second, fund=fund) for fund in FUNDS]
            rows.append([one, "8", self.of(flow=first, fund="fiscal"), two, "8", sum(right, Decimal(0)), *right])
        self.sheet("Z01_1", "财政拨款收入支出决算总表", "财决01-1表", rows)

    def _lines(
        self, name: str, title: str, number: str, table: tuple[Row, list[dict[str, str]], dict[str, str]]
    ) -> None:
        heads, columns, base = table
        codes = sorted(
            {
                key.function
                for key, amount in self.account.facts.items()
                if amount.value and key.function != "all" and key.entity == "all" and key.basis == "final"
                if any(
                    key == type(key)(year=self.account.year, function=key.function, **{**base, **c}) for c in columns
                )
            }
        )
        rows: list[Row] = [["科目编码", "科目名称", *heads]]
        rows.append(["", "合计", *(self.of(**{**base, **column}) for column in columns)])
        for code in codes:
            rows.append([code, self._name(code), *(self.of(**{**base, **c, "function": code}) for c in columns)])
        self.sheet(name, title, number, rows)

    def _income(self) -> tuple[Row, list[dict[str, str]], dict[str, str]]:
        heads = ["本年收入合计", "财政拨款收入", "上级补助收入", "事业收入", "经营收入", "附属单位上缴收入", "其他收入"]
        funds = ("fiscal", "superior", "public_service", "commercial", "subordinate", "other")
        return heads, [{}, *({"fund": fund} for fund in funds)], {"flow": "income"}

    def _spending(self) -> tuple[Row, list[dict[str, str]], dict[str, str]]:
        columns = [{"nature": value} for _, value in NATURES]
        return ["本年支出合计", *(name for name, _ in NATURES)], [{}, *columns], {"flow": "expenditure"}

    def _balances(self, fund: str) -> tuple[Row, list[dict[str, str]], dict[str, str]]:
        heads = ["年初结转和结余", "本年收入", "本年支出合计", "基本支出", "项目支出", "年末结转和结余"]
        columns = [{"flow": "opening"}, {"flow": "income"}, {"flow": "expenditure"}]
        columns += [{"flow": "expenditure", "nature": nature} for nature in ("basic", "project")]
        return heads, [*columns, {"flow": "closing"}], {"fund": fund}

    def _basic(self) -> None:
        """Economic classes and their 款 as columns, functions as rows."""
        base = {"flow": "expenditure", "fund": "general_public", "nature": "basic"}
        codes = sorted({key.economic for key in self.account.facts if key.economic.isdigit() and key.entity == "all"})
        named = {code: found.name for code in codes if (found := economic_name(code, self.account.year))}
        classes = [code for code in codes if len(code) == 3]
        upper: list[str] = ["科目编码", "科目名称", "合计"]
        lower: list[str | Decimal] = ["", "", ""]
        values: list[str | Decimal] = ["", "合计", self.of(**base)]
        for one in classes:
            own = [code for code in codes if code[:3] == one and code != one]
            upper += [named[one], *[""] * len(own)]
            lower += ["小计", *(named[code] for code in own)]
            values += [self.of(**base, economic=code) for code in (one, *own)]
        self.sheet("Z08_1", "一般公共预算财政拨款基本支出决算明细表", "财决08-1表", [upper, lower, values])

    def _operation(self) -> None:
        base = {"flow": "expenditure", "fund": "general_public"}
        items = [
            ("一、“三公”经费支出", "three_public"),
            ("1．因公出国（境）费", "three_public/overseas"),
            ("2．公务用车购置及运行维护费", "three_public/vehicles"),
            ("（1）公务用车购置费", "three_public/vehicles/purchase"),
            ("（2）公务用车运行维护费", "three_public/vehicles/running"),
            ("3．公务接待费", "three_public/reception"),
        ]
        rows: list[Row] = [["项目", "行次", "年初预算数", "全年预算数", "决算统计数", "项目", "行次", "决算统计数"]]
        bases = ("initial", "full_year", "final")
        for n, (name, item) in enumerate(items, 1):
            left: list[str | Decimal] = [name, str(n), *(self.of(**base, item=item, basis=basis) for basis in bases)]
            rows.append(
                [
                    *left,
                    "1．车辆数合计（辆）" if n == 1 else "",
                    "9" if n == 1 else "",
                    self._vehicles() if n == 1 else "",
                ]
            )
        self.sheet("F03", "机构运行信息表", "财决附03表", rows)

    def _vehicles(self) -> Decimal:
        return self.account.true(item="assets/vehicles", measure="count")

    def _name(self, code: str) -> str:
        found = function_name(code, self.account.year)
        assert found is not None
        return found.name
