"""Nothing runs over, is cut off or lost, however long it is: names, amounts, rows, prose; PDF, and DOCX by LibreOffice.

The pages are looked at by pdfplumber and PDFium. `make bench` takes every case in every style.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from juesuan.documents.writing_docx import write_docx
from juesuan.documents.writing_pdf import write_pdf
from juesuan.model.charts import Chart
from juesuan.model.documents import Block, Table
from tests.publishing.extremes import CASES, SEEDS, extreme
from tests.publishing.geometry import Laid, laid_out
from tests.publishing.leading import wrong_links

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
STYLES = list(SEEDS)
SAMPLE = [(case, STYLES[n % 3]) for n, case in enumerate(case for case in CASES if case != "all")]
"""every case, in turn in every style"""
SPACE = re.compile(r"\s")


def lost(blocks: list[Block | Chart], laid: Laid) -> Counter[str]:
    """Characters of cells that are printed less often than they should be."""
    printed = Counter(SPACE.sub("", "".join(laid.texts)))
    wanted = Counter[str]()
    for block in blocks:
        if isinstance(block, Table):
            wanted.update(SPACE.sub("", "".join(cell.text for cell in block.cells())))
    return wanted - printed


@pytest.mark.parametrize(("case", "place"), SAMPLE)
def test_nothing_runs_over_in_a_pdf(case: str, place: str) -> None:
    blocks = extreme(place, case)
    data = write_pdf(blocks, "决算")
    laid = laid_out(data)
    assert laid.wrong == []
    assert list(wrong_links(data, laid)) == []
    assert lost(blocks, laid) == Counter()


@pytest.mark.office
def test_nothing_runs_over_in_a_word_document(tmp_path: Path) -> None:
    if OFFICE is None:
        pytest.skip("没有 LibreOffice：看版面的测试跳过")
    cases = {case: extreme("liaoning", case) for case in ("names", "marked", "none", "prose")}
    for case, blocks in cases.items():
        (tmp_path / f"{case}.docx").write_bytes(write_docx(blocks))
    command = [OFFICE, "--headless", f"-env:UserInstallation={(tmp_path / 'office').as_uri()}", "--convert-to", "pdf"]
    files = [str(tmp_path / f"{case}.docx") for case in cases]
    subprocess.run([*command, "--outdir", str(tmp_path), *files], check=True, capture_output=True, timeout=300)
    laid = {case: laid_out((tmp_path / f"{case}.pdf").read_bytes()) for case in cases}
    assert {case: one.wrong for case, one in laid.items() if one.wrong} == {}
    assert {case: lost(cases[case], one) for case, one in laid.items() if lost(cases[case], one)} == {}
