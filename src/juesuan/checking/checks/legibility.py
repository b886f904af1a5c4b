"""Legibility (可读的页): pages that are pictures, and characters that no one can read or copy.

One finding for all pages, so that what is missing on them is not told a hundred times. Refuses to guess at them.
Sources: 政府信息公开条例 (便于公众知晓和查阅).
"""

from __future__ import annotations

from collections.abc import Iterator

from juesuan.checking.legibility import named
from juesuan.checking.outcomes import Failed, Outcome, Passed, Unchecked
from juesuan.checking.registry import check
from juesuan.model.reports import Report


@check("STRUCT-LEGIBLE", severity="warning", basis="政府信息公开条例（便于查阅）")
def every_page_can_be_read(report: Report) -> Iterator[Outcome]:
    """每页的文字都应能读出：不是图片（扫描件），字体有对应的文字。"""
    document = report.document
    if document.pictures:
        pages = {place.page for place in document.pictures}
        yield Failed(
            f"{named(document.pictures)}是图片（共 {len(pages)} 页），上面的文字和数字没有读，也没有核对",
            document.pictures,
            advice="请换成文字版（由文字处理或表格软件直接导出的 PDF）；这几页请人工核对",
        )
    if document.lost:
        pdf = document.source == "pdf"
        yield Failed(
            f"{named(document.lost)}有字{'没有对应的文字（字体没有编码表，复制出来是乱码）' if pdf else '无法解码'}，没有读",
            document.lost,
            advice="请重新导出，嵌入字体时保留文字编码" if pdf else "请用原软件打开，另存为 UTF-8 编码",
        )
    if document.pictures or document.lost:
        return
    if document.source == "pdf":
        yield Passed()
    else:
        yield Unchecked("不是 PDF，没有页面可看")
