"""Rows without ruling are proved by the heights of names and figures, and refused where nothing proves them."""

from __future__ import annotations

from juesuan.documents.levels import by_level
from juesuan.documents.pieces import Piece

HIGH = 10.0


def piece(text: str, left: float, middle: float) -> Piece:
    return Piece(text, (left, middle - HIGH / 2, left + HIGH * len(text), middle + HIGH / 2), round(middle))


def said(pieces: list[Piece]) -> list[list[str]] | None:
    found = by_level(pieces)
    return found and [["".join(part.text for part in cell) for cell in row] for row in found.rows]


def test_lines_of_a_name_belong_to_the_figure_at_their_middle() -> None:
    rows = [piece("2010301", 0, 100), piece("2010302", 0, 130), piece("2010350", 0, 150)]
    names = [piece("甲乙丙丁", 100, 94), piece("戊己", 100, 106)]
    names += [piece("甲乙丙甲", 100, 118), piece("丁戊己庚", 100, 130), piece("辛", 100, 142), piece("壬", 100, 154)]
    assert said([*rows, *names[:-1], piece("壬", 100, 156)]) is None  # at the height of no row
    found = said([*rows, *names[:5]])
    assert found == [["2010301", "甲乙丙丁戊己"], ["2010302", "甲乙丙甲丁戊己庚辛"], ["2010350"]]


def test_a_line_that_had_room_for_more_is_the_last_of_its_name() -> None:
    rows = [piece("1.00", 200, 106)]
    short, long = [piece("甲", 100, 100), piece("乙丙", 100, 112)], [piece("甲丙", 100, 100), piece("乙", 100, 112)]
    assert said([*rows, *short, piece("丙丁戊己", 100, 140)]) is None
    assert said([*rows, *long]) == [["1.00", "甲丙乙"]]


def test_an_item_never_goes_on_with_the_next_one() -> None:
    rows = [piece("1.00", 200, 106)]
    assert said([*rows, piece("一、甲乙丙", 100, 100), piece("二、丁戊己", 100, 112)]) is None


def test_a_name_over_several_rows_stands_in_the_first() -> None:
    rows = [piece(f"{n}.00", 200, 100 + 20 * n) for n in range(4)]
    names = [piece(name, 100, 100 + 20 * n) for n, name in enumerate("甲乙丙丁")]
    over = [piece("产出", 0, 110), piece("效益", 0, 150)]
    found = said([*rows, *names, *over])
    assert found is not None
    assert [[word for word in row if word in ("产出", "效益")] for row in found] == [["产出"], [], ["效益"], []]
