"""The opinion sheet (审核意见单): what the office is asked to mend or to explain, with room for its answer.

Errors and warnings are to be mended (请更正), queries to be explained (请说明); infos follow as a short list that needs
no answer. Numbers are those of the page, the list and the marks. Refuses to judge the office: it says what stands
where, why it cannot be, and what is asked. No date is printed: whoever signs writes it, and the same findings give the
same bytes. Look: GB/T 9704-2012 党政机关公文格式.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import PurePath

from juesuan.documents.docx_pages import Page
from juesuan.documents.docx_plans import PORTRAIT
from juesuan.documents.docx_styles import HEI, MM, SONG, cell_margins, fonts
from juesuan.documents.ooxml import tag, text
from juesuan.documents.writing_docx import packed_body, section_xml
from juesuan.model.findings import Severity
from juesuan.presenting.checked import Checked
from juesuan.presenting.entries import Entry, Rules, clean, entries, opinions
from juesuan.presenting.originals import Original
from juesuan.presenting.telling import difference_words, followers, other_places, with_unit

MEND, EXPLAIN = "请更正", "请说明"
_HEADS = (("序号", 12), ("位置", 28), ("原文", 32), ("审核意见", 52), ("单位答复", 32))
"""titles and widths in mm, 156 together"""
_WIDTHS = tuple(round(mm * MM) for _, mm in _HEADS)
_SIZE, _LEADING = 20, 260
_LONGEST = 120
"""characters of a quotation"""
_FOLLOWERS, _INFOS = 6, 20


def opinion_sheet(one: Checked, rules: Rules) -> bytes:
    """The sheet of one account as DOCX."""
    found = entries(one, rules)
    asked = opinions(found)
    original = Original(one.report.document) if one.report else None
    body = [*_opening(one, asked)]
    if asked and original is not None:
        body += [_paragraph("TableNote", ""), _table(asked, original), _paragraph("TableNote", "")]
    body += _infos(found)
    body.append(_signatures())
    return packed_body("".join(body) + section_xml(Page()), updates=False)


# ------------------------------------------------------------------------------------------------------------ opening


def _opening(one: Checked, asked: Sequence[Entry]) -> Iterator[str]:
    report = one.report
    department = (report.department if report else "") or "（单位名称）"
    year = f"{report.year}年度" if report and report.year.isdecimal() else "（年度）"
    kind = (report.kind if report else "") or "决算"
    yield _paragraph("Heading1", _run(f"{kind}审核意见单"))
    yield _paragraph("Normal", _run(f"{department}："))
    mend = sum(entry.finding.severity > Severity.QUERY for entry in asked)
    counts = [f"请更正{mend}处"] if mend else []
    counts += [f"请说明{len(asked) - mend}处"] if mend < len(asked) else []
    opened = f"你单位{year}{kind}（文件：{PurePath(one.file).name}）已经核对"
    if asked:
        said = f"{opened}，有{len(asked)}条意见，其中{'，'.join(counts)}，列在下表。"
        yield _paragraph("BodyText", _run(said), tag("jc", val="left"))
        request = "请逐条更正或者说明，把结果填入“单位答复”栏，由负责人签字并加盖公章后退回。"
        yield _paragraph("BodyText", _run(request + "意见与实际不符的，请在答复中写明依据。"))
    else:
        yield _paragraph("BodyText", _run(f"{opened}，没有需要更正或者说明的意见。"), tag("jc", val="left"))


# -------------------------------------------------------------------------------------------------------------- table


def _table(asked: Sequence[Entry], original: Original) -> str:
    rows = [
        _row(
            [_cell(_plain(title, "TableHead"), width) for (title, _), width in zip(_HEADS, _WIDTHS, strict=True)], True
        )
    ]
    for word, group in groupby(asked, key=_word):
        rows.append(_row([_part(word)]))
        rows += [_opinion(entry, original) for entry in group]
    return _framed(rows, _WIDTHS)


def _framed(rows: Iterable[str], widths: Sequence[int]) -> str:
    border = "".join(
        tag(side, val="single", sz=6 if side in ("top", "left", "bottom", "right") else 4, space=0, color="000000")
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    properties = tag("tblW", w=sum(widths), type="dxa") + tag("jc", val="center") + tag("tblBorders", border)
    properties += tag("tblLayout", type="fixed") + cell_margins()
    grid = "".join(tag("gridCol", w=width) for width in widths)
    return tag("tbl", tag("tblPr", properties) + tag("tblGrid", grid) + "".join(rows))


def _row(cells: Iterable[str], head: bool = False) -> str:
    properties = tag("cantSplit") + (tag("tblHeader") if head else "")
    return tag("tr", tag("trPr", properties) + "".join(cells))


def _cell(inside: str, width: int, span: int = 1, middle: bool = True) -> str:
    properties = tag("tcW", w=width, type="dxa") + (tag("gridSpan", val=span) if span > 1 else "")
    properties += tag("vAlign", val="center") if middle else ""
    return tag("tc", tag("tcPr", properties) + inside)


def _word(entry: Entry) -> str:
    return MEND if entry.finding.severity > Severity.QUERY else EXPLAIN


def _part(word: str) -> str:
    """The row above the opinions that ask the same; it stays with the first of them."""
    words = _run(word, HEI, _SIZE)
    return _cell(_paragraph("TableText", words, tag("keepNext") + _spacing(40, 20)), sum(_WIDTHS), len(_WIDTHS))


def _opinion(entry: Entry, original: Original) -> str:
    answer = "".join(_plain("") for _ in range(3))
    inside = (_number(entry.number), _where(entry), _quoted(entry, original), _said(entry), answer)
    centred = (True, False, False, False, False)
    return _row(_cell(text_, width, middle=m) for text_, width, m in zip(inside, _WIDTHS, centred, strict=True))


def _number(number: int) -> str:
    return _paragraph("TableText", _run(str(number), SONG, _SIZE), tag("jc", val="center"))


def _where(entry: Entry) -> str:
    also = other_places(entry.finding)
    lines = [entry.spot, entry.part, entry.grid, f"另见{also}" if also else ""]
    return "".join(_plain(line) for line in lines if line) or _plain("全文")


def _quoted(entry: Entry, original: Original) -> str:
    """The wrong words underlined, with a few of those around them; a printed line may end within them."""
    before, wrong, after = original.around(entry.finding)
    if not wrong or len(wrong) > _LONGEST:
        return _plain(_short(entry.quote))
    runs = _run(before, SONG, _SIZE) + _run(wrong, HEI, _SIZE, True) + _run(after, SONG, _SIZE)
    return _paragraph("TableText", runs, tag("jc", val="left"))


def _said(entry: Entry) -> str:
    """The reason, the right figure, then what is asked."""
    finding = entry.finding
    found = [_plain(line) for line in entry.problem.split("\n")]
    if finding.expected and not (finding.printed in entry.problem and finding.expected in entry.problem):
        differs = difference_words(finding.difference)
        right = f"{finding.printed or '（空）'} 应为 {with_unit(finding.expected, finding.unit)}"
        found.append(_plain(f"{right}{f'，{differs}' if differs else ''}。"))
    if told := followers(finding):
        more = f"；等共 {len(told)} 处" if len(told) > _FOLLOWERS else ""
        found.append(_plain(f"随之有误：{'；'.join(told[:_FOLLOWERS])}{more}。"))
    word = _word(entry)
    asked = finding.advice.removeprefix(word).removeprefix("请").rstrip("。")
    runs = _run(word, HEI, _SIZE) + _run(f"：{asked}。" if asked else "。", SONG, _SIZE)
    return "".join(found) + _paragraph("TableText", runs, _spacing(20, 0))


def _short(words: str) -> str:
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST // 2]}……{words[-_LONGEST // 4 :]}"


# -------------------------------------------------------------------------------------------------------------- below


def _infos(found: Sequence[Entry]) -> Iterator[str]:
    """Infos, which need no answer, and how many findings were accepted already."""
    infos = [e for e in found if e.finding.severity == Severity.INFO and not e.finding.accepted]
    if infos:
        opened = f"另有{len(infos)}处属于尾差、体例的提示，供修改时参考，不需要答复："
        yield _paragraph("TableNote", _run(opened, HEI, _SIZE), _spacing(120, 40))
        for entry in infos[:_INFOS]:
            what = f"{entry.finding.printed} → {with_unit(entry.finding.expected, entry.finding.unit)}"
            told = (entry.spot, entry.subject, what if entry.finding.expected else "")
            yield _paragraph("TableNote", _run(f"{entry.number}. {'　'.join(filter(None, told))}", SONG, _SIZE))
        if len(infos) > _INFOS:
            yield _paragraph("TableNote", _run(f"其余{len(infos) - _INFOS}处从略。", SONG, _SIZE))
    if accepted := sum(bool(entry.finding.accepted) for entry in found):
        yield _paragraph("TableNote", _run(f"审核时已经认可的{accepted}处没有列入。", SONG, _SIZE), _spacing(80, 0))
    limits = "核对只以文件自身的数字和文字为据；没有列出的内容，仍请单位自行核实。"
    if any(entry.place.page for entry in found):
        limits += "“第几页”从文件的首页（封面）数起，不是页面上印的页码。"
    yield _paragraph("TableNote", _run(limits, SONG, _SIZE), _spacing(80, 160))


def _signatures() -> str:
    """Two boxes: who asks, who answers."""
    half = PORTRAIT // 2
    widths = (half, PORTRAIT - half)
    titles = ("审核单位（盖章）", "答复单位（盖章）")
    lines = (
        ("审核人：", "联系电话：", "　　　　　年　　月　　日"),
        ("负责人：", "经办人及电话：", "　　　　　年　　月　　日"),
    )
    cells = []
    for title, own, width in zip(titles, lines, widths, strict=True):
        inside = _plain(title) + _plain("") * 3 + "".join(_plain(line) for line in own)
        cells.append(_cell(inside, width, middle=False))
    return _framed([_row(cells)], widths)


# --------------------------------------------------------------------------------------------------------------- words


def _plain(words: str, style: str = "TableText") -> str:
    return _paragraph(style, _run(words, SONG, _SIZE))


def _paragraph(style: str, runs: str, extra: str = "") -> str:
    return tag("p", tag("pPr", tag("pStyle", val=style) + extra) + runs)


def _spacing(before: int, after: int) -> str:
    return tag("spacing", before=before, after=after, line=_LEADING, lineRule="atLeast")


def _run(words: str, font: str = "", size: int = 0, underlined: bool = False) -> str:
    if not words:
        return ""
    properties = fonts(font) if font else ""
    properties += tag("sz", val=size) + tag("szCs", val=size) if size else ""
    properties += tag("u", val="single") if underlined else ""
    own = tag("rPr", properties) if properties else ""
    return tag("r", f'{own}<w:t xml:space="preserve">{text(clean(words))}</w:t>')
