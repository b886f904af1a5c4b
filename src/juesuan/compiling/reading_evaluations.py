"""Self-evaluations in the workbook (绩效表): projects, their money and indicators, the department as a whole.

Scores that are given are taken as given; only where none is given it is computed. Refuses an indicator of a project
that is not listed, and a project listed twice.
"""

from __future__ import annotations

from juesuan.compiling.contents import Evaluation, Mark
from juesuan.compiling.errors import DoubledName, UnknownProject
from juesuan.compiling.marks import score
from juesuan.compiling.rows import Filled, FilledRow
from juesuan.compiling.sheets import FUNDS, sheets
from juesuan.knowledge.names import plain
from juesuan.knowledge.performance import is_qualitative
from juesuan.model.accounts import Project
from juesuan.model.amounts import Amount
from juesuan.model.keys import ALL
from juesuan.model.places import Place

_MONEY = (("initial", "年初预算数"), ("full_year", "全年预算数"), ("final", "执行数"))
_TEXTS = ("supervisor", "executor", "goal", "completion")


def projects(filled: Filled) -> list[Project]:
    """What is told of every project."""
    rows, _ = filled.rows(sheets()["projects"])
    told = ("done", "problems", "measures")
    known = {word: fund for word, fund in FUNDS.items() if fund != "fiscal"} | {"财政拨款": "fiscal"}
    return [
        Project(row.text("name"), known.get(row.text("fund"), ""), *(row.text(part) for part in told))
        for row in rows
        if row.text("name")
    ]


def evaluations(filled: Filled, unit: str) -> list[Evaluation]:
    """That of the department, where there is one, then those of the projects."""
    found: dict[str, Evaluation] = {}
    rows, _ = filled.rows(sheets()["projects"])
    for row in rows:
        name = row.text("name")
        if plain(name) in found:
            filled.bad.append(DoubledName(row.spot("name"), name, "项目"))
        one = Evaluation(name, {part: row.text(part) for part in _TEXTS if row.text(part)}, place=row.place)
        for basis, title in _MONEY:
            if (amount := filled.amount(row, basis, title, unit)) is not None:
                one.money[basis] = amount
        one.score = _marks(filled, row, "score", "自评总分")
        filled.choice(row, "fund", "资金", FUNDS)
        found[plain(name)] = one
    for row in filled.rows(sheets()["indicators"])[0]:
        listed = found.get(plain(row.text("project")))
        if listed is None:
            filled.bad.append(UnknownProject(row.spot("project"), row.text("project")))
        else:
            listed.marks.append(_mark(filled, row))
    whole = _whole(filled)
    return [*([whole] if whole else []), *found.values()]


def _whole(filled: Filled) -> Evaluation | None:
    rows, above = filled.rows(sheets()["whole"])
    texts = {name: text for name, text in above.items() if text}
    if not rows and not texts:
        return None
    place = rows[0].place if rows else sheets_place(filled)
    return Evaluation(ALL, texts, marks=[_mark(filled, row) for row in rows], place=place)


def sheets_place(filled: Filled) -> Place:
    """The sheet of the department's self-evaluation."""
    return Place(filled.file, sheet=sheets()["whole"].name)


def _mark(filled: Filled, row: FilledRow) -> Mark:
    weight, given = _marks(filled, row, "weight", "权重"), _marks(filled, row, "score", "得分")
    relation, target, actual = row.text("relation"), row.text("target"), row.text("actual")
    if given is None and weight is not None and not is_qualitative(relation):
        given = score(relation, target, actual, weight)
    return Mark(
        row.text("level1"),
        row.text("level2"),
        row.text("name"),
        relation,
        target,
        row.text("unit"),
        actual,
        weight,
        given,
        row.text("reason"),
        row.place,
    )


def _marks(filled: Filled, row: FilledRow, role: str, name: str) -> Amount | None:
    return filled.amount(row, role, name, "分")
