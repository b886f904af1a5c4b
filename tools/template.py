"""The page that teaches templates (docs/template.md): written from the marks as the program knows them.

`python tools/template.py` writes it, with `--check` it only says whether it is stale.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from juesuan.knowledge.composition import composition
from juesuan.knowledge.forms import form
from juesuan.knowledge.hierarchy import word
from juesuan.knowledge.layouts import layout
from juesuan.knowledge.marks import CHART, FIGURE, FORM, SECTION, TABLE, UNTITLED, Mark, marks, section_mark
from juesuan.knowledge.styles import Style, styles

PAGE = Path(__file__).parents[1] / "docs" / "template.md"
YEAR = 2024
HEAD = f"""\
# 用自己的 Word 模板 · Your own Word template

单位有自己的公开文本样子：封面、字体、页眉、页脚、开头结尾的话。把它做成一个 Word 文件，要填内容的地方写上标记，编决算时换成内容，其余一个字不动：

```sh
juesuan init 2024 --template                                 # 给一个起步的模板，也可以用自己现成的文件
juesuan build 某局2024年度决算编制.xlsx --template 本局模板.docx
```

模板只需会用 Word（或 WPS、LibreOffice）：**直接打字，写【标记】**，不用宏、域和控件。存为 .docx。

## 三步做成

1. 打开去年的公开文本，另存一份，删去正文，只留封面、页眉、页脚和要保留的话。
2. 在原来写单位名称、年度的地方写【单位名称】【年度】；目录的地方写【目录】；正文的地方写【正文】。
3. 用 `--template` 编一次，看结果，再改模板。

## 写法

- 标记是【】里的名称，中文全角方括号。引号、冒号、空格全角半角都行。
- 文字和数可以写在句子中间、表格的格里、文本框、页眉、页脚、脚注里；字体照标记的第一个字。
- 成块的内容（正文、表、说明、图）要**单独占一段**，写在正文里；段落的字体、字号、缩进、行距照标记所在的段。
- 标题用模板的“标题 1”“标题 2”“标题 3”。表的各种文字用名叫“表题”“表头说明”“表内栏目”“表内文字”“表内数字”“表注”的样式；模板里没有，就按模板的字体补上。
- 横放的表在竖页的模板里自动换成横页，页眉页脚照旧；已经是横页的节里不再转。
- 【{TABLE}：收入决算表，{UNTITLED}】去掉标题，由模板自己写；{SECTION}、{FORM}也可以。
- 【正文】【情况说明】【决算表】不重复另有标记的部分：模板里写了【名词解释】，【正文】里就没有它。
- 写错的标记，连同在第几段、第几格、哪个页眉、最像哪个标记，一次全部列出，不写任何文件。
- 模板没有放的内容（如没有【名词解释】，也没有【正文】）在结果里说明，由单位决定。
- 模板里有自己的目录也行，打开时同样更新。
- 不想当作标记的方括号，改用〔〕。

核对的是同一套数和同一套话：用不用模板，结论一样。模板里自己写的话不核对，编好后可以把成品另存为 PDF，再 `juesuan check`。

*Type the marks below into any Word file: 【…】 is replaced, all else stays. Values work anywhere (tables, text boxes,
headers); blocks want a paragraph of their own in the body. Unknown marks are listed with their places, nothing is written.*
"""


def table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    """A table of the page."""
    yield f"| {' | '.join(heads)} |"
    yield f"|{' --- |' * len(heads)}"
    yield from (f"| {' | '.join(row)} |" for row in rows)


def marked(name: str) -> str:
    """A mark as it is typed."""
    return f"【{name}】"


def _words() -> Iterator[str]:
    yield "\n## 文字\n"
    yield from table(("标记", "换成"), ((marked(m.name), m.says) for m in marks().words))
    yield "\n## 数\n"
    yield "只有数字，不带单位；单位写【金额单位】或自己写。\n"
    yield from table(
        ("标记", "指标键"), ((marked(m.name), "，或 ".join(f"`{k}`" for k in m.takes)) for m in marks().figures)
    )
    yield f"\n别的数：【{FIGURE}：flow=expenditure function=201】，冒号后面是[指标键](keys.md)，年度不写就是决算年度。"


def _pieces() -> Iterator[str]:
    yield "\n## 成块的内容\n"
    yield from table(("标记", "换成"), ((marked(m.name), m.says) for m in marks().pieces))


def _tables() -> Iterator[str]:
    yield f"\n## 一张表：【{TABLE}：…】\n"
    yield "名称写通用的，或写本地的表名，都行。\n"
    names = list(dict.fromkeys(name for style in styles().values() for name in style.tables))
    heads = ("通用", *(style.title for style in styles().values()))
    yield from table(heads, ((_general(name), *(_title(name, style) for style in styles().values())) for name in names))
    yield f"\n绩效自评表：【{FORM}：整体】，【{FORM}：项目名称】。"


def _general(name: str) -> str:
    return "、".join(dict.fromkeys(marked(f"{TABLE}：{title}") for title in (word("form", name), form(name).title)))


def _title(name: str, style: Style) -> str:
    return layout(name, style.name, YEAR).title if name in style.tables else "—"


def _sections() -> Iterator[str]:
    yield f"\n## 一节说明：【{SECTION}：…】\n"
    yield "名称写通用的，或写本地各节的标题（不要序号），都行。\n"
    rows = []
    for mark in marks().sections:
        titles = [_titles(mark, style) for style in styles().values()]
        rows.append((marked(f"{SECTION}：{mark.name}"), *titles))
    yield from table(("通用", *(style.title for style in styles().values())), rows)
    yield f"\n## 一幅图：【{CHART}：…】\n"
    yield "图本来在各节的末尾；单独写了标记的图不再出现在节里。没有可画的数就空着，并说明。\n"
    yield "、".join(marked(f"{CHART}：{mark.name}") for mark in marks().charts)


def _titles(mark: Mark, style: Style) -> str:
    """The titles of a style's sections that a general name stands for."""
    own = composition(style.name)
    words = {"{department}": "", "{year}": str(YEAR), "{visits}": "“三公”经费"}
    titles = [section.title for section in (*own.overview, *own.sections)]
    for slot, filled in words.items():
        titles = [title.replace(slot, filled) for title in titles]
    return "、".join(title for title in titles if section_mark(title) == mark.name) or "—"


def page() -> str:
    """The whole page."""
    return "\n".join([HEAD.rstrip("\n"), *_pieces(), *_words(), *_tables(), *_sections()]) + "\n"


def main() -> int:
    """Write the page, or compare it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="fail if docs/template.md is stale")
    wanted = page()
    if not parser.parse_args().check:
        PAGE.write_text(wanted, encoding="utf-8", newline="\n")
    elif not PAGE.is_file() or PAGE.read_text(encoding="utf-8") != wanted:
        print("docs/template.md 与登记的标记不一致：请运行 make docs 并提交", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
