"""What a run of checks covers, in HTML (网页中的覆盖情况): counts, and every figure and check that was left out.

Refuses to let absence pass: what was not read or not checked is listed with its reason.
"""

from __future__ import annotations

from collections.abc import Iterator

from juesuan.model.findings import Result, Severity
from juesuan.model.reports import Report
from juesuan.presenting.checked import Checked, by_count, coverage
from juesuan.presenting.coverage_text import reason_groups, unread_groups
from juesuan.presenting.entries import Rules
from juesuan.presenting.html_words import tag, words
from juesuan.presenting.text import set_words

_WIDTH = 1000
_MANY = 3


def summary(one: Checked) -> Iterator[str]:
    """The verdict in a sentence, counts by severity, coverage."""
    report, result = one.report, one.result
    if report is None or result is None:
        yield tag("p", words(f"未能检查：{one.error or '程序故障'}"), cls="verdict")
        return
    cover = coverage(report, result)
    yield tag("p", words(verdict(one)), cls="verdict")
    counts = [
        tag("li", tag("b", f"{one.count(s):,}") + words(s.word), cls=s.name.lower() if one.count(s) else None)
        for s in sorted(Severity, reverse=True)
    ]
    if one.accepted:
        counts.append(tag("li", tag("b", f"{one.accepted:,}") + "已接受", cls="accepted"))
    shares = (("verified", cover.verified), ("read", cover.read), ("unread", len(cover.unread)))
    told = (
        f"数字 {cover.figures:,} 个：<b>已核实 {cover.verified:,}</b>，已读 {cover.read:,}，未读 {len(cover.unread):,}"
    )
    apart = "、".join(f"{kind} {count:,}" for kind, count in by_count(cover.apart))
    checks = (
        f"检查 {result.passed + result.failed + result.unchecked + result.crashed:,} 项：通过 {result.passed:,}，"
        f"不符 {result.failed:,}，未查 {result.unchecked:,}，故障 {result.crashed:,}"
    )
    extent = [_bar(shares, cover.figures), tag("p", told)]
    extent += [tag("p", words(f"另计 {apart}"), cls="apart")] if apart else []
    extent += [tag("p", checks)]
    if report.settings.source:
        extent.append(tag("p", words(set_words(report.settings))))
    extent += [tag("p", words(f"已接受的问题不再出现：{old}")) for old in one.stale]
    yield tag("div", [tag("ul", counts, cls="counts"), tag("div", extent, cls="extent")], cls="overview")


def verdict(one: Checked) -> str:
    """What there is to do, in one sentence."""
    errors, warnings, queries = (one.count(s) for s in (Severity.ERROR, Severity.WARNING, Severity.QUERY))
    if not any((errors, warnings, queries)):
        infos = one.count(Severity.INFO)
        found = f"只有 {infos} 处提示" if infos else "未发现问题"
        return f"{found}。这只对已核实的数成立，没有核实的见文末。"
    ask = [f"{count} 处{word}" for count, word in ((errors, "错误"), (warnings, "警告")) if count]
    said = "、".join(ask)
    parts = ([f"{said}，请更正"] if said else []) + ([f"{queries} 处请单位说明"] if queries else [])
    return f"发现 {'；'.join(parts)}。"


def _bar(shares: tuple[tuple[str, int], ...], total: int) -> str:
    rects, at = [], 0
    for name, count in shares:
        wide = count * _WIDTH // total if total else 0
        wide = max(wide, 4) if count else 0
        rects.append(f'<rect class="{name}" x="{at}" y="0" width="{wide}" height="10"/>')
        at += wide
    return tag("svg", rects, viewbox=f"0 0 {max(at, 1)} 10", cls="bar", preserveAspectRatio="none", aria_hidden="true")


def left_out(one: Checked, rules: Rules) -> Iterator[str]:
    """Crashes, pages that are pictures, unread figures, unchecked checks: sections as far as there are any."""
    result = one.result
    if result is None:
        return
    if result.crashes:
        rows = [tag("tr", tag("td", tag("code", words(c.check))) + tag("td", words(c.error))) for c in result.crashes]
        note = "是本程序的缺陷，不是账目的问题；请把下面的话告诉开发者。"
        yield _section("crashes", f"程序故障（{len(result.crashes)} 项）", note, ("检查", "故障"), rows)
    if one.report is not None:
        yield from _unread(one.report, result)
        yield from _unchecked(result, rules)


def _unread(report: Report, result: Result) -> Iterator[str]:
    pictures = sorted({place.page for place in report.document.pictures if place.page})
    if pictures:
        pages = "、".join(map(str, pictures))
        yield tag("section", tag("h2", f"图片页（{len(pictures)} 页）") + tag("p", f"第 {pages} 页是图片，没有读。"))
    unread = coverage(report, result).unread
    rows = [
        tag("tr", tag("td", words(where)) + tag("td", words("、".join(quotes))) + tag("td", words(reason)))
        for where, reason, quotes in unread_groups(unread)
    ]
    if rows:
        note = "看到了，但没有读懂；没有参加检查。"
        yield _section("unread", f"未读的数字（{len(unread):,} 个）", note, ("位置", "数字", "原因"), rows)


def _unchecked(result: Result, rules: Rules) -> Iterator[str]:
    """By reason; one that many checks share comes last, for it says little."""
    shared: dict[str, list[tuple[int, str, str]]] = {}
    for count, check, reason, spot in reason_groups(result):
        shared.setdefault(reason, []).append((count, check, spot))
    rows = []
    for reason, checks in sorted(shared.items(), key=lambda pair: len({check for _, check, _ in pair[1]}) > _MANY):
        told = []
        for _, check, _ in checks:
            rule = rules.get(check)
            told.append(words(rule.title if rule else "") + " " + tag("code", words(check)))
        count = sum(count for count, _, _ in checks)
        spot = next((spot for _, _, spot in checks if spot), "")
        cells = tag("td", f"{count:,}", cls="count") + tag("td", words(reason), cls="why")
        rows.append(tag("tr", cells + tag("td", "；".join(told)) + tag("td", words(spot), cls="spot")))
    if rows:
        note = "没有可以对照的数，既不算对，也不算错。"
        heads = ("项数", "原因", "没有查的是", "如")
        yield _section("unchecked", f"未查的项目（{result.unchecked:,} 项）", note, heads, rows)


def _section(name: str, title: str, note: str, heads: tuple[str, ...], rows: list[str]) -> str:
    head = tag("thead", tag("tr", [tag("th", text, scope="col") for text in heads]))
    table = tag("table", head + tag("tbody", rows))
    wrapped = tag("div", table, cls="scroll", tabindex="0", role="region", aria_label=title)
    return tag("section", tag("h2", words(title)) + tag("p", note, cls="note") + wrapped, id=name)
