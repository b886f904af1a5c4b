"""A site of accounts: nothing is dropped, addresses stay, links lead somewhere, figures are those of the accounts."""

from __future__ import annotations

import csv
import io
import json
import re
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from urllib.parse import unquote

import pytest
from bench.site_accounts import name_of, text_of
from hypothesis import given
from hypothesis import strategies as st

from juesuan.app import Refused
from juesuan.documents.text import read_text
from juesuan.model.keys import Key
from juesuan.presenting.site_content import slug
from juesuan.services.sites import Wanted, Written, make_site
from juesuan.understanding import interpret
from tests.sites.made import BUILT_SEED, NUMBERS, REAL, SEED, YEARS, made_up, make, put
from tests.web.pages import Element, parsed

Made = tuple[Path, Path, Written]


def pages(site: Path) -> list[Path]:
    return sorted(path for path in site.rglob("*.html") if "original" not in path.parts)


# what is on it --------------------------------------------------------------------------------------------------------


def test_every_account_has_its_page(made: Made) -> None:
    _, site, written = made
    for number in NUMBERS:
        for year in YEARS:
            assert (site / "departments" / name_of(number) / f"{year}.html").is_file()
    assert len(written.site.accounts) == len(YEARS) * len(NUMBERS) + 3


def test_what_is_left_out_is_named_on_the_site_and_counted(made: Made) -> None:
    _, site, written = made
    left = {one.file: one.why for one in written.site.left_out}
    assert {"readme.md", "照片.png"} <= set(left)
    assert "草稿" in next(why for file, why in left.items() if file.startswith("草稿/"))
    assert len(left) == 3
    about = parsed((site / "files.html").read_bytes()).text
    assert all(file in about for file in left)
    assert "有 3 个文件没有收录" in parsed((site / "index.html").read_bytes()).text


def test_inner_files_and_drafts_are_not_published(made: Made) -> None:
    _, site, written = made
    assert written.site.inner == 8
    assert [path for path in site.rglob("*") if re.search("自查表|检查结果|答复与批准|草稿", path.name)] == []


def test_two_files_of_one_department_and_year_are_named(made: Made) -> None:
    _, site, written = made
    (twin,) = [one for one in written.site.accounts if one.twin]
    (main,) = twin.twins
    assert {twin.file, main.file} == {"另一份.txt", f"2024/{name_of(0)}2024.txt"}
    folder = site / "departments" / name_of(0)
    for page, other in ((f"{twin.stem}.html", main), (f"{main.stem}.html", twin)):
        assert other.file in parsed((folder / page).read_bytes()).text
    assert main.stem == "2024"
    assert "另一份.txt" in (site / "files.html").read_text("utf-8")
    data = json.loads((site / "data" / "figures.json").read_text("utf-8"))
    assert [one["file"] for one in data["accounts"] if one["second"]] == [twin.file]


def test_downloads_are_the_originals(made: Made) -> None:
    folder, site, written = made
    originals = {sha256(path.read_bytes()).hexdigest() for path in folder.rglob("*") if path.is_file()}
    copies = [path for path in site.rglob("original/*") if path.is_file()]
    assert len(copies) >= len(written.site.accounts)
    assert {sha256(path.read_bytes()).hexdigest() for path in copies} <= originals
    linked = 0
    for page in pages(site):
        for href in (a.attributes["href"] for a in parsed(page.read_bytes()).all("a")):
            linked += "/original/" in href and page.parent.name != "site"
    assert linked >= len(copies)


# links ----------------------------------------------------------------------------------------------------------------


def names(page: Element) -> set[str]:
    return {one.attributes["id"] for one in page.all() if "id" in one.attributes}


def test_every_link_leads_somewhere_and_none_to_a_network(made: Made) -> None:
    _, site, _ = made
    read = {path.resolve(): parsed(path.read_bytes()) for path in pages(site)}
    broken = []
    for path, page in read.items():
        for one in page.all():
            for attribute in ("href", "src"):
                wanted = one.attributes.get(attribute)
                if wanted is None:
                    continue
                assert not re.match(r"[a-z]+:|//", wanted), (path.name, wanted)
                address, _, name = wanted.partition("#")
                target = (path.parent / unquote(address)).resolve() if address else path
                found = target.is_file() and target.is_relative_to(site.resolve())
                if found and name and target.name != "compare.html":
                    found = target in read and name in names(read[target])
                if not found:
                    broken.append((path.name, wanted))
    assert broken == []
    assert len(read) > 12


def test_no_page_or_style_asks_for_anything_else(made: Made) -> None:
    _, site, _ = made
    for path in [*pages(site), *site.rglob("assets/*")]:
        text = path.read_text("utf-8")
        assert "@import" not in text
        assert "url(" not in text
        assert not re.search(r"\b(fetch|XMLHttpRequest|import)\(", text)


