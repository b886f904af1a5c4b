"""Over the years (历年对比): charts of one department's accounts, each year's figure as that year's own account prints it.

A figure is never taken from a later account that tells of the year before. Refuses a chart of fewer than two years, of
figures that are all nothing, and of a year that does not state what is shown: that year is left out of that chart.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from juesuan.knowledge.measures import class_label
from juesuan.model.charts import Bar, Chart, Series
from juesuan.model.keys import Key
from juesuan.model.profiles import FUNCTION, UNIT, Profile

MOST_YEARS, _MOST_FUNCTIONS = 10, 8
_SHOWN = (
    ("years_total", "历年收入、支出", (("本年收入", "last", "income"), ("本年支出", "final", "expenditure"))),
    ("years_nature", "历年基本支出、项目支出", (("基本支出", "last", "basic"), ("项目支出", "final", "project"))),
    ("years_three_public", "历年“三公”经费", (("“三公”经费", "final", "three_public"),)),
)
_RECENT = 2
"""so many years are compared by function: the last ones"""


def charts_of(profiles: Sequence[Profile]) -> list[Chart]:
    """The charts of one department; `profiles` in the order of the years, one a year."""
    recent = list(profiles)[-MOST_YEARS:]
    return [*_lines(recent), *_functions(recent)]


def _lines(profiles: Sequence[Profile]) -> Iterator[Chart]:
    for name, title, lines in _SHOWN:
        years = [p for p in profiles if all(measure in p.amounts for _, _, measure in lines)]
        series = tuple(
            Series(label, role, tuple(_bar(one, measure) for one in years)) for label, role, measure in lines
        )
        if len(years) > 1 and any(bar is not None and bar.value for one in series for bar in one.bars):
            yield Chart(name, title, "compared", UNIT, tuple(f"{one.year} 年" for one in years), series)


def _functions(profiles: Sequence[Profile]) -> Iterator[Chart]:
    """The classes on which most was spent last, in the last two years that are known."""
    years = [one for one in profiles if any(name.startswith(FUNCTION) for name in one.amounts)][-_RECENT:]
    if len(years) < _RECENT:
        return
    before, last = years
    codes = {name for one in years for name in one.amounts if name.startswith(FUNCTION)}
    largest = sorted(codes, key=lambda name: (-(last.value(name) or 0), name))[:_MOST_FUNCTIONS]
    labels = tuple(class_label(name.removeprefix(FUNCTION)) for name in largest)
    series = tuple(
        Series(f"{one.year} 年", role, tuple(_bar(one, name) for name in largest))
        for one, role in ((before, "last"), (last, "final"))
    )
    more = f"（{last.year} 年最大的 {_MOST_FUNCTIONS} 类）" if len(codes) > _MOST_FUNCTIONS else ""
    yield Chart("years_functions", f"{before.year}、{last.year} 年各类支出{more}", "compared", UNIT, labels, series)


def _bar(profile: Profile, measure: str) -> Bar | None:
    value = profile.value(measure)
    if value is None:
        return None
    return Bar(value, profile.shown(measure), Key(year=profile.year, item=measure))
