"""Templates as bureaus make them: by python-docx with marks split over runs, and by LibreOffice from a flat ODT."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph

from juesuan.composing.filling import filling
from juesuan.generating import account_of, generate, report_of
from juesuan.model.charts import Chart
from juesuan.model.documents import Block, Heading, PageBreak
from juesuan.model.templates import Filling
from tests.publishing.extremes import SEEDS, composed, extreme


def blank(landscape: bool = False) -> Document:
    """A4 with the font and the page of some bureau."""
    made = docx.Document()
    section = made.sections[0]
    section.page_width, section.page_height = (Cm(29.7), Cm(21)) if landscape else (Cm(21), Cm(29.7))
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.left_margin = section.right_margin = Cm(2.6)
    normal = made.styles["Normal"]
    normal.font.name, normal.font.size = "Times New Roman", Pt(15)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), "楷体")
    return made


def saved(made: Document) -> bytes:
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def extreme_content(place: str, case: str) -> Filling:
    """The filling of an extreme account: its parts cut again from the changed blocks."""
    made, blocks = composed(place), extreme(place, case)
    parts: list[tuple[str, Heading, list[Block]]] = []
    for block in blocks:
        if isinstance(block, Heading) and block.level == 1:
            parts.append((made.parts[len(parts)][0], block, []))
        elif parts and not isinstance(block, PageBreak | Chart):
            parts[-1][2].append(block)
    plain = tuple(block for block in blocks if not isinstance(block, Chart))
    charts = tuple(block for block in blocks if isinstance(block, Chart))
    whole = tuple((kind, heading, tuple(own)) for kind, heading, own in parts)
    account = generate(SEEDS[place])
    changed = replace(made, blocks=plain, parts=whole, charts=charts)
    return filling(changed, report_of(account), account_of(account))


def of_lines(*lines: str) -> bytes:
    """A template of these paragraphs."""
    made = blank()
    for line in lines:
        made.add_paragraph(line)
    return saved(made)


def split(paragraph: Paragraph, pieces: Iterable[str]) -> None:
    """Runs of their own, every second one bold, with what Word puts between them."""
    for number, piece in enumerate(pieces):
        run = paragraph.add_run(piece)
        run.bold = bool(number % 2)
        paragraph._p.append(parse_xml(f'<w:proofErr {nsdecls("w")} w:type="spellStart"/>'))


def with_box(paragraph: Paragraph, words: str) -> None:
    """A text box as Word writes it: once for new programs, once for old ones."""
    content = f"<w:txbxContent><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:txbxContent>"
    shape = f'<v:shape style="width:200pt;height:30pt"><v:textbox>{content}</v:textbox></v:shape>'
    spaces = (
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    )
    box = f"<wps:wsp><wps:txbx>{content}</wps:txbx></wps:wsp>"
    paragraph._p.append(
        parse_xml(
            f"<w:r {nsdecls('w')} {spaces}><mc:AlternateContent>"
            f'<mc:Choice Requires="wps"><w:drawing>{box}</w:drawing></mc:Choice>'
            f"<mc:Fallback><w:pict>{shape}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        )
    )


def bureau() -> bytes:
    """A whole template: cover, a table of figures, contents, body, words of its own, header and footer."""
    made = blank()
    made.sections[0].header.paragraphs[0].text = "【单位名称】公开文本"
    made.sections[0].footer.paragraphs[0].text = "【年度】年度"
    split(made.add_paragraph(), ["【单位", "名", "称】"])
    split(made.add_paragraph("公开年度："), ["【", "年度", "】", "年"])
    table = made.add_table(rows=1, cols=2)
    table.style = "Table Grid"
    table.cell(0, 0).text, table.cell(0, 1).text = "合计", "【本年收入】【金额单位】"
    made.add_page_break()
    made.add_paragraph("【目录】")
    made.add_page_break()
    body = made.add_paragraph("【正文】")
    body.paragraph_format.first_line_indent = Pt(30)
    made.add_heading("本单位补充的话", 1)
    made.add_paragraph("以上由【单位名称】负责解释。")
    return saved(made)


_FLAT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
 xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" office:version="1.2"
 office:mimetype="application/vnd.oasis.opendocument.text">
<office:automatic-styles>
<style:style style:name="B" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="I" style:family="text"><style:text-properties fo:color="#c00000"/></style:style>
<style:page-layout style:name="P"><style:page-layout-properties fo:page-width="21cm" fo:page-height="29.7cm"
 fo:margin-left="2.5cm" fo:margin-right="2.5cm" fo:margin-top="2cm" fo:margin-bottom="2cm"/>
<style:header-style/></style:page-layout></office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="P">
<style:header><text:p>【单<text:span text:style-name="B">位名</text:span>称】</text:p></style:header>
</style:master-page></office:master-styles>
<office:body><office:text>
<text:p>【<text:span text:style-name="B">单位</text:span><text:span text:style-name="I">名称】</text:span>
<draw:frame text:anchor-type="paragraph" svg:width="7cm" svg:height="1cm"><draw:text-box>
<text:p>框里【年<text:span text:style-name="B">度】</text:span></text:p></draw:text-box></draw:frame></text:p>
<table:table><table:table-column/><table:table-row><table:table-cell>
<text:p>收入【本年<text:span text:style-name="B">收入】</text:span></text:p></table:table-cell></table:table-row></table:table>
<text:p>【<text:span text:style-name="B">正文</text:span>】</text:p>
<text:p>完</text:p>
</office:text></office:body></office:document>"""


def of_office(office: str, folder: Path) -> bytes:
    """A template that LibreOffice wrote, its marks in several spans."""
    source = folder / "template.fodt"
    source.write_text(_FLAT, encoding="utf-8")
    return converted(office, folder, source, "docx").read_bytes()


def converted(office: str, folder: Path, source: Path, kind: str) -> Path:
    """A file in another format, by LibreOffice with a profile of its own."""
    profile = f"-env:UserInstallation={(folder / 'lo').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", kind, "--outdir", str(folder / "out"), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return folder / "out" / f"{source.stem}.{kind}"
