"""Lists of spent items (列举的支出): what the explanation says basic expenditure was used for, against the table.

Refuses to check whether a list is whole where it ends in 等, or where one of its names is not known.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from juesuan.checking.listed import Item, Names, SpentList, spent_lists
from juesuan.checking.outcomes import Failed, Outcome, Passed, Unchecked
from juesuan.checking.registry import check
from juesuan.checking.values import Operand, Values
from juesuan.model.findings import Severity
from juesuan.model.keys import ALL

_CODE_LENGTH = 5


@check("TEXT-LIST", severity="error", basis="情况说明：基本支出的具体项目；基本支出决算表", needs="values")
def lists(values: Values) -> Iterator[Outcome]:
    """列举的支出项目，表中应有数、应属这一类；有数而没有列举的，作提示。"""
    for found, names in spent_lists(values):
        if not names.printed:
            yield Unchecked("没有按经济分类列示的基本支出表", found.claim.place)
            continue
        yield from _together(values, found, names, list(_listed(values, found, names)))


def _together(values: Values, found: SpentList, names: Names, listed: list[Outcome]) -> Iterator[Outcome]:
    """One wrong item and one that is lacking are one mistake: the one stands for the other."""
    lacking = _lacking(values, found, names)
    wrong = [n for n, one in enumerate(listed) if isinstance(one, Failed)]
    if len(wrong) == len(lacking) == 1:
        one = listed[wrong[0]]
        assert isinstance(one, Failed)
        name = names.of(lacking[0][0], values.report.year)
        beside = values.report.facts[lacking[0][1].facts[0]].place
        said = f"{one.message}；“{name}”有数而没有列出"
        listed[wrong[0]] = replace(one, message=said, expected=name, places=(*one.places, beside))
    elif lacking:
        listed.append(_unlisted(values, found, names, lacking))
    yield from listed or [Passed(found.claim.place)]


def _listed(values: Values, found: SpentList, names: Names) -> Iterator[Outcome]:
    seen: dict[str, Item] = {}
    for item in found.items:
        if not item.code:
            if not item.meant:
                yield Unchecked(f"没有认出列举的项目“{item.words}”", item.place)
            continue
        if item.code in seen:
            yield _twice(item, seen[item.code])
            continue
        seen[item.code] = item
        if not found.holds(item.code):
            yield _elsewhere(values, found, item, names)
        else:
            yield from _spent(values, found, item, names)


def _operand(values: Values, found: SpentList, code: str) -> Operand | None:
    return values.of(found.key._replace(economic=code))


def _spent(values: Values, found: SpentList, item: Item, names: Names) -> Iterator[Outcome]:
    """Whether the table has an amount for a listed item."""
    operand = _operand(values, found, item.code)
    if operand is None:
        yield Unchecked(f"基本支出表没有 {item.code} {names.of(item.code, values.report.year)} 一行", item.place)
        return
    if not operand.zero:
        return
    fact = values.report.facts[operand.facts[0]]
    shown = "空白" if fact.blank else fact.amount.show()
    name = names.of(item.code, values.report.year)
    yield Failed(
        f"列出了“{item.words}”，基本支出表 {item.code} {name}为 {shown}",
        (item.place, fact.place),
        advice="没有发生的请删去；不足 50 元、表中四舍五入为零的，请说明",
        printed=item.words,
        severity=Severity.WARNING,
    )


def _elsewhere(values: Values, found: SpentList, item: Item, names: Names) -> Failed:
    """An item that belongs to another class than the list is of."""
    year = values.report.year
    own, listed = names.of(item.code[:3], year), _name_of(values, found, names)
    operand = _operand(values, found, item.code)
    place = () if operand is None else (values.report.facts[operand.facts[0]].place,)
    return Failed(
        f"“{item.words}”（{item.code}）属于{own}，不属于{listed}",
        (item.place, *place),
        advice=f"请移到{own}，或核对名称",
        printed=item.words,
        severity=None if item.code in names.printed else Severity.WARNING,
    )


def _name_of(values: Values, found: SpentList, names: Names) -> str:
    wanted = found.key.economic
    return names.of(wanted, values.report.year) if wanted.isdigit() else values.say(found.key).split(" ")[-1]


def _twice(item: Item, first: Item) -> Failed:
    return Failed(
        f"“{item.words}”列了两次",
        (item.place, first.place),
        advice="请删去一处，或改为漏列的项目",
        printed=item.words,
        severity=Severity.WARNING,
    )


def _lacking(values: Values, found: SpentList, names: Names) -> list[tuple[str, Operand]]:
    """What the table has and the list has not; nothing where the list is open or a name is not known."""
    known = {item.code or item.meant for item in found.items}
    if found.open or "" in known or found.key.economic == ALL or all(len(code) < _CODE_LENGTH for code in known):
        return []
    lacking: list[tuple[str, Operand]] = []
    for code in sorted(names.printed):
        if len(code) != _CODE_LENGTH or code in known or code[:3] in known or not found.holds(code):
            continue
        operand = _operand(values, found, code)
        if operand is not None and not operand.zero:
            lacking.append((code, operand))
    return lacking


def _unlisted(values: Values, found: SpentList, names: Names, lacking: list[tuple[str, Operand]]) -> Failed:
    facts = values.report.facts
    said = [f"{c} {names.of(c, values.report.year)} {facts[o.facts[0]].amount.show()}" for c, o in lacking]
    return Failed(
        f"{_name_of(values, found, names)}没有列出：{'、'.join(said)}",
        (found.claim.place, *(facts[o.facts[0]].place for _, o in lacking)),
        advice="请补上；只举主要项目的，请在末尾加“等”",
        severity=Severity.INFO,
    )
