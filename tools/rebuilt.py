"""Writes docs/rebuilt.md: of every finding on a real account the words that are wrong, and the statement built anew.

The account is read, put into a workbook as `juesuan init --from` does, built, and its document read again; statements
are found by their keys. `--check` fails if the page is stale. Refuses to quote more of a real account than wrong words.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from juesuan.app import init_workbook, read_file
from juesuan.building import Built
from juesuan.building import build as built_of
from juesuan.checking.runner import run
from juesuan.loading import Build, load
from juesuan.model.claims import Claim
from juesuan.model.findings import Finding, Severity
from juesuan.model.keys import Key
from juesuan.model.places import Place
from juesuan.model.reports import Fact, Report
from juesuan.preparing import Wanted
from juesuan.presenting.checked import in_order

PAGE = Path(__file__).parents[1] / "docs" / "rebuilt.md"
ACCOUNT = "xigang-office-2024.txt"
VARIABLE = "JUESUAN_REAL"
HEAD = """\
# 重编对照 · Rebuilt

由 `make docs` 生成，请勿手改。 Generated; do not edit.

一份公开的决算（大连市西岗区政府办公室，2024 年度）读进工作簿（`juesuan init --from`），一个字不改地重编
（`juesuan build --draft`）。左边是核对出的问题和原来写错的话（只引错处），右边是重编的那一句。
数不够定的，留作待填（【待填：…】）或待答复的问题，程序不替单位编写。报表中的每一个数与原来相同。

*A published account is read into a workbook and built again without a word changed by hand: wrong words on the left,
the rebuilt statement on the right. What the figures do not determine stays a marked gap or a query to be answered.*

