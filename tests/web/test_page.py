"""The web page of an account: its figures are the account's, its links lead to the same figure, nothing else is needed.

JUESUAN_ACCOUNTS says how many accounts (make test: 16; the long run: 200).
"""

from __future__ import annotations

import json
import os
from collections import Counter
from decimal import Decimal
from itertools import pairwise

import pytest

from juesuan.documents.html_page import Page
from juesuan.documents.text import read_text
from juesuan.documents.writing_html import write_html
from juesuan.generating import account_of, generate, report_of
from juesuan.knowledge.styles import style
from juesuan.model.documents import Block, Cell, Heading, Paragraph, Table
from juesuan.model.places import Place
from juesuan.model.reports import Report
from juesuan.services.building import build
from juesuan.services.loading import Build, Loaded
from juesuan.understanding import interpret
from tests.web.pages import built, grid, page_of, parsed, text_of

SEEDS = [n * 7 for n in range(int(os.environ.get("JUESUAN_ACCOUNTS", "16")))]
P = Place()


@pytest.fixture(scope="module", params=SEEDS, ids=lambda seed: f"seed {seed}")
def seed(request: pytest.FixtureRequest) -> int:
    return int(request.param)


def figures(report: Report) -> Counter[tuple[str, Decimal]]:
    return Counter((str(key), fact.amount.base) for fact in report.facts for key in fact.keys)


def number(words: str) -> Decimal:
    return Decimal(words.replace(",", "")) if words not in ("", "—", "-") else Decimal(0)


# figures --------------------------------------------------------------------------------------------------------------


def test_what_is_read_from_the_page_is_what_the_account_states(seed: int) -> None:
    read = interpret(read_text(text_of(parsed(page_of(seed))).encode("utf-8"), "page.txt"))
    own = built(seed).checked.report
    assert own is not None
    assert figures(read) == figures(own)


def test_every_figure_in_a_table_is_the_generators(seed: int) -> None:
    account = generate(seed)
    read = interpret(read_text(text_of(parsed(page_of(seed))).encode("utf-8"), "page.txt"))
    wrong = []
    for fact in (fact for fact in read.facts if fact.table >= 0 and fact.amount.is_money):
        for key in (key._replace(basis="initial") if key.basis == "budget" else key for key in fact.keys):
            true = account.facts.get(key)
            if abs(fact.amount.base - (true.base if true else 0)) > fact.amount.half:
                wrong.append((str(key), fact.amount.base, true))
    assert wrong == []


def test_the_data_are_the_account(seed: int) -> None:
    page = parsed(page_of(seed))
    (script,) = [s for s in page.all("script") if s.attributes.get("id") == "data"]
    data = json.loads(script.text)
    own = built(seed).checked.report
    assert own is not None
    wanted = [([str(k) for k in f.keys], f.amount.show(), f.amount.unit) for f in own.facts if f.amount.value]
    assert [(f["keys"], f["amount"], f["unit"]) for f in data["figures"]] == wanted
    (linked,) = [s for s in page.all("script") if s.attributes.get("type") == "application/ld+json"]
    assert json.loads(linked.text)["temporalCoverage"] == f"{own.year}-01-01/{own.year}-12-31"


def test_tiles_and_charts_show_figures_of_the_account(seed: int) -> None:
    own = built(seed).checked.report
    assert own is not None
    known = {fact.amount.value for fact in own.facts}
    page = parsed(page_of(seed))
    tiles = [number(e.text) for e in page.of_class("figure")]
    assert len(tiles) >= 4
    assert [value for value in tiles if value not in known] == []
    named = {one.attributes["id"]: one for one in page.all() if "id" in one.attributes}
    linked = [(a, named[a.attributes["href"][1:]]) for table in page.of_class("small") for a in table.all("a")]
    assert [(a.text, to.text) for a, to in linked if number(a.text) != number(to.text)] == []


# links ----------------------------------------------------------------------------------------------------------------


