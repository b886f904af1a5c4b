"""Slips of the hand in sentences (句中改错): figures, words, names, years, units, lists; which are determined.

Works on the printed lines of the explanation with rules of its own and imports nothing of juesuan. "Determined" is
defined kind by kind below (`RULES`), and printed in docs/trust.md. Refuses slips that leave the meaning as it is.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from tests.trust.counted import counted, moved

SEED = 20240616
NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"

RULES = {
    "金额": "改动的金额在某张表里有同一个不为零的数（改一位，且改动大于尾差）",
    "占比": "同一句里印有百分比，改动不小于末位十个单位或 1 %",
    "增减幅": "同一句里印有增减额和增减幅，改动不小于末位十个单位或 1 %",
    "增减额": "同一句里印有增减额和增减幅，改动所占的比例大于增减幅末位一个单位所占的比例，也大于 1 %",
    "完成率": "同一行里印有预算数、决算数和完成的百分比，改动不小于末位十个单位或 1 %",
    "大于小于": "同一条里年初（全年）预算数与决算数都印出且不相等，方向词反写",
    "增减词": "同一句里“增加…增长”“减少…下降”成对出现，只反写后一个",
    "名称": "“（项）”前的名称换成同一账里另一个项的名称",
    "年度": "部门名称后的“某年度”改成上一年",
    "缺单位": "“万元”“元”或“%”漏印",
    "列举漏": "基本支出里列出的、表中不为零的经济科目漏列",
    "列举多": "基本支出的列举里添上表中为零的经济科目",
    "车辆": "车辆总数改动（各类车辆都印出）",
    "计数": "团组、批次与人次之一为零另一不为零，或人次少于团组、批次；保有量大于车辆总数；一类车辆的辆数、一个等级的项目数、"
    "列出名称的内设机构数改动（总数、各项都印出）",
    "原因": "原因移到同一节的下一条，原因里有只说本条的词（退休、抚恤、公积金、医疗、养老、接待、出国、公务用车），下一条没有",
}


@dataclass(frozen=True)
class Slip:
    """One slip: line (from 1), the lines as they are printed after it, what was changed."""

    kind: str
    line: int
    printed: tuple[tuple[int, str], ...]
    was: str
    now: str


def _other_digit(number: str, chance: random.Random) -> str:
    spots = [i for i, c in enumerate(number) if c.isdigit()]
    spot = chance.choice(spots)
    lead = spot == 0 and len(spots) > 1
    digits = [d for d in "0123456789" if d != number[spot] and not (lead and d == "0")]
    return number[:spot] + chance.choice(digits) + number[spot + 1 :]


def value(number: str) -> Decimal:
    return Decimal(number.replace(",", ""))


def far(was: str, now: str) -> bool:
    """Whether the change is at least ten units of the last place and 1 %."""
    ulp = Decimal(1).scaleb(-len(was.partition(".")[2]))
    return abs(value(was) - value(now)) >= max(10 * ulp, abs(value(was)) / 100)


class Wording:
    """The explanation of one document: its printed lines outside tables, from 情况说明 to 名词解释."""

    def __init__(self, text: str, aligned: bool) -> None:
        self.lines = text.split("\n")
        self.aligned = aligned
        tables = [i for i, line in enumerate(self.lines) if self._tabular(line)]
        self.tabular = set(tables)
        joined = "\n".join(self.lines[i] for i in tables)
        self.in_tables = {value(n) for n in re.findall(NUMBER, joined)} - {Decimal(0)}
        self.zero_items, self.spent_items = self._items()

    def _tabular(self, line: str) -> bool:
        return "\t" in line or bool(self.aligned and re.search(r"\S {2,}\S.*\d\.\d\d|\d\.\d\d {2,}", line))

    def _items(self) -> tuple[list[str], list[str]]:
        """Names of 款 in the basic table, spent and not."""
        zero: list[str] = []
        spent: list[str] = []
        for i in self.tabular:
            for _, name, figure in re.findall(
                r"(30[123]\d\d|3100?\d)[\t ]+([^\t\d\n]+?)[\t ]+(?:\d{1,3}[\t ]+)?([\d,]+\.\d+|0)(?=[\t ]|$)",
                self.lines[i],
            ):
                (spent if value(figure) else zero).append(name.strip())
        return zero, spent

    def body(self) -> Iterator[tuple[int, str]]:
        """(index, line) of the explanation."""
        inside = False
        for i, line in enumerate(self.lines):
            word = line.strip()
            if re.search(r"情况说明$", word) and i > 40:
                inside = True
            if re.match(r"第.部分\s*名词解释", word):
                inside = inside and i < 60
            if inside and i not in self.tabular and word:
                yield i, line

    def slips(self) -> Iterator[Slip]:
        """All determined slips, each with its own chance."""
        for i, line in self.body():
            chance = random.Random(f"{SEED} {i} {line}")
            yield from self._of_line(i, line, chance)
        for i, was, line in moved(dict(self.body())):
            yield Slip("原因", i + 1, ((i + 1, line),), was, "上一条的原因")

    def _of_line(self, i: int, line: str, chance: random.Random) -> Iterator[Slip]:
        yield from self._amounts(i, line, chance)
        yield from self._percents(i, line, chance)
        yield from self._words(i, line)
        yield from self._units(i, line)
        yield from self._lists(i, line, chance)
        for kind, start, was, now in counted(line, chance):
            yield self._put(kind, i, line, start, was, now)

    def _put(self, kind: str, i: int, line: str, start: int, was: str, now: str) -> Slip:
        return Slip(kind, i + 1, ((i + 1, line[:start] + now + line[start + len(was) :]),), was, now)

    def _amounts(self, i: int, line: str, chance: random.Random) -> Iterator[Slip]:
        for match in re.finditer(rf"({NUMBER})\s*(?:万元|元)", line):
            number = match.group(1)
            now = _other_digit(number, chance)
            before = line[max(0, match.start() - 14) : match.start()]
            change = re.search(r"增加|减少|预算(?:数)?(?:安排)?为?\s*$|涉及|采购|合同|单价\s*$", before)
            if value(number) in self.in_tables and not change and far(number, now):
                yield self._put("金额", i, line, match.start(1), number, now)
        for match in re.finditer(
            rf"(?:增加|减少)\s*({NUMBER})\s*(?:万元|元)[，,]\s*(?:增长|下降)\s*({NUMBER})\s*%", line
        ):
            number, rate = match.groups()
            now = _other_digit(number, chance)
            moved_by = abs(value(now) - value(number)) / max(value(number), Decimal(1))
            last = Decimal(1).scaleb(-len(rate.partition(".")[2])) / max(value(rate), Decimal("0.01"))
            if value(number) >= 10 and far(number, now) and moved_by > last:
                yield self._put("增减额", i, line, match.start(1), number, now)
        cars = re.search(rf"共有车辆\s*({NUMBER})\s*辆", line)
        if cars:
            yield self._put("车辆", i, line, cars.start(1), cars.group(1), str(int(cars.group(1)) + 3))

    def _percents(self, i: int, line: str, chance: random.Random) -> Iterator[Slip]:
        for match in re.finditer(rf"占[^，。；%\d]{{0,16}}?\s*({NUMBER})\s*%", line):
            if self._pair(line, match.start(), rf"({NUMBER})\s*(?:万元|元)[，,]?\s*$") and value(match.group(1)):
                yield from self._percent("占比", i, line, match, chance)
        for match in re.finditer(rf"(?:增长|下降)\s*({NUMBER})\s*%", line):
            if self._pair(line, match.start(), rf"(?:增加|减少)\s*({NUMBER})\s*(?:万元|元)[，,]\s*$") and value(
                match.group(1)
            ):
                yield from self._percent("增减幅", i, line, match, chance)
        for match in re.finditer(rf"预算数?为?\s*({NUMBER})\s*(?:万元|元).*?完成\S{{0,6}}的\s*({NUMBER})\s*%", line):
            if "决算为" in match.group() and value(match.group(1)) >= 10 and value(match.group(2)):
                now = _other_digit(match.group(2), chance)
                if far(match.group(2), now):
                    yield self._put("完成率", i, line, match.start(2), match.group(2), now)

    @staticmethod
    def _pair(line: str, at: int, pattern: str) -> bool:
        found = re.search(pattern, line[:at])
        return found is not None and value(found.group(1)) >= 10

    def _percent(self, kind: str, i: int, line: str, match: re.Match[str], chance: random.Random) -> Iterator[Slip]:
        now = _other_digit(match.group(1), chance)
        if far(match.group(1), now):
            yield self._put(kind, i, line, match.start(1), match.group(1), now)

    def _words(self, i: int, line: str) -> Iterator[Slip]:
        for match in re.finditer(r"决算数(大于|小于)(?=(?:年初|全年)?预算数的)", line):
            now = "小于" if match.group(1) == "大于" else "大于"
            yield self._put("大于小于", i, line, match.start(1), match.group(1), now)
        for match in re.finditer(
            rf"(?:增加|减少)\s*(?:{NUMBER})\s*(?:万元|元)[，,]\s*(增长|下降)\s*({NUMBER})\s*%", line
        ):
            if value(match.group(2)):
                now = "下降" if match.group(1) == "增长" else "增长"
                yield self._put("增减词", i, line, match.start(1), match.group(1), now)
        for match in re.finditer(
            r"(?:办公室|委员会|局|部|中心|院|馆)\s*(20\d\d)(?=\s*年度(?:收入|一般|财政|“三公”))", line
        ):
            yield self._put("年度", i, line, match.start(1), match.group(1), str(int(match.group(1)) - 1))
        named = re.search(r"（款）\s*([^（），。]{4,20})（项）", line)
        if named:
            other = "行政运行" if named.group(1) != "行政运行" else "住房公积金"
            yield self._put("名称", i, line, named.start(1), named.group(1), other)

    def _units(self, i: int, line: str) -> Iterator[Slip]:
        match = re.search(rf"(?:支出决算|合计|总计)为?\s*(?:{NUMBER})\s*(万元|元)", line)
        if match:
            yield self._put("缺单位", i, line, match.start(1), match.group(1), "")
        match = re.search(rf"占[^，。；%\d]{{0,16}}?\s*(?:{NUMBER})\s*(%)", line)
        if match:
            yield self._put("缺单位", i, line, match.start(1), match.group(1), "")

    def _lists(self, i: int, line: str, chance: random.Random) -> Iterator[Slip]:
        spent = [n for n in self.spent_items if f"、{n}、" in line]
        if spent and ("基本工资" in line or "办公费" in line or len(spent) > 1):
            name = chance.choice(spent)
            yield self._put("列举漏", i, line, line.index(f"、{name}、"), f"、{name}、", "、")
            added = next((n for n in self.zero_items if n not in line and ("费" in n) == ("费" in name)), "")
            if added:
                yield self._put("列举多", i, line, line.index(f"、{name}、"), f"、{name}、", f"、{name}、{added}、")