"""
_NEAR = 24
_COMPARED = {"direction": "compared", "level": "compared", "change": "compared", "rate": "compared"}
_TABLES = ("PERF-",)
_LONGEST = 120


def built(account: Path) -> tuple[Report, Built]:
    """The account as read, and as built anew."""
    source = read_file(str(account))
    with tempfile.TemporaryDirectory() as folder:
        workbook = init_workbook(folder, Wanted(source=str(account)))
        loaded = load(str(workbook))
    return source, built_of(loaded, Build(draft=True, formats=("text",)))


def page(account: Path) -> str:
    """The whole page."""
    source, made = built(account)
    findings = [f for f in in_order(run(source).findings) if f.severity > Severity.INFO]
    again = made.checked.report
    assert again is not None
    lines = ["| 原来第几行 | 问题 | 写错的话 | 重编 |", "| ---: | --- | --- | --- |"]
    for finding in findings:
        line = finding.places[0].line if finding.places else None
        wrong = _cell(finding.printed or finding.places[0].quote)
        cells = (str(line or ""), f"{finding.severity.word} `{finding.check}`", wrong)
        lines.append(f"| {' | '.join(cells)} | {_cell(_rebuilt(finding, source, again, made))} |")
    left = [f for f in made.checked.findings if f.severity > Severity.INFO]
    errors = sum(f.severity == Severity.ERROR for f in left)
    open_ones = "\n".join(f"- {f.severity.word} `{f.check}`：{_cell(f.message)}" for f in left)
    gaps = "\n".join(f"- 待填：{gap.what}" for gap in made.composed.open)
    tail = f"\n重编的文本里，错误 {errors} 个；留给单位答复和填写的：\n\n{open_ones}\n{gaps}\n"
    return HEAD + "\n".join(lines) + "\n" + tail


def _rebuilt(finding: Finding, source: Report, again: Report, made: Built) -> str:
    """The statement about the same thing in the new text; else what has become of it."""
    same = [f for f in made.checked.findings if f.check == finding.check and _about(f, finding)]
    asked = "（留作待答复）" if same else ""
    if finding.check.startswith(_TABLES):
        return "自评表照录" + (asked or "；不再出现")
    if finding.check == "STRUCT-DOUBLED":
        return "封面：" + made.checked.report.department if made.checked.report else ""
    if finding.check.startswith("GLOSS"):
        return "没有这个科目，不作解释"
    for one in _near(finding, source):
        for stated in _stated(again):
            if _alike(one, stated):
                return _sentence(again, stated) + asked
    return (_words(finding.expected, again) or _words(_before(finding, source), again) or "不再出现") + asked


def _about(one: Finding, other: Finding) -> bool:
    """Whether two findings of one check speak of the same thing, as far as their words tell."""
    said = [re.split("[：，]", finding.message)[0] for finding in (one, other)]
    return said[0] == said[1] or one.printed == other.printed


def _stated(report: Report) -> Iterator[Fact | Claim]:
    yield from (fact for fact in report.facts if fact.table < 0 and fact.section >= 0)
    yield from report.claims


def _own(stated: Fact | Claim) -> tuple[Key, ...]:
    return stated.keys if isinstance(stated, Fact) else (stated.key,)


def _near(finding: Finding, source: Report) -> Iterator[Fact | Claim]:
    """What is stated where the finding stands, the nearest first; for a reason, what it explains."""
    place = finding.places[0]
    for one in sorted(
        (s for s in _stated(source) if s.place.line == place.line),
        key=lambda s: (abs((s.place.start or 0) - (place.start or 0)), isinstance(s, Fact)),
    ):
        if isinstance(one, Claim) and one.kind == "reason":
            before = [
                c for c in source.claims if (c.section, c.entry, c.kind in _COMPARED) == (one.section, one.entry, True)
            ]
            before = [
                c for c in before if (c.place.line or 0, c.place.start or 0) < (place.line or 0, place.start or 0)
            ]
            yield from before[-1:]
        yield one


def _alike(one: Fact | Claim, other: Fact | Claim) -> bool:
    """Whether two statements are about the same: figures by key; comparisons by key and what they compare with."""
    if isinstance(one, Fact) or isinstance(other, Fact):
        return isinstance(one, Fact) and isinstance(other, Fact) and bool(set(_own(one)) & set(_own(other)))
    groups = [_COMPARED.get(claim.kind, claim.kind) for claim in (one, other)]
    bases = [claim.base and (claim.base.year, claim.base.basis) for claim in (one, other)]
    return (groups[0], one.key, bases[0]) == (groups[1], other.key, bases[1])


def _before(finding: Finding, source: Report) -> str:
    """The words before the finding on its line."""
    place = finding.places[0]
    for section in source.sections:
        for flow in section.entries:
            at = next((i for i in range(len(flow.text)) if _at(flow.place(i, ""), place)), None)
            if at is not None:
                return flow.text[max(0, at - 6) : at]
    return ""


def _sentence(report: Report, stated: Fact | Claim) -> str:
    """The sentence around a figure or claim, shortened where it lists more than is asked."""
    flow = report.sections[stated.section].entries[stated.entry]
    at = next(i for i in range(len(flow.text)) if _at(flow.place(i, ""), stated.place))
    start = max(flow.text.rfind("。", 0, at), flow.text.rfind(";", 0, at)) + 1
    end = next((n for n in (flow.text.find(mark, at) for mark in "。;") if n > 0), len(flow.text))
    return _wide(flow.text[start:end] + "。")[-_LONGEST:]


def _at(one: Place, other: Place) -> bool:
    return (one.line, one.start) == (other.line, other.start)


def _words(words: str, again: Report) -> str:
    """A rebuilt passage that holds these words."""
    wanted = re.sub(r"\s", "", words)
    for section in again.sections if len(wanted) > 1 else ():
        for flow in section.entries:
            at = flow.text.find(wanted)
            if at >= 0:
                start, end = max(0, at - _NEAR), min(len(flow.text), at + len(wanted) + _NEAR)
                return _wide(f"…{flow.text[start:end]}…")
    return ""


def _wide(words: str) -> str:
    return re.sub('"([^"]*)"', "“\\1”", words.translate(str.maketrans(",;:()", "，；：（）")))


def _cell(words: str) -> str:
    return " ".join(words.replace("\n", "；").split()).replace("|", "\\|")


def main(arguments: Iterable[str]) -> int:
    """Writes or checks the page; without the folder of real accounts nothing is done."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--check", action="store_true", help="fail if the page is stale")
    chosen = parser.parse_args(list(arguments))
    folder = os.environ.get(VARIABLE)
    if not folder:
        print(f"未设置 {VARIABLE}，{PAGE.name} 不动")
        return 0
    text = page(Path(folder) / ACCOUNT)
    if chosen.check:
        if not PAGE.is_file() or PAGE.read_text("utf-8") != text:
            print(f"{PAGE.name} 过时了，请运行 make docs", file=sys.stderr)
            return 1
        return 0
    PAGE.write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