def test_a_figure_leads_to_the_same_figure_and_back(seed: int) -> None:
    page = parsed(page_of(seed))
    named = {one.attributes["id"]: one for one in page.all() if "id" in one.attributes}
    sentences = {a.attributes["id"] for p in page.all("p") for a in p.all("a") if a.attributes.get("class") == "f"}
    cells = {a.attributes["id"] for c in page.all("td") for a in c.all("a", "span") if "id" in a.attributes}
    assert len(sentences) >= 15
    for name in sentences:
        to = named[named[name].attributes["href"][1:]]
        assert to.attributes["id"] in cells
        assert number(to.text) == number(named[name].text), named[name].attributes["title"]
        back = to.attributes["href"][1:]
        assert back in sentences
        assert named[back].attributes["href"] == f"#{to.attributes['id']}" or number(named[back].text) == number(
            to.text
        )


def test_every_reference_has_its_target(seed: int) -> None:
    page = parsed(page_of(seed))
    names = Counter(one.attributes["id"] for one in page.all() if "id" in one.attributes)
    assert [name for name, often in names.items() if often > 1] == []
    wanted = {one.attributes["href"][1:] for one in page.all("a")}
    for attribute in ("headers", "aria-labelledby", "aria-describedby"):
        wanted |= {name for one in page.all() for name in one.attributes.get(attribute, "").split()}
    assert wanted - set(names) == set()


# the page itself ------------------------------------------------------------------------------------------------------


def test_the_page_asks_for_nothing(seed: int) -> None:
    page = parsed(page_of(seed))
    assert [one.name for one in page.all("link", "img", "iframe", "object", "font")] == []
    assert [one.attributes["src"] for one in page.all() if "src" in one.attributes] == []
    assert [a.attributes["href"] for a in page.all("a") if not a.attributes["href"].startswith("#")] == []
    assert b"url(" not in page_of(seed)
    assert b"@import" not in page_of(seed)
    policy = [m.attributes["content"] for m in page.all("meta") if "http-equiv" in m.attributes]
    assert policy[0].startswith("default-src 'none'")


def test_headings_go_down_one_level_at_a_time(seed: int) -> None:
    levels = [int(one.name[1]) for one in parsed(page_of(seed)).all("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1] == []


def test_the_same_account_gives_the_same_bytes() -> None:
    account = generate(14)
    loaded = Loaded(report_of(account), account_of(account), style(account.shape.style), "批复表")
    files = build(loaded, Build(formats=("html",))).files
    assert next(content for name, content in files.items() if name.endswith(".html")) == page_of(14)


def test_words_cannot_become_markup() -> None:
    evil = "</script><script>alert(1)</script>&amp;\"'<b>"
    table = Table(((Cell(evil, P), Cell("金额", P)), (Cell(evil, P), Cell("1.00", Place(column="k")))), P)
    blocks: list[Block] = [Heading(evil, 1, P), Paragraph(evil, P), Heading(evil, 2, Place(table="totals")), table]
    page = Page(
        evil, evil, "2024", "部门决算", blocks, data=json.dumps({"a": evil}), linked=json.dumps(evil), draft=evil
    )
    root = parsed(write_html(page))
    assert len(root.all("script")) == 3
    assert root.all("b") == []
    assert root.all("p")[-1].text == evil or evil in [p.text for p in root.all("p")]
    assert json.loads(next(s.text for s in root.all("script") if "id" in s.attributes)) == {"a": evil}
    assert grid(root.all("table")[0])[1] == [evil, "1.00"]


def test_a_draft_says_so() -> None:
    page = parsed(write_html(Page("题", "单位", "2024", "部门决算", [Heading("一", 1, P)], draft="草稿")))
    assert [p.text for p in page.of_class("draft")] == ["草稿：内容还会改动，不得公开"]


def test_columns_side_by_side_have_their_own_heads() -> None:
    page = parsed(page_of(7))
    named = {one.attributes["id"]: one.text for one in page.all("th") if "id" in one.attributes}
    (table,) = [t for t in page.all("table") if t.attributes.get("id") == "t1"]
    last = table.all("tr")[-1].all("td")
    right = [cell for cell in last if "headers" in cell.attributes][-1]
    heads = [named[name] for name in right.attributes["headers"].split()]
    assert "支出" in "".join(heads)
    assert "收入" not in "".join(heads).replace("收入支出", "")
