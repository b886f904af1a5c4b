"""The published workbook: layout, live formulas that give the approved figures, and what is read back from it."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from pypdfium2 import PdfDocument
from xlsxwriter import Workbook as Writer

from juesuan.app import prepare_workbook
from juesuan.cli import main
from juesuan.composing.document import compose
from juesuan.composing.tables import compose_tables
from juesuan.composing.workbook import compose_workbook
from juesuan.documents.text import read_text
from juesuan.documents.writing_text import write_text
from juesuan.documents.writing_xlsx import write_xlsx
from juesuan.documents.xlsx import consecutive, read_xlsx
from juesuan.documents.xlsx_tables import formula
from juesuan.generating import account_of, generate, report_of
from juesuan.knowledge.styles import style
from juesuan.model.charts import Chart
from juesuan.model.documents import Block, Cell, Document, Paragraph, Table
from juesuan.model.reports import Report
from juesuan.model.workbooks import Workbook
from juesuan.presenting.words import say_key
from juesuan.services.preparing import Wanted
from juesuan.understanding import interpret
from tests.documents.templates import converted
from tests.publishing.extremes import extreme

SEEDS = (3, 1, 2)
"""辽宁, 上海, 全国"""
_NINE = style("national").tables
OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STORED = re.compile(r'<c r="([A-Z]+\d+)"[^>]*><f>([^<]*)</f><v>([^<]*)</v></c>')
_NUMBER = re.compile(r'<c r="([A-Z]+\d+)"[^>]*><v>(-?[\d.]+)</v></c>')


def tables_of(seed: int) -> list[Block]:
    return compose_tables(report_of(generate(seed)), style(generate(seed).shape.style))


def described(seed: int, blocks: list[Block] | None = None) -> Workbook:
    report, chosen = report_of(generate(seed)), style(generate(seed).shape.style)
    return compose_workbook(blocks or tables_of(seed), chosen, (report.department, report.year), say_key)


def sheets(data: bytes) -> dict[str, str]:
    """Every sheet's part as text, by its number."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
        return {name: archive.read(name).decode("utf-8") for name in names}


def facts(report: Report) -> Counter[object]:
    """What a report states in its tables; a budget that only the text tells apart is the same."""
    found: Counter[object] = Counter()
    for fact in report.facts:
        if fact.table >= 0 and not report.tables[fact.table].form.startswith("performance"):
            keys = tuple(
                k._replace(basis="budget" if k.basis in ("initial", "full_year") else k.basis) for k in fact.keys
            )
            found[keys, fact.amount.show(), fact.amount.unit, fact.blank, report.tables[fact.table].form] += 1
    return found


@pytest.fixture(scope="module", params=SEEDS, ids=lambda seed: f"seed {seed}")
def made(request: pytest.FixtureRequest) -> tuple[Workbook, bytes]:
    found = described(request.param)
    return found, write_xlsx(found)


# formulas -------------------------------------------------------------------------------------------------------------


def value_of(words: str, cells: dict[str, Decimal]) -> Decimal:
    """An evaluator of its own for ROUND, SUM, + and ranges."""
    if match := re.fullmatch(r"ROUND\((.*),(\d+)\)", words):
        return round(value_of(match[1], cells), int(match[2]))
    total = Decimal(0)
    for part in re.sub(r"SUM\(([^()]*)\)", lambda m: m[1].replace(",", "+"), words).split("+"):
        first, _, last = part.partition(":")
        total += sum((cells.get(name, Decimal(0)) for name in between(first, last or first)), Decimal(0))
    return total


def between(first: str, last: str) -> Iterator[str]:
    (a, top), (b, bottom) = (re.fullmatch(r"([A-Z]+)(\d+)", name).groups() for name in (first, last))  # type: ignore[union-attr]
    assert len(a) == len(b) == 1
    for column in range(ord(a), ord(b) + 1):
        for row in range(int(top), int(bottom) + 1):
            yield f"{chr(column)}{row}"


@pytest.mark.parametrize("seed", range(9))
def test_formulas_give_the_approved_figures(seed: int) -> None:
    data = write_xlsx(described(seed))
    several = 0
    for text in list(sheets(data).values())[1:-1]:
        stored = {name: (words, Decimal(value)) for name, words, value in _STORED.findall(text)}
        cells = {name: Decimal(value) for name, value in _NUMBER.findall(text)}
        cells |= {name: value for name, (_, value) in stored.items()}
        for name, (words, value) in stored.items():
            assert value_of(words, cells) == value, (name, words)
            several += 1
    assert several > 50


