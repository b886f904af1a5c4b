"""Themes (科目所指): by which words a text speaks of a functional item or a “三公” item, and of no other.

An item's own name speaks of it; where it has a topic (住房公积金, 公务接待), the topic's words do. Refuses to guess
what 行政运行 or 其他支出 is spent on: such items have no topic.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from juesuan.knowledge import classifications
from juesuan.knowledge.names import bare
from juesuan.knowledge.phrases import compact
from juesuan.knowledge.reasons import Topic, topic_of
from juesuan.model.keys import Key
from juesuan.model.reports import Report

_SHORTEST = 3
_GENERAL = re.compile(r"^其他|^行政运行$|^事业运行$|^一般行政管理事务$|^机关服务$|^项目支出$|事务$")


@dataclass(frozen=True, slots=True)
class Theme:
    """One functional item (or “三公” item): its code, its name, its topic."""

    code: str
    name: str
    topic: Topic | None

    @property
    def core(self) -> str:
        """The name without 支出: what a text must hold to name it; "" where the name is too general."""
        word = bare(self.name).removesuffix("支出").removesuffix("缴费")
        return "" if len(word) < _SHORTEST or _GENERAL.search(word) else word

    def named_in(self, text: str) -> bool:
        """Whether a text holds its name."""
        return bool(self.core) and self.core in bare(text)

    def spoken_of(self, text: str) -> bool:
        """Whether a text may speak of it."""
        return self.named_in(text) or bool(self.topic and self.topic.words.search(text))

    def meant_by(self, text: str) -> bool:
        """Whether a text holds words that mean it and nothing else."""
        return self.named_in(text) or bool(self.topic and self.topic.only.search(text))


class _Named(dict[str, Theme]):
    """Code → theme, made when asked for."""

    def __init__(self, names: dict[str, str], year: str) -> None:
        super().__init__()
        self.names, self.year = names, year

    def __missing__(self, code: str) -> Theme:
        known = classifications.function_name(code, self.year)
        name = self.names.get(code) or (known.name if known else code)
        self[code] = Theme(code, compact(name), topic_of(Key(function=code)))
        return self[code]


def themes(report: Report) -> dict[str, Theme]:
    """The themes of functional codes, by the names in the report's tables."""
    return _Named({r.function: r.name for t in report.tables for r in t.rows if r.function and r.name}, report.year)
