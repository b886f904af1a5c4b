"""The explanation (情况说明): sections → facts and claims of the report, with what each numeral was read as.

Refuses nothing: a sentence that is not understood leaves its figures unread.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from juesuan.knowledge import classifications
from juesuan.knowledge.names import plain
from juesuan.knowledge.phrases import Dims, Lexicon, SectionKind, Term, compact, entry_kind, terms
from juesuan.model.claims import Flow, Section
from juesuan.model.reports import Fact, Report
from juesuan.understanding.census import WORK
from juesuan.understanding.flows import FlowSection, flow_sections
from juesuan.understanding.readings import Context, Reading
from juesuan.understanding.sentences import Reader, rules
from juesuan.understanding.tokens import lexicon_of, numeral_dates

_FUNCTIONS = frozenset({"general_public", "funds", "state_capital", "expenditure", "income", "fiscal", "totals"})
_LEVELS = {"类": 3, "款": 5, "项": 7}
_SHORTEST = 4
_LISTED = re.compile(r"[.…·]{4,}\d{1,3}$")
"""how a line of the contents ends"""
_FIGURE = re.compile(r"\d+(?:[.,]\d+)+|\d+")
_DIGIT = re.compile(r"\d")
_OF_ACCOUNT = re.compile("预算|决算|财政拨款|三公|结转|结余")
"""words of the account in a report of work: the figures of such a sentence are not set apart"""
_OF_OFFICE = re.compile(f"{_OF_ACCOUNT.pattern}|编制|在职|退休|机构|科室|所属|下属|车辆|\\d元|万元|亿元")
"""words of the office and the account among its duties"""
_PAGE = re.compile(r"(?<=[\u4e00-\u9fff）)”])\s*(\d{1,3})$")

TextRoles = dict[tuple[int, int], str]
"""(id of the printed line's place, offset in the line) → what the numeral there was read as"""


@dataclass(slots=True)
class Names:
    """The account's own names of codes; below them the classification of the year."""

    year: str
    by_name: dict[str, list[str]] = field(default_factory=dict)

    def function(self, name: str, level: str, parent: str) -> str | None:
        """The code of a 类, 款 or 项 by its name, below `parent` where that is known; None where there is none."""
        word = plain(name)
        length = _LEVELS[level]
        if level == "类":
            return classifications.class_code(word, self.year)
        own = [c for c in self.by_name.get(word, ()) if len(c) == length]
        below = [c for c in own if c.startswith(parent)] if parent not in ("", "?") else own
        if below:
            return below[0]
        if parent not in ("", "?"):
            found = classifications.code_of(word, self.year, parent)
            if found:
                return found
        return own[0] if len(own) == 1 else classifications.code_of(word, self.year)


def read_explanation(report: Report) -> TextRoles:
    """Adds the facts, claims and sections of the explanation to the report."""
    names, lexicon = _names(report), _lexicon(report)
    roles: TextRoles = {}
    for number, found in enumerate(flow_sections(report.document.blocks)):
        section = Section(
            found.title,
            found.kind.kind if found.kind else "",
            found.place,
            found.level,
            found.path,
            found.entries,
            found.listed,
        )
        report.sections.append(section)
        if found.listed:
            roles.update(_page_number(found))
        for entry, flow in enumerate(found.entries):
            if found.listed or (found.kind and found.kind.skip) or _LISTED.search(flow.text):
                roles.update({} if found.listed else _work_done(found, flow))
                continue
            own = entry_kind(found.title, flow.text) or found.kind
            context = Context(report.year, own.kind if own else "", _base(report, found, own), number, entry)
            reading = Reader(flow, context, lexicon, names).run()
            _add(report, reading, context)
            _add_rules(report, flow, reading)
            roles.update(_work_done(found, flow))
            roles.update(_roles(flow, reading))
    for section in report.sections:
        for flow in section.entries:
            roles |= {(id(flow.line(at)), flow.offset(at)): "日期" for at in numeral_dates(flow.text)}
    return roles


def _work_done(found: FlowSection, flow: Flow) -> Iterator[tuple[tuple[int, int], str]]:
    """The numerals of a report of work (案件、项目、学生 …), which are no figures of the account."""
    if found.kind is None or found.kind.kind not in ("work", "duties"):
        return
    kept = _OF_ACCOUNT if found.kind.kind == "work" else _OF_OFFICE
    for sentence in re.finditer(r"[^。!?]+", flow.text):
        if not kept.search(sentence.group()):
            for match in _FIGURE.finditer(flow.text, sentence.start(), sentence.end()):
                yield (id(flow.line(match.start())), flow.offset(match.start())), WORK


def _page_number(found: FlowSection) -> Iterator[tuple[tuple[int, int], str]]:
    """The page in a line of the contents that is so long that no leaders stand before it."""
    match = _PAGE.search(found.title)
    if match:
        yield (id(found.place), match.start(1)), "页码"


def _names(report: Report) -> Names:
    names = Names(report.year)
    for table in report.tables:
        for row in table.rows:
            if row.function and row.name:
                codes = names.by_name.setdefault(plain(row.name), [])
                if row.function not in codes:
                    codes.append(row.function)
    return names


def _lexicon(report: Report) -> Lexicon:
    """The phrase book with the account's own names of functions, economic items, projects and units."""
    own: dict[str, Term] = {}
    for code in classifications.totals_classes(report.year):
        for name in classifications.function_names(code):
            own.setdefault(compact(name), Term({"flow": "expenditure", "function": code}, sections=_FUNCTIONS))
    for table in report.tables:
        for row in table.rows:
            word = compact(row.name)
            if row.function and len(word) >= _SHORTEST:
                own.setdefault(word, Term({"function": row.function}, sections=_FUNCTIONS))
        if table.project and table.project != "?":
            dims = {"flow": "expenditure", "project": table.project, "item": "all", "fund": "all"}
            own.setdefault(compact(table.project), Term(dims, sections=frozenset({"performance"})))
    for name, code in _economic_names():
        own.setdefault(compact(name), Term({"economic": code}, sections=frozenset({"basic"})))
    for name in _own_names(report.department):
        own.setdefault(name, Term({}))
    for unit in report.entities:
        if len(report.entities) > 1 and plain(unit) != plain(report.department):
            own.setdefault(compact(unit), Term({"entity": unit}))
    words = {w: tuple(t for t in meanings if w not in own or t.sections) for w, meanings in terms().items()}
    return lexicon_of(words, own)


def _own_names(department: str) -> Iterator[str]:
    """The department's name, whole and without its place (普陀区文化和旅游局, 文化和旅游局): no term in it counts."""
    word = compact(department)
    starts = [0, *(m.end() for m in re.finditer(r"[省市区县旗州镇乡]", word))]
    return (word[start:] for start in starts if len(word) - start >= _SHORTEST)


def _economic_names() -> Iterator[tuple[str, str]]:
    """Names of the economic classes and 款 that basic expenditure may have, the classes first."""
    classes = [c for c in classifications.economic_classes() if classifications.running_or_personnel(c) != "project"]
    for codes in (classes, [child for c in classes for child in classifications.children(c)]):
        for code in codes:
            for name in classifications.economic_names(code):
                yield name, code


def _base(report: Report, section: FlowSection, kind: SectionKind | None) -> Dims:
    """The dimensions that hold in a section before a word is said."""
    if kind is None:
        return {}
    base = dict(kind.dims)
    if kind.kind == "three_public":
        base["fund"] = _scope(report, section)
    return base


def _scope(report: Report, section: FlowSection) -> str:
    """“三公”口径: the table's, else the section title's."""
    for _, table in report.tables_of("three_public"):
        scope = next((f.keys[0].fund for f in report.facts if report.tables[f.table] is table), None)
        if scope:
            return scope
    return "general_public" if any("一般公共预算" in plain(t) for t in section.path) else "fiscal"


def _add(report: Report, reading: Reading, context: Context) -> None:
    for stated in reading.facts:
        number = len(report.facts)
        report.facts.append(
            Fact(
                number,
                stated.keys,
                stated.amount,
                stated.place,
                -1,
                section=context.section,
                entry=context.entry,
                sentence=stated.sentence,
            )
        )
    report.claims.extend(reading.claims)


def _add_rules(report: Report, flow: Flow, reading: Reading) -> None:
    if not re.search(r"指标.*(?:权重|分值|偏差)|执行率=|偏差", flow.text):
        return
    for at, key, amount in rules(flow, report.year):
        if at not in reading.read:
            reading.read[at] = "rule"
            place = flow.place(at, str(amount.value))
            report.facts.append(Fact(len(report.facts), (key,), amount, place, -1))


def _roles(flow: Flow, reading: Reading) -> Iterator[tuple[tuple[int, int], str]]:
    for at, role in reading.read.items():
        line = flow.line(at)
        yield (id(line), flow.offset(at)), role
        figure = _FIGURE.match(flow.text, at)
        at_next = bisect_right(flow.starts, at)
        if figure and at_next < len(flow.starts) and (start := flow.starts[at_next]) < figure.end():
            rest = _DIGIT.search(flow.text, start, figure.end())
            if rest:
                yield (id(flow.line(rest.start())), flow.offset(rest.start())), "续行"
