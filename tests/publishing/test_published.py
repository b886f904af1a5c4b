"""Made-up accounts as they are published: the PDF and the web page say, cell by cell, what was composed.

JUESUAN_PUBLISHED says how many accounts (make test: 4; `make bench`: 200).
"""

from __future__ import annotations

import os
from dataclasses import replace

import pytest

from juesuan.model.documents import Block, Table
from tests.publishing.geometry import joined, laid_out
from tests.publishing.published import Seen, built, compared, seen

SEEDS = [n * 31 + 12 for n in range(int(os.environ.get("JUESUAN_PUBLISHED", "4")))]


@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_is_wrong_with_what_is_published(seed: int) -> None:
    found = seen(seed)
    assert found.wrong == {}
    assert found.figures["pdf"] == found.figures["html"] > 200
    assert found.links["pdf"] > 40
    assert found.links["html"] > 40


def test_one_other_figure_is_found() -> None:
    made = built(SEEDS[0])
    data = next(content for name, content in made.files.items() if name.endswith(".pdf"))
    tables = [changed(block) for block in made.composed.blocks if isinstance(block, Table)]
    wrong = list(compared(Seen(0), "pdf", tables, joined(laid_out(data).pieces)))
    assert len(wrong) == sum(isinstance(block, Table) for block in made.composed.blocks)


def changed(block: Block) -> Table:
    """A table whose last cell of all says something else."""
    assert isinstance(block, Table)
    *rows, last = block.rows
    spot = max(n for n, cell in enumerate(last) if cell is not None)
    cell = last[spot]
    assert cell is not None
    other = replace(cell, text=cell.text + "1")
    return replace(block, rows=(*rows, (*last[:spot], other, *last[spot + 1 :])))