def test_every_total_is_a_formula_or_says_why_not(made: tuple[Workbook, bytes]) -> None:
    for sheet in made[0].sheets:
        for r, row in enumerate(sheet.table.rows):
            total = any(cell and re.fullmatch(r"本年(收入|支出)合计|总计|合计", cell.text) for cell in row)
            for c, cell in enumerate(row):
                if total and cell and cell.place.column and "flow=" in cell.place.column:
                    figure = sheet.figures[r, c]
                    leaf = "flow=opening" in figure.key or "flow=closing" in figure.key
                    empty = all(f.key.count("function") == 0 for f in sheet.figures.values())
                    assert figure.terms or figure.note or leaf or empty, (sheet.name, figure.key)


def test_a_rounded_total_stays_as_approved() -> None:
    blocks = tables_of(2)
    found = next(s for s in described(2, blocks).sheets for f in s.figures.values() if f.note)
    figure = next(f for f in found.figures.values() if f.note)
    assert not figure.terms
    assert "以批复数" in figure.note
    assert "尾差" in figure.note


def test_a_wrong_total_stays_and_is_no_rounding() -> None:
    made = described(3)
    sheet = next(s for s in made.sheets if s.name.endswith("支出表"))
    spot = next(s for s, f in sheet.figures.items() if f.key.endswith("nature=basic") and f.terms)
    blocks = [
        _changed(block, spot, Decimal("5.00")) if block is sheet.table else block for block in tables_of_sheet(made)
    ]
    again = next(s for s in described(3, blocks).sheets if s.name == sheet.name).figures[spot]
    assert again.value == sheet.figures[spot].value + 5
    assert again.note.endswith("差 5.00（不是尾差，请核对）。") or again.terms != sheet.figures[spot].terms


def tables_of_sheet(made: Workbook) -> list[Block]:
    return [block for sheet in made.sheets for block in sheet.blocks]


def _changed(table: Block, spot: tuple[int, int], by: Decimal) -> Table:
    assert isinstance(table, Table)
    rows = [list(row) for row in table.rows]
    cell = rows[spot[0]][spot[1]]
    assert cell is not None
    rows[spot[0]][spot[1]] = replace(cell, text=f"{Decimal(cell.text.replace(',', '')) + by:.2f}")
    return Table(tuple(map(tuple, rows)), table.place)


@pytest.mark.parametrize(
    ("terms", "words"),
    [
        ([(0, 2)], "=C5"),
        ([(0, 2), (1, 2), (2, 2)], "=ROUND(SUM(C5:C7),2)"),
        ([(0, 2), (0, 3), (0, 4)], "=ROUND(SUM(C5:E5),2)"),
        ([(0, 2), (3, 2)], "=ROUND(C5+C8,2)"),
        ([(n, 0) for n in range(0, 20, 2)], "=ROUND(SUM(A5,A7,A9,A11,A13,A15,A17,A19,A21,A23),2)"),
    ],
)
def test_formulas_are_short(terms: list[tuple[int, int]], words: str) -> None:
    assert formula(terms, 4, 2) == words


def test_a_figure_too_long_for_a_spreadsheet_is_text() -> None:
    made = described(3)
    sheet = made.sheets[2]
    spot = next(s for s, f in sheet.figures.items() if re.search(r"function=\d{7}", f.key) and f.value and not f.terms)
    blocks = [
        _changed(block, spot, Decimal("90071992547409921.00")) if block is sheet.table else block
        for block in tables_of_sheet(made)
    ]
    data = write_xlsx(described(3, blocks))
    printed = f"{sheet.figures[spot].value + Decimal('90071992547409921.00'):.2f}"
    read = read_xlsx(data, "a.xlsx")
    assert printed in {cell.text for block in read.blocks if isinstance(block, Table) for cell in block.cells()}


# the file -------------------------------------------------------------------------------------------------------------


def test_the_same_bytes(made: tuple[Workbook, bytes]) -> None:
    assert write_xlsx(made[0]) == made[1]


def test_values_are_stored_as_numbers(made: tuple[Workbook, bytes]) -> None:
    for text in sheets(made[1]).values():
        assert 't="str"' not in text
        assert text.count("<f>") == len(_STORED.findall(text))


def test_every_sheet_is_set_up_for_printing(made: tuple[Workbook, bytes]) -> None:
    with zipfile.ZipFile(io.BytesIO(made[1])) as archive:
        book = archive.read("xl/workbook.xml").decode("utf-8")
    count = len(made[0].sheets)
    assert book.count("_xlnm.Print_Area") == count + 2
    assert book.count("_xlnm.Print_Titles") == count + 1
    for text in list(sheets(made[1]).values())[1:]:
        assert 'fitToWidth="1"' in text or "<pageSetUpPr fitToPage" in text
        assert 'state="frozen"' in text


