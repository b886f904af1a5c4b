"""The look at pages finds what is wrong with them: pages set wrongly on purpose."""

from __future__ import annotations

import pytest

from juesuan.documents.typesetting import compiler
from tests.publishing.geometry import joined, laid_out

PAGE = '#set page(width: 300pt, height: 300pt, margin: 30pt)\n#set text(size: 10pt, font: "Noto Serif SC")\n'
WRONG = {
    "stands outside the page": "#place(dx: 262pt)[字]",
    "stands on": "#place[决算公开]\n#place(dx: 3pt, dy: 2pt)[部门]",
    "beyond its cell": '#table(columns: (20pt, 20pt), rows: 20pt, inset: 2pt, box(width: 40pt)[#"12345678.99"], [])',
    "a rule goes through": "部门决算 #place(dy: -4pt, line(length: 60pt, stroke: 0.5pt))",
    "is broken": "#table(columns: (30pt, 60pt), [12345.\\ 67], [1])",
    "characters without a glyph": '#text(fallback: false, font: "Libertinus Serif")[算]',
    "goes on without its heads": "#table(columns: (60pt, 60pt), [名], [数], ..range(40).map(n => ([部], [#n\\.00])).flatten())",
    "heads stand alone": (
        "#v(211pt)\n#table(columns: (60pt, 60pt), [名], [数])\n#pagebreak()\n#table(columns: (60pt, 60pt), [名], [数], [部], [1.00])"
    ),
}
RIGHT = (
    "决算（公开），“三公”。\n#table(columns: (60pt, 60pt), table.header([名], [数]), "
    "..range(40).map(n => ([部], [#n\\.00])).flatten())"
)


def pdf(words: str) -> bytes:
    made = compiler().compile((PAGE + words).encode("utf-8"), format="pdf")
    assert isinstance(made, bytes)
    return made


@pytest.mark.parametrize("what", WRONG)
def test_what_is_wrong_is_found(what: str) -> None:
    assert [words for words in laid_out(pdf(WRONG[what])).wrong if what in words]


def test_what_is_right_is_not() -> None:
    assert laid_out(pdf(RIGHT)).wrong == []


def test_a_table_over_pages_is_one() -> None:
    (table,) = joined(laid_out(pdf(RIGHT)).pieces)
    assert table == [["名", "数"], *(["部", f"{n}.00"] for n in range(40))]
