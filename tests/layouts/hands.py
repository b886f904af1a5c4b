"""Hands (各家手笔): who prints an account, in which manner and look. Refuses none: each is a way that offices publish."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from juesuan.model.documents import Block
from tests.layouts import manners, offices, overlays, producers
from tests.layouts.looks import NONE, RECTANGLES, RULES, Look

Manner = Callable[[list[Block]], list[Block]]
Producer = Callable[[Sequence[Block], Look], bytes]
After = Callable[[bytes], bytes]
TYPST, BROWSER, PAGE, WORD, RAW = "typst", "Chromium", "LibreOffice（网页）", "LibreOffice（DOCX）", "逐条写出"
PRODUCERS: dict[str, Producer] = {
    TYPST: producers.typst,
    BROWSER: producers.browser,
    PAGE: producers.office_page,
    WORD: producers.office_word,
    RAW: offices.office,
}


@dataclass(frozen=True)
class Hand:
    """One hand: manners in turn, then the producer, then what is done to the file."""

    name: str
    producer: str
    look: Look = field(default_factory=Look)
    manners: tuple[Manner, ...] = ()
    after: tuple[After, ...] = ()
    least: float = 1
    """the share of the figures in tables that is read at least: the page shows no more for sure"""

    @property
    def whole(self) -> bool:
        """Whether everything can be read: lines tell the cells, else a blank one may not be known, and all are on the page."""
        return self.look.ruling not in (NONE, RULES) and self.least == 1

    def arrange(self, blocks: list[Block]) -> list[Block]:
        for manner in self.manners:
            blocks = manner(blocks)
        return blocks

    def print(self, blocks: Sequence[Block]) -> bytes:
        made = PRODUCERS[self.producer](blocks, self.look)
        for change in self.after:
            made = change(made)
        return made


THREE = (manners.three_columns,)
NARROW = Look(narrow=True, size=10.5)
HANDS = (
    Hand("框线", TYPST),
    Hand("类款项三列，先说明后报表", TYPST, manners=(manners.tables_moved, manners.three_columns)),
    Hand("无框线", TYPST, Look(ruling=NONE)),
    Hand("无框线，类款项三列", TYPST, Look(ruling=NONE), THREE),
    Hand("无框线，折行", TYPST, Look(ruling=NONE, narrow=True, size=10.5), least=0.9),
    Hand("三线表", TYPST, Look(ruling=RULES)),
    Hand("黑底白格", TYPST, Look(ruling=RECTANGLES)),
    Hand("折行、跨页拆行", TYPST, Look(narrow=True, split=True, size=10.5, tall=2), (manners.without_breaks,)),
    Hand("跨页重复表头", TYPST, Look(repeat=True, tall=4, size=10.5), (manners.without_breaks,)),
    Hand("跨页不重复表头", TYPST, Look(tall=4, size=10.5), (manners.without_breaks,)),
    Hand("横向页", TYPST, Look(landscape=True)),
    Hand("旋转 90 度", TYPST, Look(landscape=True), after=(overlays.turned(90),)),
    Hand("旋转 270 度", TYPST, Look(landscape=True), after=(overlays.turned(270),)),
    Hand("数字低 5 磅，另一字体", TYPST, Look(drop=5, latin="Libertinus Serif", size=10.5, tall=1)),
    Hand("字间空格", TYPST, manners=(manners.spaced,)),
    Hand("无框线，字间空格", TYPST, Look(ruling=NONE), (manners.spaced,)),
    Hand("编码名称同格", TYPST, manners=(manners.glued,)),
    Hand("小计等在合计行", TYPST, manners=(manners.subheads,)),
    Hand("表末空行", TYPST, Look(tall=3), (manners.empty_rows, manners.without_breaks)),
    Hand("隐藏、白色、页外文字", TYPST, after=(overlays.hidden,)),
    Hand("框线", BROWSER, Look(footer=False)),
    Hand("页眉页脚", BROWSER),
    Hand("黑底白格", BROWSER, Look(ruling=RECTANGLES, footer=False)),
    Hand("无框线", BROWSER, Look(ruling=NONE, footer=False)),
    Hand("无框线，先说明后报表", BROWSER, Look(ruling=NONE, serif=False), (manners.tables_moved,)),
    Hand("三线表，折行", BROWSER, Look(ruling=RULES, narrow=True, size=10.5, footer=False), least=0.94),
    Hand("折行、跨页拆行", BROWSER, Look(narrow=True, split=True, size=10.5, tall=2), (manners.without_breaks,)),
    Hand("跨页重复表头", BROWSER, Look(repeat=True, tall=4, size=10.5, footer=False), (manners.without_breaks,)),
    Hand("数字低 5 磅，横向页", BROWSER, Look(drop=5, latin="Liberation Sans", landscape=True, size=10.5, tall=1)),
    Hand("公文格式", WORD),
    Hand("公文格式，类款项三列", WORD, manners=THREE),
    Hand("公文格式，编码名称同格", WORD, manners=(manners.glued, manners.spaced)),
    Hand("框线", PAGE, Look(landscape=True)),
    Hand("框线，折行", PAGE, Look(narrow=True, size=10.5, landscape=True)),
    Hand("宽表超出页边", PAGE, least=0.85),
    Hand("无框线", PAGE, Look(ruling=NONE, landscape=True), least=0.85),
    Hand("文字处理：细矩形、西文数字", RAW, Look(ruling=RECTANGLES, latin="Times")),
    Hand("文字处理：数字低 5 磅", RAW, Look(ruling=RECTANGLES, latin="Times", drop=5, tall=2, size=10.5)),
    Hand("逐字定位", RAW, Look(habit="glyphs", narrow=True)),
    Hand("逐字定位，跨页拆行", RAW, Look(habit="glyphs", narrow=True, split=True, size=11), (manners.without_breaks,)),
    Hand("字距为空格", RAW, Look(habit="runs", repeat=True, size=10.5), (manners.spaced, manners.without_breaks)),
    Hand("电子表格：裁切", RAW, Look(habit="sheet", landscape=True, footer=False), (manners.without_breaks,)),
    Hand("乱序", RAW, Look(habit="shuffled")),
    Hand("乱序，无框线", RAW, Look(habit="shuffled", ruling=NONE)),
    Hand("三线表，逐字定位", RAW, Look(habit="glyphs", ruling=RULES, drop=5), least=0.9),
    Hand("嵌套的表单对象", RAW, after=(overlays.nested,)),
    Hand("水印", RAW, Look(habit="glyphs"), after=(overlays.watermarked,)),
    Hand("旋转 90 度，先说明后报表", RAW, Look(landscape=True), (manners.tables_moved,), (overlays.turned(90),)),
)
