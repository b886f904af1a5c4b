"""Publishing (网页成品): an account that was composed and checked → its web page, figures linked, charts drawn.

Refuses to judge and to write files: see building.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence

from juesuan.composing.glance import glance
from juesuan.documents.html_page import Page, Tile
from juesuan.documents.writing_html import write_html
from juesuan.model.charts import Chart
from juesuan.model.documents import Block
from juesuan.model.reports import Report
from juesuan.presenting.words import names_in, say_key
from juesuan.services.linking import Links, links


def web_page(
    report: Report, composed: Sequence[Block], blocks: Iterable[Block], charts: Sequence[Chart], draft: str
) -> bytes:
    """The page of a composed document. `report` was read from the text of the `composed` blocks; `blocks` are shown."""
    found = links(composed, report)
    page = page_of(report, found, list(blocks), charts)
    page.data, page.draft = figures_json(report, found), draft
    return write_html(page)


def page_of(report: Report, found: Links, blocks: Sequence[Block], charts: Sequence[Chart]) -> Page:
    """The page of an account: what it says, its figures linked and at a glance."""
    return Page(
        title=f"{report.department}{report.year}年度{report.kind}",
        department=report.department,
        year=report.year,
        kind=report.kind,
        blocks=blocks,
        marks=found.marks,
        tiles=list(tiles(report, found)),
        charts=charts,
        anchors=found.anchors,
        linked=linked_data(report),
    )


def tiles(report: Report, found: Links | None = None) -> Iterator[Tile]:
    """The figures at a glance."""
    names = found.names if found else {}
    for figure in glance(report):
        amount = figure.fact.amount
        yield Tile(figure.label, amount.grouped, amount.unit, figure.note, names.get(figure.fact.number, ""))


def linked_data(report: Report) -> str:
    """The account as a data set in the words of schema.org, with the figures at a glance."""
    described = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": f"{report.department}{report.year}年度{report.kind}",
        "description": f"{report.department}{report.year}年度{report.kind}：收入、支出、“三公”经费、绩效的全部公开数字。",
        "inLanguage": "zh-CN",
        "temporalCoverage": f"{report.year}-01-01/{report.year}-12-31",
        "isAccessibleForFree": True,
        "creator": {"@type": "GovernmentOrganization", "name": report.department},
        "variableMeasured": [
            {
                "@type": "PropertyValue",
                "name": figure.label,
                "value": figure.fact.amount.show(),
                "unitText": figure.fact.amount.unit,
                "propertyID": str(figure.fact.keys[0]),
            }
            for figure in glance(report)
        ],
    }
    return json.dumps(described, ensure_ascii=False, separators=(",", ":"))


def figures_json(report: Report, found: Links | None = None) -> str:
    """Every figure but blanks: keys, what they mean, amount as printed, unit, where on the page it stands."""
    names, anchors = names_in(report), found.names if found else {}
    facts = [
        {
            "keys": [str(key) for key in fact.keys],
            "means": say_key(fact.keys[0], names, report.year),
            "amount": fact.amount.show(),
            "unit": fact.amount.unit,
            **({"at": anchors[fact.number]} if fact.number in anchors else {}),
        }
        for fact in report.facts
        if not fact.blank and fact.amount.value
    ]
    whole = {"department": report.department, "year": report.year, "kind": report.kind, "figures": facts}
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":"))
