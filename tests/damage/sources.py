"""The whole PDF files that are damaged: those that the product writes itself, and a published one where there is one."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from juesuan.composing.document import compose
from juesuan.documents.text import read_text
from juesuan.documents.writing_pdf import write_pdf
from juesuan.generating import account_of, generate, report_of
from juesuan.knowledge.styles import style
from juesuan.model.charts import illustrated

ROOT = Path(__file__).parents[2]
PUBLISHED = "putuo-social-work-2024.pdf"
WRITTEN = ("examples/xigang-office-2024.txt", "tests/accounts/central-geology-2021.txt")
SEED = 18


@cache
def generated(seed: int = SEED) -> bytes:
    """A made-up account as the product publishes it."""
    account = generate(seed)
    composed = compose(report_of(account), account_of(account), style(account.shape.style))
    return write_pdf(illustrated(composed.blocks, composed.charts), "部门决算", "某局")


@cache
def written(name: str = WRITTEN[0]) -> bytes:
    """An account of the repository set as PDF."""
    return write_pdf(read_text((ROOT / name).read_bytes(), name).blocks, "部门决算", "某局")


def sources() -> list[tuple[str, bytes]]:
    """The files with their names, in turns; the published one, where there is one, every other time."""
    found = [(Path(name).with_suffix(".pdf").name, written(name)) for name in WRITTEN]
    found.append((f"generated-{SEED}.pdf", generated()))
    if named := os.environ.get("JUESUAN_REAL"):
        published = (PUBLISHED, (Path(named) / PUBLISHED).read_bytes())
        found = [one for own in found for one in (published, own)]
    return found
