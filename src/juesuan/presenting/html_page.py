"""One file's findings as a page (网页结果): self-contained, readable without script, on paper and on a telephone.

Refuses the network: style and script stand in the page and are the only ones that its policy allows.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from hashlib import sha256
from importlib.resources import files

from juesuan import __version__
from juesuan.documents.page_pictures import Picture
from juesuan.model.findings import Severity
from juesuan.presenting.checked import Checked
from juesuan.presenting.entries import Entry, Rules, account_name, entries
from juesuan.presenting.html_coverage import left_out, summary
from juesuan.presenting.html_findings import article
from juesuan.presenting.html_pictures import Marks, definitions, marked_pages, wanted_pages, whole_page
from juesuan.presenting.html_words import tag, words
from juesuan.presenting.originals import Original

Draw = Callable[[Sequence[int], int], Iterable[Picture]]
"""gives the pictures of pages at so many dots an inch"""


def html_page(one: Checked, rules: Rules, draw: Draw | None = None, home: str = "") -> str:
    """The page of one file. `draw` makes pictures of the PDF that was checked; `home` leads back to the index."""
    found = entries(one, rules)
    original = Original(one.report.document) if one.report else None
    marks = {entry.number: marked_pages(original, entry) for entry in found} if original else {}
    pictures = _pictures(marks, draw)
    name = account_name(one)
    body = [_header(one, name, home), _main(one, rules, found, original, marks, pictures), _footer(one)]
    return document(f"{name}　检查结果", definitions(pictures.values()) + "".join(body), script=True)


def _pictures(marks: Mapping[int, Marks], draw: Draw | None) -> dict[int, Picture]:
    if draw is None or not any(marks.values()):
        return {}
    pages, dpi = wanted_pages(marks.values())
    return {picture.page: picture for picture in draw(pages, dpi)}


def document(title: str, body: str, script: bool) -> str:
    """A whole page: head, style, policy, body, script."""
    style, code = _asset("check.css"), _asset("check.js") if script else ""
    policy = f"default-src 'none'; img-src data:; style-src '{_hash(style)}'; base-uri 'none'; form-action 'none'"
    policy += f"; script-src '{_hash(code)}'" if code else ""
    head = [
        tag("meta", charset="utf-8"),
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="referrer", content="no-referrer"),
        tag("meta", name="generator", content=f"juesuan {__version__}"),
        tag("title", words(title)),
        f"<style>{style}</style>",
    ]
    end = f"<script>{code}</script>" if code else ""
    return f'<!DOCTYPE html>\n<html lang="zh-CN">\n<head>{"".join(head)}</head>\n<body>{body}{end}</body>\n</html>\n'


@cache
def _asset(name: str) -> str:
    return (files("juesuan.presenting") / "assets" / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(sha256(text.encode('utf-8')).digest()).decode('ascii')}"


def _header(one: Checked, name: str, home: str) -> str:
    skip = tag("a", "跳到问题", href="#findings", cls="skip")
    back = tag("p", tag("a", "全部文件", href=home), cls="home") if home else ""
    digest = f"　SHA-256 {one.sha256[:16]}" if one.sha256 else ""
    told = tag("p", words(f"{one.file}{digest}"), cls="file")
    inside = [back, tag("p", "决算检查结果", cls="over"), tag("h1", words(name)), told, *summary(one)]
    return skip + tag("header", inside)


def _main(
    one: Checked,
    rules: Rules,
    found: list[Entry],
    original: Original | None,
    marks: Mapping[int, Marks],
    pictures: Mapping[int, Picture],
) -> str:
    inside = []
    if original is not None and found:
        articles = [article(entry, original, marks[entry.number], pictures) for entry in found]
        head = tag("h2", f"问题（{len(found):,} 处）") + _tools(found, bool(pictures))
        inside.append(tag("section", head + "".join(articles), id="findings"))
    else:
        inside.append(tag("section", "", id="findings", aria_label="问题"))
    inside += left_out(one, rules)
    inside += _pages(found, marks, pictures)
    return tag("main", inside)


def _tools(found: list[Entry], pictured: bool) -> str:
    """Filters, only where there is script to work them."""
    counts: dict[str, int] = {}
    for entry in found:
        name = "accepted" if entry.finding.accepted else entry.finding.severity.name.lower()
        counts[name] = counts.get(name, 0) + 1
    titles = {s.name.lower(): s.word for s in sorted(Severity, reverse=True)} | {"accepted": "已接受"}
    boxes = [
        tag("label", tag("input", type="checkbox", value=name, checked=True) + f"{title} {counts[name]:,}", cls=name)
        for name, title in titles.items()
        if name in counts
    ]
    keys = _KEYS + (_KEY_LOOK if pictured else "")
    kinds = sorted({entry.kind for entry in found})
    options = [tag("option", "全部种类", value="")] + [tag("option", words(kind), value=kind) for kind in kinds]
    inside = [
        tag("fieldset", tag("legend", "程度") + "".join(boxes)),
        tag("label", tag("span", "种类", cls="aside") + tag("select", options, id="kind")) if len(kinds) > 1 else "",
        tag("label", tag("span", "查找", cls="aside") + tag("input", type="search", id="search", placeholder="查找")),
        tag("span", "", id="shown", role="status"),
        tag("label", tag("input", type="checkbox", id="keys", checked=True) + keys, cls="keys"),
    ]
    return tag("form", inside, id="tools", hidden=True, aria_label="筛选")


_KEYS = "快捷键 <kbd>j</kbd> <kbd>k</kbd> 上下 <kbd>/</kbd> 查找"
_KEY_LOOK = " <kbd>Enter</kbd> 看整页 <kbd>Esc</kbd> 回来"


def _pages(found: list[Entry], marks: Mapping[int, Marks], pictures: Mapping[int, Picture]) -> Iterator[str]:
    if not pictures:
        return
    figures = []
    for page, picture in pictures.items():
        own = [(entry, marks[entry.number][page]) for entry in found if page in marks[entry.number]]
        figures.append(whole_page(picture, own))
    switch = tag(
        "label", tag("input", type="checkbox", id="boxes", checked=True) + "显示方框", cls="switch", hidden=True
    )
    yield tag("section", tag("h2", f"原文（{len(pictures)} 页）") + switch + "".join(figures), id="pages")


def _footer(one: Checked) -> str:
    said = f"决算 juesuan {__version__}。程度：错误，必有一处不对；警告，除非另有解释，否则不对；请说明，只问，不断言；提示，尾差、体例。"
    return tag("footer", tag("p", words(said)))
