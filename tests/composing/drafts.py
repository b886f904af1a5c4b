"""A whole document around composed tables, and reading it back."""

from __future__ import annotations

from juesuan.composing import compose_performance, compose_tables, compose_units
from juesuan.documents.text import read_text
from juesuan.documents.writing_text import write_text
from juesuan.knowledge.styles import Style, style
from juesuan.model.documents import Block, Heading, PageBreak, Paragraph
from juesuan.model.places import Place
from juesuan.model.reports import Report
from juesuan.understanding import interpret

P = Place()


def blocks(report: Report, place: Style) -> list[Block]:
    """Cover, units, tables, performance forms: what there is without an explanation."""
    return [
        Paragraph(report.department, P),
        Paragraph(f"{report.year} 年度部门决算", P),
        PageBreak(P),
        Heading("第一部分 部门概况", 1, P),
        Heading("二、部门决算单位构成", 2, P),
        *compose_units(report),
        Heading("第二部分 " + place.part.format(department=report.department, year=report.year), 1, P),
        *compose_tables(report, place),
        Heading(f"第三部分 {place.attachments}", 1, P),
        *compose_performance(report, place),
    ]


def text_of(report: Report, name: str) -> str:
    return write_text(blocks(report, style(name)))


def reread(report: Report, name: str) -> Report:
    """The report written in a style and read back."""
    return interpret(read_text(text_of(report, name).encode("utf-8"), "generated.txt"))
