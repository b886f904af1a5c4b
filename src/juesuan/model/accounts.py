"""Accounts (一套账): what an account holds besides figures: whose it is, units, words, reasons, answers, projects.

Figures are facts of a Report; the two go together. Refuses amounts: everything here is words and names.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from juesuan.model.keys import Key

LAST = "last"
"""the other side of a comparison with the year before; else it is a basis: initial, full_year, budget"""

LAST_NAME = "last_name"
"""the text that names the department as its account of the year before does, where that is another name"""

GLOSSARY = "glossary/"
"""texts of this beginning explain a term, or an item of spending by its code: glossary/2010301"""


@dataclass(frozen=True, slots=True)
class Department:
    """Whose account it is.

    `former` are names that it had before, `short` is a name that it uses of itself; `place` is the administrative place
    (辽宁省大连市西岗区), `style` the way of writing ("" where the place tells); `kind` as of a unit.
    """

    name: str
    year: str
    short: str = ""
    former: tuple[str, ...] = ()
    code: str = ""
    supervisor: str = ""
    place: str = ""
    style: str = ""
    kind: str = ""
    preparer: str = ""
    reviewer: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit of the department, （本级） included. `kind`: administrative 行政, civil 参公, public 事业, other."""

    name: str
    code: str = ""
    kind: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a figure differs: `key` is this year's final figure, `against` is `last` or a basis."""

    key: Key
    against: str
    text: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What the preparer answers to a finding. `about` is the finding's short name, a figure's key, or words of it."""

    check: str
    about: str
    text: str


@dataclass(frozen=True, slots=True)
class Project:
    """A project as the explanation tells of it; its money, goals and indicators stand in the report's forms.

    `fund` is the fund that pays for it, "" where not said; `done` 完成情况, `problems` 问题, `measures` 改进措施.
    """

    name: str
    fund: str = ""
    done: str = ""
    problems: str = ""
    measures: str = ""


@dataclass(slots=True)
class Account:
    """All that is no figure. `purposes`: functional code (2010301) or item (three_public/vehicles/running) → words.

    `texts`: other passages by name: units (单位构成), performance_work, performance_whole, department_evaluation,
    fiscal_evaluation, assets, and what a place's sentences ask for besides.
    """

    department: Department
    units: tuple[Unit, ...] = ()
    offices: tuple[str, ...] = ()
    duties: tuple[str, ...] = ()
    reasons: list[Reason] = field(default_factory=list)
    purposes: dict[str, str] = field(default_factory=dict)
    projects: tuple[Project, ...] = ()
    answers: tuple[Answer, ...] = ()
    texts: dict[str, str] = field(default_factory=dict)

    def reason(self, key: Key, against: str) -> str:
        """The words that say why the figure differs; "" where none are given.

        A reason given for the budget without saying which (budget) holds for either.
        """
        found = {reason.against: reason.text for reason in self.reasons if reason.key == key}
        return found.get(against) or (found.get("budget", "") if against != LAST else "")

    def project(self, name: str) -> Project:
        """The project of that name; one without words where none is told of."""
        return next((project for project in self.projects if project.name == name), Project(name))
