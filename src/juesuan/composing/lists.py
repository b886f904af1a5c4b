"""Lists (列举): what entries are made for: items of spending, classes, projects, units, offices, duties.

Names are those of the account's own tables, else of the year's classification. Refuses to list what is zero.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from juesuan.composing.errors import NamelessCode
from juesuan.composing.slots import Words
from juesuan.composing.speaking import Speaker
from juesuan.composing.tables import compose_units
from juesuan.knowledge.hierarchy import rule
from juesuan.model.accounts import LAST_NAME
from juesuan.model.documents import Block
from juesuan.model.keys import ALL, Key

_LEVELS = {3: "类", 5: "款", 7: "项"}
_ENDS = ("。", "！", "？", "；", "：", "）", "】")
_WORK = "绩效管理制度和工作机制"
_TITLES = {
    "department_evaluation": "部门评价结果",
    "fiscal_evaluation": "财政评价结果",
    "performance_work": _WORK,
    "performance_whole": "部门整体绩效自评情况",
}


class Lists:
    """The lists of one account."""

    def __init__(self, speaker: Speaker) -> None:
        self.speaker, self.told, self.account = speaker, speaker.told, speaker.account
        self.report = speaker.told.figures.report

    @staticmethod
    def title(name: str) -> str:
        """What a passage of the account's own is called."""
        return _TITLES.get(name, name)

    # entries ----------------------------------------------------------------------------------------------------------

    def entries(self, each: str) -> Iterator[Words]:
        """The words of every entry that is made for a list; one without words where there is none."""
        kind, _, of = each.partition(" ")
        match kind:
            case "items":
                yield from self._items(of)
            case "basic":
                yield from self._spent()
            case "duties":
                yield from ({"text": ended(duty)} for duty in self._duties())
            case "spent":
                yield {"pay": self._listed("personnel"), "goods": self._listed("running")}
            case "unit" | "units" | "listed" | "unit_words":
                yield from self._units(kind)
            case "offices":
                yield from self._offices()
            case "former" | "renamed":
                yield from self._names(kind)
            case "projects":
                yield from self._projects()
            case "evaluations":
                yield from self._reflected()
            case "managed":
                work = self.account.texts.get("performance_work", "").rstrip("。")
                yield {"work": work or self.speaker.gaps.add(_WORK, "performance_work").mark}
            case _:
                yield {}

    def tables(self, each: str) -> Iterator[Block]:
        """The table that follows the entries: the list of units."""
        if each == "listed" and len(self._unit_names()) > 1:
            notes = {unit.name: unit.note for unit in self.account.units}
            yield from compose_units(replace(self.report, entities=self._unit_names()), notes)

    def _unit_names(self) -> tuple[str, ...]:
        return tuple(unit.name for unit in self.account.units) or self.report.entities

    def _items(self, fund: str) -> Iterator[Words]:
        """The lowest functional lines of a fund's spending, with their full names."""
        line = self.told.key(f"flow=expenditure fund={fund}")
        codes = set(self.told.figures.functions(fund if fund == "general_public" else _FORMS[fund], (line,)))
        for basis in ("final", "initial", "full_year"):
            codes |= set(self.told.figures.live("", line._replace(basis=basis), "function"))
        spent = {code for code in codes if any(self._has(line._replace(function=code, basis=b)) for b in _BASES)}
        for code in sorted(spent):
            if not any(other != code and other.startswith(code) for other in spent):
                yield {"code": code, "name": self.functional(code)}

    def _has(self, key: Key) -> bool:
        return bool(self.told.value(key))

    def functional(self, code: str) -> str:
        """一般公共服务支出（类）…（款）行政运行（项）"""
        found = []
        for length, level in _LEVELS.items():
            if length <= len(code):
                found.append(f"{self.told.name(code[:length])}（{level}）")
        return "".join(found)

    def _spent(self) -> Iterator[Words]:
        """The economic classes of basic spending with the 款 that were spent."""
        for code in self._economic(ALL, 3):
            names = self._listed(code)
            if names:
                yield {"code": code, "name": self._name(code), "items": names}

    def _economic(self, parent: str, length: int) -> list[str]:
        """The codes of basic spending with a figure: classes of personnel or running costs, 款 of a class."""
        line = self.told.key("flow=expenditure fund=general_public nature=basic")
        codes = self.told.figures.live("basic", line, "economic")
        personnel = rule("personnel_classes")
        found = [code for code in codes if len(code) == length and self._has(line._replace(economic=code))]
        if parent in ("personnel", "running"):
            return [code for code in found if (code[:3] in personnel) == (parent == "personnel")]
        return [code for code in found if parent == ALL or code.startswith(parent)]

    def _listed(self, parent: str) -> str:
        return "、".join(self._name(code) for code in self._economic(parent, 5))

    def _name(self, code: str) -> str:
        try:
            return self.told.name(code)
        except NamelessCode:
            return code

    # overview ---------------------------------------------------------------------------------------------------------

    def _duties(self) -> Iterable[str]:
        return self.account.duties or (self.speaker.gaps.add("主要职能", "duties").mark,)

    def _units(self, kind: str) -> Iterator[Words]:
        """Words of the account's own, else the usual ones for one unit or several; the list of several in any case."""
        own, several = self.account.texts.get("units", ""), len(self._unit_names()) > 1
        if kind == "unit_words" and own:
            yield {"text": own}
        elif (kind == "listed" and several and not own.rstrip().endswith(("：", ":"))) or (
            kind == ("units" if several else "unit") and not own
        ):
            yield {}

    def _offices(self) -> Iterator[Words]:
        if self.account.offices and "内设机构" not in self.account.texts.get("units", ""):
            yield {"names": "、".join(self.account.offices), "offices": str(len(self.account.offices))}

    def _names(self, kind: str) -> Iterator[Words]:
        """Former names; the name that the account of the year before bears, where this one speaks of that year."""
        department = self.account.department
        if kind == "former" and department.former:
            yield {"names": "、".join(department.former)}
        before = self.account.texts.get(LAST_NAME, "")
        if kind == "renamed" and before and before != department.name and self.told.any_last:
            yield {"name": before}

    # performance ------------------------------------------------------------------------------------------------------

    def project_names(self) -> list[str]:
        """The projects that have a form, else those that the account tells of."""
        names = [table.project for _, table in self.report.tables_of("performance_project") if table.project]
        return list(dict.fromkeys(names)) or [project.name for project in self.account.projects]

    def _reflected(self) -> Iterator[Words]:
        names = self.project_names()
        if names:
            yield {"names": "、".join(names), "number": str(len(names)), "as": "分别为" if len(names) > 1 else "为"}

    def _projects(self) -> Iterator[Words]:
        for name in self.project_names():
            project = self.account.project(name)
            told = [
                f"项目绩效目标完成情况：{project.done.rstrip('。')}。" if project.done else "",
                f"发现的主要问题及原因：{project.problems.rstrip('。')}。" if project.problems else "",
                f"下一步改进措施：{project.measures.rstrip('。')}。" if project.measures else "",
            ]
            yield {"project": name, "told": "".join(told)}


def ended(text: str) -> str:
    """A passage with a mark at its end: a full stop where it has none."""
    return text if text.endswith(_ENDS) else f"{text}。"


_FORMS = {"government_funds": "funds", "state_capital": "state_capital"}
_BASES = ("final", "initial", "full_year")
