"""Reports (账目): all that one account states, and what could not be read in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from juesuan.model.amounts import Amount
from juesuan.model.claims import Claim, Section
from juesuan.model.documents import Document
from juesuan.model.keys import Key
from juesuan.model.places import Place
from juesuan.model.settings import NO_SETTINGS, Settings


@dataclass(frozen=True, slots=True)
class Fact:
    """One figure that a document states. A printed figure may carry several keys (收入支出总计 is in and out).

    `number` is its index in `Report.facts`; `table` the index of its table in `Report.tables` (-1: a sentence).
    A blank cell that stands for zero is a fact with `blank` set; it is no figure and is not counted as one.
    """

    number: int
    keys: tuple[Key, ...]
    amount: Amount
    place: Place
    table: int
    blank: bool = False
    row: int = -1
    column: int = -1
    section: int = -1
    entry: int = -1
    sentence: int = -1
    """where a fact of the explanation stands (numbers in `Report.sections`); -1 in tables"""


@dataclass(frozen=True, slots=True)
class Unread:
    """A figure that was seen and not understood."""

    place: Place
    quote: str
    reason: str


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row of a read table, for CSV and for checks on names: the cells by column, the code and name as printed."""

    cells: tuple[str, ...]
    place: Place
    code: str = ""
    name: str = ""
    total: bool = False
    function: str = ""
    """the functional code that the row was understood as, "" where it is none"""


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator of a performance form: its words, and the numbers of its facts (None: not printed as a figure)."""

    name: str
    level1: str
    level2: str
    relation: str
    """≥, ≤, =, >, < or the word printed (定性); "" where none"""
    target_text: str
    actual_text: str
    reason: str
    place: Place
    target: int | None = None
    actual: int | None = None
    weight: int | None = None
    score: int | None = None


@dataclass(slots=True)
class ReadTable:
    """One table as understood. `form` is the form's name ("" where the table is of no known form)."""

    form: str
    title: str
    place: Place
    year: str
    unit: str
    entity: str
    columns: tuple[str, ...] = ()
    rows: list[ReadRow] = field(default_factory=list)
    complete: frozenset[str] = frozenset()
    """dimensions whose partitions are complete in this table: an absent child is zero in this table only"""
    notes: list[tuple[str, Place]] = field(default_factory=list)
    department: str = ""
    number: str = ""
    empty: bool = False
    """no figure stands in it"""
    stated_unit: Place | None = None
    stated_year: Place | None = None
    stated_department: Place | None = None
    basis: str = ""
    """how 预算数 of this table was resolved: initial, full_year, or budget"""
    project: str = ""
    """the project of a performance form"""
    indicators: list[Indicator] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    """the words of a performance form: supervisor 主管部门, executor 实施单位, goal 年度目标, completion 实际完成情况"""
    unread: int = 0
    """figures in it that could not be read: sums over it are unchecked, not failed"""


@dataclass(slots=True)
class Report:
    """All facts and claims of one account, and what could not be read."""

    document: Document
    kind: str = ""
    department: str = ""
    year: str = "?"
    region: str = ""
    tables: list[ReadTable] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    apart: Counter[str] = field(default_factory=Counter)
    """numerals that are no figures (codes, 行次, ordinals, dates, 文号 …), counted by kind"""
    figures: int = 0
    """numerals that are figures: verified + read + unread"""
    entities: tuple[str, ...] = ()
    """the units of the department that are named, （本级） included"""
    settings: Settings = NO_SETTINGS
    """what the bureau has set for an account of this year"""

    views: dict[str, object] = field(default_factory=dict, repr=False, compare=False)
    """what checks derive from the report once and share"""

    def facts_of(self, form: str) -> Iterator[Fact]:
        for fact in self.facts:
            if fact.table >= 0 and self.tables[fact.table].form == form:
                yield fact

    def tables_of(self, form: str) -> Iterator[tuple[int, ReadTable]]:
        return ((i, t) for i, t in enumerate(self.tables) if t.form == form)
