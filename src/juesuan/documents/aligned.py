"""Tables without tabs (空格排成的表): rows set with several spaces, rows with single spaces, numbered lists.

Columns come from the display positions over all lines of the table (a Chinese character is two columns wide), so that
a blank cell stays a blank cell; a head over several columns stands in the first of them. Where only single spaces
separate the cells there are no positions: cells are given from the left, and whoever reads the table decides.
Refuses prose, captions and notes, and joins no wrapped cells: each printed line is a row.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import islice, pairwise

from juesuan.documents.columns import by_position
from juesuan.documents.lines import (
    CODE,
    DECIMAL,
    FIGURE,
    SENTENCE,
    Columns,
    Line,
    Piece,
    Row,
    Span,
    Taken,
    blank,
    columns_of,
    has_leaders,
    is_caption,
    is_page_number,
    is_wrapped,
    spans_overlap,
)
from juesuan.documents.measures import Votes, Way

#: a line with more cells is no row of a table
_MOST = 60
_WIDEST = 1200
_BLANKS = 3
#: rows of one table; beyond that it is cut, so that memory stays bounded
_ROWS = 20_000
#: lines that say how wide a character is
_VOTERS = 10_000
_HEADS = 3
_LAST = 2
#: lines of one cell between a caption and the first row, their length, and how far up the caption is looked for
_PIECES, _PIECE, _CAPTION = 8, 20, 6
#: lines of one cell between two rows: names without figures, pieces of broken names
_PENDING = 24
_HEAD_LINES = 12
#: columns between cells that hold sentences
_FAR = 3
#: rows above that a row behind blank lines must stand under
_NEAR = 4

_CHUNK = re.compile(r"\S+(?:[ \xa0]\S+)*")
#: an amount and the name in the next column without a blank between them
_GLUED = re.compile(r"(?<![^\s\xa0])(\d[\d,]*\.\d\d)(?=[一二三四五六七八九十]+、)")
_LEGEND = re.compile(r"类[ \xa0]款(?:[ \xa0]项)?(?:[ \xa0]栏次)?")
_ENUMERATOR = re.compile(r"[一二三四五六七八九十]+[、．.]|[（(][一二三四五六七八九十\d]+[）)]|\d{1,2}[、．.]")
_STUB = re.compile(r"[一二三四五六七八九十]+、.")
_UNIT = re.compile(
    r"[万亿]?元|[万亿]\b|年(?![初末终])|月|日(?!常)|个(?!人)|[辆批台套份件岁米吨号页期次%％]|人(?![员民才])|名(?!称)|户|项(?!目)"
    r"|家(?!庭)|平方|公里|部分|多|余|左右"
)
_OPEN = re.compile(r"[为是达至约比超]$")
_SPACED = frozenset(("合计", "总计", "小计", "共计", "项目", "收入", "支出", "金额", "行次", "栏次", "备注", "序号"))
_SPACED |= {"单位", "科目", "名称", "编码", "代码", "目录", "年初", "年末", "预算", "决算", "结转", "结余"}
_SERIAL = re.compile(r"序[ \u3000]?号(?:[ \xa0]\S+)+")
_ORDINAL = re.compile(r"(\d{1,3})[ \xa0]+(\S.*)")

Picked = list[tuple[Line, list[Span]]]


@lru_cache(maxsize=32)
def segments(text: str) -> tuple[Span, ...]:
    """The cells of one printed line as (first, last) character positions, without a look at its neighbours."""
    if len(text) > _WIDEST:
        return ()
    parts: list[Span] = []
    for chunk in _CHUNK.finditer(text):
        start = chunk.start()
        for glued in _GLUED.finditer(chunk.group()):
            parts.extend((start + a, start + b) for a, b in _cut(text[start : chunk.start() + glued.end(1)]))
            start = chunk.start() + glued.end(1)
        parts.extend((start + a, start + b) for a, b in _cut(text[start : chunk.end()]))
    if len(parts) > 1:
        parts = _enumerated(text, _letter_spaced(text, parts))
    return tuple(parts)


def _cut(chunk: str) -> list[Span]:
    """Words that single spaces separate, as cells: apart where a figure or a code is one of them, else together."""
    if " " not in chunk and "\xa0" not in chunk:
        return [(0, len(chunk))]
    words = [(m.start(), m.end()) for m in re.finditer(r"[^ \xa0]+", chunk)]
    if _LEGEND.fullmatch(chunk) or all(_STUB.match(chunk, a) for a, _ in words):
        return words
    numbers = [bool(FIGURE.fullmatch(chunk[a:b])) for a, b in words]
    if not _is_row([chunk[a:b] for a, b in words], numbers):
        return [(0, len(chunk))]
    cells: list[Span] = []
    for i, (a, b) in enumerate(words):
        if cells and not numbers[i] and not numbers[i - 1]:
            cells[-1] = (cells[-1][0], b)
        else:
            cells.append((a, b))
    return cells


def _is_row(words: Sequence[str], numbers: Sequence[bool]) -> bool:
    """Whether single-spaced words are names and their figures, not a sentence with figures in it."""
    if all(numbers):
        return True
    coded = bool(CODE.fullmatch(words[0]))
    for i, word in enumerate(words[1:], 1):
        if not numbers[i] and numbers[i - 1] and _UNIT.match(word):
            return False
        if numbers[i] and not numbers[i - 1] and _OPEN.search(words[i - 1]):
            return False
    if SENTENCE.search(" ".join(words)):
        return False
    if not numbers[-1]:
        return coded and not any(numbers[1:])
    figures = [w for w, number in zip(words, numbers, strict=True) if number]
    if numbers[0] and not coded and not DECIMAL.search(figures[-1]):
        return False
    return coded or len(figures) > 1 or bool(DECIMAL.search(figures[-1]))


def _letter_spaced(text: str, parts: list[Span]) -> list[Span]:
    """Names printed with spaces between their characters (合    计, 收  入) put together; 类 款 项 are three heads."""
    if sum(b - a == 1 for a, b in parts) < 2:
        return parts
    done: list[Span] = []
    i = 0
    while i < len(parts):
        j = i + 1
        while j < len(parts) and _same_word(text, parts[i : j + 1]):
            j += 1
        letters = "".join(text[a:b] for a, b in parts[i:j])
        if j - i > 1 and (letters in _SPACED or (len(letters) > 2 and not letters.startswith("类款"))):
            done.append((parts[i][0], parts[j - 1][1]))
            i = j
        else:
            done.append(parts[i])
            i += 1
    return done


def _same_word(text: str, parts: Sequence[Span]) -> bool:
    if any(b - a != 1 or not "\u4e00" <= text[a] <= "\u9fff" for a, b in parts[-2:]):
        return False
    gaps = [right[0] - left[1] for left, right in pairwise(parts)]
    return gaps[-1] <= 12 and max(gaps) - min(gaps) <= 1  # wider is another column


def _enumerated(text: str, parts: list[Span]) -> list[Span]:
    """一、 and the name that follows it are one cell."""
    done: list[Span] = []
    for a, b in parts:
        numbered = done and a - done[-1][1] <= 6 and _ENUMERATOR.fullmatch(text, *done[-1])
        if numbered and not FIGURE.fullmatch(text, a, b):
            done[-1] = (done[-1][0], b)
        else:
            done.append((a, b))
    return done


def take(lines: Sequence[Line], i: int, votes: Votes, before: Columns | None = None) -> Taken:
    """The table that begins at line i, and the line after it; no rows where none begins there.

    `votes` tell the measure of the whole file; `before`: the columns of the table on the page before, if nothing but a
    page break stands between.
    """
    if _SERIAL.fullmatch(lines[i].text.strip()) and len(segments(lines[i].text)) == 1:
        return _numbered(lines, i)
    start = _first_row(lines, i)
    above: Picked = []
    if start is None and (start := _below_pieces(lines, i, goes_on=before is not None)) is not None:
        above = [(line, list(segments(line.text))) for line in lines[i:start] if line.text.strip()]
    if start is None:
        return Taken(i + 1, [])
    end, picked = _collect(lines, start, votes.way([]), headed=_heads_table(_line_above(lines, i)))
    if sum(_has_gap(line.text) for line, _ in picked) > 1 or (before and _has_gap(picked[0][0].text)):
        if start > i and not above:
            return Taken(start, [])
        if not before and not _holds(picked):
            return Taken(end, [])
        picked = above + picked
        return by_position(picked, end, votes.way([(line.text, spans) for line, spans in picked]), before)
    if above:
        return Taken(start, [])
    if not _holds_single(picked):
        return Taken(end, [])
    rows = _from_left([(line, _words(line.text)) for line in lines[i:start]], picked)
    return Taken(end, rows, "order")


def votes_of(lines: Iterable[str]) -> Votes:
    """What the rows of a whole file say of its measure."""
    votes = Votes()
    votes.add((text, segments(text)) for text in islice(lines, _VOTERS) if is_row(text))
    return votes


def _first_row(lines: Sequence[Line], i: int) -> int | None:
    """Line i if it is a row; the first row below it if line i and those between are heads with single spaces."""
    if is_row(lines[i].text):
        return i
    for j in range(i, min(i + _HEADS, len(lines) - 1)):
        if not _is_head(lines[j].text):
            return None
        below = lines[j + 1].text
        if is_row(below):
            return j + 1
    return None


def _below_pieces(lines: Sequence[Line], i: int, goes_on: bool) -> int | None:
    """The first row below line i, if that is a head of one cell below a caption, or the rest of a name overleaf."""
    last = _line_above(lines, i)
    if not (_heads_table(last) if last else goes_on):
        return None
    pieces = blanks = 0
    most = _PIECES if last else _PENDING
    for j in range(i, min(i + most * (_BLANKS + 1), len(lines))):
        text = lines[j].text
        if not text.strip():
            blanks += 1
        elif is_row(text):
            return j if pieces else None
        else:
            pieces, blanks = pieces + 1, 0
        if blanks > _BLANKS or pieces > most or (text.strip() and not _is_piece(text)):
            return None
    return None


def _line_above(lines: Sequence[Line], i: int) -> str:
    """The nearest printed line above line i; "" where it is far up or on another page."""
    near = (lines[k].text.strip() for k in range(i - 1, max(i - _CAPTION, -1), -1))
    return next((text for text in near if text), "")


def _heads_table(text: str) -> bool:
    """Whether a line is a caption that stands above a table: its title, unit, number or year."""
    return bool(text) and is_caption(re.split(r"\s{2,}", text)) and not re.match(r"注|说明|备注|第", text)


def _is_piece(text: str) -> bool:
    """Whether a line of one cell may be a piece of a head or of a broken name."""
    return len(text.strip()) <= _PIECE and len(segments(text)) < 2 and not SENTENCE.search(text) and _inside(text)


def is_row(text: str) -> bool:
    """Whether a line, taken alone, looks like a row of two cells or more."""
    if "\t" in text or not (stripped := text.strip()) or (" " not in stripped and "\u3000" not in stripped):
        return False
    spans = segments(text)
    if not 1 < len(spans) <= _MOST:
        return False
    cells = [text[a:b] for a, b in spans]
    if is_caption(cells) or has_leaders(text) or is_page_number(stripped):
        return False
    if not SENTENCE.search(text):
        return True
    figures = [bool(FIGURE.fullmatch(cell)) for cell in cells]
    units = (cell for cell, figure in zip(cells[1:], figures, strict=False) if figure and _UNIT.match(cell))
    return sum(figures) > 1 and not any(SENTENCE.search(unit) for unit in units)  # 万元，占 is no cell


def _is_head(text: str) -> bool:
    words = text.split()
    if not 1 < len(words) <= 20 or "\t" in text or SENTENCE.search(text):  # columns of a head
        return False
    return not is_caption([text.strip()]) and not any(len(w) > 20 or FIGURE.fullmatch(w) for w in words)


def _has_gap(text: str) -> bool:
    spans = segments(text)
    return any(columns_of(text[a[1] : b[0]]) > 1 for a, b in pairwise(spans))


def _collect(lines: Sequence[Line], start: int, way: Way, headed: bool) -> tuple[int, Picked]:
    """Rows from `start` on, with the lines between them that hold one cell (wrapped names, blank figures).

    `headed`: a caption stands above, so that the first rows are heads, which may stand apart and over nothing.
    """
    picked: Picked = []
    pending: Picked = []
    blanks, end = 0, start
    apart = False  # whether a blank line stands before or between the pending ones
    for j in range(start, min(start + _ROWS, len(lines))):
        text = lines[j].text
        if not text.strip():
            blanks += 1
            if blanks > _BLANKS:
                break
        elif is_row(text) or _words_below(picked, text, way):
            if not (headed or _fits(picked, pending, apart or blanks > 0, text, way)):
                break
            headed = headed and not _amounts(text) and len(picked) < _HEAD_LINES
            picked += [*pending, (lines[j], list(segments(text)))]
            pending, blanks, end, apart = [], 0, j + 1, False
        elif not _inside(text) or len(pending) == _PENDING:
            break
        else:
            apart = apart or blanks > 0
            pending.append((lines[j], list(segments(text))))
            blanks = 0
    if pending and _ends_page(lines, pending[-1][0].number) and _in_line(picked, pending, way):
        return lines.index(pending[-1][0], end) + 1, picked + pending
    last = _last_pieces(picked, pending, way) if not apart else []
    return end + len(last), picked + last


def _words_below(picked: Picked, text: str, way: Way) -> bool:
    """Whether a line of sentences is a row of a table all the same: cells far apart that begin below others."""
    spans = segments(text) if "\t" not in text else ()
    if not picked or not 1 < len(spans) <= _MOST or not SENTENCE.search(text):
        return False
    begins = {way(line.text[:a]) for line, cells in picked[-_HEAD_LINES:] for a, _ in cells}
    apart = all(way(text[a[1] : b[0]]) > _FAR for a, b in pairwise(spans))
    return apart and all(begins & {at - 1, at, at + 1} for at in (way(text[:a]) for a, _ in spans))


def _ends_page(lines: Sequence[Line], number: int) -> bool:
    """Whether nothing but a page number is printed below that line, and the page has an end."""
    below = [line.text.strip() for line in lines if line.number > number and line.text.strip()]
    return lines[-1].page is not None and all(is_page_number(text) for text in below)


def _in_line(picked: Picked, pending: Picked, way: Way) -> bool:
    """Whether every line of one cell begins where cells of the rows above begin."""
    begins = {way(line.text[:a]) for line, spans in picked for a, _ in spans}
    return all(begins & {at - 1, at, at + 1} for at in (way(line.text[: spans[0][0]]) for line, spans in pending))


def _amounts(text: str) -> bool:
    return any(FIGURE.fullmatch(text, a, b) and DECIMAL.search(text, a, b) for a, b in segments(text))


def _last_pieces(picked: Picked, pending: Picked, way: Way) -> Picked:
    """The lines of one cell below the last row that stand under one of its cells: wrapped names, a blank 合计."""
    rows = [(line.text, spans) for line, spans in picked[-2:]]
    under = {way(text[:a]) for text, spans in rows for a, _ in spans} - {0}
    last: Picked = []
    for line, spans in pending[:_LAST]:
        name = line.text.strip()
        if way(line.text[: spans[0][0]]) not in under and re.sub(r"\s", "", name) not in ("合计", "总计"):
            break
        if not is_wrapped(name):
            break
        last.append((line, spans))
    return last


def _fits(picked: Picked, pending: Picked, apart: bool, text: str, way: Way) -> bool:
    """Whether a row behind blank or one-cell lines goes on with the table."""
    if not picked or not (pending or apart):
        return True
    if text.strip() == picked[0][0].text.strip():
        return False
    if not apart:
        return True
    rows = [(line.text, spans) for line, spans in picked[-_NEAR:]]
    known = all(spans_overlap(line.text, spans, rows, way) for line, spans in pending)
    return known and spans_overlap(text, segments(text), rows, way)


def _inside(text: str) -> bool:
    """Whether a line of one cell can stand between two rows of a table."""
    stripped = text.strip()
    if "\t" in text or is_caption([stripped]) or has_leaders(text) or is_page_number(stripped) or stripped[0] in "|│":
        return False
    if SENTENCE.search(text):
        indented = columns_of(text[: len(text) - len(text.lstrip())]) > 4  # a paragraph begins at 4
        return len(segments(text)) > 2 or (indented and len(stripped) <= 30)
    return len(stripped) <= 40  # no name is longer on one line


def _holds(picked: Picked) -> bool:
    """Whether rows with gaps are a table: figures in them, or gaps that no sentence has."""
    if any(FIGURE.fullmatch(line.text, a, b) for line, spans in picked for a, b in spans):
        return True
    if any(SENTENCE.search(line.text) for line, _ in picked):
        return False
    wide = 0
    for line, spans in picked:
        gaps = (columns_of(line.text[a[1] : b[0]]) for a, b in pairwise(spans))
        wide += max(gaps, default=0) > 2  # a justified line has gaps of two
    return wide > 1


def _holds_single(picked: Picked) -> bool:
    """Whether rows with single spaces are a table: decimals in two rows, or one row that is unmistakable."""
    rows = [[line.text[a:b] for a, b in spans] for line, spans in picked if len(spans) > 1]
    decimals = sum(1 for cells in rows if DECIMAL.search(cells[-1]))
    if len(rows) > 1:
        return decimals > 0 or sum(1 for cells in rows if _unmistakable(cells)) > 1
    return bool(rows) and _unmistakable(rows[0])


def _unmistakable(cells: Sequence[str]) -> bool:
    figures = [cell for cell in cells if FIGURE.fullmatch(cell)]
    if CODE.fullmatch(cells[0]):
        return len(figures) > 1
    return len(figures) > 1 and len(figures) >= len(cells) - 1 and all(DECIMAL.search(f) for f in figures)


def _words(text: str) -> list[Span]:
    parts = [(m.start(), m.end()) for m in re.finditer(r"\S+", text)]
    return _letter_spaced(text, parts)


def _from_left(heads: Picked, picked: Picked) -> list[Row]:
    """Rows whose cells have no positions: from the left, names under names where a column of codes stands first."""
    coded = any(len(spans) > 1 and CODE.fullmatch(line.text, *spans[0]) for line, spans in picked)
    grid: list[Row] = [(line, [(a, line.text[a:b]) for a, b in spans]) for line, spans in heads]
    above: list[Piece] = []
    for line, spans in picked:
        cells: list[Piece] = [(a, line.text[a:b]) for a, b in spans]
        names = _text_columns(above)
        if not _text_columns(cells, figures=True):
            cells = _under_names(cells, names)
        elif coded and _text_columns(cells)[:1] == [0]:
            torn = bool(above) and names == [1] and not _text_columns(above[1:], figures=True)
            cells.insert(0 if torn else 1, None)
        grid.append((line, cells))
        above = cells if len(spans) > 1 else above
    return grid


def _text_columns(cells: Sequence[Piece], figures: bool = False) -> list[int]:
    """The columns of the names of a row, or of its figures."""
    return [k for k, cell in enumerate(cells) if cell is not None and bool(FIGURE.fullmatch(cell[1])) is figures]


def _under_names(cells: Sequence[Piece], names: Sequence[int]) -> list[Piece]:
    """A row of names alone: under the names of the row above; one name is the rest of the last one or a blank row."""
    columns = names[-1:] if len(cells) == 1 else names
    if len(columns) != len(cells):
        return list(cells)
    row = blank(columns[-1] + 1)
    for column, cell in zip(columns, cells, strict=True):
        row[column] = cell
    return row


def _numbered(lines: Sequence[Line], i: int) -> Taken:
    """A list under a 序号 head: 1 name, 2 name …, with wrapped names between the numbers."""
    head = _words(lines[i].text)
    grid: list[Row] = [(lines[i], [(a, lines[i].text[a:b]) for a, b in head])]
    pending: list[Row] = []
    end, expected = i + 1, 1
    for j in range(i + 1, len(lines)):
        text = lines[j].text
        match = _ORDINAL.fullmatch(text.strip())
        if match and int(match.group(1)) == expected:
            grid += [*pending, (lines[j], _ordinal_cells(text, len(head)))]
            pending, end, expected = [], j + 1, expected + 1
        elif text.strip() and expected > 1 and len(pending) < _HEADS and _inside(text):
            pending.append((lines[j], [None, (len(text) - len(text.lstrip()), text.strip())]))
        else:
            break
    return Taken(end, grid) if expected > 1 else Taken(i + 1, [])


def _ordinal_cells(text: str, width: int) -> list[tuple[int, str] | None]:
    cells: list[tuple[int, str] | None] = []
    at = len(text) - len(text.lstrip())
    for word in text.strip().split(maxsplit=width - 1):
        at = text.index(word, at)
        cells.append((at, word))
        at += len(word)
    return cells
