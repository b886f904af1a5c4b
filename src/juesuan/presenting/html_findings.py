"""Findings in HTML (网页中的问题): number, severity, place, printed → expected, why, what to do, the original beside it.

Refuses to hide anything: symptoms and other explanations are all listed, accepted findings with their reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from juesuan.documents.page_pictures import Picture
from juesuan.presenting.entries import Entry
from juesuan.presenting.html_pictures import Marks, strip
from juesuan.presenting.html_words import lines, tag, words
from juesuan.presenting.originals import Line, Original, Piece
from juesuan.presenting.telling import difference_words, followers, likely, other_places, other_ways, with_unit


def article(entry: Entry, original: Original, marks: Marks, pictures: Mapping[int, Picture]) -> str:
    """One finding."""
    severity = entry.finding.severity
    told = tag("div", [_head(entry), *_figures(entry), *_below(entry)], cls="told")
    shown = tag("div", list(_original(entry, original, marks, pictures)), cls="shown")
    return tag(
        "article",
        told + shown,
        id=f"finding-{entry.number}",
        cls=f"{severity.name.lower()}{' accepted' if entry.finding.accepted else ''}",
        tabindex="-1",
        aria_labelledby=f"title-{entry.number}",
        data_severity="accepted" if entry.finding.accepted else severity.name.lower(),
        data_kind=entry.kind,
    )


def _head(entry: Entry) -> str:
    grade = tag("span", words(entry.finding.severity.word), cls="grade")
    if entry.finding.accepted:
        grade += tag("span", "已接受", cls="grade")
    also = f"{entry.spot}，另见{other}" if (other := other_places(entry.finding)) else entry.spot
    where = " · ".join(filter(None, (also, entry.part, entry.grid)))
    number = tag("span", str(entry.number), cls="number")
    title = tag("h3", tag("span", f"问题 {entry.number}：", cls="aside") + words(entry.subject))
    title = title.replace("<h3", f'<h3 id="title-{entry.number}"', 1)
    kind = tag("span", words(entry.kind), cls="kind")
    return tag("p", number + grade + kind + tag("span", words(where), cls="where"), cls="line") + title


def _figures(entry: Entry) -> Iterator[str]:
    """Printed, expected and difference, as far as there are any."""
    finding = entry.finding
    told = [
        ("印出", "printed", with_unit(finding.printed, "" if finding.expected else finding.unit)),
        ("应为", "expected", with_unit(finding.expected, finding.unit)),
        ("差额", "difference", difference_words(finding.difference)),
    ]
    rows = [
        tag("div", tag("dt", label) + tag("dd", words(value), cls=name), cls=name)
        for label, name, value in told
        if value
    ]
    if rows:
        yield tag("dl", rows, cls="figures")


def _below(entry: Entry) -> Iterator[str]:
    finding, cause = entry.finding, entry.cause
    if evidence := "\n".join(filter(None, (*entry.evidence, likely(finding, cause)))):
        yield tag("p", lines(evidence), cls="evidence")
    if told := followers(finding):
        yield tag("p", f"随之有误（{len(told)} 处）", cls="label")
        yield tag("ul", (tag("li", words(text)) for text in told))
    if ways := other_ways(finding, cause):
        yield tag("p", "也可能是", cls="label")
        yield tag("ul", (tag("li", words(way)) for way in ways))
    if finding.accepted:
        yield tag("p", tag("b", "已接受：") + words(finding.accepted), cls="advice")
    elif finding.advice:
        yield tag("p", words(finding.advice), cls="advice")
    basis = "。".join(filter(None, (entry.rule.basis, entry.rule.title)))
    names = " · ".join(filter(None, (finding.check, entry.handle)))
    yield tag("p", words(f"依据：{basis}　" if basis else "") + tag("code", words(names)), cls="basis")


def _original(entry: Entry, original: Original, marks: Marks, pictures: Mapping[int, Picture]) -> Iterator[str]:
    related: list[str] = []
    pages: list[int] = []
    for rank, (page, boxes) in enumerate(marks.items()):
        picture = pictures.get(page)
        if picture is None:
            continue
        name = f"第 {page} 页原文，方框内为{'有问题的文字' if rank == 0 else '相关之处'}；打开整页"
        target = f"#page-{page}-{entry.number}" if boxes else f"#page-{page}"
        image = tag("a", strip(picture, boxes, original.extent(page), name), href=target, cls="look")
        if rank == 0:
            yield tag("div", image, cls="scroll")
        else:
            related.append(tag("div", image, cls="scroll"))
            pages.append(page)
    if related:
        summary = tag("summary", f"相关之处：第 {'、'.join(map(str, sorted(pages)))} 页")
        yield tag("details", summary + "".join(related))
    if excerpt := original.excerpt(entry.finding):
        sheet = entry.place.sheet
        yield tag("p", words(f"工作表“{sheet}”"), cls="sheet") if sheet is not None else ""
        yield tag("div", tag("table", _rows(excerpt), cls="excerpt"), cls="scroll lines")


def _rows(excerpt: Iterable[Line]) -> Iterator[str]:
    for line in excerpt:
        if line.gap:
            yield tag("tr", tag("td", "⋯") + tag("td"), cls="gap", aria_hidden="true")
        marked = any(main for piece in line.pieces for _, _, main in piece.marks)
        other = any(piece.marks for piece in line.pieces)
        kind = "here" if marked else "related" if other else None
        text = tag("td", list(_pieces(line.pieces)))
        yield tag("tr", tag("th", str(line.number), scope="row") + text, cls=kind)


def _pieces(pieces: Iterable[Piece]) -> Iterator[str]:
    for piece in pieces:
        found, at = [], 0
        for start, end, main in piece.marks:
            found.append(words(piece.text[at:start]))
            found.append(tag("mark", words(piece.text[start:end]), cls=None if main else "related"))
            at = end
        found.append(words(piece.text[at:]))
        yield tag("span", found, cls="cell") if piece.cell else "".join(found)
