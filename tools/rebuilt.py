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

from juesuan.app import prepare_workbook, read_file
from juesuan.checking.runner import run
from juesuan.model.claims import Claim
from juesuan.model.findings import Finding, Severity
from juesuan.model.keys import Key
from juesuan.model.places import Place
from juesuan.model.reports import Fact, Report
from juesuan.presenting.checked import in_order
from juesuan.services.building import Built
from juesuan.services.building import build as built_of
from juesuan.services.loading import Build, load
from juesuan.services.preparing import Wanted

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT)]

from tests.mending import mended  # noqa: E402 - the path is set above

PAGE = ROOT / "docs" / "rebuilt.md"
ACCOUNTS = (
    ("xigang-office-2024.txt", "大连市西岗区政府办公室，2024 年度"),
    ("putuo-social-work-2024.txt", "上海市普陀区委社会工作部，2024 年度（新设，没有上年数）"),
    ("putuo-culture-2025.txt", "上海市普陀区文化和旅游局，2025 年度（错行的一般公共预算表先改正）"),
)
VARIABLE = "JUESUAN_REAL"
HEAD = """\
# 重编对照 · Rebuilt

由 `make docs` 生成，请勿手改。 Generated; do not edit.

三份公开的决算，各读进工作簿（`juesuan init --from`），一个字不改地重编（`juesuan build --draft`）。
左边是核对出的问题和原来写错的话（只引错处），右边是重编的那一句。数不够定的、原文自相矛盾的用途和原因，
留作待填（【待填：…】）或待答复的问题，程序不替单位编写。报表中的每一个数与原来相同。

*Three published accounts, each read into a workbook and built again without a word changed by hand: wrong words on the
left, the rebuilt statement on the right. What the figures do not determine stays a marked gap or a query to be
answered.*
"""
_NEAR = 24
_COMPARED = {"direction": "compared", "level": "compared", "change": "compared", "rate": "compared"}
_TABLES = ("PERF-",)
_GONE = {
    "SHIFT-ROWS": "错行的表先照支出表和政府性基金表改正，再重编",
    "STRUCT-LEFTOVER": "没有填写说明",
    "STRUCT-THOUSANDS": "表中数字写法统一",
    "SECT-HEADING": "目录由正文的标题生成",
}
_LONGEST = 120


def built(account: Path) -> tuple[Report, Report, Built]:
    """The account as published, the one that is built from (its tables mended), and what was built."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / account.name
        copy.write_text(mended(account), "utf-8")
        workbook = prepare_workbook(folder, Wanted(source=str(copy)))[0]
        given, loaded = read_file(str(copy)), load(str(workbook))
    return read_file(str(account)), given, built_of(loaded, Build(draft=True, formats=("text",)))


def page(folder: Path) -> str:
    """The whole page."""
    return HEAD + "".join(_account(folder / name, title) for name, title in ACCOUNTS)


def _account(account: Path, title: str) -> str:
    """One account: its findings with the rebuilt statements, what is left to be answered, its tables compared."""
    source, given, made = built(account)
    again = made.checked.report
    assert again is not None
    lines = [f"\n## {title}\n", "| 原来第几行 | 问题 | 写错的话 | 重编 |", "| ---: | --- | --- | --- |"]
    for finding in in_order(run(source).findings):
        line = finding.places[0].line if finding.places else None
        wrong = _cell(finding.printed or finding.places[0].quote)
        cells = (str(line or ""), f"{finding.severity.word} `{finding.check}`", wrong)
        lines.append(f"| {' | '.join(cells)} | {_cell(_rebuilt(finding, source, again, made))} |")
    left = [f for f in made.checked.findings if f.severity > Severity.INFO]
    errors = sum(f.severity == Severity.ERROR for f in left)
    asked = [f"- {f.severity.word} `{f.check}`：{_cell(f.message)}" for f in left]
    gaps = [f"- 待填：{gap.what}" for gap in made.composed.open]
    said = [f"重编的文本里，错误 {errors} 个；留给单位答复和填写的：", "", *asked, *gaps]
    return "\n".join([*lines, "", _compared(given, again), "", *said]) + "\n"


def _compared(given: Report, again: Report) -> str:
    """Whether every figure of every table is the same, counted."""
    old, new = _figures(given), _figures(again)
    same = f"报表的数（零除外）：原来 {len(old)} 个，重编 {len(new)} 个，相同 {len(old & new)} 个"
    only = sorted(f"{_cell(key)} {value}" for _, key, value in new - old)
    lost = sorted(f"{_cell(key)} {value}" for _, key, value in old - new)
    more = f"；原表没有印、由各类相加的：{'，'.join(f'`{one}`' for one in only)}" if only else ""
    return same + more + (f"；缺：{'，'.join(lost)}" if lost else "") + "。"


def _figures(report: Report) -> set[tuple[str, str, str]]:
    """(form, key, figure) of what is not zero; 预算数 of no said kind is the initial budget."""
    tabled = [(report.tables[fact.table], fact) for fact in report.facts if fact.table >= 0 and fact.amount.value]
    return {
        (f"{table.form} {table.project}", str(key).replace("basis=budget", "basis=initial"), fact.amount.show())
        for table, fact in tabled
        for key in fact.keys
    }


def _rebuilt(finding: Finding, source: Report, again: Report, made: Built) -> str:
    """The statement about the same thing in the new text; else what has become of it."""
    same = [f for f in made.checked.findings if f.check == finding.check and _about(f, finding)]
    asked = "（留作待答复）" if same else ""
    if finding.check.startswith(_TABLES):
        return "自评表照录" + (asked or "；不再出现")
    if finding.check in _GONE:
        return _GONE[finding.check] + asked
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
    if groups == ["completion", "completion"]:  # which budget it is of may be what was wrong
        return one.key == other.key
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
    """The sentence around a figure or claim, shortened around it where it lists more than is asked."""
    flow = report.sections[stated.section].entries[stated.entry]
    at = next(i for i in range(len(flow.text)) if _at(flow.place(i, ""), stated.place))
    start = max(flow.text.rfind("。", 0, at), flow.text.rfind(";", 0, at)) + 1
    ends = [n for n in (flow.text.find("。", at), flow.text.find(";", at)) if n > 0]
    text = flow.text[start : min(ends, default=len(flow.text))] + "。"
    first = max(0, min(at - start - _NEAR, len(text) - _LONGEST))
    last = first + _LONGEST
    shown = f"{'…' if first else ''}{text[first:last]}{'…' if last < len(text) else ''}"
    return _wide(shown)


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
    """Compact text in printed punctuation; quotation marks only where they come in pairs."""
    text = words.translate(str.maketrans(",;:()", "，；：（）"))
    return text if text.count('"') % 2 else re.sub('"([^"]*)"', "“\\1”", text)


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
    text = page(Path(folder))
    if chosen.check:
        if not PAGE.is_file() or PAGE.read_text("utf-8") != text:
            print(f"{PAGE.name} 过时了，请运行 make docs", file=sys.stderr)
            return 1
        return 0
    PAGE.write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
