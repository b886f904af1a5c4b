"""The published PDF says what its text says: tables cell for cell, facts and claims one for one."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from juesuan import cli
from juesuan.checking.runner import run
from juesuan.documents.errors import DamagedFile
from juesuan.documents.reading import read
from juesuan.model.reports import Report
from juesuan.understanding import interpret

NAME = "putuo-social-work-2024"


@pytest.fixture(scope="module")
def pdf(real: Path) -> Report:
    return interpret(read(real / f"{NAME}.pdf", "a.pdf"))


@pytest.fixture(scope="module")
def text(real: Path) -> Report:
    return interpret(read(real / f"{NAME}.txt", "a.txt"))


@pytest.mark.real
def test_tables_equal_the_transcription(pdf: Report, real: Path) -> None:
    read_forms = set()
    for table in pdf.tables:
        with (real / f"{NAME}-tables" / f"{table.form}.csv").open(encoding="utf-8-sig", newline="") as handle:
            assert [list(table.columns), *(list(row.cells) for row in table.rows)] == list(csv.reader(handle))
        read_forms.add(table.form)
    assert read_forms == {path.stem for path in (real / f"{NAME}-tables").glob("*.csv")}


@pytest.mark.real
def test_the_command_writes_the_transcription(real: Path, tmp_path: Path) -> None:
    """Cell for cell: the files themselves, facts.csv aside."""
    assert cli.main(["read", str(real / f"{NAME}.pdf"), "--format", "csv", "-o", str(tmp_path)]) == 0
    wanted = {path.name: path for path in (real / f"{NAME}-tables").glob("*.csv")}
    assert {path.name for path in tmp_path.glob("*.csv")} == {*wanted, "facts.csv"}
    for name, path in wanted.items():
        ours, theirs = (one.read_text("utf-8-sig").splitlines() for one in (tmp_path / name, path))
        assert list(csv.reader(ours)) == list(csv.reader(theirs)), name


@pytest.mark.real
def test_findings_equal_those_of_the_text(pdf: Report, text: Report) -> None:
    """Symptoms, quotations and advice, too; the places are those of the file."""

    def found(report: Report) -> Counter[tuple[str, ...]]:
        causes = run(report).findings
        every = [one for cause in causes for one in (cause, *cause.symptoms)]
        return Counter((f.check, f.severity.name, f.message, f.printed, f.expected, f.advice) for f in every)

    assert found(text)
    assert found(pdf) == found(text)


@pytest.mark.real
def test_every_figure_is_verified_or_read(pdf: Report) -> None:
    result = run(pdf)
    assert pdf.figures > 200
    assert not pdf.unread
    assert not result.crashes


@pytest.mark.real
def test_facts_and_claims_equal_those_of_the_text(pdf: Report, text: Report) -> None:
    def facts(report: Report) -> Counter[tuple[str, str, bool]]:
        return Counter((str(key), str(fact.amount.value), fact.blank) for fact in report.facts for key in fact.keys)

    def claims(report: Report) -> Counter[tuple[str, ...]]:
        return Counter((c.kind, str(c.key), str(c.base), str(c.amount), c.word) for c in report.claims)

    assert facts(pdf) == facts(text)
    assert claims(pdf) == claims(text)
    assert (pdf.figures, pdf.apart, len(pdf.unread)) == (text.figures, text.apart, len(text.unread))


@pytest.mark.real
def test_every_figure_has_its_page_and_box(pdf: Report) -> None:
    for fact in pdf.facts:
        assert fact.place.page
        assert fact.place.box is not None
        left, top, right, bottom = fact.place.box
        assert left < right
        assert top < bottom


def test_damaged_pdf_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.7\n" + b"\0" * 200)
    with pytest.raises(DamagedFile, match="已损坏"):
        read(path)
