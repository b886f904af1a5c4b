"""Keys in Chinese (指标的中文说法): 一般公共预算财政拨款 · 支出 · 基本支出 · 2080505 机关事业单位基本养老保险缴费支出.

Two known keys that differ are said differently. Refuses to know any classification: the names of codes come from
the report's own rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from juesuan.model.keys import ALL, DIMENSIONS, UNKNOWN, Key
from juesuan.model.reports import Report

BASIS = {
    "initial": "年初预算数",
    "full_year": "全年预算数",
    "budget": "预算数（未说明是年初预算数还是全年预算数）",
}
FLOW = {
    "opening": "年初结转和结余",
    "income": "收入",
    "surplus_used": "使用非财政拨款结余",
    "total_in": "收入总计",
    "expenditure": "支出",
    "distributed": "结余分配",
    "closing": "年末结转和结余",
    "total_out": "支出总计",
}
FUND = {
    "fiscal": "财政拨款",
    "general_public": "一般公共预算财政拨款",
    "government_funds": "政府性基金预算财政拨款",
    "state_capital": "国有资本经营预算财政拨款",
    "superior": "上级补助",
    "public_service": "事业",
    "commercial": "经营",
    "subordinate": "附属单位上缴",
    "other": "其他",
}
NATURE = {
    "basic": "基本支出",
    "project": "项目支出",
    "remitted_up": "上缴上级支出",
    "commercial": "经营支出",
    "subsidy_down": "对附属单位补助支出",
}
#: (nature, balance) of an opening or closing balance, as the general public table heads them
BALANCE = {
    ("basic", ALL): "基本支出结转（合计）",
    ("basic", "carryover"): "基本支出结转",
    ("basic", "surplus"): "基本支出结余",
    ("project", ALL): "项目支出结转和结余",
    ("project", "carryover"): "项目支出结转",
    ("project", "surplus"): "项目支出结余",
    (ALL, "carryover"): "结转",
    (ALL, "surplus"): "结余",
}
ECONOMIC = {"personnel": "人员经费", "running": "公用经费"}
ITEM = {
    "three_public": "“三公”经费",
    "three_public/overseas": "因公出国（境）费",
    "three_public/vehicles": "公务用车购置及运行维护费",
    "three_public/vehicles/purchase": "公务用车购置费",
    "three_public/vehicles/running": "公务用车运行维护费",
    "three_public/reception": "公务接待费",
    "education_fees": "其中：教育收费",
    "agency_running_costs": "机关运行经费",
}
MEASURE = {"count": "数量", "weight": "权重", "score": "得分", "target": "年度指标值", "actual": "实际完成值"}
DIMENSION = dict(
    zip(
        DIMENSIONS,
        (
            *("单位", "年度", "口径（预算数、决算数）", "收支类别", "资金来源", "支出性质", "结转结余"),
            *("功能分类科目", "经济分类科目", "事项", "项目", "绩效指标", "计量方式"),
        ),
        strict=True,
    )
)

_CODE = re.compile(r"\d{3,7}")
_ORDINAL = re.compile(r"[一二三四五六七八九十]+、\s*")
_NAME = re.compile(r"[^\d.,，\s-].*")

Names = Mapping[str, str]
NO_NAMES: Names = MappingProxyType({})


def names_in(report: Report) -> dict[str, str]:
    """The names of all codes: "2080505" → "机关事业单位基本养老保险缴费支出"; those printed beside their code first."""
    rows = [row for table in report.tables for row in table.rows]
    names: dict[str, str] = {}
    for row in rows:
        if row.code and row.name:
            names.setdefault(row.code, row.name)
        for cell, right in zip(row.cells, row.cells[1:], strict=False):
            if _CODE.fullmatch(cell.strip()) and _NAME.fullmatch(right.strip()):
                names.setdefault(cell.strip(), right.strip())
    for row in rows:
        if row.function and row.name:
            names.setdefault(row.function, _ORDINAL.sub("", row.name))
    return names


def say_key(key: Key, names: Names = NO_NAMES, year: str = "") -> str:
    """A key in words. `year` is the report's, which goes without saying."""
    said = [
        "" if key.entity == ALL else key.entity,
        "" if key.year == year else f"{key.year} 年度",
        "" if key.project == ALL else f"项目“{key.project}”",
        "" if key.indicator == ALL else f"指标“{key.indicator}”",
        FUND.get(key.fund, "" if key.fund == ALL else key.fund),
        FLOW.get(key.flow, "" if key.flow == ALL else key.flow),
        _nature(key),
        "" if key.function == ALL else f"{key.function} {names.get(key.function, '')}".strip(),
        _economic(key.economic, names),
        ITEM.get(key.item, "" if key.item == ALL else key.item),
        BASIS.get(key.basis, "" if key.basis == "final" else key.basis),
        MEASURE.get(key.measure, "" if key.measure == "amount" else key.measure),
    ]
    phrase = " · ".join("？" if part == UNKNOWN else part for part in said if part)
    return phrase if _split(key) else f"{phrase} · 合计" if phrase else "合计"


def _nature(key: Key) -> str:
    nature = NATURE.get(key.nature, "" if key.nature == ALL else key.nature)
    if key.balance != ALL or (nature and key.flow in {"opening", "closing"}):
        return BALANCE.get((key.nature, key.balance)) or " ".join(filter(None, (nature, key.balance)))
    return f"用于{nature}" if nature and key.flow == "income" else nature


def _economic(code: str, names: Names) -> str:
    if code == ALL:
        return ""
    return ECONOMIC.get(code) or f"{code} {names.get(code, '')}".strip()


def _split(key: Key) -> bool:
    """Whether the key is a part of something, not the total of its flow and fund."""
    parts = (key.nature, key.balance, key.function, key.economic, key.item, key.project, key.indicator)
    return any(part != ALL for part in parts) or key.measure != "amount"


def say_keys(keys: Iterable[Key], names: Names = NO_NAMES, year: str = "") -> str:
    """All that one figure states, without saying anything twice."""
    return "；".join(dict.fromkeys(say_key(key, names, year) for key in keys))


def say_unknown(keys: Iterable[Key]) -> str:
    """Which dimensions of a figure could not be determined: "功能分类科目、年度", "" where all are known."""
    unknown = [d for d in DIMENSIONS if any(getattr(key, d) == UNKNOWN for key in keys)]
    return "、".join(DIMENSION[d] for d in unknown)
