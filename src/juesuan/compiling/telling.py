"""Telling (文字部分): duties, offices, and passages of the explanation that no figure determines.

Refuses to rewrite: words are taken as they stand, in wide punctuation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from juesuan.compiling.wide import trimmed, wide
from juesuan.knowledge.names import plain, strip_ordinal
from juesuan.model.claims import Section
from juesuan.model.reports import Report

_TOLD = {
    "done": r"(?:项目)?绩效目标完成情况:(.+?)(?:。|;?发现的)",
    "problems": r"(?:发现的)?(?:主要)?问题及原因:(.+?)(?:。|;?下一步)",
    "measures": r"(?:下一步)?改进措施:(.+?)(?:。|$)",
}
_TITLED = {"department_evaluation": "部门评价", "fiscal_evaluation": "财政评价"}
_CUT = re.compile(r"[，；。](?=截至|截止|年末|公务接待|其中|国内|当年|全年)")
_NUMBERED = re.compile(r"\([一二三四五六七八九十]+\)|\d+[.、]")
_MANAGED = re.compile(r"预算绩效管理制度:(.+)[;,。][^;,。]*全过程[^:;,。]*:")
_OFFICES = re.compile(r"[^。]*内设(?:机构|科室|处室)[^。]*。?")


_LEVELS = re.compile(r"(.+)\(类\)(.+)\(款\)(.+)\(项\)")
_ITEM, _LONGEST_TERM = 7, 80


class Telling:
    """What the explanation of one account says in words."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.sections = [section for section in report.sections if not section.listed]

    def _of(self, kind: str) -> Iterator[Section]:
        return (section for section in self.sections if section.kind == kind)

    @staticmethod
    def cut(text: str) -> str:
        """A purpose without what follows it in the same sentence (，截至年末 …)."""
        return _CUT.split(text)[0]

    def duties(self) -> tuple[str, ...]:
        """One text for each duty, without its number."""
        return tuple(filter(None, (wide(strip_ordinal(text)) for text in self._duties())))

    def _duties(self) -> Iterator[str]:
        """Their texts; a numbered line that was taken for a heading is a duty, with what follows it."""
        level = 0
        for section in self._of("duties"):
            texts = [flow.text for flow in section.entries]
            level = level or section.level
            if section.level > level:
                more = texts.pop(0) if texts and not _NUMBERED.match(texts[0]) else ""
                yield section.title + more
            yield from texts

    def offices(self) -> tuple[str, ...]:
        """The names of the offices, where a counted list names them."""
        for claim in self.report.claims:
            if claim.kind == "list_count" and claim.key.item == "organisation/offices":
                return tuple(map(trimmed, claim.items))
        return ()

    def texts(self) -> dict[str, str]:
        """Passages by name."""
        found: dict[str, str] = {}
        for section in self.sections:
            text = "".join(flow.text for flow in section.entries)
            for name, title in _TITLED.items():
                if title in section.title and text:
                    found.setdefault(name, wide(text))
        for section in self._of("units"):
            first = _OFFICES.sub("", section.entries[0].text) if section.entries else ""
            if first and "units" not in found:
                found["units"] = wide(first)
        for section in self._of("performance"):
            for flow in section.entries:
                for match in re.finditer(r"[^。]*部门整体(?:支出)?绩效自评[^。]*。", flow.text):
                    found.setdefault("performance_whole", wide(strip_ordinal(match[0])))
                if managed := _MANAGED.search(flow.text):
                    found.setdefault("performance_work", trimmed(managed[1]))
        return found

    def terms(self) -> dict[str, str]:
        """The glossary: terms by name, items of spending by code; items that no table has are left out."""
        codes = self._codes()
        found: dict[str, str] = {}
        for name, means in self._explained():
            levels = _LEVELS.fullmatch(name)
            own = codes.get((levels[2], levels[3])) if levels else wide(name)
            if own and means:
                found.setdefault(own, wide(means))
        return found

    def foreign_terms(self) -> list[str]:
        """Items of spending that the glossary explains and no table has."""
        codes = self._codes()
        names = ((name, _LEVELS.fullmatch(name)) for name, _ in self._explained())
        return [wide(name) for name, levels in names if levels and (levels[2], levels[3]) not in codes]

    def _codes(self) -> dict[tuple[str, str], str]:
        """(name of the 款, name of the 项) → code, of the lines that the tables have."""
        names = {row.function: plain(row.name) for table in self.report.tables for row in table.rows if row.function}
        return {(names.get(code[:5], ""), name): code for code, name in names.items() if len(code) == _ITEM}

    def _explained(self) -> Iterator[tuple[str, str]]:
        """(term, explanation) of every entry of the glossary, a numbered line that was taken for a heading included."""
        inside = 0
        for section in self.sections:
            if section.kind == "glossary":
                inside = section.level
            elif not inside or section.level <= inside:
                inside = 0
                continue
            texts = [flow.text for flow in section.entries]
            if section.kind != "glossary" and texts:
                texts[0] = f"{plain(section.title)}:{texts[0]}"
            for text in texts:
                name, mark, means = strip_ordinal(text.replace("*", "")).partition(":")
                if mark and len(name) <= _LONGEST_TERM:
                    yield name, means

    def project(self, name: str) -> dict[str, str]:
        """What is told of a project: done, problems, measures."""
        for section in self._of("performance"):
            for flow in section.entries:
                if flow.text.replace("|", "").find(re.sub(r"\s", "", name)) >= 0 and "绩效自评" in flow.text:
                    found = {part: re.search(pattern, flow.text) for part, pattern in _TOLD.items()}
                    if any(found.values()):
                        return {part: trimmed(match[1]) if match else "" for part, match in found.items()}
        return {}
