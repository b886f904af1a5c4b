"""Wording (行文): units behind figures, alternatives left standing, English in Chinese, traces of revision, form words.

Refuses to judge style: what the place's own form says wrongly is one hint a document, and numbers that share one unit,
dates, ordinals and numbers of other things need none of their own.
Source: 部门决算公开表样 (情况说明); 出版物上数字用法 (GB/T 15835).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from juesuan.checking import bare_figures
from juesuan.checking.changes import changes
from juesuan.checking.outcomes import Failed, Outcome, Passed, Unchecked
from juesuan.checking.prose import Passage, passages
from juesuan.checking.registry import check
from juesuan.checking.values import Values
from juesuan.knowledge.names import plain
from juesuan.knowledge.wording import FormWord, form_words, wording
from juesuan.model.claims import Claim
from juesuan.model.documents import Table
from juesuan.model.findings import Severity
from juesuan.model.places import Place
from juesuan.model.reports import Report

_AROUND = 10
_EXAMPLES = 3
_LETTERS = re.compile("[a-z]{2}")


def around(passage: Passage, start: int, end: int) -> str:
    """The match with the words around it, as a message quotes it."""
    return passage.text[max(0, start - _AROUND) : end + _AROUND]


@check("WORD-UNIT", severity="error", basis="情况说明：数字应有单位")
def figures_have_units(report: Report) -> Iterator[Outcome]:
    """句中的数应有单位或百分号，单位前应有数。"""
    texts = [passage for passage in passages(report) if passage.explains and not passage.title]
    numerals = [(passage, list(bare_figures.numerals(passage))) for passage in texts]
    right = [p.flow.line(m.start()) for p, own in numerals for m, has in own if has]
    bare = [(p, found) for p, own in numerals for found in bare_figures.bare(p, own)]
    zeros = [(p, found) for p, found in bare if _is_zero(p, found)]
    wrong = [_lacking(p, found) for p, found in bare if (p, found) not in zeros]
    wrong += [failed for p in texts for failed in (*_empty(p), *_two(p))]
    yield from (Passed(place) for place in right)
    yield from wrong
    if zeros:
        yield _zeros(zeros)
    if not right and not bare and not wrong:
        yield Unchecked("正文没有带单位的数")


def _is_zero(passage: Passage, found: bare_figures.Bare) -> bool:
    """支出为0: nothing, in digits."""
    zero = not passage.text[found.start : found.end].strip("0.")
    return zero and passage.text[found.start - 1 : found.start] == "为" and found.unit != "%"


def _zeros(found: Sequence[tuple[Passage, bare_figures.Bare]]) -> Failed:
    passage, first = found[0]
    return Failed(
        f"“{around(passage, first.start, first.end)}”：零后面没有单位（{len(found)} 处）",
        tuple(p.place(f.start, f.end) for p, f in found),
        advice="请补上单位",
        printed=passage.text[first.start : first.end],
        severity=Severity.INFO,
    )


def _lacking(passage: Passage, found: bare_figures.Bare) -> Failed:
    start, end, unit = found
    number = passage.text[start:end]
    return Failed(
        f"“{around(passage, start, end)}”：{number} 后面没有{'百分号' if unit == '%' else '单位'}",
        (passage.place(start, end),),
        advice="请补上单位" if unit != "%" else "请补上 %",
        printed=number,
        expected=f"{number}%" if unit == "%" else f"{number} {unit}" if unit else "",
    )


def _empty(passage: Passage) -> Iterator[Failed]:
    for start, end in bare_figures.empty(passage):
        yield Failed(
            f"“{passage.text[start:end]}”：单位前没有数",
            (passage.place(start, end),),
            advice="请补上数",
            printed=passage.text[start:end],
        )


def _two(passage: Passage) -> Iterator[Failed]:
    for start, end in bare_figures.twice(passage):
        yield Failed(
            f"“{around(passage, start, end)}”：一个数有两个单位",
            (passage.place(start, end),),
            advice="请删去一个单位",
            printed=passage.text[start:end],
            severity=Severity.WARNING,
        )


@check("WORD-FORM", severity="info", basis="表样原文的用语")
def words_of_the_form(report: Report) -> Iterator[Outcome]:
    """“万元”少“元”字、“支出收入”等随表样而来的用语，全文提示一次。"""
    texts = [passage for passage in passages(report) if passage.explains and not passage.title]
    if not texts:
        yield Unchecked("没有情况说明")
    found = [
        (words, p, m)
        for words in form_words()
        if words.place in ("", report.region)
        for p in texts
        for m in words.said.finditer(p.text)
        if _meant(words, p, m)
    ]
    if found:
        yield _form_words(found)
    elif texts:
        yield Passed(texts[0].flow.line(0))


def _meant(words: FormWord, passage: Passage, match: re.Match[str]) -> bool:
    """Whether 万 stands for 万元: money is being spoken of."""
    if words.right != "万元":
        return True
    number = re.search(r"-?[\d.,]+$", passage.text[: match.end() - 1])
    return number is not None and wording("unit", "money").search(passage.text[: number.start()]) is not None


def _form_words(found: Sequence[tuple[FormWord, Passage, re.Match[str]]]) -> Failed:
    said = dict.fromkeys(
        f"“{around(passage, match.start(), match.end())}”应为“{words.right}”" for words, passage, match in found
    )
    words, _, match = found[0]
    return Failed(
        "\n".join(list(said)[:_EXAMPLES]),
        tuple(p.place(_number(p.text, m.start()), m.end()) for _, p, m in found),
        advice="表样原文如此的，可以不改",
        printed=re.sub(r"[\d.,]", "", match.group()),
        expected=words.right,
    )


def _number(text: str, at: int) -> int:
    """Where the number begins of which this is a digit, else the place itself."""
    match = re.search(r"[\d.,]+$", text[: at + 1])
    return match.start() if match else at


@check("WORD-ENGLISH", severity="warning", basis="文字规范")
def no_english(report: Report) -> Iterator[Outcome]:
    """汉字中间不应夹有 and、of 一类的英文词（转换残留）。"""
    english = wording("leftover", "english")
    found: list[tuple[str, Place, str]] = []
    seen = False
    for passage in passages(report):
        seen = True
        for match in english.finditer(passage.text):
            where = passage.place(match.start(), match.end())
            found.append((match.group(), where, around(passage, match.start(), match.end())))
    for text, place in _cells(report):
        found += [
            (m.group(), place, text[max(0, m.start() - _AROUND) : m.end() + _AROUND]) for m in english.finditer(text)
        ]
    if found:
        word, _, said = found[0]
        yield Failed(
            f"“{said}”：夹有英文“{word}”（{len(found)} 处）",
            tuple(place for _, place, _ in found),
            advice="请改为中文",
            printed=word,
        )
    elif seen:
        yield Passed()
    else:
        yield Unchecked("没有正文")


def _cells(report: Report) -> Iterator[tuple[str, Place]]:
    """The cells of tables that hold words."""
    for block in report.document.blocks:
        if isinstance(block, Table):
            for cell in block.cells():
                if len(cell.text) > _AROUND and _LETTERS.search(cell.text):
                    yield plain(cell.text), cell.place


@check("WORD-REVISION", severity="warning", basis="公开文本应为定稿")
def no_traces_of_revision(report: Report) -> Iterator[Outcome]:
    """公开的文本不应留有修订、批注、域代码的痕迹。"""
    pattern = wording("leftover", "revisions")
    found = [(p, m) for p in passages(report) for m in pattern.finditer(p.text)]
    if found:
        _, match = found[0]
        yield Failed(
            f"修订或批注的痕迹“{match.group()}”（{len(found)} 处）",
            tuple(p.place(m.start(), m.end()) for p, m in found),
            advice="请接受修订、删去批注后再公开",
            printed=match.group(),
        )
    elif report.sections:
        yield Passed()
    else:
        yield Unchecked("没有正文")


@check("WORD-BRANCHES", severity="error", basis="部门决算公开表样（两个选项只留一个）", needs="values")
def one_branch_only(values: Values) -> Iterator[Outcome]:
    """“增加（减少）”“大于（小于）”一类的两个选项只能留一个。"""
    told = set(_told(values))
    texts = [passage for passage in passages(values.report) if passage.explains and not passage.title]
    found: dict[tuple[str, Severity | None], list[tuple[Passage, re.Match[str]]]] = {}
    for passage in texts:
        for match in wording("branches", "both").finditer(passage.text):
            if not _is_told(passage, match, told):
                found.setdefault((match.group(), _grade(passage, match)), []).append((passage, match))
    yield from (_branches(said, severity, where) for (said, severity), where in found.items())
    if texts and not found:
        yield Passed(texts[0].flow.line(0))
    elif not texts:
        yield Unchecked("没有情况说明")


def _told(values: Values) -> Iterator[tuple[int | None, int | None]]:
    """(line, start) of what CLAIM-WORDS and CLAIM-DIRECTION have already judged."""
    judged: list[Claim] = [c for change in changes(values) for c in (change.claim, change.rate) if c is not None]
    judged += _directions(values, values.report.claims)
    return ((claim.place.line, claim.place.start) for claim in judged)


def _directions(values: Values, claims: Iterable[Claim]) -> Iterator[Claim]:
    """The directions of which both figures are known."""
    for claim in claims:
        if claim.kind == "direction" and claim.base and values.of(claim.key) and values.of(claim.base):
            yield claim


def _is_told(passage: Passage, match: re.Match[str], told: set[tuple[int | None, int | None]]) -> bool:
    """Whether a judged claim stands at the match or is the figure right behind it."""
    for at in (match.start(), match.end()):
        if at < len(passage.text):
            place = passage.flow.place(at, "")
            if (place.line, place.start) in told:
                return True
    return False


def _grade(passage: Passage, match: re.Match[str]) -> Severity | None:
    """An error where a figure follows that is not zero, and for 大于（小于）; else a warning."""
    figure = re.match(r"-?([\d.,]*\d)", passage.text[match.end() :])
    certain = re.search("[大小高低多]于", match.group()) or (figure and figure.group(1).strip("0.,"))
    return None if certain else Severity.WARNING


def _branches(said: str, severity: Severity | None, where: Sequence[tuple[Passage, re.Match[str]]]) -> Failed:
    return Failed(
        f"“{said}”：表样的两个选项都留着" + (f"（{len(where)} 处）" if len(where) > 1 else ""),
        tuple(p.place(m.start(), m.end()) for p, m in where),
        advice="请只留一个",
        printed=said,
        severity=severity,
    )
