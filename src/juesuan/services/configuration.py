"""Configuration (配置): `juesuan.toml`, in which a bureau sets severities, options and its place's tables and names.

Found beside the account, in the current folder, or where --config says; never put together from several files.
Refuses any name or value that it does not know: a setting that does nothing would be taken for one that works.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from juesuan.checking.registry import discover
from juesuan.knowledge.equations import equations
from juesuan.knowledge.places import also_titled, located, national_titles, title_form
from juesuan.model.findings import Severity
from juesuan.model.limits import LIMITS, Limits
from juesuan.model.settings import NO_SETTINGS, Settings
from juesuan.services.handmade import Handmade

NAME = "juesuan.toml"
SECTIONS = ("severity", "rules", "place")
LIMIT_NAMES = tuple(field.name for field in fields(Limits))
PLACE = ("region", "tables", "titles", "names")
OFF = ("off", "不查")
#: 一级指标 in performance forms → how data/performance.toml names it
KINDS = {"成本": "cost", "产出": "output", "效益": "benefit", "满意度": "satisfaction", "预算执行率": "execution"}
BANDS = ("with_cost", "without_cost")
OPTIONS = ("deviation", "reason", *BANDS)
_WORDS: dict[str, Severity | None] = {
    **{severity.name.lower(): severity for severity in Severity},
    **{severity.word: severity for severity in Severity},
    **dict.fromkeys(OFF, None),
}
Layers = Iterable[Mapping[str, Any]]


def settings_for(file: str, chosen: str | None = None) -> Settings:
    """What holds for a file: of `chosen` (--config), else of the nearest juesuan.toml. Raises BadFile."""
    if chosen is not None:
        return load(Path(chosen), chosen)
    beside = Path(file).parent / NAME
    for path in dict.fromkeys((beside, Path(NAME))):
        if path.is_file():
            return load(path, str(path))
    return NO_SETTINGS


def load(path: Path, name: str) -> Settings:
    """The settings in one file; `name` is how the user knows it. Raises BadFile."""
    own = Handmade(path, name)
    for key in own.data:
        own.known(key, (*SECTIONS, "limits", "year"), "这一节")
    years = own.table(own.data, "year")
    for year, data in years.items():
        if not (year.isdecimal() and len(year) == 4 and isinstance(data, dict)):
            raise own.bad(year, f"年度应是四位数字，写成 [year.2025.severity]，写的是“{year}”")
        for key in data:
            own.known(key, SECTIONS, "这一节")
        if "titles" in own.table(data, "place"):
            raise own.bad("titles", "表名不分年度，请写在 [place.titles]")
    found = _settings(own, [own.data], {year: _settings(own, [own.data, data]) for year, data in years.items()})
    return replace(found, limits=_limits(own, own.table(own.data, "limits")))


def _settings(own: Handmade, layers: Layers, years: Mapping[str, Settings] | None = None) -> Settings:
    """Of several layers the later ones count, name by name."""
    severity: dict[str, Severity | None] = {}
    rules: dict[str, Decimal] = {}
    place: dict[str, Any] = {}
    for layer in layers:
        severity |= _severities(own, own.table(dict(layer), "severity"))
        rules |= _rules(own, own.table(dict(layer), "rules"))
        place |= _place(own, own.table(dict(layer), "place"))
    return Settings(own.name, severity, rules, **place, years=years or {})


def _limits(own: Handmade, data: dict[str, Any]) -> Limits:
    """What reading one file may take; what is not set is as usual."""
    for name, value in data.items():
        own.known(name, LIMIT_NAMES, "上限")
        if isinstance(value, bool) or not isinstance(value, int) or value < 1:
            raise own.bad(name, f"“{name}”应是不小于 1 的整数，写的是“{value}”")
    return replace(LIMITS, **data)


def _severities(own: Handmade, data: dict[str, Any]) -> dict[str, Severity | None]:
    names = [*discover(), *(equation.id for equation in equations())]
    found = {}
    for name, value in data.items():
        own.known(name, names, "核对项目")
        if not isinstance(value, str) or value not in _WORDS:
            raise own.bad(name, f"“{name}”的程度写的是“{value}”，可以写：{'、'.join(_WORDS)}")
        found[name] = _WORDS[value]
    return found


def _rules(own: Handmade, data: dict[str, Any]) -> dict[str, Decimal]:
    """Options by name; those of a band of weights as `with_cost.output`."""
    found = {}
    for name, value in data.items():
        own.known(name, OPTIONS, "选项")
        if name not in BANDS:
            found[name] = _number(own, name, value)
            continue
        for kind, weight in own.table(data, name).items():
            found[f"{name}.{KINDS[own.known(kind, KINDS, '指标类别')]}"] = _number(own, kind, weight)
    return found


def _number(own: Handmade, name: str, value: object) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | Decimal) or value < 0:
        raise own.bad(name, f"“{name}”应是不小于 0 的数字，不加引号和百分号，写的是“{value}”")
    return Decimal(value)


def _place(own: Handmade, data: dict[str, Any]) -> dict[str, Any]:
    """The place's own: as Settings holds it."""
    for name in data:
        own.known(name, PLACE, "这一项")
    found: dict[str, Any] = {}
    if "region" in data:
        region = found["region"] = own.words("region", data["region"])
        if located(region) is None:
            raise own.bad("region", f"认不出地名“{region}”，请写全称，如“辽宁省大连市西岗区”")
    if "titles" in data:
        found["titles"] = {printed: _title(own, printed, v) for printed, v in own.table(data, "titles").items()}
    if "tables" in data:
        found["tables"] = own.list("tables", data["tables"])
        with also_titled(found.get("titles", {})):
            strange = [title for title in found["tables"] if title_form(title) is None]
        if strange:
            raise own.bad(strange[0], f"“{strange[0]}”不像表名；本地特有的叫法请同时写在 [place.titles]")
    if "names" in data:
        found["names"] = {full: own.list(full, v) for full, v in own.table(data, "names").items()}
    return found


def _title(own: Handmade, printed: str, value: object) -> str:
    """The known title that a further title stands for."""
    known = own.words(printed, value)
    form = title_form(known)
    if form is None or form.form in ("budget", "other"):
        own.known(known, national_titles(), "表名")
    return known