def test_every_id_is_there_once(made: Made) -> None:
    for path in pages(made[1]):
        ids = [one.attributes["id"] for one in parsed(path.read_bytes()).all() if "id" in one.attributes]
        assert len(ids) == len(set(ids)), path.name


# addresses ------------------------------------------------------------------------------------------------------------


def test_the_same_folder_gives_the_same_bytes(made: Made, tmp_path: Path) -> None:
    folder, site, _ = made
    make(folder, tmp_path / "again")
    own = {path.relative_to(site): path.read_bytes() for path in site.rglob("*") if path.is_file()}
    again = {path.relative_to(tmp_path / "again"): path for path in (tmp_path / "again").rglob("*") if path.is_file()}
    assert set(own) == set(again)
    assert [str(name) for name, data in own.items() if again[name].read_bytes() != data] == []


def test_addresses_stay_when_accounts_come_and_go(tmp_path: Path) -> None:
    folder, output = tmp_path / "in", tmp_path / "out"
    put(folder / "b.txt", text_of(1, 2023, SEED))
    first = make(folder, output)
    kept = set(map(str, (path.relative_to(output) for path in output.rglob("*.html"))))
    put(folder / "a.txt", text_of(0, 2023, SEED))
    put(folder / "c.txt", text_of(1, 2024, SEED))
    more = make(folder, output)
    assert kept <= set(map(str, (path.relative_to(output) for path in output.rglob("*.html"))))
    assert more.files > first.files
    (folder / "a.txt").unlink()
    less = make(folder, output)
    assert less.removed > 0
    assert not (output / "departments" / name_of(0)).exists()
    assert kept <= set(map(str, (path.relative_to(output) for path in output.rglob("*.html"))))


@given(st.lists(st.text(min_size=1, max_size=12), min_size=2, max_size=2, unique=True))
def test_no_two_names_have_one_folder(pair: list[str]) -> None:
    one, other = map(slug, pair)
    assert one.casefold() != other.casefold()
    assert re.fullmatch(r"[^/\\:*?\"<>|#%.\s\x00-\x1f]*", one)


@pytest.mark.parametrize("name", ["某局-1234abcd", "con", "XX局", "a/b", "..", "某局 ", "局" * 80])
def test_a_name_that_is_changed_gets_a_hash(name: str) -> None:
    assert re.fullmatch(r".*-[0-9a-f]{8}", slug(name))
    assert slug("大连市望海区审计局") == "大连市望海区审计局"


def test_a_folder_with_something_else_is_not_touched(tmp_path: Path) -> None:
    put(tmp_path / "in" / "a.txt", text_of(0, 2023, SEED))
    put(tmp_path / "out" / "论文.txt", "我的")
    with pytest.raises(Refused, match="不是本程序写的站点"):
        make(tmp_path / "in", tmp_path / "out")
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["论文.txt"]


def test_the_site_may_lie_in_the_folder_it_is_made_of(tmp_path: Path) -> None:
    put(tmp_path / "a.txt", text_of(0, 2023, SEED))
    make(tmp_path, tmp_path / "网站")
    again = make(tmp_path, tmp_path / "网站")
    assert (len(again.site.accounts), again.site.left_out) == (1, [])


def test_a_folder_without_files_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="没有文件"):
        make_site(Wanted(str(tmp_path), str(tmp_path / "out")))


# figures --------------------------------------------------------------------------------------------------------------

MEASURES = {
    "income": {"flow": "income"},
    "expenditure": {"flow": "expenditure"},
    "project": {"flow": "expenditure", "nature": "project"},
    "fiscal": {"flow": "expenditure", "fund": "fiscal"},
    "function/208": {"flow": "expenditure", "function": "208"},
    "personnel": {"flow": "expenditure", "fund": "general_public", "nature": "basic", "economic": "personnel"},
}


def stated(text: str, year: int, **dims: str) -> set[Decimal]:
    """What an account's text states under a key, in 元, read once more."""
    report = interpret(read_text(text.encode("utf-8"), "a.txt"))
    key = Key(year=str(year), **dims)
    return {fact.amount.base for fact in report.facts if key in fact.keys and not fact.blank}


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("year", YEARS)
def test_compared_figures_are_the_accounts(made: Made, number: int, year: int) -> None:
    _, site, _ = made
    text = text_of(number, year, SEED)
    order = [one[0] for one in called(site / "data" / "measures.js", "measures")[0]]
    _, rows = called(site / "data" / f"figures-{year}.js", "figures")
    (row,) = [row for row in rows if row[0] == name_of(number)]
    table = csv.DictReader(io.StringIO((site / "data" / "figures.csv").read_text("utf-8-sig")))
    page = f"departments/{name_of(number)}/{year}.html"
    by_csv = {line["measure"]: line for line in table if line["page"] == page}
    compared = 0
    for name, dims in MEASURES.items():
        found = stated(text, year, **dims)
        if found:
            (value,) = found
            shown = row[2 + order.index(name)]
            assert Decimal(shown.replace(",", "")) * 10000 == value, name
            assert Decimal(by_csv[name]["yuan"]) == value
            compared += 1
    assert compared >= 5