def test_a_draft_is_marked(made: tuple[Workbook, bytes]) -> None:
    data = write_xlsx(replace(made[0], mark="草稿"))
    assert all("&amp;R草稿" in text for text in sheets(data).values())


def test_every_figure_is_explained(made: tuple[Workbook, bytes]) -> None:
    from python_calamine import CalamineWorkbook

    rows = CalamineWorkbook.from_filelike(io.BytesIO(made[1])).get_sheet_by_name("指标说明").to_python()[3:]
    wanted = [(s.name, f.key, f.value) for s in made[0].sheets for f in s.figures.values()]
    assert [(row[0], row[3], Decimal(str(row[4]))) for row in rows] == wanted


# reading it back ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(6))
def test_the_same_facts_as_the_text(seed: int) -> None:
    account = generate(seed)
    whole = compose(report_of(account), account_of(account), style(account.shape.style)).blocks
    text = interpret(read_text(write_text(whole).encode("utf-8"), "a.txt"))
    read = interpret(consecutive(read_xlsx(write_xlsx(described(seed)), "a.xlsx")))
    assert (read.department, read.year) == (text.department, text.year)
    assert facts(read) == facts(text)
    assert read.unread == []
    assert all(fact.place.sheet and fact.place.cell for fact in read.facts)


def test_lines_are_counted_through_all_sheets() -> None:
    document = consecutive(read_xlsx(write_xlsx(described(3)), "a.xlsx"))
    seen = [(b.place.page, b.place.line) for b in document.blocks if not isinstance(b, Table) and b.place.line]
    lines = [line for _, line in seen]
    assert lines == sorted(lines)
    assert len({line for _, line in seen}) == len({(page, line) for page, line in seen})


