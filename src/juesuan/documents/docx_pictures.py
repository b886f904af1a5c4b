"""Charts of a Word document (图): a drawing as SVG for those who can show it, as PNG for all others, told in words.

Refuses to draw: see drawing_svg; the PNG is what the typesetter makes of the same SVG. Source: ECMA-376 part 1, 20.4
(drawing in line with text); Microsoft's extension for SVG pictures.
"""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import quoteattr

from juesuan.documents.drawing_svg import draw_svg, size_of
from juesuan.documents.ooxml import tag
from juesuan.documents.typesetting import picture
from juesuan.model.charts import Chart

_EMU = 12_700
"""per point"""
WIDTH = 442
"""points: as wide as the text"""
_DOTS = 200
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_PICTURE = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_INLINE = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_SVG = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
_SVG_USE = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"


def height_of_chart(chart: Chart) -> int:
    """How high the chart stands on the page, in twentieths of a point."""
    width, height = size_of(chart)
    return height * WIDTH * 20 // width


def files_of(charts: Iterable[Chart]) -> dict[str, str | bytes]:
    """The pictures of the charts, numbered from 1 as they stand."""
    found: dict[str, str | bytes] = {}
    for number, chart in enumerate(charts, 1):
        svg = draw_svg(chart)
        found[f"word/media/chart{number}.svg"] = svg
        found[f"word/media/chart{number}.png"] = picture(svg, WIDTH, _DOTS)
    return found


def relations_of(count: int) -> dict[str, tuple[str, str]]:
    """The relations of so many charts to their pictures."""
    return {
        f"{kind}{number}": ("image", f"media/chart{number}.{kind}")
        for number in range(1, count + 1)
        for kind in ("png", "svg")
    }


def chart_xml(chart: Chart, number: int) -> str:
    """The paragraph in which the chart stands."""
    wide, high = WIDTH * _EMU, height_of_chart(chart) * _EMU // 20
    told = f'id="{number}" name="图 {number}" descr={quoteattr(chart.says)} title={quoteattr(chart.title)}'
    svg = f'<a:ext uri="{_SVG_USE}"><asvg:svgBlip xmlns:asvg="{_SVG}" r:embed="svg{number}"/></a:ext>'
    graphic = (
        f'<a:graphic xmlns:a="{_A}"><a:graphicData uri="{_PICTURE}"><pic:pic xmlns:pic="{_PICTURE}">'
        f"<pic:nvPicPr><pic:cNvPr {told}/><pic:cNvPicPr/></pic:nvPicPr>"
        f'<pic:blipFill><a:blip r:embed="png{number}"><a:extLst>{svg}</a:extLst></a:blip>'
        f"<a:stretch><a:fillRect/></a:stretch></pic:blipFill>"
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{wide}" cy="{high}"/></a:xfrm>'
        f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
    )
    inline = (
        f'<wp:inline xmlns:wp="{_INLINE}" distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{wide}" cy="{high}"/>'
        f"<wp:docPr {told}/>{graphic}</wp:inline>"
    )
    spacing = tag("spacing", before=120, after=120, line=240, lineRule="auto")
    look = tag(
        "pPr",
        tag("pStyle", val="BodyText")
        + tag("snapToGrid", val=0)
        + spacing
        + tag("ind", firstLine=0, firstLineChars=0)
        + tag("jc", val="center"),
    )
    return tag("p", look + tag("r", tag("drawing", inline)))
