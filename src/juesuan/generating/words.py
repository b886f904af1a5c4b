"""Words (编造的话): what a made-up account says besides its figures: reasons, purposes, projects, answers.

Every change that a document may speak of has a reason that is about it and says something. Refuses figures.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from juesuan.generating.accounts import Generated
from juesuan.generating.draws import data
from juesuan.knowledge.classifications import function_name
from juesuan.knowledge.layouts import performance_layout
from juesuan.model.accounts import LAST, Account, Answer, Department, Project, Reason, Unit
from juesuan.model.keys import ALL, Key

_BUDGETS = ("initial", "full_year")
_ITEM = 7
_ITEMS = ("three_public", "agency_running_costs")


def account_of(account: Generated) -> Account:
    """The words of a made-up account."""
    words = data("words")
    texts = _texts(account)
    if account.shape.prior:
        del texts["established"]
    several = len(account.units) > 1
    return Account(
        Department(account.department, account.year, style=account.shape.style, preparer="张明", reviewer="李华"),
        tuple(Unit(n, kind=k) for n, k in zip(account.units, account.kinds, strict=True)) if several else (),
        account.offices,
        account.duties,
        list(_reasons(account)),
        _purposes(account),
        tuple(Project(one.name, one.fund, **words["project"]) for one in account.projects),
        tuple(_answers(account)),
        texts,
    )


def _texts(account: Generated) -> dict[str, str]:
    """Passages by name, in the words of the account's style."""
    said: dict[str, Any] = data("words")["texts"]
    said = said | said.get(account.shape.style, {})
    form = performance_layout("performance_department", account.shape.style, int(account.year)).title
    return {name: text.format(year=account.year, form=form) for name, text in said.items() if isinstance(text, str)}


def _reasons(account: Generated) -> Iterator[Reason]:
    """For every figure of the department: why it is more or less than a budget, or than last year."""
    for key in account.facts:
        if key.entity != ALL or key.year != account.year or key.basis != "final" or key.measure != "amount":
            continue
        if key.item != ALL and not key.item.startswith(_ITEMS):
            continue
        for against in (*_BUDGETS, LAST):
            other = key._replace(year=str(int(account.year) - 1)) if against == LAST else key._replace(basis=against)
            if other in account.facts or against != LAST:
                before = account.facts[other].base if other in account.facts else 0
                more = account.facts[key].base > before
                added = more and not before and against != LAST and key.function != ALL
                yield Reason(key, against, _reason(key, "gained" if added else "more" if more else "less"))


def _reason(key: Key, direction: str) -> str:
    """Why it is more, less, or (gained) there without a budget."""
    reasons: dict[str, dict[str, str]] = data("words")["reason"]
    about = key.item if key.item != ALL else key.function
    fitting = [name for name in reasons if about.startswith(name)]
    found = function_name(about, key.year) if key.item == ALL and len(about) == _ITEM else None
    usual = "project" if found and not found.name.endswith("运行") else "default"
    own = reasons[max(fitting, key=len, default=usual)]
    return own.get(direction) or own["more"]


def _answers(account: Generated) -> Iterator[Answer]:
    """To what a check asks about an account of this shape."""
    said = data("words")["answer"]
    if account.shape.negative:
        yield Answer("SIGN-NEGATIVE", "", said["negative"])
    vehicles = {"fund": "general_public", "item": "three_public/vehicles/running"}
    held = {**vehicles, "item": "three_public/vehicles/running/held", "measure": "count"}
    if account.true(**held) and not account.true(flow="expenditure", **vehicles):
        yield Answer("TEXT-VEHICLES", "", said["vehicles"])


def _purposes(account: Generated) -> dict[str, str]:
    """What every item of spending, the vehicles and the receptions were for."""
    words: dict[str, str] = dict(data("words")["purpose"])
    usual, named = words.pop("default"), data("words")["purpose"]["named"]
    del words["named"]
    for code in sorted({key.function for key in account.facts if key.function != ALL}):
        found = function_name(code, account.year)
        name = found.name if found else code
        words[code] = named.get(name) or usual.format(name=name.removesuffix("支出"))
    return words