def test_a_wrong_figure_is_told_by_sheet_and_cell(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = described(3)
    sheet = next(s for s in made.sheets if s.name.endswith("支出表"))
    spot = next(s for s, f in sheet.figures.items() if re.search(r"nature=basic function=\d{7}", f.key) and f.value > 9)
    changed = _changed(sheet.table, spot, Decimal("90.00"))
    blocks = [changed if block is sheet.table else block for block in tables_of_sheet(made)]
    path = tmp_path / "决算.xlsx"
    path.write_bytes(write_xlsx(described(3, blocks)))
    top = next(b.place.line or 0 for b in read_xlsx(path.read_bytes(), "").blocks if _is_of(b, sheet.name))
    cell = f"{sheet.name}!{chr(65 + spot[1])}{top + spot[0]}"
    assert main(["check", str(path)]) == 1
    told = capsys.readouterr().out
    assert f"{path}:{cell}  错误" in told
    assert told.count("  错误  ") == 1
    assert main(["explain", f"{path}:{cell}"]) == 0
    assert f"{path}:{cell}\n" in capsys.readouterr().out
    assert main(["explain", f"{path}:{sheet.name}!ZZ999"]) == 2


def _is_of(block: Block, name: str) -> bool:
    return isinstance(block, Table) and block.place.sheet == name


def test_the_preparers_workbook_is_no_account(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    workbook = prepare_workbook(str(tmp_path), Wanted(example=True))[0]
    assert main(["check", str(workbook)]) == 2
    assert "这是编制工作簿（用 juesuan build 编出决算，再来核对）" in capsys.readouterr().out


def other_hands(seed: int, words: bool, name: str) -> Document:
    """The tables as a bureau's own software exports them: figures as words or numbers, no year but in the name."""
    stream = io.BytesIO()
    with Writer(stream, {"in_memory": True}) as book:
        form = book.add_format({"num_format": "#,##0.00"})
        for number, sheet in enumerate(described(seed).sheets, 1):
            page = book.add_worksheet(f"Z{number:02}")
            last = sheet.table.width - 1
            page.merge_range(0, 0, 0, last, sheet.title)
            page.write(1, last, f"公开{number:02}表")
            page.write(2, 0, "部门：某某市审计局")
            page.write(2, last, "金额单位：万元")
            for r, row in enumerate(sheet.table.rows, 3):
                for c, cell in enumerate(row):
                    if cell is not None:
                        _put(page, (r, c), cell, None if words else form)
            notes = [b.text for b in sheet.blocks if isinstance(b, Paragraph) and not b.place.column]
            for r, note in enumerate(notes, 4 + len(sheet.table.rows)):
                page.merge_range(r, 0, r, last, note)
    return consecutive(read_xlsx(stream.getvalue(), name))


def _put(page: object, spot: tuple[int, int], cell: Cell, form: object) -> None:
    r, c = spot
    if cell.colspan > 1 or cell.rowspan > 1:
        page.merge_range(r, c, r + cell.rowspan - 1, c + cell.colspan - 1, "")  # type: ignore[attr-defined]
    if cell.place.column and form and cell.text:
        page.write_number(r, c, Decimal(cell.text.replace(",", "")), form)  # type: ignore[attr-defined]
    elif re.fullmatch(r"\d{3,7}", cell.text) and form:
        page.write_number(r, c, int(cell.text))  # type: ignore[attr-defined]
    elif cell.text:
        page.write_string(r, c, cell.text)  # type: ignore[attr-defined]


@pytest.mark.parametrize("seed", [0, 2])
@pytest.mark.parametrize("words", [True, False], ids=["words", "numbers"])
def test_exports_of_other_hands(seed: int, words: bool) -> None:
    year = report_of(generate(seed)).year
    read = interpret(other_hands(seed, words, f"某市审计局{year}年决算公开表.xlsx"))
    own = interpret(read_xlsx(write_xlsx(described(seed)), "a.xlsx"))
    assert (read.department, read.year) == ("某某市审计局", year)
    assert facts(read) == facts(own)
    assert read.unread == []


@pytest.mark.parametrize(
    ("code", "shows"),
    [
        ("#,##0.00", "0.00"),
        ("#,##0.00;-#,##0.00;", ""),
        ('#,##0.00;-#,##0.00;"—"', "—"),
        ('_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-"),
        ('0.00;-0.00;0.0"元"', "0.00"),
        ("0", "0"),
    ],
)
def test_a_zero_is_read_as_it_is_shown(code: str, shows: str) -> None:
    stream = io.BytesIO()
    with Writer(stream, {"in_memory": True}) as book:
        page = book.add_worksheet("A")
        page.write_row(0, 0, ["收入决算表", "金额"])
        page.write_row(1, 0, ["合计", 1.5])
        page.write(1, 2, 0, book.add_format({"num_format": code}))
    document = read_xlsx(stream.getvalue(), "a.xlsx")
    table = next(block for block in document.blocks if isinstance(block, Table))
    last = table.rows[1][2] if table.width > 2 else None
    assert (last.text if last else "") == shows


# LibreOffice ----------------------------------------------------------------------------------------------------------

_ALWAYS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"><item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>"""


@pytest.mark.office
@pytest.mark.skipif(OFFICE is None, reason="LibreOffice 没有安装")
def test_recalculated_values_are_the_approved_ones(made: tuple[Workbook, bytes], tmp_path: Path) -> None:
    profile = tmp_path / "lo" / "user"
    profile.mkdir(parents=True)
    (profile / "registrymodifications.xcu").write_text(_ALWAYS, encoding="utf-8")
    spoilt = tmp_path / "spoilt.xlsx"  # every stored value is wrong: what comes out right was computed
    with zipfile.ZipFile(io.BytesIO(made[1])) as old, zipfile.ZipFile(spoilt, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name.startswith("xl/worksheets/sheet"):
                text = re.sub(rb"(</f><v>)[^<]*", rb"\g<1>77777.77", text)
            new.writestr(name, text)
    command = [str(OFFICE), f"-env:UserInstallation={(tmp_path / 'lo').as_uri()}", "--headless", "--convert-to"]
    wanted = [*command, "xlsx:Calc MS Excel 2007 XML", "--outdir", str(tmp_path / "out"), str(spoilt)]
    subprocess.run(wanted, check=True, capture_output=True, timeout=180)
    read = interpret(read_xlsx((tmp_path / "out" / "spoilt.xlsx").read_bytes(), "a.xlsx"))
    assert facts(read) == facts(interpret(read_xlsx(made[1], "a.xlsx")))


@pytest.mark.office
@pytest.mark.skipif(OFFICE is None, reason="LibreOffice 没有安装")
@pytest.mark.parametrize(("case", "place"), [("marked", "national"), ("names", "liaoning")])
def test_every_figure_is_seen_on_the_pages(case: str, place: str, tmp_path: Path) -> None:
    blocks = [block for block in extreme(place, case) if not isinstance(block, Chart)]
    made = tmp_path / "extreme.xlsx"
    made.write_bytes(write_xlsx(compose_workbook(blocks, style(place), ("某局", "2024"), say_key)))
    with PdfDocument(converted(str(OFFICE), tmp_path, made, "pdf")) as pages:
        texts = [page.get_textpage().get_text_bounded() for page in pages]
    assert not any("###" in text for text in texts)
    shown = Counter(re.findall(r"-?[\d,]+\.\d\d", "\n".join(texts)))
    cells = [cell.text for b in blocks if isinstance(b, Table) and b.place.table in _NINE for cell in b.cells()]
    wanted = Counter(
        f"{Decimal(text.replace(',', '')):,.2f}" for text in cells if re.fullmatch(r"-?[\d,]+\.\d\d", text)
    )
    assert wanted - shown == Counter()
