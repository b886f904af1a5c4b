"""Parts that all pages of a site share (站点各页共用的部分): frame, head, tables of figures. One design with the account page.

Refuses scripts that a page needs to be read: they only help to search, sort and compare.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from juesuan.documents.html_page import Download, text
from juesuan.documents.writing_html import SCRIPT, STYLE, download_list, frame, trail
from juesuan.presenting.site_content import ASSETS, HOME, Shown, path

_FOOT = (
    '<footer class="foot"><div class="inner"><p>{about}数字取自各部门的决算文件，单位为万元；合计、占比、增减由此算出。'
    "没有读到的数写作“—”，不当作零。</p></div></footer>\n"
)
WIDE = ' class="wide-only"'
NOT_STATED = '<td class="n z">—<span class="hidden">（未读到）</span></td>'


def page(title: str, up: str, main: str, head: str = "", scripts: Sequence[str] = (), about: str = "") -> bytes:
    """A page of the site. `up` is the way to its first page (../../); `head` is the markup of its head part."""
    links = f'<link rel="stylesheet" href="{up}{ASSETS}/{STYLE}">\n'
    run = "".join(f'<script src="{up}{one}"></script>\n' for one in (*scripts, f"{ASSETS}/{SCRIPT}"))
    body = (
        f'<header class="top"><div class="inner">\n{head}</div></header>\n'
        f'<div class="page plain"><main id="main" tabindex="-1">\n{main}</main></div>\n{_FOOT.format(about=about)}{run}'
    )
    return frame(title, links, body).encode("utf-8")


def head_part(
    title: str, above: Sequence[Download] = (), lines: Iterable[str] = (), files: Sequence[Download] = ()
) -> str:
    """Way, title, lines below it (ready markup), downloads."""
    said = "".join(f"<p>{line}</p>\n" for line in lines)
    return f"{trail(above)}<h1>{text(title)}</h1>\n{said}{download_list(files)}"


def home(up: str) -> Download:
    """The link to the first page; `up` is the way there."""
    return Download("全部决算", f"{up}{HOME}")


def link(words: str, to: str) -> str:
    """A link; `to` is an address, not yet quoted."""
    return f'<a href="{text(path(to))}">{text(words)}</a>'


def scroll(name: str, title: str, words: str, table: str, classes: str = "") -> str:
    """A table in the frame that scrolls on a narrow page. `table` is its head and body, `title` is heard, not seen."""
    shown = f'<span class="hidden">{text(title)}。</span> {text(words)}'.strip()
    own = f' class="{classes}"' if classes else ""
    return (
        f'<div class="scroll" role="region" tabindex="0" aria-labelledby="{name}-c">'
        f'<table id="{name}"{own}>\n<caption id="{name}-c">{shown}</caption>\n{table}</table></div>\n'
    )


def head_row(heads: Iterable[str], wide: Sequence[str] = ()) -> str:
    """One row of heads (plain words); those that are `wide` are left out on a phone."""
    cells = (f'<th scope="col"{WIDE if head in wide else ""}>{text(head)}</th>' for head in heads)
    return "<thead><tr>" + "".join(cells) + "</tr></thead>\n"


def figure(words: str, note: str = "") -> str:
    """A cell with a figure, or that it is not stated; `note` stands below it."""
    if not words:
        return NOT_STATED
    below = f'<span class="share">{text(note)}</span>' if note else ""
    return f'<td class="{"n z" if words == "0" else "n"}">{text(words)}{below}</td>'


def amount(one: Shown, measure: str, note: str = "") -> str:
    """A cell with what an account states on a measure."""
    return figure(one.profile.shown(measure), note)
