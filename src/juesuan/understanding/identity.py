"""Whose account it is (部门、年度、种类): read from cover, titles, table heads; refuses what is no final account."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from juesuan.knowledge.names import plain
from juesuan.model.documents import Document, Heading, Paragraph
from juesuan.understanding.errors import NotAnAccount, OnlyPictures
from juesuan.understanding.regions import Region

_COVER_LINES = 12
_YEAR = re.compile(r"(20\d\d)年度?")
_FILE_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_WORKBOOK = "部门决算编制工作簿"
_SLOT = re.compile(
    r"(?:第[一二三四五六]部分)?(.{3,40}?)(?:20\d\d)?年?度?(部门|单位)?决算(?:公开)?(?:情况说明|情况|表|说明|报告)?$"
)
_OVERVIEW = re.compile(r"第[一二三四五六]部分(.{3,40}?)(?:部门|单位)?(?:概况|基本情况)$")
_SUBJECT = re.compile(r"^(.{3,40}?)20\d\d年度(?:部门决算|收入|支出|一般|财政|政府|国有|\"三公\")")


@dataclass(frozen=True, slots=True)
class Identity:
    """The account's department, year ("?" where not found) and kind (部门决算 or 单位决算)."""

    department: str
    year: str
    kind: str


def identify(document: Document, found: Sequence[Region]) -> Identity:
    """Raises NotAnAccount where the file shows neither a final account's tables nor its words."""
    lines = [plain(b.text) for b in document.blocks if isinstance(b, Heading | Paragraph)]
    _refuse_others(document, lines, found)
    return Identity(_department(lines, found), _year(lines, found) or _named_year(document.file), _kind(lines))


def _refuse_others(document: Document, lines: Sequence[str], found: Sequence[Region]) -> None:
    tables = [r for r in found if r.form and r.form not in ("other", "units")]
    finals = sum("决算" in line for line in lines) + sum("决算" in r.title for r in found)
    budgets = sum("预算" in line and "决算" not in line for line in lines)
    evaluated = bool(tables) and all(r.form.startswith("performance") for r in tables)
    if _WORKBOOK in lines:
        raise NotAnAccount(document.file, "这是编制工作簿（用 juesuan build 编出决算，再来核对）")
    if budgets > 3 * finals and not evaluated and not any("决算" in r.title for r in tables):
        raise NotAnAccount(document.file, "这是一份预算公开文件")
    unread = document.pictures or document.lost
    if not finals and not tables and unread and unread[0].page:
        raise OnlyPictures(document.file, len(unread), bool(document.pictures))
    if not finals and not tables:
        raise NotAnAccount(document.file, "文中没有“决算”字样，也没有决算表")


def _year(lines: Sequence[str], found: Sequence[Region]) -> str:
    """The year that titles and table heads name most often."""
    votes: Counter[str] = Counter(r.year for r in found if r.year)
    for line in lines:
        if "决算" in line and len(line) < 60:
            votes.update(m.group(1) for m in [_YEAR.search(line)] if m)
    if not votes:
        votes.update(m for line in lines for m in _YEAR.findall(line))
    return votes.most_common(1)[0][0] if votes else ""


def _named_year(file: str) -> str:
    """The year in the name of the file: tables that stand alone in a workbook often do not say it. "?" if none."""
    found = set(_FILE_YEAR.findall(file.replace("\\", "/").rpartition("/")[2]))
    return found.pop() if len(found) == 1 else "?"


def _department(lines: Sequence[str], found: Sequence[Region]) -> str:
    """The name that stands most often in a slot for it: table heads, titles of parts, subjects of sentences."""
    votes: Counter[str] = Counter()
    for region in found:
        if region.department:
            votes[_bare(region.department)] += 2
    for line in lines:
        for pattern in (_OVERVIEW, _SLOT, _SUBJECT):
            match = pattern.match(line)
            if match and (name := _name(match.group(1))):
                votes[name] += 1
                break
    cover = _cover(lines)
    if cover:
        votes[cover] += 1
    return max(votes, key=lambda n: (votes[n], len(n))) if votes else ""


def _bare(name: str) -> str:
    return re.sub(r"\(本级\)$", "", name)


def _name(text: str) -> str:
    """The text as a department's name, "" where it cannot be one."""
    name = re.sub(r"20\d\d年?度?$", "", re.sub(r"^\(?[一二三四五六七八九十\d]+[、.)]", "", text))
    if re.search(r"[,。;:\"]|收入|支出|财政拨款|预算|决算|本年|其中|说明|概况|^第.部分|纳入|根据|按照", name):
        return ""
    return _bare(name) if 3 < len(name) < 40 else ""


def _cover(lines: Sequence[str]) -> str:
    """The name on the cover, which may be broken over lines."""
    text = ""
    for line in lines[:_COVER_LINES]:
        if line in ("目录",):
            break
        text += line
        match = re.match(r"(.{4,40}?)(?:20\d\d)年?度?(?:部门|单位)?决算", text)
        if match:
            return _name(match.group(1))
    return ""


def _kind(lines: Sequence[str]) -> str:
    departmental = sum("部门决算" in line for line in lines)
    unit = sum("单位决算" in line for line in lines)
    return "单位决算" if unit > departmental else "部门决算"


_KIND = re.compile(r".{0,6}(?:行政|事业|企业|公益|参公)\S{0,6}单位")


def unit_names(found: Iterable[Region]) -> list[str]:
    """The units that the account names in its list of units."""
    names: list[str] = []
    for region in found:
        if region.form != "units":
            continue
        for row in region.grid:
            texts = [re.sub(r"\s+", "", c.text) for c in row if c is not None and c.text.strip()]
            if any(t in ("单位名称", "序号", "单位") for t in texts):
                continue
            name = next((t for t in texts if not t.isdigit() and len(t) > 3), "")
            if name and not (region.placing == "order" and _KIND.fullmatch(name)):
                names.append(name)
    return names


_THREE_PUBLIC_BUDGET = re.compile(r"\"三公\"经费[^。;]{0,30}?(年初|全年|调整)预算数?为?[^。;]{0,20}?万?元?")


def three_public_basis(document: Document) -> str:
    """Which budget the section on “三公” speaks of; `budget` where it does not say, or says both."""
    text = "".join(plain(b.text) for b in document.blocks if isinstance(b, Heading | Paragraph))
    found = {"initial" if m == "年初" else "full_year" for m in _THREE_PUBLIC_BUDGET.findall(text)}
    return found.pop() if len(found) == 1 else "budget"