def called(path: Path, name: str) -> list[list[list[str]]]:
    """The values that a data script hands over."""
    found = re.fullmatch(
        r"\(window\.juesuanData=window\.juesuanData\|\|\[\]\)\.push\((\[.*\])\);\n", path.read_text("utf-8")
    )
    assert found
    given_name, *values = json.loads(found.group(1))
    assert given_name == name
    return values


def test_a_department_has_its_years_side_by_side_and_their_changes(made: Made) -> None:
    page = parsed((made[1] / "departments" / name_of(0) / "index.html").read_bytes())
    (row,) = [
        tr for tr in page.all("tr") if tr.all("th") and tr.all("th")[0].text == "本年支出" and len(tr.all("td")) == 5
    ]
    values = [Decimal(td.text.replace(",", "").partition("%")[0]) for td in row.all("td")[:3]]
    for year, value in zip(YEARS, values, strict=True):
        assert stated(text_of(0, year, SEED), year, flow="expenditure") == {value * 10000}
    for at, td in enumerate(row.all("td")[3:]):
        rate = td.of_class("share")[0].text
        change = td.text.removesuffix(rate)
        assert Decimal(change.replace(",", "")) == values[at + 1] - values[at]
        exact = (values[at + 1] - values[at]) * 100 / values[at]
        assert abs(Decimal(rate.rstrip("%")) - exact) <= Decimal("0.05")


def test_sums_say_of_how_many(made: Made) -> None:
    page = parsed((made[1] / "index.html").read_bytes())
    (table,) = [t for t in page.all("table") if t.attributes["id"] == "years"]
    (row,) = [tr for tr in table.all("tr")[1:] if tr.all("th")[0].text == "2023 年度"]
    whole = sum((stated(text_of(n, 2023, SEED), 2023, flow="income").pop() for n in NUMBERS), Decimal(0))
    cells = row.all("td")
    assert cells[0].text == str(len(NUMBERS))
    assert cells[1].text == f"{whole / 10000:,.2f}{len(NUMBERS)} 个部门"


def test_years_on_an_account_page_are_charts_and_links(made: Made) -> None:
    folder = made[1] / "departments" / name_of(1)
    page = parsed((folder / "2023.html").read_bytes())
    nav = page.of_class("years")[0]
    assert [a.text for a in nav.all("a")] == [str(year) for year in YEARS]
    assert [a.text for a in nav.all("a") if a.attributes.get("aria-current") == "page"] == ["2023"]
    assert "历年收入、支出" in [h.text for h in page.all("h3")]
    assert len(page.of_class("trail")[0].all("a")) == 2


def test_a_built_account_has_the_page_that_build_writes(made: Made) -> None:
    _, site, written = made
    (one,) = [one for one in written.site.accounts if one.source == "编制时的数据包"]
    folder = site / "departments" / slug(one.profile.department)
    files = made_up(BUILT_SEED, draft=False)
    own = next(content for name, content in files.items() if name.endswith(".html")).decode("utf-8")
    page = (folder / f"{one.stem}.html").read_text("utf-8")
    assert page[page.index("<main") :].partition("</main>")[0] == own[own.index("<main") :].partition("</main>")[0]
    assert (folder / one.stem / "original" / f"{Path(one.file).stem}.txt").is_file()


def test_a_package_that_was_changed_is_not_taken(tmp_path: Path) -> None:
    from juesuan.presenting.files import write_files

    write_files(tmp_path / "in", made_up(BUILT_SEED, draft=False))
    (facts,) = (tmp_path / "in").rglob("facts.csv")
    facts.write_bytes(facts.read_bytes().replace(b"2", b"3", 1))
    written = make(tmp_path / "in", tmp_path / "out")
    assert written.site.accounts == []
    (left,) = written.site.left_out
    assert "可能改动过" in left.why


def test_an_account_that_was_read_is_shown_as_it_stands(made: Made) -> None:
    """Every figure of the file's tables stands in the page's tables, as printed."""
    _, site, written = made
    (one,) = [one for one in written.site.accounts if one.file == "西岗.txt"]
    page = parsed((site / "departments" / slug(one.profile.department) / f"{one.stem}.html").read_bytes())
    shown = [cell.text for cell in page.all("td") if re.fullmatch(r"[\d,]+\.\d\d", cell.text)]
    report = interpret(read_text(REAL.read_bytes(), "a.txt"))
    printed = [
        f.place.quote for f in report.facts if f.table >= 0 and re.fullmatch(r"[\d,]+\.\d\d", f.place.quote or "")
    ]
    assert len(printed) > 300
    assert not [quote for quote in set(printed) if shown.count(quote) < printed.count(quote)]
    assert "错误" in parsed((site / "files.html").read_bytes()).text
