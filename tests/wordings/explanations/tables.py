"""The tables of a made-up account as text: cells parted by tabs, figures rounded once to 万元 with two decimals."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from tests.wordings.explanations.model import CAPITAL, FUNDS, GENERAL, Account, Item

CLASSES = {
    "一般公共服务支出": "201", "外交支出": "202", "国防支出": "203", "公共安全支出": "204", "教育支出": "205",
    "科学技术支出": "206", "文化旅游体育与传媒支出": "207", "社会保障和就业支出": "208", "卫生健康支出": "210",
    "节能环保支出": "211", "城乡社区支出": "212", "农林水支出": "213", "交通运输支出": "214",
    "资源勘探工业信息等支出": "215", "商业服务业等支出": "216", "金融支出": "217", "援助其他地区支出": "219",
    "自然资源海洋气象等支出": "220", "住房保障支出": "221", "粮油物资储备支出": "222", "国有资本经营预算支出": "223",
    "灾害防治及应急管理支出": "224", "其他支出": "229", "债务还本支出": "231", "债务付息支出": "232",
}  # fmt: skip
ORDINALS = "一二三四五六七八九十"
ECONOMIC = {
    "301": "工资福利支出", "30101": "基本工资", "30102": "津贴补贴", "30103": "奖金",
    "30108": "机关事业单位基本养老保险缴费", "30109": "职业年金缴费", "30110": "职工基本医疗保险缴费",
    "30113": "住房公积金", "302": "商品和服务支出", "30201": "办公费", "30202": "印刷费", "30207": "邮电费",
    "30211": "差旅费", "30217": "公务接待费", "30228": "工会经费", "30231": "公务用车运行维护费",
    "303": "对个人和家庭的补助", "30302": "退休费", "310": "资本性支出", "31002": "办公设备购置",
}  # fmt: skip
THREE = ("", "/overseas", "/vehicles", "/vehicles/purchase", "/vehicles/running", "/reception")
Row = tuple[str, ...]


def money(value: int, comma: bool = False) -> str:
    """分 as 万元 with two decimals, rounded half up."""
    figure = (Decimal(value) / 1_000_000).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return f"{figure:,}" if comma else f"{figure}"


def ordinal(number: int) -> str:
    """1 → 一, 21 → 二十一."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else ("十" if tens == 1 else ORDINALS[tens - 1] + "十")
    return head + (ORDINALS[ones - 1] if ones else "")


