"""Findings in words (问题的说法): headline, figures, other places, what follows, what else it may be; shared by all outputs.

Refuses to add a judgement: what is said here is in the finding and its cause, only the order and the frame are made.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation

from juesuan.model.findings import Cause, Explanation, Finding
from juesuan.model.places import Place
from juesuan.presenting.widths import width

#: how many symptoms, and how many other explanations, are worth a reader's time on a screen of text
SYMPTOMS = 5
OTHERS = 2
_SUBJECT = 48
"""a message of one line up to this width can stand beside the figures"""


def headline(finding: Finding) -> tuple[str, list[str]]:
    """(what is meant, the evidence): the first line of the message and the others; "" where the line is evidence."""
    subject, *evidence = finding.message.split("\n")
    if not evidence and not _is_subject(subject, finding):
        subject, evidence = "", [subject]
    return subject, [text for line in evidence if (text := line.strip())]


def _is_subject(line: str, finding: Finding) -> bool:
    """Whether a message of one line can stand beside the figures: a name can, a sentence cannot."""
    return not figures(finding) or (width(line) <= _SUBJECT and not line.endswith("。"))


def figures(finding: Finding) -> str:
    """90.63 → 90.43 万元（多 0.20）; "" where the finding is not about a figure or word."""
    if not finding.expected:
        return with_unit(finding.printed, finding.unit) if finding.printed else ""
    printed = finding.printed or "（空）"
    difference = difference_words(finding.difference)
    return f"{printed} → {with_unit(finding.expected, finding.unit)}" + (f"（{difference}）" if difference else "")


def difference_words(text: str) -> str:
    """多 0.20 where more was printed than expected, 少 0.20 where less; other words stay as they are."""
    if not text:
        return ""
    try:
        value = Decimal(text.replace(",", ""))
    except InvalidOperation:
        return text
    bare = text.lstrip("+-−")
    return f"{'多' if value > 0 else '少'} {bare}" if value else ""


def with_unit(text: str, unit: str) -> str:
    """A figure and its unit: 90.43 万元, 13.4%; nothing has no unit."""
    return text + (unit if unit in {"", "%"} else f" {unit}") if text else ""


def spot_words(place: Place) -> str:
    """第 105 行, 第 18 页, 工作表“收入”的 B5; "" where the place says neither."""
    if place.sheet is not None:
        return f"工作表“{place.sheet}”" + (f"的 {place.cell}" if place.cell else "")
    if place.line is not None:
        return f"第 {place.line} 行"
    return f"第 {place.page} 页" if place.page else ""


def other_places(finding: Finding) -> str:
    """第 40、51—60 行: the places after the first, each once; "" where there are none."""
    first, rest = finding.places[:1], finding.places[1:]
    if any(place.sheet is not None for place in finding.places):
        said = {spot_words(place): None for place in rest if place.sheet is not None}
        return "、".join(words for words in said if words not in {spot_words(place) for place in first})
    lines = {place.line or 0 for place in rest} - {0, *(place.line for place in first)}
    if lines:
        return f"第 {_runs(sorted(lines))} 行"
    pages = {place.page or 0 for place in rest} - {0, *(place.page for place in first)}
    return f"第 {_runs(sorted(pages))} 页" if pages else ""


def alike(finding: Finding) -> int:
    """How many of its places are wrong in the same way: all of them where its first line counts them （2 处）."""
    count = _COUNT.search(finding.message.split("\n")[0])
    return len(finding.places) if count and int(count[1]) == len(finding.places) else 1


_COUNT = re.compile(r"（(\d+) 处")


def _runs(numbers: Sequence[int]) -> str:
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return "、".join(f"{run[0]}—{run[-1]}" if len(run) > 2 else "、".join(map(str, run)) for run in runs)


def following(finding: Finding) -> list[Finding]:
    """What follows from the finding and stands elsewhere; its own further contradictions are evidence already."""
    return [symptom for symptom in finding.symptoms if not _same_figure(symptom, finding)]


def followers(finding: Finding) -> list[str]:
    """What follows from the finding, in words."""
    return [symptom_words(symptom) for symptom in following(finding)]


def _same_figure(symptom: Finding, finding: Finding) -> bool:
    return any(place in finding.places for place in symptom.places)


def symptom_words(symptom: Finding) -> str:
    """One that follows, in words: where, what, printed and expected."""
    where = spot_words(symptom.places[0]) if symptom.places else ""
    subject = symptom.message.split("\n")[0].rstrip("。")
    if symptom.printed and symptom.expected:
        comma = "，" if subject.endswith(tuple("0123456789%元）")) else " "
        subject = f"{subject}{comma}{symptom.printed} 应为 {with_unit(symptom.expected, symptom.unit)}".strip()
    return " ".join(filter(None, (where, subject)))


def likely(finding: Finding, cause: Cause | None) -> str:
    """像是一位数字有误: the kind of slip, where the message does not tell it already."""
    slip = cause.explanations[0].slip if cause and cause.explanations else ""
    return f"像是{slip}" if slip and slip not in finding.message else ""


def other_ways(finding: Finding, cause: Cause | None) -> list[str]:
    """The explanations after the first."""
    return [_explanation(way, finding.unit) for way in cause.explanations[1:]] if cause else []


def _explanation(way: Explanation, unit: str) -> str:
    told = "、".join(_figure(place) for place in way.figures)
    value = f"应为 {with_unit(way.value, unit)}" if way.value else ""
    return " ".join(filter(None, (told, value))) + (f"（{way.slip}）" if way.slip else "")


def _figure(place: Place) -> str:
    where = spot_words(place) or place.where
    return f"{where}的 {place.quote}" if place.quote else where


def below(finding: Finding, evidence: Sequence[str], cause: Cause | None) -> Iterator[str]:
    """The lines under a headline: evidence, other places, what follows, what else it may be, what to do."""
    yield from evidence
    if also := other_places(finding):
        yield f"另见{also}"
    if told := followers(finding):
        more = f"；等共 {len(told)} 处" if len(told) > SYMPTOMS else ""
        yield f"随之有误：{'；'.join(told[:SYMPTOMS])}{more}"
    if slip := likely(finding, cause):
        yield slip
    ways = other_ways(finding, cause)
    yield from (f"也可能：{way}" for way in ways[:OTHERS])
    if len(ways) > OTHERS:
        yield f"另有 {len(ways) - OTHERS} 种可能，见 --format json 的 causes"
    if finding.accepted:
        yield f"已接受：{finding.accepted}"
    elif finding.advice:
        yield finding.advice
