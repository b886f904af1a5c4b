"""The rules of self-evaluation forms (绩效自评表), by hand from the footnote of the real one and from the requirements.

Weights sum to their total and to 100, by group as the footnote says; scores sum to their total; score ≤ weight; the
execution rate is executed ÷ full-year budget; a deviation above 30 % needs a reason. Imports nothing of juesuan, and
refuses to judge what no rule names: a target alone holds nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from tests.trust.plain import Figure, Reader, number

_LIMIT = Decimal("0.3")
_RATE = "预算执行率"


class Rules:
    """Judges changes in the self-evaluation forms of one document."""

    def __init__(self, reader: Reader, forms: Iterable[dict[str, Any]]) -> None:
        self.reader = reader
        self.forms = list(forms)

    def broken(self, figure: Figure, changed: str) -> str:
        """The rule that the change breaks, "" if none. Rules that are broken before the change do not count."""
        for form in self.forms:
            lines = {*range(form["lines"][0], form["lines"][1] + 1), form.get("sum", 0)}
            lines |= {form[role][0] for role in ("initial", "full", "final") if role in form}
            if figure.line in lines:
                before = set(self._breaches(form, None, ""))
                return next((why for why in self._breaches(form, figure, changed) if why not in before), "")
        return ""

    def _breaches(self, form: dict[str, Any], changed: Figure | None, text: str) -> Iterable[str]:
        def value(line: int, cell: int) -> Decimal:
            if changed is not None and (changed.line, changed.cell) == (line, cell):
                return number(text)
            return _number(self.reader.text(line, cell))

        lines = range(form["lines"][0], form["lines"][1] + 1)
        if "sum" in form:
            yield from self._points(form, lines, value)
        if "full" in form:
            yield from self._rate(form, lines, value, changed, text)
        for line in lines:
            target, actual = value(line, form["target"]), value(line, form["actual"])
            reason = self.reader.text(line, form["reason"]).strip()
            if target and not reason and abs(actual - target) > _LIMIT * target:
                yield f"偏差超过 30% 而无原因（第 {line} 行）"

    def _points(self, form: dict[str, Any], lines: range, value: Any) -> Iterable[str]:
        weights = {line: value(line, form["weight"]) for line in lines}
        scores = {line: value(line, form["score"]) for line in lines}
        if sum(weights.values()) != value(form["sum"], form["weight"]) or value(form["sum"], form["weight"]) != 100:
            yield "权重之和"
        if sum(scores.values()) != value(form["sum"], form["score"]):
            yield "得分之和"
        if any(scores[line] > weights[line] for line in lines):
            yield "得分大于权重"
        if value(form["sum"], form["score"]) > value(form["sum"], form["weight"]):
            yield "总分大于总权重"
        group, sums = "", dict.fromkeys(form["groups"], Decimal(0))
        for line in lines:
            group = self.reader.text(line, form["level"]).strip() or group
            sums[group] += weights[line]
        if sums != form["groups"]:
            yield "各类指标的权重"

    def _rate(self, form: dict[str, Any], lines: range, value: Any, changed: Figure | None, text: str) -> Iterable[str]:
        line = next(n for n in lines if _RATE in self.reader.text(n, form["indicator"]))
        printed, full = value(line, form["actual"]), value(*form["full"])
        said = self.reader.text(line, form["actual"])
        if changed is not None and (changed.line, changed.cell) == (line, form["actual"]):
            said = text
        places = len(_digits(said).partition(".")[2])
        if full:
            rate = (value(*form["final"]) / full * 100).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
            if rate != printed:
                yield "执行率 = 执行数 ÷ 全年预算数"


def _digits(text: str) -> str:
    return "".join(char for char in text if char.isdigit() or char == ".")


def _number(text: str) -> Decimal:
    digits = _digits(text)
    return Decimal(digits) if digits else Decimal(0)
