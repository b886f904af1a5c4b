r"""Writing text (写成文本): a document as the text that the readers understand.

A paragraph is a line, a row of a table a line with tabs between its cells (nothing where a merged cell runs on), a page
break a form feed before the next line; blank lines stand between blocks. Refuses line breaks and tabs inside cells and
paragraphs: they become nothing between two Chinese characters, a blank elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from juesuan.model.documents import Block, Cell, Heading, PageBreak, Paragraph, Table

_BREAK = re.compile(r"[\t\n\v\f\r\x85\u2028\u2029]+")
_WIDE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")


def write_text(blocks: Iterable[Block]) -> str:
    """The text of the blocks, every line ended by a line feed."""
    pieces: list[str] = []
    feed = ""
    for block in blocks:
        if isinstance(block, PageBreak):
            feed = "\f"
            continue
        lines = _rows(block) if isinstance(block, Table) else [_line(block.text)]
        pieces.append(feed + "\n".join(lines))
        feed = ""
    return "\n\n".join(pieces) + "\n" + feed


def printed_at(blocks: Iterable[Block]) -> Iterator[tuple[int, int, Heading | Paragraph | Cell]]:
    """Where `write_text` puts every text and cell: (line from 1, place in the line from 0, what stands there)."""
    number = 1
    for block in blocks:
        if isinstance(block, PageBreak):
            continue
        if not isinstance(block, Table):
            yield number, 0, block
            number += 2
            continue
        for row in block.rows:
            start = 0
            for cell in row:
                if cell is not None:
                    yield number, start, cell
                start += (0 if cell is None else len(_line(cell.text))) + 1
            number += 1
        number += 1


def _rows(table: Table) -> list[str]:
    return ["\t".join("" if cell is None else _line(cell.text) for cell in row) for row in table.rows]


def _line(text: str) -> str:
    """The text on one line."""
    return _BREAK.sub(_joint, text.strip())


def _joint(match: re.Match[str]) -> str:
    around = match.string[match.start() - 1 : match.start()], match.string[match.end() : match.end() + 1]
    return "" if all(_WIDE.match(char) for char in around) else " "