class Tables:
    """The tables of one account, in the order in which they are printed."""

    def __init__(self, account: Account) -> None:
        self.account = account
        self.all = [*account.items, *([account.fund] if account.fund else [])]

    def text(self) -> str:
        """All tables with their titles, units and notes."""
        made = (
            self.totals,
            self.income,
            self.expenditure,
            self.fiscal,
            self.general,
            self.basic,
            self.three,
            self.funds,
        )
        return "\n".join("\n".join(table()) for table in made) + "\n"

    def _head(self, title: str, *heads: Row) -> list[str]:
        return [title, "单位：万元", *("\t".join(row) for row in heads)]

    def _value(self, key: str) -> str:
        value = self.account.now.get(key, 0)
        return money(value) if value else ""

    def totals(self) -> Iterable[str]:
        left = [f"flow=income fund={name}" for name in (GENERAL, FUNDS, CAPITAL)]
        names = ["一般公共预算财政拨款收入", "政府性基金预算财政拨款收入", "国有资本经营预算财政拨款收入"]
        names += ["上级补助收入", "事业收入", "经营收入", "附属单位上缴收入", "其他收入"]
        left += [f"flow=income fund={name}" for name in ("superior", "public_service", "commercial", "subordinate")]
        left += ["flow=income fund=other"]
        yield from self._head("收入支出决算总表", ("收入", "", "支出", ""), ("项目", "决算数", "项目", "决算数"))
        for n, (name, code) in enumerate(CLASSES.items()):
            ours = (f"{ordinal(n + 1)}、{names[n]}", self._value(left[n])) if n < len(names) else ("", "")
            yield "\t".join((*ours, f"{ordinal(n + 1)}、{name}", self._class(self.all, code, True)))
        rows = (
            ("本年收入合计", "flow=income", "本年支出合计", "flow=expenditure"),
            ("使用非财政拨款结余", "flow=surplus_used", "结余分配", "flow=distributed"),
            ("年初结转和结余", "flow=opening", "年末结转和结余", "flow=closing"),
            ("总计", "flow=total_in", "总计", "flow=total_out"),
        )
        for a, one, b, other in rows:
            yield "\t".join((a, self._value(one), b, self._value(other)))
        yield "注：本表反映部门本年度的总收支和年末结转结余情况。"

    def _class(self, items: Iterable[Item], code: str, outside: bool = False) -> str:
        value = sum(i.spent + (i.outside if outside else 0) for i in items if i.code.startswith(code))
        return money(value) if value else ""

    def _rows(self, items: list[Item], *columns: str) -> Iterable[str]:
        """Rows of 类, 款 and 项 with sums of these attributes of the items."""
        done: set[str] = set()
        for item in sorted(items, key=lambda i: i.code):
            for length, name in zip((3, 5, 7), item.names, strict=True):
                code = item.code[:length]
                if code not in done:
                    done.add(code)
                    inside = [i for i in items if i.code.startswith(code)]
                    yield "\t".join((code, name, *self._cells(inside, columns)))

    def _cells(self, items: list[Item], columns: tuple[str, ...]) -> list[str]:
        sums = [sum(sum(getattr(i, name) for name in column.split("+")) for i in items) for column in columns]
        return [money(value) if value else "" for value in sums]

    def income(self) -> Iterable[str]:
        heads = ("本年收入合计", "财政拨款收入", "上级补助收入", "事业收入", "经营收入", "附属单位上缴收入", "其他收入")
        blank = [""] * 7
        yield from self._head("收入决算表", ("项目", "", *heads), ("功能分类科目编码", "科目名称", *blank))
        columns = ("income+outside", "income")
        total = self._cells(self.all, (*columns, "outside"))
        yield "\t".join(("合计", "", *total[:2], "", "", "", "", total[2]))
        for row in self._rows(self.all, *columns, "outside"):
            code, name, whole, fiscal, other = row.split("\t")
            yield "\t".join((code, name, whole, fiscal, "", "", "", "", other))
        yield "注：本表反映部门本年度取得的各项收入情况。"

    def expenditure(self) -> Iterable[str]:
        heads = ("本年支出合计", "基本支出", "项目支出", "上缴上级支出", "经营支出", "对附属单位补助支出")
        yield from self._head("支出决算表", ("项目", "", *heads), ("功能分类科目编码", "科目名称", *([""] * 6)))
        columns = ("basic+outside+project", "basic+outside", "project")
        yield "\t".join(("合计", "", *self._cells(self.all, columns), "", "", ""))
        for row in self._rows(self.all, *columns):
            yield f"{row}\t\t\t"
        yield "注：本表反映部门本年度各项支出情况。"

    def fiscal(self) -> Iterable[str]:
        heads = (
            "项目",
            "决算数",
            "项目",
            "合计",
            *(f"{n}财政拨款" for n in ("一般公共预算", "政府性基金预算", "国有资本经营预算")),
        )
        yield from self._head("财政拨款收入支出决算总表", ("收入", "", "支出", "", "", "", ""), heads)
        names = ("一般公共预算财政拨款", "政府性基金预算财政拨款", "国有资本经营预算财政拨款")
        account, funds = self.account, [account_fund] if (account_fund := self.account.fund) else []
        for n, (name, code) in enumerate(CLASSES.items()):
            fund = (GENERAL, FUNDS, CAPITAL)[n] if n < 3 else ""
            ours = (f"{ordinal(n + 1)}、{names[n]}", self._value(f"flow=income fund={fund}")) if fund else ("", "")
            spent = [self._class(group, code) for group in (self.all, account.items, funds)]
            yield "\t".join((*ours, f"{ordinal(n + 1)}、{name}", *spent, ""))
        both = [self._value(f"flow=expenditure fund={fund}") for fund in ("fiscal", GENERAL, FUNDS, CAPITAL)]
        yield "\t".join(("本年收入合计", self._value("flow=income fund=fiscal"), "本年支出合计", *both))
        opening, closing = self._value("flow=opening"), self._value("flow=closing")
        yield "\t".join(("年初财政拨款结转和结余", opening, "年末财政拨款结转和结余", closing, closing, "", ""))
        yield "\t".join((f"一、{names[0]}", opening, "", "", "", "", ""))
        yield "\t".join((f"二、{names[1]}", "", "", "", "", "", ""))
        yield "\t".join((f"三、{names[2]}", "", "", "", "", "", ""))
        general = account.now[f"flow=expenditure fund={GENERAL}"] + account.now["flow=closing"]
        total = self._value("flow=total_out fund=fiscal")
        yield "\t".join(("总计", total, "总计", total, money(general), both[2], ""))
        yield "注：本表反映部门本年度财政拨款总收支和结转结余情况。"

    def general(self) -> Iterable[str]:
        heads = ("项目", "", "合计", "基本支出", "项目支出")
        yield from self._head("一般公共预算财政拨款支出决算表", heads, ("功能分类科目编码", "科目名称", "", "", ""))
        columns = ("spent", "basic", "project")
        yield from self._rows(self.account.items, *columns)
        yield "\t".join(("合计", "", *self._cells(self.account.items, columns)))
        yield "注：本表反映部门本年度一般公共预算财政拨款支出情况。"

    def basic(self) -> Iterable[str]:
        head = ("经济分类科目编码", "科目名称", "决算数")
        yield from self._head("一般公共预算财政拨款基本支出决算表", head * 2)
        key = f"flow=expenditure fund={GENERAL} nature=basic"
        sides: list[list[Row]] = [[], []]
        for code, name in ECONOMIC.items():
            own = self.account.economic.get(code) if len(code) == 5 else self.account.now.get(f"{key} economic={code}")
            sides[code[:3] in ("302", "310")].append((code, name, money(own or 0)))
        for n in range(max(map(len, sides))):
            yield "\t".join(cell for side in sides for cell in (side[n] if n < len(side) else ("", "", "")))
        ends = [self._value(f"{key} economic={name}") for name in ("personnel", "running")]
        yield "\t".join(("人员经费合计", "", ends[0], "公用经费合计", "", ends[1]))
        yield "注：本表反映部门本年度一般公共预算财政拨款基本支出明细情况。"

    def three(self) -> Iterable[str]:
        kinds = ("合计", "因公出国（境）费", "公务用车购置及运行维护费", "", "", "公务接待费")
        below = ("", "", "小计", "公务用车购置费", "公务用车运行维护费", "")
        title = "一般公共预算财政拨款“三公”经费支出决算表"
        yield from self._head(title, ("预算数", *([""] * 5), "决算数", *([""] * 5)), kinds * 2, below * 2)
        key = f"flow=expenditure fund={GENERAL} item=three_public"
        sides = (self.account.initial, self.account.now)
        yield "\t".join(money(side[key + name]) for side in sides for name in THREE)
        yield "注：本表反映部门本年度“三公”经费支出预决算情况。其中，预算数为“三公”经费年初预算数。"

    def funds(self) -> Iterable[str]:
        heads = ("项目", "", "年初结转和结余", "本年收入", "本年支出", "", "", "年末结转和结余")
        below = ("功能分类科目编码", "科目名称", "", "", "合计", "基本支出", "项目支出", "")
        yield from self._head("政府性基金预算财政拨款收入支出决算表", heads, below)
        own = [self.account.fund] if self.account.fund else []
        columns = ("income", "spent", "basic", "project")
        yield "\t".join(("合计", "", "", *self._cells(own, columns), ""))
        for row in self._rows(own, *columns):
            code, name, *cells = row.split("\t")
            yield "\t".join((code, name, "", *cells, ""))
        yield "注：本表反映部门本年度政府性基金预算财政拨款收入支出及结转和结余情况。"
        if not own:
            yield f"说明：{self.account.department}本年度没有政府性基金预算财政拨款收入和支出，故本表无数据。"
