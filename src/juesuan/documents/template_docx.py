"""Filling a template (套用模板): the bureau's own Word file with its marks replaced by the account.

Styles, page set-up, headers and footers stay the template's. Every mark is looked at before anything is replaced.
Refuses a template with a mistake in it, and names each with its place and what was probably meant.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from juesuan.documents.docx_house import House
from juesuan.documents.docx_marks import Found, marks_in, replace_words
from juesuan.documents.docx_package import BadTemplate, Package, markup, w
from juesuan.documents.docx_pages import CONTENTS
from juesuan.documents.docx_sections import place_runs
from juesuan.documents.ooxml import tag
from juesuan.documents.template_blocks import Builder
from juesuan.documents.template_contents import has_contents, update_on_opening, write_contents
from juesuan.model.charts import Chart
from juesuan.model.documents import Block, PageBreak, Paragraph, Table
from juesuan.model.templates import Filling, Piece

_NEAREST = 0.45


@dataclass(frozen=True, slots=True)
class Filled:
    """A filled template: the file, what of the account stands nowhere in it, marks that nothing stands for."""

    data: bytes
    left_out: tuple[str, ...]
    empty: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Use:
    """A mark that is to be replaced: by words, or by a piece, with its titles or without."""

    found: Found
    words: str | None = None
    piece: Piece | None = None
    titled: bool = True
    empty: str = ""


def fill_template(data: bytes, file: str, filling: Filling, draft: str = "") -> Filled:
    """The template `file` filled. `draft` is a line for its head, "" for none. Raises BadTemplate."""
    package = Package(data, file)
    uses = _uses(file, marks_in(package), filling)
    ranks = {id(use.piece): use.piece for use in uses if use.piece is not None}
    house = House(package)
    builder = Builder(package, house)
    contents = []
    for use in uses:
        paragraph = use.found.paragraph
        if use.words is not None:
            replace_words(paragraph, {use.found.name: use.words})
        elif use.piece is None:
            _clear(use.found)
        elif _is_contents(use.piece):
            contents.append(paragraph)
        else:
            others = [piece for piece in ranks.values() if piece.rank > use.piece.rank]
            _place(builder, use, list(_blocks(use, others)))
    if draft:
        package.document.find(w("body")).insert(0, markup(_draft(draft))[0])
    for paragraph in contents:
        write_contents(paragraph, package, house)
    if has_contents(package):
        update_on_opening(package)
    house.keep()
    return Filled(
        package.bytes(), tuple(_left_out(filling, list(ranks.values()))), tuple(u.empty for u in uses if u.empty)
    )


# what marks mean ------------------------------------------------------------------------------------------------------


def _uses(file: str, found: Sequence[Found], filling: Filling) -> list[_Use]:
    """What every mark is replaced with. Raises BadTemplate with all mistakes."""
    uses, reasons = [], []
    for mark in found:
        use = _use(mark, filling)
        if isinstance(use, str):
            reasons.append(use)
        else:
            uses.append(use)
    if not found:
        reasons.append("没有一个标记。写法如【正文】，见 docs/template.md")
    if reasons:
        raise BadTemplate(file, list(dict.fromkeys(reasons)))
    return uses


def _use(mark: Found, filling: Filling) -> _Use | str:
    """What one mark is replaced with, or what is wrong with it."""
    name = filling.same(mark.name)
    titled = not name.endswith(filling.same(filling.untitled))
    bare = name if titled else name.removesuffix(filling.same(filling.untitled))
    if name in filling.words:
        return _Use(mark, words=filling.words[name])
    if name.startswith(filling.same(filling.figure_family)):
        figure = filling.figure(mark.name[len(filling.figure_family) :].strip())
        return (
            _Use(mark, words=figure)
            if figure is not None
            else f"{mark.place}：【{mark.name}】没有这个指标键，或没有这个数"
        )
    if name in filling.missing:
        return f"{mark.place}：【{mark.name}】这套决算没有给出这个数"
    if bare in filling.lacking and mark.alone:
        return _Use(mark, empty=f"【{mark.name}】：{filling.lacking[bare]}，空着")
    if bare not in filling.pieces:
        return f"{mark.place}：没有【{mark.name}】这个标记{_nearest(mark.name, filling)}"
    if not mark.alone:
        return f"{mark.place}：【{mark.name}】要单独占一段，前后不能有别的字"
    piece = filling.pieces[bare]
    if not mark.roomy and any(not isinstance(block, Paragraph) for item in piece.items for block in item.blocks):
        return f"{mark.place}：【{mark.name}】里有标题、表或图，只能放在正文里，不能放在表格、文本框、页眉、页脚里"
    return _Use(mark, piece=piece, titled=titled)


def _nearest(name: str, filling: Filling) -> str:
    """The mark that was probably meant: the most alike, of several the first."""
    matcher = difflib.SequenceMatcher(b=filling.same(name), autojunk=False)
    best, found = _NEAREST, ""
    for known in filling.known:
        matcher.set_seq1(filling.same(known))
        if matcher.ratio() > best:
            best, found = matcher.ratio(), known
    return f"，是不是【{found}】？" if found else "；可用的标记见 docs/template.md"


def _is_contents(piece: Piece) -> bool:
    blocks = [block for item in piece.items for block in item.blocks]
    return bool(blocks) and all(not isinstance(b, Chart) and b.place.table == CONTENTS for b in blocks)


# what stands in their place -------------------------------------------------------------------------------------------


def _blocks(use: _Use, others: Sequence[Piece]) -> Iterator[Block | Chart]:
    """The blocks of a piece, without the parts that other, narrower marks have."""
    assert use.piece is not None
    taken = frozenset().union(*(piece.parts for piece in others))
    kept = [item for item in use.piece.items if not item.parts or item.parts - taken]
    begun = False
    for item in kept:
        for block in item.blocks if use.titled else item.blocks[item.title :]:
            if begun or not isinstance(block, PageBreak):
                begun = True
                yield block


def _place(builder: Builder, use: _Use, blocks: list[Block | Chart]) -> None:
    mark = use.found.paragraph
    if not blocks:
        _clear(use.found)
    elif use.found.roomy:
        place_runs(mark, builder.runs(mark, blocks))
    else:
        for block in blocks:
            if not isinstance(block, Chart | Table | PageBreak):
                mark.addprevious(builder.like(mark, block.text))
        mark.getparent().remove(mark)


def _clear(found: Found) -> None:
    """Takes a mark away that nothing stands for; a paragraph that must be there stays, blank."""
    replace_words(found.paragraph, {found.name: ""})
    if found.roomy and found.paragraph.find(f"{w('pPr')}/{w('sectPr')}") is None:
        found.paragraph.getparent().remove(found.paragraph)


def _left_out(filling: Filling, used: Sequence[Piece]) -> Iterator[str]:
    """The parts of the account that no mark has; a group of which there is nothing by its own name."""
    shown: frozenset[str] = frozenset().union(*(piece.parts for piece in used))
    groups: dict[str, list[str]] = {}
    for part, group in filling.parts.items():
        groups.setdefault(group, []).append(part)
    for group, parts in groups.items():
        missing = [part for part in parts if part not in shown]
        if len(missing) == len(parts):
            yield group
        else:
            yield from missing


def _draft(words: str) -> str:
    look = tag("pPr", tag("spacing", before=0, after=0) + tag("jc", val="right"))
    run = tag("rPr", tag("b") + tag("color", val="C00000"))
    return tag("p", look + tag("r", run + f'<w:t xml:space="preserve">{words}</w:t>'))
