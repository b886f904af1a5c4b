"""Charts of an account (图): expenditure by function, economic structure, budget and final, “三公” and last year.

Only what the account states is shown, as it is printed. Refuses a chart that says nothing: of one bar, or of figures
that are all the same; where a part that belongs to it is not given, there is no chart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from juesuan.composing.told import Told
from juesuan.knowledge.hierarchy import word
from juesuan.model.charts import Bar, Chart, Series
from juesuan.model.keys import Key

CHARTS = ("years", "functions", "budget", "economic", "three_public")
_LISTED = 12
"""so many labels at most: the largest"""
_VISITS = ("overseas", "vehicles/purchase", "vehicles/running", "reception")
_CLASS, _ITEM = 3, 7
Line = tuple[str, Key]
"""a label and the key of its figure"""


def chart(told: Told, name: str, after: str = "") -> Chart | None:
    """The chart of that name, None where there is nothing to show. Raises KeyError for a name that is none."""
    makers = {
        "years": _years,
        "functions": _functions,
        "budget": _budget,
        "economic": _economic,
        "three_public": _three_public,
    }
    return makers[name](told, after)


# what each shows ------------------------------------------------------------------------------------------------------


def _years(told: Told, after: str) -> Chart | None:
    """本年收入, 本年支出, and the two totals, against last year."""
    lines = [(word("flow", flow), told.key(f"flow={flow}")) for flow in ("income", "expenditure")]
    roles = [("last", told.last, {"year": told.last}), ("final", told.year, {})]
    found = [_series(told, lines, f"{year}年决算数", role, change) for role, year, change in roles]
    return _compared("years", f"{told.last}—{told.year}年收入、支出对比", told, lines, found, after)


def _functions(told: Told, after: str) -> Chart | None:
    whole = told.key("flow=expenditure")
    codes = _codes(told, "expenditure", whole, "function", _CLASS)
    lines = [(told.name(code), whole._replace(function=code)) for code in codes]
    return _parts("functions", f"{told.year}年支出决算结构（按功能分类）", told, lines, whole, after)


def _economic(told: Told, after: str) -> Chart | None:
    whole = told.key("flow=expenditure fund=general_public nature=basic")
    codes = _codes(told, "basic", whole, "economic", _CLASS)
    lines = [(told.name(code), whole._replace(economic=code)) for code in codes]
    title = f"{told.year}年一般公共预算基本支出结构（按经济分类）"
    return _parts("economic", title, told, lines, whole, after)


def _budget(told: Told, after: str) -> Chart | None:
    """By class where every class has its budget, else by item."""
    whole = told.key("flow=expenditure fund=general_public")
    plan = {"basis": told.plan(whole)}
    for length in (_CLASS, _ITEM):
        codes = _codes(told, "general_public", whole, "function", length)
        lines = _largest(told, [(told.name(code), whole._replace(function=code)) for code in codes])
        found = [
            _series(told, lines, word("basis", plan["basis"]) + "数", "budget", plan),
            _series(told, lines, "决算数", "final", {}),
        ]
        made = _compared("budget", f"{told.year}年一般公共预算财政拨款支出预决算对比", told, lines, found, after)
        if made is not None:
            return made
    return None


def _three_public(told: Told, after: str) -> Chart | None:
    """The four items: budget, this year, and last year where it is known."""
    lines = [(word("item", key.item), key) for name in _VISITS for key in [_visit(told, name)]]
    plan = told.plan(told.key("flow=expenditure item=three_public"))
    several = [
        _series(told, lines, f"{told.last}年决算数", "last", {"year": told.last}),
        _series(told, lines, f"{told.year}年{'全年' if plan == 'full_year' else ''}预算数", "budget", {"basis": plan}),
        _series(told, lines, f"{told.year}年决算数", "final", {}),
    ]
    found = [one for one in several if one.role == "final" or all(bar is not None for bar in one.bars)]
    kept = [n for n in range(len(lines)) if any((bar := one.bars[n]) is not None and bar.value for one in found)]
    found = [Series(one.name, one.role, tuple(one.bars[n] for n in kept)) for one in found]
    return _compared("three_public", f"{told.year}年“三公”经费对比", told, [lines[n] for n in kept], found, after)


def _visit(told: Told, name: str) -> Key:
    return told.key(f"flow=expenditure item=three_public/{name}")


# how they are made ----------------------------------------------------------------------------------------------------


def _codes(told: Told, form: str, whole: Key, dimension: str, length: int) -> list[str]:
    return [code for code in told.figures.live(form, whole, dimension) if code.isdigit() and len(code) == length]


def _bar(told: Told, key: Key, whole: Key | None = None) -> Bar | None:
    amount = told.amount(key)
    if amount is None:
        return None
    own = told.own(amount)
    share = told.share(key, whole) if whole is not None else None
    return Bar(own.value, own.grouped, key, f"{share}%" if share is not None else "")


def _series(told: Told, lines: Iterable[Line], name: str, role: str, change: dict[str, str]) -> Series:
    return Series(name, role, tuple(_bar(told, key._replace(**change)) for _, key in lines))


def _largest(told: Told, lines: Sequence[Line]) -> list[Line]:
    """The lines with the largest figures, largest first."""
    return sorted(lines, key=lambda line: -(told.value(line[1]) or Decimal(0)))[:_LISTED]


def _parts(name: str, title: str, told: Told, lines: Sequence[Line], whole: Key, after: str) -> Chart | None:
    """The parts of a whole, largest first; none of a whole that has one part, or a part below zero."""
    bars = [(label, _bar(told, key, whole)) for label, key in _largest(told, lines)]
    given = [(label, bar) for label, bar in bars if bar is not None and bar.value]
    if len(given) <= 1 or any(bar.value < 0 for _, bar in given):
        return None
    title += f"（最大的 {_LISTED} 项）" if len(lines) > _LISTED else ""
    labels, found = zip(*given, strict=True)
    return Chart(name, title, "parts", told.unit, labels, (Series("决算数", "final", found),), after)


def _compared(
    name: str, title: str, told: Told, lines: Sequence[Line], series: Sequence[Series], after: str
) -> Chart | None:
    """Series side by side; none where one lacks a figure, where two bars are all, or where nothing differs."""
    bars = [bar for one in series for bar in one.bars]
    if len(series) <= 1 or any(bar is None for bar in bars) or len(list(_seen(bars))) <= len(("one", "other")):
        return None
    if len({tuple(bar.value for bar in one.bars if bar is not None) for one in series}) == 1:
        return None
    return Chart(name, title, "compared", told.unit, tuple(label for label, _ in lines), tuple(series), after)


def _seen(bars: Iterable[Bar | None]) -> Iterator[Bar]:
    return (bar for bar in bars if bar is not None and bar.value)
